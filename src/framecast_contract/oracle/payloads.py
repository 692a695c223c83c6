"""Payloads: what the body of a webhook call says of its job, by event, and that the job says the same."""

from collections.abc import Mapping
from typing import Any

from framecast_contract.oracle.bodies import is_id
from framecast_contract.oracle.exact import exact, is_number
from framecast_contract.oracle.instants import broken_timestamp_rules, instant
from framecast_contract.oracle.refunds import reported_percent
from framecast_contract.oracle.webhooks import EVENTS, TEST_EVENT
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 7"
_SCHEMA = "job-schemas.md 7"

RULES = (
    Rule(
        "PAYLOAD-1",
        "A payload says which of the seven events happened, when, and in which delivery.",
        _SCHEMA,
    ),
    Rule("PAYLOAD-2", "Every event but a test tells of a job, with the members of its kind.", _SOURCE),
    Rule("PAYLOAD-3", "The job in a payload is in the state that its event brought about.", _SOURCE),
    Rule("PAYLOAD-4", "What a payload says of a job equals what a read of the job says.", _SOURCE),
    Rule("PAYLOAD-5", "A payload of a cancellation names the user who canceled.", _SOURCE),
    Rule("PAYLOAD-6", "Progress in a payload has a known phase and a percent from 0 to 100.", _SOURCE),
    Rule("PAYLOAD-7", "A test tells of no job.", _SOURCE),
    Rule("D-20", "The job in a started event is processing.", "jobs-and-rendering.md 10"),
)

PHASES = ("queued", "initializing", "generating", "stitching", "finalizing")
STATUS_OF_EVENT = {
    "job.queued": "queued", "job.started": "processing", "job.progress": "processing",
    "job.completed": "completed", "job.failed": "failed", "job.canceled": "canceled",
}  # fmt: skip

_BIRTH = "id status owner project_id triggered_by created_at"
_END = "completed_at credits_charged"
_ALWAYS = {
    "job.queued": _BIRTH,
    "job.started": _BIRTH,
    "job.progress": "id status progress.phase progress.percent",
    "job.completed": f"id status owner project_id started_at {_END}",
    "job.failed": f"id status progress.phase progress.percent {_END} credits_refunded failure_type "
                  "error.code error.message",
    "job.canceled": f"id status progress.percent {_END} credits_refunded canceled_by",
}  # fmt: skip
_SOMETIMES = {
    "job.progress": "progress.scenes_total progress.scenes_completed progress.current_scene",
    "job.failed": "progress.scenes_completed error.scene_id",
}
_VIDEO: tuple[str, ...] = ("video_url", "thumbnail_url", "duration", "resolution", "size_bytes")
_LINKS = ("output.video_url", "output.thumbnail_url")
_ABSENT = object()


def required_members(event: str, told: Json, job: Json | None = None) -> tuple[str, ...]:
    """Paths of the members that `told`, the job of a payload, must have (PAYLOAD-2).

    A rendered character has an image's link in place of all that belongs to a video. Where `job` is known,
    nothing is asked of its output that it lacks itself. Raises KeyError for an event that tells of no job.
    """
    paths = tuple(_ALWAYS[event].split())
    if event != "job.completed":
        return paths
    output = (told if job is None else job).get("output")
    names = _VIDEO
    if isinstance(output, Mapping) and "url" in output and "video_url" not in output:
        names = ("url",)
    elif isinstance(output, Mapping) and job is not None:
        names = tuple(name for name in _VIDEO if name in output)
    return (*paths, *(f"output.{name}" for name in names))


