"""Fixtures of the sandbox's own tests."""

from collections.abc import AsyncIterator

import pytest

from .world import World, a_world


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """A sandbox whose renders are played by the test through callbacks."""
    async with a_world() as made:
        yield made


@pytest.fixture
async def rendering() -> AsyncIterator[World]:
    """A sandbox that hands its jobs to the services behind it."""
    async with a_world(renders="runpod") as made:
        yield made
