"""The methods of the area `assets`, for both clients. Generated; do not edit."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from pydantic import MISSING

from .. import operations
from .._async_client import AsyncClient
from .._async_uploads import AsyncUpload
from .._files import File, Progress, Source
from .._sync_client import SyncClient
from .._sync_uploads import SyncUpload

if TYPE_CHECKING:
    from .. import models


class AsyncAssets(AsyncClient):
    """The asynchronous methods of the area `assets`."""

    async def create_asset_upload_url(
        self,
        filename: str,
        content_type: models.AssetContentType,
        size_bytes: int,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
    ) -> models.AssetUpload:
        """Announce an upload.

        Makes a pending asset and answers with the URL that takes its bytes by PUT for 15 minutes. Then
        call `confirm_asset_upload`; storage counts from there. Belongs to the caller unless `owner` names
        another; for a project it must be the project's team. A team's owner, admins and members may
        upload for the team. A key needs the scope `assets:write`.

        `POST /v1/assets/upload-url`

        Args:
            filename: 1 to 255 characters.
            content_type: What can be uploaded. One of `image/jpeg`, `image/png`, `image/webp`, `audio/mpeg`,
                `audio/wav`, `audio/ogg`, `video/mp4`.
            size_bytes: At most 50 MiB. 1 to 52428800.
            owner: The caller's personal URN when left out. With `project_id` it must be the project's team.
                At most 500 characters.
            project_id: The project the asset belongs to.

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
        return await self.call(
            operations.create_asset_upload_url(
                filename, content_type, size_bytes, owner=owner, project_id=project_id
            )
        )

    async def upload_asset(
        self,
        file: File,
        content_type: models.AssetContentType,
        *,
        filename: str | MISSING = MISSING,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        on_progress: Progress | None = None,
    ) -> models.AssetFile:
        """Upload a file: `create_asset_upload_url`, the bytes, then `confirm_asset_upload`.

        Args:
            file: The bytes, the path of a file, or a file that is open for reading bytes.
            content_type: As in `create_asset_upload_url`.
            owner: As in `create_asset_upload_url`.
            project_id: As in `create_asset_upload_url`.
            filename: The name to announce, that of the file unless given.
            on_progress: Told after every piece: bytes sent, bytes in all.

        Raises:
            UploadError: the store did not take the bytes.
            OSError, ValueError: the file cannot be read, or has no name.
            ApiError, ContractViolation, TransportError: as `create_asset_upload_url` and
                `confirm_asset_upload`.
        """
        with Source(file, on_progress) as source:
            upload = await self.create_asset_upload_url(
                filename=source.name(filename),
                content_type=content_type,
                size_bytes=source.size,
                owner=owner,
                project_id=project_id,
            )
            await AsyncUpload(self, source).put(upload.upload_url, content_type)
        return await self.confirm_asset_upload(upload.asset.id)

    async def list_assets(
        self,
        *,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        content_type: str | MISSING = MISSING,
        status: models.AssetStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.AssetFile]:
        """List assets.

        Answers with the assets the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. `download_url` is null here:
        read one asset to get it. A key needs the scope `assets:read`.

        For all of them: `client.paginate(client.list_assets)`.

        `GET /v1/assets`

        Args:
            owner: Only assets of this owner. At most 500 characters.
            project_id: Only assets of this project.
            content_type: Only assets whose content type starts with this text.
            status: Only assets in this state. One of `pending`, `ready`, `failed`.
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
        return await self.call(
            operations.list_assets(
                owner=owner,
                project_id=project_id,
                content_type=content_type,
                status=status,
                limit=limit,
                offset=offset,
            )
        )

    async def get_asset(self, asset_id: UUID | str) -> models.AssetFile:
        """Read an asset.

        Answers with the asset. When it is ready, `download_url` leads to its bytes for an hour. Viewers
        of a team see its assets too. A key needs the scope `assets:read`.

        `GET /v1/assets/{asset_id}`

        Args:
            asset_id: Id of the asset.

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
        return await self.call(operations.get_asset(asset_id))

    async def delete_asset(self, asset_id: UUID | str) -> None:
        """Delete an asset.

        Removes the asset, in whatever state, and gives its storage back. Storyboards that name it no
        longer validate. Whoever uploaded it may delete it, unless they only view the team it belongs to,
        and so may an owner or admin of that team. A key needs the scope `assets:write`.

        `DELETE /v1/assets/{asset_id}`

        Args:
            asset_id: Id of the asset.

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
        return await self.call(operations.delete_asset(asset_id))

    async def confirm_asset_upload(self, asset_id: UUID | str) -> models.AssetFile:
        """Finish an upload.

        Looks at what was uploaded and makes the asset ready; its size now counts as storage of the owner.
        Call it once, after the bytes are there: when nothing is there, the size is off by more than 5 %
        or the type is another one, the asset becomes `failed` for good and a new upload has to be
        announced. Takes no body. Only whoever announced the upload may finish it, in whatever team role.
        A key needs the scope `assets:write`.

        `POST /v1/assets/{asset_id}/confirm`

        Args:
            asset_id: Id of the asset.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return await self.call(operations.confirm_asset_upload(asset_id))


