"""A world worth fuzzing: somebody who owns one of everything, in every state that matters."""

from dataclasses import dataclass

from framecast_contract.target.base import Capability
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

PLENTY = 2_000_000_000
"""Credits that no run spends; the largest balance is 2,147,483,647."""

ENDED = ("completed", "failed", "canceled")
ACTIVE = ("queued", "processing")


@dataclass(frozen=True, slots=True)
class PopulatedWorld:
    """Who acts, and the ids that exist: parameter name → ids."""

    actor: Persona
    ids: dict[str, list[str]]


async def populated(people: People, actor: Persona) -> PopulatedWorld:
    """Give `actor` a job per state and a key per state, as far as the target and the actor allow."""
    ids = {"key_id": await _keys(actor), "system_asset_id": ["asset_sfx_whoosh", "asset_music_tense"]}
    if {Capability.CREDITS, Capability.RENDERS} <= people.target.capabilities:
        ids["job_id"] = await _jobs(people, actor)
    return PopulatedWorld(actor, ids)


async def _keys(actor: Persona) -> list[str]:
    valid = await actor.client.create_api_key(name="valid", scopes=["jobs:read"])
    revoked = await actor.client.create_api_key(name="revoked", scopes=["jobs:read"])
    await actor.client.revoke_api_key(revoked.api_key.id)
    return [str(valid.api_key.id), str(revoked.api_key.id)]


async def _jobs(people: People, actor: Persona) -> list[str]:
    """One job per ending, then as many active ones as leave slots free: two of a creator's five."""
    await people.target.set_credits(actor.owner, PLENTY)
    back_end = RenderBackEnd(people)
    starter = (await actor.client.get_account()).tier == "starter"
    return [await _job_in(actor, back_end, state) for state in (ENDED if starter else (*ENDED, *ACTIVE))]


async def _job_in(actor: Persona, back_end: RenderBackEnd, state: str) -> str:
    job = await actor.client.create_job(storyboard(2.5))
    await back_end.lead(actor, job.id, state, percent=40)
    return str(job.id)
