"""What happens to a job after the answer: prompts, the GPU, the time limit, and RunPod's safety net.

Nothing here holds a transaction while it waits. A step that fails is tried again on the clock; a job whose
render cannot be started ends as a `system` failure. After a restart `recover` picks up what was under way.
"""

import logging
import re
import sqlite3
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.clock import Timer
from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.background import Step
from framecast_contract.sandbox.http import Call, not_found, text
from framecast_contract.sandbox.lifecycle import TERMINAL
from framecast_contract.sandbox.storage import OUTPUT_FILES
from framecast_contract.sandbox.upstreams import Declined, Unavailable, UpstreamError

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

log = logging.getLogger(__name__)
ENDED_BY_RUNPOD = {"FAILED": "system", "CANCELLED": "system", "TIMED_OUT": "timeout"}
MAX_WAIT_SECONDS = 300
MAX_POLL_SECONDS = 86400
_SYMBOL = re.compile(r"@(\w+)")


class Dispatch:
    """Takes a job from its creation to its render, and watches over it."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._background = sandbox.background
        self._limits: dict[str, Timer] = {}

    async def submit(self, job_id: str) -> None:
        """Send a new job on its way; returns when the first attempt of every step is over."""
        if self._sandbox.settings.renders != "none":
            await self._background.run(partial(self._announce, job_id, 0))
            await self._background.run(partial(self._write_prompts, job_id, 0))

    async def withdraw(self, job_id: str) -> None:
        """Stop the render of a job that nobody wants any more."""
        job = self._sandbox.jobs.find(job_id)
        if job is not None and job["runpod_id"] is not None:
            await self._background.run(partial(self._cancel_render, job["runpod_id"]))

    def clear(self) -> None:
        """Forget the time limits; their timers go with all other background work."""
        self._limits.clear()

    def recover(self) -> None:
        """After a restart: time limits run on, waiting jobs are sent, submitted ones watched."""
        for job in self._sandbox.database.all("SELECT * FROM jobs WHERE status IN ('queued', 'processing')"):
            if job["status"] == "processing":
                self.limit_time(job["id"], self._time_left(job))
            if job["runpod_id"] is not None:
                self._watch(job["id"], job["runpod_id"])
            elif job["status"] == "queued":
                self._background.later(0, partial(self.submit, job["id"]))

    def _time_left(self, job: sqlite3.Row) -> float:
        limit = timedelta(seconds=self._sandbox.settings.render_timeout_seconds)
        deadline = datetime.fromisoformat(job["started_at"]) + limit
        return max((deadline - self._sandbox.clock.now()).total_seconds(), 0)

    def limit_time(self, job_id: str, seconds: float) -> None:
        """Fail the job as a `timeout` unless it ends within `seconds` (job-semantics 1.1)."""
        self.lift_limit(job_id)
        self._limits[job_id] = self._background.later(seconds, partial(self._time_out, job_id))

    def lift_limit(self, job_id: str) -> None:
        timer = self._limits.pop(job_id, None)
        if timer is not None:
            self._background.drop(timer)

    async def _time_out(self, job_id: str) -> None:
        with self._sandbox.database.transaction():
            self.end(job_id, "timeout", "the render took too long")
        await self.withdraw(job_id)

    def end(self, job_id: str, failure_type: str, reason: str) -> None:
        """Fail a job that is still active; a queued one passes through `started` on its way.

        Runs inside a transaction.
        """
        job = self._sandbox.jobs.find(job_id)
        if job is None or job["status"] in TERMINAL:
            return
        if job["status"] == "queued":
            job = self._sandbox.lifecycle.start(job)
        self._sandbox.lifecycle.fail(job, failure_type, {"code": failure_type, "message": reason})

    async def _announce(self, job_id: str, tries: int) -> None:
        """Tell Inngest; a lost event holds no render back."""
        job = self._sandbox.jobs.find(job_id)
        if job is None:
            return
        data = {"job_id": job_id, "owner": job["owner"], "triggered_by": job["triggered_by"]}
        try:
            await self._sandbox.upstreams.publish("framecast/job.queued", job_id, data)
        except UpstreamError as error:
            if not self._again(error, tries, partial(self._announce, job_id, tries + 1)):
                log.warning("event of job %s is lost: %s", job_id, error)

    async def _write_prompts(self, job_id: str, tries: int) -> None:
        """Have the prompts written, then render; without an answer the scenes' own words must do.

        A character is rendered from its prompt as it stands: there are no scenes to tell apart.
        """
        job = self._waiting(job_id)
        if job is None:
            return
        spec = self._sandbox.jobs.view(job)["spec_snapshot"]
        if job["kind"] == "image":
            await self._render(job_id, {"image": spec["prompt"]}, 0)
            return
        prompts = plain_prompts(spec)
        try:
            written = await self._sandbox.upstreams.write_prompts(prompts, spec.get("global_prompt"))
            prompts |= {scene: prompt for scene, prompt in written.items() if scene in prompts}
        except UpstreamError as error:
            if self._again(error, tries, partial(self._write_prompts, job_id, tries + 1)):
                return
        await self._render(job_id, prompts, 0)

    async def _render(self, job_id: str, prompts: dict[str, str], tries: int) -> None:
        """Submit to RunPod; a job that was canceled meanwhile is canceled there too."""
        job = self._waiting(job_id)
        if job is None:
            return
        webhook = f"{self._sandbox.settings.public_url}/internal/runpod/webhook/{job_id}"
        try:
            runpod_id = await self._sandbox.upstreams.run(self.render_input(job, prompts), webhook)
        except UpstreamError as error:
            if not self._again(error, tries, partial(self._render, job_id, prompts, tries + 1)):
                with self._sandbox.database.transaction():
                    self.end(job_id, "system", "the render could not be started")
            return
        await self._submitted(job_id, runpod_id)

    async def _submitted(self, job_id: str, runpod_id: str) -> None:
        self._sandbox.database.update("jobs", job_id, {"runpod_id": runpod_id})
        job = self._sandbox.jobs.find(job_id)
        if job is None or job["status"] == "canceled":
            await self._cancel_render(runpod_id)
        elif job["status"] not in TERMINAL:
            self._watch(job_id, runpod_id)

    def render_input(self, job: sqlite3.Row, prompts: dict[str, str]) -> dict[str, Any]:
        """What the render worker is told: what to render, where to report and where to put its files."""
        spec = self._sandbox.jobs.view(job)["spec_snapshot"]
        return {
            "job_id": job["id"],
            "kind": job["kind"],
            "spec": spec,
            "prompts": prompts,
            "callback_url": f"{self._sandbox.settings.public_url}/internal/jobs/callback",
            "outputs": self._outputs(job, prompts),
        }

    def _outputs(self, job: sqlite3.Row, prompts: dict[str, str]) -> dict[str, Any]:
        main = {job["kind"]: self._target(job, *OUTPUT_FILES[job["kind"]])}
        if job["kind"] == "image":
            return main
        scenes = {scene: self._target(job, f"scene_{scene}.mp4", "video/mp4") for scene in prompts}
        return {**main, "thumbnail": self._target(job, "thumbnail.jpg", "image/jpeg"), "scenes": scenes}

    def _target(self, job: sqlite3.Row, name: str, content_type: str) -> dict[str, str]:
        owner = parse_owner(job["owner"])
        assert owner is not None
        storage = self._sandbox.storage
        return storage.render_target(storage.job_key(owner, job["id"], name), content_type)

    async def _cancel_render(self, runpod_id: str) -> None:
        try:
            await self._sandbox.upstreams.cancel(runpod_id)
        except UpstreamError as error:
            log.warning("render %s could not be canceled: %s", runpod_id, error)

    def receive_runpod_webhook(self, call: Call) -> Response:
        """RunPod says how a render ended. Only news about the render we started counts."""
        job = self._sandbox.jobs.find(call.path_uuid("job_id"))
        if job is None:
            raise not_found("job")
        report = call.body()
        if job["runpod_id"] in (None, text(report, "id")):
            self.heed(job["id"], text(report, "status") or "")
        return JSONResponse({"received": True})

    def heed(self, job_id: str, status: str) -> None:
        """End a job whose render RunPod calls ended although the worker never said so."""
        if status in ENDED_BY_RUNPOD:
            self.end(job_id, ENDED_BY_RUNPOD[status], f"the render ended as {status} without a report")

    def _watch(self, job_id: str, runpod_id: str, seconds: float | None = None) -> None:
        """Ask again in a while; every time twice as long, for a render nobody reports on may never end."""
        wait = seconds or self._sandbox.settings.status_poll_seconds
        self._background.later(wait, partial(self._poll, job_id, runpod_id, min(2 * wait, MAX_POLL_SECONDS)))

    async def _poll(self, job_id: str, runpod_id: str, next_wait: float) -> None:
        """Ask RunPod how an active job is doing, in case its webhook got lost."""
        job = self._sandbox.jobs.find(job_id)
        if job is None or job["status"] in TERMINAL:
            return
        try:
            status = await self._sandbox.upstreams.status(runpod_id)
            with self._sandbox.database.transaction():
                self.heed(job_id, status)
        except UpstreamError as error:
            log.warning("status of render %s is unknown: %s", runpod_id, error)
        self._watch(job_id, runpod_id, next_wait)

    def _waiting(self, job_id: str) -> sqlite3.Row | None:
        """The job if it still waits for its render."""
        job = self._sandbox.jobs.find(job_id)
        return job if job is not None and job["status"] == "queued" else None

    def _again(self, error: UpstreamError, tries: int, step: Step) -> bool:
        """Plan another try, unless the refusal is final or the tries are used up."""
        delays = self._sandbox.settings.retry_delays_seconds
        if isinstance(error, Declined) or tries >= len(delays):
            return False
        wanted = error.retry_after if isinstance(error, Unavailable) else None
        self._background.later(delays[tries] if wanted is None else min(wanted, MAX_WAIT_SECONDS), step)
        return True


def plain_prompts(spec: dict[str, Any]) -> dict[str, str]:
    """Scene prompts by id, every @name replaced by its symbol's words: the fallback for a silent LLM."""
    symbols = spec.get("symbols") or {}

    def describe(match: re.Match[str]) -> str:
        symbol = symbols.get(match[1])
        return symbol["prompt"] if symbol else match[0]

    return {scene["id"]: _SYMBOL.sub(describe, scene["prompt"]) for scene in spec["scenes"]}
