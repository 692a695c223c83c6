"""Parameters in every place and style: what the document says, and what is in the URL or header."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import MISSING

from framecast_contract.codegen import generate
from framecast_contract.codegen.runtime import _styles as styles

from .codegen_trial import write_package

LIST, OBJECT = ["blue", "light red", "a,b"], {"R": 100, "G": "a b"}
WRITTEN = [
    (styles.simple, "blue", False, "blue"),
    (styles.simple, LIST, True, "blue,light%20red,a%2Cb"),
    (styles.simple, OBJECT, False, "R,100,G,a%20b"),
    (styles.simple, OBJECT, True, "R=100,G=a%20b"),
    (styles.label, "blue", False, ".blue"),
    (styles.label, LIST, False, ".blue,light%20red,a%2Cb"),
    (styles.label, LIST, True, ".blue.light%20red.a%2Cb"),
    (styles.label, OBJECT, False, ".R,100,G,a%20b"),
    (styles.label, OBJECT, True, ".R=100.G=a%20b"),
    (styles.matrix, "blue", False, ";color=blue"),
    (styles.matrix, LIST, False, ";color=blue,light%20red,a%2Cb"),
    (styles.matrix, LIST, True, ";color=blue;color=light%20red;color=a%2Cb"),
    (styles.matrix, OBJECT, False, ";color=R,100,G,a%20b"),
    (styles.matrix, OBJECT, True, ";R=100;G=a%20b"),
    (styles.in_header, ["a", "b c"], False, "a,b c"),
    (styles.in_header, OBJECT, False, "R,100,G,a b"),
    (styles.in_header, OBJECT, True, "R=100,G=a b"),
]


@pytest.mark.parametrize(("style", "value", "explode", "text"), WRITTEN)
def test_a_value_in_a_path_or_header(style: Any, value: Any, explode: bool, text: str) -> None:
    assert style("color", value, explode=explode) == text


def test_a_value_in_a_query_or_cookie() -> None:
    assert styles.comma_separated("c", LIST) == "blue,light%20red,a%2Cb"
    assert styles.comma_separated("c", OBJECT) == "R,100,G,a%20b"
    assert styles.space_separated("c", [1, True]) == "1%20true"
    assert styles.pipe_separated("c", [1, 2.5]) == "1%7C2.5"
    assert styles.members("c", OBJECT) == {"R": "100", "G": "a b"}
    assert styles.members("c", LIST) == {"c": LIST}
    assert styles.deep_object("f", {"a": 1, "b": {"c": date(2026, 1, 31)}}) == {
        "f[a]": "1",
        "f[b][c]": "2026-01-31",
    }
    assert styles.reserved("u", "a/b?c&d#e") == "a/b?c%26d%23e"
    assert styles.reserved("u", ["a/b", "c&d"]) == ["a/b", "c%26d"]
    assert styles.as_json("j", {"a": [None, "ä"]}) == '{"a":[null,"ä"]}'
    assert (
        styles.cookie({"a": "x;y", "b": MISSING, "c": styles.comma_separated("c", [1, 2])})
        == "a=x%3By; c=1,2"
    )


def test_what_is_not_given_stays_so() -> None:
    separated = (styles.comma_separated, styles.space_separated, styles.pipe_separated)
    given = [one("a", MISSING) for one in (*separated, styles.reserved, styles.as_json, styles.in_header)]

    assert given == [MISSING] * 6
    assert styles.members("a", MISSING) == {"a": MISSING}
    assert styles.deep_object("a", MISSING) == {}
    assert styles.cookie({"a": MISSING}) is MISSING
    assert styles.comma_separated("a", []) is MISSING


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (lambda: styles.simple("a", []), "a: there is nothing in it that can stand in a path"),
        (lambda: styles.simple("a", [".."]), "a: there is nothing in it that can stand in a path"),
        (lambda: styles.label("a", "."), "a: there is nothing in it that can stand in a path"),
        (
            lambda: styles.in_header("a", ["x,y"]),
            "a: 'x,y' has a comma, which separates the items of this header",
        ),
        (
            lambda: styles.deep_object("a", {"b": [1]}),
            "a[b]: expected text, a number, a UUID or a datetime, got [1]",
        ),
    ],
)
def test_what_has_no_form_is_refused(call: Any, told: str) -> None:
    with pytest.raises(ValueError) as caught:
        call()

    assert str(caught.value) == told


def parameter(name: str, place: str, schema: object, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": place, "schema": schema, **more}


TEXT, NUMBERS = {"type": "string"}, {"type": "array", "items": {"type": "integer"}}
FREE = {"type": "object", "additionalProperties": {"type": "string"}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Shelf", "version": "1"},
    "paths": {
        "/shelf über/{shelf-id}/{rows}": {
            "parameters": [
                parameter("shelf-id", "path", TEXT, required=True),
                parameter("rows", "path", NUMBERS, required=True, style="matrix", explode=True),
                parameter("colour", "query", NUMBERS, description="Of the path."),
            ],
            "get": {
                "operationId": "getShelf",
                "tags": ["import"],
                "parameters": [
                    {"$ref": "#/components/parameters/Colour"},
                    parameter("filter", "query", FREE, style="deepObject"),
                    parameter("sizes", "query", NUMBERS, explode=False),
                    parameter("words", "query", {**NUMBERS, "nullable": True}, style="pipeDelimited"),
                    parameter("page", "query", FREE),
                    parameter("back", "query", TEXT, allowReserved=True),
                    {"name": "area", "in": "query", "content": {"application/json": {"schema": FREE}}},
                    parameter("X-Ids", "header", NUMBERS),
                    parameter("Accept", "header", TEXT),
                    parameter("session", "cookie", TEXT),
                    parameter("from", "query", TEXT),
                    parameter("ids", "query", NUMBERS),
                    parameter("session", "header", TEXT),
                    parameter("ｓｅｌｆ", "query", TEXT),
                ],
                "responses": {"204": {"description": "done"}},
            },
        }
    },
    "components": {"parameters": {"Colour": parameter("colour", "query", TEXT, description="Its own.")}},
}


@pytest.fixture(scope="module")
def operations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder: Path = tmp_path_factory.mktemp("shelf")
    write_package(generate(DOCUMENT, "shelf_client"), folder, "shelf_client")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        from importlib import import_module

        yield import_module("shelf_client.operations")
    for name in [one for one in sys.modules if one.partition(".")[0] == "shelf_client"]:
        del sys.modules[name]


def test_everything_is_written_where_it_belongs(operations: ModuleType) -> None:
    request = operations.get_shelf(
        "a/b",
        [1, 2],
        colour="red",
        filter={"a": "1"},
        sizes=[1, 2],
        words=[3, 4],
        page={"limit": "5"},
        back="/a?b",
        area={"x": "y"},
        x_ids=[6, 7],
        session="t",
        session_cookie="s;1",
        from_="here",
        ids=[8, 9],
        self_="me",
    )

    assert request.target == (
        "/shelf%20%C3%BCber/a%2Fb/;rows=1;rows=2?colour=red&filter%5Ba%5D=1&sizes=1,2&words=3%7C4&limit=5&back=/a?b"
        "&area=%7B%22x%22%3A%22y%22%7D&from=here&ids=8&ids=9&%EF%BD%93%EF%BD%85%EF%BD%8C%EF%BD%86=me"
    )
    assert dict(request.headers) == {
        "accept": "*/*",
        "x-ids": "6,7",
        "session": "t",
        "cookie": "session=s%3B1",
    }


def test_nothing_but_the_path_is_needed(operations: ModuleType) -> None:
    request = operations.get_shelf("a", [1])

    assert (request.target, dict(request.headers)) == ("/shelf%20%C3%BCber/a/;rows=1", {"accept": "*/*"})
