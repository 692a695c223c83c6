"""Validating storyboards: what is accepted, which rule a refused one breaks, that any JSON can be judged."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.oracle.rules import RULES
from framecast_contract.oracle.spec_shapes import SHAPES
from framecast_contract.oracle.specs import (
    SpecFinding,
    broken_rules,
    broken_validation_rules,
    spec_answer,
    warnings,
)
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import INVALID, Json

SOUND, PICTURE = "aaaaaaaa-0000-4000-8000-000000000001", "aaaaaaaa-0000-4000-8000-000000000002"
READY = {SOUND: "audio/mpeg", PICTURE: "image/png"}


def scene(scene_id: str = "a", **members: Any) -> dict[str, Any]:
    return {"id": scene_id, "prompt": "a street", "duration": 5, **members}


def spec(*scenes: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"title": "t", "scenes": list(scenes) or [scene()], **members}


def judged(storyboard: Json) -> list[SpecFinding]:
    return broken_rules(storyboard, catalogue=CATALOGUE, ready_assets=READY)


def scenes(count: int, duration: float = 1) -> dict[str, Any]:
    return spec(*[scene(f"s{i}", duration=duration) for i in range(count)])


def audio(**members: Any) -> dict[str, Any]:
    return spec(scene(audio=members))


def symbol(**members: Any) -> dict[str, Any]:
    return spec(symbols={"hero": {"prompt": "p", **members}})


def preset(**members: Any) -> dict[str, Any]:
    return spec(transition_presets={"soft": {"type": "fade", **members}})


def timeline(*elements: Any, **members: Any) -> dict[str, Any]:
    return spec(scene("a"), scene("b"), timeline=list(elements), **members)


CUT = {"type": "cut"}
SFX = {"asset_id": "asset_sfx_pop"}

ACCEPTED = {
    "50 scenes": scenes(50),
    "20 symbols": spec(symbols={f"k{i}": {"prompt": "p"} for i in range(20)}),
    "20 presets": spec(transition_presets={f"k{i}": CUT for i in range(20)}),
    "100 elements": timeline(*[{"scene": "a"}] * 100),
    "scene prompt of 2000": spec(scene(prompt="\U0001f600" * 2000)),
    "symbol prompt of 1000": symbol(prompt="x" * 1000),
    "dialogue of 500": audio(dialogue=[{"text": "x" * 500}]),
    "duration 1": spec(scene(duration=1)),
    "duration 1.0": spec(scene(duration=1.0)),
    "duration 30": spec(scene(duration=30)),
    "total 300": scenes(10, 30),
    "total 300 that binary sums exceed": spec(
        *[scene(f"s{i}", duration=27.02) for i in range(10)], scene("last", duration=29.8)
    ),
    "10 sfx": audio(sfx=[SFX] * 10),
    "5 lines": audio(dialogue=[{"text": "x"}] * 5),
    "volumes 0 and 1": audio(music={**SFX, "volume": 0}, ambient={**SFX, "volume": 1}),
    "timeline null": spec(timeline=None),
    "transitions": spec(scene("a"), scene("b"), transitions={"default": "cut", "a->b": "anything"}),
    "arrow in an id": spec(scene("a->b"), scene("c"), transitions={"a->b->c": "cut"}),
    "no mention": spec(scene(prompt="mail me @ home"), symbols={}),
    "mention": spec(scene(prompt="@hero, run"), symbols={"hero": {"prompt": "p"}}),
    "speaker with a voice": spec(
        scene(audio={"dialogue": [{"text": "x", "speaker": "hero"}]}),
        symbols={"hero": {"prompt": "p", "voice": {"asset_id": SOUND}}},
    ),
    "reference image": symbol(reference_images=[{"id": PICTURE, "weight": 0.5}]),
    "montage": timeline({"montage": {"scenes": ["a", "b"], "transition": "wipe"}}),
    "flashback": timeline({"flashback": {"scenes": ["a"], "treatment": {"blur": 1, "vignette": True}}}),
    "named preset": timeline({"transition": "soft"}, transition_presets={"soft": CUT}),
    "null beside the one": timeline({"scene": "a", "transition": None}),
    "unknown members": spec(scene(mood="calm"), director={"name": 1}),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_a_storyboard_within_the_rules_is_accepted(name: str) -> None:
    assert judged(ACCEPTED[name]) == []


MUSIC = "scenes[0].audio.music"
AB = ("a", "b")

REFUSED: list[tuple[dict[str, Any], SpecFinding]] = [
    (scenes(51), SpecFinding("V-02", "scenes", 51, 50)),
    (
        spec(symbols={f"k{i}": {"prompt": "p"} for i in range(21)}),
        SpecFinding("V-03", "symbols", 21, 20),
    ),
    (
        spec(transition_presets={f"k{i}": CUT for i in range(21)}),
        SpecFinding("V-04", "transition_presets", 21, 20),
    ),
    (timeline(*[{"scene": "a"}] * 101), SpecFinding("V-05", "timeline", 101, 100)),
    (spec(scene(prompt="x" * 2001)), SpecFinding("V-10", "scenes[0].prompt", limit=2000)),
    (spec(scene(duration=0.99)), SpecFinding("V-11", "scenes[0].duration", 0.99, 1)),
    (spec(scene(duration=0)), SpecFinding("V-11", "scenes[0].duration", 0, 1)),
    (spec(scene(duration=30.01)), SpecFinding("V-11", "scenes[0].duration", 30.01, 30)),
    (spec(scene(duration=1e400)), SpecFinding("V-11", "scenes[0].duration", 1e400, 30)),
    (symbol(prompt="x" * 1001), SpecFinding("V-12", "symbols.hero.prompt", limit=1000)),
    (audio(sfx=[SFX] * 11), SpecFinding("V-20", "scenes[0].audio.sfx", 11, 10)),
    (audio(dialogue=[{"text": "x"}] * 6), SpecFinding("V-21", "scenes[0].audio.dialogue", 6, 5)),
    (
        audio(dialogue=[{"text": "x" * 501}]),
        SpecFinding("V-22", "scenes[0].audio.dialogue[0].text", limit=500),
    ),
    (audio(music={**SFX, "volume": -0.01}), SpecFinding("V-23", f"{MUSIC}.volume", -0.01, 0)),
    (audio(music={**SFX, "volume": 1.01}), SpecFinding("V-23", f"{MUSIC}.volume", 1.01, 1)),
    (
        spec(global_audio={"ambient": {**SFX, "volume": 2}}),
        SpecFinding("V-23", "global_audio.ambient.volume", 2, 1),
    ),
    (audio(sfx=[{**SFX, "volume": 2}]), SpecFinding("V-23", "scenes[0].audio.sfx[0].volume", 2, 1)),
    (
        audio(dialogue=[{"text": "x", "volume": 2}]),
        SpecFinding("V-23", "scenes[0].audio.dialogue[0].volume", 2, 1),
    ),
    (
        preset(audio={"volume": 2}),
        SpecFinding("V-23", "transition_presets.soft.audio.volume", 2, 1),
    ),
    (timeline({"scene": "zzz"}), SpecFinding("V-30", "timeline[0].scene", "zzz", valid_values=AB)),
    (
        timeline({"transition": "cut"}, transition_presets={"soft": CUT}),
        SpecFinding("V-31", "timeline[0].transition", "cut", valid_values=("soft",)),
    ),
    (
        timeline({"flashback": {"scenes": ["a", "zzz"]}}),
        SpecFinding("V-32", "timeline[0].flashback.scenes[1]", "zzz", valid_values=AB),
    ),
    (
        timeline({"montage": {"scenes": ["zzz"]}}),
        SpecFinding("V-33", "timeline[0].montage.scenes[0]", "zzz", valid_values=AB),
    ),
    (spec(transitions={"a-b": "cut"}), SpecFinding("V-34", "transitions.a-b", "a-b")),
    (spec(transitions={"a->zzz": "cut"}), SpecFinding("V-34", "transitions.a->zzz", "a->zzz")),
    (
        spec(scene(prompt="the @crowd and @crowd"), symbols={"hero": {"prompt": "p"}}),
        SpecFinding("V-35", "scenes[0].prompt", "crowd", valid_values=("hero",)),
    ),
    (
        spec(
            scene(audio={"dialogue": [{"text": "x", "speaker": "mute"}]}),
            symbols={"mute": {"prompt": "p"}, "hero": {"prompt": "p", "voice": {"asset_id": SOUND}}},
        ),
        SpecFinding("V-36", "scenes[0].audio.dialogue[0].speaker", "mute", valid_values=("hero",)),
    ),
    (
        audio(music={"asset_id": "asset_sfx_unknown"}),
        SpecFinding("V-40", f"{MUSIC}.asset_id", "asset_sfx_unknown"),
    ),
    (
        audio(music={"asset_id": "framecast:system:sfx:pop"}),
        SpecFinding("V-40", f"{MUSIC}.asset_id", "framecast:system:sfx:pop"),
    ),
    (audio(music={"asset_id": PICTURE}), SpecFinding("V-40", f"{MUSIC}.asset_id", PICTURE)),
    (
        symbol(voice={"asset_id": "nobody"}),
        SpecFinding("V-40", "symbols.hero.voice.asset_id", "nobody"),
    ),
    (
        timeline({"montage": {"scenes": [], "transition": {**CUT, "audio": {"asset_id": "x"}}}}),
        SpecFinding("V-40", "timeline[0].montage.transition.audio.asset_id", "x"),
    ),
    (
        timeline({"transition": {**CUT, "audio": {"asset_id": "x"}}}),
        SpecFinding("V-40", "timeline[0].transition.audio.asset_id", "x"),
    ),
    (
        spec(transitions={"default": {**CUT, "audio": {"asset_id": "x"}}}),
        SpecFinding("V-40", "transitions.default.audio.asset_id", "x"),
    ),
    (
        symbol(reference_images=[{"id": SOUND}]),
        SpecFinding("V-41", "symbols.hero.reference_images[0].id", SOUND),
    ),
    (spec(scene(duration="5")), SpecFinding("V-50", "scenes[0].duration", "5")),
    (spec(scene(duration=True)), SpecFinding("V-50", "scenes[0].duration", True)),
    (spec(timeline={}), SpecFinding("V-50", "timeline", {})),
    (spec(title=None), SpecFinding("V-50", "title")),
    ({"title": "t"}, SpecFinding("V-50", "scenes")),
    (
        audio(music={**SFX, "loop": "yes"}),
        SpecFinding("V-50", f"{MUSIC}.loop", "yes"),
    ),
    (timeline("a"), SpecFinding("V-50", "timeline[0]", "a")),
    (spec(transitions={"default": 5}), SpecFinding("V-50", "transitions.default", 5)),
    (
        symbol(reference_images=[{"id": PICTURE, "weight": 1.5}]),
        SpecFinding("V-52", "symbols.hero.reference_images[0].weight", 1.5, 1),
    ),
    (timeline({}), SpecFinding("V-53", "timeline[0]")),
    (timeline({"scene": "a", "montage": {"scenes": []}}), SpecFinding("V-53", "timeline[0]")),
    ({"title": "t", "scenes": []}, SpecFinding("V-60", "scenes", 0, 1)),
    (spec(scene(), scene()), SpecFinding("V-61", "scenes[1].id", "a")),
    (preset(duration=0), SpecFinding("V-62", "transition_presets.soft.duration", 0, 0)),
    (
        audio(sfx=[{**SFX, "start": -1}]),
        SpecFinding("V-62", "scenes[0].audio.sfx[0].start", -1, 0),
    ),
    (audio(music={**SFX, "fade_in": -0.5}), SpecFinding("V-62", f"{MUSIC}.fade_in", -0.5, 0)),
]


@pytest.mark.parametrize(
    ("storyboard", "finding"), REFUSED, ids=[f"{finding.rule_id} {finding.path}" for _, finding in REFUSED]
)
def test_a_storyboard_that_breaks_a_rule_gets_that_finding_alone(
    storyboard: dict[str, Any], finding: SpecFinding
) -> None:
    assert judged(storyboard) == [finding]


def test_an_unknown_transition_type_is_told_the_nine() -> None:
    (finding,) = judged(preset(type="swirl"))
    assert (finding.rule_id, finding.path, finding.value) == ("V-51", "transition_presets.soft.type", "swirl")
    assert len(finding.valid_values or ()) == 9


def test_scenes_longer_than_300_seconds_together_are_refused() -> None:
    (finding,) = judged(
        spec(
            *[scene(f"s{i}", duration=30) for i in range(9)],
            scene("x", duration=29),
            scene("y", duration=1.1),
        )
    )
    assert (finding.rule_id, finding.path, str(finding.value), finding.limit) == (
        "V-06",
        "scenes",
        "300.1",
        300,
    )


def test_a_storyboard_is_weighed_in_bytes_of_compact_json() -> None:
    empty = len('{"title":"","scenes":[{"id":"a","prompt":"a street","duration":5}]}')
    fits = spec(title="é" * ((102_400 - empty) // 2))
    assert judged(fits) == []
    (finding,) = judged(spec(title=fits["title"] + "éé"))
    assert (finding.rule_id, finding.path, finding.limit) == ("V-01", "spec", 102_400)
    assert finding.value > 102_400


def test_every_rule_of_specs_has_a_storyboard_that_breaks_it() -> None:
    apart = {"V-01", "V-06", "V-51"}
    assert {finding.rule_id for _, finding in REFUSED} | apart == {
        name for name in RULES if name.startswith("V-")
    }


def test_every_broken_rule_is_found_not_only_the_first() -> None:
    storyboard = {"scenes": [scene(duration=31), scene(prompt="@x")], "timeline": [{"scene": "q"}]}
    found = [(finding.rule_id, finding.path) for finding in judged(storyboard)]
    assert sorted(found) == [
        ("V-11", "scenes[0].duration"),
        ("V-30", "timeline[0].scene"),
        ("V-35", "scenes[1].prompt"),
        ("V-50", "title"),
        ("V-61", "scenes[1].id"),
    ]


WELCOME = {
    "title": "Welcome to Framecast",
    "symbols": {"crowd": {"prompt": "a crowd"}, "stage": {"prompt": "a stage"}},
    "scenes": [
        {
            "id": "entrance",
            "prompt": "@crowd enters",
            "duration": 5,
            "audio": {
                "ambient": {"asset_id": "asset_ambient_theater"},
                "sfx": [{"asset_id": "asset_sfx_footsteps"}],
                "music": {"asset_id": "asset_music_anticipation"},
            },
        },
        {"id": "welcome", "prompt": "@crowd at the @stage", "duration": 5},
    ],
    "transitions": {"default": "cut", "entrance->welcome": {"type": "fade", "duration": 0.5}},
    "timeline": None,
}


def test_a_welcome_storyboard_is_valid_without_warnings() -> None:
    assert judged(WELCOME) == []
    assert warnings(WELCOME) == []


def test_a_long_scene_is_warned_about_and_still_valid() -> None:
    assert warnings(spec(scene(duration=10))) == []
    assert warnings(spec(scene(duration=10.5))) == [SpecFinding("W-01", "scenes[0].duration")]
    assert judged(spec(scene(duration=10.5))) == []


def test_a_deprecated_sound_may_be_warned_about() -> None:
    assert warnings(audio(music=SFX), deprecated={"asset_sfx_pop"}) == [
        SpecFinding("W-02", f"{MUSIC}.asset_id")
    ]


@pytest.mark.parametrize("sent", [None, [], "spec", {}])
def test_creation_refuses_what_is_no_valid_storyboard(sent: Any) -> None:
    assert spec_answer(sent, catalogue=CATALOGUE) == INVALID


def test_creation_takes_a_valid_storyboard() -> None:
    assert spec_answer(WELCOME, catalogue=CATALOGUE) is None


def verdict(storyboard: Json, **response: Any) -> list[str]:
    broken = broken_validation_rules(storyboard, response, catalogue=CATALOGUE)
    return [fault.rule_id for fault in broken]


def test_a_right_verdict_is_left_alone() -> None:
    long = spec(scene(duration=30.5))
    errors, told = [{"path": "scenes[0].duration"}], [{"path": "scenes[0].duration"}]
    assert verdict(WELCOME, valid=True, errors=[], warnings=[]) == []
    assert verdict(long, valid=False, errors=errors, warnings=told) == []


def test_a_wrong_verdict_names_the_rule() -> None:
    broken, wrong = spec(timeline={}), [{"path": "title"}]
    assert verdict(broken, valid=True, errors=[], warnings=[]) == ["V-50"]
    assert verdict(WELCOME, valid=False, errors=wrong, warnings=[]) == ["SPEC-1"]
    assert verdict(WELCOME, valid=False, errors=[], warnings=[]) == ["SPEC-1"]
    assert verdict(spec(scene(duration=11)), valid=True, errors=[], warnings=[]) == ["W-01"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
MEMBERS = sorted({name.removesuffix("!") for shape in SHAPES.values() for name in shape})
NEAR = st.recursive(
    JSON,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(MEMBERS), inner, max_size=4),
    max_leaves=20,
)


@given(st.dictionaries(st.sampled_from(MEMBERS), NEAR, max_size=6))
def test_any_json_object_gets_findings_and_never_an_exception(storyboard: dict[str, Any]) -> None:
    for finding in [*judged(storyboard), *warnings(storyboard)]:
        assert finding.rule_id in RULES
        assert finding.path


@given(st.lists(st.decimals(1, 30, places=2), min_size=1, max_size=10))
def test_scenes_of_allowed_lengths_are_valid_in_any_number_that_fits(durations: list[Any]) -> None:
    storyboard = spec(*[scene(f"s{i}", duration=duration) for i, duration in enumerate(durations)])
    assert judged(storyboard) == []
