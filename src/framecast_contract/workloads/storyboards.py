"""Storyboards made to measure."""

from collections.abc import Sequence
from typing import Any


def storyboard(*durations: float, title: str = "A short film") -> dict[str, Any]:
    """A valid storyboard with one scene per duration, in seconds (1 to 30 each, 300 together)."""
    return {
        "title": title,
        "scenes": [
            {"id": f"scene_{number}", "prompt": f"Shot {number} of the film", "duration": duration}
            for number, duration in enumerate(durations or (5,), 1)
        ],
    }


def storyboard_worth(credits: int) -> dict[str, Any]:
    """A valid storyboard that costs exactly that many credits (1 to 300), in scenes of 30 s at most."""
    if not 1 <= credits <= 300:
        raise ValueError(f"a storyboard costs 1 to 300 credits, not {credits}")
    full, rest = divmod(credits, 30)
    return storyboard(*_scenes(full, rest))


def _scenes(full: int, rest: int) -> Sequence[int]:
    return [30] * full + ([rest] if rest else [])
