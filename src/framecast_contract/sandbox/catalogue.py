"""The system assets that every Framecast ships: 42 sounds that a storyboard may use by name.

A read-only table. Ids, lengths and tags are fixed by the facts (job semantics 11, storage in 12, the object
in job schemas 6); display names follow from the ids, and sizes are those of 192 kbit/s audio.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

CATEGORIES: Final = ("sfx", "ambient", "music", "transition")
_BYTES_PER_MILLISECOND: Final = 24
_CREATED_AT: Final = "2025-01-01T00:00:00Z"


@dataclass(frozen=True, slots=True)
class SystemAsset:
    """One sound of the catalogue; `deprecated` never goes over the wire, it only earns a warning (W-02)."""

    id: str
    category: str
    name: str
    description: str
    milliseconds: int
    tags: tuple[str, ...]
    deprecated: bool = False

    @property
    def duration_seconds(self) -> str:
        """Length in seconds as a decimal string of three places."""
        return f"{self.milliseconds // 1000}.{self.milliseconds % 1000:03d}"

    @property
    def s3_key(self) -> str:
        """Where the sound lies in the bucket of the system."""
        return f"assets/{self.category}/{self.id}.mp3"

    @property
    def size_bytes(self) -> int:
        """Size of the sound file."""
        return self.milliseconds * _BYTES_PER_MILLISECOND

    def as_dict(self) -> dict[str, Any]:
        """The asset as the list shows it, hence without `preview_url`."""
        return {
            "id": self.id,
            "category": self.category,
            "name": self.name,
            "description": self.description,
            "duration_seconds": self.duration_seconds,
            "s3_key": self.s3_key,
            "content_type": "audio/mpeg",
            "size_bytes": self.size_bytes,
            "tags": list(self.tags),
            "created_at": _CREATED_AT,
        }


# category_name: milliseconds | tags | description
_TABLE: Final = """
sfx_whoosh: 500 | movement air fast transition | Something small rushes past the ear.
sfx_whoosh_heavy: 800 | movement air powerful impact | Something big rushes past and drags the air along.
sfx_impact: 300 | collision hit punch effect | One short, dry blow.
sfx_impact_metal: 400 | metal collision clang industrial | Steel struck by steel, ringing on for a moment.
sfx_click: 200 | ui interactive button light | A button goes down.
sfx_pop: 250 | pop burst playful light | A bubble bursts.
sfx_applause: 3200 | crowd celebration approval audience | A full house claps for a good while.
sfx_applause_short: 1100 | crowd celebration approval quick | A few claps, then silence.
sfx_footsteps: 1800 | human movement walking ambient | Somebody walks by at an easy pace.
sfx_footsteps_running: 1200 | human movement running fast | Somebody runs by.
sfx_confetti: 600 | celebration festive playful effect | A party popper goes off and paper rains down.
sfx_door_open: 700 | interaction environment creak object | A door creaks and gives way.
sfx_door_close: 600 | interaction environment slam object | A door falls into its lock.
sfx_typing: 1400 | human interaction office activity | Quick fingers on a keyboard.
sfx_notification: 300 | ui alert attention digital | A bright tone that asks for a look.
ambient_crowd: 5000 | crowd people background calm | Many people murmur, none of them to be understood.
ambient_crowd_excited: 4800 | crowd people background energetic | Many people who can hardly wait.
ambient_nature: 6000 | nature outdoor birds forest | Birds and leaves among tall trees.
ambient_nature_rain: 5500 | nature outdoor water weather | Steady rain on leaves.
ambient_city: 5200 | city outdoor urban busy | A busy street at noon.
ambient_city_night: 5000 | city outdoor urban night | Now and then a car, late in the evening.
ambient_office: 5800 | office indoor workplace ambient | Phones, keys and low voices in one large room.
ambient_theater: 4500 | indoor entertainment venue ambient | An auditorium before the curtain rises.
ambient_factory: 6200 | industrial machinery factory ambient | Machines at work in a hall.
ambient_cafe: 5300 | indoor social cafe ambient | Cups, steam and small talk.
ambient_ocean: 5700 | nature water outdoor weather | Waves roll in and draw back.
music_tense: 15000 | mood tension dramatic orchestral | Strings that climb and do not resolve.
music_tense_minimal: 12500 | mood tension minimal subtle | Few notes, far apart, and uneasy.
music_triumphant: 18000 | mood victory uplifting orchestral | Brass and drums for the one who won.
music_peaceful: 20000 | mood peaceful calming instrumental | Slow guitar and piano to breathe by.
music_energetic: 14000 | mood energetic driving upbeat | A beat that pushes forward.
music_anticipation: 13500 | mood anticipation building dramatic | Layer upon layer, towards something to come.
music_corporate: 19000 | mood corporate professional neutral | Tidy and friendly, for slides and products.
music_emotional: 16500 | mood emotional poignant orchestral | A melody for a parting or a return.
music_playful: 12000 | mood playful whimsical upbeat | Plucked strings with a wink.
music_dramatic: 17000 | mood dramatic intense orchestral | The whole orchestra when all is at stake.
transition_swoosh: 600 | transition movement clean effect | A clear sweep from one picture to the next.
transition_fade: 1000 | transition fade smooth effect | A tone that swells and is gone.
transition_glitch: 400 | transition digital glitch modern | Broken digital noise, cut short.
transition_boom: 800 | transition impact deep powerful | A low thud to land on.
transition_reverse: 700 | transition reverse effect unusual | A sound that runs backwards into the cut.
transition_rise: 1200 | transition rise building effect | A pitch that rises until the picture changes.
"""


def _asset(line: str) -> SystemAsset:
    key, facts = line.split(": ", 1)
    category, name = key.split("_", 1)
    milliseconds, tags, description = facts.split(" | ")
    return SystemAsset(
        id=f"asset_{key}",
        category=category,
        name=name.replace("_", " ").title(),
        description=description,
        milliseconds=int(milliseconds),
        tags=tuple(tags.split()),
    )


def _place(asset: SystemAsset) -> tuple[int, str]:
    return CATEGORIES.index(asset.category), asset.name


SYSTEM_ASSETS: Final = tuple(sorted(map(_asset, _TABLE.strip().splitlines()), key=_place))
BY_ID: Final[Mapping[str, SystemAsset]] = MappingProxyType({asset.id: asset for asset in SYSTEM_ASSETS})
