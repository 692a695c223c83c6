"""Teams: who may make, see, edit and end one, how slugs come about, and what a team always keeps."""

import re
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from framecast_contract.oracle.bodies import is_blank, is_object, is_text
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_expectations,
    broken_update_time,
    broken_when,
    out_of_order,
    repeated,
)
from framecast_contract.oracle.owners import ROLES
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
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

_SOURCE = "accounts-and-teams.md 5"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("TEAM-1", "A new team has no credits, files or settings, and its maker owns it alone.", _SOURCE),
    Rule("TEAM-2", "A team name has 1 to 100 characters, not all of them white space, else 400.", _SOURCE),
    Rule(
        "TEAM-3", "A team keeps the slug it was given; left out, its name and 8 hex digits make one.", _SOURCE
    ),
    Rule("TEAM-4", "A slug in another form, or a name no slug can be made of, is answered 400.", _SOURCE),
    Rule("TEAM-5", "A team shows the caller's own role and membership URN.", _SOURCE),
    Rule("TEAM-6", "The list of teams holds those the caller belongs to and no other, by name.", _SOURCE),
    Rule("TEAM-7", "An update changes what it names, keeps the rest, and replaces settings whole.", _SOURCE),
    Rule("TEAM-8", "No update changes the slug or the credits of a team.", _SOURCE),
    Rule("TEAM-9", "Reading, editing or deleting an unknown team is 404, a foreign one 403.", _SOURCE),
    Rule(
        "TEAM-10",
        "Owners and admins edit a team and only owners delete it, everybody else gets 403.",
        _SOURCE,
    ),
    Rule(
        "TEAM-11", "A team with other members, or with active jobs, is not deleted but answered 409.", _SOURCE
    ),
    Rule("TEAM-12", "A deleted team is 404, its invitations are gone and its slug is free again.", _SOURCE),
    Rule(
        "TEAM-13",
        "Becoming a creator makes exactly one team, My Team, with its new creator as owner.",
        "accounts-and-teams.md 3",
    ),
    Rule("TEAM-14", "Parallel updates of different members of a team both survive.", _SOURCE),
    Rule("INV-T3", "No two teams have the same slug.", _INVARIANTS),
    Rule(
        "INV-T4",
        "A slug is lower-case letters and digits, with single hyphens only between them.",
        _INVARIANTS,
    ),
    Rule("INV-T5", "A team was not updated before it was created.", _INVARIANTS),
    Rule("INV-T6", "The credits of a team are never negative.", _INVARIANTS),
    Rule("INV-T7", "Nobody owns more than 10 teams.", _INVARIANTS),
    Rule("INV-T8", "Nobody belongs to more than 50 teams.", _INVARIANTS),
    Rule("INV-M6", "Nobody belongs to a team that does not exist.", _INVARIANTS),
    Rule("CARD-2", "Owning an eleventh team is refused, by making or by promotion.", _INVARIANTS),
    Rule("CARD-3", "Joining or making a fifty-first team is refused.", _INVARIANTS),
)

MOST_OWNED, MOST_MEMBERSHIPS = 10, 50
LEADS = ("owner", "admin")
PERSONAL_NAME = "My Team"

# Who may act by role: get_team, update_team and delete_team, then everything else below a team.
ROLES_OF = {
    "get_team": ROLES, "update_team": LEADS, "delete_team": ("owner",), "leave_team": ROLES,
    "list_members": ROLES, "update_member_role": LEADS, "remove_member": LEADS, "list_invitations": LEADS,
    "create_invitation": LEADS, "revoke_invitation": LEADS, "resend_invitation": LEADS,
}  # fmt: skip

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST_SLUG, _SUFFIX = 50, 9
_CONSTANT = ("id", "slug", "created_at", "user_urn")


def gate(operation: str, role: str | None, *, exists: bool = True) -> Answer | None:
    """The refusal of a creator with `role` (None: no member) at a team's door, None for who may act.

    `operation` is one of ROLES_OF. Three operations tell an unknown team from a foreign one, leaving answers
    404 for both, the others 403 for both (TEAM-9, TEAM-10, MEMBER-2).
    """
    if role is None:
        telling = operation in ("get_team", "update_team", "delete_team")
        return NOT_FOUND if operation == "leave_team" or (telling and not exists) else FORBIDDEN
    return None if role in ROLES_OF[operation] else FORBIDDEN


