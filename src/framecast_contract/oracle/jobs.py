"""Judging job objects: one read by itself, two reads of the same job, and a whole list.

The functions take decoded JSON as the API sent it and name the rule that does not hold. They never raise
for a badly shaped job: shape is the contract's business, so a member of the wrong type is passed over here.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.exact import exact
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.job_life import ACTIVE, STATUSES, TERMINAL, may_become
from framecast_contract.oracle.owners import may_own
from framecast_contract.oracle.refunds import broken_refund_rules, reported_percent
from framecast_contract.oracle.spec_equality import same_member
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 13"
_SCHEMA = "job-schemas.md 2"

RULES = (
    Rule("INV-J1", "A job is queued, processing, completed, failed or canceled.", _SOURCE),
    Rule("INV-J2", "A finished job says when it finished, not before it was created.", _SOURCE),
    Rule("INV-J3", "A processing job says when it started.", _SOURCE),
    Rule("INV-J4", "A completed job has an output.", _SOURCE),
    Rule("INV-J5", "A failed job has an error.", _SOURCE),
    Rule("INV-J6", "A failed or canceled job says what kind of failure it was.", _SOURCE),
    Rule("INV-J7", "A completed job has no failure type.", _SOURCE),
    Rule("INV-J10", "A job was not updated before it was created.", _SOURCE),
    Rule("INV-J11", "A job of a project is owned by a team.", _SOURCE),
    Rule("INV-J12", "A project has at most one active job.", _SOURCE),
    Rule("INV-J13", "A job names the user who triggered it.", _SOURCE),
    Rule("INV-TIME1", "Nothing is updated before it is created.", _SOURCE),
    Rule("INV-TIME2", "A job does not start before it is created.", _SOURCE),
    Rule("INV-TIME3", "A job does not finish before it starts.", _SOURCE),
    Rule("JOB-11", "Only a completed job has an output and a size.", _SCHEMA),
    Rule("JOB-12", "Only a failed job has an error.", _SCHEMA),
    Rule(
        "JOB-13",
        "An active job has no failure type, and only a canceled job has failure type canceled.",
        _SCHEMA,
    ),
    Rule("JOB-14", "An active job has not finished, and a queued one has not started.", _SCHEMA),
    Rule("JOB-15", "Progress, when reported, lies between 0 and 100 percent.", _SCHEMA),
    Rule(
        "JOB-16",
        "Identity, owner, trigger, storyboard, options, key, charge and birth of a job never change.",
        _SCHEMA,
    ),
    Rule(
        "JOB-17",
        "Every read of a finished job is the same but for its presigned URLs.",
        "jobs-and-rendering.md 3",
    ),
    Rule("JOB-18", "Every change of a job moves its update time forward.", "conventions.md 7"),
    Rule("JOB-19", "A job that has started keeps its start time.", _SCHEMA),
    Rule(
        "JOB-20",
        "A new job is blank: no progress, output, error, refund, start or finish.",
        "jobs-and-rendering.md 3",
    ),
    Rule(
        "JOB-21",
        "A clone copies storyboard and options of its source and nothing else.",
        "jobs-and-rendering.md 3",
    ),
    Rule(
        "JOB-22",
        "A job stays with its project; only deleting the project takes a finished job out of it.",
        "jobs-and-rendering.md 6",
    ),
)

CONSTANT = (
    "id", "owner", "triggered_by", "spec_snapshot", "options", "idempotency_key", "credits_charged",
    "created_at",
)  # fmt: skip
OUTPUT_URLS = ("video_url", "thumbnail_url", "url")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def broken_job_rules(job: Json) -> list[Broken]:
    """Judge one job object by itself: state, times, output, error, failure type, progress, refund, owner."""
    status = job.get("status")
    if status not in STATUSES:
        return [Broken("INV-J1", f"status is {status!r}, expected one of {', '.join(STATUSES)}")]
    judges = (
        _times,
        _start_and_finish,
        _output,
        _error,
        _failure_type,
        _progress,
        _people,
        broken_refund_rules,
    )
    return [broken for judge in judges for broken in judge(job)]


def _times(job: Json) -> list[Broken]:
    order = (
        ("INV-J10", "created_at", "updated_at"),
        ("INV-TIME1", "created_at", "updated_at"),
        ("INV-TIME2", "created_at", "started_at"),
        ("INV-TIME3", "started_at", "completed_at"),
        ("INV-J2", "created_at", "completed_at"),
    )
    broken = []
    for rule_id, first, second in order:
        early, late = instant(job.get(first)), instant(job.get(second))
        if early and late and late < early:
            broken.append(Broken(rule_id, f"{second} {job[second]} lies before {first} {job[first]}"))
    return broken


def _start_and_finish(job: Json) -> list[Broken]:
    status, started, finished = job["status"], job.get("started_at"), job.get("completed_at")
    return _when(
        (status == "processing" and started is None, "INV-J3", "processing, but started_at is null"),
        (status == "queued" and started is not None, "JOB-14", f"queued, but started_at is {started}"),
        (status in TERMINAL and finished is None, "INV-J2", f"{status}, but completed_at is null"),
        (status in ACTIVE and finished is not None, "JOB-14", f"{status}, but completed_at is {finished}"),
    )


def _output(job: Json) -> list[Broken]:
    completed, output, size = job["status"] == "completed", job.get("output"), job.get("output_size_bytes")
    return _when(
        (completed and output is None, "INV-J4", "completed, but output is null"),
        (not completed and output is not None, "JOB-11", f"{job['status']}, but has an output"),
        (not completed and size is not None, "JOB-11", f"{job['status']}, but output_size_bytes is {size}"),
    )


def _error(job: Json) -> list[Broken]:
    failed, error = job["status"] == "failed", job.get("error")
    return _when(
        (failed and error is None, "INV-J5", "failed, but error is null"),
        (not failed and error is not None, "JOB-12", f"{job['status']}, but has the error {error!r}"),
    )


def _failure_type(job: Json) -> list[Broken]:
    status, kind = job["status"], job.get("failure_type")
    fits = {"failed": kind in ("system", "validation", "timeout"), "canceled": kind == "canceled"}
    return _when(
        (status in fits and kind is None, "INV-J6", f"{status}, but failure_type is null"),
        (status == "completed" and kind is not None, "INV-J7", f"completed, but failure_type is {kind!r}"),
        (status in ACTIVE and kind is not None, "JOB-13", f"{status}, but failure_type is {kind!r}"),
        (kind is not None and not fits.get(status, True), "JOB-13", f"{status} with failure_type {kind!r}"),
    )


def _progress(job: Json) -> list[Broken]:
    percent = reported_percent(job)
    outside = percent is not None and not 0 <= exact(percent) <= 100
    return _when((outside, "JOB-15", f"progress.percent is {percent}, expected 0 to 100"))


def _people(job: Json) -> list[Broken]:
    owner, who = str(job.get("owner")), str(job.get("triggered_by"))
    foreign = job.get("project_id") is not None and not owner.startswith("framecast:team:")
    if not _UUID.fullmatch(who):
        return [Broken("INV-J13", f"triggered_by is {who!r}, expected the id of a user")]
    return _when(
        (foreign, "INV-J11", f"a job of project {job.get('project_id')} is owned by {owner}"),
        (not may_own(owner, who), "INV-X1", f"{who} triggered a job of {owner}, which is somebody else's"),
    )


def _when(*cases: tuple[bool, str, str]) -> list[Broken]:
    return [Broken(rule_id, message) for holds, rule_id, message in cases if holds]


def broken_transition_rules(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of the same job, `after` taken later than `before` was answered."""
    if before.get("status") not in STATUSES or after.get("status") not in STATUSES:
        return []  # INV-J1 reports it
    changed = [name for name in CONSTANT if not _same(name, before.get(name), after.get(name))]
    broken = [
        Broken("JOB-16", f"{name} was {before.get(name)!r}, is {after.get(name)!r}") for name in changed
    ]
    broken += _project_kept(before, after)
    return [*broken, *_moves(before, after), *_start_kept(before, after), *_update_time(before, after)]


