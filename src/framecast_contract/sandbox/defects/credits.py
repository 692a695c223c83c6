"""Defects of prices and balances."""

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace

_BIRTH = "tests/lifecycle/test_job_creation.py::test_a_new_job_is_blank_and_charged"
_FUNDS = (
    "tests/lifecycle/test_job_creation.py::test_a_balance_equal_to_the_price_is_enough_and_one_less_is_not"
)
_CLONES = "tests/lifecycle/test_job_states.py::test_a_clone_is_a_new_job_of_the_same_storyboard"
_RACE = "tests/lifecycle/test_job_creation.py::test_a_starter_has_one_active_job"


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


def _debit_before_check(sandbox: Sandbox) -> None:
    """The debit outlives the refusal, as one made on a connection of its own would."""
    require = sandbox.jobs.require_slot
    answer = sandbox.answer
    owed: list[Owner] = []

    def remember(caller: object, owner: Owner) -> None:
        owed.append(owner)
        require(caller, owner)  # type: ignore[arg-type]  # handed through
        owed.clear()

    def settle(operation: object, call: object) -> object:
        response = answer(operation, call)  # type: ignore[arg-type]  # handed through
        while owed:
            sandbox.credits.debit(owed.pop(), 1)
        return response

    replace(sandbox.jobs.require_slot, remember)
    replace(sandbox.answer, settle)  # type: ignore[arg-type]  # handed through


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
        "PRICE-4",
        "An estimate is one credit below what the job is charged.",
        _estimate_too_low,
        (_BIRTH,),
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
        "PRICE-4",
        "Scenes are priced by whole seconds, rounded down instead of up.",
        _half_seconds_free,
        (_BIRTH,),
    ),
)
