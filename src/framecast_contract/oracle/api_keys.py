"""API keys: who may make which, what a new one looks like, and when one stops working."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from framecast_contract.oracle.accounts import is_name
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.owners import Person, owner_answer, role_for, team_of
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

_SOURCE = "accounts-and-teams.md 4"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule(
        "KEY-1",
        "A new key takes what was asked; left out, it is named Default, owned by its user and unlimited.",
        _SOURCE,
    ),
    Rule(
        "KEY-2",
        "A raw key is sk_live_ and 32 lower-case hex digits, shown when it is made and never again.",
        _SOURCE,
    ),
    Rule("KEY-3", "A key names at least one scope, all of them known.", _SOURCE),
    Rule("KEY-4", "A starter asks for starter scopes by name; everything else, * included, is 403.", _SOURCE),
    Rule("KEY-5", "A key expires in the future or never.", _SOURCE),
    Rule("KEY-6", "A key of somebody else answers as if it did not exist: 404.", _SOURCE),
    Rule("KEY-7", "Only the name of a key can be changed, and not after it was revoked.", _SOURCE),
    Rule("KEY-8", "A key is revoked once; the next time is 409. It can still be read.", _SOURCE),
    Rule("KEY-9", "A key says when it was last used, and null before that.", "conventions.md 2.4"),
    Rule("KEY-10", "The scopes of a key do not change when its user is upgraded.", "conventions.md 12"),
    Rule("KEY-11", "A key's owner must be usable by its user, and no artifact or system URN.", _SOURCE),
    Rule("INV-A3", "No two keys are alike.", _INVARIANTS),
    Rule("INV-A4", "A revoked key no longer works.", _INVARIANTS),
    Rule("INV-A5", "An expired key no longer works.", _INVARIANTS),
    Rule("INV-A6", "A starter's key has the personal owner.", _INVARIANTS),
    Rule("INV-A7", "Keys of teams and memberships belong to creators.", _INVARIANTS),
    Rule("INV-X4", "A key with a membership owner works while the membership lives.", _INVARIANTS),
)

STARTER_SCOPES = frozenset(
    {
        f"{area}:{verb}"
        for area in ("jobs", "assets", "artifacts", "conversations")
        for verb in ("read", "write")
    }
    | {"generate"}
)
SCOPES = STARTER_SCOPES | {
    "projects:read", "projects:write", "team:read", "team:admin", "webhooks:read", "webhooks:write", "*",
}  # fmt: skip

_RAW = re.compile(r"sk_live_[0-9a-f]{32}")
_CONSTANT = ("id", "user_id", "owner", "key_prefix", "scopes", "expires_at", "created_at")


def allowed_scopes(tier: str) -> frozenset[str]:
    """The scopes somebody of `tier` may give a new key."""
    return STARTER_SCOPES if tier == "starter" else SCOPES


def create_answer(body: Any, person: Person, now: datetime) -> Answer:
    """What `create_api_key` answers `person`: the body first, then expiry, owner, scopes of a starter."""
    if not isinstance(body, Mapping) or not _well_formed(body):
        return INVALID
    expires = instant(body.get("expires_at"))
    if expires is not None and expires <= now:
        return INVALID
    refused = owner_answer(body.get("owner"), person, references=INVALID)
    if refused:
        return refused
    asked = frozenset(_scopes(body))
    return CREATED if asked <= allowed_scopes(person.tier) else FORBIDDEN


def _well_formed(body: Mapping[str, Any]) -> bool:
    name, owner, expires, scopes = (body.get(member) for member in ("name", "owner", "expires_at", "scopes"))
    return (
        (name is None or is_name(name))
        and (owner is None or isinstance(owner, str))
        and (expires is None or instant(expires) is not None)
        and (scopes is None or _known(scopes))
    )


def _known(scopes: Any) -> bool:
    return (
        isinstance(scopes, list)
        and len(scopes) > 0
        and all(isinstance(s, str) and s in SCOPES for s in scopes)
    )


def _scopes(body: Mapping[str, Any]) -> list[str]:
    scopes = body.get("scopes")
    return ["*"] if scopes is None else list(scopes)


def created_key(body: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """The members of a new key that the request decides (KEY-1); id and creation time are the server's."""
    return {
        "user_id": person.id, "owner": body.get("owner") or person.urn, "name": body.get("name") or "Default",
        "key_prefix": "sk_live_", "scopes": _scopes(body), "last_used_at": None,
        "expires_at": body.get("expires_at"), "revoked_at": None,
    }  # fmt: skip


