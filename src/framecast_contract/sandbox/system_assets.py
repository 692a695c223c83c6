"""The read-only catalogue of sounds (jobs-and-rendering 8)."""

from typing import TYPE_CHECKING

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.catalogue import BY_ID, CATEGORIES, SYSTEM_ASSETS, SystemAsset
from framecast_contract.sandbox.http import Call, not_found

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class SystemAssets:
    """Listing and reading; nothing changes the catalogue."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_system_assets(self, call: Call) -> Response:
        query = call.query()
        category, tags, search = (
            query.choice("category", CATEGORIES),
            query.many("tags"),
            query.text("search"),
        )
        limit, offset = query.page()
        found = [asset for asset in SYSTEM_ASSETS if self.matches(asset, category, tags, search)]
        return JSONResponse([asset.as_dict() for asset in found[offset : offset + limit]])

    def matches(self, asset: SystemAsset, category: str | None, tags: list[str], search: str | None) -> bool:
        """All filters together; of several tags any one is enough; search ignores case."""
        text = f"{asset.name}\n{asset.description}".lower()
        return (
            category in (None, asset.category)
            and (not tags or not set(tags).isdisjoint(asset.tags))
            and (search or "").lower() in text
        )

    def get_system_asset(self, call: Call) -> Response:
        """One asset with a preview URL; 404 for ids of any shape that name none."""
        asset = BY_ID.get(call.params["system_asset_id"])
        if asset is None:
            raise not_found("system asset")
        preview_url = self._sandbox.storage.preview_url(asset.s3_key)
        return JSONResponse({**asset.as_dict(), "preview_url": preview_url})
