"""What a person sees while the suite runs: one line that moves on a terminal, a line per tenth elsewhere.

It runs in place of pytest's own reporter (`-p no:terminal`), collects what every test reports, and closes
with the summary.
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TextIO

import pytest

from framecast_contract.history import Ledger, Unknown
from framecast_contract.report.access import write_access
from framecast_contract.report.summary import Run, summary, write_summary
from framecast_contract.report.terminal import lines


class SuiteReporter:
    """Listens to one pytest session, in its controlling process."""

    def __init__(
        self,
        *,
        seed: int,
        folder: Path,
        target: str,
        operations: Mapping[str, frozenset[int]],
        out: TextIO = sys.stdout,
    ) -> None:
        self.ledger = Ledger()
        self.broken: list[str] = []
        self.tests = {"passed": 0, "failed": 0, "skipped": 0}
        self._seed = seed
        self._folder = folder
        self._target = target
        self._operations = operations
        self._out = out
        self._live = out.isatty()
        self._started = time.monotonic()
        self._total = 0
        self._tenth = 0

    def pytest_sessionstart(self) -> None:
        self._say(f"contract suite against {self._target}, seed {self._seed}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self._total = len(session.items)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self._total = len(ids)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.broken.append(f"{report.nodeid}: {_last_line(report)}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        sent = getattr(report, "framecast", None)
        if sent is not None:
            self.ledger.merge(Ledger.from_dict(sent["ledger"]))
            self.broken.extend(sent["broken"])
        elif report.failed:
            self.broken.append(f"{report.nodeid}: {_last_line(report)}")
        if report.skipped:
            self.ledger.unknown.append(Unknown(report.nodeid, _skip_reason(report)))
        if report.when == "call" or (report.when == "setup" and not report.passed):
            self.tests[report.outcome] += 1
            self._progress(report)

    def _progress(self, report: pytest.TestReport) -> None:
        done, found = sum(self.tests.values()), len(self.ledger.findings)
        if self._live:
            name = report.nodeid.rpartition("/")[2][:60]
            self._out.write(f"\r\x1b[2K{done}/{self._total or '?'} tests · {found} findings · {name}")
            self._out.flush()
        elif self._total and done * 10 // self._total > self._tenth:
            self._tenth = done * 10 // self._total
            self._say(f"{self._tenth * 10:3} % · {done}/{self._total} tests · {found} findings")

    def _say(self, text: str) -> None:
        print(text, file=self._out, flush=True)

    def pytest_internalerror(self, excrepr: Any) -> None:
        self.broken.append(f"pytest itself failed: {str(excrepr).strip().rpartition(chr(10))[2]}")

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: Any) -> None:
        if error:
            self.broken.append(f"worker {node.gateway.id} died: {error}")

    def pytest_keyboard_interrupt(self) -> None:
        self.broken.append("interrupted from the keyboard")

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> Any:
        outcome = yield
        run = self.run()
        if self._live:
            self._out.write("\r\x1b[2K")
        written = summary(run)
        write_summary(written, self._folder)
        write_access(written["access"], self._folder)
        for line in lines(run, str(self._folder)):
            self._say(line)
        session.exitstatus = run.exit_code
        return outcome

    def run(self) -> Run:
        """The run so far."""
        return Run(
            ledger=self.ledger,
            seconds=time.monotonic() - self._started,
            seed=self._seed,
            target=self._target,
            known_operations=self._operations,
            tests=self.tests,
            broken=tuple(self.broken),
        )


def _last_line(report: pytest.CollectReport | pytest.TestReport) -> str:
    return report.longreprtext.strip().rpartition("\n")[2].strip() or "failed without a message"


def _skip_reason(report: pytest.TestReport) -> str:
    if isinstance(report.longrepr, tuple):
        return str(report.longrepr[2]).removeprefix("Skipped: ")
    return _last_line(report)
