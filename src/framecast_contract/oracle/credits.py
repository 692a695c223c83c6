"""Who pays, and that no credit appears or vanishes: the balance behind an owner and its bookkeeping."""

from collections.abc import Iterable

from framecast_contract.oracle.words import Broken, Json, Rule

_SOURCE = "job-semantics.md 2"

RULES = (
    Rule(
        "CREDIT-1",
        "A personal owner pays from the user's credits, a team or membership owner from the team's.",
        _SOURCE,
    ),
    Rule("CREDIT-2", "Making a job takes its charge from the paying balance in the same step.", _SOURCE),
    Rule("CREDIT-3", "A refund returns to the balance that paid, in the step that ends the job.", _SOURCE),
    Rule("CREDIT-4", "A balance below the price refuses the job; a balance equal to it is enough.", _SOURCE),
    Rule(
        "CREDIT-5", "A balance moves by exactly what its jobs were charged less what they gave back.", _SOURCE
    ),
    Rule("CREDIT-6", "With credits for k jobs, exactly k of many parallel creations succeed.", _SOURCE),
    Rule("CREDIT-7", "Nothing that happens later changes what a job was charged.", _SOURCE),
    Rule("D-6", "Too few credits are answered 402 INSUFFICIENT_CREDITS.", "jobs-and-rendering.md 10"),
)


def payer(owner: str) -> str:
    """The owner URN whose balance pays for jobs of `owner`: a user's or a team's (CREDIT-1).

    Raises ValueError for a URN that cannot own a job.
    """
    parts = owner.split(":")
    if len(parts) != 3 or parts[0] != "framecast":
        raise ValueError(
            f"{owner!r} cannot pay, expected framecast:user:…, framecast:team:… or framecast:<team>:<user>"
        )
    return owner if parts[1] in ("user", "team") else f"framecast:team:{parts[1]}"


def affordable(credits: int, price: int) -> bool:
    """Whether a balance of `credits` pays a job of `price` credits (CREDIT-4)."""
    return credits >= price


def spent(jobs: Iterable[Json], balance: str) -> int:
    """Credits that `jobs` took from `balance`, a user or team URN, less what they gave back (CREDIT-5)."""
    mine = [job for job in jobs if payer(job["owner"]) == balance]
    return sum(job["credits_charged"] - job["credits_refunded"] for job in mine)


def broken_conservation(balance: str, *, start: int, end: int, jobs: Iterable[Json]) -> list[Broken]:
    """CREDIT-5: `jobs` are all jobs ever made that `balance` paid for, deleted ones as they were last seen.

    It holds while jobs are active too, because debit and refund are one step with the job's own change.
    """
    expected = start - spent(jobs, balance)
    if end == expected:
        return []
    return [
        Broken("CREDIT-5", f"{balance} went from {start} to {end} credits, its jobs account for {expected}")
    ]
