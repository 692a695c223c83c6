"""Projects in the state a story begins with, the requests that take one, and their renders."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from framecast_client import Request, operations
from framecast_client.models import Job, Project
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Team

STORIES: Mapping[str, str] = {
    "draft": "draft",
    "rendering, queued": "rendering",
    "rendering, started": "rendering",
    "completed": "completed",
    "draft after failed": "draft",
    "draft after canceled": "draft",
    "archived": "archived",
    "archived after completed": "archived",
}
"""How a project has fared so far, and the state that makes of it."""


async def new_project(team: Team, spec: Any = None, *, name: str = "Trailer") -> Project:
    """A draft of the team's owner, with a storyboard that renders unless another is given."""
    return await team.owner.client.create_project(team.id, name, spec=spec or storyboard(5))


async def render_to(team: Team, back_end: RenderBackEnd, project_id: UUID | str, state: str) -> Job:
    """Render a project on behalf of the team's owner and bring the job into a state."""
    job = await team.owner.client.create_project_job(project_id)
    await back_end.lead(team.owner, job.id, state)
    return await team.owner.client.get_job(job.id)


async def project_that_is(team: Team, back_end: RenderBackEnd, story: str) -> Project:
    """A new project that has fared as one of STORIES tells."""
    project = await new_project(team)
    owner = team.owner.client
    if story == "rendering, queued":
        await owner.create_project_job(project.id)
    elif story == "rendering, started":
        await render_to(team, back_end, project.id, "processing")
    elif story != "draft" and story != "archived":
        await render_to(team, back_end, project.id, story.rpartition(" ")[2])
    if story.startswith("archived"):
        await owner.archive_project(project.id)
    return await owner.get_project(project.id)


def project_requests(project: Project) -> dict[str, Request[Any]]:
    """A good request of every operation on a project or on its team's projects, by operation."""
    return {
        "list_projects": operations.list_projects(project.team_id),
        "create_project": operations.create_project(project.team_id, "Another"),
        "get_project": operations.get_project(project.id),
        "update_project": operations.update_project(project.id, name="Renamed"),
        "update_project_spec": operations.update_project_spec(project.id, storyboard(7)),
        "create_project_job": operations.create_project_job(project.id),
        "archive_project": operations.archive_project(project.id),
        "unarchive_project": operations.unarchive_project(project.id),
        "delete_project": operations.delete_project(project.id),
    }
