"""State machines: Hypothesis draws commands for a stage, and after each one server and model must agree.

A *stage* is a server and a model side by side, with commands given by name and numbers. `machine_of` makes
a Hypothesis state machine with one rule per command, so that a failing run prints readable steps; every run
has a stage of its own. What was really exercised is counted, so that an empty search is noticed.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, Protocol, TypeVar

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from framecast_contract.oracle.words import Answer, Broken

T = TypeVar("T")
some = st.integers(0, 47)


class Command(NamedTuple):
    """What somebody does; the numbers pick from what there is, whatever there is."""

    name: str
    actor: int
    thing: int
    number: int


class Played(NamedTuple):
    """One command: what was done, what the server said, what it may say, and what differs from the model.

    `effects` names what happened besides the answer, so that it can be counted.
    """

    name: str
    seen: Answer
    allowed: tuple[Answer, ...]
    broken: Sequence[Broken] = ()
    effects: Sequence[str] = ()

    def faults(self) -> list[str]:
        """One line for everything that is not as the model says; none when all is well."""
        told = [f"{each.rule_id}: {each.message}" for each in self.broken]
        if self.seen in self.allowed:
            return told
        wanted = " or ".join(_said(answer) for answer in self.allowed)
        return [f"{self.name} was answered {_said(self.seen)}, expected {wanted}", *told]


class Stage(Protocol):
    """A server and a model, played side by side."""

    def run(self, work: Awaitable[T]) -> T:
        """Do asynchronous work where the server can be reached."""

    async def play(self, command: Command) -> Played:
        """Do one thing, on the server and in the model."""

    async def broken(self) -> list[Broken]:
        """Everything the server shows against the model, and the laws of the model itself."""


Opening = Callable[[], AbstractContextManager[Stage]]


@dataclass(slots=True)
class Log:
    """What the runs of a machine did: the steps of the last one, and how often each answer was seen.

    After a failure the last run is the shrunk one, because Hypothesis repeats it to report it.
    """

    steps: list[Command] = field(default_factory=list)
    counted: Counter[str] = field(default_factory=Counter)
    total: int = 0

    def add(self, played: Played) -> None:
        """Count one step."""
        self.total += 1
        self.counted.update([f"{played.name} {played.seen.status}", *played.effects])

    def missing(self, required: Iterable[str]) -> list[str]:
        """What should have been exercised and was not; `required` are words like "create_job 402"."""
        return [name for name in required if not self.counted[name]]


class Machine(RuleBasedStateMachine):
    """Plays commands on a stage of its own; `machine_of` adds the rules."""

    opening: Opening
    log: Log

    def __init__(self) -> None:
        super().__init__()
        self._held = ExitStack()
        self.log.steps = []
        self.stage = self._held.enter_context(type(self).opening())
        self._sound = True

    def play(self, command: Command) -> None:
        """Do one thing; AssertionError, one line per fault, when server and model do not agree."""
        self.log.steps.append(command)
        played = self.stage.run(self.stage.play(command))
        self.log.add(played)
        self._agree(played.faults())

    def _agree(self, faults: Sequence[str]) -> None:
        self._sound = not faults
        if faults:
            raise AssertionError("\n".join(faults))

    def teardown(self) -> None:
        """Compare everything once more, unless a step has failed already, and give the stage back."""
        with self._held:
            if self._sound:
                left = self.stage.run(self.stage.broken())
                self._agree([f"{each.rule_id}: {each.message}" for each in left])


def machine_of(opening: Opening, names: Iterable[str], log: Log) -> type[Machine]:
    """A state machine with one rule for each of these commands, on a new stage for every run."""
    rules = {name: _rule(name) for name in names}
    return type("Play", (Machine,), {"opening": staticmethod(opening), "log": log, **rules})


def explore(machine: type[Machine], *, examples: int, steps: int) -> None:
    """Run a machine that many times with at most that many steps each; raises the first thing that fails.

    A failure is shrunk. The seed is Hypothesis' own, nothing is remembered from one call to the next.
    """
    limits = settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        report_multiple_bugs=False,
    )
    run_state_machine_as_test(machine, settings=limits)


def wander(machine: type[Machine], names: Sequence[str], rng: Random, *, runs: int, steps: int) -> None:
    """Play commands drawn evenly from `names`, so that each is reached: a search tries few of them per run.

    Nothing is shrunk; raises the AssertionError of the first step that fails.
    """
    for _ in range(runs):
        wanderer = machine()
        try:
            for _ in range(steps):
                wanderer.play(Command(rng.choice(names), *(rng.randrange(48) for _ in range(3))))
        finally:
            wanderer.teardown()


def _rule(name: str) -> Any:
    def step(self: Machine, actor: int, thing: int, number: int) -> None:
        self.play(Command(name, actor, thing, number))

    step.__name__ = name
    return rule(actor=some, thing=some, number=some)(step)


def _said(answer: Answer) -> str:
    return f"{answer.status} {answer.code}" if answer.code else str(answer.status)
