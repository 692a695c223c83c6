"""Options and fixtures of the suite, for pytest.

A test says which rules it exercises (`@pytest.mark.rule("REFUND-1")`) and what it must be able to decide
(`@pytest.mark.needs("clock")`); it gets a world of its own through `people` and `target`.
"""

import json
import os
import random
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractContextManager
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from framecast_contract.checks.found import Found
from framecast_contract.checks.histories import judge_history
from framecast_contract.checks.telling import Case, findings_of
from framecast_contract.contract import Contract, Operation, load_contract
from framecast_contract.history import Finding, History, Ledger
from framecast_contract.masking import mask
from framecast_contract.report.progress import SuiteReporter
from framecast_contract.report.rules import tests_by_rule
from framecast_contract.target.base import Target
from framecast_contract.target.choose import open_target, real_target, target_name
from framecast_contract.target.environment import TestConfig
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.target.waiting import waiting_on

pytest_plugins = ("framecast_contract.e2e_fixtures",)

SEED_FROM_CONTROLLER = "framecast_seed"
LEDGER = pytest.StashKey[Ledger]()
DEFECT = pytest.StashKey[str | None]()
ORIGINAL = pytest.StashKey[str]()
_contract = cache(load_contract)  # reading it takes longer than most tests
MARKERS = (
    "rule(*ids): the rules of the oracle that this test exercises",
    "needs(*capabilities): what the target must let a test decide; without it the test counts as unknown",
    "real_runpod: renders on real GPUs; runs only when RunPod credentials are set",
    "budgets: the sandbox limits the rate of requests, as it does not for other tests",
    "slow: takes more than a few seconds",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("framecast", "Framecast contract suite")
    group.addoption(
        "--target",
        default=os.environ.get("FRAMECAST_TARGET", "sandbox"),
        help="what is under test: sandbox (default), a URL, or a profile (TOML)",
    )
    group.addoption("--defect", metavar="ID", help="plant this defect in the sandbox, to see it caught")
    group.addoption(
        "--each-defect",
        action="store_true",
        help="run only tests that should notice a planted defect: once with each of theirs, once without",
    )
    group.addoption("--contract-seed", type=int, help="repeat a run: the seed it printed")
    group.addoption(
        "--contract-report", metavar="DIR", help="run as the contract suite; write reports to DIR"
    )
    group.addoption("--rules-to", metavar="FILE", help="write which tests name which rule, as JSON")


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config: pytest.Config) -> None:
    for marker in MARKERS:
        config.addinivalue_line("markers", marker)
    config.option.contract_seed = _seed(config)
    folder = config.option.contract_report
    if folder and not hasattr(config, "workerinput"):
        config.pluginmanager.register(_reporter(config, Path(folder)), "framecast-reporter")


def _seed(config: pytest.Config) -> int:
    """The seed of the whole run: given, or what the controlling process chose, or a new one."""
    sent: int | None = getattr(config, "workerinput", {}).get(SEED_FROM_CONTROLLER)
    given: int | None = config.option.contract_seed
    chosen = sent if given is None else given
    return random.SystemRandom().getrandbits(32) if chosen is None else chosen


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """xdist starts a worker: it must use the same seed as everybody."""
    node.workerinput[SEED_FROM_CONTROLLER] = node.config.option.contract_seed


def pytest_collection_finish(session: pytest.Session) -> None:
    _seed_hypothesis(session)
    if session.config.option.rules_to:
        named = tests_by_rule((item.nodeid, _rules(item)) for item in session.items)
        Path(session.config.option.rules_to).write_text(json.dumps(named), encoding="utf-8")


def _seed_hypothesis(session: pytest.Session) -> None:
    """The run's seed is Hypothesis' as well; importing it only to say so would cost every run a second."""
    core: Any = sys.modules.get("hypothesis.core")
    if core is not None and session.config.getoption("hypothesisseed", None) is None:
        core.global_force_seed = session.config.option.contract_seed


def _reporter(config: pytest.Config, folder: Path) -> SuiteReporter:
    return SuiteReporter(
        seed=config.option.contract_seed,
        folder=folder,
        target=target_name(config.option.target),
        operations={name: _refusals(operation) for name, operation in _contract().operations.items()},
    )


def _refusals(operation: Operation) -> frozenset[int]:
    return frozenset(status for status in operation.statuses() if 400 <= status < 500)


def pytest_report_header(config: pytest.Config) -> str:
    return f"framecast: target {target_name(config.option.target)}, seed {config.option.contract_seed}"


def pytest_runtest_setup(item: pytest.Item) -> None:
    item.stash[LEDGER] = Ledger()
    if item.get_closest_marker("real_runpod") and (missing := TestConfig.from_env().missing_for_real_runpod):
        pytest.skip(f"credentials for real renders are not set: {', '.join(missing)}")


def _rules(item: pytest.Item) -> list[str]:
    return list(dict.fromkeys(str(rule) for mark in item.iter_markers("rule") for rule in mark.args))


def _case(item: pytest.Item) -> Case:
    seed, defect = item.config.option.contract_seed, _defect(item)
    test = item.stash.get(ORIGINAL, item.nodeid)
    planted = f" --defect {defect}" if defect else ""
    return Case(item.nodeid, _rules(item), f'just contract --seed {seed}{planted} --only "{test}"')


def _defect(item: pytest.Item) -> str | None:
    """The id of the defect planted for this test, if any: its own with --each-defect, or the whole run's."""
    planted: str | None = item.stash.get(DEFECT, item.config.option.defect)
    return planted


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """With --each-defect, tests that should notice a defect run once with each of theirs and once without."""
    if config.option.each_defect:
        from framecast_contract.target import detection  # brings the whole sandbox along

        items[:] = [
            _run_with(defect, item)
            for item in items
            if isinstance(item, pytest.Function)
            for defect in detection.runs_of(item.nodeid)
        ]


