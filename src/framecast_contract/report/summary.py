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
    known_operations: tuple[str, ...]
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
        "operations": {name: _operation(ledger.operations.get(name, {})) for name in run.known_operations},
        "checks": dict(sorted(ledger.checks.items())),
        "rules": dict(sorted(ledger.rules.items())),
        "findings": [finding.as_dict() for finding in ledger.findings],
        "unknown": [{"test": item.test, "reason": item.reason} for item in ledger.unknown],
        "broken": list(run.broken),
    }


def _operation(statuses: Mapping[int, int]) -> dict[str, Any]:
    ordered = {str(status): statuses[status] for status in sorted(statuses)}
    return {"exchanges": sum(statuses.values()), "statuses": ordered}


def write_summary(run: Run, folder: Path) -> Path:
    """Write `summary.json`; a reader never sees half of it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "summary.json"
    partial = folder / "summary.json.partial"
    partial.write_text(json.dumps(summary(run), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(partial, path)
    return path
