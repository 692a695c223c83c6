"""Storyboards and characters that people keep: making, finding, deleting."""

from typing import Any

import pytest

from .world import Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
KINDS = ("storyboards", "characters")
HERO = {"prompt": "a small brown dog", "name": "Rex", "scenes": 7, "voice": {"pitch": [1, 2]}}


async def keep(person: Person, kind: str = "characters", **members: Any) -> dict[str, Any]:
    status, artifact = await person.call("POST", f"/v1/artifacts/{kind}", {"spec": HERO, **members})
    assert status == 201, artifact
    return dict(artifact)


def a_conversation(world: World, person: Person, conversation_id: str = NOBODY) -> str:
    moment = world.sandbox.stamp()
    row = {
        "id": conversation_id,
        "user_id": person.id,
        "model": "m",
        "status": "active",
        "message_count": 0,
        "created_at": moment,
        "updated_at": moment,
    }
    world.sandbox.database.insert("conversations", row)
    return conversation_id


@pytest.mark.parametrize(
    ("path", "kind", "spec"),
    [
        ("storyboards", "storyboard", {}),
        ("storyboards", "storyboard", HERO),
        ("characters", "character", HERO),
    ],
)
async def test_what_is_kept_comes_back_as_it_was(
    world: World, path: str, kind: str, spec: dict[str, Any]
) -> None:
    person = await world.starter()
    artifact = await keep(person, path, spec=spec)
    assert artifact == {
        "id": artifact["id"],
        "owner": person.urn,
        "created_by": person.id,
        "project_id": None,
        "kind": kind,
        "status": "ready",
        "source": "upload",
        "filename": None,
        "s3_key": None,
        "content_type": None,
        "size_bytes": None,
        "spec": spec,
        "conversation_id": None,
        "source_job_id": None,
        "metadata": {},
        "created_at": artifact["created_at"],
        "updated_at": artifact["created_at"],
    }
    assert await person.call("GET", f"/v1/artifacts/{artifact['id']}") == (200, artifact)
    assert await person.call("GET", "/v1/artifacts") == (200, [artifact])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("members", "refused"),
    [
        ({"spec": None}, 400),
        ({"spec": []}, 400),
        ({"source": "job"}, 400),
        ({"source": "elsewhere"}, 400),
        ({"source": "conversation"}, 400),
        ({"source": "conversation", "conversation_id": NOBODY}, 404),
        ({"conversation_id": NOBODY}, 404),
        ({"conversation_id": "7"}, 400),
        ({"project_id": "7"}, 400),
        ({"project_id": NOBODY}, 404),
        ({"owner": "me"}, 400),
        ({"owner": f"framecast:user:{NOBODY}"}, 403),
        ({"owner": f"framecast:team:{NOBODY}", "project_id": NOBODY}, 403),
        ({"owner": f"framecast:artifact:{NOBODY}"}, 403),
        ({"owner": "framecast:system:sfx:pop"}, 403),
    ],
)
async def test_what_cannot_be_kept(world: World, kind: str, members: dict[str, Any], refused: int) -> None:
    person = await world.creator()
    answer = await person.call("POST", f"/v1/artifacts/{kind}", {"spec": HERO, **members})
    assert answer[0] == refused, answer
    assert await person.call("GET", "/v1/artifacts") == (200, [])


@pytest.mark.parametrize(
    "spec", [{}, {"prompt": None}, {"prompt": 7}, {"prompt": ""}, {"prompt": " \n\u2003"}, HERO | {"name": 7}]
)
async def test_a_character_needs_a_prompt(world: World, spec: dict[str, Any]) -> None:
    person = await world.starter()
    answer = await person.call("POST", "/v1/artifacts/characters", {"spec": spec})
    assert code(answer) == (400, "VALIDATION_ERROR")


async def test_an_artifact_may_come_from_a_conversation_of_ones_own(world: World) -> None:
    person, other = await world.starter(), await world.starter()
    conversation = a_conversation(world, person)
    body = {"source": "conversation", "conversation_id": conversation}
    artifact = await keep(person, **body)
    assert (artifact["source"], artifact["conversation_id"]) == ("conversation", conversation)
    answer = await other.call("POST", "/v1/artifacts/characters", {"spec": HERO, **body})
    assert code(answer) == (404, "NOT_FOUND")