def _run_with(defect: str | None, test: pytest.Function) -> pytest.Function:
    """Another item of the same test; made as pytest-asyncio makes its items from pytest's."""
    name = f"{test.originalname} with {defect or 'no defect'}"
    run: pytest.Function = type(test).from_parent(
        test.parent,
        name=test.name.replace(test.originalname, name, 1),
        callspec=getattr(test, "callspec", None),
        callobj=test.obj,
        fixtureinfo=test._fixtureinfo,
        keywords=test.keywords,
        originalname=name,
    )
    run.own_markers = test.own_markers
    run.stash[DEFECT], run.stash[ORIGINAL] = defect, test.nodeid
    run.user_properties += [("test", test.nodeid), ("defect", defect or "")]
    return run


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """A test that passed is not done: the laws that hold for every history are judged on what it did."""
    report: pytest.TestReport = yield
    if "target" not in getattr(item, "fixturenames", ()):
        return report
    ledger, broken = item.stash[LEDGER], list[str]()
    if call.when == "call":
        _count(item, ledger, judged=not report.skipped)
    if call.when == "call" or report.failed:
        findings = _findings(item, call, report.failed, broken)
        _tell(item, report, findings, broken)
    report.framecast = {"ledger": ledger.as_dict(), "broken": broken}  # type: ignore[attr-defined] # travels to xdist's controller with the report
    ledger.clear()  # not a new one: the `ledger` fixture has handed this one out
    return report


def _history(item: pytest.Item) -> History:
    return getattr(item, "funcargs", {}).get("history") or History()


def _count(item: pytest.Item, ledger: Ledger, *, judged: bool) -> None:
    """Count exchanges, and rules if the test judged them: one that gave up halfway did not."""
    ledger.add_exchanges(_history(item).counts)
    for rule in _rules(item) if judged else ():
        ledger.exercised(rule)
        item.user_properties.append(("rule", rule))


def _findings(
    item: pytest.Item, call: pytest.CallInfo[None], failed: bool, broken: list[str]
) -> list[Finding]:
    """What a test found: what the judges say, then its own words. What could not judge goes to `broken`."""
    case, history, ledger = _case(item), _history(item), item.stash[LEDGER]
    judged = judge_history(history, _contract(), case, ledger)
    broken.extend(mask(f"{item.nodeid}: {crash}") for crash in judged.crashes)
    error = call.excinfo.value if failed and call.excinfo is not None else None
    told = findings_of(error, case, history) if error is not None else ()
    if error is not None and not told:
        broken.append(mask(f"{item.nodeid} ({call.when}): {type(error).__name__}: {error}"))
    return [*told] if isinstance(error, Found) else [*judged.findings, *told]


def _tell(item: pytest.Item, report: pytest.TestReport, findings: list[Finding], broken: list[str]) -> None:
    """Put findings into the ledger, and make a test fail that passed but for what the judges say."""
    for finding in findings:
        item.stash[LEDGER].add_finding(finding)
        item.user_properties.append(("finding", finding.name))
    if report.failed:
        report.longrepr = mask(report.longreprtext)
    elif findings or broken:
        report.outcome = "failed"
        report.longrepr = str(Found(findings)) if findings else "\n".join(broken)


@pytest.fixture(scope="session")
def contract() -> Contract:
    """The contract that the target is held to."""
    return _contract()


@pytest.fixture(scope="session")
def routes(contract: Contract) -> Routes:
    """Which operation a request belongs to."""
    return Routes((name, operation.method, operation.path) for name, operation in contract.operations.items())


@pytest.fixture
def rng(request: pytest.FixtureRequest) -> random.Random:
    """The only source of randomness of a test: repeatable from the run's seed and the test's id."""
    return random.Random(f"{request.config.option.contract_seed}/{request.node.nodeid}")


@pytest.fixture
def history() -> History:
    """Every exchange of this test."""
    return History()


@pytest.fixture
def ledger(request: pytest.FixtureRequest) -> Ledger:
    """Where a test counts the checks it made by hand."""
    return request.node.stash[LEDGER]  # type: ignore[no-any-return] # stash of an untyped node


@pytest.fixture
def suite_case(request: pytest.FixtureRequest) -> Case:
    """How reports name this test and repeat it."""
    return _case(request.node)


@pytest.fixture
def defect(request: pytest.FixtureRequest) -> str | None:
    """The id of the planted defect, if any."""
    return _defect(request.node)


@pytest.fixture
def target(request: pytest.FixtureRequest, rng: random.Random, defect: str | None) -> Iterator[Target]:
    """What is under test; the sandbox is made anew for every test."""
    with _opening(request, rng, defect) as target, waiting_on(target.clock):
        missing = _needed(request.node) - {str(capability) for capability in target.capabilities}
        if missing:
            pytest.skip(f"the target lacks {', '.join(sorted(missing))}")
        yield target


def _opening(
    request: pytest.FixtureRequest, rng: random.Random, defect: str | None
) -> AbstractContextManager[Target]:
    if request.node.get_closest_marker("real_runpod"):
        return real_target()
    budgets = request.node.get_closest_marker("budgets") is not None
    return open_target(request.config.option.target, rng, defect=defect, budgets=budgets)


def _needed(node: Any) -> set[str]:
    return {str(name) for mark in node.iter_markers("needs") for name in mark.args}


@pytest.fixture
async def people(
    target: Target, rng: random.Random, history: History, routes: Routes
) -> AsyncIterator[People]:
    """Makes the personas of a test."""
    async with People(target, rng, history, routes.operation_of) as people:
        yield people
