"""`summary.json`: what a run did and found, for other programs; docs/summary.md documents its shape."""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framecast_contract.history import Ledger

FORMAT = 1
"""Raised when a member changes its meaning or goes away; new members do not raise it."""


@dataclass(frozen=True, slots=True)
class Run:
    """One finished run: its ledger, how long it took in seconds, the seed, and what went wrong with it."""

    ledger: Ledger
    seconds: float
    seed: int
    target: str
    known_operations: Mapping[str, frozenset[int]]
    """Every operation of the contract, with the errors (4xx) that it documents."""
    tests: Mapping[str, int]
    broken: tuple[str, ...] = ()
    """Why parts of the run could not judge at all: crashes, collection errors, an unreachable target."""

    @property
    def verdict(self) -> str:
        """`fail` when anything was found, `unknown` when something broke or nothing was judged, or `pass`."""
        if self.ledger.findings:
            return "fail"
        judged = any(self.ledger.checks.values()) or any(self.ledger.rules.values())
        return "unknown" if self.broken or not judged else "pass"

    @property
    def exit_code(self) -> int:
        return {"pass": 0, "fail": 1, "unknown": 2}[self.verdict]

    @property
    def covered(self) -> int:
        """How many operations of the contract saw at least one exchange."""
        return sum(1 for name in self.known_operations if name in self.ledger.operations)

    def succeeded(self, operation: str) -> bool:
        """Whether an operation answered 2xx at least once."""
        return any(200 <= status < 300 for status in self.ledger.operations.get(operation, ()))

    def refused(self, operation: str) -> bool | None:
        """Whether an operation gave a documented error at least once; None when it documents none."""
        documented = self.known_operations[operation]
        return bool(documented & set(self.ledger.operations.get(operation, ()))) if documented else None


def summary(run: Run) -> dict[str, Any]:
    """The document that `summary.json` holds."""
    ledger = run.ledger
    return {
        "format": FORMAT,
        "verdict": run.verdict,
        "seconds": round(run.seconds, 3),
        "seed": run.seed,
        "target": run.target,
        "tests": dict(run.tests),
        "operations": {name: _operation(run, name) for name in run.known_operations},
        "checks": dict(sorted(ledger.checks.items())),
        "rules": dict(sorted(ledger.rules.items())),
        "access": {name: ledger.access[name] for name in run.known_operations if name in ledger.access},
        "findings": [finding.as_dict() for finding in ledger.findings],
        "unknown": [{"test": item.test, "reason": item.reason} for item in ledger.unknown],
        "broken": list(run.broken),
    }


def _operation(run: Run, name: str) -> dict[str, Any]:
    statuses = run.ledger.operations.get(name, {})
    return {
        "exchanges": sum(statuses.values()),
        "statuses": {str(status): statuses[status] for status in sorted(statuses)},
        "succeeded": run.succeeded(name),
        "refused": run.refused(name),
    }


def write_summary(document: Mapping[str, Any], folder: Path) -> Path:
    """Write a `summary` to `summary.json`; a reader never sees half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "summary.json"
    partial = folder / "summary.json.partial"
    partial.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(partial, path)
    return path
