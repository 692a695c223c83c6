"""Teams: names, slugs, who gets in, what updates change, and what lists show."""

from typing import Any

import pytest

from framecast_contract.oracle import teams
from framecast_contract.oracle.access import FOREIGN, Relation, team_relation
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
)

ME, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
BORN, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


def team(**members: Any) -> dict[str, Any]:
    made = {
        "id": TEAM, "name": "Night Shift", "slug": "night-shift-0123abcd", "credits": 0,
        "ephemeral_storage_bytes": 0, "settings": {}, "created_at": BORN, "updated_at": BORN,
        "user_role": "owner", "user_urn": f"framecast:{members.get('id', TEAM)}:{ME}",
    }  # fmt: skip
    return {**made, **members}


def ids(broken: list[Broken]) -> list[str]:
    return [fault.rule_id for fault in broken]


@pytest.mark.parametrize(
    ("slug", "fits"),
    [
        ("a", True), ("7", True), ("a-b-3", True), ("x" * 50, True), ("x" * 51, False), ("", False),
        ("A", False), ("a--b", False), ("-a", False), ("a-", False), ("a_b", False), ("a\n", False),
        ("é", False), ("٣", False), (None, False),
    ],
)  # fmt: skip
def test_what_a_slug_looks_like(slug: Any, fits: bool) -> None:
    assert teams.is_slug(slug) is fits


@pytest.mark.parametrize(
    ("name", "base"),
    [
        ("Night Shift", "night-shift"),
        ("  R&D / Video (2)  ", "r-d-video-2"),
        ("x" * 100, "x" * 41),
        ("x" * 40 + " y", "x" * 40),
        ("!!!", ""),
        ("Café", None),
    ],
)
def test_what_a_slug_is_made_of(name: str, base: str | None) -> None:
    assert teams.slug_base(name) == base


@pytest.mark.parametrize(
    ("slug", "name", "fits"),
    [
        ("night-shift-0123abcd", "Night Shift", True),
        ("night-shift", "Night Shift", False),
        ("night-shift-0123ABCD", "Night Shift", False),
        ("day-shift-0123abcd", "Night Shift", False),
        ("cafe-0123abcd", "Café", True),
        ("-0123abcd", "Café", False),
        (None, "Café", False),
    ],
)
def test_whether_a_slug_was_made_for_a_name(slug: Any, name: str, fits: bool) -> None:
    assert teams.is_generated_slug(slug, name) is fits


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": "x"}, CREATED),
        ({"name": "x" * 100, "slug": None}, CREATED),
        ({"name": "!!!", "slug": "a-b"}, CREATED),
        ({"name": "é!"}, CREATED),
        ({"name": "!!!"}, INVALID),
        ({"name": " "}, INVALID),
        ({"name": ""}, INVALID),
        ({"name": "x" * 101}, INVALID),
        ({"name": "a\0"}, INVALID),
        ({"name": "x", "slug": "A"}, INVALID),
        ({"name": "x", "slug": ""}, INVALID),
        ({}, INVALID),
        (None, INVALID),
    ],
)
def test_what_making_a_team_answers(body: Any, expected: Answer) -> None:
    assert teams.creation_answer(body, owned=9, memberships=49) == expected


@pytest.mark.parametrize(
    ("owned", "memberships", "slug_taken"), [(10, 10, False), (0, 50, False), (0, 1, True)]
)
def test_a_full_hand_or_a_taken_slug_is_a_conflict(owned: int, memberships: int, slug_taken: bool) -> None:
    body = {"name": "x", "slug": "y"}
    answer = teams.creation_answer(body, owned=owned, memberships=memberships, slug_taken=slug_taken)
    assert answer == CONFLICT


def test_wrong_input_is_told_before_a_conflict() -> None:
    assert teams.creation_answer({"name": " "}, owned=10, memberships=50, slug_taken=True) == INVALID


@pytest.mark.parametrize(
    ("role", "exists", "read", "update", "delete"),
    [
        ("owner", True, OK, OK, NO_CONTENT),
        ("admin", True, OK, OK, FORBIDDEN),
        ("member", True, OK, FORBIDDEN, FORBIDDEN),
        ("viewer", True, OK, FORBIDDEN, FORBIDDEN),
        (None, True, FORBIDDEN, FORBIDDEN, FORBIDDEN),
        (None, False, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    ],
)
def test_who_reads_edits_and_deletes_a_team(
    role: str | None, exists: bool, read: Answer, update: Answer, delete: Answer
) -> None:
    assert teams.reading_answer(role, exists=exists) == read
    assert teams.update_answer({}, role, exists=exists) == update
    assert teams.deletion_answer(role, exists=exists) == delete


@pytest.mark.parametrize("standing", [{"members": 2}, {"busy": True}, {"memberships": 1}])
def test_a_team_with_others_or_jobs_and_the_last_team_are_not_deleted(standing: dict[str, Any]) -> None:
    assert teams.deletion_answer("owner", **standing) == CONFLICT
    assert teams.deletion_answer("admin", **standing) == FORBIDDEN


@pytest.mark.parametrize(
    ("operation", "unknown"),
    [("get_team", NOT_FOUND), ("leave_team", NOT_FOUND), ("list_members", FORBIDDEN)],
)
def test_what_an_unknown_team_is_answered(operation: str, unknown: Answer) -> None:
    assert teams.gate(operation, None, exists=False) == unknown


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"name": None, "settings": None}, OK),
        ({"settings": {"a": 1}}, OK),
        ({"settings": []}, INVALID),
        ({"settings": "a"}, INVALID),
        ({"settings": {"a": ["\0"]}}, INVALID),
        ({"name": "\t"}, INVALID),
        ([], INVALID),
    ],
)
def test_what_updating_a_team_answers(body: Any, expected: Answer) -> None:
    assert teams.update_answer(body, "admin") == expected


