"""Defects of the rules that a storyboard must keep, and of what is said about it and remembered of it."""

import dataclasses
from collections.abc import Iterator
from functools import partial
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.catalogue import BY_ID
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.spec_rules import AUDIO_IDS
from framecast_contract.sandbox.spec_shape import Finding
from framecast_contract.sandbox.spec_storyboard import Storyboard

_SPECS = "tests/lifecycle/test_specs.py"
_BROKEN = f"{_SPECS}::test_a_broken_rule_is_found_and_refuses_estimate_and_job"
_LIMITS = f"{_SPECS}::test_a_storyboard_at_its_limits_is_valid_estimated_and_made"
_ALL_LISTED = f"{_SPECS}::test_every_broken_rule_is_listed"
_SOUNDS = f"{_SPECS}::test_a_warning_about_a_sound_stands_at_its_id_and_refuses_nothing"
_WARNED = f"{_SPECS}::test_a_long_scene_is_worth_a_warning"

# Rule: a storyboard of the suite that breaks this rule.
_BREAKING = {
    "V-01": "V-01", "V-02": "V-02", "V-03": "V-03", "V-04": "V-04", "V-05": "V-05", "V-06": "V-06",
    "V-10": "V-10", "V-11": "V-11 below", "V-12": "V-12", "V-20": "V-20", "V-21": "V-21", "V-22": "V-22",
    "V-23": "V-23 above", "V-30": "V-30", "V-31": "V-31", "V-32": "V-32", "V-33": "V-33",
    "V-34": "V-34 scene", "V-35": "V-35", "V-36": "V-36 mute", "V-40": "V-40 catalogue", "V-41": "V-41",
    "V-50": "V-50 boolean", "V-51": "V-51", "V-52": "V-52", "V-53": "V-53 two", "V-60": "V-60",
    "V-61": "V-61", "V-62": "V-62 start",
}  # fmt: skip

# Rule: its right limit, and a storyboard of the suite that is just within.
_BOUNDS = {
    "V-01": (102_400, "102,400 bytes"), "V-02": (50, "50 scenes"), "V-03": (20, "20 symbols"),
    "V-04": (20, "20 presets"), "V-05": (100, "100 timeline elements"), "V-06": (300, "300 seconds"),
    "V-10": (2000, "prompt of 2,000"), "V-12": (1000, "symbol prompt of 1,000"), "V-20": (10, "10 sfx"),
    "V-21": (5, "5 lines of 500"), "V-22": (500, "5 lines of 500"),
}  # fmt: skip


def _without(sandbox: Sandbox, rule_id: str) -> None:
    sandbox.storyboards.rules = sandbox.storyboards.rules.without(rule_id)


def _bent(sandbox: Sandbox, rule_id: str, **settings: Any) -> None:
    sandbox.storyboards.rules = sandbox.storyboards.rules.bent(rule_id, **settings)


def _off() -> Iterator[Defect]:
    for rule, name in _BREAKING.items():
        plant = partial(_without, rule_id=rule)
        description = f"Storyboards that break {rule} are valid."
        yield Defect(f"{rule.lower()}-unchecked", rule, description, plant, (f"{_BROKEN}[{name}]",))


def _off_by_one() -> Iterator[Defect]:
    for rule, (limit, name) in _BOUNDS.items():
        strict = partial(_bent, rule_id=rule, limit=limit - 1)
        lax = partial(_bent, rule_id=rule, limit=limit + 1)
        at_limit, beyond = f"{_LIMITS}[{name}]", f"{_BROKEN}[{rule}]"
        yield Defect(
            f"{rule.lower()}-too-strict", rule, f"The limit of {rule} is one too low.", strict, (at_limit,)
        )
        yield Defect(f"{rule.lower()}-too-lax", rule, f"The limit of {rule} is one too high.", lax, (beyond,))


def _first_error_only(sandbox: Sandbox) -> None:
    alter(sandbox.storyboards.report, lambda report: dataclasses.replace(report, errors=report.errors[:1]))


def _warnings_refuse(sandbox: Sandbox) -> None:
    alter(
        sandbox.storyboards.report,
        lambda report: dataclasses.replace(report, errors=[*report.errors, *report.warnings]),
    )


def _outdated(board: Storyboard) -> Iterator[Finding]:
    """As if every sound of the catalogue were on its way out."""
    for path, asset_id in board.values(AUDIO_IDS):
        if asset_id in BY_ID:
            yield Finding(path, f"{asset_id} is deprecated")


