"""Talks with the language model: how a story begins one, the requests that take one, all its messages."""

from typing import Any
from uuid import UUID

from framecast_client import Request, operations
from framecast_client.models import Conversation, Message, SendMessageResponse
from framecast_contract.target.people import Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.belongings import MODEL

WORDS = "Tell me of a dog."


async def new_conversation(person: Persona, **wishes: Any) -> Conversation:
    """An active conversation without messages."""
    return await person.client.create_conversation(MODEL, **wishes)


async def say(person: Persona, conversation_id: UUID | str, *words: str) -> list[SendMessageResponse]:
    """Send messages one after the other, a second apart, each answered before the next."""
    answers = []
    for content in words:
        await pass_time(1)
        answers.append(await person.client.send_message(conversation_id, content))
    return answers


async def all_messages(person: Persona, conversation_id: UUID | str) -> list[Message]:
    """Every message of a conversation, oldest first, page by page."""
    found: list[Message] = []
    while True:
        page = await person.client.list_messages(conversation_id, limit=100, offset=len(found))
        found += page
        if len(page) < 100:
            return found


def conversation_requests(conversation_id: UUID | str) -> dict[str, Request[Any]]:
    """A good request of every operation on one conversation, by operation; the deletion comes last."""
    return {
        "get_conversation": operations.get_conversation(conversation_id),
        "update_conversation": operations.update_conversation(conversation_id, title="Dogs"),
        "send_message": operations.send_message(conversation_id, WORDS),
        "list_messages": operations.list_messages(conversation_id),
        "delete_conversation": operations.delete_conversation(conversation_id),
    }
