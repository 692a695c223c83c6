"""The object store: moto's S3 server on a loopback port, or any S3 the environment names.

Unlike the other doubles this one is always a server, because boto3 and presigned URLs want one. It is started
once per process and shared: keys hold job ids, so tests do not meet. Nothing is kept on disk. A gate before
it checks presigned URLs, which moto would let in whoever signed them and however old they are.
"""

import atexit
import logging
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

from framecast_contract.clock import Clock, SystemClock
from framecast_contract.doubles.signed_urls import SigningKeys, error_document

if TYPE_CHECKING:
    from types_boto3_s3.client import S3Client

REGION = "us-east-1"
OUR_KEY = "sandbox"
OUR_SECRET = "sandbox"
_BUCKET_NAME = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
_ALREADY_THERE = frozenset({"BucketAlreadyOwnedByYou", "BucketAlreadyExists"})


class ObjectStore:
    """Where an S3 is and how to sign in; `client` is a boto3 client for it."""

    def __init__(
        self,
        endpoint_url: str,
        region: str = REGION,
        access_key: str = OUR_KEY,
        secret_key: str = OUR_SECRET,
        client_key: str | None = None,
    ) -> None:
        self.endpoint_url = endpoint_url
        self.region = region
        self.access_key = access_key
        self.secret_key = secret_key
        self._client_key = client_key or access_key
        self._buckets: set[str] = set()

    @classmethod
    def for_world(cls, access_key: str, clock: Clock) -> "ObjectStore":
        """The process' own store; URLs signed with this access key live by `clock`."""
        endpoint = moto_endpoint()
        _signing_keys().admit(access_key, clock)
        return cls(endpoint, access_key=access_key, client_key=OUR_KEY)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "ObjectStore":
        """The S3 that `S3_ENDPOINT_URL` names, with its region and keys; without it the process' own."""
        endpoint = environment.get("S3_ENDPOINT_URL")
        if not endpoint:
            return cls(moto_endpoint())
        given = {
            "region": environment.get("S3_REGION"),
            "access_key": environment.get("S3_ACCESS_KEY_ID"),
            "secret_key": environment.get("S3_SECRET_ACCESS_KEY"),
        }
        return cls(endpoint, **{name: value for name, value in given.items() if value})

    @property
    def client(self) -> "S3Client":
        """A boto3 client, one per process and settings: making one takes longer than most tests."""
        return _client(self.endpoint_url, self.region, self._client_key, self.secret_key)

    def ensure_bucket(self, name: str) -> None:
        """Create the bucket unless it is there.

        Raises `ValueError` for a name S3 does not allow, botocore's `ClientError` for what S3 refuses.
        """
        if not _BUCKET_NAME.fullmatch(name):
            rule = "3 to 63 lower-case letters, digits, dots and hyphens"
            raise ValueError(f"{name!r} is no bucket name: S3 wants {rule}")
        if name not in self._buckets:
            self._create(name)
            self._buckets.add(name)

    def environment(self) -> dict[str, str]:
        """The settings a server needs to use this store."""
        return {
            "S3_ENDPOINT_URL": self.endpoint_url,
            "S3_REGION": self.region,
            "S3_ACCESS_KEY_ID": self.access_key,
            "S3_SECRET_ACCESS_KEY": self.secret_key,
        }

    def _create(self, name: str) -> None:
        try:
            if self.region == REGION:
                self.client.create_bucket(Bucket=name)
            else:
                where = {"LocationConstraint": self.region}
                self.client.create_bucket(Bucket=name, CreateBucketConfiguration=where)  # type: ignore[arg-type]  # any region is a literal to the stubs
        except ClientError as error:
            if error.response["Error"]["Code"] not in _ALREADY_THERE:
                raise


@cache
def _signing_keys() -> SigningKeys:
    keys = SigningKeys(OUR_SECRET)
    keys.admit(OUR_KEY, _REAL_TIME)
    return keys


_REAL_TIME = SystemClock()
"""Whoever signs with our own client signs on real time."""

Wsgi = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@cache
def moto_endpoint() -> str:
    """Start moto's S3 server on a free loopback port, once per process, and return its URL."""
    # These take a second to import; only who stores objects should pay.
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    app = _gated(DomainDispatcherApplication(create_backend_app), _signing_keys())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    atexit.register(server.shutdown)
    return f"http://127.0.0.1:{server.server_port}"


def _gated(app: Wsgi, keys: SigningKeys) -> Wsgi:
    """`app` behind a gate that refuses presigned requests as S3 does."""

    def gate(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path, _, query = str(environ["RAW_URI"]).partition("?")
        denied = keys.objection(environ["REQUEST_METHOD"], path, query, _headers(environ))
        if denied is None:
            return app(environ, start_response)
        environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))  # or the sender meets a reset
        start_response("403 Forbidden", [("Content-Type", "application/xml")])
        return [error_document(denied)]

    return gate


def _headers(environ: Mapping[str, Any]) -> dict[str, str]:
    named = {
        name.removeprefix("HTTP_").replace("_", "-").lower(): str(value)
        for name, value in environ.items()
        if name.startswith("HTTP_")
    }
    return named | {"content-type": str(environ.get("CONTENT_TYPE", ""))}


@cache
def _client(endpoint_url: str, region: str, access_key: str, secret_key: str) -> "S3Client":
    config = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=5,
        read_timeout=30,
        retries={"total_max_attempts": 2},
    )
    return boto3.client(
        "s3",
        endpoint_url=endpoint_url,
        region_name=region,
        aws_access_key_id=access_key,
        aws_secret_access_key=secret_key,
        config=config,
    )
