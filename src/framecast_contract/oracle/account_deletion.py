"""Deleting an account: when it is refused, what goes with it, and what stays."""

from collections.abc import Iterable

from framecast_contract.oracle.accounts import new_account
from framecast_contract.oracle.judging import broken_expectations
from framecast_contract.oracle.members import Seat
from framecast_contract.oracle.words import CONFLICT, NO_CONTENT, Answer, Broken, Json, Rule

_SOURCE = "accounts-and-teams.md 3"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule(
        "ACCOUNT-12",
        "The only owner of a team with others cannot delete the account: 409, and nothing changes.",
        _SOURCE,
    ),
    Rule("ACCOUNT-13", "An account takes the teams along in which its user was alone.", _SOURCE),
    Rule("ACCOUNT-14", "What a team owns stays visible to it when its maker's account is deleted.", _SOURCE),
    Rule("ACCOUNT-15", "A session of a deleted account is refused or starts a new, empty account.", _SOURCE),
    Rule("INV-A1", "A key whose user is gone no longer works.", _INVARIANTS),
    Rule("INV-C2", "A conversation goes with the account of its user.", _INVARIANTS),
)


def deletion_answer(seats: Iterable[Seat]) -> Answer:
    """What `delete_account` answers somebody with those places in teams (ACCOUNT-12)."""
    return CONFLICT if any(seat.holds_up for seat in seats) else NO_CONTENT


def broken_return_rules(account: Json, *, user_id: str, email: str) -> list[Broken]:
    """ACCOUNT-15 for the account that a still valid session of a deleted user is shown."""
    return broken_expectations(
        "ACCOUNT-15", "an account after its deletion", account, new_account(user_id, email)
    )
