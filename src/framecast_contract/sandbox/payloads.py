"""What webhook calls say about a job (job-semantics 7).

Pure functions from `Job`, as `get_job` shows it at that moment, to the `job` member of a call. Two members
have no counterpart in a job that was never told them: a phase, which the render back end does not report,
and an error code.
"""

from collections.abc import Mapping
from typing import Any

from framecast_contract.sandbox.uris import is_uri

JobView = Mapping[str, Any]
DEFAULT_ERROR_CODE = "generation_failed"
_MEMBERS = {
    "queued": ("id", "owner", "project_id", "triggered_by", "status", "created_at"),
    "started": ("id", "owner", "project_id", "triggered_by", "status", "created_at"),
    "progress": ("id", "status"),
    "completed": (
        *("id", "owner", "project_id", "status"),
        *("credits_charged", "started_at", "completed_at"),
    ),
    "failed": ("id", "status", "failure_type", "credits_charged", "credits_refunded", "completed_at"),
    "canceled": ("id", "status", "credits_charged", "credits_refunded", "completed_at"),
}


def job_details(job: JobView, event: str, by: str | None) -> dict[str, Any]:
    """The `job` member of a call about `event` (without `job.`); `by` is the user who canceled."""
    details = {name: job[name] for name in _MEMBERS[event]}
    match event:
        case "progress":
            details["progress"] = progress(job)
        case "completed":
            details["output"] = output(job["output"])
        case "failed":
            details |= {"error": error(job["error"]), "progress": progress(job)}
        case "canceled":
            details |= {"canceled_by": by, "progress": {"percent": progress(job)["percent"]}}
    return details


def progress(job: JobView) -> dict[str, Any]:
    """Phase and percent, both always there: a render that has not reported yet is being prepared."""
    reported: Mapping[str, Any] = job["progress"]
    phase = "generating" if "percent" in reported else "initializing"
    shown = {"phase": phase, "percent": 0, **reported}
    names = ("phase", "percent", "scenes_total", "scenes_completed", "current_scene")
    return {name: shown[name] for name in names if name in shown}


def output(output: Mapping[str, Any]) -> dict[str, Any]:
    """A video's main members, or an image's output whole.

    Receivers are promised a thumbnail, renders are not: without one the video has to stand for itself.
    """
    if is_uri(output.get("url")):
        return dict(output)
    names = ("video_url", "thumbnail_url", "duration", "resolution", "size_bytes")
    shown = {"thumbnail_url": output["video_url"], **output}
    return {name: shown[name] for name in names}


def error(error: Mapping[str, Any]) -> dict[str, Any]:
    """The job's error as it is, with a code even when the render back end gave none."""
    return {"code": DEFAULT_ERROR_CODE, **error}
