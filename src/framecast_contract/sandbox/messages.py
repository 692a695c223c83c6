"""Messages of conversations: said, answered by the language model, and read (accounts-and-teams 9)."""

import json
import logging
import sqlite3
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import replies
from framecast_contract.sandbox.access import personal_urn
from framecast_contract.sandbox.http import Call, Caller, Refusal, invalid, is_blank, required, text
from framecast_contract.sandbox.upstreams import RateLimited, UpstreamError

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

log = logging.getLogger(__name__)
_PLAIN = (
    "id",
    "conversation_id",
    "role",
    "content",
    "model",
    "input_tokens",
    "output_tokens",
    "sequence",
    "created_at",
)


class Messages:
    """The operations on messages, and the rules of a conversation's record."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_messages(self, call: Call) -> Response:
        """One page, oldest first; archived conversations can still be read."""
        conversation_id, query = call.path_uuid("conversation_id"), call.query()
        page = query.page()
        self._sandbox.conversations.own(call.caller, conversation_id)
        rows = self._sandbox.database.all(
            "SELECT * FROM messages WHERE conversation_id = ? ORDER BY sequence LIMIT ? OFFSET ?",
            (conversation_id, *page),
        )
        return JSONResponse([self.view(row) for row in rows])

    def send_message(self, call: Call) -> Awaitable[Response]:
        """Keep what the user says, then have it answered; the first stays whatever becomes of the second."""
        conversation_id = call.path_uuid("conversation_id")
        content = required(text(call.body(), "content", 1, 100_000), "content")
        conversation = self._sandbox.conversations.own(call.caller, conversation_id)
        self.check_sendable(conversation, content)
        said = self.append(conversation_id, {"role": "user", "content": content})
        return self._answered(call.caller, conversation, said)

    def check_sendable(self, conversation: sqlite3.Row, content: str) -> None:
        if conversation["status"] != "active":
            raise invalid("conversation is archived")
        if is_blank(content):
            raise invalid("content must not be blank")

    async def _answered(self, caller: Caller, conversation: sqlite3.Row, said: sqlite3.Row) -> Response:
        """Both messages. 404 when the conversation was deleted meanwhile; archiving it comes too late."""
        reply = await self._ask(conversation, said["sequence"])
        with self._sandbox.database.transaction():
            self._sandbox.conversations.own(caller, conversation["id"])
            answer = self._keep(caller, conversation, reply)
        shown = {"user_message": self.view(said), "assistant_message": self.view(answer)}
        return JSONResponse(shown, 201)

    async def _ask(self, conversation: sqlite3.Row, sequence: int) -> replies.Reply:
        """The model's reply to the record up to this message; asked once, a person can send again."""
        turns = replies.turns(self.history(conversation["id"], sequence))
        try:
            message = await self._sandbox.upstreams.converse(
                conversation["model"], conversation["system_prompt"], turns, replies.TOOLS
            )
        except RateLimited as error:
            raise Refusal(
                429, "RATE_LIMIT_EXCEEDED", "the language model is busy; send again later"
            ) from error
        except UpstreamError as error:
            log.warning("conversation %s got no answer: %s", conversation["id"], error)
            raise Refusal(500, "INTERNAL_ERROR", "the language model failed") from error
        return replies.read(message)

    def history(self, conversation_id: str, sequence: int) -> list[tuple[str, str]]:
        """Role and content of everything said up to this message, which is the one to answer."""
        rows = self._sandbox.database.all(
            "SELECT role, content FROM messages WHERE conversation_id = ? AND sequence <= ?"
            " ORDER BY sequence",
            (conversation_id, sequence),
        )
        return [(row["role"], row["content"]) for row in rows]

    def _keep(self, caller: Caller, conversation: sqlite3.Row, reply: replies.Reply) -> sqlite3.Row:
        """Store the reply and the artifacts made in it."""
        made = [self._create(caller, conversation["id"], *artifact) for artifact in reply.artifacts]
        message = {
            "role": "assistant",
            "content": reply.content,
            "artifacts": json.dumps(made) if made else None,
            "model": conversation["model"],
            "input_tokens": reply.input_tokens,
            "output_tokens": reply.output_tokens,
        }
        return self.append(conversation["id"], message)

    def _create(
        self, caller: Caller, conversation_id: str, kind: str, spec: dict[str, Any]
    ) -> dict[str, str]:
        """A ready artifact of the caller; its `ArtifactRef`."""
        moment, artifact_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": artifact_id,
            "owner": personal_urn(caller.id),
            "created_by": caller.id,
            "kind": kind,
            "status": "ready",
            "source": "conversation",
            "spec": json.dumps(spec, ensure_ascii=False),
            "conversation_id": conversation_id,
            "metadata": "{}",
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("artifacts", row)
        return {"id": artifact_id, "kind": kind}

    def append(self, conversation_id: str, message: dict[str, Any]) -> sqlite3.Row:
        """Add a message at the end and count it, in the transaction around (INV-C4, MSG-2)."""
        moment, message_id = self._sandbox.stamp(), self._sandbox.new_id()
        sequence = self.next_sequence(conversation_id)
        row = {"id": message_id, "conversation_id": conversation_id, **message}
        self._sandbox.database.insert("messages", row | {"sequence": sequence, "created_at": moment})
        self._sandbox.database.run(
            "UPDATE conversations SET message_count = message_count + 1, last_message_at = ?, updated_at = ?"
            " WHERE id = ?",
            *(moment, moment, conversation_id),
        )
        stored = self._sandbox.database.one("SELECT * FROM messages WHERE id = ?", message_id)
        assert stored is not None
        return stored

    def next_sequence(self, conversation_id: str) -> int:
        """From 1, without gaps."""
        row = self._sandbox.database.one(
            "SELECT max(sequence) AS last FROM messages WHERE conversation_id = ?", conversation_id
        )
        return 1 if row is None or row["last"] is None else int(row["last"]) + 1

    def view(self, message: sqlite3.Row) -> dict[str, Any]:
        """`Message`."""
        artifacts = message["artifacts"]
        shown = {name: message[name] for name in _PLAIN}
        return shown | {"artifacts": None if artifacts is None else json.loads(artifacts)}
