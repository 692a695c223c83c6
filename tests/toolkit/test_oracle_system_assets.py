"""The catalogue of system assets: complete, in order, filtered rightly, and a wrong one noticed."""

from collections import Counter
from typing import Any

import pytest

from framecast_contract.oracle.system_assets import (
    CATALOGUE,
    CATEGORIES,
    broken_asset_rules,
    broken_catalogue_rules,
    broken_order,
    broken_read_rules,
    get_answer,
    matching,
)
from framecast_contract.oracle.words import NOT_FOUND, OK


def listed(asset_id: str, **members: Any) -> dict[str, Any]:
    known = CATALOGUE[asset_id]
    return {
        "id": asset_id,
        "category": known.category,
        "name": asset_id.removeprefix(f"asset_{known.category}_"),
        "description": "A sound",
        "duration_seconds": f"{known.seconds:.3f}",
        "s3_key": f"assets/{asset_id}",
        "content_type": "audio/mpeg",
        "tags": sorted(known.tags),
        **members,
    }


def catalogue() -> list[dict[str, Any]]:
    return sorted(map(listed, CATALOGUE), key=lambda each: (CATEGORIES.index(each["category"]), each["name"]))


def test_the_catalogue_has_42_sounds_in_four_categories() -> None:
    counted = Counter(asset.category for asset in CATALOGUE.values())
    assert counted == {"sfx": 15, "ambient": 11, "music": 10, "transition": 6}
    assert all(len(asset.tags) == 4 and asset.seconds > 0 for asset in CATALOGUE.values())


def test_the_right_catalogue_is_left_alone() -> None:
    assert broken_catalogue_rules(catalogue()) == []


@pytest.mark.parametrize(
    ("members", "rule_ids"),
    [
        ({"duration_seconds": 0.5}, ["D-19"]),
        ({"duration_seconds": "0.5000"}, ["D-19"]),
        ({"duration_seconds": "0.51"}, ["ASSET-2"]),
        ({"tags": ["air"]}, ["ASSET-3"]),
        ({"content_type": "video/mp4"}, ["ASSET-9"]),
        ({"category": "noise"}, ["INV-SA1"]),
        ({"category": "music"}, ["ASSET-8"]),
        ({"id": "asset_sfx_Whoosh"}, ["ASSET-1", "INV-SA2"]),
    ],
)
def test_a_wrong_asset_names_the_rule(members: dict[str, Any], rule_ids: list[str]) -> None:
    seen = {**listed("asset_sfx_whoosh"), **members}
    assert [broken.rule_id for broken in broken_asset_rules(seen)] == rule_ids


def test_a_missing_asset_and_a_shared_file_are_noticed() -> None:
    missing = [broken.rule_id for broken in broken_catalogue_rules(catalogue()[1:])]
    shared = [{**each, "s3_key": "one"} for each in catalogue()]
    assert missing == ["ASSET-1"]
    assert [broken.rule_id for broken in broken_catalogue_rules(shared)] == ["INV-SA3"]


def test_assets_out_of_order_are_noticed() -> None:
    pop, door = listed("asset_sfx_pop"), listed("asset_sfx_door_open")
    music = listed("asset_music_tense")
    assert broken_order([door, pop, music]) == []
    for wrong in ([pop, door], [music, pop]):
        assert [broken.rule_id for broken in broken_order(wrong)] == ["ASSET-4"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (
            {"category": "transition", "tags": ["glitch", "fade"]},
            ["asset_transition_fade", "asset_transition_glitch"],
        ),
        ({"tags": ["metal"]}, ["asset_sfx_impact_metal"]),
        ({"search": "DOOR"}, ["asset_sfx_door_close", "asset_sfx_door_open"]),
        ({"search": "door", "tags": ["slam"]}, ["asset_sfx_door_close"]),
        ({"category": "music", "search": "door"}, []),
    ],
)
def test_filters_narrow_the_list_together(filters: dict[str, Any], expected: list[str]) -> None:
    assert [asset["id"] for asset in matching(catalogue(), **filters)] == expected


def test_no_filter_keeps_everything() -> None:
    assert matching(catalogue()) == catalogue()


@pytest.mark.parametrize(
    "asset_id", ["", "asset_sfx_unknown", "../etc", "framecast:system:sfx:whoosh", "ASSET_SFX_POP"]
)
def test_an_unknown_id_of_any_shape_is_not_found(asset_id: str) -> None:
    assert get_answer(asset_id) == NOT_FOUND


def test_a_known_id_is_found() -> None:
    assert get_answer("asset_sfx_pop") == OK


def test_a_read_adds_the_preview_and_nothing_else() -> None:
    element = listed("asset_sfx_pop")
    read = {**element, "preview_url": "https://s3/p"}
    assert broken_read_rules(element, read) == []
    for wrong in ((element, element), (read, read), (element, {**read, "name": "other"})):
        assert [broken.rule_id for broken in broken_read_rules(*wrong)] == ["ASSET-7"]
