"""Who may call what: every operation by every kind of caller, answered as the contract's `x-access` says.

Each cell makes its own world: somebody who owns a job and a key, and a caller who is that person, a stranger,
or nobody. The table only says how to call an operation so that whoever is let in succeeds.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from framecast_contract.contract import Access, Contract
from framecast_contract.oracle import access as known
from framecast_contract.oracle.access import FOREIGN, OWN, Caller, Relation, expected_answers
from framecast_contract.oracle.api_keys import SCOPES
from framecast_contract.oracle.words import Answer
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import answer_of
from framecast_contract.workloads.bad_credentials import UNKNOWN_KEY, expired, signed_by_another
from framecast_contract.workloads.storyboards import storyboard

SPEC = storyboard(5)


@dataclass(frozen=True, slots=True)
class Call:
    """How to call an operation: the success of whoever may, a body, and the job it needs to exist.

    In path and body {owner}, {job} and {key} stand for what the world holds. `job` is the state of that job.
    """

    success: int = 200
    body: Mapping[str, Any] | None = None
    job: str | None = None


CALLS: Mapping[str, Call] = {
    "get_root": Call(),
    "get_health": Call(),
    "get_whoami": Call(),
    "get_account": Call(),
    "update_account": Call(body={"name": "Ada"}),
    "upgrade_account": Call(body={"target_tier": "creator"}),
    "list_api_keys": Call(),
    "create_api_key": Call(201, {"scopes": ["generate"], "owner": "{owner}"}),
    "get_api_key": Call(),
    "update_api_key": Call(body={"name": "renamed"}),
    "revoke_api_key": Call(204),
    "validate_spec": Call(body={"spec": SPEC}),
    "estimate_spec": Call(body={"spec": SPEC, "owner": "{owner}"}),
    "create_job": Call(201, {"spec": SPEC, "owner": "{owner}"}, job="none yet"),
    "list_jobs": Call(),
    "get_job": Call(job="queued"),
    "delete_job": Call(204, job="canceled"),
    "cancel_job": Call(job="queued"),
    "clone_job": Call(201, {"owner": "{owner}"}, job="canceled"),
    "get_job_events": Call(job="canceled"),
    "receive_job_callback": Call(body={"job_id": "{job}", "event": "started"}, job="queued"),
    "list_system_assets": Call(),
    "get_system_asset": Call(),
}


@dataclass(slots=True)
class World:
    """What a cell has to work with: the owner of everything, and the ids to fill into calls."""

    people: People
    access: Access
    owner: Persona
    ids: dict[str, str] = field(default_factory=dict)

    def filled(self, template: str) -> str:
        for name, value in self.ids.items():
            template = template.replace(f"{{{name}}}", value)
        return template

    async def key(self, *scopes: str, **options: Any) -> tuple[str, str]:
        """A new key of the owner: raw form and id."""
        wanted: Any = list(scopes)
        created = await self.owner.client.create_api_key(scopes=wanted, **options)
        return created.raw_key, str(created.api_key.id)

    @property
    def sufficient(self) -> list[str]:
        """The scope of the operation; where none is needed, one that has nothing to do with it."""
        return [self.access.scope or "conversations:read"]

    @property
    def insufficient(self) -> list[str]:
        """Every scope but the operation's, `*` left out too."""
        return sorted(SCOPES - {"*", self.access.scope})


Header = str | None


async def _nobody(_: World) -> Header:
    return None


async def _malformed(world: World) -> Header:
    return f"Token {world.owner.token}"


async def _garbage(_: World) -> Header:
    return "Bearer not.a.token"


async def _expired(world: World) -> Header:
    return f"Bearer {expired(world.people, world.owner).token}"


async def _forged(world: World) -> Header:
    return f"Bearer {signed_by_another(str(world.owner.token))}"


async def _without_email(world: World) -> Header:
    return f"Bearer {world.people.unprovisioned('nameless', email=None).token}"


async def _owner(world: World) -> Header:
    return f"Bearer {world.owner.token}"


async def _stranger(world: World) -> Header:
    return f"Bearer {(await world.people.creator('stranger', credits=0)).token}"


async def _scoped_key(world: World) -> Header:
    return f"Bearer {(await world.key(*world.sufficient))[0]}"


async def _bare_key(world: World) -> Header:
    return (await world.key(*world.sufficient))[0]


async def _unscoped_key(world: World) -> Header:
    return f"Bearer {(await world.key(*world.insufficient))[0]}"


async def _star_key(world: World) -> Header:
    return f"Bearer {(await world.key('*'))[0]}"


async def _revoked_key(world: World) -> Header:
    raw_key, key_id = await world.key("*")
    await world.owner.client.revoke_api_key(key_id)
    return f"Bearer {raw_key}"


async def _expired_key(world: World) -> Header:
    now = world.people.target.clock.now()
    raw_key, _ = await world.key("*", expires_at=now + timedelta(seconds=30))
    await pass_time(31)
    return f"Bearer {raw_key}"


