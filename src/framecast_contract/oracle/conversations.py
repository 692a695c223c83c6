"""Conversations: private to one user, active or archived, and never changed but in title and status."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.bodies import is_text
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_expectations,
    broken_update_time,
    broken_when,
)
from framecast_contract.oracle.words import (
    CREATED,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "accounts-and-teams.md 9"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("CONV-1", "A new conversation is active, empty, its caller's, and as it was asked for.", _SOURCE),
    Rule("CONV-2", "A conversation of somebody else answers as if it did not exist: 404.", _SOURCE),
    Rule(
        "CONV-3",
        "Conversations are listed by their latest message, silent ones last, then newest first.",
        _SOURCE,
    ),
    Rule("CONV-4", "A list shows one status, active unless archived is asked for.", _SOURCE),
    Rule("CONV-5", "Setting the status a conversation already has is answered 400.", "conventions.md 13"),
    Rule("CONV-6", "An update changes title or status; what is left out or null stays.", _SOURCE),
    Rule("CONV-7", "A conversation keeps its id, user, model, system prompt and birth.", _SOURCE),
    Rule("CONV-8", "A model has 1 to 100 characters, a title at most 200, else 400.", _SOURCE),
    Rule("CONV-9", "An archived conversation can be read, but takes no message: 400.", _SOURCE),
    Rule(
        "CONV-10",
        "A conversation has a latest message time exactly when it had a message.",
        "account-schemas.md 7",
    ),
    Rule("INV-C1", "A conversation is active or archived.", _INVARIANTS),
    Rule("INV-C3", "A conversation never counts fewer than no messages.", _INVARIANTS),
    Rule("INV-C5", "A conversation was not updated before it was created.", _INVARIANTS),
    Rule("INV-C6", "A system prompt has at most 10,000 characters.", _INVARIANTS),
)

STATUSES = ("active", "archived")

_CONSTANT = ("id", "user_id", "model", "system_prompt", "created_at")
_NEVER = datetime.min.replace(tzinfo=UTC)


def creation_answer(body: Any) -> Answer:
    """What `create_conversation` answers (CONV-8, INV-C6)."""
    if not isinstance(body, Mapping) or not is_text(body.get("model"), 1, 100):
        return INVALID
    title, prompt = body.get("title"), body.get("system_prompt")
    fits = _is_title(title) and (prompt is None or is_text(prompt, 0, 10_000))
    return CREATED if fits else INVALID


def _is_title(value: Any) -> bool:
    return value is None or is_text(value, 0, 200)


def reading_answer(conversation: Json | None, caller_id: str) -> Answer:
    """What `get_conversation` and `list_messages` answer; None for an unknown id (CONV-2)."""
    return OK if conversation is not None and conversation["user_id"] == caller_id else NOT_FOUND


def update_answer(conversation: Json | None, caller_id: str, body: Any) -> Answer:
    """What `update_conversation` answers: the body, the conversation, then its status (CONV-5)."""
    if not isinstance(body, Mapping) or not _is_title(body.get("title")):
        return INVALID
    status = body.get("status")
    if status not in (None, *STATUSES):
        return INVALID
    if conversation is None or reading_answer(conversation, caller_id) != OK:
        return NOT_FOUND
    return INVALID if status == conversation["status"] else OK


def deletion_answer(conversation: Json | None, caller_id: str) -> Answer:
    """What `delete_conversation` answers."""
    seen = reading_answer(conversation, caller_id)
    return NO_CONTENT if seen == OK else seen


def updated(conversation: Json, body: Json) -> dict[str, Any]:
    """The conversation after an accepted update, `updated_at` left as it was (CONV-6)."""
    named = {name: body[name] for name in ("title", "status") if body.get(name) is not None}
    return {**conversation, **named}


def broken_creation_rules(body: Json, conversation: Json, caller_id: str) -> list[Broken]:
    """Judge the 201 of `create_conversation`."""
    expected = {
        "user_id": caller_id, "status": "active", "message_count": 0, "last_message_at": None,
        **{name: body.get(name) for name in ("title", "model", "system_prompt")},
    }  # fmt: skip
    return [
        *broken_expectations("CONV-1", "a new conversation", conversation, expected),
        *broken_conversation_rules(conversation, caller_id),
    ]


def broken_conversation_rules(conversation: Json, caller_id: str) -> list[Broken]:
    """Judge one conversation as `caller_id` reads it."""
    status, user, prompt = (conversation.get(name) for name in ("status", "user_id", "system_prompt"))
    last, count = conversation.get("last_message_at"), conversation.get("message_count")
    several, negative = isinstance(count, int) and count > 0, isinstance(count, int) and count < 0
    return [
        *broken_when(
            (user != caller_id, "CONV-2", f"a conversation of {user} is shown to {caller_id}"),
            (status not in STATUSES, "INV-C1", f"status is {status!r}, expected active or archived"),
            (negative, "INV-C3", f"message_count is {count}"),
            (isinstance(prompt, str) and len(prompt) > 10_000, "INV-C6", "the system prompt is too long"),
            (several != (last is not None), "CONV-10", f"{count} messages, the last {last}"),
        ),
        *broken_birth_time(conversation, "INV-C5", "INV-TIME1"),
    ]


def broken_conversation_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one conversation, `after` taken later."""
    old, new = before.get("message_count"), after.get("message_count")
    fewer = isinstance(old, int) and isinstance(new, int) and new < old
    cleared = before.get("title") is not None and after.get("title") is None
    moved = any(before.get(name) != after.get(name) for name in ("title", "status"))
    return [
        *broken_constants("CONV-7", before, after, _CONSTANT),
        *broken_when(
            (fewer, "INV-C4", f"message_count went from {old} to {new}"),
            (cleared, "CONV-6", f"the title {before.get('title')!r} was cleared"),
        ),
        *broken_update_time(before, after, updated=moved),
    ]


def broken_update_rules(before: Json, body: Json, after: Json) -> list[Broken]:
    """Judge the 200 of `update_conversation` with `body`, nothing else having happened since `before`."""
    expected = updated(before, body)
    kept = ("title", "status", "message_count", "last_message_at")
    named = {name: expected.get(name) for name in kept}
    return [
        *broken_expectations("CONV-6", "an updated conversation", after, named),
        *broken_constants("CONV-7", before, after, _CONSTANT),
        *broken_update_time(before, after, updated=True),
    ]


def broken_conversation_list_rules(
    conversations: Sequence[Json], caller_id: str, *, status: str = "active"
) -> list[Broken]:
    """Judge one page of `list_conversations` asked for `status`."""
    others = sorted({str(each.get("status")) for each in conversations} - {status})
    places = [_place(each) for each in conversations]
    disorder = any(earlier < later for earlier, later in pairwise(places))
    return [
        *(fault for each in conversations for fault in broken_conversation_rules(each, caller_id)),
        *broken_when(
            (others != [], "CONV-4", f"asked for {status}, got {', '.join(others)}"),
            (disorder, "CONV-3", f"latest messages stand as {[str(last) for last, _ in places]}"),
        ),
    ]


def _place(conversation: Json) -> tuple[datetime, datetime]:
    last, created = instant(conversation.get("last_message_at")), instant(conversation.get("created_at"))
    return last or _NEVER, created or _NEVER
