"""Conversations and messages: what each request is answered, and what both always keep."""

from typing import Any

import pytest

from framecast_contract.oracle import conversations, messages
from framecast_contract.oracle.words import CREATED, INVALID, NO_CONTENT, NOT_FOUND, OK, Answer, Broken

ME, OTHER, TALK = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abc")
BORN, LATER, LATEST = "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "2026-01-03T00:00:00Z"


def conversation(**members: Any) -> dict[str, Any]:
    made = {
        "id": TALK, "user_id": ME, "title": None, "model": "m", "system_prompt": None, "status": "active",
        "message_count": 0, "last_message_at": None, "created_at": BORN, "updated_at": BORN,
    }  # fmt: skip
    return {**made, **members}


ARCHIVED = conversation(status="archived")
SPOKEN = conversation(message_count=2, last_message_at=LATER, updated_at=LATER)


def ids(broken: list[Broken]) -> list[str]:
    return [fault.rule_id for fault in broken]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"model": "m"}, CREATED),
        ({"model": "m", "title": None, "system_prompt": None}, CREATED),
        ({"model": "x" * 100, "title": "x" * 200, "system_prompt": "x" * 10_000}, CREATED),
        ({"model": "m", "title": "", "system_prompt": ""}, CREATED),
        ({"model": ""}, INVALID),
        ({"model": "x" * 101}, INVALID),
        ({"model": "m", "title": "x" * 201}, INVALID),
        ({"model": "m", "system_prompt": "x" * 10_001}, INVALID),
        ({"model": "m", "title": 5}, INVALID),
        ({"model": "m\0"}, INVALID),
        ({}, INVALID),
        (None, INVALID),
    ],
)
def test_what_making_a_conversation_answers(body: Any, expected: Answer) -> None:
    assert conversations.creation_answer(body) == expected


def test_a_foreign_and_an_unknown_conversation_do_not_exist() -> None:
    for seen in (None, conversation(user_id=OTHER)):
        answers = (
            conversations.reading_answer(seen, ME),
            conversations.update_answer(seen, ME, {"status": "active"}),
            conversations.deletion_answer(seen, ME),
            messages.sending_answer(seen, ME, {"content": "hello"}),
        )
        assert answers == (NOT_FOUND,) * 4
    assert conversations.reading_answer(ARCHIVED, ME) == OK
    assert conversations.deletion_answer(ARCHIVED, ME) == NO_CONTENT


