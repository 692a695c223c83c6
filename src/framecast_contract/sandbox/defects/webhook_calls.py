"""Defects of webhook calls: their headers and signature, and what they say of a job."""

import hmac
import json
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, as_if, replace
from framecast_contract.sandbox.http import Call
from framecast_contract.sandbox.signatures import signature

_PAYLOADS = "tests/lifecycle/test_webhook_payloads.py"
_TRIAL = f"{_PAYLOADS}::test_a_trial_is_signed_and_tells_of_no_job"
_ROTATED = f"{_PAYLOADS}::test_after_a_rotation_only_the_new_secret_signs"
_SENT_AGAIN = f"{_PAYLOADS}::test_what_was_sent_before_a_rotation_is_sent_again_under_the_new_secret"
_SAME = f"{_PAYLOADS}::test_a_call_says_what_the_job_says_at_that_moment"
_FILM = f"{_PAYLOADS}::test_a_finished_film_is_told_with_its_links"
_FAILURE = f"{_PAYLOADS}::test_a_failure_is_told_with_its_cause_and_refund"
_CANCELED = f"{_PAYLOADS}::test_a_cancellation_names_who_canceled"
_PROJECT = f"{_PAYLOADS}::test_renders_of_a_project_name_it"
_DELIVERIES = "tests/lifecycle/test_webhook_deliveries.py"
_BY_HAND = f"{_DELIVERIES}::test_a_failed_delivery_is_retried_by_hand"
_DUE = f"{_DELIVERIES}::test_attempts_come_when_they_are_due"

Json = dict[str, Any]


def _sent_with(change: Callable[[Sandbox, dict[str, str]], dict[str, str]]) -> Callable[[Sandbox], None]:
    """A defect that sends some headers with other values."""
    return lambda sandbox: alter(
        sandbox.deliveries.headers, lambda headers: headers | change(sandbox, headers)
    )


def _stamped(time_of: Callable[[Sandbox, sqlite3.Row], float]) -> Callable[[Sandbox], None]:
    """A defect that tells another time than that of the attempt, and signs it."""

    def plant(sandbox: Sandbox) -> None:
        headers = sandbox.deliveries.headers

        def stamped(due: sqlite3.Row, body: bytes) -> dict[str, str]:
            timestamp = str(int(time_of(sandbox, due)))
            return headers(due, body) | {
                "X-Webhook-Timestamp": timestamp,
                "X-Webhook-Signature": signature(due["secret"], timestamp, body),
            }

        replace(sandbox.deliveries.headers, stamped)

    return plant


def _signed(sign: Callable[[str, str, bytes], str]) -> Callable[[Sandbox], None]:
    """A defect that signs otherwise; `sign` takes secret, timestamp and body."""

    def plant(sandbox: Sandbox) -> None:
        headers = sandbox.deliveries.headers

        def signed(due: sqlite3.Row, body: bytes) -> dict[str, str]:
            given = headers(due, body)
            made = sign(due["secret"], given["X-Webhook-Timestamp"], body)
            return given | {"X-Webhook-Signature": made}

        replace(sandbox.deliveries.headers, signed)

    return plant


def _body_alone(secret: str, _timestamp: str, body: bytes) -> str:
    return f"sha256={hmac.new(secret.encode(), body, 'sha256').hexdigest()}"


def _decoded_key(secret: str, timestamp: str, body: bytes) -> str:
    message = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(bytes.fromhex(secret), message, 'sha256').hexdigest()}"


def _old_secret(sandbox: Sandbox) -> None:
    rotate, headers = sandbox.webhooks.rotate_webhook_secret, sandbox.deliveries.headers
    first = dict[str, str]()

    def remember(call: Call) -> Response:
        webhook = sandbox.webhooks.row(call.path_uuid("webhook_id"))
        first.setdefault(webhook["id"], webhook["secret"])
        return rotate(call)

    def stale(due: sqlite3.Row, body: bytes) -> dict[str, str]:
        return headers(as_if(due, secret=first.get(due["webhook_id"], due["secret"])), body)

    replace(sandbox.webhooks.rotate_webhook_secret, remember)
    replace(sandbox.deliveries.headers, stale)


def _another_payload_kept(sandbox: Sandbox) -> None:
    def kept(shown: Json) -> Json:
        return shown | {"payload": shown["payload"] | {"timestamp": shown["created_at"]}}

    alter(sandbox.deliveries.view, kept)


def _written_anew(sandbox: Sandbox) -> None:
    """A retry by hand sends the message with the time of the retry."""
    retry = sandbox.deliveries.retry_webhook_delivery

    def renew(call: Call) -> Response:
        delivery = sandbox.deliveries.row(call.path_uuid("delivery_id"))
        payload = json.loads(delivery["payload"]) | {"timestamp": sandbox.now()}
        response = retry(call)
        changes = {"payload": json.dumps(payload)}
        sandbox.database.update("webhook_deliveries", delivery["id"], changes)
        return response

    replace(sandbox.deliveries.retry_webhook_delivery, renew)


def _says(change: Callable[[Json], Json], event: str | None = None) -> Callable[[Sandbox], None]:
    """A defect that writes other members into the payloads of one event, or of all."""

    def plant(sandbox: Sandbox) -> None:
        insert = sandbox.database.insert

        def store(table: str, row: Json) -> None:
            if table == "webhook_deliveries" and event in (None, row["event_type"]):
                payload = json.loads(row["payload"])
                row = {**row, "payload": json.dumps(payload | change(payload))}
            insert(table, row)

        replace(sandbox.database.insert, store)

    return plant


