"""Members: who may change whom, who may leave, what lists show, and what deleting an account does."""

from typing import Any

import pytest

from framecast_contract.oracle import account_deletion, members
from framecast_contract.oracle.accounts import new_account
from framecast_contract.oracle.members import Seat
from framecast_contract.oracle.owners import ROLES
from framecast_contract.oracle.words import (
    CONFLICT,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
)

ME, OTHER, TEAM, THIRD = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcd")
BORN = "2026-01-01T00:00:00Z"


def ids(broken: list[Broken]) -> list[str]:
    return [fault.rule_id for fault in broken]


@pytest.mark.parametrize(
    ("actor", "target", "role", "expected"),
    [
        ("owner", "viewer", "owner", OK),
        ("owner", "owner", "viewer", OK),
        ("owner", "owner", "owner", OK),
        ("admin", "member", "admin", OK),
        ("admin", "admin", "viewer", OK),
        ("admin", "member", "owner", FORBIDDEN),
        ("admin", None, "owner", FORBIDDEN),
        ("admin", "owner", "viewer", FORBIDDEN),
        ("admin", None, "viewer", NOT_FOUND),
        ("owner", None, "owner", NOT_FOUND),
        ("member", "viewer", "member", FORBIDDEN),
        ("viewer", None, "member", FORBIDDEN),
        (None, "viewer", "member", FORBIDDEN),
        (None, None, "guest", INVALID),
    ],
)
def test_who_changes_which_role(actor: str | None, target: str | None, role: str, expected: Answer) -> None:
    assert members.role_change_answer({"role": role}, actor, target) == expected


@pytest.mark.parametrize("body", [None, {}, {"role": None}, {"role": "Owner"}, {"role": 1}])
def test_a_role_change_needs_a_role(body: Any) -> None:
    assert members.role_change_answer(body, "owner", "viewer") == INVALID


@pytest.mark.parametrize("role", [*ROLES, None])
def test_nobody_changes_or_removes_oneself(role: str | None) -> None:
    assert members.role_change_answer({"role": "viewer"}, role, role, on_self=True) == INVALID
    assert members.removal_answer(role, role, on_self=True) == INVALID


def test_nobody_is_promoted_to_an_eleventh_team() -> None:
    promotion = {"role": "owner"}
    assert members.role_change_answer(promotion, "owner", "admin", target_owns=9) == OK
    assert members.role_change_answer(promotion, "owner", "admin", target_owns=10) == CONFLICT
    assert members.role_change_answer(promotion, "owner", "owner", target_owns=10) == OK


def test_the_last_owner_stays_one() -> None:
    assert members.role_change_answer({"role": "admin"}, "owner", "owner", owners=1) == CONFLICT
    assert members.removal_answer("owner", "owner", owners=1) == CONFLICT


@pytest.mark.parametrize(
    ("actor", "target", "target_memberships", "expected"),
    [
        ("owner", "owner", 2, NO_CONTENT),
        ("admin", "admin", 2, NO_CONTENT),
        ("admin", "owner", 2, FORBIDDEN),
        ("admin", "owner", 1, FORBIDDEN),
        ("admin", None, 2, NOT_FOUND),
        ("owner", "viewer", 1, CONFLICT),
        ("member", "viewer", 1, FORBIDDEN),
        ("viewer", None, 2, FORBIDDEN),
        (None, None, 2, FORBIDDEN),
    ],
)
def test_who_removes_whom(
    actor: str | None, target: str | None, target_memberships: int, expected: Answer
) -> None:
    assert members.removal_answer(actor, target, target_memberships=target_memberships) == expected


@pytest.mark.parametrize(
    ("seat", "memberships", "expected"),
    [
        (Seat("viewer", 1, 2), 2, NO_CONTENT),
        (Seat("owner", 2, 2), 2, NO_CONTENT),
        (Seat("owner"), 2, NO_CONTENT),
        (Seat("owner", 1, 2), 2, CONFLICT),
        (Seat("viewer", 1, 2), 1, CONFLICT),
        (Seat("owner"), 1, CONFLICT),
        (None, 1, NOT_FOUND),
    ],
)
def test_who_leaves(seat: Seat | None, memberships: int, expected: Answer) -> None:
    assert members.leaving_answer(seat, memberships=memberships) == expected


