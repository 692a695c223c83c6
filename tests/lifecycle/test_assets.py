"""Uploaded assets: who sees, lists and deletes them, and the storyboards that name them."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import AssetFile
from framecast_contract.oracle.assets import (
    broken_asset_list_rules,
    deletion_answers,
    matching,
    ready_assets,
)
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.owners import Person, can_read
from framecast_contract.oracle.specs import broken_validation_rules, spec_answer
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import CREATED, INVALID, NOT_FOUND, OK
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import STANDINGS, Standing, Team, another, join, known_as, team_with
from framecast_contract.workloads.uploads import announced, asset_that_is, storage_used

STATUSES = ("pending", "ready", "failed")
OWNED = ("personal", "team", "membership")
ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"


def _owner(team: Team, kind: str) -> str:
    """The URN of that kind under which the team's member uploads."""
    member = team.member
    return {"personal": member.owner, "team": team.urn, "membership": team.membership(member)}[kind]


@pytest.mark.rule("ASSET-19", "ASSET-22", "ASSET-18", "OWNER-7", "ASSET-17")
@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_sees_and_deletes_what_a_member_uploaded(
    people: People, standing: Standing, kind: str
) -> None:
    team = await team_with(people, "member")
    asset = await asset_that_is("ready", team.member, _owner(team, kind))
    person = await another(people, team, standing)
    known = known_as(person, team, standing)

    seen = await answer_to(person.client, operations.get_asset(asset.id))
    listed = [each.id for each in await person.client.list_assets()]
    deleted = await answer_to(person.client, operations.delete_asset(asset.id))

    sees = can_read(asset.owner, known)
    assert (seen, listed) == ((OK, [asset.id]) if sees else (NOT_FOUND, []))
    assert deleted in deletion_answers(as_json(asset), known)
    left = await answer_to(team.member.client, operations.get_asset(asset.id))
    assert left == (NOT_FOUND if deleted.accepted else OK)


@pytest.mark.rule("ASSET-19")
@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("role", ["owner", "admin", "member", "viewer"])
async def test_an_uploader_deletes_as_the_role_of_today_allows(
    people: People, role: Standing, kind: str
) -> None:
    team = await team_with(people, "member")
    member, asset = team.member, await asset_that_is("ready", team.member, _owner(team, kind))
    await team.owner.client.update_member_role(team.id, member.user_id, role)  # type: ignore[arg-type]  # a role
    known = known_as(member, team, role)

    deleted = await answer_to(member.client, operations.delete_asset(asset.id))

    assert deleted in deletion_answers(as_json(asset), known)
    assert [each.id for each in await member.client.list_assets()] == ([] if deleted.accepted else [asset.id])


@pytest.mark.rule("ASSET-19", "INV-AF5", "OWNER-7")
async def test_files_stay_when_their_uploader_leaves(people: People) -> None:
    team = await team_with(people, "member")
    member = team.member
    shared, own = [await asset_that_is("ready", member, urn) for urn in (team.urn, team.membership(member))]
    used = await storage_used(member, team)

    await member.client.leave_team(team.id)

    assert await member.client.list_assets() == []
    assert (await team.owner.client.list_assets(), await storage_used(member, team)) == ([shared], used)
    await join(people, team.owner, team.id, "viewer", person=member)
    assert {each.id for each in await member.client.list_assets()} == {shared.id, own.id}


@pytest.mark.rule("ASSET-17", "ASSET-22")
async def test_a_deleted_asset_is_gone(people: People) -> None:
    person = await people.starter()
    asset = await asset_that_is("ready", person)

    await person.client.delete_asset(asset.id)

    gone = [
        await answer_to(person.client, request)
        for request in (
            operations.get_asset(asset.id),
            operations.confirm_asset_upload(asset.id),
            operations.delete_asset(asset.id),
        )
    ]
    assert (gone, await person.client.list_assets(), await storage_used(person)) == ([NOT_FOUND] * 3, [], 0)


