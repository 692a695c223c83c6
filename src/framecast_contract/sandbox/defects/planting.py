"""What a planted defect is, and the few moves by which one gets into a living sandbox.

A defect replaces methods of one `Sandbox` instance. The sandbox knows nothing of it, the classes stay as they
are, and every other sandbox in the process stays sound.
"""

import asyncio
import copy
import json
import sqlite3
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from types import MethodType
from typing import Any, ParamSpec, TypeVar, cast

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.http import Call
from framecast_contract.sandbox.operations import Operation

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Defect:
    """One planted bug: its id, the rule it breaks, what it does, how it gets in, and who should notice.

    `caught_by` holds pytest node ids, parameters included; each of these tests has to fail.
    """

    id: str
    rule: str
    description: str
    plant: Callable[[Sandbox], None]
    caught_by: tuple[str, ...]


def replace(method: Callable[P, R], stand_in: Callable[..., R]) -> None:
    """Put `stand_in` in the place of a method, on the one instance that `method` is bound to."""
    bound = cast(MethodType, method)
    setattr(bound.__self__, bound.__name__, stand_in)


def alter(method: Callable[P, R], change: Callable[[R], R]) -> None:
    """Pass everything that a method returns through `change`, on its one instance."""

    def altered(*args: P.args, **kwargs: P.kwargs) -> R:
        return change(method(*args, **kwargs))

    replace(method, altered)


def alter_awaited(method: Callable[P, Coroutine[Any, Any, R]], change: Callable[[R], R]) -> None:
    """`alter` for a method that is awaited."""

    async def altered(*args: P.args, **kwargs: P.kwargs) -> R:
        return change(await method(*args, **kwargs))

    replace(method, altered)


def fix(method: Callable[P, R], answer: R) -> None:
    """Have a method answer the same whatever it is asked, on its one instance."""
    replace(method, lambda *_args, **_kwargs: answer)


def as_if(row: sqlite3.Row, **members: Any) -> sqlite3.Row:
    """A row that seems to hold other values than the database has."""
    return cast(sqlite3.Row, {**dict(row), **members})


def with_body(response: Response, change: Callable[[Any], Any]) -> Response:
    """The same answer with another JSON body; headers and background work stay."""
    changed = JSONResponse(change(json.loads(bytes(response.body))), response.status_code)
    changed.background = response.background
    return changed


def asking(call: Call, **members: Any) -> Call:
    """The same request with other members in its body."""
    changed = copy.copy(call)
    changed.raw_body = json.dumps({**call.body(), **members}).encode()
    return changed


def after_each_round(sandbox: Sandbox, then: Callable[[], None]) -> None:
    """Call `then` once the requests that came together have all been decided."""
    answer = sandbox.answer

    async def settle(operation: Operation, call: Call) -> Response:
        response = await answer(operation, call)
        await asyncio.sleep(0)
        then()
        return response

    replace(sandbox.answer, settle)
