"""Defects of deliveries: what an attempt makes of one, when the next comes, and retries by hand."""

import dataclasses
import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, alter_awaited, fix, replace
from framecast_contract.sandbox.http import Call

_DELIVERIES = "tests/lifecycle/test_webhook_deliveries.py"
_TRIAL = f"{_DELIVERIES}::test_a_trial_shows_at_once_what_the_receiver_answered"
_ATTEMPT = f"{_DELIVERIES}::test_an_attempt_ends_as_its_answer_says"
_BODY = f"{_DELIVERIES}::test_a_body_is_kept_up_to_10240_characters"
_FIVE = f"{_DELIVERIES}::test_five_attempts_on_schedule_then_it_has_failed"
_DUE = f"{_DELIVERIES}::test_attempts_come_when_they_are_due"
_SETTLED = f"{_DELIVERIES}::test_a_later_attempt_may_settle_it"
_BY_HAND = f"{_DELIVERIES}::test_a_failed_delivery_is_retried_by_hand"
_ONLY_FAILED = f"{_DELIVERIES}::test_only_a_failed_delivery_can_be_retried"
_RACES = "tests/properties/test_delivery_races.py"
_RETRIED_ONCE = f"{_RACES}::test_a_failed_delivery_is_retried_once"
_LOOKING = f"{_RACES}::test_whoever_looks_during_an_attempt_sees_it_open_or_done"

Json = dict[str, Any]


def _shown_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that shows deliveries with other members than they have."""
    return lambda sandbox: alter(sandbox.deliveries.view, lambda shown: shown | change(shown))


def _answered_as(change: Callable[[int | None], int | None]) -> Callable[[Sandbox], None]:
    """A defect that judges an attempt as if the receiver had answered with another status."""

    def plant(sandbox: Sandbox) -> None:
        outcome = sandbox.deliveries.outcome
        replace(sandbox.deliveries.outcome, lambda attempts, status: outcome(attempts, change(status)))

    return plant


def _read_as(change: Callable[[int | None, str | None], str | None]) -> Callable[[Sandbox], None]:
    """A defect that keeps another body of the receiver's answer."""
    return lambda sandbox: alter_awaited(
        sandbox.upstreams.deliver, lambda answer: (answer[0], change(*answer))
    )


def _on_schedule(*delays: float) -> Callable[[Sandbox], None]:
    """A defect that waits so many seconds before each further attempt."""

    def plant(sandbox: Sandbox) -> None:
        sandbox.settings = dataclasses.replace(sandbox.settings, webhook_retry_delays_seconds=delays)
        fix(sandbox.deliveries.max_attempts, len(delays) + 1)

    return plant


def _sixth_attempt(sandbox: Sandbox) -> None:
    _on_schedule(60, 300, 1800, 7200, 7200)(sandbox)
    _shown_as(lambda _: {"max_attempts": 5})(sandbox)


def _gives_up_after_three(sandbox: Sandbox) -> None:
    outcome = sandbox.deliveries.outcome
    replace(
        sandbox.deliveries.outcome,
        lambda attempts, status: outcome(5 if attempts == 3 else attempts, status),
    )


def _count_goes_on(sandbox: Sandbox) -> None:
    update = sandbox.database.update

    def keep_count(table: str, identifier: str, changes: Json) -> None:
        begins_anew = table == "webhook_deliveries" and changes.get("attempts") == 0
        update(table, identifier, {**changes, "attempts": 1} if begins_anew else changes)

    replace(sandbox.database.update, keep_count)


def _retried_twice_at_once(sandbox: Sandbox) -> None:
    """Retries of the same moment all find the delivery failed."""
    require, retried = sandbox.deliveries.require_failed, dict[str, datetime]()

    def late(delivery: sqlite3.Row) -> None:
        if retried.get(delivery["id"]) != sandbox.clock.now():
            require(delivery)
        retried[delivery["id"]] = sandbox.clock.now()

    replace(sandbox.deliveries.require_failed, late)


def _answered_before_the_attempt(sandbox: Sandbox) -> None:
    try_out = sandbox.deliveries.test_webhook

    async def hurried(call: Call) -> Response:
        attempt = try_out(call)

        async def attempted() -> None:
            await attempt

        sandbox.background.soon(attempted)
        made = sandbox.database.one("SELECT * FROM webhook_deliveries ORDER BY created_at DESC")
        assert made is not None
        return JSONResponse(sandbox.deliveries.view(made), 201)

    replace(sandbox.deliveries.test_webhook, hurried)


def _open_as(status: str) -> Callable[[Sandbox], None]:
    """A defect that shows a delivery which was not attempted yet in another state."""
    return _shown_as(lambda shown: {"status": shown["status"] if shown["attempts"] else status})


