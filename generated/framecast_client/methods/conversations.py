"""The methods of the area `conversations`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._sync_client import SyncClient

if TYPE_CHECKING:
    from .. import models


class AsyncConversations(AsyncClient):
    """The asynchronous methods of the area `conversations`."""

    async def list_conversations(
        self,
        *,
        status: models.ConversationStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Conversation]:
        """List your conversations.

        Answers with the caller's conversations in one state, the last spoken in first, then those without
        a message, the newest first. Active and archived ones never come together. A key needs the scope
        `conversations:read`.

        For all of them: `client.paginate(client.list_conversations)`.

        `GET /v1/conversations`

        Args:
            status: Only conversations in this state. One of `active`, `archived`. When left out, the server
                takes active.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_conversations(status=status, limit=limit, offset=offset))

    async def create_conversation(
        self,
        model: str,
        *,
        title: str | None | MISSING = MISSING,
        system_prompt: str | None | MISSING = MISSING,
    ) -> models.Conversation:
        """Start a conversation.

        Makes an empty conversation with a language model; nothing is sent to the model yet. Model and
        system prompt stay as they are given. Costs no credits. A key needs the scope
        `conversations:write`.

        `POST /v1/conversations`

        Args:
            model: Name of a language model. 1 to 100 characters.
            title: At most 200 characters.
            system_prompt: What the model is told beforehand. At most 10000 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(
            operations.create_conversation(model, title=title, system_prompt=system_prompt)
        )

    async def get_conversation(self, conversation_id: UUID | str) -> models.Conversation:
        """Read a conversation.

        Answers with the conversation, active or archived, without its messages (`list_messages` has
        them). A key needs the scope `conversations:read`.

        `GET /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.get_conversation(conversation_id))

    async def delete_conversation(self, conversation_id: UUID | str) -> None:
        """Delete a conversation.

        Removes the conversation, active or archived, with its messages. Artifacts it produced stay,
        without the id of the conversation. A key needs the scope `conversations:write`.

        `DELETE /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.delete_conversation(conversation_id))

    async def update_conversation(
        self,
        conversation_id: UUID | str,
        *,
        title: str | None | MISSING = MISSING,
        status: models.ConversationStatus | None | MISSING = MISSING,
    ) -> models.Conversation:
        """Retitle, archive or reopen a conversation.

        Changes the members that are sent; one that is left out or null stays, so a title cannot be taken
        away. An archived conversation can be read, but nothing can be sent to it until it is active
        again. A key needs the scope `conversations:write`.

        `PATCH /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.
            title: At most 200 characters.
            status: Must differ from what it is. One of `active`, `archived`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.update_conversation(conversation_id, title=title, status=status))

    async def list_messages(
        self, conversation_id: UUID | str, *, limit: int | MISSING = MISSING, offset: int | MISSING = MISSING
    ) -> list[models.Message]:
        """List the messages of a conversation.

        Answers with what was said, oldest first, in archived conversations too. A key needs the scope
        `conversations:read`.

        For all of them: `client.paginate(client.list_messages)`.

        `GET /v1/conversations/{conversation_id}/messages`

        Args:
            conversation_id: Id of the conversation.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.list_messages(conversation_id, limit=limit, offset=offset))

    async def send_message(self, conversation_id: UUID | str, content: str) -> models.SendMessageResponse:
        """Say something and get the reply.

        Stores the message, asks the language model with everything said so far, stores its reply and
        answers with both. Storyboards and characters the reply made are artifacts of the caller's
        personal URN, ready at once. If the model fails, the message stays stored without a reply. Costs
        no credits. A key needs the scope `conversations:write`.

        `POST /v1/conversations/{conversation_id}/messages`

        Args:
            conversation_id: Id of the conversation.
            content: Not blank. 1 to 100000 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.send_message(conversation_id, content))


class SyncConversations(SyncClient):
    """The blocking methods of the area `conversations`."""

    def list_conversations(
        self,
        *,
        status: models.ConversationStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.Conversation]:
        """List your conversations.

        Answers with the caller's conversations in one state, the last spoken in first, then those without
        a message, the newest first. Active and archived ones never come together. A key needs the scope
        `conversations:read`.

        For all of them: `client.paginate(client.list_conversations)`.

        `GET /v1/conversations`

        Args:
            status: Only conversations in this state. One of `active`, `archived`. When left out, the server
                takes active.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_conversations(status=status, limit=limit, offset=offset))

    def create_conversation(
        self,
        model: str,
        *,
        title: str | None | MISSING = MISSING,
        system_prompt: str | None | MISSING = MISSING,
    ) -> models.Conversation:
        """Start a conversation.

        Makes an empty conversation with a language model; nothing is sent to the model yet. Model and
        system prompt stay as they are given. Costs no credits. A key needs the scope
        `conversations:write`.

        `POST /v1/conversations`

        Args:
            model: Name of a language model. 1 to 100 characters.
            title: At most 200 characters.
            system_prompt: What the model is told beforehand. At most 10000 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.create_conversation(model, title=title, system_prompt=system_prompt))

    def get_conversation(self, conversation_id: UUID | str) -> models.Conversation:
        """Read a conversation.

        Answers with the conversation, active or archived, without its messages (`list_messages` has
        them). A key needs the scope `conversations:read`.

        `GET /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.get_conversation(conversation_id))

    def delete_conversation(self, conversation_id: UUID | str) -> None:
        """Delete a conversation.

        Removes the conversation, active or archived, with its messages. Artifacts it produced stay,
        without the id of the conversation. A key needs the scope `conversations:write`.

        `DELETE /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.delete_conversation(conversation_id))

    def update_conversation(
        self,
        conversation_id: UUID | str,
        *,
        title: str | None | MISSING = MISSING,
        status: models.ConversationStatus | None | MISSING = MISSING,
    ) -> models.Conversation:
        """Retitle, archive or reopen a conversation.

        Changes the members that are sent; one that is left out or null stays, so a title cannot be taken
        away. An archived conversation can be read, but nothing can be sent to it until it is active
        again. A key needs the scope `conversations:write`.

        `PATCH /v1/conversations/{conversation_id}`

        Args:
            conversation_id: Id of the conversation.
            title: At most 200 characters.
            status: Must differ from what it is. One of `active`, `archived`.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.update_conversation(conversation_id, title=title, status=status))

    def list_messages(
        self, conversation_id: UUID | str, *, limit: int | MISSING = MISSING, offset: int | MISSING = MISSING
    ) -> list[models.Message]:
        """List the messages of a conversation.

        Answers with what was said, oldest first, in archived conversations too. A key needs the scope
        `conversations:read`.

        For all of them: `client.paginate(client.list_messages)`.

        `GET /v1/conversations/{conversation_id}/messages`

        Args:
            conversation_id: Id of the conversation.
            limit: Page size. Values below 1 count as 1, values above 100 as 100; only a non-integer is
                refused. When left out, the server takes 50.
            offset: How many elements to skip. Values below 0 count as 0; past the end the answer is `[]`.
                When left out, the server takes 0.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.list_messages(conversation_id, limit=limit, offset=offset))

    def send_message(self, conversation_id: UUID | str, content: str) -> models.SendMessageResponse:
        """Say something and get the reply.

        Stores the message, asks the language model with everything said so far, stores its reply and
        answers with both. Storyboards and characters the reply made are artifacts of the caller's
        personal URN, ready at once. If the model fails, the message stays stored without a reply. Costs
        no credits. A key needs the scope `conversations:write`.

        `POST /v1/conversations/{conversation_id}/messages`

        Args:
            conversation_id: Id of the conversation.
            content: Not blank. 1 to 100000 characters.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.send_message(conversation_id, content))
