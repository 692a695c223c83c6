"""The shape of a storyboard: which members there are, of which JSON type, and where each part was found.

One walk serves two ends. It lists the members that are missing or of a wrong type (V-50), and it sorts the
parts it met by kind (scenes, audio references, transitions, …), so that a rule can ask for "all volumes"
without knowing the tree. The shape has a fixed depth, hence the walk has too, however deeply the input nests.

Facts: job schemas 3, job semantics 10.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import partial
from typing import Any

Node = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong at one place of a spec; `extra` holds the `value`, `limit`, `valid_values` of its rule.

    Values are echoed as they were sent, so a finding can be written as JSON whenever the spec could.
    """

    path: str
    message: str
    extra: Mapping[str, Any] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The finding as it goes over the wire."""
        return {"path": self.path, "message": self.message, **self.extra}


@dataclass(frozen=True, slots=True)
class Shape:
    """What a member may be: its JSON types in words and in Python, and what is known about the inside.

    A part has a `kind` and `members`, of which `required` ones must be there; an array or map has `items`.
    """

    word: str
    types: frozenset[type]
    kind: str = ""
    members: Mapping[str, "Shape"] = field(default_factory=dict)
    required: Mapping[str, str] = field(default_factory=dict)
    items: "Shape | None" = None
    nested: bool = field(init=False)

    def __post_init__(self) -> None:
        """Note once whether there is anything to look at inside."""
        object.__setattr__(self, "nested", bool(self.kind or self.items))


STRING = Shape("a string", frozenset({str}))
NUMBER = Shape("a number", frozenset({int, float, Decimal}))
BOOLEAN = Shape("true or false", frozenset({bool}))
OBJECT = Shape("an object", frozenset({dict}))


def _record(kind: str, required: Mapping[str, Shape], optional: Mapping[str, Shape]) -> Shape:
    words = {name: member.word for name, member in required.items()}
    return Shape("an object", frozenset({dict}), kind, {**required, **optional}, words)


def _array(items: Shape) -> Shape:
    return Shape("an array", frozenset({list}), items=items)


def _table(items: Shape) -> Shape:
    return Shape("an object", frozenset({dict}), items=items)


_AUDIO = _record(
    "audio",
    {"asset_id": STRING},
    {"volume": NUMBER, "fade_in": NUMBER, "fade_out": NUMBER, "loop": BOOLEAN},
)
_EFFECT = _record("effect", {"name": STRING}, {"from": NUMBER, "to": NUMBER, "easing": STRING})
_TRANSITION = _record(
    "transition",
    {"type": STRING},
    {
        "duration": NUMBER,
        "params": OBJECT,
        "effects": _array(_EFFECT),
        "audio": _record("transition_audio", {}, {"asset_id": STRING, "volume": NUMBER}),
    },
)
_TRANSITION_REF = replace(_TRANSITION, word="a string or a transition object", types=frozenset({str, dict}))
_SYMBOL = _record(
    "symbol",
    {"prompt": STRING},
    {
        "negative": STRING,
        "reference_images": _array(
            _record("reference_image", {"id": STRING}, {"url": STRING, "weight": NUMBER})
        ),
        "voice": _record("voice", {"asset_id": STRING}, {}),
    },
)
_SFX = _record("sfx", {"asset_id": STRING}, {"trigger": STRING, "start": NUMBER, "volume": NUMBER})
_DIALOGUE = _record("dialogue", {"text": STRING}, {"speaker": STRING, "start": NUMBER, "volume": NUMBER})
_SCENE_AUDIO = _record(
    "scene_audio",
    {},
    {"ambient": _AUDIO, "music": _AUDIO, "sfx": _array(_SFX), "dialogue": _array(_DIALOGUE)},
)
_SCENE = _record(
    "scene",
    {"id": STRING, "prompt": STRING, "duration": NUMBER},
    {"order": NUMBER, "audio": _SCENE_AUDIO},
)
_TREATMENT = _record(
    "treatment", {}, {"desaturate": NUMBER, "vignette": BOOLEAN, "grain": NUMBER, "blur": NUMBER}
)
_ELEMENT = _record(
    "element",
    {},
    {
        "scene": STRING,
        "transition": _TRANSITION_REF,
        "flashback": _record("flashback", {"scenes": _array(STRING)}, {"treatment": _TREATMENT}),
        "montage": _record(
            "montage", {"scenes": _array(STRING)}, {"pace": STRING, "transition": _TRANSITION_REF}
        ),
    },
)
SPEC = _record(
    "spec",
    {"title": STRING, "scenes": _array(_SCENE)},
    {
        "global_prompt": _record("global_prompt", {}, {"positive": STRING, "negative": STRING}),
        "global_audio": _record("global_audio", {}, {"music": _AUDIO, "ambient": _AUDIO}),
        "symbols": _table(_SYMBOL),
        "transition_presets": _table(_TRANSITION),
        "transitions": _table(_TRANSITION_REF),
        "timeline": _array(_ELEMENT),
    },
)


Values = dict[str, list[tuple[str, Any]]]
_LISTS: Callable[[], Values] = partial(defaultdict, list)


@dataclass(slots=True)
class Walk:
    """What a walk found, each with its path, in the order of the spec.

    `nodes` are the parts by kind, `values` their members of a right type by kind and name, and `mismatches`
    the members that are missing or do not fit (V-50).
    """

    nodes: dict[str, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    values: dict[str, Values] = field(default_factory=lambda: defaultdict(_LISTS))
    mismatches: list[Finding] = field(default_factory=list)


def walk(spec: Node) -> Walk:
    """Read a spec of any content whatever; nothing in it raises."""
    found = Walk()
    _enter(SPEC, "", spec, found)
    return found


def show(value: Any) -> str:
    """A value in few words for a message; containers and giants only by kind, so that it always ends."""
    if isinstance(value, (dict, list)):
        return "an object" if isinstance(value, dict) else "an array"
    if isinstance(value, int) and value.bit_length() > 200:
        return "a number of more than 60 digits"
    if isinstance(value, Decimal):
        return str(value)[:60]
    return json.dumps(value[:60] if isinstance(value, str) else value)


def _enter(shape: Shape, path: str, value: Any, found: Walk) -> None:
    """Look inside a value of the right type: the members of a known part, the items of an array or map."""
    if shape.kind:
        if type(value) is dict:
            _members(shape, path, value, found)
    elif shape.items and type(value) is list:
        for index, item in enumerate(value):
            _check(shape.items, f"{path}[{index}]", item, found)
    elif shape.items:
        for key, item in value.items():
            _check(shape.items, f"{path}.{key}", item, found)


def _check(shape: Shape, path: str, value: Any, found: Walk) -> None:
    if type(value) not in shape.types:
        _mismatch(shape, path, value, found)
    elif shape.nested:
        _enter(shape, path, value, found)


def _members(shape: Shape, path: str, node: Node, found: Walk) -> None:
    found.nodes[shape.kind].append((path, node))
    prefix = f"{path}." if path else ""
    for name, word in shape.required.items():
        if name not in node:
            place = prefix + name
            found.mismatches.append(Finding(place, f"{place} is missing: give {word}"))
    members, values = shape.members, found.values[shape.kind]
    for name, value in node.items():
        if name in members and (value is not None or name in shape.required):
            member, place = members[name], prefix + name
            if type(value) not in member.types:
                _mismatch(member, place, value, found)
                continue
            values[name].append((place, value))
            if member.nested:
                _enter(member, place, value, found)


def _mismatch(shape: Shape, path: str, value: Any, found: Walk) -> None:
    message = f"{path} is {show(value)}, expected {shape.word}"
    found.mismatches.append(Finding(path, message, {"value": value}))
