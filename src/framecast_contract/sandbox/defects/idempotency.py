"""Defects of idempotency keys."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner, parse_owner
from framecast_contract.sandbox.defects.planting import Defect, fix, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, conflict

_CREATION = "tests/lifecycle/test_job_creation.py"
_REPEATED = f"{_CREATION}::test_a_repeated_key_gives_the_same_job_and_costs_nothing"
_EXACT = f"{_CREATION}::test_a_key_belongs_to_one_user_and_is_compared_exactly"
_REFUSED = f"{_CREATION}::test_a_refused_creation_leaves_its_key_free"
_DELETED = f"{_CREATION}::test_deleting_a_job_frees_its_key"
_API_KEY = f"{_CREATION}::test_a_key_of_a_session_works_through_an_api_key_too"


def _ignored(sandbox: Sandbox) -> None:
    fix(sandbox.jobs.replayed, None)


def _global(sandbox: Sandbox) -> None:
    def anybodys(_caller: Caller, key: str | None) -> sqlite3.Row | None:
        return sandbox.database.one("SELECT * FROM jobs WHERE idempotency_key = ?", key)

    replace(sandbox.jobs.replayed, anybodys)


def _caseless(sandbox: Sandbox) -> None:
    def similar(caller: Caller, key: str | None) -> sqlite3.Row | None:
        sql = "SELECT * FROM jobs WHERE triggered_by = ? AND lower(idempotency_key) = lower(?)"
        return sandbox.database.one(sql, caller.id, key)

    replace(sandbox.jobs.replayed, similar)


def _trimmed(sandbox: Sandbox) -> None:
    def similar(caller: Caller, key: str | None) -> sqlite3.Row | None:
        sql = "SELECT * FROM jobs WHERE triggered_by = ? AND trim(idempotency_key) = trim(?)"
        return sandbox.database.one(sql, caller.id, key)

    replace(sandbox.jobs.replayed, similar)


def _per_credential(sandbox: Sandbox) -> None:
    replayed = sandbox.jobs.replayed
    replace(sandbox.jobs.replayed, lambda caller, key: None if caller.key else replayed(caller, key))


def _charged_again(sandbox: Sandbox) -> None:
    replayed = sandbox.jobs.replayed

    def costly(caller: Caller, key: str | None) -> sqlite3.Row | None:
        earlier = replayed(caller, key)
        owner = None if earlier is None else parse_owner(earlier["owner"])
        if earlier is not None and owner is not None:
            sandbox.credits.debit(owner, earlier["credits_charged"])
        return earlier

    replace(sandbox.jobs.replayed, costly)


def _taken_by_refusal(sandbox: Sandbox) -> None:
    admit, taken = sandbox.jobs.admit, set[tuple[str, str | None]]()

    def once(
        caller: Caller,
        owner: Owner,
        spec: dict[str, Any],
        options: dict[str, Any],
        key: str | None = None,
        **more: Any,
    ) -> sqlite3.Row:
        if (caller.id, key) in taken:
            raise conflict("this idempotency key was used before")
        try:
            return admit(caller, owner, spec, options, key, **more)
        except Refusal:
            taken.add((caller.id, key))
            raise

    replace(sandbox.jobs.admit, once)


def _outlives_job(sandbox: Sandbox) -> None:
    delete_job = sandbox.jobs.delete_job
    replayed = sandbox.jobs.replayed
    gone = dict[str, sqlite3.Row]()

    def remember(call: Call) -> Response:
        job = sandbox.jobs.visible(call.caller, call.path_uuid("job_id"))
        response = delete_job(call)
        gone[str(job["idempotency_key"])] = job
        return response

    replace(sandbox.jobs.delete_job, remember)
    replace(sandbox.jobs.replayed, lambda caller, key: replayed(caller, key) or gone.get(str(key)))


DEFECTS = (
    Defect(
        "key-ignored",
        "IDEM-1",
        "A repeated idempotency key makes another job.",
        _ignored,
        (_REPEATED,),
    ),
    Defect("key-global", "IDEM-3", "One user's key gives another user's job.", _global, (_EXACT,)),
    Defect("key-compared-without-case", "IDEM-4", "KEY and key count as one key.", _caseless, (_EXACT,)),
    Defect("key-trimmed", "IDEM-4", "Spaces around a key are dropped.", _trimmed, (_EXACT,)),
    Defect(
        "key-per-credential",
        "IDEM-2",
        "A key used in a session is unknown when the user's API key repeats it.",
        _per_credential,
        (_API_KEY,),
    ),
    Defect(
        "replay-charges", "IDEM-2", "A repeated creation takes the price again.", _charged_again, (_REPEATED,)
    ),
    Defect(
        "refusal-takes-key",
        "IDEM-6",
        "A creation that was refused uses its key up.",
        _taken_by_refusal,
        (_REFUSED,),
    ),
    Defect(
        "key-outlives-job",
        "IDEM-8",
        "The key of a deleted job still gives the deleted job.",
        _outlives_job,
        (_DELETED,),
    ),
)
