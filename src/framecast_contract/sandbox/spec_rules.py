"""The rules a storyboard must keep (job semantics 10): one function per family, one row of a table per rule.

A rule is a function of a `Storyboard` that yields findings; it judges what can be judged and skips what has
the wrong type, which is V-50's to report. Rules know nothing of each other, so no finding hides another, and
any row can be taken out or bent alone: `SPEC_RULES.without("V-10")`, `SPEC_RULES.bent("V-10", limit=2001)`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any, Final

from framecast_contract.sandbox.spec_measure import add_up, compact_size, json_number
from framecast_contract.sandbox.spec_shape import Finding, show
from framecast_contract.sandbox.spec_storyboard import Slots, Storyboard

Findings = Iterable[Finding]
Rule = Callable[[Storyboard], Findings]

AUDIO_IDS: Final[Slots] = tuple((kind, "asset_id") for kind in ("audio", "sfx", "voice", "transition_audio"))
VOLUMES: Final[Slots] = tuple((kind, "volume") for kind in ("audio", "sfx", "dialogue", "transition_audio"))
TRANSITION_TYPES: Final = ("cut", "fade", "dissolve", "wipe", "blur", "zoom", "flash", "glitch", "custom")
ELEMENT_MEMBERS: Final = ("scene", "transition", "flashback", "montage")
STARTS_AND_FADES: Final[Slots] = (
    ("sfx", "start"),
    ("dialogue", "start"),
    ("audio", "fade_in"),
    ("audio", "fade_out"),
)
_MENTION: Final = re.compile(r"@(\w+)")


def too_large(board: Storyboard, limit: int) -> Findings:
    """The whole spec has more than `limit` bytes of compact JSON."""
    size = compact_size(board.spec)
    if size > limit:
        message = f"the spec has {size} bytes, at most {limit} are allowed: shorten it"
        yield Finding("spec", message, {"value": size, "limit": limit})


def too_many(board: Storyboard, slots: Slots, limit: int) -> Findings:
    """A list or map has more than `limit` entries."""
    for path, entries in board.values(slots):
        count = len(entries)
        if count > limit:
            message = f"{path} has {count} entries, at most {limit} are allowed: remove {count - limit}"
            yield Finding(path, message, {"value": count, "limit": limit})


def too_long_in_all(board: Storyboard, limit: int) -> Findings:
    """The scenes together last more than `limit` seconds."""
    total = add_up(seconds for _, seconds in board.values((("scene", "duration"),)))
    if not total.is_nan() and total > limit:
        message = f"the scenes last {show(total)} s together, at most {limit} s are allowed: shorten some"
        yield Finding("scenes", message, {"value": json_number(total), "limit": limit})


def too_wordy(board: Storyboard, kind: str, member: str, limit: int) -> Findings:
    """A text has more than `limit` code points."""
    for path, text in board.values(((kind, member),)):
        if len(text) > limit:
            message = f"{path} has {len(text)} characters, at most {limit} are allowed: shorten it"
            yield Finding(path, message, {"limit": limit})


def out_of_range(board: Storyboard, slots: Slots, low: int, high: int) -> Findings:
    """A number is below `low` or above `high`; both ends are allowed."""
    for path, value in board.values(slots):
        if value < low or value > high:
            message = f"{path} is {show(value)}, expected {low} to {high}"
            yield Finding(path, message, {"value": value, "limit": low if value < low else high})


def _unknown(path: str, value: str, known: Iterable[str], what: str) -> Finding:
    names = list(known)
    hint = ", ".join(show(name) for name in names[:10]) or "none is defined"
    return Finding(
        path,
        f"{path} names {show(value)}, which is no {what} ({hint})",
        {"value": value, "valid_values": names},
    )


def unknown_timeline_scene(board: Storyboard) -> Findings:
    """The timeline shows a scene that does not exist."""
    if board.scene_ids is not None:
        for path, scene in board.values((("element", "scene"),)):
            if scene not in board.scene_ids:
                yield _unknown(path, scene, board.scene_ids, "scene id")


def unknown_preset(board: Storyboard) -> Findings:
    """The timeline names a transition preset that does not exist; type names are no presets."""
    if board.presets is not None:
        for path, preset in board.values((("element", "transition"),)):
            if isinstance(preset, str) and preset not in board.presets:
                yield _unknown(path, preset, board.presets, "transition preset")


def unknown_group_scene(board: Storyboard, kind: str) -> Findings:
    """A flashback or montage shows a scene that does not exist."""
    if board.scene_ids is None:
        return
    for path, scenes in board.values(((kind, "scenes"),)):
        for index, scene in enumerate(scenes):
            if isinstance(scene, str) and scene not in board.scene_ids:
                yield _unknown(f"{path}[{index}]", scene, board.scene_ids, "scene id")


def unknown_transition_key(board: Storyboard) -> Findings:
    """A key of `transitions` is neither `default` nor a pair of existing scenes."""
    transitions = board.spec.get("transitions")
    if board.scene_ids is None or not isinstance(transitions, dict):
        return
    for key in transitions:
        if key != "default" and not _is_pair(key, board.scene_ids):
            path = f"transitions.{key}"
            message = f"key {show(key)} is neither default nor <scene>-><scene> of two existing scenes"
            yield Finding(path, message, {"value": key})


def _is_pair(key: str, scene_ids: Collection[str]) -> bool:
    """Whether the key reads as two scene ids; ids may hold arrows themselves, so it is not simply split."""
    return any(key.startswith(f"{first}->") and key[len(first) + 2 :] in scene_ids for first in scene_ids)


def unknown_symbol(board: Storyboard) -> Findings:
    """A scene prompt mentions a symbol that does not exist; once per name and prompt."""
    if board.symbols is not None:
        for path, prompt in board.values((("scene", "prompt"),)):
            for name in dict.fromkeys(_MENTION.findall(prompt)):
                if name not in board.symbols:
                    yield _unknown(path, name, board.symbols, "symbol")


def unknown_speaker(board: Storyboard) -> Findings:
    """A dialogue line is spoken by no symbol, or by one without a voice."""
    if board.speakers is not None:
        for path, speaker in board.values((("dialogue", "speaker"),)):
            if speaker not in board.speakers:
                yield _unknown(path, speaker, board.speakers, "symbol with a voice")


def unusable_audio(board: Storyboard) -> Findings:
    """An audio asset is neither in the catalogue nor a ready audio file of the caller."""
    for path, asset_id in board.values(AUDIO_IDS):
        if asset_id.startswith("asset_"):
            if asset_id not in board.catalogue:
                yield Finding(path, f"{show(asset_id)} is not in the system catalogue", {"value": asset_id})
        elif not _has_type(board, asset_id, "audio/"):
            yield _unusable(path, asset_id, "audio")


def unusable_image(board: Storyboard) -> Findings:
    """A reference image is no ready image file of the caller."""
    for path, asset_id in board.values((("reference_image", "id"),)):
        if not _has_type(board, asset_id, "image/"):
            yield _unusable(path, asset_id, "image")


def _has_type(board: Storyboard, asset_id: str, prefix: str) -> bool:
    content_type = board.assets.content_type(asset_id)
    return content_type is not None and content_type.startswith(prefix)


def _unusable(path: str, asset_id: str, sort: str) -> Finding:
    message = f"{show(asset_id)} is not a ready {sort} asset that you can access: upload and confirm it first"
    return Finding(path, message, {"value": asset_id})


def wrong_shape(board: Storyboard) -> Findings:
    """A required member is missing, or a member has another JSON type than it should."""
    return board.mismatches


def unknown_transition_type(board: Storyboard) -> Findings:
    """A transition is of a type that does not exist."""
    for path, name in board.values((("transition", "type"),)):
        if name not in TRANSITION_TYPES:
            yield _unknown(path, name, TRANSITION_TYPES, "transition type")


def not_one_member(board: Storyboard) -> Findings:
    """A timeline element is not exactly one of scene, transition, flashback and montage."""
    for path, element in board.nodes["element"]:
        given = [name for name in ELEMENT_MEMBERS if element.get(name) is not None]
        if len(given) != 1:
            has = " and ".join(given) or "none"
            yield Finding(path, f"{path} has {has}, expected exactly one of {', '.join(ELEMENT_MEMBERS)}")


def no_scenes(board: Storyboard) -> Findings:
    """The list of scenes is empty."""
    if board.spec.get("scenes") == []:
        yield Finding("scenes", "there are no scenes: give at least one", {"value": 0, "limit": 1})


def repeated_scene_id(board: Storyboard) -> Findings:
    """A scene has the id of an earlier one."""
    seen: set[str] = set()
    for path, scene_id in board.values((("scene", "id"),)):
        if scene_id in seen:
            yield Finding(path, f"{path} repeats {show(scene_id)}: choose another id", {"value": scene_id})
        seen.add(scene_id)


def impossible_time(board: Storyboard) -> Findings:
    """A transition lasts no time, or a start or fade is negative."""
    for path, value in board.values((("transition", "duration"),)):
        if value <= 0:
            yield Finding(path, f"{path} is {show(value)}, expected above 0", {"value": value, "limit": 0})
    for path, value in board.values(STARTS_AND_FADES):
        if value < 0:
            yield Finding(path, f"{path} is {show(value)}, expected 0 or more", {"value": value, "limit": 0})


def long_scene(board: Storyboard, limit: int) -> Findings:
    """A scene lasts more than `limit` seconds, which is allowed but seldom looks good."""
    for path, value in board.values((("scene", "duration"),)):
        if value > limit:
            yield Finding(path, f"{path} is {show(value)} s: scenes above {limit} s tend to drift")


def deprecated_asset(board: Storyboard) -> Findings:
    """A catalogue asset is still there but on its way out."""
    for path, asset_id in board.values(AUDIO_IDS):
        asset = board.catalogue.get(asset_id)
        if asset is not None and asset.deprecated:
            yield Finding(path, f"{show(asset_id)} is deprecated: choose another sound")


@dataclass(frozen=True, slots=True)
class SpecRules:
    """The rules in force by id, applied in this order: errors stop a render, warnings do not."""

    errors: Mapping[str, Rule]
    warnings: Mapping[str, Rule]

    def replaced(self, rule_id: str, rule: Rule) -> "SpecRules":
        """The same rules but for one; KeyError for an id that does not exist."""
        self._rule(rule_id)
        if rule_id in self.errors:
            return SpecRules({**self.errors, rule_id: rule}, self.warnings)
        return SpecRules(self.errors, {**self.warnings, rule_id: rule})

    def without(self, rule_id: str) -> "SpecRules":
        """The same rules with one that never finds anything."""
        return self.replaced(rule_id, lambda _: ())

    def bent(self, rule_id: str, **settings: Any) -> "SpecRules":
        """The same rules with one of other settings, such as `limit`, as the tables below give them."""
        return self.replaced(rule_id, partial(self._rule(rule_id), **settings))

    def _rule(self, rule_id: str) -> Rule:
        rules = {**self.errors, **self.warnings}
        if rule_id not in rules:
            raise KeyError(f"there is no spec rule {rule_id}: choose one of {', '.join(rules)}")
        return rules[rule_id]


SPEC_RULES: Final = SpecRules(
    errors=MappingProxyType(
        {
            "V-01": partial(too_large, limit=102_400),
            "V-02": partial(too_many, slots=(("spec", "scenes"),), limit=50),
            "V-03": partial(too_many, slots=(("spec", "symbols"),), limit=20),
            "V-04": partial(too_many, slots=(("spec", "transition_presets"),), limit=20),
            "V-05": partial(too_many, slots=(("spec", "timeline"),), limit=100),
            "V-06": partial(too_long_in_all, limit=300),
            "V-10": partial(too_wordy, kind="scene", member="prompt", limit=2000),
            "V-11": partial(out_of_range, slots=(("scene", "duration"),), low=1, high=30),
            "V-12": partial(too_wordy, kind="symbol", member="prompt", limit=1000),
            "V-20": partial(too_many, slots=(("scene_audio", "sfx"),), limit=10),
            "V-21": partial(too_many, slots=(("scene_audio", "dialogue"),), limit=5),
            "V-22": partial(too_wordy, kind="dialogue", member="text", limit=500),
            "V-23": partial(out_of_range, slots=VOLUMES, low=0, high=1),
            "V-30": unknown_timeline_scene,
            "V-31": unknown_preset,
            "V-32": partial(unknown_group_scene, kind="flashback"),
            "V-33": partial(unknown_group_scene, kind="montage"),
            "V-34": unknown_transition_key,
            "V-35": unknown_symbol,
            "V-36": unknown_speaker,
            "V-40": unusable_audio,
            "V-41": unusable_image,
            "V-50": wrong_shape,
            "V-51": unknown_transition_type,
            "V-52": partial(out_of_range, slots=(("reference_image", "weight"),), low=0, high=1),
            "V-53": not_one_member,
            "V-60": no_scenes,
            "V-61": repeated_scene_id,
            "V-62": impossible_time,
        }
    ),
    warnings=MappingProxyType(
        {
            "W-01": partial(long_scene, limit=10),
            "W-02": deprecated_asset,
        }
    ),
)
