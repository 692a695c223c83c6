"""Defects of error answers and of the headers around every answer."""

import sqlite3
from collections.abc import Callable

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, alter_awaited, fix, replace, with_body
from framecast_contract.sandbox.http import MAX_BODY_BYTES, TOO_LARGE, Call, Caller, Refusal
from framecast_contract.sandbox.operations import Operation

_SERVICE = "tests/lifecycle/test_service.py"
_ALIKE = "tests/lifecycle/test_errors.py::test_every_refusal_is_told_alike"
_STATES = "tests/lifecycle/test_job_states.py::test_a_request_does_what_the_state_allows"
_LARGE = f"{_SERVICE}::test_a_body_has_at_most_5_mib"
_UPDATED = "tests/lifecycle/test_accounts.py::test_an_update_changes_what_it_names"


def _states_refused_as(refusal: Callable[[sqlite3.Row], Exception]) -> Callable[[Sandbox], None]:
    """A defect that refuses in another way what the state of a job forbids."""

    def plant(sandbox: Sandbox) -> None:
        require = sandbox.lifecycle.require

        def refuse(job: sqlite3.Row, *states: str) -> None:
            try:
                require(job, *states)
            except Refusal:
                raise refusal(job) from None

        replace(sandbox.lifecycle.require, refuse)

    return plant


def _deletion_unprocessable(sandbox: Sandbox) -> None:
    check = sandbox.jobs.check_deletable

    def refuse(job: sqlite3.Row) -> None:
        try:
            check(job)
        except Refusal as refused:
            raise Refusal(422, refused.code, refused.message) from None

    replace(sandbox.jobs.check_deletable, refuse)


def _error_extra_member(sandbox: Sandbox) -> None:
    def extended(response: Response) -> Response:
        if response.status_code < 400:
            return response
        return with_body(response, lambda body: body | {"status": response.status_code})

    alter_awaited(sandbox.answer, extended)


def _no_rate_headers(sandbox: Sandbox) -> None:
    fix(sandbox.rate_limits.count, ({}, None))


def _wait_header(sandbox: Sandbox) -> None:
    alter(sandbox.rate_limits.count, lambda counted: ({**counted[0], "Retry-After": "1"}, counted[1]))


def _budget_unmoved(sandbox: Sandbox) -> None:
    alter(
        sandbox.rate_limits.count,
        lambda counted: (
            {**counted[0], "X-RateLimit-Remaining": counted[0]["X-RateLimit-Limit"]},
            counted[1],
        ),
    )


def _json_as_html(sandbox: Sandbox) -> None:
    def mislabeled(response: Response) -> Response:
        if response.headers.get("content-type") == "application/json" and response.status_code >= 400:
            response.headers["content-type"] = "text/html"
        return response

    alter_awaited(sandbox.answer, mislabeled)


def _any_content_type(sandbox: Sandbox) -> None:
    answer = sandbox.answer

    async def lax(operation: Operation, call: Call) -> Response:
        others = [header for header in call.scope["headers"] if header[0] != b"content-type"]
        scope = {**call.scope, "headers": [*others, (b"content-type", b"application/json")]}
        return await answer(operation, Call(scope, call.params, call.raw_body))

    replace(sandbox.answer, lax)


def _budget_per_credential(sandbox: Sandbox) -> None:
    count = sandbox.rate_limits.count

    def apart(caller: Caller | None, address: str) -> tuple[dict[str, str], Refusal | None]:
        key = None if caller is None else caller.key
        return count(caller, address) if key is None else count(None, str(key["id"]))

    replace(sandbox.rate_limits.count, apart)


def _refused_update_noted(sandbox: Sandbox) -> None:
    answer = sandbox.answer

    async def note(operation: Operation, call: Call) -> Response:
        response = await answer(operation, call)
        if operation.operation_id == "update_account" and response.status_code == 400:
            sandbox.accounts.change(call.caller.id, {})
        return response

    replace(sandbox.answer, note)


def _one_budget_for_all(sandbox: Sandbox) -> None:
    fix(sandbox.rate_limits.budget, sandbox.settings.rate_limits.starter)


def _long_window(sandbox: Sandbox) -> None:
    def longer(counted: tuple[dict[str, str], Refusal | None]) -> tuple[dict[str, str], Refusal | None]:
        reset = int(counted[0]["X-RateLimit-Reset"]) + 3600
        return {**counted[0], "X-RateLimit-Reset": str(reset)}, counted[1]

    alter(sandbox.rate_limits.count, longer)


def _large_body_read_as(read: object, size: int) -> Callable[[Sandbox], None]:
    """A defect that reads something else in the place of bodies of `size` bytes and more."""

    def plant(sandbox: Sandbox) -> None:
        answer = sandbox.answer

        async def misread(operation: Operation, call: Call) -> Response:
            body = call.raw_body
            large = len(body) >= size if isinstance(body, bytes) else True
            return await answer(operation, Call(call.scope, call.params, read if large else body))

        replace(sandbox.answer, misread)

    return plant


