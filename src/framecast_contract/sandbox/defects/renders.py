"""Defects of renders of artifacts: what they make, when they are refused, what follows."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, fix, replace
from framecast_contract.sandbox.http import Call, Caller, conflict, invalid

_ARTIFACTS = "tests/lifecycle/test_artifact_renders.py"
_PAIR = f"{_ARTIFACTS}::test_a_render_is_a_job_and_an_artifact_to_be"
_REFUSED = f"{_ARTIFACTS}::test_a_render_is_refused_in_order"
_MEDIA = f"{_ARTIFACTS}::test_what_is_media_already_is_not_rendered"
_WHO = f"{_ARTIFACTS}::test_who_renders_what_the_team_has"
_TWICE = f"{_ARTIFACTS}::test_rendering_twice_makes_two_of_everything"
_SCOPES = f"{_ARTIFACTS}::test_keys_render_with_the_scope_of_artifacts"
_RENDERED = "tests/lifecycle/test_rendered_artifacts.py"
_FOLLOWS = f"{_RENDERED}::test_the_new_artifact_follows_its_job"
_STAYS = f"{_RENDERED}::test_what_a_deleted_job_made_stays_as_an_upload"
_FILES = f"{_RENDERED}::test_a_render_that_nobody_plays_ends_with_files"

Json = dict[str, Any]


def _output_as(sandbox: Sandbox, **members: Any) -> None:
    """Artifacts that come of a render are stored with these columns."""
    create = sandbox.artifacts.create

    def changed(owner_urn: str, user_id: str, made: Json) -> sqlite3.Row:
        return create(owner_urn, user_id, made | members if made["source"] == "job" else made)

    replace(sandbox.artifacts.create, changed)


def _media_conflict(sandbox: Sandbox) -> None:
    output_kind = sandbox.rendering.output_kind

    def busy(kind: str) -> str:
        if kind in ("image", "audio", "video"):
            raise conflict("this artifact is rendered already")
        return output_kind(kind)

    replace(sandbox.rendering.output_kind, busy)


def _no_videos(sandbox: Sandbox) -> None:
    output_kind = sandbox.rendering.output_kind

    def pictures_only(kind: str) -> str:
        if kind == "storyboard":
            raise invalid("only characters are rendered")
        return output_kind(kind)

    replace(sandbox.rendering.output_kind, pictures_only)


def _storyboard_before_role(sandbox: Sandbox) -> None:
    render_artifact = sandbox.rendering.render_artifact

    def hasty(call: Call) -> Response:
        source = sandbox.artifacts.visible(call.caller, call.path_uuid("artifact_id"))
        if source["kind"] == "storyboard":
            sandbox.storyboards.require_valid(call.caller, sandbox.artifacts.view(source)["spec"])
        return render_artifact(call)

    replace(sandbox.rendering.render_artifact, hasty)


def _only_the_prompt(sandbox: Sandbox) -> None:
    admit = sandbox.jobs.admit

    def thin(caller: Caller, owner: Owner, spec: Json, *args: Any, **more: Any) -> sqlite3.Row:
        kept = {"prompt": spec["prompt"]} if more.get("kind") == "image" else spec
        return admit(caller, owner, kept, *args, **more)

    replace(sandbox.jobs.admit, thin)


def _made_by_source_s_maker(sandbox: Sandbox) -> None:
    create_output = sandbox.artifacts.create_output
    replace(
        sandbox.artifacts.create_output,
        lambda source, job: create_output(source, as_if(job, triggered_by=source["created_by"])),
    )


def _canceled_for_ever_pending(sandbox: Sandbox) -> None:
    status_after = sandbox.artifacts.status_after
    replace(
        sandbox.artifacts.status_after,
        lambda job_status: None if job_status == "canceled" else status_after(job_status),
    )


def _source_touched(sandbox: Sandbox) -> None:
    create_output = sandbox.artifacts.create_output

    def touching(source: sqlite3.Row, job: sqlite3.Row) -> sqlite3.Row:
        sandbox.database.update("artifacts", source["id"], {"updated_at": sandbox.stamp()})
        return create_output(source, job)

    replace(sandbox.artifacts.create_output, touching)


def _also_generate(sandbox: Sandbox) -> None:
    render_artifact = sandbox.rendering.render_artifact

    def strict(call: Call) -> Response:
        sandbox.auth.require_scope(call.caller, "generate")
        return render_artifact(call)

    replace(sandbox.rendering.render_artifact, strict)


def _renamed_thumbnail(sandbox: Sandbox) -> None:
    job_key = sandbox.storage.job_key
    replace(
        sandbox.storage.job_key,
        lambda owner, job_id, name: job_key(owner, job_id, name.replace("thumbnail", "poster")),
    )


DEFECTS = (
    Defect(
        "rendered-as-quicktime",
        "RENDER-1",
        "What is rendered has the content type of another format.",
        lambda sandbox: _output_as(sandbox, content_type="video/quicktime"),
        (f"{_PAIR}[personal-storyboard]", f"{_PAIR}[personal-character]"),
    ),
    Defect(
        "media-render-conflicts",
        "RENDER-2",
        "Rendering what is media already is answered 409.",
        _media_conflict,
        (f"{_MEDIA}[queued-character]", f"{_MEDIA}[completed-storyboard]"),
    ),
    Defect(
        "storyboard-before-role",
        "RENDER-3",
        "A render looks at the storyboard before it looks at the role.",
        _storyboard_before_role,
        (f"{_REFUSED}[viewer, storyboard, slots and funds]",),
    ),
    Defect(
        "render-takes-only-prompt",
        "RENDER-4",
        "The job that renders a character knows its prompt and nothing else of it.",
        _only_the_prompt,
        (f"{_PAIR}[team-character]",),
    ),
    Defect(
        "rendered-before-its-job",
        "RENDER-5",
        "What a render makes is ready before its job has begun.",
        lambda sandbox: _output_as(sandbox, status="ready"),
        (f"{_PAIR}[personal-character]",),
    ),
    Defect(
        "rendered-for-maker-of-source",
        "RENDER-6",
        "What is rendered was made by the maker of the source, whoever renders.",
        _made_by_source_s_maker,
        (f"{_WHO}[member]",),
    ),
    Defect(
        "canceled-render-stays-pending",
        "RENDER-7",
        "The artifact of a canceled render is pending for ever.",
        _canceled_for_ever_pending,
        (f"{_FOLLOWS}[canceled-character]",),
    ),
    Defect(
        "rendered-size-unheeded",
        "RENDER-8",
        "What is rendered has 1 byte, whatever the renderer reported.",
        lambda sandbox: alter(sandbox.artifacts.output_size, lambda _size: 1),
        (f"{_FOLLOWS}[completed-storyboard]",),
    ),
    Defect(
        "render-touches-source",
        "RENDER-9",
        "Rendering an artifact counts as a change of it.",
        _source_touched,
        (f"{_TWICE}[character]", f"{_PAIR}[team-storyboard]"),
    ),
    Defect(
        "storyboard-not-rendered",
        "D-10",
        "Storyboards cannot be rendered.",
        _no_videos,
        (f"{_PAIR}[personal-storyboard]",),
    ),
    Defect(
        "artifact-names-deleted-job",
        "D-24",
        "What a deleted job has made goes on naming it.",
        lambda sandbox: fix(sandbox.artifacts.outlive, None),
        (f"{_STAYS}[completed-character]", f"{_STAYS}[failed-storyboard]"),
    ),
    Defect(
        "render-needs-generate",
        "D-26",
        "A key renders artifacts only if it holds generate as well.",
        _also_generate,
        (f"{_SCOPES}[artifacts:write]",),
    ),
    Defect(
        "thumbnail-called-poster",
        "STORE-3",
        "The thumbnail of a video lies at poster.jpg.",
        _renamed_thumbnail,
        (f"{_FILES}[storyboard]",),
    ),
)
