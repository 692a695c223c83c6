"""Callbacks of the render back end: which reports are well formed and what each does to its job."""

import re
from collections.abc import Mapping
from typing import Any

from framecast_contract.oracle.exact import exact, is_number
from framecast_contract.oracle.job_life import step
from framecast_contract.oracle.words import INVALID, NOT_FOUND, Answer, Rule

_SOURCE = "jobs-and-rendering.md 4"

RULES = (
    Rule(
        "CALLBACK-1",
        "A report names a job, and an event that is started, progress, completed or failed; else 400.",
        _SOURCE,
    ),
    Rule("CALLBACK-2", "A progress report says a percent from 0 to 100.", _SOURCE),
    Rule("CALLBACK-3", "A completed report brings the output.", _SOURCE),
    Rule(
        "CALLBACK-4",
        "A failed report without a failure type is the system's fault, without an error it gets one.",
        _SOURCE,
    ),
    Rule(
        "CALLBACK-5",
        "A report for an unknown job is answered 404, one that does not fit its state 409.",
        _SOURCE,
    ),
    Rule("CALLBACK-6", "Every report that is answered 200 appends its own event.", _SOURCE),
    Rule(
        "CALLBACK-7",
        "Of parallel reports that would end a job one wins; balance, state and last event agree with it.",
        _SOURCE,
    ),
)

EVENTS = ("started", "progress", "completed", "failed")
FAILURE_TYPES = ("system", "validation", "timeout")

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def form_answer(body: Any) -> Answer | None:
    """400 for a decoded body that is no report, None for a well-formed one (CALLBACK-1 to CALLBACK-3)."""
    if not isinstance(body, Mapping) or not _UUID.fullmatch(str(body.get("job_id"))):
        return INVALID
    fits = body.get("event") in EVENTS and _percent_fits(body) and _output_fits(body) and _failure_fits(body)
    return None if fits else INVALID


def _percent_fits(body: Mapping[str, Any]) -> bool:
    percent = body.get("progress_percent")
    if percent is None:
        return bool(body["event"] != "progress")
    return is_number(percent) and 0 <= exact(percent) <= 100


def _output_fits(body: Mapping[str, Any]) -> bool:
    output, size = body.get("output"), body.get("output_size_bytes")
    sized = size is None or (isinstance(size, int) and not isinstance(size, bool) and 0 <= size < 2**63)
    needed = body["event"] == "completed"
    return sized and (isinstance(output, Mapping) or (output is None and not needed))


def _failure_fits(body: Mapping[str, Any]) -> bool:
    error, kind = body.get("error"), body.get("failure_type")
    told = error is None or (isinstance(error, Mapping) and isinstance(error.get("message"), str))
    return told and (kind is None or kind in FAILURE_TYPES)


def callback_answer(body: Any, status: str | None) -> Answer:
    """What `receive_job_callback` answers; `status` is the named job's state, None without one."""
    malformed = form_answer(body)
    if malformed:
        return malformed
    return NOT_FOUND if status is None else step(f"callback_{body['event']}", status).answer
