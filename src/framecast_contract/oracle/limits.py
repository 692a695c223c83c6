"""Limits: render slots, pages of a list, the request rate and the size of a body."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeVar

from framecast_contract.oracle.job_life import ACTIVE
from framecast_contract.oracle.words import CONFLICT, INVALID, Answer, Broken, Json, Rule

_SLOTS = "job-semantics.md 5"
_LISTS = "conventions.md 6"
_RATES = "job-semantics.md 9"

OTHER_LIMITS = frozenset({"create_invitation", "send_message"})
"""Operations that may answer 429 for another reason than the rate of requests: a day's mail, the model."""

RULES = (
    Rule(
        "SLOT-1", "Queued and processing jobs hold a slot of their owner; a finished job holds none.", _SLOTS
    ),
    Rule("SLOT-2", "A creator has 5 slots under the personal owner.", _SLOTS),
    Rule("SLOT-3", "A membership owner has 5 slots, counted apart from the team's.", _SLOTS),
    Rule("SLOT-4", "A job that ends frees its slot at once.", _SLOTS),
    Rule(
        "SLOT-5",
        "Of n parallel creations at k free slots exactly the smaller number succeeds, the rest get 409.",
        _SLOTS,
    ),
    Rule("CARD-5", "A team owner has at most 5 active jobs, whoever triggered them.", "job-semantics.md 13"),
    Rule("CARD-6", "A starter has at most 1 active job.", "job-semantics.md 13"),
    Rule(
        "D-4",
        "A creation without a free slot is answered 409 at once; nothing waits for a slot.",
        "jobs-and-rendering.md 10",
    ),
    Rule("LIST-1", "A list is a bare JSON array.", _LISTS),
    Rule(
        "LIST-2",
        "A page holds limit elements from offset on, 50 from the start unless asked otherwise.",
        _LISTS,
    ),
    Rule("LIST-3", "A limit outside 1 to 100 is pulled to the nearer end, a negative offset to 0.", _LISTS),
    Rule(
        "LIST-4",
        "A limit or offset that is no 64-bit integer, is empty or is repeated is answered 400.",
        _LISTS,
    ),
    Rule("LIST-5", "A page past the end is an empty array.", _LISTS),
    Rule(
        "LIST-6",
        "Pages of an unchanged list do not overlap and leave nothing out.",
        "jobs-and-rendering.md 3",
    ),
    Rule("LIST-7", "Jobs and API keys are listed newest first.", _LISTS),
    Rule("LIST-8", "Every listed job equals what a read of its id gives.", "jobs-and-rendering.md 3"),
    Rule("LIST-9", "Filters of a list combine: an element must fit every one.", "jobs-and-rendering.md 3"),
    Rule(
        "RATE-1",
        "Every answer under /v1 names the budget, what is left of it, and when it is renewed.",
        _RATES,
    ),
    Rule("RATE-2", "The budget is 60 requests a minute for a starter, 300 for a creator.", _RATES),
    Rule("RATE-3", "Every request takes one from what is left, within a window.", _RATES),
    Rule("RATE-4", "The window ends in the future, at most 60 seconds away.", _RATES),
    Rule("RATE-5", "A 429 says the same seconds to wait in both headers and in the body.", _RATES),
    Rule("RATE-6", "Sessions and keys of one user share one budget; other users have their own.", _RATES),
    Rule("LIMIT-1", "A body of more than 5 MiB is answered 400.", "conventions.md 14"),
)

BODY_BYTES = 5 * 1024 * 1024
REQUESTS_PER_MINUTE = {"starter": 60, "creator": 300}
WINDOW_SECONDS = 60
DEFAULT_LIMIT, LARGEST_LIMIT = 50, 100

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_Item = TypeVar("_Item")


def slot_limit(owner: str, tier: str) -> int:
    """How many jobs of `owner`, a canonical URN, may be active while its user has `tier`."""
    return 1 if tier == "starter" and owner.startswith("framecast:user:") else 5


def slot_rule(owner: str, tier: str) -> str:
    """The id of the rule that limits `owner`."""
    if owner.startswith("framecast:team:"):
        return "CARD-5"
    if not owner.startswith("framecast:user:"):
        return "SLOT-3"
    return "CARD-6" if tier == "starter" else "SLOT-2"


def active_jobs(jobs: Iterable[Json], owner: str) -> int:
    """How many slots of `owner` are taken (SLOT-1)."""
    return sum(1 for job in jobs if job["owner"] == owner and job["status"] in ACTIVE)


def slot_answer(jobs: Iterable[Json], owner: str, tier: str) -> Answer | None:
    """409 when every slot of `owner` is taken, None when there is a free one."""
    return CONFLICT if active_jobs(jobs, owner) >= slot_limit(owner, tier) else None


def broken_slot_rules(jobs: Iterable[Json], owner: str, tier: str) -> list[Broken]:
    """Judge all jobs of `owner` as read at one moment."""
    active, limit = active_jobs(jobs, owner), slot_limit(owner, tier)
    if active <= limit:
        return []
    return [Broken(slot_rule(owner, tier), f"{owner} ({tier}) has {active} active jobs, allowed are {limit}")]


