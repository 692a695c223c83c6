"""The life of a job: the whole matrix of requests and states, and the judges of one, two and many reads."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle import callbacks
from framecast_contract.oracle.instants import broken_timestamp_rules, instant
from framecast_contract.oracle.job_life import (
    MOVING_REQUESTS,
    REQUESTS,
    STATUSES,
    TERMINAL,
    Step,
    may_become,
    step,
)
from framecast_contract.oracle.jobs import (
    broken_birth_rules,
    broken_clone_rules,
    broken_job_rules,
    broken_project_rules,
    broken_transition_rules,
    matching,
    newest_first,
)
from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.words import CONFLICT, CREATED, INVALID, NO_CONTENT, NOT_FOUND, OK, Broken

ID = "11111111-1111-4111-8111-111111111111"
USER = "22222222-2222-4222-8222-222222222222"

# answer (and next state where the request moves the job) in queued, processing, completed, failed, canceled
MATRIX = """
    cancel_job          200:canceled    200:canceled    409 409 409
    callback_started    200:processing  409             409 409 409
    callback_progress   409             200:processing  409 409 409
    callback_completed  409             200:completed   409 409 409
    callback_failed     409             200:failed      409 409 409
    delete_job          400             400             204:gone 204:gone 204:gone
    clone_job           201             201             201 201 201
    get_job_events      200             200             200 200 200
