"""Storyboards at the edge: one that uses everything, some exactly at a limit, some a single step beyond."""

from collections.abc import Mapping
from typing import Any

from framecast_contract.workloads.storyboards import storyboard

UNKNOWN_ASSET = "00000000-0000-4000-8000-00000000000a"
SCENE = {"id": "scene_1", "prompt": "A street", "duration": 5}
RICH: Mapping[str, Any] = {
    "title": "Everything at once",
    "global_prompt": {"positive": "warm light", "negative": None},
    "global_audio": {
        "music": {"asset_id": "asset_music_tense", "volume": 0, "fade_in": 0, "fade_out": 1.5, "loop": True},
        "ambient": {"asset_id": "asset_ambient_city", "volume": 1},
    },
    "symbols": {
        "hero": {"prompt": "a cyclist", "negative": "car", "voice": {"asset_id": "asset_sfx_typing"}},
        "crowd": {"prompt": "people", "reference_images": []},
    },
    "transition_presets": {"swoosh": {"type": "wipe", "duration": 0.5, "params": {"angle": 30}}},
    "scenes": [
        {
            "id": "street", "prompt": "@hero rides past the @crowd", "duration": 2.5, "order": 1,
            "audio": {
                "sfx": [{"asset_id": "asset_sfx_pop", "trigger": "start", "start": 0, "volume": 0.5}],
                "dialogue": [{"speaker": "hero", "text": "Mind out!", "start": 1, "volume": 1}],
            },
        },
        {"id": "bridge", "prompt": "A bridge in the rain", "duration": 10},
    ],
    "transitions": {"default": "cut", "street->bridge": {"type": "fade", "duration": 0.5}},
    "timeline": [
        {"scene": "street"},
        {"transition": "swoosh"},
        {"transition": {"type": "blur", "duration": 1, "audio": {"asset_id": "asset_transition_rise"}}},
        {"flashback": {"scenes": ["bridge"], "treatment": {"desaturate": 0.5, "grain": 1, "vignette": True}}},
        {"montage": {"scenes": ["street", "bridge"], "pace": "fast", "transition": "cut"}},
    ],
    "studio": {"take": 3},
}  # fmt: skip


def _short(**members: Any) -> dict[str, Any]:
    return {**storyboard(5), **members}


def _scene(**members: Any) -> dict[str, Any]:
    return _short(scenes=[{**SCENE, **members}])


def _heard(**audio: Any) -> dict[str, Any]:
    return _scene(audio=audio)


def _ambient(volume: float) -> dict[str, Any]:
    return _heard(ambient={"asset_id": "asset_ambient_cafe", "volume": volume})


def _spoken(text: str, speaker: str = "hero", lines: int = 1) -> dict[str, Any]:
    hero = {"prompt": "a hero", "voice": {"asset_id": "asset_sfx_pop"}}
    spoken = _heard(dialogue=[{"speaker": speaker, "text": text}] * lines)
    return {**spoken, "symbols": {"hero": hero, "mute": {"prompt": "says nothing"}}}


def _many(count: int, prefix: str, value: Any) -> dict[str, Any]:
    return {f"{prefix}_{number}": value for number in range(count)}


def _pictured(weight: float) -> dict[str, Any]:
    image = {"id": UNKNOWN_ASSET, "weight": weight}
    return _short(symbols={"hero": {"prompt": "a hero", "reference_images": [image]}})


def _of_size(size: int) -> dict[str, Any]:
    """A storyboard of that many bytes of compact JSON, in a member that no rule looks at."""
    bare = len('{"title":"t","scenes":[{"id":"a","prompt":"p","duration":1}],"notes":""}')
    scene = {"id": "a", "prompt": "p", "duration": 1}
    return {"title": "t", "scenes": [scene], "notes": "n" * (size - bare)}


def _shown(*elements: Any) -> dict[str, Any]:
    return _short(timeline=list(elements))


POP = {"asset_id": "asset_sfx_pop"}

