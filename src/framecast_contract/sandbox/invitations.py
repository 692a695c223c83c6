"""Invitations into teams: sent, taken back, sent again, accepted and declined (accounts-and-teams 7).

What became of an invitation is not stored but follows from its times, so that one expires by itself.
"""

import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.addresses import is_email
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    Refusal,
    choice,
    conflict,
    forbidden,
    format_timestamp,
    invalid,
    not_found,
    required,
    text,
)

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

MAX_EMAIL = 255
ROLES = ("admin", "member", "viewer")
STATES = ("pending", "accepted", "declined", "expired", "revoked")
_PENDING = "accepted_at IS NULL AND declined_at IS NULL AND revoked_at IS NULL AND expires_at > ?"
_SHOWN = ("id", "team_id", "email", "role", "invited_by", "expires_at", "created_at")


class Invitations:
    """The six operations, and the rules behind them."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_invitations(self, call: Call) -> Response:
        """The team's invitations, newest first, of one state or of all."""
        team_id, state = call.path_uuid("team_id"), call.query().choice("state", STATES)
        self._sandbox.members.require_manager(call.caller, team_id)
        rows = self._sandbox.database.all(
            "SELECT * FROM invitations WHERE team_id = ? ORDER BY created_at DESC", (team_id,)
        )
        return JSONResponse([self.view(row) for row in rows if state in (None, self.state(row))])

    def create_invitation(self, call: Call) -> Response:
        """Invite an address; a pending invitation of the same address gives way to the new one."""
        team_id, body = call.path_uuid("team_id"), call.body()
        email = self.address(required(text(body, "email", 1, MAX_EMAIL), "email"))
        role = choice(body, "role", ROLES) or "member"
        self.check_not_oneself(call.caller, email)
        self._sandbox.members.require_manager(call.caller, team_id)
        self.check_not_a_member(team_id, email)
        earlier = self.pending_for(team_id, email)
        if earlier is None:
            self.check_pending_limit(team_id)
        self.check_daily_limit(team_id)
        if earlier is not None:
            self.note(earlier, "revoked_at")
        return self._mailed(call.caller, self.insert(team_id, email, role, call.caller.id), 201)

    def revoke_invitation(self, call: Call) -> Response:
        """Take a pending invitation back."""
        invitation = self.of_team(call)
        self.check_pending(invitation)
        self.note(invitation, "revoked_at")
        return Response(status_code=204)

    def resend_invitation(self, call: Call) -> Response:
        """Send the mail again and let the time run anew."""
        invitation = self.of_team(call)
        self.check_pending(invitation)
        expiry = max(self.expiry(self._sandbox.stamp()), invitation["expires_at"])
        self._sandbox.database.update("invitations", invitation["id"], {"expires_at": expiry})
        return self._mailed(call.caller, self.existing(invitation["id"]), 200)

    def accept_invitation(self, call: Call) -> Response:
        """Join the team; whoever is no creator yet becomes one first, personal team included."""
        invitation = self.existing(call.path_uuid("invitation_id"))
        team_id, user_id = invitation["team_id"], call.caller.id
        self.check_addressee(call.caller, invitation)
        self.check_pending(invitation)
        self.check_not_in_team(user_id, team_id)
        self._sandbox.members.check_may_join_another(user_id)
        if not call.caller.is_creator:
            self._sandbox.accounts.become_creator(user_id)
        self.note(invitation, "accepted_at")
        self._sandbox.teams.add_member(team_id, user_id, invitation["role"])
        return JSONResponse(self._sandbox.members.view(self._sandbox.members.in_team(team_id, user_id)))

    def decline_invitation(self, call: Call) -> Response:
        invitation = self.existing(call.path_uuid("invitation_id"))
        self.check_addressee(call.caller, invitation)
        self.check_pending(invitation)
        self.note(invitation, "declined_at")
        return Response(status_code=204)

    def state(self, invitation: sqlite3.Row) -> str:
        """The first state that fits (conventions 13)."""
        for state in ("accepted", "declined", "revoked"):
            if invitation[f"{state}_at"] is not None:
                return state
        return "expired" if invitation["expires_at"] <= self._sandbox.now() else "pending"

    def address(self, email: str) -> str:
        if not is_email(email):
            raise invalid("email must be an e-mail address")
        return email

    def check_not_oneself(self, caller: Caller, email: str) -> None:
        """400 for the caller's own address in any case (INV-I7)."""
        if self.same_address(email, caller.user["email"]):
            raise invalid("nobody invites themselves")

    def check_not_a_member(self, team_id: str, email: str) -> None:
        """409 for the address of somebody who is in the team already (INV-I8)."""
        if self._sandbox.members.with_address(team_id, email) is not None:
            raise conflict("the address belongs to a member of the team")

    def check_pending_limit(self, team_id: str) -> None:
        """409 when as many invitations wait for an answer as may (CARD-4)."""
        waiting = self._number(f"team_id = ? AND {_PENDING}", team_id, self._sandbox.now())
        if waiting >= self._sandbox.settings.pending_invitations_per_team:
            raise conflict("the team has its maximum of pending invitations")

    def check_daily_limit(self, team_id: str) -> None:
        """429 when the team has sent its share of this UTC day; without a `retryAfter`, which is of rates."""
        midnight = f"{self._sandbox.now()[:10]}T00:00:00.000000Z"
        sent = self._number("team_id = ? AND created_at >= ?", team_id, midnight)
        if sent >= self._sandbox.settings.invitations_per_day:
            raise Refusal(429, "RATE_LIMIT_EXCEEDED", "the team has sent its invitations of today")

    def check_addressee(self, caller: Caller, invitation: sqlite3.Row) -> None:
        """403 for everybody whose account has another address than the invitation."""
        if not self.same_address(caller.user["email"], invitation["email"]):
            raise forbidden("the invitation is for another address")

    def check_pending(self, invitation: sqlite3.Row) -> None:
        state = self.state(invitation)
        if state != "pending":
            raise conflict(f"the invitation is {state}")

    def check_not_in_team(self, user_id: str, team_id: str) -> None:
        """409 for a second membership of the same person (INV-M3)."""
        if self._sandbox.access.role(user_id, team_id) is not None:
            raise conflict("already a member of the team")

    def same_address(self, one: str, other: str) -> bool:
        return one.lower() == other.lower()

    def pending_for(self, team_id: str, email: str) -> sqlite3.Row | None:
        """The invitation into the team that this address has not answered yet; there is at most one."""
        return self._sandbox.database.one(
            f"SELECT * FROM invitations WHERE team_id = ? AND email_key = ? AND {_PENDING}",
            team_id,
            email.lower(),
            self._sandbox.now(),
        )

    def of_team(self, call: Call) -> sqlite3.Row:
        """The invitation in the path: 403 for who does not manage the team, 404 for one of another team."""
        team_id, invitation_id = call.path_uuid("team_id"), call.path_uuid("invitation_id")
        self._sandbox.members.require_manager(call.caller, team_id)
        invitation = self.existing(invitation_id)
        if invitation["team_id"] != team_id:
            raise not_found("invitation")
        return invitation

    def existing(self, invitation_id: str) -> sqlite3.Row:
        row = self._sandbox.database.one("SELECT * FROM invitations WHERE id = ?", invitation_id)
        if row is None:
            raise not_found("invitation")
        return row

    def note(self, invitation: sqlite3.Row, column: str) -> None:
        """Set the moment at which the invitation was answered or taken back."""
        self._sandbox.database.update("invitations", invitation["id"], {column: self._sandbox.stamp()})

    def expiry(self, moment: str) -> str:
        """When an invitation sent at this moment ends."""
        life = timedelta(seconds=self._sandbox.settings.invitation_life_seconds)
        return format_timestamp(datetime.fromisoformat(moment) + life)

    def insert(self, team_id: str, email: str, role: str, invited_by: str) -> sqlite3.Row:
        invitation_id, moment = self._sandbox.new_id(), self._sandbox.stamp()
        row = {
            "id": invitation_id,
            "team_id": team_id,
            "email": email,
            "email_key": email.lower(),
            "role": role,
            "invited_by": invited_by,
            "expires_at": self.expiry(moment),
            "created_at": moment,
        }
        self._sandbox.database.insert("invitations", row)
        return self.existing(invitation_id)

    def _mailed(self, caller: Caller, invitation: sqlite3.Row, status: int) -> Response:
        response = JSONResponse(self.view(invitation), status)
        response.background = self._sandbox.mail.invite(invitation, caller)
        return response

    def _number(self, condition: str, *values: str) -> int:
        row = self._sandbox.database.one(f"SELECT count(*) AS n FROM invitations WHERE {condition}", *values)
        return 0 if row is None else int(row["n"])

    def view(self, invitation: sqlite3.Row) -> dict[str, Any]:
        """`Invitation`: its state instead of the times that make it."""
        return {name: invitation[name] for name in _SHOWN} | {"state": self.state(invitation)}
