"""How generated clients read answers, leniently and strictly: one tiny document per feature."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import pytest

from .codegen_calls import Api, as_json, single
from .codegen_documents.shaping import (
    JSON,
    Json,
    answer,
    array,
    choice,
    content,
    integer,
    mapping,
    record,
    ref,
    string,
)

PROBLEM = "application/problem+json"
CAT = record("kind lives", kind={"const": "cat"}, lives=integer())
DOG = record("kind name", kind={"const": "dog"}, name=string())
PET = {
    "oneOf": [ref("Cat"), ref("Dog")],
    "discriminator": {
        "propertyName": "kind",
        "mapping": {"cat": "#/components/schemas/Cat", "dog": "#/components/schemas/Dog"},
    },
}
ANSWERS = {"200": answer(ref("Thing"))}


class Make(Protocol):
    """Generate, import and wrap a document with these responses."""

    def __call__(self, responses: Json, **more: Any) -> Api: ...


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    monkeypatch.syspath_prepend(tmp_path)
    return lambda responses, **more: Api(single({"responses": responses}, **more), tmp_path)


def caught(api: Api, name: str, *, strict: bool = False) -> Any:
    with pytest.raises(getattr(api.package.errors, name)) as error:
        api.call("do", strict=strict)
    assert type(error.value).__name__ == name
    return error.value


def test_nothing_is_none(make: Make) -> None:
    assert make({"204": answer()}).call("do", strict=True) is None


def test_a_text_is_text(make: Make) -> None:
    api = make({"200": answer(string(), "text/plain")})
    api.answers(200, "grüß", content_type="text/plain; charset=utf-8")

    assert api.call("do", strict=True) == "grüß"


def test_bytes_are_bytes(make: Make) -> None:
    api = make({"200": answer(string(format="binary"), "application/octet-stream")})
    api.answers(200, b"\x00\xff", content_type="application/octet-stream")

    assert api.call("do", strict=True) == b"\x00\xff"


def test_the_content_type_says_which_of_several_it_is(make: Make) -> None:
    kinds = {**content(ref("Thing")), **content(string(), "text/csv"), **content(string(), "image/*")}
    api = make({"200": {"description": "x", "content": kinds}}, Thing=record("a", a=string()))
    found = []
    for media_type, sent in ((JSON, '{"a":"1"}'), ("text/csv", "a,b"), ("image/png", b"\x89")):
        api.answers(200, sent, content_type=media_type)
        found.append(api.call("do", strict=True))

    assert found == [api.package.models.Thing(a="1"), "a,b", b"\x89"]
    accepted = {part.strip() for part in api.requests[0].headers["accept"].split(",")}
    assert accepted == {JSON, "text/csv", "image/*"}


def test_a_union_is_told_apart_by_its_discriminator(make: Make) -> None:
    api = make({"200": answer(array(ref("Pet")))}, Pet=PET, Cat=CAT, Dog=DOG)
    api.answers(200, as_json([{"kind": "dog", "name": "Rex"}, {"kind": "cat", "lives": 9}]))
    models = api.package.models

    assert api.call("do", strict=True) == [
        models.Dog(kind="dog", name="Rex"),
        models.Cat(kind="cat", lives=9),
    ]


def test_a_variant_that_no_union_has_stays_a_dict_or_is_a_violation(make: Make) -> None:
    api = make({"200": answer(ref("Pet"))}, Pet=PET, Cat=CAT, Dog=DOG)
    api.answers(200, as_json({"kind": "fish", "fins": 2}))

    assert api.call("do") == {"kind": "fish", "fins": 2}
    assert caught(api, "ContractViolation", strict=True).status == 200


def test_a_model_may_hold_itself(make: Make) -> None:
    node = record("value", value=string(), children=array(ref("Node")), parent=ref("Node"))
    api = make({"200": answer(ref("Node"))}, Node=node)
    api.answers(200, as_json({"value": "a", "children": [{"value": "b", "children": [{"value": "c"}]}]}))

    assert api.call("do", strict=True).children[0].children[0].value == "c"


def test_all_of_is_one_object(make: Make) -> None:
    derived = {"allOf": [ref("Base"), record("b", b=integer())]}
    api = make({"200": answer(ref("Derived"))}, Base=record("a", a=string()), Derived=derived)
    api.answers(200, as_json({"a": "1", "b": 2}))

    found = api.call("do", strict=True)

    assert (found.a, found.b) == ("1", 2)


def test_an_object_described_in_place_has_a_model(make: Make) -> None:
    api = make({"200": answer(record("data", data=array(record("id", id=integer()))))})
    api.answers(200, as_json({"data": [{"id": 1}]}))

    assert api.call("do", strict=True).data[0].id == 1


def test_null_and_absent_differ_in_answers(make: Make) -> None:
    held = record(a=string(nullable=True), b=string(nullable=True), c=ref("Part"))
    held["properties"]["c"] = {"nullable": True, "allOf": [ref("Part")]}
    api = make(ANSWERS, openapi="3.0.3", Thing=held, Part=record("x", x=integer()))
    api.answers(200, as_json({"a": None, "c": None}))

    found = api.call("do", strict=True)

    assert (found.a, found.b, found.c) == (None, api.package.MISSING, None)


def test_a_map_keeps_the_type_of_its_values(make: Make) -> None:
    api = make({"200": answer(mapping(ref("Thing")))}, Thing=record("a", a=integer()))
    api.answers(200, as_json({"x y": {"a": 1}}))

    assert api.call("do", strict=True) == {"x y": api.package.models.Thing(a=1)}


def test_default_is_the_error_of_every_other_status(make: Make) -> None:
    api = make({"204": answer(), "default": answer(ref("Thing"))}, Thing=record("reason", reason=string()))
    for status, name in ((418, "ApiError"), (503, "ServerError")):
        api.answers(status, as_json({"reason": "tea"}))
        for strict in (False, True):
            assert caught(api, name, strict=strict).status == status


def test_a_range_of_errors(make: Make) -> None:
    responses = {"204": answer(), "4XX": answer(ref("Problem"), PROBLEM), "404": answer()}
    api = make(responses, Problem=record("title", title=string()))
    api.answers(409, as_json({"title": "Taken"}), content_type=PROBLEM)

    error = caught(api, "ApiError", strict=True)

    assert (error.status, error.message) == (409, "Taken")
    api.answers(404)
    assert caught(api, "NotFoundError", strict=True).status == 404


def test_a_success_that_nobody_documented(make: Make) -> None:
    api = make(ANSWERS, Thing=record("a", a=string()))
    api.answers(203, '{"a":"1"}')

    assert api.call("do").a == "1"
    assert caught(api, "ContractViolation", strict=True).status == 203


def test_an_error_that_nobody_documented(make: Make) -> None:
    api = make({"204": answer()})
    api.answers(500, "<html>", content_type="text/html")

    assert caught(api, "ServerError").status == 500
    assert caught(api, "ContractViolation", strict=True).status == 500


def test_a_value_that_no_enum_has(make: Make) -> None:
    api = make(ANSWERS, Thing=record("state", state=choice("on", "off")))
    api.answers(200, as_json({"state": "dimmed"}))

    assert api.call("do").state == "dimmed"
    assert caught(api, "ContractViolation", strict=True).pointer == "/state"


def test_a_member_that_no_object_has(make: Make) -> None:
    api = make(ANSWERS, Thing=record("a", a=record("b", b=string())))
    api.answers(200, as_json({"a": {"b": "1", "news": 2}}))

    assert api.call("do").a.news == 2
    assert caught(api, "ContractViolation", strict=True).pointer == "/a/news"


def test_a_member_of_an_open_object_is_no_violation(make: Make) -> None:
    held = {**record("a", a=string()), "additionalProperties": True}
    api = make(ANSWERS, Thing=held)
    api.answers(200, as_json({"a": "1", "b": [2]}))

    assert api.call("do", strict=True).model_dump() == {"a": "1", "b": [2]}


def test_a_header_that_nobody_declared(make: Make) -> None:
    api = make({"204": answer(headers={"X-Left": {"required": True, "schema": integer()}})})
    api.answers(204, x_left="5", x_other="1")

    assert api.call("do") is None
    assert "x-other" in str(caught(api, "ContractViolation", strict=True))
    for wrong in ({}, {"x_left": "five"}):
        api.answers(204, **wrong)
        assert "x-left" in str(caught(api, "ContractViolation", strict=True))


def test_another_media_type_than_documented(make: Make) -> None:
    api = make(ANSWERS, Thing=record("a", a=string()))
    api.answers(200, '{"a":"1"}', content_type="text/json")

    assert api.call("do").a == "1"
    assert "application/json" in str(caught(api, "ContractViolation", strict=True))


def test_a_type_that_is_wrong_is_a_violation_in_every_mode(make: Make) -> None:
    api = make(ANSWERS, Thing=record("a", a=record("b", b=array(integer()))))
    api.answers(200, as_json({"a": {"b": [1, "2"]}}))

    for strict in (False, True):
        assert caught(api, "ContractViolation", strict=strict).pointer == "/a/b/1"


def test_events_that_nobody_described_come_as_frames(make: Make) -> None:
    api = make({"200": answer(string(), "text/event-stream")})
    api.answers(200, "event: a\ndata: 1\ndata: 2\nid: 7\n\ndata: 3\n\n", content_type="text/event-stream")

    with api.client(strict=True) as client:
        frames = [(frame.event, frame.data, frame.id) for frame in client.do()]

    assert frames == [("a", "1\n2", "7"), ("message", "3", "7")]


def test_an_answer_that_may_be_events_is_not_followed(make: Make) -> None:
    kinds = {**content(ref("Thing")), **content(string(), "text/event-stream")}
    api = make({"200": {"description": "x", "content": kinds}}, Thing=record("a", a=string()))
    api.answers(200, "data: 1\n\n", content_type="text/event-stream")

    assert api.call("do", strict=True) == "data: 1\n\n"
