"""Webhooks: how one is made, changed, given a new secret, listed and deleted, and who may do so."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import InsufficientTierError, operations
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import Caller, expected_answers, team_relation
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
    trial_answer,
    update_answer,
)
from framecast_contract.oracle.words import CREATED, NO_CONTENT, NOT_FOUND, OK, Answer
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.teams import STANDINGS, Standing, known_as, somebody, team_with
from framecast_contract.workloads.webhooks import (
    SOMEWHERE,
    failed_delivery_of,
    hook_of,
    new_webhook,
    watched_team,
    webhook_requests,
)

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
LONG = SOMEWHERE + "/" + "x" * (2047 - len(SOMEWHERE))
URLS: Mapping[str, Any] = {
    "a path and a query": "https://hooks.example.com/in/framecast?team=7&x=%20",
    "a port": "https://hooks.example.com:8443/",
    "only a host": "https://hooks.example.com",
    "2048 characters": LONG,
    "2049 characters": LONG + "x",
    "http": "http://hooks.example.com/",
    "another scheme": "ftp://hooks.example.com/",
    "no scheme": "hooks.example.com/in",
    "a path": "/in",
    "no host": "https://",
    "a path in place of a host": "https:///in",
    "blank": " ",
    "empty": "",
    "a number": 7,
    "a list": [SOMEWHERE],
    "U+0000": "https://hooks.example.com/\0",
}
EVENT_LISTS: Mapping[str, Any] = {
    "all six": list(EVENTS),
    "the last one": ["job.canceled"],
    "two, not in their order": ["job.failed", "job.completed"],
    "none": [],
    "the test event": ["webhook.test"],
    "an event of streams only": ["job.scene_complete"],
    "one of them unknown": ["job.completed", "job.done"],
    "upper case": ["JOB.COMPLETED"],
    "without the prefix": ["completed"],
    "one twice": ["job.completed", "job.failed", "job.completed"],
    "a text": "job.completed",
    "a null in it": [None],
    "an object": {"job.completed": True},
}
GOOD = {"url": SOMEWHERE, "events": ["job.completed"]}
NEW_WEBHOOKS: Mapping[str, Any] = {
    **{f"url: {name}": {**GOOD, "url": url} for name, url in URLS.items()},
    **{f"events: {name}": {**GOOD, "events": events} for name, events in EVENT_LISTS.items()},
    "what cannot be set": {
        **GOOD, "is_active": False, "secret": "s" * 40, "id": ELSE, "team_id": ELSE, "created_by": ELSE,
        "last_triggered_at": "2026-01-01T00:00:00Z", "color": "red",
    },
    "no url": {"events": ["job.completed"]},
    "null url": {**GOOD, "url": None},
    "no events": {"url": SOMEWHERE},
    "null events": {**GOOD, "events": None},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("HOOK-2", "HOOK-3", "HOOK-4", "INV-W2", "INV-W3", "INV-W4", "INV-W5", "INV-TIME1")
@pytest.mark.parametrize("wish", NEW_WEBHOOKS)
async def test_a_webhook_is_made_as_asked_or_refused(people: People, wish: str) -> None:
    team, body = await team_with(people, "admin"), NEW_WEBHOOKS[wish]
    admin = team.admin

    raw = people.raw_client(admin.name, f"Bearer {admin.token}")
    response = await raw.post(f"/v1/teams/{team.id}/webhooks", json=body)

    expected = creation_answer(body)
    assert response.status_code == expected.status
    listed = all_as_json(await team.owner.client.list_webhooks(team.id))
    if not expected.accepted:
        assert (response.json()["error"]["code"], listed) == (expected.code, [])
        return
    made = response.json()
    assert broken_creation_rules(made, body, team_id=team.id, caller=admin.user_id) == []
    assert listed == [as_json(await admin.client.get_webhook(made["webhook"]["id"]))] == [made["webhook"]]


@pytest.mark.rule("HOOK-1", "HOOK-2", "HOOK-7")
async def test_a_secret_is_shown_when_it_is_made_and_never_again(people: People) -> None:
    team = await team_with(people)
    client = team.owner.client
    made = await new_webhook(team)
    rotated = await client.rotate_webhook_secret(made.webhook.id)

    updated = await client.update_webhook(made.webhook.id, is_active=False)
    read = await client.get_webhook(made.webhook.id)
    listed = await client.list_webhooks(team.id)

    assert [*listed, read] == [updated, updated]
    assert broken_webhook_rules(as_json(read)) == []
    shown_by = [
        [exchange.operation for exchange in people.history if secret.encode() in exchange.response_body]
        for secret in (made.secret, rotated.secret)
    ]
    assert shown_by == [["create_webhook"], ["rotate_webhook_secret"]]


@pytest.mark.rule("HOOK-7", "HOOK-6", "HOOK-2", "TIME-3")
async def test_a_rotation_gives_another_secret_and_changes_nothing_else(people: People) -> None:
    team = await team_with(people)
    made = await new_webhook(team, "job.failed", "job.queued")
    before = await team.owner.client.update_webhook(made.webhook.id, is_active=False)
    secrets = [made.secret]

    for _ in range(3):
        await pass_time(1)
        rotated = await team.owner.client.rotate_webhook_secret(made.webhook.id)

        assert broken_rotation_rules(as_json(before), as_json(rotated), old_secret=secrets[-1]) == []
        assert await team.owner.client.get_webhook(made.webhook.id) == rotated.webhook
        secrets.append(rotated.secret)

    assert broken_secrets(secrets) == []


@pytest.mark.rule("HOOK-2")
async def test_every_webhook_has_a_secret_of_its_own(people: People) -> None:
    team, other = await team_with(people), await team_with(people)

    made = [await new_webhook(each) for each in (team, team, other, other)]

    assert broken_secrets(each.secret for each in made) == []


UPDATES: Mapping[str, Any] = {
    **{f"url: {name}": {"url": url} for name, url in URLS.items()},
    **{f"events: {name}": {"events": events} for name, events in EVENT_LISTS.items()},
    "off": {"is_active": False},
    "on, as it is": {"is_active": True},
    "everything": {"url": f"{SOMEWHERE}/2", "events": ["job.queued"], "is_active": False},
    "nothing": {},
    "nulls": {"url": None, "events": None, "is_active": None},
    "what cannot be set": {"secret": "s" * 40, "id": ELSE, "team_id": ELSE, "created_by": ELSE, "a": "red"},
    "activity is a text": {"is_active": "false"},
    "activity is a number": {"is_active": 0},
    "good url, bad events": {"url": f"{SOMEWHERE}/2", "events": []},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("HOOK-5", "HOOK-6", "HOOK-4", "INV-W2", "INV-W3", "INV-W4", "TIME-3")
@pytest.mark.parametrize("wish", UPDATES)
async def test_an_update_changes_what_it_names(people: People, wish: str) -> None:
    team, body = await team_with(people), UPDATES[wish]
    before = as_json((await new_webhook(team, "job.completed", "job.failed")).webhook)
    await pass_time(1)

    raw = people.raw_client("owner", f"Bearer {team.owner.token}")
    answer = await answer_of(raw.patch(f"/v1/webhooks/{before['id']}", json=body))

    after = as_json(await team.owner.client.get_webhook(before["id"]))
    assert answer == (update_answer(body) or OK)
    if answer.accepted:
        assert broken_update_rules(before, after, body) == []
        assert broken_webhook_transition(before, after) == []
    else:
        assert after == before


@pytest.mark.rule("HOOK-9", "LIST-1", "INV-W5")
async def test_a_team_lists_its_webhooks_newest_first(people: People) -> None:
    team, other = await team_with(people, "admin"), await team_with(people)
    await new_webhook(other)
    made = []
    for number in range(60):  # more than a page of other lists
        await pass_time(1)
        made.append(await new_webhook(team, url=f"{SOMEWHERE}/{number}"))

    listed = await team.admin.client.list_webhooks(team.id)

    assert listed == [each.webhook for each in reversed(made)]
    assert broken_webhook_list_rules(all_as_json(listed), team_id=team.id) == []


TAKEN: Mapping[str, Answer] = {
    "create_webhook": CREATED,
    "test_webhook": trial_answer(is_active=True),
    "delete_webhook": NO_CONTENT,
}
BY_ID = ("get_webhook", "update_webhook", "rotate_webhook_secret", "test_webhook",
         "list_webhook_deliveries", "delete_webhook")  # fmt: skip
OPERATIONS = ("list_webhooks", "create_webhook", *BY_ID)


@pytest.mark.needs("webhook_receiver")
@pytest.mark.rule("HOOK-13", "D-16")
@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("operation_id", OPERATIONS)
async def test_who_may_do_what_with_webhooks(
    people: People, contract: Contract, operation_id: str, standing: Standing
) -> None:
    hook = await watched_team(people)
    person = await somebody(people, hook.team, standing)
    before = await hook.client.list_webhooks(hook.team.id)

    answer = await answer_to(person.client, webhook_requests(hook.team.id, hook.id)[operation_id])

    relation = team_relation(hook.team.id, known_as(person, hook.team, standing))
    access = contract.operation(operation_id).access
    refused = expected_answers(access, Caller(tier="creator"), relation)
    assert answer == (refused or TAKEN.get(operation_id, OK))
    if refused:
        assert await hook.client.list_webhooks(hook.team.id) == before


@pytest.mark.rule("D-16", "HOOK-13")
@pytest.mark.parametrize("operation_id", OPERATIONS)
async def test_a_team_or_webhook_that_is_not_there_is_as_a_foreign_one(
    people: People, contract: Contract, operation_id: str
) -> None:
    person, team = await people.creator(), await team_with(people)
    foreign = webhook_requests(team.id, (await new_webhook(team)).webhook.id)
    nowhere = webhook_requests(people.uuid(), people.uuid())

    answers = [await answer_to(person.client, each[operation_id]) for each in (foreign, nowhere)]

    relation = team_relation(team.id, known_as(person, team, "stranger"))
    refused = expected_answers(contract.operation(operation_id).access, Caller(tier="creator"), relation)
    assert answers == [refused, refused]


@pytest.mark.rule("ACCESS-2")
@pytest.mark.parametrize("operation_id", OPERATIONS)
async def test_a_starter_has_no_webhooks(people: People, operation_id: str) -> None:
    starter, team = await people.starter(), await team_with(people)
    requests = webhook_requests(team.id, (await new_webhook(team)).webhook.id)

    with pytest.raises(InsufficientTierError):
        await starter.client.send(requests[operation_id])


@pytest.mark.rule("D-15", "ACCESS-4")
async def test_a_key_with_the_scopes_works_on_webhooks(people: People) -> None:
    team = await team_with(people)
    writer = await people.key_of(team.owner, "webhooks:write")
    reader = await people.key_of(team.owner, "webhooks:read")

    made = await writer.client.create_webhook(team.id, SOMEWHERE, ["job.completed"])
    updated = await writer.client.update_webhook(made.webhook.id, is_active=False)
    rotated = await writer.client.rotate_webhook_secret(made.webhook.id)

    assert made.webhook.created_by == updated.created_by
    assert await reader.client.get_webhook(made.webhook.id) == rotated.webhook
    assert await reader.client.list_webhooks(team.id) == [rotated.webhook]
    assert await reader.client.list_webhook_deliveries(made.webhook.id) == []
    await writer.client.delete_webhook(made.webhook.id)
    assert await reader.client.list_webhooks(team.id) == []


@pytest.mark.needs("webhook_receiver")
@pytest.mark.rule("INV-W1", "INV-WD2")
async def test_a_webhook_goes_with_its_team(people: People) -> None:
    hook = await watched_team(people)
    delivery = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)

    await hook.client.delete_team(hook.team.id)

    requests = webhook_requests(hook.team.id, hook.id)
    gone = [requests[operation_id] for operation_id in BY_ID]
    for request in (*gone, operations.retry_webhook_delivery(delivery.id)):
        assert await answer_to(hook.client, request) == NOT_FOUND


@pytest.mark.needs("webhook_receiver")
@pytest.mark.rule("INV-WD2", "HOOK-9")
async def test_a_deleted_webhook_takes_its_deliveries_along(people: People) -> None:
    hook = await watched_team(people)
    kept = await hook_of(people, hook.team, name="kept")
    delivery = await failed_delivery_of(hook.team.owner, hook.id, hook.receiver)

    assert await answer_to(hook.client, operations.delete_webhook(hook.id)) == NO_CONTENT

    requests = webhook_requests(hook.team.id, hook.id)
    gone = [requests[operation_id] for operation_id in BY_ID]
    for request in (*gone, operations.retry_webhook_delivery(delivery.id)):
        assert await answer_to(hook.client, request) == NOT_FOUND
    assert await hook.client.list_webhooks(hook.team.id) == [await kept.read()]


@pytest.mark.rule("INV-W5", "HOOK-6")
async def test_a_webhook_outlives_the_membership_of_its_creator(people: People) -> None:
    team = await team_with(people, "admin")
    made = await team.admin.client.create_webhook(team.id, SOMEWHERE, ["job.completed"])

    await team.admin.client.leave_team(team.id)

    assert await team.owner.client.get_webhook(made.webhook.id) == made.webhook
    assert str(made.webhook.created_by) == team.admin.user_id
    assert await answer_to(team.admin.client, operations.get_webhook(made.webhook.id)) == NOT_FOUND


@pytest.mark.needs("webhook_receiver")
@pytest.mark.rule("HOOK-8", "HOOK-12")
async def test_a_webhook_is_tried_out_while_it_is_active(people: People) -> None:
    hook = await watched_team(people)

    for is_active in (True, False, True):
        await pass_time(1)
        before = await hook.client.update_webhook(hook.id, is_active=is_active)
        answer = await answer_to(hook.client, operations.test_webhook(hook.id))

        assert answer == trial_answer(is_active)
        if not answer.accepted:
            assert await hook.read() == before
    assert len(await hook.deliveries()) == 2
