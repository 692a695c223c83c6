"""Artifacts: who makes, reads and deletes them, and what storyboards, characters and media always keep."""

from typing import Any

import pytest

from framecast_contract.oracle import artifacts
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import (
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
)

ME, OTHER, TEAM, ELSE, PROJECT, TALK = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcdef")
BORN, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"
MINE, TEAMS, MEMBERSHIP = f"framecast:user:{ME}", f"framecast:team:{TEAM}", f"framecast:{TEAM}:{ME}"
STARTER = Person(ME)
PEOPLE = {role: Person(ME, "creator", {TEAM: role}) for role in ("owner", "admin", "member", "viewer")}
MEMBER, VIEWER = PEOPLE["member"], PEOPLE["viewer"]
PROJECTS = {PROJECT: TEAM}


def artifact(**members: Any) -> dict[str, Any]:
    made = {
        "id": ELSE, "owner": MINE, "created_by": ME, "project_id": None, "kind": "storyboard",
        "status": "ready", "source": "upload", "filename": None, "s3_key": None, "content_type": None,
        "size_bytes": None, "spec": {"title": "t"}, "conversation_id": None, "source_job_id": None,
        "metadata": {}, "created_at": BORN, "updated_at": BORN,
    }  # fmt: skip
    return {**made, **members}


def image(**members: Any) -> dict[str, Any]:
    media = {
        "kind": "image", "spec": None, "filename": "a.png", "s3_key": "user/a.png",
        "content_type": "image/png", "size_bytes": 1,
    }  # fmt: skip
    return artifact(**{**media, **members})


def ids(broken: list[Broken]) -> list[str]:
    return [fault.rule_id for fault in broken]


def answer(body: Any, person: Person = MEMBER, kind: str = "storyboard") -> Answer:
    return artifacts.creation_answer(body, kind, person, projects=PROJECTS, conversations=[TALK])


def asking(**members: Any) -> dict[str, Any]:
    return {"spec": {}, **members}


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (asking(), CREATED),
        (asking(owner=None, project_id=None, source=None, conversation_id=None), CREATED),
        (asking(owner=TEAMS), CREATED),
        (asking(owner=MEMBERSHIP), CREATED),
        (asking(owner=TEAMS, project_id=PROJECT), CREATED),
        (asking(source="conversation", conversation_id=TALK.upper()), CREATED),
        (asking(conversation_id=TALK), CREATED),
        ({}, INVALID),
        ({"spec": None}, INVALID),
        ({"spec": []}, INVALID),
        (asking(owner="me"), INVALID),
        (asking(owner=5), INVALID),
        (asking(owner=f"framecast:artifact:{ELSE}"), FORBIDDEN),
        (asking(owner="framecast:system:sfx:pop"), FORBIDDEN),
        (asking(owner=f"framecast:user:{OTHER}"), FORBIDDEN),
        (asking(owner=f"framecast:team:{ELSE}"), FORBIDDEN),
        (asking(project_id=PROJECT), INVALID),
        (asking(owner=MEMBERSHIP, project_id=PROJECT), INVALID),
        (asking(owner=TEAMS, project_id=ELSE), NOT_FOUND),
        (asking(owner=TEAMS, project_id="a"), INVALID),
        (asking(source="conversation"), INVALID),
        (asking(source="job"), INVALID),
        (asking(source="mail"), INVALID),
        (asking(source="conversation", conversation_id=ELSE), NOT_FOUND),
        (None, INVALID),
    ],
)
def test_what_making_a_storyboard_answers(body: Any, expected: Answer) -> None:
    assert answer(body) == expected


@pytest.mark.parametrize("owner", [TEAMS, MEMBERSHIP])
def test_starters_and_viewers_make_nothing_for_a_team(owner: str) -> None:
    assert [answer(asking(owner=owner), person) for person in (STARTER, VIEWER)] == [FORBIDDEN] * 2


def test_the_order_is_body_owner_project_conversation() -> None:
    wrong = asking(owner=f"framecast:user:{OTHER}", project_id=ELSE, source="conversation")
    assert answer({**wrong, "spec": 1}) == INVALID
    assert answer(wrong) == FORBIDDEN
    assert answer({**wrong, "owner": TEAMS}) == NOT_FOUND
    assert answer({**wrong, "owner": TEAMS, "project_id": PROJECT}) == INVALID


