"""Stage three, write: the files that hold the package together: clients, error tree and exports."""

from __future__ import annotations

import re

from framecast_contract.codegen.names import docstring, literal, one_line, pascal
from framecast_contract.codegen.planning import ErrorClass, Operation, Plan, area_class
from framecast_contract.codegen.writing_webhooks import webhook_exports

_ROOTS = """\
{root}
├── TransportError            no answer arrived; the server may have acted
│   └── RequestTimeoutError   not in time
├── StreamCutError            an event stream ended before its last event
├── WaitTimeoutError          what was waited for has not ended in time
├── EndedBadlyError           what was waited for did not end well{endings}
├── UploadError               a store did not take a file
├── ContractViolation         the answer is nothing the contract describes
└── ApiError                  the server refused"""

_ROOT_NAMES = (
    "ApiError",
    "ContractViolation",
    "EndedBadlyError",
    "RequestTimeoutError",
    "ServerError",
    "StreamCutError",
    "TransportError",
    "UploadError",
    "WaitTimeoutError",
)

_ARGUMENTS = """\
Args:
    base_url: The server, without the path of an operation.
    token: A JWT or an API key, or a function that gives the present one before every try; none for
        operations that need none.
    strict: Whether anything that the contract does not declare is a `ContractViolation`: a status, media
        type, header, member or value. Otherwise what a newer server may add does no harm: values that no
        enum has stay text, objects keep members nobody knows.
    timeout: Seconds to wait for an answer.
    stream_timeout: Seconds an event stream may be silent.
    retries: When to try again; `NO_RETRIES` for never.
    headers: Added to every request.
    on_try: Called after every try, for logs and metrics; what it gets prints as one line without secrets.
    transport: What replaces the network: any transport of httpx, such as an application in the same
        process.
    upload_transport: The same for stores that take files.
    limits: How many connections to hold.
    ignored_headers: Undeclared headers that strict mode passes over, as names or patterns: `cf-*`.
    clock: Time, chance and sleep, for tests."""


def errors_module(plan: Plan, package: str) -> str:
    """The text of `errors.py`: the whole tree, drawn once, then its classes."""
    tops = [one for one in plan.errors if one.base in ("ApiError", "ServerError")]
    ordered = [one for top in tops for one in (top, *_below(plan, top))]
    roots = [root_error(package), *_ROOT_NAMES]
    names = [*roots, *(one.name for one in (*ordered, *plan.endings))]
    head = docstring(
        ["Everything the client raises. Generated; do not edit.", _drawn_tree(plan, tops, package)], ""
    )
    imported = f"from ._errors import {', '.join(roots)}\n"
    exported = f"__all__ = [{', '.join(map(literal, sorted(names)))}]\n"
    classes = [*map(_error_class, ordered), *map(_ending_class, plan.endings)]
    return "\n".join([head, "", imported, exported, *classes])


def _drawn_tree(plan: Plan, tops: list[ErrorClass], package: str) -> str:
    ended = [one.name for one in plan.endings]
    drawn = "".join(f"\n│   {'└' if name == ended[-1] else '├'}── {name}" for name in ended)
    plain = [one for one in tops if one.base == "ApiError"]
    faults = [one for one in tops if one.base == "ServerError"]
    lines = [_ROOTS.format(root=root_error(package), endings=drawn), *_drawn(plan, plain, "    ", last=False)]
    lines.append("    └── ServerError")
    return "\n".join([*lines, *_drawn(plan, faults, "        ", last=True)])


def _below(plan: Plan, top: ErrorClass) -> list[ErrorClass]:
    return [one for one in plan.errors if one.base == top.name]


def _drawn(plan: Plan, tops: list[ErrorClass], indent: str, *, last: bool) -> list[str]:
    lines = []
    width = max((len(one.name) for one in plan.errors), default=0)
    for top in tops:
        corner, bar = ("└", " ") if last and top is tops[-1] else ("├", "│")
        lines.append(f"{indent}{corner}── {top.name:<{width + 4}} {top.status or ''} {top.code}".rstrip())
        below = _below(plan, top)
        for one in below:
            lines.append(
                f"{indent}{bar}   {'└' if one is below[-1] else '├'}── {one.name:<{width}} {one.code}"
            )
    return lines


