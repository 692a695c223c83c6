"""Invitations: who may invite whom, what state an invitation is in, and who may answer it when."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from framecast_contract.oracle.bodies import is_id, is_text
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import (
    broken_constants,
    broken_expectations,
    broken_when,
    is_address,
    same_address,
)
from framecast_contract.oracle.teams import MOST_MEMBERSHIPS, gate
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    RATE_LIMITED,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "accounts-and-teams.md 7"
_STATES = "conventions.md 13"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("INVITE-1", "A new invitation is pending, names its inviter, and is good for 7 days.", _SOURCE),
    Rule("INVITE-2", "Without a role an invitation is for a member.", _SOURCE),
    Rule("INVITE-3", "Owners and admins invite, list, revoke and resend, everybody else gets 403.", _SOURCE),
    Rule(
        "INVITE-4", "Inviting an address again revokes the pending invitation and makes a new one.", _SOURCE
    ),
    Rule("INVITE-5", "E-mail addresses are compared without regard to case.", _SOURCE),
    Rule("INVITE-6", "A team sends at most 20 invitations in a day of UTC, then 429.", _SOURCE),
    Rule(
        "INVITE-7", "An answered, revoked or expired invitation stays so; each further step is 409.", _STATES
    ),
    Rule("INVITE-8", "Resending keeps the id and gives 7 days from now.", _SOURCE),
    Rule("INVITE-9", "Accepting gives the membership with the role one was invited to.", _SOURCE),
    Rule("INVITE-10", "A starter who accepts becomes a creator with a first team besides.", _SOURCE),
    Rule(
        "INVITE-11", "Declining gives no membership, changes no tier, and the team may invite again.", _SOURCE
    ),
    Rule("INVITE-12", "An invitation to another address is 403 to answer, an unknown one 404.", _SOURCE),
    Rule("INVITE-13", "Of parallel answers to an invitation one counts, the others get 409.", _SOURCE),
    Rule(
        "INVITE-14", "Invitations are listed newest first, in every state or in the one asked for.", _SOURCE
    ),
    Rule("INVITE-15", "No invitation shows its token or when it was answered.", _SOURCE),
    Rule("INVITE-16", "A pending invitation expires by itself 7 days after it was last sent.", _STATES),
    Rule("INVITE-17", "An invitation stands even if its e-mail could not be delivered.", _SOURCE),
    Rule("INVITE-18", "Revoking an invitation of another team, or an unknown one, is answered 404.", _SOURCE),
    Rule("INV-I1", "An invitation names a team and an address.", _INVARIANTS),
    Rule("INV-I2", "Nobody is invited to be owner.", _INVARIANTS),
    Rule("INV-I3", "An accepted invitation is never revoked.", _INVARIANTS),
    Rule("INV-I4", "A revoked invitation is never accepted.", _INVARIANTS),
    Rule("INV-I5", "An invitation goes with its team.", _INVARIANTS),
    Rule("INV-I6", "An invitation names the user who invited.", _INVARIANTS),
    Rule("INV-I7", "Nobody invites oneself.", _INVARIANTS),
    Rule("INV-I8", "Nobody who is in the team is invited to it.", _INVARIANTS),
    Rule("INV-I9", "An invitation expires after it was created.", _INVARIANTS),
    Rule("INV-TIME4", "The end of an invitation lies behind its beginning.", _INVARIANTS),
    Rule("CARD-4", "A team has at most 50 invitations that can still be accepted.", _INVARIANTS),
)

ROLES = ("admin", "member", "viewer")
STATES = ("pending", "accepted", "declined", "expired", "revoked")
LIFE = timedelta(days=7)
MOST_ACTIONABLE, MOST_A_DAY = 50, 20

_CONSTANT = ("id", "team_id", "email", "role", "invited_by", "created_at")
_HIDDEN = ("token", "accepted_at", "declined_at", "revoked_at")


def invitation_state(times: Mapping[str, datetime | None], now: datetime) -> str:
    """The state at `now` by `accepted_at`, `declined_at`, `revoked_at` (None: never) and `expires_at`."""
    for state in ("accepted", "declined", "revoked"):
        if times.get(f"{state}_at") is not None:
            return state
    expires = times.get("expires_at")
    return "expired" if expires is not None and expires <= now else "pending"


def creation_answer(
    body: Any,
    role: str | None,
    *,
    own_email: str,
    member_emails: Sequence[str] = (),
    pending_emails: Sequence[str] = (),
    sent_today: int = 0,
) -> Answer:
    """What `create_invitation` answers a creator with `role` in the team (None: no member, or no such team).

    `pending_emails` are the addresses of the team's actionable invitations, one each.
    """
    if not _well_formed(body) or same_address(body["email"], own_email):
        return INVALID
    refused = gate("create_invitation", role)
    if refused or _among(body["email"], member_emails):
        return refused or CONFLICT
    if len(pending_emails) >= MOST_ACTIONABLE and not _among(body["email"], pending_emails):
        return CONFLICT
    return RATE_LIMITED if sent_today >= MOST_A_DAY else CREATED


def _well_formed(body: Any) -> bool:
    if not isinstance(body, Mapping):
        return False
    email, role = body.get("email"), body.get("role")
    return is_text(email, 1, 255) and is_address(email) and role in (None, *ROLES)


def _among(email: str, others: Sequence[str]) -> bool:
    return any(same_address(email, other) for other in others)


def listing_answer(role: str | None, state: str | None = None) -> Answer:
    """What `list_invitations` answers: the query before the team."""
    if state is not None and state not in STATES:
        return INVALID
    return gate("list_invitations", role) or OK


def revocation_answer(role: str | None, state: str | None) -> Answer:
    """What `revoke_invitation` answers; `state` is None for an unknown invitation or another team's."""
    return _managed("revoke_invitation", role, state, NO_CONTENT)


