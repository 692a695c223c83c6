"""Conversations: how one begins, what may be changed, who sees it, the list of them, and how one ends."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import Conversation
from framecast_contract.oracle.conversations import (
    broken_conversation_list_rules,
    broken_conversation_rules,
    broken_creation_rules,
    broken_update_rules,
    creation_answer,
    deletion_answer,
    reading_answer,
    update_answer,
)
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.messages import sending_answer
from framecast_contract.oracle.words import INVALID, NOT_FOUND, Answer, Json
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.belongings import MODEL
from framecast_contract.workloads.conversations import (
    WORDS,
    conversation_requests,
    new_conversation,
    say,
)
from framecast_contract.workloads.teams import team_with

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
NEW_CONVERSATIONS: Mapping[str, Any] = {
    "a model": {"model": MODEL},
    "nulls": {"model": MODEL, "title": None, "system_prompt": None},
    "everything": {"model": MODEL, "title": "Dogs", "system_prompt": "You write films.\n\tBriefly."},
    "what cannot be set": {
        "model": MODEL, "id": ELSE, "user_id": ELSE, "status": "archived", "message_count": 9,
        "last_message_at": "2026-01-01T00:00:00Z", "owner": f"framecast:user:{ELSE}", "color": "red",
    },
    "model of one": {"model": "m"},
    "model of 100 beyond the BMP": {"model": "🎬" * 100},
    "empty title": {"model": MODEL, "title": ""},
    "title of 200 beyond the BMP": {"model": MODEL, "title": "🎬" * 200},
    "empty system prompt": {"model": MODEL, "system_prompt": ""},
    "system prompt of 10,000": {"model": MODEL, "system_prompt": "p" * 10_000},
    "no model": {"title": "Dogs"},
    "null model": {"model": None},
    "empty model": {"model": ""},
    "model of 101": {"model": "m" * 101},
    "model is a number": {"model": 4},
    "model with U+0000": {"model": "a\0b"},
    "title of 201": {"model": MODEL, "title": "t" * 201},
    "title is a list": {"model": MODEL, "title": ["Dogs"]},
    "title with U+0000": {"model": MODEL, "title": "Do\0gs"},
    "system prompt of 10,001": {"model": MODEL, "system_prompt": "p" * 10_001},
    "system prompt is an object": {"model": MODEL, "system_prompt": {"text": "p"}},
    "system prompt with U+0000": {"model": MODEL, "system_prompt": "\0"},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("CONV-1", "CONV-8", "CONV-10", "INV-C1", "INV-C3", "INV-C5", "INV-C6", "INV-TIME1")
@pytest.mark.parametrize("wish", NEW_CONVERSATIONS)
async def test_a_conversation_begins_as_asked_or_is_refused(people: People, wish: str) -> None:
    person, body = await people.starter(), NEW_CONVERSATIONS[wish]

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    response = await raw.post("/v1/conversations", json=body)

    expected = creation_answer(body)
    assert response.status_code == expected.status
    listed = all_as_json(await person.client.list_conversations())
    if not expected.accepted:
        assert (response.json()["error"]["code"], listed) == (expected.code, [])
        return
    conversation = as_json(Conversation.model_validate_json(response.content))
    assert broken_creation_rules(body, conversation, person.user_id) == []
    assert listed == [as_json(await person.client.get_conversation(conversation["id"]))] == [conversation]


UPDATES: Mapping[str, Any] = {
    "a title": {"title": "Cats"},
    "the title it has": {"title": "Dogs"},
    "an empty title": {"title": ""},
    "title of 200 beyond the BMP": {"title": "🎬" * 200},
    "the other status": {"status": "archived"},
    "both": {"title": "Cats", "status": "archived"},
    "nothing": {},
    "nulls": {"title": None, "status": None},
    "what cannot be set": {
        "model": "another", "system_prompt": "Be rude.", "message_count": 9, "user_id": ELSE, "color": "red",
    },
    "the status it has": {"status": "active"},
    "a title and the status it has": {"title": "Cats", "status": "active"},
    "title of 201": {"title": "t" * 201},
    "title is a number": {"title": 7},
    "title with U+0000": {"title": "Ca\0ts"},
    "an unknown status": {"status": "deleted"},
    "a status in upper case": {"status": "ARCHIVED"},
    "an empty status": {"status": ""},
    "good title, bad status": {"title": "Cats", "status": True},
    "an array": [],
    "null": None,
}  # fmt: skip


@pytest.mark.rule("CONV-5", "CONV-6", "CONV-7", "CONV-8", "INV-C1", "INV-C5", "TIME-3")
@pytest.mark.parametrize("wish", UPDATES)
async def test_an_update_changes_what_it_names(people: People, wish: str) -> None:
    person, body = await people.starter(), UPDATES[wish]
    started = await new_conversation(person, title="Dogs", system_prompt="Be kind.")
    await say(person, started.id, WORDS)
    before = as_json(await person.client.get_conversation(started.id))
    await pass_time(1)

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.patch(f"/v1/conversations/{started.id}", json=body))

    after = as_json(await person.client.get_conversation(started.id))
    assert answer == update_answer(before, person.user_id, body)
    if answer.accepted:
        assert broken_update_rules(before, body, after) == []
    else:
        assert after == before


@pytest.mark.rule("CONV-4", "CONV-5", "CONV-9", "INV-C1")
async def test_a_conversation_goes_into_the_archive_and_comes_back(people: People) -> None:
    person = await people.starter()
    conversation = as_json(await new_conversation(person))

    for status in ("archived", "archived", "active", "active", "archived"):
        await pass_time(1)
        change = operations.update_conversation(conversation["id"], status=status)
        answer = await answer_to(person.client, change)
        assert answer == update_answer(conversation, person.user_id, {"status": status})

        conversation = as_json(await person.client.get_conversation(conversation["id"]))
        assert conversation["status"] == status
        listed = {name: await _ids(person, name) for name in ("active", "archived")}
        assert listed == {"active": [], "archived": [], status: [conversation["id"]]}
        sent = await answer_to(person.client, operations.send_message(conversation["id"], WORDS))
        assert sent == sending_answer(conversation, person.user_id, {"content": WORDS})
        conversation = as_json(await person.client.get_conversation(conversation["id"]))


async def _ids(person: Persona, status: Any = None) -> list[str]:
    """The conversations listed for a status, active ones without."""
    asked = {} if status is None else {"status": status}
    return [str(each.id) for each in await person.client.list_conversations(**asked)]


def _answers(conversation: Json | None, caller_id: str) -> dict[str, Answer]:
    """What each operation on a conversation answers somebody, as the oracle has it."""
    return {
        "get_conversation": reading_answer(conversation, caller_id),
        "update_conversation": update_answer(conversation, caller_id, {"title": "Dogs"}),
        "send_message": sending_answer(conversation, caller_id, {"content": WORDS}),
        "list_messages": reading_answer(conversation, caller_id),
        "delete_conversation": deletion_answer(conversation, caller_id),
    }


@pytest.mark.rule("CONV-2", "MSG-5")
@pytest.mark.parametrize("operation_id", _answers(None, ""))
async def test_nobody_else_gets_at_a_conversation(people: People, operation_id: str) -> None:
    team = await team_with(people, "member")
    stranger = await people.starter("stranger")
    conversation = await new_conversation(team.member)
    await say(team.member, conversation.id, WORDS)
    before = as_json(await team.member.client.get_conversation(conversation.id))

    request = conversation_requests(conversation.id)[operation_id]
    nowhere = conversation_requests(people.uuid())[operation_id]
    for person in (team.owner, stranger):
        answers = [await answer_to(person.client, each) for each in (request, nowhere)]
        known_and_unknown = [_answers(before, person.user_id), _answers(None, person.user_id)]
        assert answers == [each[operation_id] for each in known_and_unknown]
        assert await _ids(person) == []

    assert as_json(await team.member.client.get_conversation(conversation.id)) == before
    mine = await answer_to(team.member.client, request)
    assert mine == _answers(before, team.member.user_id)[operation_id]


@pytest.mark.rule("CONV-2", "ACCESS-4")
async def test_a_key_with_the_scopes_works_on_the_own_conversations(people: People) -> None:
    person = await people.starter()
    writer = await people.key_of(person, "conversations:write")
    reader = await people.key_of(person, "conversations:read")

    conversation = await writer.client.create_conversation(MODEL)
    sent = await writer.client.send_message(conversation.id, WORDS)

    assert await reader.client.list_messages(conversation.id) == [sent.user_message, sent.assistant_message]
    assert await reader.client.list_conversations() == [await person.client.get_conversation(conversation.id)]
    await writer.client.delete_conversation(conversation.id)
    assert await _ids(person) == []


@pytest.mark.rule("CONV-3", "CONV-4", "CONV-10", "LIST-1")
async def test_what_was_spoken_in_last_is_listed_first_and_the_silent_ones_last(people: People) -> None:
    person, other = await people.starter(), await people.starter("other")
    ids = []
    for title in "ABCDEF":
        await pass_time(1)
        ids.append(str((await new_conversation(person, title=title)).id))
    await new_conversation(other)
    await say(person, ids[1], WORDS)
    await say(person, ids[4], WORDS)
    await say(person, ids[0], WORDS)
    await say(person, ids[1], WORDS)
    await pass_time(1)
    await person.client.update_conversation(ids[2], status="archived")
    await person.client.update_conversation(ids[3], title="renamed, which is no message")

    listed = await person.client.list_conversations()
    archived = await person.client.list_conversations(status="archived")

    assert [str(each.id) for each in listed] == [ids[1], ids[0], ids[4], ids[5], ids[3]]
    assert broken_conversation_list_rules(all_as_json(listed), person.user_id) == []
    assert [str(each.id) for each in archived] == [ids[2]]
    assert broken_conversation_list_rules(all_as_json(archived), person.user_id, status="archived") == []
    for each in (*listed, *archived):
        assert await person.client.get_conversation(each.id) == each


@pytest.mark.rule("LIST-2", "LIST-3", "LIST-5", "LIST-6", "CONV-3")
@pytest.mark.parametrize("limit", [1, 4, 9])
async def test_pages_make_up_the_list(people: People, limit: int) -> None:
    person = await people.starter()
    for number in range(9):
        await pass_time(1)
        conversation = await new_conversation(person)
        if number % 3 == 0:
            await say(person, conversation.id, WORDS)
    client = person.client
    whole = await client.list_conversations()

    pages = [await client.list_conversations(limit=limit, offset=start) for start in range(0, 10, limit)]

    assert (len(whole), broken_pages(whole, pages, limit)) == (9, [])
    assert await client.list_conversations(limit=0, offset=-1) == whole[:1]
    assert await client.list_conversations(limit=1_000, status="active") == whole


@pytest.mark.rule("ERROR-6", "LIST-4", "INV-C1")
@pytest.mark.parametrize(
    "query",
    ["status=deleted", "status=", "status=ACTIVE", "status=all", "status=active&status=archived",
     "limit=x", "limit=", "limit=1&limit=1", "offset=1.5", "offset=9223372036854775808"],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(raw.get(f"/v1/conversations?{query}")) == INVALID


@pytest.mark.rule("MSG-5", "CONV-2", "CONV-7")
@pytest.mark.parametrize("status", ["active", "archived"])
async def test_a_deleted_conversation_is_gone_with_its_messages(people: People, status: str) -> None:
    person = await people.starter()
    kept, conversation = await new_conversation(person), await new_conversation(person)
    await say(person, conversation.id, WORDS)
    if status == "archived":
        await person.client.update_conversation(conversation.id, status="archived")
    before = as_json(await person.client.get_conversation(conversation.id))

    answer = await answer_to(person.client, operations.delete_conversation(conversation.id))

    assert answer == deletion_answer(before, person.user_id)
    for operation_id, request in conversation_requests(conversation.id).items():
        assert await answer_to(person.client, request) == _answers(None, person.user_id)[operation_id]
    assert (await _ids(person), await _ids(person, "archived")) == ([str(kept.id)], [])


@pytest.mark.rule("INV-C2", "MSG-5")
async def test_conversations_go_with_their_account(people: People) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    assert broken_conversation_rules(as_json(conversation), person.user_id) == []
    await say(person, conversation.id, WORDS)

    await person.client.delete_account()

    # The session may be refused from now on, or begin a new, empty account.
    for operation_id in ("get_conversation", "list_messages", "send_message"):
        answer = await answer_to(person.client, conversation_requests(conversation.id)[operation_id])
        assert answer == NOT_FOUND or answer.status == 401