def _error_class(error: ErrorClass) -> str:
    means = f"The server answered {error.status or 'with an error'}{f' {error.code}' if error.code else ''}."
    root = error.base in ("ApiError", "ServerError")
    status = f"    status = {error.status}\n" if root and error.status else ""
    code = f"    code = {literal(error.code)}\n" if error.code else ""
    return f"class {error.name}({error.base}):\n{docstring([means], '    ')}\n\n{status}{code}\n"


def _ending_class(error: ErrorClass) -> str:
    words = docstring(["What was waited for did not end well; `result` is the object as it ended."], "    ")
    return f"class {error.name}(EndedBadlyError):\n{words}\n\n"


def operations_index(plan: Plan) -> str:
    """The text of `operations/__init__.py`, which imports an area when one of its requests is needed."""
    words = [
        "All requests of the contract, to `send` or `stream` with a client. Generated; do not edit.",
        "An area is imported when it is first used: that keeps the import of the package short.",
    ]
    areas = {
        area: [name for one in found for name in (one.name.upper(), one.name)]
        for area, found in plan.areas.items()
    }
    return _lazy_index(words, areas, [])


def _lazy_index(words: list[str], modules: dict[str, list[str]], eager: list[str]) -> str:
    """An index whose names come from modules that are imported at the first use of one of them."""
    typed = [
        f"    from .{module} import {', '.join(f'{name} as {name}' for name in found)}"
        for module, found in modules.items()
    ]
    places = ", ".join(
        f"{literal(name)}: {literal(module)}" for module, found in modules.items() for name in found
    )
    names = [literal(name) for found in modules.values() for name in found]
    return "\n".join(
        [
            docstring(words, ""),
            "",
            "from importlib import import_module\nfrom typing import TYPE_CHECKING, Any\n",
            *eager,
            "if TYPE_CHECKING:",
            *(typed or ["    pass"]),
            f"\n__all__ = [{', '.join(names)}]\n",
            f"_PLACES: dict[str, str] = {{{places}}}\n",
            _LAZY,
        ]
    )


_LAZY = """\
if not TYPE_CHECKING:  # a type checker must not believe that every name exists

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        found = getattr(import_module(f".{_PLACES[name]}", __name__), name)
        globals()[name] = found
        return found

    def __dir__() -> list[str]:
        return sorted({*globals(), *_PLACES})
"""


def methods_index(plan: Plan) -> str:
    """The text of `methods/__init__.py`."""
    names = {area: [area_class(area, sync=False), area_class(area, sync=True)] for area in plan.areas}
    words = docstring(["The methods of the clients, grouped by area. Generated; do not edit."], "")
    imports = [f"from .{area} import {', '.join(found)}" for area, found in names.items()]
    exported = [literal(name) for found in names.values() for name in found]
    return "\n".join([words, "", *imports, "", f"__all__ = [{', '.join(exported)}]", ""])


def client_prefix(package: str) -> str:
    """What the clients and the root of the errors are named after: `framecast_client` → `Framecast`."""
    return pascal(package.removesuffix("_client") or package, "")


def root_error(package: str) -> str:
    """The root of the errors: `FramecastError`."""
    return f"{client_prefix(package)}Error"


def client_module(plan: Plan, package: str, version: str) -> str:
    """The text of `client.py`."""
    names = [(area_class(area, sync=False), area_class(area, sync=True)) for area in plan.areas]
    imported = ", ".join(name for pair in names for name in pair)
    agent = literal(f"{package.replace('_', '-')}/{re.sub(r'[^A-Za-z0-9.+-]', '-', one_line(version))}")
    prefix = client_prefix(package)
    example = _example(plan)
    return "\n".join(
        [
            docstring(["The two clients: every operation as a method. Generated; do not edit."], ""),
            "",
            f"from .methods import {imported}\n",
            _client(f"{prefix}Client", [pair[0] for pair in names], agent, example),
            _client(f"Sync{prefix}Client", [pair[1] for pair in names], agent, example),
        ]
    )


