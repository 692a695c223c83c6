"""Defects of the reports that the render back end makes."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Call, Refusal, conflict

_REPORTS = "tests/lifecycle/test_render_reports.py"
_SENSE = f"{_REPORTS}::test_a_report_is_taken_if_it_makes_sense"
_FILLED_IN = f"{_REPORTS}::test_what_a_failure_does_not_say_is_filled_in"
_DELETED = f"{_REPORTS}::test_a_deleted_job_is_unknown_to_reports"

Json = dict[str, Any]


def _read_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that reads another report than was sent."""

    def plant(sandbox: Sandbox) -> None:
        read = sandbox.callbacks.read
        replace(sandbox.callbacks.read, lambda body: read(change(body)))

    return plant


def _event_in_small_letters(body: Json) -> Json:
    event = body.get("event")
    return {**body, "event": event.lower() if isinstance(event, str) else event}


def _percent_pulled_in(body: Json) -> Json:
    percent = body.get("progress_percent")
    return {**body, "progress_percent": min(max(percent, 0), 100)} if isinstance(percent, float) else body


def _output_made_up(body: Json) -> Json:
    return {**body, "output": body.get("output") or {"url": "https://renders.example.com/none.mp4"}}


def _blamed_on_the_input(body: Json) -> Json:
    return {**body, "failure_type": body.get("failure_type") or "validation"}


def _silent_error(sandbox: Sandbox) -> None:
    read = sandbox.callbacks.read

    def blank(body: Json) -> Json:
        report = read(body)
        return report if body.get("error") else {**report, "error": {"message": ""}}

    replace(sandbox.callbacks.read, blank)


def _unknown_is_conflict(sandbox: Sandbox) -> None:
    receive = sandbox.callbacks.receive_job_callback

    def refuse(call: Call) -> Response:
        try:
            return receive(call)
        except Refusal as refused:
            raise conflict("no such job") if refused.status == 404 else refused from None

    replace(sandbox.callbacks.receive_job_callback, refuse)


DEFECTS = (
    Defect(
        "report-event-in-any-case",
        "CALLBACK-1",
        "A report may write its event in capitals.",
        _read_as(_event_in_small_letters),
        (f"{_SENSE}[event in capitals]",),
    ),
    Defect(
        "reported-percent-pulled-in",
        "CALLBACK-2",
        "A percentage beyond 0 to 100 is taken as the nearest possible one.",
        _read_as(_percent_pulled_in),
        (f"{_SENSE}[more than all]", f"{_SENSE}[less than nothing]"),
    ),
    Defect(
        "completion-without-output",
        "CALLBACK-3",
        "A render may complete without any output; one is made up.",
        _read_as(_output_made_up),
        (f"{_SENSE}[completed without output]", f"{_SENSE}[completed with null]"),
    ),
    Defect(
        "failure-blamed-on-input",
        "CALLBACK-4",
        "A failure that does not say of what kind it is counts as the storyboard's fault.",
        _read_as(_blamed_on_the_input),
        (f"{_FILLED_IN}[nothing]", f"{_FILLED_IN}[an error]"),
    ),
    Defect(
        "failure-without-words",
        "CALLBACK-4",
        "A failure reported without an error gets one that says nothing.",
        _silent_error,
        (f"{_FILLED_IN}[nulls]",),
    ),
    Defect(
        "unknown-job-conflicts",
        "CALLBACK-5",
        "A report for a job that is not there is answered 409.",
        _unknown_is_conflict,
        (f"{_SENSE}[job is unknown]", f"{_DELETED}[completed]"),
    ),
)
