"""Defects of accepting and declining: who may, and what it brings."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.http import Call, conflict

_ANSWERS = "tests/lifecycle/test_invitation_answers.py"
_ACCEPTED = f"{_ANSWERS}::test_whoever_accepts_is_a_member_and_a_creator"
_DECLINED = f"{_ANSWERS}::test_a_declined_invitation_changes_nothing_and_may_be_repeated"
_ADDRESSEE = f"{_ANSWERS}::test_an_invitation_is_answered_by_whom_it_is_for"
_ANY_CASE = f"{_ANSWERS}::test_an_address_works_end_to_end_in_any_case"
_ONCE_MORE = f"{_ANSWERS}::test_whoever_is_in_the_team_cannot_join_once_more"
_AT_ONCE = "tests/properties/test_invitation_races.py::test_joining_two_teams_at_once_makes_one_first_team"
_DELETION = "tests/lifecycle/test_account_deletion.py"
_BACK = f"{_DELETION}::test_a_deleted_member_may_be_invited_and_come_back"
_NO_MEMBER_YET = "tests/lifecycle/test_members.py::test_an_invited_starter_is_no_member_yet"


def _always_a_member(sandbox: Sandbox) -> None:
    add = sandbox.teams.add_member

    def level(team_id: str, user_id: str, role: str) -> None:
        add(team_id, user_id, role if role == "owner" else "member")

    replace(sandbox.teams.add_member, level)


def _after_joining(sandbox: Sandbox, change: Any) -> None:
    """Do something to whoever was a starter before accepting, given the user's and the team's id."""
    accept = sandbox.invitations.accept_invitation

    def joined(call: Call) -> Response:
        response = accept(call)
        if not call.caller.is_creator:
            invitation = sandbox.invitations.existing(call.path_uuid("invitation_id"))
            change(call.caller.id, invitation["team_id"])
        return response

    replace(sandbox.invitations.accept_invitation, joined)


def _no_first_team(sandbox: Sandbox) -> None:
    others = "SELECT team_id FROM memberships WHERE user_id = ? AND team_id <> ?"

    def take(user_id: str, team_id: str) -> None:
        for team in sandbox.database.all(others, (user_id, team_id)):
            sandbox.removal.remove_team(team["team_id"])

    _after_joining(sandbox, take)


def _still_a_starter(sandbox: Sandbox) -> None:
    def demote(user_id: str, _team_id: str) -> None:
        sandbox.accounts.change(user_id, {"tier": "starter", "upgraded_at": None})

    _after_joining(sandbox, demote)


def _in_by_invitation(sandbox: Sandbox) -> None:
    """Whoever is invited and has an account is in the team at once."""

    def let_in(invitation: sqlite3.Row) -> sqlite3.Row:
        email = invitation["email_key"]
        user = sandbox.database.one("SELECT id FROM users WHERE email_key = ?", email)
        if user is not None:
            sandbox.teams.add_member(invitation["team_id"], user["id"], invitation["role"])
        return invitation

    alter(sandbox.invitations.insert, let_in)


def _joined_twice(sandbox: Sandbox) -> None:
    """The table wants memberships to differ, so the second one of somebody is only listed."""
    add, doubled = sandbox.teams.add_member, set[tuple[str, str]]()

    def tolerant(team_id: str, user_id: str, role: str) -> None:
        if sandbox.access.role(user_id, team_id) is None:
            add(team_id, user_id, role)
        else:
            doubled.add((team_id, user_id))

    def listed(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [each for each in members for _ in range(1 + ((each["team_id"], each["user_id"]) in doubled))]

    fix(sandbox.invitations.check_not_in_team, None)
    replace(sandbox.teams.add_member, tolerant)
    alter(sandbox.members.list_members, lambda response: with_body(response, listed))


def _declining_upgrades(sandbox: Sandbox) -> None:
    decline = sandbox.invitations.decline_invitation

    def upgrade(call: Call) -> Response:
        response = decline(call)
        if not call.caller.is_creator:
            sandbox.accounts.become_creator(call.caller.id)
        return response

    replace(sandbox.invitations.decline_invitation, upgrade)


def _declined_for_good(sandbox: Sandbox) -> None:
    check = sandbox.invitations.check_not_a_member
    declined = "SELECT 1 FROM invitations WHERE team_id = ? AND email_key = ? AND declined_at IS NOT NULL"

    def offended(team_id: str, email: str) -> None:
        check(team_id, email)
        if sandbox.database.one(declined, team_id, email.lower()) is not None:
            raise conflict("the address has declined before")

    replace(sandbox.invitations.check_not_a_member, offended)


DEFECTS = (
    Defect(
        "invited-role-ignored",
        "INVITE-9",
        "Whoever accepts becomes a member, whatever role the invitation is for.",
        _always_a_member,
        (f"{_ACCEPTED}[creator-viewer]", f"{_ACCEPTED}[newcomer-admin]"),
    ),
    Defect(
        "invitee-without-first-team",
        "INVITE-10",
        "A starter who accepts gets no first team.",
        _no_first_team,
        (_AT_ONCE, _BACK),
    ),
    Defect(
        "member-is-a-starter",
        "INV-M4",
        "A starter who accepts stays a starter.",
        _still_a_starter,
        (f"{_ACCEPTED}[starter-viewer]",),
    ),
    Defect(
        "invited-starter-is-member",
        "INV-U3",
        "Whoever is invited is in the team without having accepted.",
        _in_by_invitation,
        (_NO_MEMBER_YET,),
    ),
    Defect(
        "joined-twice",
        "INV-M3",
        "Somebody who is in a team may accept a second invitation into it.",
        _joined_twice,
        (_ONCE_MORE,),
    ),
    Defect(
        "declining-upgrades",
        "INVITE-11",
        "A starter who declines becomes a creator.",
        _declining_upgrades,
        (_DECLINED,),
    ),
    Defect(
        "declined-for-good",
        "INVITE-11",
        "Whoever has declined cannot be invited again.",
        _declined_for_good,
        (_DECLINED,),
    ),
    Defect(
        "answered-by-anybody",
        "INVITE-12",
        "Anybody may answer an invitation.",
        lambda sandbox: fix(sandbox.invitations.check_addressee, None),
        (_ADDRESSEE,),
    ),
    Defect(
        "answered-only-as-spelled",
        "INVITE-5",
        "An invitation sent in capitals cannot be accepted.",
        lambda sandbox: replace(sandbox.invitations.same_address, lambda one, other: one == other),
        (f"{_ANY_CASE}[{{}}-upper]",),
    ),
)
