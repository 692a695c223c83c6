"""Defects of how invitations end: answered, revoked, replaced or by themselves, and then for good."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, as_if, fix, replace, with_body
from framecast_contract.sandbox.http import Call
from framecast_contract.sandbox.upstreams import UpstreamError

_ENDINGS = "tests/lifecycle/test_invitation_endings.py"
_REPLACED = f"{_ENDINGS}::test_inviting_again_replaces_the_pending_invitation"
_RESENT = f"{_ENDINGS}::test_resending_gives_seven_days_from_now"
_EXPIRED = f"{_ENDINGS}::test_an_invitation_expires_after_seven_days"
_NO_MAIL = f"{_ENDINGS}::test_an_invitation_stands_without_its_mail"
_ENDED = f"{_ENDINGS}::test_an_ended_invitation_stays_as_it_is"
_TEAM_DELETED = "tests/lifecycle/test_teams.py::test_a_deleted_team_takes_everything_along"


def _found_by_spelling(sandbox: Sandbox) -> None:
    pending_for = sandbox.invitations.pending_for

    def exact(team_id: str, email: str) -> sqlite3.Row | None:
        found = pending_for(team_id, email)
        return found if found is not None and found["email"] == email else None

    replace(sandbox.invitations.pending_for, exact)


def _expiry_kept(sandbox: Sandbox) -> None:
    resend = sandbox.invitations.resend_invitation

    def idle(call: Call) -> Response:
        before = sandbox.invitations.of_team(call)["expires_at"]
        response = resend(call)
        sandbox.database.update("invitations", call.path_uuid("invitation_id"), {"expires_at": before})
        return with_body(response, lambda shown: {**shown, "expires_at": before})

    replace(sandbox.invitations.resend_invitation, idle)


def _never_expired(sandbox: Sandbox) -> None:
    state = sandbox.invitations.state
    replace(
        sandbox.invitations.state, lambda row: state(as_if(row, expires_at="9999-12-31T00:00:00.000000Z"))
    )


def _gone_without_mail(sandbox: Sandbox) -> None:
    async def send(message: dict[str, Any]) -> None:
        try:
            await sandbox.upstreams.send_mail(message)
        except UpstreamError:
            sandbox.database.run("DELETE FROM invitations WHERE id = ?", message["tags"][0]["value"])

    replace(sandbox.mail.send, send)


def _not_final(sandbox: Sandbox, ended: str) -> None:
    """An invitation that ended so may be answered and revoked once more, and then shows that."""
    check, state = sandbox.invitations.check_pending, sandbox.invitations.state
    moments = ("revoked_at", "accepted_at", "declined_at")

    def lax(invitation: sqlite3.Row) -> None:
        if state(invitation) != ended:
            check(invitation)

    def latest(invitation: sqlite3.Row) -> str:
        noted = [name for name in moments if invitation[name] is not None]
        last = max(noted, key=lambda name: str(invitation[name]), default=None)
        return state(invitation) if last is None else last.removesuffix("_at")

    replace(sandbox.invitations.check_pending, lax)
    replace(sandbox.invitations.state, latest)


def _outlives_its_team(sandbox: Sandbox) -> None:
    remove_team = sandbox.removal.remove_team

    def remove(team_id: str) -> list[str]:
        kept = sandbox.database.all("SELECT * FROM invitations WHERE team_id = ?", (team_id,))
        renders = remove_team(team_id)
        for invitation in kept:
            sandbox.database.insert("invitations", dict(invitation))
        return renders

    replace(sandbox.removal.remove_team, remove)


DEFECTS = (
    Defect(
        "two-invitations-pending",
        "INVITE-4",
        "Inviting an address again leaves the first invitation pending.",
        lambda sandbox: fix(sandbox.invitations.pending_for, None),
        (f"{_REPLACED}[str]",),
    ),
    Defect(
        "replaced-only-as-spelled",
        "INVITE-5",
        "Inviting an address again in capitals leaves the first invitation pending.",
        _found_by_spelling,
        (f"{_REPLACED}[upper]",),
    ),
    Defect(
        "resending-gives-no-time",
        "INVITE-8",
        "A resent invitation ends when it would have ended anyway.",
        _expiry_kept,
        (_RESENT,),
    ),
    Defect(
        "invitation-never-expires", "INVITE-16", "Invitations do not expire.", _never_expired, (_EXPIRED,)
    ),
    Defect(
        "unmailed-invitation-gone",
        "INVITE-17",
        "An invitation whose mail could not be sent is dropped.",
        _gone_without_mail,
        (_NO_MAIL,),
    ),
    Defect(
        "declined-invitation-answered",
        "INVITE-7",
        "A declined invitation may still be accepted and revoked.",
        lambda sandbox: _not_final(sandbox, "declined"),
        (f"{_ENDED}[declined]",),
    ),
    Defect(
        "accepted-invitation-revoked",
        "INV-I3",
        "An accepted invitation may be revoked.",
        lambda sandbox: _not_final(sandbox, "accepted"),
        (f"{_ENDED}[accepted]",),
    ),
    Defect(
        "revoked-invitation-accepted",
        "INV-I4",
        "A revoked invitation may be accepted.",
        lambda sandbox: _not_final(sandbox, "revoked"),
        (f"{_ENDED}[revoked]",),
    ),
    Defect(
        "invitation-outlives-team",
        "INV-I5",
        "An invitation into a deleted team may still be answered.",
        _outlives_its_team,
        (_TEAM_DELETED,),
    ),
)
