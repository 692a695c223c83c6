"""What generated clients send, byte for byte: one tiny document per feature."""

from __future__ import annotations

from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote
from uuid import UUID

import pytest

from .codegen_calls import Api, Sent, single
from .codegen_documents.shaping import (
    JSON,
    Json,
    array,
    body,
    boolean,
    content,
    integer,
    mapping,
    parameter,
    record,
    ref,
    string,
)

FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"
POINT = record("x y", x=integer(), y=integer())
NUMBERS = array(integer())


class Make(Protocol):
    """Generate, import and wrap a document."""

    def __call__(self, operation: Json, **more: Any) -> Api: ...


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.syspath_prepend(tmp_path)
    return lambda operation, **more: Api(single(operation, **more), tmp_path)


def one(place: str, schema: Json, **how: Any) -> Json:
    return {"parameters": [parameter(place, "v", schema, **how)]}


def asking(schema: Json, media_type: str, **more: Any) -> Json:
    return {"requestBody": body(schema, media_type, **more)}


def test_reserved_characters_stay_where_the_document_allows_them(make: Make) -> None:
    api = make(one("query", string(), allowReserved=True))

    api.call("do", v="/a/b?c:d e")

    assert api.sent.target == "/things?v=/a/b?c:d%20e"


def test_a_parameter_with_content_is_json(make: Make) -> None:
    api = make({"parameters": [{"name": "v", "in": "query", "content": content(POINT)}]})

    api.call("do", v={"x": 1, "y": 2})

    assert api.sent.target == "/things?v=%7B%22x%22%3A1%2C%22y%22%3A2%7D"


def test_what_is_not_given_is_not_sent(make: Make) -> None:
    listed = [parameter(place, place, string()) for place in ("query", "header", "cookie")]
    api = make(
        {"parameters": listed, "requestBody": body(record(a=string()), required=False)}, route="POST /x"
    )

    api.call("do")

    assert api.sent == Sent("POST", "/x")


def test_cookies_travel_in_one_header(make: Make) -> None:
    listed = [
        parameter("cookie", "session", string()),
        parameter("cookie", "tags", array(string()), explode=False),
    ]
    api = make({"parameters": listed})

    api.call("do", session="a1", tags=["x", "y"])

    assert api.sent == Sent("GET", "/things", {"cookie": "session=a1; tags=x,y"})


def test_a_header_holds_a_list_or_an_object(make: Make) -> None:
    listed = [
        parameter("header", "X-Ids", NUMBERS),
        parameter("header", "X-Point", POINT),
        parameter("header", "X-Meta", mapping(string()), explode=True),
    ]
    api = make({"parameters": listed})

    api.call("do", x_ids=[1, 2], x_point={"x": 1, "y": 2}, x_meta={"a": "b", "c": "d"})

    assert api.sent == Sent("GET", "/things", {"x-ids": "1,2", "x-point": "x,1,y,2", "x-meta": "a=b,c=d"})


@pytest.mark.parametrize("value", ["a\r\nx-evil: 1", "\x00", "ü\n"])
def test_a_header_cannot_be_broken_out_of(make: Make, value: str) -> None:
    api = make({"parameters": [parameter(place, place) for place in ("header", "cookie")]})

    with pytest.raises(ValueError):
        api.call("do", header=value)
    api.call("do", cookie=value)

    assert api.sent.headers["cookie"] == f"cookie={quote(value)}"


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_a_path_cannot_be_left(make: Make, value: str) -> None:
    api = make(one("path", string()), route="GET /a/{v}")

    with pytest.raises(ValueError):
        api.call("do", value)


def test_json_tells_null_from_absent(make: Make) -> None:
    schema = record("a", a=string(), b={"type": ["string", "null"]}, c={"type": ["string", "null"]})
    api = make(asking(schema, JSON), route="PATCH /x")

    api.call("do", "1", b=None)

    assert api.sent == Sent("PATCH", "/x", {"content-type": JSON}, b'{"a":"1","b":null}')


def test_nullable_of_3_0_is_null(make: Make) -> None:
    schema = record(a=string(nullable=True), b={"nullable": True, "allOf": [ref("Point")]})
    api = make(asking(schema, JSON), route="PATCH /x", openapi="3.0.3", Point=POINT)

    api.call("do", a=None, b=None)

    assert api.sent.body == b'{"a":null,"b":null}'


