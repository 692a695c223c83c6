"""Error answers: which status a code goes with, and the one shape every error has."""

import re
from typing import Any

from framecast_contract.oracle.words import Broken, Rule

_SOURCE = "conventions.md 4"

RULES = (
    Rule(
        "ERROR-1", "Every error is an object with one member, error, holding a code and a message.", _SOURCE
    ),
    Rule("ERROR-2", "A code appears with its own status only.", _SOURCE),
    Rule("ERROR-3", "The seconds to wait stand in rate-limit errors and nowhere else.", _SOURCE),
    Rule(
        "ERROR-4",
        "No input of a client, whatever it is, is answered with a server fault.",
        "conventions.md 5",
    ),
    Rule("ERROR-5", "A message tells people something and shows no SQL and no stack.", _SOURCE),
    Rule("ERROR-6", "Wrong input is answered 400; 415 and 422 are not used.", "conventions.md 1"),
    Rule(
        "ERROR-7",
        "A refused request leaves no trace: no job, event, debit or change.",
        "jobs-and-rendering.md 0.2",
    ),
)

STATUS_OF_CODE = {
    "MISSING_AUTHORIZATION": 401,
    "INVALID_AUTHORIZATION": 401,
    "INVALID_TOKEN": 401,
    "INVALID_API_KEY": 401,
    "USER_NOT_FOUND": 401,
    "MISSING_EMAIL": 401,
    "AUTHENTICATION_ERROR": 401,
    "INSUFFICIENT_TIER": 403,
    "AUTHORIZATION_ERROR": 403,
    "VALIDATION_ERROR": 400,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "GONE": 410,
    "RATE_LIMIT_EXCEEDED": 429,
    "INSUFFICIENT_CREDITS": 402,
    "INTERNAL_ERROR": 500,
    "UNEXPECTED_ERROR": 500,
    "DATABASE_ERROR": 500,
    "SERIALIZATION_ERROR": 500,
    "AUTH_ERROR": 500,
    "USER_LOAD_ERROR": 500,
    "MEMBERSHIPS_LOAD_ERROR": 500,
    "USER_PROVISION_FAILED": 500,
}

# What frameworks print when a fault escapes them; ordinary prose says none of it.
_INTERNALS = re.compile(
    r"Traceback \(most recent call last\)|\bSQLSTATE\b|\bsqlite3\.|\bpsycopg|\bsqlx\b"
    r"|\bSELECT\b.+\bFROM\b|\bINSERT INTO\b|\bUPDATE\b.+\bSET\b|panicked at|\.(py|rs)\W+line \d+|\.rs:\d+",
)


def broken_error_rules(status: int, body: Any) -> list[Broken]:
    """Judge the decoded body of an answer with a 4xx or 5xx `status` from a documented operation."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict) or len(body) != 1:
        return [Broken("ERROR-1", f"body {body!r}, expected {{'error': {{'code': …, 'message': …}}}}")]
    code, message = error.get("code"), error.get("message")
    if not isinstance(code, str) or not isinstance(message, str) or not message:
        return [Broken("ERROR-1", f"error {error!r}, expected a code and a message that is not empty")]
    return [*_status(status, code), *_retry(error), *_wording(message)]


def _status(status: int, code: str) -> list[Broken]:
    if status in (415, 422):
        return [Broken("ERROR-6", f"answered {status} {code}, expected 400 VALIDATION_ERROR")]
    expected = STATUS_OF_CODE.get(code)
    if expected == status:
        return []
    return [Broken("ERROR-2", f"code {code} came with {status}, expected {expected or 'a documented code'}")]


def _retry(error: dict[str, Any]) -> list[Broken]:
    seconds = error.get("retryAfter")
    if "retryAfter" not in error:
        return []
    fits = isinstance(seconds, int) and not isinstance(seconds, bool) and seconds >= 0
    if error["code"] == "RATE_LIMIT_EXCEEDED" and fits:
        return []
    return [
        Broken("ERROR-3", f"retryAfter {seconds!r} in {error['code']}, expected whole seconds in rate limits")
    ]


def _wording(message: str) -> list[Broken]:
    leak = _INTERNALS.search(message)
    return [Broken("ERROR-5", f"the message shows internals: {leak[0]!r}")] if leak else []


def broken_fault_rules(status: int) -> list[Broken]:
    """ERROR-4 for an answer to a client's input while nothing upstream was broken."""
    return [Broken("ERROR-4", f"answered {status}, expected anything below 500")] if status >= 500 else []
