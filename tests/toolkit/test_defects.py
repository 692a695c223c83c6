"""The proof that the suite notices: every planted defect makes its tests fail, and nothing else does."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any
from xml.etree import ElementTree

import pytest

from framecast_contract.cli import main
from framecast_contract.clock import VirtualClock
from framecast_contract.oracle.rules import RULES
from framecast_contract.sandbox import Sandbox, Settings
from framecast_contract.sandbox.defects import DEFECTS, Defect, find_defect
from framecast_contract.sandbox.defects.catalogue import collected, listing
from framecast_contract.target.embedded import START

HOME = Path(__file__).parents[2]
PLUGINS = ("framecast_contract.pytest_plugin", "pytest_asyncio.plugin", "pytest_timeout")


@dataclass(frozen=True, slots=True)
class Run:
    """One test against one sandbox: did it fail, what did it find, and which rules does it exercise."""

    test: str
    defect: str
    failed: bool
    findings: frozenset[str]
    rules: frozenset[str]

    def notices(self, rule: str) -> bool:
        """Whether it found something and names the rule, in the finding or in what the test is about."""
        return self.failed and bool(self.findings) and rule in self.findings | self.rules


def _each_defect(folder: Path) -> Iterator[Run]:
    """One pytest process for all pairs of defect and test; starting one per defect takes far longer."""
    files = sorted({test.partition("::")[0] for each in DEFECTS.values() for test in each.caught_by})
    report = folder / "runs.xml"
    plugins = [option for name in PLUGINS for option in ("-p", name)]
    options = ["--each-defect", "--contract-seed", "1", "--timeout", "20", "--junitxml", str(report)]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *plugins, "-p", "no:cacheprovider", *options, "--tb=line", *files],
        cwd=HOME,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTEST_ADDOPTS": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1, done.stdout + done.stderr  # 1: tests ran, some failed
    for case in ElementTree.parse(report).iter("testcase"):
        yield _run(case)


def _run(case: ElementTree.Element) -> Run:
    told = [(str(each.get("name")), str(each.get("value"))) for each in case.iter("property")]
    values = {name: frozenset(value for key, value in told if key == name) for name, _ in told}
    failed = case.find("failure") is not None or case.find("error") is not None
    (test,), (defect,) = values["test"], values["defect"]
    return Run(test, defect, failed, values.get("finding", frozenset()), values.get("rule", frozenset()))


@pytest.mark.slow
def test_every_defect_is_noticed_and_the_sound_sandbox_is_not(tmp_path: Path) -> None:
    runs = list(_each_defect(tmp_path))

    noticed = {(run.defect, run.test) for run in runs if run.defect and run.notices(DEFECTS[run.defect].rule)}
    planted = {(defect.id, test) for defect in DEFECTS.values() for test in defect.caught_by}
    false_alarms = {run.test for run in runs if run.failed and not run.defect}
    assert (planted - noticed, false_alarms) == (set(), set())
    assert {run.test for run in runs if not run.defect} == {test for _, test in planted}


@pytest.mark.parametrize("defect", DEFECTS.values(), ids=DEFECTS)
def test_a_defect_says_what_it_is(defect: Defect) -> None:
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", defect.id)
    assert defect.rule in RULES
    assert re.fullmatch(r"[A-Z].*\.", defect.description)
    assert defect.caught_by


def test_every_rule_has_a_defect() -> None:
    broken = {defect.rule for defect in DEFECTS.values()}

    assert sorted(RULES.keys() - broken) == []


def test_two_defects_of_one_name_are_refused() -> None:
    defect = next(iter(DEFECTS.values()))

    with pytest.raises(ValueError, match=f"two defects are called {defect.id}"):
        collected([defect, defect])


def _sandbox() -> Sandbox:
    return Sandbox(Settings(), clock=VirtualClock(START), random=Random(1))


def _state(sandbox: Sandbox) -> dict[str, dict[str, Any]]:
    """Every attribute of the sandbox, its areas and their classes."""
    areas = {"sandbox": sandbox, **vars(sandbox)}
    objects = {name: area for name, area in areas.items() if hasattr(area, "__dict__")}
    instances = {name: dict(vars(area)) for name, area in objects.items()}
    return instances | {f"class of {name}": dict(vars(type(area))) for name, area in objects.items()}


def test_planting_changes_one_sandbox_and_no_other() -> None:
    other = _sandbox()
    before = _state(other)

    for defect in DEFECTS.values():
        sandbox = _sandbox()
        sound = _state(sandbox)
        defect.plant(sandbox)
        assert _state(sandbox) != sound, f"{defect.id} plants nothing"
        assert _state(other) == before, f"{defect.id} reaches other sandboxes"
        sandbox.close()
    other.close()


def test_docs_list_every_defect() -> None:
    written = (HOME / "docs" / "defects.md").read_text(encoding="utf-8")

    assert written == listing(), "run: python -m framecast_contract.sandbox.defects > docs/defects.md"


def test_a_misspelled_defect_is_answered_with_the_nearest() -> None:
    with pytest.raises(ValueError, match="no defect 'debit-mising'; did you mean 'debit-missing'"):
        find_defect("debit-mising")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--defect", "debit-mising"], "there is no defect 'debit-mising'; did you mean 'debit-missing'?"),
        (["--defect", "debit-missing", "--target", "http://127.0.0.1:1"], "only the sandbox takes"),
    ],
)
def test_a_run_with_an_impossible_defect_does_not_start(
    capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    assert main(["run", *arguments]) == 2
    assert told in capsys.readouterr().err
