"""The judges: each notices a hand-written wrong answer, and has nothing to say about a right one."""

import dataclasses
import json
from typing import Any, cast

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from framecast_client import ApiError, ContractViolation, FramecastClient
from framecast_contract.checks.exchanges import JUDGES, judge_exchange
from framecast_contract.checks.extension import PLUGGED
from framecast_contract.checks.found import Found
from framecast_contract.checks.histories import judge_history
from framecast_contract.checks.objects import KINDS
from framecast_contract.checks.streams import frames_of
from framecast_contract.checks.telling import SHOWN_STEPS, Case, findings_of
from framecast_contract.contract import Contract, load_contract
from framecast_contract.history import Exchange, Finding, History, Ledger
from framecast_contract.oracle.events import Frame
from framecast_contract.oracle.rules import RULES

PERSON = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a90"
ID = "9b2f8d8e-4c55-4c0b-8a39-0d9c5f1b7e21"
NOON, LATER = "2026-01-05T12:00:00Z", "2026-01-05T12:01:00Z"
SPEC = {"title": "Dawn", "scenes": [{"id": "a", "prompt": "Sun", "duration": 2}]}
WRONG_SPEC = {**SPEC, "timeline": [{"scene": "nowhere"}]}
JOB = {
    "id": ID, "owner": f"framecast:user:{PERSON}", "triggered_by": PERSON, "project_id": None,
    "status": "queued", "spec_snapshot": SPEC, "options": {}, "progress": {}, "output": None,
    "output_size_bytes": None, "error": None, "credits_charged": 2, "failure_type": None,
    "credits_refunded": 0, "idempotency_key": None, "started_at": None, "completed_at": None,
    "created_at": NOON, "updated_at": NOON,
}  # fmt: skip
CANCELED = {
    **JOB, "status": "canceled", "failure_type": "canceled", "credits_refunded": 1, "completed_at": LATER,
    "updated_at": LATER,
}  # fmt: skip
ACCOUNT = {
    "id": PERSON, "tier": "starter", "upgraded_at": None, "credits": 5, "ephemeral_storage_bytes": 0,
    "created_at": NOON, "updated_at": NOON,
}  # fmt: skip
ASSET = {
    "id": "asset_sfx_applause_short", "category": "sfx", "name": "Applause (short)",
    "description": "Clapping", "duration_seconds": "1.1", "content_type": "audio/mpeg",
    "tags": ["crowd", "celebration", "approval", "quick"], "size_bytes": 1000,
    "s3_key": "system-assets/sfx/applause_short.mp3", "created_at": NOON,
}  # fmt: skip
RATES = {"X-RateLimit-Limit": "60", "X-RateLimit-Remaining": "59", "X-RateLimit-Reset": "1000060"}
TAKEN = {"error": {"code": "USER_PROVISION_FAILED", "message": "the address belongs to another account"}}
NOT_FOUND = {"error": {"code": "NOT_FOUND", "message": "no such job"}}


def said(operation: str | None, body: Any, status: int = 200, **changes: Any) -> Exchange:
    """An answer; `body` is text for a stream, anything else is sent as JSON. `sent` is the request's."""
    sent = changes.pop("sent", None)
    raw = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    values: dict[str, Any] = {
        "operation": operation,
        "persona": "alice",
        "method": "GET",
        "url": f"/v1/jobs/{ID}/events",
        "request_headers": (),
        "request_body": b"" if sent is None else json.dumps(sent).encode(),
        "status": status,
        "response_headers": (),
        "response_body": raw,
    }
    return Exchange(**{**values, **changes})


def stream(*frames: tuple[int, str]) -> str:
    return "".join(f"id: {ID}:{number}\nevent: {event}\ndata: {{}}\n\n" for number, event in frames)


def rated(headers: dict[str, str], status: int = 200) -> Exchange:
    return said("get_job", JOB, status, at=1_000_000.0, response_headers=tuple(headers.items()))


def estimated(credits: int) -> Exchange:
    body = {
        "estimated_credits": credits,
        "estimated_duration_seconds": 2,
        "estimated_generation_time_seconds": 9,
    }
    scenes = [{"id": "a", "duration": 2, "credits": 2}]
    return said("estimate_spec", {**body, "scenes": scenes}, sent={"spec": SPEC})