async def test_a_project_artifact_belongs_to_the_projects_team(world: World) -> None:
    owner, viewer = await world.creator(), await world.creator()
    team = world.team_of(owner)
    world.join(viewer, team, "viewer")
    project = world.sandbox.projects.create(team, owner.id, "Film", None)["id"]
    urn = f"framecast:team:{team}"
    assert (await keep(owner, owner=urn, project_id=project))["project_id"] == project
    for person, members, refused in (
        (owner, {}, 400),
        (owner, {"owner": f"framecast:{team}:{owner.id}"}, 400),
        (viewer, {"owner": urn}, 403),
        (viewer, {"owner": f"framecast:team:{world.team_of(viewer)}"}, 400),
    ):
        body = {"spec": HERO, "project_id": project, **members}
        assert (await person.call("POST", "/v1/artifacts/characters", body))[0] == refused


async def test_a_team_sees_what_the_team_owns(world: World) -> None:
    owner, viewer, stranger = [await world.creator() for _ in range(3)]
    team = world.team_of(owner)
    world.join(viewer, team, "viewer")
    shared, own = await keep(owner, owner=f"framecast:team:{team}"), await keep(owner)
    inside = await keep(owner, owner=f"framecast:{team}:{owner.id}")
    assert await owner.call("GET", "/v1/artifacts") == (200, [inside, own, shared])
    assert await viewer.call("GET", "/v1/artifacts") == (200, [shared])
    for artifact in (own, inside):
        path = f"/v1/artifacts/{artifact['id']}"
        assert code(await viewer.call("GET", path)) == (404, "NOT_FOUND")
        assert code(await viewer.call("DELETE", path)) == (404, "NOT_FOUND")
    assert code(await stranger.call("GET", f"/v1/artifacts/{shared['id']}")) == (404, "NOT_FOUND")


async def test_filters_of_the_list_combine(world: World) -> None:
    person = await world.creator()
    team = world.team_of(person)
    urn = f"framecast:team:{team}"
    project = world.sandbox.projects.create(team, person.id, "Film", None)["id"]
    hero, board = await keep(person), await keep(person, "storyboards", owner=urn, project_id=project)
    talk = {"source": "conversation", "conversation_id": a_conversation(world, person)}
    spoken = await keep(person, **talk)

    async def listed(query: str) -> list[str]:
        status, artifacts = await person.call("GET", f"/v1/artifacts?{query}")
        assert status == 200, artifacts
        return [artifact["id"] for artifact in artifacts]

    assert await listed("status=ready") == [spoken["id"], board["id"], hero["id"]]
    assert await listed("kind=character") == [spoken["id"], hero["id"]]
    assert await listed("kind=character&source=upload") == [hero["id"]]
    assert await listed(f"owner={urn}") == await listed(f"project_id={project}") == [board["id"]]
    assert await listed("source=job") == await listed("status=pending") == await listed("kind=audio") == []
    assert await listed(f"owner=framecast:user:{NOBODY}") == []
    assert await listed("limit=1&offset=1") == [board["id"]]
    for query in ("kind=film", "source=me", "status=done", "owner=me", "project_id=7", "offset=x"):
        assert code(await person.call("GET", f"/v1/artifacts?{query}")) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        ("owner", False, 204),
        ("admin", False, 204),
        ("member", False, 403),
        ("member", True, 204),
        ("viewer", False, 403),
        ("viewer", True, 403),
    ],
)
async def test_who_deletes_a_teams_artifact(world: World, role: str, own: bool, status: int) -> None:
    owner, person = await world.creator(), await world.creator()
    team = world.team_of(owner)
    world.join(person, team, "member")
    artifact = await keep(person if own else owner, owner=f"framecast:team:{team}")
    world.sandbox.database.run("UPDATE memberships SET role = ? WHERE user_id = ?", role, person.id)
    path = f"/v1/artifacts/{artifact['id']}"
    assert (await person.call("DELETE", path))[0] == status
    assert (await owner.call("GET", path))[0] == (404 if status == 204 else 200)


async def test_what_is_deleted_is_gone(world: World) -> None:
    person = await world.starter()
    path = f"/v1/artifacts/{(await keep(person))['id']}"
    assert (await person.call("DELETE", path))[0] == 204
    for method in ("GET", "DELETE"):
        assert code(await person.call(method, path)) == (404, "NOT_FOUND")
    assert code(await person.call("POST", f"{path}/render")) == (404, "NOT_FOUND")
    assert await person.call("GET", "/v1/artifacts") == (200, [])
