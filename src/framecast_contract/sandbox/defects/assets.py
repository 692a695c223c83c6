"""Defects of uploaded assets: what one tells, who deletes it, the list, and the storyboards that name it."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.assets import CallersAssets
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller
from framecast_contract.sandbox.storage import safe_name

_UPLOADS = "tests/lifecycle/test_uploads.py"
_ANNOUNCED = f"{_UPLOADS}::test_an_upload_is_announced_as_asked_or_refused"
_CONFIRMED = f"{_UPLOADS}::test_a_confirmed_file_is_ready_if_it_is_the_one_announced"
_DOWNLOADED = f"{_UPLOADS}::test_a_ready_file_can_be_downloaded_as_it_was_sent"
_ONE_NAME = f"{_UPLOADS}::test_one_name_is_many_files"
_SOUNDS = f"{_UPLOADS}::test_every_sound_of_the_catalogue_has_its_place"
_ASSETS = "tests/lifecycle/test_assets.py"
_RIGHTS = f"{_ASSETS}::test_who_sees_and_deletes_what_a_member_uploaded"
_TODAY = f"{_ASSETS}::test_an_uploader_deletes_as_the_role_of_today_allows"
_LISTED = f"{_ASSETS}::test_a_list_keeps_what_fits_every_filter"
_NAMED = f"{_ASSETS}::test_a_storyboard_names_ready_files_of_the_right_type"
_NO_ASSET = f"{_ASSETS}::test_an_artifact_is_no_asset"

Json = dict[str, Any]


def _shown_as(sandbox: Sandbox, **members: Any) -> None:
    alter(sandbox.assets.view, lambda shown: shown | members)


def _link_for_all(sandbox: Sandbox) -> None:
    def linked(shown: Json) -> Json:
        ready = shown["status"] == "ready"
        return shown | {"download_url": sandbox.storage.download_url(shown["s3_key"]) if ready else None}

    alter(sandbox.assets.view, linked)


def _never_linked(sandbox: Sandbox) -> None:
    alter(
        sandbox.assets.get_asset,
        lambda response: with_body(response, lambda shown: shown | {"download_url": None}),
    )


def _uploader_deletes_anyway(sandbox: Sandbox) -> None:
    may_delete = sandbox.assets.may_delete

    def lax(caller: Caller, asset: sqlite3.Row) -> bool:
        return bool(asset["uploaded_by"] == caller.id) or may_delete(caller, asset)

    replace(sandbox.assets.may_delete, lax)


def _size_as_stored(sandbox: Sandbox) -> None:
    fits = sandbox.assets.fits

    def measured(asset: sqlite3.Row, stored: Any) -> bool:
        if stored is not None:
            sandbox.database.update("assets", asset["id"], {"size_bytes": max(stored.size_bytes, 1)})
        return fits(asset, stored)

    replace(sandbox.assets.fits, measured)


def _exact_type(sandbox: Sandbox) -> None:
    list_assets = sandbox.assets.list_assets

    def exact(call: Call) -> Response:
        wanted = call.query().text("content_type")

        def narrowed(assets: list[Json]) -> list[Json]:
            return [each for each in assets if not wanted or each["content_type"] == wanted]

        return with_body(list_assets(call), narrowed)

    replace(sandbox.assets.list_assets, exact)


def _team_mates_listed(sandbox: Sandbox) -> None:
    visible_owners = sandbox.access.visible_owners
    fellows = (
        "SELECT team_id, user_id FROM memberships WHERE team_id IN"
        " (SELECT team_id FROM memberships WHERE user_id = ?)"
    )

    def everybody_s(caller: Caller) -> list[str]:
        rows = sandbox.database.all(fellows, (caller.id,))
        return [*visible_owners(caller), *(f"framecast:{row['team_id']}:{row['user_id']}" for row in rows)]

    replace(sandbox.access.visible_owners, everybody_s)


def _named_unconfirmed(sandbox: Sandbox) -> None:
    def generous(seen: CallersAssets) -> CallersAssets:
        def content_type(asset_id: str) -> str | None:
            asset = sandbox.assets.find(asset_id)
            return None if asset is None else str(asset["content_type"])

        replace(seen.content_type, content_type)
        return seen

    alter(sandbox.assets.seen_by, generous)


def _artifact_named(sandbox: Sandbox) -> None:
    def generous(seen: CallersAssets) -> CallersAssets:
        of_asset = seen.content_type

        def content_type(asset_id: str) -> str | None:
            known = sandbox.artifacts.find(asset_id) is not None
            return of_asset(asset_id) or ("image/png" if known else None)

        replace(seen.content_type, content_type)
        return seen

    alter(sandbox.assets.seen_by, generous)


def _members_files_shared(sandbox: Sandbox) -> None:
    prefix = sandbox.storage.prefix

    def shared(owner: Owner) -> str:
        return prefix(owner) if owner.team_id is None else f"team/{owner.team_id}/shared/"

    replace(sandbox.storage.prefix, shared)


def _key_without_id(sandbox: Sandbox) -> None:
    def flat(owner: Owner, _asset_id: str, filename: str) -> str:
        return f"{sandbox.storage.prefix(owner)}assets/{safe_name(filename)}"

    replace(sandbox.storage.asset_key, flat)


def _ascii_names(sandbox: Sandbox) -> None:
    asset_key = sandbox.storage.asset_key

    def plain(owner: Owner, asset_id: str, filename: str) -> str:
        return asset_key(owner, asset_id, filename.encode("ascii", "replace").decode().replace("?", "_"))

    replace(sandbox.storage.asset_key, plain)


def _flat_catalogue(sandbox: Sandbox) -> None:
    def flat(sounds: list[Json]) -> list[Json]:
        return [sound | {"s3_key": f"assets/{sound['id']}.mp3"} for sound in sounds]

    alter(sandbox.system_assets.list_system_assets, lambda response: with_body(response, flat))


DEFECTS = (
    Defect(
        "asset-link-in-list",
        "ASSET-18",
        "Every answer about a ready asset has a link to it.",
        _link_for_all,
        (f"{_DOWNLOADED}[image/png]",),
    ),
    Defect(
        "asset-without-link",
        "ASSET-18",
        "Reading a ready asset gives no link to it.",
        _never_linked,
        (f"{_DOWNLOADED}[image/png]",),
    ),
    Defect(
        "viewer-deletes-asset",
        "ASSET-19",
        "Whoever sees an asset may delete it.",
        lambda sandbox: fix(sandbox.assets.may_delete, True),
        (f"{_RIGHTS}[viewer-team]", f"{_RIGHTS}[member-team]"),
    ),
    Defect(
        "demoted-uploader-deletes-asset",
        "ASSET-19",
        "Who uploaded an asset may delete it even as a viewer.",
        _uploader_deletes_anyway,
        (f"{_TODAY}[viewer-team]",),
    ),
    Defect(
        "asset-size-corrected",
        "ASSET-20",
        "A confirmed asset has the size that is stored instead of the one announced.",
        _size_as_stored,
        (f"{_CONFIRMED}[5 % short]",),
    ),
    Defect(
        "uploads-listed-backwards",
        "ASSET-21",
        "Assets are listed oldest first.",
        lambda sandbox: alter(
            sandbox.assets.list_assets, lambda response: with_body(response, lambda assets: assets[::-1])
        ),
        (_LISTED,),
    ),
    Defect(
        "asset-type-filter-exact",
        "ASSET-22",
        "The filter for content types takes whole types only.",
        _exact_type,
        (_LISTED,),
    ),
    Defect(
        "assets-of-team-mates-listed",
        "ASSET-22",
        "Lists have what team mates own by their memberships.",
        _team_mates_listed,
        (f"{_RIGHTS}[admin-membership]",),
    ),
    Defect(
        "pending-asset-named",
        "D-25",
        "A storyboard may name an asset that was never confirmed.",
        _named_unconfirmed,
        (f"{_NAMED}[pending-image/png-picture]", f"{_NAMED}[failed-audio/ogg-sound]"),
    ),
    Defect(
        "artifact-named-as-asset",
        "D-25",
        "A storyboard may name an artifact where an asset belongs.",
        _artifact_named,
        (_NO_ASSET,),
    ),
    Defect(
        "asset-status-unknown",
        "INV-AF1",
        "Assets show a state that there is not.",
        lambda sandbox: _shown_as(sandbox, status="uploading"),
        (f"{_ANNOUNCED}[a picture]",),
    ),
    Defect(
        "asset-without-uploader",
        "INV-AF5",
        "Assets do not tell who uploaded them.",
        lambda sandbox: _shown_as(sandbox, uploaded_by=None),
        (f"{_ANNOUNCED}[a picture]",),
    ),
    Defect(
        "asset-changed-before-birth",
        "INV-TIME1",
        "An asset says that it was changed long before it was created.",
        lambda sandbox: _shown_as(sandbox, updated_at="2000-01-01T00:00:00.000000Z"),
        (f"{_ANNOUNCED}[a picture]",),
    ),
    Defect(
        "assets-share-a-file",
        "INV-AF6",
        "Two assets of one name and owner are stored in one place.",
        _key_without_id,
        (_ONE_NAME,),
    ),
    Defect(
        "members-files-among-shared",
        "STORE-1",
        "What a membership owns is stored among what the team shares.",
        _members_files_shared,
        (
            _ONE_NAME,
            "tests/lifecycle/test_artifact_renders.py::"
            "test_a_render_is_a_job_and_an_artifact_to_be[membership-character]",
        ),
    ),
    Defect(
        "asset-key-in-ascii",
        "STORE-2",
        "A file is stored under another name when its own is not plain ASCII.",
        _ascii_names,
        (f"{_DOWNLOADED}[image/png]",),
    ),
    Defect(
        "sounds-in-one-folder",
        "STORE-4",
        "The sounds of the catalogue do not lie in folders by category.",
        _flat_catalogue,
        (_SOUNDS,),
    ),
)
