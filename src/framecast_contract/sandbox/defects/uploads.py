"""Defects on the way from an announced file to a ready asset, and of the storage that it takes."""

import sqlite3
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner, parse_owner
from framecast_contract.sandbox.assets import CONTENT_TYPES, MAX_BYTES
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, replace
from framecast_contract.sandbox.http import UUID, Call, Caller, choice, integer, not_found, required
from framecast_contract.sandbox.upstreams import StoredFile

_UPLOADS = "tests/lifecycle/test_uploads.py"
_ANNOUNCED = f"{_UPLOADS}::test_an_upload_is_announced_as_asked_or_refused"
_BELONGS = f"{_UPLOADS}::test_owner_and_project_of_an_upload_belong_together"
_CONFIRMED = f"{_UPLOADS}::test_a_confirmed_file_is_ready_if_it_is_the_one_announced"
_UPLOADER = f"{_UPLOADS}::test_only_the_uploader_confirms"
_STORAGE = f"{_UPLOADS}::test_storage_rises_with_a_file_once_and_falls_with_it"
_RACES = "tests/properties/test_project_races.py"
_GONE = "tests/lifecycle/test_assets.py::test_a_deleted_asset_is_gone"

Json = dict[str, Any]


def _name_without_ending(sandbox: Sandbox) -> None:
    alter(
        sandbox.assets.file_in,
        lambda file: file | {"filename": file["filename"].partition(".")[0] or file["filename"]},
    )


def _read_otherwise(name: str, good: Any, read: Callable[[Json], Any]) -> Callable[[Sandbox], None]:
    """A defect that reads one member of an announcement in another way; `good` passes the sound reading."""

    def plant(sandbox: Sandbox) -> None:
        file_in = sandbox.assets.file_in
        replace(
            sandbox.assets.file_in,
            lambda body: file_in({**body, name: good}) | {name: required(read(body), name)},
        )

    return plant


def _project_before_owner(sandbox: Sandbox) -> None:
    file_in = sandbox.assets.file_in

    def hasty(body: Json) -> Json:
        file, project_id = file_in(body), body.get("project_id")
        known = isinstance(project_id, str) and UUID.fullmatch(project_id)
        if known and sandbox.projects.find(str(project_id)) is None:
            raise not_found("project")
        return file

    replace(sandbox.assets.file_in, hasty)


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


def _storage_below_nothing(sandbox: Sandbox) -> None:
    """Every deletion gives storage back, also that of a file that never took any."""
    remove = sandbox.assets.remove

    def take(owner_urn: str, size_bytes: int) -> None:
        owner = parse_owner(owner_urn)
        assert owner is not None
        table, payer_id = sandbox.credits.payer(owner)
        sandbox.database.run(
            f"UPDATE {table} SET ephemeral_storage_bytes = ephemeral_storage_bytes + ? WHERE id = ?",
            size_bytes,
            payer_id,
        )

    replace(sandbox.assets.take_storage, take)
    replace(sandbox.assets.remove, lambda asset: remove(as_if(asset, status="ready")))


def _viewer_uploads(sandbox: Sandbox) -> None:
    upload = sandbox.assets.create_asset_upload_url
    may_use = sandbox.access.may_use

    def lax(call: Call) -> Response:
        replace(may_use, sandbox.access.may_see)
        try:
            return upload(call)
        finally:
            replace(may_use, may_use)

    replace(sandbox.assets.create_asset_upload_url, lax)


def _any_owner_in_project(sandbox: Sandbox) -> None:
    def lax(project_id: str | None, _owner: Owner) -> None:
        if project_id is not None and sandbox.projects.find(project_id) is None:
            raise not_found("project")

    replace(sandbox.projects.require_owner, lax)


DEFECTS = (
    Defect(
        "upload-loses-ending",
        "ASSET-10",
        "The name of an announced file loses its ending.",
        _name_without_ending,
        (f"{_ANNOUNCED}[a picture]",),
    ),
    Defect(
        "project-before-owner",
        "ASSET-11",
        "An upload looks for the project before it looks at the owner.",
        _project_before_owner,
        (f"{_BELONGS}[somebody else-one that is not there]",),
    ),
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
    Defect(
        "storage-below-nothing",
        "INV-U6",
        "Deleting what was never uploaded makes the storage in use less than nothing.",
        _storage_below_nothing,
        (f"{_STORAGE}[personal]",),
    ),
    Defect(
        "empty-file-announced",
        "INV-AF2",
        "A file without bytes can be announced.",
        _read_otherwise("size_bytes", 1, lambda body: integer(body, "size_bytes", 0, MAX_BYTES)),
        (f"{_ANNOUNCED}[no bytes]",),
    ),
    Defect(
        "file-of-51-mib-announced",
        "INV-AF3",
        "Files may have a MiB more than they should.",
        _read_otherwise("size_bytes", 1, lambda body: integer(body, "size_bytes", 1, MAX_BYTES + 2**20)),
        (f"{_ANNOUNCED}[a byte over 50 MiB]",),
    ),
    Defect(
        "gif-announced",
        "INV-AF4",
        "Moving pictures can be announced.",
        _read_otherwise(
            "content_type",
            "image/png",
            lambda body: choice(body, "content_type", (*CONTENT_TYPES, "image/gif")),
        ),
        (f"{_ANNOUNCED}[a moving picture]",),
    ),
    Defect(
        "viewer-uploads",
        "INV-X2",
        "Viewers may upload for a team.",
        _viewer_uploads,
        (f"{_BELONGS}[a team I view-no project]", f"{_BELONGS}[my membership as a viewer-no project]"),
    ),
    Defect(
        "any-owner-in-project",
        "INV-X3",
        "A file in a project may belong to anybody.",
        _any_owner_in_project,
        (f"{_BELONGS}[myself-my team's]", f"{_BELONGS}[my team-a foreign one]"),
    ),
)
