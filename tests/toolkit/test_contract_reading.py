"""The reader: what a person is told when a contract cannot be used, and how files become one document."""

from pathlib import Path
from textwrap import dedent

import pytest

from framecast_contract.contract import Access, Contract, ContractError, Link, Refusal, load_contract

ACCESS = "{authentication: [], scope: null, tier: starter, roles: null, refusals: {}}"


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(dedent(text), encoding="utf-8")
    return path


def one_operation(folder: Path, members: str) -> Path:
    text = f"openapi: 3.1.0\npaths:\n  /a:\n    get: {{{members}}}\n"
    return write(folder, "contract.yaml", text)


def told(path: Path) -> str:
    """The one line a person is told, with the folder left out."""
    with pytest.raises(ContractError) as caught:
        load_contract(path)
    message = str(caught.value).replace(f"{path.parent.resolve()}/", "").replace(f"{path.parent}/", "")
    assert "\n" not in message
    return message


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    message = told(tmp_path / "nowhere.yaml")
    assert message == "nowhere.yaml: cannot be read (No such file or directory); name an OpenAPI file"


def test_broken_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "contract.yaml", "openapi: 3.1.0\npaths: [\n")
    assert told(path).startswith("contract.yaml, line 3: not YAML: ")


def test_a_key_written_twice_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, "contract.yaml", "openapi: 3.1.0\npaths: {}\npaths: {}\n")
    assert told(path) == "contract.yaml, line 3: not YAML: 'paths' stands twice"


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "contract.yaml"
    path.write_bytes(b"openapi: \xff")
    assert told(path) == "contract.yaml: not UTF-8 text (byte 9)"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a list", "contract.yaml: expected a mapping, found list"),
        ("", "contract.yaml: expected a mapping, found NoneType"),
        ("paths: {}", "contract.yaml: not an OpenAPI document, the key 'openapi' is missing"),
        ("{openapi: 2.0, paths: {}}", "contract.yaml: OpenAPI version is 2.0; expected 3.x"),
        ("openapi: 3.1.0", "contract.yaml: not an OpenAPI document, 'paths' is missing or no mapping"),
        (
            "{openapi: 3.1.0, paths: {/a: null}}",
            "contract.yaml: paths/a is None; expected the operations of this path",
        ),
    ],
)
def test_a_file_that_is_no_contract_is_refused(tmp_path: Path, text: str, expected: str) -> None:
    assert told(write(tmp_path, "contract.yaml", text)) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("x-access: 1", "GET /a: operationId is missing; an operation needs its one name"),
        ("operationId: a", "a: responses are missing; an operation says what it answers"),
        (
            "operationId: a, responses: {default: {description: any}}",
            "a: response 'default' is no status; name each one, such as '404'",
        ),
        (
            "operationId: a, responses: {200: {description: fine}}",
            "a: x-access is missing; every operation says who may call it",
        ),
    ],
)
def test_an_incomplete_operation_is_refused(tmp_path: Path, members: str, expected: str) -> None:
    assert told(one_operation(tmp_path, members)) == expected


@pytest.mark.parametrize(
    ("right", "wrong", "expected"),
    [
        (
            "authentication: []",
            "authentication: [cookie]",
            "a: x-access.authentication is ['cookie']; expected a list of api_key, jwt",
        ),
        (
            "scope: null",
            "scope: generate",
            "a: x-access.scope is 'generate'; expected null, or a scope where keys are accepted",
        ),
        ("tier: starter", "tier: gold", "a: x-access.tier is 'gold'; expected starter or creator"),
        (
            "roles: null",
            "roles: [boss]",
            "a: x-access.roles is ['boss']; expected a list of admin, member, owner, viewer",
        ),
        (
            "refusals: {}",
            "refusals: {mood: 1}",
            "a: x-access.refusals is {'mood': 1}; expected a mapping of role, scope, stranger, tier",
        ),
        (
            "refusals: {}",
            "refusals: {tier: 403}",
            "a: x-access.refusals.tier is 403; expected {status: <number>, code: <error code>}",
        ),
    ],
)
def test_a_wrong_access_fact_is_told(tmp_path: Path, right: str, wrong: str, expected: str) -> None:
    access = ACCESS.replace(right, wrong)
    members = f"operationId: a, responses: {{200: {{description: fine}}}}, x-access: {access}"
    assert told(one_operation(tmp_path, members)) == expected


def test_one_name_for_two_operations_is_refused(tmp_path: Path) -> None:
    operation = f"{{operationId: a, responses: {{200: {{description: fine}}}}, x-access: {ACCESS}}}"
    text = f"openapi: 3.1.0\npaths:\n  /a: {{get: {operation}, post: {operation}}}\n"
    path = write(tmp_path, "contract.yaml", text)
    assert told(path) == "contract.yaml: operationId 'a' stands twice, at GET /a and POST /a"


def test_a_link_to_an_unknown_operation_is_refused(tmp_path: Path) -> None:
    answer = "{description: fine, links: {next: {operationId: b}}}"
    path = one_operation(tmp_path, f"operationId: a, responses: {{200: {answer}}}, x-access: {ACCESS}")
    assert told(path) == "contract.yaml: link 'next' of a leads to unknown 'b'"


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        (
            "'#/components/schemas/Ghost'",
            "contract.yaml#/paths//a/get/x/$ref: $ref #/components/schemas/Ghost points nowhere "
            "('components' is not there)",
        ),
        ("ghost.yaml#/components/schemas/A", "ghost.yaml: cannot be read (No such file or directory);"),
        ("'#/paths/~1a'", "contract.yaml#/paths//a/get/x/$ref: $ref #/paths/~1a must point into components"),
    ],
)
def test_a_reference_that_leads_nowhere_is_told(tmp_path: Path, reference: str, expected: str) -> None:
    assert told(one_operation(tmp_path, f"x: {{$ref: {reference}}}")).startswith(expected)


