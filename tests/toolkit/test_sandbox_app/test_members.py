"""Members: who is in a team, who gives roles to whom, and how people go (accounts-and-teams 6)."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from .world import Person, World, code

NOBODY = "00000000-0000-4000-8000-000000000000"
ROLES = ("owner", "admin", "member", "viewer")


@dataclass
class Crew:
    """A team with a person of every role, all of them creators with a team of their own besides."""

    world: World
    id: str
    people: dict[str, Person]

    @property
    def path(self) -> str:
        return f"/v1/teams/{self.id}/members"

    async def another(self, role: str) -> Person:
        person = await self.world.creator()
        self.world.join(person, self.id, role)
        return person

    async def roles(self) -> dict[str, str]:
        _, members = await self.people["owner"].call("GET", self.path)
        return {member["user_id"]: member["role"] for member in members}


@pytest.fixture
async def crew(world: World) -> Crew:
    team_id = world.sandbox.teams.insert("Cats", "cats")
    made = Crew(world, team_id, {})
    for role in ROLES:
        made.people[role] = await made.another(role)
    return made


async def test_members_are_listed_by_role_then_name(crew: Crew) -> None:
    named = {"Zoe": "viewer", "ann": "viewer", "Ann": "viewer", "Bob": "owner"}
    for name, role in named.items():
        await (await crew.another(role)).call("PATCH", "/v1/account", {"name": name})
    for person in crew.people.values():
        status, members = await person.call("GET", crew.path)
        shown = [(member["role"], member["user_name"]) for member in members]
        assert (status, shown) == (
            200,
            [
                ("owner", "Bob"),
                ("owner", None),
                ("admin", None),
                ("member", None),
                *(("viewer", name) for name in ("Ann", "Zoe", "ann", None)),
            ],
        )


async def test_a_membership_shows_its_user(crew: Crew) -> None:
    viewer, picture = crew.people["viewer"], "https://example.com/v.png"
    await viewer.call("PATCH", "/v1/account", {"name": "Vi", "avatar_url": picture})
    _, members = await viewer.call("GET", crew.path)
    assert members[-1] == {
        "id": members[-1]["id"],
        "team_id": crew.id,
        "user_id": viewer.id,
        "role": "viewer",
        "created_at": members[-1]["created_at"],
        "user_email": f"{viewer.id[:8]}@example.com",
        "user_name": "Vi",
        "user_avatar_url": picture,
    }


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("old", ROLES)
@pytest.mark.parametrize("new", ROLES)
async def test_who_gives_which_role_to_whom(crew: Crew, role: str, old: str, new: str) -> None:
    target = await crew.another(old)
    before = (await crew.roles())[target.id]
    answer = await crew.people[role].call("PATCH", f"{crew.path}/{target.id}", {"role": new})
    allowed = role == "owner" or (role == "admin" and "owner" not in (old, new))
    assert answer[0] == (200 if allowed else 403)
    assert (await crew.roles())[target.id] == (new if allowed else before)


async def test_a_new_role_counts_at_once_and_nothing_else_changes(crew: Crew) -> None:
    member = crew.people["member"]
    _, members = await member.call("GET", crew.path)
    body = {"role": "admin", "id": NOBODY}
    status, changed = await crew.people["owner"].call("PATCH", f"{crew.path}/{member.id}", body)
    assert (status, changed) == (200, {**members[2], "role": "admin"})
    assert (await member.call("GET", f"/v1/teams/{crew.id}"))[1]["user_role"] == "admin"
    assert (await member.call("PATCH", f"/v1/teams/{crew.id}", {}))[0] == 200


@pytest.mark.parametrize("body", [{}, {"role": None}, {"role": "root"}, {"role": 1}, {"role": "Owner"}, []])
async def test_roles_there_are_not(crew: Crew, body: Any) -> None:
    answer = await crew.people["owner"].call("PATCH", f"{crew.path}/{NOBODY}", body)
    assert code(answer) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(("method", "body"), [("PATCH", {"role": "admin"}), ("DELETE", None)])
async def test_checks_come_in_order(crew: Crew, method: str, body: Any) -> None:
    stranger, viewer, admin = await crew.world.creator(), crew.people["viewer"], crew.people["admin"]
    owner = crew.people["owner"].id

    async def answer(person: Person, team_id: str, user_id: str) -> tuple[int, str]:
        return code(await person.call(method, f"/v1/teams/{team_id}/members/{user_id}", body))

    assert await answer(stranger, NOBODY, stranger.id.upper()) == (400, "VALIDATION_ERROR")
    assert await answer(stranger, NOBODY, NOBODY) == (403, "AUTHORIZATION_ERROR")
    assert await answer(stranger, crew.id, NOBODY) == (403, "AUTHORIZATION_ERROR")
    assert await answer(viewer, crew.id, NOBODY) == (403, "AUTHORIZATION_ERROR")
    assert await answer(admin, crew.id, NOBODY) == (404, "NOT_FOUND")
    assert await answer(admin, crew.id, owner) == (403, "AUTHORIZATION_ERROR")
    assert await answer(admin, crew.id, "me") == (400, "VALIDATION_ERROR")


async def test_an_admin_asking_for_an_owner_is_refused_before_the_target_is_looked_for(crew: Crew) -> None:
    answer = await crew.people["admin"].call("PATCH", f"{crew.path}/{NOBODY}", {"role": "owner"})
    assert code(answer) == (403, "AUTHORIZATION_ERROR")


async def test_nobody_is_made_owner_of_an_eleventh_team(crew: Crew) -> None:
    member, owner = crew.people["member"], crew.people["owner"]
    for _ in range(9):
        assert (await member.call("POST", "/v1/teams", {"name": "Dogs"}))[0] == 201
    answer = await owner.call("PATCH", f"{crew.path}/{member.id}", {"role": "owner"})
    assert code(answer) == (409, "CONFLICT")
    assert (await owner.call("PATCH", f"{crew.path}/{member.id}", {"role": "admin"}))[0] == 200


async def test_an_owner_with_ten_teams_may_be_told_so_again(crew: Crew) -> None:
    second = await crew.another("owner")
    for _ in range(8):
        assert (await second.call("POST", "/v1/teams", {"name": "Dogs"}))[0] == 201
    answer = await crew.people["owner"].call("PATCH", f"{crew.path}/{second.id}", {"role": "owner"})
    assert answer[0] == 200


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("target_role", ROLES)
async def test_who_puts_out_whom(crew: Crew, role: str, target_role: str) -> None:
    target = await crew.another(target_role)
    status, _ = await crew.people[role].call("DELETE", f"{crew.path}/{target.id}")
    allowed = role == "owner" or (role == "admin" and target_role != "owner")
    assert status == (204 if allowed else 403)
    assert (target.id in await crew.roles()) == (not allowed)
    assert (await target.call("GET", f"/v1/teams/{crew.id}"))[0] == (403 if allowed else 200)


async def test_nobody_is_put_out_of_their_only_team(crew: Crew) -> None:
    viewer, owner = crew.people["viewer"], crew.people["owner"]
    [own] = [t for t in (await viewer.call("GET", "/v1/teams"))[1] if t["id"] != crew.id]
    assert (await viewer.call("POST", f"/v1/teams/{own['id']}/leave"))[0] == 204
    assert code(await owner.call("DELETE", f"{crew.path}/{viewer.id}")) == (409, "CONFLICT")
    assert code(await viewer.call("POST", f"/v1/teams/{crew.id}/leave")) == (409, "CONFLICT")


@pytest.mark.parametrize("role", ["admin", "member", "viewer"])
async def test_people_leave(crew: Crew, role: str) -> None:
    person = crew.people[role]
    assert (await person.call("POST", f"/v1/teams/{crew.id}/leave")) == (204, "")
    assert person.id not in await crew.roles()
    assert code(await person.call("POST", f"/v1/teams/{crew.id}/leave")) == (404, "NOT_FOUND")
    assert code(await person.call("POST", f"/v1/teams/{NOBODY}/leave")) == (404, "NOT_FOUND")


async def test_one_of_two_owners_stays(crew: Crew) -> None:
    owners = [crew.people["owner"], await crew.another("owner")]
    leave = f"/v1/teams/{crew.id}/leave"
    answers = await asyncio.gather(*(owner.call("POST", leave) for owner in owners))
    assert sorted(status for status, _ in answers) == [204, 409]


async def test_the_last_to_leave_takes_the_team_along(world: World) -> None:
    person = await world.creator()
    _, team = await person.call("POST", "/v1/teams", {"name": "Cats", "slug": "cats"})
    _, invited = await person.call(
        "POST", f"/v1/teams/{team['id']}/invitations", {"email": "ann@example.com"}
    )
    assert (await person.call("POST", f"/v1/teams/{team['id']}/leave")) == (204, "")
    assert code(await person.call("GET", f"/v1/teams/{team['id']}")) == (404, "NOT_FOUND")
    answer = await person.call("POST", f"/v1/invitations/{invited['id']}/accept")
    assert code(answer) == (404, "NOT_FOUND")


async def test_a_key_of_the_membership_lives_and_dies_with_it(crew: Crew) -> None:
    member, owner = crew.people["member"], crew.people["owner"]
    key = await crew.world.key(member, "*", owner=f"framecast:{crew.id}:{member.id}")
    team_key = await crew.world.key(member, "*", owner=f"framecast:team:{crew.id}")
    assert (await owner.call("DELETE", f"{crew.path}/{member.id}"))[0] == 204
    assert code(await key.call("GET", "/v1/auth/whoami")) == (401, "INVALID_API_KEY")
    assert (await team_key.call("GET", "/v1/auth/whoami"))[0] == 200
    crew.world.join(member, crew.id, "viewer")
    assert (await key.call("GET", "/v1/auth/whoami"))[0] == 200


async def test_what_a_leaver_made_inside_the_team_waits_for_their_return(crew: Crew) -> None:
    member = crew.people["member"]
    crew.world.sandbox.set_credits(f"framecast:team:{crew.id}", 100)
    own = await member.job(owner=f"framecast:{crew.id}:{member.id}")
    shared = await member.job(owner=f"framecast:team:{crew.id}")
    await member.call("POST", f"/v1/teams/{crew.id}/leave")
    statuses = [(await member.call("GET", f"/v1/jobs/{job['id']}"))[0] for job in (own, shared)]
    crew.world.join(member, crew.id, "viewer")
    assert statuses == [404, 404]
    assert [await member.read(job["id"]) for job in (own, shared)] == [own, shared]
