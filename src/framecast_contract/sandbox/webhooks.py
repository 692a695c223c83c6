"""Webhooks as the owners and admins of a team manage them (jobs-and-rendering 9)."""

import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import MANAGING_ROLES
from framecast_contract.sandbox.http import Call, Caller, forbidden, invalid, not_found, required, text
from framecast_contract.sandbox.uris import is_uri

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

EVENTS = ("job.queued", "job.started", "job.progress", "job.completed", "job.failed", "job.canceled")
MAX_URL = 2048
_WITH_HOST = re.compile(r"https://(?:[^/?#@]*@)?+[^/?#@:]")
_PLAIN = ("id", "team_id", "created_by", "url", "last_triggered_at", "created_at", "updated_at")


class Webhooks:
    """The operations on webhooks themselves; what is sent to them is the business of `Deliveries`."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_webhooks(self, call: Call) -> Response:
        """All webhooks of a team, newest first, without their secrets."""
        team_id = call.path_uuid("team_id")
        self.require_manager(call.caller, team_id)
        rows = self._sandbox.database.all(
            "SELECT * FROM webhooks WHERE team_id = ? ORDER BY created_at DESC", (team_id,)
        )
        return JSONResponse([self.view(row) for row in rows])

    def create_webhook(self, call: Call) -> Response:
        """A new, active webhook; its secret is in this answer and in that of a rotation only."""
        team_id, body = call.path_uuid("team_id"), call.body()
        url, events = required(self.url(body), "url"), required(self.events(body), "events")
        self.require_manager(call.caller, team_id)
        moment, webhook_id, secret = self._sandbox.stamp(), self._sandbox.new_id(), self.new_secret()
        row = {
            "id": webhook_id,
            "team_id": team_id,
            "created_by": call.caller.id,
            "url": url,
            "events": json.dumps(events),
            "secret": secret,
            "is_active": 1,
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("webhooks", row)
        return JSONResponse({"webhook": self.view(self.row(webhook_id)), "secret": secret}, 201)

    def get_webhook(self, call: Call) -> Response:
        return JSONResponse(self.view(self.managed(call.caller, call.path_uuid("webhook_id"))))

    def update_webhook(self, call: Call) -> Response:
        """Change what was given; absent and null members keep their value."""
        webhook_id, body = call.path_uuid("webhook_id"), call.body()
        url, events, is_active = self.url(body), self.events(body), _boolean(body, "is_active")
        self.managed(call.caller, webhook_id)
        changes = {
            "url": url,
            "events": None if events is None else json.dumps(events),
            "is_active": None if is_active is None else int(is_active),
            "updated_at": self._sandbox.stamp(),
        }
        given = {name: value for name, value in changes.items() if value is not None}
        self._sandbox.database.update("webhooks", webhook_id, given)
        return JSONResponse(self.view(self.row(webhook_id)))

    def delete_webhook(self, call: Call) -> Response:
        """Forget a webhook and its deliveries; attempts that were planned find nothing to send."""
        webhook = self.managed(call.caller, call.path_uuid("webhook_id"))
        self._sandbox.database.run("DELETE FROM webhook_deliveries WHERE webhook_id = ?", webhook["id"])
        self._sandbox.database.run("DELETE FROM webhooks WHERE id = ?", webhook["id"])
        return Response(status_code=204)

    def rotate_webhook_secret(self, call: Call) -> Response:
        """A new secret, in force from the next attempt on, also for deliveries made before."""
        webhook = self.managed(call.caller, call.path_uuid("webhook_id"))
        secret = self.new_secret()
        changes = {"secret": secret, "updated_at": self._sandbox.stamp()}
        self._sandbox.database.update("webhooks", webhook["id"], changes)
        return JSONResponse({"webhook": self.view(self.row(webhook["id"])), "secret": secret})

    def new_secret(self) -> str:
        """256 random bits as 64 hex digits; the digits themselves are the key."""
        return f"{self._sandbox.random.getrandbits(256):064x}"

    def require_manager(self, caller: Caller, team_id: str) -> None:
        """403 unless the caller is owner or admin; foreign and unknown teams answer alike (E-TEAM)."""
        if self._sandbox.access.role(caller.id, team_id) not in MANAGING_ROLES:
            raise forbidden("only owners and admins of the team manage its webhooks")

    def managed(self, caller: Caller, webhook_id: str, named: str = "webhook") -> sqlite3.Row:
        """The webhook; 404 for unknown ones and non-members, 403 for members and viewers (E-WEBHOOK)."""
        webhook = self.find(webhook_id)
        if webhook is None or self._sandbox.access.role(caller.id, webhook["team_id"]) is None:
            raise not_found(named)
        self.require_manager(caller, webhook["team_id"])
        return webhook

    def find(self, webhook_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM webhooks WHERE id = ?", webhook_id)

    def row(self, webhook_id: str) -> sqlite3.Row:
        """A webhook known to exist; 404 otherwise."""
        webhook = self.find(webhook_id)
        if webhook is None:
            raise not_found("webhook")
        return webhook

    def url(self, body: dict[str, Any]) -> str | None:
        """`url`: absolute, https, with a host, at most 2048 characters."""
        url = text(body, "url", 1, MAX_URL)
        if url is not None and not self.is_acceptable(url):
            raise invalid("url must be an absolute https:// URL with a host")
        return url

    def is_acceptable(self, url: str) -> bool:
        return is_uri(url) and _WITH_HOST.match(url) is not None

    def events(self, body: dict[str, Any]) -> list[str] | None:
        """`events`: at least one, each once, all of the six."""
        events = body.get("events")
        if events is None:
            return None
        if not isinstance(events, list) or not events or not all(event in EVENTS for event in events):
            raise invalid(f"events must be a list of at least one of {', '.join(EVENTS)}")
        if len(set(events)) < len(events):
            raise invalid("events must not name one twice")
        return events

    def view(self, webhook: sqlite3.Row) -> dict[str, Any]:
        """`Webhook`: everything but the secret."""
        shown = {name: webhook[name] for name in _PLAIN}
        return shown | {"events": json.loads(webhook["events"]), "is_active": bool(webhook["is_active"])}


def _boolean(body: dict[str, Any], name: str) -> bool | None:
    value = body.get(name)
    if value is not None and not isinstance(value, bool):
        raise invalid(f"{name} must be true or false")
    return value