def broken_payload_rules(
    payload: Json, job: Json | None = None, *, canceled_by: str | None = None
) -> list[Broken]:
    """Judge a payload; `job` is the job as a read showed it when the event had just happened.

    For queued, started and ended jobs any later read will do as well. `canceled_by` is who canceled.
    """
    event, told = payload.get("event"), payload.get("job")
    if event not in (*EVENTS, TEST_EVENT):
        return [Broken("PAYLOAD-1", f"event is {event!r}, expected one of {', '.join(EVENTS)}, {TEST_EVENT}")]
    broken = _frame(payload)
    if event == TEST_EVENT:
        return broken + ([Broken("PAYLOAD-7", "a test tells of a job")] if told is not None else [])
    if not isinstance(told, Mapping):
        return [*broken, Broken("PAYLOAD-2", f"{event} tells of no job")]
    broken += [*_state(event, told), *_missing(event, told, job), *_progress(event, told)]
    if canceled_by is not None and event == "job.canceled" and told.get("canceled_by") != canceled_by:
        said = told.get("canceled_by")
        broken.append(Broken("PAYLOAD-5", f"canceled_by is {said!r}, expected {canceled_by!r}"))
    return broken + (_disagreements(event, told, job) if job is not None else [])


def _frame(payload: Json) -> list[Broken]:
    broken = broken_timestamp_rules("timestamp", payload.get("timestamp"))
    if not is_id(payload.get("delivery_id")):
        said = payload.get("delivery_id")
        broken.append(Broken("PAYLOAD-1", f"delivery_id is {said!r}, expected the id of a delivery"))
    return broken


def _state(event: str, told: Json) -> list[Broken]:
    expected = STATUS_OF_EVENT[event]
    if told.get("status") == expected:
        return []
    rule_id = "D-20" if event == "job.started" else "PAYLOAD-3"
    return [Broken(rule_id, f"the job of {event} is {told.get('status')!r}, expected {expected}")]


def _missing(event: str, told: Json, job: Json | None) -> list[Broken]:
    nullable = ("project_id",)
    absent = [
        path
        for path in required_members(event, told, job)
        if _at(told, path) is _ABSENT or (_at(told, path) is None and path not in nullable)
    ]
    return [Broken("PAYLOAD-2", f"the job of {event} lacks {', '.join(absent)}")] if absent else []


def _progress(event: str, told: Json) -> list[Broken]:
    phase, percent = _at(told, "progress.phase"), _at(told, "progress.percent")
    broken = []
    if phase not in (*PHASES, _ABSENT):
        broken.append(Broken("PAYLOAD-6", f"progress.phase of {event} is {phase!r}"))
    if percent is not _ABSENT and not (is_number(percent) and 0 <= exact(percent) <= 100):
        broken.append(Broken("PAYLOAD-6", f"progress.percent of {event} is {percent!r}"))
    return broken


def expected_payload(event: str, job: Json) -> dict[str, Any]:
    """What `job` of a payload must say, by path, as far as the job itself says it.

    Links are presigned anew every time and who canceled is not the job's to say: both are left out.
    """
    paths = (*required_members(event, job, job), *_SOMETIMES.get(event, "").split())
    known = {path: _at(job, path) for path in paths if path not in (*_LINKS, "output.url", "canceled_by")}
    if "progress.percent" in known:
        known["progress.percent"] = reported_percent(job) or 0
    known["status"] = STATUS_OF_EVENT[event]
    return {path: value for path, value in known.items() if value is not _ABSENT}


def _disagreements(event: str, told: Json, job: Json) -> list[Broken]:
    expected = {path: value for path, value in expected_payload(event, job).items() if path != "status"}
    return [
        Broken("PAYLOAD-4", f"{path} of {event} is {_at(told, path)!r}, the job says {value!r}")
        for path, value in expected.items()
        if _at(told, path) is not _ABSENT and not _equal(path, _at(told, path), value)
    ]


def _equal(path: str, told: Any, value: Any) -> bool:
    if path.endswith("_at"):
        return instant(told) == instant(value)
    if is_number(told) and is_number(value):
        return exact(told) == exact(value)
    return bool(told == value)


def _at(value: Any, path: str) -> Any:
    """What stands at a dotted path, _ABSENT when nothing does."""
    for name in path.split("."):
        value = value.get(name, _ABSENT) if isinstance(value, Mapping) else _ABSENT
    return value
