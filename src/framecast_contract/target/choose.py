"""From the word after `--target` to a target."""

from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from framecast_contract.target.base import Target
from framecast_contract.target.environment import TestConfig
from framecast_contract.target.errors import TargetError
from framecast_contract.target.live import LiveTarget, Profile, check_reachable, read_profile
from framecast_contract.target.spawned import spawned_sandbox

SANDBOX = "sandbox"


def target_name(target: str) -> str:
    """How reports call it."""
    return SANDBOX if target == SANDBOX else read_profile(target).url


def check_target(target: str, defect: str | None = None) -> None:
    """Make sure that the target can be used, with that defect if any. TargetError, one line, when not."""
    check_defect(target, defect)
    if target != SANDBOX:
        check_reachable(read_profile(target))


def check_defect(target: str, defect: str | None) -> None:
    """Make sure that the defect exists and can be planted there. TargetError, one line, when not."""
    if defect is None:
        return
    if target != SANDBOX:
        raise TargetError(f"defect {defect}: only the sandbox takes planted defects, not {target}")
    from framecast_contract.sandbox.defects import find_defect

    try:
        find_defect(defect)
    except ValueError as error:
        raise TargetError(f"{error} docs/defects.md lists them") from error


@contextmanager
def real_target() -> Iterator[Target]:
    """A sandbox in a process of its own, on real time, that uses the real services of the environment."""
    with spawned_sandbox("--real", "--control", port=TestConfig.from_env().port) as url:
        target = LiveTarget(Profile(url))
        try:
            yield target
        finally:
            target.close()


@contextmanager
def open_target(
    target: str, rng: Random, *, defect: str | None = None, budgets: bool = False
) -> Iterator[Target]:
    """The target for one test: a new sandbox, with the named planted defect if any, or the one server.

    With `budgets` the sandbox limits the rate of requests as a real server does.
    """
    check_defect(target, defect)
    opened = _embedded(rng, defect, budgets) if target == SANDBOX else LiveTarget(read_profile(target))
    try:
        yield opened
    finally:
        opened.close()


def _embedded(rng: Random, defect: str | None, budgets: bool) -> Target:
    # Imported here: the sandbox, its doubles and boto3 take a second that other targets need not wait.
    from framecast_contract.sandbox import RateLimits
    from framecast_contract.sandbox.defects import find_defect
    from framecast_contract.target.embedded import EmbeddedTarget

    target = EmbeddedTarget(rng, **({"rate_limits": RateLimits()} if budgets else {}))
    if defect is not None:
        find_defect(defect).plant(target.sandbox)
    return target
