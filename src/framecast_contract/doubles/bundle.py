"""All doubles of one world, and the two ways to them.

A transport serves a server in this process, loopback ports serve one in another.
"""

import contextlib
import random
from collections.abc import AsyncIterator, Iterator, Mapping
from functools import cached_property

import httpx
import respx

from framecast_contract.clock import Clock
from framecast_contract.doubles.anthropic import Anthropic
from framecast_contract.doubles.double import Double
from framecast_contract.doubles.inngest import Inngest
from framecast_contract.doubles.mail import Mail
from framecast_contract.doubles.object_store import ObjectStore
from framecast_contract.doubles.outgoing import send
from framecast_contract.doubles.receiver import WebhookReceiver
from framecast_contract.doubles.recording import DoubleMismatch
from framecast_contract.doubles.runpod import RunPod
from framecast_contract.doubles.servers import serve_on_loopback

_LOOPBACK_HOSTS = ("127.0.0.1", "localhost", "[::1]")


class Doubles:
    """Every service a Framecast server calls.

    `environment` may name a real S3 (`S3_ENDPOINT_URL`); everything else is a double, driven by `clock` and
    `rng`.
    """

    def __init__(
        self, clock: Clock, rng: random.Random, environment: Mapping[str, str] | None = None
    ) -> None:
        self.runpod = RunPod(clock, rng)
        self.anthropic = Anthropic(rng)
        self.inngest = Inngest(clock, rng)
        self.mail = Mail(rng)
        self.receiver = WebhookReceiver(clock)
        self._outside = dict(environment or {})
        self._clock, self._access_key = clock, f"sandbox-{rng.getrandbits(64):016x}"
        self._strangers: list[str] = []

    @cached_property
    def object_store(self) -> ObjectStore:
        """The object store; a loopback server is started when somebody asks for the first time."""
        if self._outside.get("S3_ENDPOINT_URL"):
            return ObjectStore.from_environment(self._outside)
        return ObjectStore.for_world(self._access_key, self._clock)

    @property
    def services(self) -> tuple[Double, ...]:
        """The doubles that answer HTTP calls of the server."""
        return (self.runpod, self.anthropic, self.inngest, self.mail)

    def transport(self) -> httpx.AsyncBaseTransport:
        """A transport that reaches the doubles at the services' real hosts, and loopback as it is.

        Any other host is a failed connection, and remembered for `verify()`. Nothing is patched: only clients
        that are given this transport are affected.
        """
        return httpx.MockTransport(self._handle)

    def receiver_transport(self) -> httpx.AsyncBaseTransport:
        """A transport for webhook calls, which teams may point anywhere: only `receiver` is there.

        Any other host is a failed connection, and no reason for `verify()` to object.
        """
        return self.receiver.transport()

    @contextlib.asynccontextmanager
    async def serve(self, ports: Mapping[str, int] | None = None) -> AsyncIterator[dict[str, str]]:
        """Listen on loopback and yield the environment for a server in another process.

        `ports` fixes ports by name (`runpod`, `anthropic`, `inngest`, `mail`); the others are free ones.
        Raises `OSError` when a port is taken, `ValueError` for a name that is no double.
        """
        wanted = dict(ports or {})
        if unknown := set(wanted) - {double.name for double in self.services}:
            names = ", ".join(double.name for double in self.services)
            raise ValueError(f"no double is named {sorted(unknown)}; there are {names}")
        apps = {double.name: double.app for double in self.services}
        async with serve_on_loopback(apps, wanted) as bases:
            yield self.environment(bases)

    def environment(self, bases: Mapping[str, str] | None = None) -> dict[str, str]:
        """The settings of a server that uses these doubles; without `bases` at the services' real URLs."""
        urls = {double.name: double.home for double in self.services} | dict(bases or {})
        return {
            **{f"{name.upper()}_BASE_URL": url for name, url in urls.items()},
            "RUNPOD_API_KEY": self.runpod.api_key,
            "ANTHROPIC_API_KEY": self.anthropic.api_key,
            "INNGEST_EVENT_KEY": self.inngest.event_key,
            "MAIL_API_KEY": self.mail.api_key,
            **self.object_store.environment(),
        }

    def findings(self) -> Iterator[str]:
        """A paragraph for everything `verify()` objects to."""
        for double in self.services:
            yield from double.findings()
        yield from self._strangers

    def verify(self) -> None:
        """Raise `DoubleMismatch` for unexpected calls, unknown hosts and expected calls that never came."""
        if findings := list(self.findings()):
            raise DoubleMismatch("\n".join(findings))

    def reset(self) -> None:
        """Forget calls, plans, jobs, events, faults and expectations; stored objects stay."""
        for double in self.services:
            double.reset()
        self.receiver.reset()
        self._strangers.clear()
        if "_router" in self.__dict__:
            self._router.reset()

    async def _handle(self, request: httpx.Request) -> httpx.Response:
        response: httpx.Response = await self._router.async_handler(request)
        return response

    @cached_property
    def _router(self) -> respx.MockRouter:
        """Made at the first call: many worlds never see one, and making it takes half as long as the rest."""
        router = respx.MockRouter(assert_all_called=False)
        for double in self.services:
            host = httpx.URL(double.home).host
            router.route(host=host).mock(side_effect=respx.ASGIHandler(double.app))
        for host in _LOOPBACK_HOSTS:
            router.route(host=host).mock(side_effect=_pass_through)
        router.route().mock(side_effect=self._refuse)
        return router

    async def _refuse(self, request: httpx.Request) -> httpx.Response:
        where = str(request.url.copy_with(query=None, userinfo=b""))
        homes = ", ".join(double.home for double in self.services)
        stranger = f"unexpected call {request.method} {where}\n    host: expected one of {homes} or loopback"
        self._strangers.append(stranger)
        raise httpx.ConnectError(f"no double answers for {where}", request=request)


async def _pass_through(request: httpx.Request) -> httpx.Response:
    return await send(request, None)
