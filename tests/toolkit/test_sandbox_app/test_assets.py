"""Uploading files for real: presigned URLs at an S3, confirmation, use in storyboards, storage."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from framecast_contract.doubles import ObjectStore
from framecast_contract.doubles.object_store import moto_endpoint
from framecast_contract.sandbox.storage import safe_name

from .world import SPEC, Person, World, a_world, code

NOBODY = "00000000-0000-4000-8000-000000000000"
FILE = {"filename": "dog.png", "content_type": "image/png", "size_bytes": 100}


def _forward(request: httpx.Request) -> httpx.Response:
    """The sandbox's requests to its bucket really go to the object store."""
    with httpx.Client(trust_env=False) as http:
        answer = http.send(request)
    return httpx.Response(answer.status_code, headers=answer.headers)


@pytest.fixture
async def stored() -> AsyncIterator[World]:
    """A sandbox with an object store behind it, whose URLs live by the world's clock."""
    key = "sandbox-assets"
    async with a_world(s3_endpoint_url=moto_endpoint(), s3_access_key_id=key) as world:
        ObjectStore.for_world(key, world.clock).ensure_bucket("framecast-outputs")
        world.services.answers["/framecast-outputs/"] = _forward
        yield world


async def announce(person: Person, **members: Any) -> dict[str, Any]:
    status, upload = await person.call("POST", "/v1/assets/upload-url", {**FILE, **members})
    assert status == 201, upload
    return dict(upload)


async def put(upload: dict[str, Any], size: int = 100, content_type: str | None = None) -> int:
    """Upload some bytes as a browser would; the status."""
    headers = {"Content-Type": content_type or upload["asset"]["content_type"]}
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.put(upload["upload_url"], content=b"x" * size, headers=headers)
    return answer.status_code


async def confirm(person: Person, upload: dict[str, Any]) -> tuple[int, Any]:
    return await person.call("POST", f"/v1/assets/{upload['asset']['id']}/confirm")


async def ready(person: Person, **members: Any) -> dict[str, Any]:
    """An uploaded and confirmed asset."""
    upload = await announce(person, **members)
    assert await put(upload, upload["asset"]["size_bytes"]) == 200
    status, asset = await confirm(person, upload)
    assert status == 200, asset
    return dict(asset)


async def status_of(person: Person, upload: dict[str, Any]) -> str:
    return str((await person.call("GET", f"/v1/assets/{upload['asset']['id']}"))[1]["status"])


async def storage(person: Person) -> int:
    return int((await person.call("GET", "/v1/account"))[1]["ephemeral_storage_bytes"])


async def test_an_announced_file_is_pending_and_takes_no_storage(world: World) -> None:
    person = await world.starter()
    upload = await announce(person)
    asset = upload["asset"]
    assert asset == {
        "id": asset["id"],
        "owner": person.urn,
        "uploaded_by": person.id,
        "project_id": None,
        **FILE,
        "s3_key": f"user/{person.id}/assets/{asset['id']}/dog.png",
        "status": "pending",
        "metadata": {},
        "download_url": None,
        "created_at": asset["created_at"],
        "updated_at": asset["created_at"],
    }
    where = f"{world.settings.s3_endpoint_url}/framecast-outputs/{asset['s3_key']}?X-Amz-Algorithm="
    assert upload["upload_url"].startswith(where)
    assert "X-Amz-Expires=900" in upload["upload_url"]
    assert "X-Amz-SignedHeaders=content-type%3Bhost" in upload["upload_url"]
    assert await person.call("GET", f"/v1/assets/{asset['id']}") == (200, asset)
    assert await storage(person) == 0


@pytest.mark.parametrize(
    "members",
    [
        {"filename": None},
        {"filename": ""},
        {"filename": "x" * 256},
        {"content_type": "image/gif"},
        {"content_type": None},
        {"size_bytes": 0},
        {"size_bytes": -1},
        {"size_bytes": 52_428_801},
        {"size_bytes": 1.5},
        {"size_bytes": "7"},
        {"project_id": "7"},
        {"owner": "me"},
    ],
)
async def test_what_cannot_be_announced(world: World, members: dict[str, Any]) -> None:
    person = await world.creator()
    answer = await person.call("POST", "/v1/assets/upload-url", {**FILE, **members})
    assert code(answer) == (400, "VALIDATION_ERROR")
    assert await person.call("GET", "/v1/assets") == (200, [])


async def test_an_upload_is_confirmed_and_read_back(stored: World) -> None:
    person = await stored.starter()
    upload = await announce(person)
    assert await put(upload, 95) == 200
    status, asset = await confirm(person, upload)
    now = {"status": "ready", "updated_at": asset["updated_at"]}
    assert (status, asset) == (200, upload["asset"] | now)
    assert asset["updated_at"] > asset["created_at"]
    _, shown = await person.call("GET", f"/v1/assets/{asset['id']}")
    assert shown == asset | {"download_url": shown["download_url"]}
    assert "X-Amz-Expires=3600" in shown["download_url"]
    async with httpx.AsyncClient(trust_env=False) as http:
        file = await http.get(shown["download_url"])
    assert (file.content, file.headers["content-type"]) == (b"x" * 95, "image/png")
    assert await person.call("GET", "/v1/assets") == (200, [asset])
    assert await storage(person) == 100
    assert code(await confirm(person, upload)) == (409, "CONFLICT")
    assert await storage(person) == 100