class SyncAssets(SyncClient):
    """The blocking methods of the area `assets`."""

    def create_asset_upload_url(
        self,
        filename: str,
        content_type: models.AssetContentType,
        size_bytes: int,
        *,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
    ) -> models.AssetUpload:
        """Announce an upload.

        Makes a pending asset and answers with the URL that takes its bytes by PUT for 15 minutes. Then
        call `confirm_asset_upload`; storage counts from there. Belongs to the caller unless `owner` names
        another; for a project it must be the project's team. A team's owner, admins and members may
        upload for the team. A key needs the scope `assets:write`.

        `POST /v1/assets/upload-url`

        Args:
            filename: 1 to 255 characters.
            content_type: What can be uploaded. One of `image/jpeg`, `image/png`, `image/webp`, `audio/mpeg`,
                `audio/wav`, `audio/ogg`, `video/mp4`.
            size_bytes: At most 50 MiB. 1 to 52428800.
            owner: The caller's personal URN when left out. With `project_id` it must be the project's team.
                At most 500 characters.
            project_id: The project the asset belongs to.

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
        return self.call(
            operations.create_asset_upload_url(
                filename, content_type, size_bytes, owner=owner, project_id=project_id
            )
        )

    def upload_asset(
        self,
        file: File,
        content_type: models.AssetContentType,
        *,
        filename: str | MISSING = MISSING,
        owner: str | None | MISSING = MISSING,
        project_id: UUID | str | None | MISSING = MISSING,
        on_progress: Progress | None = None,
    ) -> models.AssetFile:
        """Upload a file: `create_asset_upload_url`, the bytes, then `confirm_asset_upload`.

        Args:
            file: The bytes, the path of a file, or a file that is open for reading bytes.
            content_type: As in `create_asset_upload_url`.
            owner: As in `create_asset_upload_url`.
            project_id: As in `create_asset_upload_url`.
            filename: The name to announce, that of the file unless given.
            on_progress: Told after every piece: bytes sent, bytes in all.

        Raises:
            UploadError: the store did not take the bytes.
            OSError, ValueError: the file cannot be read, or has no name.
            ApiError, ContractViolation, TransportError: as `create_asset_upload_url` and
                `confirm_asset_upload`.
        """
        with Source(file, on_progress) as source:
            upload = self.create_asset_upload_url(
                filename=source.name(filename),
                content_type=content_type,
                size_bytes=source.size,
                owner=owner,
                project_id=project_id,
            )
            SyncUpload(self, source).put(upload.upload_url, content_type)
        return self.confirm_asset_upload(upload.asset.id)

    def list_assets(
        self,
        *,
        owner: str | MISSING = MISSING,
        project_id: UUID | str | MISSING = MISSING,
        content_type: str | MISSING = MISSING,
        status: models.AssetStatus | MISSING = MISSING,
        limit: int | MISSING = MISSING,
        offset: int | MISSING = MISSING,
    ) -> list[models.AssetFile]:
        """List assets.

        Answers with the assets the caller can see, newest first: those of the personal URN and, for a
        creator, those of every team they are in and their own inside it. Filters combine with AND; an
        `owner` or `project_id` the caller cannot access gives an empty list. `download_url` is null here:
        read one asset to get it. A key needs the scope `assets:read`.

        For all of them: `client.paginate(client.list_assets)`.

        `GET /v1/assets`

        Args:
            owner: Only assets of this owner. At most 500 characters.
            project_id: Only assets of this project.
            content_type: Only assets whose content type starts with this text.
            status: Only assets in this state. One of `pending`, `ready`, `failed`.
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
        return self.call(
            operations.list_assets(
                owner=owner,
                project_id=project_id,
                content_type=content_type,
                status=status,
                limit=limit,
                offset=offset,
            )
        )

    def get_asset(self, asset_id: UUID | str) -> models.AssetFile:
        """Read an asset.

        Answers with the asset. When it is ready, `download_url` leads to its bytes for an hour. Viewers
        of a team see its assets too. A key needs the scope `assets:read`.

        `GET /v1/assets/{asset_id}`

        Args:
            asset_id: Id of the asset.

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
        return self.call(operations.get_asset(asset_id))

    def delete_asset(self, asset_id: UUID | str) -> None:
        """Delete an asset.

        Removes the asset, in whatever state, and gives its storage back. Storyboards that name it no
        longer validate. Whoever uploaded it may delete it, unless they only view the team it belongs to,
        and so may an owner or admin of that team. A key needs the scope `assets:write`.

        `DELETE /v1/assets/{asset_id}`

        Args:
            asset_id: Id of the asset.

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
        return self.call(operations.delete_asset(asset_id))

    def confirm_asset_upload(self, asset_id: UUID | str) -> models.AssetFile:
        """Finish an upload.

        Looks at what was uploaded and makes the asset ready; its size now counts as storage of the owner.
        Call it once, after the bytes are there: when nothing is there, the size is off by more than 5 %
        or the type is another one, the asset becomes `failed` for good and a new upload has to be
        announced. Takes no body. Only whoever announced the upload may finish it, in whatever team role.
        A key needs the scope `assets:write`.

        `POST /v1/assets/{asset_id}/confirm`

        Args:
            asset_id: Id of the asset.

        Raises:
            ValidationError: 400 `VALIDATION_ERROR`.
            UnauthorizedError: 401, as MissingAuthorizationError, InvalidAuthorizationError,
                InvalidTokenError, InvalidApiKeyError, UserNotFoundError, MissingEmailError.
            AuthorizationError: 403 `AUTHORIZATION_ERROR`.
            NotFoundError: 404 `NOT_FOUND`.
            ConflictError: 409 `CONFLICT`.
            RateLimitExceededError: 429 `RATE_LIMIT_EXCEEDED`.
            InternalServerError: 500, as InternalError, UnexpectedError, DatabaseError, SerializationError,
                AuthError, UserLoadError, MembershipsLoadError, UserProvisionFailedError.
        """
        return self.call(operations.confirm_asset_upload(asset_id))
