"""The requests of the area `system_assets`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import MISSING

from .. import failures, headers, models
from .._request import Answer, Operation, Request, build

__all__ = ["GET_SYSTEM_ASSET", "LIST_SYSTEM_ASSETS", "get_system_asset", "list_system_assets"]


LIST_SYSTEM_ASSETS: Operation[list[models.SystemAsset]] = Operation(
    "list_system_assets",
    "GET",
    "/v1/system-assets",
    answers={
        200: (
            Answer(
                "application/json",
                list[models.SystemAsset],
                headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET,
            ),
        )
    },
    failures={
        400: failures.INVALID_REQUEST,
        401: failures.UNAUTHORIZED,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
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
    """List the ready-made sounds: the request of the method `list_system_assets`."""
    return build(
        LIST_SYSTEM_ASSETS,
        query={"category": category, "tags": tags, "search": search, "limit": limit, "offset": offset},
    )


GET_SYSTEM_ASSET: Operation[models.SystemAsset] = Operation(
    "get_system_asset",
    "GET",
    "/v1/system-assets/{system_asset_id}",
    answers={
        200: (
            Answer("application/json", models.SystemAsset, headers=headers.X_RATELIMIT_LIMIT_REMAINING_RESET),
        )
    },
    failures={
        401: failures.UNAUTHORIZED,
        404: failures.NOT_FOUND,
        429: failures.RATE_LIMITED,
        500: failures.SERVER_FAULT,
    },
)


def get_system_asset(system_asset_id: str) -> Request[models.SystemAsset]:
    """Read one ready-made sound: the request of the method `get_system_asset`."""
    return build(GET_SYSTEM_ASSET, path={"system_asset_id": system_asset_id})
