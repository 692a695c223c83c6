"""The calls themselves: who signed them, and that what they say of a job is what the job says of itself."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import pytest

from framecast_client import WebhookSignatureError, parse_webhook, verify_webhook_signature
from framecast_client.models import Job, WebhookDelivery
from framecast_contract.oracle.payloads import broken_payload_rules
from framecast_contract.oracle.webhook_calls import (
    DELIVERY_ID,
    SIGNATURE,
    TIMESTAMP,
    TOLERANCE_SECONDS,
    broken_call_rules,
    broken_rotation_calls,
    expected_signature,
)
from framecast_contract.oracle.words import Json
from framecast_contract.target.arrivals import WebhookCall
from framecast_contract.target.people import People
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import as_json
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.rendering import ERROR, OUTPUT, RenderBackEnd
from framecast_contract.workloads.teams import join
from framecast_contract.workloads.webhooks import (
    Hook,
    attempted,
    calls,
    event_of,
    hook_of,
    payload_of,
    renewed,
    watched_team,
)

pytestmark = pytest.mark.needs("webhook_receiver")
with_jobs = pytest.mark.needs("credits", "renders")

EVERY_MEMBER = {
    **OUTPUT,
    "thumbnail_url": "https://renders.example.com/thumbnail.jpg",
    "scene_clips": [{"scene_id": "scene_1", "url": "https://renders.example.com/1.mp4", "duration": 5}],
    "metadata": {"model_used": "some-model", "generation_time_ms": 12_000, "seed": 7},
}
ENDINGS = ("job.completed", "job.failed", "job.canceled")


def _verify(call: WebhookCall, secret: str) -> None:
    """What a receiver with the generated client does first."""
    headers = call.headers
    verify_webhook_signature(secret, headers.get(TIMESTAMP), call.body, headers.get(SIGNATURE), now=call.at)


async def _told(hook: Hook, event: str) -> tuple[WebhookCall, WebhookDelivery]:
    """The first call of an event, judged and verified, and its delivery as listed."""
    await attempted(hook)
    call = (await calls(hook, event=event))[0]
    listed = {each["id"]: each for each in await hook.written_deliveries()}
    delivery = listed[call.headers[DELIVERY_ID]]
    broken = broken_call_rules(
        call.headers, call.body, secret=hook.secret, now=int(call.at), delivery=delivery
    )
    assert broken == []
    _verify(call, hook.secret)
    return call, WebhookDelivery.model_validate_json(json.dumps(delivery))


async def _says_the_same(hook: Hook, event: str, job: Job, canceled_by: str | None = None) -> Json:
    """The payload of an event, after comparing it with the job as it was read when it happened."""
    call, delivery = await _told(hook, event)
    payload = payload_of(call)
    assert broken_payload_rules(payload, as_json(job), canceled_by=canceled_by) == []
    assert parse_webhook(call.body).model_dump(mode="json") == as_json(delivery.payload)
    assert (delivery.event_type, delivery.job_id) == (event, job.id)
    return payload


@pytest.mark.rule("CALL-1", "CALL-2", "CALL-3", "CALL-4", "D-22", "PAYLOAD-1", "PAYLOAD-7")
async def test_a_trial_is_signed_and_tells_of_no_job(people: People) -> None:
    hook = await watched_team(people, "job.completed")
    delivery = await hook.client.test_webhook(hook.id)

    call, listed = await _told(hook, "webhook.test")

    assert (listed, listed.job_id) == (delivery, None)
    assert broken_payload_rules(payload_of(call)) == []
    assert parse_webhook(call.body).model_dump(mode="json") == as_json(delivery.payload)


@pytest.mark.rule("D-22")
async def test_the_published_signature_is_what_both_compute() -> None:
    secret, timestamp, body = "0123456789abcdef" * 2, "1767225600", b'{"event":"webhook.test"}'
    signature = "sha256=3abc8a5d2f344766f942ca9c85f549871a643abd08ed761a60ce4e770a1903f6"

    assert expected_signature(secret, timestamp, body) == signature
    verify_webhook_signature(secret, timestamp, body, signature, now=1767225600)


@pytest.mark.rule("D-22", "CALL-3")
async def test_a_call_that_was_changed_or_kept_for_later_is_noticed(people: People) -> None:
    hook = await watched_team(people)
    await hook.client.test_webhook(hook.id)
    (call,) = await calls(hook)
    later = WebhookCall(call.headers, call.body, call.at + 1 + TOLERANCE_SECONDS)
    changed = WebhookCall(call.headers, call.body.replace(b"webhook.test", b"webhook.tess"), call.at)
    restamped = {**call.headers, TIMESTAMP: str(int(call.headers[TIMESTAMP]) + 1)}

    for forged in (later, changed, WebhookCall(restamped, call.body, call.at)):
        with pytest.raises(WebhookSignatureError):
            _verify(forged, hook.secret)
    with pytest.raises(WebhookSignatureError):
        _verify(call, hook.secret[:-1])
    _verify(call, hook.secret)


@pytest.mark.rule("CALL-7", "D-22", "HOOK-7")
async def test_after_a_rotation_only_the_new_secret_signs(people: People) -> None:
    hook = await watched_team(people)
    rotated = await hook.client.rotate_webhook_secret(hook.id)

    await hook.client.test_webhook(hook.id)

    (call,) = await calls(hook)
    assert broken_rotation_calls(call.headers, call.body, old_secret=hook.secret) == []
    assert broken_call_rules(call.headers, call.body, secret=rotated.secret, now=int(call.at)) == []
    _verify(call, rotated.secret)
    with pytest.raises(WebhookSignatureError):
        _verify(call, hook.secret)


@pytest.mark.needs("clock")
@pytest.mark.rule("CALL-7", "CALL-5")
async def test_what_was_sent_before_a_rotation_is_sent_again_under_the_new_secret(people: People) -> None:
    hook = await watched_team(people)
    await hook.receiver.react(400, 200)
    failed = await hook.client.test_webhook(hook.id)
    rotated = await hook.client.rotate_webhook_secret(hook.id)
    await pass_time(5)

    await hook.client.retry_webhook_delivery(failed.id)
    await attempted(hook)

    first, *_, last = await hook.receiver.calls()
    assert first.body == last.body
    _verify(first, hook.secret)
    _verify(last, rotated.secret)
    assert broken_rotation_calls(last.headers, last.body, old_secret=hook.secret) == []


@with_jobs
@pytest.mark.rule("PAYLOAD-1", "PAYLOAD-2", "PAYLOAD-3", "PAYLOAD-4", "PAYLOAD-6", "D-20", "CALL-4", "D-22")
async def test_a_call_says_what_the_job_says_at_that_moment(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, credits=100)

    queued = await hook.new_job(1.5, 3)
    await _says_the_same(hook, "job.queued", queued)
    started = await back_end.start(queued.id)
    payload = await _says_the_same(hook, "job.started", started)
    assert payload["job"]["status"] == "processing"
    reported = await back_end.progress(queued.id, 33.33)
    await _says_the_same(hook, "job.progress", reported)
    completed = await back_end.complete(queued.id, EVERY_MEMBER)
    payload = await _says_the_same(hook, "job.completed", completed)

    assert payload["job"]["output"]["size_bytes"] == OUTPUT["size_bytes"]
    assert await hook.client.get_job(queued.id) == completed.model_copy(
        update={"output": (await hook.client.get_job(queued.id)).output}
    )


@with_jobs
@pytest.mark.rule("PAYLOAD-2", "PAYLOAD-4")
@pytest.mark.parametrize("output", [OUTPUT, EVERY_MEMBER], ids=["least", "most"])
async def test_a_finished_film_is_told_with_its_links(
    people: People, back_end: RenderBackEnd, output: dict[str, Any]
) -> None:
    hook = await watched_team(people, "job.completed", credits=100)
    job = await hook.new_job(5)
    await back_end.start(job.id)

    completed = await back_end.complete(job.id, output)

    payload = await _says_the_same(hook, "job.completed", completed)
    assert payload["job"]["output"]["video_url"].startswith("http")


FAILURES: Mapping[str, Callable[[RenderBackEnd, Job], Awaitable[Job]]] = {
    "system": lambda machine, job: machine.fail(job.id, "system"),
    "timeout": lambda machine, job: machine.fail(job.id, "timeout"),
    "validation": lambda machine, job: machine.fail(job.id, "validation", {**ERROR, "scene_id": "scene_1"}),
    "without a code": lambda machine, job: machine.fail(job.id, "system", {"message": "out of memory"}),
    "without a word": lambda machine, job: machine.persona.client.receive_job_callback(job.id, "failed"),
}


@with_jobs
@pytest.mark.rule("PAYLOAD-2", "PAYLOAD-3", "PAYLOAD-4", "PAYLOAD-6")
@pytest.mark.parametrize("percent", [0, 40])
@pytest.mark.parametrize("failure", FAILURES)
async def test_a_failure_is_told_with_its_cause_and_refund(
    people: People, back_end: RenderBackEnd, failure: str, percent: float
) -> None:
    hook = await watched_team(people, "job.failed", credits=100)
    job = await hook.new_job(30)
    await back_end.bring_to(job.id, percent)

    failed = await FAILURES[failure](back_end, job)

    payload = await _says_the_same(hook, "job.failed", failed)
    assert payload["job"]["error"]["message"]
    assert payload["job"]["credits_refunded"] == failed.credits_refunded


@with_jobs
@pytest.mark.needs("clock")
@pytest.mark.rule("PAYLOAD-4", "PAYLOAD-3", "JOB-9")
async def test_the_time_limit_is_told_as_a_failure(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, "job.failed", credits=100)
    job = await hook.new_job(5)
    await back_end.bring_to(job.id, 60)

    await pass_time(31 * 60)

    hook = renewed(people, hook)
    payload = await _says_the_same(hook, "job.failed", await hook.client.get_job(job.id))
    assert payload["job"]["failure_type"] == "timeout"


@with_jobs
@pytest.mark.rule("PAYLOAD-5", "PAYLOAD-2", "PAYLOAD-3", "PAYLOAD-4", "PAYLOAD-6")
@pytest.mark.parametrize("percent", [None, 0, 40])
async def test_a_cancellation_names_who_canceled(
    people: People, back_end: RenderBackEnd, percent: float | None
) -> None:
    hook = await watched_team(people, "job.canceled", credits=100)
    admin = await join(people, hook.team.owner, hook.team.id, "admin")
    job = await hook.new_job(30)
    if percent is not None:
        await back_end.bring_to(job.id, percent)

    canceled = await admin.client.cancel_job(job.id)

    payload = await _says_the_same(hook, "job.canceled", canceled, canceled_by=admin.user_id)
    assert payload["job"]["canceled_by"] == admin.user_id


@with_jobs
@pytest.mark.rule("PAYLOAD-4", "PAYLOAD-2")
async def test_renders_of_a_project_name_it(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, credits=100)
    project = await new_project(hook.team)
    queued = await hook.client.create_project_job(project.id)

    await _says_the_same(hook, "job.queued", queued)
    await _says_the_same(hook, "job.started", await back_end.start(queued.id))
    payload = await _says_the_same(hook, "job.completed", await back_end.complete(queued.id))

    assert payload["job"]["project_id"] == str(project.id)


@with_jobs
@pytest.mark.rule("PAYLOAD-2", "PAYLOAD-4")
async def test_a_rendered_character_is_told_with_its_image(people: People, back_end: RenderBackEnd) -> None:
    hook = await watched_team(people, "job.completed", credits=100)
    character = await hook.client.create_character({"prompt": "a small brown dog"}, owner=hook.team.urn)
    rendered = await hook.client.render_artifact(character.id)
    await back_end.start(rendered.job.id)

    image = {"url": "https://renders.example.com/dog.png"}
    completed = await back_end.complete(rendered.job.id, image)

    payload = await _says_the_same(hook, "job.completed", completed)
    assert payload["job"]["output"]["url"].startswith("http")


@with_jobs
@pytest.mark.needs("clock")
@pytest.mark.rule("CALL-2", "PAYLOAD-1", "DELIVERY-14")
async def test_each_webhook_gets_a_delivery_of_its_own_under_its_own_secret(
    people: People, back_end: RenderBackEnd
) -> None:
    hook = await watched_team(people, *ENDINGS, credits=100)
    other = await hook_of(people, hook.team, *ENDINGS, name="other")
    job = await hook.new_job(5)
    await back_end.start(job.id)

    await back_end.complete(job.id)

    (one, _), (another, _) = await _told(hook, "job.completed"), await _told(other, "job.completed")
    assert one.headers[DELIVERY_ID] != another.headers[DELIVERY_ID]
    assert payload_of(one)["job"]["id"] == payload_of(another)["job"]["id"] == str(job.id)
    assert [event_of(call) for call in (one, another)] == ["job.completed"] * 2
