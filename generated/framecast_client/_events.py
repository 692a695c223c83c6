"""Server-sent events: bytes to lines to typed events. Nothing here does I/O."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Generic, TypeVar, cast

from pydantic_core import from_json, to_json

from ._errors import FramecastError, StreamCutError, TransportError
from ._request import Request
from ._response import RawResponse, Reading, answer_of, broken, raise_error, validate

T = TypeVar("T")
_RESUME = "last-event-id"
LONGEST_EVENT = 1024 * 1024
"""Characters of one event; a server that sends more is broken and would fill the memory."""

_REMEMBERED = 1000
"""Ids of events that are known again when a server tells them again."""
LONGEST_PAUSE = 60.0
"""Seconds to wait before a connection is opened again, however long the server asks for."""


@dataclass(frozen=True)
class Frame:
    """One event as text."""

    id: str | None
    event: str
    data: str


class EventTooLongError(ValueError):
    """One event is longer than `LONGEST_EVENT`."""


class Decoder:
    """Turns the bytes of an event stream into frames, however the bytes are cut.

    `pause` is the seconds that the server asks to wait before the next connection, None if it does not ask.
    """

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._rest = ""
        self._after_return = False
        self._id: str | None = None
        self._event = ""
        self._data: list[str] = []
        self.pause: float | None = None

    def feed(self, chunk: bytes) -> Iterator[Frame]:
        """The frames that this chunk completes."""
        for line in self._lines(self._text.decode(chunk)):
            frame = self._take(line)
            if frame:
                yield frame
        if len(self._rest) + sum(map(len, self._data)) > LONGEST_EVENT:
            raise EventTooLongError

    def _lines(self, text: str) -> Iterator[str]:
        if not text:
            return
        if self._after_return:
            text = text.removeprefix("\n")  # the other half of a line end that was cut in two
        self._after_return = text.endswith("\r")
        *lines, self._rest = (self._rest + text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
        yield from lines

    def _take(self, line: str) -> Frame | None:
        if not line:
            return self._dispatch()
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "id" and "\0" not in value:
            self._id = value
        elif name == "event":
            self._event = value
        elif name == "data":
            self._data.append(value)
        elif name == "retry" and value.isascii() and value.isdigit():
            self.pause = min(int(value) / 1000, LONGEST_PAUSE)
        return None

    def _dispatch(self) -> Frame | None:
        data, event = self._data, self._event
        self._data, self._event = [], ""
        return Frame(self._id, event or "message", "\n".join(data)) if data else None


class Story(Generic[T]):
    """One event stream over all its connections: what to ask for, what was seen, and whether it is complete.

    `resumable` says whether another connection could go on: events without ids could only be told again.

    `tried` counts the connections since the last event, with the one that told it; `received` the events of
    the present one. `pause` is the seconds that the server asked to be left alone between two of them.
    """

    def __init__(self, request: Request[T], reading: Reading) -> None:
        self.request = request
        self.last_event_id = dict(request.headers).get(_RESUME)
        self.tried = 0
        self.received = 0
        self.complete = False
        self.resumable = True
        self.pause = 0.0
        self._reading = reading
        self._told = deque(filter(None, [self.last_event_id]), maxlen=_REMEMBERED)
        self._first_id: str | None = None
        self._repeating = False
        self._decoder = Decoder()

    def asked(self) -> Request[T]:
        """The request of the next connection: what comes after the last event."""
        self.tried += 1
        self.received = 0
        self._repeating = False
        self._decoder = Decoder()
        if self.last_event_id is None:
            return self.request
        others = (pair for pair in self.request.headers if pair[0] != _RESUME)
        return replace(self.request, headers=(*others, (_RESUME, self.last_event_id)))

    def begin(self, raw: RawResponse) -> None:
        """Look at status, media type and headers of the connection that was opened."""
        self._raw = raw
        self._answer = answer_of(self.request, raw, self._reading)

    def feed(self, chunk: bytes) -> Iterator[T]:
        """The new events that this chunk completes, up to the last one of the story.

        Raises:
            ContractViolation: an event is not what the contract describes.
        """
        try:
            for frame in self._decoder.feed(chunk):
                if not self._told_before(frame):
                    yield self._read(frame)
                if self.complete:
                    return
        except EventTooLongError:
            limit = f"events of at most {LONGEST_EVENT} characters"
            raise broken(self.request, self._raw, self._reading, expected=limit, got="a longer one") from None
        if self._decoder.pause is not None:
            self.pause = self._decoder.pause

    def _told_before(self, frame: Frame) -> bool:
        """Whether a server that does not resume exactly tells an event again.

        It does when a connection begins with an event that is known, until the last one that is.
        """
        if self.received == 0 and not self._repeating:
            self._repeating = frame.id is not None and (frame.id == self._first_id or frame.id in self._told)
        told = self._repeating
        self._repeating = told and frame.id != self.last_event_id
        return told

    def _read(self, frame: Frame) -> T:
        event: Any = frame
        if self._answer.type is not Frame:
            event = validate(
                self.request, self._raw, self._answer.type, self._as_object(frame), self._reading
            )
        self.resumable = frame.id is not None
        if frame.id is not None:
            self.last_event_id = frame.id
            self._first_id = self._first_id or frame.id
            self._told.append(frame.id)
        self.received += 1
        self.tried = 1
        self.complete = frame.event in self.request.operation.last_events
        return cast(T, event)

    def _as_object(self, frame: Frame) -> bytes:
        try:
            data = from_json(frame.data)
        except ValueError:
            raise broken(
                self.request, self._raw, self._reading, expected="JSON", got=repr(frame.data), pointer="/data"
            ) from None
        named: dict[str, Any] = {"event": frame.event, "data": data}
        return to_json(named if frame.id is None else {"id": frame.id, **named})

    def end(self) -> None:
        """The server closed the connection in good order: the end of a story that names no last event."""
        self.complete = self.complete or not self.request.operation.last_events

    def broken(self, error: TransportError) -> FramecastError:
        """What a connection that broke means: nothing special before its first event."""
        if self.received == 0 and not self._told:
            return error
        cut = self.cut("the connection broke")
        cut.__cause__ = error
        return cut

    def cut(self, reason: str) -> StreamCutError:
        """The error of a stream that ends here."""
        message = (
            f"{self.request}: {reason} after {self.received} events and before the last one; "
            f"resume with last_event_id={self.last_event_id!r}, or read the object to see whether it is over"
        )
        return StreamCutError(message, self.request, self.last_event_id, self.received)

    def failure(self, outcome: RawResponse | FramecastError) -> FramecastError:
        """What to raise when nothing more is tried."""
        if not isinstance(outcome, RawResponse):
            return outcome
        try:
            raise_error(self.request, outcome, self._reading)
        except FramecastError as error:
            if outcome.status == HTTPStatus.GONE and self.last_event_id is not None:
                error.add_note(
                    f"The server no longer has what comes after {self.last_event_id!r}: read the object to "
                    "see how it stands, and follow it anew without last_event_id."
                )
            return error
