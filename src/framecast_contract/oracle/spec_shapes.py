"""The shapes of a storyboard as a table, and a walk over any JSON object that follows it.

The walk yields every part that has the right JSON type, under the kind the table gives it, so that a rule
is a function over the parts of one kind. A part that is missing or has the wrong type is yielded as WRONG.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.oracle.exact import is_number

WRONG = "wrong"

# name! must be there; [Kind] is an array, {Kind} a map. Kinds with a capital are shapes of their own.
SHAPES: Mapping[str, Mapping[str, str]] = {
    "Spec": {
        "title!": "string", "global_prompt": "GlobalPrompt", "global_audio": "GlobalAudio",
        "symbols": "{Symbol}", "transition_presets": "{TransitionDefinition}", "scenes!": "[Scene]",
        "transitions": "{TransitionRef}", "timeline": "[TimelineElement]",
    },
    "GlobalPrompt": {"positive": "string", "negative": "string"},
    "GlobalAudio": {"music": "AudioRef", "ambient": "AudioRef"},
    "AudioRef": {
        "asset_id!": "audio_id", "volume": "volume", "fade_in": "seconds", "fade_out": "seconds",
        "loop": "boolean",
    },
    "Symbol": {
        "prompt!": "symbol_prompt", "negative": "string", "reference_images": "[ReferenceImage]",
        "voice": "VoiceRef",
    },
    "ReferenceImage": {"id!": "image_id", "url": "string", "weight": "weight"},
    "VoiceRef": {"asset_id!": "audio_id"},
    "Scene": {
        "id!": "scene_id", "prompt!": "scene_prompt", "duration!": "scene_duration", "order": "number",
        "audio": "SceneAudio",
    },
    "SceneAudio": {
        "ambient": "AudioRef", "music": "AudioRef", "sfx": "[SfxCue]", "dialogue": "[DialogueLine]",
    },
    "SfxCue": {"asset_id!": "audio_id", "trigger": "string", "start": "seconds", "volume": "volume"},
    "DialogueLine": {
        "speaker": "speaker", "text!": "dialogue_text", "start": "seconds", "volume": "volume",
    },
    "TransitionDefinition": {
        "type!": "transition_type", "duration": "transition_duration", "params": "object",
        "effects": "[TransitionEffect]", "audio": "TransitionAudio",
    },
    "TransitionEffect": {"name!": "string", "from": "number", "to": "number", "easing": "string"},
    "TransitionAudio": {"asset_id": "audio_id", "volume": "volume"},
    "TimelineElement": {
        "scene": "shown_scene", "transition": "TimelineTransition", "flashback": "Flashback",
        "montage": "Montage",
    },
    "Flashback": {"scenes!": "[flashback_scene]", "treatment": "Treatment"},
    "Montage": {"scenes!": "[montage_scene]", "pace": "string", "transition": "TransitionRef"},
    "Treatment": {"desaturate": "number", "vignette": "boolean", "grain": "number", "blur": "number"},
}  # fmt: skip

_NUMBERS = {"number", "volume", "seconds", "weight", "scene_duration", "transition_duration"}
# A string here, or else a definition.
_REFERENCES = {"TransitionRef": "transition_name", "TimelineTransition": "preset_name"}


@dataclass(frozen=True, slots=True)
class Part:
    """One place of a storyboard: its kind (a shape, a scalar kind or WRONG), its path, what stands there."""

    kind: str
    path: str
    value: Any


def parts(spec: Mapping[str, Any]) -> Iterator[Part]:
    """Every part of a storyboard, from the outside in; a missing required member is WRONG with value None."""
    yield from _shape("Spec", "", spec)


def _shape(kind: str, path: str, value: Mapping[str, Any]) -> Iterator[Part]:
    yield Part(kind, path, value)
    for spelled, member_kind in SHAPES[kind].items():
        name = spelled.removesuffix("!")
        member, place = value.get(name), f"{path}.{name}" if path else name
        if member is not None:
            yield from _part(member_kind, place, member)
        elif spelled.endswith("!"):
            yield Part(WRONG, place, None)


def _part(kind: str, path: str, value: Any) -> Iterator[Part]:
    if kind[0] in "[{":
        yield from _collection(kind, path, value)
    elif kind in _REFERENCES and isinstance(value, str):
        yield Part(_REFERENCES[kind], path, value)
    elif kind in SHAPES or kind in _REFERENCES:
        shape = kind if kind in SHAPES else "TransitionDefinition"
        yield from _shape(shape, path, value) if isinstance(value, Mapping) else (Part(WRONG, path, value),)
    else:
        yield Part(kind if _fits(kind, value) else WRONG, path, value)


def _collection(kind: str, path: str, value: Any) -> Iterator[Part]:
    inner, is_array = kind[1:-1], kind[0] == "["
    if not isinstance(value, list if is_array else Mapping):
        yield Part(WRONG, path, value)
        return
    yield Part(kind, path, value)
    items = enumerate(value) if isinstance(value, list) else value.items()
    for key, item in items:
        yield from _part(inner, f"{path}[{key}]" if is_array else f"{path}.{key}", item)


def _fits(kind: str, value: Any) -> bool:
    if kind in _NUMBERS:
        return is_number(value)
    if kind == "boolean":
        return isinstance(value, bool)
    return isinstance(value, Mapping) if kind == "object" else isinstance(value, str)
