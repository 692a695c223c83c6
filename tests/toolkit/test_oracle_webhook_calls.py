"""The calls to webhooks: signed, dated, named, and telling of the job what the job itself tells."""

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.payloads import broken_payload_rules, expected_payload
from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.webhook_calls import (
    broken_call_rules,
    broken_repeat_rules,
    broken_rotation_calls,
    broken_throttle_rules,
    expected_signature,
)
from framecast_contract.oracle.words import Broken

DELIVERY, JOB, USER, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcde")
SECRET, BORN, NOW = "0123456789abcdef0123456789abcdef", "2026-01-01T00:00:00Z", 1_767_225_600
TEST = {"event": "webhook.test", "timestamp": BORN, "delivery_id": DELIVERY}


def test_the_signature_of_the_facts_test_vector() -> None:
    assert expected_signature(SECRET, "1767225600", b'{"event":"webhook.test"}') == (
        "sha256=3abc8a5d2f344766f942ca9c85f549871a643abd08ed761a60ce4e770a1903f6"
    )


@given(st.binary(), st.text(min_size=1), st.integers(0, 2**31))
def test_a_signature_depends_on_every_part(body: bytes, secret: str, moment: int) -> None:
    try:
        secret.encode()
    except UnicodeEncodeError:
        return
    own = expected_signature(secret, str(moment), body)
    others = {
        expected_signature(secret + "x", str(moment), body),
        expected_signature(secret, str(moment + 1), body),
        expected_signature(secret, str(moment), body + b" "),
    }
    assert len(own) == 71
    assert own not in others


def call(payload: Any = TEST, **headers: str) -> tuple[dict[str, str], bytes]:
    body = json.dumps(payload).encode()
    sent = {
        "Content-Type": "application/json", "X-Webhook-Delivery-Id": DELIVERY,
        "X-Webhook-Timestamp": str(NOW), **{name.replace("_", "-"): value for name, value in headers.items()},
    }  # fmt: skip
    signature = expected_signature(SECRET, sent["X-Webhook-Timestamp"], body)
    return {"X-Webhook-Signature": signature, **sent}, body


def judged(sent: tuple[dict[str, str], bytes], delivery: Any = None) -> list[str]:
    headers, body = sent
    return [b.rule_id for b in broken_call_rules(headers, body, secret=SECRET, now=NOW, delivery=delivery)]


def test_a_call_as_it_should_be_is_left_alone() -> None:
    assert judged(call(), {"id": DELIVERY, "payload": TEST}) == []
    assert judged(call(Content_Type="application/json; charset=utf-8")) == []
    assert judged(call(X_Webhook_Timestamp=str(NOW - 300))) == []


@pytest.mark.parametrize(
    ("sent", "rule_ids"),
    [
        (call(Content_Type="text/plain"), ["CALL-1"]),
        (call([1]), ["CALL-1"]),
        (({"Content-Type": "application/json"}, b"{"), ["CALL-1"]),
        (call(X_Webhook_Delivery_Id=OTHER), ["CALL-2"]),
        (call(X_Webhook_Timestamp=str(NOW + 301)), ["CALL-3"]),
        (call(X_Webhook_Timestamp=str(NOW - 301)), ["CALL-3"]),
        (call(X_Webhook_Timestamp=BORN), ["CALL-3"]),
        (call(X_Webhook_Signature="sha256=" + "0" * 64), ["D-22"]),
        ((call()[0], call()[1] + b" "), ["D-22"]),
        (call({**TEST, "job": {}}), ["PAYLOAD-7"]),
    ],
)
def test_a_call_that_breaks_a_rule_names_it(sent: tuple[dict[str, str], bytes], rule_ids: list[str]) -> None:
    assert judged(sent) == rule_ids


def test_a_call_without_any_webhook_header() -> None:
    bare = ({"content-type": "application/json"}, call()[1])
    assert judged(bare) == ["D-22", "CALL-3", "CALL-2"]


def test_a_delivery_keeps_the_payload_that_was_sent() -> None:
    assert judged(call(), {"id": DELIVERY, "payload": {**TEST, "timestamp": "later"}}) == ["CALL-4"]
    assert judged(call(), {"id": OTHER, "payload": TEST}) == ["CALL-2"]


def test_no_finding_repeats_a_secret_or_a_signature() -> None:
    headers, body = call(X_Webhook_Signature="sha256=" + "0" * 64)
    (broken,) = broken_call_rules(headers, body, secret=SECRET, now=NOW)
    assert (SECRET in broken.message, "sha256=" in broken.message) == (False, False)


