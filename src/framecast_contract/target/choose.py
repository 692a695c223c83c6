"""From the word after `--target` to a target."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from framecast_contract.target.base import Target
from framecast_contract.target.embedded import EmbeddedTarget
from framecast_contract.target.live import LiveTarget, check_reachable, read_profile

SANDBOX = "sandbox"


def target_name(target: str) -> str:
    """How reports call it."""
    return SANDBOX if target == SANDBOX else read_profile(target).url


def check_target(target: str) -> None:
    """Make sure that the target can be used. TargetError, one line, when not."""
    if target != SANDBOX:
        check_reachable(read_profile(target))


@contextmanager
def open_target(target: str, rng: Random) -> Iterator[Target]:
    """The target for one test: a new sandbox, or the one server there is."""
    opened: Target = EmbeddedTarget(rng) if target == SANDBOX else LiveTarget(read_profile(target))
    try:
        yield opened
    finally:
        opened.close()
