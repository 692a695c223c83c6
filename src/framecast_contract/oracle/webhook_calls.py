"""The calls a Framecast makes to webhooks: headers, signature, body, and what the body tells of the job."""

import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.payloads import broken_payload_rules
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 7"

RULES = (
    Rule("CALL-1", "A call carries JSON and says so.", _SOURCE),
    Rule(
        "CALL-2",
        "A call names its delivery in a header and in the body, the same on every attempt.",
        _SOURCE,
    ),
    Rule("CALL-3", "A call says in Unix seconds when this attempt was made, within 300 s of now.", _SOURCE),
    Rule("CALL-4", "The payload kept with a delivery is the body that was sent.", "job-schemas.md 7"),
    Rule("CALL-5", "Every attempt of a delivery sends the same body.", "jobs-and-rendering.md 9"),
    Rule(
        "CALL-6",
        "Progress of a job is sent at most once per second; how it ended is never left out.",
        _SOURCE,
    ),
    Rule("CALL-7", "After a rotation calls are signed with the new secret only.", "jobs-and-rendering.md 9"),
    Rule(
        "D-22",
        "A call is signed with HMAC-SHA256 over its timestamp, a full stop and the raw body.",
        "jobs-and-rendering.md 10",
    ),
)

DELIVERY_ID = "x-webhook-delivery-id"
TIMESTAMP = "x-webhook-timestamp"
SIGNATURE = "x-webhook-signature"
TOLERANCE_SECONDS = 300
PROGRESS_SECONDS = 1


def expected_signature(secret: str, timestamp: str, body: bytes) -> str:
    """The signature header of a call, given the value of its timestamp header (D-22).

    The key is the secret's own characters: one that looks like hex or base64 is not decoded.
    """
    message = timestamp.encode() + b"." + body
    return "sha256=" + hmac.new(secret.encode(), message, hashlib.sha256).hexdigest()


def broken_call_rules(
    headers: Mapping[str, str], body: bytes, *, secret: str, now: int, delivery: Json | None = None
) -> list[Broken]:
    """Judge one call as a receiver got it; `now` in Unix seconds of the server's clock.

    `delivery` is the delivery as listed afterwards, None when it was not read. What the payload says of the
    job is judged too, as far as it can be without the job; see `payloads.broken_payload_rules` for the rest.
    """
    given = {name.lower(): value for name, value in headers.items()}
    payload = _decoded(body)
    if payload is None or given.get("content-type", "").split(";")[0].strip().lower() != "application/json":
        return [Broken("CALL-1", f"a body of {len(body)} bytes with type {given.get('content-type')!r}")]
    return [
        *_signature(given, body, secret),
        *_freshness(given.get(TIMESTAMP, ""), now),
        *_identity(given.get(DELIVERY_ID), payload, delivery),
        *broken_payload_rules(payload),
    ]


def _decoded(body: bytes) -> dict[str, Any] | None:
    try:
        payload = json.loads(body)
    except ValueError:
        return None
    return payload if isinstance(payload, dict) else None


def _signature(given: Mapping[str, str], body: bytes, secret: str) -> list[Broken]:
    expected = expected_signature(secret, given.get(TIMESTAMP, ""), body)
    if hmac.compare_digest(expected.encode(), given.get(SIGNATURE, "").encode()):
        return []
    # Neither signature is repeated: a right one for a known body is worth keeping out of reports.
    return [Broken("D-22", f"the signature of a body of {len(body)} bytes is not what its secret gives")]


def _freshness(timestamp: str, now: int) -> list[Broken]:
    whole = timestamp.isascii() and timestamp.isdigit() and len(timestamp) < 19
    if whole and abs(int(timestamp) - now) <= TOLERANCE_SECONDS:
        return []
    return [Broken("CALL-3", f"the timestamp is {timestamp!r}, now is {now}")]


def _identity(named: str | None, payload: Json, delivery: Json | None) -> list[Broken]:
    ids = {"header": named, "body": payload.get("delivery_id")}
    if delivery is not None:
        ids["list"] = delivery.get("id")
    broken = []
    if None in ids.values() or len(set(map(str, ids.values()))) > 1:
        broken.append(Broken("CALL-2", f"one delivery is called {ids}"))
    if delivery is not None and delivery.get("payload") != payload:
        broken.append(Broken("CALL-4", f"delivery {delivery.get('id')} keeps another payload than was sent"))
    return broken


def broken_repeat_rules(bodies: Iterable[bytes]) -> list[Broken]:
    """CALL-5 for the bodies of all attempts of one delivery, retries by hand included."""
    different = {json.dumps(_decoded(body), sort_keys=True) for body in bodies}
    if len(different) <= 1:
        return []
    return [Broken("CALL-5", f"the attempts of one delivery sent {len(different)} different bodies")]


def broken_rotation_calls(headers: Mapping[str, str], body: bytes, *, old_secret: str) -> list[Broken]:
    """CALL-7 for a call made after the rotation that replaced `old_secret`."""
    given = {name.lower(): value for name, value in headers.items()}
    if given.get(SIGNATURE) != expected_signature(old_secret, given.get(TIMESTAMP, ""), body):
        return []
    return [Broken("CALL-7", "a call after the rotation is signed with the secret from before it")]


def broken_throttle_rules(calls: Iterable[tuple[str, datetime]]) -> list[Broken]:
    """CALL-6 for (job id, time) of one webhook's `job.progress` deliveries, repeated attempts left out."""
    by_job: dict[str, list[datetime]] = {}
    for job_id, moment in calls:
        by_job.setdefault(job_id, []).append(moment)
    least = timedelta(seconds=PROGRESS_SECONDS)
    return [
        Broken("CALL-6", f"progress of job {job_id} was sent at {earlier} and again at {later}")
        for job_id, moments in by_job.items()
        for earlier, later in pairwise(sorted(moments))
        if later - earlier < least
    ]
