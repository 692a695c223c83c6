"""Deleting an account: what goes, what stays with others, and what the same person finds afterwards."""

from typing import Any

import pytest

from .test_teams import rows
from .world import Person, World, code


async def delete(person: Person) -> tuple[int, Any]:
    return await person.call("DELETE", "/v1/account")


async def shared_team(world: World, owner: Person) -> str:
    """A second team of the owner's, with credits, for others to join."""
    _, team = await owner.call("POST", "/v1/teams", {"name": "Cats"})
    world.sandbox.set_credits(f"framecast:team:{team['id']}", 1000)
    return str(team["id"])


async def test_a_starter_leaves_no_trace(world: World) -> None:
    person = await world.starter()
    await world.key(person, "generate")
    await person.job()
    assert await delete(person) == (204, "")
    assert rows(world) == {}


async def test_a_creator_takes_the_teams_along_in_which_nobody_else_is(world: World) -> None:
    person = await world.creator()
    team_id = await shared_team(world, person)
    await person.job(owner=f"framecast:team:{team_id}")
    invitee = await world.starter()
    email = f"{invitee.id[:8]}@example.com"
    _, invitation = await person.call("POST", f"/v1/teams/{team_id}/invitations", {"email": email})
    assert await delete(person) == (204, "")
    assert rows(world) == {"users": 1}
    answer = await invitee.call("POST", f"/v1/invitations/{invitation['id']}/accept")
    assert code(answer) == (404, "NOT_FOUND")


async def test_the_same_person_comes_back_as_a_stranger(world: World) -> None:
    person = await world.creator()
    await person.call("PATCH", "/v1/account", {"name": "Ann"})
    job = await person.job(idempotency_key="one")
    _, before = await person.call("GET", "/v1/account")
    await delete(person)
    status, user = await person.call("GET", "/v1/account")
    assert (status, user) == (
        200,
        {
            **before,
            "name": None,
            "tier": "starter",
            "credits": 0,
            "upgraded_at": None,
            "created_at": user["created_at"],
            "updated_at": user["created_at"],
        },
    )
    assert user["created_at"] > before["created_at"]
    assert await person.call("GET", "/v1/auth/keys") == (200, [])
    assert await person.call("GET", "/v1/jobs") == (200, [])
    assert code(await person.call("GET", f"/v1/jobs/{job['id']}")) == (404, "NOT_FOUND")
    world.sandbox.set_credits(person.urn, 10)
    assert (await person.job(idempotency_key="one"))["id"] != job["id"]


async def test_keys_die_with_their_user_and_stay_dead(world: World) -> None:
    person = await world.starter()
    key = await world.key(person, "generate")
    await delete(person)
    assert code(await key.call("GET", "/v1/auth/whoami")) == (401, "INVALID_API_KEY")
    assert code(await key.call("DELETE", "/v1/account")) == (401, "INVALID_TOKEN")
    await person.call("GET", "/v1/account")
    assert code(await key.call("GET", "/v1/auth/whoami")) == (401, "INVALID_API_KEY")


@pytest.mark.parametrize("role", ["owner", "admin", "member", "viewer"])
async def test_the_only_owner_of_others_stays(world: World, role: str) -> None:
    owner, other = await world.creator(), await world.creator()
    team_id = await shared_team(world, owner)
    world.join(other, team_id, role)
    before = rows(world)
    expected = 204 if role == "owner" else 409
    assert (await delete(owner))[0] == expected
    if expected == 409:
        assert rows(world) == before
        assert (await delete(other))[0] == 204
        assert (await delete(owner))[0] == 204


async def test_a_team_keeps_what_a_member_made_for_it(world: World) -> None:
    owner, member = await world.creator(), await world.creator()
    team_id = await shared_team(world, owner)
    world.join(member, team_id, "admin")
    job = await member.job(owner=f"framecast:team:{team_id}")
    _, invitation = await member.call(
        "POST", f"/v1/teams/{team_id}/invitations", {"email": "ann@example.com"}
    )
    await delete(member)
    assert await owner.read(job["id"]) == job
    assert await owner.call("GET", f"/v1/teams/{team_id}/invitations") == (200, [invitation])
    _, members = await owner.call("GET", f"/v1/teams/{team_id}/members")
    assert [one["user_id"] for one in members] == [owner.id]
    assert (await owner.call("POST", f"/v1/jobs/{job['id']}/cancel"))[0] == 200


async def test_conversations_go_and_a_teams_artifact_forgets_its_own(world: World) -> None:
    owner, member = await world.creator(), await world.creator()
    team_id = await shared_team(world, owner)
    world.join(member, team_id, "member")
    _insert_talk(world, member, team_id)
    await delete(member)
    database = world.sandbox.database
    assert database.all("SELECT id FROM conversations") == database.all("SELECT id FROM messages") == []
    artifacts = database.all("SELECT id, source, conversation_id FROM artifacts")
    assert [tuple(row) for row in artifacts] == [("for the team", "conversation", None)]


def _insert_talk(world: World, person: Person, team_id: str) -> None:
    """A conversation with a message and two artifacts, one personal and one of the team."""
    moment = world.sandbox.now()
    times = {"created_at": moment, "updated_at": moment}
    talk = {"id": "talk", "user_id": person.id, "model": "m", "status": "active", "message_count": 1}
    message = {"id": "m1", "conversation_id": "talk", "role": "user", "content": "hi", "sequence": 1}
    artifact = {
        "created_by": person.id,
        "kind": "storyboard",
        "status": "ready",
        "source": "conversation",
        "conversation_id": "talk",
        "spec": "{}",
        "metadata": "{}",
    }
    database = world.sandbox.database
    database.insert("conversations", talk | times)
    database.insert("messages", message | {"created_at": moment})
    for name, owner in (("own", person.urn), ("for the team", f"framecast:team:{team_id}")):
        database.insert("artifacts", artifact | times | {"id": name, "owner": owner})


async def test_renders_of_a_deleted_person_are_called_off(rendering: World) -> None:
    person = await rendering.starter()
    job = await person.job()
    await rendering.report(job, "started")
    assert await delete(person) == (204, "")
    assert rendering.services.paths()[-1] == "/v2/framecast-render/cancel/render-1"
    await rendering.clock.advance(7200)
    assert code(await rendering.report(job, "failed")) == (404, "NOT_FOUND")
    assert "users" not in rows(rendering)


async def test_an_account_goes_even_if_its_render_cannot_be_called_off(rendering: World) -> None:
    person = await rendering.starter()
    await person.job()
    rendering.services.fail("/cancel/", 500)
    assert await delete(person) == (204, "")


async def test_a_followed_job_ends_its_stream_when_its_owner_goes(world: World) -> None:
    person = await world.starter()
    job = await person.job()
    follower = world.sandbox.events.follow(job["id"])
    await delete(person)
    assert (follower.is_set(), world.sandbox.events.is_over(job["id"])) == (True, True)
