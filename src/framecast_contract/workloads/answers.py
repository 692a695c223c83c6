"""What came back, in the oracle's word for it, so that it compares with what the oracle allows."""

from collections.abc import Awaitable, Iterable
from typing import Any

import httpx
from pydantic import BaseModel

from framecast_client import ApiError, FramecastClient, Request
from framecast_contract.oracle.words import Answer


async def answer_to(client: FramecastClient, request: Request[Any]) -> Answer:
    """Send a request of the client; a refusal is an answer like any other."""
    try:
        response = await client.send(request)
    except ApiError as error:
        return Answer(error.status, error.code)
    return Answer(response.status)


async def answer_of(sending: Awaitable[httpx.Response]) -> Answer:
    """The answer to a raw request; its code is None for a success and for a body that names none."""
    return answer_in(await sending)


def answer_in(response: httpx.Response) -> Answer:
    """What `answer_of` says, for a response whose body is of interest as well."""
    if response.is_success:
        return Answer(response.status_code)
    return Answer(response.status_code, _code(response))


def _code(response: httpx.Response) -> str | None:
    try:
        return str(response.json()["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return None


def as_json(model: BaseModel) -> dict[str, Any]:
    """One object as decoded JSON, which is what the oracle reads."""
    return model.model_dump(mode="json")


def all_as_json(models: Iterable[BaseModel]) -> list[dict[str, Any]]:
    """A list of objects as decoded JSON."""
    return [as_json(model) for model in models]