def validated(*paths: str, spec: dict[str, Any] = SPEC) -> Exchange:
    errors = [{"path": path, "message": "wrong"} for path in paths]
    return said("validate_spec", {"valid": not paths, "errors": errors, "warnings": []}, sent={"spec": spec})


def resumed(header: str, value: str, *frames: tuple[int, str]) -> Exchange:
    return said("get_job_events", stream(*frames), request_headers=((header, value),))


RIGHT = {
    "server_fault": said("get_root", {}),
    "error_body": said("get_job", NOT_FOUND, 404),
    "job_object": said("list_jobs", [JOB, CANCELED]),
    "new_job": said("create_job", JOB, 201),
    "account_object": said("get_account", ACCOUNT),
    "key_secrecy": said("list_api_keys", [{"id": ID, "key_prefix": "sk_live_ab01"}]),
    "spec_verdict": validated(),
    "price": estimated(2),
    "event_stream": said("get_job_events", stream((1, "queued"), (2, "canceled"))),
    "system_asset": said("get_system_asset", ASSET),
    "rate_headers": rated(RATES),
}

WRONG = [
    ("server_fault", "ERROR-4", said("get_root", {}, 500)),
    ("server_fault", "ERROR-4", said(None, "bad gateway", 502)),
    ("server_fault", "ERROR-4", said("get_job", {"error": {"code": "INTERNAL_ERROR", "message": "no"}}, 500)),
    ("error_body", "ERROR-1", said("get_job", {"detail": "no"}, 404)),
    ("error_body", "ERROR-1", said("get_job", "no JSON", 404)),
    ("error_body", "ERROR-2", said("get_job", {"error": {"code": "CONFLICT", "message": "no"}}, 409)),
    ("error_body", "ERROR-2", said("get_job", {"error": {"code": "GONE", "message": "no"}}, 404)),
    ("job_object", "INV-J2", said("get_job", {**CANCELED, "completed_at": None})),
    ("job_object", "INV-J8", said("list_jobs", [JOB, {**CANCELED, "credits_refunded": 3}])),
    ("new_job", "JOB-1", said("create_job", {**JOB, "status": "processing", "started_at": NOON}, 201)),
    ("new_job", "JOB-20", said("clone_job", {**JOB, "credits_refunded": 1}, 201)),
    ("account_object", "INV-U5", said("get_account", {**ACCOUNT, "credits": -1})),
    ("account_object", "INV-U1", said("upgrade_account", {**ACCOUNT, "tier": "creator"})),
    ("key_secrecy", "KEY-2", said("get_api_key", {"id": ID, "name": "sk_live_" + "ab01" * 8})),
    ("key_secrecy", "KEY-2", said("list_api_keys", [{"id": ID, "key_hash": "12ab"}])),
    ("spec_verdict", "SPEC-1", validated("$.title")),
    ("spec_verdict", "SPEC-1", said("validate_spec", {"valid": False}, sent={"spec": SPEC})),
    ("price", "PRICE-2", estimated(3)),
    ("price", "D-13", said("get_job", {**JOB, "credits_charged": 1})),
    ("event_stream", "EVENT-2", said("get_job_events", stream((1, "queued"), (3, "started")))),
    ("event_stream", "EVENT-5", said("get_job_events", stream((1, "started")))),
    ("system_asset", "ASSET-1", said("list_system_assets", [{**ASSET, "id": "asset_sfx_unheard_of"}])),
    ("rate_headers", "RATE-1", rated({})),
    ("rate_headers", "RATE-5", rated({**RATES, "Retry-After": "3"})),
    ("rate_headers", "RATE-5", rated(RATES, 429)),
    ("rate_headers", "RATE-5", rated({**RATES, "Retry-After": "3", "X-RateLimit-RetryAfter": "4"}, 429)),
]

