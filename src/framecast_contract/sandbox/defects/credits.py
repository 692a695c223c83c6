"""Defects of prices and balances."""

from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, conflict
from framecast_contract.sandbox.operations import Operation

_SPECS = "tests/lifecycle/test_specs.py"
_LIMITS = f"{_SPECS}::test_a_storyboard_at_its_limits_is_valid_estimated_and_made"
_PRICED = f"{_SPECS}::test_an_estimate_says_what_the_price_list_says"
_BIRTH = "tests/lifecycle/test_job_creation.py::test_a_new_job_is_blank_and_charged"
_PICTURE = "tests/lifecycle/test_job_creation.py::test_a_picture_of_a_character_costs_one_credit"
_FUNDS = (
    "tests/lifecycle/test_job_creation.py::test_a_balance_equal_to_the_price_is_enough_and_one_less_is_not"
)
_RACE = "tests/lifecycle/test_job_creation.py::test_a_starter_has_one_active_job"
_TOGETHER = "tests/properties/test_races.py::test_no_more_jobs_than_credits"
_KEPT = "tests/lifecycle/test_project_renders.py::test_a_job_keeps_the_storyboard_it_was_made_from"


def _no_debit(sandbox: Sandbox) -> None:
    fix(sandbox.credits.debit, None)


def _double_debit(sandbox: Sandbox) -> None:
    debit = sandbox.credits.debit
    replace(sandbox.credits.debit, lambda owner, credits: debit(owner, 2 * credits))


def _into_debt(sandbox: Sandbox) -> None:
    fix(sandbox.credits.require, None)


def _equal_refused(sandbox: Sandbox) -> None:
    require = sandbox.credits.require
    replace(sandbox.credits.require, lambda owner, price: require(owner, price + 1))


def _funds_conflict(sandbox: Sandbox) -> None:
    require = sandbox.credits.require

    def refuse(owner: Owner, price: int) -> None:
        try:
            require(owner, price)
        except Refusal:
            raise conflict("not enough credits") from None

    replace(sandbox.credits.require, refuse)


def _debit_before_check(sandbox: Sandbox) -> None:
    """The debit outlives the refusal, as one made on a connection of its own would."""
    require = sandbox.jobs.require_slot
    answer = sandbox.answer
    owed: list[Owner] = []

    def remember(caller: Caller, owner: Owner) -> None:
        owed.append(owner)
        require(caller, owner)
        owed.clear()

    async def settle(operation: Operation, call: Call) -> Response:
        response = await answer(operation, call)
        while owed:
            sandbox.credits.debit(owed.pop(), 1)
        return response

    replace(sandbox.jobs.require_slot, remember)
    replace(sandbox.answer, settle)


def _estimate_too_low(sandbox: Sandbox) -> None:
    alter(
        sandbox.storyboards.estimate,
        lambda shown: {**shown, "estimated_credits": shown["estimated_credits"] - 1},
    )


def _estimate_charges(sandbox: Sandbox) -> None:
    warnings = sandbox.storyboards.warnings

    def charged(owner: Owner, spec: dict[str, object]) -> list[dict[str, str]]:
        sandbox.credits.debit(owner, 1)
        return warnings(owner, spec)

    replace(sandbox.storyboards.warnings, charged)


def _half_seconds_free(sandbox: Sandbox) -> None:
    replace(sandbox.storyboards.scene_price, lambda duration: int(duration))


def _priced_as_shown(sandbox: Sandbox) -> None:
    price = sandbox.storyboards.price

    def shown(spec: dict[str, Any]) -> int:
        names = [element.get("scene") for element in spec.get("timeline") or []]
        scenes = [scene for name in names for scene in spec["scenes"] if scene["id"] == name]
        return price({**spec, "scenes": scenes or spec["scenes"]})

    replace(sandbox.storyboards.price, shown)


def _pictures_dearer(sandbox: Sandbox) -> None:
    price = sandbox.jobs.price
    replace(sandbox.jobs.price, lambda kind, spec: 2 if kind == "image" else price(kind, spec))


def _duration_rounded(sandbox: Sandbox) -> None:
    alter(
        sandbox.storyboards.estimate,
        lambda shown: shown | {"estimated_duration_seconds": round(shown["estimated_duration_seconds"])},
    )


