"""Validating storyboards: every rule that one breaks, with the path, the value and the limit to report.

Works on any JSON object and never raises: rules about the content of a part look only at parts of the right
type, and everything else is one V-50 finding. The caller's assets come in as data.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.oracle.exact import exact, total
from framecast_contract.oracle.spec_rules import (
    BETWEEN,
    LONG_SCENE_SECONDS,
    LONGEST,
    MOST,
    MOST_PER_SCENE,
    SCENE_REFERENCES,
    SPEC_BYTES,
    TOTAL_SECONDS,
    TRANSITION_TYPES,
)
from framecast_contract.oracle.spec_shapes import WRONG, Part, parts
from framecast_contract.oracle.words import INVALID, Answer, Broken, Json

_MENTION = re.compile(r"@(\w+)")


@dataclass(frozen=True, slots=True)
class SpecFinding:
    """One broken rule of a storyboard; a None among the last three stands for a member not reported."""

    rule_id: str
    path: str
    value: Any = None
    limit: int | None = None
    valid_values: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class _Known:
    """What references in a storyboard may name."""

    scenes: tuple[str, ...]
    presets: tuple[str, ...]
    symbols: tuple[str, ...]
    voices: tuple[str, ...]
    catalogue: Collection[str]
    ready_assets: Mapping[str, str]


def broken_rules(
    spec: Json, *, catalogue: Collection[str], ready_assets: Mapping[str, str] | None = None
) -> list[SpecFinding]:
    """Every rule `spec` breaks, outermost part first.

    `catalogue` holds the ids of the system assets, `ready_assets` the content type of each uploaded asset
    that is ready and that the caller can access, by id.
    """
    known = _known(spec, catalogue, ready_assets or {})
    walked = list(parts(spec))
    found = [finding for part in walked for finding in _judge(part, known)]
    return [*_size(spec), *_length(walked), *_repeated_ids(walked), *found]


def spec_answer(
    spec: Any, *, catalogue: Collection[str], ready_assets: Mapping[str, str] | None = None
) -> Answer | None:
    """400 for a body's `spec` that is no object or breaks a rule, None for a valid one (SPEC-3)."""
    if not isinstance(spec, Mapping):
        return INVALID
    return INVALID if broken_rules(spec, catalogue=catalogue, ready_assets=ready_assets) else None


def warnings(spec: Json, *, deprecated: Collection[str] = ()) -> list[SpecFinding]:
    """The warnings about `spec`: W-01 must be given, W-02 may be."""
    found = []
    for part in parts(spec):
        if part.kind == "scene_duration" and exact(part.value) > LONG_SCENE_SECONDS:
            found.append(SpecFinding("W-01", part.path))
        if part.kind == "audio_id" and part.value in deprecated:
            found.append(SpecFinding("W-02", part.path))
    return found


