"""Fuzzing: a planted defect is found by the right check, and a sound sandbox gives no finding at all."""

from collections.abc import Iterator
from random import Random

import httpx
import pytest
import requests
from starlette.responses import JSONResponse

from framecast_contract.checks.telling import Case
from framecast_contract.contract import load_contract
from framecast_contract.fuzzing import Fuzz, FuzzResult, fuzz_schema
from framecast_contract.history import History
from framecast_contract.sandbox.defects import find_defect
from framecast_contract.target.adapter import AsgiAdapter
from framecast_contract.target.asgi import Answer, Headers, SyncCaller
from framecast_contract.target.embedded import EmbeddedTarget
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes

CONTRACT = load_contract()
ROUTES = Routes((name, each.method, each.path) for name, each in CONTRACT.operations.items())
CASE = Case("tests/x.py::test_y", (), "just contract --seed 1")


@pytest.fixture
def sandbox() -> Iterator[EmbeddedTarget]:
    target = EmbeddedTarget(Random(1))
    yield target
    target.close()


def _token(target: EmbeddedTarget) -> str | None:
    async def creator() -> str | None:
        async with People(target, Random(2), History(), ROUTES.operation_of) as people:
            return (await people.creator()).token

    return target.run(creator())


def _fuzz(target: EmbeddedTarget, operation: str, *phases: str, seed: int = 1) -> FuzzResult:
    schema = fuzz_schema(
        CONTRACT,
        base_url=target.base_url,
        adapter=target.adapter(),
        token=_token(target),
        seed=seed,
        max_examples=5,
        known_ids={},
        operations=[operation],
    )
    return Fuzz(schema, "creator", CASE, ROUTES.operation_of).run(*(phases or ("examples", "fuzzing")))


def test_a_sound_sandbox_gives_numbers_and_no_finding(sandbox: EmbeddedTarget) -> None:
    result = _fuzz(sandbox, "list_system_assets")

    assert (result.ledger.findings, result.errors) == ([], ())
    assert set(result.ledger.operations) == {"list_system_assets"}
    assert result.ledger.operations["list_system_assets"][200] >= 3
    assert result.ledger.checks["system_asset"] >= 3
    assert result.ledger.checks["response_schema_conformance"] >= 5


@pytest.mark.parametrize(
    ("defect", "operation", "checks"),
    [
        ("asset-of-wrong-category", "list_system_assets", {"system_asset"}),
        (
            "unknown-asset-invalid",
            "get_system_asset",
            {"error_body", "status_code_conformance", "positive_data_acceptance"},
        ),
    ],
)
def test_a_planted_defect_is_found_by_the_checks_for_it(
    sandbox: EmbeddedTarget, defect: str, operation: str, checks: set[str]
) -> None:
    find_defect(defect).plant(sandbox.sandbox)

    result = _fuzz(sandbox, operation)

    told = {(finding.check, finding.operation, finding.persona) for finding in result.ledger.findings}
    assert told == {(check, operation, "creator") for check in checks}
    assert result.errors == ()


def test_a_finding_of_the_fuzzer_is_complete_and_masked(sandbox: EmbeddedTarget) -> None:
    broken = JSONResponse({"error": {"code": "INTERNAL_ERROR", "message": "sk_live_" + "ab01" * 8}}, 500)
    sandbox.sandbox.system_assets.list_system_assets = lambda _call: broken  # type: ignore[method-assign,assignment]  # the fault

    findings = {each.check: each for each in _fuzz(sandbox, "list_system_assets").ledger.findings}

    finding = findings["server_fault"]
    assert finding.request is not None
    assert finding.request["headers"]["Authorization"] == "Bearer eyJ***"
    assert finding.response is not None
    assert (finding.response["status"], "sk_live_***" in finding.response["body"]) == (500, True)
    assert "ERROR-4" in finding.expected
    assert finding.history[-1] == "creator: list_system_assets → 500"
    assert (finding.test, finding.reproduce) == (CASE.test, CASE.reproduce)


def test_one_seed_makes_the_same_requests(sandbox: EmbeddedTarget) -> None:
    numbers = [_fuzz(sandbox, "get_system_asset", "fuzzing", seed=3).ledger.operations for _ in range(2)]

    assert numbers[0] == numbers[1]


def _paths_of(caller: SyncCaller) -> list[str]:
    """The paths of every call from now on."""
    seen, call = list[str](), caller.call

    def called(method: str, url: httpx.URL, headers: Headers, body: bytes) -> Answer:
        seen.append(url.path)
        return call(method, url, headers, body)

    caller.call = called  # type: ignore[method-assign]  # looks on
    return seen


def test_known_ids_take_the_place_of_most_others(sandbox: EmbeddedTarget) -> None:
    """Without them no generated id would exist, and fuzzing would see nothing but 404."""
    known = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a91"
    schema = fuzz_schema(
        CONTRACT, base_url=sandbox.base_url, adapter=sandbox.adapter(), token=None, seed=1, max_examples=20,
        known_ids={"job_id": [known]}, operations=["get_job"],
    )  # fmt: skip
    seen = _paths_of(sandbox.caller)

    Fuzz(schema, "nobody", CASE, ROUTES.operation_of).run("fuzzing")

    ids = [path.rpartition("/")[2] for path in seen if path.startswith("/v1/jobs/")]
    assert len(ids) // 2 < ids.count(known) < len(ids)


def test_a_requests_session_reaches_an_app_without_a_socket() -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        await JSONResponse({"ä": 1}, 404, {"X-Thing": "ü"})(scope, receive, send)  # type: ignore[arg-type]  # starlette's own types

    caller, session = SyncCaller(app), requests.Session()
    session.mount("http://", AsgiAdapter(caller))
    response = session.post("http://nowhere.test/x?y=1", data="ö".encode())

    assert (response.status_code, response.json(), response.headers["x-thing"]) == (404, {"ä": 1}, "ü")
    caller.close()
