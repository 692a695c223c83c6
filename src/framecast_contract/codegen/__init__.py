"""From an OpenAPI document to the text of a client package: prepare, read, plan, write.

`preparing` brings the document into one form, `reading` turns it into typed facts, `planning` gives all of
them Python names, the `writing_*` modules and `models` make the text, `formatting` formats it, and `command`
puts it on disk. What does not depend on the document is plain code in `runtime/`, copied as it is.

The modules are imported when they are needed, because the processes of `workshop` need only some of them.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from framecast_contract.codegen.command import generate_package, stale_files
    from framecast_contract.codegen.errors import CodegenError
    from framecast_contract.codegen.generating import generate
    from framecast_contract.codegen.loading import load_document
    from framecast_contract.codegen.reading import operation_count
    from framecast_contract.codegen.workshop import Workshop

__all__ = [
    "CodegenError",
    "Workshop",
    "generate",
    "generate_package",
    "load_document",
    "operation_count",
    "stale_files",
]

_PLACES = {
    "CodegenError": "errors",
    "Workshop": "workshop",
    "generate": "generating",
    "generate_package": "command",
    "load_document": "loading",
    "operation_count": "reading",
    "stale_files": "command",
}

if not TYPE_CHECKING:  # a type checker must not believe that every name exists

    def __getattr__(name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
