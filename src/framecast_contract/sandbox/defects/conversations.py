"""Defects of conversations: how they begin and change, and who finds which."""

import sqlite3
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.conversations import STATUSES
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, Refusal, forbidden

_TALKS = "tests/lifecycle/test_conversations.py"
_BEGUN = f"{_TALKS}::test_a_conversation_begins_as_asked_or_is_refused"
_UPDATED = f"{_TALKS}::test_an_update_changes_what_it_names"
_ARCHIVED = f"{_TALKS}::test_a_conversation_goes_into_the_archive_and_comes_back"
_FOREIGN = f"{_TALKS}::test_nobody_else_gets_at_a_conversation"
_LISTED = f"{_TALKS}::test_what_was_spoken_in_last_is_listed_first_and_the_silent_ones_last"
_READ_ONLY = "tests/lifecycle/test_messages.py::test_an_archived_talk_is_read_and_not_continued"
_RACES = "tests/properties/test_conversation_races.py"
_ARCHIVED_ONCE = f"{_RACES}::test_a_conversation_is_archived_once"

Json = dict[str, Any]


def _shown_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that shows conversations with other members than they have."""
    return lambda sandbox: alter(sandbox.conversations.view, lambda shown: shown | change(shown))


def _begun_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that begins a conversation as if other members had been asked for."""

    def plant(sandbox: Sandbox) -> None:
        create = sandbox.conversations.create_conversation
        replace(
            sandbox.conversations.create_conversation,
            lambda call: create(asking(call, **change(call.body()))),
        )

    return plant


def _cut(name: str, length: int) -> Callable[[Json], Json]:
    """The change that shortens a text to so many characters."""

    def change(body: Json) -> Json:
        given = body.get(name)
        return {name: given[:length] if isinstance(given, str) else given}

    return change


def _all_readable(sandbox: Sandbox) -> None:
    own = sandbox.conversations.own

    def anybody_s(caller: Caller, conversation_id: str) -> sqlite3.Row:
        found = sandbox.database.one("SELECT * FROM conversations WHERE id = ?", conversation_id)
        return own(caller, conversation_id) if found is None else found

    replace(sandbox.conversations.own, anybody_s)


def _foreign_told(sandbox: Sandbox) -> None:
    own = sandbox.conversations.own

    def telling(caller: Caller, conversation_id: str) -> sqlite3.Row:
        try:
            return own(caller, conversation_id)
        except Refusal:
            found = sandbox.database.one("SELECT * FROM conversations WHERE id = ?", conversation_id)
            if found is None:
                raise
            raise forbidden("this conversation is not yours") from None

    replace(sandbox.conversations.own, telling)


def _ordered_by(member: str) -> Callable[[Sandbox], None]:
    """A defect that lists conversations by another of their times, newest first."""

    def in_order(shown: list[Json]) -> list[Json]:
        return sorted(shown, key=lambda each: str(each[member]), reverse=True)

    return lambda sandbox: alter(
        sandbox.conversations.list_conversations, lambda response: with_body(response, in_order)
    )


def _archive_listed(sandbox: Sandbox) -> None:
    list_conversations = sandbox.conversations.list_conversations

    def all_of_them(call: Call) -> Response:
        sql = "SELECT * FROM conversations WHERE user_id = ? AND status <> ?"
        asked = call.query().choice("status", STATUSES) or "active"
        others = sandbox.database.all(sql, (call.caller.id, asked))
        views = [sandbox.conversations.view(each) for each in others]
        return with_body(list_conversations(call), lambda shown: shown + views)

    replace(sandbox.conversations.list_conversations, all_of_them)


def _null_clears_title(sandbox: Sandbox) -> None:
    update = sandbox.conversations.update_conversation

    def clear(call: Call) -> Response:
        response, body = update(call), call.body()
        if "title" in body and body["title"] is None:
            conversation_id = call.path_uuid("conversation_id")
            sandbox.database.update("conversations", conversation_id, {"title": None})
        return response

    replace(sandbox.conversations.update_conversation, clear)


def _model_changed(sandbox: Sandbox) -> None:
    update = sandbox.conversations.update_conversation

    def change(call: Call) -> Response:
        response, model = update(call), call.body().get("model")
        if isinstance(model, str):
            sandbox.database.update("conversations", call.path_uuid("conversation_id"), {"model": model})
        return response

    replace(sandbox.conversations.update_conversation, change)