async def test_an_upload_url_is_for_one_type_and_a_quarter_of_an_hour(stored: World) -> None:
    upload = await announce(await stored.starter())
    assert await put(upload, content_type="image/jpeg") == 403
    await stored.clock.advance(899)
    assert await put(upload) == 200
    await stored.clock.advance(1)
    assert await put(upload) == 403


@pytest.mark.parametrize(
    "filename",
    [
        "../../other/a.png",
        "..",
        ".",
        "a/b\\c.png",
        "/a//b/",
        "a/./b/..",
        "a b+c%2F?#&=.png",
        "\u00fc\u4e16\u754c.png",
        "\U0001f600" * 255,
        "x" * 255,
        "tab\tand\x7f.png",
        " ",
        "%2e%2e",
    ],
)
async def test_a_file_may_have_any_name(stored: World, filename: str) -> None:
    owner = await stored.creator()
    urn = f"framecast:{stored.team_of(owner)}:{owner.id}"
    asset = await ready(owner, filename=filename, owner=urn)
    folder = f"team/{stored.team_of(owner)}/{owner.id}/assets/{asset['id']}/"
    name = asset["s3_key"].removeprefix(folder)
    assert asset["filename"] == filename
    assert name != asset["s3_key"]
    assert not {".", ".."} & set(name.split("/"))
    assert len(asset["s3_key"]) <= 500


def test_names_stay_as_they_are_when_a_key_can_carry_them() -> None:
    for name in (
        "dog.png",
        "a b+c%2F?#.png",
        "\u00fc\u4e16\u754c.png",
        "x" * 255,
        "...",
        "a/b\\c\t",
        "\u00e9" * 255,
    ):
        assert safe_name(name) == name
    assert safe_name("../a/./b/..") == "__/a/_/b/__"
    assert safe_name("\U0001f600" * 255) == "\U0001f600" * 225


@pytest.mark.parametrize(
    ("announced", "stored_bytes", "fits"),
    [(100, 95, True), (100, 105, True), (100, 94, False), (100, 106, False), (1, 2, False), (19, 20, False)],
)
async def test_the_size_may_differ_by_a_twentieth(
    stored: World, announced: int, stored_bytes: int, fits: bool
) -> None:
    person = await stored.starter()
    upload = await announce(person, size_bytes=announced)
    assert await put(upload, stored_bytes) == 200
    status, _ = await confirm(person, upload)
    assert (status, await status_of(person, upload)) == ((200, "ready") if fits else (409, "failed"))
    assert await storage(person) == (announced if fits else 0)


async def test_a_missing_file_fails_the_asset_for_good(stored: World) -> None:
    person = await stored.starter()
    upload = await announce(person)
    assert code(await confirm(person, upload)) == (409, "CONFLICT")
    assert await status_of(person, upload) == "failed"
    await put(upload)
    assert code(await confirm(person, upload)) == (409, "CONFLICT")
    assert await status_of(person, upload) == "failed"


async def test_a_file_of_another_type_fails_the_asset(stored: World) -> None:
    person = await stored.starter()
    upload = await announce(person)
    bucket, key = "framecast-outputs", upload["asset"]["s3_key"]
    client = ObjectStore.from_environment({}).client
    client.put_object(Bucket=bucket, Key=key, Body=b"x" * 100, ContentType="image/jpeg")
    assert code(await confirm(person, upload)) == (409, "CONFLICT")
    assert await status_of(person, upload) == "failed"


async def test_a_silent_object_store_decides_nothing(world: World) -> None:
    person = await world.starter()
    upload = await announce(person)
    world.services.fail("/framecast-outputs/", 503)
    assert code(await confirm(person, upload)) == (500, "INTERNAL_ERROR")
    assert await status_of(person, upload) == "pending"


async def test_of_parallel_confirmations_one_counts(stored: World) -> None:
    person = await stored.starter()
    upload = await announce(person)
    await put(upload)
    answers = await asyncio.gather(*(confirm(person, upload) for _ in range(5)))
    assert Counter(status for status, _ in answers) == {200: 1, 409: 4}
    assert await storage(person) == 100


async def test_only_who_announced_a_file_confirms_it(stored: World) -> None:
    owner, member, stranger = [await stored.creator() for _ in range(3)]
    team = stored.team_of(owner)
    stored.join(member, team, "member")
    upload = await announce(member, owner=f"framecast:team:{team}")
    await put(upload)
    assert code(await confirm(owner, upload)) == (403, "AUTHORIZATION_ERROR")
    assert code(await confirm(stranger, upload)) == (404, "NOT_FOUND")
    assert (await confirm(member, upload))[0] == 200
    _, shown = await owner.call("GET", f"/v1/teams/{team}")
    assert (shown["ephemeral_storage_bytes"], await storage(member)) == (100, 0)


