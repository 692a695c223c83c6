"""The model of projects: a team renders, renames, archives and deletes, and no story breaks a law."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.project_world import (
    ProjectWorld,
    broken_project_model_rules,
    broken_project_world_rules,
)
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    TIER_TOO_LOW,
    Answer,
)
from framecast_contract.oracle.world import World

PROJECT, TEAM, JOB, SECOND, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcde")
SPEC = {"title": "t", "scenes": [{"id": "s", "prompt": "p", "duration": 7}]}
OWNER, VIEWER, STARTER = (f"{digit * 8}-1111-4111-8111-111111111111" for digit in "123")


def team(credits: int = 20) -> ProjectWorld:
    people = {
        OWNER: Person(OWNER, "creator", {TEAM: "owner"}),
        VIEWER: Person(VIEWER, "creator", {TEAM: "viewer"}),
        STARTER: Person(STARTER),
    }
    return ProjectWorld(World(people, {f"framecast:team:{TEAM}": credits}))


def rendering() -> ProjectWorld:
    _, world = team().create(PROJECT, OWNER, TEAM, {"name": "n", "spec": SPEC})
    answer, world = world.render(JOB, OWNER, PROJECT)
    assert answer == CREATED
    return world


def test_a_project_is_rendered_and_completed_and_rendered_again() -> None:
    world = rendering()
    assert world.projects[PROJECT]["latest_job_status"] == "queued"
    assert world.render(SECOND, OWNER, PROJECT) == (CONFLICT, world)
    assert world.change("update_project", OWNER, PROJECT, {"name": "x"}) == (CONFLICT, world)
    for body in ({"event": "started"}, {"event": "completed", "output": {}}):
        _, moved = world.world.callback({"job_id": JOB, **body})
        world = world.moved(moved)
    assert world.projects[PROJECT] == {
        "id": PROJECT, "team_id": TEAM, "created_by": OWNER, "name": "n", "status": "completed", "spec": SPEC,
        "latest_job_status": "completed",
    }  # fmt: skip
    assert world.world.balances == {f"framecast:team:{TEAM}": 13}
    answer, world = world.render(SECOND, OWNER, PROJECT)
    assert (answer, world.projects[PROJECT]["status"]) == (CREATED, "rendering")
    assert broken_project_world_rules(world) == []


def test_a_project_whose_job_is_canceled_is_a_draft_again() -> None:
    world = rendering()
    _, moved = world.world.cancel(OWNER, JOB)
    world = world.moved(moved)
    assert (world.projects[PROJECT]["status"], world.projects[PROJECT]["latest_job_status"]) == (
        "draft",
        "canceled",
    )


def test_deleting_a_project_leaves_its_jobs_behind() -> None:
    world = rendering()
    assert world.change("delete_project", OWNER, PROJECT)[0] == CONFLICT
    _, moved = world.world.cancel(OWNER, JOB)
    answer, world = world.moved(moved).change("delete_project", OWNER, PROJECT)
    assert (answer, world.projects, world.world.jobs[JOB]["project_id"]) == (NO_CONTENT, {}, None)
    assert world.world.delete(OWNER, JOB)[0] == NO_CONTENT


def test_who_does_not_belong_is_refused() -> None:
    world = rendering()
    assert world.change("archive_project", VIEWER, PROJECT)[0] == FORBIDDEN
    assert world.change("archive_project", STARTER, PROJECT)[0] == TIER_TOO_LOW
    assert world.change("archive_project", OWNER, OTHER)[0] == NOT_FOUND
    assert world.create(OTHER, VIEWER, TEAM, {"name": "n"})[0] == FORBIDDEN
    assert world.create(OTHER, OWNER, OTHER, {"name": "n"})[0] == FORBIDDEN
    assert world.create(OTHER, VIEWER, TEAM, {})[0] == INVALID
    assert world.render(SECOND, VIEWER, PROJECT)[0] == FORBIDDEN
    assert world.render(SECOND, STARTER, PROJECT)[0] == TIER_TOO_LOW
    assert world.render(SECOND, OWNER, OTHER)[0] == NOT_FOUND


def test_a_list_shows_what_changed_last_first() -> None:
    world = rendering()
    _, world = world.create(OTHER, OWNER, TEAM, {"name": "second"})
    assert [each["id"] for each in world.listed(VIEWER, TEAM)] == [OTHER, PROJECT]
    _, world = world.change("archive_project", OWNER, OTHER)
    assert [each["id"] for each in world.listed(VIEWER, TEAM)] == [PROJECT]
    assert [each["id"] for each in world.listed(VIEWER, TEAM, include_archived=True)] == [OTHER, PROJECT]
    assert world.listed(STARTER, TEAM) == []


def test_a_project_that_differs_from_the_model_is_noticed() -> None:
    world = rendering()
    right = world.projects[PROJECT]
    assert broken_project_model_rules(world, right) == []
    for wrong in ({**right, "status": "draft"}, {**right, "id": OTHER}):
        assert [b.rule_id for b in broken_project_model_rules(world, wrong)] == ["WORLD-3"]


COMMANDS = st.lists(
    st.sampled_from(
        ["render", "started", "completed", "failed", "cancel", "time", "archive_project", "unarchive_project",
         "update_project", "update_project_spec", "delete_project", "create"]
    ),
    max_size=30,
)  # fmt: skip


@given(COMMANDS)
def test_no_story_of_a_project_breaks_a_law(commands: list[str]) -> None:
    _, world = team(credits=100).create(PROJECT, OWNER, TEAM, {"name": "n", "spec": SPEC})
    made = 0
    for number, command in enumerate(commands):
        answer, world = told(world, command, number)
        made += command == "render" and answer == CREATED
        assert broken_project_world_rules(world) == []
    assert len(world.world.jobs) == made


def told(world: ProjectWorld, command: str, number: int) -> tuple[Answer, ProjectWorld]:
    if command == "create" and PROJECT in world.projects:
        return OK, world
    if command == "create":
        return world.create(PROJECT, OWNER, TEAM, {"name": "n", "spec": SPEC})
    if command == "render":
        return world.render(f"{number:08}-0000-4000-8000-000000000000", OWNER, PROJECT)
    if command in ("started", "completed", "failed", "cancel", "time"):
        return ended(world, command)
    bodies: dict[str, dict[str, Any]] = {
        "update_project": {"name": command},
        "update_project_spec": {"spec": SPEC},
    }
    return world.change(command, OWNER, PROJECT, bodies.get(command))


def ended(world: ProjectWorld, command: str) -> tuple[Answer, ProjectWorld]:
    if not world.world.jobs:
        return OK, world
    newest = list(world.world.jobs)[-1]
    if command == "time":
        return OK, world.moved(world.world.time_out(newest))
    if command == "cancel":
        answer, moved = world.world.cancel(OWNER, newest)
    else:
        answer, moved = world.world.callback({"job_id": newest, "event": command, "output": {}})
    return answer, world.moved(moved)