def _outdated_elsewhere(board: Storyboard) -> Iterator[Finding]:
    return (Finding(found.path.removesuffix(".asset_id"), found.message) for found in _outdated(board))


def _warned_elsewhere(sandbox: Sandbox) -> None:
    sandbox.storyboards.rules = sandbox.storyboards.rules.replaced("W-02", _outdated_elsewhere)


def _outdated_refused(sandbox: Sandbox) -> None:
    sandbox.storyboards.rules = sandbox.storyboards.rules.replaced("V-40", _outdated)


def _always_valid(sandbox: Sandbox) -> None:
    def praise(response: Response) -> Response:
        return with_body(response, lambda body: body | {"valid": True, "errors": []})

    alter(sandbox.storyboards.validate_spec, praise)


def _never_refused(sandbox: Sandbox) -> None:
    fix(sandbox.storyboards.require_valid, None)


def _known_members_only(sandbox: Sandbox) -> None:
    known = ("title", "scenes", "symbols", "timeline", "transitions", "transition_presets")

    def cut(shown: dict[str, Any]) -> dict[str, Any]:
        spec = shown["spec_snapshot"]
        return shown | {"spec_snapshot": {name: spec[name] for name in spec if name in known}}

    alter(sandbox.jobs.view, cut)


def _owner_in_any_case(sandbox: Sandbox) -> None:
    owner_for = sandbox.access.owner_for
    replace(sandbox.access.owner_for, lambda caller, urn: owner_for(caller, urn and urn.lower()))


def _teams_for_all(sandbox: Sandbox) -> None:
    fix(sandbox.access.may_use, True)


DEFECTS = (
    *_off(),
    *_off_by_one(),
    Defect(
        "v-11-too-strict",
        "V-11",
        "A scene of 30 seconds is too long.",
        partial(_bent, rule_id="V-11", high=29),
        (f"{_LIMITS}[duration 30]",),
    ),
    Defect(
        "v-23-too-strict",
        "V-23",
        "A volume of 0 is too low.",
        partial(_bent, rule_id="V-23", low=0.01),
        (f"{_LIMITS}[volume 0]",),
    ),
    Defect(
        "long-scene-unwarned",
        "W-01",
        "Scenes are only called long above 11 seconds.",
        partial(_bent, rule_id="W-01", limit=11),
        (f"{_WARNED}[10.5-True]",),
    ),
    Defect(
        "deprecated-sound-warned-elsewhere",
        "W-02",
        "The warning about a deprecated sound stands at the member that holds its id.",
        _warned_elsewhere,
        (_SOUNDS,),
    ),
    Defect(
        "deprecated-sound-refused",
        "W-02",
        "A storyboard with a deprecated sound is invalid.",
        _outdated_refused,
        (_SOUNDS,),
    ),
    Defect(
        "warnings-refuse",
        "SPEC-1",
        "A warning makes a storyboard invalid.",
        _warnings_refuse,
        (f"{_WARNED}[30-True]",),
    ),
    Defect(
        "first-error-only",
        "SPEC-2",
        "Validation stops at the first broken rule.",
        _first_error_only,
        (_ALL_LISTED,),
    ),
    Defect(
        "always-valid",
        "SPEC-3",
        "Validation calls valid what creation refuses.",
        _always_valid,
        (f"{_BROKEN}[V-30]", f"{_BROKEN}[V-10]"),
    ),
    Defect(
        "never-refused",
        "SPEC-3",
        "Estimates and jobs are made from storyboards that validation calls invalid.",
        _never_refused,
        (f"{_BROKEN}[V-35]",),
    ),
    Defect(
        "unknown-members-dropped",
        "SPEC-5",
        "A job forgets the members of its storyboard that Framecast does not know.",
        _known_members_only,
        (f"{_LIMITS}[everything]",),
    ),
    Defect(
        "owner-in-any-case",
        "OWNER-1",
        "Owner URNs in capitals are understood.",
        _owner_in_any_case,
        (
            f"{_SPECS}::test_an_owner_must_be_usable"
            "[creator-framecast:user:7B0C2A54-3A4E-4F0E-9B7D-5F1F3F0E6A11-allowed4]",
        ),
    ),
    Defect(
        "starter-owns-for-team",
        "OWNER-3",
        "A starter may make jobs for any team.",
        _teams_for_all,
        (
            f"{_SPECS}::test_an_owner_must_be_usable"
            "[starter-framecast:team:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11-allowed1]",
        ),
    ),
)