def broken_parallel_creations(statuses: Sequence[int], free: int) -> list[Broken]:
    """SLOT-5 for the statuses of parallel creations that nothing but the `free` slots could refuse."""
    expected = sorted([201] * min(free, len(statuses)) + [409] * max(len(statuses) - free, 0))
    if sorted(statuses) == expected:
        return []
    return [Broken("SLOT-5", f"{len(statuses)} creations at {free} free slots gave {sorted(statuses)}")]


def clamped_page(limit: int = DEFAULT_LIMIT, offset: int = 0) -> tuple[int, int]:
    """The limit and offset a list works with (LIST-3)."""
    return min(max(limit, 1), LARGEST_LIMIT), max(offset, 0)


def page(items: Sequence[_Item], limit: int = DEFAULT_LIMIT, offset: int = 0) -> list[_Item]:
    """The elements of `items` on the page that was asked for (LIST-2, LIST-3, LIST-5)."""
    size, start = clamped_page(limit, offset)
    return list(items[start : start + size])


def page_number_answer(values: Sequence[str]) -> Answer | None:
    """What the texts sent for `limit` or for `offset` earn: None when usable, else 400 (LIST-4)."""
    if not values:
        return None
    if len(values) > 1 or not _INTEGER.fullmatch(values[0]):
        return INVALID
    # 19 digits hold every 64-bit number; longer ones are never read, so that no text is too long to judge.
    digits = values[0].lstrip("+-").lstrip("0")
    return None if len(digits) <= 19 and -(2**63) <= int(values[0]) < 2**63 else INVALID


def broken_pages(whole: Sequence[_Item], pages: Sequence[Sequence[_Item]], limit: int) -> list[Broken]:
    """LIST-6: `pages` are the answers at offset 0, limit, 2 x limit … of a list that did not change."""
    size = clamped_page(limit)[0]
    expected = [list(whole[start : start + size]) for start in range(0, len(pages) * size, size)]
    if [list(seen) for seen in pages] == expected:
        return []
    return [
        Broken("LIST-6", f"pages of {size} over {len(whole)} elements held {[len(seen) for seen in pages]}")
    ]


def broken_rate_rules(
    headers: Mapping[str, str],
    status: int,
    body: Any,
    *,
    now: int,
    tier: str | None,
    other_limits: bool = False,
) -> list[Broken]:
    """Judge the rate headers (names in lower case) of one /v1 answer; `now` in Unix seconds.

    `tier` is None for a caller whose budget is not fixed: nobody, or refused credentials. `other_limits` says
    that the operation has a limit besides the rate of requests, whose 429 need not say how long to wait.
    """
    names = ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset")
    numbers = [_number(headers.get(name)) for name in names]
    if None in numbers:
        return [
            Broken(
                "RATE-1", f"{dict(zip(names, map(headers.get, names), strict=True))}, expected integers >= 0"
            )
        ]
    limit, remaining, reset = (number or 0 for number in numbers)
    broken = []
    if tier is not None and limit != REQUESTS_PER_MINUTE[tier]:
        broken.append(
            Broken("RATE-2", f"a {tier} has a budget of {limit}, expected {REQUESTS_PER_MINUTE[tier]}")
        )
    if remaining >= limit:
        broken.append(Broken("RATE-3", f"{remaining} of {limit} left after a request"))
    # Seconds are whole: an answer given within the last second of a window may name the second just begun.
    if not now <= reset <= now + WINDOW_SECONDS:
        broken.append(Broken("RATE-4", f"the window ends {reset - now} s from now, expected 0 to 60"))
    return broken + (
        _broken_wait(headers, body, needed=not other_limits) if status == 429 else _needless_wait(headers)
    )


def _number(text: str | None) -> int | None:
    return int(text) if text is not None and re.fullmatch(r"[0-9]{1,18}", text) else None


def _broken_wait(headers: Mapping[str, str], body: Any, *, needed: bool) -> list[Broken]:
    error = body.get("error") if isinstance(body, dict) else None
    said = error.get("retryAfter") if isinstance(error, dict) else None
    waits = (_number(headers.get("retry-after")), _number(headers.get("x-ratelimit-retryafter")), said)
    if len(set(waits)) == 1 and (waits[0] is not None or not needed):
        return []
    return [
        Broken(
            "RATE-5", f"Retry-After, X-RateLimit-RetryAfter and retryAfter say {waits}, expected one number"
        )
    ]


def _needless_wait(headers: Mapping[str, str]) -> list[Broken]:
    extra = [name for name in ("retry-after", "x-ratelimit-retryafter") if name in headers]
    return [Broken("RATE-5", f"{', '.join(extra)} on an answer that is no 429")] if extra else []


def broken_rate_steps(answers: Sequence[tuple[int, int]]) -> list[Broken]:
    """RATE-3 over (reset, remaining) of one user's answers, in counting order, none left out."""
    for (window, before), (next_window, after) in pairwise(answers):
        if window == next_window and after != max(before - 1, 0):
            return [Broken("RATE-3", f"remaining went from {before} to {after} within one window")]
    return []


def body_answer(size: int) -> Answer | None:
    """400 for a body of `size` bytes over the limit, else None (LIMIT-1); a proxy may say 413 first."""
    return INVALID if size > BODY_BYTES else None
