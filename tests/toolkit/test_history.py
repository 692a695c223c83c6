"""What did happen, as data: what is kept, counted, masked, merged and sent between processes."""

import dataclasses
import json

import pytest

from framecast_contract.history import (
    KEPT_EXCHANGES,
    SHOWN_BODY,
    Exchange,
    Finding,
    History,
    Ledger,
    Outcome,
    Unknown,
    shown_body,
)
from framecast_contract.masking import mask

KEY = "sk_live_" + "ab01" * 8
GET_JOB = Exchange(
    operation="get_job",
    persona="alice",
    method="GET",
    url="/v1/jobs/1?X-Amz-Signature=abc",
    request_headers=(("Authorization", f"Bearer {KEY}"), ("Accept", "application/json")),
    request_body=b"",
    status=200,
    response_headers=(("Content-Type", "application/json"), ("content-type", "text/plain")),
    response_body=b'{"raw_key": "' + KEY.encode() + b'"}',
)
FINDING = Finding(
    rule="REFUND-1",
    check="assertion",
    operation="get_job",
    persona="alice",
    request={"method": "GET", "url": "/v1/jobs/1", "headers": {"Accept": "*/*"}, "body": ""},
    response={"status": 200, "headers": {}, "body": "{}"},
    expected="5 credits back, not 0",
    history=("alice: create_job → 201", "alice: get_job → 200"),
    reproduce="just contract --seed 1",
    test="tests/x.py::test_y",
)


def test_an_exchange_tells_what_was_sent_and_came_back_without_its_secrets() -> None:
    assert GET_JOB.request_dict() == {
        "method": "GET",
        "url": "/v1/jobs/1?X-Amz-Signature=***",
        "headers": {"Authorization": "Bearer sk_live_***", "Accept": "application/json"},
        "body": "",
    }
    assert GET_JOB.response_dict()["body"] == '{"raw_key": "sk_live_***"}'
    assert GET_JOB.line() == "alice: get_job → 200"


def test_what_json_may_hold_and_utf_8_may_not_can_be_written_all_the_same() -> None:
    """A server that echoes half a surrogate pair must not cost us the report."""
    assert mask("code \ud83d is unknown") == r"code \ud83d is unknown"


def test_an_exchange_outside_the_contract_is_told_by_its_url() -> None:
    stray = dataclasses.replace(GET_JOB, operation=None, status=404)

    assert stray.line() == "alice: GET /v1/jobs/1?X-Amz-Signature=*** → 404"


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, Outcome.OK), (304, Outcome.OK), (400, Outcome.FAIL), (503, Outcome.FAIL)]
)
def test_the_status_says_how_a_call_ended(status: int, outcome: Outcome) -> None:
    assert dataclasses.replace(GET_JOB, status=status).outcome == outcome


def test_a_header_is_found_in_any_case_and_the_first_one_counts() -> None:
    assert GET_JOB.header("CONTENT-TYPE") == "application/json"
    assert GET_JOB.header("Retry-After") is None


@pytest.mark.parametrize("body", [b"", b"not json", b"\xff\xfe", b"[" * 100_000])
def test_a_body_that_is_no_json_reads_as_none(body: bytes) -> None:
    exchange = dataclasses.replace(GET_JOB, request_body=body, response_body=body)

    assert (exchange.json(), exchange.sent_json()) == (None, None)


def test_a_long_body_is_cut_and_says_how_long_it_was() -> None:
    assert shown_body(b"x" * SHOWN_BODY) == "x" * SHOWN_BODY
    assert shown_body(b"x" * 5000) == "x" * SHOWN_BODY + "… (5000 bytes)"
    assert shown_body(b"\xff") == "\ufffd"


def test_a_history_counts_everything_and_keeps_the_last_exchanges_only() -> None:
    history = History()
    assert history.last() is None

    for number in range(KEPT_EXCHANGES + 10):
        history.record(dataclasses.replace(GET_JOB, status=200 + number % 2))
    history.record(dataclasses.replace(GET_JOB, operation=None, persona="last"))

    assert len(history) == len(list(history)) == KEPT_EXCHANGES
    assert history.counts == {"get_job": {200: 255, 201: 255}}
    assert (last := history.last()) is not None
    assert last.persona == "last"


def test_the_same_cause_is_one_finding_seen_several_times() -> None:
    elsewhere = dataclasses.replace(FINDING, persona="bob", test="tests/x.py::test_z", count=2)
    another = dataclasses.replace(FINDING, operation="list_jobs")
    ledger = Ledger()

    for finding in (FINDING, elsewhere, another, FINDING):
        ledger.add_finding(finding)

    assert ledger.findings == [dataclasses.replace(FINDING, count=4), another]


@pytest.mark.parametrize(
    ("rule", "check", "name"),
    [("JOB-1", "job_life", "JOB-1"), (None, "job_life", "job_life"), (None, None, "unnamed")],
)
def test_a_finding_is_called_by_its_rule_or_else_by_its_check(
    rule: str | None, check: str | None, name: str
) -> None:
    assert dataclasses.replace(FINDING, rule=rule, check=check).name == name


def _ledger() -> Ledger:
    ledger = Ledger()
    ledger.add_exchanges({"get_job": {200: 2, 404: 1}})
    ledger.judged("job_object", 2)
    ledger.exercised("REFUND-1")
    ledger.answered("get_job", "owner", "✓")
    ledger.add_finding(FINDING)
    ledger.unknown.append(Unknown("tests/x.py::test_w", "the target lacks clock"))
    return ledger


def test_ledgers_of_several_processes_add_up() -> None:
    ledger, other = _ledger(), _ledger()
    other.add_exchanges({"get_job": {200: 1}, "list_jobs": {200: 1}})
    other.answered("get_job", "nobody", "401")

    ledger.merge(other)

    assert ledger == Ledger(
        operations={"get_job": {200: 5, 404: 2}, "list_jobs": {200: 1}},
        checks={"job_object": 4},
        rules={"REFUND-1": 2},
        access={"get_job": {"owner": "✓", "nobody": "401"}},
        findings=[dataclasses.replace(FINDING, count=2)],
        unknown=[Unknown("tests/x.py::test_w", "the target lacks clock")] * 2,
    )
    assert other.operations == {"get_job": {200: 3, 404: 1}, "list_jobs": {200: 1}}


def test_merging_into_an_empty_ledger_shares_nothing() -> None:
    ledger, other = Ledger(), _ledger()
    ledger.merge(other)

    ledger.add_exchanges({"get_job": {200: 1}})
    ledger.judged("job_object")
    ledger.answered("get_job", "owner", "404")

    assert other == _ledger()


def test_a_ledger_travels_as_json() -> None:
    sent = json.loads(json.dumps(_ledger().as_dict()))

    assert Ledger.from_dict(sent) == _ledger()
