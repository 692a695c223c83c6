"""Defects of invitations: to whom they go, how they read, and who manages them."""

import copy
import sqlite3
from datetime import datetime, timedelta
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, format_timestamp

_INVITATIONS = "tests/lifecycle/test_invitations.py"
_SENT = f"{_INVITATIONS}::test_an_invitation_is_sent_as_asked_or_refused"
_RIGHTS = f"{_INVITATIONS}::test_who_may_invite_and_see_resend_and_revoke_invitations"
_OF_ANOTHER_TEAM = f"{_INVITATIONS}::test_an_invitation_is_managed_by_its_own_team"
_MAILED_AGAIN = f"{_INVITATIONS}::test_resending_sends_the_mail_again"
_LISTED = f"{_INVITATIONS}::test_invitations_are_listed_newest_first_in_every_state"
_ANSWERS = "tests/lifecycle/test_invitation_answers.py"
_FROM_THE_MAIL = f"{_ANSWERS}::test_a_newcomer_goes_from_the_mail_to_the_membership"
_EACH_MOVE = "tests/properties/test_team_laws.py::test_each_move_in_turn_is_what_the_model_says"


def _ending(sandbox: Sandbox, **later: float) -> None:
    """Invitations end that much later than they should."""
    alter(
        sandbox.invitations.expiry,
        lambda moment: format_timestamp(datetime.fromisoformat(moment) + timedelta(**later)),
    )


def _no_mail(sandbox: Sandbox) -> None:
    async def forget(_message: dict[str, Any]) -> None:
        return

    replace(sandbox.mail.send, forget)


def _viewer_by_default(sandbox: Sandbox) -> None:
    create = sandbox.invitations.create_invitation
    replace(
        sandbox.invitations.create_invitation,
        lambda call: create(asking(call, role=call.body().get("role") or "viewer")),
    )


def _owner_invited(sandbox: Sandbox) -> None:
    create = sandbox.invitations.create_invitation

    def generous(call: Call) -> Response:
        if call.body().get("role") != "owner":
            return create(call)
        return with_body(create(asking(call, role="admin")), lambda shown: {**shown, "role": "owner"})

    replace(sandbox.invitations.create_invitation, generous)


def _any_member_manages(sandbox: Sandbox) -> None:
    def lax(call: Call) -> sqlite3.Row:
        sandbox.members.require_member(call.caller, call.path_uuid("team_id"))
        return sandbox.invitations.existing(call.path_uuid("invitation_id"))

    replace(sandbox.invitations.of_team, lax)


def _any_team_manages(sandbox: Sandbox) -> None:
    def lax(call: Call) -> sqlite3.Row:
        sandbox.members.require_manager(call.caller, call.path_uuid("team_id"))
        return sandbox.invitations.existing(call.path_uuid("invitation_id"))

    replace(sandbox.invitations.of_team, lax)


def _mailed_once(sandbox: Sandbox) -> None:
    def silent(response: Response) -> Response:
        response.background = None
        return response

    alter(sandbox.invitations.resend_invitation, silent)


def _listed_as(sandbox: Sandbox, change: Any) -> None:
    alter(sandbox.invitations.list_invitations, lambda response: with_body(response, change))


def _filter_ignored(sandbox: Sandbox) -> None:
    list_invitations = sandbox.invitations.list_invitations

    def everything(call: Call) -> Response:
        asked = copy.copy(call)
        asked.scope = {**call.scope, "query_string": b""}
        return list_invitations(asked)

    replace(sandbox.invitations.list_invitations, everything)


def _inviter_is_owner(sandbox: Sandbox) -> None:
    insert = sandbox.invitations.insert

    def attribute(team_id: str, email: str, role: str, _invited_by: str) -> sqlite3.Row:
        owner = sandbox.database.one(
            "SELECT user_id FROM memberships WHERE team_id = ? AND role = 'owner'", team_id
        )
        assert owner is not None
        return insert(team_id, email, role, owner["user_id"])

    replace(sandbox.invitations.insert, attribute)


def _oneself_invited(sandbox: Sandbox) -> None:
    fix(sandbox.invitations.check_not_oneself, None)
    fix(sandbox.invitations.check_not_a_member, None)


