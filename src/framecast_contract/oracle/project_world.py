"""The world with projects in it: what every request does to a team's projects and to the jobs they render.

It stands on the world of people, balances and jobs. A project's state is never set by a job's end on its own:
whatever moves a job goes through `moved`, which lets the projects follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from framecast_contract.oracle import credits, limits
from framecast_contract.oracle.job_life import ACTIVE
from framecast_contract.oracle.jobs import broken_project_rules as broken_project_slots
from framecast_contract.oracle.judging import broken_expectations
from framecast_contract.oracle.project_renders import ProjectRender, body_answer, render_project_refusals
from framecast_contract.oracle.projects import (
    broken_project_jobs_rules,
    changed,
    matching,
    new_project,
    project_after,
    project_step,
    role_answer,
)
from framecast_contract.oracle.words import (
    CREATED,
    NO_CONTENT,
    NOT_FOUND,
    TIER_TOO_LOW,
    Answer,
    Broken,
    Json,
    Rule,
)
from framecast_contract.oracle.world import World

RULES = (
    Rule(
        "WORLD-3", "A project as read shows what the requests so far have made of it.", "job-semantics.md 1.2"
    ),
)


@dataclass(frozen=True, slots=True)
class ProjectWorld:
    """A world, and its projects by id, those changed last standing last."""

    world: World
    projects: Mapping[str, Json] = field(default_factory=dict)

    def create(self, project_id: str, user: str, team_id: str, body: Any) -> tuple[Answer, "ProjectWorld"]:
        """`create_project` by `user`; `project_id` is the id the new project has, if there is one."""
        refused = self._refused(user, team_id, "create_project", body)
        if refused:
            return refused, self
        project = {"id": project_id, **new_project(team_id, user, body)}
        return CREATED, self._with(project)

    def change(
        self, operation_id: str, user: str, project_id: str, body: Json | None = None
    ) -> tuple[Answer, "ProjectWorld"]:
        """Renaming, a new storyboard, archiving, unarchiving or deleting a project, by its operation."""
        project = self.projects.get(project_id)
        refused = self._refused(user, project["team_id"] if project else None, operation_id, body)
        if refused or project is None:
            return refused or NOT_FOUND, self
        taken = project_step(operation_id, project["status"])
        if not taken.answer.accepted:
            return taken.answer, self
        if taken.answer == NO_CONTENT:
            return taken.answer, self._without(project_id)
        return taken.answer, self._with(changed(operation_id, project, body))

    def render(
        self, job_id: str, user: str, project_id: str, options: Json | None = None
    ) -> tuple[Answer, "ProjectWorld"]:
        """`create_project_job` of `project_id` by `user` into the new job `job_id`."""
        refusals = self.render_refusals(user, project_id)
        if refusals:
            return refusals[0], self
        project = self.projects[project_id]
        owner = f"framecast:team:{project['team_id']}"
        world = self.world.born(job_id, user, owner, project["spec"], options or {}, project_id=project_id)
        return CREATED, self.moved(world)

    def render_refusals(self, user: str, project_id: str) -> tuple[Answer, ...]:
        """Every refusal a render may get; more than one where the order of checks is open."""
        person, project = self.world.people[user], self.projects.get(project_id)
        if person.tier != "creator":
            return (TIER_TOO_LOW,)
        if project is None:
            return (NOT_FOUND,)
        owner = f"framecast:team:{project['team_id']}"
        taken = limits.active_jobs(self.world.jobs.values(), owner)
        render = ProjectRender(
            role=person.roles.get(project["team_id"]),
            status=project["status"],
            spec=project["spec"],
            free_slots=limits.slot_limit(owner, "creator") - taken,
            balance=self.world.balances.get(credits.payer(owner), 0),
            has_active_job=project["latest_job_status"] in ACTIVE,
            ready_assets=self.world.ready_assets,
        )
        return render_project_refusals(render)

    def moved(self, world: World) -> "ProjectWorld":
        """This world after its jobs came to be those of `world`: by creation, callback, cancel or time."""
        following = replace(self, world=world)
        for project in self.projects.values():
            own = [job for job in world.jobs.values() if job["project_id"] == project["id"]]
            latest = own[-1]["status"] if own else None
            if latest is not None and latest != project["latest_job_status"]:
                following = following._followed(project, latest)
        return following

    def _followed(self, project: Json, latest: str) -> "ProjectWorld":
        status = project_after(latest)
        after = {**project, "status": status, "latest_job_status": latest}
        if status == project["status"]:
            return replace(self, projects={**self.projects, project["id"]: after})
        return self._with(after)

    def listed(
        self, user: str, team_id: str, *, status: str | None = None, include_archived: bool = False
    ) -> list[Json]:
        """What `list_projects` shows a member of the team, last changed first."""
        if self._refused(user, team_id, "list_projects", None):
            return []
        own = [each for each in reversed(list(self.projects.values())) if each["team_id"] == team_id]
        return matching(own, status=status, include_archived=include_archived)

    def _refused(self, user: str, team_id: str | None, operation_id: str, body: Any) -> Answer | None:
        person = self.world.people[user]
        if person.tier != "creator":
            return TIER_TOO_LOW
        malformed = body_answer(operation_id, body)
        return malformed or role_answer(operation_id, person.roles.get(team_id or ""))

    def _with(self, project: Json) -> "ProjectWorld":
        others = {key: each for key, each in self.projects.items() if key != project["id"]}
        return replace(self, projects={**others, project["id"]: project})

    def _without(self, project_id: str) -> "ProjectWorld":
        """This world without a project: its jobs stay and belong to none (PROJECT-18)."""
        left = {key: each for key, each in self.projects.items() if key != project_id}
        jobs = {
            key: {**job, "project_id": None} if job["project_id"] == project_id else job
            for key, job in self.world.jobs.items()
        }
        return ProjectWorld(replace(self.world, jobs=jobs), left)


def broken_project_model_rules(world: ProjectWorld, project: Json) -> list[Broken]:
    """WORLD-3: a project read from the API against the same project in `world`."""
    expected = world.projects.get(str(project.get("id")))
    if expected is None:
        return [Broken("WORLD-3", f"project {project.get('id')} is shown, but was never made or is deleted")]
    return broken_expectations("WORLD-3", "the project", project, expected)


def broken_project_world_rules(world: ProjectWorld) -> list[Broken]:
    """The laws of every reachable world: projects agree with their jobs, and have one active job at most."""
    jobs = list(world.world.jobs.values())
    broken = broken_project_slots(jobs)
    for project in world.projects.values():
        own = [job for job in jobs if job["project_id"] == project["id"]]
        broken += broken_project_jobs_rules(project, own[-1:])
    return broken
