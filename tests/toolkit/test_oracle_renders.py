"""Rendering artifacts: what becomes of what, who is refused, and that job and artifact stay together."""

from typing import Any

import pytest

from framecast_contract.oracle.job_life import STATUSES
from framecast_contract.oracle.renders import (
    ArtifactRender,
    artifact_status,
    broken_after_job_deletion,
    broken_following,
    broken_output_rules,
    broken_render_rules,
    broken_source_rules,
    output_kind,
    render_answer,
    render_refusals,
)
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    UNPAYABLE,
    Answer,
)

SOURCE, USER, JOB, MADE, PROJECT, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcdef")
STORYBOARD = {"title": "t", "scenes": [{"id": "s", "prompt": "p", "duration": 7}]}
CHARACTER = {"prompt": "a knight", "scenes": [{"duration": 30}]}
TEAMS = f"framecast:team:{TEAM}"


def test_what_a_render_makes_of_each_kind() -> None:
    kinds = ("character", "storyboard", "image", "audio", "video")
    assert [output_kind(kind) for kind in kinds] == ["image", "video", None, None, None]


def test_the_artifact_follows_its_job() -> None:
    followed = [artifact_status(status) for status in STATUSES]
    assert followed == ["pending", "pending", "ready", "failed", "failed"]
    with pytest.raises(ValueError, match="'done' is no state of a job, expected one of queued"):
        artifact_status("done")


def asked(kind: str = "storyboard", **members: Any) -> ArtifactRender:
    spec = STORYBOARD if kind == "storyboard" else CHARACTER
    return ArtifactRender(**{"kind": kind, "spec": spec, "free_slots": 1, "balance": 7, **members})


@pytest.mark.parametrize(
    ("render", "expected"),
    [
        (asked(), CREATED),
        (asked("character", balance=1), CREATED),
        (asked("image", sees=False), NOT_FOUND),
        (asked("image", uses=False), FORBIDDEN),
        (asked("image", free_slots=0), INVALID),
        (asked("audio"), INVALID),
        (asked("video"), INVALID),
        (asked(spec={}, balance=0), INVALID),
        (asked(free_slots=0), CONFLICT),
        (asked(balance=6), UNPAYABLE),
        (asked("character", balance=0), UNPAYABLE),
    ],
)
def test_a_render_is_refused_for_the_first_reason(render: ArtifactRender, expected: Answer) -> None:
    assert render_answer(render) == expected


def test_only_slots_and_funds_may_be_checked_in_either_order() -> None:
    assert render_refusals(asked(free_slots=0, balance=0)) == (CONFLICT, UNPAYABLE)


def source(kind: str = "character") -> dict[str, Any]:
    spec = STORYBOARD if kind == "storyboard" else CHARACTER
    return {
        "id": SOURCE,
        "owner": TEAMS,
        "kind": kind,
        "spec": spec,
        "project_id": PROJECT,
        "status": "ready",
    }


def job(status: str = "queued", **members: Any) -> dict[str, Any]:
    return {
        "id": JOB, "owner": TEAMS, "triggered_by": USER, "project_id": None, "status": status,
        "spec_snapshot": CHARACTER, "options": {}, "idempotency_key": None, "progress": {},
        "credits_charged": 1, "credits_refunded": 0, "output_size_bytes": None, **members,
    }  # fmt: skip


def artifact(status: str = "pending", **members: Any) -> dict[str, Any]:
    return {
        "id": MADE, "owner": TEAMS, "kind": "image", "status": status, "source": "job", "source_job_id": JOB,
        "created_by": USER, "project_id": PROJECT, "filename": "knight.png", "s3_key": "k",
        "content_type": "image/png", "size_bytes": 1, "updated_at": "2026-01-01T00:00:00Z", **members,
    }  # fmt: skip


def test_a_new_pair_of_job_and_artifact() -> None:
    assert broken_render_rules(job(), artifact(), source(), caller=USER) == []
    video = artifact(kind="video")
    film = job(spec_snapshot=STORYBOARD, credits_charged=7)
    assert broken_render_rules(film, video, source("storyboard"), caller=USER) == []


@pytest.mark.parametrize(
    ("wrong_job", "wrong_artifact", "rule_ids"),
    [
        ({"owner": f"framecast:user:{USER}"}, {}, ["RENDER-4"]),
        ({"project_id": PROJECT}, {}, ["RENDER-4"]),
        ({"options": {"seed": 1}}, {}, ["RENDER-4"]),
        ({"status": "processing"}, {}, ["JOB-1"]),
        ({"credits_charged": 30}, {}, ["PRICE-7"]),
        ({}, {"kind": "video"}, ["RENDER-5"]),
        ({}, {"status": "ready"}, ["RENDER-5"]),
        ({}, {"source": "upload", "source_job_id": None}, ["RENDER-5", "RENDER-5"]),
        ({}, {"id": SOURCE}, ["RENDER-5"]),
    ],
)
def test_a_pair_that_breaks_a_rule_names_it(
    wrong_job: dict[str, Any], wrong_artifact: dict[str, Any], rule_ids: list[str]
) -> None:
    broken = broken_render_rules(job(**wrong_job), artifact(**wrong_artifact), source(), caller=USER)
    assert [fault.rule_id for fault in broken] == rule_ids


@pytest.mark.parametrize("status", STATUSES)
def test_a_rendered_artifact_as_it_should_be_is_left_alone(status: str) -> None:
    assert broken_output_rules(artifact(artifact_status(status)), job(status), source()) == []


@pytest.mark.parametrize(
    ("seen", "made_by", "rule_ids"),
    [
        (artifact("ready"), job("processing"), ["RENDER-7"]),
        (artifact("pending"), job("canceled"), ["RENDER-7"]),
        (artifact("ready", size_bytes=5), job("completed", output_size_bytes=6), ["RENDER-8"]),
        (artifact("ready", size_bytes=6), job("completed", output_size_bytes=6), []),
        (artifact(created_by=SOURCE), job(), ["RENDER-6"]),
        (artifact(project_id=None), job(), ["RENDER-6"]),
        (artifact(filename=None), job(), ["RENDER-6"]),
        (artifact(content_type="image/jpeg"), job(), ["RENDER-1"]),
        (artifact(owner=f"framecast:user:{USER}"), job(), ["RENDER-5"]),
    ],
)
def test_a_rendered_artifact_that_breaks_a_rule_names_it(
    seen: dict[str, Any], made_by: dict[str, Any], rule_ids: list[str]
) -> None:
    assert [broken.rule_id for broken in broken_output_rules(seen, made_by, source())] == rule_ids


def test_a_job_in_no_known_state_leads_nowhere() -> None:
    assert broken_following(artifact(), job("paused")) == []


def test_rendering_leaves_the_source_alone() -> None:
    assert broken_source_rules(source(), source()) == []
    touched = {**source(), "project_id": None}
    assert [broken.rule_id for broken in broken_source_rules(source(), touched)] == ["RENDER-9"]


def test_artifacts_of_a_deleted_job_become_uploads() -> None:
    after = artifact("ready", source="upload", source_job_id=None, updated_at="2026-01-02T00:00:00Z")
    assert broken_after_job_deletion(artifact("ready"), after) == []
    broken = broken_after_job_deletion(artifact("ready"), {**artifact("ready"), "source_job_id": None})
    assert [(fault.rule_id, fault.message) for fault in broken] == [
        ("D-24", "source of the artifact is 'job', expected 'upload'")
    ]
