"""Prices: what a storyboard costs in credits and what its estimate must say.

Every started second of every scene is one credit. A scene is paid once, however often it is shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from typing import Any

from framecast_contract.oracle.bodies import is_blank
from framecast_contract.oracle.exact import Number, exact, is_number, total
from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 3"

RULES = (
    Rule("PRICE-1", "A scene costs one credit per started second of its duration.", _SOURCE),
    Rule("PRICE-2", "A storyboard costs the sum of its scenes, shown or not, each counted once.", _SOURCE),
    Rule("PRICE-3", "The estimated duration is the exact sum of the scene durations.", _SOURCE),
    Rule(
        "PRICE-4",
        "An estimate lists every scene once, in storyboard order, under its id.",
        "jobs-and-rendering.md 5",
    ),
    Rule("PRICE-5", "The estimated generation time is a number of seconds, not negative.", _SOURCE),
    Rule("PRICE-6", "A clone is priced anew from the storyboard it copies.", _SOURCE),
    Rule("PRICE-7", "A character image costs one credit.", _SOURCE),
    Rule(
        "D-13",
        "A job is charged exactly the credits its storyboard was estimated at.",
        "jobs-and-rendering.md 10",
    ),
)

CHARACTER_CREDITS = 1


@dataclass(frozen=True, slots=True)
class SceneEstimate:
    """Expected figures of one scene: seconds and credits."""

    id: str
    duration: Decimal
    credits: int


@dataclass(frozen=True, slots=True)
class Estimate:
    """Expected figures of a storyboard: seconds, credits, and the same per scene."""

    duration: Decimal
    credits: int
    scenes: tuple[SceneEstimate, ...]


def scene_credits(duration: Number) -> int:
    """Credits of a scene of `duration` seconds (PRICE-1)."""
    return ceil(exact(duration))


def price(spec: Json) -> int:
    """Credits of a job made from `spec` (PRICE-2); a snapshot without scenes is a character's (PRICE-7)."""
    if not _has_scenes(spec):
        return CHARACTER_CREDITS
    return sum(scene_credits(scene["duration"]) for scene in spec["scenes"])


def _has_scenes(spec: Json) -> bool:
    # A character keeps whatever members it was given, so `scenes` alone does not make it a storyboard.
    scenes = spec.get("scenes")
    return isinstance(scenes, list) and bool(scenes) and all(_has_length(scene) for scene in scenes)


def _has_length(scene: Any) -> bool:
    seconds = scene.get("duration") if isinstance(scene, Mapping) else None
    return is_number(seconds) and exact(seconds).is_finite()


def possible_prices(spec: Json) -> frozenset[int]:
    """Every price the snapshot of a job allows: a snapshot can be a storyboard and a character at once."""
    prompt = spec.get("prompt")
    character = isinstance(prompt, str) and not is_blank(prompt)
    return frozenset({price(spec), *([CHARACTER_CREDITS] if character else [])})


def estimate(spec: Json) -> Estimate:
    """What `estimate_spec` must answer for a storyboard that keeps the rules of specs."""
    scenes = tuple(
        SceneEstimate(scene["id"], exact(scene["duration"]), scene_credits(scene["duration"]))
        for scene in spec["scenes"]
    )
    return Estimate(total(scene.duration for scene in scenes), sum(scene.credits for scene in scenes), scenes)


def broken_estimate_rules(spec: Json, response: Json) -> list[Broken]:
    """Judge an answer of `estimate_spec` for `spec`."""
    expected = estimate(spec)
    broken = []
    if not _equals(response.get("estimated_duration_seconds"), expected.duration):
        broken.append(_differs("PRICE-3", "estimated_duration_seconds", response, expected.duration))
    if response.get("estimated_credits") != expected.credits:
        broken.append(_differs("PRICE-2", "estimated_credits", response, expected.credits))
    seconds = response.get("estimated_generation_time_seconds")
    if not is_number(seconds) or exact(seconds) < 0:
        broken.append(_differs("PRICE-5", "estimated_generation_time_seconds", response, "a number >= 0"))
    return broken + _broken_scenes(expected, response.get("scenes") or [])


def _broken_scenes(expected: Estimate, scenes: list[Mapping[str, Any]]) -> list[Broken]:
    ids, wanted = [scene.get("id") for scene in scenes], [scene.id for scene in expected.scenes]
    if ids != wanted:
        return [Broken("PRICE-4", f"scenes lists {ids}, expected {wanted}")]
    return [
        Broken(
            "PRICE-1",
            f"scene {scene.id!r} of {scene.duration} s: {seen.get('credits')}, expected {scene.credits}",
        )
        for scene, seen in zip(expected.scenes, scenes, strict=True)
        if seen.get("credits") != scene.credits or not _equals(seen.get("duration"), scene.duration)
    ]


def _equals(seen: Any, expected: Decimal) -> bool:
    # JSON numbers travel as doubles, so the exact sum and what was sent are the same when their doubles are.
    return is_number(seen) and float(exact(seen)) == float(expected)


def _differs(rule_id: str, member: str, response: Json, expected: object) -> Broken:
    return Broken(rule_id, f"{member} is {response.get(member)!r}, expected {expected}")


def broken_charge_rules(job: Json) -> list[Broken]:
    """Judge `credits_charged` of one job against its `spec_snapshot` (D-13, PRICE-6, PRICE-7)."""
    expected = possible_prices(job["spec_snapshot"])
    if job.get("credits_charged") in expected:
        return []
    costs = " or ".join(map(str, sorted(expected, reverse=True)))
    return [Broken("D-13", f"credits_charged is {job.get('credits_charged')!r}, its spec costs {costs}")]
