"""Invitations: sent, answered, taken back and forgotten (accounts-and-teams 7)."""

import asyncio
from typing import Any

import pytest

from .world import Person, World, a_world, code

NOBODY = "00000000-0000-4000-8000-000000000000"
WEEK = 7 * 86400


def address(person: Person) -> str:
    """Where mail reaches somebody the world made."""
    return f"{person.id[:8]}@example.com"


def path(person: Person, *more: str) -> str:
    """The invitations of a creator's own team."""
    return "/".join([f"/v1/teams/{person.world.team_of(person)}/invitations", *more])


async def invite(person: Person, email: str = "ann@example.com", **members: Any) -> dict[str, Any]:
    status, invitation = await person.call("POST", path(person), {"email": email, **members})
    assert status == 201, invitation
    return dict(invitation)


async def states(person: Person, state: str = "") -> list[tuple[str, str]]:
    """Ids and states of the team's invitations."""
    query = f"?state={state}" if state else ""
    _, listed = await person.call("GET", path(person) + query)
    return [(invitation["id"], invitation["state"]) for invitation in listed]


async def answer(person: Person, invitation: dict[str, Any], how: str = "accept") -> tuple[int, Any]:
    return await person.call("POST", f"/v1/invitations/{invitation['id']}/{how}")


async def test_an_invitation_is_made_as_asked(world: World) -> None:
    owner = await world.creator()
    status, made = await owner.call("POST", path(owner), {"email": "Ann@Example.com"})
    assert (status, made) == (
        201,
        {
            "id": made["id"],
            "team_id": world.team_of(owner),
            "email": "Ann@Example.com",
            "role": "member",
            "state": "pending",
            "invited_by": owner.id,
            "expires_at": made["created_at"].replace("2026-01-05", "2026-01-12"),
            "created_at": made["created_at"],
        },
    )
    assert await owner.call("GET", path(owner)) == (200, [made])


@pytest.mark.parametrize(
    "email",
    [
        "o'hara@example.com",
        "a@b",
        "first.last+tag/!#$%&*=?^_`{|}~-@sub-domain.example.co",
        '"joe bloggs"@example.com',
        '"a@\\"b"@example.com',
        "joe@[127.0.0.1]",
        "joe@[IPv6:2001:db8::1]",
        f"{'a' * 64}@{'.'.join(['b' * 62] * 3)}.c",
    ],
)
async def test_every_mailbox_can_be_invited_and_join(world: World, email: str) -> None:
    owner, person = await world.creator(), world.stranger()
    invitation = await invite(owner, email.upper())
    person.token = world.token(sub=person.id, email=email, exp=2**40)
    status, membership = await answer(person, invitation)
    assert (status, membership["user_email"]) == (200, email)


@pytest.mark.parametrize(
    "email",
    [
        None,
        7,
        "",
        "ann",
        "@example.com",
        "ann@",
        "ann@@example.com",
        "ann@b@c",
        ".ann@example.com",
        "a..b@example.com",
        "ann @example.com",
        " ann@example.com",
        "ann@example.com\n",
        "ann@exa mple.com",
        "ann@-example.com",
        "ann@example..com",
        "ann@example.com.",
        "ann@exämple.com",
        "ann@[127.0.0.300]",
        "ann@[IPv6:x]",
        "ann@[fe80::1%25eth0]",
        "Ann <ann@example.com>",
        '"ann@example.com',
        f"{'a' * 65}@example.com",
        f"ann@{'b' * 64}.com",
        f"ann@{'.'.join(['b' * 63] * 4)}",
    ],
)
async def test_what_is_no_address(world: World, email: Any) -> None:
    owner = await world.creator()
    assert code(await owner.call("POST", path(owner), {"email": email})) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize("role", ["owner", "root", 7])
async def test_what_nobody_is_invited_as(world: World, role: Any) -> None:
    owner = await world.creator()
    body = {"email": "ann@example.com", "role": role}
    assert code(await owner.call("POST", path(owner), body)) == (400, "VALIDATION_ERROR")


async def test_checks_come_in_order(world: World) -> None:
    owner, viewer, stranger = [await world.creator() for _ in range(3)]
    world.join(viewer, world.team_of(owner), "viewer")

    async def asked(person: Person, team_path: str, email: str) -> tuple[int, str]:
        return code(await person.call("POST", team_path, {"email": email}))

    foreign = f"/v1/teams/{NOBODY}/invitations"
    assert await asked(stranger, foreign, address(stranger).upper()) == (400, "VALIDATION_ERROR")
    assert await asked(stranger, foreign, address(owner)) == (403, "AUTHORIZATION_ERROR")
    assert await asked(stranger, path(owner), address(owner)) == (403, "AUTHORIZATION_ERROR")
    assert await asked(viewer, path(owner), address(owner)) == (403, "AUTHORIZATION_ERROR")
    assert await asked(owner, path(owner), address(viewer).upper()) == (409, "CONFLICT")


