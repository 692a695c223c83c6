"""Refusals: whatever is refused and why, the answer has one shape, a code of its status, words for people."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from framecast_contract.contract import Contract
from framecast_contract.oracle.errors import STATUS_OF_CODE, broken_error_rules
from framecast_contract.oracle.words import TIER_TOO_LOW
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import answer_of
from framecast_contract.workloads.belongings import Belongings, canceled_job
from framecast_contract.workloads.callers import CALLERS
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

UNKNOWN = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Request:
    """Who asks for what; where nothing else is said, about a canceled job of the owner's."""

    who: str
    operation: str
    job: str | None = None
    sent: Mapping[str, Any] = field(default_factory=dict)


REFUSED: Mapping[str, Request] = {
    "MISSING_AUTHORIZATION": Request("nobody", "get_job"),
    "INVALID_AUTHORIZATION": Request("malformed_header", "get_job"),
    "INVALID_TOKEN": Request("garbage_token", "get_job"),
    "INVALID_API_KEY": Request("revoked_key", "get_job"),
    "MISSING_EMAIL": Request("token_without_email", "get_job"),
    "INSUFFICIENT_TIER": Request("starter", "list_teams"),
    "AUTHORIZATION_ERROR": Request("key_without_scope", "get_job"),
    "VALIDATION_ERROR": Request("owner", "get_job", job="no-uuid"),
    "NOT_FOUND": Request("owner", "get_job", job=UNKNOWN),
    "CONFLICT": Request("owner", "cancel_job"),
    "INSUFFICIENT_CREDITS": Request("owner", "create_job", sent={"json": {"spec": storyboard(30)}}),
    "GONE": Request("owner", "get_job_events", sent={"headers": {"Last-Event-ID": "{job_id}:99"}}),
}


@pytest.mark.rule("ERROR-1", "ERROR-2", "ERROR-3", "ERROR-5")
@pytest.mark.parametrize("code", REFUSED)
async def test_every_refusal_is_told_alike(people: People, contract: Contract, code: str) -> None:
    owner = await people.creator(credits=5)
    have = Belongings(people, owner, owner.owner)
    await canceled_job(have)
    request = REFUSED[code]
    operation = contract.operation(request.operation)
    client = people.raw_client("somebody", await CALLERS[request.who].header(have, operation.access))
    path = operation.path.format(job_id=request.job or have.ids["job_id"])
    headers = {name: value.format(**have.ids) for name, value in request.sent.get("headers", {}).items()}

    answer = await client.request(operation.method, path, **{**request.sent, "headers": headers})

    assert broken_error_rules(answer.status_code, answer.json()) == []
    assert (answer.status_code, answer.json()["error"]["code"]) == (STATUS_OF_CODE[code], code)


WRONG_FOR_CREATORS: Mapping[str, tuple[str, str, Mapping[str, Any]]] = {
    "an id": ("GET", "/v1/teams/no-uuid", {}),
    "an unknown id": ("DELETE", f"/v1/projects/{UNKNOWN}", {}),
    "a query": ("GET", f"/v1/teams/{UNKNOWN}/projects?status=no-status&limit=x", {}),
    "a body": ("POST", "/v1/teams", {"content": b"{"}),
    "id and body": ("PATCH", "/v1/teams/no-uuid", {"json": []}),
}


@pytest.mark.rule("ACCESS-1")
@pytest.mark.parametrize("wrong", WRONG_FOR_CREATORS)
async def test_a_starter_is_told_of_the_tier_whatever_else_is_wrong(people: People, wrong: str) -> None:
    starter = await people.starter()
    method, path, sent = WRONG_FOR_CREATORS[wrong]

    client = people.raw_client(starter.name, f"Bearer {starter.token}")

    assert await answer_of(client.request(method, path, **sent)) == TIER_TOO_LOW
