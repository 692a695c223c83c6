"""Artifacts: storyboards and characters, who makes them for whom, where they come from, who deletes them."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import Artifact
from framecast_contract.oracle.artifacts import (
    broken_artifact_list_rules,
    broken_artifact_transition,
    broken_creation_rules,
    creation_refusals,
    deletion_answers,
    matching,
    reading_answer,
)
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.owners import Person, accessible_owners
from framecast_contract.oracle.words import CREATED, INVALID
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_in, answer_of, answer_to, as_json
from framecast_contract.workloads.belongings import MODEL
from framecast_contract.workloads.owning import ELSE, OWNERS, PROJECTS, owning
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import STANDINGS, Standing, Team, another, join, known_as, team_with

DOG = {"prompt": "a small brown dog"}
OWNED = ("personal", "team", "membership")
MINE, SOMEBODYS, NOBODYS = "my conversation", "somebody's conversation", "no conversation"
BODIES: Mapping[str, Any] = {
    "a storyboard": {"spec": storyboard(5)},
    "an empty object": {"spec": {}},
    "what nobody could render": {"spec": {"scenes": "none yet", "": [None, 1.5, "🎬"]}},
    "a character": {"spec": {**DOG, "name": "Rex", "traits": {"loyal": True}}},
    "a character without a name": {"spec": DOG},
    "a character of one sign": {"spec": {"prompt": "🐕"}},
    "a blank prompt": {"spec": {"prompt": " \t\n\u2003"}},
    "an empty prompt": {"spec": {"prompt": ""}},
    "a null prompt": {"spec": {"prompt": None}},
    "a prompt that is a number": {"spec": {"prompt": 7}},
    "a prompt that is a list": {"spec": {"prompt": ["a dog"]}},
    "a name that is a number": {"spec": {**DOG, "name": 7}},
    "no spec": {"source": "upload"},
    "a null spec": {"spec": None},
    "a list": {"spec": [DOG]},
    "a text": {"spec": "a dog"},
    "spec with U+0000": {"spec": {"prompt": "a d\0g"}},
    "not wrapped": {**DOG},
    "nulls": {"spec": DOG, "owner": None, "project_id": None, "source": None, "conversation_id": None},
    "what cannot be set": {"spec": DOG, "id": ELSE, "kind": "image", "status": "pending", "size_bytes": 5,
                           "created_by": ELSE, "metadata": {"a": 1}, "source_job_id": ELSE, "s3_key": "x"},
    "uploaded": {"spec": DOG, "source": "upload"},
    "from a conversation": {"spec": DOG, "source": "conversation", "conversation_id": MINE},
    "uploaded, about a conversation": {"spec": DOG, "source": "upload", "conversation_id": MINE},
    "from a conversation nobody named": {"spec": DOG, "source": "conversation"},
    "from a null conversation": {"spec": DOG, "source": "conversation", "conversation_id": None},
    "from somebody's conversation": {"spec": DOG, "source": "conversation", "conversation_id": SOMEBODYS},
    "from no conversation": {"spec": DOG, "source": "conversation", "conversation_id": NOBODYS},
    "a conversation that is no id": {"spec": DOG, "source": "conversation", "conversation_id": "x"},
    "from a job": {"spec": DOG, "source": "job", "source_job_id": ELSE},
    "from nowhere known": {"spec": DOG, "source": "dream"},
    "source is a number": {"spec": DOG, "source": 7},
    "owner is a number": {"spec": DOG, "owner": 7},
    "project is no id": {"spec": DOG, "project_id": "trailer"},
    "an array": [],
    "null": None,
}  # fmt: skip
PATHS = {"storyboard": "/v1/artifacts/storyboards", "character": "/v1/artifacts/characters"}


@pytest.mark.rule(
    "ARTIFACT-1", "ARTIFACT-6", "OWNER-2", "INV-ART1", "INV-ART2", "INV-ART4", "INV-ART7", "INV-ART-CHAR",
    "INV-X7", "INV-X8", "INV-TIME1",
)  # fmt: skip
@pytest.mark.parametrize("wish", BODIES)
@pytest.mark.parametrize("kind", PATHS)
async def test_an_artifact_is_made_as_asked_or_refused(people: People, kind: str, wish: str) -> None:
    person, other = await people.starter(), await people.starter("somebody")
    talks = [str((await each.client.create_conversation(MODEL)).id) for each in (person, other)]
    body, known = _about(BODIES[wish], talks), Person(person.user_id)

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    response = await raw.post(PATHS[kind], json=body)

    refusals = creation_refusals(body, kind, known, projects={}, conversations=talks[:1])
    listed = await person.client.list_artifacts()
    if refusals:
        assert answer_in(response) in refusals
        assert listed == []
        return
    assert response.status_code == CREATED.status
    assert broken_creation_rules(body, kind, known, response.json()) == []
    assert listed == [Artifact.model_validate(response.json())]
    assert await person.client.get_artifact(listed[0].id) == listed[0]


def _about(wish: Any, talks: list[str]) -> Any:
    named = wish.get("conversation_id") if isinstance(wish, dict) else None
    meant = dict(zip((MINE, SOMEBODYS, NOBODYS), (*talks, ELSE), strict=True)).get(str(named), named)
    return {**wish, "conversation_id": meant} if named is not None else wish


@pytest.mark.rule(
    "ARTIFACT-5", "ARTIFACT-6", "INV-X5", "INV-X6", "OWNER-1", "OWNER-4", "OWNER-5", "OWNER-6", "D-3"
)
@pytest.mark.parametrize("project", PROJECTS)
@pytest.mark.parametrize("owner", OWNERS)
async def test_owner_and_project_of_an_artifact_belong_together(
    people: People, owner: str, project: str
) -> None:
    have = await owning(people)
    body = {"spec": DOG, "owner": have.owners[owner], "project_id": have.projects[project]}

    raw = people.raw_client(have.person.name, f"Bearer {have.person.token}")
    response = await raw.post(PATHS["character"], json=body)

    refusals = creation_refusals(body, "character", have.known, projects=have.teams)
    listed = await have.person.client.list_artifacts()
    if refusals:
        assert answer_in(response) in refusals
        assert listed == []
        return
    assert response.status_code == CREATED.status
    assert broken_creation_rules(body, "character", have.known, response.json()) == []
    assert [each.id for each in listed] == [Artifact.model_validate(response.json()).id]


WRONG: Mapping[str, Mapping[str, Any]] = {
    "spec": {"spec": {"prompt": " "}},
    "source": {"source": "job"},
    "owner": {"owner": f"framecast:team:{ELSE}"},
    "project": {"project_id": ELSE},
    "conversation": {"source": "conversation", "conversation_id": ELSE},
}


@pytest.mark.rule("ARTIFACT-5", "ARTIFACT-6", "ACCESS-1", "INV-ART-CHAR")
@pytest.mark.parametrize("second", WRONG)
@pytest.mark.parametrize("first", WRONG)
async def test_a_creation_is_refused_for_the_first_thing_that_is_wrong(
    people: People, first: str, second: str
) -> None:
    person = await people.creator()
    teams = {str(team.id): "owner" for team in await person.client.list_teams()}
    body = {"spec": DOG, **WRONG[second], **WRONG[first]}

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.post(PATHS["character"], json=body))

    known = Person(person.user_id, "creator", teams)
    assert answer in creation_refusals(body, "character", known, projects={})


@pytest.mark.rule("OWNER-3", "INV-X5")
async def test_a_starter_makes_nothing_for_a_team(people: People) -> None:
    starter, team = await people.starter(), await team_with(people)

    for owner in (team.urn, team.membership(starter), team.owner.owner):
        answer = await answer_to(starter.client, operations.create_storyboard({}, owner=owner))
        body = {"spec": {}, "owner": owner}
        assert (answer,) == creation_refusals(body, "storyboard", Person(starter.user_id), projects={})


async def _made(team: Team, kind: str) -> Artifact:
    """A storyboard that the team's member has made for an owner of that kind."""
    member = team.member
    owner = {"personal": member.owner, "team": team.urn, "membership": team.membership(member)}[kind]
    return await member.client.create_storyboard(storyboard(5), owner=owner)


