"""Idempotency keys: when a creation is a repeat of an earlier one, and what the repeat may not do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from framecast_contract.oracle.spec_equality import same_spec
from framecast_contract.oracle.words import INVALID, OK, Answer, Broken, Json, Rule

_SOURCE = "job-semantics.md 5"

RULES = (
    Rule("IDEM-1", "A user who repeats a key gets 200 and the job the key made, as it is now.", _SOURCE),
    Rule("IDEM-2", "A repeat costs nothing, takes no slot, adds no event and changes no job.", _SOURCE),
    Rule(
        "IDEM-3",
        "Keys are each user's own, across owners and credentials; two users may share a key.",
        _SOURCE,
    ),
    Rule("IDEM-4", "Keys are compared exactly, character by character.", _SOURCE),
    Rule("IDEM-5", "A key has 1 to 255 characters.", _SOURCE),
    Rule("IDEM-6", "A refused creation leaves its key free.", _SOURCE),
    Rule(
        "IDEM-7", "Parallel creations with one key make one job: one 201, the rest 200 with its id.", _SOURCE
    ),
    Rule("IDEM-8", "Deleting a job frees its key.", "jobs-and-rendering.md 3"),
    Rule("IDEM-9", "Only creations carry a key; a clone has none.", _SOURCE),
    Rule(
        "D-5",
        "A repeat is not compared with the first request: whatever it asks for, it gets the stored job.",
        "jobs-and-rendering.md 10",
    ),
)

LONGEST_KEY = 255


def key_answer(key: Any) -> Answer | None:
    """The refusal a key earns by its form, None when it is usable or left out (IDEM-5, in code points)."""
    if key is None or (isinstance(key, str) and 1 <= len(key) <= LONGEST_KEY and "\0" not in key):
        return None
    return INVALID


def stored_job(jobs: Iterable[Json], user: str, key: str | None) -> Json | None:
    """The job, among all not deleted, that a creation by `user` with `key` repeats (IDEM-1, 3, 4)."""
    if key is None:
        return None
    mine = (job for job in jobs if job["triggered_by"] == user and job["idempotency_key"] == key)
    return next(mine, None)


def expected_answer(jobs: Iterable[Json], user: str, key: str | None) -> Answer | None:
    """200 for a repeat, None when the creation is a new one and the other rules decide."""
    return OK if stored_job(jobs, user, key) is not None else None


def broken_replay_rules(stored: Json, status: int, answered: Json) -> list[Broken]:
    """IDEM-1 and IDEM-2 for the answer to a repeat, `stored` being the job as read just before it."""
    if status != 200:
        return [Broken("IDEM-1", f"a repeated key was answered {status}, expected 200")]
    if answered.get("id") != stored.get("id"):
        return [
            Broken("IDEM-1", f"a repeated key gave job {answered.get('id')}, expected {stored.get('id')}")
        ]
    judged = (
        "status",
        "credits_charged",
        "credits_refunded",
        "spec_snapshot",
        "options",
        "owner",
        "updated_at",
    )
    changed = [name for name in judged if answered.get(name) != stored.get(name)]
    if same_spec(stored.get("spec_snapshot"), answered.get("spec_snapshot")):
        changed = [name for name in changed if name != "spec_snapshot"]
    return [
        Broken("IDEM-2", f"{name} was {stored.get(name)!r}, is {answered.get(name)!r}") for name in changed
    ]


def broken_parallel_rules(answers: Sequence[tuple[int, str | None]]) -> list[Broken]:
    """IDEM-7 for (status, job id) of parallel creations by one user with one new key and a valid spec."""
    statuses, ids = Counter(status for status, _ in answers), {job_id for _, job_id in answers}
    if statuses == Counter({201: 1, 200: len(answers) - 1}) - Counter() and len(ids) == 1:
        return []
    return [
        Broken(
            "IDEM-7", f"statuses {dict(statuses)} and {len(ids)} job ids, expected one 201, 200s and one id"
        )
    ]
