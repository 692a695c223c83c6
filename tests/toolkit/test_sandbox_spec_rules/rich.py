"""A valid storyboard in which every part appears, and ways to change it in one place."""

import json
from pathlib import Path
from typing import Any, cast

Json = dict[str, Any]

SOUND, PICTURE = "sound-of-mine", "picture-of-mine"


class Uploads:
    """The uploaded files of the caller: one sound, one picture."""

    def content_type(self, asset_id: str) -> str | None:
        """Content type of the file, None for all others."""
        return {SOUND: "audio/wav", PICTURE: "image/png"}.get(asset_id)


def storyboard() -> Json:
    """The storyboard, as plain JSON beside this file."""
    return cast(Json, json.loads(Path(__file__).with_name("storyboard.json").read_text()))


def changed(place: str, value: Any) -> Json:
    """The storyboard with one member set; `place` is a path with every step between slashes."""
    spec = storyboard()
    *steps, last = [int(step) if step.isdigit() else step for step in place.split("/")]
    part: Any = spec
    for step in steps:
        part = part[step]
    part[last] = value
    return spec
