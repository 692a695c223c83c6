"""Projects as a team works on them: who may do what, in which state."""

from typing import Any

import pytest

from .world import SPEC, Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
ROLES = ("owner", "admin", "member", "viewer")


async def team_with(world: World, role: str) -> tuple[str, Person, Person]:
    """A team, its owner, and somebody with this role in it (the owner again for `owner`)."""
    owner = await world.creator()
    team = world.team_of(owner)
    if role == "owner":
        return team, owner, owner
    person = await world.creator()
    world.join(person, team, role)
    return team, owner, person


async def made(person: Person, team: str, **members: Any) -> dict[str, Any]:
    status, project = await person.call("POST", f"/v1/teams/{team}/projects", {"name": "Film", **members})
    assert status == 201, project
    return dict(project)


async def get(person: Person, project: dict[str, Any]) -> dict[str, Any]:
    return dict((await person.call("GET", f"/v1/projects/{project['id']}"))[1])


async def test_a_new_project_is_a_draft_with_whatever_spec_it_was_given(world: World) -> None:
    owner = await world.creator()
    team = world.team_of(owner)
    project = await made(owner, team, spec={"not": ["a", "storyboard"]})
    assert project == {
        "id": project["id"],
        "team_id": team,
        "created_by": owner.id,
        "name": "Film",
        "status": "draft",
        "spec": {"not": ["a", "storyboard"]},
        "latest_job_status": None,
        "created_at": project["created_at"],
        "updated_at": project["created_at"],
    }
    assert await get(owner, project) == project
    assert (await made(owner, team, spec=None))["spec"] is None


@pytest.mark.parametrize(
    "body",
    [{}, {"name": None}, {"name": ""}, {"name": "x" * 201}, {"name": 1}, {"name": "x", "spec": []}, []],
)
async def test_a_project_needs_a_name_and_at_most_an_object_as_spec(world: World, body: Any) -> None:
    owner = await world.creator()
    answer = await owner.call("POST", f"/v1/teams/{world.team_of(owner)}/projects", body)
    assert code(answer) == (400, "VALIDATION_ERROR")


async def test_renaming_leaves_the_rest_alone(world: World) -> None:
    owner = await world.creator()
    project = await made(owner, world.team_of(owner), spec=SPEC)
    path = f"/v1/projects/{project['id']}"
    body = {"name": "Movie", "spec": {}, "status": "archived"}
    status, renamed = await owner.call("PATCH", path, body)
    assert (status, renamed) == (200, project | {"name": "Movie", "updated_at": renamed["updated_at"]})
    _, same = await owner.call("PATCH", path, {"name": None})
    assert same == renamed | {"updated_at": same["updated_at"]}
    assert project["updated_at"] < renamed["updated_at"] < same["updated_at"]
    assert code(await owner.call("PATCH", path, {"name": ""})) == (400, "VALIDATION_ERROR")


async def test_a_new_spec_replaces_the_old_one_whole(world: World) -> None:
    owner = await world.creator()
    project = await made(owner, world.team_of(owner), spec=SPEC)
    path = f"/v1/projects/{project['id']}/spec"
    status, changed = await owner.call("PUT", path, {"spec": {"title": "T"}})
    assert (status, changed) == (
        200,
        project | {"spec": {"title": "T"}, "updated_at": changed["updated_at"]},
    )
    bodies: list[Any] = [{}, {"spec": None}, {"spec": []}]
    for body in bodies:
        assert code(await owner.call("PUT", path, body)) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(
    ("method", "tail", "body", "status", "roles"),
    [
        ("GET", "", None, 200, ROLES),
        ("PATCH", "", {"name": "x"}, 200, ROLES[:3]),
        ("PUT", "/spec", {"spec": {}}, 200, ROLES[:3]),
        ("DELETE", "", None, 204, ROLES[:2]),
        ("POST", "/archive", None, 200, ROLES[:2]),
        ("POST", "/unarchive", None, 409, ROLES[:2]),
    ],
)
async def test_what_a_role_may_do_to_a_project(
    world: World, role: str, method: str, tail: str, body: Any, status: int, roles: tuple[str, ...]
) -> None:
    team, owner, person = await team_with(world, role)
    path = f"/v1/projects/{(await made(owner, team))['id']}{tail}"
    answer = await person.call(method, path, body)
    assert answer[0] == (status if role in roles else 403), answer
    stranger = await world.creator()
    assert code(await stranger.call(method, path, body)) == (404, "NOT_FOUND")


