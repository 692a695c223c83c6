"""The requests of the area `assets`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from uuid import UUID

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build, present

__all__ = [
    "CONFIRM_ASSET_UPLOAD",
    "CREATE_ASSET_UPLOAD_URL",
    "DELETE_ASSET",
    "GET_ASSET",
    "LIST_ASSETS",
    "confirm_asset_upload",
    "create_asset_upload_url",
    "delete_asset",
    "get_asset",
    "list_assets",
]


CREATE_ASSET_UPLOAD_URL: Operation[models.AssetUpload] = Operation(
    "create_asset_upload_url",
    "POST",
    "/v1/assets/upload-url",
    answers={
        201: (
            Answer("application/json", models.AssetUpload, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
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


def create_asset_upload_url(
    filename: str,
    content_type: models.AssetContentType,
    size_bytes: int,
    *,
    owner: str | None | MISSING = MISSING,
    project_id: UUID | str | None | MISSING = MISSING,
) -> Request[models.AssetUpload]:
    """Announce an upload: the request of the method `create_asset_upload_url`."""
    return build(
        CREATE_ASSET_UPLOAD_URL,
        body=present(
            {
                "filename": filename,
                "content_type": content_type,
                "size_bytes": size_bytes,
                "owner": owner,
                "project_id": project_id,
            }
        ),
    )


LIST_ASSETS: Operation[list[models.AssetFile]] = Operation(
    "list_assets",
    "GET",
    "/v1/assets",
    answers={
        200: (
            Answer(
                "application/json", list[models.AssetFile], headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET
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


def list_assets(
    *,
    owner: str | MISSING = MISSING,
    project_id: UUID | str | MISSING = MISSING,
    content_type: str | MISSING = MISSING,
    status: models.AssetStatus | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.AssetFile]]:
    """List assets: the request of the method `list_assets`."""
    return build(
        LIST_ASSETS,
        query={
            "owner": owner,
            "project_id": project_id,
            "content_type": content_type,
            "status": status,
            "limit": limit,
            "offset": offset,
        },
    )


GET_ASSET: Operation[models.AssetFile] = Operation(
    "get_asset",
    "GET",
    "/v1/assets/{asset_id}",
    answers={
        200: (
            Answer("application/json", models.AssetFile, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
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


def get_asset(asset_id: UUID | str) -> Request[models.AssetFile]:
    """Read an asset: the request of the method `get_asset`."""
    return build(GET_ASSET, path={"asset_id": asset_id})


DELETE_ASSET: Operation[None] = Operation(
    "delete_asset",
    "DELETE",
    "/v1/assets/{asset_id}",
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


def delete_asset(asset_id: UUID | str) -> Request[None]:
    """Delete an asset: the request of the method `delete_asset`."""
    return build(DELETE_ASSET, path={"asset_id": asset_id})


CONFIRM_ASSET_UPLOAD: Operation[models.AssetFile] = Operation(
    "confirm_asset_upload",
    "POST",
    "/v1/assets/{asset_id}/confirm",
    answers={
        200: (
            Answer("application/json", models.AssetFile, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        403: failures.FORBIDDEN,
        404: failures.NOT_FOUND,
        409: failures.CONFLICT,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def confirm_asset_upload(asset_id: UUID | str) -> Request[models.AssetFile]:
    """Finish an upload: the request of the method `confirm_asset_upload`."""
    return build(CONFIRM_ASSET_UPLOAD, path={"asset_id": asset_id})