NONE_OF_ITS_BUSINESS = [
    ("error_body", said(None, "not found", 404)),
    ("job_object", said("get_job", NOT_FOUND, 404)),
    ("job_object", said("get_account", ACCOUNT)),
    ("new_job", said("create_job", CANCELED, 200)),
    ("account_object", said("get_job", JOB)),
    ("server_fault", said("get_account", TAKEN, 500)),
    ("server_fault", said("send_message", {"error": {"code": "INTERNAL_ERROR", "message": "no"}}, 500)),
    ("key_secrecy", said("create_api_key", {"raw_key": "sk_live_" + "ab01" * 8}, 201)),
    ("spec_verdict", said("validate_spec", {"valid": True}, sent={})),
    ("spec_verdict", said("create_job", {**JOB}, 200, sent={"spec": WRONG_SPEC})),
    ("price", said("estimate_spec", {"estimated_credits": "?"}, sent={"spec": {"scenes": [7]}})),
    ("price", said("get_job", {**JOB, "spec_snapshot": None})),
    ("event_stream", said("get_job_events", NOT_FOUND, 404)),
    ("rate_headers", said("get_job", JOB)),
    ("rate_headers", dataclasses.replace(rated(RATES, 429), operation="create_invitation")),
    ("rate_headers", dataclasses.replace(rated({}), url="/health", operation="get_health")),
]


CONTRACT = load_contract()


@pytest.fixture
def contract() -> Contract:
    return CONTRACT


def test_there_is_a_right_and_a_wrong_answer_for_every_judge() -> None:
    objects = {f"{kind}_object" for kind in KINDS} - {"job_object", "account_object"} | {"member_list"}
    assert set(RIGHT) == {check for check, _, _ in WRONG} == set(JUDGES) - objects  # test_checks_objects.py


@pytest.mark.parametrize("check", RIGHT)
def test_a_right_answer_breaks_nothing(contract: Contract, check: str) -> None:
    judged = {
        each.check: [broken.rule_id for broken in each.broken]
        for each in judge_exchange(RIGHT[check], contract)
    }

    assert check in judged
    assert [rule for rules in judged.values() for rule in rules] == []


@pytest.mark.parametrize(("check", "rule", "exchange"), WRONG)
def test_a_wrong_answer_breaks_a_rule(contract: Contract, check: str, rule: str, exchange: Exchange) -> None:
    broken = JUDGES[check](exchange, contract) or []

    assert rule in {each.rule_id for each in broken}
    assert {each.rule_id for each in broken} <= set(RULES)


@pytest.mark.parametrize(("check", "exchange"), NONE_OF_ITS_BUSINESS)
def test_a_judge_is_silent_about_what_is_none_of_its_business(
    contract: Contract, check: str, exchange: Exchange
) -> None:
    assert not JUDGES[check](exchange, contract)


@pytest.mark.parametrize("operation", ["create_job", "estimate_spec"])
def test_an_accepted_storyboard_that_is_invalid_is_noticed(contract: Contract, operation: str) -> None:
    exchange = said(operation, JOB, 201 if operation == "create_job" else 200, sent={"spec": WRONG_SPEC})

    told = [each.message for each in JUDGES["spec_verdict"](exchange, contract) or []]

    assert told
    assert all("was accepted" in message for message in told)


@pytest.mark.parametrize("header", ["last-event-id", "Last-Event-ID"])
def test_a_resumed_stream_begins_behind_what_was_seen(contract: Contract, header: str) -> None:
    right = resumed(header, f"{ID}:1", (2, "started"), (3, "completed"))
    again = resumed(header, f"{ID}:1", (1, "queued"), (2, "started"))

    assert JUDGES["event_stream"](right, contract) == []
    assert [each.rule_id for each in JUDGES["event_stream"](again, contract) or []] == ["EVENT-2"]


def test_a_resume_from_nonsense_counts_as_a_start(contract: Contract) -> None:
    assert JUDGES["event_stream"](resumed("last-event-id", "nonsense", (1, "queued")), contract) == []


_MEMBERS = st.sampled_from(
    [*JOB, *ACCOUNT, *ASSET, "spec", "scenes", "duration", "errors", "warnings", "path", "error", "code"]
)
_ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["queued", "failed"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_MEMBERS, inner, max_size=5),
    max_leaves=12,
)
_LIKE_JOB = st.dictionaries(_MEMBERS, _ANY_JSON, max_size=4).map(lambda wrong: {**CANCELED, **wrong})


