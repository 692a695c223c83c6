"""Accounts: what a new one looks like, what updating and upgrading answer, what an account always keeps."""

import re
from collections.abc import Mapping
from typing import Any

from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.words import CONFLICT, INVALID, OK, Answer, Broken, Json, Rule

_SOURCE = "accounts-and-teams.md 3"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule(
        "ACCOUNT-1",
        "The first request of a person makes an account: a starter without credits, files or a name.",
        "conventions.md 2.3",
    ),
    Rule(
        "ACCOUNT-2",
        "An update changes what it names, clears what it sets to null, and keeps the rest.",
        _SOURCE,
    ),
    Rule("ACCOUNT-3", "Tier, e-mail, credits, storage and upgrade time cannot be set by an update.", _SOURCE),
    Rule("ACCOUNT-4", "A name has 1 to 100 characters and an avatar is an absolute URL, else 400.", _SOURCE),
    Rule("ACCOUNT-5", "A starter becomes a creator by upgrading, which sets the upgrade time.", _SOURCE),
    Rule("ACCOUNT-6", "Upgrading a creator to creator answers 200 and changes nothing.", _SOURCE),
    Rule(
        "ACCOUNT-7", "A starter who asks for starter gets 409, a creator who asks for starter 400.", _SOURCE
    ),
    Rule("ACCOUNT-8", "Nobody who was a creator is ever a starter again.", "conventions.md 13"),
    Rule(
        "ACCOUNT-9",
        "An account keeps its id and its creation time, and its update time never goes back.",
        _SOURCE,
    ),
    Rule(
        "ACCOUNT-10",
        "Who-am-I shows the same user as the account, and a key exactly when one was used.",
        _SOURCE,
    ),
    Rule(
        "ACCOUNT-11",
        "Parallel first requests of a person all succeed and make one account.",
        "conventions.md 2.3",
    ),
    Rule("INV-U1", "An account has an upgrade time exactly when it is a creator's.", _INVARIANTS),
    Rule("INV-U4", "A tier is starter or creator.", _INVARIANTS),
    Rule("INV-U5", "The credits of a user are never negative.", _INVARIANTS),
    Rule("INV-U6", "The storage use of a user is never negative.", _INVARIANTS),
)

TIERS = ("starter", "creator")
UPDATABLE = ("name", "avatar_url")
WHOAMI_KEY_MEMBERS = ("id", "owner", "name", "key_prefix", "scopes", "expires_at")
WHOAMI_HIDDEN = ("user_id", "revoked_at", "last_used_at", "created_at")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s/?#]+[^\s]*")


def new_account(user_id: str, email: str) -> dict[str, Any]:
    """Every member but the two times of the account a first request makes (ACCOUNT-1)."""
    return {
        "id": user_id, "email": email, "name": None, "avatar_url": None, "tier": "starter", "credits": 0,
        "ephemeral_storage_bytes": 0, "upgraded_at": None,
    }  # fmt: skip


def update_answer(body: Any) -> Answer:
    """What `update_account` answers to a decoded body (ACCOUNT-4)."""
    if not isinstance(body, Mapping):
        return INVALID
    name, avatar = body.get("name"), body.get("avatar_url")
    fits = (name is None or is_name(name)) and (avatar is None or is_absolute_url(avatar))
    return OK if fits else INVALID


def is_name(value: Any) -> bool:
    """Whether a value is a name of 1 to 100 code points without U+0000."""
    return isinstance(value, str) and 1 <= len(value) <= 100 and "\0" not in value


def is_absolute_url(value: Any) -> bool:
    """Whether a value is a URL with scheme and host."""
    return isinstance(value, str) and "\0" not in value and _URL.fullmatch(value) is not None


def updated(account: Json, body: Json) -> dict[str, Any]:
    """The account after an accepted update, `updated_at` left as it was (ACCOUNT-2, ACCOUNT-3)."""
    return {**account, **{name: body[name] for name in UPDATABLE if name in body}}


def upgrade_answer(tier: str, body: Any) -> Answer:
    """What `upgrade_account` answers somebody of `tier` (ACCOUNT-5 to ACCOUNT-7)."""
    target = body.get("target_tier") if isinstance(body, Mapping) else None
    if target not in TIERS:
        return INVALID
    if target == "creator":
        return OK
    return CONFLICT if tier == "starter" else INVALID


def broken_account_rules(account: Json) -> list[Broken]:
    """Judge one account by itself."""
    tier, upgraded = account.get("tier"), account.get("upgraded_at")
    broken = []
    if tier not in TIERS:
        broken.append(Broken("INV-U4", f"tier is {tier!r}, expected starter or creator"))
    if (tier == "creator") != (upgraded is not None):
        broken.append(Broken("INV-U1", f"a {tier} with upgraded_at {upgraded!r}"))
    for rule_id, member in (("INV-U5", "credits"), ("INV-U6", "ephemeral_storage_bytes")):
        if isinstance(account.get(member), int) and account[member] < 0:
            broken.append(Broken(rule_id, f"{member} is {account[member]}"))
    created, changed = instant(account.get("created_at")), instant(account.get("updated_at"))
    if created and changed and changed < created:
        broken.append(Broken("INV-TIME1", f"updated_at {account['updated_at']} lies before created_at"))
    return broken


def broken_account_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one account, `after` taken later."""
    broken = [
        Broken("ACCOUNT-9", f"{name} was {before.get(name)!r}, is {after.get(name)!r}")
        for name in ("id", "created_at")
        if before.get(name) != after.get(name)
    ]
    old, new = instant(before.get("updated_at")), instant(after.get("updated_at"))
    if old and new and new < old:
        broken.append(Broken("ACCOUNT-9", f"updated_at went back from {old} to {new}"))
    if before.get("tier") != "creator":
        return broken
    if after.get("tier") != "creator":
        broken.append(Broken("ACCOUNT-8", f"a creator became {after.get('tier')!r}"))
    elif instant(before.get("upgraded_at")) != instant(after.get("upgraded_at")):
        broken.append(
            Broken(
                "ACCOUNT-6",
                f"upgraded_at went from {before.get('upgraded_at')} to {after.get('upgraded_at')}",
            )
        )
    return broken


def broken_whoami_rules(whoami: Json, account: Json, key: Json | None) -> list[Broken]:
    """ACCOUNT-10: `account` was read right before or after, `key` is the key used, None for a session."""
    method = "api_key" if key is not None else "jwt"
    broken = []
    if whoami.get("auth_method") != method:
        broken.append(
            Broken("ACCOUNT-10", f"auth_method is {whoami.get('auth_method')!r}, expected {method}")
        )
    if whoami.get("user") != account:
        broken.append(Broken("ACCOUNT-10", f"user is {whoami.get('user')}, the account is {account}"))
    if key is None:
        return broken + ([Broken("ACCOUNT-10", "a session shows an api_key")] if "api_key" in whoami else [])
    shown, expected = whoami.get("api_key") or {}, {name: key.get(name) for name in WHOAMI_KEY_MEMBERS}
    seen = {name: shown.get(name) for name in WHOAMI_KEY_MEMBERS}
    if seen != expected or set(shown) & set(WHOAMI_HIDDEN):
        broken.append(Broken("ACCOUNT-10", f"api_key is {dict(shown)}, expected {expected}"))
    return broken
