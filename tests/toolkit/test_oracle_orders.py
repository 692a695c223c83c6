"""The search for an order that explains a race, on histories written by hand over a till with one slot."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import Any

import pytest

from framecast_contract.oracle.orders import LOST, MOST_OPERATIONS, Attempt, Operation, Verdict, explain

DONE, REFUSED = "done", "refused"


@dataclass(frozen=True, slots=True)
class Till:
    """Credits in it, who holds the one slot, whether the sale was refunded, and notes in order."""

    credits: int = 0
    holder: str | None = None
    refunded: bool = False
    notes: frozenset[str] = frozenset()


Steps = list[tuple[str, Till]]
Sale = Operation[Till, str]


def spend(name: str, seen: Any, price: int = 10) -> Sale:
    """Takes the price if it is there."""

    def step(till: Till) -> Steps:
        enough = till.credits >= price
        return [(DONE, replace(till, credits=till.credits - price))] if enough else [(REFUSED, till)]

    return Operation(name, seen, step)


def refund(name: str, seen: Any) -> Sale:
    """Gives 10 credits back, once."""

    def step(till: Till) -> Steps:
        back = replace(till, credits=till.credits + 10, refunded=True)
        return [(REFUSED, till)] if till.refunded else [(DONE, back)]

    return Operation(name, seen, step)


def hold(name: str, seen: Any) -> Sale:
    """Takes the slot if it is free."""

    def step(till: Till) -> Steps:
        return [(REFUSED, till)] if till.holder else [(DONE, replace(till, holder=name))]

    return Operation(name, seen, step)


def release(name: str, seen: Any) -> Sale:
    """Gives the slot back, whoever has it."""
    return Operation(name, seen, lambda till: [(DONE, replace(till, holder=None))])


def note(name: str, seen: Any = DONE) -> Sale:
    """Adds a note to the others."""
    return Operation(name, seen, lambda till: [(DONE, replace(till, notes=till.notes | {name}))])


def reading(**members: Any) -> Callable[[Till], Sequence[str]]:
    """What was read afterwards."""

    def differ(till: Till) -> list[str]:
        known = {name: getattr(till, name) for name in members}
        return [f"{name} is {members[name]}, expected {known[name]}" for name in known
                if known[name] != members[name]]  # fmt: skip

    return differ


@pytest.mark.parametrize(
    ("start", "operations", "read", "order"),
    [
        (Till(10), [spend("a", DONE), spend("b", REFUSED)], {"credits": 0}, ("a", "b")),
        (Till(10), [spend("a", REFUSED), spend("b", DONE)], {"credits": 0}, ("b", "a")),
        (Till(), [refund("a", REFUSED), refund("b", DONE)], {"credits": 10}, ("b", "a")),
        (Till(), [spend("a", DONE), refund("b", DONE)], {"credits": 0}, ("b", "a")),
        (Till(), [hold("a", DONE), hold("b", DONE), release("c", DONE)], {"holder": "b"}, ("a", "c", "b")),
        (Till(), [hold("a", DONE), hold("b", DONE), release("c", DONE)], {"holder": "a"}, ("b", "c", "a")),
        (Till(), [note("a"), note("b")], {"notes": {"a", "b"}}, ("a", "b")),
    ],
)  # fmt: skip
def test_an_order_is_found(
    start: Till, operations: list[Sale], read: dict[str, Any], order: tuple[str, ...]
) -> None:
    verdict = explain(start, operations, reading(**read))

    assert (verdict.explained, verdict.order) == (True, order)
    assert verdict.world is not None
    assert reading(**read)(verdict.world) == []


@pytest.mark.parametrize(
    ("start", "operations", "read"),
    [
        pytest.param(Till(), [refund("a", DONE), refund("b", DONE)], {}, id="double refund"),
        pytest.param(Till(), [refund("a", DONE), refund("b", REFUSED)], {"credits": 20}, id="silent refund"),
        pytest.param(Till(), [hold("a", DONE), hold("b", DONE)], {}, id="two winners of one slot"),
        pytest.param(Till(), [hold("a", REFUSED), hold("b", REFUSED)], {}, id="no winner"),
        pytest.param(Till(10), [spend("a", DONE), spend("b", DONE)], {}, id="double spend"),
        pytest.param(Till(30), [spend("a", DONE), spend("b", DONE)], {"credits": 20}, id="overwritten debit"),
        pytest.param(Till(), [note("a"), note("b")], {"notes": {"b"}}, id="lost update"),
        pytest.param(Till(), [hold("a", LOST), hold("b", DONE)], {"holder": "a"}, id="the other one holds"),
        pytest.param(Till(), [refund("a", LOST), refund("b", LOST)], {"credits": 20}, id="both came twice"),
    ],
)
def test_no_order_is_found(start: Till, operations: list[Sale], read: dict[str, Any]) -> None:
    verdict = explain(start, operations, reading(**read))

    assert (verdict.explained, verdict.order, verdict.world) == (False, None, None)
    assert verdict.tried


@pytest.mark.parametrize(
    ("credits", "order"),
    [
        (0, ("a (done)", "b")),
        (10, ("a (never arrived)", "b")),
    ],
)
def test_what_is_read_settles_a_lost_answer(credits: int, order: tuple[str, ...]) -> None:
    verdict = explain(Till(20), [spend("a", LOST), spend("b", DONE)], reading(credits=credits))

    assert verdict.order == order


def test_a_lost_answer_may_have_been_a_refusal() -> None:
    verdict = explain(Till(10), [spend("a", LOST), spend("b", DONE)], reading(credits=0))

    assert verdict.order == ("a (never arrived)", "b")


@pytest.mark.parametrize("seen", ["no slot", "no credits"])
def test_where_the_order_of_checks_is_open_each_answer_fits(seen: str) -> None:
    def step(till: Till) -> Steps:
        return [("no slot", till), ("no credits", till)]

    operation = Operation(seen, seen, step)

    assert explain(Till(), [operation], reading(credits=0)).explained


def test_an_open_answer_decides_which_world_follows() -> None:
    def seen_or_hidden(till: Till) -> Steps:
        return [(REFUSED, till), (DONE, replace(till, credits=till.credits + 1))]

    operations = [Operation(name, LOST, seen_or_hidden) for name in ("a", "b")]

    assert explain(Till(), operations, reading(credits=1)).explained
    assert not explain(Till(), operations, reading(credits=3)).explained


def test_orders_that_explain_nothing_say_where_they_end() -> None:
    verdict = explain(Till(10), [spend("a", DONE), spend("b", DONE)], reading())

    assert verdict == Verdict(
        None,
        None,
        (
            Attempt(("a",), "b", "expected refused, was done"),
            Attempt(("b",), "a", "expected refused, was done"),
        ),
    )
    assert str(verdict.tried[0]) == "a, then b?: expected refused, was done"


def test_an_order_that_only_the_reads_contradict_says_what_they_say() -> None:
    (tried,) = explain(Till(10), [spend("a", DONE)], reading(credits=10, holder="a")).tried

    assert str(tried) == "a: credits is 10, expected 0; holder is a, expected None"


def test_the_furthest_attempts_are_told_and_the_others_counted() -> None:
    operations = [*(note(name) for name in "abcd"), spend("e", DONE)]

    verdict = explain(Till(), operations, reading(), most_told=3)

    assert [len(attempt.fitting) for attempt in verdict.tried] == [4, 3, 3]
    assert verdict.untold == 2**4 - 3


def test_a_world_is_not_entered_twice() -> None:
    entered = list[Till]()

    def differ(till: Till) -> list[str]:
        entered.append(till)
        return ["never fits"]

    explain(Till(), [note(name) for name in "abcdef"], differ)

    assert len(entered) == 1


@pytest.mark.parametrize(
    "operations",
    [
        [note(name) for name in "abcdef"],
        [spend(name, LOST) for name in "abcdef"],
        [hold("a", LOST), hold("b", LOST), release("c", LOST), refund("d", LOST), spend("e", LOST), note("")],
    ],
    ids=["all fit", "all lost", "mixed"],
)
def test_six_operations_are_cheap(operations: list[Sale]) -> None:
    began = perf_counter()

    verdict = explain(Till(30), operations, reading(credits=-1))

    assert not verdict.explained
    assert perf_counter() - began < 0.05


@pytest.mark.parametrize("count", [0, MOST_OPERATIONS + 1])
def test_a_race_of_none_and_one_of_too_many_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match=f"{count} operations at once, expected 1 to 6"):
        explain(Till(), [note("a")] * count, reading())