def _error(code: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": "no"}}


@settings(max_examples=60, deadline=None)
@given(
    body=_ANY_JSON | _LIKE_JOB | st.sampled_from(["CONFLICT", "?"]).map(_error),
    sent=_ANY_JSON.map(lambda spec: {"spec": spec}),
    operation=st.sampled_from(sorted(CONTRACT.operations)),
    status=st.sampled_from([200, 201, 404, 418, 429]),
)
def test_no_answer_crashes_a_judge(body: Any, sent: Any, operation: str, status: int) -> None:
    """A judge that crashes makes the verdict unknown; what has the wrong shape is the schema's business."""
    history = History()
    history.record(said(operation, body, status, sent=sent, at=1.0))
    history.record(said(operation, body, status, sent=sent, at=1.0))

    judged = judge_history(history, CONTRACT, Case("test", (), "again"), Ledger())

    assert judged.crashes == []
    assert {finding.rule for finding in judged.findings} <= set(RULES)


def test_schemathesis_gets_every_judge_that_needs_no_clock() -> None:
    assert set(PLUGGED) == set(JUDGES) - {"rate_headers"}


CASE = Case("tests/x.py::test_y", ("REFUND-1", "JOB-1"), "just contract --seed 1")


def _history(*exchanges: Exchange) -> History:
    history = History()
    for exchange in exchanges:
        history.record(exchange)
    return history


def _judged(
    contract: Contract, *exchanges: Exchange
) -> tuple[list[tuple[str | None, str | None]], dict[str, int]]:
    ledger = Ledger()
    judged = judge_history(_history(*exchanges), contract, CASE, ledger)
    assert judged.crashes == []
    return [(finding.check, finding.rule) for finding in judged.findings], ledger.checks


def test_a_job_is_followed_through_its_reads(contract: Contract) -> None:
    moved = {**JOB, "id": ID.replace("9", "8")}

    findings, checks = _judged(contract, said("create_job", JOB, 201), said("list_jobs", [CANCELED, moved]))

    assert (findings, checks["job_life"]) == ([], 1)


def test_a_job_that_comes_back_to_life_is_noticed(contract: Contract) -> None:
    revived = {**JOB, "status": "processing", "started_at": LATER, "updated_at": "2026-01-05T12:02:00Z"}

    findings, _ = _judged(contract, said("cancel_job", CANCELED), said("get_job", revived))

    assert findings == [("job_life", "JOB-7")]


def test_reads_recorded_out_of_order_are_ordered_by_the_servers_own_time(contract: Contract) -> None:
    findings, _ = _judged(contract, said("get_job", CANCELED), said("get_job", JOB))

    assert findings == []


@pytest.mark.parametrize("fraction", [".5", ".500000", ".000001"])
def test_reads_are_ordered_by_time_and_not_by_its_spelling(contract: Contract, fraction: str) -> None:
    """As text, 12:00:00.5Z comes before 12:00:00Z."""
    half = f"2026-01-05T12:00:00{fraction}Z"
    started = {**JOB, "status": "processing", "started_at": half, "updated_at": half}

    findings, _ = _judged(contract, said("create_job", JOB, 201), said("get_job", started))

    assert findings == []


def test_a_judge_that_crashes_is_told_and_the_others_go_on(
    contract: Contract, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyError("credits")

    monkeypatch.setitem(cast("dict[str, object]", JUDGES), "account_object", crash)
    judged = judge_history(_history(said("get_account", ACCOUNT, 500)), contract, CASE, Ledger())

    assert judged.crashes == [
        "the check account_object crashed at alice: get_account → 500: KeyError: 'credits'"
    ]
    assert "server_fault" in {finding.check for finding in judged.findings}


def test_a_judged_history_tells_its_findings_completely(contract: Contract) -> None:
    first, wrong = said("get_root", {}), said("get_account", {**ACCOUNT, "credits": -1})

    (finding,) = judge_history(_history(first, wrong, first), contract, CASE, Ledger()).findings

    assert finding == Finding(
        rule="INV-U5",
        check="account_object",
        operation="get_account",
        persona="alice",
        request=wrong.request_dict(),
        response=wrong.response_dict(),
        expected="credits is -1",
        history=("alice: get_root → 200", "alice: get_account → 200", "alice: get_root → 200"),
        reproduce=CASE.reproduce,
        test=CASE.test,
    )


async def _error_of(answer: httpx.Response) -> Exception:
    transport = httpx.MockTransport(lambda _: answer)
    async with FramecastClient("http://framecast.test", strict=True, transport=transport) as client:
        with pytest.raises((ApiError, ContractViolation)) as raised:
            await client.get_job(ID)
    return raised.value


@pytest.mark.parametrize(
    ("answer", "check", "kind"),
    [
        (httpx.Response(404, json=NOT_FOUND, headers=RATES), "unexpected_answer", ApiError),
        (httpx.Response(200, json={"id": 7}), "contract_violation", ContractViolation),
        (httpx.Response(418), "contract_violation", ContractViolation),
    ],
)
async def test_an_answer_nobody_expected_is_a_finding(
    answer: httpx.Response, check: str, kind: type[Exception]
) -> None:
    error = await _error_of(answer)
    assert isinstance(error, kind)

    (finding,) = findings_of(error, CASE, _history(said("get_job", NOT_FOUND, 404)))

    assert (finding.check, finding.rule, finding.operation) == (check, "REFUND-1", "get_job")
    assert finding.expected == str(error)


@pytest.mark.parametrize("error", [AssertionError("5 is not 4"), TimeoutError("gave up")])
def test_an_assertion_is_a_finding_about_the_last_exchange(error: Exception) -> None:
    (finding,) = findings_of(error, CASE, _history(said("get_root", {}), said("get_job", JOB)))

    assert (finding.check, finding.operation, finding.expected) == ("assertion", "get_job", str(error))


@pytest.mark.parametrize(
    "error", [httpx.ConnectError("refused"), httpx.ReadTimeout("slow"), KeyError("x"), OSError("no route")]
)
def test_a_lost_connection_and_a_bug_of_ours_are_no_findings(error: Exception) -> None:
    assert findings_of(error, CASE, _history(said("get_job", JOB))) == ()


def test_a_finding_without_rule_or_exchange_is_told_all_the_same() -> None:
    case = dataclasses.replace(CASE, rules=())

    (finding,) = findings_of(AssertionError("nothing happened"), case, History())

    assert (finding.name, finding.operation, finding.request, finding.history) == (
        "assertion",
        None,
        None,
        (),
    )


def test_secrets_in_an_assertion_are_masked_and_long_histories_shortened() -> None:
    error = AssertionError("'sk_live_" + "ab01" * 8 + "' is not shown")

    (finding,) = findings_of(error, CASE, _history(*[said("get_job", JOB)] * (SHOWN_STEPS + 5)))

    assert finding.expected == "'sk_live_***' is not shown"
    assert len(finding.history) == SHOWN_STEPS


def test_what_was_found_is_told_in_the_error_and_kept() -> None:
    (finding,) = findings_of(AssertionError("5 is not 4"), CASE, _history(said("get_job", JOB)))

    error = Found([finding, dataclasses.replace(finding, request=None, response=None)])

    assert findings_of(error, CASE, History()) == error.findings
    assert str(error).splitlines()[-5:] == [
        "REFUND-1 at get_job as alice",
        "  sent: nothing",
        "  came back: nothing",
        "  expected: 5 is not 4",
        "  again: just contract --seed 1",
    ]


@pytest.mark.parametrize(
    ("body", "frames"),
    [
        (b"", []),
        (b": hello\n\n", []),
        (b"id: 1:1\nevent: queued\ndata: {}\n\n", [Frame("1:1", "queued", "{}")]),
        (b"id:1:1\r\nevent:queued\r\ndata:{}\r\n\r\n", [Frame("1:1", "queued", "{}")]),
        (b"data: a\ndata: b\n\n", [Frame("", "message", "a\nb")]),
        (b"data: a\n\nid: 1:2\ndata: cut of", [Frame("", "message", "a")]),
    ],
)
def test_a_stream_is_read_as_its_format_says(body: bytes, frames: list[Frame]) -> None:
    assert frames_of(body) == frames
