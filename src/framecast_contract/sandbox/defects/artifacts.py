"""Defects of artifacts: who makes, sees and deletes them, and for whom."""

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
_LISTED = f"{_ARTIFACTS}::test_a_list_keeps_what_fits_every_filter"

Json = dict[str, Any]


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
)
