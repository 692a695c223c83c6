"""Defects of the end of conversations: what goes along, and what stays."""

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Call, Refusal

_TALKS = "tests/lifecycle/test_conversations.py"
_DELETED = f"{_TALKS}::test_a_deleted_conversation_is_gone_with_its_messages"
_ACCOUNT_GONE = f"{_TALKS}::test_conversations_go_with_their_account"
_RACES = "tests/properties/test_conversation_races.py"
_DELETED_ONCE = f"{_RACES}::test_a_conversation_is_deleted_once"
_MESSAGES = "tests/lifecycle/test_messages.py"
_OUTLIVE = f"{_MESSAGES}::test_artifacts_outlive_the_talk_they_come_from"


def _deletion_repeated(sandbox: Sandbox) -> None:
    delete = sandbox.conversations.delete_conversation

    def lenient(call: Call) -> Response:
        try:
            return delete(call)
        except Refusal as refused:
            if refused.status != 404:
                raise
            return Response(status_code=204)

    replace(sandbox.conversations.delete_conversation, lenient)


def _talks_kept(sandbox: Sandbox) -> None:
    """Whoever comes back finds every talk, messages and all."""
    remove_user, tables = sandbox.removal.remove_user, ("conversations", "messages")

    def remove(user_id: str) -> list[str]:
        kept = {table: sandbox.database.all(f"SELECT * FROM {table}") for table in tables}
        renders = remove_user(user_id)
        for table, rows in kept.items():
            sandbox.database.run(f"DELETE FROM {table}")
            for row in rows:
                sandbox.database.insert(table, dict(row))
        return renders

    replace(sandbox.removal.remove_user, remove)


def _messages_stay(sandbox: Sandbox) -> None:
    """The messages of a deleted conversation can still be listed."""
    listed = sandbox.messages.list_messages

    def forget(conversation_id: str) -> None:
        sandbox.database.run("DELETE FROM conversations WHERE id = ?", conversation_id)

    def left(call: Call) -> Response:
        try:
            return listed(call)
        except Refusal:
            sql = "SELECT * FROM messages WHERE conversation_id = ? ORDER BY sequence"
            rows = sandbox.database.all(sql, (call.path_uuid("conversation_id"),))
            if not rows:
                raise
            return JSONResponse([sandbox.messages.view(row) for row in rows])

    replace(sandbox.conversations.forget, forget)
    replace(sandbox.messages.list_messages, left)


def _deleted_talk_named(sandbox: Sandbox) -> None:
    def forget(conversation_id: str) -> None:
        sandbox.database.run("DELETE FROM messages WHERE conversation_id = ?", conversation_id)
        sandbox.database.run("DELETE FROM conversations WHERE id = ?", conversation_id)

    replace(sandbox.conversations.forget, forget)


DEFECTS = (
    Defect(
        "conversation-deleted-twice",
        "CONV-2",
        "Deleting a conversation that is gone is answered 204.",
        _deletion_repeated,
        (_DELETED_ONCE, f"{_DELETED}[active]"),
    ),
    Defect(
        "talks-outlive-account",
        "INV-C2",
        "A deleted account leaves its conversations and messages to whoever comes back.",
        _talks_kept,
        (_ACCOUNT_GONE,),
    ),
    Defect(
        "messages-outlive-conversation",
        "MSG-5",
        "The messages of a deleted conversation can still be read.",
        _messages_stay,
        (f"{_DELETED}[active]", f"{_DELETED}[archived]"),
    ),
    Defect(
        "artifact-names-deleted-talk",
        "INV-X7",
        "What came from a deleted conversation goes on naming it.",
        _deleted_talk_named,
        (_OUTLIVE,),
    ),
)
