"""Anthropic's Messages API: `POST /v1/messages`, plain and streamed, with scriptable replies and faults.

Wire format as in Anthropic's documentation of messages, errors and streaming. Headers asked for:
`x-api-key` and `anthropic-version`.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from starlette.responses import JSONResponse, Response

from framecast_contract.doubles.double import Double, Incoming, Refusal, Served
from framecast_contract.doubles.identifiers import prefixed_id

ENRICHMENT = "Cinematic, richly detailed, consistent lighting: "
"""What the default reply puts before the last user text."""

_ROLES = ("user", "assistant")


class Anthropic(Double):
    """The double. Without a script it answers the last user text with `ENRICHMENT` before it."""

    name: ClassVar[str] = "anthropic"
    home: ClassVar[str] = "https://api.anthropic.com"

    def __init__(self, rng: random.Random, api_key: str = "sandbox") -> None:
        super().__init__()
        self.api_key = api_key
        self._rng = rng
        self._reply: list[Mapping[str, Any]] | None = None

    def operations(self) -> Sequence[Served]:
        return (Served("POST", "/v1/messages", self._create_message),)

    def refused(self, refusal: Refusal) -> Response:
        request_id = prefixed_id(self._rng, "req")
        error = {"type": refusal.kind, "message": refusal.message}
        body = {"type": "error", "error": error, "request_id": request_id}
        return JSONResponse(body, refusal.status, {"request-id": request_id, **refusal.headers})

    def reply_with(self, reply: str | Sequence[Mapping[str, Any]]) -> None:
        """Answer every message with this text, or these content blocks, until `reset()`."""
        self._reply = [text_block(reply)] if isinstance(reply, str) else list(reply)

    def rate_limited(self, retry_after: int = 30, times: int = 1) -> None:
        """Answer the next `times` calls 429, with `retry-after` in seconds."""
        message = "This request would exceed your account's rate limit. Please try again later."
        headers = {"retry-after": str(retry_after)}
        self.fail_next(Refusal(429, message, kind="rate_limit_error", headers=headers), times)

    def overloaded(self, times: int = 1) -> None:
        """Answer the next `times` calls 529."""
        self.fail_next(Refusal(529, "Overloaded", kind="overloaded_error"), times)

    def broken(self, times: int = 1) -> None:
        """Answer the next `times` calls 500."""
        self.fail_next(Refusal(500, "Internal server error", kind="api_error"), times)

    def reset(self) -> None:
        """Forget calls, faults and the scripted reply."""
        super().reset()
        self._reply = None

    async def _create_message(self, call: Incoming) -> Response:
        self._check_headers(call.headers)
        if problem := message_problem(call):
            raise Refusal(400, problem, kind="invalid_request_error", difference=problem)
        message = self._message(call.json)
        headers = {"request-id": prefixed_id(self._rng, "req")}
        if call.json.get("stream"):
            return Response("".join(stream_events(message)), 200, headers, "text/event-stream; charset=utf-8")
        return JSONResponse(message, 200, headers)

    def _message(self, body: Mapping[str, Any]) -> dict[str, Any]:
        content = self._reply or [text_block(ENRICHMENT + last_user_text(body["messages"]))]
        return {
            "id": prefixed_id(self._rng, "msg"),
            "type": "message",
            "role": "assistant",
            "model": body["model"],
            "content": content,
            "stop_reason": "end_turn",
            "stop_sequence": None,
            "usage": {
                "input_tokens": _tokens([body.get("system"), body["messages"]]),
                "cache_creation_input_tokens": 0,
                "cache_read_input_tokens": 0,
                "output_tokens": _tokens(content),
            },
        }

    def _check_headers(self, headers: Mapping[str, str]) -> None:
        key = headers.get("x-api-key")
        if key != self.api_key:
            message = "x-api-key header is required" if key is None else "invalid x-api-key"
            what = "nothing" if key is None else "another value"
            difference = f"header x-api-key: expected the double's api_key, got {what}"
            raise Refusal(401, message, kind="authentication_error", difference=difference)
        if not headers.get("anthropic-version"):
            message = "anthropic-version: header is required"
            raise Refusal(400, message, kind="invalid_request_error", difference=message)


def message_problem(call: Incoming) -> str | None:
    """What the service would object to in the body, named the way it does; None when nothing."""
    body = call.json
    if call.invalid_json or not isinstance(body, dict):
        return call.invalid_json or "the body is not an object"
    for name in ("model", "max_tokens", "messages"):
        if name not in body:
            return f"{name}: Field required"
    if not isinstance(body["model"], str) or not body["model"]:
        return "model: Input should be a valid string"
    if type(body["max_tokens"]) is not int or body["max_tokens"] < 1:
        return "max_tokens: Input should be an integer greater than or equal to 1"
    return _messages_problem(body["messages"])


def _messages_problem(messages: Any) -> str | None:
    if not isinstance(messages, list) or not messages:
        return "messages: at least one message is required"
    for index, message in enumerate(messages):
        if problem := _one_message_problem(message):
            return f"messages.{index}: {problem}"
        if message["role"] != _ROLES[index % 2]:
            return _order_problem(index, message["role"])
    return None


def _one_message_problem(message: Any) -> str | None:
    if not isinstance(message, dict) or message.get("role") not in _ROLES:
        return "role should be 'user' or 'assistant'"
    content = message.get("content")
    if not content:
        return "content must not be empty"
    blocks = isinstance(content, list) and all(isinstance(b, dict) and "type" in b for b in content)
    return None if isinstance(content, str) or blocks else "content should be a string or a list of blocks"


def _order_problem(index: int, role: str) -> str:
    if index == 0:
        return 'messages: first message must use the "user" role'
    found = f'but found multiple "{role}" roles in a row'
    return f'messages: roles must alternate between "user" and "assistant", {found}'


def last_user_text(messages: Sequence[Mapping[str, Any]]) -> str:
    """The text of the last thing a user said; blocks other than text are left out."""
    content = next(message["content"] for message in reversed(messages) if message["role"] == "user")
    if isinstance(content, str):
        return content
    return "\n".join(block["text"] for block in content if block["type"] == "text")


def text_block(text: str) -> dict[str, Any]:
    """A content block of type text."""
    return {"type": "text", "text": text}


def stream_events(message: Mapping[str, Any]) -> Iterator[str]:
    """`message` as the server-sent events of a streamed answer, each text block in one delta."""
    usage = {**message["usage"], "output_tokens": 1}
    opening = {**message, "content": [], "stop_reason": None, "usage": usage}
    yield _event("message_start", message=opening)
    for index, block in enumerate(message["content"]):
        if block["type"] == "text":
            yield _event("content_block_start", index=index, content_block=text_block(""))
            delta = {"type": "text_delta", "text": block["text"]}
            yield _event("content_block_delta", index=index, delta=delta)
            yield _event("content_block_stop", index=index)
    ending = {"stop_reason": message["stop_reason"], "stop_sequence": message["stop_sequence"]}
    yield _event("message_delta", delta=ending, usage={"output_tokens": message["usage"]["output_tokens"]})
    yield _event("message_stop")


def _event(kind: str, **members: Any) -> str:
    return f"event: {kind}\ndata: {json.dumps({'type': kind, **members})}\n\n"


def _tokens(content: Any) -> int:
    """A count in the right order of magnitude: four characters to a token."""
    return max(1, len(json.dumps(content)) // 4)