def resending_answer(role: str | None, state: str | None) -> Answer:
    """What `resend_invitation` answers; `state` as above."""
    return _managed("resend_invitation", role, state, OK)


def _managed(operation: str, role: str | None, state: str | None, done: Answer) -> Answer:
    refused = gate(operation, role)
    if refused or state is None:
        return refused or NOT_FOUND
    return done if state == "pending" else CONFLICT


def acceptance_answer(
    state: str | None, *, for_caller: bool = True, is_member: bool = False, memberships: int = 0
) -> Answer:
    """What `accept_invitation` answers; `state` is None for an unknown id, or when the team is gone."""
    refused = _answerable(state, for_caller)
    return refused or (CONFLICT if is_member or memberships >= MOST_MEMBERSHIPS else OK)


def declining_answer(state: str | None, *, for_caller: bool = True) -> Answer:
    """What `decline_invitation` answers; arguments as above."""
    return _answerable(state, for_caller) or NO_CONTENT


def _answerable(state: str | None, for_caller: bool) -> Answer | None:
    if state is None or not for_caller:
        return FORBIDDEN if state is not None else NOT_FOUND
    return None if state == "pending" else CONFLICT


def broken_creation_rules(body: Json, invitation: Json, *, team_id: str, caller_id: str) -> list[Broken]:
    """Judge the 201 of `create_invitation`."""
    asked = {"team_id": team_id, "state": "pending", "invited_by": caller_id}
    email, role = str(invitation.get("email")), body.get("role") or "member"
    return [
        *broken_expectations("INVITE-1", "a new invitation", invitation, asked),
        *broken_expectations("INVITE-2", "a new invitation", invitation, {"role": role}),
        *broken_when(
            (not same_address(email, body["email"]), "INV-I1", f"sent for {body['email']}: {email}")
        ),
        *_life(invitation, "INVITE-1", instant(invitation.get("created_at"))),
        *broken_invitation_rules(invitation),
    ]


def _life(invitation: Json, rule_id: str, start: datetime | None, slack: float = 0) -> list[Broken]:
    """`rule_id` unless the invitation ends 7 days after `start`, give or take `slack` seconds."""
    expires = instant(invitation.get("expires_at"))
    if start is None or expires is None or abs((expires - start - LIFE).total_seconds()) <= max(slack, 1):
        return []
    return [Broken(rule_id, f"expires_at is {expires}, expected 7 days after {start}")]


