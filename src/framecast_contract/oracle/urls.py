"""Presigned URLs: how long the ones a Framecast hands out must work, as far as the URL itself says.

A URL signed the S3 way carries its signing time and its seconds of life. Another kind of URL says nothing
that could be judged here; fetching it before and after its time is for a test with a clock.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 12"

RULES = (
    Rule("URL-1", "The URLs of a job's output work for one hour from the answer that held them.", _SOURCE),
    Rule("URL-2", "The preview URL of a system asset works for 24 hours.", _SOURCE),
    Rule("URL-3", "The download URL of an asset works for one hour.", _SOURCE),
    Rule("URL-4", "The URL to upload an asset to works for 15 minutes.", _SOURCE),
)

OUTPUT_SECONDS = 60 * 60
PREVIEW_SECONDS = 24 * 60 * 60
DOWNLOAD_SECONDS = 60 * 60
UPLOAD_SECONDS = 15 * 60

_SIGNED_AT = re.compile(r"\d{8}T\d{6}Z", re.ASCII)
_SECONDS = re.compile(r"\d{1,9}", re.ASCII)


def signed_for(url: str) -> tuple[datetime, int] | None:
    """When an S3-signed URL was signed and for how many seconds; None for any other URL."""
    query = parse_qs(urlsplit(url).query)
    at, seconds = (query.get(name, [""])[0] for name in ("X-Amz-Date", "X-Amz-Expires"))
    if not _SIGNED_AT.fullmatch(at) or not _SECONDS.fullmatch(seconds):
        return None
    return datetime.strptime(at, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC), int(seconds)


def output_urls(output: Any) -> Iterator[str]:
    """Every URL in the output of a job: video, thumbnail, scene clips, or the image of a character."""
    if not isinstance(output, dict):
        return
    clips = output.get("scene_clips")
    places = [output, *(clips if isinstance(clips, list) else [])]
    for place in places:
        for name in ("video_url", "thumbnail_url", "url"):
            if isinstance(place, dict) and isinstance(place.get(name), str):
                yield place[name]


def broken_output_urls(job: Json) -> list[Broken]:
    """URL-1 for a job as read or listed."""
    return [
        fault for url in output_urls(job.get("output")) for fault in _lifetime("URL-1", url, OUTPUT_SECONDS)
    ]


def broken_preview_url(asset: Json) -> list[Broken]:
    """URL-2 for a system asset as read."""
    url = asset.get("preview_url")
    return _lifetime("URL-2", url, PREVIEW_SECONDS) if isinstance(url, str) else []


def broken_download_url(asset: Json) -> list[Broken]:
    """URL-3 for an asset as read."""
    url = asset.get("download_url")
    return _lifetime("URL-3", url, DOWNLOAD_SECONDS) if isinstance(url, str) else []


def broken_upload_url(upload: Json) -> list[Broken]:
    """URL-4 for the answer of `create_asset_upload_url`."""
    url = upload.get("upload_url")
    return _lifetime("URL-4", url, UPLOAD_SECONDS) if isinstance(url, str) else []


def _lifetime(rule_id: str, url: str, expected: int) -> list[Broken]:
    signed = signed_for(url)
    if signed is None or signed[1] == expected:
        return []
    # Only the path is repeated: the query holds the signature.
    return [Broken(rule_id, f"{urlsplit(url).path} is signed for {signed[1]} s, expected {expected}")]
