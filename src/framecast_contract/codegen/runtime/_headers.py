"""The headers of an answer: waiting times, and whether they are the ones that the contract declares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from fnmatch import fnmatchcase

from pydantic_core import ValidationError

from ._request import Headers
from ._validators import plain

_STANDARD_NAMES = """
accept-ranges access-control-allow-credentials access-control-allow-headers access-control-allow-methods
access-control-allow-origin access-control-expose-headers access-control-max-age age allow alt-svc
cache-control clear-site-data connection content-disposition content-encoding content-language content-length
content-location content-range content-security-policy content-type cross-origin-embedder-policy
cross-origin-opener-policy cross-origin-resource-policy date deprecation etag expires keep-alive
last-modified link location nel origin-agent-cluster permissions-policy pragma proxy-authenticate
referrer-policy report-to reporting-endpoints retry-after server server-timing set-cookie
strict-transport-security sunset trailer transfer-encoding upgrade vary via www-authenticate
x-content-type-options x-dns-prefetch-control x-frame-options x-xss-protection
"""
_STANDARD = frozenset(_STANDARD_NAMES.split())
"""Fields of HTTP itself and of browsers, which servers add without a contract."""
_SECONDS = re.compile(r"[0-9]{1,9}")


def retry_after(headers: Mapping[str, str]) -> float | None:
    """The seconds of `Retry-After`, given as such or as a date; None when absent or unreadable.

    A date is compared with the server's own `Date`, whose clock it is, and with ours only without one.
    """
    value = headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(value):
        return float(value)
    moment = _moment(value)
    if moment is None:
        return None
    now = _moment(headers.get("date", "")) or datetime.now(UTC)
    return max((moment - now).total_seconds(), 0.0)


def _moment(value: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def faults(
    headers: Mapping[str, str], declared: Headers, ignored: tuple[str, ...]
) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the headers: name, what was expected, what was there.

    `ignored` are names or patterns (`cf-*`) of headers that something between server and client adds.
    """
    for name, header in declared.items():
        value = headers.get(name)
        if value is None:
            if header.required:
                yield name, "the header to be present", "nothing"
        elif not _fits(value, header.type):
            yield name, _words(header.type), repr(value)
    for name in headers:
        known = name in declared or name in _STANDARD
        if not known and not any(fnmatchcase(name, pattern) for pattern in ignored):
            yield name, "no header of this name", repr(headers[name])


def _fits(value: str, wanted: object) -> bool:
    try:
        plain(wanted).validate_strings(value)
    except ValidationError:
        return False
    return True


def _words(wanted: object) -> str:
    return f"a value of {getattr(wanted, '__name__', wanted)}"
