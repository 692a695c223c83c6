"""Absolute URIs by RFC 3986, as the contract's `format: uri` means them."""

import re
from ipaddress import IPv6Address
from typing import Any

_NAME = r"[\w.~!$&'()*+,;=-]"
_ESCAPE = r"%[0-9a-fA-F]{2}"
_CHARACTER = rf"(?:{_NAME}|[:@/]|{_ESCAPE})"
_USER = rf"(?:(?:{_NAME}|:|{_ESCAPE})*@)?"
_HOST = rf"(?:\[(?:(?P<v6>[0-9a-fA-F:.]+)|[vV][0-9a-fA-F]+\.(?:{_NAME}|:)+)\]|(?:{_NAME}|{_ESCAPE})*)"
_AUTHORITY = rf"//{_USER}{_HOST}(?::\d*)?(?:/{_CHARACTER}*)?"
_TAIL = rf"(?:{_CHARACTER}|\?)*"
_URI = re.compile(
    rf"[A-Za-z][A-Za-z0-9+.-]*:(?:{_AUTHORITY}|(?!//){_CHARACTER}*)(?:\?{_TAIL})?(?:#{_TAIL})?", re.ASCII
)


def is_uri(value: Any) -> bool:
    """Whether a value is an absolute URI."""
    match = _URI.fullmatch(value) if isinstance(value, str) else None
    return match is not None and (match["v6"] is None or _is_v6(match["v6"]))


def _is_v6(host: str) -> bool:
    try:
        IPv6Address(host)
    except ValueError:
        return False
    return True