@pytest.mark.parametrize(
    ("body", "active", "archived"),
    [
        ({}, OK, OK),
        ({"title": "x" * 200, "status": None}, OK, OK),
        ({"status": "archived"}, OK, INVALID),
        ({"status": "active"}, INVALID, OK),
        ({"status": "gone"}, INVALID, INVALID),
        ({"title": "x" * 201}, INVALID, INVALID),
        (None, INVALID, INVALID),
    ],
)
def test_what_updating_a_conversation_answers(body: Any, active: Answer, archived: Answer) -> None:
    answers = [conversations.update_answer(seen, ME, body) for seen in (conversation(), ARCHIVED)]
    assert answers == [active, archived]


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({}, []),
        ({"status": "archived"}, ["CONV-1"]),
        ({"model": "other"}, ["CONV-1"]),
        ({"message_count": 1}, ["CONV-1", "CONV-10"]),
        ({"user_id": OTHER}, ["CONV-1", "CONV-2"]),
    ],
)
def test_the_answer_to_making_a_conversation(members: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(conversations.broken_creation_rules({"model": "m"}, conversation(**members), ME)) == rule_ids


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (SPOKEN, []),
        (conversation(status="gone"), ["INV-C1"]),
        (conversation(message_count=-1), ["INV-C3"]),
        (conversation(system_prompt="x" * 10_001), ["INV-C6"]),
        (conversation(created_at=LATER), ["INV-C5", "INV-TIME1"]),
        (conversation(last_message_at=LATER), ["CONV-10"]),
        (conversation(message_count=2), ["CONV-10"]),
    ],
)
def test_one_conversation(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(conversations.broken_conversation_rules(seen, ME)) == rule_ids


@pytest.mark.parametrize(
    ("before", "after", "rule_ids"),
    [
        (conversation(), SPOKEN, []),
        (conversation(), conversation(title="t", updated_at=LATER), []),
        (conversation(), conversation(title="t"), ["TIME-3"]),
        (conversation(title="t"), conversation(updated_at=LATER), ["CONV-6"]),
        (conversation(), conversation(model="other"), ["CONV-7"]),
        (SPOKEN, {**SPOKEN, "message_count": 1}, ["INV-C4"]),
        (SPOKEN, {**SPOKEN, "updated_at": BORN}, ["TIME-3"]),
    ],
)
def test_two_reads_of_a_conversation(
    before: dict[str, Any], after: dict[str, Any], rule_ids: list[str]
) -> None:
    assert ids(conversations.broken_conversation_transition(before, after)) == rule_ids


def test_an_update_changes_title_and_status_alone() -> None:
    body = {"title": "t", "status": None, "model": "other"}
    after = {**SPOKEN, "title": "t", "updated_at": LATEST}
    assert conversations.updated(SPOKEN, body) == {**SPOKEN, "title": "t"}
    assert conversations.broken_update_rules(SPOKEN, body, after) == []
    wrong = [
        {**after, "status": "archived"},
        {**after, "message_count": 3},
        {**after, "model": "other"},
        {**after, "updated_at": LATER},
    ]
    broken = [ids(conversations.broken_update_rules(SPOKEN, body, each)) for each in wrong]
    assert broken == [["CONV-6"], ["CONV-6"], ["CONV-7"], ["TIME-3"]]


YOUNGER = conversation(created_at=LATER, updated_at=LATER)


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([SPOKEN, YOUNGER, conversation()], []),
        ([{**SPOKEN, "last_message_at": LATEST}, SPOKEN], []),
        ([SPOKEN, {**SPOKEN, "last_message_at": LATEST}], ["CONV-3"]),
        ([conversation(), SPOKEN], ["CONV-3"]),
        ([conversation(), YOUNGER], ["CONV-3"]),
        ([conversation(), ARCHIVED], ["CONV-4"]),
        ([conversation(user_id=OTHER)], ["CONV-2"]),
    ],
)
def test_a_page_of_conversations(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert ids(conversations.broken_conversation_list_rules(listed, ME)) == rule_ids


def test_archived_conversations_are_listed_when_asked_for() -> None:
    assert conversations.broken_conversation_list_rules([ARCHIVED], ME, status="archived") == []


@pytest.mark.parametrize(
    ("seen", "content", "refusals"),
    [
        (conversation(), "hello", ()),
        (conversation(), "x" * 100_000, ()),
        (conversation(), "x" * 100_001, (INVALID,)),
        (conversation(), "", (INVALID,)),
        (conversation(), " \n", (INVALID,)),
        (conversation(), None, (INVALID,)),
        (conversation(), "a\0", (INVALID,)),
        (ARCHIVED, "hello", (INVALID,)),
        (None, "hello", (NOT_FOUND,)),
        (None, "", (INVALID,)),
        (None, " ", (INVALID, NOT_FOUND)),
    ],
)
def test_what_sending_answers(seen: Any, content: Any, refusals: tuple[Answer, ...]) -> None:
    assert messages.sending_refusals(seen, ME, {"content": content}) == refusals
    assert messages.sending_answer(seen, ME, {"content": content}) == (*refusals, CREATED)[0]


def question(**members: Any) -> dict[str, Any]:
    made = {
        "id": ME, "conversation_id": TALK, "role": "user", "content": "hello", "artifacts": None,
        "model": None, "input_tokens": None, "output_tokens": None, "sequence": 1, "created_at": LATER,
    }  # fmt: skip
    return {**made, **members}


def reply(**members: Any) -> dict[str, Any]:
    made = {"id": OTHER, "role": "assistant", "content": "hi", "model": "m", "input_tokens": 3,
            "output_tokens": 0, "sequence": 2}  # fmt: skip
    return question(**{**made, **members})


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (question(), []),
        (reply(), []),
        (reply(artifacts=[{"id": ME, "kind": "character"}]), []),
        (question(sequence=0), ["MSG-1"]),
        (question(content="\t"), ["MSG-3"]),
        (question(role="system"), ["MSG-4"]),
        (question(model="m"), ["MSG-4"]),
        (question(input_tokens=0), ["MSG-4"]),
        (question(artifacts=[]), ["MSG-4"]),
        (question(conversation_id=ME), ["MSG-5"]),
        (reply(model="other"), ["MSG-8"]),
        (reply(output_tokens=None), ["MSG-8"]),
        (reply(input_tokens=-1), ["MSG-8"]),
        (reply(artifacts=[]), ["MSG-10"]),
        (reply(artifacts=[{"id": ME, "kind": "image"}]), ["MSG-10"]),
    ],
)
def test_one_message(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert ids(messages.broken_message_rules(seen, conversation())) == rule_ids


@pytest.mark.parametrize(
    ("user", "assistant", "rule_ids"),
    [
        (question(), reply(), []),
        (question(sequence=2), reply(sequence=3), ["MSG-6"]),
        (question(sequence=2), reply(), ["MSG-2", "MSG-6"]),
        (question(content="hullo"), reply(), ["MSG-7"]),
        (reply(sequence=1), reply(content="hello"), ["MSG-4", "MSG-7"]),
    ],
)
def test_the_first_question_and_its_reply(
    user: dict[str, Any], assistant: dict[str, Any], rule_ids: list[str]
) -> None:
    pair = {"user_message": user, "assistant_message": assistant}
    assert ids(messages.broken_pair_rules(conversation(), "hello", pair)) == rule_ids


def test_later_pairs_only_have_to_rise() -> None:
    pair = {"user_message": question(sequence=4), "assistant_message": reply(sequence=5)}
    assert messages.broken_pair_rules(SPOKEN, "hello", pair) == []
    assert ids(messages.broken_pair_rules(SPOKEN, "hello", {})) == [
        "MSG-4", "MSG-5", "MSG-4", "MSG-5", "MSG-4", "MSG-2", "MSG-7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("after", "stored", "rule_ids"),
    [
        ({"message_count": 4, "last_message_at": LATEST, "updated_at": LATEST}, 2, []),
        ({"message_count": 3, "last_message_at": LATEST}, 1, []),
        ({"message_count": 3, "last_message_at": LATEST, "updated_at": LATEST}, 2, ["MSG-9"]),
        ({"message_count": 4}, 2, ["MSG-9", "MSG-9"]),
        ({"last_message_at": LATEST}, 1, ["MSG-11"]),
    ],
)
def test_a_conversation_counts_what_was_sent(after: dict[str, Any], stored: int, rule_ids: list[str]) -> None:
    assert ids(messages.broken_sent_rules(SPOKEN, {**SPOKEN, **after}, stored=stored)) == rule_ids


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([], []),
        ([question(), reply()], []),
        ([question(), reply(sequence=1)], ["MSG-2"]),
        ([reply(), question()], ["MSG-13"]),
        ([question(), reply(created_at=BORN)], ["MSG-2"]),
        ([question(content=" ")], ["MSG-3"]),
    ],
)
def test_a_list_of_messages(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    assert ids(messages.broken_message_list_rules(listed, conversation())) == rule_ids


def test_the_count_is_the_number_of_stored_messages() -> None:
    assert messages.broken_count_rules(SPOKEN, [question(), reply()]) == []
    assert messages.broken_count_rules(SPOKEN, [question()]) == [
        Broken("INV-C4", "message_count is 2, 1 are stored")
    ]


def test_a_stored_message_stays_as_it_is() -> None:
    assert messages.broken_message_transition(question(), question(created_at="2026-01-02T00:00:00.0Z")) == []
    assert ids(messages.broken_message_transition(question(), question(content="other"))) == ["MSG-16"]


def test_what_a_reply_made_is_the_callers_artifact() -> None:
    made = {
        "id": OTHER, "kind": "character", "status": "ready", "source": "conversation",
        "conversation_id": TALK, "owner": f"framecast:user:{ME}", "created_by": ME,
    }  # fmt: skip
    reference = {"id": OTHER, "kind": "character"}
    assert messages.broken_artifact_rules(reference, made, conversation()) == []
    wrong = {**made, "status": "pending", "source": "upload"}
    assert ids(messages.broken_artifact_rules(reference, wrong, conversation())) == ["MSG-10"] * 2
