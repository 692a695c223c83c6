"""What a newer server may say without breaking a client, and what strict mode makes of the same."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, RATE, event, frame, settled, stream

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
    "pattern": ({"owner": "acme:1"}, "/owner", "pattern", '"acme:1"'),
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

    assert plain(call("get_job", JOB_ID, answer=httpx.Response(200, json=newer))) == newer


def test_what_is_new_in_one_job_of_a_list_leaves_the_others_alone(
    call: Any, job: dict[str, Any], news: Any
) -> None:
    listed = [job, {**job, **news[0]}, job]

    assert [plain(one) for one in call("list_jobs", answer=httpx.Response(200, json=listed))] == listed


def plain(job: Any) -> Any:
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


async def test_the_strictness_of_a_client_is_that_of_its_copies(opened: Any, job: dict[str, Any]) -> None:
    newer = httpx.Response(200, json={**job, "priority": 3}, headers=RATE)
    strict = opened(lambda _: newer, strict=True).with_options(timeout=1)

    with pytest.raises(fc.ContractViolation, match="/priority"):
        await settled(strict.get_job(JOB_ID))