"""
ANSWERS = {200: OK, 201: CREATED, 204: NO_CONTENT, 400: INVALID, 409: CONFLICT}


def cells() -> list[tuple[str, str, Step]]:
    rows = [line.split() for line in MATRIX.split("\n") if line.strip()]
    return [
        (request, status, Step(ANSWERS[int(cell[:3])], {"": status, "gone": None}.get(cell[4:], cell[4:])))
        for request, *row in rows
        for status, cell in zip(STATUSES, row, strict=True)
    ]


@pytest.mark.parametrize(("request_name", "status", "expected"), cells())
def test_every_cell_of_the_life_matrix(request_name: str, status: str, expected: Step) -> None:
    assert step(request_name, status) == expected


def test_the_matrix_covers_every_request_the_oracle_knows() -> None:
    assert {request for request, _, _ in cells()} == set(REQUESTS)


@pytest.mark.parametrize("status", STATUSES)
def test_a_project_job_cannot_be_deleted_in_any_state(status: str) -> None:
    assert step("delete_job", status, project_job=True) == Step(INVALID, status)


@pytest.mark.parametrize("status", TERMINAL)
def test_nothing_moves_a_finished_job(status: str) -> None:
    assert {step(request, status).status for request in MOVING_REQUESTS} == {status}


def test_words_the_oracle_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="'pause_job' is unknown, expected one of cancel_job"):
        step("pause_job", "queued")
    with pytest.raises(ValueError, match="'done' is unknown, expected one of queued"):
        step("cancel_job", "done")


def test_what_a_job_may_become_follows_from_the_matrix() -> None:
    reached = {status: {status} for status in STATUSES}
    for _ in STATUSES:
        for status in STATUSES:
            steps = {step(request, via).status for via in reached[status] for request in MOVING_REQUESTS}
            reached[status] |= {after for after in steps if after}
    for before in STATUSES:
        assert {after for after in STATUSES if may_become(before, after)} == reached[before]


def job(status: str = "queued", **members: Any) -> dict[str, Any]:
    started = None if status in ("queued", "canceled") else "2026-01-01T00:00:01Z"
    finished = "2026-01-01T00:00:09Z" if status in TERMINAL else None
    return {
        "id": ID,
        "owner": f"framecast:user:{USER}",
        "triggered_by": USER,
        "project_id": None,
        "status": status,
        "spec_snapshot": {"title": "t"},
        "options": {},
        "progress": {},
        "output": {"video_url": "https://s3/a?sig=1", "duration": 1} if status == "completed" else None,
        "output_size_bytes": 9 if status == "completed" else None,
        "error": {"message": "no"} if status == "failed" else None,
        "credits_charged": 10,
        "failure_type": {"failed": "system", "canceled": "canceled"}.get(status),
        "credits_refunded": {"failed": 10, "canceled": 9}.get(status, 0),
        "idempotency_key": None,
        "started_at": started,
        "completed_at": finished,
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": finished or started or "2026-01-01T00:00:00Z",
        **members,
    }


@pytest.mark.parametrize("status", STATUSES)
def test_a_job_as_it_should_be_is_left_alone(status: str) -> None:
    assert broken_job_rules(job(status)) == []


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (job(status="paused"), ["INV-J1"]),
        (job("canceled", completed_at=None), ["INV-J2"]),
        (job("canceled", completed_at="2025-12-31T00:00:00Z"), ["INV-J2"]),
        (job("processing", started_at=None), ["INV-J3"]),
        (job("completed", output=None), ["INV-J4"]),
        (job("failed", error=None), ["INV-J5"]),
        (job("canceled", failure_type=None), ["INV-J6"]),
        (job("completed", failure_type="system"), ["INV-J7"]),
        (job("canceled", credits_refunded=11), ["INV-J8", "REFUND-3"]),
        (job(credits_charged=-1), ["INV-J9", "INV-J8"]),
        (job(updated_at="2025-12-31T00:00:00Z"), ["INV-J10", "INV-TIME1"]),
        (job(project_id=ID), ["INV-J11"]),
        (job(triggered_by="root"), ["INV-J13"]),
        (job(triggered_by=ID), ["INV-X1"]),
        (job(owner=f"framecast:{ID}:{ID}"), ["INV-X1"]),
        (job(project_id=ID, owner=f"framecast:{ID}:{USER}"), ["INV-J11"]),
        (job("processing", started_at="2025-12-31T00:00:00Z"), ["INV-TIME2"]),
        (job("completed", started_at="2026-01-01T00:00:10Z"), ["INV-TIME3"]),
        (job(output={"video_url": "https://x"}), ["JOB-11"]),
        (job("failed", output_size_bytes=1), ["JOB-11"]),
        (job("completed", error={"message": "no"}), ["JOB-12"]),
        (job("processing", failure_type="timeout"), ["JOB-13"]),
        (job("failed", failure_type="canceled"), ["JOB-13"]),
        (job("queued", started_at="2026-01-01T00:00:01Z"), ["JOB-14"]),
        (job("processing", completed_at="2026-01-01T00:00:02Z"), ["JOB-14"]),
        (job("processing", progress={"percent": 100.5}), ["JOB-15"]),
        (job(credits_refunded=3), ["REFUND-4"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_job_that_breaks_a_rule_names_it(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_job_rules(seen)] == rule_ids


@pytest.mark.parametrize("owner", [f"framecast:team:{ID}", f"framecast:{ID}:{USER}"])
def test_a_job_of_a_team_or_of_a_membership_is_left_alone(owner: str) -> None:
    assert broken_job_rules(job("completed", owner=owner)) == []


def test_a_character_that_became_an_image_is_left_alone() -> None:
    image = {"url": "https://s3/i.png?sig=1"}
    seen = job("completed", spec_snapshot={"prompt": "a knight"}, output=image, credits_charged=1)
    again = {**seen, "output": {"url": "https://s3/i.png?sig=2"}}
    assert (broken_job_rules(seen), broken_transition_rules(seen, again)) == ([], [])


def test_fresh_links_to_reference_images_are_no_change_of_a_storyboard() -> None:
    def shown(url: str) -> dict[str, Any]:
        hero = {"prompt": "p", "reference_images": [{"id": ID, "weight": 1, "url": url}]}
        return job(spec_snapshot={"title": "t", "symbols": {"hero": hero}})

    before, after = shown("https://s3/h?1"), shown("https://s3/h?2")
    assert broken_transition_rules(before, after) == []
    clone = {**after, "id": USER}
    assert broken_clone_rules(before, clone, owner=before["owner"], caller=USER) == []


def test_times_are_compared_as_instants_not_as_text() -> None:
    assert broken_job_rules(job(created_at="2026-01-01T02:00:00+02:00")) == []


def test_a_story_told_in_order_is_left_alone() -> None:
    told = [
        job("queued"),
        job("processing"),
        job("processing", progress={"percent": 5}, updated_at="2026-01-01T00:00:02Z"),
    ]
    told.append(job("completed", progress={"percent": 5}))
    assert [broken_transition_rules(a, b) for a, b in pairwise(told)] == [[], [], []]


def test_a_finished_job_may_show_fresh_urls() -> None:
    before = job("completed")
    after = job("completed", output={"video_url": "https://s3/a?sig=2", "duration": 1})
    assert broken_transition_rules(before, after) == []


def test_deleting_the_project_of_a_finished_job_may_clear_it() -> None:
    before = job("completed", project_id=ID, owner=f"framecast:team:{ID}")
    after = {**before, "project_id": None, "updated_at": "2026-01-02T00:00:00Z"}
    assert broken_transition_rules(before, after) == []


ANY_JSON = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3) | st.lists(st.none())


@given(st.sampled_from(STATUSES), st.dictionaries(st.sampled_from(sorted(job())), ANY_JSON))
def test_a_badly_shaped_job_is_judged_without_an_exception(status: str, members: dict[str, Any]) -> None:
    bent = {**job(status), **members}
    broken = [
        *broken_job_rules(bent),
        *broken_transition_rules(job(), bent),
        *broken_transition_rules(bent, job()),
    ]
    assert {fault.rule_id for fault in broken} <= set(RULES)


def test_two_reads_of_which_one_lacks_its_time_are_compared_in_the_rest() -> None:
    bent = job(updated_at=None, credits_charged=11)
    assert [broken.rule_id for broken in broken_transition_rules(job(), bent)] == ["JOB-16"]
    assert [broken.rule_id for broken in broken_transition_rules(bent, job())] == ["JOB-16"]


LATER = {"updated_at": "2026-01-01T00:00:20Z"}


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (job("processing"), job("queued", **LATER), ["JOB-8", "JOB-19"]),
        (job("canceled"), job("completed", **LATER), ["JOB-7"]),
        (job("canceled"), job("canceled", credits_refunded=8), ["REFUND-6", "JOB-17"]),
        (job("completed"), job("completed", output={"video_url": "https://x", "duration": 2}), ["JOB-17"]),
        (job("failed"), job("failed", **LATER), ["JOB-17"]),
        (job(), job(created_at="2026-01-01T00:00:00.5Z", **LATER), ["JOB-16"]),
        (job(), job(spec_snapshot={"title": "u"}), ["JOB-16"]),
        (job(), job(credits_charged=11), ["JOB-16"]),
        (job(), job(project_id=ID), ["JOB-22"]),
        (job(project_id=ID), job(project_id=USER), ["JOB-22"]),
        (job(project_id=ID), job(), ["JOB-22"]),
        (job("processing"), job("processing", started_at="2026-01-01T00:00:02Z"), ["JOB-19"]),
        (job(**LATER), job(), ["JOB-18"]),
        (job("processing"), job("processing", progress={"percent": 1}), ["JOB-18"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_two_reads_that_break_a_rule_name_it(
    before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]
) -> None:
    assert [broken.rule_id for broken in broken_transition_rules(before, after)] == rule_ids


def test_a_new_job_is_queued_and_blank() -> None:
    assert broken_birth_rules(job()) == []
    ids = [broken.rule_id for broken in broken_birth_rules(job("processing", progress={"percent": 0}))]
    assert ids == ["JOB-1", "JOB-20", "JOB-20"]


def test_a_clone_copies_storyboard_and_options_only() -> None:
    source = job("failed", options={"seed": 1}, idempotency_key="k")
    clone = job(id=USER, options={"seed": 1})
    owner = f"framecast:user:{USER}"
    assert broken_clone_rules(source, clone, owner=owner, caller=USER) == []
    copied_too_much = {**clone, "idempotency_key": "k", "id": ID}
    assert broken_clone_rules(source, copied_too_much, owner=owner, caller=USER) == [
        Broken("JOB-21", "idempotency_key of the clone is 'k', expected None"),
        Broken("JOB-21", "the clone has the id of its source"),
    ]


def test_a_project_with_two_active_jobs_is_noticed() -> None:
    jobs = [
        job(project_id=ID),
        job("processing", project_id=ID),
        job(),
        job(),
        job("completed", project_id=ID),
    ]
    assert broken_project_rules(jobs) == [Broken("INV-J12", f"project {ID} has 2 active jobs")]
    assert broken_project_rules(jobs[1:]) == []


def test_jobs_are_listed_newest_first() -> None:
    old, new = job(), job(created_at="2026-01-01T00:00:00.000001Z")
    assert newest_first([new, old, old])
    assert not newest_first([old, new])


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, ["a", "b", "c"]),
        ({"status": "queued"}, ["a", "b"]),
        ({"project_id": ID}, ["b", "c"]),
        ({"status": "queued", "project_id": ID}, ["b"]),
        ({"owner": "framecast:user:nobody"}, []),
        ({"created_after": "2026-01-01T00:00:00Z"}, ["b", "c"]),
        ({"created_before": "2026-01-01T00:00:02Z"}, ["a", "b"]),
        ({"created_after": "2026-01-01T00:00:00Z", "created_before": "2026-01-01T01:00:02+01:00"}, ["b"]),
    ],
)
def test_filters_of_the_job_list_combine(filters: dict[str, str], expected: list[str]) -> None:
    jobs = [
        job(id="a"),
        job(id="b", project_id=ID, created_at="2026-01-01T00:00:01Z"),
        job("failed", id="c", project_id=ID, created_at="2026-01-01T00:00:02Z"),
    ]
    assert [each["id"] for each in matching(jobs, **filters)] == expected


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("2026-01-01T01:00:00+01:00", "2026-01-01T00:00:00Z"),
        ("2026-01-01T00:00:00.100000Z", "2026-01-01T00:00:00.1Z"),
        ("2025-12-31T23:59:60Z", "2026-01-01T00:00:00Z"),
    ],
)
def test_two_spellings_of_a_moment_are_one_instant(text: str, same_as: str) -> None:
    assert instant(text) == instant(same_as) is not None


@pytest.mark.parametrize("value", [None, 5, "", "2026-01-01", "2026-02-30T00:00:00Z", "2026-01-01T00:00:00"])
def test_what_names_no_moment_is_none(value: Any) -> None:
    assert instant(value) is None


def test_a_response_writes_timestamps_in_utc() -> None:
    assert broken_timestamp_rules("created_at", "2026-01-01T00:00:00.123456Z") == []
    for value in ("2026-01-01T00:00:00+00:00", "2026-01-01T00:00:00.1234567Z", None):
        assert [broken.rule_id for broken in broken_timestamp_rules("created_at", value)] == ["TIME-1"]


REPORTS: list[tuple[dict[str, Any], Any]] = [
    ({"event": "started"}, None),
    ({"event": "progress", "progress_percent": 0}, None),
    ({"event": "progress", "progress_percent": 100}, None),
    ({"event": "progress"}, INVALID),
    ({"event": "progress", "progress_percent": 100.01}, INVALID),
    ({"event": "progress", "progress_percent": -0.01}, INVALID),
    ({"event": "progress", "progress_percent": "5"}, INVALID),
    ({"event": "completed", "output": {}}, None),
    ({"event": "completed"}, INVALID),
    ({"event": "completed", "output": {}, "output_size_bytes": -1}, INVALID),
    ({"event": "failed"}, None),
    ({"event": "failed", "failure_type": "validation", "error": {"message": "m"}}, None),
    ({"event": "failed", "failure_type": "canceled"}, INVALID),
    ({"event": "failed", "error": "broken"}, INVALID),
    ({"event": "canceled"}, INVALID),
    ({}, INVALID),
]


@pytest.mark.parametrize(("members", "expected"), REPORTS)
def test_which_reports_of_the_renderer_are_well_formed(members: dict[str, Any], expected: Any) -> None:
    assert callbacks.form_answer({"job_id": ID, **members}) == expected


@pytest.mark.parametrize("body", [None, [], {"event": "started"}, {"job_id": "7", "event": "started"}])
def test_a_report_without_a_job_id_is_refused(body: Any) -> None:
    assert callbacks.callback_answer(body, None) == INVALID


@pytest.mark.parametrize(
    ("status", "expected"),
    [(None, NOT_FOUND), ("queued", OK), ("processing", CONFLICT), ("failed", CONFLICT)],
)
def test_a_well_formed_report_is_judged_by_the_state_of_its_job(status: str | None, expected: Any) -> None:
    answer: Callable[..., Any] = callbacks.callback_answer
    assert answer({"job_id": ID, "event": "started"}, status) == expected
