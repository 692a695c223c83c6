"""Files on their way to the object store, through the presigned URLs that the API hands out."""

from typing import Any
from uuid import UUID

import httpx

from framecast_client import ConflictError
from framecast_client.models import AssetContentType, AssetFile, AssetUpload
from framecast_contract.target.people import Persona
from framecast_contract.workloads.teams import Team

PICTURE = b"a picture of a dog, all of it in 100 bytes".ljust(100, b".")


async def send_file(upload: AssetUpload, content: bytes, content_type: str | None = None) -> int:
    """PUT the bytes as the URL wants them, or as another type; the store's status."""
    return await put(str(upload.upload_url), content, content_type or upload.asset.content_type)


async def put(url: str, content: bytes, content_type: str) -> int:
    """Store bytes at a presigned URL; the store's status."""
    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.put(url, content=content, headers={"Content-Type": content_type})
    return answer.status_code


async def fetch(url: str) -> httpx.Response:
    """What a presigned URL answers."""
    async with httpx.AsyncClient(trust_env=False) as http:
        return await http.get(url)


async def announced(
    person: Persona,
    owner: str | None = None,
    *,
    filename: str = "dog.png",
    content_type: AssetContentType = "image/png",
    size: int = len(PICTURE),
    project_id: UUID | None = None,
) -> AssetUpload:
    """A pending asset of `person` and the URL for its `size` bytes; nothing is sent yet."""
    return await person.client.create_asset_upload_url(
        filename, content_type, size, owner=owner, project_id=project_id
    )


async def asset_that_is(status: str, person: Persona, owner: str | None = None, **wish: Any) -> AssetFile:
    """An asset of 100 bytes in a state: pending, ready, or failed because its bytes never came."""
    upload = await announced(person, owner, **wish)
    if status == "ready":
        await send_file(upload, PICTURE)
        return await person.client.confirm_asset_upload(upload.asset.id)
    if status == "failed":
        try:
            await person.client.confirm_asset_upload(upload.asset.id)
        except ConflictError:
            return await person.client.get_asset(upload.asset.id)
    return upload.asset


async def storage_used(person: Persona, team: Team | None = None) -> int:
    """Bytes that a person's files take, or those of a team and the people inside it."""
    if team is None:
        return (await person.client.get_account()).ephemeral_storage_bytes
    return (await team.owner.client.get_team(team.id)).ephemeral_storage_bytes
