"""Who belongs to a team, and as what (accounts-and-teams 6)."""

import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import MANAGING_ROLES
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    choice,
    conflict,
    forbidden,
    invalid,
    not_found,
    required,
)

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

ROLES = ("owner", "admin", "member", "viewer")
_SEEN = (
    "SELECT memberships.*, users.email AS user_email, users.name AS user_name,"
    " users.avatar_url AS user_avatar_url FROM memberships JOIN users ON users.id = memberships.user_id"
    " WHERE memberships.team_id = ?"
)
_BY_ROLE_AND_NAME = (
    " ORDER BY CASE memberships.role WHEN 'owner' THEN 0 WHEN 'admin' THEN 1 WHEN 'member' THEN 2 ELSE 3 END,"
    " users.name NULLS LAST, memberships.created_at"
)
_SHOWN = ("id", "team_id", "user_id", "role", "created_at", "user_email", "user_name", "user_avatar_url")


class Members:
    """The four operations on memberships, and the rules that keep a team owned and a creator in a team."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_members(self, call: Call) -> Response:
        """Everybody in the team: owners first, then admins, members, viewers; by name, the nameless last."""
        team_id = call.path_uuid("team_id")
        self.require_member(call.caller, team_id)
        rows = self._sandbox.database.all(_SEEN + _BY_ROLE_AND_NAME, (team_id,))
        return JSONResponse([self.view(row) for row in rows])

    def update_member_role(self, call: Call) -> Response:
        """Give somebody else in the team another role."""
        team_id, user_id = call.path_uuid("team_id"), call.path_uuid("user_id")
        role = required(choice(call.body(), "role", ROLES), "role")
        self.check_somebody_else(call.caller, user_id)
        own_role = self.require_manager(call.caller, team_id)
        self.check_may_grant(own_role, role)
        target = self.in_team(team_id, user_id)
        self.check_may_touch(own_role, target)
        if role == "owner" and target["role"] != "owner":
            self.check_may_own_another(user_id)
        if role != "owner":
            self.check_not_last_owner(target)
        self._sandbox.database.update("memberships", target["id"], {"role": role})
        return JSONResponse(self.view(self.in_team(team_id, user_id)))

    def remove_member(self, call: Call) -> Response:
        """Put somebody else out of the team."""
        team_id, user_id = call.path_uuid("team_id"), call.path_uuid("user_id")
        self.check_somebody_else(call.caller, user_id)
        own_role = self.require_manager(call.caller, team_id)
        target = self.in_team(team_id, user_id)
        self.check_may_touch(own_role, target)
        self.check_not_only_team(user_id)
        self.check_not_last_owner(target)
        self.remove(target)
        return Response(status_code=204)

    def leave_team(self, call: Call) -> Response:
        """Go; whoever was alone in the team takes it along."""
        membership = self.find(call.path_uuid("team_id"), call.caller.id)
        if membership is None:
            raise not_found("team")
        alone = self.count(membership["team_id"]) == 1
        if not alone:
            self.check_not_last_owner(membership)
        self.check_not_only_team(call.caller.id)
        if alone:
            return self._sandbox.removal.gone(self._sandbox.removal.remove_team(membership["team_id"]))
        self.remove(membership)
        return Response(status_code=204)

    def require_member(self, caller: Caller, team_id: str) -> str:
        """The caller's role; 403 for a team the caller is not in, whether it exists or not."""
        role = self._sandbox.access.role(caller.id, team_id)
        if role is None:
            raise forbidden("only for members of the team")
        return role

    def require_manager(self, caller: Caller, team_id: str) -> str:
        """The caller's role; 403 unless it is owner or admin."""
        role = self.require_member(caller, team_id)
        if role not in MANAGING_ROLES:
            raise forbidden("only for owners and admins of the team")
        return role

    def check_somebody_else(self, caller: Caller, user_id: str) -> None:
        """Nobody changes the own role or puts themselves out (conventions 11)."""
        if user_id == caller.id:
            raise invalid("this is your own membership; to go, leave the team")

    def check_may_grant(self, own_role: str, role: str) -> None:
        if role == "owner" and own_role != "owner":
            raise forbidden("only an owner makes an owner")

    def check_may_touch(self, own_role: str, target: sqlite3.Row) -> None:
        if target["role"] == "owner" and own_role != "owner":
            raise forbidden("only an owner changes or removes an owner")

    def check_may_own_another(self, user_id: str) -> None:
        """409 for whoever owns as many teams as one may (INV-T7)."""
        owned = self._number("memberships WHERE user_id = ? AND role = 'owner'", user_id)
        if owned >= self._sandbox.settings.owned_teams_per_user:
            raise conflict("this person owns the maximum of teams")

    def check_may_join_another(self, user_id: str) -> None:
        """409 for whoever is in as many teams as one may be (INV-T8)."""
        if self.teams_of(user_id) >= self._sandbox.settings.memberships_per_user:
            raise conflict("this person belongs to the maximum of teams")

    def check_not_last_owner(self, membership: sqlite3.Row) -> None:
        """409 when the team would be without an owner (INV-T2)."""
        if membership["role"] == "owner" and self.owners(membership["team_id"]) == 1:
            raise conflict("this is the last owner of the team")

    def check_not_only_team(self, user_id: str) -> None:
        """409 when a creator would be in no team any more (INV-U2)."""
        if self.teams_of(user_id) == 1:
            raise conflict("this is the only team of that person")

    def count(self, team_id: str) -> int:
        return self._number("memberships WHERE team_id = ?", team_id)

    def owners(self, team_id: str) -> int:
        return self._number("memberships WHERE team_id = ? AND role = 'owner'", team_id)

    def teams_of(self, user_id: str) -> int:
        """How many teams a person is in."""
        return self._number("memberships WHERE user_id = ?", user_id)

    def _number(self, rows: str, value: str) -> int:
        row = self._sandbox.database.one(f"SELECT count(*) AS n FROM {rows}", value)
        return 0 if row is None else int(row["n"])

    def find(self, team_id: str, user_id: str) -> sqlite3.Row | None:
        """The membership with what it shows of its user."""
        return self._sandbox.database.one(f"{_SEEN} AND memberships.user_id = ?", team_id, user_id)

    def in_team(self, team_id: str, user_id: str) -> sqlite3.Row:
        """`find`, but 404 when the person is not in the team."""
        membership = self.find(team_id, user_id)
        if membership is None:
            raise not_found("member")
        return membership

    def with_address(self, team_id: str, email: str) -> sqlite3.Row | None:
        """The member whose account has this address in any case."""
        return self._sandbox.database.one(f"{_SEEN} AND users.email_key = ?", team_id, email.lower())

    def remove(self, membership: sqlite3.Row) -> None:
        self._sandbox.database.run("DELETE FROM memberships WHERE id = ?", membership["id"])

    def view(self, membership: sqlite3.Row) -> dict[str, Any]:
        """`Membership` as it goes over the wire."""
        return {name: membership[name] for name in _SHOWN}
