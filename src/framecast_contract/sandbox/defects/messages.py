"""Defects of messages: their sequence, what is kept of a question, and the list of them."""

import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, replace, with_body
from framecast_contract.sandbox.http import Call, invalid

_MESSAGES = "tests/lifecycle/test_messages.py"
_FIRST = f"{_MESSAGES}::test_the_first_question_is_answered"
_GOES_ON = f"{_MESSAGES}::test_a_talk_goes_on_and_is_kept_as_it_was"
_REFUSED = f"{_MESSAGES}::test_what_says_nothing_or_too_much_is_not_stored"
_PAGES = f"{_MESSAGES}::test_pages_make_up_the_talk"
_REFERS = f"{_MESSAGES}::test_a_message_keeps_what_it_refers_to"
_THINKING = "tests/properties/test_conversation_races.py::test_what_is_said_together_is_all_answered[True-12]"

Json = dict[str, Any]


def _shown_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that shows messages with other members than they have."""
    return lambda sandbox: alter(sandbox.messages.view, lambda shown: shown | change(shown))


def _blank_taken(sandbox: Sandbox) -> None:
    def check(conversation: sqlite3.Row, _content: str) -> None:
        if conversation["status"] != "active":
            raise invalid("conversation is archived")

    replace(sandbox.messages.check_sendable, check)


def _stripped(sandbox: Sandbox) -> None:
    append = sandbox.messages.append

    def tidy(conversation_id: str, message: Json) -> sqlite3.Row:
        return append(conversation_id, {**message, "content": message["content"].strip()})

    replace(sandbox.messages.append, tidy)


def _after_appending(sandbox: Sandbox, role: str, columns: str) -> None:
    """Once a message of that role was added, its conversation is changed by this SQL."""
    append = sandbox.messages.append

    def appended(conversation_id: str, message: Json) -> sqlite3.Row:
        stored = append(conversation_id, message)
        if message["role"] == role:
            sandbox.database.run(f"UPDATE conversations SET {columns} WHERE id = ?", conversation_id)
        return stored

    replace(sandbox.messages.append, appended)


def _same_place(sandbox: Sandbox) -> None:
    """Replies take the place after their question, also when that is taken."""
    append, after = sandbox.messages.append, dict[str, int]()

    def placed(conversation_id: str, message: Json) -> sqlite3.Row:
        stored = append(conversation_id, message)
        if message["role"] == "user":
            return stored
        sequence = after.setdefault(conversation_id, 0) + 2
        after[conversation_id] = sequence
        sandbox.database.update("messages", stored["id"], {"sequence": sequence})
        moved = sandbox.database.one("SELECT * FROM messages WHERE id = ?", stored["id"])
        assert moved is not None
        return moved

    replace(sandbox.messages.append, placed)


def _latest_first(sandbox: Sandbox) -> None:
    alter(
        sandbox.messages.list_messages,
        lambda response: with_body(response, lambda messages: messages[::-1]),
    )


def _long_message_cut(sandbox: Sandbox) -> None:
    send = sandbox.messages.send_message

    def cut(call: Call) -> Awaitable[Response]:
        content = call.body().get("content")
        return send(asking(call, content=content[:100_000]) if isinstance(content, str) else call)

    replace(sandbox.messages.send_message, cut)


def _reference_lost(sandbox: Sandbox) -> None:
    delete = sandbox.artifacts.delete_artifact

    def thorough(call: Call) -> Response:
        response = delete(call)
        sandbox.database.run(
            "UPDATE messages SET artifacts = NULL WHERE artifacts LIKE ?",
            f"%{call.path_uuid('artifact_id')}%",
        )
        return response

    replace(sandbox.artifacts.delete_artifact, thorough)


DEFECTS = (
    Defect(
        "messages-from-zero",
        "MSG-1",
        "The first message of a conversation has the sequence 0.",
        _shown_as(lambda shown: {"sequence": shown["sequence"] - 1}),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "reply-shares-sequence",
        "MSG-2",
        "A reply has the sequence of its question.",
        _shown_as(lambda shown: {"sequence": (shown["sequence"] + 1) // 2}),
        (_GOES_ON,),
    ),
    Defect(
        "blank-message",
        "MSG-3",
        "A message may be all white space.",
        _blank_taken,
        (f"{_REFUSED}[a blank]", f"{_REFUSED}[only white space]"),
    ),
    Defect(
        "question-names-model",
        "MSG-4",
        "A question names a model as a reply does.",
        _shown_as(lambda shown: {"model": shown["model"] or "claude"}),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "messages-from-two",
        "MSG-6",
        "The first message of a conversation has the sequence 2.",
        _shown_as(lambda shown: {"sequence": shown["sequence"] + 1}),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "question-stripped",
        "MSG-7",
        "White space around a message is dropped.",
        _stripped,
        (f"{_FIRST}[white space around it]",),
    ),
    Defect(
        "talk-without-change",
        "MSG-9",
        "Messages do not count as a change of their conversation.",
        lambda sandbox: _after_appending(sandbox, "assistant", "updated_at = created_at"),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "replies-not-counted",
        "INV-C4",
        "A conversation counts the user's messages only.",
        lambda sandbox: _after_appending(sandbox, "assistant", "message_count = message_count - 1"),
        (_PAGES,),
    ),
    Defect(
        "replies-in-even-places",
        "MSG-2",
        "The second message is always a reply, whatever was said meanwhile.",
        _same_place,
        (_THINKING,),
    ),
    Defect("latest-message-first", "MSG-13", "Messages are listed newest first.", _latest_first, (_GOES_ON,)),
    Defect(
        "long-message-cut",
        "MSG-15",
        "A message is cut to 100,000 characters.",
        _long_message_cut,
        (f"{_REFUSED}[too long]",),
    ),
    Defect(
        "reference-goes-with-artifact",
        "MSG-16",
        "A message loses its reference when the artifact is deleted.",
        _reference_lost,
        (_REFERS,),
    ),
)
