"""Defects of leaving a team and of being removed from it: who may, what ends, and what stays."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, fix, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, conflict

_MEMBERS = "tests/lifecycle/test_members.py"
_NOBODY = f"{_MEMBERS}::test_whoever_does_not_exist_is_not_in_the_team"
_GONE = f"{_MEMBERS}::test_whoever_is_gone_sees_nothing_of_the_team_and_may_be_invited_again"
_ONLY_TEAM = f"{_MEMBERS}::test_nobody_is_removed_from_the_only_team"
_ONLY_TEAM_LEFT = f"{_MEMBERS}::test_nobody_leaves_the_only_team"
_LAST_OWNER = f"{_MEMBERS}::test_everybody_may_leave_but_the_last_owner"
_ANOTHER_OWNER = f"{_MEMBERS}::test_an_owner_may_leave_once_there_is_another"
_NOWHERE = f"{_MEMBERS}::test_a_team_that_does_not_exist_cannot_be_left"
_ALONE = f"{_MEMBERS}::test_a_team_ends_when_its_only_member_leaves"
_TEAMS = "tests/lifecycle/test_teams.py"
_ONLY_TEAM_DELETED = f"{_TEAMS}::test_the_only_team_of_a_creator_is_not_deleted"


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


DEFECTS = (
    Defect(
        "nobody-removed",
        "MEMBER-6",
        "Removing somebody who is not in the team succeeds.",
        lambda sandbox: _shrugged_off(sandbox.members.remove_member),
        (_NOBODY,),
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
        lambda sandbox: _shrugged_off(sandbox.members.leave_team),
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
    Defect(
        "team-left-empty", "INV-T1", "A team stays when its only member leaves.", _team_left_empty, (_ALONE,)
    ),
    Defect(
        "creator-without-team",
        "INV-U2",
        "A creator may lose the only team.",
        lambda sandbox: fix(sandbox.members.check_not_only_team, None),
        (_ONLY_TEAM, f"{_ONLY_TEAM_LEFT}[member]", _ONLY_TEAM_DELETED),
    ),
)