@pytest.mark.rule("ARTIFACT-2", "ARTIFACT-3", "ARTIFACT-4", "ARTIFACT-7", "ARTIFACT-8", "OWNER-7")
@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_sees_and_deletes_what_a_member_made(people: People, standing: Standing, kind: str) -> None:
    team = await team_with(people, "member")
    artifact, person = await _made(team, kind), await another(people, team, standing)
    known, made = known_as(person, team, standing), as_json(artifact)

    seen = await answer_to(person.client, operations.get_artifact(artifact.id))
    lists = [
        all_as_json(await person.client.list_artifacts()),
        all_as_json(await person.client.list_artifacts(owner=artifact.owner)),
    ]
    deleted = await answer_to(person.client, operations.delete_artifact(artifact.id))

    assert seen == reading_answer(made, known)
    assert lists == [matching([made], known)] * 2
    assert deleted in deletion_answers(made, known)
    left = await answer_to(team.member.client, operations.get_artifact(artifact.id))
    assert left == reading_answer(None if deleted.accepted else made, known_as(team.member, team, "member"))


@pytest.mark.rule("ARTIFACT-7")
@pytest.mark.parametrize("kind", OWNED)
@pytest.mark.parametrize("role", ["owner", "admin", "member", "viewer"])
async def test_a_maker_deletes_as_the_role_of_today_allows(people: People, role: Standing, kind: str) -> None:
    team = await team_with(people, "member")
    member, artifact = team.member, await _made(team, kind)
    await team.owner.client.update_member_role(team.id, member.user_id, role)  # type: ignore[arg-type]  # a role

    deleted = await answer_to(member.client, operations.delete_artifact(artifact.id))

    assert deleted in deletion_answers(as_json(artifact), known_as(member, team, role))
    listed = [each.id for each in await member.client.list_artifacts()]
    assert listed == ([] if deleted.accepted else [artifact.id])


