"""Defects of idempotency keys."""

import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner, parse_owner, personal_urn
from framecast_contract.sandbox.defects.planting import Defect, asking, fix, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, conflict, invalid

_CREATION = "tests/lifecycle/test_job_creation.py"
_REPEATED = f"{_CREATION}::test_a_repeated_key_gives_the_same_job_and_costs_nothing"
_EXACT = f"{_CREATION}::test_a_key_belongs_to_one_user_and_is_compared_exactly"
_REFUSED = f"{_CREATION}::test_a_refused_creation_leaves_its_key_free"
_DELETED = f"{_CREATION}::test_deleting_a_job_frees_its_key"
_LENGTH = f"{_CREATION}::test_a_key_has_1_to_255_characters"
_STORED = f"{_CREATION}::test_a_repeat_gets_the_stored_job_whatever_it_asks_for"
_ORDER = (
    "tests/lifecycle/test_creation_order.py::test_a_creation_is_answered_for_the_first_thing_that_is_wrong"
)
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


def _cut(sandbox: Sandbox) -> None:
    create_job = sandbox.jobs.create_job

    def cut(call: Call) -> Response:
        key = call.body().get("idempotency_key")
        return create_job(asking(call, idempotency_key=key[:255]) if isinstance(key, str) else call)

    replace(sandbox.jobs.create_job, cut)


def _counted_in_bytes(sandbox: Sandbox) -> None:
    replayed = sandbox.jobs.replayed

    def strict(caller: Caller, key: str | None) -> sqlite3.Row | None:
        if key is not None and len(key.encode()) > 255:
            raise invalid("idempotency_key must have 1 to 255 bytes")
        return replayed(caller, key)

    replace(sandbox.jobs.replayed, strict)


def _empty_is_none(sandbox: Sandbox) -> None:
    create_job = sandbox.jobs.create_job

    def lax(call: Call) -> Response:
        return create_job(call if call.body().get("idempotency_key") else asking(call, idempotency_key=None))

    replace(sandbox.jobs.create_job, lax)


def _compared(sandbox: Sandbox) -> None:
    create_job = sandbox.jobs.create_job

    def suspicious(call: Call) -> Response:
        body = call.body()
        earlier = sandbox.jobs.replayed(call.caller, body.get("idempotency_key"))
        if earlier is not None and sandbox.jobs.view(earlier)["spec_snapshot"] != body.get("spec"):
            raise conflict("this idempotency key was used for another storyboard")
        return create_job(call)

    replace(sandbox.jobs.create_job, suspicious)


def _storyboard_first(sandbox: Sandbox) -> None:
    create_job = sandbox.jobs.create_job

    def hasty(call: Call) -> Response:
        sandbox.storyboards.require_valid(call.caller, call.body()["spec"])
        return create_job(call)

    replace(sandbox.jobs.create_job, hasty)


def _means_first(sandbox: Sandbox) -> None:
    require_valid = sandbox.storyboards.require_valid

    def frugal(caller: Caller, spec: dict[str, Any]) -> None:
        owner = parse_owner(personal_urn(caller.id))
        assert owner is not None
        sandbox.credits.require(owner, 1)
        require_valid(caller, spec)

    replace(sandbox.storyboards.require_valid, frugal)


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
        "long-key-cut",
        "IDEM-5",
        "A key that is too long is cut instead of refused.",
        _cut,
        (f"{_LENGTH}[256]",),
    ),
    Defect(
        "key-counted-in-bytes",
        "IDEM-5",
        "The length of a key is counted in bytes.",
        _counted_in_bytes,
        (f"{_LENGTH}[255 beyond the BMP]",),
    ),
    Defect(
        "empty-key-ignored",
        "IDEM-5",
        "An empty key counts as none.",
        _empty_is_none,
        (f"{_LENGTH}[empty]",),
    ),
    Defect(
        "repeat-compared",
        "D-5",
        "A key repeated with another storyboard is answered 409.",
        _compared,
        (f"{_STORED}[another storyboard]", f"{_STORED}[a broken storyboard]"),
    ),
    Defect(
        "storyboard-judged-first",
        "WORLD-2",
        "A creation is judged by its storyboard before its owner and its key.",
        _storyboard_first,
        (
            f"{_ORDER}[somebody else-a new key-broken]",
            f"{_ORDER}[nobody named-a used key-broken]",
            f"{_STORED}[a broken storyboard]",
        ),
    ),
    Defect(
        "means-judged-first",
        "WORLD-2",
        "Who cannot pay learns nothing of what is wrong with the storyboard.",
        _means_first,
        (f"{_ORDER}[nobody named-no key-broken]",),
    ),
    Defect(
        "key-outlives-job",
        "IDEM-8",
        "The key of a deleted job still gives the deleted job.",
        _outlives_job,
        (_DELETED,),
    ),
)
