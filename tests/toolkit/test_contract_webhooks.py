"""The calls that Framecast makes itself: how they are read, and what this checkout says of them."""

import hashlib
import hmac
from pathlib import Path

import jsonschema_rs
import pytest

from framecast_contract.contract import Contract, ContractError, Webhook, load_contract

CONTRACT = load_contract()
WEBHOOKS = pytest.mark.parametrize("webhook", CONTRACT.webhooks.values(), ids=CONTRACT.webhooks)
BODY = "requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Sold'}}}}"


def contract(folder: Path, webhooks: str) -> Contract:
    path = folder / "contract.yaml"
    components = "components: {schemas: {Sold: {type: object}}}"
    path.write_text(f"openapi: 3.1.0\npaths: {{}}\nwebhooks: {webhooks}\n{components}\n", encoding="utf-8")
    return load_contract(path)


def told(folder: Path, webhooks: str) -> str:
    with pytest.raises(ContractError) as caught:
        contract(folder, webhooks)
    return str(caught.value).replace(f"{folder}/", "")


def test_a_contract_without_calls_has_none(tmp_path: Path) -> None:
    assert contract(tmp_path, "{}").webhooks == {}


def test_a_call_is_read_from_another_file_with_its_headers_and_examples(tmp_path: Path) -> None:
    (tmp_path / "calls.yaml").write_text(
        """\
webhooks:
  book.sold:
    post:
      parameters:
        - $ref: '#/components/parameters/When'
        - {name: page, in: query, schema: {type: integer}}
      requestBody:
        content:
          application/json:
            schema: {$ref: '#/components/schemas/BookSold'}
            examples: {one: {$ref: '#/components/examples/One'}}
components:
  parameters: {When: {name: X-When, in: header, required: true, schema: {type: integer}}}
  schemas: {BookSold: {type: object, required: [event]}}
  examples: {One: {value: {event: book.sold}}}
""",
        encoding="utf-8",
    )
    sold = contract(tmp_path, "{book.sold: {$ref: calls.yaml#/webhooks/book.sold}}").webhook("book.sold")
    when = {"name": "X-When", "in": "header", "required": True, "schema": {"type": "integer"}}

    assert (sold.name, sold.method, sold.payload) == ("book.sold", "POST", "BookSold")
    assert sold.payload_schema() == {"$ref": "#/components/schemas/BookSold"}
    assert sold.headers() == {"X-When": when}
    assert sold.examples() == {"one": {"event": "book.sold"}}


@pytest.mark.parametrize(
    ("webhooks", "expected"),
    [
        ("[a]", "contract.yaml: webhooks is ['a']; expected one call per event"),
        ("{a: null}", "contract.yaml: webhook 'a' is None; expected exactly one call, 'post'"),
        (
            f"{{a: {{post: {{{BODY}}}, put: {{{BODY}}}}}}}",
            "contract.yaml: webhook 'a' is ['post', 'put']; expected exactly one call, 'post'",
        ),
        (
            "{a: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}}}}",
            "contract.yaml: webhook 'a' has no payload; give its JSON body a named schema",
        ),
        ("{a: {post: {}}}", "contract.yaml: webhook 'a' has no payload; give its JSON body a named schema"),
    ],
)
def test_a_call_that_cannot_be_used_is_told(tmp_path: Path, webhooks: str, expected: str) -> None:
    assert told(tmp_path, webhooks) == expected


def test_an_unknown_event_is_told_with_the_known_ones(tmp_path: Path) -> None:
    books = contract(tmp_path, f"{{book.sold: {{post: {{{BODY}}}}}}}")
    with pytest.raises(ContractError, match=r"no webhook 'book.lent'; it has book\.sold$"):
        books.webhook("book.lent")


@WEBHOOKS
def test_every_example_of_a_payload_fits_its_schema_and_names_its_event(webhook: Webhook) -> None:
    schema = CONTRACT.self_contained(webhook.payload_schema())
    validator = jsonschema_rs.Draft202012Validator(schema, validate_formats=True)
    assert webhook.examples()
    for name, payload in webhook.examples().items():
        assert [error.message for error in validator.iter_errors(payload)] == [], name
        assert payload["event"] == webhook.name


@WEBHOOKS
def test_no_payload_passes_for_another_one(webhook: Webhook) -> None:
    validators = {
        other.name: jsonschema_rs.Draft202012Validator(CONTRACT.self_contained(other.payload_schema()))
        for other in CONTRACT.webhooks.values()
    }
    for payload in webhook.examples().values():
        assert [name for name, validator in validators.items() if validator.is_valid(payload)] == [
            webhook.name
        ]


@WEBHOOKS
def test_every_call_explains_itself_and_takes_no_credentials(webhook: Webhook) -> None:
    assert webhook.document["tags"] == ["webhooks"]
    assert len(webhook.document["summary"]) < 60
    assert webhook.document["description"].strip() != webhook.document["summary"]
    assert webhook.document["security"] == []
    assert list(webhook.document["responses"]) == ["200"]


def test_a_delivery_shows_the_payload_of_any_call() -> None:
    shown = CONTRACT.schema("WebhookDelivery")["properties"]["payload"]["oneOf"]
    assert shown == [webhook.payload_schema() for webhook in CONTRACT.webhooks.values()]


def test_the_signature_in_the_words_of_the_contract_is_right() -> None:
    """What the description tells people to try comes out as it says."""
    header = CONTRACT.webhook("webhook.test").headers()["X-Webhook-Signature"]
    key, timestamp, body = "0123456789abcdef0123456789abcdef", "1767225600", '{"event":"webhook.test"}'
    signature = hmac.new(key.encode(), f"{timestamp}.{body}".encode(), hashlib.sha256).hexdigest()

    assert f"sha256={signature}" == header["example"]
    assert all(f"`{part}`" in header["description"] for part in (key, timestamp, body, header["example"]))
