"""Whatever JSON object comes as a storyboard, validating it ends with a report, never an exception."""

import copy
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from framecast_contract.sandbox.specs import validate

from .rich import Json, changed, storyboard


class Uploads:
    """A caller for whom every file is a sound."""

    def content_type(self, asset_id: str) -> str | None:
        """A type for any id but the empty one."""
        return "audio/wav" if asset_id else None


def plain(*durations: Any) -> Json:
    """A spec with one scene per duration."""
    scenes = [{"id": f"s{n}", "prompt": "p", "duration": seconds} for n, seconds in enumerate(durations)]
    return {"title": "t", "scenes": scenes}


def nested(depth: int) -> Any:
    """Arrays in objects in arrays, deeper than a stack reaches."""
    value: Any = []
    for _ in range(depth):
        value = [{"scenes": value}]
    return value


GIANTS = {
    "deep": nested(5000),
    "long": 10**400,
    "longer than Python prints": -(10**5000),
    "infinite": 1e999,
    "lone surrogate": "\ud800",
    "empty": "",
}


@pytest.mark.parametrize("name", GIANTS)
def test_giants_and_oddities_are_allowed_in_unknown_members(name: str) -> None:
    assert validate({**plain(5), "note": GIANTS[name]}, Uploads()).errors == []


@pytest.mark.parametrize("name", GIANTS)
@pytest.mark.parametrize("place", ["global_prompt", "symbols/hero/voice", "timeline/0", "scenes/0/audio"])
def test_giants_and_oddities_of_a_wrong_type_are_named(place: str, name: str) -> None:
    value = GIANTS[name]
    wrong = [f for f in validate(changed(place, value), Uploads()).errors if f.extra.get("value") is value]
    assert [finding.path.split(".")[0].split("[")[0] for finding in wrong] == [place.split("/")[0]]


def test_infinite_durations_of_both_signs_are_out_of_range() -> None:
    paths = [finding.path for finding in validate(plain(1e999, -1e999), Uploads()).errors]
    assert paths == ["scenes[0].duration", "scenes[1].duration"]


ODD_NUMBERS = st.one_of(
    st.integers(),
    st.floats(allow_nan=False),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.sampled_from([10**400, -(10**400), 10**4000, 1e-300, Decimal("1e-99999"), Decimal("1e999999999")]),
)
LEAVES = st.one_of(
    st.none(),
    st.booleans(),
    ODD_NUMBERS,
    st.text(st.characters(), max_size=8),
    st.sampled_from(["a", "b", "@hero", "@", "->", "asset_", "asset_sfx_click", "cut", "\ud800"]),
)
WORDS = sorted(
    {word for word in json.dumps(storyboard()).split('"') if word.isidentifier()}
    | {"default", "a->b", "", "."}
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inside: (
        st.lists(inside, max_size=4)
        | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inside, max_size=5)
    ),
    max_leaves=25,
)


def places(part: Any, place: str = "") -> list[str]:
    """Every member and item of a value, by place."""
    steps = part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ()
    found = []
    for step, inside in steps:
        here = f"{place}/{step}" if place else str(step)
        found += [here, *places(inside, here)]
    return found


@given(st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), ANYTHING, max_size=8))
def test_any_json_object_gives_a_report(spec: Json) -> None:
    before = copy.deepcopy(spec)
    report = validate(spec, Uploads())
    assert report.valid == (report.errors == [])
    assert all(finding.path and finding.message for finding in report.errors + report.warnings)
    assert spec == before


@given(st.sampled_from(places(storyboard())), ANYTHING)
def test_anything_at_any_place_gives_a_report(place: str, value: Any) -> None:
    report = validate(changed(place, value), Uploads())
    assert all(finding.path and finding.message for finding in report.errors + report.warnings)


@given(st.lists(ODD_NUMBERS, min_size=1, max_size=5))
def test_any_durations_give_a_report(durations: list[Any]) -> None:
    assert all(isinstance(finding.path, str) for finding in validate(plain(*durations), Uploads()).errors)
