"""Personas: the named people (and keys, and nobodies) that tests act as.

Each is made for one test, in the target, through the API itself: a first request provisions the user,
`upgrade_account` makes a creator, `create_api_key` a key. Credits need the capability of that name.
"""

from dataclasses import dataclass
from random import Random
from types import TracebackType
from typing import Any, cast
from uuid import UUID

import httpx

from framecast_client import NO_RETRIES, FramecastClient
from framecast_client.models import ApiKeyScope
from framecast_contract.history import History
from framecast_contract.target.base import Target
from framecast_contract.target.recording import OperationOf, RecordingTransport

GARBAGE_TOKEN = "not.a.token"


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody who acts: a name for reports, who they are, and their client."""

    name: str
    user_id: str
    email: str
    token: str | None
    client: FramecastClient

    @property
    def owner(self) -> str:
        """The personal owner URN."""
        return f"framecast:user:{self.user_id}"

    async def balance(self) -> int:
        """The person's own credits, as the API tells them."""
        return (await self.client.get_account()).credits


class People:
    """Makes personas in one target and closes their clients at the end."""

    def __init__(self, target: Target, random: Random, history: History, operation_of: OperationOf) -> None:
        self.target = target
        self.history = history
        self._random = random
        self._operation_of = operation_of
        self._clients: list[FramecastClient | httpx.AsyncClient] = []

    async def __aenter__(self) -> "People":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self._clients:
            await client.aclose()

    def uuid(self) -> str:
        """A fresh id, repeatable from the seed of the test."""
        return str(UUID(int=self._random.getrandbits(128), version=4))

    def client(self, name: str, token: str | None) -> FramecastClient:
        """A client that acts as `name`; every exchange goes into the history."""
        client = FramecastClient(
            self.target.base_url,
            token,
            strict=True,  # what the contract does not declare is a finding
            retries=NO_RETRIES,  # and what a server does must be seen, not smoothed over
            ignored_headers=self.target.ignored_headers,
            transport=self._transport(name),
        )
        self._clients.append(client)
        return client

    def raw_client(self, name: str, authorization: str | bytes | None = None) -> httpx.AsyncClient:
        """Sends as `name` what no generated client can; `authorization` is the whole header."""
        sent = authorization.encode() if isinstance(authorization, str) else authorization
        headers = {} if sent is None else {b"Authorization": sent}
        client = httpx.AsyncClient(
            base_url=self.target.base_url, headers=headers, transport=self._transport(name)
        )
        self._clients.append(client)
        return client

    def _transport(self, name: str) -> RecordingTransport:
        return RecordingTransport(
            self.target.transport(),
            history=self.history,
            persona=name,
            operation_of=self._operation_of,
            clock=self.target.clock,
        )

    def unprovisioned(self, name: str, **claims: Any) -> Persona:
        """Somebody with a valid token whom the server has never seen."""
        user_id = self.uuid()
        email = f"{name.replace(' ', '-')}-{user_id[:8]}@example.com"
        token = self.target.mint({"sub": user_id, "email": email, **claims})
        return Persona(name, user_id, email, token, self.client(name, token))

    def renewed(self, person: Persona, **claims: Any) -> Persona:
        """The same person with a new session, for stories that outlast the hour a session lives."""
        return self.bearing(
            person, self.target.mint({"sub": person.user_id, "email": person.email, **claims})
        )

    def bearing(self, person: Persona, token: str) -> Persona:
        """The same person behind another token, a bad one maybe."""
        return Persona(person.name, person.user_id, person.email, token, self.client(person.name, token))

    def nobody(self) -> Persona:
        """Somebody without credentials."""
        return Persona("nobody", self.uuid(), "", None, self.client("nobody", None))

    def render_back_end(self) -> Persona:
        """The machine that reports on renders; from now on nobody else does."""
        self.target.take_over_renders()
        name = "render back end"
        return Persona(name, self.uuid(), "", None, self.client(name, None))

    async def starter(self, name: str = "starter", *, credits: int = 0) -> Persona:
        """A provisioned starter with that many credits."""
        person = self.unprovisioned(name)
        await person.client.get_account()
        if credits:
            await self.target.set_credits(person.owner, credits)
        return person

    async def creator(self, name: str = "creator", *, credits: int = 0) -> Persona:
        """An upgraded creator, owner of a personal team, with that many personal credits."""
        person = await self.starter(name, credits=credits)
        await person.client.upgrade_account("creator")
        return person

    async def key_of(self, person: Persona, *scopes: str, **options: Any) -> Persona:
        """A new API key of `person`, acting as itself."""
        wanted = cast("list[ApiKeyScope]", list(scopes or ["*"]))
        created = await person.client.create_api_key(scopes=wanted, **options)
        name = f"{person.name}'s key ({', '.join(wanted)})"
        key = created.raw_key
        return Persona(name, person.user_id, person.email, key, self.client(name, key))