DEFECTS = (
    Defect(
        "four-attempts-at-most",
        "DELIVERY-1",
        "A delivery says that it has four attempts to make.",
        _shown_as(lambda _: {"max_attempts": 4}),
        (f"{_ATTEMPT}[200]", f"{_ATTEMPT}[503]"),
    ),
    Defect(
        "only-200-delivers",
        "DELIVERY-2",
        "Any 2xx but 200 fails a delivery.",
        _answered_as(lambda status: 400 if status in range(201, 300) else status),
        (f"{_TRIAL}[204]", f"{_SETTLED}[204]"),
    ),
    Defect(
        "refusals-tried-again",
        "DELIVERY-3",
        "An attempt that was answered 4xx is repeated.",
        _answered_as(lambda status: 500 if status in range(400, 500) else status),
        (f"{_TRIAL}[404]", f"{_SETTLED}[404]"),
    ),
    Defect(
        "redirect-delivers",
        "DELIVERY-3",
        "An attempt that was answered 3xx counts as delivered.",
        _answered_as(lambda status: 200 if status in range(300, 400) else status),
        (f"{_TRIAL}[302]", f"{_ATTEMPT}[307]"),
    ),
    Defect(
        "silence-is-final",
        "DELIVERY-4",
        "A delivery that got no answer has failed.",
        _answered_as(lambda status: status or 400),
        (f"{_TRIAL}[silence]", f"{_ATTEMPT}[unreachable]"),
    ),
    Defect(
        "unavailable-is-final",
        "DELIVERY-4",
        "A delivery that was answered 503 has failed.",
        _answered_as(lambda status: 400 if status == 503 else status),
        (f"{_TRIAL}[503]",),
    ),
    Defect(
        "gives-up-after-three",
        "DELIVERY-4",
        "A delivery has failed after three attempts.",
        _gives_up_after_three,
        (f"{_FIVE}[500]",),
    ),
    Defect(
        "next-time-without-next-attempt",
        "DELIVERY-5",
        "A settled delivery still names a time for its next attempt.",
        _shown_as(lambda shown: {"next_retry_at": shown["next_retry_at"] or shown["created_at"]}),
        (f"{_ATTEMPT}[200]", f"{_ATTEMPT}[400]"),
    ),
    Defect(
        "any-delivery-retried",
        "DELIVERY-6",
        "A delivery can be retried by hand whatever its state.",
        lambda sandbox: fix(sandbox.deliveries.require_failed, None),
        (f"{_ONLY_FAILED}[200]", f"{_ONLY_FAILED}[500]"),
    ),
    Defect(
        "retried-twice-at-once",
        "DELIVERY-6",
        "Of two retries of a delivery at the same moment both are taken.",
        _retried_twice_at_once,
        (f"{_RETRIED_ONCE}[2]",),
    ),
    Defect(
        "retry-keeps-count",
        "DELIVERY-7",
        "A retry by hand counts as the second attempt.",
        _count_goes_on,
        (_BY_HAND, f"{_DELIVERIES}::test_a_retry_by_hand_starts_the_schedule_over"),
    ),
    Defect(
        "body-of-refusal-dropped",
        "DELIVERY-8",
        "The body of an answer is only kept when it delivers.",
        _read_as(lambda status, body: body if status == 200 else None),
        (f"{_BODY}[o-400]",),
    ),
    Defect(
        "cut-body-with-dots",
        "DELIVERY-9",
        "A receiver's body that was cut gets three dots on top.",
        _read_as(lambda _, body: f"{body}..." if body and len(body) == 10_240 else body),
        (f"{_BODY}[x-200]",),
    ),
    Defect(
        "delivered-again-and-again",
        "DELIVERY-10",
        "A delivered delivery is shown as delivered just now.",
        lambda sandbox: _shown_as(
            lambda shown: {"delivered_at": sandbox.now() if shown["delivered_at"] else None}
        )(sandbox),
        (f"{_SETTLED}[200]",),
    ),
    Defect(
        "trial-answered-before-attempt",
        "DELIVERY-11",
        "A test is answered before it is attempted.",
        _answered_before_the_attempt,
        (f"{_TRIAL}[200]",),
    ),
    Defect(
        "attempt-shows-as-sending",
        "INV-WD1",
        "A delivery that is being attempted is in a state of its own.",
        _open_as("sending"),
        (f"{_LOOKING}[200]",),
    ),
    Defect(
        "first-attempt-shows-as-retrying",
        "D-17",
        "A delivery counts as retrying before its first attempt was made.",
        _open_as("retrying"),
        (f"{_LOOKING}[404]",),
    ),
    Defect(
        "sixth-attempt", "INV-WD3", "A delivery is attempted six times.", _sixth_attempt, (f"{_FIVE}[503]",)
    ),
    Defect(
        "delivery-time-missing",
        "INV-WD4",
        "A delivered delivery does not tell when.",
        _shown_as(lambda _: {"delivered_at": None}),
        (f"{_TRIAL}[200]",),
    ),
    Defect(
        "delivery-time-of-failure",
        "INV-WD4",
        "A failed delivery claims to have been delivered when it was made.",
        _shown_as(
            lambda shown: {
                "delivered_at": shown["created_at"] if shown["status"] == "failed" else shown["delivered_at"]
            }
        ),
        (f"{_TRIAL}[404]",),
    ),
    Defect(
        "attempts-a-minute-apart",
        "D-23",
        "Every attempt follows the one before it by a minute.",
        _on_schedule(60, 60, 60, 60),
        (_DUE, f"{_FIVE}[500]"),
    ),
    Defect(
        "attempts-too-late",
        "D-23",
        "Attempts wait twice as long as they should.",
        _on_schedule(120, 600, 3600, 14400),
        (_DUE, f"{_FIVE}[silence]"),
    ),
)
