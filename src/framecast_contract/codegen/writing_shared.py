"""Stage three, write: what operations share, each once: `headers.py` and `failures.py`."""

from __future__ import annotations

from framecast_contract.codegen.names import docstring, literal
from framecast_contract.codegen.planning import Failure, HeaderSet, Plan

_TYPES = """\
from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

"""


def shared_modules(plan: Plan) -> dict[str, str]:
    """The text of `headers.py` and `failures.py`, each only where it has something to hold."""
    written = {}
    if plan.headers:
        written["headers.py"] = _headers_module(plan.headers)
    if plan.failures:
        written["failures.py"] = _failures_module(plan.failures)
    return written


def _headers_module(sets: tuple[HeaderSet, ...]) -> str:
    words = "The headers that answers declare, each set once, by lower-case name. Generated; do not edit."
    imported = "from . import models\nfrom ._request import Header\n"
    named = [f"{one.constant} = {{{_members(one)}}}\n" for one in sets]
    return "\n".join([docstring([words], ""), "", _TYPES + imported, *named])


def _members(found: HeaderSet) -> str:
    return "".join(f"{literal(one.name)}: Header({one.type}, {one.required})," for one in found.headers)


def _failures_module(failures: tuple[Failure, ...]) -> str:
    words = "The failures that operations share, by their names in the contract. Generated; do not edit."
    imported = "from . import errors, headers, models\nfrom ._request import Failure\n"
    named = [f"{one.constant} = {failure_text(one)}\n" for one in failures]
    return "\n".join([docstring([words], ""), "", _TYPES + imported, *named])


def failure_text(failure: Failure) -> str:
    """A failure as an expression, spelled out."""
    classes = "".join(f"errors.{one.name}," for one in failure.errors)
    headers = f", headers=headers.{failure.headers}" if failure.headers else ""
    body = f", {failure.body}" if failure.body else ""
    return f"Failure(({classes}){body}{headers})"
