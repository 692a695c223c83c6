"""The render worker inside a RunPod job: it does what the plan says and reports to the callback URL.

Reports follow `JobCallbackRequest`. A finished video is described by `JobOutput`, the picture of a character
(`kind` is `image` in the input) by `ImageOutput`. The worker keeps to order: a report that got a 5xx or no
answer is repeated before anything else happens, and a 409 (the job is over) stops it.
"""

import zlib
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

import httpx

from framecast_contract.clock import Clock
from framecast_contract.doubles.outgoing import Sent, post_json, put_bytes
from framecast_contract.doubles.render_plan import Ending, RenderPlan
from framecast_contract.doubles.runpod_job import RunPodJob, RunPodStatus

RETRY_DELAYS = (1.0, 2.0, 4.0)
"""Seconds between the attempts of one report."""

MODEL = "framecast-render-double"
_MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_HEADS = {"thumbnail": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "image": b"\x89PNG\r\n\x1a\n"}

Ended = Callable[[RunPodJob, RunPodStatus], None]


class RenderWorker:
    """Plays every worker of one RunPod double. `ended` is called when a worker is done or dies."""

    def __init__(self, clock: Clock, ended: Ended) -> None:
        self.transport: httpx.AsyncBaseTransport | None = None
        self.callbacks: list[Sent] = []
        self.uploads: list[Sent] = []
        self._clock = clock
        self._ended = ended

    def begin(self, job: RunPodJob, plan: RenderPlan) -> None:
        """Follow `plan` from now on, dropping whatever the job was about to do."""
        job.stop_timers()
        job.plan = plan
        if plan.steps:
            first = 0 if job.status is RunPodStatus.IN_QUEUE else 1
            self._schedule(job, first)

    async def report(self, job: RunPodJob, event: str, details: Mapping[str, Any]) -> Sent:
        """Post one callback, once, and keep a record of it."""
        body = {"job_id": job.render_id, "event": event, **details}
        sent = await post_json(job.input["callback_url"], body, self.transport)
        self.callbacks.append(sent)
        return sent

    def pick_up(self, job: RunPodJob) -> None:
        """The job leaves the queue; from here the execution timeout of its policy runs."""
        if job.status is not RunPodStatus.IN_QUEUE:
            return
        job.status = RunPodStatus.IN_PROGRESS
        job.started_at = self._clock.now()
        if job.execution_timeout is not None:
            # Not among the job's timers: a new plan may drop those, but never the caller's policy.
            self._clock.call_later(job.execution_timeout, lambda: self._overrun(job))

    async def finished_details(self, job: RunPodJob) -> Mapping[str, Any]:
        """Upload the files and describe them as the members of a `completed` report.

        Raises `httpx.HTTPError` when the object store refuses a file.
        """
        if job.plan.upload:
            await self._upload(job)
        output = image_output(job) if job.is_image else rendered_output(job, self._milliseconds(job))
        size = len(file_bytes(job, "image" if job.is_image else "video"))
        return {"output": output, "output_size_bytes": size}

    def _schedule(self, job: RunPodJob, step: int) -> None:
        """Steps are due at even shares of `after`; the last one exactly then, whatever rounding does."""
        share = (step + 1) / job.plan.steps
        due = job.submitted_at + timedelta(seconds=job.plan.after * share)
        seconds = (due - self._clock.now()).total_seconds()
        job.timers.append(self._clock.call_later(seconds, lambda: self._step(job, step)))

    async def _step(self, job: RunPodJob, step: int) -> None:
        if job.over():
            return
        if step == 0:
            await self._start(job)
        elif step <= len(job.plan.progress):
            await self._progress(job, step)
        else:
            await self._end(job)

    async def _start(self, job: RunPodJob) -> None:
        self.pick_up(job)
        if job.plan.silent:
            self._schedule(job, 1)
        else:
            await self._insist(job, "started", {}, lambda: self._next(job, 1))

    async def _progress(self, job: RunPodJob, step: int) -> None:
        percent = job.plan.progress[step - 1]
        await self._insist(job, "progress", {"progress_percent": percent}, lambda: self._next(job, step + 1))

    async def _next(self, job: RunPodJob, step: int) -> None:
        self._schedule(job, step)

    async def _end(self, job: RunPodJob) -> None:
        match job.plan.ending:
            case Ending.COMPLETED:
                await self._complete(job)
            case Ending.FAILED:
                await self._fail(job, failed_details(job.plan))
            case Ending.CRASHED:
                job.error = str((job.plan.error or {}).get("message"))
                self._ended(job, RunPodStatus.FAILED)
            case Ending.TIMED_OUT:
                await self._overrun(job)
            case Ending.NEVER:
                pass

    async def _complete(self, job: RunPodJob) -> None:
        try:
            details = await self.finished_details(job)
        except httpx.HTTPError as error:
            broken = {"code": "upload_failed", "message": str(error)}
            await self._fail(job, {"failure_type": "system", "error": broken})
            return
        await self._insist(job, "completed", details, lambda: self._done(job, details["output"]))

    async def _fail(self, job: RunPodJob, details: Mapping[str, Any]) -> None:
        await self._insist(job, "failed", details, lambda: self._died(job, details))

    async def _done(self, job: RunPodJob, output: Any) -> None:
        job.output = output
        self._ended(job, RunPodStatus.COMPLETED)

    async def _died(self, job: RunPodJob, details: Mapping[str, Any]) -> None:
        job.error = details["error"]["message"]
        self._ended(job, RunPodStatus.FAILED)

    async def _overrun(self, job: RunPodJob) -> None:
        if not job.over():
            job.error = "job timed out after 1 retries"
            self._ended(job, RunPodStatus.TIMED_OUT)

    async def _insist(
        self,
        job: RunPodJob,
        event: str,
        details: Mapping[str, Any],
        then: Callable[[], Awaitable[None]],
        delays: tuple[float, ...] = RETRY_DELAYS,
    ) -> None:
        """Report until somebody answers or the attempts run out, then go on; stop when the job is over."""
        if job.over():
            return
        plan = job.plan
        sent = await self.report(job, event, details)
        if job.over() or job.plan is not plan:
            return
        if sent.status == httpx.codes.CONFLICT:
            job.output = {"stopped": f"{event} was answered 409"}
            self._ended(job, RunPodStatus.COMPLETED)
        elif sent.worth_retrying and delays:
            again = self._clock.call_later(
                delays[0], lambda: self._insist(job, event, details, then, delays[1:])
            )
            job.timers.append(again)
        else:
            await then()

    async def _upload(self, job: RunPodJob) -> None:
        for name, target in upload_targets(job).items():
            sent = await put_bytes(target["put_url"], file_bytes(job, name), target["content_type"])
            self.uploads.append(sent)
            if not sent.accepted:
                answer = sent.error or f"answered {sent.status}"
                raise httpx.HTTPError(f"upload of {name} to {sent.url} {answer}")

    def _milliseconds(self, job: RunPodJob) -> float:
        start = job.started_at or job.submitted_at
        return (self._clock.now() - start).total_seconds() * 1000


