"""What a server sends out, as a test sees it arrive: mail, and calls to a webhook's receiver."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Reaction = int | Literal["silence", "unreachable"]
"""How a receiver reacts to a call: a status, no answer in time, or no connection at all."""


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail that was sent."""

    to: str
    subject: str
    text: str


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """One attempt of a delivery: headers in lower case, the body byte for byte, and when it came.

    `at` is in Unix seconds of the target's clock.
    """

    headers: Mapping[str, str]
    body: bytes
    at: float


class Receiver(Protocol):
    """Somewhere on the network that a server can deliver to, and that does as a test says."""

    @property
    def url(self) -> str:
        """Its address, https."""

    async def react(self, *reactions: Reaction, body: str = "") -> None:
        """React to the next calls in this order, then like the last one; without being told, with 200.

        `body` comes with every status.
        """

    async def calls(self) -> Sequence[WebhookCall]:
        """Every call so far, oldest first; what was unreachable never came."""
