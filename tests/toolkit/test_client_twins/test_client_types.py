"""What a type checker knows of the clients, as their users would see it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

import framecast_client

PROGRAM = """
from framecast_client import (
    FramecastClient, NO_RETRIES, SyncFramecastClient, models, operations, unwrap_webhook
)


async def use(client: FramecastClient) -> None:
    reveal_type(await client.get_job("x"))  # async get_job
    reveal_type(await client.list_jobs(limit=5))  # async list_jobs
    reveal_type(await client.delete_job("x"))  # async delete_job
    reveal_type(await client.wait_for_job("x", on_progress=lambda event: event.id))  # async wait
    reveal_type(client.with_options(timeout=1, retries=NO_RETRIES))  # async options
    reveal_type(await client.with_raw_response(client.get_job)("x"))  # async raw
    reveal_type((await client.with_raw_response(client.get_job)("x")).result.progress.percent)  # percent
    async for event in client.get_job_events("x"):
        reveal_type(event)  # async event
    async for job in client.paginate(client.list_jobs, status="queued"):
        reveal_type(job)  # async page
    reveal_type(await client.upload_asset(b"", "image/png"))  # async upload
    reveal_type(await client.send(operations.get_job("x")))  # async send
    await client.get_job()  # wrong: no id
    await client.get_job(7)  # wrong: number as id
    await client.list_jobs(status="paused")  # wrong: unknown status
    await client.with_raw_response(client.get_job)(7)  # wrong: number as id, raw
    client.paginate(client.get_job, "x")  # wrong: no pages
    client.with_options(time=1)  # wrong: no option
    operations.no_such("x")  # wrong: no operation
    models.NoSuch  # wrong: no model
    client.no_such()  # wrong: no method
    client.get_job("x").status  # wrong: not awaited


def blocking(client: SyncFramecastClient) -> None:
    reveal_type(client.get_job("x"))  # get_job
    reveal_type(client.wait_for_job("x"))  # wait
    reveal_type(client.with_options(timeout=1))  # options
    reveal_type(client.with_raw_response(client.list_jobs)(limit=1))  # raw
    for event in client.get_job_events("x"):
        reveal_type(event)  # event
    for job in client.paginate(client.list_jobs, limit=5):
        reveal_type(job)  # page
    reveal_type(operations.get_job("x"))  # request
    reveal_type(unwrap_webhook(b"", {}, "").event)  # webhook
    with SyncFramecastClient("http://x", lambda: "token") as other:
        reveal_type(other)  # context
"""
JOB, EVENT = "framecast_client.models.Job", "framecast_client.models.JobEvent"
KNOWN = {
    "async get_job": JOB,
    "async list_jobs": f"list[{JOB}]",
    "async delete_job": "None",
    "async wait": JOB,
    "async options": "framecast_client.client.FramecastClient",
    "async raw": f"framecast_client._response.Response[{JOB}]",
    "percent": "float | MISSING",
    "async event": EVENT,
    "async page": JOB,
    "async upload": "framecast_client.models.AssetFile",
    "async send": f"framecast_client._response.Response[{JOB}]",
    "get_job": JOB,
    "wait": JOB,
    "options": "framecast_client.client.SyncFramecastClient",
    "raw": f"framecast_client._response.Response[list[{JOB}]]",
    "event": EVENT,
    "page": JOB,
    "request": f"framecast_client._request.Request[{JOB}]",
    "context": "framecast_client.client.SyncFramecastClient",
}


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """What mypy says in strict mode, by the comment of the line."""
    place = tmp_path_factory.mktemp("program")
    program = place / "program.py"
    program.write_text(PROGRAM)
    package = Path(framecast_client.__file__).parents[1]
    command = [sys.executable, "-m", "mypy", "--strict", "--hide-error-context", "--no-error-summary"]
    command += ["--config-file=", "--cache-dir", str(package.parent / ".mypy_cache" / "users"), str(program)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=place, env={"MYPYPATH": str(package)}
    )
    assert done.stderr == ""
    comments = [line.partition("# ")[2] for line in PROGRAM.splitlines()]
    said: dict[str, list[str]] = {}
    for number, kind, words in re.findall(r"^program\.py:(\d+): (\w+): (.*)$", done.stdout, re.M):
        said.setdefault(comments[int(number) - 1], []).append(f"{kind}: {words}")
    return said


@pytest.mark.parametrize("name", KNOWN)
def test_a_type_checker_knows_what_comes_back(checked: dict[str, list[str]], name: str) -> None:
    assert checked[name] == [f'note: Revealed type is "{KNOWN[name]}"']


def test_the_event_of_a_webhook_is_one_of_those_of_the_contract(checked: dict[str, list[str]]) -> None:
    (said,) = checked["webhook"]

    assert set(re.findall(r"Literal\['([\w.]+)'\]", said)) == {
        "webhook.test",
        *(f"job.{what}" for what in ("queued", "started", "progress", "completed", "failed", "canceled")),
    }


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("no id", "call-arg"),
        ("number as id", "arg-type"),
        ("unknown status", "arg-type"),
        ("number as id, raw", "arg-type"),
        ("no pages", "arg-type"),
        ("no option", "call-arg"),
        ("no operation", "attr-defined"),
        ("no model", "attr-defined"),
        ("no method", "attr-defined"),
        ("not awaited", "attr-defined"),
    ],
)
def test_a_mistake_is_a_type_error(checked: dict[str, list[str]], name: str, code: str) -> None:
    errors = [said for said in checked[f"wrong: {name}"] if said.startswith("error")]

    assert [said.rpartition("[")[2] for said in errors] == [f"{code}]"]


def test_nothing_else_is_wrong(checked: dict[str, list[str]]) -> None:
    wrong = [name for name, said in checked.items() if any(one.startswith("error") for one in said)]

    assert all(name.startswith("wrong: ") for name in wrong)
