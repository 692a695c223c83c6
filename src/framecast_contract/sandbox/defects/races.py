"""Defects of jobs and accounts that only requests at the same moment can show."""

import sqlite3
from collections.abc import Callable

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, after_each_round, alter, as_if, replace
from framecast_contract.sandbox.http import Caller, Refusal

_RACES = "tests/properties/test_races.py"
_ONE_KEY = f"{_RACES}::test_one_key_makes_one_job"
_SLOTS = f"{_RACES}::test_no_more_jobs_than_slots"
_CREDITS = f"{_RACES}::test_no_more_jobs_than_credits"
_ENDINGS = f"{_RACES}::test_one_ending_wins"
_FIRST_REQUESTS = f"{_RACES}::test_parallel_first_requests_make_one_account"


def _as_the_round_began(sandbox: Sandbox, read: Callable[[Owner], int]) -> Callable[[Owner], int]:
    """The same reading, which does not see what the other requests of its round have done."""
    seen = dict[str, int]()
    after_each_round(sandbox, seen.clear)
    return lambda owner: seen.setdefault(owner.urn, read(owner))


def _slots_counted_early(sandbox: Sandbox) -> None:
    replace(sandbox.jobs.active_jobs, _as_the_round_began(sandbox, sandbox.jobs.active_jobs))


def _debits_overwritten(sandbox: Sandbox) -> None:
    balance = _as_the_round_began(sandbox, sandbox.credits.balance)

    def overwrite(owner: Owner, credits: int) -> None:
        sandbox.credits.set(owner, balance(owner) + credits)

    replace(sandbox.credits.move, overwrite)


def _credits_spent_twice(sandbox: Sandbox) -> None:
    """The balance is checked before its round; what it then lacks is let go."""
    balance, set_ = _as_the_round_began(sandbox, sandbox.credits.balance), sandbox.credits.set

    def require(owner: Owner, price: int) -> None:
        if balance(owner) < price:
            raise Refusal(402, "INSUFFICIENT_CREDITS", f"the balance does not cover {price} credits")

    replace(sandbox.credits.require, require)
    replace(sandbox.credits.set, lambda owner, credits: set_(owner, max(credits, 0)))


def _key_looked_up_early(sandbox: Sandbox) -> None:
    replayed, made = sandbox.jobs.replayed, set[str]()

    def note(job: sqlite3.Row) -> sqlite3.Row:
        made.add(job["id"])
        return job

    def earlier(caller: Caller, key: str | None) -> sqlite3.Row | None:
        job = replayed(caller, key)
        return None if job is None or job["id"] in made else job

    alter(sandbox.jobs.admit, note)
    replace(sandbox.jobs.replayed, earlier)
    after_each_round(sandbox, made.clear)


def _every_ending_wins(sandbox: Sandbox) -> None:
    require, seen = sandbox.lifecycle.require, dict[str, str]()

    def check(job: sqlite3.Row, *states: str) -> None:
        require(as_if(job, status=seen.setdefault(job["id"], job["status"])), *states)

    replace(sandbox.lifecycle.require, check)
    after_each_round(sandbox, seen.clear)


def _newcomers_collide(sandbox: Sandbox) -> None:
    find, made = sandbox.accounts.find, set[str]()

    def note(user: sqlite3.Row) -> sqlite3.Row:
        made.add(user["id"])
        return user

    alter(sandbox.accounts.create, note)
    replace(sandbox.accounts.find, lambda user_id: None if user_id in made else find(user_id))
    after_each_round(sandbox, made.clear)


DEFECTS = (
    Defect(
        "slots-counted-too-early",
        "SLOT-5",
        "Of creations at the same moment each counts the active jobs without the others.",
        _slots_counted_early,
        (f"{_SLOTS}[starter-4]", f"{_SLOTS}[creator-9]"),
    ),
    Defect(
        "debits-overwritten",
        "CREDIT-5",
        "Of debits at the same moment only the last one counts.",
        _debits_overwritten,
        (f"{_SLOTS}[creator-4]",),
    ),
    Defect(
        "credits-spent-twice",
        "CREDIT-6",
        "Creations at the same moment may all spend the same credits.",
        _credits_spent_twice,
        (f"{_CREDITS}[1]", f"{_CREDITS}[3]"),
    ),
    Defect(
        "key-looked-up-too-early",
        "IDEM-7",
        "Creations with one key at the same moment make a job each.",
        _key_looked_up_early,
        (_ONE_KEY,),
    ),
    Defect(
        "every-ending-wins",
        "CALLBACK-7",
        "Of endings at the same moment all are taken, with a refund each.",
        _every_ending_wins,
        (f"{_ENDINGS}[canceled-failed]", f"{_ENDINGS}[completed-failed]", f"{_ENDINGS}[failed-failed]"),
    ),
    Defect(
        "newcomers-collide",
        "ACCOUNT-11",
        "Of first requests of a person at the same moment all but one crash.",
        _newcomers_collide,
        (_FIRST_REQUESTS,),
    ),
)