DEFECTS = (
    Defect(
        "wrong-state-crashes",
        "ERROR-4",
        "A request that does not fit the state of a job crashes the server.",
        _states_refused_as(lambda job: RuntimeError(f"job {job['id']} is {job['status']}")),
        (f"{_STATES}[cancel_job-completed]",),
    ),
    Defect(
        "code-of-another-status",
        "ERROR-2",
        "A 409 carries the code VALIDATION_ERROR.",
        _states_refused_as(lambda job: Refusal(409, "VALIDATION_ERROR", f"job is {job['status']}")),
        (f"{_STATES}[cancel_job-completed]", f"{_ALIKE}[CONFLICT]"),
    ),
    Defect(
        "message-shows-sql",
        "ERROR-5",
        "An error message shows the SQL behind it.",
        _states_refused_as(lambda _: Refusal(409, "CONFLICT", "no row: SELECT * FROM jobs WHERE status = 1")),
        (f"{_STATES}[cancel_job-completed]", f"{_ALIKE}[CONFLICT]"),
    ),
    Defect(
        "wait-without-rate-limit",
        "ERROR-3",
        "A conflict tells the client how long to wait.",
        _states_refused_as(lambda _: Refusal(409, "CONFLICT", "not now", retryAfter=5)),
        (f"{_STATES}[cancel_job-completed]", f"{_ALIKE}[CONFLICT]"),
    ),
    Defect(
        "wrong-input-unprocessable",
        "ERROR-6",
        "A deletion that is not allowed is answered 422 instead of 400.",
        _deletion_unprocessable,
        (f"{_STATES}[delete_job-queued]",),
    ),
    Defect(
        "error-with-extra-member",
        "ERROR-1",
        "Error bodies have a member beside error.",
        _error_extra_member,
        (f"{_STATES}[cancel_job-completed]", f"{_ALIKE}[CONFLICT]"),
    ),
    Defect(
        "error-labeled-html",
        "JOB-6",
        "Errors are JSON with the content type of a web page.",
        _json_as_html,
        (f"{_STATES}[cancel_job-completed]",),
    ),
    Defect(
        "rate-headers-missing",
        "RATE-1",
        "Answers say nothing about the request budget.",
        _no_rate_headers,
        (f"{_STATES}[cancel_job-queued]",),
    ),
    Defect(
        "rate-budget-unmoved",
        "RATE-3",
        "Requests take nothing from the budget that answers tell of.",
        _budget_unmoved,
        (f"{_STATES}[cancel_job-queued]",),
    ),
    Defect(
        "wait-header-everywhere",
        "RATE-5",
        "Every answer asks the client to wait.",
        _wait_header,
        (f"{_STATES}[cancel_job-queued]",),
    ),
    Defect(
        "content-type-ignored",
        "ERROR-6",
        "A body of any content type is read as JSON.",
        _any_content_type,
        (f"{_SERVICE}::test_another_content_type_is_bad_input[text/plain]",),
    ),
    Defect(
        "key-has-own-budget",
        "RATE-6",
        "Requests by key are not counted against their user's budget.",
        _budget_per_credential,
        (f"{_SERVICE}::test_every_request_takes_one_from_a_budget_that_sessions_and_keys_share",),
    ),
    Defect(
        "refused-update-noted",
        "ERROR-7",
        "A refused update of an account moves its update time.",
        _refused_update_noted,
        (f"{_UPDATED}[good name, bad avatar]", f"{_UPDATED}[an array]"),
    ),
    Defect(
        "creator-has-budget-of-starter",
        "RATE-2",
        "Creators have no more requests a minute than starters.",
        _one_budget_for_all,
        (f"{_SERVICE}::test_a_spent_budget_is_told_and_renewed[creator]",),
    ),
    Defect(
        "budget-renewed-in-an-hour",
        "RATE-4",
        "Answers say that the budget is renewed an hour late.",
        _long_window,
        (f"{_SERVICE}::test_every_request_takes_one_from_a_budget_that_sessions_and_keys_share",),
    ),
    Defect(
        "body-of-5-mib-refused",
        "LIMIT-1",
        "A body of exactly 5 MiB is refused.",
        _large_body_read_as(TOO_LARGE, MAX_BODY_BYTES),
        (f"{_LARGE}[5242880]",),
    ),
    Defect(
        "large-body-crashes",
        "LIMIT-1",
        "A body of more than 5 MiB crashes the server.",
        _large_body_read_as(None, MAX_BODY_BYTES + 1),
        (f"{_LARGE}[5242881]",),
    ),
)