def _example(plan: Plan) -> Operation | None:
    """An operation that can be called without a parameter."""
    free = (
        one
        for one in plan.operations
        if one.facts.method == "GET" and not one.streams and not any(p.required for p in one.parameters)
    )
    return next((one for one in free if one.facts.path.startswith("/v1/")), None)


def _client(name: str, bases: list[str], agent: str, example: Operation | None) -> str:
    sync = name.startswith("Sync")
    opened, waited = ("with", "") if sync else ("async with", "await ")
    called = f"{waited}client.{example.name}()" if example else "..."
    lines = f"    {opened} {name}(base_url, token) as client:\n        print({called})"
    kind = "blocking" if sync else "asynchronous"
    words = docstring([f"The {kind} client. Open one and share it.", lines, _ARGUMENTS], "    ")
    return f"class {name}({', '.join(bases)}):\n{words}\n\n    user_agent = {agent}\n"


def package_index(plan: Plan, package: str) -> str:
    """The text of `__init__.py`: clients, the way to raw answers, errors, and what receivers need."""
    prefix = client_prefix(package)
    errors = sorted([root_error(package), *_ROOT_NAMES, *(one.name for one in (*plan.errors, *plan.endings))])
    groups = {
        "clients": [f"{prefix}Client", f"Sync{prefix}Client"],
        "modules": ["errors", "models", "operations"],
        "settings": ["AsyncClock", "Limits", "NO_RETRIES", "Retries", "SyncClock", "Try"],
        "values": ["MISSING", "Operation", "RawResponse", "Request", "Response"],
        "errors": errors,
        **_webhook_exports(plan),
    }
    exported = "".join(
        f"# {group}\n{''.join(f'{literal(name)},{chr(10)}' for name in found)}"
        for group, found in groups.items()
    )
    webhooks = [name for names in _webhook_exports(plan).values() for name in names]
    lazy = f"    from . import models, operations\n{_webhook_import(webhooks)}"
    places = ", ".join(f"{literal(name)}: 'webhooks'" for name in webhooks)
    imports = [
        "from importlib import import_module",
        "from typing import TYPE_CHECKING, Any",
        "from pydantic import MISSING",
        "from . import errors",
        "from ._async_client import AsyncClock",
        "from ._base import Limits, Try",
        "from ._request import Operation, Request",
        "from ._response import RawResponse, Response",
        "from ._retries import NO_RETRIES, Retries",
        "from ._sync_client import SyncClock",
        f"from .client import {prefix}Client, Sync{prefix}Client",
        f"from .errors import {', '.join(errors)}",
    ]
    words = [
        "A typed client, generated from a contract; do not edit.",
        "`models` and `operations` are imported when they are first used.",
    ]
    return "\n".join(
        [
            docstring(words, ""),
            "",
            *imports,
            f"\nif TYPE_CHECKING:\n{lazy}",
            f"\n__all__ = [\n{exported}]\n",
            f"_PLACES: dict[str, str] = {{{places}}}\n",
            _LAZY_PACKAGE,
        ]
    )


def _webhook_import(names: list[str]) -> str:
    return f"    from .webhooks import {', '.join(names)}\n" if names else ""


_LAZY_PACKAGE = """\
if not TYPE_CHECKING:  # a type checker must not believe that every name exists

    def __getattr__(name: str) -> Any:
        if name in ("models", "operations"):
            return import_module(f".{name}", __name__)
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f".{_PLACES[name]}", __name__), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
"""


def _webhook_exports(plan: Plan) -> dict[str, list[str]]:
    return {"webhooks": webhook_exports(plan.webhooks)} if plan.webhooks else {}