async def test_owners_and_admins_manage_invitations(world: World) -> None:
    owner = await world.creator()
    invitation = await invite(owner)
    for role, status in (("admin", 200), ("member", 403), ("viewer", 403)):
        person = await world.creator()
        world.join(person, world.team_of(owner), role)
        assert (await person.call("GET", path(owner)))[0] == status
        assert (await person.call("POST", path(owner, invitation["id"], "resend")))[0] == status
    assert (await (await world.creator()).call("DELETE", path(owner, invitation["id"])))[0] == 403


async def test_a_second_invitation_takes_the_place_of_the_first(world: World) -> None:
    owner = await world.creator()
    first = await invite(owner, "ann@example.com")
    other = await invite(owner, "bob@example.com")
    second = await invite(owner, "ANN@example.com", role="admin")
    assert await states(owner) == [
        (second["id"], "pending"),
        (other["id"], "pending"),
        (first["id"], "revoked"),
    ]


async def test_fifty_may_wait_for_an_answer() -> None:
    async with a_world(invitations_per_day=1000) as world:
        owner = await world.creator()
        invitations = [await invite(owner, f"{number}@example.com") for number in range(50)]
        refused = await owner.call("POST", path(owner), {"email": "new@example.com"})
        assert code(refused) == (409, "CONFLICT")
        replaced = await invite(owner, "7@EXAMPLE.com")
        assert (await owner.call("DELETE", path(owner, invitations[0]["id"])))[0] == 204
        assert len(await states(owner, "pending")) == 49
        await invite(owner, "new@example.com")
        await world.clock.advance(WEEK + 1)
        await invite(owner, "newer@example.com")
        assert (replaced["id"], "expired") in await states(owner)


async def test_twenty_go_out_on_a_day(world: World) -> None:
    owner = await world.creator()
    first, *_ = [await invite(owner, f"{number}@example.com") for number in range(20)]
    refused = await owner.call("POST", path(owner), {"email": "0@example.com"})
    assert code(refused) == (429, "RATE_LIMIT_EXCEEDED")
    assert "retryAfter" not in refused[1]["error"]
    assert (first["id"], "pending") in await states(owner)
    assert (await owner.call("POST", path(owner, first["id"], "resend")))[0] == 200
    await world.clock.advance(12 * 3600)
    await invite(owner, "0@example.com")


async def test_an_invitation_expires_by_itself(world: World) -> None:
    owner, person = await world.creator(), await world.starter()
    invitation = await invite(owner, address(person))
    await world.clock.advance(WEEK - 1)
    assert await states(owner) == [(invitation["id"], "pending")]
    await world.clock.advance(2)
    assert await states(owner) == [(invitation["id"], "expired")]
    assert code(await answer(person, invitation)) == (409, "CONFLICT")
    again = await invite(owner, address(person))
    assert await states(owner) == [(again["id"], "pending"), (invitation["id"], "expired")]


async def test_resending_lets_the_time_run_anew(world: World) -> None:
    owner = await world.creator()
    invitation = await invite(owner)
    await world.clock.advance(86400)
    status, resent = await owner.call("POST", path(owner, invitation["id"], "resend"))
    assert (status, resent) == (200, {**invitation, "expires_at": "2026-01-13T12:00:00.000000Z"})
    await world.clock.advance(WEEK - 1)
    assert await states(owner, "pending") == [(invitation["id"], "pending")]


@pytest.mark.parametrize("ending", ["accepted", "declined", "revoked", "expired"])
async def test_an_invitation_that_is_over_stays_so(world: World, ending: str) -> None:
    owner, person = await world.creator(), await world.starter()
    invitation = await invite(owner, address(person))
    if ending == "revoked":
        assert (await owner.call("DELETE", path(owner, invitation["id"]))) == (204, "")
    elif ending == "expired":
        await world.clock.advance(WEEK + 1)
    else:
        how = {"accepted": "accept", "declined": "decline"}[ending]
        assert (await answer(person, invitation, how))[0] in (200, 204)
    refused = [
        await answer(person, invitation, "accept"),
        await answer(person, invitation, "decline"),
        await owner.call("DELETE", path(owner, invitation["id"])),
        await owner.call("POST", path(owner, invitation["id"], "resend")),
    ]
    assert list(map(code, refused)) == [(409, "CONFLICT")] * 4
    assert await states(owner, ending) == [(invitation["id"], ending)]


async def test_lists_know_five_states(world: World) -> None:
    owner = await world.creator()
    assert await states(owner, "pending") == []
    for state in ("open", "", "PENDING"):
        answered = await owner.call("GET", f"{path(owner)}?state={state}")
        assert code(answered) == (400, "VALIDATION_ERROR")


