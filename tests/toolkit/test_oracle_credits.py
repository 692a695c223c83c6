"""Who pays for whom, and that the bookkeeping of a balance comes out."""

import pytest

from framecast_contract.oracle.credits import affordable, broken_conservation, payer, spent
from framecast_contract.oracle.words import Broken

ME, TEAM = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "ab")
MINE, TEAMS, MEMBERSHIP = f"framecast:user:{ME}", f"framecast:team:{TEAM}", f"framecast:{TEAM}:{ME}"


@pytest.mark.parametrize(("owner", "pays"), [(MINE, MINE), (TEAMS, TEAMS), (MEMBERSHIP, TEAMS)])
def test_a_person_pays_alone_and_a_team_for_its_members(owner: str, pays: str) -> None:
    assert payer(owner) == pays


@pytest.mark.parametrize("urn", ["framecast:system:sfx:pop", "me", "other:user:1"])
def test_what_cannot_own_cannot_pay(urn: str) -> None:
    with pytest.raises(ValueError, match=f"'{urn}' cannot pay, expected framecast:user:"):
        payer(urn)


def test_the_exact_price_is_enough_and_one_less_is_not() -> None:
    assert affordable(10, 10)
    assert not affordable(9, 10)


JOBS = [
    {"owner": TEAMS, "credits_charged": 10, "credits_refunded": 9},
    {"owner": MEMBERSHIP, "credits_charged": 7, "credits_refunded": 0},
    {"owner": MINE, "credits_charged": 100, "credits_refunded": 0},
]


def test_a_balance_pays_for_its_own_jobs_only() -> None:
    assert [spent(JOBS, balance) for balance in (TEAMS, MINE)] == [8, 100]


def test_a_balance_that_does_not_come_out_is_noticed() -> None:
    assert broken_conservation(TEAMS, start=50, end=42, jobs=JOBS) == []
    assert broken_conservation(TEAMS, start=50, end=43, jobs=JOBS) == [
        Broken("CREDIT-5", f"{TEAMS} went from 50 to 43 credits, its jobs account for 42")
    ]
