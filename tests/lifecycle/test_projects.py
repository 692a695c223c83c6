"""Projects: how one is made, changed, archived and deleted, by whom, and the list of them."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import InsufficientTierError, NotFoundError, operations
from framecast_client.models import Project
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.project_renders import body_answer
from framecast_contract.oracle.projects import (
    ROLES,
    STATUSES,
    broken_change_rules,
    broken_project_birth_rules,
    broken_project_list_rules,
    broken_project_rules,
    matching,
    project_answer,
    role_answer,
)
from framecast_contract.oracle.words import CREATED, INVALID, NO_CONTENT, OK
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.projects import STORIES, new_project, project_requests, project_that_is
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import STANDINGS, Standing, Team, role_in, somebody, team_with

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
BROKEN_SPEC = {"scenes": "none yet", "mood": None, "notes": {"": [1, 2.5, "🎬"]}}
NEW_PROJECTS: Mapping[str, Any] = {
    "a name": {"name": "Trailer"},
    "no storyboard": {"name": "Trailer", "spec": None},
    "a storyboard": {"name": "Trailer", "spec": storyboard(5)},
    "an empty storyboard": {"name": "Trailer", "spec": {}},
    "a storyboard nobody could render": {"name": "Trailer", "spec": BROKEN_SPEC},
    "name of one": {"name": "x"},
    "name of 200 beyond the BMP": {"name": "🎬" * 200},
    "what cannot be set": {
        "name": "Trailer", "status": "completed", "id": ELSE, "team_id": ELSE, "created_by": ELSE,
        "latest_job_status": "queued", "color": "red",
    },
    "no name": {"spec": storyboard(5)},
    "null name": {"name": None},
    "empty name": {"name": ""},
    "name of 201": {"name": "n" * 201},
    "name is a number": {"name": 7},
    "name with U+0000": {"name": "Tra\0iler"},
    "storyboard is a list": {"name": "Trailer", "spec": []},
    "storyboard is a text": {"name": "Trailer", "spec": "{}"},
    "storyboard is false": {"name": "Trailer", "spec": False},
    "storyboard with U+0000": {"name": "Trailer", "spec": {"title": "a\0b"}},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("PROJECT-1", "PROJECT-15", "INV-P1", "INV-P3", "INV-P4", "INV-TIME1")
@pytest.mark.parametrize("wish", NEW_PROJECTS)
async def test_a_project_is_made_as_asked_or_refused(people: People, wish: str) -> None:
    team, body = await team_with(people, "member"), NEW_PROJECTS[wish]
    member = team.member
    before = await member.client.list_projects(team.id)

    raw = people.raw_client(member.name, f"Bearer {member.token}")
    response = await raw.post(f"/v1/teams/{team.id}/projects", json=body)

    expected = body_answer("create_project", body) or CREATED
    assert response.status_code == expected.status
    if not expected.accepted:
        after = await member.client.list_projects(team.id)
        assert (response.json()["error"]["code"], after) == (expected.code, before)
        return
    project = response.json()
    assert broken_project_birth_rules(project, team_id=team.id, caller=member.user_id, body=body) == []
    assert broken_project_rules(project) == []
    assert await team.owner.client.get_project(project["id"]) == Project.model_validate(project)


RENAMINGS: Mapping[str, Any] = {
    "a name": {"name": "Teaser"},
    "the name it has": {"name": "Trailer"},
    "name of 200 beyond the BMP": {"name": "🎬" * 200},
    "what cannot be set": {"name": "Teaser", "status": "archived", "spec": {"title": "x"}, "team_id": ELSE},
    "nothing": {},
    "null name": {"name": None},
    "empty name": {"name": ""},
    "name of 201": {"name": "n" * 201},
    "name is a list": {"name": ["Teaser"]},
    "name with U+0000": {"name": "Tea\0ser"},
    "an array": [],
    "null": None,
}
STORYBOARDS: Mapping[str, Any] = {
    "a storyboard": {"spec": storyboard(7, 7)},
    "one with members of its own": {"spec": {**storyboard(5), "mood": {"light": ["warm", None]}}},
    "the one it has": {"spec": storyboard(5)},
    "an empty one": {"spec": {}},
    "one nobody could render": {"spec": BROKEN_SPEC},
    "what cannot be set": {"spec": storyboard(7), "name": "Teaser", "status": "completed"},
    "nothing": {},
    "one that is not wrapped": storyboard(7),
    "null": {"spec": None},
    "a list": {"spec": []},
    "a text": {"spec": "{}"},
    "one with U+0000": {"spec": {"scenes": [{"id": "\0"}]}},
    "an array": [],
}
CHANGES = {
    **{f"name: {wish}": ("update_project", body) for wish, body in RENAMINGS.items()},
    **{f"storyboard: {wish}": ("update_project_spec", body) for wish, body in STORYBOARDS.items()},
}


@pytest.mark.rule("PROJECT-8", "PROJECT-9", "PROJECT-10", "PROJECT-15", "D-14", "TIME-3")
@pytest.mark.parametrize("wish", CHANGES)
async def test_a_change_replaces_what_it_names_and_nothing_else(people: People, wish: str) -> None:
    operation_id, body = CHANGES[wish]
    team = await team_with(people)
    before = as_json(await new_project(team, {**storyboard(5), "notes": "gone when it is replaced"}))
    await pass_time(1)

    raw = people.raw_client("owner", f"Bearer {team.owner.token}")
    method, below = ("PATCH", "") if operation_id == "update_project" else ("PUT", "/spec")
    response = await raw.request(method, f"/v1/projects/{before['id']}{below}", json=body)

    expected = body_answer(operation_id, body) or OK
    after = as_json(await team.owner.client.get_project(before["id"]))
    assert response.status_code == expected.status
    if expected.accepted:
        assert as_json(Project.model_validate(response.json())) == after
        assert broken_change_rules(operation_id, before, after, body) == []
    else:
        assert (response.json()["error"]["code"], after) == (expected.code, before)


WITHOUT_RENDERS = [operation_id for operation_id in ROLES if operation_id != "create_project_job"]


@pytest.mark.rule("PROJECT-14", "D-16", "PROJECT-4")
@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("operation_id", WITHOUT_RENDERS)
async def test_who_may_do_what_with_projects(people: People, operation_id: str, standing: Standing) -> None:
    team = await team_with(people)
    person, project = await somebody(people, team, standing), await new_project(team)
    if operation_id == "unarchive_project":
        await team.owner.client.archive_project(project.id)
    before = await team.owner.client.list_projects(team.id, include_archived=True)

    answer = await answer_to(person.client, project_requests(project)[operation_id])

    status = before[0].status
    taken = CREATED if operation_id == "create_project" else project_answer(operation_id, status)
    assert answer == (role_answer(operation_id, role_in(standing)) or taken)
    if not answer.accepted:
        assert await team.owner.client.list_projects(team.id, include_archived=True) == before


@pytest.mark.rule("D-16")
@pytest.mark.parametrize("operation_id", ROLES)
async def test_a_team_or_project_that_is_not_there_is_as_a_foreign_one(
    people: People, operation_id: str
) -> None:
    person = await people.creator()
    team = await team_with(people)
    foreign = await new_project(team)
    nowhere = foreign.model_copy(update={"id": people.uuid(), "team_id": people.uuid()})

    for project in (foreign, nowhere):
        answer = await answer_to(person.client, project_requests(project)[operation_id])
        assert answer == role_answer(operation_id, None)


@pytest.mark.rule("ACCESS-2")
@pytest.mark.parametrize("operation_id", ROLES)
async def test_a_starter_has_no_projects(people: People, operation_id: str) -> None:
    starter, team = await people.starter(), await team_with(people)

    with pytest.raises(InsufficientTierError):
        await starter.client.send(project_requests(await new_project(team))[operation_id])


@pytest.mark.rule("D-15")
async def test_a_key_with_the_scopes_works_on_projects(people: People) -> None:
    team = await team_with(people)
    writer = await people.key_of(team.owner, "projects:write")
    reader = await people.key_of(team.owner, "projects:read")

    project = await writer.client.create_project(team.id, "Trailer")
    renamed = await writer.client.update_project(project.id, name="Teaser")

    assert await reader.client.get_project(project.id) == renamed
    assert await reader.client.list_projects(team.id) == [renamed]
    await writer.client.delete_project(project.id)
    assert await reader.client.list_projects(team.id) == []


@pytest.mark.rule("INV-P2")
async def test_a_project_goes_with_its_team(people: People) -> None:
    team = await team_with(people)
    project = await new_project(team)

    await team.owner.client.delete_team(team.id)

    answer = await answer_to(team.owner.client, operations.get_project(project.id))
    assert answer == project_answer("get_project", None)


@pytest.mark.rule("INV-P3", "PROJECT-10")
async def test_a_project_outlives_the_membership_of_its_creator(people: People) -> None:
    team = await team_with(people, "member")
    project = await team.member.client.create_project(team.id, "Trailer")

    await team.member.client.leave_team(team.id)

    assert await team.owner.client.get_project(project.id) == project
    with pytest.raises(NotFoundError):
        await team.member.client.get_project(project.id)


@pytest.mark.rule("PROJECT-4", "PROJECT-3", "PROJECT-12")
async def test_an_archived_project_is_out_of_sight_until_it_is_taken_back(people: People) -> None:
    team = await team_with(people, "viewer")
    project = await new_project(team)

    archived = await team.owner.client.archive_project(project.id)
    assert broken_change_rules("archive_project", as_json(project), as_json(archived)) == []
    assert await team.viewer.client.list_projects(team.id) == []
    assert await team.viewer.client.get_project(project.id) == archived

    back = await team.owner.client.unarchive_project(project.id)
    assert broken_change_rules("unarchive_project", as_json(archived), as_json(back)) == []
    assert await team.viewer.client.list_projects(team.id) == [back]


@pytest.mark.rule("PROJECT-13", "PROJECT-12", "LIST-1")
async def test_projects_are_listed_by_their_last_change(people: People) -> None:
    team = await team_with(people)
    ids = [await _made_a_second_later(team, name) for name in ("A", "B", "C")]
    await new_project(await team_with(people), name="of another team")
    client = team.owner.client
    for change in (
        operations.update_project(ids[0], name="A again"),
        operations.update_project_spec(ids[1], storyboard(7)),
    ):
        await pass_time(1)
        await client.send(change)

    listed = await client.list_projects(team.id)

    assert [str(project.id) for project in listed] == [ids[1], ids[0], ids[2]]
    assert listed == [await client.get_project(project.id) for project in listed]
    assert broken_project_list_rules(all_as_json(listed), team_id=team.id) == []


async def _made_a_second_later(team: Team, name: str) -> str:
    await pass_time(1)
    return str((await new_project(team, name=name)).id)


@pytest.mark.needs("credits", "renders")
@pytest.mark.rule("PROJECT-12", "LIST-9")
@pytest.mark.parametrize("include_archived", [None, False, True])
@pytest.mark.parametrize("status", [None, *STATUSES])
async def test_archived_projects_are_listed_on_demand(
    people: People, back_end: RenderBackEnd, status: Any, include_archived: bool | None
) -> None:
    team = await team_with(people, credits=100)
    made = [as_json(await project_that_is(team, back_end, story)) for story in STORIES]

    asked: dict[str, Any] = {"status": status, "include_archived": include_archived}
    given = {name: value for name, value in asked.items() if value is not None}
    listed = all_as_json(await team.owner.client.list_projects(team.id, **given))

    archived_too = include_archived or False
    expected = matching(made, status=status, include_archived=archived_too)
    assert sorted(listed, key=_by_id) == sorted(expected, key=_by_id)
    assert (
        broken_project_list_rules(listed, team_id=team.id, status=status, include_archived=archived_too) == []
    )


def _by_id(project: Mapping[str, Any]) -> str:
    return str(project["id"])


@pytest.mark.rule("LIST-6", "LIST-5", "LIST-3")
@pytest.mark.parametrize("limit", [1, 3, 10])
async def test_pages_make_up_the_list(people: People, limit: int) -> None:
    team = await team_with(people)
    for number in range(7):
        await _made_a_second_later(team, f"Episode {number}")
    client = team.owner.client
    whole = await client.list_projects(team.id)

    pages = [await client.list_projects(team.id, limit=limit, offset=start) for start in range(0, 8, limit)]

    assert (len(whole), broken_pages(whole, pages, limit)) == (7, [])
    assert await client.list_projects(team.id, limit=0, offset=-3) == whole[:1]


@pytest.mark.rule("ERROR-6", "LIST-4")
@pytest.mark.parametrize(
    "query",
    ["status=done", "status=", "status=draft&status=draft", "include_archived=maybe", "include_archived=",
     "limit=x", "limit=1&limit=1", "offset=1.5"],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    team = await team_with(people)
    raw = people.raw_client("owner", f"Bearer {team.owner.token}")

    assert await answer_of(raw.get(f"/v1/teams/{team.id}/projects?{query}")) == INVALID


@pytest.mark.rule("PROJECT-18", "PROJECT-12")
async def test_a_deleted_project_is_gone(people: People) -> None:
    team = await team_with(people)
    project = await new_project(team)

    assert await answer_to(team.owner.client, operations.delete_project(project.id)) == NO_CONTENT

    for operation_id, request in project_requests(project).items():
        if operation_id not in ("list_projects", "create_project"):
            answer = await answer_to(team.owner.client, request)
            assert answer == project_answer(operation_id, None)
    assert await team.owner.client.list_projects(team.id, include_archived=True) == []
