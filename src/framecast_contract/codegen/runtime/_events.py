"""Server-sent events: bytes to lines to typed events. Nothing here does I/O."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from ._errors import ContractViolation, StreamCutError
from ._request import Answer, Request
from ._response import RawResponse, check_media_type, raise_error, validate

T = TypeVar("T")
EVENT_STREAM = "text/event-stream"
LONGEST_EVENT = 1024 * 1024
"""Characters of one event; a server that sends more is broken and would fill the memory."""


@dataclass(frozen=True)
class Frame:
    """One event as text."""

    id: str | None
    event: str
    data: str


class EventTooLongError(ValueError):
    """One event is longer than `LONGEST_EVENT`."""


class Decoder:
    """Turns the bytes of an event stream into frames, however the bytes are cut."""

    def __init__(self) -> None:
        self._text = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
        self._rest = ""
        self._after_return = False
        self._id: str | None = None
        self._event = ""
        self._data: list[str] = []

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
        return None

    def _dispatch(self) -> Frame | None:
        data, event = self._data, self._event
        self._data, self._event = [], ""
        return Frame(self._id, event or "message", "\n".join(data)) if data else None


class EventReader(Generic[T]):
    """Reads one answer to a stream request: typed events, and whether the story is complete."""

    def __init__(self, request: Request[T], raw: RawResponse) -> None:
        self.request = request
        self.raw = raw
        self.last_event_id = dict(request.headers).get("last-event-id")
        self.received = 0
        self.complete = False
        self._decoder = Decoder()
        self._answer: Answer = self._check()

    def _check(self) -> Answer:
        answer = self.request.operation.answers.get(self.raw.status)
        if answer is None:
            raise_error(self.request, self.raw)
        check_media_type(self.request, self.raw, EVENT_STREAM)
        return answer

    def feed(self, chunk: bytes) -> Iterator[T]:
        """The events that this chunk completes, up to the last one of the story.

        Raises:
            ContractViolation: an event is not what the contract describes.
        """
        try:
            for frame in self._decoder.feed(chunk):
                yield self._read(frame)
                if self.complete:
                    return
        except EventTooLongError:
            limit = f"events of at most {LONGEST_EVENT} characters"
            raise ContractViolation(self.request, self.raw, expected=limit, got="a longer one") from None

    def _read(self, frame: Frame) -> T:
        event: T = validate(self.request, self.raw, self._answer.type, self._as_object(frame))
        self.last_event_id = frame.id or self.last_event_id
        self.received += 1
        self.complete = frame.event in self.request.operation.last_events
        return event

    def _as_object(self, frame: Frame) -> bytes:
        try:
            data = json.loads(frame.data)
        except ValueError:
            raise ContractViolation(
                self.request, self.raw, expected="JSON", got=repr(frame.data), pointer="/data"
            ) from None
        named: dict[str, Any] = {"event": frame.event, "data": data}
        return json.dumps(named if frame.id is None else {"id": frame.id, **named}).encode()

    def finish(self) -> None:
        """Called when the bytes end.

        Raises:
            StreamCutError: the last event of the story has not come.
        """
        if not self.complete:
            raise self.cut("the server closed the stream")

    def cut(self, reason: str) -> StreamCutError:
        """The error of a stream that ends here."""
        message = (
            f"{self.request}: {reason} after {self.received} events and before the last one; "
            f"resume with last_event_id={self.last_event_id!r}, or read the object to see whether it is over"
        )
        return StreamCutError(message, self.request, self.last_event_id, self.received)
