"""What the render back end may report about a job, and what it is told when a report makes no sense."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_contract.oracle.callbacks import callback_answer
from framecast_contract.oracle.job_life import step
from framecast_contract.oracle.refunds import refund
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import answer_of
from framecast_contract.workloads.rendering import ERROR, OUTPUT, RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

CALLBACK = "/internal/jobs/callback"
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def _progress(percent: Any) -> dict[str, Any]:
    return {"event": "progress", "progress_percent": percent}


# By the rule that decides whether the report is taken.
REPORTS: Mapping[str, Mapping[str, Mapping[str, Any]]] = {
    "CALLBACK-1": {
        "started again": {"event": "started"},
        "event in capitals": {"event": "FAILED"},
        "event of the stream": {"event": "scene_complete"},
        "event is null": {"event": None},
        "events": {"event": ["failed"]},
        "job is null": {"event": "failed", "job_id": None},
        "job is a number": {"event": "failed", "job_id": 7},
        "job is no id": {"event": "failed", "job_id": "job-1"},
        "job is unknown, event too": {"event": "exploded", "job_id": UNKNOWN},
    },
    "CALLBACK-2": {
        "nothing done": _progress(0),
        "a hair": _progress(0.01),
        "all done": _progress(100),
        "less than nothing": _progress(-0.01),
        "more than all": _progress(100.01),
        "percent as text": _progress("50"),
        "percent is true": _progress(True),
        "progress of null": _progress(None),
        "progress without percent": {"event": "progress"},
        "completed and 100 %": {"event": "completed", "output": OUTPUT, "progress_percent": 100},
        "completed and 101 %": {"event": "completed", "output": OUTPUT, "progress_percent": 101},
    },
    "CALLBACK-3": {
        "completed": {"event": "completed", "output": OUTPUT},
        "completed, of no bytes": {"event": "completed", "output": OUTPUT, "output_size_bytes": 0},
        "completed, of -1 bytes": {"event": "completed", "output": OUTPUT, "output_size_bytes": -1},
        "completed without output": {"event": "completed"},
        "completed with null": {"event": "completed", "output": None},
        "completed with a list": {"event": "completed", "output": [OUTPUT]},
    },
    "CALLBACK-4": {
        "failed": {"event": "failed"},
        "failed by cancellation": {"event": "failed", "failure_type": "canceled"},
        "failed, kind in capitals": {"event": "failed", "failure_type": "SYSTEM"},
        "failed with a text": {"event": "failed", "error": "out of memory"},
        "failed without message": {"event": "failed", "error": {"code": "oom"}},
    },
    "CALLBACK-5": {"job is unknown": {"event": "failed", "job_id": UNKNOWN}},
}
CASES = [
    pytest.param(report, id=name, marks=pytest.mark.rule(rule))
    for rule, reports in REPORTS.items()
    for name, report in reports.items()
]


@pytest.mark.parametrize("reported", CASES)
async def test_a_report_is_taken_if_it_makes_sense(
    people: People, creator: Persona, back_end: RenderBackEnd, reported: Mapping[str, Any]
) -> None:
    job = await creator.client.create_job(storyboard(5))
    before, report = await back_end.start(job.id), {"job_id": str(job.id), **reported}
    machine = people.raw_client("render back end")

    answer = await answer_of(machine.post(CALLBACK, json=report))

    assert answer == callback_answer(report, None if report["job_id"] == UNKNOWN else "processing")
    after = await creator.client.get_job(job.id)
    if answer.accepted:
        assert after.status == step(f"callback_{report['event']}", "processing").status
    else:
        assert (after, await creator.balance()) == (before, 10_000 - 5)


@pytest.mark.rule("CALLBACK-1")
@pytest.mark.parametrize("body", [None, [], {}, "failed", {"event": "failed"}, {"job_id": UNKNOWN}], ids=str)
async def test_what_is_no_report_is_bad_input(people: People, body: Any) -> None:
    machine = people.raw_client("render back end")

    assert await answer_of(machine.post(CALLBACK, json=body)) == callback_answer(body, None)


@pytest.mark.rule("CALLBACK-5", "JOB-10")
@pytest.mark.parametrize("event", ["started", "progress", "completed", "failed"])
async def test_a_deleted_job_is_unknown_to_reports(people: People, creator: Persona, event: str) -> None:
    job = await creator.client.create_job(storyboard(5))
    await creator.client.cancel_job(job.id)
    await creator.client.delete_job(job.id)
    report = {"job_id": str(job.id), "event": event, "progress_percent": 50, "output": OUTPUT}

    answer = await answer_of(people.raw_client("render back end").post(CALLBACK, json=report))

    assert answer == callback_answer(report, None)


DETAILS: Mapping[str, Mapping[str, Any]] = {
    "nothing": {},
    "nulls": {"failure_type": None, "error": None},
    "a kind": {"failure_type": "validation"},
    "an error": {"error": ERROR},
    "both": {"failure_type": "timeout", "error": ERROR},
}


@pytest.mark.rule("CALLBACK-4", "INV-J5", "INV-J6")
@pytest.mark.parametrize("details", DETAILS)
async def test_what_a_failure_does_not_say_is_filled_in(
    creator: Persona, back_end: RenderBackEnd, details: str
) -> None:
    told = DETAILS[details]
    job = await creator.client.create_job(storyboard(10))
    await back_end.bring_to(job.id, 50)

    failed = await back_end.persona.client.receive_job_callback(job.id, "failed", **told)

    kind = told.get("failure_type") or "system"
    returned = refund(10, 50, status="failed", failure_type=kind)
    assert (failed.status, failed.failure_type, failed.credits_refunded) == ("failed", kind, returned)
    assert failed.error is not None
    assert failed.error.message.strip()
    assert told.get("error") in (None, failed.error.model_dump())