@pytest.mark.rule("ARTIFACT-8", "ARTIFACT-2")
async def test_a_deleted_artifact_is_gone(people: People) -> None:
    person = await people.starter()
    talk = await person.client.create_conversation(MODEL)
    artifact = await person.client.create_character(DOG, source="conversation", conversation_id=talk.id)
    messages = await person.client.list_messages(talk.id)

    await person.client.delete_artifact(artifact.id)

    for request in (
        operations.get_artifact(artifact.id),
        operations.delete_artifact(artifact.id),
        operations.render_artifact(artifact.id),
    ):
        assert await answer_to(person.client, request) == reading_answer(None, Person(person.user_id))
    assert await person.client.list_artifacts() == []
    assert await person.client.list_messages(talk.id) == messages


@pytest.mark.rule("ARTIFACT-2", "ARTIFACT-10", "INV-ART7", "OWNER-7")
async def test_artifacts_stay_when_their_maker_leaves(people: People) -> None:
    team = await team_with(people, "member")
    shared, own = [await _made(team, kind) for kind in ("team", "membership")]

    await team.member.client.leave_team(team.id)

    assert await team.member.client.list_artifacts() == []
    assert await team.owner.client.list_artifacts() == [shared]
    await join(people, team.owner, team.id, "viewer", person=team.member)
    assert {each.id for each in await team.member.client.list_artifacts()} == {shared.id, own.id}


@pytest.mark.rule("ARTIFACT-11", "INV-X7", "ARTIFACT-10")
async def test_an_artifact_outlives_its_conversation(people: People) -> None:
    person = await people.starter()
    talk = await person.client.create_conversation(MODEL)
    before = await person.client.create_storyboard({}, source="conversation", conversation_id=talk.id)

    await person.client.delete_conversation(talk.id)

    after = await person.client.get_artifact(before.id)
    assert (after.source, after.conversation_id) == ("conversation", None)
    assert broken_artifact_transition(as_json(before), as_json(after)) == []


