"""The fixtures of the original end-to-end suite, under the names its author gave them."""

from typing import TYPE_CHECKING, Any

import pytest

from framecast_client import FramecastClient
from framecast_contract.target.base import Target
from framecast_contract.target.environment import TestConfig
from framecast_contract.target.people import People

if TYPE_CHECKING:  # the doubles bring boto3 along, which a run against a server does not need
    from framecast_contract.doubles import Anthropic, Doubles, RunPod


@pytest.fixture
def config() -> TestConfig:
    """Where the services are and who we are to them, from the environment and `.env`."""
    return TestConfig.from_env()


@pytest.fixture
def mock_runpod(target: Target) -> "RunPod":
    """The RunPod double behind the sandbox."""
    return _doubles(target).runpod


@pytest.fixture
def mock_anthropic(target: Target) -> "Anthropic":
    """The Anthropic double behind the sandbox."""
    return _doubles(target).anthropic


def _doubles(target: Target) -> "Doubles":
    from framecast_contract.target.embedded import EmbeddedTarget

    if not isinstance(target, EmbeddedTarget):
        pytest.skip("the target lacks doubles: its upstreams are its own")
    return target.doubles


@pytest.fixture
async def client(people: People) -> FramecastClient:
    """The client of a creator with plenty of credits."""
    return (await people.creator(credits=10_000)).client


@pytest.fixture
def sample_spec() -> dict[str, Any]:
    """A small valid storyboard."""
    scenes = [
        {"id": "opening", "prompt": "A lighthouse at dawn, slow push in", "duration": 3.0},
        {"id": "storm", "prompt": "Waves break over the rocks", "duration": 2.0},
    ]
    return {"title": "The lighthouse", "scenes": scenes}
