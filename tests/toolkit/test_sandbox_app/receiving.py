"""Who webhooks call: a receiver behind the services of a World, and a team that is told everything."""

import json
from collections.abc import Callable
from typing import Any

import httpx

from .test_webhooks import add
from .world import Person, World

ALL = [f"job.{name}" for name in ("queued", "started", "progress", "completed", "failed", "canceled")]


class Receiver:
    """What is behind every webhook here: answers the statuses in order, then the last one for ever.

    A status of 0 is no answer at all.
    """

    def __init__(self, world: World) -> None:
        self.statuses = [200]
        self.body = ""
        self.calls: list[httpx.Request] = []
        self.meanwhile: Callable[[], Any] = lambda: None
        world.services.answers["/framecast"] = self.answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        self.meanwhile()
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if status == 0:
            raise httpx.ReadTimeout("no answer", request=request)
        return httpx.Response(status, text=self.body, headers={"location": "https://x.example/framecast"})

    def payloads(self) -> list[dict[str, Any]]:
        return [json.loads(call.content) for call in self.calls]


class Team:
    """An owner, the owner's team, and a webhook that is told everything."""

    def __init__(self, world: World, owner: Person, created: dict[str, Any]) -> None:
        self.world, self.owner, self.secret = world, owner, created["secret"]
        self.id, self.path = created["webhook"]["team_id"], f"/v1/webhooks/{created['webhook']['id']}"
        self.urn = f"framecast:team:{self.id}"

    async def job(self) -> dict[str, Any]:
        """A job of the team, after what is told of it was attempted."""
        job = await self.owner.job(owner=self.urn)
        await self.world.sandbox.settle()
        return job

    async def deliveries(self, query: str = "") -> list[dict[str, Any]]:
        await self.world.sandbox.settle()
        return list((await self.owner.call("GET", f"{self.path}/deliveries{query}"))[1])

    async def test(self) -> dict[str, Any]:
        status, delivery = await self.owner.call("POST", f"{self.path}/test")
        assert status == 201, delivery
        return dict(delivery)

    async def retry(self, delivery: dict[str, Any]) -> tuple[int, Any]:
        return await self.owner.call("POST", f"/v1/webhook-deliveries/{delivery['id']}/retry")


async def a_team(world: World, **members: Any) -> Team:
    """A team with credits and a webhook."""
    owner = await world.creator()
    created = await add(world, owner, **{"events": ALL, **members})
    world.sandbox.set_credits(f"framecast:team:{created['webhook']['team_id']}", 1000)
    return Team(world, owner, created)
