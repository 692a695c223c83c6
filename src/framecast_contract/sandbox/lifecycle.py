"""The life of a job: queued → processing → completed | failed | canceled (job-semantics 1.1, 4).

Every move is one method, is refused with 409 from any other state, and leaves job, event and balance in step:
callers run it inside a transaction. What triggers a move (a person, the render back end, the clock) is not
known here.
"""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from framecast_contract.sandbox.access import Owner, parse_owner
from framecast_contract.sandbox.http import conflict

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

TERMINAL = ("completed", "failed", "canceled")


class Lifecycle:
    """Creates jobs and moves them."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create(
        self,
        owner: Owner,
        user_id: str,
        spec: dict[str, Any],
        options: dict[str, Any],
        price: int,
        idempotency_key: str | None = None,
        project_id: str | None = None,
        kind: str = "video",
    ) -> sqlite3.Row:
        """A queued job with its first event, paid for in the same step.

        `kind` is what it renders: a `video` of a storyboard or an `image` of a character.
        """
        moment, job_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": job_id,
            "owner": owner.urn,
            "triggered_by": user_id,
            "project_id": project_id,
            "kind": kind,
            "status": "queued",
            "spec_snapshot": json.dumps(spec, ensure_ascii=False, separators=(",", ":")),
            "options": json.dumps(options),
            "progress": "{}",
            "credits_charged": price,
            "credits_refunded": 0,
            "idempotency_key": idempotency_key,
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.credits.debit(owner, price)
        self._sandbox.database.insert("jobs", row)
        self._sandbox.events.append(job_id, "queued", {})
        return self._told(job_id, "queued")

    def start(self, job: sqlite3.Row) -> sqlite3.Row:
        """queued → processing; the time limit starts to run."""
        self.require(job, "queued")
        moment = self._sandbox.stamp()
        changes = {"status": "processing", "started_at": moment, "updated_at": moment}
        self._sandbox.dispatch.limit_time(job["id"], self._sandbox.settings.render_timeout_seconds)
        return self._move(job, changes, "started", {})

    def report(self, job: sqlite3.Row, percent: float) -> sqlite3.Row:
        """Progress of a running render, 0-100."""
        self.require(job, "processing")
        progress = {**json.loads(job["progress"]), "percent": percent}
        changes = {"progress": json.dumps(progress), "updated_at": self._sandbox.stamp()}
        return self._move(job, changes, "progress", {"percent": percent})

    def complete(self, job: sqlite3.Row, output: dict[str, Any], size_bytes: int | None) -> sqlite3.Row:
        """processing → completed; what was charged stays charged."""
        self.require(job, "processing")
        moment = self._sandbox.stamp()
        changes = {
            "status": "completed",
            "output": json.dumps(output),
            "output_size_bytes": size_bytes,
            "completed_at": moment,
            "updated_at": moment,
        }
        return self._move(job, changes, "completed", {})

    def fail(self, job: sqlite3.Row, failure_type: str, error: dict[str, Any]) -> sqlite3.Row:
        """processing → failed, with the refund its failure type earns."""
        self.require(job, "processing")
        return self._end_unfinished(job, "failed", failure_type, {"error": json.dumps(error)})

    def cancel(self, job: sqlite3.Row, by: str) -> sqlite3.Row:
        """queued or processing → canceled by this user; a tenth is kept as a fee."""
        self.require(job, "queued", "processing")
        return self._end_unfinished(job, "canceled", "canceled", {}, by)

    def require(self, job: sqlite3.Row, *states: str) -> None:
        """409 unless the job is in one of these states."""
        if job["status"] not in states:
            raise conflict(f"job is {job['status']}")

    def refund_for(self, job: sqlite3.Row, failure_type: str) -> int:
        percent = json.loads(job["progress"]).get("percent")
        return self._sandbox.refunds.refund(failure_type, job["credits_charged"], percent)

    def _end_unfinished(
        self,
        job: sqlite3.Row,
        status: str,
        failure_type: str,
        more: dict[str, Any],
        by: str | None = None,
    ) -> sqlite3.Row:
        moment, refund = self._sandbox.stamp(), self.refund_for(job, failure_type)
        self._give_back(job, refund)
        changes = {
            "status": status,
            "failure_type": failure_type,
            "credits_refunded": refund,
            "completed_at": moment,
            "updated_at": moment,
        }
        data = {"failure_type": failure_type, "credits_refunded": refund}
        return self._move(job, changes | more, status, data, by)

    def _give_back(self, job: sqlite3.Row, refund: int) -> None:
        owner = parse_owner(job["owner"])
        if owner is not None:
            self._sandbox.credits.refund(owner, refund)

    def _move(
        self,
        job: sqlite3.Row,
        changes: dict[str, Any],
        event: str,
        data: dict[str, Any],
        by: str | None = None,
    ) -> sqlite3.Row:
        if changes.get("status") in TERMINAL:
            self._sandbox.dispatch.lift_limit(job["id"])
        self._sandbox.database.update("jobs", job["id"], changes)
        self._sandbox.events.append(job["id"], event, data)
        return self._told(job["id"], event, by)

    def _told(self, job_id: str, event: str, by: str | None = None) -> sqlite3.Row:
        """The job as it is now, after project, artifact and webhooks have learned of it."""
        job = self._sandbox.jobs.row(job_id)
        self._sandbox.projects.follow(job)
        self._sandbox.artifacts.follow(job)
        self._sandbox.deliveries.announce(job, event, by)
        return job
