"""The contract of this checkout: a valid OpenAPI document that keeps its own promises."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from framecast_contract.contract import Operation, load_contract
from framecast_contract.contract.pointers import look_up

CONTRACT = load_contract()
OPERATIONS = pytest.mark.parametrize("operation", CONTRACT.operations.values(), ids=CONTRACT.operations)
ERROR_STATUS = {
    "MISSING_AUTHORIZATION": 401,
    "INVALID_AUTHORIZATION": 401,
    "INVALID_TOKEN": 401,
    "INVALID_API_KEY": 401,
    "USER_NOT_FOUND": 401,
    "MISSING_EMAIL": 401,
    "AUTHENTICATION_ERROR": 401,
    "INSUFFICIENT_TIER": 403,
    "AUTHORIZATION_ERROR": 403,
    "VALIDATION_ERROR": 400,
    "NOT_FOUND": 404,
    "CONFLICT": 409,
    "GONE": 410,
    "RATE_LIMIT_EXCEEDED": 429,
    "INSUFFICIENT_CREDITS": 402,
    "INTERNAL_ERROR": 500,
    "UNEXPECTED_ERROR": 500,
    "DATABASE_ERROR": 500,
    "SERIALIZATION_ERROR": 500,
    "AUTH_ERROR": 500,
    "USER_LOAD_ERROR": 500,
    "MEMBERSHIPS_LOAD_ERROR": 500,
    "USER_PROVISION_FAILED": 500,
}
OWN_LIMITS = {"create_invitation", "send_message"}
"""Operations with a limit besides the request rate, whose 429 does not say how long to wait."""


def validator(schema: Any) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(CONTRACT.self_contained(schema), validate_formats=True)


def examples(node: Any, where: str) -> Iterator[tuple[str, Any, Any]]:
    """Every example below `node`: where it stands, its schema, its value."""
    if isinstance(node, list):
        for index, item in enumerate(node):
            yield from examples(item, f"{where}/{index}")
    if isinstance(node, dict):
        schema = node.get("schema", {})
        for name, example in node.get("examples", {}).items():
            yield f"{where} {name}", schema, example["value"]
        if "example" in node:
            yield where, schema, node["example"]
        for key, value in node.items():
            if key != "schema":
                yield from examples(value, f"{where}/{key}")


def bodies(operation: Operation) -> Iterator[dict[str, Any]]:
    """Every body the operation takes or answers."""
    yield from operation.document.get("requestBody", {}).get("content", {}).values()
    for response in operation.document["responses"].values():
        yield from response.get("content", {}).values()


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        node = list(node.values())
    if isinstance(node, list):
        for item in node:
            yield from references(item)


def test_the_document_is_valid_openapi() -> None:
    assert [str(error) for error in OpenAPIV31SpecValidator(CONTRACT.document).iter_errors()] == []


def test_every_reference_leads_somewhere_inside_the_components() -> None:
    found = set(references(CONTRACT.document))
    assert found
    for reference in found:
        assert reference.startswith("#/components/")
        CONTRACT.resolve({"$ref": reference})


def test_every_component_is_used() -> None:
    used = {reference.removeprefix("#/components/") for reference in references(CONTRACT.document)}
    there = {f"{kind}/{name}" for kind, names in CONTRACT.document["components"].items() for name in names}
    assert there - used == {"securitySchemes/bearerJwt", "securitySchemes/apiKey"}


@OPERATIONS
def test_every_example_fits_its_schema(operation: Operation) -> None:
    for where, schema, value in examples(dict(operation.document), operation.operation_id):
        problems = [error.message for error in validator(schema).iter_errors(value)]
        assert problems == [], where


@OPERATIONS
def test_every_body_has_an_example(operation: Operation) -> None:
    assert [body for body in bodies(operation) if not body.get("examples")] == []


@OPERATIONS
def test_every_operation_explains_itself(operation: Operation) -> None:
    document = operation.document
    assert len(document["summary"]) < 60
    assert document["description"].strip() != document["summary"]
    declared = {tag["name"] for tag in CONTRACT.document["tags"]}
    assert set(operation.tags) <= declared
    assert len(operation.tags) == 1


@OPERATIONS
def test_credentials_and_access_agree(operation: Operation) -> None:
    schemes = {"bearerJwt": "jwt", "apiKey": "api_key"}
    accepted = {schemes[name] for choice in operation.document["security"] for name in choice}
    assert accepted == operation.access.authentication


@OPERATIONS
def test_every_error_lists_codes_of_its_status_and_its_description_explains_them(
    operation: Operation,
) -> None:
    for status in operation.statuses():
        codes = operation.error_codes(status)
        assert bool(codes) == (status >= 400)
        assert {ERROR_STATUS[code] for code in codes} <= {status}
        assert [code for code in codes if f"`{code}`" not in operation.response(status)["description"]] == []


@OPERATIONS
def test_every_refusal_is_a_documented_answer(operation: Operation) -> None:
    for refusal in operation.access.refusals.values():
        assert refusal.code in operation.error_codes(refusal.status)


@OPERATIONS
def test_every_v1_answer_tells_the_rate_limit(operation: Operation) -> None:
    limits = {"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"}
    waits = {"X-RateLimit-RetryAfter", "Retry-After"}
    for status in operation.statuses():
        expected = limits if operation.path.startswith("/v1/") else set()
        if status == 429:
            expected = limits | waits
        headers = operation.response(status).get("headers", {})
        assert set(headers) == expected
        optional = {name for name, header in headers.items() if not header.get("required")}
        own_limit = status == 429 and operation.operation_id in OWN_LIMITS
        assert optional == (waits if own_limit else set())


@OPERATIONS
def test_path_parameters_are_those_of_the_path(operation: Operation) -> None:
    in_path = {part.strip("{}") for part in operation.path.split("/") if part.startswith("{")}
    assert {parameter["name"] for parameter in operation.parameters("path")} == in_path


def test_pages_are_bounded_in_words_only() -> None:
    pages = [CONTRACT.document["components"]["parameters"][name]["schema"] for name in ("Limit", "Offset")]
    assert pages == [
        {"type": "integer", "format": "int64", "default": 50},
        {"type": "integer", "format": "int64", "default": 0},
    ]


def leads(source: str, status: str) -> set[str]:
    """The operations that an answer leads to."""
    return {link.target for link in CONTRACT.links() if (link.source, link.status) == (source, status)}


def test_links_lead_from_a_new_thing_to_what_can_be_done_with_it() -> None:
    job = {"get_job", "cancel_job", "clone_job", "get_job_events", "delete_job"}
    assert (leads("create_job", "201"), leads("create_job", "200"), leads("clone_job", "201")) == (
        job,
        job,
        job,
    )
    assert leads("create_api_key", "201") == {"get_api_key", "update_api_key", "revoke_api_key"}
    assert leads("list_system_assets", "200") == {"get_system_asset"}
    artifact = {"get_artifact", "render_artifact", "delete_artifact"}
    assert (leads("create_storyboard", "201"), leads("create_character", "201")) == (artifact, artifact)
    talk = {"get_conversation", "update_conversation", "delete_conversation", "send_message", "list_messages"}
    assert leads("create_conversation", "201") == talk
    team = {"get_team", "update_team", "delete_team", "leave_team", "list_members"}
    inviting = {"list_invitations", "create_invitation"}
    assert leads("create_team", "201") >= team | inviting
    answers = {"accept_invitation", "decline_invitation"}
    assert leads("create_invitation", "201") == answers | {
        "list_invitations",
        "resend_invitation",
        "revoke_invitation",
    }


def test_links_lead_from_projects_assets_and_webhooks_to_what_can_be_done_with_them() -> None:
    changes = {"get_project", "update_project", "update_project_spec", "delete_project"}
    moves = {"create_project_job", "archive_project", "unarchive_project"}
    assert leads("create_project", "201") == changes | moves | {"list_projects"}
    job = {"get_job", "cancel_job", "clone_job", "get_job_events"}
    assert leads("create_project_job", "201") == job | {"get_project"}
    assert leads("render_artifact", "201") == job | {"delete_job", "get_artifact", "delete_artifact"}
    assert leads("create_asset_upload_url", "201") == {"confirm_asset_upload", "get_asset", "delete_asset"}
    webhook = {"get_webhook", "update_webhook", "rotate_webhook_secret", "delete_webhook", "list_webhooks"}
    assert leads("create_webhook", "201") == webhook | {"test_webhook", "list_webhook_deliveries"}
    assert leads("test_webhook", "201") == {"retry_webhook_delivery", "list_webhook_deliveries"}


def test_links_fill_every_path_parameter_from_the_answer() -> None:
    for link in CONTRACT.links():
        target = CONTRACT.operation(link.target)
        assert set(link.parameters) == {parameter["name"] for parameter in target.parameters("path")}
        content = CONTRACT.operation(link.source).response(int(link.status))["content"]["application/json"]
        full = [example["value"] for example in content["examples"].values() if example["value"]]
        for expression in link.parameters.values():
            look_up(full[-1], expression.removeprefix("$response.body#"), link.name)


def test_schemas_are_open() -> None:
    closed = [name for name, schema in schemas().items() if schema.get("additionalProperties") is False]
    assert closed == []


def test_required_members_are_described() -> None:
    for name, schema in schemas().items():
        assert set(schema.get("required", ())) <= set(schema.get("properties", {})), name


def schemas() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = CONTRACT.document["components"]["schemas"]
    return found


def fits(name: str, value: Any) -> bool:
    return validator({"$ref": f"#/components/schemas/{name}"}).is_valid(value)


def scene(**members: Any) -> dict[str, Any]:
    return {"id": "a", "prompt": "A boat", "duration": 5, **members}


def spec(**members: Any) -> dict[str, Any]:
    return {"title": "Boats", "scenes": [scene()], **members}


@pytest.mark.parametrize(
    ("accepted", "refused"),
    [
        (spec(scenes=[scene()] * 50), spec(scenes=[scene()] * 51)),
        (spec(scenes=[scene()]), spec(scenes=[])),
        (spec(scenes=[scene(duration=1)]), spec(scenes=[scene(duration=0.99)])),
        (spec(scenes=[scene(duration=30)]), spec(scenes=[scene(duration=30.01)])),
        (spec(scenes=[scene(duration=5.5)]), spec(scenes=[scene(duration="5")])),
        (spec(scenes=[scene(prompt="é" * 2000)]), spec(scenes=[scene(prompt="é" * 2001)])),
        (
            spec(scenes=[scene(audio={"sfx": [{"asset_id": "a"}] * 10})]),
            spec(scenes=[scene(audio={"sfx": [{"asset_id": "a"}] * 11})]),
        ),
        (
            spec(scenes=[scene(audio={"dialogue": [{"text": "x" * 500}] * 5})]),
            spec(scenes=[scene(audio={"dialogue": [{"text": "x"}] * 6})]),
        ),
        (
            spec(global_audio={"music": {"asset_id": "a", "volume": 1}}),
            spec(global_audio={"music": {"asset_id": "a", "volume": 1.01}}),
        ),
        (
            spec(symbols={str(n): {"prompt": "p" * 1000} for n in range(20)}),
            spec(symbols={str(n): {"prompt": "p"} for n in range(21)}),
        ),
        (spec(symbols={"a": {"prompt": "p"}}), spec(symbols={"a": {"prompt": "p" * 1001}})),
        (
            spec(transition_presets={str(n): {"type": "cut"} for n in range(20)}),
            spec(transition_presets={str(n): {"type": "cut"} for n in range(21)}),
        ),
        (spec(transitions={"default": "cut", "a->b": {"type": "fade"}}), spec(transitions={"a-b": "cut"})),
        (spec(transitions={"default": {"type": "fade"}}), spec(transitions={"default": {"type": "melt"}})),
        (
            spec(transitions={"default": {"type": "fade", "duration": 0.1}}),
            spec(transitions={"default": {"type": "fade", "duration": 0}}),
        ),
        (spec(timeline=[{"scene": "a"}] * 100), spec(timeline=[{"scene": "a"}] * 101)),
        (spec(timeline=[{"scene": "a"}]), spec(timeline=[{"scene": "a", "transition": "slow"}])),
        (spec(timeline=[{"flashback": {"scenes": ["a"]}}]), spec(timeline=[{}])),
        (spec(timeline=None), spec(timeline={})),
        (spec(mood="calm"), {"scenes": [scene()]}),
    ],
)
def test_the_storyboard_schema_draws_the_line_where_the_rules_do(accepted: Any, refused: Any) -> None:
    assert (fits("Spec", accepted), fits("Spec", refused)) == (True, False)


@pytest.mark.parametrize(
    ("accepted", "refused"),
    [
        ({"event": "started"}, {"event": "paused"}),
        ({"event": "progress", "progress_percent": 0}, {"event": "progress"}),
        ({"event": "progress", "progress_percent": 100}, {"event": "progress", "progress_percent": None}),
        ({"event": "completed", "output": {"url": "https://a.example"}}, {"event": "completed"}),
        ({"event": "failed", "failure_type": None}, {"event": "failed", "failure_type": "canceled"}),
    ],
)
def test_a_report_says_what_its_event_needs(accepted: dict[str, Any], refused: dict[str, Any]) -> None:
    job = {"job_id": "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"}
    assert (fits("JobCallbackRequest", job | accepted), fits("JobCallbackRequest", job | refused)) == (
        True,
        False,
    )


def test_a_progress_event_says_how_far_it_is() -> None:
    frame = {"id": "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21:2", "event": "progress"}
    assert (fits("JobEvent", frame | {"data": {"percent": 40}}), fits("JobEvent", frame | {"data": {}})) == (
        True,
        False,
    )


def test_the_events_of_a_stream_name_their_schema() -> None:
    stream = CONTRACT.operation("get_job_events").response(200)["content"]["text/event-stream"]
    assert stream["x-event-schema"] == {"$ref": "#/components/schemas/JobEvent"}


def test_the_contract_reads_the_same_every_time() -> None:
    again = load_contract()
    assert (again.document, list(again.operations)) == (CONTRACT.document, list(CONTRACT.operations))
