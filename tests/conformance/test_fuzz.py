"""Every operation against the contract: schemathesis, with valid and invalid data, as different people.

The creator owns something in every state and is fuzzed operation by operation, in depth; the others are there
to see that who they are changes what they may do and nothing else.
"""

from collections.abc import Awaitable, Callable
from random import Random

import pytest

from framecast_contract.checks.found import Found
from framecast_contract.checks.telling import Case
from framecast_contract.contract import Contract, load_contract
from framecast_contract.fuzzing import Fuzz, fuzz_schema
from framecast_contract.history import History, Ledger
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.populating import PopulatedWorld, populated

DEPTH = 25
BREADTH = 5
"""Examples per operation and phase: for the one who is fuzzed in depth, and for everybody else."""

Actor = Callable[[People], Awaitable[Persona]]


async def _starter(people: People) -> Persona:
    return await people.starter()


async def _creator(people: People) -> Persona:
    return await people.creator()


async def _nobody(people: People) -> Persona:
    return people.nobody()


async def _reading_key(people: People) -> Persona:
    return await people.key_of(await people.creator(), "jobs:read")


async def _full_key(people: People) -> Persona:
    return await people.key_of(await people.creator())


OTHERS: dict[str, Actor] = {
    "nobody": _nobody,
    "starter": _starter,
    "key with jobs:read": _reading_key,
    "key with every scope": _full_key,
}
OPERATIONS = tuple(load_contract().operations)


class Fuzzer:
    """Fuzzes the target of a test, in a world made for it."""

    def __init__(
        self, target: Target, contract: Contract, routes: Routes, history: History, rng: Random, case: Case
    ) -> None:
        self._target = target
        self._contract = contract
        self._routes = routes
        self._history = history
        self._rng = rng
        self._case = case

    def world(self, actor: Actor, operation: str | None = None) -> PopulatedWorld:
        """A new world for `actor`, with something of theirs for the operation to work on."""

        async def make() -> PopulatedWorld:
            async with People(self._target, self._rng, self._history, self._routes.operation_of) as people:
                person = await actor(people)
                if operation is None:
                    return PopulatedWorld(person, {})
                return await populated(people, person, sorted(self._contract.input_names(operation)))

        return self._target.run(make())

    def run(
        self, world: PopulatedWorld, examples: int, *phases: str, operations: list[str] | None = None
    ) -> Ledger:
        """Run these phases; a finding fails the test, a crashed check makes it unknown."""
        schema = fuzz_schema(
            self._contract,
            base_url=self._target.base_url,
            adapter=self._target.adapter(),
            token=world.actor.token,
            seed=self._rng.getrandbits(32),
            max_examples=examples,
            known_ids=world.ids,
            operations=operations,
        )
        result = Fuzz(schema, world.actor.name, self._case, self._routes.operation_of).run(*phases)
        if result.ledger.findings:
            raise Found(result.ledger.findings)
        if result.errors:
            raise RuntimeError("; ".join(result.errors))
        return result.ledger


@pytest.fixture
def fuzzer(
    target: Target, contract: Contract, routes: Routes, history: History, rng: Random, suite_case: Case
) -> Fuzzer:
    return Fuzzer(target, contract, routes, history, rng, suite_case)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_an_operation_keeps_the_contract(fuzzer: Fuzzer, ledger: Ledger, operation: str) -> None:
    world = fuzzer.world(_creator, operation)

    done = fuzzer.run(world, DEPTH, "examples", "coverage", "fuzzing", operations=[operation])

    assert done.operations.get(operation), f"no request reached {operation}"
    ledger.merge(done)


@pytest.mark.parametrize("name", OTHERS)
def test_every_operation_keeps_the_contract_for_others_too(fuzzer: Fuzzer, ledger: Ledger, name: str) -> None:
    world = fuzzer.world(OTHERS[name])

    done = fuzzer.run(world, BREADTH, "examples", "fuzzing")

    assert set(done.operations) == set(OPERATIONS)
    ledger.merge(done)


@pytest.mark.parametrize("name", ["creator", "starter"])
def test_chains_of_linked_operations_keep_the_contract(fuzzer: Fuzzer, ledger: Ledger, name: str) -> None:
    actor = _creator if name == "creator" else _starter

    done = fuzzer.run(fuzzer.world(actor), DEPTH, "stateful")

    assert done.operations, "no chain was ever begun"  # which operations it meets is up to chance
    ledger.merge(done)
