"""The requests of the area `system_assets`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import MISSING

from .. import errors, models
from .._request import Answer, Operation, Request, build

__all__ = ["GET_SYSTEM_ASSET", "LIST_SYSTEM_ASSETS", "get_system_asset", "list_system_assets"]


LIST_SYSTEM_ASSETS: Operation[list[models.SystemAsset]] = Operation(
    "list_system_assets",
    "GET",
    "/v1/system-assets",
    answers={200: Answer("application/json", list[models.SystemAsset])},
    errors={
        400: (errors.ValidationError,),
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.InvalidApiKeyError,
            errors.UserNotFoundError,
            errors.MissingEmailError,
        ),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def list_system_assets(
    *,
    category: models.SystemAssetCategory | MISSING = MISSING,
    tags: Sequence[str] | MISSING = MISSING,
    search: str | MISSING = MISSING,
    limit: int | MISSING = MISSING,
    offset: int | MISSING = MISSING,
) -> Request[list[models.SystemAsset]]:
    """List the ready-made sounds: the request of `FramecastClient.list_system_assets`."""
    return build(
        LIST_SYSTEM_ASSETS,
        query={"category": category, "tags": tags, "search": search, "limit": limit, "offset": offset},
    )


GET_SYSTEM_ASSET: Operation[models.SystemAsset] = Operation(
    "get_system_asset",
    "GET",
    "/v1/system-assets/{system_asset_id}",
    answers={200: Answer("application/json", models.SystemAsset)},
    errors={
        401: (
            errors.MissingAuthorizationError,
            errors.InvalidAuthorizationError,
            errors.InvalidTokenError,
            errors.InvalidApiKeyError,
            errors.UserNotFoundError,
            errors.MissingEmailError,
        ),
        404: (errors.NotFoundError,),
        429: (errors.RateLimitExceededError,),
        500: (
            errors.InternalError,
            errors.UnexpectedError,
            errors.DatabaseError,
            errors.SerializationError,
            errors.AuthError,
            errors.UserLoadError,
            errors.MembershipsLoadError,
            errors.UserProvisionFailedError,
        ),
    },
)


def get_system_asset(system_asset_id: str) -> Request[models.SystemAsset]:
    """Read one ready-made sound: the request of `FramecastClient.get_system_asset`."""
    return build(GET_SYSTEM_ASSET, path={"system_asset_id": system_asset_id})