def test_a_model_and_a_mapping_are_the_same_in_a_body(make: Make) -> None:
    api = make(
        asking(ref("Order"), JSON), route="POST /x", Order=record("point", point=ref("Point")), Point=POINT
    )
    model = api.package.models.Point(x=1, y=2)

    api.call("do", model)
    api.call("do", {"x": 1, "y": 2})

    assert [request.content for request in api.requests] == [b'{"point":{"x":1,"y":2}}'] * 2


def test_a_body_that_is_no_object_is_one_parameter(make: Make) -> None:
    api = make(asking(array(string(format="uuid")), JSON), route="POST /x")

    api.call("do", [UUID(int=1), str(UUID(int=2))])

    assert api.sent.body == (
        b'["00000000-0000-0000-0000-000000000001","00000000-0000-0000-0000-000000000002"]'
    )


def test_other_kinds_of_json_keep_their_media_type(make: Make) -> None:
    api = make(asking(record(a=string()), "application/merge-patch+json"), route="PATCH /x")

    api.call("do", a="b")

    assert api.sent == Sent("PATCH", "/x", {"content-type": "application/merge-patch+json"}, b'{"a":"b"}')


def test_a_form(make: Make) -> None:
    schema = record("name", name=string(), tags=array(string()), ok=boolean(), point=POINT, note=string())
    how = {"point": {"style": "deepObject", "explode": True}}
    api = make(asking(schema, FORM, encoding=how), route="POST /x")

    api.call("do", "a b&c", tags=["1", "2"], ok=True, point={"x": 1, "y": 2})

    sent = "name=a+b%26c&tags=1&tags=2&ok=true&point%5Bx%5D=1&point%5By%5D=2"
    assert api.sent.headers == {"content-type": FORM}
    assert api.sent.body.decode().replace("%20", "+") == sent


def test_a_multipart_body(make: Make) -> None:
    files = {"file": string(format="binary"), "more": array(string(format="binary"))}
    schema = record("file note", **files, note=string(), tags=array(string()), point=POINT, left=string())
    api = make(asking(schema, MULTIPART, encoding={"more": {"contentType": "image/png"}}), route="POST /x")

    api.call(
        "do",
        ("a b.txt", b"\x00\r\n", "text/x-log"),
        "grüß",
        more=[b"1", b"2"],
        tags=["x"],
        point={"x": 1, "y": 2},
    )

    assert parts_of(api.sent) == [
        ("file", "a b.txt", "text/x-log", b"\x00\r\n"),
        ("note", None, "text/plain", "grüß".encode()),
        ("more", "more", "image/png", b"1"),
        ("more", "more", "image/png", b"2"),
        ("tags", None, "text/plain", b"x"),
        ("point", None, JSON, b'{"x":1,"y":2}'),
    ]


def parts_of(sent: Sent) -> list[tuple[str, str | None, str, Any]]:
    """Name, file name, media type and data of each part, in order."""
    head = f"content-type: {sent.headers['content-type']}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + sent.body)
    assert isinstance(message, EmailMessage)
    return [
        (
            part["content-disposition"].params["name"],
            part.get_filename(),
            part.get_content_type(),
            part.get_payload(decode=True),
        )
        for part in message.iter_parts()
    ]


@pytest.mark.parametrize("name", ['a"; name="b', "a\r\nx-evil: 1", "ü"])
def test_the_name_of_a_file_cannot_be_broken_out_of(make: Make, name: str) -> None:
    api = make(asking(record("file", file=string(format="binary")), MULTIPART), route="POST /x")

    api.call("do", (name, b"data", "text/plain"))

    (line,) = (one for one in api.sent.body.splitlines() if one.startswith(b"Content-Disposition"))
    assert line.count(b'"') == 4
    assert b"x-evil" not in api.sent.body.replace(line, b"")


def test_text_and_bytes_go_as_they_are(make: Make) -> None:
    text = make(asking(string(), "text/plain"), route="POST /x")
    raw = make(asking(string(format="binary"), "application/octet-stream"), route="PUT /x")

    text.call("do", "grüß")
    raw.call("do", b"\x00\xff")

    assert (text.sent.headers["content-type"].partition(";")[0], text.sent.body) == (
        "text/plain",
        "grüß".encode(),
    )
    assert (raw.sent.headers["content-type"], raw.sent.body) == ("application/octet-stream", b"\x00\xff")


def test_the_key_of_a_call_is_minted_and_can_be_given(make: Make) -> None:
    operation = {**one("header", string()), "x-idempotency-key": "Idempotency-Key"}
    operation["parameters"].append(parameter("header", "Idempotency-Key"))
    api = make(operation, route="POST /x")

    api.call("do", idempotency_key="mine")

    assert api.sent.headers == {"idempotency-key": "mine"}
