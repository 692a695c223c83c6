"""Storyboards are validated rule by rule.

The storyboard beside this file breaks no rule and has every part there is. A case changes it in one place and
expects exactly the finding of that rule, at its path and with its members; the message only has to exist.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest

from framecast_contract.sandbox.catalogue import BY_ID, SystemAsset
from framecast_contract.sandbox.spec_measure import compact_size
from framecast_contract.sandbox.specs import SPEC_RULES, Finding, validate

from .rich import PICTURE, SOUND, Json, Uploads, changed, storyboard

NOBODYS = "not-mine"
TYPES = ["cut", "fade", "dissolve", "wipe", "blur", "zoom", "flash", "glitch", "custom"]


def spec_of(*durations: Any, **members: Any) -> Json:
    """A plain spec with one scene per duration."""
    scenes = [{"id": f"s{n}", "prompt": "p", "duration": seconds} for n, seconds in enumerate(durations)]
    return {"title": "t", "scenes": scenes, **members}


def said(findings: list[Finding]) -> list[Json]:
    """Findings as the API shows them, less their messages."""
    shown = [finding.as_dict() for finding in findings]
    assert all(finding.pop("message") for finding in shown)
    return shown


def errors(spec: Json) -> list[Json]:
    return said(validate(spec, Uploads()).errors)


def filled(letter: str, count: int, **part: Any) -> Json:
    return {f"{letter}{number}": dict(part) for number in range(count)}


LINE = {"text": "hm"}
CLICK = {"asset_id": "asset_sfx_click"}
VALUE_PLACES = {
    "global_audio/music": "global_audio.music",
    "global_audio/ambient": "global_audio.ambient",
    "scenes/1/audio/music": "scenes[1].audio.music",
    "scenes/0/audio/ambient": "scenes[0].audio.ambient",
    "scenes/0/audio/sfx/0": "scenes[0].audio.sfx[0]",
    "transition_presets/soft/audio": "transition_presets.soft.audio",
    "transitions/a->b/audio": "transitions.a->b.audio",
    "timeline/2/transition/audio": "timeline[2].transition.audio",
    "timeline/4/montage/transition/audio": "timeline[4].montage.transition.audio",
}
TRANSITIONS = [place.removesuffix("/audio") for place in VALUE_PLACES if "transition" in place]

Case = tuple[str, Json, Json]
CASES: list[Case] = [
    ("V-02", spec_of(*[1] * 51), {"path": "scenes", "value": 51, "limit": 50}),
    ("V-03", spec_of(1, symbols=filled("s", 21, prompt="p")), {"path": "symbols", "value": 21, "limit": 20}),
    (
        "V-04",
        spec_of(1, transition_presets=filled("p", 21, type="cut")),
        {"path": "transition_presets", "value": 21, "limit": 20},
    ),
    ("V-05", spec_of(1, timeline=[{"scene": "s0"}] * 101), {"path": "timeline", "value": 101, "limit": 100}),
    ("V-06", spec_of(*[30] * 9, 29, 1.1), {"path": "scenes", "value": 300.1, "limit": 300}),
    ("V-06", spec_of(*[30] * 10, 1), {"path": "scenes", "value": 301, "limit": 300}),
    ("V-10", changed("scenes/1/prompt", "é" * 2001), {"path": "scenes[1].prompt", "limit": 2000}),
    *(
        (
            "V-11",
            changed("scenes/0/duration", seconds),
            {"path": "scenes[0].duration", "value": seconds, "limit": 1},
        )
        for seconds in (0, -1, 0.99, Decimal("0.999999999999999999999999999999999"))
    ),
    (
        "V-11",
        changed("scenes/0/duration", 30.01),
        {"path": "scenes[0].duration", "value": 30.01, "limit": 30},
    ),
    ("V-12", changed("symbols/hero/prompt", "x" * 1001), {"path": "symbols.hero.prompt", "limit": 1000}),
    (
        "V-20",
        changed("scenes/0/audio/sfx", [CLICK] * 11),
        {"path": "scenes[0].audio.sfx", "value": 11, "limit": 10},
    ),
    (
        "V-21",
        changed("scenes/1/audio/dialogue", [LINE] * 6),
        {"path": "scenes[1].audio.dialogue", "value": 6, "limit": 5},
    ),
    (
        "V-22",
        changed("scenes/0/audio/dialogue/0/text", "x" * 501),
        {"path": "scenes[0].audio.dialogue[0].text", "limit": 500},
    ),
    *(
        (
            "V-23",
            changed(f"{place}/volume", value),
            {"path": f"{path}.volume", "value": value, "limit": limit},
        )
        for place, path in {
            **VALUE_PLACES,
            "scenes/1/audio/dialogue/0": "scenes[1].audio.dialogue[0]",
        }.items()
        for value, limit in ((-0.01, 0), (1.01, 1))
    ),
    (
        "V-30",
        changed("timeline/0/scene", "zzz"),
        {"path": "timeline[0].scene", "value": "zzz", "valid_values": ["a", "b"]},
    ),
    *(
        (
            "V-31",
            changed("timeline/1/transition", name),
            {"path": "timeline[1].transition", "value": name, "valid_values": ["soft"]},
        )
        for name in ("hard", "cut", "")
    ),
    (
        "V-32",
        changed("timeline/3/flashback/scenes/1", "zzz"),
        {"path": "timeline[3].flashback.scenes[1]", "value": "zzz", "valid_values": ["a", "b"]},
    ),
    (
        "V-33",
        changed("timeline/4/montage/scenes/0", "zzz"),
        {"path": "timeline[4].montage.scenes[0]", "value": "zzz", "valid_values": ["a", "b"]},
    ),
    *(
        ("V-34", changed(f"transitions/{key}", "cut"), {"path": f"transitions.{key}", "value": key})
        for key in ("a-b", "a->zzz", "zzz->b", "a", "a->", "->", "a -> b", "Default", "")
    ),
    (
        "V-35",
        changed("scenes/0/prompt", "x@crowd, @hero and again @crowd"),
        {"path": "scenes[0].prompt", "value": "crowd", "valid_values": ["hero", "train"]},
    ),
    *(
        (
            "V-36",
            changed("scenes/0/audio/dialogue/0/speaker", name),
            {"path": "scenes[0].audio.dialogue[0].speaker", "value": name, "valid_values": ["hero"]},
        )
        for name in ("nobody", "train", "@hero")
    ),
    *(
        ("V-40", changed(f"{place}/asset_id", value), {"path": f"{path}.asset_id", "value": value})
        for place, path in {**VALUE_PLACES, "symbols/hero/voice": "symbols.hero.voice"}.items()
        for value in ("asset_sfx_vuvuzela", "framecast:system:sfx:click", PICTURE, NOBODYS, "")
    ),
    *(
        (
            "V-41",
            changed("symbols/hero/reference_images/0/id", value),
            {"path": "symbols.hero.reference_images[0].id", "value": value},
        )
        for value in (SOUND, NOBODYS, "asset_sfx_click")
    ),
    *(
        (
            "V-51",
            changed(f"{place}/type", "Fade"),
            {"path": f"{VALUE_PLACES[place + '/audio'][:-6]}.type", "value": "Fade", "valid_values": TYPES},
        )
        for place in TRANSITIONS
    ),
    *(
        (
            "V-52",
            changed("symbols/hero/reference_images/0/weight", value),
            {"path": "symbols.hero.reference_images[0].weight", "value": value, "limit": limit},
        )
        for value, limit in ((-0.1, 0), (1.1, 1))
    ),
    *(
        ("V-53", changed("timeline/0", element), {"path": "timeline[0]"})
        for element in ({}, {"scene": None}, {"note": "x"}, {"scene": "a", "transition": "soft"})
    ),
    ("V-60", {"title": "t", "scenes": []}, {"path": "scenes", "value": 0, "limit": 1}),
    (
        "V-61",
        changed("scenes/1/id", "a") | {"transitions": {}, "timeline": []},
        {"path": "scenes[1].id", "value": "a"},
    ),
    *(
        (
            "V-62",
            changed(f"{place}/duration", value),
            {"path": f"{VALUE_PLACES[place + '/audio'][:-6]}.duration", "value": value, "limit": 0},
        )
        for place in TRANSITIONS
        for value in (0, -0.5)
    ),
    *(
        ("V-62", changed(place, -0.1), {"path": path, "value": -0.1, "limit": 0})
        for place, path in {
            "scenes/0/audio/sfx/0/start": "scenes[0].audio.sfx[0].start",
            "scenes/0/audio/dialogue/0/start": "scenes[0].audio.dialogue[0].start",
            "scenes/0/audio/music/fade_in": "scenes[0].audio.music.fade_in",
            "global_audio/ambient/fade_out": "global_audio.ambient.fade_out",
        }.items()
    ),
]


def test_a_storyboard_with_every_part_is_valid_without_warnings() -> None:
    report = validate(storyboard(), Uploads())
    assert (report.valid, report.errors, report.warnings) == (True, [], [])


@pytest.mark.parametrize(("rule", "spec", "finding"), CASES)
def test_a_spec_that_breaks_one_rule_gets_exactly_its_finding(rule: str, spec: Json, finding: Json) -> None:
    assert errors(spec) == [finding]
    assert validate(spec, Uploads(), SPEC_RULES.without(rule)).valid


def test_findings_do_not_hide_each_other() -> None:
    spec = spec_of(301, symbols=[])
    spec["scenes"].append({"id": "s0", "duration": 0, "prompt": "x" * 2001})
    spec["timeline"] = [{"scene": "zzz", "transition": "zzz"}]
    assert errors(spec) == [
        {"path": "scenes", "value": 301, "limit": 300},
        {"path": "scenes[1].prompt", "limit": 2000},
        {"path": "scenes[0].duration", "value": 301, "limit": 30},
        {"path": "scenes[1].duration", "value": 0, "limit": 1},
        {"path": "timeline[0].scene", "value": "zzz", "valid_values": ["s0"]},
        {"path": "timeline[0].transition", "value": "zzz", "valid_values": []},
        {"path": "symbols", "value": []},
        {"path": "timeline[0]"},
        {"path": "scenes[1].id", "value": "s0"},
    ]


@pytest.mark.parametrize(
    "spec",
    [
        spec_of(*[1] * 50),
        spec_of(1, symbols=filled("s", 20, prompt="p")),
        spec_of(1, transition_presets=filled("p", 20, type="cut")),
        spec_of(1, timeline=[{"scene": "s0"}] * 100),
        changed("scenes/0/prompt", "x" * 2000),
        changed("symbols/hero/prompt", "x" * 1000),
        changed("scenes/0/audio/dialogue/0/text", "🚂" * 500),
        spec_of(1, 1.0, Decimal("1.00"), 30),
        spec_of(*[30] * 10),
        spec_of(*[1.1] * 10, *[2.7] * 20, *[Decimal("23.5")] * 10),
        changed("scenes/0/audio/sfx", [CLICK] * 10),
        changed("scenes/0/audio/dialogue", [LINE] * 5),
        changed("scenes/0/audio/music/volume", 1),
        changed("timeline", None),
        spec_of(1, symbols={}),
        spec_of(1, transitions={"default": "no such preset", "s0->s0": "neither"}),
        changed("scenes/0/prompt", "an @ alone, @-, and a mail to x@hero"),
    ],
)
def test_what_lies_within_the_limits_is_accepted(spec: Json) -> None:
    assert errors(spec) == []


def test_scene_ids_may_hold_an_arrow_themselves() -> None:
    spec = spec_of(1, 1)
    spec["scenes"][0]["id"], spec["scenes"][1]["id"] = "a->b", "c"
    assert errors(spec | {"transitions": {"a->b->c": "cut", "c->a->b": "cut"}}) == []


@pytest.mark.parametrize("letter", ["x", "é", "🚂"])
def test_v01_a_spec_may_have_102400_bytes_of_compact_json_and_no_more(letter: str) -> None:
    width = len(letter.encode())
    room = 102_400 - compact_size(spec_of(1, note=""))
    note = letter * (room // width) + "x" * (room % width)
    assert errors(spec_of(1, note=note)) == []
    assert errors(spec_of(1, note=note + "x")) == [{"path": "spec", "value": 102_401, "limit": 102_400}]


def test_w01_a_scene_above_ten_seconds_is_valid_with_a_warning() -> None:
    report = validate(changed("scenes/1/duration", 10.5), Uploads())
    assert (report.valid, said(report.warnings)) == (True, [{"path": "scenes[1].duration"}])
    assert validate(changed("scenes/1/duration", 10), Uploads()).warnings == []


def test_w02_a_deprecated_sound_is_valid_with_a_warning() -> None:
    click = SystemAsset("asset_sfx_click", "sfx", "Click", "", 200, (), deprecated=True)
    catalogue: Mapping[str, SystemAsset] = {**BY_ID, click.id: click}
    spec = changed("scenes/1/audio", {"music": {"asset_id": "asset_sfx_click"}})
    report = validate(spec, Uploads(), catalogue=catalogue)
    assert (report.valid, said(report.warnings)) == (
        True,
        [{"path": "scenes[1].audio.music.asset_id"}, {"path": "scenes[0].audio.sfx[0].asset_id"}],
    )


def test_a_finding_says_what_is_wrong_and_what_to_do() -> None:
    [finding] = validate(changed("timeline/0/scene", "zzz"), Uploads()).errors
    assert finding.message == 'timeline[0].scene names "zzz", which is no scene id ("a", "b")'
    [finding] = validate({"scenes": spec_of(1)["scenes"]}, Uploads()).errors
    assert finding.message == "title is missing: give a string"


def test_a_rule_can_be_bent_alone() -> None:
    bent = SPEC_RULES.bent("V-10", limit=2001)
    assert validate(changed("scenes/1/prompt", "x" * 2001), Uploads(), bent).valid
    assert not validate(changed("scenes/1/prompt", "x" * 2002), Uploads(), bent).valid


def test_a_rule_that_does_not_exist_cannot_be_replaced() -> None:
    with pytest.raises(KeyError, match="there is no spec rule V-99: choose one of V-01, V-02"):
        SPEC_RULES.without("V-99")


def test_a_warning_can_be_taken_out_alone() -> None:
    report = validate(spec_of(10.5), Uploads(), SPEC_RULES.without("W-01"))
    assert report.warnings == []


def test_every_rule_of_the_table_has_a_case() -> None:
    elsewhere = {"V-01", "V-50"}
    assert {rule for rule, _, _ in CASES} | elsewhere == set(SPEC_RULES.errors)
