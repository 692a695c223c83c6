"""The examples in the client's README work as they stand, against a served sandbox."""

import ast
import re
from collections.abc import Iterator, Mapping
from inspect import isawaitable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from framecast_client import FramecastClient
from framecast_contract.clock import SystemClock
from framecast_contract.doubles import Doubles, RenderPlan
from framecast_contract.history import History
from framecast_contract.target.live import LiveTarget, Profile
from framecast_contract.target.people import People, Persona
from framecast_contract.target.routes import Routes
from framecast_contract.target.spawned import spawned_sandbox

README = Path(__file__).resolve().parents[2] / "generated" / "README.md"
_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
SECRET = "a secret that only this test knows, 32 bytes"


def blocks() -> Iterator[str]:
    """The Python of the README, block by block."""
    yield from _BLOCK.findall(README.read_text(encoding="utf-8"))


async def run(block: str, names: dict[str, Any]) -> None:
    """Run a block that may await, with these names; what it defines is added to them."""
    code = compile(block, str(README), "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    done = eval(code, names)
    if isawaitable(done):
        await done


@pytest.fixture
async def told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Mapping[str, Any]:
    """Everything the README's examples define, after all of them ran; `printed` is what they said."""
    monkeypatch.setenv("JWT_SECRET", SECRET)
    doubles = Doubles(SystemClock(), Random(1))
    doubles.runpod.plan = RenderPlan.complete(after=0.02, progress=(50,))
    async with doubles.serve() as environment:
        doubles.object_store.ensure_bucket("framecast-outputs")
        with spawned_sandbox("--real", "--control", environment=environment) as url:
            target = LiveTarget(Profile(url))
            async with People(target, Random(2), History(), Routes([]).operation_of) as people:
                names = await _run_all(url, await people.starter(credits=10))
            target.close()
    return {**names, "printed": capsys.readouterr().out}


async def _run_all(url: str, reader: Persona) -> dict[str, Any]:
    names: dict[str, Any] = {"base_url": url, "token": reader.token, "secret": SECRET}
    for block in blocks():
        async with FramecastClient(url, reader.token) as client:
            names["client"] = client
            await run(block, names)
    return names


async def test_every_example_of_the_readme_works(told: Mapping[str, Any]) -> None:
    printed = told["printed"]
    life = ["queued", "started", "progress", "completed"]

    assert [line for line in printed.splitlines() if line in life] == life
    assert told["film"].status == "completed"
    assert (told["answer"].status, told["answer"].result) == (200, told["account"])
    assert (told["picture"].status, told["picture"].filename) == ("ready", "dog.png")
    assert f"{told['job'].id}\n" in printed
    assert "get_account (GET /v1/account): 200 in" in printed
    assert told["receive"](b"{}", {}) == 400


async def test_an_example_that_does_not_work_is_noticed() -> None:
    with pytest.raises(AttributeError, match="no_such_operation"):
        await run("await client.no_such_operation()", {"client": object()})