def test_all_attempts_of_a_delivery_send_one_body() -> None:
    assert broken_repeat_rules([b'{"a": 1}', b'{"a":1}']) == []
    assert [broken.rule_id for broken in broken_repeat_rules([b'{"a": 1}', b'{"a": 2}'])] == ["CALL-5"]


def test_a_replaced_secret_signs_nothing() -> None:
    headers, body = call()
    assert [b.rule_id for b in broken_rotation_calls(headers, body, old_secret=SECRET)] == ["CALL-7"]
    assert broken_rotation_calls(headers, body, old_secret="x" * 32) == []


def at(*seconds: float) -> list[tuple[str, datetime]]:
    born = instant(BORN)
    assert born is not None
    return [(JOB, born + timedelta(seconds=each)) for each in seconds]


def test_progress_is_sent_once_a_second_at_most() -> None:
    assert broken_throttle_rules([*at(2, 0, 1), (OTHER, at(0.5)[0][1])]) == []
    assert [broken.rule_id for broken in broken_throttle_rules(at(0, 0.999))] == ["CALL-6"]


VIDEO = {
    "video_url": "https://s3/v?1", "thumbnail_url": "https://s3/t?1", "duration": 7.0,
    "resolution": "1920x1080", "format": "mp4", "size_bytes": 9,
}  # fmt: skip
PROGRESS = {"phase": "generating", "percent": 40, "scenes_total": 2, "scenes_completed": 1}


def job(status: str, **members: Any) -> dict[str, Any]:
    return {
        "id": JOB, "owner": f"framecast:team:{TEAM}", "triggered_by": USER, "project_id": None,
        "status": status, "created_at": BORN, "started_at": "2026-01-01T00:00:01Z",
        "completed_at": "2026-01-01T00:00:09Z", "progress": PROGRESS, "credits_charged": 10,
        "credits_refunded": 5, "output": VIDEO if status == "completed" else None,
        "failure_type": "validation", "error": {"code": "generation_failed", "message": "no"}, **members,
    }  # fmt: skip


def told(event: str, **members: Any) -> dict[str, Any]:
    """A payload as it should be; `members` replace those of its job."""
    status = {"job.started": "processing", "job.progress": "processing"}.get(event, event[4:])
    known = job(status)
    names = {
        "job.queued": "id status owner project_id triggered_by created_at",
        "job.started": "id status owner project_id triggered_by created_at",
        "job.progress": "id status progress",
        "job.completed": "id status owner project_id output credits_charged started_at completed_at",
        "job.failed": "id status failure_type error progress credits_charged credits_refunded completed_at",
        "job.canceled": "id status progress credits_charged credits_refunded completed_at",
    }[event]
    shown = {name: known[name] for name in names.split()}
    if event == "job.canceled":
        shown["canceled_by"] = USER
    return {"event": event, "timestamp": BORN, "delivery_id": DELIVERY, "job": {**shown, **members}}


STATUS = {
    "job.queued": "queued", "job.started": "processing", "job.progress": "processing",
    "job.completed": "completed", "job.failed": "failed", "job.canceled": "canceled",
}  # fmt: skip


@pytest.mark.parametrize("event", STATUS)
def test_a_payload_as_it_should_be_is_left_alone(event: str) -> None:
    seen = job(STATUS[event])
    assert broken_payload_rules(told(event)) == []
    assert broken_payload_rules(told(event), seen, canceled_by=USER) == []


def without(payload: dict[str, Any], path: str) -> dict[str, Any]:
    *places, last = path.split(".")
    bent = json.loads(json.dumps(payload))
    place = bent["job"]
    for name in places:
        place = place[name]
    del place[last]
    return dict(bent)


REQUIRED = [
    (event, path)
    for event, paths in {
        "job.queued": "id status owner project_id triggered_by created_at",
        "job.started": "id status owner project_id triggered_by created_at",
        "job.progress": "id status progress.phase progress.percent",
        "job.completed": "id status owner project_id output.video_url output.thumbnail_url output.duration "
                         "output.resolution output.size_bytes started_at completed_at credits_charged",
        "job.failed": "id status failure_type error.code error.message progress.phase progress.percent "
                      "credits_charged credits_refunded completed_at",
        "job.canceled": "id status canceled_by progress.percent credits_charged credits_refunded "
                        "completed_at",
    }.items()
    for path in paths.split()
]  # fmt: skip


@pytest.mark.parametrize(("event", "path"), REQUIRED)
def test_every_member_a_payload_needs_is_missed(event: str, path: str) -> None:
    broken = broken_payload_rules(without(told(event), path))
    assert Broken("PAYLOAD-2", f"the job of {event} lacks {path}") in broken


