"""What a served sandbox sends out, read through its control surface."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from framecast_contract.target.arrivals import Mail, Reaction, WebhookCall

TIMEOUT = 30.0


@dataclass(frozen=True, slots=True)
class ControlSurface:
    """The commands under `/__sandbox__/` of one server."""

    url: str

    async def ask(self, name: str) -> dict[str, Any]:
        async with httpx.AsyncClient(base_url=self.url, timeout=TIMEOUT) as client:
            return dict((await client.get(f"/__sandbox__/{name}")).raise_for_status().json())

    async def tell(self, name: str, command: dict[str, Any]) -> None:
        async with httpx.AsyncClient(base_url=self.url, timeout=TIMEOUT) as client:
            (await client.post(f"/__sandbox__/{name}", json=command)).raise_for_status()


async def sent_mail(surface: ControlSurface) -> Sequence[Mail]:
    """Every mail so far, oldest first."""
    mails = (await surface.ask("outbox"))["mails"]
    return [Mail(mail["to"], mail["subject"], mail["text"]) for mail in mails]


@dataclass(frozen=True, slots=True)
class RemoteReceiver:
    """One path of the receiver behind a served sandbox."""

    surface: ControlSurface
    home: str
    path: str

    @property
    def url(self) -> str:
        return f"{self.home}{self.path}"

    async def react(self, *reactions: Reaction, body: str = "") -> None:
        told = [{"status": each, "body": body} if isinstance(each, int) else each for each in reactions]
        await self.surface.tell("receiver", {"path": self.path, "reactions": told})

    async def calls(self) -> Sequence[WebhookCall]:
        received = (await self.surface.ask("receiver"))["calls"]
        return [
            WebhookCall(call["headers"], call["body"].encode(), call["at"])
            for call in received
            if call["path"] == self.path
        ]
