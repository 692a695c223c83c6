"""Defects of the limits on active jobs."""

from functools import partial

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, alter, replace

_STARTER = "tests/lifecycle/test_job_creation.py::test_a_starter_has_one_active_job"
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