def upload_targets(job: RunPodJob) -> dict[str, Mapping[str, Any]]:
    """Every file the server asked for: `image`, or `video`, `thumbnail` and each scene as `scene <id>`."""
    outputs = job.input["outputs"]
    files = {name: outputs[name] for name in ("image", "video", "thumbnail") if name in outputs}
    return files | {f"scene {scene}": target for scene, target in outputs.get("scenes", {}).items()}


def file_bytes(job: RunPodJob, name: str) -> bytes:
    """A small file that starts like the real thing and is the same on every run."""
    return _HEADS.get(name, _MP4) + f"{job.render_id} {name}".encode()


def failed_details(plan: RenderPlan) -> dict[str, Any]:
    """The members of a `failed` report."""
    error = {"code": "generation_failed", "message": "the render failed", **(plan.error or {})}
    return {"error": error} | ({"failure_type": plan.failure_type} if plan.failure_type else {})


def image_output(job: RunPodJob) -> dict[str, Any]:
    """`ImageOutput` of a finished picture."""
    return {"url": _location(job.input["outputs"]["image"])}


def rendered_output(job: RunPodJob, milliseconds: float) -> dict[str, Any]:
    """`JobOutput` of a finished video."""
    outputs, durations = job.input["outputs"], job.scene_durations
    scenes: Mapping[str, Any] = outputs.get("scenes", {})
    output = {
        "video_url": _location(outputs["video"]),
        "scene_clips": [
            {"scene_id": scene, "url": _location(target), "duration": durations[scene]}
            for scene, target in scenes.items()
        ],
        "duration": job.duration,
        "resolution": "1920x1080",
        "format": "mp4",
        "size_bytes": len(file_bytes(job, "video")),
        "metadata": {
            "model_used": MODEL,
            "seed": zlib.crc32(job.render_id.encode()),
            "generation_time_ms": milliseconds,
        },
    }
    return output | ({"thumbnail_url": _location(outputs["thumbnail"])} if "thumbnail" in outputs else {})


def _location(target: Mapping[str, Any]) -> str:
    """Where the object is once uploaded: the presigned URL without its signature."""
    return str(target["put_url"]).partition("?")[0]
