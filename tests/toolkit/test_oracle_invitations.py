"""Invitations: what each step is answered in each state, and what an invitation always shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from framecast_contract.oracle import invitations
from framecast_contract.oracle.invitations import LIFE, STATES, invitation_state
from framecast_contract.oracle.judging import broken_race, is_address
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    RATE_LIMITED,
    Answer,
    Broken,
)

ME, OTHER, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BORN, END = "2026-01-01T00:00:00Z", "2026-01-08T00:00:00Z"


def invitation(**members: Any) -> dict[str, Any]:
    made = {
        "id": OTHER, "team_id": TEAM, "email": "ann@example.com", "role": "member", "state": "pending",
        "invited_by": ME, "expires_at": END, "created_at": BORN,
    }  # fmt: skip
    return {**made, **members}


def ids(broken: list[Broken]) -> list[str]:
    return [fault.rule_id for fault in broken]


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("ann@example.com", True),
        ("o'hara@example.com", True),
        ("a.b+c@sub.example.co", True),
        ("ann", False),
        ("@example.com", False),
        ("ann@", False),
        ("a..b@example.com", False),
        ("ann@-example.com", False),
        ("ann@example.com ", False),
        (None, False),
    ],
)
def test_what_an_address_looks_like(text: Any, fits: bool) -> None:
    assert is_address(text) is fits


@pytest.mark.parametrize(
    ("marks", "after", "state"),
    [
        ((), timedelta(), "pending"),
        ((), LIFE - timedelta(microseconds=1), "pending"),
        ((), LIFE, "expired"),
        (("revoked",), LIFE, "revoked"),
        (("declined", "revoked"), LIFE, "declined"),
        (("accepted", "declined", "revoked"), LIFE, "accepted"),
    ],
)
def test_the_state_follows_from_the_times(marks: tuple[str, ...], after: timedelta, state: str) -> None:
    times = {"expires_at": NOW + LIFE, "declined_at": None, **{f"{mark}_at": NOW for mark in marks}}
    assert invitation_state(times, NOW + after) == state


ASK = {"email": "Ann@Example.com"}


@pytest.mark.parametrize(
    ("body", "role", "expected"),
    [
        (ASK, "owner", CREATED),
        ({**ASK, "role": "viewer"}, "admin", CREATED),
        ({**ASK, "role": None}, "admin", CREATED),
        (ASK, "member", FORBIDDEN),
        (ASK, "viewer", FORBIDDEN),
        (ASK, None, FORBIDDEN),
        ({"email": "BOSS@example.com"}, "owner", INVALID),
        ({"email": "BOSS@example.com"}, None, INVALID),
        ({"email": "mate@EXAMPLE.com"}, "owner", CONFLICT),
        ({"email": "mate@EXAMPLE.com"}, "viewer", FORBIDDEN),
        ({**ASK, "role": "owner"}, "owner", INVALID),
        ({"email": "ann"}, "owner", INVALID),
        ({"email": "a" * 250 + "@b.com"}, "owner", INVALID),
        ({}, "owner", INVALID),
        (None, "owner", INVALID),
    ],
)
def test_who_invites_whom(body: Any, role: str | None, expected: Answer) -> None:
    team = ["boss@example.com", "mate@example.com"]
    answer = invitations.creation_answer(body, role, own_email="boss@example.com", member_emails=team)
    assert answer == expected


def test_fifty_wait_at_most_and_twenty_are_sent_a_day() -> None:
    waiting = [f"p{number}@example.com" for number in range(49)]

    def answer(pending: list[str], sent: int) -> Answer:
        return invitations.creation_answer(
            ASK, "owner", own_email="boss@example.com", pending_emails=pending, sent_today=sent
        )

    assert answer(waiting, 19) == CREATED
    assert answer([*waiting, "other@example.com"], 20) == CONFLICT
    assert answer([*waiting, "ann@example.com"], 19) == CREATED
    assert answer([*waiting, "ann@example.com"], 20) == RATE_LIMITED


@pytest.mark.parametrize("state", STATES)
def test_only_a_pending_invitation_can_be_acted_on(state: str) -> None:
    answers = (
        invitations.acceptance_answer(state),
        invitations.declining_answer(state),
        invitations.revocation_answer("admin", state),
        invitations.resending_answer("owner", state),
    )
    pending = (OK, NO_CONTENT, NO_CONTENT, OK)
    assert answers == (pending if state == "pending" else (CONFLICT,) * 4)


@pytest.mark.parametrize("role", ["member", "viewer", None])
def test_who_does_not_lead_cannot_manage_even_what_is_unknown(role: str | None) -> None:
    for state in (None, "pending", "accepted"):
        assert invitations.revocation_answer(role, state) == FORBIDDEN
        assert invitations.resending_answer(role, state) == FORBIDDEN
    assert invitations.listing_answer(role) == FORBIDDEN


def test_an_unknown_invitation_is_told_to_who_leads() -> None:
    assert invitations.revocation_answer("owner", None) == NOT_FOUND
    assert invitations.resending_answer("admin", None) == NOT_FOUND


def test_the_filter_is_judged_before_the_role() -> None:
    assert invitations.listing_answer("admin", "expired") == OK
    assert invitations.listing_answer(None, "open") == INVALID


@pytest.mark.parametrize(
    ("state", "circumstances", "expected"),
    [
        (None, {"for_caller": False}, NOT_FOUND),
        ("accepted", {"for_caller": False}, FORBIDDEN),
        ("pending", {"is_member": True}, CONFLICT),
        ("pending", {"memberships": 50}, CONFLICT),
        ("pending", {"memberships": 49}, OK),
    ],
)
def test_who_accepts(state: str | None, circumstances: dict[str, Any], expected: Answer) -> None:
    assert invitations.acceptance_answer(state, **circumstances) == expected


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({}, []),
        ({"email": "ann@example.com"}, []),
        ({"role": "viewer"}, ["INVITE-2"]),
        ({"state": "accepted"}, ["INVITE-1"]),
        ({"invited_by": OTHER}, ["INVITE-1"]),
        ({"email": "bob@example.com"}, ["INV-I1"]),
        ({"expires_at": "2026-01-08T00:00:05Z"}, ["INVITE-1"]),
    ],
)
def test_the_answer_to_inviting(members: dict[str, Any], rule_ids: list[str]) -> None:
    broken = invitations.broken_creation_rules(ASK, invitation(**members), team_id=TEAM, caller_id=ME)
    assert ids(broken) == rule_ids


@pytest.mark.parametrize(
    ("members", "now", "rule_ids"),
    [
        ({}, NOW, []),
        ({"team_id": None}, None, ["INV-I1"]),
        ({"email": ""}, None, ["INV-I1"]),
        ({"role": "owner"}, None, ["INV-I2"]),
        ({"invited_by": None}, None, ["INV-I6"]),
        ({"expires_at": BORN}, None, ["INV-I9", "INV-TIME4"]),
        ({"state": "open"}, None, ["INVITE-7"]),
        ({}, NOW + LIFE, ["INVITE-16"]),
        ({"state": "expired"}, NOW, ["INVITE-16"]),
        ({"token": "x"}, None, ["INVITE-15"]),
        ({"accepted_at": None}, None, ["INVITE-15"]),
    ],
)
def test_one_invitation(members: dict[str, Any], now: datetime | None, rule_ids: list[str]) -> None:
    assert ids(invitations.broken_invitation_rules(invitation(**members), now)) == rule_ids


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        ("pending", "revoked", []),
        ("pending", "expired", []),
        ("accepted", "accepted", []),
        ("accepted", "revoked", ["INV-I3"]),
        ("revoked", "accepted", ["INV-I4"]),
        ("expired", "pending", ["INVITE-7"]),
        ("declined", "revoked", ["INVITE-7"]),
    ],
)
def test_two_reads_of_an_invitation(before: str, after: str, rule_ids: list[str]) -> None:
    seen = invitation(state=before), invitation(state=after)
    assert ids(invitations.broken_invitation_transition(*seen)) == rule_ids


def test_resending_gives_seven_days_from_now() -> None:
    now = NOW + timedelta(days=2)
    again = invitation(expires_at="2026-01-10T00:00:02Z")
    assert invitations.broken_resending_rules(invitation(), again, now) == []
    wrong = [invitation(), {**again, "state": "expired"}, {**again, "id": TEAM}]
    broken = [ids(invitations.broken_resending_rules(invitation(), each, now)) for each in wrong]
    assert broken == [["INVITE-8"]] * 3
    back = invitations.broken_invitation_transition(again, invitation())
    assert ids(back) == ["INVITE-8"]


def test_accepting_gives_the_role_one_was_invited_to() -> None:
    joined = {"team_id": TEAM, "user_id": OTHER, "role": "member"}
    assert invitations.broken_acceptance_rules(invitation(), joined, OTHER) == []
    promoted = invitations.broken_acceptance_rules(invitation(), {**joined, "role": "admin"}, OTHER)
    assert ids(promoted) == ["INVITE-9"]


OLD = invitation(created_at="2025-12-31T00:00:00Z", state="revoked")


@pytest.mark.parametrize(
    ("listed", "state", "rule_ids"),
    [
        ([invitation(), OLD], None, []),
        ([invitation()], "pending", []),
        ([OLD, invitation()], None, ["INVITE-14"]),
        ([invitation(), OLD], "pending", ["INVITE-14"]),
        ([invitation(), invitation(email="ANN@example.com")], None, ["INVITE-4"]),
        ([invitation(email="Mate@example.com")], None, ["INV-I8"]),
        ([invitation(email="Mate@example.com", state="accepted")], None, []),
        ([invitation(email=f"p{number}@example.com") for number in range(51)], None, ["CARD-4"]),
    ],
)
def test_a_list_of_invitations(listed: list[dict[str, Any]], state: str | None, rule_ids: list[str]) -> None:
    broken = invitations.broken_invitation_list_rules(
        listed, state=state, member_emails=["mate@example.com"], now=NOW
    )
    assert ids(broken) == rule_ids


def test_of_parallel_answers_one_counts() -> None:
    assert broken_race("INVITE-13", [409, 200, 409], won=200) == []
    assert ids(broken_race("INVITE-13", [200, 200], won=200)) == ["INVITE-13"]
    assert broken_race("INV-I3", [409, 409], won=200) == [
        Broken("INV-I3", "parallel requests gave [409, 409], expected one 200, else 409")
    ]