WITHIN: Mapping[str, dict[str, Any]] = {
    "everything": dict(RICH),
    "102,400 bytes": _of_size(102_400),
    "50 scenes": storyboard(*[1] * 50),
    "20 symbols": _short(symbols=_many(20, "s", {"prompt": "a symbol"})),
    "20 presets": _short(transition_presets=_many(20, "p", {"type": "cut"})),
    "100 timeline elements": _shown(*[{"scene": "scene_1"}] * 100),
    "300 seconds": storyboard(*[30] * 10),
    "prompt of 2,000": _scene(prompt="ü" * 2000),
    "duration 1": storyboard(1),
    "duration 1.0": storyboard(1.0),
    "duration 30": storyboard(30),
    "symbol prompt of 1,000": _short(symbols={"s": {"prompt": "🎬" * 1000}}),
    "10 sfx": _heard(sfx=[POP] * 10),
    "5 lines of 500": _spoken("w" * 500, lines=5),
    "volume 0": _ambient(0),
    "volume 1": _ambient(1),
    "timeline null": _short(timeline=None),
    "symbols null": _short(symbols=None, transitions=None, global_audio=None),
    "default transition": _short(transitions={"default": "swoosh", "scene_1->scene_1": "cut"}),
}
"""Valid storyboards, by what is special about them."""

BEYOND: Mapping[str, dict[str, Any]] = {
    "V-01": _of_size(102_401),
    "V-02": storyboard(*[1] * 51),
    "V-03": _short(symbols=_many(21, "s", {"prompt": "a symbol"})),
    "V-04": _short(transition_presets=_many(21, "p", {"type": "cut"})),
    "V-05": _shown(*[{"scene": "scene_1"}] * 101),
    "V-06": storyboard(*[30] * 9, 15, 15.1),
    "V-10": _scene(prompt="p" * 2001),
    "V-11 below": storyboard(0.99),
    "V-11 zero": storyboard(0, 5),
    "V-11 above": storyboard(30.01),
    "V-12": _short(symbols={"s": {"prompt": "p" * 1001}}),
    "V-20": _heard(sfx=[POP] * 11),
    "V-21": _spoken("Hello", lines=6),
    "V-22": _spoken("w" * 501),
    "V-23 below": _ambient(-0.01),
    "V-23 above": _ambient(1.01),
    "V-23 global": _short(global_audio={"music": {"asset_id": "asset_music_tense", "volume": 2}}),
    "V-30": _shown({"scene": "nowhere"}),
    "V-31": _shown({"transition": "cut"}),
    "V-32": _shown({"flashback": {"scenes": ["scene_1", "nowhere"]}}),
    "V-33": _shown({"montage": {"scenes": ["nowhere", "scene_1"]}}),
    "V-34 arrow": _short(transitions={"scene_1-scene_1": "cut"}),
    "V-34 scene": _short(transitions={"scene_1->nowhere": "cut"}),
    "V-35": _scene(prompt="@hero meets a @stranger"),
    "V-36 unknown": _spoken("Hello", "nobody"),
    "V-36 mute": _spoken("Hello", "mute"),
    "V-40 catalogue": _heard(music={"asset_id": "asset_music_unheard"}),
    "V-40 upload": _heard(music={"asset_id": UNKNOWN_ASSET}),
    "V-40 urn": _heard(music={"asset_id": "framecast:system:music:tense"}),
    "V-41": _pictured(1),
    "V-50 missing": {"scenes": [SCENE]},
    "V-50 text": _scene(duration="5"),
    "V-50 boolean": _heard(music={**POP, "loop": "yes"}),
    "V-50 timeline": _short(timeline={}),
    "V-51": _short(transition_presets={"p": {"type": "teleport"}}),
    "V-52": _pictured(1.01),
    "V-53 none": _shown({}),
    "V-53 two": _shown({"scene": "scene_1", "transition": {"type": "cut"}}),
    "V-60": _short(scenes=[]),
    "V-61": _short(scenes=[SCENE, SCENE]),
    "V-62 duration": _short(transitions={"default": {"type": "fade", "duration": 0}}),
    "V-62 start": _heard(sfx=[{**POP, "start": -0.1}]),
    "V-62 fade": _heard(music={**POP, "fade_out": -1}),
}
"""Invalid storyboards, by the rule that they break. V-52 needs an image, so V-41 goes along with it."""
