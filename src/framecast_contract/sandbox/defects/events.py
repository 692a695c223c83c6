"""Defects of event streams."""

import dataclasses
import json
import sqlite3
from collections.abc import Callable
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, fix, replace
from framecast_contract.sandbox.http import Call, Refusal

_STREAM = "tests/lifecycle/test_event_stream.py"
_WHOLE = f"{_STREAM}::test_a_finished_stream_tells_everything_in_order_and_ends"
_FRAMES = f"{_STREAM}::test_every_frame_holds_one_line_of_json"
_RESUMED = f"{_STREAM}::test_resuming_behind_any_event_gives_the_rest"
_BAD_PLACE = f"{_STREAM}::test_a_bad_place_to_resume_is_refused_before_the_stream_opens"
_OTHER_JOB = f"{_STREAM}::test_an_event_of_another_job_is_no_place_to_resume"
_KEPT = f"{_STREAM}::test_events_are_kept_for_seven_days"
_REPORTS = "tests/lifecycle/test_job_states.py::test_every_report_has_an_event_of_its_own"
_PREFIX = "tests/properties/test_laws.py::test_a_prefix_and_the_rest_are_the_whole_stream"


def _gap(sandbox: Sandbox) -> None:
    alter(sandbox.events.next_sequence, lambda sequence: sequence if sequence == 1 else sequence + 1)


def _without(sandbox: Sandbox, lost: str) -> None:
    append = sandbox.events.append

    def forgetful(job_id: str, kind: str, data: dict[str, Any]) -> None:
        if kind != lost:
            append(job_id, kind, data)

    replace(sandbox.events.append, forgetful)


def _merged_progress(sandbox: Sandbox) -> None:
    append = sandbox.events.append
    last = dict[str, dict[str, Any]]()

    def merging(job_id: str, kind: str, data: dict[str, Any]) -> None:
        if kind != "progress" or last.get(job_id) != data:
            append(job_id, kind, data)
        last[job_id] = data

    replace(sandbox.events.append, merging)


def _reversed(sandbox: Sandbox) -> None:
    alter(sandbox.events.after, lambda rows: rows[::-1])


def _sorted_as_text(sandbox: Sandbox) -> None:
    alter(sandbox.events.after, lambda rows: sorted(rows, key=lambda row: str(row["sequence"])))


def _last_repeated(sandbox: Sandbox) -> None:
    alter(sandbox.events.resume_after, lambda sequence: max(sequence - 1, 0))


def _next_skipped(sandbox: Sandbox) -> None:
    alter(sandbox.events.resume_after, lambda sequence: sequence and sequence + 1)


def _any_place(sandbox: Sandbox) -> None:
    fix(sandbox.events.is_stored, True)


def _bad_place_ignored(sandbox: Sandbox) -> None:
    resume_after = sandbox.events.resume_after

    def from_the_start(job_id: str, call: Call) -> int:
        try:
            return resume_after(job_id, call)
        except Refusal:
            return 0

    replace(sandbox.events.resume_after, from_the_start)


def _sequence_alone(sandbox: Sandbox) -> None:
    resume_after = sandbox.events.resume_after

    def lax(job_id: str, call: Call) -> int:
        header = call.headers(b"last-event-id")
        return resume_after(header[0].partition(":")[0] if header else job_id, call)

    replace(sandbox.events.resume_after, lax)


def _crash(sandbox: Sandbox) -> None:
    resume_after = sandbox.events.resume_after

    def careless(job_id: str, call: Call) -> int:
        for header in call.headers(b"last-event-id"):
            int(header.split(":")[1])
        return resume_after(job_id, call)

    replace(sandbox.events.resume_after, careless)


def _kept_for_ever(sandbox: Sandbox) -> None:
    sandbox.settings = dataclasses.replace(sandbox.settings, event_retention_seconds=1e9)


def _told_as(write: Callable[[dict[str, Any]], str]) -> Callable[[Sandbox], None]:
    """A defect that writes the data of events in another way."""

    def written(row: sqlite3.Row) -> sqlite3.Row:
        return as_if(row, data=write(json.loads(row["data"])))

    return lambda sandbox: alter(sandbox.events.after, lambda rows: [written(row) for row in rows])


def _per_mille(data: dict[str, Any]) -> str:
    return json.dumps(data | ({"percent": data["percent"] * 10} if "percent" in data else {}))