async def _unknown_key(_: World) -> Header:
    return f"Bearer {UNKNOWN_KEY}"


@dataclass(frozen=True, slots=True)
class Who:
    """A kind of caller: how to become one, and what the oracle must know of it."""

    header: Callable[[World], Awaitable[Header]]
    rules: tuple[str, ...]
    credential: str
    bare: bool = False
    tier: str = "creator"
    scopes: str = "sufficient"
    relation: Relation = OWN

    def caller(self, world: World) -> Caller:
        scopes = ["*"] if self.scopes == "*" else getattr(world, self.scopes)
        return Caller(self.credential, self.bare, self.tier, frozenset(scopes))


PERSONAS: Mapping[str, Who] = {
    "nobody": Who(_nobody, ("AUTH-1", "AUTH-8"), known.NONE),
    "malformed_header": Who(_malformed, ("AUTH-2", "AUTH-8"), known.MALFORMED),
    "garbage_token": Who(_garbage, ("AUTH-3", "AUTH-8"), known.GARBAGE),
    "expired_token": Who(_expired, ("AUTH-3", "AUTH-8"), known.EXPIRED_JWT),
    "forged_token": Who(_forged, ("AUTH-3",), known.GARBAGE),
    "token_without_email": Who(_without_email, ("AUTH-7",), known.JWT_WITHOUT_EMAIL),
    "starter": Who(_owner, ("ACCESS-2", "ACCESS-5"), known.JWT, tier="starter"),
    "creator": Who(_owner, ("ACCESS-2", "ACCESS-5"), known.JWT),
    "stranger": Who(_stranger, ("ACCESS-6", "KEY-6", "D-3"), known.JWT, relation=FOREIGN),
    "key_with_scope": Who(_scoped_key, ("ACCESS-4", "AUTH-5", "AUTH-6"), known.API_KEY),
    "bare_key": Who(_bare_key, ("AUTH-5", "AUTH-6"), known.API_KEY, bare=True),
    "key_without_scope": Who(_unscoped_key, ("ACCESS-3", "ACCESS-4"), known.API_KEY, scopes="insufficient"),
    "key_with_star": Who(_star_key, ("ACCESS-4",), known.API_KEY, scopes="*"),
    "revoked_key": Who(_revoked_key, ("AUTH-4", "INV-A4"), known.REVOKED_KEY),
    "expired_key": Who(_expired_key, ("AUTH-4", "INV-A5"), known.EXPIRED_KEY),
    "unknown_key": Who(_unknown_key, ("AUTH-4",), known.UNKNOWN_KEY),
}


def _cell(operation_id: str, persona: str) -> Any:
    needs = {"credits", "renders"} if CALLS[operation_id].job else set()
    needs |= {"clock"} if persona == "expired_key" else set()
    marks = [pytest.mark.rule("ACCESS-1", *PERSONAS[persona].rules), pytest.mark.needs(*sorted(needs))]
    return pytest.param(operation_id, persona, id=f"{operation_id}-{persona}", marks=marks)


async def _world(people: People, access: Access, call: Call, tier: str) -> World:
    """Everything a permitted caller needs: an account, a key, and the job in its state."""
    credits = 100 if call.job else 0
    if call.job:
        people.target.take_over_renders()
    owner = await (people.creator if tier == "creator" else people.starter)("owner", credits=credits)
    world = World(people, access, owner, {"owner": owner.owner, "system_asset_id": "asset_sfx_pop"})
    world.ids["key_id"] = (await world.key("generate"))[1]
    if call.job in ("queued", "canceled"):
        job = await owner.client.create_job(SPEC)
        world.ids["job"] = world.ids["job_id"] = str(job.id)
    if call.job == "canceled":
        await owner.client.cancel_job(world.ids["job"])
    return world


@pytest.mark.parametrize(
    ("operation_id", "persona"), [_cell(operation, persona) for operation in CALLS for persona in PERSONAS]
)
async def test_access(people: People, contract: Contract, operation_id: str, persona: str) -> None:
    operation, call, who = contract.operation(operation_id), CALLS[operation_id], PERSONAS[persona]
    world = await _world(people, operation.access, call, who.tier)
    client = people.raw_client(persona, await who.header(world))
    body = None if call.body is None else {name: _value(world, value) for name, value in call.body.items()}

    answer = await answer_of(client.request(operation.method, world.filled(operation.path), json=body))

    refusal = expected_answers(operation.access, who.caller(world), who.relation)
    assert answer == (refusal or Answer(call.success))


def _value(world: World, value: Any) -> Any:
    return world.filled(value) if isinstance(value, str) else value


@pytest.mark.rule("ACCESS-1")
def test_every_operation_of_the_contract_has_a_row(contract: Contract) -> None:
    assert CALLS.keys() == contract.operations.keys()
