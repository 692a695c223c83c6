"""The service itself: is it there, its request limits, and how it takes requests that nobody should send."""

import json
from typing import Any

import httpx
import pytest

from framecast_contract.contract import Contract
from framecast_contract.oracle.limits import (
    BODY_BYTES,
    REQUESTS_PER_MINUTE,
    body_answer,
    broken_rate_rules,
    broken_rate_steps,
)
from framecast_contract.oracle.words import INVALID, OK
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import answer_of, as_json
from framecast_contract.workloads.storyboards import storyboard

VALIDATE = "/v1/spec/validate"
BODY = json.dumps({"spec": storyboard(5)}).encode()
JSON = {"Content-Type": "application/json"}


@pytest.mark.rule("AUTH-8")
@pytest.mark.parametrize("authorization", [None, "Bearer garbage", "garbage", b"\xff", "sk_live_x"])
async def test_root_and_health_answer_everybody(people: People, authorization: str | bytes | None) -> None:
    client = people.raw_client("somebody", authorization)

    root, health = await client.get("/"), await client.get("/health")

    assert (health.status_code, health.text) == (200, "OK")
    assert root.status_code == 200
    assert root.text.startswith("Framecast API v")
    for answer in (root, health):
        assert answer.headers["content-type"].partition(";")[0] == "text/plain"


async def _session(people: People) -> httpx.AsyncClient:
    person = await people.starter()
    return people.raw_client(person.name, f"Bearer {person.token}")


@pytest.mark.rule("ERROR-6")
@pytest.mark.parametrize(
    "content_type",
    ["application/json", "application/json; charset=utf-8", "Application/JSON", "application/ld+json"],
)
async def test_json_by_any_of_its_names_is_read(people: People, content_type: str) -> None:
    client = await _session(people)

    answer = await answer_of(client.post(VALIDATE, content=BODY, headers={"Content-Type": content_type}))

    assert answer == OK


@pytest.mark.rule("ERROR-6")
@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", "text/json", "application/jsonx", "multipart/form-data"]
)
async def test_another_content_type_is_bad_input(people: People, content_type: str | None) -> None:
    client = await _session(people)
    headers = {} if content_type is None else {"Content-Type": content_type}

    assert await answer_of(client.post(VALIDATE, content=BODY, headers=headers)) == INVALID


@pytest.mark.rule("ERROR-6", "ERROR-4")
@pytest.mark.parametrize(
    "body",
    [
        b"", b" ", b"{", b"{}", b"[]", b"null", b'"spec"', b"7", b'{"spec": null}', b'{"spec": []}',
        b'{"spec": "x"}', b'{"spec": {}} {}', b"{'spec': {}}", b'{"spec": {},}', b'{"spec": NaN}',
        b'{"spec": {"n": NaN}}', b'{"spec": {"n": Infinity}}', b'{"spec": {}, "spec": {}}', b"\xff\xfe",
        b'{"spec": {"title": "\xff"}}', b'{"spec": {"title": "a\nb"}}', b'{"spec": {"title": "\\u0000"}}',
        b'{"spec": {"\\u0000": 1}}', b"[" * 100_000, b'{"spec":' + b"[" * 100_000,
    ],
    ids=lambda body: repr(body[:30]),
)  # fmt: skip
async def test_a_broken_body_is_bad_input(people: People, body: bytes) -> None:
    client = await _session(people)

    assert await answer_of(client.post(VALIDATE, content=body, headers=JSON)) == INVALID


@pytest.mark.rule("LIMIT-1")
@pytest.mark.parametrize("size", [BODY_BYTES, BODY_BYTES + 1])
async def test_a_body_has_at_most_5_mib(people: People, size: int) -> None:
    client = await _session(people)

    answer = await answer_of(client.post(VALIDATE, content=BODY.ljust(size), headers=JSON))

    allowed = body_answer(size) or OK
    assert answer == allowed or (answer.status == 413 and not allowed.accepted)


@pytest.mark.rule("ERROR-6")
async def test_unknown_members_and_parameters_are_ignored(people: People) -> None:
    client = await _session(people)

    validated = await answer_of(client.post(VALIDATE, json={"spec": storyboard(5), "owner": 5, "x": {}}))
    listed = await answer_of(client.get("/v1/jobs?cursor=x&before_sequence=1&x=1&x=2"))

    assert (validated, listed) == (OK, OK)


@pytest.mark.rule("ERROR-6")
async def test_operations_without_a_body_ignore_one(people: People) -> None:
    client = await _session(people)
    odd: dict[str, Any] = {"content": b"{not json", "headers": {"Content-Type": "text/csv"}}

    answers = [
        await answer_of(client.request("GET", path, **odd))
        for path in ("/v1/account", "/v1/jobs", "/v1/system-assets", "/health")
    ]

    assert answers == [OK] * 4


