"""Which text is an e-mail address: a mailbox by RFC 5321, section 4.1.2, which is what `format: email` means.

Both spellings of the local part are in it, plain and quoted, and both kinds of place, a host name and an IP
address in brackets. A display name, a comment and letters beyond ASCII are not.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

MAX_LOCAL_PART = 64

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_QUOTED = r'"(?:[ !#-\[\]-~]|\\[ -~])*"'
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_MAILBOX = re.compile(
    rf"(?P<local>{_ATOM}(?:\.{_ATOM})*|{_QUOTED})@(?:{_LABEL}(?:\.{_LABEL})*|\[(?P<place>[^\[\]]+)\])"
)
_IPV6 = "ipv6:"


def is_email(text: str) -> bool:
    """Whether mail can be addressed to this text. How long it may be in all is the caller's to say."""
    match = _MAILBOX.fullmatch(text)
    if match is None or len(match["local"]) > MAX_LOCAL_PART:
        return False
    return match["place"] is None or _is_ip_address(match["place"])


def _is_ip_address(place: str) -> bool:
    try:
        if place[: len(_IPV6)].lower() == _IPV6:
            return IPv6Address(place[len(_IPV6) :]).scope_id is None
        return bool(IPv4Address(place))
    except AddressValueError:
        return False
