"""Teams: founding, naming, changing and ending them, and who may know of them (accounts-and-teams 5)."""

import asyncio
import re
from typing import Any

import pytest

from .world import SPEC, Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
ROLES = ("owner", "admin", "member", "viewer")


async def found(person: Person, name: str = "Cats", **members: Any) -> dict[str, Any]:
    status, team = await person.call("POST", "/v1/teams", {"name": name, **members})
    assert status == 201, team
    return dict(team)


async def joined(world: World, team_id: str, role: str) -> Person:
    """A creator who is also in somebody else's team."""
    person = await world.creator()
    world.join(person, team_id, role)
    return person


def rows(world: World) -> dict[str, int]:
    """How many rows every table that is not empty has."""
    database = world.sandbox.database
    tables = [row["name"] for row in database.all("SELECT name FROM sqlite_master WHERE type = 'table'")]
    counts = {table: len(database.all(f"SELECT * FROM {table}")) for table in tables}
    return {table: count for table, count in counts.items() if count}


async def test_a_new_team_has_its_founder_and_nothing_else(world: World) -> None:
    person = await world.creator()
    body = {"name": "Cats & Dogs", "slug": "cats", "credits": 9, "settings": {"a": 1}}
    status, team = await person.call("POST", "/v1/teams", body)
    assert (status, team) == (
        201,
        {
            "id": team["id"],
            "name": "Cats & Dogs",
            "slug": "cats",
            "credits": 0,
            "ephemeral_storage_bytes": 0,
            "settings": {},
            "created_at": team["created_at"],
            "updated_at": team["created_at"],
            "user_role": "owner",
            "user_urn": f"framecast:{team['id']}:{person.id}",
        },
    )
    assert await person.call("GET", f"/v1/teams/{team['id'].upper()}") == (200, team)
    _, members = await person.call("GET", f"/v1/teams/{team['id']}/members")
    assert [(member["user_id"], member["role"]) for member in members] == [(person.id, "owner")]


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("My Team", "my-team"),
        (" --Ünïcödé  Straße!! ", "unicode-strasse"),
        ("Ærø & ŁÓDŹ", "aero-lodz"),
        ("Команда Ёж", "komanda-ezh"),
        ("ΣΊΣΥΦΟΣ", "sisyfos"),
        ("o'Hara № ٣", "o-hara-no-3"),
        ("x" * 100, "x" * 41),
        ("a" * 40 + " b", "a" * 40),
    ],
)
async def test_a_slug_is_made_from_the_name(world: World, name: str, base: str) -> None:
    team = await found(await world.creator(), name, slug=None)
    assert re.fullmatch(f"{base}-[0-9a-f]{{8}}", team["slug"]), team["slug"]
    assert len(team["slug"]) <= 50


@pytest.mark.parametrize("name", ["!!!", "\U0001f600", "-", "\u0301"])
async def test_a_name_without_a_letter_needs_a_slug(world: World, name: str) -> None:
    person = await world.creator()
    assert code(await person.call("POST", "/v1/teams", {"name": name})) == (400, "VALIDATION_ERROR")
    assert (await found(person, name, slug="smile"))["name"] == name


@pytest.mark.parametrize("slug", ["a", "7", "a-b-7", "x" * 50])
async def test_what_a_slug_may_be(world: World, slug: str) -> None:
    assert (await found(await world.creator(), slug=slug))["slug"] == slug


@pytest.mark.parametrize("slug", ["", "A", "a--b", "-a", "a-", "a_b", "ä", "a\n", "x" * 51, 7])
async def test_what_a_slug_may_not_be(world: World, slug: Any) -> None:
    answer = await (await world.creator()).call("POST", "/v1/teams", {"name": "Cats", "slug": slug})
    assert code(answer) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("name", [None, "", " ", "\t\n", "\u3000\u00a0\u2003", "x" * 101, 7, "a\0"])
async def test_what_a_name_may_not_be(world: World, name: Any) -> None:
    answer = await (await world.creator()).call("POST", "/v1/teams", {"name": name, "slug": "cats"})
    assert code(answer) == (400, "VALIDATION_ERROR")


async def test_a_slug_has_one_team_even_in_parallel(world: World) -> None:
    people = [await world.creator() for _ in range(4)]
    body = {"name": "Cats", "slug": "cats"}
    answers = await asyncio.gather(*(person.call("POST", "/v1/teams", body) for person in people))
    assert sorted(status for status, _ in answers) == [201, 409, 409, 409]


