"""The system assets: the fixed catalogue of sounds, its order, its filters, and the shape of its values."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.words import NOT_FOUND, OK, Answer, Broken, Json, Rule

_SOURCE = "job-semantics.md 11"
_OPERATION = "jobs-and-rendering.md 8"

RULES = (
    Rule("ASSET-1", "The catalogue holds exactly its 42 assets, all of them on the default page.", _SOURCE),
    Rule("ASSET-2", "Every asset has the duration the catalogue gives it.", _SOURCE),
    Rule("ASSET-3", "Every asset has the tags the catalogue gives it.", _SOURCE),
    Rule(
        "ASSET-4",
        "Assets are listed by category (sfx, ambient, music, transition), then by name.",
        _OPERATION,
    ),
    Rule(
        "ASSET-5",
        "A category, any of the tags, and a text in name or description narrow the list, together.",
        _OPERATION,
    ),
    Rule("ASSET-6", "An unknown asset id of whatever shape is answered 404.", _OPERATION),
    Rule(
        "ASSET-7",
        "A read asset equals its list element but for the preview URL, which only the read has.",
        _OPERATION,
    ),
    Rule("ASSET-8", "An asset's category is the one its id names.", "job-schemas.md 6"),
    Rule("ASSET-9", "System assets are audio.", _SOURCE),
    Rule(
        "D-19",
        "The duration of an asset is a decimal number written as a string.",
        "jobs-and-rendering.md 10",
    ),
    Rule("INV-SA1", "An asset's category is sfx, ambient, music or transition.", "job-semantics.md 13"),
    Rule("INV-SA2", "An asset's id spells its category and a name in lower case.", "job-semantics.md 13"),
    Rule("INV-SA3", "No two assets share a stored file.", "job-semantics.md 13"),
)

CATEGORIES = ("sfx", "ambient", "music", "transition")

_ID = re.compile(r"asset_(sfx|ambient|music|transition)_[a-z0-9_]+")
_DURATION = re.compile(r"[0-9]+(\.[0-9]{1,3})?")

_TABLE = (
    ("asset_sfx_whoosh", "0.5", "movement, air, fast, transition"),
    ("asset_sfx_whoosh_heavy", "0.8", "movement, air, powerful, impact"),
    ("asset_sfx_impact", "0.3", "collision, hit, punch, effect"),
    ("asset_sfx_impact_metal", "0.4", "metal, collision, clang, industrial"),
    ("asset_sfx_click", "0.2", "ui, interactive, button, light"),
    ("asset_sfx_pop", "0.25", "pop, burst, playful, light"),
    ("asset_sfx_applause", "3.2", "crowd, celebration, approval, audience"),
    ("asset_sfx_applause_short", "1.1", "crowd, celebration, approval, quick"),
    ("asset_sfx_footsteps", "1.8", "human, movement, walking, ambient"),
    ("asset_sfx_footsteps_running", "1.2", "human, movement, running, fast"),
    ("asset_sfx_confetti", "0.6", "celebration, festive, playful, effect"),
    ("asset_sfx_door_open", "0.7", "interaction, environment, creak, object"),
    ("asset_sfx_door_close", "0.6", "interaction, environment, slam, object"),
    ("asset_sfx_typing", "1.4", "human, interaction, office, activity"),
    ("asset_sfx_notification", "0.3", "ui, alert, attention, digital"),
    ("asset_ambient_crowd", "5.0", "crowd, people, background, calm"),
    ("asset_ambient_crowd_excited", "4.8", "crowd, people, background, energetic"),
    ("asset_ambient_nature", "6.0", "nature, outdoor, birds, forest"),
    ("asset_ambient_nature_rain", "5.5", "nature, outdoor, water, weather"),
    ("asset_ambient_city", "5.2", "city, outdoor, urban, busy"),
    ("asset_ambient_city_night", "5.0", "city, outdoor, urban, night"),
    ("asset_ambient_office", "5.8", "office, indoor, workplace, ambient"),
    ("asset_ambient_theater", "4.5", "indoor, entertainment, venue, ambient"),
    ("asset_ambient_factory", "6.2", "industrial, machinery, factory, ambient"),
    ("asset_ambient_cafe", "5.3", "indoor, social, cafe, ambient"),
    ("asset_ambient_ocean", "5.7", "nature, water, outdoor, weather"),
    ("asset_music_tense", "15.0", "mood, tension, dramatic, orchestral"),
    ("asset_music_tense_minimal", "12.5", "mood, tension, minimal, subtle"),
    ("asset_music_triumphant", "18.0", "mood, victory, uplifting, orchestral"),
    ("asset_music_peaceful", "20.0", "mood, peaceful, calming, instrumental"),
    ("asset_music_energetic", "14.0", "mood, energetic, driving, upbeat"),
    ("asset_music_anticipation", "13.5", "mood, anticipation, building, dramatic"),
    ("asset_music_corporate", "19.0", "mood, corporate, professional, neutral"),
    ("asset_music_emotional", "16.5", "mood, emotional, poignant, orchestral"),
    ("asset_music_playful", "12.0", "mood, playful, whimsical, upbeat"),
    ("asset_music_dramatic", "17.0", "mood, dramatic, intense, orchestral"),
    ("asset_transition_swoosh", "0.6", "transition, movement, clean, effect"),
    ("asset_transition_fade", "1.0", "transition, fade, smooth, effect"),
    ("asset_transition_glitch", "0.4", "transition, digital, glitch, modern"),
    ("asset_transition_boom", "0.8", "transition, impact, deep, powerful"),
    ("asset_transition_reverse", "0.7", "transition, reverse, effect, unusual"),
    ("asset_transition_rise", "1.2", "transition, rise, building, effect"),
)


@dataclass(frozen=True, slots=True)
class CatalogueAsset:
    """One sound of the catalogue: id, seconds, tags."""

    id: str
    seconds: Decimal
    tags: frozenset[str]

    @property
    def category(self) -> str:
        """sfx, ambient, music or transition, as the id says."""
        return self.id.split("_")[1]


CATALOGUE: Mapping[str, CatalogueAsset] = {
    asset_id: CatalogueAsset(asset_id, Decimal(seconds), frozenset(tags.split(", ")))
    for asset_id, seconds, tags in _TABLE
}


def get_answer(asset_id: str) -> Answer:
    """What `get_system_asset` answers for an id of any shape (ASSET-6)."""
    return OK if asset_id in CATALOGUE else NOT_FOUND


def broken_asset_rules(asset: Json) -> list[Broken]:
    """Judge one asset as listed or read."""
    asset_id, known = str(asset.get("id")), CATALOGUE.get(str(asset.get("id")))
    broken = [] if known else [Broken("ASSET-1", f"{asset_id!r} is not in the catalogue")]
    if not _ID.fullmatch(asset_id):
        broken.append(Broken("INV-SA2", f"id {asset_id!r}, expected asset_<category>_<name> in lower case"))
    broken += _category(asset, asset_id)
    if not str(asset.get("content_type")).startswith("audio/"):
        broken.append(
            Broken("ASSET-9", f"{asset_id} has type {asset.get('content_type')!r}, expected audio/…")
        )
    return broken + (_values(asset, known) if known else [])


def _category(asset: Json, asset_id: str) -> list[Broken]:
    category = asset.get("category")
    if category not in CATEGORIES:
        return [
            Broken(
                "INV-SA1", f"{asset_id} has category {category!r}, expected one of {', '.join(CATEGORIES)}"
            )
        ]
    if asset_id.startswith(f"asset_{category}_"):
        return []
    return [Broken("ASSET-8", f"{asset_id} has category {category!r}")]


def _values(asset: Json, known: CatalogueAsset) -> list[Broken]:
    seconds, tags = asset.get("duration_seconds"), asset.get("tags")
    broken = []
    if not isinstance(seconds, str) or not _DURATION.fullmatch(seconds):
        broken.append(Broken("D-19", f"{known.id} lasts {seconds!r}, expected a string such as '0.500'"))
    elif Decimal(seconds) != known.seconds:
        broken.append(Broken("ASSET-2", f"{known.id} lasts {seconds} s, expected {known.seconds}"))
    if not isinstance(tags, list) or set(map(str, tags)) != known.tags:
        broken.append(Broken("ASSET-3", f"{known.id} has tags {tags!r}, expected {sorted(known.tags)}"))
    return broken


def broken_catalogue_rules(assets: Sequence[Json]) -> list[Broken]:
    """Judge the default page of `list_system_assets` as a whole."""
    broken = [fault for asset in assets for fault in broken_asset_rules(asset)]
    ids = [asset.get("id") for asset in assets]
    missing = sorted(CATALOGUE.keys() - set(ids))
    if missing or len(ids) != len(CATALOGUE):
        broken.append(Broken("ASSET-1", f"{len(ids)} assets, expected {len(CATALOGUE)}; missing: {missing}"))
    keys = [asset.get("s3_key") for asset in assets]
    if len(set(keys)) != len(keys):
        broken.append(Broken("INV-SA3", f"{len(keys) - len(set(keys))} assets share an s3_key with another"))
    return broken + broken_order(assets)


def broken_order(assets: Sequence[Json]) -> list[Broken]:
    """ASSET-4 for any list of assets; names are compared by code point."""
    places = [_place(asset) for asset in assets]
    for earlier, later in pairwise(places):
        if later < earlier:
            return [Broken("ASSET-4", f"{later[1]!r} is listed behind {earlier[1]!r}")]
    return []


def _place(asset: Json) -> tuple[int, str]:
    category = asset.get("category")
    return CATEGORIES.index(category) if category in CATEGORIES else len(CATEGORIES), str(asset.get("name"))


def matching(
    assets: Iterable[Mapping[str, Any]],
    *,
    category: str | None = None,
    tags: Iterable[str] = (),
    search: str | None = None,
) -> list[Mapping[str, Any]]:
    """Those of the listed `assets` that a filter keeps, in their order (ASSET-5).

    Names and descriptions are the server's own, so the whole list must be read first.
    """
    wanted, text = set(tags), (search or "").casefold()
    return [
        asset
        for asset in assets
        if category in (None, asset["category"])
        and (not wanted or wanted & set(asset["tags"]))
        and (text in asset["name"].casefold() or text in asset["description"].casefold())
    ]


def broken_read_rules(listed: Json, read: Json) -> list[Broken]:
    """ASSET-7 for a list element and the read of its id."""
    broken = [Broken("ASSET-7", "a list element has a preview_url")] if "preview_url" in listed else []
    if not read.get("preview_url"):
        broken.append(Broken("ASSET-7", f"{read.get('id')} was read without a preview_url"))
    names = sorted({*listed, *read} - {"preview_url"})
    differ = [name for name in names if listed.get(name) != read.get(name)]
    return broken + [Broken("ASSET-7", f"{name} differs between list and read") for name in differ]
