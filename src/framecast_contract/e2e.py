"""The vocabulary of the original end-to-end suite, under the names its author gave it.

    from framecast_contract.e2e import FramecastClient, SpecFactory, TestConfig, poll_until

The fixtures of the same vocabulary (`config`, `client`, `mock_runpod`, `mock_anthropic`, `sample_spec`) come
with the pytest plugin.
"""

from polyfactory.factories import TypedDictFactory
from typing_extensions import TypedDict

from framecast_client import FramecastClient
from framecast_contract.target.environment import TestConfig
from framecast_contract.target.waiting import PollTimeoutError, poll_until

__all__ = [
    "FramecastClient",
    "PollTimeoutError",
    "Scene",
    "SceneFactory",
    "Spec",
    "SpecFactory",
    "TestConfig",
    "poll_until",
]


class Scene(TypedDict):
    """One scene of a storyboard; `duration` in seconds, 1 to 30."""

    id: str
    prompt: str
    duration: float


class Spec(TypedDict):
    """The least a storyboard can be."""

    title: str
    scenes: list[Scene]


class SceneFactory(TypedDictFactory[Scene]):
    """Scenes that every server must accept."""

    __random_seed__ = 1

    @classmethod
    def id(cls) -> str:
        return f"scene_{cls.__random__.getrandbits(32):08x}"

    @classmethod
    def prompt(cls) -> str:
        return cls.__faker__.sentence(nb_words=12)

    @classmethod
    def duration(cls) -> float:
        return cls.__random__.randint(2, 20) / 2


class SpecFactory(TypedDictFactory[Spec]):
    """Storyboards of one to three scenes that every server must accept."""

    __random_seed__ = 2

    @classmethod
    def title(cls) -> str:
        return cls.__faker__.sentence(nb_words=4)

    @classmethod
    def scenes(cls) -> list[Scene]:
        return SceneFactory.batch(cls.__random__.randint(1, 3))
