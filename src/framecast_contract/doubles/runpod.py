"""RunPod's serverless API: submit, status, cancel, health and the webhook, with a render worker inside.

Wire format as in RunPod's documentation of queue-based endpoints. Its error bodies are not documented; here
they are `{"error": ...}`. The key is `Authorization: Bearer <key>`; any endpoint id is served.
"""

import random
import uuid
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

import httpx
from starlette.responses import JSONResponse, Response

from framecast_contract.clock import Clock, Timer
from framecast_contract.doubles.double import Double, Incoming, Refusal, Served
from framecast_contract.doubles.outgoing import Sent, post_json
from framecast_contract.doubles.render_plan import RenderPlan
from framecast_contract.doubles.render_worker import RenderWorker, failed_details
from framecast_contract.doubles.runpod_job import RunPodJob, RunPodStatus

WEBHOOK_RETRY_DELAYS = (10.0, 10.0)
"""Seconds before the second and third attempt of RunPod's webhook."""

_INPUT_MEMBERS = {"job_id": str, "callback_url": str, "spec": dict, "outputs": dict}
_POLICY_MINIMUM = {"executionTimeout": 5001, "ttl": 10_000}


class RunPod(Double):
    """The double. `plan` is what happens to jobs from now on, `plan_for` decides for one job."""

    name: ClassVar[str] = "runpod"
    home: ClassVar[str] = "https://api.runpod.ai"

    def __init__(self, clock: Clock, rng: random.Random, api_key: str = "sandbox") -> None:
        super().__init__()
        self.api_key = api_key
        self.plan = RenderPlan.complete()
        self.jobs: dict[str, RunPodJob] = {}
        self.webhooks: list[Sent] = []
        self._clock = clock
        self._rng = rng
        self._plans: dict[str, RenderPlan] = {}
        self._webhook_timers: list[Timer] = []
        self._worker = RenderWorker(clock, self._ended)

    @property
    def callback_transport(self) -> httpx.AsyncBaseTransport | None:
        """How callbacks and webhooks travel; None is the network, in one process an `httpx.ASGITransport`."""
        return self._worker.transport

    @callback_transport.setter
    def callback_transport(self, transport: httpx.AsyncBaseTransport | None) -> None:
        self._worker.transport = transport

    @property
    def callbacks(self) -> list[Sent]:
        """Every report of every worker, with the status it was answered."""
        return self._worker.callbacks

    @property
    def uploads(self) -> list[Sent]:
        """Every file a worker put into the object store."""
        return self._worker.uploads

    def operations(self) -> Sequence[Served]:
        return (
            Served("POST", "/v2/{endpoint}/run", self._run),
            Served("GET", "/v2/{endpoint}/status/{id}", self._status),
            Served("POST", "/v2/{endpoint}/cancel/{id}", self._cancel),
            Served("GET", "/v2/{endpoint}/health", self._health),
        )

    def refused(self, refusal: Refusal) -> Response:
        return JSONResponse({"error": refusal.message}, refusal.status, refusal.headers)

    def set_completion_delay(self, seconds: float) -> None:
        """Complete the next jobs `seconds` after they are submitted."""
        self.plan = RenderPlan.complete(after=seconds)

    def plan_for(self, job_id: str, plan: RenderPlan) -> None:
        """Decide how one job (Framecast or RunPod id) goes on, before or after it was submitted.

        `plan.after` counts from submission; what is already late happens at once.
        """
        self._plans[job_id] = plan
        if (job := self._find(job_id)) and not job.over():
            self._worker.begin(job, plan)

    async def report(
        self,
        job_id: str,
        event: str,
        *,
        percent: float | None = None,
        failure_type: str | None = None,
        error: Mapping[str, Any] | None = None,
        details: Mapping[str, Any] | None = None,
    ) -> Sent:
        """Report as the worker would, whatever state the job is in.

        `details` are further members of the body and win over the others. The first answer counts, nothing is
        repeated; an accepted report moves RunPod's own job along. Raises `LookupError` for a job that was
        never submitted, `httpx.HTTPError` for a refused upload.
        """
        job = self.job(job_id)
        members = await self._members(job, event, percent, failure_type, error)
        sent = await self._worker.report(job, event, {**members, **(details or {})})
        if sent.accepted and not job.over():
            self._move(job, event, members)
        return sent

    def end(self, job_id: str, status: RunPodStatus, error: str | None = None) -> None:
        """Let RunPod end a job by itself: no report of the worker, only status and webhook."""
        job = self.job(job_id)
        job.error = error
        self._ended(job, status)

    def job(self, job_id: str) -> RunPodJob:
        """The job with this Framecast or RunPod id. Raises `LookupError`."""
        if job := self._find(job_id):
            return job
        submitted = ", ".join(job.render_id for job in self.jobs.values()) or "none"
        raise LookupError(f"no job {job_id!r} was submitted to the RunPod double (submitted: {submitted})")

    def unavailable(self, times: int = 1, status: int = 500) -> None:
        """Answer the next `times` calls with a server error."""
        self.fail_next(Refusal(status, "internal server error"), times)

    def reset(self) -> None:
        """Forget calls, jobs and plans; nothing that was scheduled happens any more."""
        super().reset()
        for job in self.jobs.values():
            job.stop_timers()
            job.status = RunPodStatus.CANCELLED
        for timer in self._webhook_timers:
            timer.cancel()
        for record in (
            self.jobs,
            self._plans,
            self.webhooks,
            self.callbacks,
            self.uploads,
            self._webhook_timers,
        ):
            record.clear()
        self.plan = RenderPlan.complete()

    def _find(self, job_id: str) -> RunPodJob | None:
        by_render = (job for job in reversed(self.jobs.values()) if job.render_id == job_id)
        return self.jobs.get(job_id) or next(by_render, None)

    async def _members(
        self,
        job: RunPodJob,
        event: str,
        percent: float | None,
        failure_type: str | None,
        error: Mapping[str, Any] | None,
    ) -> Mapping[str, Any]:
        if event == "completed":
            return await self._worker.finished_details(job)
        if event == "failed":
            return failed_details(RenderPlan.fail(failure_type, error=error))
        return {} if percent is None else {"progress_percent": percent}

    def _move(self, job: RunPodJob, event: str, members: Mapping[str, Any]) -> None:
        self._worker.pick_up(job)
        if event == "completed":
            job.output = members["output"]
            self._ended(job, RunPodStatus.COMPLETED)
        elif event == "failed":
            job.error = members["error"]["message"]
            self._ended(job, RunPodStatus.FAILED)

    def _ended(self, job: RunPodJob, status: RunPodStatus) -> None:
        job.stop_timers()
        job.status = status
        job.ended_at = self._clock.now()
        if job.webhook:
            self._post_webhook_later(job, 0, WEBHOOK_RETRY_DELAYS)

    def _post_webhook_later(self, job: RunPodJob, seconds: float, delays: tuple[float, ...]) -> None:
        timer = self._clock.call_later(seconds, lambda: self._post_webhook(job, delays))
        self._webhook_timers.append(timer)

    async def _post_webhook(self, job: RunPodJob, delays: tuple[float, ...]) -> None:
        sent = await post_json(str(job.webhook), job.as_status(), self.callback_transport)
        self.webhooks.append(sent)
        if sent.status != httpx.codes.OK and delays:
            self._post_webhook_later(job, delays[0], delays[1:])

    async def _run(self, call: Incoming) -> Response:
        self._check_key(call)
        if problem := run_problem(call):
            raise Refusal(400, problem, difference=problem)
        render_id = call.json["input"]["job_id"]
        plan = self._plans.get(render_id, self.plan)
        job = RunPodJob(self._new_id(), call.parameters["endpoint"], call.json, plan, self._clock.now())
        self.jobs[job.id] = job
        self._worker.begin(job, plan)
        return JSONResponse({"id": job.id, "status": job.status})

    async def _status(self, call: Incoming) -> Response:
        return JSONResponse(self._asked_for(call).as_status())

    async def _cancel(self, call: Incoming) -> Response:
        job = self._asked_for(call)
        if not job.over():
            self._ended(job, RunPodStatus.CANCELLED)
        return JSONResponse({"id": job.id, "status": job.status})

    async def _health(self, call: Incoming) -> Response:
        self._check_key(call)
        mine = [job.status for job in self.jobs.values() if job.endpoint == call.parameters["endpoint"]]
        running = mine.count(RunPodStatus.IN_PROGRESS)
        counts = {
            "completed": mine.count(RunPodStatus.COMPLETED),
            "failed": mine.count(RunPodStatus.FAILED),
            "inProgress": running,
            "inQueue": mine.count(RunPodStatus.IN_QUEUE),
            "retried": 0,
        }
        return JSONResponse({"jobs": counts, "workers": {"idle": 0, "running": running}})

    def _asked_for(self, call: Incoming) -> RunPodJob:
        self._check_key(call)
        job = self.jobs.get(call.parameters["id"])
        if job is None or job.endpoint != call.parameters["endpoint"]:
            raise Refusal(404, "job not found")
        return job

    def _check_key(self, call: Incoming) -> None:
        given = call.headers.get("authorization")
        if given != f"Bearer {self.api_key}":
            what = "nothing" if given is None else "another value"
            difference = f"header authorization: expected 'Bearer <the double's api_key>', got {what}"
            raise Refusal(401, "unauthorized", difference=difference)

    def _new_id(self) -> str:
        return f"{uuid.UUID(int=self._rng.getrandbits(128), version=4)}-u1"


