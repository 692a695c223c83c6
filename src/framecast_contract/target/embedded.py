"""The default target: a sandbox in this process, with doubles behind it and a clock that the test moves."""

import dataclasses
import os
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from random import Random
from typing import Any, TypeVar

import httpx
from requests.adapters import BaseAdapter

from framecast_contract.clock import Clock, VirtualClock
from framecast_contract.doubles import Doubles, ObjectStore, RenderPlan
from framecast_contract.doubles import Reaction as Scripted
from framecast_contract.sandbox import RateLimits, Sandbox, Settings
from framecast_contract.target.adapter import AsgiAdapter
from framecast_contract.target.arrivals import Mail, Reaction, Receiver, WebhookCall
from framecast_contract.target.asgi import AsgiTransport, SyncCaller
from framecast_contract.target.base import Capability
from framecast_contract.target.tokens import TokenMint

T = TypeVar("T")

START = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
"""When virtual time begins: a Monday noon, the same in every run."""


def sandbox_settings(doubles: Doubles, **changes: Any) -> Settings:
    """A sandbox that uses these doubles and lets a test send as many requests as it likes."""
    store = doubles.object_store
    settings = Settings(
        rate_limits=RateLimits.off(),
        runpod_api_key=doubles.runpod.api_key,
        anthropic_api_key=doubles.anthropic.api_key,
        inngest_event_key=doubles.inngest.event_key,
        mail_api_key=doubles.mail.api_key,
        s3_endpoint_url=store.endpoint_url,
        s3_region=store.region,
        s3_access_key_id=store.access_key,
        s3_secret_access_key=store.secret_key,
    )
    return dataclasses.replace(settings, **changes)


_buckets: set[tuple[str, str]] = set()
"""Which buckets exist: the object store of a process is shared, so one request does for all its targets."""


def _ensure_bucket(store: ObjectStore, name: str) -> None:
    if (store.endpoint_url, name) not in _buckets:
        store.ensure_bucket(name)
        _buckets.add((store.endpoint_url, name))


class EmbeddedTarget:
    """One sandbox of its own. `changes` are settings that differ from what a test usually wants."""

    name = "sandbox"
    base_url = "http://sandbox.test"
    ignored_headers = ()
    capabilities = frozenset(Capability)

    def __init__(self, rng: Random, **changes: Any) -> None:
        self.virtual_clock = VirtualClock(START)
        self.doubles = Doubles(self.virtual_clock, Random(rng.getrandbits(64)), os.environ)
        settings = sandbox_settings(self.doubles, public_url=self.base_url, **changes)
        self.sandbox = Sandbox(
            settings,
            clock=self.virtual_clock,
            random=Random(rng.getrandbits(64)),
            upstream=self.doubles.transport(),
            receivers=self.doubles.receiver_transport(),
        )
        _ensure_bucket(self.doubles.object_store, settings.s3_bucket)
        self.doubles.runpod.callback_transport = AsgiTransport(self.sandbox.app)
        self._mint = TokenMint(settings.jwt_secret, self.clock, settings.jwt_audience, settings.jwt_issuer)

    @property
    def clock(self) -> Clock:
        return self.virtual_clock

    @cached_property
    def caller(self) -> SyncCaller:
        """Calls the sandbox from synchronous code."""
        return SyncCaller(self.sandbox.app)

    def transport(self) -> httpx.AsyncBaseTransport:
        return AsgiTransport(self.sandbox.app)

    def adapter(self) -> BaseAdapter:
        return AsgiAdapter(self.caller)

    def run(self, work: Awaitable[T]) -> T:
        result: T = self.caller.run(work)
        return result

    def mint(self, claims: Mapping[str, Any]) -> str:
        return self._mint.mint(claims)

    async def set_credits(self, owner: str, credits: int) -> None:
        self.sandbox.set_credits(owner, credits)

    def take_over_renders(self) -> None:
        self.doubles.runpod.plan = RenderPlan.manual()

    async def outbox(self) -> Sequence[Mail]:
        await self.settle()
        return [Mail(mail["to"], mail["subject"], mail["text"]) for mail in self.doubles.mail.outbox]

    def receiver(self, name: str) -> Receiver:
        return _Receiver(self, f"/{name}")

    async def settle(self) -> None:
        await self.sandbox.settle()

    def close(self) -> None:
        """Give back what the sandbox holds: its database and the event loop of synchronous calls."""
        self.sandbox.close()
        if "caller" in self.__dict__:
            self.caller.close()


@dataclass(frozen=True, slots=True)
class _Receiver:
    """A receiver of webhook calls at one path of the double."""

    target: EmbeddedTarget
    path: str

    @property
    def url(self) -> str:
        return self.target.doubles.receiver.url(self.path)

    async def react(self, *reactions: Reaction, body: str = "") -> None:
        told = [Scripted(each, body) if isinstance(each, int) else each for each in reactions]
        self.target.doubles.receiver.script(self.path, *told)

    async def calls(self) -> Sequence[WebhookCall]:
        await self.target.settle()
        received = self.target.doubles.receiver.received(self.path)
        return [WebhookCall(call.headers, call.body, call.at) for call in received]