async def test_a_project_asset_belongs_to_the_projects_team(world: World) -> None:
    owner, other = await world.creator(), await world.creator()
    team, theirs = world.team_of(owner), world.team_of(other)
    world.join(owner, theirs, "viewer")
    project = world.sandbox.projects.create(team, owner.id, "Film", None)["id"]
    foreign = world.sandbox.projects.create(theirs, other.id, "Film", None)["id"]
    urn = f"framecast:team:{team}"

    async def refused(**members: Any) -> int:
        return (await owner.call("POST", "/v1/assets/upload-url", {**FILE, **members}))[0]

    assert (await announce(owner, owner=urn, project_id=project))["asset"]["project_id"] == project
    assert await refused(project_id=project) == 400
    assert await refused(project_id=project, owner=f"framecast:{team}:{owner.id}") == 400
    assert await refused(project_id=foreign, owner=urn) == 400
    assert await refused(project_id=foreign, owner=f"framecast:team:{theirs}") == 403
    assert await refused(project_id=NOBODY, owner=urn) == 404
    assert await refused(owner=f"framecast:team:{NOBODY}") == 403


async def test_filters_of_the_list_combine(world: World) -> None:
    person = await world.creator()
    urn = f"framecast:team:{world.team_of(person)}"
    picture = (await announce(person))["asset"]
    sound = (await announce(person, content_type="audio/wav", owner=urn))["asset"]
    await (await world.creator()).call("POST", "/v1/assets/upload-url", FILE)

    async def listed(query: str) -> list[str]:
        status, assets = await person.call("GET", f"/v1/assets?{query}")
        assert status == 200, assets
        return [asset["id"] for asset in assets]

    both = [sound["id"], picture["id"]]
    assert await listed("") == await listed("content_type=") == await listed("status=pending") == both
    assert await listed("content_type=image/") == [picture["id"]]
    assert await listed("content_type=%25") == await listed("content_type=mage/") == []
    assert await listed(f"owner={urn}&content_type=audio/wav") == [sound["id"]]
    assert await listed(f"owner=framecast:user:{NOBODY}") == await listed(f"project_id={NOBODY}") == []
    assert await listed("status=ready") == []
    assert await listed("limit=1&offset=1") == [picture["id"]]
    for query in ("status=done", "owner=me", "project_id=7", "content_type=a&content_type=b", "limit=x"):
        assert code(await person.call("GET", f"/v1/assets?{query}")) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    ("role", "own", "status"),
    [
        ("admin", False, 204),
        ("member", False, 403),
        ("member", True, 204),
        ("viewer", False, 403),
        ("viewer", True, 403),
    ],
)
async def test_who_deletes_a_teams_asset(world: World, role: str, own: bool, status: int) -> None:
    owner, person = await world.creator(), await world.creator()
    team = world.team_of(owner)
    world.join(person, team, "member")
    asset = (await announce(person if own else owner, owner=f"framecast:team:{team}"))["asset"]
    world.sandbox.database.run("UPDATE memberships SET role = ? WHERE user_id = ?", role, person.id)
    path = f"/v1/assets/{asset['id']}"
    assert code(await (await world.creator()).call("DELETE", path)) == (404, "NOT_FOUND")
    assert (await person.call("GET", path))[0] == 200
    assert (await person.call("DELETE", path))[0] == status
    assert (await owner.call("GET", path))[0] == (404 if status == 204 else 200)


async def test_deleting_gives_back_what_a_ready_file_took(stored: World) -> None:
    person = await stored.starter()
    asset, pending = await ready(person), (await announce(person))["asset"]
    path = f"/v1/assets/{pending['id']}"
    assert (await person.call("DELETE", path))[0] == 204
    assert await storage(person) == 100
    stored.sandbox.database.update("users", person.id, {"ephemeral_storage_bytes": 30})
    assert (await person.call("DELETE", f"/v1/assets/{asset['id']}"))[0] == 204
    assert await storage(person) == 0
    assert code(await person.call("DELETE", path)) == (404, "NOT_FOUND")


async def test_a_storyboard_may_name_ready_files_within_reach(stored: World) -> None:
    person, other = await stored.starter(), await stored.starter()
    image = (await announce(person))["asset"]["id"]
    sound = await ready(person, content_type="audio/wav")
    ours = await ready(person)

    async def valid(who: Person, image_id: str, sound_id: str = sound["id"]) -> bool:
        symbol = {"prompt": "a dog", "reference_images": [{"id": image_id}]}
        spec = SPEC | {"symbols": {"dog": symbol}, "global_audio": {"music": {"asset_id": sound_id}}}
        return bool((await who.call("POST", "/v1/spec/validate", {"spec": spec}))[1]["valid"])

    assert await valid(person, ours["id"])
    assert not await valid(person, image)
    assert not await valid(person, sound["id"])
    assert not await valid(person, ours["id"], ours["id"])
    assert not await valid(other, ours["id"])
    await person.call("DELETE", f"/v1/assets/{ours['id']}")
    assert not await valid(person, ours["id"])
