"""What the two clients share: settings, and everything about a call that does no I/O."""

from __future__ import annotations

import logging
import math
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from typing import Any, ClassVar, Protocol, Self, TypeVar
from uuid import uuid4

from pydantic import MISSING

from ._errors import FramecastError, mask
from ._request import Request
from ._response import RawResponse, Reading, Response, read
from ._retries import Retries

T = TypeVar("T")

LONGEST_SILENCE = 1860.0
"""Seconds. A job is ended by the server after 30 minutes, so a stream that is silent for longer is dead."""

_USER = re.compile(r"//[^/@]*@")

logger = logging.getLogger(__package__)


class Clock(Protocol):
    """The part of a client's clock that both kinds have alike."""

    def monotonic(self) -> float: ...
    def random(self) -> float: ...


@dataclass(frozen=True)
class Limits:
    """How many connections a client holds: in all, and open without a call; None is no limit."""

    connections: int | None = 100
    idle_connections: int | None = 20


@dataclass(frozen=True)
class Try:
    """One try of a call, as hooks see it: `number` from 1, what came of it, and the seconds it took.

    `wait` is the seconds until the next try, None after the last one.
    """

    request: Request[Any]
    number: int
    outcome: RawResponse | FramecastError
    seconds: float
    wait: float | None

    def __str__(self) -> str:
        status = getattr(self.outcome, "status", None)
        outcome = status or type(self.outcome).__name__
        after = "" if self.wait is None else f", trying again in {self.wait:.2f} s"
        return mask(f"{self.request}: {outcome} in {self.seconds:.3f} s, try {self.number}{after}")


class ClientBase:
    """Where to send, as whom, and how patiently. Times are in seconds."""

    user_agent: ClassVar[str] = "framecast-client"

    @property
    @abstractmethod
    def clock(self) -> Clock:
        """Time in seconds, and chance."""

    def __init__(
        self,
        base_url: str,
        token: object,
        *,
        strict: bool,
        ignored_headers: Sequence[str],
        timeout: float,
        stream_timeout: float,
        retries: Retries,
        headers: Mapping[str, str] | None,
        on_try: Callable[[Try], object] | None,
    ) -> None:
        if not base_url.startswith(("http://", "https://")):
            raise ValueError(f"base_url: expected http://… or https://…, got {base_url!r}")
        self.base_url = base_url.rstrip("/")
        self.timeout = timeout
        self.stream_timeout = stream_timeout
        self.retries = retries
        self.headers = _merged({"user-agent": self.user_agent}, headers)
        self.on_try = on_try
        self._token = token
        self._whole = False
        self._reading = Reading(strict, tuple(name.lower() for name in ignored_headers))
        if isinstance(token, str):
            self._proof(token)

    @property
    def strict(self) -> bool:
        """Whether anything that the contract does not declare is a `ContractViolation`."""
        return self._reading.strict

    def with_options(
        self,
        *,
        timeout: float | None = None,
        stream_timeout: float | None = None,
        retries: Retries | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """The same client with other settings, for one call or many; it shares the connections.

            await client.with_options(timeout=5).get_job(job_id)

        Args:
            timeout: Seconds to wait for an answer.
            stream_timeout: Seconds an event stream may be silent.
            retries: When to try again; `NO_RETRIES` is never.
            headers: Added to those of the client.
        """
        other = copy(self)
        other.__dict__.pop("_fixed_headers", None)
        other.timeout = self.timeout if timeout is None else timeout
        other.stream_timeout = self.stream_timeout if stream_timeout is None else stream_timeout
        other.retries = retries or self.retries
        other.headers = _merged(self.headers, headers)
        return other

    @cached_property
    def _fixed_headers(self) -> list[tuple[str, str]]:
        """What goes with every request; the token only when it does not change."""
        fixed = [("accept-encoding", "gzip, deflate"), *self.headers.items()]
        return [*fixed, self._proof(self._token)] if isinstance(self._token, str) else fixed

    def _proof(self, token: object) -> tuple[str, str]:
        """The header that says who asks."""
        usable = isinstance(token, str) and token and token.isprintable() and token.isascii()
        if not usable or " " in str(token):
            raise ValueError("token: expected a JWT or an API key without spaces, line ends or other extras")
        if token not in self._reading.secrets:
            self._reading = replace(self._reading, secrets=(str(token), *self._reading.secrets[:3]))
        return "authorization", f"Bearer {token}"

    def _key(self, given: object) -> Any:
        """The idempotency key of a call: the given one, or a new one when the call may be sent twice."""
        return str(uuid4()) if given is MISSING and self.retries.tries > 1 else given

    def pause_after(
        self,
        request: Request[Any],
        outcome: RawResponse | FramecastError,
        number: int,
        started: float,
        *,
        at_least: float = 0.0,
        within: float = math.inf,
    ) -> float | None:
        """The seconds until the next try, None when there is to be none. Tells the hook of this one.

        Args:
            request: What was asked.
            outcome: What came of it.
            number: Which try it was, from 1.
            started: When it began, by the clock of this client.
            at_least: Seconds that the server asked for in another way.
            within: Seconds within which another try makes sense.
        """
        wait = None
        if not isinstance(outcome, RawResponse) or outcome.status >= 400:
            wait = self.retries.wait(request.repeatable, outcome, number, self.clock.random)
        if wait is not None:
            wait = max(wait, at_least) if max(wait, at_least) <= within else None
        if self.on_try is not None or logger.isEnabledFor(logging.DEBUG):
            self._tell(Try(request, number, outcome, self.clock.monotonic() - started, wait))
        return wait

    def _tell(self, told: Try) -> None:
        logger.debug("%s", told)
        if self.on_try:
            self.on_try(told)

    def finish(
        self, request: Request[T], outcome: RawResponse | FramecastError, *, repeated: bool
    ) -> Response[T]:
        """The result of a call after its last try; `repeated` says that an earlier one may have arrived.

        Raises:
            FramecastError: there is none.
        """
        try:
            if isinstance(outcome, FramecastError):
                raise outcome
            return read(request, outcome, self._reading)
        except FramecastError as error:
            if repeated:
                error.add_note("An earlier try of this call may have been carried out.")
            raise

    def whole(self, method: Any) -> Any:
        """The same method, but with the whole answer as its result.

        Raises:
            TypeError: it is not the method of a client for one operation with one answer.
        """
        owner: Any = getattr(method, "__self__", None)
        name: str = getattr(method, "__name__", "")
        if type(owner) is not type(self) or not _answers_once(name):
            raise TypeError(f"expected the method of an operation, such as client.get_job, got {method!r}")
        other = copy(owner)
        other._whole = True
        return getattr(other, name)

    def __repr__(self) -> str:
        token = "None" if self._token is None else "'***'"
        return f"{type(self).__name__}({_USER.sub('//***@', self.base_url)!r}, token={token})"


def _merged(headers: Mapping[str, str], more: Mapping[str, str] | None) -> Mapping[str, str]:
    pairs = [*headers.items(), *(more or {}).items()]
    return {name.lower(): value for name, value in pairs}


def _answers_once(name: str) -> bool:
    """Whether an operation has the name and one answer, which a stream has not."""
    operations = import_module(".operations", __package__)
    if name not in operations.__all__:
        return False
    listed = getattr(operations, name.upper()).answers.values()
    return all(answer.media_type != "text/event-stream" for answers in listed for answer in answers)
