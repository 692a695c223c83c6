"""Webhooks as the owners and admins of a team manage them (jobs-and-rendering 9)."""

from typing import Any

import pytest

from .world import Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
URL = "https://hooks.example.com/framecast"
NEW = {"url": URL, "events": ["job.completed", "job.failed"]}


async def add(world: World, person: Person, **members: Any) -> dict[str, Any]:
    """A new webhook of the person's first team: `{webhook, secret}`."""
    path = f"/v1/teams/{world.team_of(person)}/webhooks"
    status, created = await person.call("POST", path, {**NEW, **members})
    assert status == 201, created
    return dict(created)


async def test_a_webhook_is_made_with_a_secret_shown_once(world: World) -> None:
    person = await world.creator()
    team = world.team_of(person)
    created = await add(world, person)
    made = created["webhook"]
    assert made == {
        "id": made["id"],
        "team_id": team,
        "created_by": person.id,
        "url": URL,
        "events": ["job.completed", "job.failed"],
        "is_active": True,
        "last_triggered_at": None,
        "created_at": made["created_at"],
        "updated_at": made["created_at"],
    }
    assert len(created["secret"]) == 64
    assert await person.call("GET", f"/v1/webhooks/{made['id'].upper()}") == (200, made)
    second = await add(world, person)
    assert second["secret"] != created["secret"]
    assert await person.call("GET", f"/v1/teams/{team}/webhooks") == (200, [second["webhook"], made])


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com",
        "HTTPS://hooks.example.com",
        "https://",
        "https:///path",
        "https://:443/path",
        "https://me@/path",
        "https:hooks.example.com",
        "https://hooks.example.com/a b",
        "hooks.example.com",
        "",
        7,
        "https://hooks.example.com/" + "x" * 2023,
    ],
)
async def test_urls_that_are_refused(world: World, url: Any) -> None:
    person = await world.creator()
    made = (await add(world, person))["webhook"]
    path, body = f"/v1/webhooks/{made['id']}", {"url": url}
    assert code(await person.call("PATCH", path, body)) == (400, "VALIDATION_ERROR")
    path = f"/v1/teams/{made['team_id']}/webhooks"
    assert code(await person.call("POST", path, {**NEW, **body})) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    "url",
    [
        "https://hooks.example.com/" + "x" * 2022,
        "https://a:b@hooks.example.com:8443/x?y=z#f",
        "https://[::1]/",
        "https://10.0.0.1",
    ],
)
async def test_urls_that_are_taken(world: World, url: str) -> None:
    assert (await add(world, await world.creator(), url=url))["webhook"]["url"] == url


@pytest.mark.parametrize(
    "events",
    [
        [],
        ["webhook.test"],
        ["job.scene_complete"],
        ["job.queued", "job.queued"],
        "job.queued",
        [["job.queued"]],
        [None],
        {},
    ],
)
async def test_events_that_are_refused(world: World, events: Any) -> None:
    person = await world.creator()
    made = (await add(world, person))["webhook"]
    path, body = f"/v1/webhooks/{made['id']}", {"events": events}
    assert code(await person.call("PATCH", path, body)) == (400, "VALIDATION_ERROR")
    path = f"/v1/teams/{made['team_id']}/webhooks"
    assert code(await person.call("POST", path, {**NEW, **body})) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("missing", ["url", "events"])
async def test_url_and_events_are_required(world: World, missing: str) -> None:
    person = await world.creator()
    path = f"/v1/teams/{world.team_of(person)}/webhooks"
    body = {**NEW, missing: None}
    assert code(await person.call("POST", path, body)) == (400, "VALIDATION_ERROR")
    assert await person.call("GET", path) == (200, [])


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"url": None, "events": None, "is_active": None},
        {"is_active": False},
        {"url": "https://other.example.com", "events": ["job.queued"], "secret": "x", "team_id": "x"},
    ],
)
async def test_a_change_keeps_what_it_does_not_name(world: World, change: dict[str, Any]) -> None:
    person = await world.creator()
    made = (await add(world, person))["webhook"]
    status, changed = await person.call("PATCH", f"/v1/webhooks/{made['id']}", change)
    named = {name: change[name] for name in ("url", "events", "is_active") if change.get(name) is not None}
    assert (status, changed) == (200, {**made, **named, "updated_at": changed["updated_at"]})
    assert changed["updated_at"] > made["updated_at"]