def test_an_update_with_wrong_input_is_told_so_whoever_asks() -> None:
    assert teams.update_answer({"name": ""}, None, exists=False) == INVALID


def test_a_right_answer_to_making_a_team_is_left_alone() -> None:
    assert teams.broken_creation_rules({"name": "Night Shift"}, team(), ME) == []
    chosen = team(slug="mine")
    assert teams.broken_creation_rules({"name": "Night Shift", "slug": "mine"}, chosen, ME) == []


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({"credits": 5}, ["TEAM-1"]),
        ({"user_role": "admin"}, ["TEAM-1"]),
        ({"slug": "other-0123abcd"}, ["TEAM-3"]),
        ({"slug": "night--shift"}, ["TEAM-3", "INV-T4"]),
        ({"settings": {"a": 1}}, ["TEAM-1"]),
        ({"user_urn": f"framecast:user:{ME}"}, ["TEAM-5"]),
    ],
)
def test_a_wrong_answer_to_making_a_team_names_the_rules(
    members: dict[str, Any], rule_ids: list[str]
) -> None:
    assert ids(teams.broken_creation_rules({"name": "Night Shift"}, team(**members), ME)) == rule_ids


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({}, []),
        ({"credits": -1}, ["INV-T6"]),
        ({"user_role": "guest"}, ["TEAM-5"]),
        ({"created_at": LATER}, ["INV-T5", "INV-TIME1"]),
    ],
)
def test_a_read_team(members: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(teams.broken_team_rules(team(**members), ME)) == rule_ids


@pytest.mark.parametrize(
    ("after", "rule_ids"),
    [
        ({"credits": 7, "user_role": "admin"}, []),
        ({"name": "New", "updated_at": LATER}, []),
        ({"name": "New"}, ["TIME-3"]),
        ({"slug": "new", "updated_at": LATER}, ["TEAM-8"]),
        ({"created_at": LATER}, ["TEAM-8"]),
        ({"updated_at": "2025-01-01T00:00:00Z"}, ["TIME-3"]),
    ],
)
def test_two_reads_of_a_team(after: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(teams.broken_team_transition(team(), team(**after))) == rule_ids


def test_an_update_replaces_settings_whole_and_keeps_what_it_does_not_name() -> None:
    before = team(settings={"a": 1, "b": 2})
    body = {"settings": {"c": 3}, "name": None, "credits": 9}
    after = {**before, "settings": {"c": 3}, "updated_at": LATER}
    merged = {**after, "settings": {"a": 1, "b": 2, "c": 3}}
    assert teams.updated(before, body) == {**before, "settings": {"c": 3}}
    assert teams.broken_update_rules(before, body, after) == []
    assert ids(teams.broken_update_rules(before, body, merged)) == ["TEAM-7"]
    assert ids(teams.broken_update_rules(before, body, {**after, "credits": 9})) == ["TEAM-8"]
    assert ids(teams.broken_update_rules(before, body, {**after, "updated_at": BORN})) == ["TIME-3"]


def test_the_first_team_of_a_creator() -> None:
    first = team(name="My Team", slug="my-team-0123abcd")
    assert teams.broken_personal_team_rules(first) == []
    wrong = [{**first, "name": "My team"}, {**first, "slug": "my-team"}, {**first, "credits": 1}]
    assert [ids(teams.broken_personal_team_rules(each)) for each in wrong] == [["TEAM-13"]] * 3


A, B = team(id=TEAM, name="a", slug="a"), team(id=OTHER, name="b", slug="b")


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([], []),
        ([A, B], []),
        ([team(name="Z"), {**B, "name": "a"}], []),
        ([B, A], ["TEAM-6"]),
        ([A, A], ["TEAM-6"]),
        ([A, {**B, "slug": "a"}], ["INV-T3"]),
        ([A, {**B, "credits": -1}], ["INV-T6"]),
    ],
)
def test_a_list_of_teams(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert ids(teams.broken_team_list_rules(listed, ME)) == rule_ids


def many(count: int, role: str) -> list[dict[str, Any]]:
    numbered = (f"{number:08d}-0000-4000-8000-000000000000" for number in range(count))
    return [team(id=each, name="n", slug=f"s{each[:8]}", user_role=role) for each in numbered]


def test_nobody_is_listed_with_too_many_teams() -> None:
    assert ids(teams.broken_team_list_rules(many(50, "viewer"), ME)) == []
    assert ids(teams.broken_team_list_rules(many(51, "viewer"), ME)) == ["INV-T8", "CARD-3"]
    assert ids(teams.broken_team_list_rules(many(10, "owner"), ME)) == []
    assert ids(teams.broken_team_list_rules(many(11, "owner"), ME)) == ["INV-T7", "CARD-2"]


def test_a_deleted_team_is_listed_no_more() -> None:
    assert ids(teams.broken_team_list_rules([A], ME, deleted=[OTHER])) == []
    assert ids(teams.broken_team_list_rules([A], ME, deleted=[TEAM])) == ["INV-M6"]


def test_the_list_holds_exactly_the_callers_teams() -> None:
    assert teams.broken_team_set([A, B], [OTHER, TEAM]) == []
    assert teams.broken_team_set([A], [OTHER]) == [
        Broken("TEAM-6", f"the list lacks ['{OTHER}'] and has too many ['{TEAM}']")
    ]


def test_the_relation_to_a_team_follows_from_the_role_in_it() -> None:
    viewer = Person(ME, "creator", {TEAM: "viewer"})
    assert team_relation(TEAM, viewer) == Relation(role="viewer")
    assert team_relation(OTHER, viewer) == FOREIGN
    assert team_relation(TEAM, Person(ME)) == FOREIGN