def _scenes_reversed(sandbox: Sandbox) -> None:
    alter(sandbox.storyboards.estimate, lambda shown: shown | {"scenes": shown["scenes"][::-1]})


def _one_credit_owed(sandbox: Sandbox) -> None:
    require = sandbox.credits.require
    replace(sandbox.credits.require, lambda owner, price: require(owner, price - 1))


def _jobs_repriced(sandbox: Sandbox) -> None:
    """A new storyboard for a project puts a new price on the jobs it has."""
    update_project_spec = sandbox.projects.update_project_spec

    def reprice(call: Call) -> Response:
        response = update_project_spec(call)
        price, project_id = sandbox.storyboards.price(call.body()["spec"]), call.path_uuid("project_id")
        sandbox.database.run("UPDATE jobs SET credits_charged = ? WHERE project_id = ?", price, project_id)
        return response

    replace(sandbox.projects.update_project_spec, reprice)


def _done_before_begun(sandbox: Sandbox) -> None:
    alter(sandbox.storyboards.estimate, lambda shown: shown | {"estimated_generation_time_seconds": -1})


DEFECTS = (
    Defect("debit-missing", "CREDIT-2", "A new job takes nothing from the balance.", _no_debit, (_BIRTH,)),
    Defect("debit-twice", "CREDIT-2", "A new job takes its price twice.", _double_debit, (_BIRTH,)),
    Defect(
        "balance-below-zero",
        "CREDIT-4",
        "Jobs are made whatever the balance, which goes below zero.",
        _into_debt,
        (_FUNDS,),
    ),
    Defect(
        "equal-balance-refused",
        "CREDIT-4",
        "A balance that equals the price is refused.",
        _equal_refused,
        (_FUNDS,),
    ),
    Defect(
        "refusal-costs-a-credit",
        "SLOT-1",
        "A creation refused for want of a slot takes a credit all the same.",
        _debit_before_check,
        (_RACE,),
    ),
    Defect(
        "estimate-too-low",
        "D-13",
        "An estimate is one credit below what the job is charged.",
        _estimate_too_low,
        (f"{_LIMITS}[everything]",),
    ),
    Defect(
        "estimate-charges",
        "SPEC-4",
        "Asking for an estimate costs a credit.",
        _estimate_charges,
        (_BIRTH,),
    ),
    Defect(
        "started-second-is-free",
        "PRICE-1",
        "Scenes are priced by whole seconds, rounded down instead of up.",
        _half_seconds_free,
        (f"{_PRICED}[1.2]",),
    ),
    Defect(
        "scenes-priced-as-shown",
        "PRICE-2",
        "A scene is paid for as often as the timeline shows it.",
        _priced_as_shown,
        (f"{_SPECS}::test_a_scene_shown_twice_is_paid_once",),
    ),
    Defect(
        "estimated-duration-rounded",
        "PRICE-3",
        "The estimated duration is rounded to whole seconds.",
        _duration_rounded,
        (f"{_PRICED}[1.2]",),
    ),
    Defect(
        "estimate-out-of-order",
        "PRICE-4",
        "An estimate lists the scenes backwards.",
        _scenes_reversed,
        (f"{_PRICED}[2.5, 2.5]",),
    ),
    Defect(
        "picture-costs-two",
        "PRICE-7",
        "The picture of a character costs two credits.",
        _pictures_dearer,
        (_PICTURE,),
    ),
    Defect(
        "funds-missing-is-conflict",
        "D-6",
        "Too few credits are answered 409.",
        _funds_conflict,
        (_FUNDS,),
    ),
    Defect(
        "one-credit-owed",
        "INV-U5",
        "A balance one credit short is enough and goes below zero.",
        _one_credit_owed,
        (f"{_TOGETHER}[0]", f"{_TOGETHER}[1]"),
    ),
    Defect(
        "jobs-repriced",
        "CREDIT-7",
        "Another storyboard for a project changes what its jobs were charged.",
        _jobs_repriced,
        (_KEPT,),
    ),
    Defect(
        "generation-time-negative",
        "PRICE-5",
        "A render is estimated to take less than no time.",
        _done_before_begun,
        (f"{_PRICED}[1.2]",),
    ),
)