def _shown_as(sandbox: Sandbox, change: Any) -> None:
    alter(sandbox.invitations.view, lambda shown: {**shown, **change(shown)})


DEFECTS = (
    Defect(
        "invitation-good-for-8-days",
        "INVITE-1",
        "A new invitation is good for 8 days.",
        lambda sandbox: _ending(sandbox, days=1),
        (f"{_SENT}[an address]",),
    ),
    Defect("invitation-unmailed", "INVITE-1", "Invitations are never mailed.", _no_mail, (_FROM_THE_MAIL,)),
    Defect(
        "viewer-invited-by-default",
        "INVITE-2",
        "Without a role an invitation is for a viewer.",
        _viewer_by_default,
        (f"{_SENT}[an address]", f"{_SENT}[no role]"),
    ),
    Defect(
        "viewer-revokes-invitation",
        "INVITE-3",
        "Everybody in a team may revoke and resend its invitations.",
        _any_member_manages,
        (f"{_RIGHTS}[member]", f"{_RIGHTS}[viewer]"),
    ),
    Defect(
        "resending-sends-nothing",
        "INVITE-8",
        "Resending an invitation sends no mail.",
        _mailed_once,
        (_MAILED_AGAIN,),
    ),
    Defect(
        "invitations-oldest-first",
        "INVITE-14",
        "Invitations are listed oldest first.",
        lambda sandbox: _listed_as(sandbox, lambda listed: listed[::-1]),
        (_LISTED,),
    ),
    Defect(
        "invitation-filter-ignored",
        "INVITE-14",
        "The list of invitations does not heed its state filter.",
        _filter_ignored,
        (_LISTED,),
    ),
    Defect(
        "invitation-shows-token",
        "INVITE-15",
        "Invitations are listed with a token.",
        lambda sandbox: _shown_as(sandbox, lambda shown: {"token": shown["id"]}),
        (f"{_SENT}[an address]",),
    ),
    Defect(
        "invitation-of-another-team-revoked",
        "INVITE-18",
        "The managers of any team may revoke and resend an invitation.",
        _any_team_manages,
        (_OF_ANOTHER_TEAM,),
    ),
    Defect(
        "invitation-hides-address",
        "INV-I1",
        "Invitations show only the first letter of the address.",
        lambda sandbox: _shown_as(sandbox, lambda shown: {"email": f"{shown['email'][0]}@example.com"}),
        (f"{_SENT}[an address]",),
    ),
    Defect(
        "owner-invited",
        "INV-I2",
        "Somebody may be invited to be owner.",
        _owner_invited,
        (f"{_SENT}[an owner]",),
    ),
    Defect(
        "owner-named-as-inviter",
        "INV-I6",
        "Every invitation says that an owner sent it.",
        _inviter_is_owner,
        (_LISTED,),
    ),
    Defect(
        "oneself-invited",
        "INV-I7",
        "People may invite themselves.",
        _oneself_invited,
        (f"{_SENT}[oneself]", f"{_SENT}[oneself in capitals]"),
    ),
    Defect(
        "member-invited",
        "INV-I8",
        "Somebody who is in the team may be invited to it.",
        lambda sandbox: fix(sandbox.invitations.check_not_a_member, None),
        (f"{_SENT}[a member of the team]",),
    ),
    Defect(
        "invitation-over-before-it-began",
        "INV-I9",
        "An invitation expired a day before it was sent.",
        lambda sandbox: _ending(sandbox, days=-8),
        (f"{_SENT}[an address]",),
    ),
    Defect(
        "invitation-over-at-once",
        "INV-TIME4",
        "An invitation expires in the moment in which it is sent.",
        lambda sandbox: replace(sandbox.invitations.expiry, lambda moment: moment),
        (f"{_SENT}[an address]",),
    ),
    Defect(
        "invitation-forever-pending",
        "TEAM-15",
        "Invitations read as pending whatever has become of them.",
        lambda sandbox: _shown_as(sandbox, lambda _shown: {"state": "pending"}),
        (_EACH_MOVE,),
    ),
)
