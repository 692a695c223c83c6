"""What the client has for receivers of webhook calls: the generated module, and the code it stands on."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from framecast_contract.codegen import CodegenError, generate, generate_package
from framecast_contract.codegen.runtime._webhooks import WebhookSignatureError, verify_webhook_signature
from framecast_contract.contract import Contract, load_contract


def call(schema: Any) -> dict[str, Any]:
    return {"post": {"requestBody": {"content": {"application/json": {"schema": schema}}}}}


def payload(event: str, **members: Any) -> dict[str, Any]:
    properties = {"event": {"type": "string", "const": event}, **members}
    return {"type": "object", "required": ["event"], "properties": properties}


DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Books", "version": "1"},
    "paths": {"/books": {"delete": {"operationId": "burn_books", "responses": {"204": {}}}}},
    "webhooks": {
        "book.sold": call({"$ref": "#/components/schemas/BookSold"}),
        "book.lent": call({"$ref": "#/components/schemas/BookLent"}),
    },
    "components": {
        "schemas": {
            "BookSold": payload("book.sold", price={"type": "integer"}),
            "BookLent": payload("book.lent"),
        }
    },
}

MODULE = '''\
WebhookPayload: TypeAlias = models.BookSold | models.BookLent
"""The body of a call."""

PAYLOADS: Mapping[str, type[WebhookPayload]] = MappingProxyType(
    {
        "book.sold": models.BookSold,
        "book.lent": models.BookLent,
    }
)
"""The model of the body, by event."""


def parse_webhook(body: bytes | str, *, strict: bool = False) -> WebhookPayload:
    """Read the body of a call as the model of its event, without asking who made it.

    Raises:
        UnknownWebhookEventError: the event is not in `PAYLOADS`. A newer server may send it.
        WebhookPayloadError: it is not JSON, or not what the contract says about the event.
    """
    return parse(body, PAYLOADS, "event", strict=strict)
'''


def test_calls_become_one_module() -> None:
    files = generate(DOCUMENT, "bookshop")

    assert files["webhooks.py"].endswith(MODULE)
    assert "from .webhooks import (" in files["__init__.py"]


def test_without_calls_there_is_no_such_module() -> None:
    files = generate({**DOCUMENT, "webhooks": {}}, "bookshop")

    assert "webhooks.py" not in files
    assert "webhook" not in files["__init__.py"]


def refused(schema: Any, **schemas: Any) -> str:
    document = deepcopy(DOCUMENT)
    document["webhooks"] = {"book.sold": call(schema)}
    document["components"]["schemas"].update(schemas)
    with pytest.raises(CodegenError) as caught:
        generate(document)
    return str(caught.value)


def test_a_call_without_a_payload_is_refused() -> None:
    assert refused(None) == (
        "/webhooks/book.sold/post/requestBody/content/application~1json/schema: "
        "the call 'book.sold' has no named payload; refer to one in components/schemas"
    )


@pytest.fixture(scope="module")
def contract() -> Contract:
    return load_contract()


@pytest.fixture(scope="module")
def client(contract: Contract, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The client of this checkout's contract, generated anew and imported under a name of its own."""
    folder: Path = tmp_path_factory.mktemp("client")
    generate_package(contract.document, out=folder, package="receiving_client")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield importlib.import_module("receiving_client")


def test_every_example_of_a_call_is_read_as_the_model_of_its_event(
    client: ModuleType, contract: Contract
) -> None:
    for event, webhook in contract.webhooks.items():
        for example in webhook.examples().values():
            read = client.parse_webhook(json.dumps(example))

            assert type(read).__name__ == webhook.payload
            assert (read.event, read.model_dump(mode="json")) == (event, example)


def test_a_body_is_read_from_bytes_too_and_keeps_what_it_has_more(client: ModuleType) -> None:
    body = b'{"event":"webhook.test","timestamp":"2026-01-01T00:00:00Z","new":1,'
    body += b'"delivery_id":"4b6d8f0a-2c3e-4f5a-8b7d-9f1b3d5f7a97"}'

    assert client.parse_webhook(body).new == 1