def _any_status(sandbox: Sandbox) -> None:
    update = sandbox.conversations.update_conversation

    def lenient(call: Call) -> Response:
        status = call.body().get("status")
        if not isinstance(status, str) or status in STATUSES:
            return update(call)
        talk = sandbox.conversations.own(call.caller, call.path_uuid("conversation_id"))
        sandbox.database.update("conversations", talk["id"], {"status": status})
        return JSONResponse(sandbox.conversations.view(sandbox.conversations.own(call.caller, talk["id"])))

    replace(sandbox.conversations.update_conversation, lenient)


DEFECTS = (
    Defect(
        "untitled-conversation-titled",
        "CONV-1",
        "A conversation that begins without a title is given one.",
        _begun_as(lambda body: {"title": "New conversation"} if body.get("title") is None else {}),
        (f"{_BEGUN}[a model]", f"{_BEGUN}[nulls]"),
    ),
    Defect(
        "foreign-conversation-read",
        "CONV-2",
        "Everybody gets at every conversation.",
        _all_readable,
        (f"{_FOREIGN}[get_conversation]", f"{_FOREIGN}[send_message]"),
    ),
    Defect(
        "foreign-conversation-forbidden",
        "CONV-2",
        "A conversation of somebody else is answered 403, which tells that it exists.",
        _foreign_told,
        (f"{_FOREIGN}[list_messages]",),
    ),
    Defect(
        "conversations-by-birth",
        "CONV-3",
        "Conversations are listed by when they began.",
        _ordered_by("created_at"),
        (_LISTED,),
    ),
    Defect(
        "renamed-conversation-first",
        "CONV-3",
        "Conversations are listed by their latest change, a new title included.",
        _ordered_by("updated_at"),
        (_LISTED,),
    ),
    Defect(
        "archive-always-listed",
        "CONV-4",
        "Conversations of both states are listed whatever is asked for.",
        _archive_listed,
        (_LISTED, _ARCHIVED),
    ),
    Defect(
        "archived-twice",
        "CONV-5",
        "A conversation may be given the status that it has.",
        lambda sandbox: fix(sandbox.conversations.check_is_change, None),
        (f"{_UPDATED}[the status it has]", _ARCHIVED_ONCE),
    ),
    Defect(
        "null-clears-title",
        "CONV-6",
        "A title of null clears the title of a conversation.",
        _null_clears_title,
        (f"{_UPDATED}[nulls]",),
    ),
    Defect(
        "model-changed-on-the-way",
        "CONV-7",
        "An update changes the model of a conversation.",
        _model_changed,
        (f"{_UPDATED}[what cannot be set]",),
    ),
    Defect(
        "long-model-cut",
        "CONV-8",
        "The name of a model is cut to 100 characters.",
        _begun_as(_cut("model", 100)),
        (f"{_BEGUN}[model of 101]",),
    ),
    Defect(
        "long-title-cut",
        "CONV-8",
        "The title of a new conversation is cut to 200 characters.",
        _begun_as(_cut("title", 200)),
        (f"{_BEGUN}[title of 201]",),
    ),
    Defect(
        "archive-takes-messages",
        "CONV-9",
        "An archived conversation is continued.",
        lambda sandbox: fix(sandbox.messages.check_sendable, None),
        (_READ_ONLY, _ARCHIVED),
    ),
    Defect(
        "spoken-in-at-birth",
        "CONV-10",
        "A conversation without messages tells when it was spoken in.",
        _shown_as(lambda shown: {"last_message_at": shown["last_message_at"] or shown["created_at"]}),
        (f"{_BEGUN}[a model]",),
    ),
    Defect(
        "any-conversation-status",
        "INV-C1",
        "A conversation may be given a status of one's own.",
        _any_status,
        (f"{_UPDATED}[an unknown status]", f"{_UPDATED}[a status in upper case]"),
    ),
    Defect(
        "fewer-than-no-messages",
        "INV-C3",
        "A conversation counts one message less than it has.",
        _shown_as(lambda shown: {"message_count": shown["message_count"] - 1}),
        (f"{_BEGUN}[a model]",),
    ),
    Defect(
        "conversation-changed-before-birth",
        "INV-C5",
        "A conversation says that it was changed long before it began.",
        _shown_as(lambda _: {"updated_at": "2000-01-01T00:00:00.000000Z"}),
        (f"{_BEGUN}[a model]", f"{_UPDATED}[a title]"),
    ),
    Defect(
        "long-system-prompt-cut",
        "INV-C6",
        "A system prompt is cut to 10,000 characters.",
        _begun_as(_cut("system_prompt", 10_000)),
        (f"{_BEGUN}[system prompt of 10,001]",),
    ),
)
