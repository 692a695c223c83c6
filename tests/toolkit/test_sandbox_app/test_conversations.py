"""Conversations as their person sees them (accounts-and-teams 9)."""

from typing import Any

import httpx
import pytest

from .world import Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
PATH = "/v1/conversations"


async def begin(person: Person, **members: Any) -> dict[str, Any]:
    status, conversation = await person.call("POST", PATH, {"model": "claude", **members})
    assert status == 201, conversation
    return dict(conversation)


async def listed(person: Person, query: str = "") -> list[str]:
    return [conversation["title"] for conversation in (await person.call("GET", f"{PATH}{query}"))[1]]


async def test_a_new_conversation_is_active_and_silent(world: World) -> None:
    person = await world.starter()
    made = await begin(person, title="Dogs", system_prompt="Be brief.")
    assert made == {
        "id": made["id"],
        "user_id": person.id,
        "title": "Dogs",
        "model": "claude",
        "system_prompt": "Be brief.",
        "status": "active",
        "message_count": 0,
        "last_message_at": None,
        "created_at": made["created_at"],
        "updated_at": made["created_at"],
    }
    assert await person.call("GET", f"{PATH}/{made['id'].upper()}") == (200, made)


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"model": None},
        {"model": ""},
        {"model": "m" * 101},
        {"model": 7},
        {"model": "m", "title": "t" * 201},
        {"model": "m", "system_prompt": "p" * 10_001},
    ],
)
async def test_what_no_conversation_can_be_made_from(world: World, body: dict[str, Any]) -> None:
    person = await world.starter()
    assert code(await person.call("POST", PATH, body)) == (400, "VALIDATION_ERROR")
    assert await listed(person) == []


async def test_the_longest_values_are_taken(world: World) -> None:
    made = await begin(await world.starter(), model="ü" * 100, title="t" * 200, system_prompt="p" * 10_000)
    assert (len(made["model"]), len(made["title"]), len(made["system_prompt"])) == (100, 200, 10_000)


async def test_a_change_keeps_what_it_does_not_name(world: World) -> None:
    person = await world.starter()
    made = await begin(person, title="Dogs")
    path = f"{PATH}/{made['id']}"
    for change in ({}, {"title": None, "status": None}, {"title": "Cats", "model": "other"}):
        changed = (await person.call("PATCH", path, change))[1]
        title = change.get("title") or "Dogs"
        assert changed == {**made, "title": title, "updated_at": changed["updated_at"]}
        assert changed["updated_at"] > made["updated_at"]


async def test_a_state_can_only_be_changed(world: World) -> None:
    person = await world.starter()
    path = f"{PATH}/{(await begin(person))['id']}"
    for same, other in (("active", "archived"), ("archived", "active")):
        assert code(await person.call("PATCH", path, {"status": same, "title": "x"})) == (
            400,
            "VALIDATION_ERROR",
        )
        assert (await person.call("PATCH", path, {"status": other}))[1]["status"] == other
    assert (await person.call("GET", path))[1]["title"] is None
    assert code(await person.call("PATCH", path, {"status": "gone"})) == (400, "VALIDATION_ERROR")


async def test_the_list_shows_one_state_and_the_liveliest_first(world: World) -> None:
    def answer(_request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json={"content": [{"type": "text", "text": "Hm."}]})

    world.services.answers["messages"] = answer
    person = await world.starter()
    made = {title: await begin(person, title=title) for title in "abcd"}
    for title in "ba":
        await person.call("POST", f"{PATH}/{made[title]['id']}/messages", {"content": "Hi"})
    assert await listed(person) == ["a", "b", "d", "c"]
    assert await listed(person, "?limit=2&offset=1") == ["b", "d"]
    await person.call("PATCH", f"{PATH}/{made['b']['id']}", {"status": "archived"})
    assert await listed(person, "?status=active") == ["a", "d", "c"]
    assert await listed(person, "?status=archived") == ["b"]
    assert code(await person.call("GET", f"{PATH}?status=all")) == (400, "VALIDATION_ERROR")


async def test_a_deleted_conversation_is_gone(world: World) -> None:
    person = await world.starter()
    path = f"{PATH}/{(await begin(person))['id']}"
    assert (await person.call("DELETE", path))[0] == 204
    for method, below in (("GET", ""), ("DELETE", ""), ("GET", "/messages")):
        assert code(await person.call(method, path + below)) == (404, "NOT_FOUND")


async def test_other_peoples_conversations_do_not_exist(world: World) -> None:
    person, other = await world.starter(), await world.creator()
    own = (await begin(person))["id"]
    requests: list[tuple[str, str, Any]] = [
        ("GET", "", None),
        ("PATCH", "", {"title": "x"}),
        ("DELETE", "", None),
        ("GET", "/messages", None),
        ("POST", "/messages", {"content": "Hi"}),
    ]
    for method, below, body in requests:
        for identifier in (own, NOBODY):
            assert code(await other.call(method, f"{PATH}/{identifier}{below}", body)) == (404, "NOT_FOUND")
        assert code(await other.call(method, f"{PATH}/7{below}", body)) == (400, "VALIDATION_ERROR")
    assert await listed(other) == []


async def test_reading_and_writing_need_their_scopes(world: World) -> None:
    person = await world.creator()
    reader = await world.key(person, "conversations:read")
    writer = await world.key(person, "conversations:write")
    made = await begin(writer)
    assert (await reader.call("GET", PATH))[1] == [made]
    assert code(await reader.call("POST", PATH, {"model": "m"})) == (403, "AUTHORIZATION_ERROR")
    assert code(await writer.call("GET", PATH)) == (403, "AUTHORIZATION_ERROR")
