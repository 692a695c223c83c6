"""Storyboards are priced, timed and weighed exactly, and the welcome storyboard is what the contract says."""

import json
from decimal import Decimal
from typing import Any

import pytest

from framecast_contract.sandbox.spec_measure import compact_size
from framecast_contract.sandbox.specs import json_number, price, scene_credits, total_duration, validate
from framecast_contract.sandbox.welcome import WELCOME_SPEC

Json = dict[str, Any]


class NoUploads:
    """A caller who uploaded nothing."""

    def content_type(self, asset_id: str) -> str | None:  # noqa: ARG002 - the protocol names it
        """No file is ever found."""
        return None


def spec_of(*durations: Any, **members: Any) -> Json:
    """A plain spec with one scene per duration."""
    scenes = [{"id": f"s{n}", "prompt": "p", "duration": seconds} for n, seconds in enumerate(durations)]
    return {"title": "t", "scenes": scenes, **members}


@pytest.mark.parametrize(
    ("durations", "credits_", "estimate", "seconds"),
    [
        ([1], [1], 1, 1),
        ([7], [7], 7, 7),
        ([1.2], [2], 2, 1.2),
        ([2.5, 2.5], [3, 3], 6, 5),
        ([5, 5], [5, 5], 10, 10),
        ([10] * 30, [10] * 30, 300, 300),
        ([30] * 10, [30] * 10, 300, 300),
        ([1.1] * 50, [2] * 50, 100, 55),
        ([Decimal("1.1"), 1.2, 3], [2, 2, 3], 7, 5.3),
    ],
)
def test_every_started_second_of_a_scene_costs_one_credit(
    durations: list[Any], credits_: list[int], estimate: int, seconds: float
) -> None:
    spec = spec_of(*durations)
    assert [scene_credits(duration) for duration in durations] == credits_
    assert (price(spec), json_number(total_duration(spec))) == (estimate, seconds)


def test_a_scene_shown_twice_is_paid_once() -> None:
    assert price(spec_of(3, timeline=[{"scene": "s0"}, {"scene": "s0"}])) == 3


def test_prices_and_lengths_are_exact_to_the_last_digit() -> None:
    assert scene_credits(Decimal("3." + "0" * 60)) == 3
    assert scene_credits(Decimal("3." + "0" * 59 + "1")) == 4
    assert total_duration(spec_of(0.1, 0.2, Decimal("3." + "0" * 59 + "1"))) == Decimal(
        "3.3" + "0" * 58 + "1"
    )


def test_whole_numbers_are_told_as_integers() -> None:
    assert json.dumps([json_number(Decimal(n)) for n in ("5.0", "1E+2", "0.5")]) == "[5, 100, 0.5]"


def test_a_length_beyond_all_floats_is_still_told() -> None:
    total = total_duration(spec_of(1e308, 1e308))
    assert json_number(total) == 2 * 10**308
    assert json_number(Decimal("Infinity")) == float("inf")
    assert json_number(Decimal("1e5000")) == Decimal("1e5000")


@pytest.mark.parametrize(
    ("value", "size"),
    [
        ({"a": [1, 2.5, None, True], "b": {}}, 30),
        (Decimal("1.50"), 4),
        ([Decimal("0.1"), "é"], 10),
        ("\ud800", 8),
        ({"n": [10**5000, -(10**5000), "x", True]}, 10_021),
    ],
)
def test_sizes_are_those_of_compact_json(value: Any, size: int) -> None:
    assert compact_size(value) == size


def test_the_welcome_spec_is_valid_without_warnings_and_ten_seconds_long() -> None:
    report = validate(WELCOME_SPEC, NoUploads())
    assert (report.errors, report.warnings) == ([], [])
    assert (price(WELCOME_SPEC), total_duration(WELCOME_SPEC)) == (10, Decimal(10))


def test_the_welcome_spec_shows_what_the_contract_says() -> None:
    sounds = {part for part in json.dumps(WELCOME_SPEC).split('"') if part.startswith("asset_")} - {
        "asset_id"
    }
    assert sounds == {
        "asset_ambient_theater",
        "asset_sfx_footsteps",
        "asset_music_anticipation",
        "asset_sfx_applause",
        "asset_sfx_confetti",
        "asset_music_triumphant",
        "asset_transition_swoosh",
    }
    assert list(WELCOME_SPEC["symbols"]) == ["crowd", "stage"]
    assert [part["id"] for part in WELCOME_SPEC["scenes"]] == ["entrance", "welcome"]
    fade = WELCOME_SPEC["transitions"]["entrance->welcome"]
    assert (WELCOME_SPEC["transitions"]["default"], fade["type"], fade["duration"]) == ("cut", "fade", 0.5)
    assert (WELCOME_SPEC["title"], WELCOME_SPEC["timeline"]) == ("Welcome to Framecast", None)