def broken_creation_rules(body: Mapping[str, Any], person: Person, response: Json) -> list[Broken]:
    """Judge the 201 of `create_api_key`."""
    raw, key = response.get("raw_key"), response.get("api_key") or {}
    broken = []
    if not isinstance(raw, str) or not _RAW.fullmatch(raw):
        broken.append(
            Broken("KEY-2", "the raw key has another form than sk_live_ and 32 lower-case hex digits")
        )
    for name, expected in created_key(body, person).items():
        if not _equal(name, key.get(name), expected):
            broken.append(
                Broken("KEY-1", f"{name} of the new key is {key.get(name)!r}, expected {expected!r}")
            )
    return broken + broken_secrecy_rules(key)


def _equal(name: str, seen: Any, expected: Any) -> bool:
    if name == "expires_at":
        return instant(seen) == instant(expected)
    if name == "scopes":
        return isinstance(seen, list) and set(map(str, seen)) == set(expected or ())
    return bool(seen == expected)


def broken_secrecy_rules(key: Json) -> list[Broken]:
    """KEY-2: no key as listed, read or returned beside its raw form shows the raw key or a hash of it."""
    telling = [
        name
        for name, value in key.items()
        if "hash" in name or name == "raw_key" or (isinstance(value, str) and _RAW.search(value))
    ]
    return [Broken("KEY-2", f"the key shows its secret in {', '.join(telling)}")] if telling else []


def works(key: Json, now: datetime, person: Person) -> bool:
    """Whether `key` of `person` authenticates at `now` (INV-A4, INV-A5, INV-X4)."""
    expires = instant(key.get("expires_at"))
    if key.get("revoked_at") is not None or (expires is not None and expires <= now):
        return False
    owner = str(key["owner"])
    is_membership = not owner.startswith(("framecast:user:", "framecast:team:"))
    return not is_membership or (team_of(owner) is not None and role_for(owner, person) is not None)


def read_answer(key: Json | None, person: Person) -> Answer:
    """What `get_api_key` answers; `key` is None for an unknown id (KEY-6)."""
    return OK if key is not None and key["user_id"] == person.id else NOT_FOUND


def update_answer(key: Json | None, person: Person, body: Any) -> Answer:
    """What `update_api_key` answers: the body before the key (KEY-6, KEY-7)."""
    if not isinstance(body, Mapping) or not is_name(body.get("name")):
        return INVALID
    if read_answer(key, person) != OK:
        return NOT_FOUND
    return CONFLICT if key is not None and key["revoked_at"] is not None else OK


def revoke_answer(key: Json | None, person: Person) -> Answer:
    """What `revoke_api_key` answers (KEY-6, KEY-8)."""
    if key is None or key["user_id"] != person.id:
        return NOT_FOUND
    return CONFLICT if key["revoked_at"] is not None else NO_CONTENT


def broken_key_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one key, `after` taken later."""
    changed = [name for name in _CONSTANT if not _equal(name, after.get(name), before.get(name))]
    broken = [Broken("KEY-7", f"{name} was {before.get(name)!r}, is {after.get(name)!r}") for name in changed]
    if before.get("revoked_at") is not None and before["revoked_at"] != after.get("revoked_at"):
        broken.append(
            Broken("KEY-8", f"revoked_at went from {before['revoked_at']} to {after.get('revoked_at')}")
        )
    old, new = instant(before.get("last_used_at")), instant(after.get("last_used_at"))
    if old is not None and (new is None or new < old):
        broken.append(Broken("KEY-9", f"last_used_at went from {old} to {new}"))
    return broken
