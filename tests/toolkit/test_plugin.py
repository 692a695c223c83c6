"""The pytest plugin: what a test does, finds and cannot judge reaches the reports, once and masked."""

import json
import subprocess
import sys
from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from framecast_contract.cli import HOME
from framecast_contract.clock import VirtualClock
from framecast_contract.contract import Contract
from framecast_contract.history import History, Ledger
from framecast_contract.target.base import Target
from framecast_contract.target.people import People

STORIES = '''
import httpx
import pytest
from framecast_contract.history import Exchange
from framecast_contract.target.people import People

@pytest.mark.rule("ACCOUNT-1")
async def test_passes(people: People) -> None:
    assert (await people.starter()).name == "starter"

@pytest.mark.rule("ACCOUNT-5")
async def test_finds(people: People) -> None:
    person = await people.starter("alice")
    assert (person.token, (await person.client.get_account()).tier) == (person.token, "creator")

async def test_loses_the_connection(people: People) -> None:
    raise httpx.ConnectError("the network is down")

@pytest.mark.needs("telepathy")
async def test_needs_what_is_not_there(people: People) -> None:
    """Never runs."""

async def test_does_what_only_a_judge_sees(people: People, history) -> None:
    seen = dict(operation="get_account", persona="bob", method="GET", url="/v1/account", request_headers=())
    bad = b'{"tier": "starter", "upgraded_at": null, "credits": -1}'
    history.record(Exchange(**seen, request_body=b"", status=200, response_headers=(), response_body=bad))

async def test_expects_a_refusal_that_does_not_come(people: People) -> None:
    person = await people.starter()
    with pytest.raises(ValueError):
        await person.client.list_jobs()

@pytest.mark.rule("ACCOUNT-6")
async def test_gives_up_halfway(people: People) -> None:
    pytest.skip("the target has no such thing")

def test_of_our_own() -> None:
    assert not "about a server"
'''


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a run of the stories above reports."""
    folder = tmp_path_factory.mktemp("suite")
    (folder / "test_stories.py").write_text(STORIES, encoding="utf-8")
    options = ["-p", "no:terminal", "-p", "no:cacheprovider", "-c", str(HOME / "pyproject.toml")]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, "--rootdir", str(folder), "--contract-report",
         str(folder / "out"), "--contract-seed", "7", str(folder / "test_stories.py")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout + done.stderr
    written: dict[str, Any] = json.loads((folder / "out" / "summary.json").read_text(encoding="utf-8"))
    assert "eyJhbG" not in json.dumps(written) + done.stdout
    return written


def _finding(summary: Mapping[str, Any], test: str) -> dict[str, Any]:
    (found,) = [each for each in summary["findings"] if each["test"].endswith(f"::{test}")]
    return dict(found)


def test_every_test_is_counted_once(summary: dict[str, Any]) -> None:
    assert summary["tests"] == {"passed": 1, "failed": 5, "skipped": 2}
    assert (summary["verdict"], summary["seed"]) == ("fail", 7)
    assert summary["rules"] == {"ACCOUNT-1": 1, "ACCOUNT-5": 1}
    assert summary["operations"]["get_account"]["statuses"] == {"200": 5}


def test_a_failed_assertion_is_a_finding_about_the_server(summary: dict[str, Any]) -> None:
    found = _finding(summary, "test_finds")

    assert (found["rule"], found["check"], found["operation"]) == ("ACCOUNT-5", "assertion", "get_account")
    assert (found["persona"], found["response"]["status"]) == ("alice", 200)
    assert found["history"] == ["alice: get_account → 200"] * 2
    assert found["reproduce"] == 'just contract --seed 7 --only "test_stories.py::test_finds"'
    assert "'creator'" in found["expected"]


def test_a_passing_test_is_still_judged_on_its_history(summary: dict[str, Any]) -> None:
    found = _finding(summary, "test_does_what_only_a_judge_sees")

    assert (found["rule"], found["check"], found["persona"]) == ("INV-U5", "account_object", "bob")


def test_a_refusal_that_does_not_come_is_a_finding(summary: dict[str, Any]) -> None:
    found = _finding(summary, "test_expects_a_refusal_that_does_not_come")

    assert found["operation"] == "list_jobs"
    assert "DID NOT RAISE ValueError" in found["expected"]


def test_what_says_nothing_about_the_server_is_broken_or_unknown(summary: dict[str, Any]) -> None:
    assert summary["unknown"] == [
        {"test": "test_stories.py::test_needs_what_is_not_there", "reason": "the target lacks telepathy"},
        {"test": "test_stories.py::test_gives_up_halfway", "reason": "the target has no such thing"},
    ]
    lost, own = summary["broken"]
    assert lost == "test_stories.py::test_loses_the_connection (call): ConnectError: the network is down"
    assert own.startswith("test_stories.py::test_of_our_own: ")
    assert len(summary["findings"]) == 3


def test_a_test_has_a_world_of_its_own(
    target: Target, people: People, contract: Contract, history: History, ledger: Ledger, rng: Random
) -> None:
    assert (target.name, people.target, people.history) == ("sandbox", target, history)
    assert isinstance(target.clock, VirtualClock)
    assert (len(history), ledger) == (0, Ledger())
    assert rng.random() != Random(0).random()
    assert "create_job" in contract.operations


@pytest.mark.parametrize("number", [1, 2])
def test_randomness_differs_between_tests_and_repeats_with_the_seed(
    request: pytest.FixtureRequest, rng: Random, number: int
) -> None:
    seed = f"{request.config.option.contract_seed}/{request.node.nodeid}"

    assert rng.random() == Random(seed).random()
    assert f"[{number}]" in seed
