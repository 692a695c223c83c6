"""What only this repository's tests need; everything else comes with the plugin."""

import pytest

from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.rendering import RenderBackEnd


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow tests first: one that starts last keeps everybody waiting."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


@pytest.fixture
def back_end(people: People) -> RenderBackEnd:
    """The render back end, played by the test."""
    return RenderBackEnd(people)


@pytest.fixture
async def creator(people: People) -> Persona:
    """A creator with plenty of credits."""
    return await people.creator(credits=10_000)


@pytest.fixture
async def starter(people: People) -> Persona:
    """A starter with plenty of credits."""
    return await people.starter(credits=10_000)
