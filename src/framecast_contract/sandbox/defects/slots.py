"""Defects of the limits on active jobs."""

from functools import partial

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, alter, replace
from framecast_contract.sandbox.http import Caller, Refusal

_STARTER = "tests/lifecycle/test_job_creation.py::test_a_starter_has_one_active_job"
_TEAM = "tests/lifecycle/test_team_jobs.py::test_a_team_has_five_slots_whoever_takes_them"
_CREATOR = "tests/lifecycle/test_job_creation.py::test_a_creator_has_five_and_each_ending_frees_one"


def _limit(sandbox: Sandbox, right: int, wrong: int) -> None:
    alter(sandbox.jobs.slot_limit, lambda limit: wrong if limit == right else limit)


def _held_in(sandbox: Sandbox, *states: str) -> None:
    """Slots are held by jobs in these states, instead of the active ones."""
    marks = ", ".join("?" * len(states))

    def active_jobs(owner: Owner) -> int:
        sql = f"SELECT * FROM jobs WHERE owner = ? AND status IN ({marks})"
        return len(sandbox.database.all(sql, (owner.urn, *states)))

    replace(sandbox.jobs.active_jobs, active_jobs)


def _asked_to_wait(sandbox: Sandbox) -> None:
    require_slot = sandbox.jobs.require_slot

    def wait(caller: Caller, owner: Owner) -> None:
        try:
            require_slot(caller, owner)
        except Refusal:
            raise Refusal(429, "RATE_LIMIT_EXCEEDED", "no slot is free yet", retryAfter=30) from None

    replace(sandbox.jobs.require_slot, wait)


DEFECTS = (
    Defect(
        "starter-has-two-slots",
        "CARD-6",
        "A starter may have two active jobs.",
        partial(_limit, right=1, wrong=2),
        (_STARTER,),
    ),
    Defect(
        "creator-has-four-slots",
        "SLOT-2",
        "A creator's fifth active job is refused.",
        partial(_limit, right=5, wrong=4),
        (f"{_CREATOR}[canceled]",),
    ),
    Defect(
        "creator-has-six-slots",
        "SLOT-2",
        "A creator may have six active jobs.",
        partial(_limit, right=5, wrong=6),
        (f"{_CREATOR}[canceled]",),
    ),
    Defect(
        "no-slot-means-wait",
        "D-4",
        "Who has no free slot is told to come back later.",
        _asked_to_wait,
        (_STARTER, _TEAM),
    ),
    Defect(
        "canceled-job-keeps-slot",
        "SLOT-4",
        "A canceled job goes on to hold its slot.",
        lambda sandbox: _held_in(sandbox, "queued", "processing", "canceled"),
        (f"{_CREATOR}[canceled]",),
    ),
    Defect(
        "completed-job-keeps-slot",
        "SLOT-4",
        "A completed job goes on to hold its slot.",
        lambda sandbox: _held_in(sandbox, "queued", "processing", "completed"),
        (f"{_CREATOR}[completed]",),
    ),
    Defect(
        "processing-job-holds-no-slot",
        "SLOT-2",
        "Only queued jobs are counted against the limit.",
        lambda sandbox: _held_in(sandbox, "queued"),
        (f"{_CREATOR}[completed]",),
    ),
)
