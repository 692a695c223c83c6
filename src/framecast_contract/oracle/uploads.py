"""Uploading an asset: asking for the URL, confirming what was put there, and the storage it takes.

The ids of the system assets' rules end at ASSET-9; those of uploaded assets begin at ASSET-10.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framecast_contract.oracle.bodies import is_text, is_whole, names_id
from framecast_contract.oracle.job_life import Step
from framecast_contract.oracle.judging import broken_expectations, broken_race
from framecast_contract.oracle.owners import Person, owner_answer
from framecast_contract.oracle.urls import broken_upload_url
from framecast_contract.oracle.words import (
    CONFLICT,
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "jobs-and-rendering.md 7"
_STATES = "job-semantics.md 1.3"
_INVARIANTS = "job-semantics.md 13"

RULES = (
    Rule(
        "ASSET-10",
        "A new asset is pending, its uploader's, without a link, and described as it was asked for.",
        _SOURCE,
    ),
    Rule(
        "ASSET-11",
        "An upload is judged by body, then owner, then whether owner and project belong together.",
        _SOURCE,
    ),
    Rule(
        "ASSET-12",
        "Only the uploader confirms an upload; somebody else who sees it is answered 403.",
        _SOURCE,
    ),
    Rule(
        "ASSET-13",
        "Only a pending asset is confirmed; a ready or failed one answers 409 and stays.",
        _STATES,
    ),
    Rule(
        "ASSET-14",
        "A stored object that is missing, of another type or over 5 % off in size fails the asset: 409.",
        _SOURCE,
    ),
    Rule("ASSET-15", "Of parallel confirmations one is answered 200 and the rest 409.", _SOURCE),
    Rule(
        "ASSET-16",
        "Storage use rises by an asset's size when it is confirmed, once, not when it is asked for.",
        _SOURCE,
    ),
    Rule(
        "ASSET-17",
        "Deleting a ready asset takes its size off the storage use, which never falls below zero.",
        _SOURCE,
    ),
    Rule("INV-AF2", "An asset is not empty: less than one byte is answered 400.", _INVARIANTS),
    Rule("INV-AF3", "An asset has at most 52,428,800 bytes, more is answered 400.", _INVARIANTS),
    Rule("INV-AF4", "An asset is of one of seven content types, another is answered 400.", _INVARIANTS),
    Rule("INV-X2", "An asset's owner was usable by the one who uploaded it.", _INVARIANTS),
    Rule("INV-X3", "A project's asset is owned by that project's team, else 400.", _INVARIANTS),
)

CONTENT_TYPES = (
    "image/jpeg", "image/png", "image/webp", "audio/mpeg", "audio/wav", "audio/ogg", "video/mp4",
)  # fmt: skip
LARGEST_BYTES = 52_428_800
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Stored:
    """An object in the store as it is or as it was declared: bytes and content type."""

    size: int
    content_type: str


def body_answer(body: Any) -> Answer | None:
    """The 400 that a decoded body of `create_asset_upload_url` earns by its form (INV-AF2 to INV-AF4)."""
    if not isinstance(body, Mapping):
        return INVALID
    owner, project = body.get("owner"), body.get("project_id")
    fits = (
        is_text(body.get("filename"), 1, LONGEST_NAME)
        and body.get("content_type") in CONTENT_TYPES
        and is_whole(body.get("size_bytes"), 1, LARGEST_BYTES)
        and (owner is None or isinstance(owner, str))
        and (project is None or names_id(project))
    )
    return None if fits else INVALID


def upload_refusals(body: Any, person: Person, *, project_team: str | None = None) -> tuple[Answer, ...]:
    """Every refusal `create_asset_upload_url` may give, in order (ASSET-11, INV-X2, INV-X3).

    `project_team` is the team of the project named, None when there is no such project for this caller.
    Whether an unknown project and a personal owner belong together cannot be told: both answers stand.
    """
    malformed = body_answer(body)
    if malformed:
        return (malformed,)
    owner, project = body.get("owner"), body.get("project_id")
    refused = owner_answer(owner, person)
    if refused or project is None:
        return (refused,) if refused else ()
    if project_team is None:
        teams_own = owner is not None and owner.startswith("framecast:team:")
        return (NOT_FOUND,) if teams_own else (INVALID, NOT_FOUND)
    return () if owner == f"framecast:team:{project_team}" else (INVALID,)


def sizes_agree(stored: int, declared: int) -> bool:
    """Whether a stored size, in bytes, is within 5 % of the declared one, both ends allowed (ASSET-14)."""
    return abs(stored - declared) * 100 <= declared * 5


def confirm_step(status: str | None, stored: Stored | None, declared: Stored, *, own: bool = True) -> Step:
    """Answer and next state of `confirm_asset_upload` (ASSET-12 to ASSET-14).

    `status` is None for an asset the caller does not see, `stored` None when nothing was uploaded, `own`
    whether the caller is the uploader.
    """
    if status is None or not own:
        return Step(NOT_FOUND if status is None else FORBIDDEN, status)
    if status != "pending":
        return Step(CONFLICT, status)
    if stored is None or stored.content_type != declared.content_type:
        return Step(CONFLICT, "failed")
    return Step(OK, "ready") if sizes_agree(stored.size, declared.size) else Step(CONFLICT, "failed")


def confirm_answer(
    status: str | None, stored: Stored | None, declared: Stored, *, own: bool = True
) -> Answer:
    """What `confirm_asset_upload` answers; see `confirm_step`."""
    return confirm_step(status, stored, declared, own=own).answer


def storage_after(used: int, operation_id: str, asset: Json) -> int:
    """Bytes in use by an owner after an accepted request; `asset` as it was before (ASSET-16, ASSET-17)."""
    if operation_id == "confirm_asset_upload":
        return used + int(asset["size_bytes"])
    if operation_id == "delete_asset" and asset["status"] == "ready":
        return max(used - int(asset["size_bytes"]), 0)
    return used


def broken_upload_rules(upload: Json, body: Json, *, caller: str) -> list[Broken]:
    """Judge the 201 of `create_asset_upload_url` against the body that was sent (ASSET-10, URL-4)."""
    asset = upload.get("asset")
    if not isinstance(asset, Mapping):
        return []  # shape is the contract's business
    project = body.get("project_id")
    expected = {
        "status": "pending", "owner": body.get("owner") or f"framecast:user:{caller}", "uploaded_by": caller,
        "project_id": project.lower() if project else None, "filename": body["filename"], "metadata": {},
        "content_type": body["content_type"], "size_bytes": body["size_bytes"], "download_url": None,
    }  # fmt: skip
    broken = broken_expectations("ASSET-10", "a new asset", asset, expected)
    return [*broken, *broken_upload_url(upload)]


def broken_parallel_confirms(statuses: Sequence[int]) -> list[Broken]:
    """ASSET-15 for the answers to parallel confirmations of one uploaded asset by its uploader."""
    return broken_race("ASSET-15", statuses, won=200)
