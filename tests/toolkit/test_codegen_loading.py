"""Documents from files: YAML and JSON as their standards say, in one file or many; and what people see."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from framecast_contract import cli
from framecast_contract.codegen import CodegenError, generate_package, load_document, stale_files
from framecast_contract.codegen.loading import read_file
from framecast_contract.codegen.preparing import prepared
from framecast_contract.contract import default_path, load_contract

MAIN = """\
openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /pets: {$ref: 'paths/pets.yaml#/~1pets'}
components:
  responses:
    Gone: {$ref: shared.yaml#/components/responses/Lost}
"""
PETS = """\
/pets:
  get:
    operationId: list_pets
    parameters: [{$ref: '../shared.yaml#/components/parameters/Limit'}]
    responses:
      '200':
        description: All.
        content: {application/json: {schema: {type: array, items: {$ref: ../pet.yaml}}}}
      '404': {$ref: '../shared.yaml#/components/responses/Lost'}
"""
PET = """\
type: object
properties:
  mate: {$ref: '#'}
  kind: {$ref: shared.yaml#/kinds/Kind}
  $ref: {type: string, example: {$ref: 'no reference'}}
"""
SHARED = """\
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer}}
  responses:
    Lost: {description: Lost., content: {application/json: {schema: {$ref: '#/kinds/Fault'}}}}
kinds:
  Kind: {enum: [cat, no]}
  Fault: {type: object, properties: {why: {type: string}}}
