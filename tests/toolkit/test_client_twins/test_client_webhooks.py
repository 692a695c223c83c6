"""Calls to a webhook: who made them, when, and what they say. No client is needed to read one."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any

import httpx
import pytest

import framecast_client as fc
from framecast_client import models, webhooks

SECRET = "whsec-0123456789abcdef0123456789abcdef"
NOW = 1_767_225_600
PERSON = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a90"
TEST_CALL = {"event": "webhook.test", "timestamp": "2026-01-01T00:00:00Z", "delivery_id": PERSON}
FAILED_CALL = {
    **TEST_CALL,
    "event": "job.failed",
    "job": {
        "id": PERSON,
        "status": "failed",
        "failure_type": "system",
        "error": {"code": "OOM", "message": "Out of memory"},
        "progress": {"phase": "generating", "percent": 40.0},
        "credits_charged": 10,
        "credits_refunded": 10,
        "completed_at": "2026-01-01T00:00:00Z",
    },
}


def written(call: object) -> bytes:
    return json.dumps(call).encode()


def signed(body: bytes, at: int | str = NOW, secret: str = SECRET) -> dict[str, str]:
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Webhook-Timestamp": str(at), "X-Webhook-Signature": f"sha256={digest}"}


def unwrapped(call: object, *, strict: bool = False) -> webhooks.WebhookPayload:
    body = written(call)
    return fc.unwrap_webhook(body, signed(body), SECRET, strict=strict, now=NOW)


def test_a_signed_call_comes_back_as_the_model_of_its_event() -> None:
    tried, failed = unwrapped(TEST_CALL), unwrapped(FAILED_CALL)

    assert isinstance(tried, models.WebhookTestPayload)
    assert isinstance(failed, models.JobFailedPayload)
    assert tried.model_dump(mode="json") == TEST_CALL
    assert failed.model_dump(mode="json") == FAILED_CALL
    assert failed.job.error.code == "OOM"


def test_every_event_of_the_contract_has_its_model() -> None:
    assert set(webhooks.PAYLOADS) == {
        "webhook.test",
        *(f"job.{what}" for what in ("queued", "started", "progress", "completed", "failed", "canceled")),
    }


@pytest.mark.parametrize("named", [str.lower, str.upper, str.title, str.swapcase], ids=lambda f: f.__name__)
def test_names_of_headers_may_be_in_any_case(named: Any) -> None:
    body = written(TEST_CALL)
    headers = {named(name): value for name, value in signed(body).items()}

    for kind in (dict, httpx.Headers):
        assert (
            fc.unwrap_webhook(body, kind({**headers, "x-other": "1"}), SECRET, now=NOW).event
            == "webhook.test"
        )


WRONG: dict[str, dict[str, Any]] = {
    "another secret": {"secret": "whsec-other"},
    "secret in another case": {"secret": SECRET.upper()},
    "changed body": {"body": written(TEST_CALL).replace(b"webhook.test", b"webhook.tesT")},
    "body written again": {"body": json.dumps(TEST_CALL, indent=1).encode()},
    "body and more": {"body": written(TEST_CALL) + b"\n"},
    "no body": {"body": b""},
    "no signature": {"headers": {"X-Webhook-Signature": None}},
    "empty signature": {"headers": {"X-Webhook-Signature": ""}},
    "signature without scheme": {
        "headers": {"X-Webhook-Signature": signed(written(TEST_CALL))["X-Webhook-Signature"][7:]}
    },
    "half a signature": {
        "headers": {"X-Webhook-Signature": signed(written(TEST_CALL))["X-Webhook-Signature"][:-1]}
    },
    "signature in capitals": {
        "headers": {"X-Webhook-Signature": signed(written(TEST_CALL))["X-Webhook-Signature"].upper()}
    },
    "signature of no text": {"headers": {"X-Webhook-Signature": "sha256=\udcffé"}},
    "no time": {"headers": {"X-Webhook-Timestamp": None}},
    "another time": {"headers": {"X-Webhook-Timestamp": str(NOW + 1)}},
    "time with a sign": {"headers": signed(written(TEST_CALL), f"+{NOW}")},
    "time in another script": {"headers": signed(written(TEST_CALL), "١٧٦٧٢٢٥٦٠٠")},
    "time as a fraction": {"headers": signed(written(TEST_CALL), f"{NOW}.0")},
    "time with a space": {"headers": signed(written(TEST_CALL), f" {NOW}")},
    "endless time": {"headers": signed(written(TEST_CALL), "9" * 5000)},
    "empty secret": {"secret": "", "headers": signed(written(TEST_CALL), secret="")},
}


@pytest.mark.parametrize("name", WRONG)
def test_a_call_that_framecast_did_not_make_is_refused(name: str) -> None:
    body = written(TEST_CALL)
    changed = WRONG[name]
    headers = {
        key: value
        for key, value in {**signed(body), **changed.get("headers", {})}.items()
        if value is not None
    }
    with pytest.raises(fc.WebhookSignatureError) as caught:
        fc.unwrap_webhook(changed.get("body", body), headers, changed.get("secret", SECRET), now=NOW)

    assert [
        word for word in (SECRET, signed(body)["X-Webhook-Signature"][7:]) if word in str(caught.value)
    ] == []


@pytest.mark.parametrize("away", [-300, -1, 0, 1, 299, 300, 300.0])
def test_a_call_is_accepted_for_five_minutes_in_either_direction(away: float) -> None:
    body = written(TEST_CALL)

    assert fc.unwrap_webhook(body, signed(body), SECRET, now=NOW + away).event == "webhook.test"


@pytest.mark.parametrize(
    ("away", "said"),
    [(301, "301 seconds old"), (-301, "301 seconds ahead"), (300.5, "300 seconds old"), (10**9, "old")],
)
def test_an_older_call_is_refused_as_a_repeat(away: float, said: str) -> None:
    body = written(TEST_CALL)
    with pytest.raises(fc.WebhookSignatureError, match=said):
        fc.unwrap_webhook(body, signed(body), SECRET, now=NOW + away)


@pytest.mark.parametrize("now", [float("nan"), float("inf")])
def test_a_clock_that_is_no_clock_accepts_nothing(now: float) -> None:
    body = written(TEST_CALL)
    with pytest.raises(fc.WebhookSignatureError):
        fc.unwrap_webhook(body, signed(body), SECRET, now=now)


def test_the_window_can_be_set_and_the_clock_is_this_machines() -> None:
    body = written(TEST_CALL)
    with pytest.raises(fc.WebhookSignatureError, match="at most 10 are accepted"):
        fc.unwrap_webhook(body, signed(body), SECRET, now=NOW + 11, tolerance_seconds=10)

    assert fc.unwrap_webhook(body, signed(body, int(time.time())), SECRET).event == "webhook.test"
    with pytest.raises(fc.WebhookSignatureError, match=r"seconds (old|ahead)"):
        fc.unwrap_webhook(body, signed(body, 1), SECRET)


@pytest.mark.parametrize(
    "body", [b"{", b"[]", b'"x"', b"{}", b'{"event": 7}', b'{"event": null}', b"\xff", b""]
)
def test_the_signature_comes_before_the_words(body: bytes) -> None:
    with pytest.raises(fc.WebhookSignatureError):
        fc.unwrap_webhook(body, signed(b"else"), SECRET, now=NOW)
    with pytest.raises(fc.WebhookPayloadError):
        fc.unwrap_webhook(body, signed(body), SECRET, now=NOW)


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
def test_an_event_that_is_new_can_be_told_from_a_broken_one(strict: bool) -> None:
    with pytest.raises(fc.UnknownWebhookEventError, match="accept the call and ignore it") as caught:
        unwrapped({**TEST_CALL, "event": "job.paused"}, strict=strict)

    assert (caught.value.event, caught.value.pointer) == ("job.paused", "/event")
    assert isinstance(caught.value, fc.WebhookPayloadError)
    assert not isinstance(caught.value, fc.WebhookSignatureError)


NEWS = [
    ({"job": {**FAILED_CALL["job"], "failure_type": "cosmic ray"}}, "/job/failure_type"),  # type: ignore[dict-item]  # a dict
    ({"job": {**FAILED_CALL["job"], "gpu": "H100"}}, "/job/gpu"),  # type: ignore[dict-item]  # a dict
    ({"job": {**FAILED_CALL["job"], "credits_charged": -1}}, "/job/credits_charged"),  # type: ignore[dict-item]  # a dict
    ({"region": "eu"}, "/region"),
]


@pytest.mark.parametrize(("change", "pointer"), NEWS, ids=[pointer for _, pointer in NEWS])
def test_what_is_new_in_a_call_is_kept_but_breaks_the_contract_in_strict_mode(
    change: dict[str, Any], pointer: str
) -> None:
    newer = {**FAILED_CALL, **change}

    assert unwrapped(newer).model_dump(mode="json") == newer
    with pytest.raises(fc.WebhookPayloadError) as caught:
        unwrapped(newer, strict=True)
    assert caught.value.pointer == pointer


@pytest.mark.parametrize("strict", [False, True], ids=["open", "strict"])
@pytest.mark.parametrize(
    ("change", "pointer"),
    [({"job": None}, "/job"), ({"timestamp": 7}, "/timestamp"), ({"delivery_id": "x"}, "/delivery_id")],
)
def test_another_kind_of_value_breaks_the_contract_in_either_mode(
    change: dict[str, Any], pointer: str, strict: bool
) -> None:
    with pytest.raises(fc.WebhookPayloadError) as caught:
        unwrapped({**FAILED_CALL, **change}, strict=strict)

    assert caught.value.pointer == pointer


def test_all_that_can_go_wrong_is_one_class_and_a_value_error() -> None:
    kinds = [fc.WebhookSignatureError, fc.WebhookPayloadError, fc.UnknownWebhookEventError]

    assert all(issubclass(kind, fc.WebhookError) for kind in kinds)
    assert issubclass(fc.WebhookError, ValueError)


def test_the_parts_can_be_used_alone() -> None:
    body = written(TEST_CALL)
    headers = signed(body)
    fc.verify_webhook_signature(
        SECRET, headers["X-Webhook-Timestamp"], body, headers["X-Webhook-Signature"], now=NOW
    )

    assert fc.parse_webhook(body) == fc.parse_webhook(body.decode()) == unwrapped(TEST_CALL)
