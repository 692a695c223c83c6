"""Conversations with the language model, each of one person (accounts-and-teams 9)."""

import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.http import Call, Caller, choice, invalid, not_found, required, text

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

STATUSES = ("active", "archived")
_SHOWN = (
    "id",
    "user_id",
    "title",
    "model",
    "system_prompt",
    "status",
    "message_count",
    "last_message_at",
    "created_at",
    "updated_at",
)


class Conversations:
    """The operations on conversations; what is said in them is the business of `Messages`."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_conversations(self, call: Call) -> Response:
        """Own conversations in one state, the one spoken in last first, silent ones at the end."""
        query = call.query()
        status = query.choice("status", STATUSES) or "active"
        rows = self._sandbox.database.all(
            "SELECT * FROM conversations WHERE user_id = ? AND status = ?"
            " ORDER BY last_message_at DESC NULLS LAST, created_at DESC LIMIT ? OFFSET ?",
            (call.caller.id, status, *query.page()),
        )
        return JSONResponse([self.view(row) for row in rows])

    def create_conversation(self, call: Call) -> Response:
        body = call.body()
        model = required(text(body, "model", 1, 100), "model")
        title, system_prompt = text(body, "title", 0, 200), text(body, "system_prompt", 0, 10_000)
        moment, conversation_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": conversation_id,
            "user_id": call.caller.id,
            "title": title,
            "model": model,
            "system_prompt": system_prompt,
            "status": "active",
            "message_count": 0,
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("conversations", row)
        return JSONResponse(self.view(self.own(call.caller, conversation_id)), 201)

    def get_conversation(self, call: Call) -> Response:
        return JSONResponse(self.view(self.own(call.caller, call.path_uuid("conversation_id"))))

    def update_conversation(self, call: Call) -> Response:
        """Change title or state; absent and null members keep their value."""
        conversation_id, body = call.path_uuid("conversation_id"), call.body()
        title, status = text(body, "title", 0, 200), choice(body, "status", STATUSES)
        self.check_is_change(self.own(call.caller, conversation_id), status)
        changes = {"title": title, "status": status, "updated_at": self._sandbox.stamp()}
        given = {name: value for name, value in changes.items() if value is not None}
        self._sandbox.database.update("conversations", conversation_id, given)
        return JSONResponse(self.view(self.own(call.caller, conversation_id)))

    def delete_conversation(self, call: Call) -> Response:
        self.forget(self.own(call.caller, call.path_uuid("conversation_id"))["id"])
        return Response(status_code=204)

    def forget(self, conversation_id: str) -> None:
        """Remove a conversation with its messages. Artifacts made in it stay and no longer name it."""
        database = self._sandbox.database
        database.run("UPDATE artifacts SET conversation_id = NULL WHERE conversation_id = ?", conversation_id)
        database.run("DELETE FROM messages WHERE conversation_id = ?", conversation_id)
        database.run("DELETE FROM conversations WHERE id = ?", conversation_id)

    def check_is_change(self, conversation: sqlite3.Row, status: str | None) -> None:
        """400 for the state it already has (conventions 13)."""
        if status == conversation["status"]:
            raise invalid(f"conversation is already {status}")

    def own(self, caller: Caller, conversation_id: str) -> sqlite3.Row:
        """The caller's conversation; 404 for unknown ids and other people's alike."""
        row = self._sandbox.database.one("SELECT * FROM conversations WHERE id = ?", conversation_id)
        if row is None or row["user_id"] != caller.id:
            raise not_found("conversation")
        return row

    def view(self, conversation: sqlite3.Row) -> dict[str, Any]:
        """`Conversation`."""
        return {name: conversation[name] for name in _SHOWN}
