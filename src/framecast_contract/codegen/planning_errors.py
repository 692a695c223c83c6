"""Stage two, plan: the tree of exception classes, by status and by code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.names import error_class
from framecast_contract.codegen.reading_responses import ErrorFacts

TAKEN = (
    "FramecastError",
    "ApiError",
    "ServerError",
    "ContractViolation",
    "TransportError",
    "RequestTimeoutError",
    "StreamCutError",
    "WaitTimeoutError",
    "EndedBadlyError",
    "UploadError",
    "UnknownWebhookEventError",
    "WebhookError",
    "WebhookPayloadError",
    "WebhookSignatureError",
)
"""The exceptions that every client has."""

_PHRASES = {
    400: "Bad Request",
    401: "Unauthorized",
    402: "Payment Required",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    406: "Not Acceptable",
    407: "Proxy Authentication Required",
    408: "Request Timeout",
    409: "Conflict",
    410: "Gone",
    411: "Length Required",
    412: "Precondition Failed",
    413: "Content Too Large",
    414: "Uri Too Long",
    415: "Unsupported Media Type",
    416: "Range Not Satisfiable",
    417: "Expectation Failed",
    418: "Im A Teapot",
    421: "Misdirected Request",
    422: "Unprocessable Content",
    423: "Locked",
    424: "Failed Dependency",
    425: "Too Early",
    426: "Upgrade Required",
    428: "Precondition Required",
    429: "Too Many Requests",
    431: "Request Header Fields Too Large",
    451: "Unavailable For Legal Reasons",
    500: "Internal Server Error",
    501: "Not Implemented",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
    505: "Http Version Not Supported",
    507: "Insufficient Storage",
    508: "Loop Detected",
    511: "Network Authentication Required",
}
"""The words for a status; those of Python's own table differ from release to release."""


@dataclass(frozen=True)
class ErrorClass:
    """One exception class; a status class has no code, unless the code says the same."""

    name: str
    base: str
    status: int
    code: str


API_ERROR = ErrorClass("ApiError", "FramecastError", 0, "")
SERVER_ERROR = ErrorClass("ServerError", "ApiError", 0, "")
_ROOTS = {False: API_ERROR, True: SERVER_ERROR}


def error_classes(errors: Sequence[ErrorFacts]) -> list[ErrorClass]:
    """The tree: one class per status, below it one per code; a code of several statuses stands by itself."""
    tree = [_status_class(status) for status in sorted({one.status for one in errors if one.status >= 100})]
    for code in sorted({code for error in errors for code in error.codes}):
        _add_code_class(tree, code, errors)
    return tree


def classes_of(error: ErrorFacts, tree: Sequence[ErrorClass]) -> tuple[ErrorClass, ...]:
    """What a documented failure raises: a class per code, or that of its status, or the root of its range."""
    if error.codes:
        return tuple(one for code in dict.fromkeys(error.codes) for one in tree if one.code == code)
    own = _of_status(error.status, tree)
    return (own or _ROOTS[_is_fault(error.status)],)


def _status_class(status: int) -> ErrorClass:
    name = error_class(_PHRASES.get(status, f"Status {status}"), "")
    return ErrorClass(_free(name, "Status", [], ""), _ROOTS[_is_fault(status)].name, status, "")


def _of_status(status: int, tree: Sequence[ErrorClass]) -> ErrorClass | None:
    roots = [root.name for root in _ROOTS.values()]
    return next((one for one in tree if status and one.status == status and one.base in roots), None)


def _add_code_class(tree: list[ErrorClass], code: str, errors: Sequence[ErrorFacts]) -> None:
    found = [one for one in errors if code in one.codes]
    statuses, pointer = {one.status for one in found}, found[0].pointer
    name = error_class(code, pointer)
    above = _of_status(statuses.pop(), tree) if len(statuses) == 1 else None
    if above is None:
        root = _ROOTS[all(_is_fault(one.status) for one in found)]
        tree.append(ErrorClass(_free(name, "Code", tree, pointer), root.name, 0, code))
    elif name == above.name and _always_with_codes(above.status, errors):
        tree[tree.index(above)] = ErrorClass(name, above.base, above.status, code)
    else:
        tree.append(ErrorClass(_free(name, "Code", tree, pointer), above.name, above.status, code))


def _always_with_codes(status: int, errors: Sequence[ErrorFacts]) -> bool:
    return all(one.codes for one in errors if one.status == status)


def _free(name: str, kind: str, tree: Iterable[ErrorClass], pointer: str) -> str:
    """The name, or one that says more when another class has it already: `ConflictCodeError`."""
    names = {one.name for one in tree}.union(TAKEN)
    longer = f"{name.removesuffix('Error')}{kind}Error"
    if name not in names:
        return name
    if longer in names:
        raise CodegenError(pointer, f"the Python name {longer!r} is used twice; rename one of them")
    return longer


def _is_fault(status: int) -> bool:
    return status == 5 or status >= 500
