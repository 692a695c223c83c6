"""Requests that go out together, for the races between them."""

import asyncio
from collections.abc import Iterable
from typing import Any, TypeVar

from framecast_client import ApiError, FramecastClient, Request, Response

T = TypeVar("T")
Sending = tuple[FramecastClient, Request[Any]]
"""A request and through whose client it goes."""


async def together(client: FramecastClient, requests: Iterable[Request[T]]) -> list[Response[T] | ApiError]:
    """Send all requests at once; a refusal takes the place of its answer, in the order of the requests."""
    return await asyncio.gather(*(_sent(client, request) for request in requests))


async def at_once(sendings: Iterable[Sending]) -> list[Response[Any] | ApiError]:
    """Send requests of several people at once, each through its own client; refusals as above."""
    return await asyncio.gather(*(_sent(client, request) for client, request in sendings))


async def _sent(client: FramecastClient, request: Request[T]) -> Response[T] | ApiError:
    try:
        return await client.send(request)
    except ApiError as error:
        return error


def statuses(answers: Iterable[Response[Any] | ApiError]) -> list[int]:
    """The statuses of answers, in order of size: which of them won is the race's affair."""
    return sorted(answer.status for answer in answers)
