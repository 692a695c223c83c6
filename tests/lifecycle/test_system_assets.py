"""System assets: the catalogue of sounds that everybody may use, its order, its filters, one sound by id."""

from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.limits import broken_pages, page
from framecast_contract.oracle.system_assets import (
    CATALOGUE,
    broken_catalogue_rules,
    broken_order,
    broken_read_rules,
    get_answer,
    matching,
)
from framecast_contract.oracle.words import INVALID
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import all_as_json, answer_of, answer_to, as_json


@pytest.mark.rule(
    "ASSET-1", "ASSET-2", "ASSET-3", "ASSET-4", "ASSET-8", "ASSET-9", "D-19", "INV-SA1", "INV-SA2", "INV-SA3"
)
async def test_the_catalogue_is_complete_and_in_order(people: People) -> None:
    person = await people.starter()

    assets = all_as_json(await person.client.list_system_assets())

    assert broken_catalogue_rules(assets) == []


@pytest.mark.rule("ASSET-7", "ASSET-6")
async def test_a_sound_read_by_id_is_the_listed_one_with_a_preview(people: People) -> None:
    person = await people.starter()

    for asset in await person.client.list_system_assets():
        read = await person.client.get_system_asset(asset.id)
        assert broken_read_rules(as_json(asset), as_json(read)) == []


FILTERS: list[dict[str, Any]] = [
    *({"category": name} for name in ("sfx", "ambient", "music", "transition")),
    {"tags": ["crowd"]},
    {"tags": ["crowd", "night"]},
    {"tags": ["no such tag"]},
    {"tags": ["cro"]},
    {"search": "RAIN"},
    {"search": "whoosh"},
    {"search": "no such sound"},
    {"search": "%"},
    {"search": "_"},
    {"category": "music", "tags": ["orchestral"]},
    {"category": "sfx", "tags": ["human", "crowd"], "search": "s"},
    {"category": "music", "tags": ["crowd"]},
]


@pytest.mark.rule("ASSET-5", "ASSET-4", "LIST-1", "LIST-9")
@pytest.mark.parametrize("wanted", FILTERS, ids=str)
async def test_filters_narrow_the_list_together(people: People, wanted: dict[str, Any]) -> None:
    person = await people.starter()
    everything = all_as_json(await person.client.list_system_assets())

    found = all_as_json(await person.client.list_system_assets(**wanted))

    assert found == matching(everything, **wanted)
    assert broken_order(found) == []


@pytest.mark.rule("LIST-2", "LIST-3", "LIST-5")
@pytest.mark.parametrize(
    ("limit", "offset"),
    [(5, 0), (5, 40), (1, 41), (10, 42), (0, 0), (-3, 3), (1000, 0), (100, -1), (7, 10**9)],
)
async def test_a_page_holds_what_was_asked_for(people: People, limit: int, offset: int) -> None:
    person = await people.starter()
    everything = await person.client.list_system_assets()

    assert await person.client.list_system_assets(limit=limit, offset=offset) == page(
        everything, limit, offset
    )


@pytest.mark.rule("LIST-6")
@pytest.mark.parametrize("limit", [1, 8, 42])
async def test_pages_make_up_the_catalogue(people: People, limit: int) -> None:
    person = await people.starter()
    everything = await person.client.list_system_assets()

    pages = [
        await person.client.list_system_assets(limit=limit, offset=offset)
        for offset in range(0, len(CATALOGUE), limit)
    ]

    assert broken_pages(everything, pages, limit) == []


@pytest.mark.rule("ASSET-6")
@pytest.mark.parametrize(
    "asset_id",
    [
        "asset_sfx_pop", "asset_sfx_nothing", "pop", "ASSET_SFX_POP", "framecast:system:sfx:pop", "a b", "1",
        "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11", "asset_music_pop", "é", "x" * 500,
    ],
)  # fmt: skip
async def test_an_unknown_id_of_any_shape_is_not_found(people: People, asset_id: str) -> None:
    person = await people.starter()

    assert await answer_to(person.client, operations.get_system_asset(asset_id)) == get_answer(asset_id)


@pytest.mark.rule("LIST-4", "ERROR-6")
@pytest.mark.parametrize(
    "query",
    [
        "category=voice", "category=", "category=sfx&category=music", "limit=x", "limit=", "limit=1.5",
        "limit=1&limit=2",
        "offset=9223372036854775808", "offset=x", "search=%00", "search=a&search=b",
    ],
)  # fmt: skip
async def test_a_bad_filter_is_bad_input(people: People, query: str) -> None:
    person = await people.starter()
    client = people.raw_client(person.name, f"Bearer {person.token}")

    assert await answer_of(client.get(f"/v1/system-assets?{query}")) == INVALID
