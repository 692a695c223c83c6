"""What the render worker will do with a job: how long it takes, what it reports, how it ends."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Ending(Enum):
    """How a render ends; the last two are RunPod's verdict, without a word from the worker."""

    COMPLETED = "completed"
    FAILED = "failed"
    NEVER = "never"
    CRASHED = "crashed"
    TIMED_OUT = "timed out"


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """A render, told in advance.

    `after` is the time in seconds from submission to the end; the steps before it (picked up, each progress)
    are spread evenly over it. A `silent` worker does not report `started`. With `manual_drive` the job
    stays in the queue until a test drives it. Without `upload` the object store is left alone, for speed.
    """

    ending: Ending
    after: float = 1.0
    progress: tuple[float, ...] = ()
    silent: bool = False
    manual_drive: bool = False
    failure_type: str | None = None
    error: Mapping[str, Any] | None = None
    upload: bool = True

    @classmethod
    def complete(
        cls, after: float = 1.0, progress: Sequence[float] = (), *, upload: bool = True
    ) -> "RenderPlan":
        """Report `started` and each percentage of `progress`, upload, report `completed`."""
        return cls(Ending.COMPLETED, after, tuple(progress), upload=upload)

    @classmethod
    def fail(
        cls,
        failure_type: str | None = "system",
        at_percent: float | None = None,
        error: Mapping[str, Any] | None = None,
        after: float = 1.0,
    ) -> "RenderPlan":
        """Report `started`, `at_percent` if given, then `failed`; None as `failure_type` leaves it out."""
        progress = () if at_percent is None else (at_percent,)
        return cls(Ending.FAILED, after, progress, failure_type=failure_type, error=error)

    @classmethod
    def hang(
        cls, *, started: bool = False, progress: Sequence[float] = (), after: float = 1.0
    ) -> "RenderPlan":
        """Run without end and report nothing; with `started`, report that and `progress` before silence."""
        return cls(Ending.NEVER, after, tuple(progress), silent=not started)

    @classmethod
    def manual(cls) -> "RenderPlan":
        """Stay in the queue; the test reports and ends."""
        return cls(Ending.NEVER, manual_drive=True)

    @classmethod
    def crash(
        cls,
        after: float = 1.0,
        *,
        started: bool = False,
        progress: Sequence[float] = (),
        error: str = "worker exited with exit code 137",
    ) -> "RenderPlan":
        """RunPod says FAILED, the worker says nothing about the end."""
        return cls(Ending.CRASHED, after, tuple(progress), silent=not started, error={"message": error})

    @classmethod
    def time_out(
        cls, after: float = 1.0, *, started: bool = False, progress: Sequence[float] = ()
    ) -> "RenderPlan":
        """RunPod says TIMED_OUT, the worker says nothing about the end."""
        return cls(Ending.TIMED_OUT, after, tuple(progress), silent=not started)

    @property
    def steps(self) -> int:
        """How many steps the plan has: picked up, each progress, the end."""
        return 0 if self.manual_drive else len(self.progress) + 2
