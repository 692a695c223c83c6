"""The plain-data words that every family of rules speaks in: a rule, an answer, a broken rule.

`Answer` is what a caller sees of a refusal or a success, nothing more: a status and, for errors, the code.
The common answers have names here so that no rule spells a status twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing a Framecast promises: its id, the promise in one sentence, and where the facts make it."""

    id: str
    statement: str
    source: str


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and error code of a response; a success has no code."""

    status: int
    code: str | None = None

    @property
    def accepted(self) -> bool:
        """Whether the request was applied."""
        return 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that what was seen does not keep, and in what way."""

    rule_id: str
    message: str


OK = Answer(200)
CREATED = Answer(201)
NO_CONTENT = Answer(204)
INVALID = Answer(400, "VALIDATION_ERROR")
UNPAYABLE = Answer(402, "INSUFFICIENT_CREDITS")
FORBIDDEN = Answer(403, "AUTHORIZATION_ERROR")
TIER_TOO_LOW = Answer(403, "INSUFFICIENT_TIER")
NOT_FOUND = Answer(404, "NOT_FOUND")
CONFLICT = Answer(409, "CONFLICT")
GONE = Answer(410, "GONE")
RATE_LIMITED = Answer(429, "RATE_LIMIT_EXCEEDED")
