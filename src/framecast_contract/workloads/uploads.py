"""Files on their way to the object store, through the presigned URLs that the API hands out."""

import httpx

from framecast_client.models import AssetUpload


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
