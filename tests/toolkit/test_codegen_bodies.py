"""Bodies of every kind: the parameters they become, and the bytes that are sent."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import MISSING

from framecast_contract.codegen import generate
from framecast_contract.codegen.runtime import _bodies as bodies
from framecast_contract.codegen.runtime._request import Content

from .codegen_trial import write_package

TEXT, FILE = {"type": "string"}, {"type": "string", "format": "binary"}
JSON, FORM, PARTS = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"


def record(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def body(schema: Any, *media_types: str, required: bool = True, **more: Any) -> dict[str, Any]:
    return {"required": required, "content": {one: {"schema": schema, **more} for one in media_types}}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


NESTED = {"style": "deepObject", "explode": True}
FREE = {"type": "object", "additionalProperties": TEXT}
TAKEN = {
    "flat": body(record("a", a=TEXT, id={**TEXT, "readOnly": True}, b=ref("Pet")), JSON, "application/xml"),
    "composed": body({"allOf": [ref("Named"), record("legs", legs={"type": "integer"})]}, JSON),
    "either": body({"oneOf": [ref("Pet"), ref("Named")]}, JSON),
    "opened": body({**record(a=TEXT), "additionalProperties": True}, JSON),
    "nullable": body({**record(a=TEXT), "nullable": True}, JSON),
    "unspeakable": body({"type": "object", "properties": {"$$": TEXT}}, JSON),
    "merged": body(record(a={**TEXT, "nullable": True}), "application/merge-patch+json", required=False),
    "form": body(record("a", a=TEXT, list={"type": "array", "items": TEXT}, pet=ref("Pet"), meta=FREE),
                 FORM, encoding={"meta": NESTED}),
    "parts": body(record("file", file=FILE, more={"type": "array", "items": FILE}, pet=ref("Pet"), note=TEXT),
                  PARTS, encoding={"file": {"contentType": "image/png"}}),
    "text": body(TEXT, "text/csv"),
    "bytes": body(FILE, "application/octet-stream", required=False),
    "image": body(FILE, "image/*"),
}  # fmt: skip
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Bodies", "version": "1"},
    "paths": {
        f"/{name}": {
            "post": {
                "operationId": f"send_{name}",
                "requestBody": taken,
                "responses": {"204": {"description": "done"}},
            }
        }
        for name, taken in TAKEN.items()
    },
    "components": {"schemas": {"Pet": record("kind", kind=TEXT), "Named": record("name", name=TEXT)}},
}


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder: Path = tmp_path_factory.mktemp("bodies")
    write_package(generate(DOCUMENT, "bodies_client"), folder, "bodies_client")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield import_module("bodies_client.operations")
    for name in [one for one in sys.modules if one.partition(".")[0] == "bodies_client"]:
        del sys.modules[name]


SIGNATURES = {
    "flat": "(a: str, *, b: models.Pet | JsonObject | MISSING = MISSING)",
    "composed": "(name: str, legs: int)",
    "either": "(body: models.Pet | JsonObject | models.Named)",
    "opened": "(body: models.SendOpenedRequest | JsonObject)",
    "nullable": "(body: models.SendNullableRequest | JsonObject | None)",
    "unspeakable": "(body: models.SendUnspeakableRequest | JsonObject)",
    "merged": "(*, a: str | None | MISSING = MISSING)",
    "form": (
        "(a: str, *, list: Sequence[str] | MISSING = MISSING, "
        "pet: models.Pet | JsonObject | MISSING = MISSING, meta: JsonObject | MISSING = MISSING)"
    ),
    "parts": (
        "(file: bytes | tuple[str, bytes, str], *, "
        "more: Sequence[bytes | tuple[str, bytes, str]] | MISSING = MISSING, "
        "pet: models.Pet | JsonObject | MISSING = MISSING, note: str | MISSING = MISSING)"
    ),
    "text": "(body: str)",
    "bytes": "(*, body: bytes | MISSING = MISSING)",
    "image": "(body: bytes, *, content_type: str)",
}


@pytest.mark.parametrize("name", TAKEN)
def test_a_body_becomes_these_parameters(operations: ModuleType, name: str) -> None:
    found = inspect.signature(getattr(operations, f"send_{name}"))

    assert (
        str(found.replace(return_annotation=inspect.Signature.empty))
        .replace("'", "")
        .replace("<MISSING>", "MISSING")
        == SIGNATURES[name]
    )


def test_the_docstring_names_what_is_not_sent() -> None:
    told = "The body is sent as `application/json`; the server also takes `application/xml`."

    assert generate(DOCUMENT)["methods/other.py"].count(told) == 2


def sent(request: Any) -> tuple[str | None, bytes | None]:
    return dict(request.headers).get("content-type"), request.content


def test_json_bodies_are_sent_under_their_media_type(operations: ModuleType) -> None:
    assert sent(operations.send_composed("Tom", 4)) == (JSON, b'{"name":"Tom","legs":4}')
    assert sent(operations.send_either({"kind": "cat"})) == (JSON, b'{"kind":"cat"}')
    assert sent(operations.send_nullable(None)) == (JSON, b"null")
    assert sent(operations.send_merged(a=None)) == ("application/merge-patch+json", b'{"a":null}')
    assert sent(operations.send_merged()) == (None, None)


def test_a_form_repeats_lists_and_writes_objects_as_it_is_told(operations: ModuleType) -> None:
    request = operations.send_form("x&y=z", list=["1", "2 3"], pet={"kind": "cat"}, meta={"k": "v"})

    assert sent(request) == (
        FORM,
        b"a=x%26y%3Dz&list=1&list=2+3&pet=%7B%22kind%22%3A%22cat%22%7D&meta%5Bk%5D=v",
    )


def test_parts_have_names_types_and_a_boundary_of_their_own(operations: ModuleType) -> None:
    picture, other = b"\x89PNG\r\n--", ('a"b\r\n.txt', b"two", "text/plain")
    media_type, content = sent(
        operations.send_parts(picture, more=[b"one", other], pet={"kind": "ä"}, note="hi")
    )
    message = message_from_bytes(f"Content-Type: {media_type}\r\n\r\n".encode() + (content or b""))
    parts = list(message.walk())[1:]

    assert [
        (one["Content-Disposition"], one["Content-Type"], one.get_payload(decode=True)) for one in parts
    ] == [
        ('form-data; name="file"; filename="file"', "image/png", picture),
        ('form-data; name="more"; filename="more"', "application/octet-stream", b"one"),
        ('form-data; name="more"; filename="a%22b%0D%0A.txt"', "text/plain", b"two"),
        ('form-data; name="pet"', JSON, '{"kind":"ä"}'.encode()),
        ('form-data; name="note"', "text/plain; charset=utf-8", b"hi"),
    ]
    assert operations.send_parts(picture).content == operations.send_parts(picture).content


def test_texts_and_bytes_are_sent_as_they_are(operations: ModuleType) -> None:
    assert sent(operations.send_text("ä;b")) == ("text/csv; charset=utf-8", "ä;b".encode())
    assert sent(operations.send_bytes(body=b"\x00")) == ("application/octet-stream", b"\x00")
    assert sent(operations.send_bytes()) == (None, None)
    assert sent(operations.send_image(b"x", content_type="image/webp")) == ("image/webp", b"x")


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (
            lambda: bodies.raw("image", b""),
            "content_type: 'image' is no media type; expected one such as image/png",
        ),
        (
            lambda: bodies.raw("a/b\n", b""),
            "content_type: 'a/b\\n' is no media type; expected one such as image/png",
        ),
        (lambda: bodies.raw("a/b", "text"), "expected bytes for the body, got a str"),
        (
            lambda: bodies.multipart(PARTS, {"a": ("b", b"", "c/d\r\nx: y")}, {}),
            "a: 'c/d\\r\\nx: y' is no media type; expected one such as image/png",
        ),
        (
            lambda: bodies.form(FORM, {"a": None}),
            "a: expected text, a number, a UUID or a datetime, got None",
        ),
    ],
)
def test_what_cannot_be_sent_is_refused(call: Any, told: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()

    assert str(caught.value) == told


def test_what_is_not_given_is_no_body() -> None:
    assert bodies.as_json("a/b", MISSING) is MISSING
    assert bodies.text("a/b", MISSING) is MISSING
    assert bodies.raw("a/b", MISSING) is MISSING
    assert bodies.form(FORM, MISSING) is MISSING
    assert bodies.multipart(PARTS, MISSING, {}) is MISSING


def test_values_of_a_form_are_written_as_in_a_query() -> None:
    moment = datetime(2026, 1, 31, 12, tzinfo=UTC)

    assert bodies.form(FORM, {"at": moment, "ok": True, "n": [1, 2.5], "no": MISSING}) == Content(
        FORM, b"at=2026-01-31T12%3A00%3A00Z&ok=true&n=1&n=2.5"
    )
