"""Uploading a file: asking for the URL, sending the bytes, confirming them, and the storage they take."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import AssetFile, AssetUpload
from framecast_contract.oracle.assets import broken_asset_list_rules, broken_asset_rules
from framecast_contract.oracle.storage_keys import asset_key, broken_asset_key, broken_system_key
from framecast_contract.oracle.uploads import (
    CONTENT_TYPES,
    LARGEST_BYTES,
    Stored,
    broken_upload_rules,
    confirm_answer,
    confirm_step,
    storage_after,
    upload_refusals,
)
from framecast_contract.oracle.words import CREATED
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.teams import STANDINGS, Standing, Team, known_as, somebody, team_with
from framecast_contract.workloads.uploads import (
    PICTURE,
    announced,
    asset_that_is,
    fetch,
    send_file,
    storage_used,
)

FILE = {"filename": "dog.png", "content_type": "image/png", "size_bytes": 100}
MINUTE = 60
FILES: Mapping[str, Any] = {
    "a picture": FILE,
    **{f"a file of {each}": {**FILE, "content_type": each} for each in CONTENT_TYPES},
    "one byte": {**FILE, "size_bytes": 1},
    "50 MiB": {**FILE, "size_bytes": LARGEST_BYTES},
    "name of one": {**FILE, "filename": "d"},
    "name of 255": {**FILE, "filename": "d" * 251 + ".png"},
    "nulls": {**FILE, "owner": None, "project_id": None},
    "what cannot be set": {**FILE, "status": "ready", "s3_key": "user/x", "uploaded_by": "me", "metadata": {"a": 1}},
    "no name": {key: FILE[key] for key in ("content_type", "size_bytes")},
    "empty name": {**FILE, "filename": ""},
    "name of 256": {**FILE, "filename": "d" * 256},
    "name with U+0000": {**FILE, "filename": "d\0g"},
    "no type": {key: FILE[key] for key in ("filename", "size_bytes")},
    "a moving picture": {**FILE, "content_type": "image/gif"},
    "a text": {**FILE, "content_type": "text/plain"},
    "type in upper case": {**FILE, "content_type": "IMAGE/PNG"},
    "type with a parameter": {**FILE, "content_type": "image/png; q=1"},
    "no size": {key: FILE[key] for key in ("filename", "content_type")},
    "no bytes": {**FILE, "size_bytes": 0},
    "less than nothing": {**FILE, "size_bytes": -1},
    "a byte over 50 MiB": {**FILE, "size_bytes": LARGEST_BYTES + 1},
    "far too many bytes": {**FILE, "size_bytes": 2**63},
    "half a byte": {**FILE, "size_bytes": 99.5},
    "size is a text": {**FILE, "size_bytes": "100"},
    "size is true": {**FILE, "size_bytes": True},
    "project is no id": {**FILE, "project_id": "trailer"},
    "owner is a number": {**FILE, "owner": 7},
    "an array": [],
    "null": None,
}  # fmt: skip


def _sender(people: People, person: Persona) -> Any:
    return people.raw_client(person.name, f"Bearer {person.token}")


@pytest.mark.rule(
    "ASSET-10", "ASSET-11", "ASSET-18", "INV-AF1", "INV-AF2", "INV-AF3", "INV-AF4", "INV-AF5", "INV-TIME1",
    "URL-4", "OWNER-2",
)  # fmt: skip
@pytest.mark.parametrize("wish", FILES)
async def test_an_upload_is_announced_as_asked_or_refused(people: People, wish: str) -> None:
    person, body = await people.starter(), FILES[wish]

    response = await _sender(people, person).post("/v1/assets/upload-url", json=body)

    refusals = upload_refusals(body, _known(person))
    listed = await person.client.list_assets()
    if refusals:
        (refused,) = refusals
        assert (response.status_code, response.json()["error"]["code"]) == (refused.status, refused.code)
        assert listed == []
        return
    assert response.status_code == CREATED.status
    upload = response.json()
    assert broken_upload_rules(upload, body, caller=person.user_id) == []
    assert broken_asset_rules(upload["asset"], read=False) == []
    assert listed == [AssetUpload.model_validate(upload).asset]
    assert await person.client.get_asset(upload["asset"]["id"]) == listed[0]
    assert await storage_used(person) == 0
