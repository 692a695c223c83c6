"""The requests of the area `service`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from .._request import Answer, Operation, Request, build

__all__ = ["GET_HEALTH", "GET_ROOT", "get_health", "get_root"]


GET_ROOT: Operation[str] = Operation(
    "get_root",
    "GET",
    "/",
    answers={200: (Answer("text/plain", str),)},
)


def get_root() -> Request[str]:
    """Read the product name and version: the request of the method `get_root`."""
    return build(GET_ROOT)


GET_HEALTH: Operation[str] = Operation(
    "get_health",
    "GET",
    "/health",
    answers={200: (Answer("text/plain", str),)},
)


def get_health() -> Request[str]:
    """Ask whether the server is up: the request of the method `get_health`."""
    return build(GET_HEALTH)
