"""Defects of announcing a file: what is asked for, for whom, and in which project."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.assets import CONTENT_TYPES, MAX_BYTES
from framecast_contract.sandbox.defects.planting import Defect, alter, replace
from framecast_contract.sandbox.http import UUID, Call, choice, integer, not_found, required

_UPLOADS = "tests/lifecycle/test_uploads.py"
_ANNOUNCED = f"{_UPLOADS}::test_an_upload_is_announced_as_asked_or_refused"
_BELONGS = f"{_UPLOADS}::test_owner_and_project_of_an_upload_belong_together"

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