"""


@pytest.fixture
def split(tmp_path: Path) -> Path:
    (tmp_path / "paths").mkdir()
    for name, text in (("paths/pets", PETS), ("pet", PET), ("shared", SHARED), ("main", MAIN)):
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "main.yaml"


def test_many_files_become_one_document(split: Path) -> None:
    found = prepared(load_document(split))

    assert sorted(found["components"]["schemas"].items()) == [
        ("KindsFault", {"type": "object", "properties": {"why": {"type": "string"}}}),
        ("KindsKind", {"enum": ["cat", "no"]}),
        (
            "Pet",
            {
                "type": "object",
                "properties": {
                    "mate": {"$ref": "#/components/schemas/Pet"},
                    "kind": {"$ref": "#/components/schemas/KindsKind"},
                    "$ref": {"type": "string", "example": {"$ref": "no reference"}},
                },
            },
        ),
    ]
    assert found["paths"]["/pets"]["get"]["responses"]["404"] == {"$ref": "#/components/responses/Lost"}


def test_a_split_document_generates_and_is_current(split: Path, tmp_path: Path) -> None:
    document = load_document(split)
    generate_package(document, out=tmp_path / "out", package="pets_client")

    assert stale_files(document, out=tmp_path / "out", package="pets_client") == []


def test_our_own_contract_reads_the_same_either_way() -> None:
    loaded, bundled = prepared(load_document(default_path())), prepared(load_contract().document)

    assert list(loaded["components"]["schemas"].items()) == list(bundled["components"]["schemas"].items())
    assert list(loaded["paths"]) == list(bundled["paths"])


def test_words_mean_what_json_says(tmp_path: Path) -> None:
    file = tmp_path / "words.yaml"
    file.write_text(
        "a: no\nb: 0777\nc: 12:30\nd: 1e3\ne: .5\nf: ~\ng:\nh: -3\ni: 2026-01-01\n200: 1_000\n"
        "j: &j {x: 1}\nk: {<<: *j, y: 2}\n",
        encoding="utf-8",
    )

    assert read_file(file) == {
        "a": "no",
        "b": "0777",
        "c": "12:30",
        "d": 1000.0,
        "e": 0.5,
        "f": None,
        "g": None,
        "h": -3,
        "i": "2026-01-01",
        "200": "1_000",
        "j": {"x": 1},
        "k": {"x": 1, "y": 2},
    }


def test_json_may_have_pairs_that_yaml_does_not_know(tmp_path: Path) -> None:
    file = tmp_path / "pairs.json"
    file.write_text('\ufeff{"a": "\\ud83d\\ude00\\/"}', encoding="utf-8")

    assert read_file(file) == {"a": "😀/"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: [", "document.yaml, line 2: not YAML: did not find expected node content"),
        ("a: 1\na: 2", "document.yaml, line 2: not YAML: the key 'a' stands twice"),
        ('{"a": 1, "a": 2}', "document.yaml: not YAML: the key 'a' stands twice"),
        ("[" * 100_000, "document.yaml: nested more than 100 levels deep"),
        ('{"a":' * 100_000, "document.yaml: nested more than 100 levels deep"),
        ("a: !!python/name:os.abort x", "could not determine a constructor for the tag"),
        ("a: !!binary aGk=", "/a: expected a value of JSON, got a bytes"),
        ("a: !!float .inf", "/a: inf is no number of JSON"),
        ("- 1", "document.yaml: expected an OpenAPI document, found a list"),
        ("a: {$ref: 'https://x.example/a.yaml'}", "/a: $ref 'https://x.example/a.yaml' is no file beside"),
        ("a: {$ref: //x.example/a.yaml}", "/a: $ref '//x.example/a.yaml' is no file beside"),
        ("a: {$ref: /etc/hostname}", "/a: $ref '/etc/hostname' is no file beside the document"),
        ("a: {$ref: nowhere.yaml}", "nowhere.yaml: cannot be read (No such file or directory)"),
        ("components: [a]", "/components: expected an object, got ['a']"),
    ],
)
def test_a_file_that_is_no_document_is_refused(tmp_path: Path, text: str, told: str) -> None:
    file = tmp_path / "document.yaml"
    file.write_text(text, encoding="utf-8")

    with pytest.raises(CodegenError) as caught:
        load_document(file)

    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_aliases_cannot_blow_a_document_up(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    file = tmp_path / "bomb.yaml"
    file.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(CodegenError, match="the document has more than 1000000 values"):
        load_document(file)


def test_a_chain_of_schemas_has_an_end() -> None:
    schemas: Any = {f"A{n}": {"allOf": [{"$ref": f"#/components/schemas/A{n + 1}"}]} for n in range(60)}
    document = {"openapi": "3.1.0", "paths": {"/x": {}}, "components": {"schemas": {**schemas, "A60": {}}}}

    with pytest.raises(CodegenError, match=r"^/components/schemas/A0: the schema is a chain too long$"):
        prepared(document)


@pytest.mark.parametrize("package", ["a-b", "../a", "class", "1a", "", "ä", "json", "pydantic"])
def test_a_package_needs_a_name_that_can_be_imported(tmp_path: Path, package: str) -> None:
    with pytest.raises(CodegenError, match="package"):
        generate_package({}, out=tmp_path / "out", package=package)

    assert not (tmp_path / "out").exists()


def test_the_command_generates_from_any_document(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    taken = {"name": "pet-id", "in": "path", "required": True, "schema": {"type": "string"}}
    operation = {"parameters": [taken], "responses": {"204": {"description": "x"}}}
    paths = {"/pets/{pet-id}": {"delete": operation}}
    file = tmp_path / "pets.json"
    file.write_text(json.dumps({"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "paths": paths}))
    out = ["generate", str(file), "--out", str(tmp_path / "out"), "--package", "pets_client"]

    assert [cli.main([*out, "--check"]), cli.main(out), cli.main([*out, "--check"])] == [1, 0, 0]
    assert capsys.readouterr().out.splitlines()[0].endswith("pets_client: 1 operations")
    written = (tmp_path / "out" / "pets_client" / "operations" / "other.py").read_text(encoding="utf-8")
    assert "def delete_pets_pet_id(pet_id: str) -> Request[None]:" in written


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("swagger: '2.0'\npaths: {}", "this is Swagger 2.0; expected OpenAPI 3.0 or 3.1"),
        ("openapi: 3.2.0\npaths: {}", "/openapi: the version is '3.2.0'; expected OpenAPI 3.0 or 3.1"),
        ("openapi: 3.1.0\npaths: 7", "/paths: expected an object, got 7"),
    ],
)
def test_bad_input_is_one_line_and_exit_code_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, told: str
) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, encoding="utf-8")

    assert cli.main(["generate", str(file), "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err == f"framecast-contract: {file}: {told}\n"
    assert not (tmp_path / "out").exists()
