"""From the contract to the text of the client package: read, plan, write.

`reading` turns the bundled document into typed facts, `planning` gives everything its Python name, the
`writing_*` modules and `models` make the text, `formatting` formats it, and `command` puts it on disk. What
does not depend on the contract is plain code in `runtime/`, copied as it is.
"""

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
