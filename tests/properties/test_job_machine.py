"""Jobs and credits as a state machine: whatever is done in whatever order, server and model agree."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

import pytest

from framecast_contract.history import History
from framecast_contract.target.base import Target
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.machines import Log, Opening, Stage, explore, machine_of, wander
from framecast_contract.workloads.studio_commands import COMMANDS
from framecast_contract.workloads.studios import studio_of

IMPORTANT = (
    *(f"create_job {status}" for status in (200, 201, 400, 402, 403, 409)),
    *(f"clone_job {status}" for status in (201, 403, 404)),
    *(f"cancel_job {status}" for status in (200, 404, 409)),
    *(f"delete_job {status}" for status in (204, 400, 404)),
    *(f"callback {event} {status}" for event in ("started", "progress") for status in (200, 404, 409)),
    *(f"callback {event} {status}" for event in ("completed", "failed") for status in (200, 404, 409)),
    *(f"{read} {status}" for read in ("get_job", "get_job_events") for status in (200, 404)),
    *(f"refund {kind}" for kind in ("system", "timeout", "validation", "canceled", "completed")),
)

MOST_RUNS = 200
"""A dozen reach everything as a rule; a sound server must not fail because chance was against it."""


@pytest.fixture
def opening(target: Target, rng: Random, history: History, routes: Routes) -> Opening:
    """Opens a new studio, with people of its own, for every run of the machine."""

    @contextmanager
    def opened() -> Iterator[Stage]:
        people = People(target, rng, history, routes.operation_of)
        try:
            yield target.run(studio_of(people, COMMANDS))
        finally:
            target.run(people.__aexit__(None, None, None))

    return opened


@pytest.mark.needs("clock", "credits", "renders")
@pytest.mark.rule("WORLD-1", "WORLD-2", "CREDIT-5", "EVENT-14", "IDEM-1", "IDEM-2", "JOB-7", "JOB-8", "JOB-9")
@pytest.mark.rule("REFUND-1", "REFUND-2", "REFUND-3", "REFUND-4", "REFUND-6", "INV-U5")
def test_jobs_and_credits_are_what_was_made_of_them(opening: Opening, rng: Random) -> None:
    log = Log()
    machine = machine_of(opening, COMMANDS, log)

    explore(machine, examples=12, steps=30)
    for _ in range(MOST_RUNS):
        wander(machine, [*COMMANDS], rng, runs=1, steps=40)
        if not log.missing(IMPORTANT):
            break

    assert log.missing(IMPORTANT) == []
