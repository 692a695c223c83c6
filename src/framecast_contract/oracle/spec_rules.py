"""The rules a storyboard can break, and the limits they name. `specs.py` applies them."""

from framecast_contract.oracle.words import Rule

_SOURCE = "job-semantics.md 10"

RULES = (
    Rule("V-01", "A storyboard is at most 102,400 bytes of compact UTF-8 JSON.", _SOURCE),
    Rule("V-02", "A storyboard has at most 50 scenes.", _SOURCE),
    Rule("V-03", "A storyboard has at most 20 symbols.", _SOURCE),
    Rule("V-04", "A storyboard has at most 20 transition presets.", _SOURCE),
    Rule("V-05", "A timeline has at most 100 elements.", _SOURCE),
    Rule("V-06", "The scenes last at most 300 seconds together.", _SOURCE),
    Rule("V-10", "A scene prompt has at most 2,000 characters.", _SOURCE),
    Rule("V-11", "A scene lasts 1 to 30 seconds.", _SOURCE),
    Rule("V-12", "A symbol prompt has at most 1,000 characters.", _SOURCE),
    Rule("V-20", "A scene has at most 10 sound effects.", _SOURCE),
    Rule("V-21", "A scene has at most 5 lines of dialogue.", _SOURCE),
    Rule("V-22", "A line of dialogue has at most 500 characters.", _SOURCE),
    Rule("V-23", "A volume lies between 0 and 1.", _SOURCE),
    Rule("V-30", "A timeline shows scenes of its storyboard.", _SOURCE),
    Rule(
        "V-31",
        "A transition named in a timeline is one of the presets; type names do not count there.",
        _SOURCE,
    ),
    Rule("V-32", "A flashback shows scenes of its storyboard.", _SOURCE),
    Rule("V-33", "A montage shows scenes of its storyboard.", _SOURCE),
    Rule("V-34", "A transition is for the default or leads from one known scene to another.", _SOURCE),
    Rule("V-35", "An @name in a scene prompt names a symbol.", _SOURCE),
    Rule("V-36", "Who speaks is a symbol with a voice.", _SOURCE),
    Rule("V-40", "A sound is an asset of the catalogue or a ready audio asset the caller can use.", _SOURCE),
    Rule("V-41", "A reference image is a ready image asset the caller can use.", _SOURCE),
    Rule("V-50", "Required members are there, and every known member has its JSON type.", _SOURCE),
    Rule("V-51", "A transition has one of the nine types.", _SOURCE),
    Rule("V-52", "The weight of a reference image lies between 0 and 1.", _SOURCE),
    Rule("V-53", "A timeline element is exactly one of scene, transition, flashback and montage.", _SOURCE),
    Rule("V-60", "A storyboard has a scene.", _SOURCE),
    Rule("V-61", "No two scenes share an id.", _SOURCE),
    Rule("V-62", "A transition lasts longer than 0 seconds; starts and fades are not negative.", _SOURCE),
    Rule("W-01", "A scene of more than 10 seconds is worth a warning, not a refusal.", _SOURCE),
    Rule("W-02", "A deprecated catalogue asset may be warned about.", _SOURCE),
    Rule(
        "SPEC-1",
        "A storyboard is valid exactly when it breaks no rule; warnings do not count.",
        "jobs-and-rendering.md 5",
    ),
    Rule("SPEC-2", "Validation lists every broken rule, not only the first.", "jobs-and-rendering.md 5"),
    Rule(
        "SPEC-3",
        "Validation foretells creation: an invalid storyboard is refused there with 400.",
        "jobs-and-rendering.md 5",
    ),
    Rule("SPEC-4", "Validating and estimating store, charge and reserve nothing.", "jobs-and-rendering.md 5"),
    Rule(
        "SPEC-5", "A job keeps the storyboard as it was sent, unknown members included.", "job-schemas.md 3"
    ),
)

SPEC_BYTES = 102_400
TOTAL_SECONDS = 300
LONG_SCENE_SECONDS = 10

# What a collection may hold at most, by its path in the table of shapes.
MOST = {
    "scenes": ("V-02", 50),
    "symbols": ("V-03", 20),
    "transition_presets": ("V-04", 20),
    "timeline": ("V-05", 100),
}
MOST_PER_SCENE = {"[SfxCue]": ("V-20", 10), "[DialogueLine]": ("V-21", 5)}
LONGEST = {"scene_prompt": ("V-10", 2000), "symbol_prompt": ("V-12", 1000), "dialogue_text": ("V-22", 500)}
BETWEEN = {"scene_duration": ("V-11", 1, 30), "volume": ("V-23", 0, 1), "weight": ("V-52", 0, 1)}
TRANSITION_TYPES = ("cut", "fade", "dissolve", "wipe", "blur", "zoom", "flash", "glitch", "custom")
SCENE_REFERENCES = {"shown_scene": "V-30", "flashback_scene": "V-32", "montage_scene": "V-33"}