def _read_as(**members: str) -> Callable[[Sandbox], None]:
    """A defect that tells events with these members instead of their own."""
    return lambda sandbox: alter(sandbox.events.after, lambda rows: [as_if(row, **members) for row in rows])


def _progress_told_once(sandbox: Sandbox) -> None:
    after, told = sandbox.events.after, set[tuple[str, int]]()

    def news(job_id: str, sequence: int) -> list[sqlite3.Row]:
        rows = [row for row in after(job_id, sequence) if (job_id, row["sequence"]) not in told]
        told.update((job_id, row["sequence"]) for row in rows if row["type"] == "progress")
        return rows

    replace(sandbox.events.after, news)


DEFECTS = (
    Defect("event-sequence-gap", "EVENT-2", "Sequence numbers rise by two.", _gap, (_WHOLE,)),
    Defect(
        "last-event-missing",
        "EVENT-13",
        "The completion of a job makes no event.",
        lambda sandbox: _without(sandbox, "completed"),
        (_REPORTS,),
    ),
    Defect(
        "event-data-on-many-lines",
        "EVENT-4",
        "The data of an event is written in many lines, of which a reader takes the first.",
        _told_as(lambda data: json.dumps(data, indent=2)),
        (_FRAMES,),
    ),
    Defect(
        "event-percent-per-mille",
        "EVENT-4",
        "Progress events count to 1000.",
        _told_as(_per_mille),
        (_FRAMES,),
    ),
    Defect(
        "queued-event-missing",
        "EVENT-5",
        "The birth of a job makes no event.",
        lambda sandbox: _without(sandbox, "queued"),
        (_WHOLE,),
    ),
    Defect(
        "start-event-missing",
        "EVENT-6",
        "The start of a job makes no event.",
        lambda sandbox: _without(sandbox, "started"),
        (_WHOLE,),
    ),
    Defect(
        "equal-progress-merged",
        "CALLBACK-6",
        "A progress report that repeats the last percentage makes no event.",
        _merged_progress,
        (_REPORTS,),
    ),
    Defect("events-newest-first", "EVENT-2", "Streams are told backwards.", _reversed, (_WHOLE,)),
    Defect(
        "events-sorted-as-text",
        "EVENT-2",
        "Event 10 comes before event 2.",
        _sorted_as_text,
        (_WHOLE,),
    ),
    Defect(
        "resume-repeats-event",
        "EVENT-9",
        "A resumed stream begins with the event the client has seen last.",
        _last_repeated,
        (_RESUMED,),
    ),
    Defect(
        "resume-skips-event", "EVENT-9", "A resumed stream leaves one event out.", _next_skipped, (_RESUMED,)
    ),
    Defect(
        "unknown-event-resumed",
        "EVENT-10",
        "Resuming behind an event that never was opens an empty stream instead of 410.",
        _any_place,
        (f"{_BAD_PLACE}[99]", f"{_BAD_PLACE}[0]"),
    ),
    Defect(
        "malformed-place-resumed",
        "EVENT-11",
        "A malformed Last-Event-ID is ignored.",
        _bad_place_ignored,
        (f"{_BAD_PLACE}[x]",),
    ),
    Defect(
        "foreign-event-resumed",
        "EVENT-11",
        "The event of another job is taken as a place to resume.",
        _sequence_alone,
        (_OTHER_JOB,),
    ),
    Defect(
        "malformed-place-crashes",
        "ERROR-4",
        "A Last-Event-ID without a number crashes the server.",
        _crash,
        (f"{_BAD_PLACE}[x]", f"{_BAD_PLACE}[]"),
    ),
    Defect(
        "events-kept-for-ever",
        "EVENT-15",
        "Events do not age.",
        _kept_for_ever,
        (_KEPT,),
    ),
    Defect(
        "frame-without-job",
        "EVENT-1",
        "The id of a frame names no job.",
        _read_as(job_id="event"),
        (_WHOLE, _FRAMES),
    ),
    Defect(
        "unknown-event-type",
        "EVENT-3",
        "Every frame is of a type that the contract does not know.",
        _read_as(type="update"),
        (_WHOLE, _FRAMES),
    ),
    Defect(
        "progress-told-to-one-reader",
        "EVENT-12",
        "Only the first reader of a job sees its progress.",
        _progress_told_once,
        (_RESUMED, _PREFIX),
    ),
)
