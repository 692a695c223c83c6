"""What the render worker may report in which state, and what each report does."""

from typing import Any

import pytest

from .world import VIDEO, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
REPORTS: dict[str, dict[str, Any]] = {
    "started": {},
    "progress": {"progress_percent": 40},
    "completed": {"output": VIDEO},
    "failed": {},
}
REACHED = {
    "queued": (),
    "processing": ("started",),
    "completed": ("started", "completed"),
    "failed": ("started", "failed"),
}


@pytest.mark.parametrize("state", [*REACHED, "canceled"])
@pytest.mark.parametrize("event", REPORTS)
async def test_a_report_is_welcome_in_one_state_only(world: World, state: str, event: str) -> None:
    person = await world.starter()
    job = await person.job()
    for earlier in REACHED.get(state, ()):
        await world.report(job, earlier, **REPORTS[earlier])
    if state == "canceled":
        await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    before = await person.read(job["id"])
    answer = await world.report(job, event, **REPORTS[event])
    after = await person.read(job["id"])
    if state == ("queued" if event == "started" else "processing"):
        assert answer == (200, after)
        assert after["updated_at"] > before["updated_at"]
    else:
        assert code(answer) == (409, "CONFLICT")
        assert after == before


async def test_a_render_from_start_to_end(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    _, started = await world.report(job, "started")
    _, running = await world.report(job, "progress", progress_percent=12.5)
    _, done = await world.report(job, "completed", output=VIDEO, output_size_bytes=1000)
    assert running["progress"] == {"percent": 12.5}
    assert done == running | {
        "status": "completed",
        "output": VIDEO,
        "output_size_bytes": 1000,
        "completed_at": done["completed_at"],
        "updated_at": done["updated_at"],
    }
    assert job["created_at"] < started["started_at"] < done["completed_at"]
    assert await person.events(job["id"]) == ["queued", "started", "progress", "completed"]
    assert await person.balance() == 990


@pytest.mark.parametrize(
    ("members", "refund", "error"),
    [
        ({}, 10, {"message": "the render back end gave no reason"}),
        (
            {"failure_type": "timeout", "error": {"message": "slow", "gpu": 3}},
            10,
            {"message": "slow", "gpu": 3},
        ),
        ({"failure_type": "validation", "error": {"message": "no", "code": None}}, 6, {"message": "no"}),
        ({"failure_type": None, "error": None}, 10, {"message": "the render back end gave no reason"}),
    ],
)
async def test_a_failure_gives_back_by_its_type(
    world: World, members: dict[str, Any], refund: int, error: dict[str, Any]
) -> None:
    person = await world.starter()
    job = await person.job()
    await world.report(job, "started")
    await world.report(job, "progress", progress_percent=40)
    _, failed = await world.report(job, "failed", **members)
    kind = members.get("failure_type") or "system"
    assert (failed["status"], failed["failure_type"], failed["error"]) == ("failed", kind, error)
    assert (failed["credits_refunded"], await person.balance()) == (refund, 990 + refund)


@pytest.mark.parametrize(
    ("event", "members"),
    [
        ("paused", {}),
        ("progress", {}),
        ("progress", {"progress_percent": 100.5}),
        ("progress", {"progress_percent": -1}),
        ("progress", {"progress_percent": True}),
        ("progress", {"progress_percent": "40"}),
        ("completed", {}),
        ("completed", {"output": None}),
        ("completed", {"output": {}}),
        ("completed", {"output": VIDEO | {"size_bytes": 0}}),
        ("completed", {"output": VIDEO | {"size_bytes": 1.5}}),
        ("completed", {"output": VIDEO | {"duration": 0}}),
        ("completed", {"output": VIDEO | {"resolution": "4K"}}),
        ("completed", {"output": VIDEO | {"video_url": "final.mp4"}}),
        ("completed", {"output": VIDEO | {"scene_clips": [{}]}}),
        ("completed", {"output": VIDEO | {"metadata": {}}}),
        ("completed", {"output": VIDEO, "output_size_bytes": -1}),
        ("completed", {"output": VIDEO, "output_size_bytes": 2**63}),
        ("failed", {"failure_type": "canceled"}),
        ("failed", {"error": "broken"}),
        ("failed", {"error": {"message": 7}}),
        ("failed", {"error": {"code": "oom"}}),
        ("started", {"job_id": "7"}),
        ("started", {"job_id": None}),
    ],
)
async def test_reports_that_make_no_sense(world: World, event: str, members: dict[str, Any]) -> None:
    job = await (await world.starter()).job()
    await world.report(job, "started")
    assert code(await world.report(job, event, **members)) == (400, "VALIDATION_ERROR")


async def test_a_report_about_no_job(world: World) -> None:
    assert code(await world.report({"id": NOBODY}, "started")) == (404, "NOT_FOUND")


async def test_optional_members_of_an_output_may_be_null(world: World) -> None:
    job = await (await world.starter()).job()
    await world.report(job, "started")
    nulls = {"thumbnail_url": None, "metadata": {"model_used": "m", "generation_time_ms": 1, "seed": None}}
    _, done = await world.report(job, "completed", output=VIDEO | nulls)
    assert done["output"] == VIDEO | {"metadata": {"model_used": "m", "generation_time_ms": 1}}
