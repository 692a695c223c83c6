"""Accounts and API keys: what each request is answered, and what accounts and keys always keep."""

from datetime import UTC, datetime
from typing import Any

import pytest

from framecast_contract.oracle import accounts, api_keys
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

ME, OTHER, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BORN, LATER = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z"


def account(**members: Any) -> dict[str, Any]:
    return {**accounts.new_account(ME, "me@example.com"), "created_at": BORN, "updated_at": BORN, **members}


CREATOR = account(tier="creator", upgraded_at=BORN)


def test_a_new_account_is_an_empty_starter() -> None:
    assert accounts.new_account(ME, "me@example.com") == {
        "id": ME,
        "email": "me@example.com",
        "name": None,
        "avatar_url": None,
        "tier": "starter",
        "credits": 0,
        "ephemeral_storage_bytes": 0,
        "upgraded_at": None,
    }


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({}, OK),
        ({"name": None, "avatar_url": None}, OK),
        ({"name": "x" * 100, "avatar_url": "https://example.com/a.png"}, OK),
        ({"credits": 1_000_000}, OK),
        ({"name": ""}, INVALID),
        ({"name": "x" * 101}, INVALID),
        ({"name": "a\0b"}, INVALID),
        ({"name": 5}, INVALID),
        ({"avatar_url": "/a.png"}, INVALID),
        ({"avatar_url": "not a url"}, INVALID),
        ({"avatar_url": "https://"}, INVALID),
        ([], INVALID),
        (None, INVALID),
    ],
)
def test_what_updating_an_account_answers(body: Any, expected: Answer) -> None:
    assert accounts.update_answer(body) == expected


def test_an_update_changes_clears_and_keeps() -> None:
    named = account(name="Ann", avatar_url="https://example.com/a.png")
    changed = accounts.updated(named, {"name": None, "credits": 99, "tier": "creator"})
    assert changed == {**named, "name": None}


@pytest.mark.parametrize(
    ("tier", "body", "expected"),
    [
        ("starter", {"target_tier": "creator"}, OK),
        ("creator", {"target_tier": "creator"}, OK),
        ("starter", {"target_tier": "starter"}, CONFLICT),
        ("creator", {"target_tier": "starter"}, INVALID),
        ("starter", {"target_tier": "studio"}, INVALID),
        ("starter", {}, INVALID),
        ("starter", None, INVALID),
    ],
)
def test_what_upgrading_answers(tier: str, body: Any, expected: Answer) -> None:
    assert accounts.upgrade_answer(tier, body) == expected


@pytest.mark.parametrize("seen", [account(), CREATOR])
def test_a_right_account_is_left_alone(seen: dict[str, Any]) -> None:
    assert accounts.broken_account_rules(seen) == []


@pytest.mark.parametrize(
    ("members", "rule_id"),
    [
        ({"tier": "studio"}, "INV-U4"),
        ({"tier": "creator"}, "INV-U1"),
        ({"upgraded_at": BORN}, "INV-U1"),
        ({"credits": -1}, "INV-U5"),
        ({"ephemeral_storage_bytes": -1}, "INV-U6"),
        ({"updated_at": "2025-12-31T00:00:00Z"}, "INV-TIME1"),
    ],
)
def test_a_wrong_account_names_the_rule(members: dict[str, Any], rule_id: str) -> None:
    assert [broken.rule_id for broken in accounts.broken_account_rules(account(**members))] == [rule_id]


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (account(), {**CREATOR, "updated_at": LATER}, []),
        (account(), account(created_at=LATER), ["ACCOUNT-9"]),
        (account(updated_at=LATER), account(), ["ACCOUNT-9"]),
        (account(updated_at=None), account(updated_at=LATER), []),
        (account(updated_at=LATER), account(updated_at=None), []),
        (CREATOR, account(), ["ACCOUNT-8"]),
        (CREATOR, {**CREATOR, "upgraded_at": LATER}, ["ACCOUNT-6"]),
    ],
)
def test_two_reads_of_an_account(before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in accounts.broken_account_transition(before, after)] == rule_ids


