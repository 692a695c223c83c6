"""The services a render needs: Inngest for events, Anthropic for prompts, RunPod for GPUs.

Thin clients that speak the real wire formats over one httpx client; who answers is decided by its transport.
They translate answers into `Unavailable` (try again) and `Declined` (do not), and decide nothing else.
"""

import json
from typing import Any
from urllib.parse import quote

import httpx

from framecast_contract.sandbox.settings import Settings

ANTHROPIC_VERSION = "2023-06-01"
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


class Declined(UpstreamError):
    """Final: they understood and refused, or their answer makes no sense."""


class Upstreams:
    """One httpx client, made on first use, shared by the three services."""

    def __init__(self, settings: Settings, transport: httpx.AsyncBaseTransport | None) -> None:
        self._settings = settings
        self._transport = transport
        self._client: httpx.AsyncClient | None = None

    async def send(
        self, method: str, url: str, body: Any = None, headers: dict[str, str] | None = None
    ) -> dict[str, Any]:
        """Send JSON, get a JSON object. Raises `Unavailable` and `Declined`."""
        try:
            response = await self._http().request(method, url, json=body, headers=headers)
        except httpx.HTTPError as error:
            raise Unavailable(f"{method} {url}: {error!r}") from error
        if response.status_code == 429 or response.status_code >= 500:
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
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    async def publish(self, name: str, event_id: str, data: dict[str, Any]) -> None:
        """Send one event to Inngest, which drops repeats by `event_id`."""
        key = quote(self._settings.inngest_event_key, safe="")
        event = {"name": name, "id": event_id, "data": data}
        await self.send("POST", f"{self._settings.inngest_base_url}/e/{key}", event)

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
        headers = {"x-api-key": self._settings.anthropic_api_key, "anthropic-version": ANTHROPIC_VERSION}
        url = f"{self._settings.anthropic_base_url}/v1/messages"
        return _prompts(await self.send("POST", url, request, headers))

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

    async def _runpod(self, method: str, action: str, body: Any = None) -> dict[str, Any]:
        url = f"{self._settings.runpod_base_url}/v2/{self._settings.runpod_endpoint}/{action}"
        headers = {"authorization": f"Bearer {self._settings.runpod_api_key}"}
        return await self.send(method, url, body, headers)


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
