"""Where files live, and presigned URLs to them (job-semantics 12).

URLs are signed with botocore's own signer instead of a whole client: a client takes a tenth of a second to
load its service model and reads the machine's clock, and a URL must be valid on *our* clock. No network.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from botocore.auth import SIGV4_TIMESTAMP, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.settings import Settings

OUTPUT_SECONDS = 3600
RENDER_TARGET_SECONDS = 86400
PREVIEW_SECONDS = 86400
UPLOAD_SECONDS = 900
DOWNLOAD_SECONDS = 3600
LOOKUP_SECONDS = 60
MAX_NAME_BYTES = 900
"""Of a file name in a key: S3 takes keys of 1024 bytes, and up to 123 of them are folders."""
OUTPUT_FILES = {"video": ("final.mp4", "video/mp4"), "image": ("final.png", "image/png")}
"""File name and content type of what a job renders, by its kind."""


class _Signer(S3SigV4QueryAuth):
    """botocore's presigner at a given moment instead of the machine's."""

    _modify_request_before_signing: Callable[[AWSRequest], None]  # the stubs leave these two out
    _inject_signature_to_request: Callable[[AWSRequest, str], None]

    def sign(self, request: AWSRequest, moment: datetime) -> str:
        request.context["timestamp"] = moment.strftime(SIGV4_TIMESTAMP)
        self._modify_request_before_signing(request)
        to_sign = self.string_to_sign(request, self.canonical_request(request))
        self._inject_signature_to_request(request, self.signature(to_sign, request))
        return str(request.url)


class Storage:
    """Keys and URLs of one bucket for outputs and one for system assets."""

    def __init__(self, settings: Settings, now: Callable[[], datetime]) -> None:
        self._settings = settings
        self._now = now
        self._credentials = Credentials(settings.s3_access_key_id, settings.s3_secret_access_key)
        self._endpoint = settings.s3_endpoint_url.rstrip("/")

    def prefix(self, owner: Owner) -> str:
        """The folder of an owner."""
        if owner.team_id is None:
            return f"user/{owner.user_id}/"
        return f"team/{owner.team_id}/{owner.user_id or 'shared'}/"

    def job_key(self, owner: Owner, job_id: str, name: str) -> str:
        return f"{self.prefix(owner)}jobs/{job_id}/{name}"

    def asset_key(self, owner: Owner, asset_id: str, filename: str) -> str:
        """Where an uploaded file goes. Unique by the id, so that the name may be made safe."""
        return f"{self.prefix(owner)}assets/{asset_id}/{safe_name(filename)}"

    def presign(
        self, method: str, bucket: str, key: str, seconds: int, content_type: str | None = None
    ) -> str:
        """A URL that lets anybody use one object for `seconds`; a PUT is bound to its content type."""
        headers = {"content-type": content_type} if content_type else {}
        request = AWSRequest(method, f"{self._endpoint}/{bucket}/{quote(key, safe='/-_.~')}", headers)
        signer = _Signer(self._credentials, "s3", self._settings.s3_region, seconds)
        return signer.sign(request, self._now())

    def render_target(self, key: str, content_type: str) -> dict[str, str]:
        """Where a render worker puts one file; a day, because a render may wait long for a GPU."""
        url = self.presign("PUT", self._settings.s3_bucket, key, RENDER_TARGET_SECONDS, content_type)
        return {"key": key, "put_url": url, "content_type": content_type}

    def upload_url(self, key: str, content_type: str) -> str:
        """A quarter of an hour to put a file of this type."""
        return self.presign("PUT", self._settings.s3_bucket, key, UPLOAD_SECONDS, content_type)

    def download_url(self, key: str) -> str:
        """An hour's access to an uploaded file."""
        return self.presign("GET", self._settings.s3_bucket, key, DOWNLOAD_SECONDS)

    def lookup_url(self, key: str) -> str:
        """For our own HEAD request: does the object exist, and what is it?"""
        return self.presign("HEAD", self._settings.s3_bucket, key, LOOKUP_SECONDS)

    def readable(self, url: str) -> str:
        """The URL to hand out for a stored one: presigned if it is in our bucket, untouched otherwise."""
        key = self.own_key(url)
        return url if key is None else self.presign("GET", self._settings.s3_bucket, key, OUTPUT_SECONDS)

    def own_key(self, url: str) -> str | None:
        """The key of an object in our output bucket: `s3://`, path style or virtual-host style; else None."""
        bucket, endpoint = self._settings.s3_bucket, urlsplit(self._endpoint)
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if (parts.scheme == "s3" and parts.netloc == bucket) or (
            parts.scheme == endpoint.scheme and parts.netloc == f"{bucket}.{endpoint.netloc}"
        ):
            return unquote(parts.path[1:]) or None
        own_path = f"{endpoint.path}/{bucket}/"
        if parts[:2] == endpoint[:2] and parts.path.startswith(own_path):
            return unquote(parts.path[len(own_path) :]) or None
        return None

    def preview_url(self, key: str) -> str:
        """A day's access to a system asset."""
        return self.presign("GET", self._settings.s3_system_bucket, key, PREVIEW_SECONDS)

    def readable_output(self, output: dict[str, Any]) -> dict[str, Any]:
        """A job's output with every URL made readable, whatever shape the render back end gave it."""
        shown = self._with_readable(output, "video_url", "thumbnail_url", "url")
        if isinstance(clips := output.get("scene_clips"), list):
            shown["scene_clips"] = [
                self._with_readable(clip, "url") if isinstance(clip, dict) else clip for clip in clips
            ]
        return shown

    def _with_readable(self, members: dict[str, Any], *names: str) -> dict[str, Any]:
        urls = {name: members[name] for name in names if isinstance(members.get(name), str)}
        return members | {name: self.readable(url) for name, url in urls.items()}


def safe_name(filename: str) -> str:
    """A file name as the last part of a key: the name itself, unless S3 or an HTTP client could not carry it.

    Segments of dots would climb out of the folder, and what exceeds the limit is cut off.
    """
    name = filename.encode()[:MAX_NAME_BYTES].decode(errors="ignore")
    return "/".join(part.replace(".", "_") if part in (".", "..") else part for part in name.split("/"))