def key(**members: Any) -> dict[str, Any]:
    made = {"id": OTHER, "created_at": BORN, **api_keys.created_key({"scopes": ["generate"]}, Person(ME))}
    return {**made, **members}


def test_who_am_i_shows_the_account_and_the_key_that_was_used() -> None:
    shown = {name: key()[name] for name in accounts.WHOAMI_KEY_MEMBERS}
    by_key = {"auth_method": "api_key", "user": account(), "api_key": shown}
    by_session = {"auth_method": "jwt", "user": account()}
    assert accounts.broken_whoami_rules(by_key, account(), key()) == []
    assert accounts.broken_whoami_rules(by_session, account(), None) == []
    wrong = [
        accounts.broken_whoami_rules({**by_session, "api_key": None}, account(), None),
        accounts.broken_whoami_rules({**by_session, "user": CREATOR}, account(), None),
        accounts.broken_whoami_rules({**by_key, "auth_method": "jwt"}, account(), key()),
        accounts.broken_whoami_rules({**by_key, "api_key": {**shown, "user_id": ME}}, account(), key()),
    ]
    assert [[broken.rule_id for broken in each] for each in wrong] == [["ACCOUNT-10"]] * 4


STARTER, VIEWER = Person(ME), Person(ME, "creator", {TEAM: "viewer"})
MEMBER = Person(ME, "creator", {TEAM: "member"})
TEAMS = f"framecast:team:{TEAM}"


@pytest.mark.parametrize(
    ("person", "body", "expected"),
    [
        (MEMBER, {}, CREATED),
        (STARTER, {}, FORBIDDEN),
        (STARTER, {"scopes": None}, FORBIDDEN),
        (STARTER, {"scopes": sorted(api_keys.STARTER_SCOPES)}, CREATED),
        (STARTER, {"scopes": ["generate", "team:read"]}, FORBIDDEN),
        (STARTER, {"scopes": ["*"]}, FORBIDDEN),
        (MEMBER, {"scopes": sorted(api_keys.SCOPES)}, CREATED),
        (MEMBER, {"scopes": []}, INVALID),
        (MEMBER, {"scopes": ["jobs:delete"]}, INVALID),
        (MEMBER, {"scopes": "generate"}, INVALID),
        (MEMBER, {"expires_at": BORN}, INVALID),
        (MEMBER, {"expires_at": "2026-01-01T00:00:00.000001Z"}, CREATED),
        (MEMBER, {"expires_at": "2026-01-01T00:30:00+01:00"}, INVALID),
        (MEMBER, {"expires_at": "tomorrow"}, INVALID),
        (MEMBER, {"owner": TEAMS}, CREATED),
        (MEMBER, {"owner": f"framecast:{TEAM}:{ME}"}, CREATED),
        (MEMBER, {"owner": f"framecast:team:{OTHER}"}, FORBIDDEN),
        (MEMBER, {"owner": f"framecast:user:{OTHER}"}, FORBIDDEN),
        (MEMBER, {"owner": f"framecast:artifact:{OTHER}"}, INVALID),
        (MEMBER, {"owner": "me"}, INVALID),
        (VIEWER, {"owner": TEAMS}, FORBIDDEN),
        (STARTER, {"owner": TEAMS, "scopes": ["generate"]}, FORBIDDEN),
        (MEMBER, {"name": ""}, INVALID),
        (MEMBER, None, INVALID),
    ],
)
def test_what_making_a_key_answers(person: Person, body: Any, expected: Answer) -> None:
    assert api_keys.create_answer(body, person, NOW) == expected


def test_there_are_16_scopes_and_9_of_them_for_starters() -> None:
    assert (len(api_keys.SCOPES), len(api_keys.STARTER_SCOPES)) == (16, 9)
    assert api_keys.allowed_scopes("starter") < api_keys.allowed_scopes("creator")


