"""A world worth fuzzing: somebody who owns what an operation works on, in every state that matters."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass

from framecast_contract.target.base import Capability
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads import belongings
from framecast_contract.workloads.belongings import Belongings
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Role, join

PLENTY = 2_000_000_000
"""Credits that no run spends; the largest balance is 2,147,483,647."""

ENDED = ("completed", "failed", "canceled")
ACTIVE = ("queued", "processing")
RENDERING = {Capability.CREDITS, Capability.RENDERS}


@dataclass(frozen=True, slots=True)
class PopulatedWorld:
    """Who acts, and the ids that exist: parameter name → ids."""

    actor: Persona
    ids: dict[str, list[str]]


async def populated(people: People, creator: Persona, names: Iterable[str]) -> PopulatedWorld:
    """Give a creator a team, and one thing per state for each of these parameters and body members.

    What the target lets nobody decide (how renders end, say) is left out.
    """
    team = await creator.client.create_team("Studio")
    have = Belongings(people, creator, f"framecast:team:{team.id}", {"team_id": str(team.id)})
    if Capability.CREDITS in people.target.capabilities:
        await people.target.set_credits(have.urn, PLENTY)
        await people.target.set_credits(creator.owner, PLENTY)
    ids = {name: await MAKERS[name](have) for name in names if name in MAKERS}
    return PopulatedWorld(creator, {name: made for name, made in ids.items() if made})


async def _keys(have: Belongings) -> list[str]:
    await belongings.key(have)
    revoked = await have.owner.client.create_api_key(name="revoked", scopes=["jobs:read"])
    await have.owner.client.revoke_api_key(revoked.api_key.id)
    return [have.ids["key_id"], str(revoked.api_key.id)]


async def _jobs(have: Belongings) -> list[str]:
    """One personal job per ending, then as many active ones as leave slots free: two of five."""
    if not have.people.target.capabilities >= RENDERING:
        return []
    back_end = RenderBackEnd(have.people)
    return [await _job_in(have.owner, back_end, state) for state in (*ENDED, *ACTIVE)]


async def _job_in(actor: Persona, back_end: RenderBackEnd, state: str) -> str:
    job = await actor.client.create_job(storyboard(2.5))
    await back_end.lead(actor, job.id, state, percent=40)
    return str(job.id)


async def _teams(have: Belongings) -> list[str]:
    """The actor's own teams, and one of somebody else."""
    host = await have.people.creator("host")
    foreign = (await host.client.list_teams())[0]
    return [str(team.id) for team in (*await have.owner.client.list_teams(), foreign)]


async def _users(have: Belongings) -> list[str]:
    roles: tuple[Role, ...] = ("viewer", "member", "admin")
    return [(await join(have.people, have.owner, have.team_id, role)).user_id for role in roles]


async def _invitations(have: Belongings) -> list[str]:
    """Sent and pending, sent and revoked, received."""
    found = []
    for make in (belongings.invitation, belongings.received_invitation):
        await make(have)
        found.append(have.ids["invitation_id"])
    revoked = await have.owner.client.create_invitation(have.team_id, "nobody@example.com")
    await have.owner.client.revoke_invitation(have.team_id, revoked.id)
    return [*found, str(revoked.id)]


async def _projects(have: Belongings) -> list[str]:
    """A draft, an archived one, one without a spec."""
    await belongings.archived_project(have)
    archived = have.ids["project_id"]
    await belongings.project(have)
    bare = await have.owner.client.create_project(have.team_id, "Ideas")
    return [have.ids["project_id"], archived, str(bare.id)]


async def _assets(have: Belongings) -> list[str]:
    """Ready, uploaded but not confirmed, never uploaded."""
    await belongings.asset(have)
    ready = have.ids["asset_id"]
    await have.owner.client.confirm_asset_upload(ready)
    await belongings.asset(have)
    empty = await have.owner.client.create_asset_upload_url("cat.png", "image/png", 7)
    return [ready, have.ids["asset_id"], str(empty.asset.id)]


async def _artifacts(have: Belongings) -> list[str]:
    """A storyboard, a character, and the picture that is being rendered from it."""
    await belongings.storyboard_artifact(have)
    story = have.ids["artifact_id"]
    await belongings.character(have)
    made = [story, have.ids["artifact_id"]]
    if have.people.target.capabilities >= RENDERING:
        have.people.target.take_over_renders()
        rendered = await have.owner.client.render_artifact(have.ids["artifact_id"])
        made.append(str(rendered.artifact.id))
    return made


async def _conversations(have: Belongings) -> list[str]:
    """One that goes on and one that is archived."""
    await belongings.conversation(have)
    archived = have.ids["conversation_id"]
    await have.owner.client.update_conversation(archived, status="archived")
    await belongings.conversation(have)
    return [have.ids["conversation_id"], archived]


async def _webhooks(have: Belongings) -> list[str]:
    """An active one and one that is switched off."""
    if Capability.WEBHOOK_RECEIVER not in have.people.target.capabilities:
        return []
    await belongings.webhook(have)
    off = have.ids["webhook_id"]
    await have.owner.client.update_webhook(off, is_active=False)
    await belongings.webhook(have)
    return [have.ids["webhook_id"], off]


async def _deliveries(have: Belongings) -> list[str]:
    """One that failed for good and one that arrived."""
    if Capability.WEBHOOK_RECEIVER not in have.people.target.capabilities:
        return []
    await belongings.failed_delivery(have)
    await have.people.target.receiver("belongings").react(200)
    arrived = await have.owner.client.test_webhook(have.ids["webhook_id"])
    return [have.ids["delivery_id"], str(arrived.id)]


async def _owners(have: Belongings) -> list[str]:
    membership = f"framecast:{have.team_id}:{have.owner.user_id}"
    return [have.urn, have.owner.owner, membership]


async def _system_assets(_: Belongings) -> list[str]:
    return ["asset_sfx_whoosh", "asset_music_tense"]


MAKERS: Mapping[str, Callable[[Belongings], Awaitable[list[str]]]] = {
    "key_id": _keys,
    "job_id": _jobs,
    "team_id": _teams,
    "user_id": _users,
    "invitation_id": _invitations,
    "project_id": _projects,
    "asset_id": _assets,
    "artifact_id": _artifacts,
    "conversation_id": _conversations,
    "webhook_id": _webhooks,
    "delivery_id": _deliveries,
    "owner": _owners,
    "system_asset_id": _system_assets,
}
"""Parameter or body member → how to come by values that exist."""
