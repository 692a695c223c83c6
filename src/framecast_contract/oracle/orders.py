"""Orders: whether what people saw of requests sent at once fits some order of these requests, one by one.

Nothing here knows what a world is. An operation says which answers a world allows and what world each of them
leaves; the search tries the operations in every order and gives up an order at the first answer that nobody
can have seen there. A world that was a dead end is not entered again with the same operations left, so worlds
are compared with `==`, and two that are equal must allow the same answers.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Generic, Literal, TypeVar

W = TypeVar("W")
A = TypeVar("A")

MOST_OPERATIONS = 6
"""More than these have too many orders to explain anything to a reader."""


class _Lost(Enum):
    LOST = "no answer"


LOST: Final = _Lost.LOST
"""What is seen of an operation whose answer never came: it may have done what was allowed, or nothing."""


@dataclass(frozen=True, slots=True)
class Operation(Generic[W, A]):
    """One of the requests: what it is called, what was seen of it, and what a world lets it do.

    `step` gives every allowed answer with the world behind it; more than one where the facts leave it open.
    """

    name: str
    seen: A | Literal[_Lost.LOST]
    step: Callable[[W], Iterable[tuple[A, W]]]


@dataclass(frozen=True, slots=True)
class Attempt:
    """An order that explains nothing: the operations that fit, then the one that did not, and why.

    `stuck` is None when every answer fits and only what was read afterwards does not.
    """

    fitting: tuple[str, ...]
    stuck: str | None
    why: str

    def __str__(self) -> str:
        order = [*self.fitting, f"{self.stuck}?"] if self.stuck else self.fitting
        return f"{', then '.join(order)}: {self.why}"


@dataclass(frozen=True, slots=True)
class Verdict(Generic[W]):
    """The order that explains everything and the world it leaves, or None for both.

    Without one, `tried` holds the attempts that came furthest and `untold` counts the others.
    """

    order: tuple[str, ...] | None
    world: W | None
    tried: tuple[Attempt, ...] = ()
    untold: int = 0

    @property
    def explained(self) -> bool:
        """Whether some order fits."""
        return self.order is not None


def explain(
    start: W,
    operations: Sequence[Operation[W, A]],
    contradictions: Callable[[W], Sequence[str]],
    *,
    most_told: int = 12,
) -> Verdict[W]:
    """Look for an order of `operations`, all under way at once in the world `start`, that fits what was seen.

    `contradictions` compares a world in which all are done with what was read afterwards, and says in words
    what differs: nothing if the world fits. A lost operation may also never have arrived. At most `most_told`
    attempts are told. Raises ValueError for no operation and for more than MOST_OPERATIONS.
    """
    if not 1 <= len(operations) <= MOST_OPERATIONS:
        raise ValueError(f"{len(operations)} operations at once, expected 1 to {MOST_OPERATIONS}")
    search = _Search(operations, contradictions)
    found = search.go((), frozenset(range(len(operations))), start)
    if found is not None:
        order, world = found
        return Verdict(order, world)
    tried = sorted(search.attempts, key=lambda attempt: -len(attempt.fitting))
    return Verdict(None, None, tuple(tried[:most_told]), len(tried[most_told:]))


class _Search(Generic[W, A]):
    """Depth first over what is left to be done; every dead end is remembered."""

    def __init__(
        self, operations: Sequence[Operation[W, A]], contradictions: Callable[[W], Sequence[str]]
    ) -> None:
        self.operations = operations
        self.contradictions = contradictions
        self.attempts: list[Attempt] = []
        self._dead_ends: dict[frozenset[int], list[W]] = {}

    def go(self, done: tuple[str, ...], left: frozenset[int], world: W) -> tuple[tuple[str, ...], W] | None:
        """The rest of an order that fits, behind `done`, and the world at its end."""
        known = self._dead_ends.setdefault(left, [])
        if world in known:
            return None
        found = self._further(done, left, world) if left else self._end(done, world)
        if found is None:
            known.append(world)
        return found

    def _end(self, done: tuple[str, ...], world: W) -> tuple[tuple[str, ...], W] | None:
        differ = self.contradictions(world)
        if not differ:
            return done, world
        self.attempts.append(Attempt(done, None, "; ".join(differ)))
        return None

    def _further(
        self, done: tuple[str, ...], left: frozenset[int], world: W
    ) -> tuple[tuple[str, ...], W] | None:
        for index in sorted(left):
            for name, after in self._fitting(done, self.operations[index], world):
                found = self.go((*done, name), left - {index}, after)
                if found is not None:
                    return found
        return None

    def _fitting(
        self, done: tuple[str, ...], operation: Operation[W, A], world: W
    ) -> Iterable[tuple[str, W]]:
        """What may have happened: the worlds behind the answers that are allowed here and fit."""
        allowed = list(operation.step(world))
        if operation.seen is LOST:
            happened = [(f"{operation.name} ({answer})", after) for answer, after in allowed]
            return [*happened, (f"{operation.name} (never arrived)", world)]
        fitting = [(operation.name, after) for answer, after in allowed if answer == operation.seen]
        if not fitting:
            expected = " or ".join(str(answer) for answer, _ in allowed) or "nothing"
            why = f"expected {expected}, was {operation.seen}"
            self.attempts.append(Attempt(done, operation.name, why))
        return fitting