def test_a_new_key_takes_the_defaults_for_what_was_left_out() -> None:
    assert api_keys.created_key({}, MEMBER) == {
        "user_id": ME,
        "owner": f"framecast:user:{ME}",
        "name": "Default",
        "key_prefix": "sk_live_",
        "scopes": ["*"],
        "last_used_at": None,
        "expires_at": None,
        "revoked_at": None,
    }


RAW = "sk_live_0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    ("response", "rule_ids"),
    [
        ({"raw_key": RAW, "api_key": key()}, []),
        ({"raw_key": RAW, "api_key": key(scopes=["*"])}, ["KEY-1"]),
        ({"raw_key": RAW.upper(), "api_key": key()}, ["KEY-2"]),
        ({"raw_key": RAW, "api_key": key(key_hash="x")}, ["KEY-2"]),
        ({"raw_key": RAW, "api_key": key(hint=RAW)}, ["KEY-2"]),
    ],
)
def test_the_answer_to_making_a_key(response: dict[str, Any], rule_ids: list[str]) -> None:
    broken = api_keys.broken_creation_rules({"scopes": ["generate"]}, STARTER, response)
    assert [fault.rule_id for fault in broken] == rule_ids


def test_no_message_repeats_a_raw_key() -> None:
    broken = api_keys.broken_creation_rules({}, MEMBER, {"raw_key": RAW + "0", "api_key": key(hint=RAW)})
    assert not [fault for fault in broken if RAW in fault.message]


MEMBERSHIP_KEY = key(owner=f"framecast:{TEAM}:{ME}")


@pytest.mark.parametrize(
    ("seen", "person", "works"),
    [
        (key(), STARTER, True),
        (key(revoked_at=BORN), STARTER, False),
        (key(expires_at=BORN), STARTER, False),
        (key(expires_at=LATER), STARTER, True),
        (MEMBERSHIP_KEY, MEMBER, True),
        (MEMBERSHIP_KEY, Person(ME, "creator"), False),
    ],
)
def test_when_a_key_works(seen: dict[str, Any], person: Person, works: bool) -> None:
    assert api_keys.works(seen, NOW, person) is works


@pytest.mark.parametrize(
    ("seen", "person", "read", "update", "revoke"),
    [
        (key(), STARTER, OK, OK, NO_CONTENT),
        (key(revoked_at=BORN), STARTER, OK, CONFLICT, CONFLICT),
        (key(), Person(OTHER), NOT_FOUND, NOT_FOUND, NOT_FOUND),
        (None, STARTER, NOT_FOUND, NOT_FOUND, NOT_FOUND),
    ],
)
def test_what_reading_renaming_and_revoking_answer(
    seen: dict[str, Any] | None, person: Person, read: Answer, update: Answer, revoke: Answer
) -> None:
    answers = (
        api_keys.read_answer(seen, person),
        api_keys.update_answer(seen, person, {"name": "New"}),
        api_keys.revoke_answer(seen, person),
    )
    assert answers == (read, update, revoke)


@pytest.mark.parametrize("body", [None, {}, {"name": None}, {"name": ""}, {"name": "x" * 101}])
def test_renaming_needs_a_name(body: Any) -> None:
    assert api_keys.update_answer(key(), STARTER, body) == INVALID


@pytest.mark.parametrize(
    ("before", "after", "broken"),
    [
        (key(), key(name="New", last_used_at=BORN), []),
        (key(), key(scopes=["*"]), [Broken("KEY-7", "scopes was ['generate'], is ['*']")]),
        (key(revoked_at=BORN), key(), [Broken("KEY-8", f"revoked_at went from {BORN} to None")]),
    ],
)
def test_two_reads_of_a_key(before: dict[str, Any], after: dict[str, Any], broken: list[Broken]) -> None:
    assert api_keys.broken_key_transition(before, after) == broken


def test_a_key_does_not_forget_when_it_was_used() -> None:
    broken = api_keys.broken_key_transition(key(last_used_at=LATER), key(last_used_at=BORN))
    assert [fault.rule_id for fault in broken] == ["KEY-9"]
