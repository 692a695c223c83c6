"""The job operations a person calls: create, list, read, cancel, clone, delete (jobs-and-rendering 3)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTask
from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import Owner, parse_owner, personal_urn
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    Query,
    conflict,
    invalid,
    members,
    not_found,
    required,
    text,
)
from framecast_contract.sandbox.lifecycle import TERMINAL
from framecast_contract.sandbox.owned import narrow, owner_filter

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

STATUSES = ("queued", "processing", *TERMINAL)
CHARACTER_CREDITS = 1
_PLAIN = (
    "id",
    "owner",
    "triggered_by",
    "project_id",
    "status",
    "output_size_bytes",
    "credits_charged",
    "failure_type",
    "credits_refunded",
    "idempotency_key",
    "started_at",
    "completed_at",
    "created_at",
    "updated_at",
)
_OBJECTS = ("spec_snapshot", "options", "progress", "error")


class Jobs:
    """The operations, and the rules that decide whether they may happen."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create_job(self, call: Call) -> Response:
        """A new job (201), or the caller's job with the same idempotency key as it is now (200)."""
        body = call.body()
        spec = required(members(body, "spec"), "spec")
        urn, options = text(body, "owner"), members(body, "options") or {}
        key = text(body, "idempotency_key", 1, 255)
        owner = self._sandbox.access.owner_for(call.caller, urn)
        earlier = self.replayed(call.caller, key)
        if earlier is not None:
            return JSONResponse(self.view(earlier))
        self._sandbox.storyboards.require_valid(call.caller, spec)
        return self.created(self.admit(call.caller, owner, spec, options, key))

    def clone_job(self, call: Call) -> Response:
        """A new job from another one's spec and options, priced anew."""
        job_id = call.path_uuid("job_id")
        urn = text(call.optional_body(), "owner")
        source = self.visible(call.caller, job_id)
        owner = self._sandbox.access.owner_for(call.caller, source["owner"] if urn is None else urn)
        spec, options = json.loads(source["spec_snapshot"]), json.loads(source["options"])
        return self.created(self.admit(call.caller, owner, spec, options, kind=source["kind"]))

    def list_jobs(self, call: Call) -> Response:
        """Visible jobs, newest first, narrowed by every filter given."""
        sql, values = self._filters(call.query(), self._sandbox.access.visible_owners(call.caller))
        rows = self._sandbox.database.all(
            f"SELECT * FROM jobs WHERE {sql} ORDER BY created_at DESC LIMIT ? OFFSET ?", values
        )
        return JSONResponse([self.view(row) for row in rows])

    def get_job(self, call: Call) -> Response:
        return JSONResponse(self.view(self.visible(call.caller, call.path_uuid("job_id"))))

    def delete_job(self, call: Call) -> Response:
        """Forget an ephemeral job that has ended, and its events; credits do not move."""
        job = self.visible(call.caller, call.path_uuid("job_id"))
        self.check_deletable(job)
        self._sandbox.database.run("DELETE FROM jobs WHERE id = ?", job["id"])
        self._sandbox.events.forget(job["id"])
        self._sandbox.artifacts.outlive(job["id"])
        self._sandbox.database.run("UPDATE webhook_deliveries SET job_id = NULL WHERE job_id = ?", job["id"])
        return Response(status_code=204)

    def cancel_job(self, call: Call) -> Response:
        """End an active job on a person's wish; the render is stopped after the answer."""
        job = self.visible(call.caller, call.path_uuid("job_id"))
        if not self.may_cancel(call.caller, job):
            raise not_found("job")
        canceled = self._sandbox.lifecycle.cancel(job, call.caller.id)
        response = JSONResponse(self.view(canceled))
        response.background = BackgroundTask(self._sandbox.dispatch.withdraw, job["id"])
        return response

    def admit(
        self,
        caller: Caller,
        owner: Owner,
        spec: dict[str, Any],
        options: dict[str, Any],
        key: str | None = None,
        *,
        kind: str = "video",
        project_id: str | None = None,
    ) -> sqlite3.Row:
        """Take a job on if the owner has a free slot and enough credits (E-SLOTS, E-FUNDS)."""
        price = self.price(kind, spec)
        self.require_slot(caller, owner)
        self._sandbox.credits.require(owner, price)
        return self._sandbox.lifecycle.create(owner, caller.id, spec, options, price, key, project_id, kind)

    def price(self, kind: str, spec: dict[str, Any]) -> int:
        """Credits of a render: a storyboard's by its scenes, a character's always the same (D-12)."""
        return CHARACTER_CREDITS if kind == "image" else self._sandbox.storyboards.price(spec)

    def created(self, job: sqlite3.Row) -> Response:
        """The answer to whoever made this job."""
        return self.sent_on(JSONResponse(self.view(job), 201), job)

    def sent_on(self, response: Response, job: sqlite3.Row) -> Response:
        """The same answer, after which the job goes on its way."""
        response.background = BackgroundTask(self._sandbox.dispatch.submit, job["id"])
        return response

    def replayed(self, caller: Caller, key: str | None) -> sqlite3.Row | None:
        """The caller's job with this idempotency key, whatever its owner (job-semantics 5)."""
        if key is None:
            return None
        return self._sandbox.database.one(
            "SELECT * FROM jobs WHERE triggered_by = ? AND idempotency_key = ?", caller.id, key
        )

    def slot_limit(self, caller: Caller, owner: Owner) -> int:
        """Active jobs an owner URN may have: 1 for a starter, 5 otherwise (CARD-5, CARD-6)."""
        return 1 if owner.urn == personal_urn(caller.id) and not caller.is_creator else 5

    def require_slot(self, caller: Caller, owner: Owner) -> None:
        if self.active_jobs(owner) >= self.slot_limit(caller, owner):
            raise conflict("the owner has its maximum of active jobs")

    def active_jobs(self, owner: Owner) -> int:
        row = self._sandbox.database.one(
            "SELECT count(*) AS n FROM jobs WHERE owner = ? AND status IN ('queued', 'processing')", owner.urn
        )
        return 0 if row is None else int(row["n"])

    def check_deletable(self, job: sqlite3.Row) -> None:
        if job["project_id"] is not None:
            raise invalid("job belongs to a project")
        if job["status"] not in TERMINAL:
            raise invalid("job is still active")

    def may_cancel(self, caller: Caller, job: sqlite3.Row) -> bool:
        """The person who triggered it, or an owner or admin of the team in its URN."""
        owner = parse_owner(job["owner"])
        return job["triggered_by"] == caller.id or (
            owner is not None and self._sandbox.access.manages(caller, owner)
        )

    def visible(self, caller: Caller, job_id: str) -> sqlite3.Row:
        """The job, or 404 when there is none or its owner is not accessible (E-JOB)."""
        job = self.find(job_id)
        if job is None or not self._sandbox.access.may_see_urn(caller, job["owner"]):
            raise not_found("job")
        return job

    def find(self, job_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM jobs WHERE id = ?", job_id)

    def row(self, job_id: str) -> sqlite3.Row:
        """A job known to exist; 404 otherwise."""
        job = self.find(job_id)
        if job is None:
            raise not_found("job")
        return job

    def _filters(self, query: Query, owners: list[str]) -> tuple[str, list[Any]]:
        filters = (
            ("status = ?", query.choice("status", STATUSES)),
            ("owner = ?", owner_filter(query)),
            ("project_id = ?", query.uuid("project_id")),
            ("created_at > ?", query.timestamp("created_after")),
            ("created_at < ?", query.timestamp("created_before")),
        )
        sql, values = narrow(owners, filters)
        return sql, [*values, *query.page()]

    def view(self, job: sqlite3.Row) -> dict[str, Any]:
        """`Job` as it goes over the wire, output URLs presigned."""
        shown: dict[str, Any] = {name: job[name] for name in _PLAIN}
        for name in _OBJECTS:
            shown[name] = None if job[name] is None else json.loads(job[name])
        output = None if job["output"] is None else json.loads(job["output"])
        shown["output"] = None if output is None else self._sandbox.storage.readable_output(output)
        return shown