def _known(spec: Json, catalogue: Collection[str], ready_assets: Mapping[str, str]) -> _Known:
    scenes, symbols, presets = spec.get("scenes"), spec.get("symbols"), spec.get("transition_presets")
    ids = [scene.get("id") for scene in _list(scenes) if isinstance(scene, Mapping)]
    voices = [
        key
        for key, symbol in _map(symbols).items()
        if isinstance(symbol, Mapping) and symbol.get("voice") is not None
    ]
    return _Known(
        tuple(dict.fromkeys(scene_id for scene_id in ids if isinstance(scene_id, str))),
        tuple(_map(presets)),
        tuple(_map(symbols)),
        tuple(voices),
        catalogue,
        ready_assets,
    )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _map(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _size(spec: Json) -> Iterator[SpecFinding]:
    text = json.dumps(spec, separators=(",", ":"), ensure_ascii=False, default=float)
    size = len(text.encode("utf-8", "surrogatepass"))
    if size > SPEC_BYTES:
        yield SpecFinding("V-01", "spec", size, SPEC_BYTES)


def _length(walked: list[Part]) -> Iterator[SpecFinding]:
    seconds = total(part.value for part in walked if part.kind == "scene_duration")
    if seconds > TOTAL_SECONDS:
        yield SpecFinding("V-06", "scenes", seconds, TOTAL_SECONDS)


def _repeated_ids(walked: list[Part]) -> Iterator[SpecFinding]:
    seen: set[str] = set()
    for part in walked:
        if part.kind == "scene_id" and part.value in seen:
            yield SpecFinding("V-61", part.path, part.value)
        if part.kind == "scene_id":
            seen.add(part.value)


def _judge(part: Part, known: _Known) -> Iterator[SpecFinding]:
    if part.kind == WRONG:
        yield SpecFinding("V-50", part.path, part.value)
        return
    yield from _counts(part)
    yield from _lengths(part)
    yield from _ranges(part)
    yield from _timeline(part)
    yield from _names(part, known)
    yield from _assets(part, known)


def _counts(part: Part) -> Iterator[SpecFinding]:
    most = MOST.get(part.path) or MOST_PER_SCENE.get(part.kind)
    if most and part.kind[0] in "[{" and len(part.value) > most[1]:
        yield SpecFinding(most[0], part.path, len(part.value), most[1])
    if part.path == "scenes" and not part.value:
        yield SpecFinding("V-60", part.path, 0, 1)


def _lengths(part: Part) -> Iterator[SpecFinding]:
    if part.kind in LONGEST:
        rule_id, limit = LONGEST[part.kind]
        if len(part.value) > limit:
            yield SpecFinding(rule_id, part.path, limit=limit)


def _ranges(part: Part) -> Iterator[SpecFinding]:
    if part.kind in BETWEEN:
        rule_id, low, high = BETWEEN[part.kind]
        if not low <= exact(part.value) <= high:
            yield SpecFinding(rule_id, part.path, part.value, low if exact(part.value) < low else high)
    negative = part.kind in ("seconds", "transition_duration") and exact(part.value) < 0
    if negative or (part.kind == "transition_duration" and exact(part.value) == 0):
        yield SpecFinding("V-62", part.path, part.value, 0)


def _timeline(part: Part) -> Iterator[SpecFinding]:
    if part.kind == "TimelineElement":
        named = [
            name
            for name in ("scene", "transition", "flashback", "montage")
            if part.value.get(name) is not None
        ]
        if len(named) != 1:
            yield SpecFinding("V-53", part.path)


def _names(part: Part, known: _Known) -> Iterator[SpecFinding]:
    if part.kind in SCENE_REFERENCES:
        yield from _one_of(SCENE_REFERENCES[part.kind], part.path, part.value, known.scenes)
    elif part.kind == "preset_name":
        yield from _one_of("V-31", part.path, part.value, known.presets)
    elif part.kind == "speaker":
        yield from _one_of("V-36", part.path, part.value, known.voices)
    elif part.kind == "transition_type":
        yield from _one_of("V-51", part.path, part.value, TRANSITION_TYPES)
    elif part.kind == "scene_prompt":
        for name in dict.fromkeys(_MENTION.findall(part.value)):
            yield from _one_of("V-35", part.path, name, known.symbols)
    elif part.kind == "{TransitionRef}":
        for key in part.value:
            if key != "default" and not _leads(key, known.scenes):
                yield SpecFinding("V-34", f"{part.path}.{key}", key)


def _one_of(rule_id: str, path: str, value: str, allowed: tuple[str, ...]) -> Iterator[SpecFinding]:
    if value not in allowed:
        yield SpecFinding(rule_id, path, value, valid_values=allowed)


def _leads(key: str, scenes: tuple[str, ...]) -> bool:
    """Whether a key joins two known scenes; an id may itself hold an arrow, so every arrow is tried."""
    arrows = [found.start() for found in re.finditer("(?=->)", key)]
    return any(key[:at] in scenes and key[at + 2 :] in scenes for at in arrows)


def _assets(part: Part, known: _Known) -> Iterator[SpecFinding]:
    content_type = known.ready_assets.get(part.value) if isinstance(part.value, str) else None
    if part.kind == "image_id" and not (content_type or "").startswith("image/"):
        yield SpecFinding("V-41", part.path, part.value)
    if part.kind != "audio_id":
        return
    ours = part.value.startswith("asset_")
    if part.value not in known.catalogue if ours else not (content_type or "").startswith("audio/"):
        yield SpecFinding("V-40", part.path, part.value)


def broken_validation_rules(spec: Json, response: Json, *, catalogue: Collection[str],
                            ready_assets: Mapping[str, str] | None = None) -> list[Broken]:  # fmt: skip
    """Judge an answer of `validate_spec`: its verdict, its errors by path, its W-01 warnings by path."""
    expected = broken_rules(spec, catalogue=catalogue, ready_assets=ready_assets)
    errors = response.get("errors") or []
    broken = []
    if response.get("valid") is not (not errors):
        broken.append(Broken("SPEC-1", f"valid is {response.get('valid')} beside {len(errors)} errors"))
    reported = [str(error.get("path")) for error in errors]
    broken += [
        Broken(finding.rule_id, f"{finding.path} breaks {finding.rule_id} and is not reported")
        for finding in expected
        if finding.path not in reported
    ]
    paths = {finding.path for finding in expected}
    broken += [
        Broken("SPEC-1", f"{path} is reported, but breaks no rule") for path in reported if path not in paths
    ]
    warned = {str(warning.get("path")) for warning in response.get("warnings") or []}
    missing = [finding.path for finding in warnings(spec) if finding.path not in warned]
    return broken + [Broken("W-01", f"{path} earns a warning and got none") for path in missing]
