"""Messages: what sending one answers, what question and reply look like, and that all of them are counted."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.artifacts import MADE
from framecast_contract.oracle.bodies import is_blank, is_text, is_whole
from framecast_contract.oracle.conversations import reading_answer
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.judging import broken_constants, broken_expectations, broken_when, repeated
from framecast_contract.oracle.words import CREATED, INVALID, NOT_FOUND, OK, Answer, Broken, Json, Rule

_SOURCE = "accounts-and-teams.md 9"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("MSG-1", "The sequence of a message is 1 or more.", _INVARIANTS),
    Rule(
        "MSG-2",
        "Within a conversation no sequence repeats, and later messages have greater ones.",
        _INVARIANTS,
    ),
    Rule("MSG-3", "A message says something, it is never blank.", _INVARIANTS),
    Rule(
        "MSG-4",
        "A message is the user's or the assistant's; model, tokens and artifacts are the latter's.",
        _INVARIANTS,
    ),
    Rule("MSG-5", "Messages go with their conversation.", _INVARIANTS),
    Rule("MSG-6", "The first question and its reply have the sequences 1 and 2.", _SOURCE),
    Rule("MSG-7", "A question is stored as it was sent.", _SOURCE),
    Rule("MSG-8", "A reply names the conversation's model and its token counts.", _SOURCE),
    Rule("MSG-9", "A question and its reply count as two and move the conversation's times.", _SOURCE),
    Rule(
        "MSG-10",
        "What a reply made is an artifact: ready, from this conversation, its caller's own.",
        _SOURCE,
    ),
    Rule("MSG-11", "A question stays stored and counted when the LLM fails.", _SOURCE),
    Rule("MSG-12", "Parallel questions are all answered, each with sequences of its own.", _SOURCE),
    Rule("MSG-13", "Messages are listed by sequence, oldest first.", _SOURCE),
    Rule("MSG-14", "The LLM is given the whole history and the system prompt.", _SOURCE),
    Rule("MSG-15", "A message has 1 to 100,000 characters, else 400.", _SOURCE),
    Rule("MSG-16", "A message that was stored never changes.", "conventions.md 7"),
    Rule("INV-C4", "A conversation counts exactly the messages that are stored.", _INVARIANTS),
)

LONGEST = 100_000

_OF_REPLIES = ("model", "input_tokens", "output_tokens", "artifacts")


def sending_answer(conversation: Json | None, caller_id: str, body: Any) -> Answer:
    """What `send_message` answers while the LLM works: the first refusal, else 201."""
    refused = sending_refusals(conversation, caller_id, body)
    return refused[0] if refused else CREATED


def sending_refusals(conversation: Json | None, caller_id: str, body: Any) -> tuple[Answer, ...]:
    """Every refusal `send_message` may give, empty for none.

    A blank text is wrong input, yet listed behind the unknown conversation: where both hold, either counts.
    """
    content = body.get("content") if isinstance(body, Mapping) else None
    if not isinstance(content, str) or not is_text(content, 1, LONGEST):
        return (INVALID,)
    blank = (INVALID,) if is_blank(content) else ()
    if conversation is None or reading_answer(conversation, caller_id) != OK:
        return (*blank, NOT_FOUND)
    return blank or ((INVALID,) if conversation["status"] == "archived" else ())


def broken_message_rules(message: Json, conversation: Json) -> list[Broken]:
    """Judge one message of `conversation` as answered or listed."""
    role, content, place = (message.get(name) for name in ("role", "content", "sequence"))
    belongs = message.get("conversation_id") == conversation.get("id")
    blank = isinstance(content, str) and is_blank(content)
    unknown = role not in ("user", "assistant")
    return [
        *broken_when(
            (isinstance(place, int) and place < 1, "MSG-1", f"sequence is {place}"),
            (blank, "MSG-3", f"content is {content!r}"),
            (unknown, "MSG-4", f"role is {role!r}, expected user or assistant"),
            (not belongs, "MSG-5", f"conversation_id is {message.get('conversation_id')!r}"),
        ),
        *(_reply(message, conversation) if role == "assistant" else _question(message)),
    ]


def _question(message: Json) -> list[Broken]:
    set_too = [name for name in _OF_REPLIES if message.get(name) is not None]
    return broken_when(
        (set_too != [], "MSG-4", f"a {message.get('role')} message has {', '.join(set_too)}"),
    )


def _reply(message: Json, conversation: Json) -> list[Broken]:
    model, expected, made = message.get("model"), conversation.get("model"), message.get("artifacts")
    tokens = [message.get(name) for name in ("input_tokens", "output_tokens")]
    kinds = [each.get("kind") for each in made or () if isinstance(each, Mapping)]
    return broken_when(
        (model != expected, "MSG-8", f"model of a reply is {model!r}, expected {expected!r}"),
        (not all(is_whole(count, 0, 2**31 - 1) for count in tokens), "MSG-8", f"token counts are {tokens}"),
        (made == [], "MSG-10", "artifacts is empty, expected null when there are none"),
        (not set(kinds) <= set(MADE), "MSG-10", f"a reply made {kinds}, expected storyboards or characters"),
    )


def broken_pair_rules(before: Json, content: str, response: Json) -> list[Broken]:
    """Judge the 201 of `send_message`; `before` is the conversation as read before sending `content`."""
    question, reply = response.get("user_message") or {}, response.get("assistant_message") or {}
    places = [question.get("sequence"), reply.get("sequence")]
    roles = [question.get("role"), reply.get("role")]
    numbers = [place for place in places if isinstance(place, int)]
    rising = len(numbers) == 2 and numbers[0] < numbers[1]
    first = before.get("message_count") == 0
    kept = question.get("content") == content
    return [
        *(fault for message in (question, reply) for fault in broken_message_rules(message, before)),
        *broken_when(
            (roles != ["user", "assistant"], "MSG-4", f"the pair has roles {roles}"),
            (not rising, "MSG-2", f"the pair has sequences {places}"),
            (first and places != [1, 2], "MSG-6", f"the first pair has sequences {places}"),
            (not kept, "MSG-7", f"content is {question.get('content')!r}, expected {content!r}"),
        ),
    ]


def broken_sent_rules(before: Json, after: Json, *, stored: int = 2) -> list[Broken]:
    """MSG-9 for a conversation read before and after sending, which stored that many messages.

    One is stored when the LLM failed (MSG-11); whether `updated_at` moves then is open.
    """
    rule = "MSG-9" if stored > 1 else "MSG-11"
    count = before["message_count"] + stored
    last, now_last = instant(before.get("last_message_at")), instant(after.get("last_message_at"))
    old, new = instant(before.get("updated_at")), instant(after.get("updated_at"))
    silent = now_last is None or (last is not None and now_last <= last)
    still = stored > 1 and old is not None and new is not None and new <= old
    return [
        *broken_expectations(rule, "the conversation", after, {"message_count": count}),
        *broken_when(
            (silent, rule, f"last_message_at went from {last} to {now_last}"),
            (still, rule, f"updated_at went from {old} to {new}"),
        ),
    ]


def broken_message_list_rules(messages: Sequence[Json], conversation: Json) -> list[Broken]:
    """Judge messages of `conversation` as paged through from some offset on."""
    places = [place for each in messages if isinstance(place := each.get("sequence"), int)]
    times = [moment for each in messages if (moment := instant(each.get("created_at")))]
    twice = repeated(map(str, places))
    back = any(later < earlier for earlier, later in pairwise(times))
    return [
        *(fault for message in messages for fault in broken_message_rules(message, conversation)),
        *broken_when(
            (twice != [], "MSG-2", f"sequences of more than one message: {', '.join(twice)}"),
            (places != sorted(places), "MSG-13", f"sequences stand as {places}"),
            (places == sorted(places) and back, "MSG-2", "a message has a lower sequence than an older one"),
        ),
    ]


def broken_count_rules(conversation: Json, messages: Sequence[Json]) -> list[Broken]:
    """INV-C4 for a conversation and all of its messages."""
    counted, stored = conversation.get("message_count"), len(messages)
    return broken_when((counted != stored, "INV-C4", f"message_count is {counted}, {stored} are stored"))


def broken_message_transition(before: Json, after: Json) -> list[Broken]:
    """MSG-16 for two reads of one message."""
    return broken_constants("MSG-16", before, after, sorted({*before, *after}))


def broken_artifact_rules(reference: Json, artifact: Json, conversation: Json) -> list[Broken]:
    """MSG-10 for an artifact a reply refers to, as `get_artifact` shows it right after."""
    expected = {
        "id": reference.get("id"), "kind": reference.get("kind"), "status": "ready",
        "source": "conversation", "conversation_id": conversation.get("id"),
        "owner": f"framecast:user:{conversation.get('user_id')}",
        "created_by": conversation.get("user_id"),
    }  # fmt: skip
    return broken_expectations("MSG-10", "what a reply made", artifact, expected)
