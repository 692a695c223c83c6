"""The event stream of a job: order, numbering, resuming, and what a Last-Event-ID is answered.

A frame is taken as it was sent, its data still text, so that one-line JSON can be judged too.
"""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from framecast_contract.oracle.exact import exact, is_number
from framecast_contract.oracle.job_life import TERMINAL
from framecast_contract.oracle.words import GONE, INVALID, OK, Answer, Broken, Json, Rule

_SOURCE = "job-semantics.md 6"

RULES = (
    Rule("EVENT-1", "Every frame of a stream carries the id of its job and a sequence number.", _SOURCE),
    Rule("EVENT-2", "Sequence numbers start at 1 and rise by one, without gap or repeat.", _SOURCE),
    Rule("EVENT-3", "Every frame is one of the seven event types.", _SOURCE),
    Rule(
        "EVENT-4",
        "The data of a frame is a JSON object on one line; progress says percent, 0 to 100.",
        _SOURCE,
    ),
    Rule("EVENT-5", "The first event of a job is queued, and it comes once.", _SOURCE),
    Rule("EVENT-6", "A job starts once, and progress, completion or failure come only after that.", _SOURCE),
    Rule("EVENT-7", "At most one event ends a job, and nothing follows it.", _SOURCE),
    Rule("EVENT-8", "The stream of a finished job closes after its last event, never before it.", _SOURCE),
    Rule("EVENT-9", "Resuming after an event gives exactly the events behind it.", _SOURCE),
    Rule("EVENT-10", "A well-formed Last-Event-ID whose sequence is not stored is answered 410.", _SOURCE),
    Rule("EVENT-11", "A Last-Event-ID that is malformed or names another job is answered 400.", _SOURCE),
    Rule("EVENT-12", "Every reader of a job sees the same events in the same order.", _SOURCE),
    Rule("EVENT-13", "Every change of a job appends one event of its type.", _SOURCE),
    Rule("EVENT-14", "A job's state agrees with its events.", _SOURCE),
    Rule("EVENT-15", "An event is kept for seven days.", _SOURCE),
)