def broken_invitation_rules(invitation: Json, now: datetime | None = None) -> list[Broken]:
    """Judge one invitation as answered or listed; `now` is the server's time, where it is known."""
    team, by = invitation.get("team_id"), invitation.get("invited_by")
    role, state, email = invitation.get("role"), invitation.get("state"), str(invitation.get("email"))
    created, expires = instant(invitation.get("created_at")), instant(invitation.get("expires_at"))
    endless = created is not None and expires is not None and expires <= created
    overdue = now is not None and expires is not None and expires <= now
    early = now is not None and expires is not None and expires > now
    told = [name for name in _HIDDEN if name in invitation]
    return broken_when(
        (not is_id(team), "INV-I1", f"team_id is {team!r}, expected the id of a team"),
        (not is_text(email, 3, 255) or "@" not in email, "INV-I1", f"email is {email!r}"),
        (role not in ROLES, "INV-I2", f"role is {role!r}, expected one of {', '.join(ROLES)}"),
        (not is_id(by), "INV-I6", f"invited_by is {by!r}, expected the id of a user"),
        *((endless, rule, f"created {created}, expires {expires}") for rule in ("INV-I9", "INV-TIME4")),
        (state not in STATES, "INVITE-7", f"state is {state!r}, expected one of {', '.join(STATES)}"),
        (state == "pending" and overdue, "INVITE-16", f"pending at {now}, but it expired {expires}"),
        (state == "expired" and early, "INVITE-16", f"expired at {now}, but good until {expires}"),
        (told != [], "INVITE-15", f"the invitation shows {', '.join(told)}"),
    )


def may_become(before: str, after: str) -> bool:
    """Whether an invitation seen as `before` may later be seen as `after`."""
    return before in ("pending", after)


def broken_invitation_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one invitation, `after` taken later."""
    old, new = str(before.get("state")), str(after.get("state"))
    rule = {("accepted", "revoked"): "INV-I3", ("revoked", "accepted"): "INV-I4"}.get((old, new), "INVITE-7")
    ends = instant(before.get("expires_at")), instant(after.get("expires_at"))
    earlier = ends[0] is not None and ends[1] is not None and ends[1] < ends[0]
    return [
        *broken_constants("INVITE-8", before, after, _CONSTANT),
        *broken_when(
            (not may_become(old, new), rule, f"state went from {old} to {new}"),
            (earlier, "INVITE-8", f"expires_at went back from {ends[0]} to {ends[1]}"),
        ),
    ]


def broken_resending_rules(before: Json, after: Json, now: datetime, *, slack: float = 5) -> list[Broken]:
    """Judge the 200 of `resend_invitation`, `now` the time of the request, good to `slack` seconds."""
    return [
        *broken_invitation_transition(before, after),
        *broken_expectations("INVITE-8", "a resent invitation", after, {"state": "pending"}),
        *_life(after, "INVITE-8", now, slack),
    ]


def broken_acceptance_rules(invitation: Json, membership: Json, caller_id: str) -> list[Broken]:
    """Judge the 200 of `accept_invitation`."""
    expected = {name: invitation.get(name) for name in ("team_id", "role")} | {"user_id": caller_id}
    return broken_expectations("INVITE-9", "the new membership", membership, expected)


def broken_invitation_list_rules(
    invitations: Sequence[Json],
    *,
    state: str | None = None,
    member_emails: Sequence[str] = (),
    now: datetime | None = None,
) -> list[Broken]:
    """Judge an answer of `list_invitations` with filter `state`; `member_emails` are those of the team."""
    pending = [str(each.get("email")) for each in invitations if each.get("state") == "pending"]
    twice = len({email.casefold() for email in pending}) < len(pending)
    members = [email for email in pending if _among(email, member_emails)]
    others = sorted({str(each.get("state")) for each in invitations} - {state})
    return [
        *(fault for each in invitations for fault in broken_invitation_rules(each, now)),
        *broken_when(
            (not newest_first(invitations), "INVITE-14", "an older invitation stands before a newer one"),
            (state is not None and others != [], "INVITE-14", f"asked for {state}, got {others}"),
            (twice, "INVITE-4", f"more than one pending invitation for an address of {sorted(pending)}"),
            (members != [], "INV-I8", f"pending for members: {', '.join(members)}"),
            (len(pending) > MOST_ACTIONABLE, "CARD-4", f"{len(pending)} pending invitations"),
        ),
    ]
