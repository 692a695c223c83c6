"""Laws: what holds for any storyboard, any sequence of requests and any page, seen through the API.

Every example has people of its own. Percentages and durations have two decimals, as people write them.
"""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from random import Random
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from framecast_client import ApiError, operations
from framecast_client.models import Job
from framecast_contract.history import History
from framecast_contract.oracle.credits import broken_conservation
from framecast_contract.oracle.jobs import broken_clone_rules
from framecast_contract.oracle.limits import broken_pages
from framecast_contract.oracle.prices import broken_charge_rules, broken_estimate_rules
from framecast_contract.oracle.specs import broken_rules, broken_validation_rules, spec_answer
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import CREATED
from framecast_contract.target.base import Target
from framecast_contract.target.people import People, Persona
from framecast_contract.target.routes import Routes
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.following import events
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.rule_breaking_storyboards import BEYOND, WITHIN
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth

pytestmark = pytest.mark.needs("credits", "renders")

BALANCE = 2_000
law = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # every example makes its own people
)


class Studio:
    """A creator with credits and the render back end, to whom commands can be given at random."""

    def __init__(self, owner: Persona, back_end: RenderBackEnd) -> None:
        self.owner = owner
        self.back_end = back_end
        self.seen: dict[UUID, Job] = {}

    async def play(self, name: str, index: int, number: float) -> None:
        """Do one thing with the job that `index` picks, or make one; refusals are part of it."""
        jobs = list(self.seen)
        with suppress(ApiError):
            job = await (self._do(name, jobs[index % len(jobs)], number) if jobs else self._create(number))
            self.seen |= {job.id: job} if job else {}

    async def _create(self, number: float) -> Job:
        return await self.owner.client.create_job(storyboard_worth(int(number) + 1))

    async def _do(self, name: str, job: UUID, number: float) -> Job | None:
        client, machine = self.owner.client, self.back_end
        if name == "delete":
            await client.delete_job(job)
            return None
        steps: dict[str, Callable[[], Awaitable[Job]]] = {
            "create": lambda: self._create(number),
            "clone": lambda: client.clone_job(job),
            "start": lambda: machine.start(job),
            "progress": lambda: machine.progress(job, number),
            "complete": lambda: machine.complete(job),
            "fail": lambda: machine.fail(job, ("system", "timeout", "validation")[int(number) % 3]),
            "cancel": lambda: client.cancel_job(job),
        }
        return await steps[name]()

    async def refund(self, charged: int, percent: float, ending: str) -> int:
        """What a job gives back that ends in that way at that percentage."""
        job = await self.owner.client.create_job(storyboard_worth(charged))
        await self.back_end.bring_to(job.id, percent)
        canceled = ending == "canceled"
        ended = self.owner.client.cancel_job(job.id) if canceled else self.back_end.fail(job.id, ending)
        return (await ended).credits_refunded


Story = Callable[[Studio], Awaitable[None]]
Explore = Callable[[Story], None]


@pytest.fixture
def explore(target: Target, rng: Random, history: History, routes: Routes) -> Explore:
    """Tells a story of a new studio."""

    async def told(story: Story) -> None:
        async with People(target, rng, history, routes.operation_of) as people:
            back_end = RenderBackEnd(people)
            await story(Studio(await people.creator(credits=BALANCE), back_end))

    return lambda story: target.run(told(story))


def hundredths(least: int, most: int) -> st.SearchStrategy[float]:
    """Numbers of two decimals."""
    return st.integers(least * 100, most * 100).map(lambda number: number / 100)


percents = hundredths(0, 100)
durations = st.lists(hundredths(1, 30), min_size=1, max_size=8)
texts = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=8)
anything = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | hundredths(-100, 100) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=6,
)
extras = st.dictionaries(texts.map(lambda name: f"x_{name}"), anything, max_size=3)


COMMANDS = ("create", "clone", "start", "progress", "complete", "fail", "cancel", "delete")
commands = st.lists(
    st.tuples(st.sampled_from(COMMANDS), st.integers(0, 5), percents), min_size=3, max_size=30
)


@pytest.mark.rule("CREDIT-5", "CREDIT-2", "CREDIT-3", "CREDIT-7", "INV-U5")
@law
@given(commands)
def test_credits_are_conserved(explore: Explore, commands: list[tuple[str, int, float]]) -> None:
    async def story(studio: Studio) -> None:
        for command in commands:
            await studio.play(*command)
            jobs = [as_json(job) for job in studio.seen.values()]
            end = await studio.owner.balance()
            assert broken_conservation(studio.owner.owner, start=BALANCE, end=end, jobs=jobs) == []

    explore(story)