TYPES = ("queued", "started", "progress", "scene_complete", "completed", "failed", "canceled")
EVENT_OF_CHANGE = {
    "created": "queued",
    "started": "started",
    "progress": "progress",
    "scene_finished": "scene_complete",
    "completed": "completed",
    "failed": "failed",
    "canceled": "canceled",
}
RETENTION_SECONDS = 7 * 24 * 60 * 60

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_FRAME_ID = re.compile(rf"({_UUID}):([1-9][0-9]*)")
_HEADER = re.compile(rf"({_UUID}):(0|-?[1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Frame:
    """One event as it stood in the stream: its id, its type, and its data as text."""

    id: str
    event: str
    data: str = "{}"


def sequence_of(frame: Frame) -> int | None:
    """The number behind the colon of a frame's id; None when the id has another form."""
    found = _FRAME_ID.fullmatch(frame.id)
    return int(found[2]) if found else None


def broken_stream_rules(job_id: str, frames: Sequence[Frame], *, ended: bool, after: int = 0) -> list[Broken]:
    """Judge one reading of a stream.

    `ended` says that the job was finished and the server closed the stream; a cut of a long stream is not
    an end. `after` is the sequence the reader resumed behind, 0 for a reader without the header.
    """
    broken = [fault for frame in frames for fault in _frame(job_id, frame)]
    broken += _numbering(frames, after)
    types = [frame.event for frame in frames]
    broken += _beginning(types) if after == 0 else []
    broken += _ending(types, ended=ended, resumed=after > 0)
    return broken


def _frame(job_id: str, frame: Frame) -> list[Broken]:
    broken = []
    found = _FRAME_ID.fullmatch(frame.id)
    if not found or found[1] != job_id:
        broken.append(Broken("EVENT-1", f"frame id {frame.id!r}, expected {job_id}:<sequence>"))
    if frame.event not in TYPES:
        broken.append(Broken("EVENT-3", f"event type {frame.event!r}, expected one of {', '.join(TYPES)}"))
    return broken + _data(frame)


def _data(frame: Frame) -> list[Broken]:
    data = _decoded(frame.data)
    if not isinstance(data, dict) or "\n" in frame.data:
        return [
            Broken("EVENT-4", f"data of {frame.id} is {frame.data!r}, expected a JSON object on one line")
        ]
    percent = data.get("percent")
    fits = is_number(percent) and 0 <= exact(percent) <= 100
    if frame.event == "progress" and not fits:
        return [Broken("EVENT-4", f"percent of {frame.id} is {percent!r}, expected 0 to 100")]
    return []


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _numbering(frames: Sequence[Frame], after: int) -> list[Broken]:
    seen = [sequence_of(frame) for frame in frames]
    expected = list(range(after + 1, after + 1 + len(frames)))
    if seen == expected:
        return []
    return [Broken("EVENT-2", f"sequences {seen}, expected {expected}")]


def _beginning(types: Sequence[str]) -> list[Broken]:
    broken = []
    if types and (types[0] != "queued" or types.count("queued") > 1):
        broken.append(Broken("EVENT-5", f"events {list(types)}, expected queued first and once"))
    started = types.index("started") if "started" in types else len(types)
    early = [name for name in types[:started] if name in ("progress", "completed", "failed")]
    if early or types.count("started") > 1:
        broken.append(
            Broken("EVENT-6", f"events {list(types)}, expected one started before {early or 'the rest'}")
        )
    return broken


def _ending(types: Sequence[str], *, ended: bool, resumed: bool) -> list[Broken]:
    endings = [place for place, name in enumerate(types) if name in TERMINAL]
    if len(endings) > 1 or (endings and endings[0] != len(types) - 1):
        return [Broken("EVENT-7", f"events {list(types)}, expected one ending and nothing behind it")]
    if ended and not endings and not (resumed and not types):
        return [
            Broken("EVENT-8", f"the stream of a finished job closed after {list(types)}, without its ending")
        ]
    return []


def broken_resume_rules(full: Sequence[Frame], resumed: Sequence[Frame], after: int) -> list[Broken]:
    """EVENT-9: the first `after` events and what a resume behind them gave make up the full stream."""
    prefix = [frame for frame in full if (sequence_of(frame) or 0) <= after]
    if [*prefix, *resumed] == list(full):
        return []
    expected = [frame.id for frame in full[len(prefix) :]]
    return [
        Broken("EVENT-9", f"resumed after {after}: {[frame.id for frame in resumed]}, expected {expected}")
    ]


def broken_reader_rules(one: Sequence[Frame], other: Sequence[Frame]) -> list[Broken]:
    """EVENT-12 for two readings of one job from its start; the shorter may still be waiting for more."""
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            return [Broken("EVENT-12", f"one reader got {mine}, another {theirs}")]
    return []


def expected_answer(last_event_id: str | None, job_id: str, stored: Collection[int]) -> Answer:
    """What `get_job_events` answers to a Last-Event-ID, None being no header (EVENT-10, EVENT-11).

    `stored` are the sequences the job still keeps. Zero and negative numbers are well formed, never stored.
    """
    if last_event_id is None:
        return OK
    found = _HEADER.fullmatch(last_event_id)
    if not found or found[1] != job_id:
        return INVALID
    return OK if int(found[2]) in stored else GONE


def stored_sequences(happened: Sequence[datetime], now: datetime) -> set[int]:
    """The sequences a job still keeps at `now`, given when each event happened, in order (EVENT-15)."""
    oldest = now - timedelta(seconds=RETENTION_SECONDS)
    return {number for number, moment in enumerate(happened, start=1) if moment > oldest}


def status_after(types: Sequence[str]) -> str | None:
    """The job's state that follows from its events so far; None before the first."""
    states = [_STATE.get(name) for name in types]
    return next((state for state in reversed(states) if state), None)


_STATE = {"queued": "queued", "started": "processing", **{name: name for name in TERMINAL}}


def broken_agreement_rules(job: Json, frames: Sequence[Frame]) -> list[Broken]:
    """EVENT-14: the state of a job read after its whole stream was read, nothing happening in between."""
    expected = status_after([frame.event for frame in frames])
    if expected is None or job.get("status") == expected:
        return []
    return [Broken("EVENT-14", f"the job is {job.get('status')}, its events end in {expected}")]