@pytest.mark.rule("PROJECT-18", "INV-X6")
async def test_artifacts_go_with_their_project(people: People) -> None:
    team = await team_with(people)
    client, project = team.owner.client, await new_project(team)
    kept = await client.create_character(DOG, owner=team.urn)
    gone = await client.create_character(DOG, owner=team.urn, project_id=project.id)
    assert await client.list_artifacts(project_id=project.id) == [gone]

    await client.delete_project(project.id)

    assert await client.list_artifacts(owner=team.urn) == [kept]
    answer = await answer_to(client, operations.get_artifact(gone.id))
    assert answer == reading_answer(None, known_as(team.owner, team, "owner"))


FILTERS: Mapping[str, Mapping[str, str]] = {
    "nothing": {},
    "storyboards": {"kind": "storyboard"},
    "characters": {"kind": "character"},
    "pictures": {"kind": "image"},
    "uploaded": {"source": "upload"},
    "from conversations": {"source": "conversation"},
    "from jobs": {"source": "job"},
    "ready": {"status": "ready"},
    "pending": {"status": "pending"},
    "my own": {"owner": "personal"},
    "the team's": {"owner": "team"},
    "my membership's": {"owner": "membership"},
    "the project's": {"project_id": "project"},
    "characters of the team": {"kind": "character", "owner": "team", "source": "upload", "status": "ready"},
    "of the project, but my own": {"owner": "personal", "project_id": "project"},
    "of somebody else": {"owner": f"framecast:user:{ELSE}"},
    "of a team that is not there": {"owner": f"framecast:team:{ELSE}"},
    "of a project that is not there": {"project_id": ELSE},
}


@pytest.mark.rule("ARTIFACT-3", "ARTIFACT-4", "LIST-1", "LIST-9")
async def test_a_list_keeps_what_fits_every_filter(people: People) -> None:
    team = await team_with(people, "member")
    member, project = team.member, await new_project(team)
    talk = await member.client.create_conversation(MODEL)
    meaning = {"personal": member.owner, "team": team.urn, "membership": team.membership(member)}
    told: dict[str, Any] = {"source": "conversation", "conversation_id": talk.id}
    requests = [
        *(operations.create_storyboard({}, owner=owner) for owner in meaning.values()),
        *(operations.create_character(DOG, owner=owner, **told) for owner in meaning.values()),
        operations.create_character(DOG, owner=team.urn, project_id=project.id),
    ]
    made: list[dict[str, Any]] = []
    for request in requests:
        await pass_time(1)
        made.insert(0, as_json((await member.client.send(request)).result))
    known = known_as(member, team, "member")
    assert {each["owner"] for each in made} == accessible_owners(known)

    for what, filters in FILTERS.items():
        asked: Any = {name: {**meaning, "project": str(project.id)}.get(value, value)
                      for name, value in filters.items()}  # fmt: skip
        listed = all_as_json(await member.client.list_artifacts(**asked))
        assert (what, listed) == (what, matching(made, known, **asked))
        assert broken_artifact_list_rules(listed, known) == []


@pytest.mark.rule("LIST-6", "LIST-3", "LIST-5")
@pytest.mark.parametrize("limit", [1, 3, 10])
async def test_pages_make_up_the_list(people: People, limit: int) -> None:
    person = await people.starter()
    for _ in range(7):
        await pass_time(1)
        await person.client.create_storyboard({})
    client = person.client
    whole = await client.list_artifacts()

    pages = [await client.list_artifacts(limit=limit, offset=start) for start in range(0, 8, limit)]

    assert (len(whole), broken_pages(whole, pages, limit)) == (7, [])
    assert await client.list_artifacts(limit=-1, offset=-1) == whole[:1]


@pytest.mark.rule("ERROR-6", "LIST-4", "OWNER-1")
@pytest.mark.parametrize(
    "query",
    ["kind=gif", "kind=", "kind=image&kind=image", "source=dream", "status=done", "status=", "project_id=x",
     "owner=me", "owner=", f"owner=framecast:user:{ELSE.upper()}", "limit=x", "offset="],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(raw.get(f"/v1/artifacts?{query}")) == INVALID
