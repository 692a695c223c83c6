"""Uploaded files: where to put them, whether they arrived, who may use them (jobs-and-rendering 7)."""

import json
import sqlite3
from collections.abc import Awaitable
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import Owner, parse_owner
from framecast_contract.sandbox.http import (
    UUID,
    Call,
    Caller,
    Refusal,
    choice,
    conflict,
    forbidden,
    integer,
    not_found,
    required,
    text,
)
from framecast_contract.sandbox.owned import narrow, owner_filter, uuid_member
from framecast_contract.sandbox.upstreams import StoredFile, UpstreamError

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

CONTENT_TYPES = (
    "image/jpeg",
    "image/png",
    "image/webp",
    "audio/mpeg",
    "audio/wav",
    "audio/ogg",
    "video/mp4",
)
STATUSES = ("pending", "ready", "failed")
MAX_BYTES = 50 * 1024 * 1024
MAX_FILENAME = 255
_PLAIN = (
    "id",
    "owner",
    "uploaded_by",
    "project_id",
    "filename",
    "s3_key",
    "content_type",
    "size_bytes",
    "status",
    "created_at",
    "updated_at",
)


class Assets:
    """The operations on assets, and the storage that owners use."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create_asset_upload_url(self, call: Call) -> Response:
        """A pending asset and the URL its bytes may be put to; nothing counts as stored yet."""
        body = call.body()
        file = self.file_in(body)
        urn, project_id = text(body, "owner"), uuid_member(body, "project_id")
        owner = self._sandbox.access.owner_for(call.caller, urn)
        self._sandbox.projects.require_owner(project_id, owner)
        asset = self.create(owner, call.caller.id, file | {"project_id": project_id})
        upload_url = self._sandbox.storage.upload_url(asset["s3_key"], asset["content_type"])
        return JSONResponse({"asset": self.view(asset), "upload_url": upload_url}, 201)

    def file_in(self, body: dict[str, Any]) -> dict[str, Any]:
        """Name, type and size of the file that is announced; 400 unless all are there and allowed."""
        return {
            "filename": required(text(body, "filename", 1, MAX_FILENAME), "filename"),
            "content_type": required(choice(body, "content_type", CONTENT_TYPES), "content_type"),
            "size_bytes": required(integer(body, "size_bytes", 1, MAX_BYTES), "size_bytes"),
        }

    def confirm_asset_upload(self, call: Call) -> Awaitable[Response]:
        """Ready when the announced file is there, failed (and 409) when it is not."""
        return self._confirm(call.caller, self.unconfirmed(call.caller, call.path_uuid("asset_id")))

    async def _confirm(self, caller: Caller, asset: sqlite3.Row) -> Response:
        """Ask the object store, then look again: meanwhile the asset may be gone or somebody was faster."""
        stored = await self._look_up(asset["s3_key"])
        with self._sandbox.database.transaction():
            asset = self.reread(caller, asset)
            fits = self.fits(asset, stored)
            confirmed = self.settle(asset, "ready" if fits else "failed")
        if not fits:
            raise conflict("the stored object is missing, or has another size or content type than announced")
        return JSONResponse(self.view(confirmed))

    async def _look_up(self, s3_key: str) -> StoredFile | None:
        try:
            return await self._sandbox.upstreams.stored_file(self._sandbox.storage.lookup_url(s3_key))
        except UpstreamError as error:
            raise Refusal(500, "INTERNAL_ERROR", "the object store does not answer; try again") from error

    def unconfirmed(self, caller: Caller, asset_id: str) -> sqlite3.Row:
        """The caller's pending upload: 404, then 403 for somebody else's, then 409 once it was confirmed."""
        asset = self.visible(caller, asset_id)
        if asset["uploaded_by"] != caller.id:
            raise forbidden("only who asked for the upload can confirm it")
        if asset["status"] != "pending":
            raise conflict(f"asset is {asset['status']}")
        return asset

    def reread(self, caller: Caller, asset: sqlite3.Row) -> sqlite3.Row:
        """The asset as it is after the wait, if it can still be confirmed."""
        return self.unconfirmed(caller, asset["id"])

    def fits(self, asset: sqlite3.Row, stored: StoredFile | None) -> bool:
        """Whether what arrived is what was announced: same type, size within 5 %."""
        if stored is None or stored.content_type != asset["content_type"]:
            return False
        announced: int = asset["size_bytes"]
        return abs(stored.size_bytes - announced) * 20 <= announced

    def settle(self, asset: sqlite3.Row, status: str) -> sqlite3.Row:
        """pending → ready or failed; a ready file takes its announced size of the owner's storage."""
        changes = {"status": status, "updated_at": self._sandbox.stamp()}
        self._sandbox.database.update("assets", asset["id"], changes)
        if status == "ready":
            self.take_storage(asset["owner"], asset["size_bytes"])
        return self._existing(asset["id"])

    def list_assets(self, call: Call) -> Response:
        """Accessible assets, newest first, narrowed by every filter given."""
        query = call.query()
        filters = (
            ("owner = ?", owner_filter(query)),
            ("project_id = ?", query.uuid("project_id")),
            ("instr(content_type, ?) = 1", query.text("content_type") or None),
            ("status = ?", query.choice("status", STATUSES)),
        )
        page = query.page()
        sql, values = narrow(self._sandbox.access.visible_owners(call.caller), filters)
        rows = self._sandbox.database.all(
            f"SELECT * FROM assets WHERE {sql} ORDER BY created_at DESC LIMIT ? OFFSET ?", [*values, *page]
        )
        return JSONResponse([self.view(row) for row in rows])

    def get_asset(self, call: Call) -> Response:
        """The asset, and while it is ready a URL to its bytes."""
        asset = self.visible(call.caller, call.path_uuid("asset_id"))
        shown = self.view(asset)
        if asset["status"] == "ready":
            shown["download_url"] = self._sandbox.storage.download_url(asset["s3_key"])
        return JSONResponse(shown)

    def delete_asset(self, call: Call) -> Response:
        asset = self.visible(call.caller, call.path_uuid("asset_id"))
        if not self.may_delete(call.caller, asset):
            raise forbidden("this asset is not yours to delete")
        self.remove(asset)
        return Response(status_code=204)

    def may_delete(self, caller: Caller, asset: sqlite3.Row) -> bool:
        """Who uploaded it, and a team's owners and admins; a viewer never, whatever came before."""
        owner = parse_owner(asset["owner"])
        if owner is None or not self._sandbox.access.may_use(caller, owner):
            return False
        uploaded: bool = asset["uploaded_by"] == caller.id
        return uploaded or self._sandbox.access.manages(caller, owner)

    def remove(self, asset: sqlite3.Row) -> None:
        """Forget an asset; a ready one gives its storage back."""
        if asset["status"] == "ready":
            self.take_storage(asset["owner"], -asset["size_bytes"])
        self._sandbox.database.run("DELETE FROM assets WHERE id = ?", asset["id"])

    def take_storage(self, owner_urn: str, size_bytes: int) -> None:
        """Raise what an owner's storage holds (lower it, when negative, but not below nothing: INV-U6)."""
        owner = parse_owner(owner_urn)
        assert owner is not None
        table, payer_id = self._sandbox.credits.payer(owner)
        self._sandbox.database.run(
            f"UPDATE {table} SET ephemeral_storage_bytes = max(ephemeral_storage_bytes + ?, 0),"
            " updated_at = ? WHERE id = ?",
            size_bytes,
            self._sandbox.stamp(),
            payer_id,
        )

    def create(self, owner: Owner, user_id: str, file: dict[str, Any]) -> sqlite3.Row:
        moment, asset_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": asset_id,
            "owner": owner.urn,
            "uploaded_by": user_id,
            "s3_key": self._sandbox.storage.asset_key(owner, asset_id, file["filename"]),
            "status": "pending",
            "metadata": "{}",
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("assets", row | file)
        return self._existing(asset_id)

    def visible(self, caller: Caller, asset_id: str) -> sqlite3.Row:
        """The asset, or 404 when there is none or its owner is not accessible (E-ASSET)."""
        asset = self.find(asset_id)
        if asset is None or not self._sandbox.access.may_see_urn(caller, asset["owner"]):
            raise not_found("asset")
        return asset

    def find(self, asset_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM assets WHERE id = ?", asset_id)

    def _existing(self, asset_id: str) -> sqlite3.Row:
        asset = self.find(asset_id)
        assert asset is not None
        return asset

    def view(self, asset: sqlite3.Row) -> dict[str, Any]:
        """`AssetFile` as it goes over the wire; only `get_asset` adds the URL."""
        shown: dict[str, Any] = {name: asset[name] for name in _PLAIN}
        return shown | {"metadata": json.loads(asset["metadata"]), "download_url": None}

    def seen_by(self, caller: Caller) -> "CallersAssets":
        return CallersAssets(self._sandbox, caller)


class CallersAssets:
    """The ready assets one caller can access, as spec validation asks for them (V-40, V-41)."""

    def __init__(self, sandbox: "Sandbox", caller: Caller) -> None:
        self._sandbox = sandbox
        self._caller = caller

    def content_type(self, asset_id: str) -> str | None:
        """The type of a ready, accessible asset; None for every other id."""
        if not UUID.fullmatch(asset_id):
            return None
        row = self._sandbox.database.one(
            "SELECT owner, content_type FROM assets WHERE id = ? AND status = 'ready'", asset_id.lower()
        )
        if row is None or not self._sandbox.access.may_see_urn(self._caller, row["owner"]):
            return None
        content_type: str = row["content_type"]
        return content_type