def _project_kept(before: Json, after: Json) -> list[Broken]:
    old, new = before.get("project_id"), after.get("project_id")
    cleared = new is None and after["status"] in TERMINAL
    return _when((old != new and not cleared, "JOB-22", f"project_id went from {old!r} to {new!r}"))


def _moves(before: Json, after: Json) -> list[Broken]:
    old, new = before["status"], after["status"]
    if not may_become(old, new):
        return [Broken("JOB-7" if old in TERMINAL else "JOB-8", f"status went from {old} to {new}")]
    if old not in TERMINAL:
        return []
    again = before.get("credits_refunded") != after.get("credits_refunded")
    changed = _changed_after_the_end(before, after)
    return _when(
        (again, "REFUND-6", f"refund of a finished job went from {before.get('credits_refunded')} "
                            f"to {after.get('credits_refunded')}"),
        (changed != [], "JOB-17", f"a finished job changed in {', '.join(changed)}"),
    )  # fmt: skip


def _changed_after_the_end(before: Json, after: Json) -> list[str]:
    # Deleting the project of a finished job clears its project_id, the one change that may still come.
    cleared = before.get("project_id") is not None and after.get("project_id") is None
    excused = {"project_id", "updated_at"} if cleared else set()
    names = sorted({*before, *after} - excused)
    return [name for name in names if not _same(name, before.get(name), after.get(name))]