def is_team_name(value: Any) -> bool:
    """Whether a value may name a team (TEAM-2)."""
    return is_text(value, 1, 100) and not is_blank(value)


def is_slug(value: Any) -> bool:
    """Whether a value may be a slug (INV-T4)."""
    return is_text(value, 1, _LONGEST_SLUG) and _SLUG.fullmatch(value) is not None


def slug_base(name: str) -> str | None:
    """What a generated slug has before its 8 digits: empty when the name yields none.

    None for names that are not ASCII: how they are transliterated is the server's.
    """
    if not name.isascii():
        return None
    hyphenated = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
    return hyphenated[: _LONGEST_SLUG - _SUFFIX].rstrip("-")


def yields_slug(name: str) -> bool | None:
    """Whether a slug can be made of `name`; None when only the server's transliteration decides."""
    if any(letter.isascii() and letter.isalnum() for letter in name):
        return True
    return False if name.isascii() else None


def is_generated_slug(slug: Any, name: str) -> bool:
    """Whether `slug` may have been made for `name` (TEAM-3)."""
    base = slug_base(name)
    start = "[a-z0-9-]+" if base is None else re.escape(base)
    return is_slug(slug) and re.fullmatch(rf"{start}-[0-9a-f]{{8}}", slug) is not None


def creation_answer(body: Any, *, owned: int, memberships: int, slug_taken: bool = False) -> Answer:
    """What `create_team` answers a creator who owns and belongs to that many teams.

    A name that may or may not yield a slug (`yields_slug` is None) is taken to yield one.
    """
    if not isinstance(body, Mapping) or not is_team_name(body.get("name")):
        return INVALID
    slug = body.get("slug")
    if not is_slug(slug) if slug is not None else yields_slug(body["name"]) is False:
        return INVALID
    full = owned >= MOST_OWNED or memberships >= MOST_MEMBERSHIPS
    return CONFLICT if full or slug_taken else CREATED


def reading_answer(role: str | None, *, exists: bool = True) -> Answer:
    """What `get_team` answers."""
    return gate("get_team", role, exists=exists) or OK


def update_answer(body: Any, role: str | None, *, exists: bool = True) -> Answer:
    """What `update_team` answers: the body before the team."""
    if not isinstance(body, Mapping):
        return INVALID
    name, settings = body.get("name"), body.get("settings")
    fits = (name is None or is_team_name(name)) and (settings is None or is_object(settings))
    return (gate("update_team", role, exists=exists) or OK) if fits else INVALID


def deletion_answer(
    role: str | None, *, members: int = 1, memberships: int = 2, busy: bool = False, exists: bool = True
) -> Answer:
    """What `delete_team` answers: `members` of the team, `memberships` of the caller, `busy` with jobs."""
    refused = gate("delete_team", role, exists=exists)
    if refused:
        return refused
    return CONFLICT if members > 1 or busy or memberships <= 1 else NO_CONTENT


def updated(team: Json, body: Json) -> dict[str, Any]:
    """The team after an accepted update, `updated_at` left as it was (TEAM-7)."""
    named = {name: body[name] for name in ("name", "settings") if body.get(name) is not None}
    return {**team, **named}


def broken_creation_rules(body: Json, team: Json, caller_id: str) -> list[Broken]:
    """Judge the 201 of `create_team`."""
    blank = {"name": body["name"], "credits": 0, "ephemeral_storage_bytes": 0, "settings": {},
             "user_role": "owner"}  # fmt: skip
    slug, given = team.get("slug"), body.get("slug")
    fits = slug == given if given is not None else is_generated_slug(slug, body["name"])
    wanted = repr(given) if given is not None else f"{slug_base(body['name']) or '…'!r} and 8 hex digits"
    return [
        *broken_expectations("TEAM-1", "a new team", team, blank),
        *broken_when((not fits, "TEAM-3", f"slug is {slug!r}, expected {wanted}")),
        *broken_team_rules(team, caller_id),
    ]


