"""Uploaded assets: what a read or a list of them shows, who deletes them, which ones a storyboard may name.

How an asset comes about is told in `uploads.py`.
"""

from collections.abc import Iterable, Sequence

from framecast_contract.oracle.bodies import is_id, is_whole
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_update_time,
    repeated,
)
from framecast_contract.oracle.owners import Person, can_read, is_canonical, may_own, role_for
from framecast_contract.oracle.storage_keys import broken_asset_key
from framecast_contract.oracle.uploads import CONTENT_TYPES, LARGEST_BYTES
from framecast_contract.oracle.urls import broken_download_url
from framecast_contract.oracle.words import (
    FORBIDDEN,
    NO_CONTENT,
    NOT_FOUND,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "jobs-and-rendering.md 7"
_INVARIANTS = "job-semantics.md 13"

RULES = (
    Rule(
        "ASSET-18",
        "Reading a ready asset gives a download URL; no other answer about an asset has one.",
        _SOURCE,
    ),
    Rule(
        "ASSET-19",
        "An asset is deleted by its uploader, or by an owner or admin of its team; never by a viewer.",
        _SOURCE,
    ),
    Rule(
        "ASSET-20",
        "What an upload was asked for never changes, and a ready or failed asset keeps its state.",
        "job-semantics.md 1.3",
    ),
    Rule("ASSET-21", "Assets are listed newest first.", _SOURCE),
    Rule(
        "ASSET-22",
        "A list shows assets of owners the caller can access, narrowed by every filter that is given.",
        _SOURCE,
    ),
    Rule(
        "D-25",
        "References in a storyboard name ready assets; media artifacts count for nothing there.",
        "jobs-and-rendering.md 10",
    ),
    Rule("INV-AF1", "An asset is pending, ready or failed.", _INVARIANTS),
    Rule("INV-AF5", "An asset names the user who uploaded it.", _INVARIANTS),
    Rule("INV-AF6", "No two uploaded assets share a stored file.", _INVARIANTS),
)

STATUSES = ("pending", "ready", "failed")
CONSTANT = (
    "id", "owner", "uploaded_by", "project_id", "filename", "s3_key", "content_type", "size_bytes",
    "created_at",
)  # fmt: skip


def deletion_answer(role: str | None, *, own: bool) -> Answer:
    """What `delete_asset` answers somebody who sees the asset (ASSET-19); a personal one has no role."""
    allowed = role != "viewer" and (own or role in ("owner", "admin"))
    return NO_CONTENT if allowed else FORBIDDEN


def deletion_answers(asset: Json, person: Person) -> frozenset[Answer]:
    """What `person` may be answered for deleting `asset` (ASSET-19).

    An admin does not see a member's membership asset, yet is named as one who may delete it: both stand.
    """
    role = role_for(asset["owner"], person)
    if can_read(asset["owner"], person):
        return frozenset({deletion_answer(role, own=asset["uploaded_by"] == person.id)})
    leads = role in ("owner", "admin")
    return frozenset({NO_CONTENT, NOT_FOUND}) if leads else frozenset({NOT_FOUND})


def ready_assets(assets: Iterable[Json], person: Person) -> dict[str, str]:
    """Content type by id of the assets that a storyboard of `person` may name (D-25)."""
    return {
        asset["id"]: asset["content_type"]
        for asset in assets
        if asset["status"] == "ready" and can_read(asset["owner"], person)
    }


def broken_asset_rules(asset: Json, *, read: bool) -> list[Broken]:
    """Judge one asset; `read` says that it is the answer of `get_asset`, not of another operation."""
    judges = (_values, _people, broken_asset_key, broken_download_url)
    broken = [fault for judge in judges for fault in judge(asset)]
    return [*broken, *broken_birth_time(asset, "INV-TIME1"), *_link(asset, read)]


def _values(asset: Json) -> list[Broken]:
    status, size, content_type = (asset.get(name) for name in ("status", "size_bytes", "content_type"))
    broken = []
    if status not in STATUSES:
        broken.append(Broken("INV-AF1", f"status is {status!r}, expected one of {', '.join(STATUSES)}"))
    if is_whole(size, -(2**63), 0):
        broken.append(Broken("INV-AF2", f"size_bytes is {size}, expected at least 1"))
    if is_whole(size, LARGEST_BYTES + 1, 2**63):
        broken.append(Broken("INV-AF3", f"size_bytes is {size}, expected at most {LARGEST_BYTES}"))
    if content_type not in CONTENT_TYPES:
        broken.append(
            Broken("INV-AF4", f"content_type is {content_type!r}, expected one of {', '.join(CONTENT_TYPES)}")
        )
    return broken


def _people(asset: Json) -> list[Broken]:
    owner, who = str(asset.get("owner")), str(asset.get("uploaded_by"))
    if not is_id(who):
        return [Broken("INV-AF5", f"uploaded_by is {who!r}, expected the id of a user")]
    broken = []
    if not may_own(owner, who):
        broken.append(Broken("INV-X2", f"{who} uploaded an asset of {owner}, which is somebody else's"))
    if (
        asset.get("project_id") is not None
        and is_canonical(owner)
        and not owner.startswith("framecast:team:")
    ):
        broken.append(Broken("INV-X3", f"an asset of project {asset['project_id']} is owned by {owner}"))
    return broken


def _link(asset: Json, read: bool) -> list[Broken]:
    url, ready = asset.get("download_url"), asset.get("status") == "ready"
    if read and ready and url is None:
        return [Broken("ASSET-18", "a ready asset was read without a download_url")]
    if url is None or (read and ready):
        return []
    where = "read" if read else "shown by another operation than get_asset"
    return [Broken("ASSET-18", f"a {asset.get('status')} asset, {where}, has a download_url")]


def broken_asset_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one asset, `after` taken later (ASSET-20, TIME-3)."""
    broken = broken_constants("ASSET-20", before, after, CONSTANT)
    old, new = before.get("status"), after.get("status")
    if old != "pending" and old != new:
        broken.append(Broken("ASSET-20", f"status went from {old} to {new}"))
    return broken + broken_update_time(before, after, updated=old != new)


def matching(
    assets: Iterable[Json],
    *,
    owner: str | None = None,
    project_id: str | None = None,
    content_type: str | None = None,
    status: str | None = None,
) -> list[Json]:
    """Those of the visible `assets` that `list_assets` keeps, in their order (ASSET-22).

    A content type is compared from its beginning: `image/` keeps every image.
    """
    wanted = {"owner": owner, "project_id": project_id, "status": status}
    asked = [(name, value) for name, value in wanted.items() if value is not None]
    return [
        asset
        for asset in assets
        if all(asset.get(name) == value for name, value in asked)
        and str(asset.get("content_type")).startswith(content_type or "")
    ]


def broken_asset_list_rules(assets: Sequence[Json], person: Person) -> list[Broken]:
    """Judge an answer of `list_assets` to `person` as a whole (INV-AF6, ASSET-21, ASSET-22)."""
    shared = repeated(str(asset.get("s3_key")) for asset in assets)
    broken = [Broken("INV-AF6", f"several assets lie at {key}") for key in shared]
    foreign = [asset.get("owner") for asset in assets if not can_read(str(asset.get("owner")), person)]
    if foreign:
        broken.append(Broken("ASSET-22", f"assets of {', '.join(map(str, foreign))} are listed"))
    if not newest_first(assets):
        broken.append(Broken("ASSET-21", "the list is not ordered by created_at, newest first"))
    return broken
