"""The object store double: a real S3 on loopback, or the one the environment names."""

import httpx
import pytest

from framecast_contract.doubles import ObjectStore


async def test_a_presigned_upload_can_be_read_back() -> None:
    store = ObjectStore.from_environment({})
    store.ensure_bucket("framecast-outputs")
    store.ensure_bucket("framecast-outputs")
    where = {"Bucket": "framecast-outputs", "Key": "user/u/jobs/j/final.mp4", "ContentType": "video/mp4"}
    url = store.client.generate_presigned_url("put_object", Params=where)

    async with httpx.AsyncClient(trust_env=False) as http:
        answer = await http.put(url, content=b"video", headers={"Content-Type": "video/mp4"})

    stored = store.client.get_object(Bucket=where["Bucket"], Key=where["Key"])
    assert answer.status_code == 200
    assert (stored["Body"].read(), stored["ContentType"]) == (b"video", "video/mp4")
    assert url.startswith(f"{store.endpoint_url}/framecast-outputs/user/u/jobs/j/final.mp4?")


def test_one_process_has_one_store_and_one_client() -> None:
    first, second = ObjectStore.from_environment({}), ObjectStore.from_environment({})

    assert first.endpoint_url == second.endpoint_url
    assert first.client is second.client


def test_the_environment_can_name_another_s3() -> None:
    environment = {
        "S3_ENDPOINT_URL": "http://minio.test:9000",
        "S3_REGION": "eu-west-1",
        "S3_ACCESS_KEY_ID": "someone",
        "S3_SECRET_ACCESS_KEY": "hidden",
    }

    assert ObjectStore.from_environment(environment).environment() == environment


def test_a_name_s3_would_refuse_is_refused_here() -> None:
    with pytest.raises(ValueError, match="'ab' is no bucket name: S3 wants 3 to 63 lower-case letters"):
        ObjectStore.from_environment({}).ensure_bucket("ab")
