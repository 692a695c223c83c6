"""Where files live, and URLs that S3 will accept (job-semantics 12)."""

from datetime import UTC, datetime
from typing import Any

import boto3
import botocore.auth
import pytest
from botocore.config import Config

from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.settings import Settings
from framecast_contract.sandbox.storage import Storage

USER, TEAM = "11111111-1111-4111-8111-111111111111", "22222222-2222-4222-8222-222222222222"
NOW = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
ENDPOINT = "http://127.0.0.1:9000"


@pytest.fixture
def storage() -> Storage:
    return Storage(Settings(s3_endpoint_url=ENDPOINT), lambda: NOW)


@pytest.mark.parametrize(
    ("urn", "folder"),
    [
        (f"framecast:user:{USER}", f"user/{USER}/"),
        (f"framecast:team:{TEAM}", f"team/{TEAM}/shared/"),
        (f"framecast:{TEAM}:{USER}", f"team/{TEAM}/{USER}/"),
    ],
)
def test_every_owner_has_a_folder(storage: Storage, urn: str, folder: str) -> None:
    owner = parse_owner(urn)
    assert owner is not None
    assert storage.prefix(owner) == folder
    assert storage.job_key(owner, "j", "final.mp4") == f"{folder}jobs/j/final.mp4"


@pytest.mark.parametrize("key", ["user/a/final.mp4", "user/a b/scene_ü+%?#.mp4", "a//../b"])
@pytest.mark.parametrize(
    ("method", "operation", "more"),
    [("GET", "get_object", {}), ("PUT", "put_object", {"ContentType": "video/mp4"})],
)
def test_urls_are_signed_as_boto3_signs_them(
    storage: Storage, monkeypatch: Any, key: str, method: str, operation: str, more: dict[str, str]
) -> None:
    monkeypatch.setattr(botocore.auth, "get_current_datetime", lambda: NOW)
    client = boto3.client(
        "s3",
        endpoint_url=ENDPOINT,
        region_name="us-east-1",
        aws_access_key_id="sandbox",
        aws_secret_access_key="sandbox",
        config=Config(signature_version="s3v4", s3={"addressing_style": "path"}),
    )
    parameters = {"Bucket": "framecast-outputs", "Key": key, **more}
    expected = client.generate_presigned_url(operation, Params=parameters, ExpiresIn=3600)
    assert storage.presign(method, "framecast-outputs", key, 3600, more.get("ContentType")) == expected


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("s3://framecast-outputs/a/b%20c.mp4", "a/b c.mp4"),
        (f"{ENDPOINT}/framecast-outputs/a.mp4?X-Amz-Signature=1", "a.mp4"),
        ("http://framecast-outputs.127.0.0.1:9000/a.mp4", "a.mp4"),
        (f"{ENDPOINT}/framecast-outputs/", None),
        (f"{ENDPOINT}/framecast-outputs-2/a.mp4", None),
        ("s3://other/a.mp4", None),
        ("https://cdn.example.com/framecast-outputs/a.mp4", None),
        ("http://[broken/a.mp4", None),
    ],
)
def test_which_urls_are_ours(storage: Storage, url: str, key: str | None) -> None:
    assert storage.own_key(url) == key
    assert (storage.readable(url) == url) == (key is None)
