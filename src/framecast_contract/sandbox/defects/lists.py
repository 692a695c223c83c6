"""Defects of the list of jobs: its order, its pages, its filters, who sees what on it."""

import copy
import json
import sqlite3
from collections.abc import Sequence
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, replace, with_body
from framecast_contract.sandbox.http import MAX_PAGE, Call, Refusal, not_found

_LISTS = "tests/lifecycle/test_lists.py"
_ORDER = f"{_LISTS}::test_jobs_are_listed_newest_first_as_they_are_read"
_EMPTY = f"{_LISTS}::test_a_list_without_jobs_is_an_empty_array"
_LARGE = f"{_LISTS}::test_a_page_holds_50_unless_asked_otherwise_and_100_at_most"


def _asking(call: Call, **parameters: object) -> Call:
    """The same request with other query parameters; None leaves one out."""
    query = dict(parse_qsl(call.scope["query_string"].decode()))
    query |= {name: str(value) for name, value in parameters.items()}
    kept = {name: value for name, value in query.items() if parameters.get(name, value) is not None}
    asking = copy.copy(call)
    asking.scope = {**call.scope, "query_string": urlencode(kept).encode()}
    return asking


def _overlap(sandbox: Sandbox) -> None:
    list_jobs = sandbox.jobs.list_jobs

    def overlapping(call: Call) -> Response:
        _, offset = call.query().page()
        return list_jobs(_asking(call, offset=offset - 1))

    replace(sandbox.jobs.list_jobs, overlapping)


def _limit_unclamped(sandbox: Sandbox) -> None:
    list_jobs = sandbox.jobs.list_jobs

    def endless(call: Call) -> Response:
        limit, offset = call.query().page()
        asked = call.query().text("limit")
        if asked is None or int(asked) <= MAX_PAGE:
            return list_jobs(call)
        pages = [list_jobs(_asking(call, limit=limit, offset=offset + more)) for more in (0, limit)]
        return JSONResponse([job for page in pages for job in json.loads(bytes(page.body))])

    replace(sandbox.jobs.list_jobs, endless)


def _small_default(sandbox: Sandbox) -> None:
    list_jobs = sandbox.jobs.list_jobs

    def small(call: Call) -> Response:
        return list_jobs(call if call.query().many("limit") else _asking(call, limit=20))

    replace(sandbox.jobs.list_jobs, small)


def _bad_numbers_ignored(sandbox: Sandbox) -> None:
    list_jobs = sandbox.jobs.list_jobs

    def lax(call: Call) -> Response:
        try:
            return list_jobs(call)
        except Refusal:
            return list_jobs(_asking(call, limit=None, offset=None))

    replace(sandbox.jobs.list_jobs, lax)


def _listed_as(sandbox: Sandbox, change: Any) -> None:
    alter(sandbox.jobs.list_jobs, lambda response: with_body(response, change))


def _empty_is_missing(sandbox: Sandbox) -> None:
    def refused(response: Response) -> Response:
        if bytes(response.body) == b"[]":
            raise not_found("page")
        return response

    alter(sandbox.jobs.list_jobs, refused)


def _status_ignored(sandbox: Sandbox) -> None:
    list_jobs = sandbox.jobs.list_jobs
    replace(sandbox.jobs.list_jobs, lambda call: list_jobs(_asking(call, status=None)))


def _inclusive_bounds(sandbox: Sandbox) -> None:
    every = sandbox.database.all

    def inclusive(sql: str, values: Sequence[Any] = ()) -> list[sqlite3.Row]:
        return every(sql.replace("created_at < ?", "created_at <= ?"), values)

    replace(sandbox.database.all, inclusive)


def _everybody_listed(sandbox: Sandbox) -> None:
    def everybody(_caller: object) -> list[str]:
        return [f"framecast:user:{row['id']}" for row in sandbox.database.all("SELECT id FROM users")]

    replace(sandbox.access.visible_owners, everybody)


DEFECTS = (
    Defect(
        "jobs-oldest-first",
        "LIST-7",
        "Jobs are listed oldest first.",
        lambda sandbox: _listed_as(sandbox, lambda jobs: jobs[::-1]),
        (_ORDER,),
    ),
    Defect(
        "listed-job-differs",
        "LIST-8",
        "Listed jobs have other options than the jobs themselves.",
        lambda sandbox: _listed_as(sandbox, lambda jobs: [job | {"options": {"a": 1}} for job in jobs]),
        (_ORDER,),
    ),
    Defect(
        "list-wrapped",
        "LIST-1",
        "The list of jobs comes inside an object.",
        lambda sandbox: _listed_as(sandbox, lambda jobs: {"jobs": jobs}),
        (_EMPTY,),
    ),
    Defect(
        "empty-page-missing",
        "LIST-5",
        "An empty page is answered 404.",
        _empty_is_missing,
        (_EMPTY,),
    ),
    Defect(
        "pages-overlap",
        "LIST-6",
        "A page begins with the last job of the page before.",
        _overlap,
        (f"{_LISTS}::test_pages_make_up_the_list[3]",),
    ),
    Defect(
        "limit-unclamped",
        "LIST-3",
        "A page may have more than 100 jobs.",
        _limit_unclamped,
        (_LARGE,),
    ),
    Defect("page-of-20", "LIST-2", "A page holds 20 jobs unless asked otherwise.", _small_default, (_LARGE,)),
    Defect(
        "bad-page-numbers-ignored",
        "LIST-4",
        "A limit that is no number counts as none.",
        _bad_numbers_ignored,
        (f"{_LISTS}::test_a_page_is_asked_for_in_whole_numbers[x-limit]",),
    ),
    Defect(
        "status-filter-ignored",
        "LIST-9",
        "The list does not heed its status filter.",
        _status_ignored,
        (f"{_LISTS}::test_a_status_filter_keeps_jobs_of_that_status[failed]",),
    ),
    Defect(
        "creation-bound-inclusive",
        "LIST-9",
        "Jobs created at the very moment of created_before are listed.",
        _inclusive_bounds,
        (f"{_LISTS}::test_moments_of_creation_bound_the_list_exclusively",),
    ),
    Defect(
        "foreign-jobs-listed",
        "ACCESS-6",
        "Everybody's jobs are on everybody's list.",
        _everybody_listed,
        (f"{_LISTS}::test_nobody_sees_the_jobs_of_somebody_else",),
    ),
)
