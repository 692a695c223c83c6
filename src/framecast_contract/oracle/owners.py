"""Owner URNs: how they are spelled, who may own with them, who may read what they own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from framecast_contract.oracle.words import FORBIDDEN, INVALID, Answer, Rule

_SOURCE = "conventions.md 8"

RULES = (
    Rule(
        "OWNER-1",
        "An owner URN is spelled in its one canonical form, anything else is answered 400.",
        _SOURCE,
    ),
    Rule("OWNER-2", "Without an owner the caller's personal URN is meant.", _SOURCE),
    Rule("OWNER-3", "A starter owns under the own personal URN only.", _SOURCE),
    Rule(
        "OWNER-4",
        "A creator also owns under a team, or an own membership, as its owner, admin or member.",
        _SOURCE,
    ),
    Rule("OWNER-5", "A viewer of a team owns nothing under it.", _SOURCE),
    Rule("OWNER-6", "Artifact and system URNs own nothing.", _SOURCE),
    Rule(
        "OWNER-7",
        "What a team URN owns is seen by every member; personal and membership URNs show to their user.",
        "conventions.md 9",
    ),
    Rule(
        "D-3",
        "An owner the caller may not use is answered 403, an unknown team included.",
        "jobs-and-rendering.md 10",
    ),
    Rule("INV-X1", "A job's owner was usable by the one who triggered it.", "job-semantics.md 13"),
)

USING_ROLES = ("owner", "admin", "member")
ROLES = (*USING_ROLES, "viewer")

_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_OWNER = re.compile(rf"framecast:(user|team|{_UUID}):({_UUID})")
_REFERENCE = re.compile(rf"framecast:(artifact:{_UUID}|system:(?:sfx|ambient|music|transition):[a-z0-9_]+)")


@dataclass(frozen=True, slots=True)
class Person:
    """Who somebody is to the owner rules: id, tier, and role by team id."""

    id: str
    tier: str = "starter"
    roles: Mapping[str, str] = field(default_factory=dict)

    @property
    def urn(self) -> str:
        """The personal owner URN."""
        return f"framecast:user:{self.id}"


def is_canonical(urn: str) -> bool:
    """Whether `urn` is a person, a team or a membership in canonical spelling (OWNER-1)."""
    return _OWNER.fullmatch(urn) is not None


def team_of(urn: str) -> str | None:
    """The id of the team that a team or membership URN names; None for a personal one.

    Raises ValueError for a URN that is not canonical.
    """
    found = _OWNER.fullmatch(urn)
    if not found:
        raise ValueError(
            f"{urn!r} is no owner URN, expected framecast:user:…, framecast:team:… or framecast:<team>:<user>"
        )
    return {"user": None, "team": found[2]}.get(found[1], found[1])


def owner_answer(urn: str | None, person: Person, *, references: Answer = FORBIDDEN) -> Answer | None:
    """The refusal `person` gets for naming `urn` as owner of something new, None when it is usable.

    `references` is the answer to an artifact or system URN: 403 on jobs, 400 on API keys (OWNER-6).
    """
    if urn is None or urn == person.urn:
        return None
    if _REFERENCE.fullmatch(urn):
        return references
    if not is_canonical(urn):
        return INVALID
    return None if _usable(urn, person) else FORBIDDEN


def _usable(urn: str, person: Person) -> bool:
    team = team_of(urn)
    own = urn in (f"framecast:team:{team}", f"framecast:{team}:{person.id}")
    return own and person.tier == "creator" and person.roles.get(team or "") in USING_ROLES


def may_own(urn: str, user: str) -> bool:
    """Whether user id `user` can ever have owned under `urn`: not under somebody else's personal or
    membership URN. A team's URN, and what is no owner URN, is not judged here (INV-X1, INV-X2)."""
    found = _OWNER.fullmatch(urn)
    return not found or found[1] == "team" or found[2] == user


def accessible_owners(person: Person) -> frozenset[str]:
    """Every owner URN whose things `person` can read: one for a starter, two more per team for a creator."""
    teams = person.roles if person.tier == "creator" else ()
    shared = {urn for team in teams for urn in (f"framecast:team:{team}", f"framecast:{team}:{person.id}")}
    return frozenset({person.urn, *shared})


def can_read(urn: str, person: Person) -> bool:
    """Whether `person` sees things owned by `urn` (OWNER-7)."""
    return urn in accessible_owners(person)


def role_for(urn: str, person: Person) -> str | None:
    """The role of `person` in the team behind `urn`; None without a team or without a membership."""
    team = team_of(urn)
    return person.roles.get(team) if team is not None and person.tier == "creator" else None
