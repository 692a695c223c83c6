"""The rules of projects and of their renders. `projects.py` and `project_renders.py` apply them."""

from framecast_contract.oracle.words import Rule

_SOURCE = "jobs-and-rendering.md 6"
_STATES = "job-semantics.md 1.2"
_INVARIANTS = "job-semantics.md 13"
_SETTLED = "jobs-and-rendering.md 10"

RULES = (
    Rule(
        "PROJECT-1",
        "A new project is a draft of its team and creator, with the storyboard as sent or none, and no job.",
        _SOURCE,
    ),
    Rule(
        "PROJECT-2",
        "A rendering project is only read: rendering, changing, archiving and deleting it are answered 409.",
        _STATES,
    ),
    Rule(
        "PROJECT-3",
        "An archived project keeps its storyboard and is not rendered (409), but may be renamed or deleted.",
        _STATES,
    ),
    Rule(
        "PROJECT-4",
        "Archiving hides a draft or completed project; unarchiving an archived one always makes a draft.",
        _STATES,
    ),
    Rule(
        "PROJECT-5",
        "Rendering a project makes it rendering, its newest job queued, in the same step.",
        _STATES,
    ),
    Rule(
        "PROJECT-6",
        "A project is completed when its job completes, and a draft when its job fails or is canceled.",
        _STATES,
    ),
    Rule("PROJECT-7", "A project that is not rendering has no active job.", _STATES),
    Rule("PROJECT-8", "Renaming a project changes its name and its update time, nothing else.", _SOURCE),
    Rule(
        "PROJECT-9",
        "A new storyboard replaces the old one as it was sent, unchecked, and leaves the state alone.",
        _SOURCE,
    ),
    Rule(
        "PROJECT-10",
        "A project keeps its id, team, creator and birth.",
        _SOURCE,
    ),
    Rule("PROJECT-11", "A project shows the state of its newest job, or none.", "job-schemas.md 4"),
    Rule(
        "PROJECT-12",
        "A team's list holds its own projects; archived ones only when they are asked for.",
        _SOURCE,
    ),
    Rule("PROJECT-13", "Projects are listed by their update time, newest first.", _SOURCE),
    Rule(
        "PROJECT-14",
        "Viewers only look at projects; deleting, archiving and unarchiving take an owner or admin.",
        _SOURCE,
    ),
    Rule(
        "PROJECT-15",
        "A project's name has 1 to 200 characters, and its storyboard is an object; else 400.",
        _SOURCE,
    ),
    Rule(
        "PROJECT-16",
        "A render is judged by role, then state, then storyboard, then slots and funds of the team.",
        "jobs-and-rendering.md 4",
    ),
    Rule(
        "PROJECT-17",
        "A project's job is the team's, carries the project and its storyboard of the moment, and no key.",
        "jobs-and-rendering.md 4",
    ),
    Rule(
        "PROJECT-18",
        "A deleted project is gone with its assets; its jobs stay, belong to no project and can be deleted.",
        _SOURCE,
    ),
    Rule("INV-P1", "A project is a draft, rendering, completed or archived.", _INVARIANTS),
    Rule("INV-P2", "A project's team exists: the project goes with it.", _INVARIANTS),
    Rule("INV-P3", "A project names the user who created it.", _INVARIANTS),
    Rule("INV-P4", "A project was not updated before it was created.", _INVARIANTS),
    Rule("INV-P5", "A rendering project has an active job.", _INVARIANTS),
    Rule(
        "D-14",
        "Validation, estimate and a project's new storyboard take it wrapped in spec, as a creation does.",
        _SETTLED,
    ),
    Rule("D-15", "Projects and webhooks take API keys that hold the matching scope.", _SETTLED),
    Rule(
        "D-16",
        "Below a team's path a stranger is answered 403, unknown teams included; by id it is 404.",
        _SETTLED,
    ),
)
