"""Webhooks at work: a team's webhook and the receiver behind it, its calls, and how its deliveries fare.

Calls come in their own time, within 30 seconds, in no order and maybe more than once: whoever expects some
waits here, and repeats are dropped by the id of the delivery.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, cast
from uuid import UUID

from framecast_client import FramecastClient, Request, operations
from framecast_client.models import Job, Webhook, WebhookDelivery, WebhookEventType, WebhookWithSecret
from framecast_contract.oracle.webhook_calls import DELIVERY_ID, TIMESTAMP
from framecast_contract.oracle.webhooks import EVENTS
from framecast_contract.target.arrivals import Receiver, WebhookCall
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time, poll_until
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import Team, team_with
from framecast_contract.workloads.teams import renewed as renewed_team

SOMEWHERE = "https://hooks.example.com/framecast"
"""An address for webhooks that nothing is sent to."""
WITHIN = 30
"""Seconds that a call takes at most."""


@dataclass(frozen=True, slots=True)
class Hook:
    """A team's webhook, the secret it was made with, and the receiver it points at."""

    team: Team
    id: str
    secret: str
    receiver: Receiver

    @property
    def client(self) -> FramecastClient:
        """The client of the team's owner, who manages the webhook."""
        return self.team.owner.client

    async def read(self) -> Webhook:
        return await self.client.get_webhook(self.id)

    async def deliveries(self, **filters: Any) -> list[WebhookDelivery]:
        """One page of deliveries, as listed."""
        return await self.client.list_webhook_deliveries(self.id, **filters)

    async def written_deliveries(self) -> list[dict[str, Any]]:
        """The newest deliveries as the server spells them, to compare with what was sent."""
        answer = await self.client.send(operations.list_webhook_deliveries(self.id, limit=100))
        written: list[dict[str, Any]] = json.loads(answer.raw.content)
        return written

    async def new_job(self, *durations: float) -> Job:
        """A queued job of the team itself."""
        return await self.client.create_job(storyboard(*durations), owner=self.team.urn)


async def new_webhook(team: Team, *events: str, url: str = SOMEWHERE) -> WebhookWithSecret:
    """A webhook made by the team's owner, for all events unless some are given."""
    wanted = cast("Sequence[WebhookEventType]", events or EVENTS)
    return await team.owner.client.create_webhook(team.id, url, wanted)


async def hook_of(people: People, team: Team, *events: str, name: str = "hook") -> Hook:
    """One more webhook of the team, with a receiver of that name (capability `webhook_receiver`)."""
    receiver = people.target.receiver(name)
    made = await new_webhook(team, *events, url=receiver.url)
    return Hook(team, str(made.webhook.id), made.secret, receiver)


async def watched_team(people: People, *events: str, credits: int = 0, name: str = "hook") -> Hook:
    """A new team and its webhook, for all events unless some are given."""
    return await hook_of(people, await team_with(people, credits=credits), *events, name=name)


def renewed(people: People, hook: Hook) -> Hook:
    """The same webhook, its people with new sessions, for stories that outlast the hour a session lives."""
    return replace(hook, team=renewed_team(people, hook.team))


def webhook_requests(team_id: UUID | str, webhook_id: UUID | str) -> dict[str, Request[Any]]:
    """A good request of every operation on a webhook or on its team's webhooks, by operation."""
    return {
        "list_webhooks": operations.list_webhooks(team_id),
        "create_webhook": operations.create_webhook(team_id, SOMEWHERE, ["job.completed"]),
        "get_webhook": operations.get_webhook(webhook_id),
        "update_webhook": operations.update_webhook(webhook_id, events=["job.failed"]),
        "rotate_webhook_secret": operations.rotate_webhook_secret(webhook_id),
        "test_webhook": operations.test_webhook(webhook_id),
        "list_webhook_deliveries": operations.list_webhook_deliveries(webhook_id),
        "delete_webhook": operations.delete_webhook(webhook_id),
    }


async def calls(hook: Hook, count: int = 1, event: str | None = None) -> list[WebhookCall]:
    """The first call of each of `count` deliveries, maybe more; those of one event if it is named."""

    async def arrived() -> list[WebhookCall] | None:
        came = first_calls(await hook.receiver.calls(), event)
        return came if len(came) >= count else None

    return await poll_until(arrived, timeout=WITHIN, description=f"{count} call(s) of {event or 'any event'}")


def first_calls(came: Sequence[WebhookCall], event: str | None = None) -> list[WebhookCall]:
    """Calls without repeats of a delivery, oldest first."""
    first: dict[str, WebhookCall] = {}
    for call in came:
        first.setdefault(call.headers[DELIVERY_ID], call)
    return [call for call in first.values() if event is None or event_of(call) == event]


def event_of(call: WebhookCall) -> str:
    """What a call tells of."""
    return str(payload_of(call)["event"])


def payload_of(call: WebhookCall) -> dict[str, Any]:
    """The body of a call, decoded."""
    payload: dict[str, Any] = json.loads(call.body)
    return payload


async def quiet_calls(hook: Hook) -> list[WebhookCall]:
    """Every attempt's call, once the time has passed in which more could come (capability `clock`)."""
    await pass_time(WITHIN + 1)
    return attempts_in(await hook.receiver.calls())


def attempts_in(came: Sequence[WebhookCall]) -> list[WebhookCall]:
    """One call for each attempt, oldest first: two of one delivery and one second are the same attempt."""
    attempts: dict[tuple[str, str], WebhookCall] = {}
    for call in came:
        attempts.setdefault((call.headers[DELIVERY_ID], call.headers[TIMESTAMP]), call)
    return list(attempts.values())


async def attempted(hook: Hook, count: int = 1, *, attempts: int = 1) -> list[WebhookDelivery]:
    """The deliveries of a webhook once there are `count`, each attempted that often; newest first."""

    async def done() -> list[WebhookDelivery] | None:
        listed = await hook.deliveries(limit=100)
        ready = len(listed) >= count and all(each.attempts >= attempts for each in listed)
        return listed if ready else None

    what = f"{count} deliveries attempted {attempts} time(s)"
    return await poll_until(done, timeout=WITHIN, description=what)


async def live_through(hook: Hook, back_end: RenderBackEnd, job: Job, ending: str) -> Job:
    """Start a queued job, report progress twice, more than a second apart, and end it so."""
    await back_end.start(job.id)
    for percent in (25, 75):
        await pass_time(1.5)
        await back_end.progress(job.id, percent)
    await pass_time(1.5)
    if ending == "canceled":
        return await hook.client.cancel_job(job.id)
    return await (back_end.complete if ending == "completed" else back_end.fail)(job.id)


async def failed_delivery_of(owner: Persona, webhook_id: UUID | str, receiver: Receiver) -> WebhookDelivery:
    """A test delivery that the receiver refuses with 400, which is final."""
    await receiver.react(400)
    return await owner.client.test_webhook(webhook_id)