def _says_of_job(event: str, change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that says something else of the job in the payloads of one event."""
    return _says(lambda payload: {"job": payload["job"] | change(payload["job"])}, event)


def _without_refund(payload: Json) -> Json:
    return {"job": {name: value for name, value in payload["job"].items() if name != "credits_refunded"}}


def _net_charge(job: Json) -> Json:
    return {"credits_charged": job["credits_charged"] - job["credits_refunded"]}


def _canceled_by_maker(sandbox: Sandbox) -> None:
    announce = sandbox.deliveries.announce

    def blame(job: sqlite3.Row, event: str, by: str | None = None) -> None:
        announce(job, event, by and job["triggered_by"])

    replace(sandbox.deliveries.announce, blame)


DEFECTS = (
    Defect(
        "call-as-plain-text",
        "CALL-1",
        "A call says that it carries plain text.",
        _sent_with(lambda _, __: {"Content-Type": "text/plain"}),
        (_TRIAL,),
    ),
    Defect(
        "each-attempt-its-own-id",
        "CALL-2",
        "Every attempt calls its delivery by a new id.",
        _sent_with(lambda sandbox, _: {"X-Webhook-Delivery-Id": sandbox.new_id()}),
        (_BY_HAND,),
    ),
    Defect(
        "attempts-tell-first-time",
        "CALL-3",
        "Every attempt tells the time when its delivery was made.",
        _stamped(lambda _, due: datetime.fromisoformat(due["created_at"]).timestamp()),
        (_DUE,),
    ),
    Defect(
        "attempt-time-in-milliseconds",
        "CALL-3",
        "A call tells its time in milliseconds.",
        _stamped(lambda sandbox, _: sandbox.clock.now().timestamp() * 1000),
        (_TRIAL,),
    ),
    Defect(
        "another-payload-kept",
        "CALL-4",
        "The payload shown with a delivery tells another time than the one sent.",
        _another_payload_kept,
        (_TRIAL,),
    ),
    Defect(
        "message-written-anew",
        "CALL-5",
        "A retry by hand sends its message with a new time.",
        _written_anew,
        (_SENT_AGAIN, _BY_HAND),
    ),
    Defect(
        "old-secret-signs",
        "CALL-7",
        "After a rotation calls are still signed with the first secret.",
        _old_secret,
        (_ROTATED,),
    ),
    Defect(
        "body-alone-signed",
        "D-22",
        "The signature covers the body and not the time.",
        _signed(_body_alone),
        (_TRIAL, _SAME),
    ),
    Defect(
        "secret-decoded-to-sign",
        "D-22",
        "Calls are signed with what the hex digits of the secret stand for.",
        _signed(_decoded_key),
        (_TRIAL,),
    ),
    Defect(
        "event-without-prefix",
        "PAYLOAD-1",
        "Payloads name their event without the part before the full stop.",
        _says(lambda payload: {"event": payload["event"].partition(".")[2]}),
        (_TRIAL, _SAME),
    ),
    Defect(
        "failure-told-without-refund",
        "PAYLOAD-2",
        "The call about a failure does not say what was refunded.",
        _says(_without_refund, "job.failed"),
        (f"{_FAILURE}[system-0]",),
    ),
    Defect(
        "completion-told-as-processing",
        "PAYLOAD-3",
        "The job in a completed event is processing.",
        _says_of_job("job.completed", lambda _: {"status": "processing"}),
        (_SAME,),
    ),
    Defect(
        "start-told-as-queued",
        "D-20",
        "The job in a started event is queued.",
        _says_of_job("job.started", lambda _: {"status": "queued"}),
        (_SAME,),
    ),
    Defect(
        "net-charge-told",
        "PAYLOAD-4",
        "The call about a failure tells the charge less the refund.",
        _says_of_job("job.failed", _net_charge),
        (f"{_FAILURE}[system-40]",),
    ),
    Defect(
        "film-size-in-kilobytes",
        "PAYLOAD-4",
        "The call about a finished film tells its size in kilobytes.",
        _says_of_job(
            "job.completed",
            lambda job: {"output": {**job["output"], "size_bytes": job["output"]["size_bytes"] // 1000}},
        ),
        (f"{_FILM}[least]", f"{_FILM}[most]"),
    ),
    Defect(
        "project-not-told",
        "PAYLOAD-4",
        "The call about a new job names no project.",
        _says_of_job("job.queued", lambda _: {"project_id": None}),
        (_PROJECT,),
    ),
    Defect(
        "canceled-by-its-maker",
        "PAYLOAD-5",
        "The call about a cancellation names who made the job.",
        _canceled_by_maker,
        (f"{_CANCELED}[None]", f"{_CANCELED}[40]"),
    ),
    Defect(
        "unknown-phase-told",
        "PAYLOAD-6",
        "The call about a failure tells a phase that does not exist.",
        _says_of_job("job.failed", lambda job: {"progress": {**job["progress"], "phase": "rendering"}}),
        (f"{_FAILURE}[system-40]",),
    ),
    Defect(
        "test-tells-of-job",
        "PAYLOAD-7",
        "A test tells of a job.",
        _says(lambda payload: {"job": {"id": payload["delivery_id"], "status": "completed"}}, "webhook.test"),
        (_TRIAL,),
    ),
)
