"""Everybody who may call an operation: people of every standing, and credentials of every kind, good or bad.

Each way to call gives the whole Authorization header (or none) and what the oracle must know of the caller to
say what the contract answers.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from framecast_contract.contract import Access
from framecast_contract.oracle import access as known
from framecast_contract.oracle.access import FOREIGN, OWN, Caller, Relation
from framecast_contract.oracle.api_keys import SCOPES
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.bad_credentials import UNKNOWN_KEY, expired, signed_by_another
from framecast_contract.workloads.belongings import Belongings
from framecast_contract.workloads.teams import join

Header = str | None
Becoming = Callable[[Belongings, Access], Awaitable[Header]]


def everything(_: Access) -> list[str]:
    """The scope that includes all."""
    return ["*"]


@dataclass(frozen=True, slots=True)
class Who:
    """A kind of caller: how to become one, the rules it shows, and what the oracle must know of it."""

    header: Becoming
    rules: tuple[str, ...]
    credential: str = known.JWT
    bare: bool = False
    tier: str = "creator"
    scopes: Callable[[Access], list[str]] = everything
    relation: Relation = OWN

    def caller(self, access: Access) -> Caller:
        return Caller(self.credential, self.bare, self.tier, frozenset(self.scopes(access)))


def sufficient(access: Access) -> list[str]:
    """The scope of the operation; where none is needed, one that has nothing to do with it."""
    return [access.scope or "conversations:read"]


def insufficient(access: Access) -> list[str]:
    """Every scope but the operation's, `*` left out too."""
    return sorted(SCOPES - {"*", access.scope})


async def _nobody(_: Belongings, __: Access) -> Header:
    return None


async def _malformed(have: Belongings, _: Access) -> Header:
    return f"Token {have.owner.token}"


async def _garbage(_: Belongings, __: Access) -> Header:
    return "Bearer not.a.token"


async def _expired(have: Belongings, _: Access) -> Header:
    return f"Bearer {expired(have.people, have.owner).token}"


async def _forged(have: Belongings, _: Access) -> Header:
    return f"Bearer {signed_by_another(str(have.owner.token))}"


async def _without_email(have: Belongings, _: Access) -> Header:
    return f"Bearer {have.people.unprovisioned('nameless', email=None).token}"


async def _owner(have: Belongings, _: Access) -> Header:
    return f"Bearer {have.owner.token}"


async def _starter(have: Belongings, access: Access) -> Header:
    """The owner, or where starters own nothing a bystander."""
    if access.tier == "starter":
        return f"Bearer {have.owner.token}"
    return f"Bearer {(await have.people.starter('bystander')).token}"


async def _stranger(have: Belongings, _: Access) -> Header:
    return f"Bearer {(await have.people.creator('stranger')).token}"


def _team_mate(role: Any) -> Becoming:
    async def become(have: Belongings, _: Access) -> Header:
        return f"Bearer {(await join(have.people, have.owner, have.team_id, role)).token}"

    return become


def _key(scopes: Callable[[Access], list[str]], prefix: str = "Bearer ") -> Becoming:
    async def become(have: Belongings, access: Access) -> Header:
        return f"{prefix}{(await _new_key(have, scopes(access)))[0]}"

    return become


async def _revoked_key(have: Belongings, _: Access) -> Header:
    raw_key, key_id = await _new_key(have, ["*"])
    await have.owner.client.revoke_api_key(key_id)
    return f"Bearer {raw_key}"


async def _expired_key(have: Belongings, _: Access) -> Header:
    now = have.people.target.clock.now()
    raw_key, _id = await _new_key(have, ["*"], expires_at=now + timedelta(seconds=30))
    await pass_time(31)
    return f"Bearer {raw_key}"


async def _unknown_key(_: Belongings, __: Access) -> Header:
    return f"Bearer {UNKNOWN_KEY}"


async def _new_key(have: Belongings, scopes: Any, **options: Any) -> tuple[str, str]:
    """A new key of the owner: raw form and id."""
    created = await have.owner.client.create_api_key(scopes=scopes, **options)
    return created.raw_key, str(created.api_key.id)


_STANDING = ("ACCESS-2", "ACCESS-5")
CALLERS: Mapping[str, Who] = {
    "nobody": Who(_nobody, ("AUTH-1", "AUTH-8"), known.NONE),
    "malformed_header": Who(_malformed, ("AUTH-2", "AUTH-8"), known.MALFORMED),
    "garbage_token": Who(_garbage, ("AUTH-3", "AUTH-8"), known.GARBAGE),
    "expired_token": Who(_expired, ("AUTH-3", "AUTH-8"), known.EXPIRED_JWT),
    "forged_token": Who(_forged, ("AUTH-3",), known.GARBAGE),
    "token_without_email": Who(_without_email, ("AUTH-7",), known.JWT_WITHOUT_EMAIL),
    "starter": Who(_starter, _STANDING, tier="starter"),
    "stranger": Who(_stranger, ("ACCESS-6", "KEY-6", "D-3"), relation=FOREIGN),
    "viewer": Who(_team_mate("viewer"), _STANDING, relation=Relation(role="viewer")),
    "member": Who(_team_mate("member"), _STANDING, relation=Relation(role="member")),
    "admin": Who(_team_mate("admin"), _STANDING, relation=Relation(role="admin")),
    "owner": Who(_owner, _STANDING),
    "key_with_scope": Who(
        _key(sufficient), ("ACCESS-4", "AUTH-5", "AUTH-6"), known.API_KEY, scopes=sufficient
    ),
    "bare_key": Who(_key(sufficient, ""), ("AUTH-5", "AUTH-6"), known.API_KEY, bare=True, scopes=sufficient),
    "key_without_scope": Who(
        _key(insufficient), ("ACCESS-3", "ACCESS-4"), known.API_KEY, scopes=insufficient
    ),
    "key_with_star": Who(_key(everything), ("ACCESS-4",), known.API_KEY),
    "revoked_key": Who(_revoked_key, ("AUTH-4", "INV-A4"), known.REVOKED_KEY),
    "expired_key": Who(_expired_key, ("AUTH-4", "INV-A5"), known.EXPIRED_KEY),
    "unknown_key": Who(_unknown_key, ("AUTH-4",), known.UNKNOWN_KEY),
}
"""By the names that reports show."""