def _same(name: str, before: Any, after: Any) -> bool:
    if name == "output":
        return bool(without_urls(before) == without_urls(after))
    return same_member(name, before, after)


def without_urls(output: Any) -> Any:
    """An output with its presigned URLs taken out, so that two reads can be compared."""
    if isinstance(output, list):
        return [without_urls(item) for item in output]
    if not isinstance(output, dict):
        return output
    return {name: without_urls(value) for name, value in output.items() if name not in OUTPUT_URLS}


def _start_kept(before: Json, after: Json) -> list[Broken]:
    old, new = instant(before.get("started_at")), instant(after.get("started_at"))
    return _when((old is not None and old != new, "JOB-19", f"started_at went from {old} to {new}"))


def _update_time(before: Json, after: Json) -> list[Broken]:
    old, new = instant(before.get("updated_at")), instant(after.get("updated_at"))
    if old is None or new is None:
        return []
    moved = before["status"] != after["status"] or before.get("progress") != after.get("progress")
    return _when(
        (new < old, "JOB-18", f"updated_at went back from {old} to {new}"),
        (moved and new == old, "JOB-18", f"the job changed, but updated_at stayed {old}"),
    )


def broken_birth_rules(job: Json) -> list[Broken]:
    """Judge the job in a 201: JOB-1 and JOB-20."""
    blank: dict[str, Any] = {
        "progress": {}, "credits_refunded": 0, "output": None, "output_size_bytes": None, "error": None,
        "failure_type": None, "started_at": None, "completed_at": None,
    }  # fmt: skip
    status = job.get("status")
    broken = _when((status != "queued", "JOB-1", f"a new job is {status!r}, expected queued"))
    wrong = [name for name, value in blank.items() if job.get(name) != value]
    return broken + [Broken("JOB-20", f"{name} of a new job is {job.get(name)!r}") for name in wrong]


def broken_clone_rules(source: Json, clone: Json, *, owner: str, caller: str) -> list[Broken]:
    """Judge the job in the 201 of `clone_job`; `owner` is the one asked for or the source's."""
    expected = {
        "spec_snapshot": source.get("spec_snapshot"), "options": source.get("options"), "owner": owner,
        "triggered_by": caller, "project_id": None, "idempotency_key": None,
    }  # fmt: skip
    wrong = [name for name, value in expected.items() if not _same(name, value, clone.get(name))]
    broken = [
        Broken("JOB-21", f"{name} of the clone is {clone.get(name)!r}, expected {expected[name]!r}")
        for name in wrong
    ]
    if clone.get("id") == source.get("id"):
        broken.append(Broken("JOB-21", "the clone has the id of its source"))
    return broken


def broken_project_rules(jobs: Iterable[Json]) -> list[Broken]:
    """INV-J12 over jobs read in one answer of `list_jobs`."""
    active = Counter(job.get("project_id") for job in jobs if job.get("status") in ACTIVE)
    return [
        Broken("INV-J12", f"project {project} has {count} active jobs")
        for project, count in active.items()
        if project is not None and count > 1
    ]


def newest_first(items: Iterable[Json], member: str = "created_at") -> bool:
    """Whether a list is ordered by a time of its items, newest first; equal instants may stand either way."""
    times: list[datetime] = [moment for item in items if (moment := instant(item.get(member)))]
    return all(newer >= older for newer, older in pairwise(times))


def matching(
    jobs: Iterable[Json],
    *,
    status: str | None = None,
    owner: str | None = None,
    project_id: str | None = None,
    created_after: str | None = None,
    created_before: str | None = None,
) -> list[Json]:
    """Those of the visible `jobs` that the filters of `list_jobs` keep, in their order (LIST-9).

    Both times are exclusive. An owner or project the caller cannot see keeps nothing: no visible job has it.
    """
    wanted = {"status": status, "owner": owner, "project_id": project_id}
    asked = [(name, value) for name, value in wanted.items() if value is not None]
    after, before = instant(created_after), instant(created_before)
    return [
        job
        for job in jobs
        if all(job.get(name) == value for name, value in asked)
        and _between(instant(job.get("created_at")), after, before)
    ]


def _between(moment: datetime | None, after: datetime | None, before: datetime | None) -> bool:
    if moment is None:
        return after is None and before is None
    return (after is None or moment > after) and (before is None or moment < before)
