"""Laws of teams: whatever people do, in whatever order, the server answers and shows what the model says."""

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framecast_contract.history import History
from framecast_contract.target.base import Target
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.companies import MOVES, Command, company_of

pytestmark = pytest.mark.needs("clock")

WAIT = "wait"
Play = Callable[[Sequence[Command]], None]
law = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example makes its own people
)

# Joining is what everything else needs, so it is drawn more often than the rest.
names = st.sampled_from([*MOVES, "invite", "accept", "invite", "accept", "promote", WAIT])
some = st.integers(0, 31)
commands = st.lists(st.builds(Command, names, some, some, some, some), min_size=15, max_size=50)


@pytest.fixture
def play(target: Target, rng: Random, history: History, routes: Routes) -> Play:
    """Lets new people do as commanded, and compares every answer and the end with the model."""

    async def played(commands: Sequence[Command]) -> None:
        async with People(target, rng, history, routes.operation_of) as people:
            company = await company_of(people, starters=2, creators=3)
            for command in commands:
                if command.name == WAIT:
                    await company.wait()
                    continue
                seen, expected = await company.play(command)
                assert seen == expected, command
            assert await company.broken() == []

    return lambda commands: target.run(played(commands))


@pytest.mark.rule("TEAM-15", "INV-U2", "INV-U3", "INV-T1", "INV-T2", "INV-M3", "INV-M5", "INV-M6", "INV-I5")
@pytest.mark.rule("INV-I8", "INVITE-7", "INVITE-16", "CARD-1")
@law
@given(commands)
def test_teams_are_what_people_made_of_them(play: Play, commands: Sequence[Command]) -> None:
    play(commands)


@pytest.mark.rule("TEAM-15")
def test_each_move_in_turn_is_what_the_model_says(play: Play) -> None:
    names = [*MOVES, WAIT, *[*MOVES][::-1]]

    play([Command(name, turn, turn + 1, turn, turn) for turn, name in enumerate(names)])
