"""Secrets leave no trace: everything that is printed or stored passes through here first."""

import re

MASK = "***"

_SECRETS = (
    re.compile(r"(sk_live_)[0-9a-zA-Z]+"),
    # Dots in any number: what shortens long values for printing leaves both ends of a token standing.
    re.compile(r"\b(eyJ)[\w.-]+"),
    re.compile(r"((?:X-Amz-Signature|X-Amz-Credential|X-Amz-Security-Token|Signature)=)[^&\s\"']+"),
    # As JSON has it, and as Python prints it.
    re.compile(r"(\bsecret[\"']?\s*[:=]\s*[\"'])[^\"']+"),
)
_SECRET_HEADERS = frozenset({"authorization", "x-api-key", "cookie", "set-cookie", "proxy-authorization"})
_SCHEME = re.compile(r"^(Bearer\s+)?(sk_live_|eyJ)?.*$", re.DOTALL)


def mask(text: str) -> str:
    """Replace tokens, API keys, webhook secrets and URL signatures in `text`.

    Half of a surrogate pair, which JSON may hold and UTF-8 may not, is written as an escape.
    """
    text = text.encode("utf-8", "backslashreplace").decode("utf-8")
    for pattern in _SECRETS:
        text = pattern.sub(rf"\g<1>{MASK}", text)
    return text


def mask_header(name: str, value: str) -> str:
    """Mask a header's value; of credentials only the scheme and the kind of token stay readable."""
    if name.lower() not in _SECRET_HEADERS:
        return mask(value)
    shown = _SCHEME.match(value)
    prefix = "".join(part or "" for part in shown.groups()) if shown else ""
    return prefix + MASK
