"""A job as RunPod keeps it, and the request that made it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from framecast_contract.clock import Timer
from framecast_contract.doubles.render_plan import RenderPlan


class RunPodStatus(StrEnum):
    """The states of a serverless job."""

    IN_QUEUE = "IN_QUEUE"
    IN_PROGRESS = "IN_PROGRESS"
    COMPLETED = "COMPLETED"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    TIMED_OUT = "TIMED_OUT"

    @property
    def final(self) -> bool:
        return self not in (RunPodStatus.IN_QUEUE, RunPodStatus.IN_PROGRESS)


@dataclass(slots=True)
class RunPodJob:
    """One submitted render. `request` is the body of `/run`; times come from the double's clock."""

    id: str
    endpoint: str
    request: Mapping[str, Any]
    plan: RenderPlan
    submitted_at: datetime
    status: RunPodStatus = RunPodStatus.IN_QUEUE
    started_at: datetime | None = None
    ended_at: datetime | None = None
    output: Any = None
    error: str | None = None
    timers: list[Timer] = field(default_factory=list)

    @property
    def input(self) -> Mapping[str, Any]:
        """What the worker gets."""
        work: Mapping[str, Any] = self.request["input"]
        return work

    @property
    def render_id(self) -> str:
        """The Framecast job this render belongs to."""
        return str(self.input["job_id"])

    @property
    def is_image(self) -> bool:
        """Whether a character's picture is wanted instead of a storyboard's video."""
        return self.input.get("kind") == "image"

    @property
    def webhook(self) -> str | None:
        return self.request.get("webhook")

    def over(self) -> bool:
        """Nothing more is to happen: the job ended, or was canceled."""
        return self.status.final

    @property
    def execution_timeout(self) -> float | None:
        """Seconds the caller allows a worker, or None when the request has no such policy."""
        milliseconds = (self.request.get("policy") or {}).get("executionTimeout")
        return None if milliseconds is None else milliseconds / 1000

    @property
    def scene_durations(self) -> dict[str, Any]:
        """Seconds of each scene of the storyboard, in its order."""
        return {scene["id"]: scene["duration"] for scene in self.input["spec"]["scenes"]}

    @property
    def duration(self) -> float:
        """Seconds of the whole video, summed as decimals so that 50 x 1.1 is 55."""
        return float(sum(Decimal(str(seconds)) for seconds in self.scene_durations.values()))

    def stop_timers(self) -> None:
        """Forget everything that was still to happen to this job."""
        for timer in self.timers:
            timer.cancel()
        self.timers.clear()

    def as_status(self) -> dict[str, Any]:
        """The answer of `/status`, also the body of the webhook. Times are milliseconds."""
        known = {
            "delayTime": _milliseconds(self.submitted_at, self.started_at),
            "executionTime": _milliseconds(self.started_at, self.ended_at),
            "id": self.id,
            "error": self.error,
            "output": self.output,
            "status": self.status.value,
        }
        return {name: value for name, value in known.items() if value is not None}


def _milliseconds(start: datetime | None, end: datetime | None) -> int | None:
    return None if start is None or end is None else round((end - start).total_seconds() * 1000)
