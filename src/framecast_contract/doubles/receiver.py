"""Webhook receivers: what teams point Framecast's webhooks at.

Unlike the services a receiver has no wire format of its own: it takes whatever is posted to it, keeps it as
it came, and reacts as a test has decided. Every path under `home` is a receiver of its own. It is reached in
process only: webhooks are https, which a loopback port cannot offer.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, Self, get_args

import httpx

from framecast_contract.clock import Clock

Fault = Literal["silence", "unreachable"]
"""The call comes in and no answer goes out in time; or there is no connection and nothing comes in."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What a receiver does with one call: it answers, or (`fault`) the caller hears nothing."""

    status: int = 200
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    fault: Fault | None = None

    @classmethod
    def redirect(cls, location: str, status: int = 302) -> Self:
        """A 3xx that points elsewhere."""
        return cls(status, headers={"location": location})

    @classmethod
    def of(cls, value: Any) -> Self:
        """A reaction from a status, the name of a fault, or its members as JSON has them.

        ValueError, one line, for anything else.
        """
        if isinstance(value, dict):
            members = value
        else:
            members = {"fault": value} if isinstance(value, str) else {"status": value}
        if problem := _problem(members):
            raise ValueError(problem)
        return cls(**members)


def _problem(members: Mapping[str, Any]) -> str | None:
    """Why no reaction has these members; None when one can."""
    status, fault = members.get("status", 200), members.get("fault")
    headers = members.get("headers", {})
    if unknown := set(members) - {"status", "body", "headers", "fault"}:
        return f"a reaction has status, body, headers and fault, not {sorted(unknown)}"
    if type(status) is not int or not 200 <= status <= 599:
        return f"status must be 200 to 599, got {status!r}"
    if fault not in (None, *get_args(Fault)):
        return f"fault must be silence or unreachable, got {fault!r}"
    texts = [members.get("body", ""), *headers, *headers.values()] if isinstance(headers, dict) else [None]
    return None if all(isinstance(text, str) for text in texts) else "body and headers must hold strings"


@dataclass(frozen=True, slots=True)
class Received:
    """One call that came in: header names in lower case, the body byte for byte.

    `at` is in Unix seconds of the world's clock; `answered` is the status sent back, None for silence.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    at: float
    answered: int | None

    def as_dict(self) -> dict[str, Any]:
        """The call as JSON can hold it; a body is JSON in UTF-8, so nothing of it is lost."""
        return asdict(self) | {"body": self.body.decode(errors="replace")}


class WebhookReceiver:
    """All receivers of one world. Without a script a receiver answers 200 with an empty body."""

    home = "https://receiver.framecast.test"

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scripts: dict[str, list[Reaction]] = {}
        self._received: list[Received] = []

    def url(self, path: str) -> str:
        """The address of the receiver at a path such as `/hook`."""
        return f"{self.home}{path}"

    def script(self, path: str, *reactions: Reaction | int | Fault) -> None:
        """How the receiver at `path` reacts to the next calls, in order; the last reaction stays.

        ValueError without reactions, and for a path that does not begin with a slash.
        """
        if not reactions or not path.startswith("/"):
            raise ValueError(f"expected a path such as /hook and at least one reaction, got {path!r}")
        self._scripts[path] = [r if isinstance(r, Reaction) else Reaction.of(r) for r in reactions]

    def received(self, path: str | None = None) -> list[Received]:
        """The calls that came in, oldest first; those of all paths without one."""
        return [call for call in self._received if path in (None, call.path)]

    def reset(self) -> None:
        """Forget calls and scripts."""
        self._scripts.clear()
        self._received.clear()

    def transport(self) -> httpx.AsyncBaseTransport:
        """A transport on which nothing but the receivers exists: any other host is a failed connection."""
        return httpx.MockTransport(self._react)

    def _react(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        if f"{url.scheme}://{url.netloc.decode('ascii')}" != self.home:
            raise httpx.ConnectError(f"nobody listens at {url.host!r}", request=request)
        reaction = self._next_reaction(url.path)
        if reaction.fault == "unreachable":
            raise httpx.ConnectError("connection refused", request=request)
        self._keep(request, None if reaction.fault else reaction.status)
        if reaction.fault is not None:
            raise httpx.ReadTimeout("no answer in time", request=request)
        return httpx.Response(reaction.status, headers=dict(reaction.headers), text=reaction.body)

    def _next_reaction(self, path: str) -> Reaction:
        script = self._scripts.get(path, [Reaction()])
        return script.pop(0) if len(script) > 1 else script[0]

    def _keep(self, request: httpx.Request, answered: int | None) -> None:
        path, headers = request.url.path, dict(request.headers)
        at = self._clock.now().timestamp()
        self._received.append(Received(request.method, path, headers, request.content, at, answered))
