"""Storyboards: what is valid, what is wrong with those that are not, and what they will cost."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_client.models import ValidationResponse
from framecast_contract.oracle.exact import exact, is_number
from framecast_contract.oracle.prices import broken_charge_rules, broken_estimate_rules
from framecast_contract.oracle.specs import SpecFinding, broken_rules, broken_validation_rules, warnings
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import CREATED, FORBIDDEN, INVALID
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.rule_breaking_storyboards import BEYOND, RICH, WITHIN
from framecast_contract.workloads.storyboards import storyboard

SPEC_RULES = sorted({name.split()[0] for name in BEYOND})


def _expected(finding: SpecFinding) -> dict[str, Any]:
    members = {"value": finding.value, "limit": finding.limit, "valid_values": finding.valid_values}
    return {name: _comparable(value) for name, value in members.items() if value is not None}


def _comparable(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return sorted(value)
    return exact(value) if is_number(value) else value


def _reported(answer: ValidationResponse) -> list[tuple[str, dict[str, Any]]]:
    """Path and further members of each error; a null value counts as none."""
    told = []
    for error in as_json(answer)["errors"]:
        further = {name: value for name, value in error.items() if name not in ("path", "message")}
        members = {name: _comparable(value) for name, value in further.items() if value is not None}
        told.append((error["path"], members))
    return sorted(told, key=str)


@pytest.mark.rule(*SPEC_RULES, "SPEC-1", "SPEC-2", "SPEC-3", "ERROR-7")
@pytest.mark.parametrize("name", BEYOND)
async def test_a_broken_rule_is_found_and_refuses_estimate_and_job(people: People, name: str) -> None:
    person, spec = await people.starter(), BEYOND[name]
    findings = broken_rules(spec, catalogue=CATALOGUE)
    assert name.split()[0] in {finding.rule_id for finding in findings}

    answer = await person.client.validate_spec(spec)

    assert broken_validation_rules(spec, as_json(answer), catalogue=CATALOGUE) == []
    assert _reported(answer) == sorted([(each.path, _expected(each)) for each in findings], key=str)
    assert await answer_to(person.client, operations.estimate_spec(spec)) == INVALID
    assert await answer_to(person.client, operations.create_job(spec)) == INVALID
    assert await person.client.list_jobs() == []


@pytest.mark.rule("SPEC-2")
async def test_every_broken_rule_is_listed(people: People) -> None:
    person = await people.starter()
    spec = {
        **storyboard(0.5, 31),
        "timeline": [{"scene": "x"}, {}],
        "transitions": {"a->b": "cut"},
        "title": 5,
    }

    answer = await person.client.validate_spec(spec)

    findings = broken_rules(spec, catalogue=CATALOGUE)
    assert len(findings) == 6
    assert sorted(error.path for error in answer.errors) == sorted(finding.path for finding in findings)


@pytest.mark.rule(
    *SPEC_RULES, "SPEC-1", "SPEC-3", "SPEC-5", "D-13", "PRICE-1", "PRICE-2", "PRICE-3", "PRICE-4"
)
@pytest.mark.needs("credits", "renders")
@pytest.mark.usefixtures("back_end")
@pytest.mark.parametrize("name", WITHIN)
async def test_a_storyboard_at_its_limits_is_valid_estimated_and_made(starter: Persona, name: str) -> None:
    spec = WITHIN[name]

    answer = as_json(await starter.client.validate_spec(spec))
    estimate = as_json(await starter.client.estimate_spec(spec))
    created = await starter.client.send(operations.create_job(spec))

    assert broken_validation_rules(spec, answer, catalogue=CATALOGUE) == []
    assert (answer["valid"], answer["errors"]) == (True, [])
    assert broken_estimate_rules(spec, estimate) == []
    assert created.status == CREATED.status
    job = as_json(created.result)
    assert broken_charge_rules(job) == []
    assert (job["credits_charged"], job["spec_snapshot"]) == (estimate["estimated_credits"], spec)


@pytest.mark.rule("W-01", "SPEC-1")
@pytest.mark.parametrize(("duration", "warned"), [(10, False), (10.5, True), (10.001, True), (30, True)])
async def test_a_long_scene_is_worth_a_warning(people: People, duration: float, warned: bool) -> None:
    person = await people.starter()

    answer = await person.client.validate_spec(storyboard(2, duration))

    paths = ["scenes[1].duration"] if warned else []
    assert (answer.valid, [warning.path for warning in answer.warnings]) == (True, paths)


@pytest.mark.rule("W-02", "SPEC-1")
async def test_a_warning_about_a_sound_stands_at_its_id_and_refuses_nothing(people: People) -> None:
    person, spec = await people.starter(), storyboard(*[1] * len(CATALOGUE))
    for scene, sound in zip(spec["scenes"], CATALOGUE, strict=True):
        scene["audio"] = {"ambient": {"asset_id": sound}}

    answer = await person.client.validate_spec(spec)

    # Which sounds are on their way out is the server's to know: any may be warned about, none must be.
    allowed = {warning.path for warning in warnings(spec, deprecated=CATALOGUE)}
    assert (answer.valid, answer.errors) == (True, [])
    assert {warning.path for warning in answer.warnings} <= allowed


PRICED: Mapping[str, tuple[float, ...]] = {
    "1": (1,), "7": (7,), "1.2": (1.2,), "2.5, 2.5": (2.5, 2.5), "welcome": (5, 5),
    "30 x 10": (30,) * 10, "1.1 x 50": (1.1,) * 50, "a hair over": (1.0000001, 29.999999),
}  # fmt: skip


@pytest.mark.rule("PRICE-1", "PRICE-2", "PRICE-3", "PRICE-4", "PRICE-5", "SPEC-4")
@pytest.mark.parametrize("durations", PRICED)
async def test_an_estimate_says_what_the_price_list_says(people: People, durations: str) -> None:
    person, spec = await people.starter(), storyboard(*PRICED[durations])

    estimate = await person.client.estimate_spec(spec)

    assert broken_estimate_rules(spec, as_json(estimate)) == []
    assert await person.client.estimate_spec(spec) == estimate
    assert (await person.balance(), await person.client.list_jobs()) == (0, [])


@pytest.mark.rule("PRICE-2")
async def test_a_scene_shown_twice_is_paid_once(people: People) -> None:
    person = await people.starter()
    spec = {**storyboard(5, 7), "timeline": [{"scene": "scene_2"}] * 3}

    estimate = await person.client.estimate_spec(spec)

    assert (estimate.estimated_credits, estimate.estimated_duration_seconds) == (12, 12)


@pytest.mark.rule("SPEC-4", "PRICE-5")
async def test_an_estimate_beyond_the_balance_is_given_with_a_warning(people: People) -> None:
    poor = await people.starter()

    estimate = as_json(await poor.client.estimate_spec(storyboard(5)))

    assert len(estimate["warnings"]) == 1


@pytest.mark.rule("OWNER-1", "OWNER-2", "OWNER-3", "OWNER-6", "D-3")
@pytest.mark.parametrize(
    ("owner", "allowed"),
    [
        ("framecast:user:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11", FORBIDDEN),
        ("framecast:team:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11", FORBIDDEN),
        ("framecast:artifact:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11", FORBIDDEN),
        ("framecast:system:sfx:pop", FORBIDDEN),
        ("framecast:user:7B0C2A54-3A4E-4F0E-9B7D-5F1F3F0E6A11", INVALID),
        ("framecast:user:7b0c2a543a4e4f0e9b7d5f1f3f0e6a11", INVALID),
        ("framecast:nobody", INVALID),
        ("", INVALID),
    ],
)
@pytest.mark.parametrize("tier", ["starter", "creator"])
async def test_an_owner_must_be_usable(people: People, owner: str, allowed: object, tier: str) -> None:
    person = await (people.starter() if tier == "starter" else people.creator())

    estimated = await answer_to(person.client, operations.estimate_spec(dict(RICH), owner=owner))
    created = await answer_to(person.client, operations.create_job(dict(RICH), owner=owner))

    assert (estimated, created) == (allowed, allowed)
