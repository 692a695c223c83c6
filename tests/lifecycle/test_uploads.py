"""Uploading a file: asking for the URL, sending the bytes, confirming them, and the storage they take."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import AssetFile, AssetUpload
from framecast_contract.oracle.assets import (
    broken_asset_list_rules,
    broken_asset_rules,
    broken_asset_transition,
)
from framecast_contract.oracle.owners import Person, can_read
from framecast_contract.oracle.storage_keys import asset_key, broken_asset_key, broken_system_key
from framecast_contract.oracle.uploads import (
    CONTENT_TYPES,
    LARGEST_BYTES,
    Stored,
    broken_upload_rules,
    confirm_answer,
    confirm_step,
    storage_after,
    upload_refusals,
)
from framecast_contract.oracle.words import CREATED
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_in, answer_to, as_json
from framecast_contract.workloads.owning import OWNERS, PROJECTS, owning
from framecast_contract.workloads.teams import STANDINGS, Standing, another, known_as, team_with
from framecast_contract.workloads.uploads import (
    PICTURE,
    announced,
    asset_that_is,
    fetch,
    send_file,
    storage_used,
)

FILE = {"filename": "dog.png", "content_type": "image/png", "size_bytes": 100}
MINUTE = 60
FILES: Mapping[str, Any] = {
    "a picture": FILE,
    **{f"a file of {each}": {**FILE, "content_type": each} for each in CONTENT_TYPES},
    "one byte": {**FILE, "size_bytes": 1},
    "50 MiB": {**FILE, "size_bytes": LARGEST_BYTES},
    "name of one": {**FILE, "filename": "d"},
    "name of 255": {**FILE, "filename": "d" * 251 + ".png"},
    "nulls": {**FILE, "owner": None, "project_id": None},
    "what cannot be set": {**FILE, "status": "ready", "s3_key": "x", "uploaded_by": "me", "metadata": [1]},
    "no name": {key: FILE[key] for key in ("content_type", "size_bytes")},
    "empty name": {**FILE, "filename": ""},
    "name of 256": {**FILE, "filename": "d" * 256},
    "name with U+0000": {**FILE, "filename": "d\0g"},
    "no type": {key: FILE[key] for key in ("filename", "size_bytes")},
    "a moving picture": {**FILE, "content_type": "image/gif"},
    "a text": {**FILE, "content_type": "text/plain"},
    "type in upper case": {**FILE, "content_type": "IMAGE/PNG"},
    "type with a parameter": {**FILE, "content_type": "image/png; q=1"},
    "no size": {key: FILE[key] for key in ("filename", "content_type")},
    "no bytes": {**FILE, "size_bytes": 0},
    "less than nothing": {**FILE, "size_bytes": -1},
    "a byte over 50 MiB": {**FILE, "size_bytes": LARGEST_BYTES + 1},
    "far too many bytes": {**FILE, "size_bytes": 2**63},
    "half a byte": {**FILE, "size_bytes": 99.5},
    "size is a text": {**FILE, "size_bytes": "100"},
    "size is true": {**FILE, "size_bytes": True},
    "project is no id": {**FILE, "project_id": "trailer"},
    "owner is a number": {**FILE, "owner": 7},
    "an array": [],
    "null": None,
}  # fmt: skip


def _sender(people: People, person: Persona) -> Any:
    return people.raw_client(person.name, f"Bearer {person.token}")


@pytest.mark.rule(
    "ASSET-10", "ASSET-11", "ASSET-18", "INV-AF1", "INV-AF2", "INV-AF3", "INV-AF4", "INV-AF5", "INV-TIME1",
    "URL-4", "OWNER-2",
)  # fmt: skip
@pytest.mark.parametrize("wish", FILES)
async def test_an_upload_is_announced_as_asked_or_refused(people: People, wish: str) -> None:
    person, body = await people.starter(), FILES[wish]

    response = await _sender(people, person).post("/v1/assets/upload-url", json=body)

    refusals = upload_refusals(body, _known(person))
    listed = await person.client.list_assets()
    if refusals:
        assert ((answer_in(response),), listed) == (refusals, [])
        return
    assert response.status_code == CREATED.status
    upload = response.json()
    assert broken_upload_rules(upload, body, caller=person.user_id) == []
    assert broken_asset_rules(upload["asset"], read=False) == []
    assert listed == [AssetUpload.model_validate(upload).asset]
    assert await person.client.get_asset(upload["asset"]["id"]) == listed[0]
    assert await storage_used(person) == 0


def _known(starter: Persona) -> Person:
    return Person(starter.user_id)


@pytest.mark.rule(
    "ASSET-11", "INV-X2", "INV-X3", "OWNER-1", "OWNER-4", "OWNER-5", "OWNER-6", "D-3", "STORE-1"
)
@pytest.mark.parametrize("project", PROJECTS)
@pytest.mark.parametrize("owner", OWNERS)
async def test_owner_and_project_of_an_upload_belong_together(
    people: People, owner: str, project: str
) -> None:
    have = await owning(people)
    project_id = have.projects[project]
    body = {**FILE, "owner": have.owners[owner], "project_id": project_id}
    team = have.teams.get(project_id or "")

    response = await _sender(people, have.person).post("/v1/assets/upload-url", json=body)

    # Whether a project one does not see is one at all is not said, so both readings stand.
    seen = [team] if team in have.known.roles else [None, team]
    allowed = {refusal for each in seen for refusal in upload_refusals(body, have.known, project_team=each)}
    if allowed:
        assert (answer_in(response) in allowed, await have.person.client.list_assets()) == (True, [])
        return
    assert response.status_code == CREATED.status
    assert broken_upload_rules(response.json(), body, caller=have.person.user_id) == []
    assert broken_asset_key(response.json()["asset"]) == []


@pytest.mark.rule("OWNER-3", "INV-X2")
async def test_a_starter_uploads_for_nobody_else(people: People) -> None:
    starter, team = await people.starter(), await team_with(people)

    for owner in (team.urn, team.membership(starter), team.owner.owner):
        answer = await answer_to(
            starter.client, operations.create_asset_upload_url("dog.png", "image/png", 100, owner=owner)
        )
        assert (answer,) == upload_refusals({**FILE, "owner": owner}, _known(starter))


OBJECTS: Mapping[str, tuple[int, Stored | None]] = {
    "as announced": (100, Stored(100, "image/png")),
    "5 % short": (100, Stored(95, "image/png")),
    "5 % over": (100, Stored(105, "image/png")),
    "over 5 % short": (100, Stored(94, "image/png")),
    "over 5 % over": (100, Stored(106, "image/png")),
    "exactly 5 % of few bytes": (20, Stored(21, "image/png")),
    "5 % of too few bytes": (19, Stored(20, "image/png")),
    "one byte": (1, Stored(1, "image/png")),
    "two bytes for one": (1, Stored(2, "image/png")),
    "empty": (100, Stored(0, "image/png")),
    "another type": (100, Stored(100, "image/jpeg")),
    "another type that begins alike": (100, Stored(100, "image/p")),
    "nothing": (100, None),
}


@pytest.mark.rule("ASSET-13", "ASSET-14", "ASSET-16", "ASSET-20", "INV-AF1", "TIME-3", "STORE-2")
@pytest.mark.parametrize("what", OBJECTS)
async def test_a_confirmed_file_is_ready_if_it_is_the_one_announced(people: People, what: str) -> None:
    person, (size, stored) = await people.starter(), OBJECTS[what]
    upload = await announced(person, size=size)
    if stored is not None:  # a store may well refuse another type than the URL is signed for
        await send_file(upload, b"." * stored.size, stored.content_type)
    await pass_time(1)

    confirm = operations.confirm_asset_upload(upload.asset.id)
    answers = [await answer_to(person.client, confirm) for _ in range(2)]

    declared = Stored(size, "image/png")
    first = confirm_step("pending", stored, declared)
    again = confirm_step(first.status, stored, declared)
    assert answers == [first.answer, again.answer]
    asset = await person.client.get_asset(upload.asset.id)
    assert asset.status == first.status == again.status
    assert broken_asset_transition(as_json(upload.asset), as_json(asset)) == []
    used = storage_after(0, "confirm_asset_upload", as_json(upload.asset)) if first.answer.accepted else 0
    assert await storage_used(person) == used


@pytest.mark.rule("ASSET-13", "ASSET-16", "ASSET-20")
async def test_bytes_that_come_after_the_failure_come_too_late(people: People) -> None:
    person = await people.starter()
    upload = await announced(person)
    confirm, declared = operations.confirm_asset_upload(upload.asset.id), Stored(100, "image/png")
    missing = await answer_to(person.client, confirm)
    await send_file(upload, PICTURE)

    late = await answer_to(person.client, confirm)

    expected = [confirm_answer("pending", None, declared), confirm_answer("failed", declared, declared)]
    assert [missing, late] == expected
    status = (await person.client.get_asset(upload.asset.id)).status
    assert (status, await storage_used(person)) == ("failed", 0)


NAMES = ("dog.png", "my dog (1).png", "Hündchen & Söhne.png", "100 %?.png", "a+b=c#d.png", "🐕.png", "..png")


@pytest.mark.rule("ASSET-18", "STORE-2", "INV-AF6", "URL-3")
@pytest.mark.parametrize("content_type", CONTENT_TYPES)
async def test_a_ready_file_can_be_downloaded_as_it_was_sent(people: People, content_type: Any) -> None:
    person = await people.starter()

    for filename in NAMES:
        upload = await announced(person, filename=filename, content_type=content_type)
        assert (await person.client.get_asset(upload.asset.id)).download_url is None
        await send_file(upload, PICTURE)
        confirmed = await person.client.confirm_asset_upload(upload.asset.id)

        read = await person.client.get_asset(upload.asset.id)
        assert broken_asset_rules(as_json(read), read=True) == []
        assert read.model_copy(update={"download_url": None}) == confirmed
        file = await fetch(str(read.download_url))
        got = (filename, file.status_code, file.headers["content-type"], file.content)
        assert got == (filename, 200, content_type, PICTURE)
    listed = all_as_json(await person.client.list_assets())
    assert broken_asset_list_rules(listed, _known(person)) == []
    assert [each for asset in listed for each in broken_asset_rules(asset, read=False)] == []


@pytest.mark.rule("INV-AF6", "STORE-1", "STORE-2")
async def test_one_name_is_many_files(people: People) -> None:
    team = await team_with(people, "member")
    member = team.member
    owners = (member.owner, team.urn, team.membership(member)) * 2

    assets = [(await announced(member, owner)).asset for owner in owners]

    keys = [asset_key(owner, str(asset.id), "dog.png") for owner, asset in zip(owners, assets, strict=True)]
    assert [asset.s3_key for asset in assets] == keys
    assert len(set(keys)) == len(keys)


@pytest.mark.rule("STORE-4")
async def test_every_sound_of_the_catalogue_has_its_place(people: People) -> None:
    person = await people.starter()

    sounds = all_as_json(await person.client.list_system_assets(limit=100))

    assert [broken for sound in sounds for broken in broken_system_key(sound)] == []


@pytest.mark.needs("clock")
@pytest.mark.rule("URL-4", "ASSET-14")
@pytest.mark.parametrize(("minutes", "in_time"), [(14, True), (16, False)])
async def test_an_upload_must_come_within_fifteen_minutes(
    people: People, minutes: int, in_time: bool
) -> None:
    person = await people.starter()
    upload = await announced(person)
    await pass_time(minutes * MINUTE)

    stored = await send_file(upload, PICTURE)

    assert stored == (200 if in_time else 403)
    answer = await answer_to(person.client, operations.confirm_asset_upload(upload.asset.id))
    declared = Stored(100, "image/png")
    assert answer == confirm_answer("pending", declared if in_time else None, declared)


@pytest.mark.needs("clock")
@pytest.mark.rule("URL-4", "ASSET-13")
async def test_a_file_that_came_in_time_may_be_confirmed_later(people: People) -> None:
    person = await people.starter()
    upload = await announced(person)
    await send_file(upload, PICTURE)
    await pass_time(24 * 60 * MINUTE)

    confirmed = await people.renewed(person).client.confirm_asset_upload(upload.asset.id)

    assert confirmed.status == "ready"


@pytest.mark.needs("clock")
@pytest.mark.rule("URL-3", "ASSET-18")
async def test_a_download_url_works_for_an_hour_and_a_new_one_after_that(people: People) -> None:
    person = await people.starter()
    asset = await asset_that_is("ready", person)
    url = str((await person.client.get_asset(asset.id)).download_url)

    await pass_time(59 * MINUTE)
    assert (await fetch(url)).content == PICTURE
    await pass_time(2 * MINUTE)
    assert (await fetch(url)).status_code == 403

    read = await people.renewed(person).client.get_asset(asset.id)
    assert (await fetch(str(read.download_url))).content == PICTURE


@pytest.mark.rule("ASSET-12", "ASSET-13")
@pytest.mark.parametrize("status", ["pending", "ready", "failed"])
@pytest.mark.parametrize("standing", STANDINGS)
async def test_only_the_uploader_confirms(people: People, standing: Standing, status: str) -> None:
    team = await team_with(people, "member")
    asset = await asset_that_is(status, team.member, team.urn)
    person = await another(people, team, standing)

    answer = await answer_to(person.client, operations.confirm_asset_upload(asset.id))

    sees = can_read(team.urn, known_as(person, team, standing))
    declared = Stored(100, "image/png")
    assert answer == confirm_answer(status if sees else None, declared, declared, own=False)
    assert (await team.member.client.get_asset(asset.id)).status == status


@pytest.mark.rule("ASSET-12", "OWNER-7")
async def test_who_left_the_team_confirms_nothing_there(people: People) -> None:
    team = await team_with(people, "member")
    uploads = [await announced(team.member, urn) for urn in (team.urn, team.membership(team.member))]
    await team.member.client.leave_team(team.id)

    for upload in uploads:
        await send_file(upload, PICTURE)
        answer = await answer_to(team.member.client, operations.confirm_asset_upload(upload.asset.id))
        assert answer == confirm_answer(None, None, Stored(100, "image/png"))


@pytest.mark.rule("ASSET-16", "ASSET-17", "ASSET-13", "INV-U6")
@pytest.mark.parametrize("kind", ["personal", "team", "membership"])
async def test_storage_rises_with_a_file_once_and_falls_with_it(people: People, kind: str) -> None:
    team = await team_with(people, "member")
    member = team.member
    owner = {"personal": None, "team": team.urn, "membership": team.membership(member)}[kind]
    payer = None if kind == "personal" else team
    other = team if payer is None else None
    used, others = await storage_used(member, payer), await storage_used(member, other)

    async def sends(operation_id: str, request: Any, asset: AssetFile, accepted: bool) -> None:
        nonlocal used
        assert (await answer_to(member.client, request)).accepted == accepted
        used = storage_after(used, operation_id, as_json(asset)) if accepted else used
        assert (await storage_used(member, payer), await storage_used(member, other)) == (used, others)

    first, second, empty, unsent = [await announced(member, owner, size=100) for _ in range(4)]
    for upload in (first, second):
        await send_file(upload, PICTURE)
    for upload, accepted in ((first, True), (second, True), (first, False), (empty, False)):
        confirm = operations.confirm_asset_upload(upload.asset.id)
        await sends("confirm_asset_upload", confirm, upload.asset, accepted)
    for upload in (first, empty, unsent, second):
        asset = await member.client.get_asset(upload.asset.id)
        await sends("delete_asset", operations.delete_asset(asset.id), asset, True)
    assert used == 0
