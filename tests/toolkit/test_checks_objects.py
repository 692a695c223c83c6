"""The judges of objects: they look wherever the contract shows one, and tell right from wrong."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from framecast_contract.checks.exchanges import JUDGES
from framecast_contract.checks.objects import KINDS
from framecast_contract.contract import load_contract
from framecast_contract.history import Exchange
from framecast_contract.oracle.rules import RULES

CONTRACT = load_contract()
SCHEMAS = {
    "job": "Job", "account": "User", "team": "Team", "member": "Membership", "invitation": "Invitation",
    "project": "Project", "asset": "AssetFile", "artifact": "Artifact", "conversation": "Conversation",
    "message": "Message", "webhook": "Webhook", "delivery": "WebhookDelivery",
}  # fmt: skip
ID = "0b7c5a0e-3f54-4d3c-9b0a-6f2d0c8f1a11"
EARLY, LATE = "2026-01-05T12:00:00Z", "2026-01-05T13:00:00Z"


def said(operation: str, status: int, body: Any) -> Exchange:
    path = CONTRACT.operation(operation).path
    for name in ("conversation_id", "team_id"):
        path = path.replace(f"{{{name}}}", _first(body).get(name) or ID)
    return Exchange(operation, "alice", "GET", path, (), b"", status, (), json.dumps(body).encode())


def _first(body: Any) -> dict[str, Any]:
    """One object of an answer, to take ids from."""
    found = body[0] if isinstance(body, list) and body else body
    found = next(iter(found.values())) if "user_message" in found else found
    return found if isinstance(found, dict) else {}


def _shown(schema: Mapping[str, Any], name: str) -> tuple[str, ...] | None:
    """How an answer of this schema shows component `name`: as itself, in a list, or in these members."""
    wanted = f"#/components/schemas/{name}"
    if wanted in (schema.get("$ref"), schema.get("items", {}).get("$ref")):
        return ()
    members = CONTRACT.resolve(schema).get("properties", {})
    return tuple(member for member, value in members.items() if value.get("$ref") == wanted) or None


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_judged_wherever_the_contract_shows_it(kind: str) -> None:
    assert dict(KINDS[kind].shown_by) == {
        operation.operation_id: found
        for operation in CONTRACT.operations.values()
        for status in operation.success_statuses()
        if (found := _shown(operation.response_schema(status) or {}, SCHEMAS[kind])) is not None
    }


def _examples(kind: str) -> Iterator[tuple[str, int, Any]]:
    """Every example of an answer that shows this kind."""
    for operation in map(CONTRACT.operation, KINDS[kind].shown_by):
        for status in operation.success_statuses():
            content = operation.response(status)["content"]["application/json"]
            for example in content["examples"].values():
                yield operation.operation_id, status, CONTRACT.resolve(example)["value"]


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_of_the_contract_keep_the_rules(kind: str) -> None:
    judge = JUDGES[f"{kind}_object"]
    examples = list(_examples(kind))

    broken = {
        operation: judge(said(operation, status, body), CONTRACT) for operation, status, body in examples
    }

    assert examples
    assert {operation: found for operation, found in broken.items() if found} == {}


WRONG = [
    ("job", "INV-J8", {"credits_refunded": 10_000}),
    ("account", "INV-U5", {"credits": -1}),
    ("team", "INV-T4", {"slug": "a--b"}),
    ("team", "INV-T5", {"created_at": LATE, "updated_at": EARLY}),
    ("member", "INV-M2", {"role": "guest"}),
    ("invitation", "INV-I2", {"role": "owner"}),
    ("invitation", "INV-I9", {"created_at": LATE, "expires_at": EARLY}),
    ("project", "INV-P1", {"status": "lost"}),
    ("asset", "INV-AF2", {"size_bytes": 0}),
    ("asset", "INV-AF4", {"content_type": "image/gif"}),
    ("artifact", "INV-ART2", {"kind": "poem"}),
    ("artifact", "INV-X8", {"source": "job", "source_job_id": None}),
    ("conversation", "INV-C1", {"status": "forgotten"}),
    ("message", "MSG-1", {"sequence": 0}),
    ("webhook", "INV-W4", {"url": "http://example.com/"}),
    ("delivery", "INV-WD3", {"attempts": 6}),
]


@pytest.mark.parametrize(("kind", "rule", "change"), WRONG)
def test_an_object_that_breaks_a_rule_is_noticed(kind: str, rule: str, change: dict[str, Any]) -> None:
    operation, status, body = next(found for found in _examples(kind) if KINDS[kind].shown_in(said(*found)))
    wrong = {**KINDS[kind].shown_in(said(operation, status, body))[0], **change}
    members = KINDS[kind].shown_by[operation]
    answer = {**body, members[0]: wrong} if members else [wrong] if isinstance(body, list) else wrong

    broken = JUDGES[f"{kind}_object"](said(operation, status, answer), CONTRACT) or []

    assert rule in {each.rule_id for each in broken} & set(RULES)


@pytest.mark.parametrize(
    ("rule", "roles"), [("INV-T1", []), ("INV-T2", ["viewer"]), ("MEMBER-1", ["viewer", "owner"])]
)
def test_a_team_without_people_owner_or_order_is_noticed(rule: str, roles: list[str]) -> None:
    people = [
        {"team_id": ID, "user_id": ID[:-1] + str(place), "role": role} for place, role in enumerate(roles)
    ]

    broken = JUDGES["member_list"](said("list_members", 200, people), CONTRACT) or []

    assert rule in {each.rule_id for each in broken}


def test_there_is_a_wrong_object_of_every_kind() -> None:
    assert {kind for kind, _, _ in WRONG} == set(KINDS)
