"""The requests of the area `conversations`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "CREATE_CONVERSATION",
    "DELETE_CONVERSATION",
    "GET_CONVERSATION",
    "LIST_CONVERSATIONS",
    "LIST_MESSAGES",
    "SEND_MESSAGE",
    "UPDATE_CONVERSATION",
    "create_conversation",
    "delete_conversation",
    "get_conversation",
    "list_conversations",
    "list_messages",
    "send_message",
    "update_conversation",
]


LIST_CONVERSATIONS: Operation[list[models.Conversation]] = Operation(
    "list_conversations",
    "GET",
    "/v1/conversations",
    answers={
        200: (
            Answer(
                "application/json",
                list[models.Conversation],
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_conversations(
    *,
    status: models.ConversationStatus | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.Conversation]]:
    """List your conversations: the request of the method `list_conversations`."""
    return build(LIST_CONVERSATIONS, query={"status": status, "limit": limit, "offset": offset})


CREATE_CONVERSATION: Operation[models.Conversation] = Operation(
    "create_conversation",
    "POST",
    "/v1/conversations",
    answers={
        201: (
            Answer(
                "application/json", models.Conversation, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def create_conversation(
    model: str, *, title: str | None | MISSING = MISSING, system_prompt: str | None | MISSING = MISSING
) -> Request[models.Conversation]:
    """Start a conversation: the request of the method `create_conversation`."""
    return build(
        CREATE_CONVERSATION, body=present({"model": model, "title": title, "system_prompt": system_prompt})
    )


GET_CONVERSATION: Operation[models.Conversation] = Operation(
    "get_conversation",
    "GET",
    "/v1/conversations/{conversation_id}",
    answers={
        200: (
            Answer(
                "application/json", models.Conversation, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_conversation(conversation_id: UUID | str) -> Request[models.Conversation]:
    """Read a conversation: the request of the method `get_conversation`."""
    return build(GET_CONVERSATION, path={"conversation_id": conversation_id})


DELETE_CONVERSATION: Operation[None] = Operation(
    "delete_conversation",
    "DELETE",
    "/v1/conversations/{conversation_id}",
    answers={204: (Answer(headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),)},
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def delete_conversation(conversation_id: UUID | str) -> Request[None]:
    """Delete a conversation: the request of the method `delete_conversation`."""
    return build(DELETE_CONVERSATION, path={"conversation_id": conversation_id})


UPDATE_CONVERSATION: Operation[models.Conversation] = Operation(
    "update_conversation",
    "PATCH",
    "/v1/conversations/{conversation_id}",
    answers={
        200: (
            Answer(
                "application/json", models.Conversation, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def update_conversation(
    conversation_id: UUID | str,
    *,
    title: str | None | MISSING = MISSING,
    status: models.ConversationStatus | None | MISSING = MISSING,
) -> Request[models.Conversation]:
    """Retitle, archive or reopen a conversation: the request of the method `update_conversation`."""
    return build(
        UPDATE_CONVERSATION,
        path={"conversation_id": conversation_id},
        body=present({"title": title, "status": status}),
    )


LIST_MESSAGES: Operation[list[models.Message]] = Operation(
    "list_messages",
    "GET",
    "/v1/conversations/{conversation_id}/messages",
    answers={
        200: (
            Answer(
                "application/json", list[models.Message], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def list_messages(
    conversation_id: UUID | str, *, limit: int | MISSING = MISSING, offset: int | MISSING = MISSING
) -> Request[list[models.Message]]:
    """List the messages of a conversation: the request of the method `list_messages`."""
    return build(
        LIST_MESSAGES, path={"conversation_id": conversation_id}, query={"limit": limit, "offset": offset}
    )


SEND_MESSAGE: Operation[models.SendMessageResponse] = Operation(
    "send_message",
    "POST",
    "/v1/conversations/{conversation_id}/messages",
    answers={
        201: (
            Answer(
                "application/json",
                models.SendMessageResponse,
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        429: failures.LIMIT_REACHED,
        500: failures.SERVER_FAULT,
    },
)


def send_message(conversation_id: UUID | str, content: str) -> Request[models.SendMessageResponse]:
    """Say something and get the reply: the request of the method `send_message`."""
    return build(SEND_MESSAGE, path={"conversation_id": conversation_id}, body=present({"content": content}))
