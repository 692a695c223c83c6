"""Deliveries to webhooks: signed, timed and retried (job-semantics 1.4, 7 and 8).

A delivery is a row made in the transaction of what it tells. An attempt holds no transaction while it waits:
it reads the row and its webhook, asks the receiver, and notes the outcome on the row if that still exists.
A delivery that is due while its webhook is inactive stays as it is.
"""

import json
import sqlite3
from collections.abc import Awaitable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.http import Call, Caller, Query, conflict, not_found
from framecast_contract.sandbox.payloads import job_details
from framecast_contract.sandbox.signatures import signature

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

STATUSES = ("pending", "retrying", "delivered", "failed")
TEST_EVENT = "webhook.test"
PROGRESS_SECONDS = 1
_PLAIN = (
    "id",
    "webhook_id",
    "job_id",
    "event_type",
    "status",
    "response_status",
    "response_body",
    "attempts",
    "next_retry_at",
    "delivered_at",
    "created_at",
)
_DUE = """
SELECT d.*, w.url, w.secret FROM webhook_deliveries AS d JOIN webhooks AS w ON w.id = d.webhook_id
WHERE d.status IN ('pending', 'retrying') AND w.is_active
"""


class Deliveries:
    """Makes deliveries, attempts them, and answers who asks about them."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._background = sandbox.background

    def test_webhook(self, call: Call) -> Awaitable[Response]:
        """Try an active webhook out, whatever it is subscribed to; a failure is retried like any other."""
        webhook = self._sandbox.webhooks.managed(call.caller, call.path_uuid("webhook_id"))
        if not webhook["is_active"]:
            raise conflict("webhook is inactive")
        return self._attempted(self._store(webhook["id"], TEST_EVENT, self._sandbox.stamp()))

    async def _attempted(self, delivery_id: str) -> Response:
        """The delivery after its first attempt; 404 when the webhook was deleted meanwhile."""
        await self._background.run(partial(self._attempt, delivery_id))
        return JSONResponse(self.view(self.row(delivery_id)), 201)

    def list_webhook_deliveries(self, call: Call) -> Response:
        """Deliveries of the last 30 days, newest first, narrowed by every filter given."""
        webhook_id = call.path_uuid("webhook_id")
        sql, values = self._filters(call.query())
        self._sandbox.webhooks.managed(call.caller, webhook_id)
        rows = self._sandbox.database.all(
            f"SELECT * FROM webhook_deliveries WHERE webhook_id = ? AND {sql}"
            " ORDER BY created_at DESC LIMIT ? OFFSET ?",
            (webhook_id, *values),
        )
        return JSONResponse([self.view(row) for row in rows])

    def retry_webhook_delivery(self, call: Call) -> Response:
        """Begin a failed delivery anew: same id and payload, another five attempts."""
        delivery = self.managed(call.caller, call.path_uuid("delivery_id"))
        self.require_failed(delivery)
        changes = {"status": "pending", "attempts": 0, "next_retry_at": self._sandbox.now()}
        self._sandbox.database.update("webhook_deliveries", delivery["id"], changes)
        self._background.soon(partial(self._attempt, delivery["id"]))
        return JSONResponse(self.view(self.row(delivery["id"])))

    def announce(self, job: sqlite3.Row, event: str, by: str | None = None) -> None:
        """Queue a delivery of this job event to every webhook that wants it, inside the move's transaction.

        `event` is the event's name without `job.`; `by` is the user who canceled.
        """
        webhooks = self.subscribed(job["owner"], f"job.{event}")
        if not webhooks or self.is_throttled(job["id"], event):
            return
        details = job_details(self._sandbox.jobs.view(job), event, by)
        for webhook in webhooks:
            # Every move stamps `updated_at`: it is the moment that is told.
            delivery_id = self._store(webhook["id"], f"job.{event}", job["updated_at"], details)
            self._background.soon(partial(self._attempt, delivery_id))

    def recover(self) -> None:
        """After a restart: what was not delivered is attempted when it is due. Needs a running event loop."""
        for delivery in self._sandbox.database.all(_DUE):
            self._background.later(self._wait(delivery), partial(self._attempt, delivery["id"]))

    def _wait(self, delivery: sqlite3.Row) -> float:
        if delivery["next_retry_at"] is None:
            return 0
        due = datetime.fromisoformat(delivery["next_retry_at"])
        return max((due - self._sandbox.clock.now()).total_seconds(), 0)

    def subscribed(self, owner_urn: str, event: str) -> list[sqlite3.Row]:
        """The active webhooks that are told: those of the team, and only for jobs of the team itself."""
        owner = parse_owner(owner_urn)
        if owner is None or owner.team_id is None or owner.user_id is not None:
            return []
        rows = self._sandbox.database.all(
            "SELECT * FROM webhooks WHERE team_id = ? AND is_active ORDER BY created_at", (owner.team_id,)
        )
        return [row for row in rows if event in json.loads(row["events"])]

    def is_throttled(self, job_id: str, event: str) -> bool:
        """Whether this is progress within a second of progress of the same job that was told."""
        if event != "progress":
            return False
        earlier = self._sandbox.database.one(
            "SELECT 1 FROM webhook_deliveries WHERE job_id = ? AND event_type = 'job.progress'"
            " AND created_at > ?",
            job_id,
            self._sandbox.ago(PROGRESS_SECONDS),
        )
        return earlier is not None

    def _store(self, webhook_id: str, event: str, moment: str, job: dict[str, Any] | None = None) -> str:
        """A pending delivery; its payload is fixed here and is the same at every attempt."""
        delivery_id = self._sandbox.new_id()
        payload: dict[str, Any] = {"event": event, "timestamp": moment, "delivery_id": delivery_id}
        row = {
            "id": delivery_id,
            "webhook_id": webhook_id,
            "job_id": None if job is None else job["id"],
            "event_type": event,
            "status": "pending",
            "payload": json.dumps(payload if job is None else {**payload, "job": job}, ensure_ascii=False),
            "attempts": 0,
            "created_at": self._sandbox.stamp(),
        }
        self._sandbox.database.insert("webhook_deliveries", row)
        return delivery_id

    async def _attempt(self, delivery_id: str) -> None:
        """Send a delivery once, with the webhook's URL and secret of this moment, and plan what follows."""
        with self._sandbox.database.transaction():
            due = self._begin(delivery_id)
        if due is None:
            return
        body = due["payload"].encode()
        answer = await self._sandbox.upstreams.deliver(due["url"], body, self.headers(due, body))
        with self._sandbox.database.transaction():
            delay = self._note(delivery_id, *answer)
        if delay is not None:
            self._background.later(delay, partial(self._attempt, delivery_id))

    def _begin(self, delivery_id: str) -> sqlite3.Row | None:
        """The delivery with its webhook if there is still something to send."""
        due = self._sandbox.database.one(f"{_DUE} AND d.id = ?", delivery_id)
        if due is not None:
            changes = {"last_triggered_at": self._sandbox.stamp()}
            self._sandbox.database.update("webhooks", due["webhook_id"], changes)
        return due

    def headers(self, due: sqlite3.Row, body: bytes) -> dict[str, str]:
        """The headers of an attempt made now."""
        timestamp = str(int(self._sandbox.clock.now().timestamp()))
        return {
            "Content-Type": "application/json",
            "X-Webhook-Delivery-Id": due["id"],
            "X-Webhook-Timestamp": timestamp,
            "X-Webhook-Signature": signature(due["secret"], timestamp, body),
        }

    def _note(self, delivery_id: str, status: int | None, body: str | None) -> float | None:
        """Write an attempt down; the seconds until the next one, or None when this was the last."""
        delivery = self.find(delivery_id)
        if delivery is None:
            return None
        attempts = delivery["attempts"] + 1
        outcome, delay = self.outcome(attempts, status), None
        if outcome == "retrying":
            delay = self._sandbox.settings.webhook_retry_delays_seconds[attempts - 1]
        changes = {
            "status": outcome,
            "attempts": attempts,
            "response_status": status,
            "response_body": body,
            "next_retry_at": None if delay is None else self._sandbox.ago(-delay),
            "delivered_at": self._sandbox.stamp() if outcome == "delivered" else None,
        }
        self._sandbox.database.update("webhook_deliveries", delivery_id, changes)
        return delay

    def outcome(self, attempts: int, status: int | None) -> str:
        """What becomes of a delivery after so many attempts; `status` is the last answer, None for none."""
        if status is not None and 200 <= status < 300:
            return "delivered"
        if not self.is_worth_retrying(status) or attempts >= self.max_attempts():
            return "failed"
        return "retrying"

    def is_worth_retrying(self, status: int | None) -> bool:
        """No answer and faults of the receiver pass; refusals and redirects do not."""
        return status is None or status >= 500

    def max_attempts(self) -> int:
        """The first attempt and one after every delay."""
        return len(self._sandbox.settings.webhook_retry_delays_seconds) + 1

    def require_failed(self, delivery: sqlite3.Row) -> None:
        if delivery["status"] != "failed":
            raise conflict(f"delivery is {delivery['status']}, only a failed one can be retried")

    def managed(self, caller: Caller, delivery_id: str) -> sqlite3.Row:
        """The delivery; 404 for unknown ones and non-members of the team, 403 for members and viewers."""
        delivery = self.row(delivery_id)
        self._sandbox.webhooks.managed(caller, delivery["webhook_id"], "delivery")
        return delivery

    def find(self, delivery_id: str) -> sqlite3.Row | None:
        sql = "SELECT * FROM webhook_deliveries WHERE id = ? AND created_at > ?"
        return self._sandbox.database.one(sql, delivery_id, self._kept_since())

    def row(self, delivery_id: str) -> sqlite3.Row:
        """A delivery known to exist; 404 otherwise."""
        delivery = self.find(delivery_id)
        if delivery is None:
            raise not_found("delivery")
        return delivery

    def _kept_since(self) -> str:
        return self._sandbox.ago(self._sandbox.settings.delivery_retention_seconds)

    def _filters(self, query: Query) -> tuple[str, list[Any]]:
        clauses, values = ["created_at > ?"], [self._kept_since()]
        for clause, value in (
            ("status = ?", query.choice("status", STATUSES)),
            ("event_type = ?", query.text("event_type")),
            ("created_at > ?", query.timestamp("created_after")),
            ("created_at < ?", query.timestamp("created_before")),
        ):
            if value is not None:
                clauses.append(clause)
                values.append(value)
        return " AND ".join(clauses), [*values, *query.page()]

    def view(self, delivery: sqlite3.Row) -> dict[str, Any]:
        """`WebhookDelivery`."""
        shown = {name: delivery[name] for name in _PLAIN}
        return shown | {"payload": json.loads(delivery["payload"]), "max_attempts": self.max_attempts()}