async def test_nobody_owns_more_than_ten_teams(world: World) -> None:
    person = await world.creator()
    teams = [await found(person) for _ in range(9)]
    assert code(await person.call("POST", "/v1/teams", {"name": "Dogs"})) == (409, "CONFLICT")
    assert (await person.call("DELETE", f"/v1/teams/{teams[0]['id']}"))[0] == 204
    answers = await asyncio.gather(*(person.call("POST", "/v1/teams", {"name": "Dogs"}) for _ in range(3)))
    assert [status for status, _ in answers] == [201, 409, 409]


async def test_nobody_belongs_to_more_than_fifty_teams(world: World) -> None:
    person = await world.creator()
    for number in range(48):
        world.join(person, world.sandbox.teams.insert("Cats", f"cats-{number}"), "viewer")
    await found(person)
    assert code(await person.call("POST", "/v1/teams", {"name": "Dogs"})) == (409, "CONFLICT")


async def test_own_teams_are_listed_by_name(world: World) -> None:
    person, other = await world.creator(), await world.creator()
    teams = [await found(person, name) for name in ("a", "Z", "É", "Z")]
    await found(other, "Mine")
    status, listed = await person.call("GET", "/v1/teams")
    assert (status, [team["name"] for team in listed]) == (200, ["My Team", "Z", "Z", "a", "É"])
    assert [listed[1], listed[2], listed[3], listed[4]] == [teams[1], teams[3], teams[0], teams[2]]


@pytest.mark.parametrize(("method", "body"), [("GET", None), ("PATCH", {"name": "Dogs"}), ("DELETE", None)])
async def test_a_foreign_team_is_told_from_an_unknown_one(world: World, method: str, body: Any) -> None:
    team, stranger = await found(await world.creator()), await world.creator()
    answer = await stranger.call(method, f"/v1/teams/{team['id']}", body)
    assert code(answer) == (403, "AUTHORIZATION_ERROR")
    assert code(await stranger.call(method, f"/v1/teams/{NOBODY}", body)) == (404, "NOT_FOUND")
    assert code(await stranger.call(method, "/v1/teams/mine", body)) == (400, "VALIDATION_ERROR")
    starter = await world.starter()
    assert code(await starter.call(method, "/v1/teams/mine", body)) == (403, "INSUFFICIENT_TIER")


async def test_what_is_left_out_of_a_change_stays(world: World) -> None:
    person = await world.creator()
    team = await found(person)
    path, settings = f"/v1/teams/{team['id']}", {"theme": {"dark": True}, "n": 1.5, "é": None}
    _, first = await person.call("PATCH", path, {"settings": settings, "slug": "dogs", "credits": 9})
    _, second = await person.call("PATCH", path, {"name": "Dogs", "settings": None})
    _, third = await person.call("PATCH", path, {"name": None, "settings": {"b": 2}})
    assert first == {**team, "settings": settings, "updated_at": first["updated_at"]}
    assert second == {**first, "name": "Dogs", "updated_at": second["updated_at"]}
    assert third == {**second, "settings": {"b": 2}, "updated_at": third["updated_at"]}
    assert team["updated_at"] < first["updated_at"] < second["updated_at"] < third["updated_at"]
    assert await person.call("GET", path) == (200, third)


@pytest.mark.parametrize(
    "body", [{"settings": []}, {"settings": "a"}, {"settings": 0}, {"name": " "}, {"name": ""}]
)
async def test_what_a_team_cannot_be_changed_to(world: World, body: Any) -> None:
    person = await world.creator()
    answer = await person.call("PATCH", f"/v1/teams/{world.team_of(person)}", body)
    assert code(answer) == (400, "VALIDATION_ERROR")


async def test_owners_and_admins_change_and_only_an_owner_ends_a_team(world: World) -> None:
    team = await found(await world.creator())
    people = [await joined(world, team["id"], role) for role in ROLES]
    path = f"/v1/teams/{team['id']}"
    changes = [(await person.call("PATCH", path, {"name": "Dogs"}))[0] for person in people]
    ends = [(await person.call("DELETE", path))[0] for person in people]
    assert (changes, ends) == ([200, 200, 403, 403], [409, 403, 403, 403])


