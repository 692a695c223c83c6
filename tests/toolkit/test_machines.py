"""State machines find planted defects, show them in few steps, and say what they did not exercise."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from framecast_contract.history import History
from framecast_contract.oracle.words import OK, Answer
from framecast_contract.target.choose import open_target
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.machines import Log, Opening, Played, Stage, explore, machine_of
from framecast_contract.workloads.studio_commands import COMMANDS
from framecast_contract.workloads.studios import studio_of


def _opening(defect: str, rng: Random, routes: Routes) -> Opening:
    """Opens a studio in a sandbox of its own with that defect."""

    @contextmanager
    def opened() -> Iterator[Stage]:
        with open_target("sandbox", rng, defect=defect) as target:
            people = People(target, rng, History(), routes.operation_of)
            try:
                yield target.run(studio_of(people, COMMANDS))
            finally:
                target.run(people.__aexit__(None, None, None))

    return opened


@pytest.mark.parametrize(
    ("defect", "last", "told"),
    [
        ("refund-above-charge", "cancel_job", "credits_refunded is 12, expected 9"),
        ("cancel-without-fee", "cancel_job", "credits_refunded is 11, expected 9"),
    ],
)
def test_a_planted_defect_is_found_and_shrunk(
    defect: str, last: str, told: str, rng: Random, routes: Routes
) -> None:
    log = Log()

    with pytest.raises(AssertionError, match=told):
        explore(machine_of(_opening(defect, rng, routes), COMMANDS, log), examples=100, steps=6)

    assert [step.name for step in log.steps] == [last]


def test_what_was_not_exercised_is_missing() -> None:
    log = Log()

    log.add(Played("cancel_job", OK, (OK,), effects=["refund canceled"]))

    assert log.missing(["cancel_job 200", "refund canceled", "cancel_job 404"]) == ["cancel_job 404"]


def test_a_fault_names_the_answers_that_were_allowed() -> None:
    played = Played("create_job", Answer(201), (Answer(402, "INSUFFICIENT_CREDITS"), Answer(409, "CONFLICT")))

    assert played.faults() == [
        "create_job was answered 201, expected 402 INSUFFICIENT_CREDITS or 409 CONFLICT"
    ]