async def test_active_is_true_or_false(world: World) -> None:
    person = await world.creator()
    path = f"/v1/webhooks/{(await add(world, person))['webhook']['id']}"
    assert code(await person.call("PATCH", path, {"is_active": 1})) == (400, "VALIDATION_ERROR")


async def test_a_rotation_shows_another_secret(world: World) -> None:
    person = await world.creator()
    created = await add(world, person)
    path = f"/v1/webhooks/{created['webhook']['id']}"
    status, rotated = await person.call("POST", f"{path}/rotate-secret")
    moved = {**created["webhook"], "updated_at": rotated["webhook"]["updated_at"]}
    assert (status, rotated["webhook"]) == (200, moved)
    assert (len(rotated["secret"]), rotated["secret"] == created["secret"]) == (64, False)
    assert await person.call("GET", path) == (200, moved)


def requests(team: str, webhook: str) -> list[tuple[str, str, Any]]:
    """Every operation on webhooks, those of the team first."""
    path = f"/v1/webhooks/{webhook}"
    return [
        ("GET", f"/v1/teams/{team}/webhooks", None),
        ("POST", f"/v1/teams/{team}/webhooks", NEW),
        ("GET", path, None),
        ("PATCH", path, {}),
        ("DELETE", path, None),
        ("POST", f"{path}/rotate-secret", None),
        ("POST", f"{path}/test", None),
        ("GET", f"{path}/deliveries", None),
    ]


async def test_a_deleted_webhook_is_gone(world: World) -> None:
    person = await world.creator()
    made = (await add(world, person))["webhook"]
    assert (await person.call("DELETE", f"/v1/webhooks/{made['id']}"))[0] == 204
    for method, path, body in requests(made["team_id"], made["id"])[2:]:
        assert code(await person.call(method, path, body)) == (404, "NOT_FOUND")
    assert await person.call("GET", f"/v1/teams/{made['team_id']}/webhooks") == (200, [])


@pytest.mark.parametrize("role", ["member", "viewer"])
async def test_members_and_viewers_are_kept_out(world: World, role: str) -> None:
    made = (await add(world, await world.creator()))["webhook"]
    person = await world.creator()
    world.join(person, made["team_id"], role)
    for method, path, body in requests(made["team_id"], made["id"]):
        assert code(await person.call(method, path, body)) == (403, "AUTHORIZATION_ERROR")


async def test_strangers_see_no_webhook_and_admins_all(world: World) -> None:
    made = (await add(world, await world.creator()))["webhook"]
    person = await world.creator()
    asked = [*requests(made["team_id"], made["id"]), *requests(NOBODY, NOBODY)]
    answers = [code(await person.call(*request)) for request in asked]
    forbidden, hidden = (403, "AUTHORIZATION_ERROR"), (404, "NOT_FOUND")
    assert answers == 2 * [*[forbidden] * 2, *[hidden] * 6]
    world.join(person, made["team_id"], "admin")
    assert await person.call("GET", f"/v1/webhooks/{made['id']}") == (200, made)


async def test_starters_and_bad_ids_are_told_so_first(world: World) -> None:
    starter, creator = await world.starter(), await world.creator()
    for method, path, body in requests("7", "7"):
        assert code(await starter.call(method, path, body)) == (403, "INSUFFICIENT_TIER")
        assert code(await creator.call(method, path, body)) == (400, "VALIDATION_ERROR")


async def test_reading_and_writing_need_their_scopes(world: World) -> None:
    person = await world.creator()
    made = (await add(world, person))["webhook"]
    reader, writer = await world.key(person, "webhooks:read"), await world.key(person, "webhooks:write")
    for request in requests(made["team_id"], made["id"])[:3]:
        allowed, refused = (reader, writer) if request[0] == "GET" else (writer, reader)
        assert (await allowed.call(*request))[0] < 300
        assert code(await refused.call(*request)) == (403, "AUTHORIZATION_ERROR")
