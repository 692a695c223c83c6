"""Defects of what an artifact says about itself, and of what it keeps."""

import sqlite3
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, replace

_ARTIFACTS = "tests/lifecycle/test_artifacts.py"
_MADE = f"{_ARTIFACTS}::test_an_artifact_is_made_as_asked_or_refused"
_OUTLIVES = f"{_ARTIFACTS}::test_an_artifact_outlives_its_conversation"
_PAIR = "tests/lifecycle/test_artifact_renders.py::test_a_render_is_a_job_and_an_artifact_to_be"
_TWICE = "tests/lifecycle/test_artifact_renders.py::test_rendering_twice_makes_two_of_everything"
_RENDERED = "tests/lifecycle/test_rendered_artifacts.py"
_FOLLOWS = f"{_RENDERED}::test_the_new_artifact_follows_its_job"
_UNMEASURED = f"{_RENDERED}::test_a_size_nobody_reported_is_still_a_size"
_STAYS = f"{_RENDERED}::test_what_a_deleted_job_made_stays_as_an_upload"

Json = dict[str, Any]


def _shown_as(sandbox: Sandbox, **members: Any) -> None:
    alter(sandbox.artifacts.view, lambda shown: shown | members)


def _made_as(sandbox: Sandbox, *, media: bool, **members: Any) -> None:
    """Media, or what people make themselves, is stored with these columns."""
    create = sandbox.artifacts.create

    def changed(owner_urn: str, user_id: str, made: Json) -> sqlite3.Row:
        return create(owner_urn, user_id, made | members if media == (made["source"] == "job") else made)

    replace(sandbox.artifacts.create, changed)


def _ready_no_more(sandbox: Sandbox) -> None:
    outlive = sandbox.artifacts.outlive

    def spoil(job_id: str) -> None:
        sandbox.database.run("UPDATE artifacts SET status = 'failed' WHERE source_job_id = ?", job_id)
        outlive(job_id)

    replace(sandbox.artifacts.outlive, spoil)


def _born_when_ready(sandbox: Sandbox) -> None:
    follow = sandbox.artifacts.follow

    def reborn(job: sqlite3.Row) -> None:
        follow(job)
        sandbox.database.run(
            "UPDATE artifacts SET created_at = updated_at WHERE source_job_id = ? AND status = 'ready'",
            job["id"],
        )

    replace(sandbox.artifacts.follow, reborn)


def _talk_forgotten(sandbox: Sandbox) -> None:
    forget = sandbox.conversations.forget

    def thorough(conversation_id: str) -> None:
        sandbox.database.run(
            "UPDATE artifacts SET source = 'upload' WHERE conversation_id = ?", conversation_id
        )
        forget(conversation_id)

    replace(sandbox.conversations.forget, thorough)


def _storyboard_not_shown(sandbox: Sandbox) -> None:
    alter(
        sandbox.artifacts.view,
        lambda shown: shown | {"spec": None} if shown["kind"] == "storyboard" else shown,
    )


def _unmeasured_is_nothing(sandbox: Sandbox) -> None:
    replace(sandbox.artifacts.output_size, lambda job: job["output_size_bytes"] or 0)


def _one_file_for_all(sandbox: Sandbox) -> None:
    replace(
        sandbox.storage.job_key, lambda owner, _job_id, name: f"{sandbox.storage.prefix(owner)}jobs/{name}"
    )


DEFECTS = (
    Defect(
        "ready-artifact-fails",
        "ARTIFACT-9",
        "What a job has made is failed once the job is deleted.",
        _ready_no_more,
        (f"{_STAYS}[completed-character]",),
    ),
    Defect(
        "artifact-born-when-ready",
        "ARTIFACT-10",
        "A rendered artifact gets a new creation time when it is ready.",
        _born_when_ready,
        (f"{_FOLLOWS}[completed-character]",),
    ),
    Defect(
        "conversation-gone-source-gone",
        "ARTIFACT-11",
        "What came from a deleted conversation claims to be an upload.",
        _talk_forgotten,
        (_OUTLIVES,),
    ),
    Defect(
        "artifact-status-unknown",
        "INV-ART1",
        "Artifacts show a state that there is not.",
        lambda sandbox: _shown_as(sandbox, status="done"),
        (f"{_MADE}[storyboard-a storyboard]",),
    ),
    Defect(
        "artifact-kind-unknown",
        "INV-ART2",
        "Artifacts show a kind that there is not.",
        lambda sandbox: _shown_as(sandbox, kind="text"),
        (f"{_MADE}[storyboard-a storyboard]",),
    ),
    Defect(
        "media-without-size",
        "INV-ART3",
        "What is being rendered has no size yet.",
        lambda sandbox: _made_as(sandbox, media=True, size_bytes=None),
        (f"{_PAIR}[personal-character]",),
    ),
    Defect(
        "storyboard-not-shown",
        "INV-ART4",
        "Storyboards are shown without their spec.",
        _storyboard_not_shown,
        (f"{_MADE}[storyboard-a storyboard]",),
    ),
    Defect(
        "media-of-no-bytes",
        "INV-ART5",
        "Media whose size nobody reported have none.",
        _unmeasured_is_nothing,
        (_UNMEASURED,),
    ),
    Defect(
        "media-share-a-file",
        "INV-ART6",
        "All media of an owner are stored in one place.",
        _one_file_for_all,
        (f"{_TWICE}[character]", f"{_TWICE}[storyboard]"),
    ),
    Defect(
        "artifact-without-maker",
        "INV-ART7",
        "Artifacts do not tell who made them.",
        lambda sandbox: _shown_as(sandbox, created_by=None),
        (f"{_MADE}[storyboard-a storyboard]",),
    ),
    Defect(
        "artifact-forgets-conversation",
        "INV-X7",
        "What comes from a conversation does not name it.",
        lambda sandbox: _made_as(sandbox, media=False, conversation_id=None),
        (f"{_MADE}[character-from a conversation]",),
    ),
    Defect(
        "artifact-forgets-job",
        "INV-X8",
        "What a job makes does not name the job.",
        lambda sandbox: _made_as(sandbox, media=True, source_job_id=None),
        (f"{_PAIR}[personal-character]",),
    ),
    Defect(
        "artifact-changed-before-birth",
        "INV-TIME1",
        "An artifact says that it was changed long before it was made.",
        lambda sandbox: _shown_as(sandbox, updated_at="2000-01-01T00:00:00.000000Z"),
        (f"{_MADE}[storyboard-a storyboard]",),
    ),
)