def broken_team_rules(team: Json, caller_id: str) -> list[Broken]:
    """Judge one team as `caller_id` reads it."""
    slug, credits, role = team.get("slug"), team.get("credits"), team.get("user_role")
    urn = f"framecast:{team.get('id')}:{caller_id}"
    return [
        *broken_when(
            (not is_slug(slug), "INV-T4", f"slug is {slug!r}"),
            (isinstance(credits, int) and credits < 0, "INV-T6", f"the team has {credits} credits"),
            (role not in ROLES, "TEAM-5", f"user_role is {role!r}, expected one of {', '.join(ROLES)}"),
            (team.get("user_urn") != urn, "TEAM-5", f"user_urn is {team.get('user_urn')!r}, expected {urn}"),
        ),
        *broken_birth_time(team, "INV-T5", "INV-TIME1"),
    ]


def broken_team_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one team by one member, `after` taken later."""
    moved = any(before.get(name) != after.get(name) for name in ("name", "settings"))
    return [
        *broken_constants("TEAM-8", before, after, _CONSTANT),
        *broken_update_time(before, after, updated=moved),
    ]


def broken_update_rules(before: Json, body: Json, after: Json) -> list[Broken]:
    """Judge the 200 of `update_team` with `body`, nothing else having happened since `before` was read."""
    expected = updated(before, body)
    named = {name: expected.get(name) for name in ("name", "settings")}
    return [
        *broken_expectations("TEAM-7", "an updated team", after, named),
        *broken_constants("TEAM-8", before, after, (*_CONSTANT, "credits")),
        *broken_update_time(before, after, updated=True),
    ]


def broken_personal_team_rules(team: Json) -> list[Broken]:
    """TEAM-13 for the team a new creator is given."""
    expected = {"name": PERSONAL_NAME, "credits": 0, "user_role": "owner"}
    slug = team.get("slug")
    fits = is_generated_slug(slug, PERSONAL_NAME)
    return [
        *broken_expectations("TEAM-13", "the first team", team, expected),
        *broken_when((not fits, "TEAM-13", f"slug is {slug!r}, expected my-team- and 8 hex digits")),
    ]


def broken_team_list_rules(
    teams: Sequence[Json], caller_id: str, *, deleted: Collection[str] = ()
) -> list[Broken]:
    """Judge an answer of `list_teams` to `caller_id`; `deleted` are ids of teams that were deleted before."""
    ids, slugs = ([str(team.get(name)) for team in teams] for name in ("id", "slug"))
    owned = sum(1 for team in teams if team.get("user_role") == "owner")
    twice, gone = repeated(ids), sorted(set(ids) & set(deleted))
    disorder = out_of_order(str(team.get("name")) for team in teams)
    return [
        *(fault for team in teams for fault in broken_team_rules(team, caller_id)),
        *broken_when(
            (disorder is not None, "TEAM-6", f"names {disorder} stand in the wrong order"),
            (twice != [], "TEAM-6", f"listed more than once: {', '.join(twice)}"),
            (gone != [], "INV-M6", f"deleted, but listed: {', '.join(gone)}"),
            (twice == [] and repeated(slugs) != [], "INV-T3", f"slugs of two teams: {repeated(slugs)}"),
        ),
        *broken_when(
            *((owned > MOST_OWNED, rule, f"owner of {owned} teams") for rule in ("INV-T7", "CARD-2")),
            *((len(ids) > MOST_MEMBERSHIPS, rule, f"in {len(ids)} teams") for rule in ("INV-T8", "CARD-3")),
        ),
    ]


def broken_team_set(teams: Sequence[Json], expected: Collection[str]) -> list[Broken]:
    """TEAM-6: `teams` as listed against the ids of those the caller belongs to."""
    listed = {str(team.get("id")) for team in teams}
    if listed == set(expected):
        return []
    return [Broken("TEAM-6", f"the list lacks {sorted(set(expected) - listed)} "
                             f"and has too many {sorted(listed - set(expected))}")]  # fmt: skip
