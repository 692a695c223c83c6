"""`access.md`: the access matrix of a run as a table, operations down, kinds of caller across."""

from collections.abc import Iterator, Mapping
from pathlib import Path

Matrix = Mapping[str, Mapping[str, str]]


def write_access(matrix: Matrix, folder: Path) -> Path | None:
    """Write the table; nothing when the run has tried no cell."""
    path = folder / "access.md"
    if not matrix:
        path.unlink(missing_ok=True)
        return None
    path.write_text("\n".join(_lines(matrix)) + "\n", encoding="utf-8")
    return path


def _lines(matrix: Matrix) -> Iterator[str]:
    callers = list(dict.fromkeys(caller for row in matrix.values() for caller in row))
    yield f"# Who may call what: {sum(map(len, matrix.values()))} cells"
    yield ""
    yield "What each kind of caller was answered. `✓` is the documented success."
    yield ""
    yield f"| operation | {' | '.join(caller.replace('_', ' ') for caller in callers)} |"
    yield "|---" * (len(callers) + 1) + "|"
    for operation, row in matrix.items():
        yield f"| {operation} | {' | '.join(row.get(caller, '') for caller in callers)} |"
