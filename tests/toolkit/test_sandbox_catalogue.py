"""The sandbox ships the catalogue of system assets that every Framecast has."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from framecast_contract.sandbox.catalogue import BY_ID, SYSTEM_ASSETS

CATEGORIES = ["sfx", "ambient", "music", "transition"]


def test_the_catalogue_has_42_sounds_in_four_categories() -> None:
    assert Counter(asset.category for asset in SYSTEM_ASSETS) == {
        "sfx": 15,
        "ambient": 11,
        "music": 10,
        "transition": 6,
    }


def test_the_list_goes_by_category_then_by_display_name() -> None:
    order = [(CATEGORIES.index(asset.category), asset.name) for asset in SYSTEM_ASSETS]
    assert order == sorted(set(order))


def test_a_sound_is_shown_with_everything_but_its_preview() -> None:
    assert BY_ID["asset_sfx_door_open"].as_dict() == {
        "id": "asset_sfx_door_open",
        "category": "sfx",
        "name": "Door Open",
        "description": "A door creaks and gives way.",
        "duration_seconds": "0.700",
        "s3_key": "assets/sfx/asset_sfx_door_open.mp3",
        "content_type": "audio/mpeg",
        "size_bytes": 16_800,
        "tags": ["interaction", "environment", "creak", "object"],
        "created_at": "2025-01-01T00:00:00Z",
    }


@pytest.mark.parametrize(
    ("asset_id", "seconds", "tags"),
    [
        ("asset_sfx_whoosh", "0.500", ["movement", "air", "fast", "transition"]),
        ("asset_sfx_pop", "0.250", ["pop", "burst", "playful", "light"]),
        ("asset_sfx_applause", "3.200", ["crowd", "celebration", "approval", "audience"]),
        ("asset_ambient_office", "5.800", ["office", "indoor", "workplace", "ambient"]),
        ("asset_music_tense_minimal", "12.500", ["mood", "tension", "minimal", "subtle"]),
        ("asset_transition_rise", "1.200", ["transition", "rise", "building", "effect"]),
    ],
)
def test_lengths_and_tags_are_those_of_the_contract(asset_id: str, seconds: str, tags: list[str]) -> None:
    shown = BY_ID[asset_id].as_dict()
    assert (shown["duration_seconds"], shown["tags"]) == (seconds, tags)


def test_the_lengths_of_each_category_add_up_to_those_of_the_contract() -> None:
    seconds = {
        category: sum(Decimal(a.duration_seconds) for a in SYSTEM_ASSETS if a.category == category)
        for category in CATEGORIES
    }
    assert seconds == {
        "sfx": Decimal("13.35"),
        "ambient": Decimal("59.0"),
        "music": Decimal("157.5"),
        "transition": Decimal("4.7"),
    }


def test_inv_sa1_sa2_ids_spell_their_category() -> None:
    pattern = re.compile(r"asset_(sfx|ambient|music|transition)_[a-z0-9_]+")
    matches = {asset.id: pattern.fullmatch(asset.id) for asset in SYSTEM_ASSETS}
    assert {name: match and match[1] for name, match in matches.items()} == {
        asset.id: asset.category for asset in SYSTEM_ASSETS
    }


def test_inv_sa3_every_sound_has_a_file_of_its_own() -> None:
    keys = [asset.s3_key for asset in SYSTEM_ASSETS]
    assert len(set(keys)) == len(keys)


def test_every_sound_stays_within_the_bounds_of_its_schema() -> None:
    for shown in (asset.as_dict() for asset in SYSTEM_ASSETS):
        assert re.fullmatch(r"[0-9]+(\.[0-9]{1,3})?", shown["duration_seconds"])
        assert 0 < len(shown["name"]) <= 255
        assert 0 < len(shown["description"]) <= 500
        assert shown["size_bytes"] >= 1
        assert len(shown["tags"]) == 4


def test_sounds_are_found_by_id() -> None:
    assert list(BY_ID) == [asset.id for asset in SYSTEM_ASSETS]
    assert all(BY_ID[asset.id] is asset for asset in SYSTEM_ASSETS)
