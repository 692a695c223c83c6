"""Members: who may change roles, remove or leave, and that somebody always owns a team."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framecast_contract.oracle.bodies import is_id
from framecast_contract.oracle.judging import (
    broken_constants,
    broken_expectations,
    broken_when,
    out_of_order,
    repeated,
)
from framecast_contract.oracle.owners import ROLES
from framecast_contract.oracle.teams import MOST_OWNED, gate
from framecast_contract.oracle.words import (
    CONFLICT,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "accounts-and-teams.md 6"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("MEMBER-1", "Members are listed by role, owners first, then by name, nameless ones last.", _SOURCE),
    Rule(
        "MEMBER-2", "Who is no member is told 403 by the members operations, even of no team at all.", _SOURCE
    ),
    Rule("MEMBER-3", "Nobody changes or removes oneself: 400, before anything else is looked at.", _SOURCE),
    Rule("MEMBER-4", "Owners and admins change roles and remove members, everybody else gets 403.", _SOURCE),
    Rule("MEMBER-5", "An admin makes nobody an owner and touches no owner: 403.", _SOURCE),
    Rule("MEMBER-6", "Changing or removing somebody who is not in the team is answered 404.", _SOURCE),
    Rule("MEMBER-7", "A new role counts at once and keeps the membership's id and birth.", _SOURCE),
    Rule("MEMBER-8", "A removed member sees nothing of the team any more and may be invited again.", _SOURCE),
    Rule("MEMBER-9", "Leaving a team one is not in, or one that does not exist, is answered 404.", _SOURCE),
    Rule(
        "MEMBER-10",
        "The last owner cannot leave, lose the role or be removed while others remain: 409.",
        _SOURCE,
    ),
    Rule("MEMBER-11", "A team ends when its only member leaves.", _SOURCE),
    Rule(
        "MEMBER-12",
        "A membership shows e-mail, name and avatar of its user's account.",
        "account-schemas.md 5",
    ),
    Rule("INV-U2", "A creator belongs to at least one team.", _INVARIANTS),
    Rule("INV-U3", "A starter belongs to no team.", _INVARIANTS),
    Rule("INV-T1", "A team has at least one member.", _INVARIANTS),
    Rule("INV-T2", "A team has at least one owner.", _INVARIANTS),
    Rule("INV-M1", "A membership names a user and a team.", _INVARIANTS),
    Rule("INV-M2", "A role is owner, admin, member or viewer.", _INVARIANTS),
    Rule("INV-M3", "Nobody is in a team twice.", _INVARIANTS),
    Rule("INV-M4", "Whoever is a member is a creator.", _INVARIANTS),
    Rule("INV-M5", "No member is a user that does not exist.", _INVARIANTS),
    Rule("CARD-1", "Of a team's members at least one owns it, whatever happens in parallel.", _INVARIANTS),
)

_SHOWN = {"user_email": "email", "user_name": "name", "user_avatar_url": "avatar_url"}


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody's place in a team: the role, and how many owners and members the team has."""

    role: str
    owners: int = 1
    members: int = 1

    @property
    def holds_up(self) -> bool:
        """Whether the team would have members but no owner without this one."""
        return self.role == "owner" and self.owners == 1 and self.members > 1


def role_change_answer(
    body: Any,
    actor_role: str | None,
    target_role: str | None,
    *,
    on_self: bool = False,
    owners: int = 2,
    target_owns: int = 0,
) -> Answer:
    """What `update_member_role` answers, the body judged first.

    `actor_role` and `target_role` are None for people who are not in the team; `owners` counts the team's
    owners and `target_owns` the teams that the target owns.
    """
    role = body.get("role") if isinstance(body, Mapping) else None
    if role not in ROLES or on_self:
        return INVALID
    refused = gate("update_member_role", actor_role)
    if refused or (actor_role == "admin" and role == "owner"):
        return refused or FORBIDDEN
    if target_role is None or (actor_role == "admin" and target_role == "owner"):
        return NOT_FOUND if target_role is None else FORBIDDEN
    if role == target_role:
        return OK
    full = role == "owner" and target_owns >= MOST_OWNED
    last = target_role == "owner" and owners == 1
    return CONFLICT if full or last else OK


