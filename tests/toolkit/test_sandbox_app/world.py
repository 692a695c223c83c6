"""One sandbox with people in it and services behind it, as small as the tests of the sandbox need."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

import httpx

from framecast_contract.clock import VirtualClock
from framecast_contract.sandbox import RateLimits, Sandbox, Settings
from framecast_contract.target.tokens import TokenMint

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
SPEC = {
    "title": "A walk",
    "symbols": {"dog": {"prompt": "a small brown dog"}},
    "scenes": [{"id": "park", "prompt": "@dog in a park", "duration": 10}],
}
VIDEO = {
    "video_url": "https://cdn.example.com/final.mp4",
    "duration": 10,
    "resolution": "1920x1080",
    "format": "mp4",
    "size_bytes": 1000,
}
BASE = "http://sandbox.test"


@dataclass
class Person:
    """Somebody with a token or key; calls give back status and JSON (text for anything else)."""

    world: "World"
    id: str
    token: str

    @property
    def urn(self) -> str:
        return f"framecast:user:{self.id}"

    async def call(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        response = await self.send(method, path, body, **headers)
        return response.status_code, _content(response)

    async def send(self, method: str, path: str, body: Any = None, **headers: str) -> httpx.Response:
        given = {"Authorization": f"Bearer {self.token}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.world.http.request(method, path, json=body, headers=given)

    async def job(self, **members: Any) -> dict[str, Any]:
        status, job = await self.call("POST", "/v1/generate", {"spec": SPEC, **members})
        assert status == 201, job
        return dict(job)

    async def read(self, job_id: str) -> dict[str, Any]:
        return dict((await self.call("GET", f"/v1/jobs/{job_id}"))[1])

    async def balance(self) -> int:
        return int((await self.call("GET", "/v1/account"))[1]["credits"])

    async def events(self, job_id: str, **headers: str) -> list[str]:
        """The kinds of event in the (finished) stream."""
        text = (await self.send("GET", f"/v1/jobs/{job_id}/events", **headers)).text
        return [line.removeprefix("event: ") for line in text.splitlines() if line.startswith("event: ")]


@dataclass
class Services:
    """Inngest, Anthropic and RunPod as far as they must answer; `answers` overrides by part of the URL."""

    answers: dict[str, Callable[[httpx.Request], httpx.Response]] = field(default_factory=dict)
    calls: list[tuple[str, str, Any]] = field(default_factory=list)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        body: Any = json.loads(request.content) if request.content else None
        self.calls.append((request.method, request.url.path, body))
        for part, answer in self.answers.items():
            if part in request.url.path:
                return answer(request)
        if request.url.path == "/v1/messages":
            scenes = json.loads(body["messages"][0]["content"])
            text = json.dumps({scene: f"vivid {prompt}" for scene, prompt in scenes.items()})
            return httpx.Response(200, json={"content": [{"type": "text", "text": text}]})
        number = sum("/run" in path for _, path, _ in self.calls)
        return httpx.Response(200, json={"id": f"render-{number}", "status": "IN_QUEUE"})

    def fail(self, part: str, status: int, **headers: str) -> None:
        """Answer everything at this URL with an error from now on."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[part] = lambda _request: httpx.Response(status, headers=given, json={})

    def paths(self) -> list[str]:
        return [path for _, path, _ in self.calls]


class World:
    """A sandbox on a virtual clock; renders are played through callbacks unless `renders` says otherwise."""

    def __init__(self, **changes: Any) -> None:
        self.clock = VirtualClock(START)
        self.services = Services()
        settings: dict[str, Any] = {"renders": "none", "rate_limits": RateLimits.off(), "public_url": BASE}
        self.settings = Settings(**settings | changes)
        transport = httpx.MockTransport(self.services)
        self.sandbox = Sandbox(self.settings, clock=self.clock, random=Random(7), upstream=transport)
        self.http = httpx.AsyncClient(transport=httpx.ASGITransport(self.sandbox.app), base_url=BASE)
        self._random = Random(8)

    def token(self, **claims: Any) -> str:
        return TokenMint(self.settings.jwt_secret, self.clock).mint(claims)

    def stranger(self) -> Person:
        """Somebody the server has not seen yet."""
        user_id = str(UUID(int=self._random.getrandbits(128), version=4))
        token = self.token(sub=user_id, email=f"{user_id[:8]}@example.com", exp=2**40)
        return Person(self, user_id, token)

    async def starter(self, credits: int = 1000) -> Person:
        person = self.stranger()
        await person.call("GET", "/v1/account")
        self.sandbox.set_credits(person.urn, credits)
        return person

    async def creator(self, credits: int = 1000) -> Person:
        person = await self.starter(credits)
        assert (await person.call("POST", "/v1/account/upgrade", {"target_tier": "creator"}))[0] == 200
        return person

    def team_of(self, person: Person) -> str:
        row = self.sandbox.database.one("SELECT team_id FROM memberships WHERE user_id = ?", person.id)
        assert row is not None
        return str(row["team_id"])

    def join(self, person: Person, team_id: str, role: str) -> None:
        with self.sandbox.database.transaction():
            self.sandbox.teams.add_member(team_id, person.id, role)

    async def key(self, person: Person, *scopes: str, **members: Any) -> Person:
        """The same person, acting through a new API key."""
        body = {"scopes": list(scopes), **members}
        status, created = await person.call("POST", "/v1/auth/keys", body)
        assert status == 201, created
        return Person(self, person.id, created["raw_key"])

    async def report(self, job: dict[str, Any], event: str, **members: Any) -> tuple[int, Any]:
        """What the render worker posts."""
        body = {"job_id": job["id"], "event": event, **members}
        response = await self.http.post("/internal/jobs/callback", json=body)
        return response.status_code, response.json()

    async def ask(self, method: str, path: str, **request: Any) -> httpx.Response:
        """A request of nobody in particular."""
        return await self.http.request(method, path, **request)


@asynccontextmanager
async def a_world(**changes: Any) -> AsyncIterator[World]:
    """A world that is cleaned up at the end."""
    world = World(**changes)
    try:
        yield world
        await world.sandbox.settle()
    finally:
        await world.http.aclose()
        await world.sandbox.upstreams.close()
        world.sandbox.close()


def code(answer: tuple[int, Any]) -> tuple[int, str]:
    """Status and error code of a refused call."""
    return answer[0], answer[1]["error"]["code"]


def _content(response: httpx.Response) -> Any:
    is_json = response.headers.get("content-type", "").startswith("application/json")
    return response.json() if is_json else response.text