def test_an_unknown_project_under_an_owner_no_project_has_is_told_either_way() -> None:
    body = asking(project_id=ELSE)
    refusals = artifacts.creation_refusals(body, "storyboard", MEMBER, projects=PROJECTS)
    assert refusals == (INVALID, NOT_FOUND)


def test_a_project_of_another_team_is_wrong_input() -> None:
    elsewhere = artifacts.creation_answer(
        asking(owner=TEAMS, project_id=PROJECT), "storyboard", MEMBER, projects={PROJECT: ELSE}
    )
    assert elsewhere == INVALID


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"prompt": "a dog"}, CREATED),
        ({"prompt": "a dog", "name": "Rex", "age": 3}, CREATED),
        ({"prompt": " \t"}, INVALID),
        ({"prompt": ""}, INVALID),
        ({"prompt": 5}, INVALID),
        ({"prompt": "a dog", "name": 5}, INVALID),
        ({"prompt": "a\0"}, INVALID),
        ({}, INVALID),
    ],
)
def test_a_character_needs_a_prompt(spec: Any, expected: Answer) -> None:
    assert answer({"spec": spec}, kind="character") == expected


@pytest.mark.parametrize(
    ("owner", "role", "by", "expected"),
    [
        (MINE, "viewer", ME, {NO_CONTENT}),
        (TEAMS, "owner", OTHER, {NO_CONTENT}),
        (TEAMS, "admin", OTHER, {NO_CONTENT}),
        (TEAMS, "member", ME, {NO_CONTENT}),
        (TEAMS, "member", OTHER, {FORBIDDEN}),
        (TEAMS, "viewer", ME, {FORBIDDEN}),
        (MEMBERSHIP, "member", ME, {NO_CONTENT}),
        (MEMBERSHIP, "viewer", ME, {NO_CONTENT, FORBIDDEN}),
        (f"framecast:{TEAM}:{OTHER}", "owner", OTHER, {NOT_FOUND}),
        (f"framecast:user:{OTHER}", "owner", OTHER, {NOT_FOUND}),
    ],
)
def test_who_deletes_what(owner: str, role: str, by: str, expected: set[Answer]) -> None:
    assert artifacts.deletion_answers(artifact(owner=owner, created_by=by), PEOPLE[role]) == expected


def test_what_is_unknown_or_foreign_does_not_exist() -> None:
    foreign = artifact(owner=TEAMS)
    assert artifacts.deletion_answers(None, MEMBER) == {NOT_FOUND}
    assert [artifacts.reading_answer(each, STARTER) for each in (None, foreign, artifact())] == [
        NOT_FOUND,
        NOT_FOUND,
        OK,
    ]
    assert artifacts.reading_answer(foreign, VIEWER) == OK


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({}, []),
        ({"status": "pending"}, ["ARTIFACT-1", "ARTIFACT-1"]),
        ({"spec": {"title": "u"}}, ["ARTIFACT-1"]),
        ({"size_bytes": 5}, ["ARTIFACT-1"]),
        ({"metadata": {"a": 1}}, ["ARTIFACT-1"]),
        ({"owner": f"framecast:user:{OTHER}"}, ["ARTIFACT-1", "INV-X5", "INV-X5"]),
    ],
)
def test_the_answer_to_making_a_storyboard(members: dict[str, Any], rule_ids: list[str]) -> None:
    body = {"spec": {"title": "t"}}
    assert ids(artifacts.broken_creation_rules(body, "storyboard", STARTER, artifact(**members))) == rule_ids