def member(user: str = ME, role: str = "owner", name: str | None = None, **other: Any) -> dict[str, Any]:
    made = {
        "id": user, "team_id": TEAM, "user_id": user, "role": role, "created_at": BORN,
        "user_email": "me@example.com", "user_name": name, "user_avatar_url": None,
    }  # fmt: skip
    return {**made, **other}


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([member()], []),
        ([member(), member(OTHER, "viewer")], []),
        ([], ["INV-T1"]),
        ([member(role="admin")], ["INV-T2", "CARD-1"]),
        ([member(), member(role="viewer")], ["INV-M3"]),
        ([member(), member(OTHER, "guest")], ["INV-M2"]),
        ([member(), member(OTHER, "viewer", team_id=OTHER)], ["INV-M1"]),
        ([member(), member("me", "viewer")], ["INV-M1"]),
    ],
)
def test_a_list_of_members(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert ids(members.broken_member_list_rules(listed, TEAM)) == rule_ids


def test_members_stand_by_role_then_name_with_the_nameless_last() -> None:
    owner, ann, bob, nameless = (
        member(role="owner", name="Zoe"),
        member(OTHER, "viewer", "Ann"),
        member(THIRD, "viewer", "Bob"),
        member(TEAM, "viewer"),
    )
    assert members.broken_member_list_rules([owner, ann, bob, nameless], TEAM) == []
    wrong = [[ann, owner], [owner, bob, ann], [owner, nameless, ann]]
    assert [ids(members.broken_member_list_rules(each, TEAM)) for each in wrong] == [["MEMBER-1"]] * 3


def test_a_deleted_user_is_listed_no_more() -> None:
    assert members.broken_member_list_rules([member()], TEAM, deleted=[OTHER]) == []
    assert ids(members.broken_member_list_rules([member()], TEAM, deleted=[ME])) == ["INV-M5"]


def test_a_new_role_keeps_the_membership() -> None:
    promoted = member(role="admin", name="New")
    assert members.broken_member_transition(member(), promoted) == []
    assert ids(members.broken_member_transition(member(), {**promoted, "id": OTHER})) == ["MEMBER-7"]


def test_a_member_shows_the_account_of_a_creator() -> None:
    account = {**new_account(ME, "me@example.com"), "tier": "creator", "name": "Ann"}
    assert members.broken_profile_rules(member(name="Ann"), account) == []
    assert ids(members.broken_profile_rules(member(), account)) == ["MEMBER-12"]
    assert ids(members.broken_profile_rules(member(name="Ann"), {**account, "tier": "starter"})) == ["INV-M4"]


@pytest.mark.parametrize(
    ("tier", "memberships", "rule_ids"),
    [("starter", 0, []), ("starter", 1, ["INV-U3"]), ("creator", 0, ["INV-U2"]), ("creator", 1, [])],
)
def test_creators_are_in_teams_and_starters_are_not(tier: str, memberships: int, rule_ids: list[str]) -> None:
    assert ids(members.broken_belonging_rules({"tier": tier}, memberships)) == rule_ids


@pytest.mark.parametrize(
    ("seats", "expected"),
    [
        ([], NO_CONTENT),
        ([Seat("owner"), Seat("viewer", 1, 9), Seat("owner", 2, 9)], NO_CONTENT),
        ([Seat("owner"), Seat("owner", 1, 2)], CONFLICT),
    ],
)
def test_who_deletes_the_account(seats: list[Seat], expected: Answer) -> None:
    assert account_deletion.deletion_answer(seats) == expected


def test_who_comes_back_starts_anew() -> None:
    fresh = new_account(ME, "me@example.com")
    again = account_deletion.broken_return_rules(fresh, user_id=ME, email="me@example.com")
    assert again == []
    old = account_deletion.broken_return_rules({**fresh, "credits": 5}, user_id=ME, email="me@example.com")
    assert old == [Broken("ACCOUNT-15", "credits of an account after its deletion is 5, expected 0")]
