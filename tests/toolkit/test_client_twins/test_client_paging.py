"""Walking over a list page by page."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

import framecast_client as fc

from .pretending import JOB_ID, Script, drained, refused, settled


class Catalogue:
    """Lists at most `cap` jobs at once; `moved_by` newer ones come between two pages."""

    def __init__(self, job: dict[str, Any], count: int, cap: int = 100) -> None:
        self.job = job
        self.numbers = list(range(count))
        self.cap = cap
        self.asked: list[dict[str, str]] = []
        self.moved_by = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        asked = dict(request.url.params)
        self.asked.append(asked)
        if len(self.asked) > 1:
            newer = range(-self.moved_by, 0)
            self.numbers = [min(self.numbers, default=0) + number for number in newer] + self.numbers
        limit, offset = min(int(asked["limit"]), self.cap), int(asked["offset"])
        page = self.numbers[offset : offset + limit]
        return httpx.Response(200, json=[{**self.job, "id": str(identity(number))} for number in page])


def identity(number: int) -> UUID:
    return UUID(int=number + 2**100)


async def numbers(walk: Any) -> list[int]:
    return [job.id.int - 2**100 for job in await settled(walk)]


def pages(server: Catalogue) -> list[tuple[int, int]]:
    return [(int(asked["limit"]), int(asked["offset"])) for asked in server.asked]


@pytest.mark.parametrize(
    ("count", "asked"),
    [
        (0, [(100, 0)]),
        (1, [(100, 0), (100, 1)]),
        (99, [(100, 0), (100, 99)]),
        (100, [(100, 0), (100, 100)]),
        (250, [(100, 0), (100, 100), (100, 200)]),
    ],
)
async def test_every_element_is_given_once_and_in_order(
    opened: Any, job: dict[str, Any], count: int, asked: list[tuple[int, int]]
) -> None:
    server = Catalogue(job, count)
    client = opened(server)

    assert await numbers(client.paginate(client.list_jobs)) == list(range(count))
    assert pages(server) == asked


async def test_the_caller_chooses_the_size_of_a_page_and_where_to_begin(
    opened: Any, job: dict[str, Any]
) -> None:
    server = Catalogue(job, 8)
    client = opened(server)

    assert await numbers(client.paginate(client.list_jobs, limit=3, offset=2)) == [2, 3, 4, 5, 6, 7]
    assert pages(server) == [(3, 2), (3, 5), (3, 8)]


async def test_a_server_may_give_smaller_pages_than_asked_for(opened: Any, job: dict[str, Any]) -> None:
    server = Catalogue(job, 5, cap=2)
    client = opened(server)

    assert await numbers(client.paginate(client.list_jobs, limit=50)) == [0, 1, 2, 3, 4]
    assert pages(server) == [(50, 0), (50, 2), (50, 4)]


@pytest.mark.parametrize("moved_by", [1, 2])
async def test_a_list_that_never_stops_growing_is_given_once_and_ends(
    opened: Any, job: dict[str, Any], moved_by: int
) -> None:
    server = Catalogue(job, 20)
    server.moved_by = moved_by
    client = opened(server)

    assert await numbers(client.paginate(client.list_jobs, limit=5)) == list(range(20))


async def test_a_list_that_moves_by_a_whole_page_once_is_no_broken_server(
    opened: Any, job: dict[str, Any]
) -> None:
    one, two = ([{**job, "id": str(identity(number))}] for number in (1, 2))
    client = opened(Script(*(httpx.Response(200, json=page) for page in (one, one, two, []))))

    assert await numbers(client.paginate(client.list_jobs, limit=1)) == [1, 2]


async def test_a_server_that_knows_no_offset_is_not_asked_for_ever(opened: Any, job: dict[str, Any]) -> None:
    client = opened(lambda _: httpx.Response(200, json=[job]))
    told: list[Any] = []
    with pytest.raises(
        RuntimeError, match="the server gave the same page for offset 2 as for the one before"
    ):
        await drained(client.paginate(client.list_jobs), told)

    assert [str(one.id) for one in told] == [JOB_ID]


async def test_filters_go_with_every_page(opened: Any, job: dict[str, Any]) -> None:
    server = Catalogue(job, 3)
    client = opened(server)
    await settled(client.paginate(client.list_jobs, status="completed", project_id=UUID(JOB_ID), limit=2))

    filters = {"status": "completed", "project_id": JOB_ID, "limit": "2"}
    assert server.asked == [{**filters, "offset": str(offset)} for offset in (0, 2)]


async def test_arguments_by_place_go_with_every_page(opened: Any) -> None:
    script = Script(httpx.Response(200, json=[]))
    client = opened(script)
    await settled(client.paginate(client.list_webhook_deliveries, JOB_ID))

    assert script.sent[0].url.path == f"/v1/webhooks/{JOB_ID}/deliveries"


@pytest.mark.parametrize("name", ["get_job", "list_api_keys", "get_whoami"])
async def test_a_method_without_pages_is_refused(opened: Any, name: str) -> None:
    client = opened(Script())
    with pytest.raises(TypeError, match=f"{name} has no limit and offset, so there are no pages"):
        await settled(client.paginate(getattr(client, name)))


@pytest.mark.parametrize("options", [{"limit": 0}, {"limit": -1}, {"offset": -1}])
async def test_a_page_without_elements_is_refused(opened: Any, options: dict[str, int]) -> None:
    client = opened(Script())
    with pytest.raises(ValueError, match="expected limit > 0 and offset >= 0"):
        await settled(client.paginate(client.list_jobs, **options))


async def test_a_copy_walks_with_its_own_settings(opened: Any, job: dict[str, Any]) -> None:
    server = Catalogue(job, 1)
    teams: list[str] = []

    def recorded(request: httpx.Request) -> httpx.Response:
        teams.append(request.headers["x-team"])
        return server(request)

    client = opened(recorded).with_options(headers={"x-team": "a"})

    assert await numbers(client.paginate(client.list_jobs)) == [0]
    assert teams == ["a", "a"]


async def test_a_refusal_on_the_way_keeps_what_was_given(opened: Any, job: dict[str, Any]) -> None:
    client = opened(Script(httpx.Response(200, json=[job]), refused(401, "INVALID_TOKEN")))
    told: list[Any] = []
    with pytest.raises(fc.InvalidTokenError):
        await drained(client.paginate(client.list_jobs), told)

    assert [str(one.id) for one in told] == [JOB_ID]


async def test_no_page_is_asked_for_before_it_is_needed(opened: Any, job: dict[str, Any]) -> None:
    server = Catalogue(job, 10)
    client = opened(server)
    walk = client.paginate(client.list_jobs, limit=2)
    for _ in range(2):
        await anext(walk) if hasattr(walk, "__anext__") else next(walk)

    assert pages(server) == [(2, 0)]
