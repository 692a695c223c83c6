"""Presigned URLs at the object store: for one request, for a while, and only as they were signed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import Doubles
from framecast_contract.sandbox import Settings
from framecast_contract.sandbox.storage import Storage

BUCKET = "framecast-outputs"


@dataclass
class Bucket:
    """A bucket on a virtual clock, and a server's way of signing URLs for it."""

    clock: VirtualClock
    storage: Storage
    http: httpx.Client

    def url(self, method: str, key: str = "a b/ü.png", seconds: int = 60, kind: str | None = None) -> str:
        return self.storage.presign(method, BUCKET, key, seconds, kind)


@pytest.fixture
def bucket() -> Bucket:
    clock = VirtualClock(datetime(2026, 1, 5, 12, 0, tzinfo=UTC))
    store = Doubles(clock, Random(3)).object_store
    store.ensure_bucket(BUCKET)
    settings = Settings(
        s3_endpoint_url=store.endpoint_url,
        s3_access_key_id=store.access_key,
        s3_secret_access_key=store.secret_key,
    )
    return Bucket(clock, Storage(settings, clock.now), httpx.Client(trust_env=False))


def told(answer: httpx.Response) -> tuple[int, str]:
    """Status and S3's code of an answer."""
    return answer.status_code, answer.text.partition("<Code>")[2].partition("</Code>")[0]


def put(bucket: Bucket, url: str, kind: str = "image/png") -> tuple[int, str]:
    return told(bucket.http.put(url, content=b"picture", headers={"Content-Type": kind}))


def test_what_was_signed_is_done(bucket: Bucket) -> None:
    assert put(bucket, bucket.url("PUT", kind="image/png")) == (200, "")

    read = bucket.http.get(bucket.url("GET"))

    assert (read.status_code, read.content, read.headers["content-type"]) == (200, b"picture", "image/png")


async def test_a_url_ends_on_the_clock_of_its_world(bucket: Bucket) -> None:
    upload, download = bucket.url("PUT", kind="image/png"), bucket.url("GET")
    await bucket.clock.advance(59)
    assert put(bucket, upload) == (200, "")
    assert told(bucket.http.get(download)) == (200, "")

    await bucket.clock.advance(1)

    assert put(bucket, upload) == (403, "AccessDenied")
    assert told(bucket.http.get(download)) == (403, "AccessDenied")


def test_another_type_method_key_or_time_was_not_signed(bucket: Bucket) -> None:
    upload = bucket.url("PUT", kind="image/png")

    assert put(bucket, upload, "text/html") == (403, "SignatureDoesNotMatch")
    assert told(bucket.http.get(upload)) == (403, "SignatureDoesNotMatch")
    assert put(bucket, upload.replace(".png", ".jpg")) == (403, "SignatureDoesNotMatch")
    assert put(bucket, upload.replace("Expires=60", "Expires=6000")) == (403, "SignatureDoesNotMatch")
    assert put(bucket, upload[:-1]) == (403, "SignatureDoesNotMatch")


def test_an_unknown_key_and_half_a_signature_are_refused(bucket: Bucket) -> None:
    upload = bucket.url("PUT", kind="image/png")

    assert put(bucket, upload.replace("Credential=sandbox-", "Credential=other-")) == (
        403,
        "InvalidAccessKeyId",
    )
    for malformed in ("", "X-Amz-Expires=soon&", "X-Amz-Expires=9999999999999&"):
        broken = upload.replace("X-Amz-Expires=60&", malformed)
        assert put(bucket, broken) == (403, "AuthorizationQueryParametersError")