@pytest.mark.rule("REFUND-3", "REFUND-2", "REFUND-7", "REFUND-8", "REFUND-9", "INV-J8", "INV-J9")
@law
@given(st.integers(1, 300), percents, percents)
def test_more_progress_never_gives_more_back(
    explore: Explore, charged: int, one: float, other: float
) -> None:
    least, most = sorted((one, other))

    async def story(studio: Studio) -> None:
        early, late = [await studio.refund(charged, percent, "validation") for percent in (least, most)]
        canceled, canceled_late = [
            await studio.refund(charged, percent, "canceled") for percent in (least, most)
        ]
        assert 0 <= late <= early <= charged
        assert 0 <= canceled_late <= canceled <= early
        assert canceled_late <= late

    explore(story)


@pytest.mark.rule("EVENT-9", "EVENT-12", "EVENT-2")
@law
@given(st.lists(percents, max_size=12), st.booleans(), st.data())
def test_a_prefix_and_the_rest_are_the_whole_stream(
    explore: Explore, reported: list[float], completed: bool, data: st.DataObject
) -> None:
    place = data.draw(st.integers(1, len(reported) + 2))

    async def story(studio: Studio) -> None:
        owner = studio.owner
        job = await owner.client.create_job(storyboard(5))
        await studio.back_end.start(job.id)
        for percent in reported:
            await studio.back_end.progress(job.id, percent)
        await (studio.back_end.complete(job.id) if completed else studio.back_end.fail(job.id))

        whole = await events(owner, job.id)
        rest = await events(owner, job.id, after=f"{job.id}:{place}")

        assert [*whole[:place], *rest] == whole == await events(owner, job.id)

    explore(story)


@pytest.mark.rule("JOB-21", "PRICE-6", "SPEC-5", "IDEM-9")
@law
@given(durations, extras, extras)
def test_a_clone_is_true_to_its_source(
    explore: Explore, durations: list[float], members: dict[str, Any], options: dict[str, Any]
) -> None:
    async def story(studio: Studio) -> None:
        owner = studio.owner
        spec = {**storyboard(*durations), **members}
        created = await owner.client.create_job(spec, options=options, idempotency_key="k")
        source = as_json(created)

        clone = as_json(await owner.client.clone_job(source["id"]))

        assert (source["spec_snapshot"], source["options"]) == (spec, options)
        assert broken_clone_rules(source, clone, owner=owner.owner, caller=owner.user_id) == []
        assert broken_charge_rules(clone) == []

    explore(story)


@pytest.mark.rule("LIST-6", "LIST-2", "LIST-7")
@law
@given(st.integers(0, 7), st.integers(1, 8))
def test_pages_partition_a_list(explore: Explore, count: int, limit: int) -> None:
    async def story(studio: Studio) -> None:
        owner = studio.owner
        made: list[Job] = []
        for _ in range(count):
            job = await owner.client.create_job(storyboard(1))
            made.insert(0, await owner.client.cancel_job(job.id))

        pages = [
            await owner.client.list_jobs(limit=limit, offset=offset) for offset in range(0, count + 1, limit)
        ]

        assert broken_pages(made, pages, limit) == []

    explore(story)


specs = st.sampled_from([*WITHIN.values(), *BEYOND.values()])
mixtures = st.builds(
    lambda one, other, kept: {**one, **{name: value for name, value in other.items() if name in kept}},
    specs,
    specs,
    st.sets(st.sampled_from(list(WITHIN["everything"]))),
)


@pytest.mark.rule("SPEC-1", "SPEC-2", "SPEC-3")
@law
@given(mixtures)
def test_validation_foretells_creation(explore: Explore, spec: dict[str, Any]) -> None:
    async def story(studio: Studio) -> None:
        owner = studio.owner
        validated = as_json(await owner.client.validate_spec(spec))

        created = await answer_to(owner.client, operations.create_job(spec))

        assert validated["valid"] is (broken_rules(spec, catalogue=CATALOGUE) == [])
        assert broken_validation_rules(spec, validated, catalogue=CATALOGUE) == []
        assert created == (spec_answer(spec, catalogue=CATALOGUE) or CREATED)

    explore(story)


@pytest.mark.rule("D-13", "PRICE-1", "PRICE-2", "PRICE-3", "CREDIT-2")
@law
@given(durations)
def test_a_job_costs_what_was_estimated(explore: Explore, durations: list[float]) -> None:
    async def story(studio: Studio) -> None:
        owner = studio.owner
        spec = storyboard(*durations)
        estimate = as_json(await owner.client.estimate_spec(spec))

        job = await owner.client.create_job(spec)

        assert broken_estimate_rules(spec, estimate) == []
        assert job.credits_charged == estimate["estimated_credits"] == BALANCE - await owner.balance()

    explore(story)