async def test_a_creator_joins_and_nothing_else_changes(world: World) -> None:
    owner, person = await world.creator(), await world.creator()
    before = await person.call("GET", "/v1/account")
    invitation = await invite(owner, address(person).upper(), role="admin")
    status, membership = await answer(person, invitation)
    assert (status, membership) == (
        200,
        {
            "id": membership["id"],
            "team_id": world.team_of(owner),
            "user_id": person.id,
            "role": "admin",
            "created_at": membership["created_at"],
            "user_email": address(person),
            "user_name": None,
            "user_avatar_url": None,
        },
    )
    _, members = await owner.call("GET", f"/v1/teams/{world.team_of(owner)}/members")
    assert members[1] == membership
    assert await person.call("GET", "/v1/account") == before
    assert await states(owner) == [(invitation["id"], "accepted")]


@pytest.mark.parametrize("is_new", [True, False])
async def test_who_is_no_creator_becomes_one_by_joining(world: World, is_new: bool) -> None:
    owner = await world.creator()
    person = world.stranger() if is_new else await world.starter()
    _, team = await owner.call("POST", "/v1/teams", {"name": "Cats"})
    _, invitation = await owner.call(
        "POST", f"/v1/teams/{team['id']}/invitations", {"email": address(person), "role": "viewer"}
    )
    assert (await answer(person, invitation))[0] == 200
    _, user = await person.call("GET", "/v1/account")
    assert (user["tier"], user["upgraded_at"] is None) == ("creator", False)
    _, teams = await person.call("GET", "/v1/teams")
    assert [(team["name"], team["user_role"]) for team in teams] == [("Cats", "viewer"), ("My Team", "owner")]
    projects = world.sandbox.database.all("SELECT * FROM projects WHERE created_by = ?", (person.id,))
    assert [(row["team_id"], row["name"]) for row in projects] == [(teams[1]["id"], "Welcome to Framecast")]


async def test_an_invitation_is_for_its_address_only(world: World) -> None:
    owner, person, other = await world.creator(), await world.starter(), world.stranger()
    invitation = await invite(owner, address(person))
    for how in ("accept", "decline"):
        assert code(await answer(other, invitation, how)) == (403, "AUTHORIZATION_ERROR")
        assert code(await answer(other, {"id": NOBODY}, how)) == (404, "NOT_FOUND")
        assert code(await answer(other, {"id": "mine"}, how)) == (400, "VALIDATION_ERROR")
    key = await world.key(person, "generate")
    assert code(await answer(key, invitation)) == (401, "INVALID_TOKEN")
    assert (await other.call("GET", "/v1/account"))[1]["tier"] == "starter"
    assert await states(owner) == [(invitation["id"], "pending")]


async def test_declining_changes_nothing_but_the_invitation(world: World) -> None:
    owner, person = await world.creator(), await world.starter()
    invitation = await invite(owner, address(person))
    assert await answer(person, invitation, "decline") == (204, "")
    assert (await person.call("GET", "/v1/account"))[1]["tier"] == "starter"
    again = await invite(owner, address(person))
    assert await states(owner) == [(again["id"], "pending"), (invitation["id"], "declined")]


async def test_of_parallel_accepts_one_counts(world: World) -> None:
    owner, person = await world.creator(), await world.starter()
    invitation = await invite(owner, address(person))
    answers = await asyncio.gather(*(answer(person, invitation) for _ in range(4)))
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert len((await person.call("GET", "/v1/teams"))[1]) == 2


async def test_who_came_in_another_way_need_not_accept(world: World) -> None:
    owner, person = await world.creator(), await world.creator()
    invitation = await invite(owner, address(person))
    world.join(person, invitation["team_id"], "viewer")
    assert code(await answer(person, invitation)) == (409, "CONFLICT")


async def test_nobody_joins_a_fifty_first_team(world: World) -> None:
    owner, person = await world.creator(), await world.creator()
    invitation = await invite(owner, address(person))
    for number in range(49):
        world.join(person, world.sandbox.teams.insert("Cats", f"cats-{number}"), "viewer")
    assert code(await answer(person, invitation)) == (409, "CONFLICT")
    assert await states(owner) == [(invitation["id"], "pending")]


async def test_an_invitation_of_another_team_is_not_found(world: World) -> None:
    owner, other = await world.creator(), await world.creator()
    invitation = await invite(owner)
    for method, more in (("DELETE", ()), ("POST", ("resend",))):
        answered = await other.call(method, path(other, invitation["id"], *more))
        assert code(answered) == (404, "NOT_FOUND")
        assert code(await owner.call(method, path(owner, NOBODY, *more))) == (404, "NOT_FOUND")
        foreign = await other.call(method, path(owner, NOBODY, *more))
        assert code(foreign) == (403, "AUTHORIZATION_ERROR")
