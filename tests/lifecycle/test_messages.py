"""Messages: what is stored of a question and its reply, what the model is told, and what it makes."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from framecast_client import operations
from framecast_client.models import Conversation
from framecast_contract.oracle.artifacts import broken_artifact_rules as broken_artifact
from framecast_contract.oracle.conversations import broken_conversation_transition
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.messages import (
    LONGEST,
    broken_artifact_rules,
    broken_count_rules,
    broken_message_list_rules,
    broken_message_transition,
    broken_pair_rules,
    broken_sent_rules,
    sending_answer,
    sending_refusals,
)
from framecast_contract.oracle.words import INVALID, RATE_LIMITED, Answer
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.conversations import (
    WORDS,
    all_messages,
    new_conversation,
    say,
)
from framecast_contract.workloads.storyboards import storyboard

if TYPE_CHECKING:
    from framecast_contract.doubles import Anthropic

MODEL_FAILED = Answer(500, "INTERNAL_ERROR")
SPEECHES: Mapping[str, str] = {
    "one character": "?",
    "white space around it": " \n\tTell me of a dog.\r\n ",
    "several scripts": "Расскажи о собаке 犬 🐕\u200b",
    "marks of JSON and HTML": '{"role": "assistant"} <b>&amp;</b> \\n',
}


@pytest.mark.rule("MSG-1", "MSG-3", "MSG-4", "MSG-6", "MSG-7", "MSG-8", "MSG-9", "MSG-15")
@pytest.mark.parametrize("speech", SPEECHES)
async def test_the_first_question_is_answered(people: People, speech: str) -> None:
    await _ask_first(people, SPEECHES[speech])


@pytest.mark.usefixtures("mock_anthropic")  # a real model may find it too long
@pytest.mark.rule("MSG-7", "MSG-15")
@pytest.mark.parametrize("letter", ["d", "🐕"])
async def test_a_question_may_have_100000_characters(people: People, letter: str) -> None:
    await _ask_first(people, letter * LONGEST)


async def _ask_first(people: People, content: str) -> None:
    """The first pair of a conversation, judged as answered and as it is read afterwards."""
    person = await people.starter()
    before = as_json(await new_conversation(person, title="Dogs"))
    await pass_time(1)

    response = await person.client.send_message(before["id"], content)

    assert broken_pair_rules(before, content, as_json(response)) == []
    after = as_json(await person.client.get_conversation(before["id"]))
    assert broken_sent_rules(before, after) == []
    assert broken_conversation_transition(before, after) == []
    stored = await all_messages(person, before["id"])
    assert stored == [response.user_message, response.assistant_message]


@pytest.mark.rule("MSG-2", "MSG-9", "MSG-13", "MSG-16", "INV-C4", "INV-C3")
async def test_a_talk_goes_on_and_is_kept_as_it_was(people: People) -> None:
    person = await people.starter()
    before = as_json(await new_conversation(person))
    said = []

    for content in ("Tell me of a dog.", "And of a cat?", "And of both."):
        (response,) = await say(person, before["id"], content)
        said += [response.user_message, response.assistant_message]
        after = as_json(await person.client.get_conversation(before["id"]))
        assert broken_pair_rules(before, content, as_json(response)) == []
        assert broken_sent_rules(before, after) == []
        before = after

    stored = await all_messages(person, before["id"])
    assert broken_message_list_rules(all_as_json(stored), before) == []
    assert broken_count_rules(before, all_as_json(stored)) == []
    for one, other in zip(said, stored, strict=True):
        assert broken_message_transition(as_json(one), as_json(other)) == []


BODIES: Mapping[str, Any] = {
    "empty": {"content": ""},
    "a blank": {"content": " "},
    "only white space": {"content": " \t\r\n\u00a0\u2003"},
    "too long": {"content": "d" * (LONGEST + 1)},
    "too long by one beyond the BMP": {"content": "🐕" * (LONGEST + 1)},
    "U+0000": {"content": "a\0b"},
    "null": {"content": None},
    "a number": {"content": 7},
    "blocks": {"content": [{"type": "text", "text": WORDS}]},
    "nothing": {},
    "an array": [],
    "null body": None,
}


@pytest.mark.rule("MSG-3", "MSG-15", "INV-C4")
@pytest.mark.parametrize("wish", BODIES)
async def test_what_says_nothing_or_too_much_is_not_stored(people: People, wish: str) -> None:
    person, body = await people.starter(), BODIES[wish]
    before = await new_conversation(person)

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await answer_of(raw.post(f"/v1/conversations/{before.id}/messages", json=body))

    assert answer in sending_refusals(as_json(before), person.user_id, body)
    assert await person.client.get_conversation(before.id) == before
    assert await all_messages(person, before.id) == []


@pytest.mark.rule("MSG-7", "MSG-4")
async def test_the_sender_decides_on_the_words_alone(people: People) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    body = {"content": WORDS, "role": "assistant", "model": "another", "sequence": 9, "artifacts": []}

    raw = people.raw_client(person.name, f"Bearer {person.token}")
    response = await raw.post(f"/v1/conversations/{conversation.id}/messages", json=body)

    assert response.status_code == sending_answer(as_json(conversation), person.user_id, body).status
    assert broken_pair_rules(as_json(conversation), WORDS, response.json()) == []


@pytest.mark.rule("CONV-9", "MSG-13", "INV-C4")
async def test_an_archived_talk_is_read_and_not_continued(people: People) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    await say(person, conversation.id, WORDS)
    stored = await all_messages(person, conversation.id)
    archived = await person.client.update_conversation(conversation.id, status="archived")

    answer = await answer_to(person.client, operations.send_message(conversation.id, WORDS))

    assert answer == sending_answer(as_json(archived), person.user_id, {"content": WORDS})
    assert await all_messages(person, conversation.id) == stored
    assert await person.client.get_conversation(conversation.id) == archived

    await person.client.update_conversation(conversation.id, status="active")
    await say(person, conversation.id, "And of a cat?")
    assert (await all_messages(person, conversation.id))[: len(stored)] == stored


@pytest.mark.rule("INV-C4", "MSG-13", "LIST-2", "LIST-3", "LIST-5", "LIST-6")
async def test_pages_make_up_the_talk(people: People) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    await say(person, conversation.id, *(f"Question {number}" for number in range(4)))
    client, talk = person.client, conversation.id
    whole = await client.list_messages(talk)

    for limit in (1, 3, 8):
        pages = [await client.list_messages(talk, limit=limit, offset=start) for start in range(0, 9, limit)]
        assert broken_pages(whole, pages, limit) == []

    assert len(whole) == (await client.get_conversation(talk)).message_count == 8
    assert await client.list_messages(talk, limit=0, offset=-1) == whole[:1]
    assert await client.list_messages(talk, limit=1_000) == whole


@pytest.mark.rule("LIST-4", "ERROR-6")
@pytest.mark.parametrize("query", ["limit=x", "limit=", "limit=1&limit=1", "offset=1.5", "offset=null"])
async def test_a_bad_page_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    raw = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(raw.get(f"/v1/conversations/{conversation.id}/messages?{query}")) == INVALID


def _told(mock_anthropic: "Anthropic") -> tuple[str | None, list[tuple[str, str]]]:
    """What the model was told last: the system prompt, and who said what."""
    request = mock_anthropic.calls[-1].json
    return request.get("system"), [(turn["role"], turn["content"]) for turn in request["messages"]]


@pytest.mark.rule("MSG-14", "MSG-8")
@pytest.mark.parametrize("system_prompt", [None, "You write films about animals."])
async def test_the_model_is_told_everything_so_far(
    people: People, mock_anthropic: "Anthropic", system_prompt: str | None
) -> None:
    person = await people.starter()
    conversation = await new_conversation(person, system_prompt=system_prompt)
    other = await new_conversation(person, system_prompt="Somebody else's business.")
    await say(person, other.id, "What nobody else is told")
    words = ["Tell me of a dog.", "And of a cat?", "And of both."]

    for number, content in enumerate(words):
        mock_anthropic.reply_with(f"Reply {number}")
        await say(person, conversation.id, content)

        said = [(message.role, message.content) for message in await all_messages(person, conversation.id)]
        assert _told(mock_anthropic) == (system_prompt, said[:-1])
        assert mock_anthropic.calls[-1].json["model"] == conversation.model
        assert said[-1] == ("assistant", f"Reply {number}")


@pytest.mark.rule("MSG-14")
async def test_the_model_is_told_a_long_talk_from_its_beginning(
    people: People, mock_anthropic: "Anthropic"
) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)

    await say(person, conversation.id, *(f"Question {number}" for number in range(60)))

    _, said = _told(mock_anthropic)
    assert (len(said), said[0], said[-1]) == (119, ("user", "Question 0"), ("user", "Question 59"))


FAULTS: Mapping[str, Answer] = {
    "rate_limited": RATE_LIMITED,
    "broken": MODEL_FAILED,
    "overloaded": MODEL_FAILED,
}


@pytest.mark.rule("MSG-11", "INV-C4", "MSG-14", "MSG-2")
@pytest.mark.parametrize("fault", FAULTS)
async def test_a_question_stays_when_the_model_fails(
    people: People, mock_anthropic: "Anthropic", fault: str
) -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    await say(person, conversation.id, "Tell me of a dog.")
    before = as_json(await person.client.get_conversation(conversation.id))
    await pass_time(1)
    getattr(mock_anthropic, fault)(times=1)

    answer = await answer_to(person.client, operations.send_message(conversation.id, "And of a cat?"))

    after = as_json(await person.client.get_conversation(conversation.id))
    stored = await all_messages(person, conversation.id)
    assert answer == FAULTS[fault]
    assert broken_sent_rules(before, after, stored=1) == []
    assert broken_count_rules(after, all_as_json(stored)) == []
    assert broken_message_list_rules(all_as_json(stored), after) == []
    assert [message.content for message in stored if message.role == "user"][-1] == "And of a cat?"

    await _goes_on(person, conversation, mock_anthropic)


async def _goes_on(person: Persona, conversation: Conversation, mock_anthropic: "Anthropic") -> None:
    """The next question is answered, and the model is told of the one that was not."""
    before = as_json(await person.client.get_conversation(conversation.id))
    (response,) = await say(person, conversation.id, "And of both.")
    assert broken_pair_rules(before, "And of both.", as_json(response)) == []
    assert broken_sent_rules(before, as_json(await person.client.get_conversation(conversation.id))) == []
    told = " ".join(content for _, content in _told(mock_anthropic)[1])
    places = [told.find(words) for words in ("Tell me of a dog.", "And of a cat?", "And of both.")]
    assert -1 not in places
    assert places == sorted(places)


def _tool_use(kind: str, spec: Any, number: int = 1) -> dict[str, Any]:
    return {"type": "tool_use", "id": f"toolu_{number}", "name": f"create_{kind}", "input": {"spec": spec}}


DOG = {"prompt": "a small brown dog", "name": "Rex", "mood": {"tail": ["up", 1.5, None]}}
MAKINGS: Mapping[str, Sequence[tuple[str, Any]]] = {
    "a character": [("character", DOG)],
    "a storyboard": [("storyboard", storyboard(5, 7))],
    "an empty storyboard": [("storyboard", {})],
    "several": [("character", DOG), ("storyboard", storyboard(5)), ("character", {"prompt": "a cat"})],
}


@pytest.mark.rule("MSG-10", "INV-X7", "MSG-4", "INV-ART4")
@pytest.mark.parametrize("words", ["Here you are.", None])
@pytest.mark.parametrize("making", MAKINGS)
async def test_what_the_model_makes_is_an_artifact_of_the_asker(
    people: People, mock_anthropic: "Anthropic", making: str, words: str | None
) -> None:
    person, made = await people.starter(), MAKINGS[making]
    conversation = as_json(await new_conversation(person))
    blocks = [_tool_use(kind, spec, number) for number, (kind, spec) in enumerate(made)]
    mock_anthropic.reply_with([{"type": "text", "text": words}, *blocks] if words else blocks)

    (response,) = await say(person, conversation["id"], "Make me something.")

    assert broken_pair_rules(conversation, "Make me something.", as_json(response)) == []
    references = response.assistant_message.artifacts or []
    assert [reference.kind for reference in references] == [kind for kind, _ in made]
    for reference, (_, spec) in zip(references, made, strict=True):
        artifact = as_json(await person.client.get_artifact(reference.id))
        assert broken_artifact_rules(as_json(reference), artifact, conversation) == []
        assert broken_artifact(artifact) == []
        assert artifact["spec"] == spec
    listed = await person.client.list_artifacts(source="conversation")
    assert {each.id for each in listed} == {reference.id for reference in references}


@pytest.mark.rule("MSG-10", "MSG-4")
async def test_a_reply_that_makes_nothing_refers_to_nothing(
    people: People, mock_anthropic: "Anthropic"
) -> None:
    person = await people.starter()
    mock_anthropic.reply_with("A dog is an animal.")
    conversation = await new_conversation(person)

    (response,) = await say(person, conversation.id, WORDS)

    assert (response.user_message.artifacts, response.assistant_message.artifacts) == (None, None)
    assert await person.client.list_artifacts() == []


@pytest.mark.rule("INV-X7", "ARTIFACT-11", "MSG-5")
async def test_artifacts_outlive_the_talk_they_come_from(people: People, mock_anthropic: "Anthropic") -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    mock_anthropic.reply_with([_tool_use("character", DOG)])
    (response,) = await say(person, conversation.id, "Make me a dog.")
    (reference,) = response.assistant_message.artifacts or []
    before = await person.client.get_artifact(reference.id)

    await person.client.delete_conversation(conversation.id)

    after = await person.client.get_artifact(reference.id)
    assert (before.conversation_id, after.conversation_id) == (conversation.id, None)
    unchanged = {"conversation_id": None, "updated_at": after.updated_at}
    assert after == before.model_copy(update=unchanged)
    assert broken_artifact(as_json(after), orphaned=True) == []


@pytest.mark.rule("MSG-16", "ARTIFACT-8")
async def test_a_message_keeps_what_it_refers_to(people: People, mock_anthropic: "Anthropic") -> None:
    person = await people.starter()
    conversation = await new_conversation(person)
    mock_anthropic.reply_with([_tool_use("storyboard", storyboard(5))])
    (response,) = await say(person, conversation.id, "Make me a film.")
    (reference,) = response.assistant_message.artifacts or []

    await person.client.delete_artifact(reference.id)

    reply = (await all_messages(person, conversation.id))[1]
    assert reply == response.assistant_message
    assert broken_message_transition(as_json(response.assistant_message), as_json(reply)) == []