@pytest.mark.rule("PROJECT-18", "ASSET-17", "INV-X3")
async def test_assets_go_with_their_project(people: People) -> None:
    team = await team_with(people)
    project, client = await new_project(team), team.owner.client
    kept = await asset_that_is("ready", team.owner, team.urn)
    for status in STATUSES:
        asset = await asset_that_is(status, team.owner, team.urn, project_id=project.id)
        assert (asset.project_id, asset.owner) == (project.id, team.urn)

    await client.delete_project(project.id)

    assert await client.list_assets(project_id=project.id) == []
    assert await client.list_assets(owner=team.urn) == [kept]
    assert await answer_to(client, operations.get_asset(asset.id)) == NOT_FOUND
    assert await storage_used(team.owner, team) == kept.size_bytes


FILTERS: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "pending": {"status": "pending"},
    "ready": {"status": "ready"},
    "failed": {"status": "failed"},
    "my own": {"owner": "personal"},
    "the team's": {"owner": "team"},
    "my membership's": {"owner": "membership"},
    "pictures": {"content_type": "image/"},
    "the beginning of a type": {"content_type": "audio/w"},
    "a whole type": {"content_type": "image/png"},
    "the end of a type": {"content_type": "png"},
    "a type nothing has": {"content_type": "video/"},
    "any type": {"content_type": ""},
    "the project's": {"project_id": "project"},
    "ready pictures of the team": {"owner": "team", "status": "ready", "content_type": "image/"},
    "of the project, but my own": {"owner": "personal", "project_id": "project"},
    "of somebody else": {"owner": f"framecast:user:{ELSE}"},
    "of a team that is not there": {"owner": f"framecast:team:{ELSE}"},
    "of another membership": {"owner": f"framecast:{ELSE}:{ELSE}"},
    "of a project that is not there": {"project_id": ELSE},
}


@pytest.mark.rule("ASSET-21", "ASSET-22", "INV-AF6", "LIST-1", "LIST-9")
async def test_a_list_keeps_what_fits_every_filter(people: People) -> None:
    team = await team_with(people, "member")
    member, project = team.member, await new_project(team)
    made = [
        await _later(asset_that_is, status, member, _owner(team, kind), content_type=content_type)
        for kind in OWNED
        for status, content_type in zip(STATUSES, ("image/jpeg", "image/png", "audio/wav"), strict=True)
    ]
    made.append(await _later(asset_that_is, "ready", member, team.urn, project_id=project.id))
    meaning = {kind: _owner(team, kind) for kind in OWNED} | {"project": str(project.id)}

    for what, filters in FILTERS.items():
        asked: dict[str, Any] = {name: meaning.get(value, value) for name, value in filters.items()}
        listed = all_as_json(await member.client.list_assets(**asked))
        assert (what, listed) == (what, matching(all_as_json(reversed(made)), **asked))
        assert broken_asset_list_rules(listed, known_as(member, team, "member")) == []


async def _later(make: Any, *arguments: Any, **options: Any) -> AssetFile:
    """What is made a second after everything before."""
    await pass_time(1)
    asset: AssetFile = await make(*arguments, **options)
    return asset


@pytest.mark.rule("LIST-6", "LIST-3", "LIST-5")
@pytest.mark.parametrize("limit", [1, 3, 10])
async def test_pages_make_up_the_list(people: People, limit: int) -> None:
    person = await people.starter()
    for _ in range(7):
        await pass_time(1)
        await announced(person)
    client = person.client
    whole = await client.list_assets()

    pages = [await client.list_assets(limit=limit, offset=start) for start in range(0, 8, limit)]

    assert (len(whole), broken_pages(whole, pages, limit)) == (7, [])
    assert await client.list_assets(limit=-1, offset=-1) == whole[:1]


