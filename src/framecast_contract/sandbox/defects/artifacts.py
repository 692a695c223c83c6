"""Defects of artifacts: what one is, who makes, sees and deletes it, and what it keeps."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner, parse_owner
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, Refusal, forbidden, invalid
from framecast_contract.sandbox.projects import team_owner

_ARTIFACTS = "tests/lifecycle/test_artifacts.py"
_MADE = f"{_ARTIFACTS}::test_an_artifact_is_made_as_asked_or_refused"
_BELONGS = f"{_ARTIFACTS}::test_owner_and_project_of_an_artifact_belong_together"
_RIGHTS = f"{_ARTIFACTS}::test_who_sees_and_deletes_what_a_member_made"
_GONE = f"{_ARTIFACTS}::test_a_deleted_artifact_is_gone"
_OUTLIVES = f"{_ARTIFACTS}::test_an_artifact_outlives_its_conversation"
_LISTED = f"{_ARTIFACTS}::test_a_list_keeps_what_fits_every_filter"
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


def _foreign_forbidden(sandbox: Sandbox) -> None:
    visible = sandbox.artifacts.visible

    def telling(caller: Caller, artifact_id: str) -> sqlite3.Row:
        try:
            return visible(caller, artifact_id)
        except Refusal:
            if sandbox.artifacts.find(artifact_id) is None:
                raise
            raise forbidden("this artifact is not yours") from None

    replace(sandbox.artifacts.visible, telling)


def _foreign_filter_forbidden(sandbox: Sandbox) -> None:
    list_artifacts = sandbox.artifacts.list_artifacts

    def strict(call: Call) -> Response:
        response, urn = list_artifacts(call), call.query().text("owner")
        if urn is not None and not sandbox.access.may_see_urn(call.caller, urn):
            raise forbidden("owner is not accessible")
        return response

    replace(sandbox.artifacts.list_artifacts, strict)


def _while_making(sandbox: Sandbox, may_use: Any) -> None:
    """Who may own a new character is decided otherwise."""
    create_character, sound = sandbox.artifacts.create_character, sandbox.access.may_use

    def lax(call: Call) -> Response:
        replace(sound, may_use)
        try:
            return create_character(call)
        finally:
            replace(sound, sound)

    replace(sandbox.artifacts.create_character, lax)


def _for_team_mates(sandbox: Sandbox) -> None:
    may_use = sandbox.access.may_use

    def lax(caller: Caller, owner: Owner) -> bool:
        fellow = owner.team_id is not None and sandbox.access.role(caller.id, owner.team_id) == "member"
        return fellow or may_use(caller, owner)

    _while_making(sandbox, lax)


def _unknown_talk_invalid(sandbox: Sandbox) -> None:
    check = sandbox.artifacts.check_conversation

    def strict(caller: Caller, source: str, conversation_id: str | None) -> None:
        try:
            check(caller, source, conversation_id)
        except Refusal:
            raise invalid("conversation_id names no conversation of yours") from None

    replace(sandbox.artifacts.check_conversation, strict)


def _members_own_all(sandbox: Sandbox) -> None:
    may_delete = sandbox.artifacts.may_delete

    def lax(caller: Caller, artifact: sqlite3.Row) -> bool:
        return may_delete(caller, as_if(artifact, created_by=caller.id))

    replace(sandbox.artifacts.may_delete, lax)


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


def _member_s_own_in_project(sandbox: Sandbox) -> None:
    require_owner = sandbox.projects.require_owner

    def lax(project_id: str | None, owner: Owner) -> None:
        named = parse_owner(owner.urn)
        team_id = named.team_id if named else None
        require_owner(project_id, owner if team_id is None else team_owner(team_id))

    replace(sandbox.projects.require_owner, lax)


DEFECTS = (
    Defect(
        "artifact-born-pending",
        "ARTIFACT-1",
        "A new storyboard or character is pending.",
        lambda sandbox: _made_as(sandbox, media=False, status="pending"),
        (f"{_MADE}[storyboard-a storyboard]", f"{_MADE}[character-a character]"),
    ),
    Defect(
        "foreign-artifact-forbidden",
        "ARTIFACT-2",
        "A foreign artifact is answered 403, which tells that it exists.",
        _foreign_forbidden,
        (f"{_RIGHTS}[stranger-personal]", f"{_RIGHTS}[owner-membership]"),
    ),
    Defect(
        "artifacts-listed-backwards",
        "ARTIFACT-3",
        "Artifacts are listed oldest first.",
        lambda sandbox: alter(
            sandbox.artifacts.list_artifacts,
            lambda response: with_body(response, lambda artifacts: artifacts[::-1]),
        ),
        (_LISTED,),
    ),
    Defect(
        "foreign-owner-filter-forbidden",
        "ARTIFACT-4",
        "Listing the artifacts of an owner one cannot access is answered 403.",
        _foreign_filter_forbidden,
        (_LISTED, f"{_RIGHTS}[stranger-personal]"),
    ),
    Defect(
        "viewer-makes-artifact",
        "ARTIFACT-5",
        "Viewers may make characters for a team.",
        lambda sandbox: _while_making(sandbox, sandbox.access.may_see),
        (f"{_BELONGS}[a team I view-no project]",),
    ),
    Defect(
        "artifact-made-for-team-mate",
        "INV-X5",
        "A member may make characters for the membership of another.",
        _for_team_mates,
        (f"{_BELONGS}[the membership of another-no project]",),
    ),
    Defect(
        "unknown-conversation-invalid",
        "ARTIFACT-6",
        "A conversation that is not the caller's is answered 400.",
        _unknown_talk_invalid,
        (f"{_MADE}[character-from no conversation]", f"{_MADE}[storyboard-from somebody's conversation]"),
    ),
    Defect(
        "viewer-deletes-artifact",
        "ARTIFACT-7",
        "Whoever sees an artifact may delete it.",
        lambda sandbox: fix(sandbox.artifacts.may_delete, True),
        (f"{_RIGHTS}[viewer-team]",),
    ),
    Defect(
        "member-deletes-artifact-of-others",
        "ARTIFACT-7",
        "Members may delete whatever the team has.",
        _members_own_all,
        (f"{_RIGHTS}[member-team]",),
    ),
    Defect(
        "deleted-artifact-stays",
        "ARTIFACT-8",
        "A deleted artifact is still there.",
        lambda sandbox: fix(sandbox.artifacts.remove, None),
        (_GONE, f"{_RIGHTS}[owner-team]"),
    ),
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
        "character-without-prompt",
        "INV-ART-CHAR",
        "The prompt of a character may be missing or blank.",
        lambda sandbox: fix(sandbox.artifacts.check_character, None),
        (f"{_MADE}[character-a blank prompt]", f"{_MADE}[character-a null prompt]"),
    ),
    Defect(
        "members-own-in-project",
        "INV-X6",
        "What belongs to a membership may go into a project.",
        _member_s_own_in_project,
        (f"{_BELONGS}[my membership-my team's]",),
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