@pytest.mark.parametrize("path", ["progress.scenes_total", "progress.scenes_completed"])
def test_what_may_be_left_out_of_progress(path: str) -> None:
    assert broken_payload_rules(without(told("job.progress"), path), job("processing")) == []


@pytest.mark.parametrize(
    ("payload", "rule_id"),
    [
        ({**told("job.queued"), "event": "job.scene_complete"}, "PAYLOAD-1"),
        ({**told("job.queued"), "delivery_id": 7}, "PAYLOAD-1"),
        ({**told("job.queued"), "timestamp": "today"}, "TIME-1"),
        ({**told("job.queued"), "job": None}, "PAYLOAD-2"),
        (told("job.started", status="started"), "D-20"),
        (told("job.failed", status="canceled"), "PAYLOAD-3"),
        (told("job.progress", progress={"phase": "thinking", "percent": 40}), "PAYLOAD-6"),
        (told("job.progress", progress={"phase": "generating", "percent": 101}), "PAYLOAD-6"),
    ],
)
def test_a_payload_that_breaks_a_rule_names_it(payload: dict[str, Any], rule_id: str) -> None:
    assert [broken.rule_id for broken in broken_payload_rules(payload)] == [rule_id]


@pytest.mark.parametrize(
    ("event", "wrong"),
    [
        ("job.queued", {"owner": f"framecast:team:{OTHER}"}),
        ("job.queued", {"triggered_by": OTHER}),
        ("job.started", {"created_at": "2026-01-01T00:00:01Z"}),
        ("job.progress", {"progress": {**PROGRESS, "percent": 41}}),
        ("job.progress", {"progress": {**PROGRESS, "scenes_total": 3}}),
        ("job.completed", {"credits_charged": 9}),
        ("job.completed", {"output": {**VIDEO, "size_bytes": 8}}),
        ("job.failed", {"credits_refunded": 0}),
        ("job.failed", {"failure_type": "system"}),
        ("job.failed", {"error": {"code": "generation_failed", "message": "other"}}),
        ("job.canceled", {"completed_at": "2026-01-01T00:00:10Z"}),
    ],
)
def test_a_payload_that_contradicts_its_job_is_noticed(event: str, wrong: dict[str, Any]) -> None:
    broken = broken_payload_rules(told(event, **wrong), job(STATUS[event]))
    assert [fault.rule_id for fault in broken] == ["PAYLOAD-4"]


def test_fresh_links_and_other_spellings_of_a_moment_are_no_contradiction() -> None:
    again = told("job.completed", output={**VIDEO, "video_url": "https://s3/v?2", "duration": 7},
                 started_at="2026-01-01T00:00:01.000Z")  # fmt: skip
    assert broken_payload_rules(again, job("completed")) == []


def test_a_canceled_job_names_who_canceled() -> None:
    assert [b.rule_id for b in broken_payload_rules(told("job.canceled"), canceled_by=OTHER)] == ["PAYLOAD-5"]


def test_a_job_that_never_reported_has_progress_nought() -> None:
    silent = job("failed", progress={}, error={"message": "no"})
    payload = told("job.failed", progress={"phase": "queued", "percent": 0})
    assert broken_payload_rules(payload, silent) == []
    assert expected_payload("job.failed", silent)["progress.percent"] == 0


def test_a_rendered_image_has_its_link_and_nothing_of_a_video() -> None:
    image = {"url": "https://s3/i?1"}
    payload = told("job.completed", output=image)
    assert broken_payload_rules(payload) == []
    assert broken_payload_rules(payload, job("completed", output=image)) == []
    (broken,) = broken_payload_rules(payload, job("completed"))
    assert broken.message == (
        "the job of job.completed lacks output.video_url, output.thumbnail_url, output.duration, "
        "output.resolution, output.size_bytes"
    )


def test_a_video_without_a_thumbnail_sends_none() -> None:
    plain = {name: value for name, value in VIDEO.items() if name != "thumbnail_url"}
    assert broken_payload_rules(told("job.completed", output=plain), job("completed", output=plain)) == []


ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["url", "percent"]), inner),
    max_leaves=4,
)


@given(st.sampled_from(sorted(STATUS)), st.dictionaries(st.sampled_from(sorted(job("failed"))), ANY_JSON))
def test_a_badly_shaped_payload_is_judged_without_an_exception(event: str, members: dict[str, Any]) -> None:
    broken = broken_payload_rules(told(event, **members), {**job(STATUS[event]), **members})
    assert {fault.rule_id for fault in broken} <= set(RULES)