def test_what_was_asked_for_comes_back() -> None:
    body = asking(spec={"prompt": "p"}, owner=TEAMS, project_id=PROJECT, source="conversation",
                  conversation_id=TALK.upper())  # fmt: skip
    made = artifact(
        kind="character", spec={"prompt": "p"}, owner=TEAMS, project_id=PROJECT, source="conversation",
        conversation_id=TALK,
    )  # fmt: skip
    assert artifacts.broken_creation_rules(body, "character", MEMBER, made) == []
    dropped = {**made, "project_id": None, "conversation_id": None}
    assert ids(artifacts.broken_creation_rules(body, "character", MEMBER, dropped)) == [
        "ARTIFACT-1",
        "ARTIFACT-1",
        "INV-X7",
    ]


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (artifact(owner=TEAMS, project_id=PROJECT), []),
        (image(status="pending"), []),
        (image(size_bytes=52_428_800), []),
        (artifact(status="gone"), ["INV-ART1"]),
        (artifact(kind="text"), ["INV-ART2"]),
        (image(s3_key=None, size_bytes=None), ["INV-ART3"]),
        (artifact(spec=None), ["INV-ART4"]),
        (artifact(kind="character", spec=None), ["INV-ART4"]),
        (artifact(kind="character", spec={"prompt": " "}), ["INV-ART-CHAR"]),
        (image(size_bytes=0), ["INV-ART5"]),
        (image(size_bytes=52_428_801), ["INV-ART5"]),
        (artifact(owner=TEAMS, created_by="me"), ["INV-ART7"]),
        (artifact(created_by=OTHER), ["INV-X5"]),
        (artifact(project_id=PROJECT), ["INV-X6"]),
        (artifact(source="conversation"), ["INV-X7"]),
        (image(source="job"), ["INV-X8"]),
        (artifact(status="failed"), ["ARTIFACT-1"]),
        (artifact(created_at=LATER), ["INV-TIME1"]),
    ],
)
def test_one_artifact(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(artifacts.broken_artifact_rules(seen)) == rule_ids


def test_an_artifact_outlives_its_conversation() -> None:
    before = artifact(source="conversation", conversation_id=TALK)
    after = {**before, "conversation_id": None}
    assert artifacts.broken_artifact_rules(after, orphaned=True) == []
    assert artifacts.broken_artifact_transition(before, after) == []
    assert artifacts.broken_artifact_transition(before, {**after, "source": "upload"}) == [
        Broken("ARTIFACT-11", "source went from 'conversation' to 'upload'")
    ]
    moved = artifacts.broken_artifact_transition(before, {**before, "conversation_id": ELSE})
    assert ids(moved) == ["ARTIFACT-11"]


PENDING = image(status="pending", source="job", source_job_id=ELSE)


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (PENDING, {"status": "ready", "size_bytes": 9, "updated_at": LATER}, []),
        (PENDING, {"status": "failed", "updated_at": LATER}, []),
        (PENDING, {"source": "upload", "source_job_id": None}, []),
        (PENDING, {"source_job_id": None}, ["ARTIFACT-11"]),
        (PENDING, {"status": "ready"}, ["TIME-3"]),
        (image(), {"status": "failed", "updated_at": LATER}, ["ARTIFACT-9"]),
        (image(status="failed"), {"status": "pending", "updated_at": LATER}, []),
        (image(), {"owner": TEAMS}, ["ARTIFACT-10"]),
    ],
)
def test_two_reads_of_an_artifact(before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(artifacts.broken_artifact_transition(before, {**before, **after})) == rule_ids


OLD = artifact(created_at="2025-12-31T00:00:00Z")


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([artifact(), OLD], []),
        ([OLD, artifact()], ["ARTIFACT-3"]),
        ([artifact(owner=TEAMS)], ["ARTIFACT-3"]),
        ([image(), image()], ["INV-ART6"]),
        ([image(kind="text")], ["INV-ART2"]),
    ],
)
def test_a_page_of_artifacts(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert ids(artifacts.broken_artifact_list_rules(listed, STARTER)) == rule_ids


def test_a_list_shows_what_is_accessible_and_fits_every_filter() -> None:
    mine, teams, foreign = artifact(), image(owner=TEAMS), artifact(owner=f"framecast:user:{OTHER}")
    everything = [mine, teams, foreign]
    assert artifacts.matching(everything, VIEWER) == [mine, teams]
    assert artifacts.matching(everything, STARTER) == [mine]
    assert artifacts.matching(everything, VIEWER, owner=TEAMS, kind="image", status=None) == [teams]
    assert artifacts.matching(everything, VIEWER, owner=TEAMS, kind="audio") == []
    assert artifacts.matching(everything, VIEWER, owner=f"framecast:user:{OTHER}") == []
