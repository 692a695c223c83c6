"""What a newer server may say without breaking a client, and what strict mode makes of the same."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, RATE, always, event, frame, refused, settled, stream

PERSON = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a90"
STEP = {"teleport": "b"}
NEWS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "enum": (
        {"status": "paused"},
        "/status",
        "'queued', 'processing', 'completed', 'failed' or 'canceled'",
        '"paused"',
    ),
    "enum in a member": (
        {"progress": {"phase": "dreaming"}},
        "/progress/phase",
        "'queued', 'initializing', 'generating', 'stitching' or 'finalizing'",
        '"dreaming"',
    ),
    "member": ({"priority": 3}, "/priority", "no member of this name", "3"),
    "member of a member": ({"progress": {"fps": 24}}, "/progress/fps", "no member of this name", "24"),
    "variant": (
        {"spec_snapshot": {"haiku": "x"}},
        "/spec_snapshot/title",
        "the member to be present",
        "nothing",
    ),
    "variant or null": (
        {"output": {"hologram": 1}},
        "/output/video_url",
        "the member to be present",
        "nothing",
    ),
    "variant in a list": (
        {"spec_snapshot": {"title": "", "prompt": " ", "scenes": [], "timeline": [STEP]}},
        "/spec_snapshot/scenes",
        "List should have at least 1 item after validation, not 0",
        "[]",
    ),
    "upper bound": (
        {"progress": {"percent": 101.0}},
        "/progress/percent",
        "less than or equal to 100",
        "101.0",
    ),
    "lower bound": ({"credits_charged": -1}, "/credits_charged", "greater than or equal to 0", "-1"),
    "pattern": ({"owner": "acme:1"}, "/owner", None or "", '"acme:1"'),
    "length": (
        {"idempotency_key": "k" * 256},
        "/idempotency_key",
        "String should have at most 255 characters",
        f'"{"k" * 199}…',
    ),
}


@pytest.fixture(params=NEWS)
def news(request: pytest.FixtureRequest) -> tuple[dict[str, Any], str, str, str]:
    return NEWS[request.param]


def test_what_is_new_in_a_job_is_kept_as_it_came(call: Any, job: dict[str, Any], news: Any) -> None:
    newer = {**job, **news[0]}

    assert _plain(call("get_job", JOB_ID, answer=httpx.Response(200, json=newer))) == newer


def test_what_is_new_in_one_job_of_a_list_leaves_the_others_alone(
    call: Any, job: dict[str, Any], news: Any
) -> None:
    listed = [job, {**job, **news[0]}, job]

    assert [_plain(one) for one in call("list_jobs", answer=httpx.Response(200, json=listed))] == listed


def _plain(job: Any) -> Any:
    return job.model_dump(mode="json")


def test_what_is_new_breaks_the_contract_in_strict_mode(call: Any, job: dict[str, Any], news: Any) -> None:
    change, pointer, expected, got = news
    with pytest.raises(fc.ContractViolation) as caught:
        call("list_jobs", strict=True, answer=httpx.Response(200, json=[job, {**job, **change}]))

    found = caught.value
    assert (found.pointer, found.got) == ("/1" + pointer, got)
    assert expected in found.expected


def test_an_unknown_state_is_text_of_the_same_job(call: Any, job: dict[str, Any]) -> None:
    found = call(
        "get_job", JOB_ID, answer=httpx.Response(200, json={**job, "status": "paused", "priority": 3})
    )

    assert (type(found).__name__, found.status, found.priority) == ("Job", "paused", 3)
    assert found.created_at.isoformat() == "2026-01-01T00:00:00+00:00"


def test_an_unknown_variant_is_a_plain_dict_beside_typed_ones(call: Any, job: dict[str, Any]) -> None:
    spec = {**job["spec_snapshot"], "timeline": [{"scene": "a"}, STEP]}
    found = call("get_job", JOB_ID, answer=httpx.Response(200, json={**job, "spec_snapshot": spec}))

    first, second = found.spec_snapshot.timeline
    assert (type(first).__name__, first.scene, second) == ("SceneStep", "a", STEP)


@pytest.mark.parametrize(
    ("change", "pointer", "expected", "got"),
    [
        ({"status": 7}, "/status", "'queued', 'processing', 'completed', 'failed' or 'canceled'", "7"),
        ({"status": None}, "/status", "'queued', 'processing', 'completed', 'failed' or 'canceled'", "null"),
        ({"credits_charged": "2"}, "/credits_charged", "a valid integer", '"2"'),
        ({"credits_charged": 2.5}, "/credits_charged", "integer", "2.5"),
        ({"options": []}, "/options", "an object", "[]"),
        ({"spec_snapshot": "haiku"}, "/spec_snapshot", "object", '"haiku"'),
        ({"created_at": "2026-01-01T00:00:00"}, "/created_at", "timezone", '"2026-01-01T00:00:00"'),
        ({"id": "7"}, "/id", "UUID", '"7"'),
        ({"progress": {"percent": True}}, "/progress/percent", "a valid number", "true"),
    ],
)
@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
def test_another_kind_of_value_is_a_violation_in_either_mode(
    call: Any,
    job: dict[str, Any],
    strict: bool,
    change: dict[str, Any],
    pointer: str,
    expected: str,
    got: str,
) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=strict, answer=httpx.Response(200, json={**job, **change}))

    assert (caught.value.pointer, caught.value.got) == (pointer, got)
    assert expected in caught.value.expected


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
@pytest.mark.parametrize("name", ["status", "output", "created_at"])
def test_a_missing_required_member_is_a_violation_in_either_mode(
    call: Any, job: dict[str, Any], strict: bool, name: str
) -> None:
    del job[name]
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=strict, answer=httpx.Response(200, json={**job, "priority": 3}))

    found = caught.value
    assert (found.pointer, found.expected, found.got) == (f"/{name}", "the member to be present", "nothing")


def test_an_unknown_event_is_told_and_the_story_goes_on(call: Any) -> None:
    story = stream(frame(1, "paused", '{"percent": 101}'), frame(2, "completed", '{"by": "me"}'))
    first, last = call("get_job_events", JOB_ID, answer=story)

    assert (first.event, first.data.percent, last) == ("paused", 101.0, event(2, "completed", by="me"))


@pytest.mark.parametrize(
    ("body", "pointer", "got"),
    [
        (frame(1, "paused"), "/event", '"paused"'),
        (frame(1, "progress", '{"percent": 101}'), "/data/percent", "101"),
    ],
)
def test_an_unknown_event_breaks_the_contract_in_strict_mode(
    call: Any, body: bytes, pointer: str, got: str
) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job_events", JOB_ID, strict=True, answer=stream(body))

    assert (caught.value.pointer, caught.value.got) == (pointer, got)


BY_STATUS: list[tuple[str, Callable[[], httpx.Response], type[fc.ApiError], int, str, str]] = [
    ("undocumented 4xx", lambda: refused(418, "TEAPOT", "Short"), fc.ApiError, 418, "TEAPOT", "Short"),
    ("undocumented 5xx", lambda: refused(507, "FULL", "Sorry"), fc.ServerError, 507, "FULL", "Sorry"),
    (
        "a page of a proxy",
        lambda: httpx.Response(502, html="<h1>Bad Gateway</h1>"),
        fc.ServerError,
        502,
        "",
        "<h1>Bad Gateway</h1>",
    ),
    ("unknown code", lambda: refused(400, "TOO_ODD", "Odd"), fc.BadRequestError, 400, "TOO_ODD", "Odd"),
    ("code of another status", lambda: refused(404, "CONFLICT"), fc.NotFoundError, 404, "CONFLICT", "No"),
    ("text", lambda: httpx.Response(404, text="gone fishing"), fc.NotFoundError, 404, "", "gone fishing"),
    ("nothing", lambda: httpx.Response(403), fc.ForbiddenError, 403, "", ""),
    (
        "problem details",
        lambda: httpx.Response(403, json={"title": "Not yours"}),
        fc.ForbiddenError,
        403,
        "",
        "Not yours",
    ),
    (
        "text for an error",
        lambda: httpx.Response(403, json={"error": "no"}),
        fc.ForbiddenError,
        403,
        "",
        "no",
    ),
    ("a page for 429", lambda: httpx.Response(429, html="slow"), fc.TooManyRequestsError, 429, "", "slow"),
    ("a list", lambda: httpx.Response(500, json=[1]), fc.InternalServerError, 500, "", "[1]"),
    (
        "broken JSON",
        lambda: httpx.Response(401, content=b'{"error'),
        fc.UnauthorizedError,
        401,
        "",
        '{"error',
    ),
]


@pytest.mark.parametrize(
    ("make", "wanted", "status", "code", "message"),
    [row[1:] for row in BY_STATUS],
    ids=[row[0] for row in BY_STATUS],
)
def test_an_undocumented_refusal_is_of_the_class_of_its_status(
    call: Any, make: Any, wanted: type[fc.ApiError], status: int, code: str, message: str
) -> None:
    with pytest.raises(fc.ApiError) as caught:
        call("get_job", JOB_ID, answer=always(make))

    error = caught.value
    assert (type(error), error.status, error.code, error.message) == (wanted, status, code, message)


@pytest.mark.parametrize("make", [row[1] for row in BY_STATUS], ids=[row[0] for row in BY_STATUS])
def test_an_undocumented_refusal_breaks_the_contract_in_strict_mode(call: Any, make: Any) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=always(make))

    assert caught.value.status == make().status_code


@pytest.mark.parametrize("status", [201, 202, 206, 299])
def test_an_undocumented_success_is_read_as_the_documented_one(
    call: Any, job: dict[str, Any], status: int
) -> None:
    assert _plain(call("get_job", JOB_ID, answer=httpx.Response(status, json=job))) == job
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=True, answer=httpx.Response(status, json=job))
    assert (caught.value.expected, caught.value.got) == (
        "a status of 200, 400, 401, 403, 404, 429, 500",
        str(status),
    )


@pytest.mark.parametrize("status", [204, 301, 304])
def test_no_job_is_made_of_an_answer_without_one(call: Any, status: int) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, answer=httpx.Response(status))

    assert caught.value.status == status


@pytest.mark.parametrize(
    "media_type", [None, "text/html", "application/vnd.framecast+json", "APPLICATION/JSON"]
)
def test_json_is_read_whatever_it_is_called(call: Any, job: dict[str, Any], media_type: str | None) -> None:
    answer = httpx.Response(200, json=job, headers={"content-type": media_type or ""})
    if media_type is None:
        del answer.headers["content-type"]

    assert _plain(call("get_job", JOB_ID, answer=answer)) == job


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
def test_a_page_instead_of_json_is_a_violation_in_either_mode(call: Any, strict: bool) -> None:
    with pytest.raises(fc.ContractViolation) as caught:
        call("get_job", JOB_ID, strict=strict, answer=httpx.Response(200, html="<h1>Log in"))

    expected, got = ("the media type application/json", "text/html; charset=utf-8")
    wanted = (expected, got) if strict else ("JSON", "b'<h1>Log in'")
    assert (caught.value.expected, caught.value.got, caught.value.pointer) == (*wanted, "")


def test_content_of_an_answer_that_has_none_is_passed_over(call: Any) -> None:
    assert call("delete_job", JOB_ID, answer=httpx.Response(204, content=b"{}")) is None
    assert call("delete_job", JOB_ID, answer=httpx.Response(200, json={"ok": True})) is None


async def test_the_strictness_of_a_client_is_that_of_its_copies(opened: Any, job: dict[str, Any]) -> None:
    newer = httpx.Response(200, json={**job, "priority": 3}, headers=RATE)
    strict = opened(lambda _: newer, strict=True).with_options(timeout=1)

    with pytest.raises(fc.ContractViolation, match="/priority"):
        await settled(strict.get_job(JOB_ID))
