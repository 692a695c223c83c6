"""The model world: told stories, and every world that random requests can reach keeps the laws."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    UNPAYABLE,
    Broken,
)
from framecast_contract.oracle.world import World, broken_model_rules, broken_world_rules

STARTER, MEMBER, VIEWER, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcd")
TEAMS, MINE = f"framecast:team:{TEAM}", f"framecast:user:{STARTER}"
MEMBERSHIP = f"framecast:{TEAM}:{MEMBER}"


def job_id(number: int) -> str:
    return f"{number:08d}-0000-4000-8000-000000000000"


ONE, TWO, THREE = job_id(1), job_id(2), job_id(3)
START = {MINE: 100, TEAMS: 60, f"framecast:user:{MEMBER}": 20}


def storyboard(seconds: Any = 10) -> dict[str, Any]:
    return {"title": "t", "scenes": [{"id": "a", "prompt": "p", "duration": seconds}]}


def fresh() -> World:
    people = [
        Person(STARTER),
        Person(MEMBER, "creator", {TEAM: "member"}),
        Person(VIEWER, "creator", {TEAM: "viewer"}),
    ]
    return World({person.id: person for person in people}, START)


def with_job(owner: str | None = None, user: str = STARTER, **options: Any) -> World:
    answer, world = fresh().create_job(ONE, user, storyboard(), owner=owner, **options)
    assert answer == CREATED
    return world


def report(world: World, event: str, **members: Any) -> World:
    answer, after = world.callback({"job_id": ONE, "event": event, **members})
    assert answer == OK
    return after


def test_a_new_job_costs_its_price_and_is_queued() -> None:
    world = with_job(key="k")
    assert world.balances[MINE] == 90
    assert world.events[ONE] == ("queued",)
    assert world.jobs[ONE] == {
        "id": ONE,
        "owner": MINE,
        "triggered_by": STARTER,
        "project_id": None,
        "status": "queued",
        "spec_snapshot": storyboard(),
        "options": {},
        "progress": {},
        "credits_charged": 10,
        "credits_refunded": 0,
        "failure_type": None,
        "idempotency_key": "k",
        "output": None,
    }


@pytest.mark.parametrize("owner", [TEAMS, MEMBERSHIP])
def test_a_team_pays_for_its_jobs_and_its_memberships(owner: str) -> None:
    assert with_job(owner, MEMBER).balances == {**START, TEAMS: 50}


def test_a_repeated_key_costs_nothing_even_without_slots_or_a_valid_storyboard() -> None:
    world = with_job(key="k")
    assert world.create_job(TWO, STARTER, {}, key="k") == (OK, world)
    assert world.creation_refusals(STARTER, {}, key="other") == (INVALID,)


@pytest.mark.parametrize(
    ("user", "spec", "owner", "key", "expected"),
    [
        (STARTER, storyboard(), "me", None, INVALID),
        (STARTER, storyboard(), TEAMS, None, FORBIDDEN),
        (VIEWER, storyboard(), TEAMS, None, FORBIDDEN),
        (STARTER, storyboard(0), None, None, INVALID),
        (STARTER, storyboard(), None, "", INVALID),
        (VIEWER, storyboard(), None, None, UNPAYABLE),
        (MEMBER, storyboard(20.5), None, None, UNPAYABLE),
    ],
)
def test_a_refused_creation_leaves_no_trace(
    user: str, spec: Any, owner: str | None, key: str | None, expected: Any
) -> None:
    world = fresh()
    assert world.create_job(ONE, user, spec, owner=owner, key=key) == (expected, world)


def test_a_balance_equal_to_the_price_is_enough() -> None:
    answer, world = fresh().create_job(ONE, MEMBER, storyboard(20))
    assert (answer, world.balances[f"framecast:user:{MEMBER}"]) == (CREATED, 0)


def test_a_starter_has_one_slot_and_gets_it_back_by_canceling() -> None:
    world = with_job()
    assert world.create_job(TWO, STARTER, storyboard()) == (CONFLICT, world)
    _, world = world.cancel(STARTER, ONE)
    answer, world = world.create_job(TWO, STARTER, storyboard())
    assert (answer, list(world.jobs)) == (CREATED, [ONE, TWO])


def test_without_slot_and_without_credits_either_refusal_is_allowed() -> None:
    poor = replace(with_job(), balances={MINE: 0})
    assert poor.creation_refusals(STARTER, storyboard()) == (CONFLICT, UNPAYABLE)


def test_a_cancellation_gives_back_what_was_not_rendered_less_the_fee() -> None:
    world = report(report(with_job(), "started"), "progress", progress_percent=40)
    answer, after = world.cancel(STARTER, ONE)
    assert (answer, after.balances[MINE], after.events[ONE][-1]) == (OK, 95, "canceled")
    assert after.jobs[ONE] == {
        **world.jobs[ONE],
        "status": "canceled",
        "failure_type": "canceled",
        "credits_refunded": 5,
    }
    assert after.cancel(STARTER, ONE) == (CONFLICT, after)


@pytest.mark.parametrize(("failure_type", "refunded"), [(None, 10), ("timeout", 10), ("validation", 6)])
def test_a_failure_gives_back_by_its_type(failure_type: str | None, refunded: int) -> None:
    world = report(report(with_job(), "started"), "progress", progress_percent=Decimal("33.3"))
    world = report(world, "failed", failure_type=failure_type)
    assert world.jobs[ONE]["failure_type"] == (failure_type or "system")
    assert world.balances[MINE] == 90 + refunded


def test_half_an_hour_of_processing_is_a_timeout_with_full_refund() -> None:
    queued = with_job()
    assert queued.time_out(ONE) == queued
    late = report(queued, "started").time_out(ONE)
    assert (late.jobs[ONE]["status"], late.jobs[ONE]["failure_type"], late.balances[MINE]) == (
        "failed",
        "timeout",
        100,
    )


def test_a_completed_job_keeps_its_charge_and_its_story() -> None:
    world = report(report(with_job(), "started"), "completed", output={"video_url": "https://x"})
    assert world.balances[MINE] == 90
    assert world.events[ONE] == ("queued", "started", "completed")
    assert world.callback({"job_id": ONE, "event": "started"}) == (CONFLICT, world)


def test_a_report_that_fits_nothing_changes_nothing() -> None:
    world = with_job()
    assert world.callback(None) == (INVALID, world)
    assert world.callback({"job_id": TWO, "event": "started"}) == (NOT_FOUND, world)
    assert world.callback({"job_id": ONE, "event": "completed", "output": {}}) == (CONFLICT, world)


def test_only_finished_jobs_are_deleted_and_then_they_are_gone() -> None:
    world = with_job(key="k")
    assert world.delete(STARTER, ONE) == (INVALID, world)
    _, world = world.cancel(STARTER, ONE)
    answer, gone = world.delete(STARTER, ONE)
    assert (answer, gone.jobs, gone.events, gone.balances) == (NO_CONTENT, {}, {}, world.balances)
    assert gone.cancel(STARTER, ONE) == (NOT_FOUND, gone)
    assert gone.create_job(TWO, STARTER, storyboard(), key="k")[0] == CREATED


def test_a_clone_copies_a_job_in_any_state_at_its_own_cost() -> None:
    source = with_job(TEAMS, MEMBER, options={"seed": 1}, key="k")
    answer, world = source.clone_job(TWO, MEMBER, ONE)
    assert (answer, world.balances[TEAMS]) == (CREATED, 40)
    assert world.jobs[TWO] == {**source.jobs[ONE], "id": TWO, "idempotency_key": None}
    assert world.jobs[ONE] == source.jobs[ONE]


def test_who_sees_a_job_but_may_not_use_its_owner_clones_it_elsewhere() -> None:
    world = with_job(TEAMS, MEMBER)
    assert world.clone_job(TWO, VIEWER, ONE) == (FORBIDDEN, world)
    assert world.clone_job(TWO, VIEWER, ONE, f"framecast:user:{VIEWER}") == (UNPAYABLE, world)
    assert world.clone_job(TWO, STARTER, ONE, MINE) == (NOT_FOUND, world)


def test_jobs_are_seen_by_owner_newest_first() -> None:
    world = with_job(TEAMS, MEMBER)
    _, world = world.create_job(TWO, MEMBER, storyboard(), owner=MEMBERSHIP)
    _, world = world.create_job(THREE, MEMBER, storyboard(), owner=TEAMS)
    assert [[job["id"] for job in world.visible_jobs(user)] for user in (MEMBER, VIEWER, STARTER)] == [
        [THREE, TWO, ONE],
        [THREE, ONE],
        [],
    ]


def test_an_id_that_is_taken_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match=f"job {ONE} is already in this world"):
        with_job(TEAMS, MEMBER).create_job(ONE, MEMBER, storyboard())


def test_a_read_that_differs_from_the_model_is_noticed() -> None:
    world = report(report(with_job(), "started"), "progress", progress_percent=Decimal("33.3"))
    read = {**world.jobs[ONE], "progress": {"percent": 33.3, "phase": "generating"}, "created_at": "now"}
    assert broken_model_rules(world, read) == []
    assert broken_model_rules(world, {**read, "status": "queued", "progress": {}}) == [
        Broken("WORLD-1", "status is 'queued', expected 'processing'"),
        Broken("WORLD-1", "progress.percent is 0, expected 33.3"),
    ]
    assert broken_model_rules(world, {**read, "id": TWO}) == [
        Broken("WORLD-1", f"job {TWO} is shown, but was never made or is deleted")
    ]


def test_the_laws_notice_a_world_that_breaks_them() -> None:
    world = with_job()
    richer = replace(world, balances={**world.balances, MINE: 91})
    indebted = replace(world, balances={**world.balances, MINE: -1})
    crowded = replace(world, jobs={ONE: world.jobs[ONE], TWO: world.jobs[ONE]}, balances={MINE: 80})
    unheard = replace(world, events={ONE: ("queued", "canceled")})
    worlds = (richer, indebted, crowded, unheard)
    assert [[broken.rule_id for broken in broken_world_rules(START, each)] for each in worlds] == [
        ["CREDIT-5"],
        ["CREDIT-5", "INV-U5"],
        ["CARD-6"],
        ["EVENT-14"],
    ]


class Worlds(RuleBasedStateMachine):
    """People make, clone, cancel and delete jobs while a renderer reports whatever it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.world = fresh()
        self.made = 0

    def move(self, answer_and_world: tuple[Any, World]) -> None:
        answer, after = answer_and_world
        if not answer.accepted:
            assert after == self.world
        self.world = after

    def next_id(self) -> str:
        self.made += 1
        return job_id(self.made)

    @rule(
        user=st.sampled_from([STARTER, MEMBER, VIEWER]),
        seconds=st.integers(0, 31),
        owner=st.sampled_from([None, TEAMS, MEMBERSHIP, MINE]),
        key=st.sampled_from([None, "k", "l"]),
    )
    def create(self, user: str, seconds: int, owner: str | None, key: str | None) -> None:
        self.move(self.world.create_job(self.next_id(), user, storyboard(seconds), owner=owner, key=key))

    @rule(user=st.sampled_from([STARTER, MEMBER, VIEWER]), data=st.data())
    def clone(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.clone_job(self.next_id(), user, self.some_job(data)))

    @rule(user=st.sampled_from([STARTER, MEMBER, VIEWER]), data=st.data())
    def cancel(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.cancel(user, self.some_job(data)))

    @rule(user=st.sampled_from([STARTER, MEMBER, VIEWER]), data=st.data())
    def delete(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.delete(user, self.some_job(data)))

    @rule(
        event=st.sampled_from(["started", "started", "progress", "progress", "completed", "failed"]),
        percent=st.decimals(0, 100, places=2),
        failure_type=st.sampled_from([None, "system", "timeout", "validation"]),
        data=st.data(),
    )
    def hear(self, event: str, percent: Decimal, failure_type: str | None, data: st.DataObject) -> None:
        told: dict[str, Any] = {"progress_percent": percent, "failure_type": failure_type, "output": {}}
        self.move(self.world.callback({"job_id": self.some_job(data), "event": event, **told}))

    def some_job(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([*self.world.jobs, job_id(0)]))

    @invariant()
    def every_law_holds(self) -> None:
        assert broken_world_rules(START, self.world) == []


TestWorlds = Worlds.TestCase
TestWorlds.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)
