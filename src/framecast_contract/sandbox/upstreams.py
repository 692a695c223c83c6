"""The services a Framecast needs: Inngest for events, Anthropic for prompts, RunPod for GPUs, one for mail.

Thin clients that speak the real wire formats over one httpx client; who answers is decided by its transport.
They translate answers into `Unavailable` (try again) and `Declined` (do not), and decide nothing else.
"""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from framecast_contract.sandbox.settings import Settings

log = logging.getLogger(__name__)
ANTHROPIC_VERSION = "2023-06-01"
MAX_BODY_CHARACTERS = 10_240
MAX_BYTES_PER_CHARACTER = 4
INSTRUCTIONS = (
    "You write prompts for a video model. The user sends the scenes of a storyboard as a JSON object. "
    "Make every scene vivid and concrete, keep its meaning, and describe what recurs in the same words. "
    "Answer with one JSON object that maps each scene id to its prompt, and with nothing else."
)


class UpstreamError(Exception):
    """A service did not do what it was asked to."""


class Unavailable(UpstreamError):
    """Worth another try: overload, a fault of theirs, or no connection."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class RateLimited(Unavailable):
    """Worth another try later: we asked too often."""


class Declined(UpstreamError):
    """Final: they understood and refused, or their answer makes no sense."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """What the object store says about one object; the content type without parameters, in lower case."""

    size_bytes: int
    content_type: str


class Upstreams:
    """Two httpx clients, made on first use: one for all services, one for the webhooks of teams."""

    def __init__(
        self,
        settings: Settings,
        transport: httpx.AsyncBaseTransport | None,
        receivers: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._settings = settings
        self._transport = transport
        self._receivers = receivers or transport
        self._client: httpx.AsyncClient | None = None
        self._webhook_client: httpx.AsyncClient | None = None

    async def send(
        self, method: str, url: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Send JSON, get a JSON object. Raises `Unavailable` and `Declined`."""
        try:
            response = await self._http().request(method, url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unavailable(f"{method} {url}: {error!r}") from error
        if response.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise RateLimited(f"{method} {url}: too many requests", _seconds(response))
        if response.status_code >= 500:
            raise Unavailable(f"{method} {url}: {response.status_code}", _seconds(response))
        if not response.is_success:
            raise Declined(f"{method} {url}: {response.status_code}")
        return _object(response)

    def _http(self) -> httpx.AsyncClient:
        if self._client is None:
            timeout = self._settings.upstream_timeout_seconds
            self._client = httpx.AsyncClient(transport=self._transport, timeout=timeout, trust_env=False)
        return self._client

    async def close(self) -> None:
        for client in (self._client, self._webhook_client):
            if client is not None:
                await client.aclose()
        self._client = self._webhook_client = None

    async def publish(self, name: str, event_id: str, data: dict[str, Any]) -> None:
        """Send one event to Inngest, which drops repeats by `event_id`."""
        key = quote(self._settings.inngest_event_key, safe="")
        event = {"name": name, "id": event_id, "data": data}
        await self.send("POST", f"{self._settings.inngest_base_url}/e/{key}", event)

    async def send_mail(self, message: dict[str, Any]) -> None:
        """Have the mail service deliver one message, given in the words of its API."""
        headers = {"authorization": f"Bearer {self._settings.mail_api_key}"}
        await self.send("POST", f"{self._settings.mail_base_url}/emails", message, headers)

    async def write_prompts(self, scenes: dict[str, str], style: Any) -> dict[str, str]:
        """Render prompts by scene id, from one Anthropic message; scenes it left out are missing.

        `scenes` are described in plain words, `style` is what the storyboard says about all of them.
        """
        system = (
            INSTRUCTIONS if style is None else f"{INSTRUCTIONS}\nStyle of all scenes: {json.dumps(style)}"
        )
        request = {
            "model": self._settings.anthropic_model,
            "max_tokens": 8192,
            "system": system,
            "messages": [{"role": "user", "content": json.dumps(scenes, ensure_ascii=False)}],
        }
        return _prompts(await self._message(request))

    async def converse(
        self,
        model: str,
        system: str | None,
        turns: Sequence[Mapping[str, str]],
        tools: Sequence[Mapping[str, Any]],
    ) -> dict[str, Any]:
        """Anthropic's answer to a conversation, as it came; a blank system prompt counts as none."""
        request = {"model": model, "max_tokens": 8192, "messages": list(turns), "tools": list(tools)}
        if system is not None and system.strip():
            request["system"] = system
        return await self._message(request)

    async def _message(self, request: dict[str, Any]) -> dict[str, Any]:
        headers = {"x-api-key": self._settings.anthropic_api_key, "anthropic-version": ANTHROPIC_VERSION}
        url = f"{self._settings.anthropic_base_url}/v1/messages"
        return await self.send("POST", url, request, headers)

    async def deliver(
        self, url: str, body: bytes, headers: Mapping[str, str]
    ) -> tuple[int | None, str | None]:
        """POST to a webhook: status and beginning of the body, as far as there were any (job-semantics 8).

        Never raises for what is at the other end: a URL nobody can call is one where nobody answers.
        """
        try:
            async with (
                asyncio.timeout(self._settings.webhook_timeout_seconds),
                self._webhooks().stream("POST", url, content=body, headers=dict(headers)) as response,
            ):
                answered = await _beginning(response)
                return (response.status_code, answered) if response.status_code < 600 else (None, None)
        except Exception as error:  # a stranger's URL may fail in any layer, a port of 99999 below httpx
            log.debug("no answer from a webhook: %r", error)
            return None, None

    def _webhooks(self) -> httpx.AsyncClient:
        """A client of its own: receivers are strangers, reached another way and given less time."""
        if self._webhook_client is None:
            self._webhook_client = httpx.AsyncClient(
                transport=self._receivers,
                timeout=self._settings.webhook_timeout_seconds,
                headers={"accept-encoding": "identity"},
                follow_redirects=False,
                trust_env=False,
            )
        return self._webhook_client

    async def run(self, job_input: dict[str, Any], webhook: str) -> str:
        """Submit a render; RunPod's id of it."""
        # Without a policy RunPod ends a render after ten minutes, long before our own limit.
        policy = {"executionTimeout": int(self._settings.render_timeout_seconds * 1000)}
        answer = await self._runpod("POST", "run", {"input": job_input, "webhook": webhook, "policy": policy})
        runpod_id = answer.get("id")
        if not isinstance(runpod_id, str):
            raise Declined(f"RunPod accepted a render without giving an id: {answer}")
        return runpod_id

    async def status(self, runpod_id: str) -> str:
        """RunPod's word for the state of a render."""
        return str((await self._runpod("GET", f"status/{runpod_id}")).get("status"))

    async def cancel(self, runpod_id: str) -> None:
        await self._runpod("POST", f"cancel/{runpod_id}")

    async def stored_file(self, url: str) -> StoredFile | None:
        """Ask the object store about an object (a URL signed for HEAD); None when there is none.

        Raises `Unavailable` when the store does not say.
        """
        where = f"HEAD {url.partition('?')[0]}"
        try:
            response = await self._http().head(url)
        except httpx.HTTPError as error:
            raise Unavailable(f"{where}: {error!r}") from error
        if response.status_code == httpx.codes.NOT_FOUND:
            return None
        size = response.headers.get("content-length", "")
        if not response.is_success or not size.isdecimal():
            raise Unavailable(f"{where}: {response.status_code}")
        content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower()
        return StoredFile(int(size), content_type)

    async def _runpod(self, method: str, action: str, body: Any = None) -> dict[str, Any]:
        url = f"{self._settings.runpod_base_url}/v2/{self._settings.runpod_endpoint}/{action}"
        headers = {"authorization": f"Bearer {self._settings.runpod_api_key}"}
        return await self.send(method, url, body, headers)


async def _beginning(response: httpx.Response) -> str | None:
    """The first 10,240 characters of a body, without reading much more of it; None when it is empty."""
    read = b""
    async for chunk in response.aiter_bytes():
        read += chunk
        if len(read) >= MAX_BODY_CHARACTERS * MAX_BYTES_PER_CHARACTER:
            break
    return read.decode("utf-8", "replace")[:MAX_BODY_CHARACTERS] or None


def _seconds(response: httpx.Response) -> float | None:
    """`retry-after` in seconds; its date form is not used by these services."""
    text = response.headers.get("retry-after", "")
    return float(text) if text.isascii() and text.replace(".", "", 1).isdigit() else None


def _object(response: httpx.Response) -> dict[str, Any]:
    try:
        value = response.json()
    except ValueError as error:
        raise Declined(f"{response.request.url}: the answer is not JSON") from error
    if not isinstance(value, dict):
        raise Declined(f"{response.request.url}: the answer is not an object")
    return value


def _prompts(message: dict[str, Any]) -> dict[str, str]:
    """The JSON object in the first text block, also one with words around it; nothing when there is none."""
    blocks = [block for block in message.get("content") or [] if isinstance(block, dict)]
    text = str(next((block.get("text") for block in blocks if block.get("type") == "text"), ""))
    try:
        prompts = json.loads(text[text.find("{") : text.rfind("}") + 1])
    except (ValueError, RecursionError):
        return {}
    if not isinstance(prompts, dict):
        return {}
    return {scene: prompt for scene, prompt in prompts.items() if isinstance(prompt, str) and prompt.strip()}