def run_problem(call: Incoming) -> str | None:
    """What is wrong with the body of `/run`: for RunPod, then for the worker that will read the input."""
    body = call.json
    if call.invalid_json or not isinstance(body, dict):
        return call.invalid_json or "the body is not an object"
    if not isinstance(body.get("webhook", ""), str):
        return "webhook: expected a URL"
    return _policy_problem(body.get("policy")) or _input_problem(body.get("input"))


def _policy_problem(policy: Any) -> str | None:
    if policy is None:
        return None
    if not isinstance(policy, dict):
        return "policy: expected an object"
    for name, minimum in _POLICY_MINIMUM.items():
        value = policy.get(name, minimum)
        if not isinstance(value, int) or value < minimum:
            return f"policy.{name}: expected at least {minimum} (milliseconds), got {value!r}"
    return None


def _input_problem(work: Any) -> str | None:
    if not isinstance(work, dict):
        return "input: expected an object"
    for name, kind in _INPUT_MEMBERS.items():
        if not isinstance(work.get(name), kind):
            return f"input.{name}: expected {kind.__name__}, got {type(work.get(name)).__name__}"
    if work.get("kind") == "image":
        return _outputs_problem(work["outputs"], "image", set())
    return _outputs_problem(work["outputs"], "video", _scene_ids(work["spec"]))


def _scene_ids(spec: Mapping[str, Any]) -> set[Any]:
    return {scene.get("id") for scene in spec.get("scenes", ()) if "duration" in scene}


def _outputs_problem(outputs: Mapping[str, Any], main: str, scenes: set[Any]) -> str | None:
    if main not in outputs:
        return f"input.outputs.{main}: it is missing"
    if unknown := set(outputs.get("scenes", {})) - scenes:
        return f"input.outputs.scenes: {sorted(unknown)} are no scenes of input.spec"
    targets = [outputs[name] for name in (main, "thumbnail") if name in outputs]
    for target in [*targets, *outputs.get("scenes", {}).values()]:
        if not {"put_url", "content_type"} <= set(target):
            return f"input.outputs: expected put_url and content_type, got {sorted(target)}"
    return None
