"""The life of a job: which request is answered how in which state, and where the job is afterwards.

A job is queued, then processing, then one of completed, failed, canceled, and there it stays.
"""

from dataclasses import dataclass

from framecast_contract.oracle.words import CONFLICT, CREATED, INVALID, NO_CONTENT, OK, Answer, Rule

_SOURCE = "job-semantics.md 1.1"

RULES = (
    Rule("JOB-1", "A new job is queued, whoever made it and however.", _SOURCE),
    Rule("JOB-2", "Only a queued job can be started; starting it makes it processing.", _SOURCE),
    Rule("JOB-3", "Progress is taken from processing jobs only and does not change the state.", _SOURCE),
    Rule("JOB-4", "Only a processing job can complete.", _SOURCE),
    Rule("JOB-5", "Only a processing job can fail, by report of the renderer or by the time limit.", _SOURCE),
    Rule("JOB-6", "A queued or processing job can be canceled, a finished one answers 409.", _SOURCE),
    Rule("JOB-7", "A finished job never changes its state again.", _SOURCE),
    Rule("JOB-8", "A request that does not fit the state is refused and changes nothing.", _SOURCE),
    Rule("JOB-9", "Processing for more than 30 minutes fails the job as a timeout.", _SOURCE),
    Rule(
        "JOB-10", "A deleted job is gone: every later request for it answers 404.", "jobs-and-rendering.md 3"
    ),
    Rule("D-7", "A job can be cloned in every state.", "jobs-and-rendering.md 10"),
    Rule("D-8", "Deleting an active job or a project's job is answered 400.", "jobs-and-rendering.md 10"),
    Rule(
        "D-27",
        "Progress reported for a job that has not started is answered 409.",
        "jobs-and-rendering.md 10",
    ),
)

ACTIVE = ("queued", "processing")
TERMINAL = ("completed", "failed", "canceled")
STATUSES = (*ACTIVE, *TERMINAL)
TIMEOUT_SECONDS = 30 * 60

_MOVES = {
    ("cancel_job", "queued"): "canceled",
    ("cancel_job", "processing"): "canceled",
    ("callback_started", "queued"): "processing",
    ("callback_progress", "processing"): "processing",
    ("callback_completed", "processing"): "completed",
    ("callback_failed", "processing"): "failed",
}
MOVING_REQUESTS = tuple(dict.fromkeys(request for request, _ in _MOVES))
REQUESTS = (*MOVING_REQUESTS, "delete_job", "clone_job", "get_job_events")


@dataclass(frozen=True, slots=True)
class Step:
    """The answer to a request and the state afterwards; `status` is None when the job is gone."""

    answer: Answer
    status: str | None


def step(request: str, status: str, *, project_job: bool = False) -> Step:
    """Answer and next state of `request` for a job in `status`, for a caller who may ask.

    `request` is one of REQUESTS, a callback being named by its event. Raises ValueError for another word.
    """
    _known(request, REQUESTS)
    _known(status, STATUSES)
    if request == "clone_job":
        return Step(CREATED, status)
    if request == "get_job_events":
        return Step(OK, status)
    if request == "delete_job":
        return _delete(status, project_job)
    moved = _MOVES.get((request, status))
    return Step(OK, moved) if moved else Step(CONFLICT, status)


def _delete(status: str, project_job: bool) -> Step:
    if project_job or status in ACTIVE:
        return Step(INVALID, status)
    return Step(NO_CONTENT, None)


def may_become(before: str, after: str) -> bool:
    """Whether a job read as `before` may later be read as `after`, any number of changes in between."""
    _known(before, STATUSES)
    _known(after, STATUSES)
    reachable = {"queued": set(STATUSES), "processing": {"processing", *TERMINAL}}
    return after in reachable.get(before, {before})


def _known(word: str, words: tuple[str, ...]) -> None:
    if word not in words:
        raise ValueError(f"{word!r} is unknown, expected one of {', '.join(words)}")
