"""A storyboard whose members are missing or of a wrong type (V-50) has each named, and nothing is guessed."""

from typing import Any

import pytest

from framecast_contract.sandbox.specs import validate

from .rich import PICTURE, Json, Uploads, changed, storyboard


def without(place: str) -> Json:
    """The storyboard less one member."""
    *steps, last = place.split("/")
    spec = storyboard()
    part: Any = spec
    for step in steps:
        part = part[int(step) if step.isdigit() else step]
    del part[last]
    return spec


def spec_of(*durations: Any, **members: Any) -> Json:
    """A plain spec with one scene per duration."""
    scenes = [{"id": f"s{n}", "prompt": "p", "duration": seconds} for n, seconds in enumerate(durations)]
    return {"title": "t", "scenes": scenes, **members}


def errors(spec: Json) -> list[Json]:
    """What is wrong with a spec, as the API shows it but for the messages."""
    shown = [finding.as_dict() for finding in validate(spec, Uploads()).errors]
    assert all(finding.pop("message") for finding in shown)
    return shown


WRONG_TYPES: list[tuple[str, str, Any]] = [
    ("title", "title", None),
    ("title", "title", 5),
    ("scenes/0/prompt", "scenes[0].prompt", ["p"]),
    ("scenes/0/duration", "scenes[0].duration", "5"),
    ("scenes/0/duration", "scenes[0].duration", True),
    ("scenes/0/duration", "scenes[0].duration", None),
    ("scenes/0/order", "scenes[0].order", "first"),
    ("scenes/0/audio", "scenes[0].audio", []),
    ("scenes/0/audio/sfx", "scenes[0].audio.sfx", {}),
    ("scenes/0/audio/sfx/0", "scenes[0].audio.sfx[0]", None),
    ("scenes/0/audio/sfx/0/trigger", "scenes[0].audio.sfx[0].trigger", 3),
    ("scenes/0/audio/dialogue/0/speaker", "scenes[0].audio.dialogue[0].speaker", 3),
    ("scenes/0/audio/music/loop", "scenes[0].audio.music.loop", 1),
    ("scenes/0/audio/music/volume", "scenes[0].audio.music.volume", False),
    ("global_prompt", "global_prompt", "warm"),
    ("global_prompt/negative", "global_prompt.negative", {}),
    ("symbols/train", "symbols.train", None),
    ("symbols/train/prompt", "symbols.train.prompt", None),
    ("symbols/hero/reference_images", "symbols.hero.reference_images", PICTURE),
    ("symbols/hero/reference_images/0/url", "symbols.hero.reference_images[0].url", 1),
    ("transition_presets/soft", "transition_presets.soft", "cut"),
    ("transition_presets/soft/params", "transition_presets.soft.params", []),
    ("transition_presets/soft/effects/0/name", "transition_presets.soft.effects[0].name", None),
    ("transitions", "transitions", []),
    ("transitions/default", "transitions.default", 1),
    ("timeline", "timeline", {}),
    ("timeline/0", "timeline[0]", "a"),
    ("timeline/0/scene", "timeline[0].scene", 0),
    ("timeline/1/transition", "timeline[1].transition", ["soft"]),
    ("timeline/3/flashback/scenes/0", "timeline[3].flashback.scenes[0]", 7),
    ("timeline/3/flashback/treatment/vignette", "timeline[3].flashback.treatment.vignette", "on"),
    ("timeline/5/montage/transition", "timeline[5].montage.transition", 4),
]
MISSING = {
    "title": "title",
    "scenes/0/prompt": "scenes[0].prompt",
    "scenes/0/duration": "scenes[0].duration",
    "symbols/train/prompt": "symbols.train.prompt",
    "symbols/hero/voice/asset_id": "symbols.hero.voice.asset_id",
    "symbols/hero/reference_images/0/id": "symbols.hero.reference_images[0].id",
    "global_audio/music/asset_id": "global_audio.music.asset_id",
    "scenes/0/audio/sfx/0/asset_id": "scenes[0].audio.sfx[0].asset_id",
    "scenes/0/audio/dialogue/0/text": "scenes[0].audio.dialogue[0].text",
    "transitions/a->b/type": "transitions.a->b.type",
    "transitions/a->b/effects/0/name": "transitions.a->b.effects[0].name",
    "timeline/3/flashback/scenes": "timeline[3].flashback.scenes",
    "timeline/4/montage/scenes": "timeline[4].montage.scenes",
}


@pytest.mark.parametrize(("place", "path", "value"), WRONG_TYPES)
def test_a_member_of_a_wrong_type_is_named_with_its_value(place: str, path: str, value: Any) -> None:
    assert errors(changed(place, value)) == [{"path": path, "value": value}]


@pytest.mark.parametrize(("place", "path"), MISSING.items())
def test_a_missing_member_is_named_without_a_value(place: str, path: str) -> None:
    assert errors(without(place)) == [{"path": path}]


def test_a_scene_whose_id_is_no_string_is_unknown_to_the_timeline() -> None:
    spec = spec_of(1, timeline=[{"scene": "1"}])
    spec["scenes"][0]["id"] = 1
    assert errors(spec) == [
        {"path": "timeline[0].scene", "value": "1", "valid_values": []},
        {"path": "scenes[0].id", "value": 1},
    ]


def test_a_spec_without_scenes_cannot_have_its_scene_names_judged() -> None:
    assert errors(without("scenes")) == [{"path": "scenes"}]
    assert errors(changed("scenes", {})) == [{"path": "scenes", "value": {}}]


def test_symbols_of_a_wrong_type_cannot_have_their_names_judged() -> None:
    assert errors(changed("symbols", [])) == [{"path": "symbols", "value": []}]


def test_presets_of_a_wrong_type_cannot_have_their_names_judged() -> None:
    assert errors(changed("transition_presets", 1)) == [{"path": "transition_presets", "value": 1}]


def test_an_empty_object_lacks_its_title_and_its_scenes() -> None:
    assert errors({}) == [{"path": "title"}, {"path": "scenes"}]


def optional_places(part: Any, place: str = "") -> list[str]:
    """Every optional member of the storyboard, by place."""
    required = {"title", "scenes", "id", "prompt", "duration", "asset_id", "type", "text", "name"}
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    found = []
    for step, inside in steps:
        here = f"{place}/{step}" if place else str(step)
        found += [here] if isinstance(step, str) and step not in required else []
        found += optional_places(inside, here)
    return found


NAMED = ("symbols", "transition_presets", "voice", "params", "scene", "transition", "flashback", "montage")
MAP_KEYS = (
    "symbols/hero",
    "symbols/train",
    "transition_presets/soft",
    "transitions/default",
    "transitions/a->b",
)


@pytest.mark.parametrize(
    "place",
    [p for p in optional_places(storyboard()) if p not in MAP_KEYS and p.split("/")[-1] not in NAMED],
)
def test_null_in_an_optional_member_counts_as_absent(place: str) -> None:
    assert errors(changed(place, None)) == []


def test_unknown_members_are_allowed_everywhere() -> None:
    spec = storyboard() | {"mood": None, "": {"id": 1}}
    spec["scenes"][0]["camera"] = ["left"]
    spec["symbols"]["hero"]["voice"]["volume"] = 7
    assert errors(spec) == []
