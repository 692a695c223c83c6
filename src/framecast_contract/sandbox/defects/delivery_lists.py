"""Defects of the list of a webhook's deliveries, and of how long they are kept."""

import copy
import dataclasses
from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, replace, with_body
from framecast_contract.sandbox.http import Call

_LISTS = "tests/lifecycle/test_webhook_delivery_lists.py"
_FILTERED = f"{_LISTS}::test_deliveries_are_listed_newest_first_narrowed_by_filters"
_OWN = f"{_LISTS}::test_a_webhook_lists_its_own_deliveries"
_KEPT = f"{_LISTS}::test_deliveries_are_kept_for_thirty_days"
_DAY = 86_400


def _oldest_first(sandbox: Sandbox) -> None:
    alter(
        sandbox.deliveries.list_webhook_deliveries,
        lambda response: with_body(response, lambda deliveries: deliveries[::-1]),
    )


def _without_filter(name: str) -> Callable[[Sandbox], None]:
    """A defect that lists deliveries as if this query parameter had not been sent."""

    def plant(sandbox: Sandbox) -> None:
        listed = sandbox.deliveries.list_webhook_deliveries

        def lenient(call: Call) -> Response:
            sent = call.scope["query_string"].split(b"&")
            kept = b"&".join(each for each in sent if not each.startswith(f"{name}=".encode()))
            changed = copy.copy(call)
            changed.scope = {**call.scope, "query_string": kept}
            return listed(changed)

        replace(sandbox.deliveries.list_webhook_deliveries, lenient)

    return plant


def _all_listed(sandbox: Sandbox) -> None:
    def everything(_: list[Any]) -> list[Any]:
        rows = sandbox.database.all("SELECT * FROM webhook_deliveries ORDER BY created_at DESC")
        return [sandbox.deliveries.view(row) for row in rows]

    alter(sandbox.deliveries.list_webhook_deliveries, lambda response: with_body(response, everything))


def _kept_for(seconds: float) -> Callable[[Sandbox], None]:
    """A defect that keeps deliveries for another time."""

    def plant(sandbox: Sandbox) -> None:
        sandbox.settings = dataclasses.replace(sandbox.settings, delivery_retention_seconds=seconds)

    return plant


DEFECTS = (
    Defect(
        "deliveries-oldest-first",
        "DELIVERY-12",
        "Deliveries are listed oldest first.",
        _oldest_first,
        (f"{_FILTERED}[None-None]",),
    ),
    Defect(
        "delivery-status-ignored",
        "DELIVERY-12",
        "Deliveries are listed whatever state is asked for.",
        _without_filter("status"),
        (f"{_FILTERED}[delivered-None]",),
    ),
    Defect(
        "delivery-event-ignored",
        "DELIVERY-12",
        "Deliveries are listed whatever event is asked for.",
        _without_filter("event_type"),
        (f"{_FILTERED}[None-webhook.test]",),
    ),
    Defect(
        "delivery-time-ignored",
        "DELIVERY-12",
        "Deliveries are listed from the beginning, whenever the list should begin.",
        _without_filter("created_after"),
        (f"{_FILTERED}[None-None]",),
    ),
    Defect(
        "foreign-deliveries-listed",
        "DELIVERY-12",
        "A webhook lists the deliveries of all.",
        _all_listed,
        (_OWN,),
    ),
    Defect(
        "deliveries-kept-for-ever",
        "DELIVERY-13",
        "Deliveries are kept for ever.",
        _kept_for(1e9),
        (_KEPT,),
    ),
    Defect(
        "deliveries-kept-for-a-week",
        "DELIVERY-13",
        "Deliveries are gone after a week.",
        _kept_for(7 * _DAY),
        (_KEPT,),
    ),
)
