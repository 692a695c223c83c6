"""Stage three, write: methods for what takes more than one call: waiting for an end, uploading a file.

They are no operations of the contract; its extensions `x-wait` and `x-upload` say that they make sense.
"""

from __future__ import annotations

from collections.abc import Iterator

from framecast_contract.codegen.names import docstring, literal, snake, wrap
from framecast_contract.codegen.planning import Operation, Parameter, Upload, Wait, positional
from framecast_contract.codegen.writing_operations import declared

_INDENT = "    "


def helper_imports(operations: list[Operation]) -> str:
    """The imports that the helpers of these operations need."""
    found = ""
    if any(operation.wait for operation in operations):
        found += (
            "from .._async_waiting import AsyncWait\nfrom .._endings import Ending\n"
            "from .._sync_waiting import SyncWait\n"
        )
    if any(operation.upload for operation in operations):
        found += (
            "from .._async_uploads import AsyncUpload\nfrom .._sync_uploads import SyncUpload\n"
            "from .._files import File, Progress, Source\n"
        )
    return found


def helpers(operation: Operation) -> Iterator[str]:
    """The asynchronous helpers that belong behind the method of an operation."""
    if operation.wait:
        yield _waiting(operation, operation.wait)
    if operation.upload:
        yield _uploading(operation, operation.upload)


def _waiting(operation: Operation, wait: Wait) -> str:
    given = ", ".join(f"{one.name}={one.name}" for one in operation.parameters)
    failed = ", ".join(f"{literal(state)}: errors.{one.name}" for state, one in wait.failures)
    states = ", ".join(literal(state) for state in wait.facts.succeeded)
    member = literal(_member(wait.facts.state, wait.facts.pointer))
    taken = ["self", *map(declared, operation.parameters), "*", f"timeout: float = {wait.facts.timeout!r}"]
    followed = ""
    if wait.events:
        taken.append(f"on_progress: Callable[[{wait.events.result}], object] | None = None")
        followed = f", operations.{wait.events.name}({given}), on_progress"
    return (
        f"    async def {wait.name}({', '.join(taken)}) -> {operation.result}:\n"
        f"{docstring(_waiting_words(operation, wait), '        ')}\n"
        f"        ending = Ending({member}, ({states},), {{{failed}}})\n"
        f"        read = operations.{operation.name}({given})\n"
        f"        return await AsyncWait(self, read, ending, timeout{followed}).result()\n"
    )


def _waiting_words(operation: Operation, wait: Wait) -> list[str]:
    way = "reads less and less often"
    progress = []
    if wait.events:
        way = f"follows `{wait.events.name}` and reads only when that is silent"
        progress = ["on_progress: Told every event once, in order."]
    raised = [
        *(f"{one.name}: it ended as `{state}`; has the object as `result`." for state, one in wait.failures),
        "WaitTimeoutError: it has not ended in time; has what was seen last as `last_seen`.",
        f"ApiError, ContractViolation: as `{operation.name}`.",
    ]
    return [
        f"Wait until `{operation.name}` shows an end, and give what it shows.",
        wrap(f"Hardly costs anything while nothing happens: {way}."),
        _section(
            "Args",
            *(f"{one.name}: As in `{operation.name}`." for one in operation.parameters),
            f"timeout: Seconds to wait, {wait.facts.timeout:g} unless given.",
            *progress,
        ),
        _section("Raises", *raised),
    ]


def _section(heading: str, *entries: str) -> str:
    return "\n".join([f"{heading}:", *(_INDENT + wrap(entry, _INDENT * 2) for entry in entries)])


def _uploading(operation: Operation, upload: Upload) -> str:
    facts, kept = upload.facts, _kept(operation, upload)
    named, told = "filename: str | MISSING = MISSING", "on_progress: Progress | None = None"
    first = [declared(one) for one in kept if positional(one)]
    rest = [declared(one) for one in kept if not positional(one)]
    taken = ", ".join(["self", "file: File", *first, "*", named, *rest, told])
    special = {facts.filename: "source.name(filename)", facts.size: "source.size"}
    given = ", ".join(f"{one.name}={special.get(one.wire_name, one.name)}" for one in operation.parameters)
    names = [_member(name, facts.pointer) for name in (facts.object, facts.id) if name]
    found = ".".join(["upload", *names])
    url = f"upload.{_member(facts.url, facts.pointer)}"
    return (
        f"    async def {upload.name}({taken}) -> {upload.confirm.result}:\n"
        f"{docstring(_uploading_words(operation, upload), '        ')}\n"
        f"        with Source(file, on_progress) as source:\n"
        f"            upload = await self.{operation.name}({given})\n"
        f"            await AsyncUpload(self, source).put({url}, {upload.media_type})\n"
        f"        return await self.{upload.confirm.name}({found})\n"
    )


def _member(name: str, pointer: str) -> str:
    """A member as the models call it."""
    return snake(name, pointer)


def _kept(operation: Operation, upload: Upload) -> list[Parameter]:
    """The parameters that the caller gives, and not the file."""
    return [
        one for one in operation.parameters if one.wire_name not in (upload.facts.filename, upload.facts.size)
    ]


def _uploading_words(operation: Operation, upload: Upload) -> list[str]:
    both = f"`{operation.name}` and `{upload.confirm.name}`"
    return [
        f"Upload a file: `{operation.name}`, the bytes, then `{upload.confirm.name}`.",
        _section(
            "Args",
            "file: The bytes, the path of a file, or a file that is open for reading bytes.",
            *(f"{one.name}: As in `{operation.name}`." for one in _kept(operation, upload)),
            "filename: The name to announce, that of the file unless given.",
            "on_progress: Told after every piece: bytes sent, bytes in all.",
        ),
        _section(
            "Raises",
            "UploadError: the store did not take the bytes.",
            "OSError, ValueError: the file cannot be read, or has no name.",
            f"ApiError, ContractViolation, TransportError: as {both}.",
        ),
    ]
