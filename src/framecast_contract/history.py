"""What did happen, as plain data: exchanges in order, how each call ended, and what the judges found."""

import json
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from framecast_contract.masking import mask, mask_header

KEPT_EXCHANGES = 500
"""How many exchanges a history keeps: fuzzing makes thousands, a person reads the last few."""

SHOWN_BODY = 4_000
"""How many characters of a body a report shows."""


class Outcome(StrEnum):
    """How a call ended. `UNKNOWN` means that the answer was lost: it may or may not have taken effect."""

    OK = "ok"
    FAIL = "fail"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response. `operation` is None when the path is not in the contract."""

    operation: str | None
    persona: str
    method: str
    url: str
    request_headers: tuple[tuple[str, str], ...]
    request_body: bytes
    status: int
    response_headers: tuple[tuple[str, str], ...]
    response_body: bytes
    at: float | None = None
    """When the response came, in Unix seconds of the target's clock; None when nobody looked."""

    @property
    def outcome(self) -> Outcome:
        return Outcome.OK if self.status < 400 else Outcome.FAIL

    def header(self, name: str) -> str | None:
        """The first response header of that name, in any case."""
        return next((value for key, value in self.response_headers if key.lower() == name.lower()), None)

    def json(self) -> Any:
        """The response body as JSON, or None when it is not JSON."""
        try:
            return json.loads(self.response_body)
        except (ValueError, RecursionError):
            return None

    def sent_json(self) -> Any:
        """The request body as JSON, or None when it is not JSON."""
        try:
            return json.loads(self.request_body)
        except (ValueError, RecursionError):
            return None

    def line(self) -> str:
        """One line for a person: who did what, and what came back."""
        return f"{self.persona}: {self.operation or f'{self.method} {mask(self.url)}'} → {self.status}"

    def request_dict(self) -> dict[str, Any]:
        """The request with every secret masked."""
        return {
            "method": self.method,
            "url": mask(self.url),
            "headers": _masked_headers(self.request_headers),
            "body": shown_body(self.request_body),
        }

    def response_dict(self) -> dict[str, Any]:
        """The response with every secret masked."""
        return {
            "status": self.status,
            "headers": _masked_headers(self.response_headers),
            "body": shown_body(self.response_body),
        }


def _masked_headers(headers: tuple[tuple[str, str], ...]) -> dict[str, str]:
    return {name: mask_header(name, value) for name, value in headers}


def shown_body(body: bytes) -> str:
    """A body as masked text, cut at `SHOWN_BODY` characters."""
    text = mask(body.decode("utf-8", "replace"))
    return text if len(text) <= SHOWN_BODY else f"{text[:SHOWN_BODY]}… ({len(body)} bytes)"


class History:
    """The exchanges of one test, in order: all are counted, the last `KEPT_EXCHANGES` are kept."""

    def __init__(self) -> None:
        self._kept: deque[Exchange] = deque(maxlen=KEPT_EXCHANGES)
        self.counts: dict[str, dict[int, int]] = {}

    def record(self, exchange: Exchange) -> None:
        self._kept.append(exchange)
        if exchange.operation is not None:
            statuses = self.counts.setdefault(exchange.operation, {})
            statuses[exchange.status] = statuses.get(exchange.status, 0) + 1

    def __iter__(self) -> Iterator[Exchange]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def last(self) -> Exchange | None:
        return self._kept[-1] if self._kept else None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a server did that it must not, answering the six questions of a report.

    Which rule or check; what was sent and as whom; what came back; what is allowed; how we got here; how to
    see it again. All of it is already masked.
    """

    rule: str | None
    check: str | None
    operation: str | None
    persona: str | None
    request: Mapping[str, Any] | None
    response: Mapping[str, Any] | None
    expected: str
    history: tuple[str, ...]
    reproduce: str
    test: str
    count: int = 1
    other_rules: tuple[str, ...] = ()
    """What else the test exercises: its assertion may be about one of these instead of `rule`."""

    @property
    def name(self) -> str:
        """The rule or check that was broken."""
        return self.rule or self.check or "unnamed"

    @property
    def cause(self) -> tuple[str, str | None, str]:
        """Findings with the same cause are one finding seen several times."""
        return (self.name, self.operation, self.expected)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A test that could not judge, and why."""

    test: str
    reason: str


@dataclass(slots=True)
class Ledger:
    """What a run did, summed over its tests; processes of one run send theirs as dicts and merge them."""

    operations: dict[str, dict[int, int]] = field(default_factory=dict)
    checks: dict[str, int] = field(default_factory=dict)
    rules: dict[str, int] = field(default_factory=dict)
    access: dict[str, dict[str, str]] = field(default_factory=dict)
    """Operation → kind of caller → what the caller was answered."""
    findings: list[Finding] = field(default_factory=list)
    unknown: list[Unknown] = field(default_factory=list)

    def clear(self) -> None:
        """Start anew, in place: others may hold this ledger."""
        for part in (self.operations, self.checks, self.rules, self.access):
            part.clear()
        self.findings.clear()
        self.unknown.clear()

    def add_exchanges(self, counts: Mapping[str, Mapping[int, int]]) -> None:
        for operation, statuses in counts.items():
            mine = self.operations.setdefault(operation, {})
            for status, count in statuses.items():
                mine[status] = mine.get(status, 0) + count

    def judged(self, check: str, times: int = 1) -> None:
        self.checks[check] = self.checks.get(check, 0) + times

    def exercised(self, rule: str, times: int = 1) -> None:
        self.rules[rule] = self.rules.get(rule, 0) + times

    def answered(self, operation: str, caller: str, answer: str) -> None:
        """Note a cell of the access matrix."""
        self.access.setdefault(operation, {})[caller] = answer

    def add_finding(self, finding: Finding) -> None:
        """Keep a finding; the first example of a cause stands for the others, which are counted."""
        for index, known in enumerate(self.findings):
            if known.cause == finding.cause:
                self.findings[index] = _counted(known, finding.count)
                return
        self.findings.append(finding)

    def merge(self, other: "Ledger") -> None:
        self.add_exchanges(other.operations)
        for check, times in other.checks.items():
            self.judged(check, times)
        for rule, times in other.rules.items():
            self.exercised(rule, times)
        for operation, answers in other.access.items():
            self.access.setdefault(operation, {}).update(answers)
        for finding in other.findings:
            self.add_finding(finding)
        self.unknown.extend(other.unknown)

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Ledger":
        findings = [_finding(item) for item in data["findings"]]
        unknown = [Unknown(**item) for item in data["unknown"]]
        operations = {
            name: {int(code): n for code, n in codes.items()} for name, codes in data["operations"].items()
        }
        return cls(
            operations, dict(data["checks"]), dict(data["rules"]), dict(data["access"]), findings, unknown
        )


def _finding(data: Mapping[str, Any]) -> Finding:
    lists = {name: tuple(data[name]) for name in ("history", "other_rules")}
    return Finding(**{**data, **lists})


def _counted(finding: Finding, more: int) -> Finding:
    values = {**{name: getattr(finding, name) for name in Finding.__slots__}, "count": finding.count + more}
    return Finding(**values)