def removal_answer(
    actor_role: str | None,
    target_role: str | None,
    *,
    on_self: bool = False,
    owners: int = 2,
    target_memberships: int = 2,
) -> Answer:
    """What `remove_member` answers; `target_memberships` counts the teams the target is in."""
    if on_self:
        return INVALID
    refused = gate("remove_member", actor_role)
    if refused or target_role is None:
        return refused or NOT_FOUND
    if actor_role == "admin" and target_role == "owner":
        return FORBIDDEN
    last = target_role == "owner" and owners == 1
    return CONFLICT if last or target_memberships <= 1 else NO_CONTENT


def leaving_answer(seat: Seat | None, *, memberships: int = 2) -> Answer:
    """What `leave_team` answers somebody on `seat`, in that many teams."""
    if seat is None:
        return NOT_FOUND
    return CONFLICT if seat.holds_up or memberships <= 1 else NO_CONTENT


def broken_member_rules(member: Json, team_id: str) -> list[Broken]:
    """Judge one membership of team `team_id`."""
    team, user, role = member.get("team_id"), member.get("user_id"), member.get("role")
    return broken_when(
        (team != team_id, "INV-M1", f"team_id is {team!r}, expected {team_id}"),
        (not is_id(user), "INV-M1", f"user_id is {user!r}, expected the id of a user"),
        (role not in ROLES, "INV-M2", f"role is {role!r}, expected one of {', '.join(ROLES)}"),
    )


def broken_member_list_rules(
    members: Sequence[Json], team_id: str, *, deleted: Collection[str] = ()
) -> list[Broken]:
    """Judge an answer of `list_members`; `deleted` are ids of users whose accounts were deleted before."""
    users = [str(member.get("user_id")) for member in members]
    twice, gone = repeated(users), sorted(set(users) & set(deleted))
    unowned = members != [] and all(member.get("role") != "owner" for member in members)
    return [
        *(fault for member in members for fault in broken_member_rules(member, team_id)),
        *broken_when(
            (len(members) == 0, "INV-T1", f"team {team_id} has no member"),
            *((unowned, rule, f"team {team_id} has no owner") for rule in ("INV-T2", "CARD-1")),
            (twice != [], "INV-M3", f"listed more than once: {', '.join(twice)}"),
            (gone != [], "INV-M5", f"deleted, but a member: {', '.join(gone)}"),
        ),
        *_disorder(members),
    ]


def _disorder(members: Sequence[Json]) -> list[Broken]:
    ranks = [ROLES.index(role) for member in members if (role := member.get("role")) in ROLES]
    if ranks != sorted(ranks):
        return [Broken("MEMBER-1", f"roles stand as {[ROLES[rank] for rank in ranks]}")]
    broken = []
    for role in ROLES:
        names = [member.get("user_name") for member in members if member.get("role") == role]
        named = [name for name in names if name is not None]
        if names[: len(named)] != named or out_of_order(named):
            broken.append(Broken("MEMBER-1", f"names of {role}s stand as {names}"))
    return broken


def broken_member_transition(before: Json, after: Json) -> list[Broken]:
    """MEMBER-7 for two reads of one membership, `after` taken later."""
    return broken_constants("MEMBER-7", before, after, ("id", "team_id", "user_id", "created_at"))


def broken_profile_rules(member: Json, account: Json) -> list[Broken]:
    """MEMBER-12 and INV-M4 for a membership and the account of its user, read one after the other."""
    shown = {name: account.get(source) for name, source in _SHOWN.items()}
    tier = account.get("tier")
    return [
        *broken_expectations("MEMBER-12", "a member", member, shown),
        *broken_when((tier != "creator", "INV-M4", f"member {account.get('id')} is a {tier}")),
    ]


def broken_belonging_rules(account: Json, memberships: int) -> list[Broken]:
    """INV-U2 and INV-U3 for an account and the number of teams its user is in."""
    tier = account.get("tier")
    return broken_when(
        (tier == "creator" and memberships < 1, "INV-U2", "a creator is in no team"),
        (tier == "starter" and memberships > 0, "INV-U3", f"a starter is in {memberships} teams"),
    )