@pytest.mark.parametrize("role", ROLES)
async def test_every_member_sees_the_list_and_all_but_viewers_add_to_it(world: World, role: str) -> None:
    team, _, person = await team_with(world, role)
    path = f"/v1/teams/{team}/projects"
    assert (await person.call("GET", path))[0] == 200
    assert (await person.call("POST", path, {"name": "x"}))[0] == (403 if role == "viewer" else 201)


async def test_foreign_and_unknown_teams_look_alike(world: World) -> None:
    owner, stranger, starter = await world.creator(), await world.creator(), await world.starter()
    for team in (world.team_of(owner), NOBODY):
        path = f"/v1/teams/{team}/projects"
        assert code(await stranger.call("GET", path)) == (403, "AUTHORIZATION_ERROR")
        assert code(await stranger.call("POST", path, {"name": "x"})) == (403, "AUTHORIZATION_ERROR")
        assert code(await stranger.call("POST", path, {})) == (400, "VALIDATION_ERROR")
        assert code(await starter.call("POST", path, {})) == (403, "INSUFFICIENT_TIER")
    assert code(await owner.call("GET", f"/v1/projects/{NOBODY}")) == (404, "NOT_FOUND")
    assert code(await owner.call("GET", "/v1/projects/7")) == (400, "VALIDATION_ERROR")


async def test_the_list_has_the_last_touched_first_and_hides_the_archive(world: World) -> None:
    owner = await world.creator()
    team = world.team_of(owner)
    world.sandbox.database.run("DELETE FROM projects WHERE team_id = ?", team)
    first, second, third = [await made(owner, team, name=name) for name in ("1", "2", "3")]
    await owner.call("POST", f"/v1/projects/{second['id']}/archive")
    await owner.call("PATCH", f"/v1/projects/{first['id']}", {"name": "1!"})

    async def listed(query: str) -> list[str]:
        status, projects = await owner.call("GET", f"/v1/teams/{team}/projects?{query}")
        assert status == 200, projects
        return [project["id"] for project in projects]

    assert await listed("") == await listed("include_archived=false") == [first["id"], third["id"]]
    assert await listed("include_archived=true") == [first["id"], second["id"], third["id"]]
    assert await listed("status=archived") == [second["id"]]
    assert await listed("status=draft&limit=1&offset=1") == [third["id"]]
    assert await listed("status=rendering") == []
    for query in ("status=done", "include_archived=yes", "limit=x", "status=draft&status=draft"):
        answer = await owner.call("GET", f"/v1/teams/{team}/projects?{query}")
        assert code(answer) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("method", "tail", "body", "allowed"),
    [
        ("POST", "/render", None, {"draft": 201, "completed": 201}),
        ("PATCH", "", {"name": "x"}, {"draft": 200, "completed": 200, "archived": 200}),
        ("PUT", "/spec", {"spec": {}}, {"draft": 200, "completed": 200}),
        ("DELETE", "", None, {"draft": 204, "completed": 204, "archived": 204}),
        ("POST", "/archive", None, {"draft": 200, "completed": 200}),
        ("POST", "/unarchive", None, {"archived": 200}),
    ],
)
@pytest.mark.parametrize("state", ["draft", "rendering", "completed", "archived"])
async def test_a_request_does_what_the_state_allows(
    world: World, state: str, method: str, tail: str, body: Any, allowed: dict[str, int]
) -> None:
    owner = await world.creator()
    team = world.team_of(owner)
    world.sandbox.set_credits(f"framecast:team:{team}", 100)
    project = await made(owner, team, spec=SPEC)
    world.sandbox.database.update("projects", project["id"], {"status": state})
    before = await get(owner, project)
    answer = await owner.call(method, f"/v1/projects/{project['id']}{tail}", body)
    if state in allowed:
        assert answer[0] == allowed[state], answer
    else:
        assert code(answer) == (409, "CONFLICT")
        assert await get(owner, project) == before


async def test_a_completed_project_comes_out_of_the_archive_as_a_draft(world: World) -> None:
    owner = await world.creator()
    project = await made(owner, world.team_of(owner))
    world.sandbox.database.update("projects", project["id"], {"status": "completed"})
    path = f"/v1/projects/{project['id']}"
    assert (await owner.call("POST", f"{path}/archive"))[1]["status"] == "archived"
    assert (await owner.call("POST", f"{path}/unarchive"))[1]["status"] == "draft"
