"""Inngest's event API: `POST /e/{key}` takes one event or a list of them.

Wire format as in Inngest's documentation and its open-source event server. The event key in the path
is a secret.
"""

import random
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from starlette.responses import JSONResponse, Response

from framecast_contract.clock import Clock
from framecast_contract.doubles.double import Double, Incoming, Refusal, Served
from framecast_contract.doubles.identifiers import ulid
from framecast_contract.masking import MASK


class Inngest(Double):
    """The double. `events` holds every accepted event as it was sent, oldest first."""

    name: ClassVar[str] = "inngest"
    home: ClassVar[str] = "https://inn.gs"

    def __init__(self, clock: Clock, rng: random.Random, event_key: str = "sandbox") -> None:
        super().__init__()
        self.event_key = event_key
        self.events: list[Mapping[str, Any]] = []
        self._clock = clock
        self._rng = rng

    def operations(self) -> Sequence[Served]:
        return (Served("POST", "/e/{key}", self._receive),)

    def refused(self, refusal: Refusal) -> Response:
        body: dict[str, Any] = {"status": refusal.status, "error": refusal.message}
        if refusal.status == 400:
            body["ids"] = []
        return JSONResponse(body, refusal.status, refusal.headers)

    def masked_path(self, path: str) -> str:
        return f"/e/{MASK}" if path.startswith("/e/") else path

    def down(self, times: int = 1) -> None:
        """Answer the next `times` calls 503 and take no event."""
        self.fail_next(Refusal(503, "Service Unavailable"), times)

    def reset(self) -> None:
        """Forget calls, faults and events."""
        super().reset()
        self.events.clear()

    async def _receive(self, call: Incoming) -> Response:
        if call.parameters["key"] != self.event_key:
            difference = "path: expected /e/<the double's event_key>, got another key"
            raise Refusal(401, "Event key not found", difference=difference)
        events = call.json if isinstance(call.json, list) else [call.json]
        if problem := call.invalid_json or events_problem(events):
            raise Refusal(400, problem, difference=problem)
        self.events += events
        ids = [ulid(self._rng, self._clock.now()) for _ in events]
        return JSONResponse({"ids": ids, "status": 200})


def events_problem(events: Sequence[Any]) -> str | None:
    """What the service would object to in a batch; None when nothing."""
    if not events:
        return "no events were sent"
    return next((problem for event in events if (problem := _event_problem(event))), None)


def _event_problem(event: Any) -> str | None:
    if not isinstance(event, dict):
        return f"an event should be an object, got {type(event).__name__}"
    name = event.get("name")
    if not isinstance(name, str) or not name:
        return "event name is empty"
    if name.startswith("inngest/"):
        return f"event name is reserved for internal use: {name}"
    if not isinstance(event.get("data"), dict | None):
        return f"event data should be an object: {name}"
    if not isinstance(event.get("ts", 0), int):
        return f"event ts should be Unix milliseconds: {name}"
    return None