@pytest.mark.rule("ERROR-4", "ACCESS-1")
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PUT", "/v1/account"), ("GET", "/v1/account/upgrade"), ("POST", "/v1/auth/whoami"),
        ("PUT", "/v1/auth/keys"), ("GET", "/v1/generate"), ("PATCH", "/v1/jobs"), ("DELETE", "/health"),
        ("POST", "/v1/system-assets"), ("DELETE", "/v1/system-assets/asset_sfx_pop"), ("PUT", "/"),
    ],
)  # fmt: skip
async def test_another_method_of_a_known_path_is_405(
    people: People, contract: Contract, method: str, path: str
) -> None:
    answer = await people.raw_client("nobody").request(method, path)

    routes = contract.operations.values()
    template = path.replace("asset_sfx_pop", "{system_asset_id}")
    known = {operation.method.upper() for operation in routes if operation.path == template}
    allowed = {verb.strip() for verb in answer.headers.get("allow", "").split(",")}
    assert answer.status_code == 405
    assert known <= allowed
    assert method not in allowed


@pytest.mark.rule("ERROR-4", "ACCESS-1")
@pytest.mark.parametrize(
    "path", ["/v1", "/v1/", "/v2/jobs", "/v1/nothing", "/v1/jobs/", "/v1/account/", "/health/", "/V1/jobs"]
)
async def test_an_unknown_path_is_404_even_for_nobody(people: People, path: str) -> None:
    assert (await people.raw_client("nobody").get(path)).status_code == 404


@pytest.mark.rule("ERROR-4")
async def test_a_browser_may_ask_what_it_may_send(people: People) -> None:
    asked = {
        "Origin": "http://localhost:3000",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type,x-api-key",
    }
    answer = await people.raw_client("browser").options("/v1/account", headers=asked)
    if "access-control-allow-origin" not in answer.headers:
        pytest.skip("the target does not allow this origin")

    assert answer.is_success
    assert _listed(answer, "access-control-allow-methods") >= {
        "get", "post", "put", "patch", "delete", "options",
    }  # fmt: skip
    assert _listed(answer, "access-control-allow-headers") >= {"authorization", "content-type", "x-api-key"}
    assert answer.headers["access-control-max-age"] == "3600"


def _listed(answer: httpx.Response, header: str) -> set[str]:
    return {item.strip().lower() for item in answer.headers[header].split(",")}


def _budget(answer: httpx.Response) -> tuple[int, int]:
    return int(answer.headers["x-ratelimit-reset"]), int(answer.headers["x-ratelimit-remaining"])


@pytest.mark.rule("RATE-1", "RATE-3", "RATE-4", "RATE-6")
async def test_every_request_takes_one_from_a_budget_that_sessions_and_keys_share(people: People) -> None:
    person = await people.starter()
    key = await people.key_of(person, "generate")
    session = people.raw_client(person.name, f"Bearer {person.token}")
    by_key = people.raw_client(key.name, f"Bearer {key.token}")

    answers = [
        await session.get("/v1/account"),
        await by_key.get("/v1/auth/whoami"),
        await by_key.get("/v1/jobs"),  # refused: the scope is missing
        await session.get("/v1/jobs/no-uuid"),
        await session.post("/v1/generate", content=b"{"),
        await session.get("/v1/system-assets"),
    ]

    assert [answer.status_code for answer in answers] == [200, 200, 403, 400, 400, 200]
    assert broken_rate_steps([_budget(answer) for answer in answers]) == []


@pytest.mark.rule("RATE-6")
async def test_other_people_have_a_budget_of_their_own(people: People) -> None:
    alice, bob = [await _session(people) for _ in range(2)]
    first = await alice.get("/v1/account")
    for _ in range(5):
        await bob.get("/v1/account")

    again = await alice.get("/v1/account")

    assert broken_rate_steps([_budget(first), _budget(again)]) == []


@pytest.mark.rule("RATE-1")
@pytest.mark.parametrize("path", ["/", "/health"])
async def test_the_service_pages_are_not_limited(people: People, path: str) -> None:
    answer = await people.raw_client("nobody").get(path)

    assert not [name for name in answer.headers if name.startswith("x-ratelimit")]


@pytest.mark.rule("RATE-2", "RATE-5", "ERROR-3")
@pytest.mark.needs("clock")
@pytest.mark.budgets
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_a_spent_budget_is_told_and_renewed(people: People, target: Target, tier: str) -> None:
    person: Persona = await (people.starter() if tier == "starter" else people.creator())
    client = people.raw_client(person.name, f"Bearer {person.token}")
    answer = await client.get("/v1/auth/whoami")
    limit = int(answer.headers["x-ratelimit-limit"])
    if limit > 10 * REQUESTS_PER_MINUTE[tier]:
        pytest.skip("the target's request limits are off")
    while answer.status_code == 200:
        answer = await client.get("/v1/auth/whoami")

    now = int(target.clock.now().timestamp())
    headers = {name.lower(): value for name, value in answer.headers.items()}
    assert answer.status_code == 429
    assert broken_rate_rules(headers, 429, answer.json(), now=now, tier=tier) == []
    await pass_time(answer.json()["error"]["retryAfter"])
    assert as_json(await person.client.get_account())["id"] == person.user_id