async def test_a_creator_keeps_a_team(world: World) -> None:
    person = await world.creator()
    team_id = world.team_of(person)
    assert code(await person.call("DELETE", f"/v1/teams/{team_id}")) == (409, "CONFLICT")
    await found(person)
    assert (await person.call("DELETE", f"/v1/teams/{team_id}"))[0] == 204


async def test_a_team_with_a_job_under_way_cannot_be_ended(world: World) -> None:
    person = await world.creator()
    team = await found(person)
    urn = f"framecast:team:{team['id']}"
    world.sandbox.set_credits(urn, 100)
    job = await person.job(owner=urn)
    for event in ("started", "progress"):
        answer = await person.call("DELETE", f"/v1/teams/{team['id']}")
        assert code(answer) == (409, "CONFLICT"), event
        await world.report(job, event, progress_percent=5)
    await person.call("POST", f"/v1/jobs/{job['id']}/cancel")
    assert (await person.call("DELETE", f"/v1/teams/{team['id']}"))[0] == 204
    assert code(await person.call("GET", f"/v1/jobs/{job['id']}")) == (404, "NOT_FOUND")


async def test_ones_own_job_inside_the_team_goes_with_it(rendering: World) -> None:
    person = await rendering.creator()
    team = await found(person)
    rendering.sandbox.set_credits(f"framecast:team:{team['id']}", 100)
    job = await person.job(owner=team["user_urn"])
    await rendering.report(job, "started")
    assert (await person.call("DELETE", f"/v1/teams/{team['id']}"))[0] == 204
    assert rendering.services.paths()[-1] == "/v2/framecast-render/cancel/render-1"
    assert code(await rendering.report(job, "progress", progress_percent=5)) == (404, "NOT_FOUND")
    await rendering.clock.advance(3600)
    assert code(await person.call("GET", f"/v1/jobs/{job['id']}/events")) == (404, "NOT_FOUND")


async def test_nothing_of_a_team_outlives_it(world: World) -> None:
    person = await world.creator()
    before = rows(world)
    team = await found(person, slug="cats")
    await fill(world, person, team)
    path = f"/v1/teams/{team['id']}"
    kinds = {"assets", "artifacts", "jobs", "job_events", "invitations", "webhooks", "webhook_deliveries"}
    assert rows(world).keys() - before.keys() == kinds
    assert (await person.call("DELETE", path))[0] == 204
    assert rows(world) == before
    assert code(await person.call("GET", path)) == (404, "NOT_FOUND")
    assert (await found(person, slug="cats"))["id"] != team["id"]
    await world.clock.advance(86400)


async def fill(world: World, person: Person, team: dict[str, Any]) -> None:
    """Put something of every kind into a team: what it owns, and what its founder owns inside it."""
    path, shared = f"/v1/teams/{team['id']}", f"framecast:team:{team['id']}"
    world.sandbox.set_credits(shared, 100)
    world.services.fail("/hook", 500)
    for where, body in (
        (f"{path}/projects", {"name": "Walk"}),
        (f"{path}/webhooks", {"url": "https://a.example/hook", "events": ["job.queued"]}),
        (f"{path}/invitations", {"email": "ann@example.com"}),
    ):
        assert (await person.call("POST", where, body))[0] == 201, where
    for owner in (shared, team["user_urn"]):
        asset = {"filename": "a.png", "content_type": "image/png", "size_bytes": 9, "owner": owner}
        assert (await person.call("POST", "/v1/assets/upload-url", asset))[0] == 201
        artifact = {"spec": SPEC, "owner": owner}
        assert (await person.call("POST", "/v1/artifacts/storyboards", artifact))[0] == 201
        job = await person.job(owner=owner)
        assert (await person.call("POST", f"/v1/jobs/{job['id']}/cancel"))[0] == 200


async def test_a_key_needs_the_scope_of_the_operation(world: World) -> None:
    person = await world.creator()
    path = f"/v1/teams/{world.team_of(person)}"
    reader, admin = await world.key(person, "team:read"), await world.key(person, "team:admin")
    assert [(await key.call("GET", path))[0] for key in (reader, admin)] == [200, 403]
    assert [(await key.call("PATCH", path, {}))[0] for key in (reader, admin)] == [403, 200]
