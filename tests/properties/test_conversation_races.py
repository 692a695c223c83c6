"""Races in conversations: messages sent together, and what is archived or deleted while somebody speaks."""

from typing import Any

import pytest

from framecast_client import ApiError, Request, Response, operations
from framecast_client.models import SendMessageResponse
from framecast_contract.oracle.conversations import deletion_answer, update_answer
from framecast_contract.oracle.judging import broken_race
from framecast_contract.oracle.messages import (
    broken_count_rules,
    broken_message_list_rules,
    broken_message_rules,
    sending_answer,
)
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, answer_to, as_json
from framecast_contract.workloads.belongings import MODEL
from framecast_contract.workloads.conversations import WORDS, all_messages, new_conversation, say
from framecast_contract.workloads.parallel import together

Sent = Response[SendMessageResponse] | ApiError


async def _agrees(person: Persona, conversation_id: object, sent: list[Sent]) -> None:
    """The stored messages are counted, in order, and hold every pair that was answered."""
    conversation = as_json(await person.client.get_conversation(str(conversation_id)))
    stored = all_as_json(await all_messages(person, str(conversation_id)))
    assert broken_count_rules(conversation, stored) == []
    assert broken_message_list_rules(stored, conversation) == []
    for pair in (as_json(answer.result) for answer in sent if isinstance(answer, Response)):
        question, reply = pair["user_message"], pair["assistant_message"]
        assert question in stored
        assert reply in stored
        assert question["sequence"] < reply["sequence"]
        assert broken_message_rules(question, conversation) == []


@pytest.mark.rule("MSG-12", "MSG-2", "MSG-7", "INV-C4", "MSG-13")
@pytest.mark.parametrize("count", [2, 5, 12])
@pytest.mark.parametrize("begun", [False, True])
async def test_what_is_said_together_is_all_answered(people: People, begun: bool, count: int) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    if begun:
        await say(person, conversation.id, WORDS)
    words = [f"Question {number}" for number in range(count)]

    sent = await together(
        person.client, [operations.send_message(conversation.id, content) for content in words]
    )

    expected = sending_answer(as_json(conversation), person.user_id, {"content": WORDS})
    assert {answer.status for answer in sent} == {expected.status}
    questions = [answer.result.user_message.content for answer in sent if isinstance(answer, Response)]
    assert questions == words
    await _agrees(person, conversation.id, sent)
    stored = await all_messages(person, conversation.id)
    assert len(stored) == 2 * (count + begun)


@pytest.mark.rule("MSG-12", "MSG-14", "CONV-2")
async def test_conversations_held_at_once_do_not_mix(people: People) -> None:
    person = await people.starter()
    talks = [await new_conversation(person) for _ in range(4)]

    sent = await together(
        person.client,
        [operations.send_message(talk.id, f"{number}: {talk.id}") for talk in talks for number in range(3)],
    )

    for position, talk in enumerate(talks):
        await _agrees(person, talk.id, sent[3 * position : 3 * position + 3])
        asked = [each for each in await all_messages(person, talk.id) if each.role == "user"]
        assert sorted(each.content for each in asked) == [f"{number}: {talk.id}" for number in range(3)]


@pytest.mark.rule("CONV-5", "CONV-4")
async def test_a_conversation_is_archived_once(people: People) -> None:
    person = await people.starter()
    conversation = as_json(await new_conversation(person))

    archive = operations.update_conversation(conversation["id"], status="archived")
    answers = await together(person.client, [archive] * 5)

    body = {"status": "archived"}
    won = update_answer(conversation, person.user_id, body)
    lost = update_answer({**conversation, **body}, person.user_id, body)
    statuses = [answer.status for answer in answers]
    assert broken_race("CONV-5", statuses, won=won.status, lost=lost.status) == []
    assert (await person.client.get_conversation(conversation["id"])).status == "archived"


@pytest.mark.rule("MSG-5", "CONV-2")
async def test_a_conversation_is_deleted_once(people: People) -> None:
    person = await people.starter()
    conversation = as_json(await new_conversation(person))

    answers = await together(person.client, [operations.delete_conversation(conversation["id"])] * 5)

    won, lost = deletion_answer(conversation, person.user_id), deletion_answer(None, person.user_id)
    statuses = [answer.status for answer in answers]
    assert broken_race("CONV-2", statuses, won=won.status, lost=lost.status) == []


@pytest.mark.rule("CONV-9", "INV-C4", "MSG-2")
@pytest.mark.parametrize("place", [0, 1, 3])
async def test_archiving_while_somebody_speaks_loses_no_count(people: People, place: int) -> None:
    person = await people.starter()
    conversation = as_json(await new_conversation(person))
    archived = {**conversation, "status": "archived"}
    speaking = operations.send_message(conversation["id"], WORDS)
    requests: list[Request[Any]] = [speaking] * 3
    requests.insert(place, operations.update_conversation(conversation["id"], status="archived"))

    answers = await together(person.client, requests)

    assert (
        answers.pop(place).status
        == update_answer(conversation, person.user_id, {"status": "archived"}).status
    )
    body = {"content": WORDS}
    allowed = {sending_answer(each, person.user_id, body).status for each in (conversation, archived)}
    assert {answer.status for answer in answers} <= allowed
    await _agrees(person, conversation["id"], answers)
    assert await answer_to(person.client, speaking) == sending_answer(archived, person.user_id, body)


@pytest.mark.rule("MSG-5", "INV-C4")
@pytest.mark.parametrize("place", [0, 1, 3])
async def test_deleting_while_somebody_speaks_leaves_nothing(people: People, place: int) -> None:
    person = await people.starter()
    conversation = as_json(await new_conversation(person))
    speaking = operations.send_message(conversation["id"], WORDS)
    requests: list[Request[Any]] = [speaking] * 3
    requests.insert(place, operations.delete_conversation(conversation["id"]))

    answers = await together(person.client, requests)

    assert answers.pop(place).status == deletion_answer(conversation, person.user_id).status
    body = {"content": WORDS}
    allowed = {sending_answer(each, person.user_id, body).status for each in (conversation, None)}
    assert {answer.status for answer in answers} <= allowed
    assert await answer_to(person.client, speaking) == sending_answer(None, person.user_id, body)
    assert await person.client.list_conversations() == []


@pytest.mark.rule("CONV-1", "CONV-3")
async def test_conversations_begun_together_are_all_there(people: People) -> None:
    person = await people.starter()

    answers = await together(person.client, [operations.create_conversation(MODEL)] * 8)

    made = [answer.result for answer in answers if isinstance(answer, Response)]
    listed = await person.client.list_conversations()
    assert len(made) == len(listed) == 8
    assert {each.id for each in made} == {each.id for each in listed}
