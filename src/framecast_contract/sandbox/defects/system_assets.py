"""Defects of the catalogue of sounds."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.catalogue import SystemAsset
from framecast_contract.sandbox.defects.planting import Defect, alter, replace, with_body
from framecast_contract.sandbox.http import Call, Refusal, invalid

_ASSETS = "tests/lifecycle/test_system_assets.py"
_CATALOGUE = f"{_ASSETS}::test_the_catalogue_is_complete_and_in_order"
_READ = f"{_ASSETS}::test_a_sound_read_by_id_is_the_listed_one_with_a_preview"
_FILTERS = f"{_ASSETS}::test_filters_narrow_the_list_together"
_UNKNOWN = f"{_ASSETS}::test_an_unknown_id_of_any_shape_is_not_found"

Json = dict[str, Any]


def _listed_as(change: Callable[[list[Json]], list[Json]]) -> Callable[[Sandbox], None]:
    """A defect that lists other assets than there are."""
    return lambda sandbox: alter(
        sandbox.system_assets.list_system_assets, lambda response: with_body(response, change)
    )


def _each_with(**members: Any) -> Callable[[Sandbox], None]:
    """A defect that lists every asset with these members."""
    return _listed_as(lambda assets: [asset | members for asset in assets])


def _durations_as_numbers(assets: list[Json]) -> list[Json]:
    return [asset | {"duration_seconds": float(asset["duration_seconds"])} for asset in assets]


def _category_ignored(sandbox: Sandbox) -> None:
    matches = sandbox.system_assets.matches
    replace(
        sandbox.system_assets.matches,
        lambda asset, _category, tags, search: matches(asset, None, tags, search),
    )


def _all_tags_needed(sandbox: Sandbox) -> None:
    matches = sandbox.system_assets.matches

    def strict(asset: SystemAsset, category: str | None, tags: list[str], search: str | None) -> bool:
        return matches(asset, category, [], search) and set(tags) <= set(asset.tags)

    replace(sandbox.system_assets.matches, strict)


def _search_in_case(sandbox: Sandbox) -> None:
    matches = sandbox.system_assets.matches

    def strict(asset: SystemAsset, category: str | None, tags: list[str], search: str | None) -> bool:
        return matches(asset, category, tags, None) and (search or "") in f"{asset.name}\n{asset.description}"

    replace(sandbox.system_assets.matches, strict)


def _odd_id_invalid(sandbox: Sandbox) -> None:
    get_system_asset = sandbox.system_assets.get_system_asset

    def strict(call: Call) -> Response:
        try:
            return get_system_asset(call)
        except Refusal:
            raise invalid("an asset id begins with asset_") from None

    replace(sandbox.system_assets.get_system_asset, strict)


def _read_renamed(sandbox: Sandbox) -> None:
    def renamed(response: Response) -> Response:
        return with_body(response, lambda asset: asset | {"name": asset["id"]})

    alter(sandbox.system_assets.get_system_asset, renamed)


def _ids_in_capitals(assets: list[Json]) -> list[Json]:
    return [asset | {"id": asset["id"].upper()} for asset in assets]


DEFECTS = (
    Defect(
        "asset-missing",
        "ASSET-1",
        "The catalogue lacks its last sound.",
        _listed_as(lambda assets: assets[:-1]),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-of-wrong-length",
        "ASSET-2",
        "Every asset is said to last a second.",
        _each_with(duration_seconds="1.000"),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-without-tags",
        "ASSET-3",
        "Assets are listed without their tags.",
        _each_with(tags=[]),
        (_CATALOGUE,),
    ),
    Defect(
        "assets-out-of-order",
        "ASSET-4",
        "Assets are listed backwards.",
        _listed_as(lambda assets: assets[::-1]),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-of-wrong-category",
        "ASSET-8",
        "Every asset is said to be music.",
        _each_with(category="music"),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-duration-as-number",
        "D-19",
        "Durations of assets are numbers instead of decimal strings.",
        _listed_as(_durations_as_numbers),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-category-ignored",
        "ASSET-5",
        "The category filter is ignored.",
        _category_ignored,
        (f"{_FILTERS}[{{'category': 'sfx'}}]",),
    ),
    Defect(
        "asset-needs-all-tags",
        "ASSET-5",
        "Of several tags all must fit, not any.",
        _all_tags_needed,
        (f"{_FILTERS}[{{'tags': ['crowd', 'night']}}]",),
    ),
    Defect(
        "asset-search-heeds-case",
        "ASSET-5",
        "The search for assets heeds capitals.",
        _search_in_case,
        (f"{_FILTERS}[{{'search': 'RAIN'}}]",),
    ),
    Defect(
        "unknown-asset-invalid",
        "ASSET-6",
        "An unknown asset id is answered 400.",
        _odd_id_invalid,
        (f"{_UNKNOWN}[pop]", f"{_UNKNOWN}[a b]"),
    ),
    Defect(
        "read-asset-differs",
        "ASSET-7",
        "A sound read by its id has another name than on the list.",
        _read_renamed,
        (_READ,),
    ),
    Defect(
        "asset-is-video",
        "ASSET-9",
        "Sounds are said to be videos.",
        _each_with(content_type="video/mp4"),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-of-unknown-category",
        "INV-SA1",
        "Every asset has a category that the contract does not know.",
        _each_with(category="voice"),
        (_CATALOGUE,),
    ),
    Defect(
        "asset-id-in-capitals",
        "INV-SA2",
        "The ids of assets are listed in capitals.",
        _listed_as(_ids_in_capitals),
        (_CATALOGUE,),
    ),
    Defect(
        "sounds-share-a-file",
        "INV-SA3",
        "All assets name the same stored file.",
        _each_with(s3_key="assets/sfx/asset_sfx_pop.mp3"),
        (_CATALOGUE,),
    ),
)
