"""The storyboard in the project that greets every new creator (job semantics 10): valid, ten seconds long."""

from collections.abc import Mapping
from typing import Any, Final

WELCOME_SPEC: Final[Mapping[str, Any]] = {
    "title": "Welcome to Framecast",
    "symbols": {
        "crowd": {"prompt": "A cheerful audience in evening dress, seen from behind, warm light on faces"},
        "stage": {"prompt": "A wide wooden theater stage with a red velvet curtain and golden footlights"},
    },
    "scenes": [
        {
            "id": "entrance",
            "prompt": "@crowd streams into the hall and takes its seats, all eyes on the dark @stage",
            "duration": 5,
            "audio": {
                "ambient": {"asset_id": "asset_ambient_theater", "volume": 0.4},
                "music": {"asset_id": "asset_music_anticipation", "volume": 0.6},
                "sfx": [{"asset_id": "asset_sfx_footsteps", "trigger": "people walk to their seats"}],
            },
        },
        {
            "id": "welcome",
            "prompt": "The curtain opens, light floods @stage, @crowd jumps up and cheers as confetti falls",
            "duration": 5,
            "audio": {
                "music": {"asset_id": "asset_music_triumphant", "volume": 0.7},
                "sfx": [
                    {"asset_id": "asset_sfx_applause", "trigger": "the curtain opens"},
                    {"asset_id": "asset_sfx_confetti", "trigger": "confetti falls", "start": 2},
                ],
            },
        },
    ],
    "transitions": {
        "default": "cut",
        "entrance->welcome": {
            "type": "fade",
            "duration": 0.5,
            "audio": {"asset_id": "asset_transition_swoosh", "volume": 0.5},
        },
    },
    "timeline": None,
}
"""Shared by all: copy it (`copy.deepcopy`) before it becomes somebody's own."""
