"""Schemas of every kind: in the one form that the generator reads, and as the models they become."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pydantic import MISSING, TypeAdapter, ValidationError

from framecast_contract.codegen import generate
from framecast_contract.codegen.annotations import input_type, output_type
from framecast_contract.codegen.describing import described
from framecast_contract.codegen.nodes import Node
from framecast_contract.codegen.preparing import prepared

from .codegen_trial import write_package

JSON = "application/json"
TEXT, COUNT = {"type": "string"}, {"type": "integer"}


def record(required: str = "", **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": required.split(), "properties": properties}


def ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def document(answer: Any = None, version: str = "3.1.0", **schemas: Any) -> dict[str, Any]:
    answers = {"200": {"description": "x", "content": {JSON: {"schema": answer or {}}}}}
    return {
        "openapi": version,
        "info": {},
        "paths": {"/x": {"get": {"operationId": "get_x", "responses": answers}}},
        "components": {"schemas": schemas},
    }


def schemas(found: dict[str, Any]) -> Any:
    return prepared(found)["components"]["schemas"]


def answer(found: dict[str, Any]) -> Any:
    return prepared(found)["paths"]["/x"]["get"]["responses"]["200"]["content"][JSON]["schema"]


def test_null_is_a_type_or_an_alternative_as_in_3_1() -> None:
    found = schemas(
        document(
            version="3.0.3",
            A={"type": "string", "nullable": True, "enum": ["a"]},
            B={"nullable": True, "allOf": [ref("A")], "description": "It."},
            C={"$ref": "#/components/schemas/A", "nullable": True},
            D={"oneOf": [ref("A"), COUNT], "nullable": True},
            E={
                "type": "number",
                "minimum": 0,
                "exclusiveMinimum": True,
                "maximum": 9,
                "exclusiveMaximum": False,
            },
        )
    )

    assert found == {
        "A": {"type": ["string", "null"], "enum": ["a", None]},
        "B": {"description": "It.", "anyOf": [{"allOf": [ref("A")]}, {"type": "null"}]},
        "C": {"anyOf": [ref("A"), {"type": "null"}]},
        "D": {"oneOf": [ref("A"), COUNT, {"type": "null"}]},
        "E": {"type": "number", "exclusiveMinimum": 0, "maximum": 9},
    }


def test_every_object_gets_a_name_of_its_own() -> None:
    inner = record(b=record(c=TEXT), d={"type": "array", "items": record(e=TEXT)})
    found = document({"type": "array", "items": inner}, GetXResponseItemB=TEXT)

    assert answer(found) == {"type": "array", "items": ref("GetXResponseItem")}
    assert schemas(found) == {
        "GetXResponseItemB": TEXT,
        "GetXResponseItem": record(
            b=ref("GetXResponseItemB2"), d={"type": "array", "items": ref("GetXResponseItemDItem")}
        ),
        "GetXResponseItemB2": record(c=TEXT),
        "GetXResponseItemDItem": record(e=TEXT),
    }


def test_names_become_classes_and_references_follow() -> None:
    mapping = {"propertyName": "k", "mapping": {"a": "pet-a", "b": "#/components/schemas/x.Y"}}
    union = {"oneOf": [ref("pet-a"), ref("x.Y")], "discriminator": mapping}
    named: dict[str, Any] = {"pet-a": TEXT, "x.Y": ref("1st"), "1st": COUNT, "Literal": TEXT, "имя": union}
    found = schemas(document(ref("pet-a"), **named))

    assert found == {
        "PetA": TEXT,
        "XY": ref("Schema1st"),
        "Schema1st": COUNT,
        "LiteralModel": TEXT,
        "Schema": {
            "oneOf": [ref("PetA"), ref("XY")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"a": "#/components/schemas/PetA", "b": "#/components/schemas/XY"},
            },
        },
    }


def test_a_reference_into_a_schema_gets_a_name_from_its_place() -> None:
    found = document({"$ref": "#/components/schemas/Pet/properties/owner"}, Pet=record(owner=record(a=TEXT)))

    assert answer(found) == ref("PetOwner")
    assert schemas(found)["Pet"] == record(owner=ref("PetOwner"))


def test_the_given_document_stays_as_it_is() -> None:
    found = document(record(a=TEXT), A={"type": "string", "nullable": True})
    before = repr(found)

    prepared(found)

    assert repr(found) == before


TYPES = [
    (TEXT, "str", "str"),
    ({"type": ["string", "null"], "format": "date-time"}, "datetime | None", "datetime | str | None"),
    ({"type": "string", "format": "date"}, "date", "date | str"),
    ({"enum": ["a]|b", 1, None]}, "Literal['a]|b', 1, None]", "Literal['a]|b', 1, None]"),
    ({"type": "number", "enum": [0.5, 1]}, "float", "float"),
    ({"type": "array", "items": ref("Ids")}, "list[models.Ids]", "Sequence[Sequence[UUID | str]]"),
    ({"type": "object", "additionalProperties": COUNT}, "dict[str, int]", "JsonObject"),
    ({"anyOf": [ref("Pet"), {"type": "null"}]}, "models.Pet | None", "models.Pet | JsonObject | None"),
    ({"allOf": [ref("Uuid"), {"description": "An id."}]}, "models.Uuid", "UUID | str"),
    (ref("Kinds"), "models.Kinds", "models.Kinds"),
    (ref("Tree"), "models.Tree", "Sequence[models.Tree]"),
    ({}, "Any", "Any"),
    (True, "Any", "Any"),
]
COMPONENTS: dict[str, Any] = {
    "Uuid": {"type": "string", "format": "uuid"},
    "Ids": {"type": "array", "items": ref("Uuid")},
    "Pet": record(a=TEXT),
    "Kinds": {"enum": ["a", "b"]},
    "Tree": {"type": "array", "items": ref("Tree")},
}


@pytest.mark.parametrize(("schema", "received", "given"), TYPES)
def test_a_schema_is_this_type_when_it_comes_and_when_it_is_given(
    schema: Any, received: str, given: str
) -> None:
    whole = prepared(document(P={"type": "array", "items": schema}, **COMPONENTS))
    node = Node.root(whole).child("components", "schemas", "P", "items")

    assert (output_type(node), input_type(node)) == (received, given)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({**TEXT, "minLength": 1, "maxLength": 100}, "1 to 100 characters."),
        ({**TEXT, "minLength": 2}, "At least 2 characters."),
        ({**COUNT, "minimum": 0, "default": 4}, "0 or more. When left out, the server takes 4."),
        (
            {**COUNT, "exclusiveMinimum": 0, "maximum": 9, "multipleOf": 3},
            "9 or less. More than 0. A multiple of 3.",
        ),
        ({"type": "array", "maxItems": 1, "uniqueItems": True}, "At most 1 item. No item twice."),
        ({"enum": ["a", True, None], "description": "Which"}, "Which. One of `a`, `true`, `null`."),
        ({"anyOf": [{**TEXT, "format": "date-time"}, {"type": "null"}]}, "RFC 3339 with offset."),
        ({**TEXT, "default": "a\nb"}, "When left out, the server takes a b."),
    ],
)
def test_bounds_units_and_defaults_are_told(schema: Any, words: str) -> None:
    assert described(Node.root({"a": schema}).child("a"), "") == words


SCHEMAS = {
    "Node": record("name", name=TEXT, children={"type": "array", "items": ref("Node")}),
    "Cat": {"allOf": [ref("Animal"), record("lives", lives=COUNT)]},
    "Animal": record("kind", kind=TEXT),
    "Circle": record("shape", shape=TEXT, r=COUNT),
    "Box": record("shape", shape=TEXT, w=COUNT),
    "Figure": {
        "oneOf": [ref("Circle"), ref("Box")],
        "discriminator": {"propertyName": "shape", "mapping": {"circle": "Circle", "box": "Box"}},
    },
    "User": record("id pw", id={**TEXT, "readOnly": True}, pw={**TEXT, "writeOnly": True}),
    "Open": {**record(a=TEXT), "additionalProperties": COUNT},
    "Link": {"type": "string", "format": "uri", "default": "x"},
    "Error": record(a=TEXT),
    "Envelope": record("error", error=record("code", code=TEXT)),
}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder: Path = tmp_path_factory.mktemp("schemas")
    files = generate(document(ref("Figure"), "3.0.3", **SCHEMAS), "schemas_client")
    write_package(files, folder, "schemas_client")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield import_module("schemas_client.models")
    for name in [one for one in sys.modules if one.partition(".")[0] == "schemas_client"]:
        del sys.modules[name]


def test_models_read_what_their_schemas_say(models: ModuleType) -> None:
    node = {"name": "a", "children": [{"name": "b", "children": []}]}

    assert models.Node.model_validate(node).model_dump() == node
    assert models.Cat(kind="cat", lives=9).model_dump() == {"kind": "cat", "lives": 9}
    assert TypeAdapter(models.Figure).validate_python({"shape": "box", "w": 1}) == models.Box(
        shape="box", w=1
    )
    assert models.User.model_validate({"id": "1"}).pw is MISSING
    assert models.Open.model_validate({"a": "1", "b": 2}).model_dump() == {"a": "1", "b": 2}
    assert TypeAdapter(models.Link).validate_python("HTTP://x") == "HTTP://x"


def test_an_inner_object_takes_no_name_from_a_schema(models: ModuleType) -> None:
    assert models.Envelope(error={"code": "x"}).error == models.EnvelopeError(code="x")
    assert models.Error().a is MISSING
    with pytest.raises(ValidationError):
        models.Envelope(error={})
