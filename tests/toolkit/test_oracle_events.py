"""The event stream: which readings are right, which rule a wrong one breaks, what a resume is answered."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.events import (
    EVENT_OF_CHANGE,
    TYPES,
    Frame,
    broken_agreement_rules,
    broken_reader_rules,
    broken_resume_rules,
    broken_stream_rules,
    expected_answer,
    status_after,
    stored_sequences,
)
from framecast_contract.oracle.words import GONE, INVALID, OK, Answer

JOB = "11111111-1111-4111-8111-111111111111"
OTHER = "22222222-2222-4222-8222-222222222222"


def frames(*types: str, start: int = 1) -> list[Frame]:
    data = {"progress": '{"percent": 40}'}
    return [Frame(f"{JOB}:{start + i}", name, data.get(name, "{}")) for i, name in enumerate(types)]


def ids(job_frames: list[Frame], *, ended: bool = True, after: int = 0) -> list[str]:
    return [broken.rule_id for broken in broken_stream_rules(JOB, job_frames, ended=ended, after=after)]


STORIES = [
    ("queued", "canceled"),
    ("queued", "started", "completed"),
    ("queued", "started", "progress", "scene_complete", "progress", "failed"),
    ("queued", "started", "progress", "canceled"),
    ("queued", "started", *["progress"] * 12, "completed"),
]


@pytest.mark.parametrize("story", STORIES)
def test_a_whole_story_is_left_alone(story: tuple[str, ...]) -> None:
    assert ids(frames(*story)) == []


@given(st.sampled_from(STORIES), st.data())
def test_a_stream_resumed_anywhere_completes_its_beginning(
    story: tuple[str, ...], data: st.DataObject
) -> None:
    full = frames(*story)
    after = data.draw(st.integers(1, len(full)))
    assert ids(full[after:], after=after) == []
    assert broken_resume_rules(full, full[after:], after) == []


def test_a_stream_that_is_still_open_needs_no_ending() -> None:
    assert ids(frames("queued", "started"), ended=False) == []
    assert ids([], ended=False) == []


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        ([Frame(f"{OTHER}:1", "queued"), *frames("canceled", start=2)], ["EVENT-1"]),
        ([Frame(f"{JOB}:01", "queued"), *frames("canceled", start=2)], ["EVENT-1", "EVENT-2"]),
        ([*frames("queued"), *frames("canceled", start=3)], ["EVENT-2"]),
        ([*frames("queued"), *frames("canceled")], ["EVENT-2"]),
        (frames("queued", "paused", "canceled"), ["EVENT-3"]),
        ([Frame(f"{JOB}:1", "queued", "[]"), *frames("canceled", start=2)], ["EVENT-4"]),
        ([Frame(f"{JOB}:1", "queued", "{"), *frames("canceled", start=2)], ["EVENT-4"]),
        (
            [*frames("queued", "started"), Frame(f"{JOB}:3", "progress"), *frames("failed", start=4)],
            ["EVENT-4"],
        ),
        (frames("started", "completed"), ["EVENT-5"]),
        (frames("queued", "queued", "canceled"), ["EVENT-5"]),
        (frames("queued", "progress", "started", "completed"), ["EVENT-6"]),
        (frames("queued", "completed"), ["EVENT-6"]),
        (frames("queued", "started", "started", "completed"), ["EVENT-6"]),
        (frames("queued", "canceled", "canceled"), ["EVENT-7"]),
        (frames("queued", "started", "completed", "progress"), ["EVENT-7"]),
        (frames("queued", "started"), ["EVENT-8"]),
    ],
)
def test_a_wrong_stream_names_the_rule(seen: list[Frame], rule_ids: list[str]) -> None:
    assert ids(seen) == rule_ids


def test_a_percent_beyond_its_range_is_noticed() -> None:
    seen = [*frames("queued", "started"), Frame(f"{JOB}:3", "progress", '{"percent": 100.1}')]
    assert ids(seen, ended=False) == ["EVENT-4"]


def test_a_resume_that_repeats_or_skips_an_event_is_noticed() -> None:
    full = frames("queued", "started", "completed")
    for wrong in (full[0:], full[2:], []):
        assert [broken.rule_id for broken in broken_resume_rules(full, wrong, 1)] == ["EVENT-9"]


def test_a_resume_after_the_last_event_is_empty() -> None:
    full = frames("queued", "canceled")
    assert broken_resume_rules(full, [], 2) == []
    assert ids([], after=2) == []


def test_readers_who_see_different_events_are_noticed() -> None:
    assert broken_reader_rules(frames("queued", "started"), frames("queued")) == []
    broken = broken_reader_rules(frames("queued", "started"), frames("queued", "canceled"))
    assert [fault.rule_id for fault in broken] == ["EVENT-12"]


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (None, OK),
        (f"{JOB}:3", OK),
        (f"{JOB}:12", OK),
        (f"{JOB}:2", GONE),
        (f"{JOB}:13", GONE),
        (f"{JOB}:0", GONE),
        (f"{JOB}:-1", GONE),
        (f"{JOB}:99999999999999999999999", GONE),
        (f"{OTHER}:3", INVALID),
        (JOB, INVALID),
        (f"{JOB}:", INVALID),
        (f"{JOB}:three", INVALID),
        (f"{JOB}:1.5", INVALID),
        ("3", INVALID),
        ("", INVALID),
    ],
)
def test_what_a_last_event_id_is_answered(header: str | None, expected: Answer) -> None:
    assert expected_answer(header, JOB, range(3, 13)) == expected


def test_events_are_kept_for_seven_days() -> None:
    happened = [datetime(2026, 1, day, tzinfo=UTC) for day in (1, 2, 3)]
    assert stored_sequences(happened, datetime(2026, 1, 7, 23, tzinfo=UTC)) == {1, 2, 3}
    assert stored_sequences(happened, datetime(2026, 1, 9, 1, tzinfo=UTC)) == {3}


def test_every_change_of_a_job_has_its_event_type() -> None:
    assert tuple(EVENT_OF_CHANGE.values()) == TYPES


@pytest.mark.parametrize(
    ("types", "status"),
    [
        ([], None),
        (["queued"], "queued"),
        (["queued", "started", "progress", "scene_complete"], "processing"),
        (["queued", "canceled"], "canceled"),
    ],
)
def test_the_state_follows_from_the_events(types: list[str], status: str | None) -> None:
    assert status_after(types) == status


def test_a_job_that_disagrees_with_its_events_is_noticed() -> None:
    seen = frames("queued", "started", "completed")
    assert broken_agreement_rules({"status": "completed"}, seen) == []
    assert [b.rule_id for b in broken_agreement_rules({"status": "canceled"}, seen)] == ["EVENT-14"]
