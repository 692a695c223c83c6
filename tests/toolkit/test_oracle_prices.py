"""Prices: the table of the facts and the laws of an estimate."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.prices import (
    Estimate,
    SceneEstimate,
    broken_charge_rules,
    broken_estimate_rules,
    estimate,
    price,
    scene_credits,
)
from framecast_contract.oracle.words import Broken


def storyboard(*durations: float | Decimal) -> dict[str, Any]:
    scenes = [{"id": f"s{i}", "prompt": "p", "duration": duration} for i, duration in enumerate(durations)]
    return {"title": "t", "scenes": scenes}


@pytest.mark.parametrize(
    ("durations", "each", "credits", "seconds"),
    [
        ([1], 1, 1, "1"),
        ([7], 7, 7, "7"),
        ([1.2], 2, 2, "1.2"),
        ([2.5, 2.5], 3, 6, "5"),
        ([5, 5], 5, 10, "10"),
        ([30] * 10, 30, 300, "300"),
        ([1.1] * 50, 2, 100, "55"),
    ],
)
def test_every_row_of_the_price_table(durations: list[float], each: int, credits: int, seconds: str) -> None:
    spec = storyboard(*durations)
    assert price(spec) == credits
    assert estimate(spec) == Estimate(
        Decimal(seconds),
        credits,
        tuple(SceneEstimate(f"s{i}", Decimal(repr(d)), each) for i, d in enumerate(durations)),
    )


def test_a_character_has_one_price() -> None:
    assert price({"prompt": "a fox", "name": "Fox"}) == 1


@given(st.decimals(1, 30, places=3))
def test_a_scene_costs_its_started_seconds_and_no_more(duration: Decimal) -> None:
    assert duration <= scene_credits(duration) < duration + 1


@given(st.lists(st.decimals(1, 30, places=2), min_size=1), st.decimals(1, 30, places=2))
def test_prices_add_up(durations: list[Decimal], one_more: Decimal) -> None:
    assert price(storyboard(*durations, one_more)) == price(storyboard(*durations)) + scene_credits(one_more)


def answer(**members: Any) -> dict[str, Any]:
    scenes = [{"id": "s0", "duration": 2.5, "credits": 3}, {"id": "s1", "duration": 5, "credits": 5}]
    figures = {"estimated_duration_seconds": 7.5, "estimated_credits": 8, "scenes": scenes}
    return {**figures, "estimated_generation_time_seconds": 12.0, **members}


def test_the_right_estimate_is_left_alone() -> None:
    assert broken_estimate_rules(storyboard(2.5, 5), answer()) == []


@pytest.mark.parametrize(
    ("members", "rule_id"),
    [
        ({"estimated_duration_seconds": 7.4}, "PRICE-3"),
        ({"estimated_duration_seconds": "7.5"}, "PRICE-3"),
        ({"estimated_credits": 7}, "PRICE-2"),
        ({"estimated_generation_time_seconds": -1}, "PRICE-5"),
        ({"scenes": [{"id": "s1", "duration": 5, "credits": 5}]}, "PRICE-4"),
        (
            {
                "scenes": [
                    {"id": "s0", "duration": 2.5, "credits": 2},
                    {"id": "s1", "duration": 5, "credits": 5},
                ]
            },
            "PRICE-1",
        ),
    ],
)
def test_a_wrong_estimate_names_the_rule(members: dict[str, Any], rule_id: str) -> None:
    broken = broken_estimate_rules(storyboard(2.5, 5), answer(**members))
    assert [fault.rule_id for fault in broken] == [rule_id]


def test_a_job_is_charged_what_its_storyboard_costs() -> None:
    snapshot = storyboard(1.2)
    assert broken_charge_rules({"spec_snapshot": snapshot, "credits_charged": 2}) == []
    assert broken_charge_rules({"spec_snapshot": snapshot, "credits_charged": 1}) == [
        Broken("D-13", "credits_charged is 1, its spec costs 2")
    ]


@pytest.mark.parametrize(
    ("snapshot", "charges"),
    [
        ({"prompt": "a knight"}, [1]),
        ({"prompt": "a knight", "scenes": "battle"}, [1]),
        ({"prompt": "a knight", "scenes": [{"duration": "long"}]}, [1]),
        ({**storyboard(7), "prompt": "a knight"}, [1, 7]),
        ({**storyboard(7), "prompt": " "}, [7]),
    ],
)
def test_a_character_costs_one_credit_whatever_else_it_holds(
    snapshot: dict[str, Any], charges: list[int]
) -> None:
    fits = [
        charged
        for charged in range(9)
        if broken_charge_rules({"spec_snapshot": snapshot, "credits_charged": charged}) == []
    ]
    assert fits == charges
