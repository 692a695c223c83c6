"""Timestamps as instants: two spellings of one moment are equal, and anything unreadable is None."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from framecast_contract.oracle.words import Broken, Rule

_SOURCE = "conventions.md 7"

RULES = (
    Rule(
        "TIME-1",
        "Timestamps in responses are UTC, end in Z and have at most six digits of a second.",
        _SOURCE,
    ),
    Rule("TIME-2", "A creation time never changes.", _SOURCE),
    Rule("TIME-3", "A successful update moves the update time forward.", _SOURCE),
)

_ON_THE_WIRE = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)
_ANY_OFFSET = re.compile(
    r"(\d{4}-\d\d-\d\d)[Tt ](\d\d:\d\d:)(\d\d)(?:\.(\d+))?([Zz]|[+-]\d\d:\d\d)",
    re.ASCII,
)


def instant(value: Any) -> datetime | None:
    """The moment an RFC 3339 string names, in UTC to the microsecond; None for anything else."""
    found = _ANY_OFFSET.fullmatch(value) if isinstance(value, str) else None
    if not found:
        return None
    day, minutes, seconds, fraction, offset = found.groups()
    leap = seconds == "60"
    text = f"{day}T{minutes}{'59' if leap else seconds}.{(fraction or '0')[:6]:0<6}{offset.upper()}"
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
        return moment + timedelta(seconds=1) if leap else moment
    except (ValueError, OverflowError):
        return None


def broken_timestamp_rules(member: str, value: Any) -> list[Broken]:
    """TIME-1 for one non-null timestamp of a response."""
    if isinstance(value, str) and _ON_THE_WIRE.fullmatch(value) and instant(value):
        return []
    return [
        Broken("TIME-1", f"{member} is {value!r}, expected RFC 3339 in UTC with Z, as 2026-01-01T00:00:00Z")
    ]
