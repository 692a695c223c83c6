"""The life of a delivery: its states, what each outcome of an attempt makes of it, and the schedule.

A delivery is pending, retrying, delivered or failed. The moment of an attempt is the server's own business:
until its outcome is known a first attempt still shows as pending and a later one as retrying.
"""

from itertools import accumulate
from typing import NamedTuple

from framecast_contract.oracle.words import CONFLICT, OK, Answer, Rule

_STATES = "job-semantics.md 1.4"
_SCHEDULE = "job-semantics.md 8"
_SCHEMA = "job-schemas.md 7"
_OPERATION = "jobs-and-rendering.md 9"
_INVARIANTS = "job-semantics.md 13"

RULES = (
    Rule("DELIVERY-1", "A new delivery is pending, with no attempt made and five to make.", _STATES),
    Rule("DELIVERY-2", "An attempt answered 2xx delivers, whatever came before it.", _STATES),
    Rule("DELIVERY-3", "An attempt answered 3xx or 4xx fails the delivery at once.", _STATES),
    Rule(
        "DELIVERY-4",
        "An attempt answered 5xx, or not within 5 seconds, is repeated until five were made.",
        _SCHEDULE,
    ),
    Rule("DELIVERY-5", "Only a retrying delivery, or one about to be attempted, has a next time.", _SCHEMA),
    Rule("DELIVERY-6", "A failed delivery can be retried by hand, any other answers 409.", _STATES),
    Rule(
        "DELIVERY-7",
        "A retry by hand starts the count and the schedule over, with the same id and payload.",
        _OPERATION,
    ),
    Rule(
        "DELIVERY-8",
        "A delivery shows the status and the body that its last attempt got, or none.",
        _SCHEDULE,
    ),
    Rule("DELIVERY-9", "Of a receiver's body at most 10,240 characters are kept.", _SCHEDULE),
    Rule("DELIVERY-10", "A delivery never changes its message, and a delivered one nothing at all.", _STATES),
    Rule(
        "DELIVERY-11",
        "A test is attempted before it is answered, whatever events the webhook has.",
        _OPERATION,
    ),
    Rule(
        "DELIVERY-12",
        "Deliveries are listed newest first, those of one webhook, narrowed by filters.",
        _OPERATION,
    ),
    Rule("DELIVERY-13", "A delivery is kept for 30 days.", _SCHEDULE),
    Rule(
        "DELIVERY-14",
        "Every event of a team's job makes one delivery per webhook that wants it; progress may be left out.",
        "job-semantics.md 7",
    ),
    Rule(
        "DELIVERY-15",
        "Deleting a job leaves its deliveries, which then name no job.",
        "jobs-and-rendering.md 3",
    ),
    Rule("INV-WD1", "A delivery is pending, retrying, delivered or failed.", _INVARIANTS),
    Rule("INV-WD2", "A delivery's webhook exists: deliveries go with it.", _INVARIANTS),
    Rule("INV-WD3", "A delivery makes no more attempts than it may.", _INVARIANTS),
    Rule("INV-WD4", "A delivery has a time of delivery exactly when it is delivered.", _INVARIANTS),
    Rule(
        "D-17",
        "An attempt in the making shows as pending the first time, then as retrying.",
        "jobs-and-rendering.md 10",
    ),
    Rule(
        "D-23",
        "The five attempts come 1 minute, 5 minutes, 30 minutes and 2 hours after one another.",
        "jobs-and-rendering.md 10",
    ),
)

STATUSES = ("pending", "retrying", "delivered", "failed")
OPEN = ("pending", "retrying")
SCHEDULE = (60, 300, 1800, 7200)
"""Seconds from a failed attempt to the next one."""
ATTEMPT_TIMES = (0, *accumulate(SCHEDULE))
"""Seconds from the event to each attempt when every attempt fails at once."""
MAX_ATTEMPTS = len(SCHEDULE) + 1
ANSWER_SECONDS = 5


class Attempted(NamedTuple):
    """A delivery after an attempt; `delay` is the seconds to the next one, None when there is none."""

    status: str
    attempts: int
    delay: int | None


def delivery_after(status: str, attempts: int, outcome: int | None) -> Attempted:
    """The delivery after one more attempt (DELIVERY-2 to DELIVERY-4, D-23).

    `outcome` is the HTTP status of the answer, None for no answer within ANSWER_SECONDS and for a broken
    connection. Raises ValueError when no attempt can follow, and for a status no answer ends with.
    """
    if status not in OPEN or not 0 <= attempts < MAX_ATTEMPTS:
        raise ValueError(f"a delivery that is {status!r} after {attempts} attempts makes no further one")
    if outcome is not None and not 200 <= outcome <= 599:
        raise ValueError(f"outcome {outcome}, expected a status from 200 to 599, or None for no answer")
    made = attempts + 1
    if outcome is not None and outcome < 500:
        return Attempted("delivered" if outcome < 300 else "failed", made, None)
    if made == MAX_ATTEMPTS:
        return Attempted("failed", made, None)
    return Attempted("retrying", made, SCHEDULE[made - 1])


def retry_answer(status: str) -> Answer:
    """What `retry_webhook_delivery` answers an owner or admin; ValueError for no state of a delivery."""
    if status not in STATUSES:
        raise ValueError(f"{status!r} is no state of a delivery, expected one of {', '.join(STATUSES)}")
    return OK if status == "failed" else CONFLICT
