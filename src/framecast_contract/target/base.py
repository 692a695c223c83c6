"""What is under test, seen from a test: an address, a way to reach it, and what it lets a test decide."""

from collections.abc import Awaitable, Mapping, Sequence
from enum import StrEnum
from typing import Any, Protocol, TypeVar

import httpx
from requests.adapters import BaseAdapter

from framecast_contract.clock import Clock
from framecast_contract.target.arrivals import Mail, Receiver

T = TypeVar("T")


class Capability(StrEnum):
    """Something a test may need and a target may lack; a test without it is skipped and counts as unknown."""

    CLOCK = "clock"
    """Time can be moved."""
    RENDERS = "renders"
    """A test decides how a render ends."""
    CREDITS = "credits"
    """Balances can be set."""
    OUTBOX = "outbox"
    """Sent mail can be read."""
    FAULTS = "faults"
    """The services behind the server can be broken."""
    WEBHOOK_RECEIVER = "webhook_receiver"
    """The server can reach a receiver of ours."""


class Target(Protocol):
    """One Framecast server. Calls that need a missing capability raise `TargetError`."""

    @property
    def name(self) -> str:
        """How reports call it."""

    @property
    def base_url(self) -> str:
        """Where paths start, without a trailing slash."""

    @property
    def ignored_headers(self) -> Sequence[str]:
        """Headers that answers may have without the contract: proxies add some."""

    @property
    def capabilities(self) -> frozenset[Capability]:
        """What a test may decide here."""

    @property
    def clock(self) -> Clock:
        """The time that passes at the target, to wait on."""

    def transport(self) -> httpx.AsyncBaseTransport:
        """A new transport for an asynchronous client."""

    def adapter(self) -> BaseAdapter | None:
        """What `requests` sessions mount to reach it; None means the network."""

    def run(self, work: Awaitable[T]) -> T:
        """Do asynchronous work from synchronous code, on the loop that the adapter calls on."""

    def close(self) -> None:
        """Give back what is held open."""

    def mint(self, claims: Mapping[str, Any]) -> str:
        """A signed JWT with these claims; `sub` and, for a new user, `email` are the caller's to give.

        `exp` (one hour ahead), `iat`, `aud` and `role` are filled in unless they are given; a claim given as
        None is left out.
        """

    async def set_credits(self, owner: str, credits: int) -> None:
        """Set the balance that pays for this owner URN, in credits (capability `credits`)."""

    def take_over_renders(self) -> None:
        """From now on nobody but the test reports on renders (capability `renders`)."""

    async def outbox(self) -> Sequence[Mail]:
        """Every mail the target has sent so far, oldest first (capability `outbox`)."""

    def receiver(self, name: str) -> Receiver:
        """A receiver of webhook calls; the same name is the same one (capability `webhook_receiver`)."""

    async def settle(self) -> None:
        """Return when the target has finished what it does after answering, as far as that can be known."""
