"""A Framecast by URL. What it lets a test decide is found out by asking, or told by a profile.

A sandbox served with `--control` has a control surface and gives every capability; any other server gets the
tests that need none.
"""

import asyncio
import os
import ssl
import tomllib
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import httpx

from framecast_contract.clock import Clock, SystemClock
from framecast_contract.target.arrivals import Mail, Receiver
from framecast_contract.target.base import Capability
from framecast_contract.target.errors import TargetError
from framecast_contract.target.remote_arrivals import ControlSurface, RemoteReceiver, sent_mail
from framecast_contract.target.tokens import TokenMint

T = TypeVar("T")

CONTROL = "/__sandbox__"
DEFAULT_SECRET = "JWT_SECRET"
TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How to reach a server: its address and the environment variable that holds its JWT secret."""

    url: str
    jwt_secret_env: str = DEFAULT_SECRET
    jwt_audience: str | None = "authenticated"
    jwt_issuer: str | None = None
    ignored_headers: Sequence[str] = ("*",)
    """Undeclared headers to pass over, as names or patterns; proxies add what no contract knows."""

    @property
    def jwt_secret(self) -> str:
        """The secret; without the variable the one that a sandbox has by default."""
        return os.environ.get(self.jwt_secret_env) or _sandbox_secret()


def _sandbox_secret() -> str:
    from framecast_contract.sandbox.settings import Settings  # a second of imports that a real secret saves

    return Settings().jwt_secret


def sandbox_mint() -> TokenMint:
    """Mints tokens for a sandbox served with its default secret, or with `JWT_SECRET`."""
    return TokenMint(Profile("http://127.0.0.1").jwt_secret, SystemClock())


def read_profile(target: str) -> Profile:
    """A URL, or the path of a TOML profile. TargetError, one line, for anything else."""
    if target.startswith(("http://", "https://")):
        return Profile(target.rstrip("/"))
    path = Path(target)
    if not path.is_file():
        raise TargetError(
            f"target {target!r}: expected sandbox, a URL (http://…) or the path of a TOML profile"
        )
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
        profile = Profile(**values)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError) as error:
        raise TargetError(f"target profile {path}: {error}; see docs/targets.md for its members") from error
    if not str(profile.url).startswith(("http://", "https://")):
        raise TargetError(f"target profile {path}: url is {profile.url!r}, expected http://… or https://…")
    return profile


@cache
def _tls() -> ssl.SSLContext:
    """Loading the certificate store takes longer than a request, so a process does it once."""
    return httpx.create_ssl_context()


class LiveTarget:
    """A server somewhere else, on real time unless its control surface says otherwise."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._loop = asyncio.new_event_loop()
        self.name = profile.url
        self.base_url = profile.url
        self.ignored_headers = tuple(profile.ignored_headers)
        self._surface = ControlSurface(profile.url)
        self._unique = uuid4()  # tests share the server, but not their receivers
        state = _control_state(profile.url)
        self.capabilities = frozenset(map(Capability, state.get("capabilities", [])))
        virtual = Capability.CLOCK in self.capabilities
        self.clock: Clock = _RemoteClock(profile.url) if virtual else SystemClock()
        self._mint = TokenMint(profile.jwt_secret, self.clock, profile.jwt_audience, profile.jwt_issuer)

    def transport(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(verify=_tls())

    def adapter(self) -> None:
        return None

    def run(self, work: Awaitable[T]) -> T:
        return self._loop.run_until_complete(work)

    def mint(self, claims: Mapping[str, Any]) -> str:
        return self._mint.mint(claims)

    async def set_credits(self, owner: str, credits: int) -> None:
        if Capability.CREDITS not in self.capabilities:
            raise TargetError(f"{self.name} has no way to set credits")
        async with httpx.AsyncClient(base_url=self.base_url, timeout=TIMEOUT) as client:
            answer = await client.post(f"{CONTROL}/credits", json={"owner": owner, "credits": credits})
            answer.raise_for_status()

    def take_over_renders(self) -> None:
        if Capability.RENDERS in self.capabilities:
            httpx.post(f"{self.base_url}{CONTROL}/renders", json={"ending": "manual"}, timeout=TIMEOUT)

    async def outbox(self) -> Sequence[Mail]:
        return await sent_mail(self._surface)

    def receiver(self, name: str) -> Receiver:
        answer = httpx.get(f"{self.base_url}{CONTROL}/receiver", timeout=TIMEOUT).raise_for_status()
        return RemoteReceiver(self._surface, answer.json()["url"], f"/{name}-{self._unique}")

    async def settle(self) -> None:
        """A server elsewhere finishes in its own time; tests poll."""

    def close(self) -> None:
        self._loop.close()


class _RemoteClock(SystemClock):
    """The virtual clock of a served sandbox: sleeping moves it."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self._url = url

    def now(self) -> Any:
        from datetime import datetime

        answer = httpx.get(f"{self._url}{CONTROL}/clock", timeout=TIMEOUT)
        return datetime.fromisoformat(answer.json()["now"])

    async def sleep(self, seconds: float) -> None:
        async with httpx.AsyncClient(base_url=self._url, timeout=TIMEOUT) as client:
            answer = await client.post(f"{CONTROL}/clock/advance", json={"seconds": seconds})
            answer.raise_for_status()


def _control_state(url: str) -> dict[str, Any]:
    """What the control surface says; nothing when there is none."""
    try:
        answer = httpx.get(f"{url}{CONTROL}/state", timeout=TIMEOUT)
        return dict(answer.json()) if answer.status_code == 200 else {}
    except (httpx.HTTPError, ValueError):
        return {}


def check_reachable(profile: Profile) -> None:
    """Make sure that a Framecast answers there and takes our tokens. TargetError, one line, when not."""
    try:
        health = httpx.get(f"{profile.url}/health", timeout=TIMEOUT)
    except httpx.HTTPError as error:
        raise TargetError(
            f"{profile.url} is not reachable ({error}); start the server or correct --target"
        ) from error
    if health.status_code != 200 or health.text.strip() != "OK":
        raise TargetError(
            f"{profile.url}/health answered {health.status_code}, expected 200 OK; is it Framecast?"
        )
    token = TokenMint(profile.jwt_secret, SystemClock(), profile.jwt_audience, profile.jwt_issuer).mint(
        {"sub": "00000000-0000-4000-8000-000000000001", "email": "contract-suite@example.com"}
    )
    answer = httpx.get(
        f"{profile.url}/v1/auth/whoami", headers={"Authorization": f"Bearer {token}"}, timeout=TIMEOUT
    )
    if answer.status_code == 401:
        raise TargetError(
            f"{profile.url} refuses our tokens (401); set {profile.jwt_secret_env} to its JWT secret"
        )
