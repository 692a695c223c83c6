"""Stage three, write: the files that hold the package together: clients, error tree and exports."""

from __future__ import annotations

import re

from framecast_contract.codegen.names import docstring, literal, one_line
from framecast_contract.codegen.planning import ErrorClass, Plan, area_class
from framecast_contract.codegen.writing_webhooks import ERRORS as WEBHOOK_ERRORS
from framecast_contract.codegen.writing_webhooks import VALUES as WEBHOOK_VALUES

_ROOTS = """\
FramecastError
├── TransportError            no answer arrived; the server may have acted
│   └── RequestTimeoutError   not in time
├── StreamCutError            an event stream ended before its last event
├── ContractViolation         the answer is nothing the contract describes
└── ApiError                  the server refused, as documented"""

_ROOT_NAMES = (
    "ApiError",
    "ContractViolation",
    "FramecastError",
    "RequestTimeoutError",
    "StreamCutError",
    "TransportError",
)


_ARGUMENTS = """\
Args:
    base_url: The server, without `/v1`.
    token: A JWT or an API key; none for operations that need none.
    transport: What replaces the network, such as an application in the same process.
    timeout: Seconds to wait for an answer.
    stream_timeout: Seconds an event stream may be silent.
    headers: Added to every request."""


def errors_module(plan: Plan) -> str:
    """The text of `errors.py`: the whole tree, drawn once, then its classes."""
    tops = [one for one in plan.errors if one.base == "ApiError"]
    ordered = [one for top in tops for one in (top, *_below(plan, top))]
    names = [*_ROOT_NAMES, *(one.name for one in ordered)]
    head = docstring(
        ["Everything the client raises. Generated; do not edit.", "\n".join([_ROOTS, *_drawn(plan, tops)])],
        "",
    )
    imported = f"from ._errors import {', '.join(_ROOT_NAMES)}\n"
    exported = f"__all__ = [{', '.join(map(literal, sorted(names)))}]\n"
    return "\n".join([head, "", imported, exported, *map(_error_class, ordered)])


def _below(plan: Plan, top: ErrorClass) -> list[ErrorClass]:
    return [one for one in plan.errors if one.base == top.name]


def _drawn(plan: Plan, tops: list[ErrorClass]) -> list[str]:
    lines = []
    width = max((len(one.name) for one in plan.errors), default=0)
    for top in tops:
        corner, bar = ("└", " ") if top is tops[-1] else ("├", "│")
        lines.append(f"    {corner}── {top.name:<{width + 4}} {top.status or ''} {top.code}".rstrip())
        below = _below(plan, top)
        for one in below:
            lines.append(f"    {bar}   {'└' if one is below[-1] else '├'}── {one.name:<{width}} {one.code}")
    return lines


def _error_class(error: ErrorClass) -> str:
    means = f"The server answered {error.status or 'with an error'}{f' {error.code}' if error.code else ''}."
    status = f"    status = {error.status}\n" if error.base == "ApiError" and error.status else ""
    code = f"    code = {literal(error.code)}\n" if error.code else ""
    return f"class {error.name}({error.base}):\n{docstring([means], '    ')}\n\n{status}{code}\n"


def operations_index(plan: Plan) -> str:
    """The text of `operations/__init__.py`."""
    words = ["All requests of the contract, to `send` or `stream` with a client. Generated; do not edit."]
    return _index(words, {area: [one.name for one in found] for area, found in plan.areas.items()})


def methods_index(plan: Plan) -> str:
    """The text of `methods/__init__.py`."""
    names = {area: [area_class(area, sync=False), area_class(area, sync=True)] for area in plan.areas}
    return _index(["The methods of the clients, grouped by area. Generated; do not edit."], names)


def _index(words: list[str], names: dict[str, list[str]]) -> str:
    imports = [f"from .{area} import {', '.join(found)}" for area, found in names.items()]
    exported = [literal(name) for found in names.values() for name in found]
    return "\n".join([docstring(words, ""), "", *imports, "", f"__all__ = [{', '.join(exported)}]", ""])


def client_module(plan: Plan, package: str, version: str) -> str:
    """The text of `client.py`."""
    names = [(area_class(area, sync=False), area_class(area, sync=True)) for area in plan.areas]
    imported = ", ".join(name for pair in names for name in pair)
    agent = literal(f"{package.replace('_', '-')}/{re.sub(r'[^A-Za-z0-9.+-]', '-', one_line(version))}")
    return "\n".join(
        [
            docstring(["The two clients: every operation as a method. Generated; do not edit."], ""),
            "",
            f"from .methods import {imported}\n",
            _client("FramecastClient", [pair[0] for pair in names], agent, "async with", "await "),
            _client("SyncFramecastClient", [pair[1] for pair in names], agent, "with", ""),
        ]
    )


def _client(name: str, bases: list[str], agent: str, opened: str, waited: str) -> str:
    kind = "asynchronous" if waited else "blocking"
    example = (
        f"    {opened} {name}(base_url, token) as client:\n        account = {waited}client.get_account()"
    )
    words = docstring([f"The {kind} client. Open one and share it.", example, _ARGUMENTS], "    ")
    return f"class {name}({', '.join(bases)}):\n{words}\n\n    user_agent = {agent}\n"


def package_index(plan: Plan) -> str:
    """The text of `__init__.py`: clients, the way to raw answers, errors, and what receivers need."""
    errors = sorted([*_ROOT_NAMES, *(one.name for one in plan.errors)])
    groups = {
        "clients": ["FramecastClient", "SyncFramecastClient"],
        "modules": ["errors", "models", "operations"],
        "values": ["MISSING", "Operation", "RawResponse", "Request", "Response"],
        "errors": errors,
        **_webhook_exports(plan),
    }
    exported = "".join(
        f"# {group}\n{''.join(f'{literal(name)},{chr(10)}' for name in found)}"
        for group, found in groups.items()
    )
    imports = [
        "from pydantic import MISSING",
        "from . import errors, models, operations",
        "from ._request import Operation, Request",
        "from ._response import RawResponse, Response",
        "from .client import FramecastClient, SyncFramecastClient",
        f"from .errors import {', '.join(errors)}",
        *(f"from .webhooks import {', '.join(names)}" for names in _webhook_exports(plan).values()),
    ]
    words = ["The typed client of Framecast. Generated from the contract; do not edit."]
    return "\n".join([docstring(words, ""), "", *imports, "", f"__all__ = [\n{exported}]", ""])


def _webhook_exports(plan: Plan) -> dict[str, list[str]]:
    return {"webhooks": [*WEBHOOK_VALUES, *WEBHOOK_ERRORS]} if plan.webhooks else {}
