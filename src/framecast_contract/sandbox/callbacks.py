"""What the render back end reports about a job (jobs-and-rendering 4, `receive_job_callback`)."""

import re
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.http import (
    INT64,
    UUID,
    Call,
    as_integer,
    choice,
    integer,
    invalid,
    is_number,
    members,
    required,
    text,
)
from framecast_contract.sandbox.uris import is_uri

if TYPE_CHECKING:
    import sqlite3

    from framecast_contract.sandbox.app import Sandbox

EVENTS = ("started", "progress", "completed", "failed")
FAILURES = ("system", "validation", "timeout")
DEFAULT_ERROR = "the render back end gave no reason"
_RESOLUTION = re.compile(r"[0-9]+x[0-9]+")


class Callbacks:
    """One operation, four events; a job's state decides which of them is welcome."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def receive_job_callback(self, call: Call) -> Response:
        """Apply the event to the job: 404 for unknown jobs, 409 when it does not fit the state."""
        report = self.read(call.body())
        job = self._sandbox.jobs.row(report["job_id"])
        apply = {
            "started": self.started,
            "progress": self.progressed,
            "completed": self.completed,
            "failed": self.failed,
        }[report["event"]]
        return JSONResponse(self._sandbox.jobs.view(apply(job, report)))

    def started(self, job: "sqlite3.Row", _report: dict[str, Any]) -> "sqlite3.Row":
        return self._sandbox.lifecycle.start(job)

    def progressed(self, job: "sqlite3.Row", report: dict[str, Any]) -> "sqlite3.Row":
        return self._sandbox.lifecycle.report(job, report["percent"])

    def completed(self, job: "sqlite3.Row", report: dict[str, Any]) -> "sqlite3.Row":
        return self._sandbox.lifecycle.complete(job, report["output"], report["size_bytes"])

    def failed(self, job: "sqlite3.Row", report: dict[str, Any]) -> "sqlite3.Row":
        return self._sandbox.lifecycle.fail(job, report["failure_type"], report["error"])

    def read(self, body: dict[str, Any]) -> dict[str, Any]:
        """The checked members of `JobCallbackRequest`, defaults filled in (400 otherwise)."""
        event = required(choice(body, "event", EVENTS), "event")
        percent, output = _percent(body.get("progress_percent")), _output(members(body, "output"))
        if event == "progress":
            required(percent, "progress_percent")
        if event == "completed":
            required(output, "output")
        return {
            "job_id": _job_id(body),
            "event": event,
            "percent": percent,
            "output": output,
            "size_bytes": integer(body, "output_size_bytes", 0, INT64 - 1),
            "error": _error(members(body, "error")),
            "failure_type": choice(body, "failure_type", FAILURES) or "system",
        }


def _job_id(body: dict[str, Any]) -> str:
    job_id: str = required(text(body, "job_id"), "job_id")
    if not UUID.fullmatch(job_id):
        raise invalid("job_id must be a UUID")
    return job_id.lower()


def _percent(value: Any) -> float | None:
    if value is not None and not (is_number(value) and 0 <= value <= 100):
        raise invalid("progress_percent must be a number from 0 to 100")
    return value  # type: ignore[no-any-return]  # a number or None, as checked


def _error(error: dict[str, Any] | None) -> dict[str, Any]:
    """`JobError`: members of ours checked, others passed through; one of ours when there is none."""
    if error is None:
        return {"message": DEFAULT_ERROR}
    for name in ("code", "message", "scene_id"):
        text(error, name)
    required(error.get("message"), "message")
    return _without_nulls(error)


def _without_nulls(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}


def _output(output: dict[str, Any] | None) -> dict[str, Any] | None:
    """`JobOutput` or `ImageOutput`; members with null are dropped, for neither may show one."""
    if output is None:
        return None
    kept = _without_nulls(output)
    if isinstance(kept.get("metadata"), dict):
        kept["metadata"] = _without_nulls(kept["metadata"])
    if not (_is_video(kept) or _is_image(kept)):
        raise invalid("output is neither a video's nor an image's")
    return kept


def _is_image(output: dict[str, Any]) -> bool:
    return is_uri(output.get("url"))


def _is_video(output: dict[str, Any]) -> bool:
    resolution, size = output.get("resolution"), as_integer(output.get("size_bytes"))
    return (
        is_uri(output.get("video_url"))
        and is_number(output.get("duration"))
        and output["duration"] > 0
        and isinstance(resolution, str)
        and _RESOLUTION.fullmatch(resolution) is not None
        and isinstance(output.get("format"), str)
        and size is not None
        and 1 <= size < INT64
        and is_uri(output.get("thumbnail_url", output["video_url"]))
        and _are_clips(output.get("scene_clips", []))
        and _is_metadata(output.get("metadata"))
    )


def _are_clips(clips: Any) -> bool:
    return isinstance(clips, list) and all(
        isinstance(clip, dict)
        and isinstance(clip.get("scene_id"), str)
        and is_uri(clip.get("url"))
        and is_number(clip.get("duration"))
        for clip in clips
    )


def _is_metadata(metadata: Any) -> bool:
    if metadata is None:
        return True
    return (
        isinstance(metadata, dict)
        and isinstance(metadata.get("model_used"), str)
        and is_number(metadata.get("generation_time_ms"))
        and metadata["generation_time_ms"] >= 0
        and as_integer(metadata.get("seed", 0)) is not None
    )
