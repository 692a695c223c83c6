"""Fixtures of the sandbox's own tests."""

from collections.abc import AsyncIterator

import pytest

from .receiving import Receiver, Team, a_team
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


@pytest.fixture
def receiver(world: World) -> Receiver:
    """What every webhook of the world calls."""
    return Receiver(world)


@pytest.fixture
async def team(world: World) -> Team:
    """A team with credits that is told everything."""
    return await a_team(world)
