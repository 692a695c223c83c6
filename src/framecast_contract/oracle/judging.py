"""Judgements that many families share: times in order, members that stay, names in order, races."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.spec_equality import same_member
from framecast_contract.oracle.words import Broken, Json

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def broken_when(*cases: tuple[bool, str, str]) -> list[Broken]:
    """The rules that are broken, from (whether it is, rule id, message)."""
    return [Broken(rule_id, message) for holds, rule_id, message in cases if holds]


def is_address(value: Any) -> bool:
    """Whether a value is a plain e-mail address; quoted names and literal hosts are not recognized."""
    return isinstance(value, str) and _ADDRESS.fullmatch(value) is not None


def same_address(one: str, other: str) -> bool:
    """Whether two e-mail addresses are one, which their case does not decide."""
    return one.casefold() == other.casefold()


def broken_constants(rule_id: str, before: Json, after: Json, names: Iterable[str]) -> list[Broken]:
    """`rule_id` for each of the members `names` that two reads show differently."""
    changed = [name for name in names if not same_member(name, before.get(name), after.get(name))]
    return [Broken(rule_id, f"{name} was {before.get(name)!r}, is {after.get(name)!r}") for name in changed]


def broken_expectations(rule_id: str, what: str, seen: Json, expected: Json) -> list[Broken]:
    """`rule_id` for each expected member that `what` has otherwise."""
    wrong = [name for name, value in expected.items() if not same_member(name, seen.get(name), value)]
    return [
        Broken(rule_id, f"{name} of {what} is {seen.get(name)!r}, expected {expected[name]!r}")
        for name in wrong
    ]


def broken_birth_time(item: Json, *rule_ids: str) -> list[Broken]:
    """Each of `rule_ids` when `updated_at` lies before `created_at`."""
    created, updated = instant(item.get("created_at")), instant(item.get("updated_at"))
    if not created or not updated or created <= updated:
        return []
    message = f"updated_at {item['updated_at']} lies before created_at {item['created_at']}"
    return [Broken(rule_id, message) for rule_id in rule_ids]


def broken_update_time(before: Json, after: Json, *, updated: bool) -> list[Broken]:
    """TIME-3: `updated_at` never goes back, and moves on when something was `updated` in between."""
    old, new = instant(before.get("updated_at")), instant(after.get("updated_at"))
    if old is None or new is None:
        return []
    return broken_when(
        (new < old, "TIME-3", f"updated_at went back from {old} to {new}"),
        (updated and new == old, "TIME-3", f"there was an update, but updated_at stayed {old}"),
    )


def out_of_order(names: Iterable[str]) -> tuple[str, str] | None:
    """The first two neighbours that are not in ascending order, None when all are.

    How letters of different case or script are sorted is the server's; only what is wrong by code point
    and regardless of case is out of order.
    """
    for earlier, later in pairwise(names):
        if later < earlier and later.casefold() < earlier.casefold():
            return earlier, later
    return None


def repeated(values: Iterable[str]) -> list[str]:
    """The values that occur more than once."""
    return [value for value, count in Counter(values).items() if count > 1]


def broken_race(rule_id: str, statuses: Sequence[int], *, won: int, lost: int = 409) -> list[Broken]:
    """`rule_id` unless exactly one of the parallel requests got `won` and all others `lost`."""
    if sorted(statuses) == sorted([won, *[lost] * (len(statuses) - 1)]):
        return []
    return [Broken(rule_id, f"parallel requests gave {sorted(statuses)}, expected one {won}, else {lost}")]
