"""Defects of members: their list, their roles, and who gives them."""

import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, not_found
from framecast_contract.sandbox.members import ROLES

_MEMBERS = "tests/lifecycle/test_members.py"
_ROLE_GIVEN = f"{_MEMBERS}::test_who_may_give_whom_which_role"
_REMOVED = f"{_MEMBERS}::test_who_may_remove_whom"
_ONESELF = f"{_MEMBERS}::test_nobody_changes_or_removes_oneself"
_KNOWN_ROLE = f"{_MEMBERS}::test_a_role_is_one_of_four"
_ALIKE = f"{_MEMBERS}::test_a_team_one_is_not_in_and_no_team_at_all_look_alike"
_AT_ONCE = f"{_MEMBERS}::test_a_new_role_counts_at_once"
_LISTED = f"{_MEMBERS}::test_members_are_listed_by_role_then_by_name_the_nameless_last"
_PROFILE = f"{_MEMBERS}::test_a_member_is_shown_with_the_profile_of_the_account"
_TEAMS = "tests/lifecycle/test_teams.py"
_NEW_TEAM = f"{_TEAMS}::test_a_new_team_has_its_maker_as_its_only_member"


def _sorted(sandbox: Sandbox, key: Any) -> None:
    alter(
        sandbox.members.list_members,
        lambda response: with_body(response, lambda members: sorted(members, key=key)),
    )


def _nameless_first(member: dict[str, Any]) -> tuple[int, str]:
    return ROLES.index(member["role"]), member["user_name"] or ""


def _unknown_team_told(sandbox: Sandbox) -> None:
    require = sandbox.members.require_member

    def tell(caller: Caller, team_id: str) -> str:
        if sandbox.teams.find(team_id) is None:
            raise not_found("team")
        return require(caller, team_id)

    replace(sandbox.members.require_member, tell)


def _any_role(sandbox: Sandbox) -> None:
    update_role = sandbox.members.update_member_role

    def obedient(call: Call) -> Response:
        role = call.body().get("role")
        if not isinstance(role, str) or role in ROLES:
            return update_role(call)
        update_role(asking(call, role="member"))
        member = sandbox.members.in_team(call.path_uuid("team_id"), call.path_uuid("user_id"))
        sandbox.database.update("memberships", member["id"], {"role": role})
        return JSONResponse(sandbox.members.view(as_if(member, role=role)))

    replace(sandbox.members.update_member_role, obedient)


def _new_membership(sandbox: Sandbox) -> None:
    update = sandbox.database.update

    def renew(table: str, identifier: str, changes: dict[str, Any]) -> None:
        update(table, identifier, changes | {"id": sandbox.new_id()} if table == "memberships" else changes)

    replace(sandbox.database.update, renew)


def _role_remembered(sandbox: Sandbox) -> None:
    entered, first = sandbox.teams.entered, dict[tuple[str, str], str]()

    def stale(caller: Caller, team_id: str) -> sqlite3.Row:
        team = entered(caller, team_id)
        return as_if(team, user_role=first.setdefault((caller.id, team_id), team["user_role"]))

    replace(sandbox.teams.entered, stale)


def _name_remembered(sandbox: Sandbox) -> None:
    names = dict[str, Any]()
    alter(
        sandbox.members.view,
        lambda shown: shown | {"user_name": names.setdefault(shown["user_id"], shown["user_name"])},
    )


DEFECTS = (
    Defect(
        "members-by-arrival",
        "MEMBER-1",
        "Members are listed in the order in which they came.",
        lambda sandbox: _sorted(sandbox, lambda member: member["created_at"]),
        (_LISTED,),
    ),
    Defect(
        "nameless-members-first",
        "MEMBER-1",
        "Members without a name are listed before the others of their role.",
        lambda sandbox: _sorted(sandbox, _nameless_first),
        (_LISTED,),
    ),
    Defect(
        "members-tell-unknown-team",
        "MEMBER-2",
        "The members of no team at all are answered 404, which tells that other teams exist.",
        _unknown_team_told,
        (_ALIKE,),
    ),
    Defect(
        "own-role-changed",
        "MEMBER-3",
        "Owners and admins may change their own role and remove themselves.",
        lambda sandbox: fix(sandbox.members.check_somebody_else, None),
        (f"{_ONESELF}[admin]", f"{_ONESELF}[stranger]"),
    ),
    Defect(
        "viewer-manages-members",
        "MEMBER-4",
        "Everybody in a team may change roles and remove others.",
        lambda sandbox: replace(sandbox.members.require_manager, sandbox.members.require_member),
        (f"{_ROLE_GIVEN}[viewer-member]", f"{_REMOVED}[member-viewer]"),
    ),
    Defect(
        "admin-makes-owner",
        "MEMBER-5",
        "An admin may make others owners.",
        lambda sandbox: fix(sandbox.members.check_may_grant, None),
        (f"{_ROLE_GIVEN}[admin-viewer]",),
    ),
    Defect(
        "admin-removes-owner",
        "MEMBER-5",
        "An admin may demote and remove owners.",
        lambda sandbox: fix(sandbox.members.check_may_touch, None),
        (f"{_REMOVED}[admin-owner]", f"{_ROLE_GIVEN}[admin-owner]"),
    ),
    Defect(
        "role-makes-new-membership",
        "MEMBER-7",
        "With another role a membership gets another id.",
        _new_membership,
        (_AT_ONCE,),
    ),
    Defect(
        "role-remembered",
        "MEMBER-7",
        "A team goes on to show and heed the first role that somebody had.",
        _role_remembered,
        (_AT_ONCE,),
    ),
    Defect(
        "old-name-shown",
        "MEMBER-12",
        "Members are shown with the name that they had at first.",
        _name_remembered,
        (_PROFILE,),
    ),
    Defect(
        "membership-of-another-team",
        "INV-M1",
        "Memberships name another team than that they are in.",
        lambda sandbox: alter(sandbox.members.view, lambda shown: shown | {"team_id": shown["id"]}),
        (_NEW_TEAM,),
    ),
    Defect(
        "any-role-accepted",
        "INV-M2",
        "A member may be given any text as a role.",
        _any_role,
        (f"{_KNOWN_ROLE}[{{'role': 'boss'}}-owner]",),
    ),
)