def test_an_event_of_a_newer_server_is_told_apart_from_a_broken_body(client: ModuleType) -> None:
    with pytest.raises(client.UnknownWebhookEventError) as caught:
        client.parse_webhook('{"event":"job.paused"}')

    assert caught.value.event == "job.paused"
    assert str(caught.value) == (
        "the event 'job.paused' is new to this client, which knows job.queued, job.started, job.progress, "
        "job.completed, job.failed, job.canceled, webhook.test; accept the call and ignore it, or update the "
        "client"
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("{", ": expected JSON, got '{'"),
        (b"\xff", ": expected JSON, got b'\\xff'"),
        ("[" * 5000, f": expected JSON, got '{'[' * 199}…"),
        ("[]", ": expected an object, got []"),
        ("{}", " at /event: expected the name of an event, got None"),
        ('{"event":1}', " at /event: expected the name of an event, got 1"),
        ('{"event":"webhook.test"}', " at /timestamp: expected the member to be present, got nothing"),
        (
            '{"event":"webhook.test","timestamp":1,"delivery_id":"x"}',
            " at /timestamp: expected a valid datetime, got 1",
        ),
    ],
)
def test_a_broken_body_is_told_with_its_place(client: ModuleType, body: str | bytes, expected: str) -> None:
    with pytest.raises(client.WebhookPayloadError) as caught:
        client.parse_webhook(body)

    assert str(caught.value) == f"the webhook call breaks the contract{expected}"


SECRET = "0123456789abcdef0123456789abcdef"
SENT_AT = 1767225600
BODY = b'{"event":"webhook.test"}'
SIGNATURE = "sha256=3abc8a5d2f344766f942ca9c85f549871a643abd08ed761a60ce4e770a1903f6"


def verify(
    *,
    secret: str = SECRET,
    timestamp: str | None = str(SENT_AT),
    body: bytes = BODY,
    signature: str | None = SIGNATURE,
    now: float = SENT_AT,
) -> None:
    verify_webhook_signature(secret, timestamp, body, signature, now=now)


@pytest.mark.parametrize("away", [-300, 0, 1.5, 300])
def test_a_call_of_framecast_is_trusted_for_five_minutes(away: float) -> None:
    verify(now=SENT_AT + away)


@pytest.mark.parametrize(
    ("forged", "reason"),
    [
        ({"secret": SECRET[::-1]}, "X-Webhook-Signature is missing or wrong"),
        ({"secret": ""}, "the secret is empty"),
        ({"body": BODY + b" "}, "X-Webhook-Signature is missing or wrong"),
        ({"timestamp": "1767225601"}, "X-Webhook-Signature is missing or wrong"),
        ({"signature": SIGNATURE.upper()}, "X-Webhook-Signature is missing or wrong"),
        ({"signature": SIGNATURE.removeprefix("sha256=")}, "X-Webhook-Signature is missing or wrong"),
        ({"signature": "sha256=\udcff"}, "X-Webhook-Signature is missing or wrong"),
        ({"signature": None}, "X-Webhook-Signature is missing or wrong"),
        ({"timestamp": None}, "X-Webhook-Timestamp is None; expected Unix seconds"),
        ({"timestamp": "-1"}, "X-Webhook-Timestamp is '-1'; expected Unix seconds"),
        ({"timestamp": "١٧٦٧٢٢٥٦٠٠"}, "X-Webhook-Timestamp is '١٧٦٧٢٢٥٦٠٠'; expected Unix seconds"),
        ({"now": SENT_AT + 300.5}, "X-Webhook-Timestamp 1767225600 is 300 seconds old"),
        ({"now": SENT_AT - 301}, "X-Webhook-Timestamp 1767225600 is 301 seconds ahead"),
        ({"now": float("nan")}, "X-Webhook-Timestamp 1767225600 is nan seconds"),
    ],
)
def test_anything_else_is_refused(forged: dict[str, Any], reason: str) -> None:
    with pytest.raises(WebhookSignatureError) as caught:
        verify(**forged)

    assert str(caught.value).startswith(reason)
    assert SIGNATURE not in str(caught.value)
    assert SECRET not in str(caught.value)


def test_without_now_the_clock_counts() -> None:
    with pytest.raises(WebhookSignatureError, match=r"seconds (old|ahead)"):
        verify_webhook_signature(SECRET, str(SENT_AT), BODY, SIGNATURE, tolerance_seconds=0)


def test_receivers_find_it_all_at_the_top_of_the_package(client: ModuleType) -> None:
    client.verify_webhook_signature(SECRET, str(SENT_AT), BODY, SIGNATURE, now=SENT_AT)

    assert issubclass(client.WebhookSignatureError, client.WebhookError)
    assert issubclass(client.UnknownWebhookEventError, client.WebhookPayloadError)
    assert client.WebhookPayload == client.webhooks.WebhookPayload
