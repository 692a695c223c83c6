"""Defects of confirming an uploaded file, and of the storage it takes."""

import sqlite3
from collections.abc import Callable
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, as_if, replace
from framecast_contract.sandbox.http import Caller
from framecast_contract.sandbox.upstreams import StoredFile

_UPLOADS = "tests/lifecycle/test_uploads.py"
_CONFIRMED = f"{_UPLOADS}::test_a_confirmed_file_is_ready_if_it_is_the_one_announced"
_LATE = f"{_UPLOADS}::test_bytes_that_come_after_the_failure_come_too_late"
_UPLOADER = f"{_UPLOADS}::test_only_the_uploader_confirms"
_STORAGE = f"{_UPLOADS}::test_storage_rises_with_a_file_once_and_falls_with_it"
_RACES = "tests/properties/test_project_races.py"
_GONE = "tests/lifecycle/test_assets.py::test_a_deleted_asset_is_gone"

Json = dict[str, Any]


def _anybody_confirms(sandbox: Sandbox) -> None:
    unconfirmed = sandbox.assets.unconfirmed

    def lax(caller: Caller, asset_id: str) -> sqlite3.Row:
        asset = sandbox.assets.visible(caller, asset_id)
        uploader = sandbox.accounts.find(asset["uploaded_by"])
        return unconfirmed(caller if uploader is None else Caller(uploader), asset_id)

    replace(sandbox.assets.unconfirmed, lax)


def _confirmed_again(sandbox: Sandbox) -> None:
    unconfirmed = sandbox.assets.unconfirmed

    def lax(caller: Caller, asset_id: str) -> sqlite3.Row:
        asset = sandbox.assets.visible(caller, asset_id)
        mine = asset["uploaded_by"] == caller.id and asset["status"] == "ready"
        return asset if mine else unconfirmed(caller, asset_id)

    replace(sandbox.assets.unconfirmed, lax)


def _tried_again(sandbox: Sandbox) -> None:
    unconfirmed = sandbox.assets.unconfirmed

    def lax(caller: Caller, asset_id: str) -> sqlite3.Row:
        asset = sandbox.assets.visible(caller, asset_id)
        mine = asset["uploaded_by"] == caller.id and asset["status"] == "failed"
        return asset if mine else unconfirmed(caller, asset_id)

    replace(sandbox.assets.unconfirmed, lax)


def _fits_if(sandbox: Sandbox, lax: Callable[[sqlite3.Row, StoredFile | None], bool]) -> None:
    """More files than those announced are accepted."""
    fits = sandbox.assets.fits
    replace(sandbox.assets.fits, lambda asset, stored: fits(asset, stored) or lax(asset, stored))


def _five_percent_refused(sandbox: Sandbox) -> None:
    fits = sandbox.assets.fits

    def strict(asset: sqlite3.Row, stored: StoredFile | None) -> bool:
        return fits(asset, stored) and stored is not None and stored.size_bytes == asset["size_bytes"]

    replace(sandbox.assets.fits, strict)


def _not_looked_again(sandbox: Sandbox) -> None:
    replace(sandbox.assets.reread, lambda _caller, asset: asset)


def _counted_when_announced(sandbox: Sandbox) -> None:
    create, settle = sandbox.assets.create, sandbox.assets.settle

    def counting(owner: Owner, user_id: str, file: Json) -> sqlite3.Row:
        sandbox.assets.take_storage(owner.urn, file["size_bytes"])
        return create(owner, user_id, file)

    def settled(asset: sqlite3.Row, status: str) -> sqlite3.Row:
        if status == "ready":
            sandbox.assets.take_storage(asset["owner"], -asset["size_bytes"])
        return settle(asset, status)

    replace(sandbox.assets.create, counting)
    replace(sandbox.assets.settle, settled)


def _storage_not_given_back(sandbox: Sandbox) -> None:
    remove = sandbox.assets.remove
    replace(sandbox.assets.remove, lambda asset: remove(as_if(asset, status="pending")))


DEFECTS = (
    Defect(
        "anybody-confirms-upload",
        "ASSET-12",
        "Whoever sees an upload can confirm it.",
        _anybody_confirms,
        (f"{_UPLOADER}[admin-pending]", f"{_UPLOADER}[viewer-pending]"),
    ),
    Defect(
        "ready-asset-confirmed-again",
        "ASSET-13",
        "A ready asset can be confirmed once more.",
        _confirmed_again,
        (f"{_CONFIRMED}[as announced]",),
    ),
    Defect(
        "failed-asset-confirmed-late",
        "ASSET-20",
        "A failed asset becomes ready when its bytes come after all.",
        _tried_again,
        (_LATE,),
    ),
    Defect(
        "missing-file-confirmed",
        "ASSET-14",
        "An asset is ready though nothing was uploaded.",
        lambda sandbox: _fits_if(sandbox, lambda _asset, stored: stored is None),
        (f"{_CONFIRMED}[nothing]",),
    ),
    Defect(
        "file-of-any-size-confirmed",
        "ASSET-14",
        "An asset is ready whatever the size of what was uploaded.",
        lambda sandbox: _fits_if(
            sandbox, lambda asset, stored: stored is not None and stored.content_type == asset["content_type"]
        ),
        (f"{_CONFIRMED}[over 5 % short]", f"{_CONFIRMED}[over 5 % over]"),
    ),
    Defect(
        "file-of-other-size-refused",
        "ASSET-14",
        "A file must have the announced size to the byte.",
        _five_percent_refused,
        (f"{_CONFIRMED}[5 % short]", f"{_CONFIRMED}[5 % over]"),
    ),
    Defect(
        "upload-confirmed-in-parallel",
        "ASSET-15",
        "Confirmations that come at once all succeed.",
        _not_looked_again,
        (f"{_RACES}::test_an_upload_is_confirmed_once[2]",),
    ),
    Defect(
        "storage-counted-too-early",
        "ASSET-16",
        "A file takes storage from its announcement on.",
        _counted_when_announced,
        (f"{_STORAGE}[personal]", f"{_STORAGE}[team]"),
    ),
    Defect(
        "storage-not-given-back",
        "ASSET-17",
        "A deleted asset goes on taking storage.",
        _storage_not_given_back,
        (_GONE, f"{_RACES}::test_an_asset_is_deleted_once"),
    ),
)
