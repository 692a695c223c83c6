"""Parameters of paths and queries in every style, as generated clients write them: a table each."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from .codegen_calls import Api, Sent
from .codegen_documents.shaping import Json, array, boolean, integer, number, parameter, record, string

POINT = record("x y", x=integer(), y=integer())
NUMBERS = array(integer())

PATHS: list[tuple[str, bool, Json, Any, str]] = [
    ("simple", False, string(), "blue", "blue"),
    ("simple", False, string(), "a/b?c#d e;ü", "a%2Fb%3Fc%23d%20e%3B%C3%BC"),
    ("simple", False, NUMBERS, [3, 4, 5], "3,4,5"),
    ("simple", True, NUMBERS, [3, 4, 5], "3,4,5"),
    ("simple", False, array(string()), ["a,b", "c/d"], "a%2Cb,c%2Fd"),
    ("simple", False, POINT, {"x": 1, "y": 2}, "x,1,y,2"),
    ("simple", True, POINT, {"x": 1, "y": 2}, "x=1,y=2"),
    ("label", False, string(), "blue", ".blue"),
    ("label", True, NUMBERS, [3, 4, 5], ".3.4.5"),
    ("label", True, POINT, {"x": 1, "y": 2}, ".x=1.y=2"),
    ("matrix", False, string(), "blue", ";v=blue"),
    ("matrix", False, NUMBERS, [3, 4, 5], ";v=3,4,5"),
    ("matrix", True, NUMBERS, [3, 4, 5], ";v=3;v=4;v=5"),
    ("matrix", False, POINT, {"x": 1, "y": 2}, ";v=x,1,y,2"),
    ("matrix", True, POINT, {"x": 1, "y": 2}, ";x=1;y=2"),
]


@pytest.mark.parametrize("row", range(len(PATHS)))
def test_a_path_is_written_in_its_style(styles: Api, row: int) -> None:
    *_, value, written = PATHS[row]

    assert styles.wire(f"path_{row}", value) == Sent("GET", f"/path/{row}/{written}/end")


QUERIES: list[tuple[str, bool, Json, Any, str]] = [
    ("form", True, string(), "a&b=c d+ü", "v=a%26b%3Dc%20d%2B%C3%BC"),
    ("form", True, NUMBERS, [3, 4], "v=3&v=4"),
    ("form", False, NUMBERS, [3, 4], "v=3,4"),
    ("form", False, array(string()), ["a,b", "c"], "v=a%2Cb,c"),
    ("spaceDelimited", False, NUMBERS, [3, 4], "v=3%204"),
    ("pipeDelimited", False, NUMBERS, [3, 4], "v=3%7C4"),
    ("form", True, POINT, {"x": 1, "y": 2}, "x=1&y=2"),
    ("form", False, POINT, {"x": 1, "y": 2}, "v=x,1,y,2"),
    ("deepObject", True, POINT, {"x": 1, "y": 2}, "v%5Bx%5D=1&v%5By%5D=2"),
    ("form", True, boolean(), True, "v=true"),
    ("form", True, number(), 0.5, "v=0.5"),
    (
        "form",
        True,
        string(format="date-time"),
        datetime(2026, 1, 2, tzinfo=UTC),
        "v=2026-01-02T00%3A00%3A00Z",
    ),
]


@pytest.mark.parametrize("row", range(len(QUERIES)))
def test_a_query_is_written_in_its_style(styles: Api, row: int) -> None:
    *_, value, written = QUERIES[row]

    assert styles.wire(f"query_{row}", v=value) == Sent("GET", f"/query/{row}?{written}")


@pytest.fixture(scope="module")
def styles(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One client for all rows of both tables: an operation each."""
    paths = {}
    for place, rows, end in (("path", PATHS, "/{v}/end"), ("query", QUERIES, "")):
        for row, (style, explode, schema, *_) in enumerate(rows):
            listed = [parameter(place, "v", schema, style=style, explode=explode)]
            done = {"204": {"description": "Done."}}
            operation = {"operationId": f"{place}_{row}", "parameters": listed, "responses": done}
            paths[f"/{place}/{row}{end}"] = {"get": operation}
    document = {"openapi": "3.1.0", "info": {"title": "Styles", "version": "1"}, "paths": paths}
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("styles")
        patch.syspath_prepend(folder)
        yield Api(document, folder)
