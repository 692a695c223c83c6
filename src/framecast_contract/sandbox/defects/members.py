"""Defects of members: their roles, their list, and who removes whom or leaves."""

import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, Refusal, conflict, not_found
from framecast_contract.sandbox.members import ROLES

_MEMBERS = "tests/lifecycle/test_members.py"
_ROLE_GIVEN = f"{_MEMBERS}::test_who_may_give_whom_which_role"
_REMOVED = f"{_MEMBERS}::test_who_may_remove_whom"
_ONESELF = f"{_MEMBERS}::test_nobody_changes_or_removes_oneself"
_KNOWN_ROLE = f"{_MEMBERS}::test_a_role_is_one_of_four"
_ALIKE = f"{_MEMBERS}::test_a_team_one_is_not_in_and_no_team_at_all_look_alike"
_NOBODY = f"{_MEMBERS}::test_whoever_does_not_exist_is_not_in_the_team"
_AT_ONCE = f"{_MEMBERS}::test_a_new_role_counts_at_once"
_LISTED = f"{_MEMBERS}::test_members_are_listed_by_role_then_by_name_the_nameless_last"
_PROFILE = f"{_MEMBERS}::test_a_member_is_shown_with_the_profile_of_the_account"
_GONE = f"{_MEMBERS}::test_whoever_is_gone_sees_nothing_of_the_team_and_may_be_invited_again"
_ONLY_TEAM = f"{_MEMBERS}::test_nobody_is_removed_from_the_only_team"
_ONLY_TEAM_LEFT = f"{_MEMBERS}::test_nobody_leaves_the_only_team"
_LAST_OWNER = f"{_MEMBERS}::test_everybody_may_leave_but_the_last_owner"
_ANOTHER_OWNER = f"{_MEMBERS}::test_an_owner_may_leave_once_there_is_another"
_NOWHERE = f"{_MEMBERS}::test_a_team_that_does_not_exist_cannot_be_left"
_ALONE = f"{_MEMBERS}::test_a_team_ends_when_its_only_member_leaves"
_TEAMS = "tests/lifecycle/test_teams.py"
_NEW_TEAM = f"{_TEAMS}::test_a_new_team_has_its_maker_as_its_only_member"
_ONLY_TEAM_DELETED = f"{_TEAMS}::test_the_only_team_of_a_creator_is_not_deleted"


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


def _nobody_removed(sandbox: Sandbox) -> None:
    _shrugged_off(sandbox.members.remove_member)


def _nothing_left(sandbox: Sandbox) -> None:
    _shrugged_off(sandbox.members.leave_team)


def _shrugged_off(operation: Any) -> None:
    """What is not there is gone, so this counts as done."""

    def lax(call: Call) -> Response:
        try:
            response: Response = operation(call)
        except Refusal as refusal:
            if refusal.status != 404:
                raise
            return Response(status_code=204)
        return response

    replace(operation, lax)


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


def _sight_kept(sandbox: Sandbox) -> None:
    remove, owners = sandbox.members.remove, sandbox.access.visible_owners
    kept = list[tuple[str, str]]()

    def part(membership: sqlite3.Row) -> None:
        kept.append((membership["user_id"], f"framecast:team:{membership['team_id']}"))
        remove(membership)

    def still(caller: Caller) -> list[str]:
        return [*owners(caller), *(urn for user, urn in kept if user == caller.id)]

    replace(sandbox.members.remove, part)
    replace(sandbox.access.visible_owners, still)


def _gone_for_good(sandbox: Sandbox) -> None:
    remove, check, gone = sandbox.members.remove, sandbox.invitations.check_not_a_member, set[str]()

    def part(membership: sqlite3.Row) -> None:
        gone.add(membership["user_email"])
        remove(membership)

    def unforgiving(team_id: str, email: str) -> None:
        check(team_id, email)
        if email in gone:
            raise conflict("the address belongs to somebody who has left")

    replace(sandbox.members.remove, part)
    replace(sandbox.invitations.check_not_a_member, unforgiving)


def _admins_count(sandbox: Sandbox) -> None:
    leading = "SELECT 1 FROM memberships WHERE team_id = ? AND role IN ('owner', 'admin')"
    replace(sandbox.members.owners, lambda team_id: len(sandbox.database.all(leading, (team_id,))))


def _leaving_alone(sandbox: Sandbox, ending: Any) -> None:
    """Another ending for who leaves a team as its only member."""
    leave_team = sandbox.members.leave_team

    def leave(call: Call) -> Response:
        membership = sandbox.members.find(call.path_uuid("team_id"), call.caller.id)
        if membership is None or sandbox.members.count(membership["team_id"]) > 1:
            return leave_team(call)
        ending(membership)
        return Response(status_code=204)

    replace(sandbox.members.leave_team, leave)


def _team_left_empty(sandbox: Sandbox) -> None:
    _leaving_alone(sandbox, sandbox.members.remove)


def _nobody_leaves_alone(sandbox: Sandbox) -> None:
    def refuse(_membership: sqlite3.Row) -> None:
        raise conflict("this is the last member of the team")

    _leaving_alone(sandbox, refuse)


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
        "nobody-removed",
        "MEMBER-6",
        "Removing somebody who is not in the team succeeds.",
        _nobody_removed,
        (_NOBODY,),
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
        "sight-after-leaving",
        "MEMBER-8",
        "Whoever has left a team goes on to list what it owns.",
        _sight_kept,
        (f"{_GONE}[removed]", f"{_GONE}[leaving]"),
    ),
    Defect(
        "never-invited-again",
        "MEMBER-8",
        "Whoever was in a team once cannot be invited any more.",
        _gone_for_good,
        (f"{_GONE}[removed]",),
    ),
    Defect(
        "unknown-team-left",
        "MEMBER-9",
        "Leaving a team one is not in succeeds.",
        _nothing_left,
        (_NOWHERE, f"{_LAST_OWNER}[stranger]"),
    ),
    Defect(
        "admin-counts-as-owner",
        "MEMBER-10",
        "The last owner may leave when there is an admin.",
        _admins_count,
        (_ANOTHER_OWNER,),
    ),
    Defect(
        "last-owner-leaves",
        "INV-T2",
        "The last owner may leave a team with others in it.",
        lambda sandbox: fix(sandbox.members.check_not_last_owner, None),
        (f"{_LAST_OWNER}[owner]",),
    ),
    Defect(
        "nobody-leaves-alone",
        "MEMBER-11",
        "The only member of a team cannot leave it.",
        _nobody_leaves_alone,
        (_ALONE,),
    ),
    Defect("team-left-empty", "INV-T1", "A team stays when its only member leaves.", _team_left_empty, (_ALONE,)),
    Defect(
        "old-name-shown",
        "MEMBER-12",
        "Members are shown with the name that they had at first.",
        _name_remembered,
        (_PROFILE,),
    ),
    Defect(
        "creator-without-team",
        "INV-U2",
        "A creator may lose the only team.",
        lambda sandbox: fix(sandbox.members.check_not_only_team, None),
        (_ONLY_TEAM, f"{_ONLY_TEAM_LEFT}[member]", _ONLY_TEAM_DELETED),
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