@pytest.mark.rule("ERROR-6", "LIST-4", "OWNER-1")
@pytest.mark.parametrize(
    "query",
    ["status=done", "status=", "status=ready&status=ready", "project_id=x", "owner=me", "owner=",
     f"owner=framecast:user:{ELSE.upper()}", "content_type=image/&content_type=audio/", "limit=", "offset=x"],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(raw.get(f"/v1/assets?{query}")) == INVALID


def _naming(asset_id: object, place: str) -> dict[str, Any]:
    """A storyboard that names an asset somewhere: as a picture, a sound or a voice."""
    named = {"asset_id": str(asset_id)}
    places: dict[str, dict[str, Any]] = {
        "picture": {"symbols": {"hero": _hero(reference_images=[{"id": str(asset_id), "weight": 0.5}])}},
        "sound": {"global_audio": {"music": {**named, "volume": 0.5}}},
        "voice": {"symbols": {"hero": _hero(voice=named)}},
    }
    return storyboard(5) | places[place]


def _hero(**members: Any) -> dict[str, Any]:
    return {"prompt": "a cyclist", **members}


@pytest.mark.rule("V-40", "V-41", "D-25", "SPEC-1", "SPEC-3")
@pytest.mark.parametrize("place", ["picture", "sound", "voice"])
@pytest.mark.parametrize("content_type", ["image/png", "audio/ogg", "video/mp4"])
@pytest.mark.parametrize("status", STATUSES)
async def test_a_storyboard_names_ready_files_of_the_right_type(
    people: People, status: str, content_type: Any, place: str
) -> None:
    person = await people.starter()
    asset = await asset_that_is(status, person, content_type=content_type)
    spec, ready = _naming(asset.id, place), ready_assets([as_json(asset)], Person(person.user_id))

    answer = as_json(await person.client.validate_spec(spec))

    assert broken_validation_rules(spec, answer, catalogue=CATALOGUE, ready_assets=ready) == []
    expected = spec_answer(spec, catalogue=CATALOGUE, ready_assets=ready) or OK
    assert await answer_to(person.client, operations.estimate_spec(spec)) == expected


@pytest.mark.rule("V-40", "V-41", "OWNER-7")
@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("standing", STANDINGS)
async def test_a_storyboard_names_files_its_author_can_see(
    people: People, standing: Standing, kind: str
) -> None:
    team = await team_with(people, "member")
    asset = await asset_that_is("ready", team.member, _owner(team, kind))
    person = await another(people, team, standing)
    spec, known = _naming(asset.id, "picture"), known_as(person, team, standing)
    ready = ready_assets([as_json(asset)], known)

    answer = as_json(await person.client.validate_spec(spec))

    assert broken_validation_rules(spec, answer, catalogue=CATALOGUE, ready_assets=ready) == []


@pytest.mark.needs("credits", "renders")
@pytest.mark.usefixtures("back_end")
@pytest.mark.rule("V-41", "ASSET-17", "PROJECT-16", "SPEC-3")
async def test_a_file_that_is_gone_is_named_in_vain(people: People) -> None:
    team = await team_with(people, credits=100)
    client, asset = team.owner.client, await asset_that_is("ready", team.owner, team.urn)
    spec = _naming(asset.id, "picture")
    project = await new_project(team, spec)
    job = await client.create_job(spec, owner=team.urn)
    requests = (
        operations.create_project_job(project.id),
        operations.create_job(spec, owner=team.urn),
        operations.estimate_spec(spec),
    )

    await client.delete_asset(asset.id)

    refused = spec_answer(spec, catalogue=CATALOGUE)
    assert [await answer_to(client, request) for request in requests] == [refused] * 3
    assert (await client.validate_spec(spec)).valid is False
    assert (await client.get_project(project.id)).status == "draft"
    assert await answer_to(client, operations.clone_job(job.id)) == CREATED


@pytest.mark.rule("D-25", "V-41")
async def test_an_artifact_is_no_asset(people: People) -> None:
    person = await people.starter()
    artifact = await person.client.create_character({"prompt": "a small brown dog"})
    spec = _naming(artifact.id, "picture")

    answer = as_json(await person.client.validate_spec(spec))

    assert broken_validation_rules(spec, answer, catalogue=CATALOGUE, ready_assets={}) == []
