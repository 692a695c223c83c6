"""Artifacts that can be rendered, and the renders of them."""

from typing import Any

from framecast_client.models import Artifact, RenderArtifactResponse
from framecast_contract.target.people import Persona
from framecast_contract.workloads.answers import as_json
from framecast_contract.workloads.rendering import OUTPUT, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

DOG = {"prompt": "a small brown dog", "name": "Rex"}
PICTURE = {"url": "https://renders.example.com/rex.png"}
KINDS = ("character", "storyboard")


async def renderable(kind: str, person: Persona, owner: str | None = None, **wish: Any) -> Artifact:
    """A new character, or a storyboard of 5 credits, that `person` makes for `owner`."""
    if kind == "character":
        return await person.client.create_character(DOG, owner=owner, **wish)
    return await person.client.create_storyboard(storyboard(5), owner=owner, **wish)


async def end_render(
    back_end: RenderBackEnd, person: Persona, render: RenderArtifactResponse, state: str
) -> None:
    """Bring the job of a render into a state; a completed one has the output of its kind."""
    job_id = render.job.id
    if state != "completed":
        await back_end.lead(person, job_id, state)
        return
    await back_end.start(job_id)
    await back_end.complete(job_id, OUTPUT if render.artifact.kind == "video" else PICTURE)


async def pair(person: Persona, render: RenderArtifactResponse) -> tuple[dict[str, Any], dict[str, Any]]:
    """The artifact that a render makes and its job, as they are read now."""
    artifact = await person.client.get_artifact(render.artifact.id)
    return as_json(artifact), as_json(await person.client.get_job(render.job.id))
