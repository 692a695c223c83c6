"""The mail of an invitation: what it says, and that nothing hangs on it."""

import json
from typing import Any

import httpx
import pytest

from .world import Person, World, a_world


def mails(world: World) -> list[Any]:
    return [body for method, path, body in world.services.calls if (method, path) == ("POST", "/emails")]


def path(person: Person, *more: str) -> str:
    return "/".join([f"/v1/teams/{person.world.team_of(person)}/invitations", *more])


async def invite(person: Person, **members: Any) -> tuple[int, Any]:
    return await person.call("POST", path(person), {"email": "o'hara@example.com", **members})


async def test_the_mail_names_who_where_and_how_to_answer() -> None:
    async with a_world(app_url="https://app.test", mail_from="Framecast <us@app.test>") as world:
        owner = await world.creator()
        await owner.call("PATCH", "/v1/account", {"name": "Ann"})
        _, invitation = await invite(owner, role="viewer")
        assert mails(world) == [
            {
                "from": "Framecast <us@app.test>",
                "to": ["o'hara@example.com"],
                "subject": "Ann invites you to My Team on Framecast",
                "text": "Ann invites you to join the team My Team as viewer.\n\n"
                f"Accept or decline: https://app.test/invitations/{invitation['id']}\n"
                "The invitation ends on 2026-01-12 at 12:00 UTC.\n",
                "tags": [{"name": "invitation_id", "value": invitation["id"]}],
            }
        ]


async def test_the_mail_service_is_told_the_key() -> None:
    keys = []

    def accept(request: httpx.Request) -> httpx.Response:
        keys.append((str(request.url), request.headers["authorization"]))
        return httpx.Response(200, json={"id": "1"})

    async with a_world(mail_api_key="re_1", mail_base_url="https://mail.test") as world:
        world.services.answers["/emails"] = accept
        await invite(await world.creator())
    assert keys == [("https://mail.test/emails", "Bearer re_1")]


async def test_sending_again_and_replacing_are_mails_too(world: World) -> None:
    owner = await world.creator()
    _, first = await invite(owner)
    await owner.call("POST", path(owner, first["id"], "resend"))
    _, second = await invite(owner)
    await owner.call("DELETE", path(owner, second["id"]))
    assert [mail["tags"][0]["value"] for mail in mails(world)] == [first["id"], first["id"], second["id"]]


async def test_what_is_refused_sends_nothing(world: World) -> None:
    owner = await world.creator()
    assert (await invite(owner, role="owner"))[0] == 400
    assert (await invite(owner, email=f"{owner.id[:8]}@example.com"))[0] == 400
    assert mails(world) == []


@pytest.mark.parametrize("status", [401, 422, 429, 500])
async def test_an_invitation_stands_without_its_mail(world: World, status: int) -> None:
    owner = await world.creator()
    world.services.fail("/emails", status)
    answered, invitation = await invite(owner)
    assert (answered, len(mails(world))) == (201, 1)
    assert await owner.call("GET", path(owner)) == (200, [invitation])


async def test_an_invitation_stands_when_nobody_answers(world: World) -> None:
    def unreachable(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("no route", request=request)

    world.services.answers["/emails"] = unreachable
    owner = await world.creator()
    assert (await invite(owner))[0] == 201
    world.services.answers["/emails"] = lambda _request: httpx.Response(200, text="not json")
    assert (await invite(owner))[0] == 201


async def test_names_with_line_breaks_make_no_header(world: World) -> None:
    owner = await world.creator()
    await owner.call("PATCH", "/v1/account", {"name": "Ann\r\nBcc: all@example.com"})
    await owner.call("PATCH", f"/v1/teams/{world.team_of(owner)}", {"name": "Cats\n\u2028Dogs"})
    await invite(owner)
    [mail] = mails(world)
    assert mail["subject"] == "Ann Bcc: all@example.com invites you to Cats Dogs on Framecast"
    assert json.dumps(mail)