def test_a_reference_to_itself_is_told(tmp_path: Path) -> None:
    text = "{openapi: 3.1.0, paths: {}, components: {schemas: {A: {$ref: '#/components/schemas/A'}}}}"
    contract = load_contract(write(tmp_path, "contract.yaml", text))
    with pytest.raises(ContractError, match=r"^\$ref #/components/schemas/A points to itself$"):
        contract.schema("A")


def test_one_schema_name_in_two_files_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "other.yaml", "components: {schemas: {A: {type: string}, B: {type: string}}}")
    path = write(
        tmp_path,
        "contract.yaml",
        """\
        openapi: 3.1.0
        paths: {}
        components:
          schemas:
            A: {type: integer}
            C: {$ref: 'other.yaml#/components/schemas/B'}
        """,
    )
    assert told(path) == "other.yaml: components/schemas/A also stands in contract.yaml"


@pytest.fixture
def two_files(tmp_path: Path) -> Contract:
    """A library of books: the paths in one file, what they share in another."""
    write(
        tmp_path,
        "shared.yaml",
        """\
        components:
          schemas:
            Book: {type: object, properties: {author: {$ref: '#/components/schemas/Author'}}}
            Author: {type: string}
          responses:
            NotFound:
              description: No such book
              x-error-codes: [NOT_FOUND]
              content: {application/json: {schema: {$ref: '#/components/schemas/Author'}}}
        """,
    )
    write(
        tmp_path,
        "books.yaml",
        """\
        paths:
          /books/{id}:
            parameters: [{name: id, in: path, required: true, schema: {type: string}}]
            get:
              operationId: get_book
              tags: [books]
              x-access:
                authentication: [jwt, api_key]
                scope: books:read
                tier: creator
                roles: [owner]
                refusals: {role: {status: 403, code: AUTHORIZATION_ERROR}}
              responses:
                '200':
                  description: 2026-01-01
                  content:
                    application/json: {schema: {$ref: shared.yaml#/components/schemas/Book}}
                  links: {again: {operationId: get_book, parameters: {id: $response.body#/id}}}
                '404': {$ref: shared.yaml#/components/responses/NotFound, description: Not on the shelf}
        """,
    )
    text = "openapi: 3.1.0\npaths:\n  '/books/{id}': {$ref: 'books.yaml#/paths/~1books~1{id}'}\n"
    return load_contract(write(tmp_path, "contract.yaml", text))


def test_files_become_one_document_with_references_into_components(two_files: Contract) -> None:
    assert two_files.document["components"]["schemas"] == {
        "Book": {"type": "object", "properties": {"author": {"$ref": "#/components/schemas/Author"}}},
        "Author": {"type": "string"},
    }
    assert two_files.document["paths"]["/books/{id}"]["get"]["responses"]["404"] == {
        "$ref": "#/components/responses/NotFound",
        "description": "Not on the shelf",
    }


def test_an_operation_tells_what_it_answers(two_files: Contract) -> None:
    book = two_files.operation("get_book")
    assert (book.method, book.path, book.tags, book.internal) == ("GET", "/books/{id}", ("books",), False)
    assert (book.statuses(), book.success_statuses()) == ((200, 404), (200,))
    assert (book.error_codes(404), book.error_codes(200)) == (("NOT_FOUND",), ())
    assert book.response(404)["description"] == "Not on the shelf"
    assert book.media_types(404) == ("application/json",)
    assert book.response_schema(200) == {"$ref": "#/components/schemas/Book"}
    assert (book.response_schema(200, "text/plain"), book.request_schema()) == (None, None)
    assert [parameter["name"] for parameter in book.parameters("path")] == ["id"]
    assert book.parameters("query") == ()


def test_an_operation_tells_who_may_call_it(two_files: Contract) -> None:
    assert two_files.operation("get_book").access == Access(
        authentication=frozenset({"jwt", "api_key"}),
        scope="books:read",
        tier="creator",
        roles=frozenset({"owner"}),
        refusals={"role": Refusal(403, "AUTHORIZATION_ERROR")},
    )


def test_links_lead_from_answers_to_operations(two_files: Contract) -> None:
    assert two_files.links() == (Link("again", "get_book", "200", "get_book", {"id": "$response.body#/id"}),)


def test_a_schema_can_be_taken_out_with_all_it_needs(two_files: Contract) -> None:
    schema = two_files.operation("get_book").response_schema(200)
    assert schema is not None
    assert two_files.resolve(schema) == two_files.schema("Book")
    assert two_files.self_contained(schema) == {
        "$ref": "#/components/schemas/Book",
        "components": {"schemas": two_files.document["components"]["schemas"]},
    }


def test_an_undocumented_status_names_the_documented_ones(two_files: Contract) -> None:
    with pytest.raises(KeyError, match=r"get_book documents \(200, 404\), not 500"):
        two_files.operation("get_book").response(500)


def test_a_misspelled_operation_is_told_with_the_nearest_one(two_files: Contract) -> None:
    with pytest.raises(ContractError, match="no operation 'get_bok'; did you mean 'get_book'"):
        two_files.operation("get_bok")
