"""Webhooks: which ones can be asked for, what they show and hide, and which events reach them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.webhooks import (
    EVENTS,
    broken_creation_rules,
    broken_rotation_rules,
    broken_secrets,
    broken_update_rules,
    broken_webhook_list_rules,
    broken_webhook_rules,
    broken_webhook_transition,
    creation_answer,
    receives,
    role_answer,
    trial_answer,
    update_answer,
    updated,
)
from framecast_contract.oracle.words import CONFLICT, CREATED, FORBIDDEN, INVALID, NOT_FOUND, Answer

HOOK, USER, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcd")
TEAMS = f"framecast:team:{TEAM}"
SECRET, NEW_SECRET = "s" * 32, "n" * 32
LATER = "2026-01-01T00:00:09Z"


def body(**members: Any) -> dict[str, Any]:
    return {"url": "https://example.com/hook", "events": ["job.completed"], **members}


@pytest.mark.parametrize(
    "sent",
    [
        body(),
        body(events=list(EVENTS)),
        body(url="https://example.com:8443/a?b=c#d"),
        body(url="https://e.com/" + "x" * 2034),
        body(unknown=1),
    ],
)
def test_which_webhooks_can_be_made(sent: dict[str, Any]) -> None:
    assert creation_answer(sent) == CREATED


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://example.com"}, {"url": "https://"}, {"url": "https:///path"}, {"url": "example.com"},
        {"url": "ftp://example.com"}, {"url": "https://e.com/a b"}, {"url": "https://e.com/" + "x" * 2035},
        {"url": None}, {"url": 5}, {"url": "https://e.com/\0"}, {"events": []}, {"events": None},
        {"events": "job.queued"}, {"events": ["webhook.test"]}, {"events": ["job.scene_complete"]},
        {"events": ["job.queued", "job.queued"]}, {"events": [["job.queued"]]},
    ],
    ids=lambda wrong: str(wrong)[:40],
)  # fmt: skip
def test_which_webhooks_cannot_be_made(wrong: dict[str, Any]) -> None:
    assert creation_answer(body(**wrong)) == INVALID
    named = {name: value for name, value in wrong.items() if value is not None}
    assert update_answer(named) == (INVALID if named else None)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ({}, None),
        ({"is_active": False}, None),
        ({"url": None, "events": None, "is_active": None}, None),
        ({"is_active": "no"}, INVALID),
        ([], INVALID),
    ],
)
def test_an_update_may_leave_everything_out(sent: Any, expected: Answer | None) -> None:
    assert update_answer(sent) == expected


def test_a_body_that_is_no_object_makes_no_webhook() -> None:
    assert creation_answer(None) == INVALID


def test_an_inactive_webhook_is_not_tested() -> None:
    assert (trial_answer(True), trial_answer(False)) == (CREATED, CONFLICT)


@pytest.mark.parametrize(
    ("operation_id", "stranger"),
    [("list_webhooks", FORBIDDEN), ("create_webhook", FORBIDDEN), ("get_webhook", NOT_FOUND)],
)
def test_owners_and_admins_manage_webhooks(operation_id: str, stranger: Answer) -> None:
    roles = ("owner", "admin", "member", "viewer", None)
    answers = [role_answer(operation_id, role) for role in roles]
    assert answers == [None, None, FORBIDDEN, FORBIDDEN, stranger]


def webhook(**members: Any) -> dict[str, Any]:
    return {
        "id": HOOK, "team_id": TEAM, "created_by": USER, **body(), "is_active": True,
        "last_triggered_at": None, "created_at": "2026-01-01T00:00:00Z", "updated_at": "2026-01-01T00:00:00Z",
        **members,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (webhook(), []),
        (webhook(secret=SECRET), ["HOOK-1"]),
        (webhook(created_by=None), ["INV-W5"]),
        (webhook(updated_at="2025-01-01T00:00:00Z"), ["INV-TIME1"]),
        (webhook(url="http://example.com"), ["INV-W4"]),
        (webhook(url="https://e.com/" + "x" * 2035), ["HOOK-4"]),
        (webhook(events=[]), ["INV-W2"]),
        (webhook(events=["webhook.test"]), ["INV-W3"]),
        (webhook(events=["job.failed", "job.failed"]), ["HOOK-4"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_webhook_that_breaks_a_rule_names_it(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_webhook_rules(seen)] == rule_ids


ANY_JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=3) | st.lists(st.lists(st.none()))


@given(st.dictionaries(st.sampled_from(sorted(webhook())), ANY_JSON))
def test_a_badly_shaped_webhook_is_judged_without_an_exception(members: dict[str, Any]) -> None:
    bent = webhook(**members)
    broken = broken_webhook_rules(bent) + broken_webhook_transition(webhook(), bent)
    assert {fault.rule_id for fault in broken} <= set(RULES)


def made(answer: dict[str, Any], sent: dict[str, Any]) -> list[str]:
    return [broken.rule_id for broken in broken_creation_rules(answer, sent, team_id=TEAM, caller=USER)]


def test_a_new_webhook_is_active_and_comes_with_its_secret() -> None:
    sent = body(events=["job.queued", "job.failed"])
    shown = webhook(events=["job.failed", "job.queued"])
    assert made({"webhook": shown, "secret": SECRET}, sent) == []
    assert made({"webhook": webhook(is_active=False), "secret": SECRET}, body()) == ["HOOK-3"]
    assert made({"webhook": webhook(last_triggered_at=LATER), "secret": SECRET}, body()) == ["HOOK-3"]
    assert made({"webhook": webhook(), "secret": "short"}, body()) == ["HOOK-2"]
    assert made({"webhook": webhook()}, body()) == ["HOOK-2"]


def test_secrets_do_not_repeat_and_are_never_told() -> None:
    assert broken_secrets([SECRET, NEW_SECRET]) == []
    (broken,) = broken_secrets([SECRET, SECRET])
    assert (broken.rule_id, SECRET in broken.message) == ("HOOK-2", False)


def test_rotating_changes_the_secret_only() -> None:
    answer = {"webhook": webhook(updated_at=LATER), "secret": NEW_SECRET}
    assert broken_rotation_rules(webhook(), answer, old_secret=SECRET) == []
    kept = broken_rotation_rules(webhook(), {**answer, "secret": SECRET}, old_secret=SECRET)
    assert [broken.rule_id for broken in kept] == ["HOOK-2"]
    off = {"webhook": webhook(is_active=False), "secret": NEW_SECRET}
    assert [b.rule_id for b in broken_rotation_rules(webhook(), off, old_secret=SECRET)] == ["HOOK-7"]


def test_an_update_changes_what_it_names() -> None:
    sent = {"is_active": False, "url": None, "team_id": OTHER}
    after = webhook(is_active=False, updated_at=LATER)
    assert updated(webhook(), sent) == webhook(is_active=False)
    assert broken_update_rules(webhook(), after, sent) == []
    for wrong, rule_id in (
        ({"url": "https://x.y"}, "HOOK-5"),
        ({"updated_at": "2026-01-01T00:00:00Z"}, "TIME-3"),
    ):
        judged = broken_update_rules(webhook(), {**after, **wrong}, sent)
        assert [broken.rule_id for broken in judged] == [rule_id]


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (webhook(), webhook(last_triggered_at=LATER), []),
        (webhook(), webhook(is_active=False), ["TIME-3"]),
        (webhook(), webhook(team_id=OTHER), ["HOOK-6"]),
        (webhook(last_triggered_at=LATER), webhook(), ["HOOK-12"]),
        (webhook(last_triggered_at=LATER), webhook(last_triggered_at="2026-01-01T00:00:08Z"), ["HOOK-12"]),
    ],
)
def test_two_reads_of_a_webhook(before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_webhook_transition(before, after)] == rule_ids


def test_webhooks_are_listed_newest_first_and_by_team() -> None:
    young = webhook(created_at=LATER)
    assert broken_webhook_list_rules([young, webhook()], team_id=TEAM) == []
    for listed in ([webhook(), young], [webhook(team_id=OTHER)]):
        assert [b.rule_id for b in broken_webhook_list_rules(listed, team_id=TEAM)] == ["HOOK-9"]


@pytest.mark.parametrize(
    ("hook", "event", "owner", "expected"),
    [
        (webhook(), "job.completed", TEAMS, True),
        (webhook(), "job.failed", TEAMS, False),
        (webhook(is_active=False), "job.completed", TEAMS, False),
        (webhook(), "job.completed", f"framecast:user:{USER}", False),
        (webhook(), "job.completed", f"framecast:{TEAM}:{USER}", False),
        (webhook(), "job.completed", f"framecast:team:{OTHER}", False),
    ],
)
def test_which_events_reach_a_webhook(hook: dict[str, Any], event: str, owner: str, expected: bool) -> None:
    assert receives(hook, event, owner) is expected
