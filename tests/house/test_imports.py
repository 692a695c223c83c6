"""Who may import whom: walks the imports of every room and names each arrow that the design does not have."""

import ast
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

HOME = Path(__file__).resolve().parents[2]
OURS, CLIENT = "framecast_contract", "framecast_client"

MAY_IMPORT = """
contract       |
masking        |
clock          |
codegen        |
oracle         | contract
history        | contract masking
checks         | contract oracle history masking client
doubles        | clock masking
sandbox        | clock
target         | clock history client doubles sandbox
e2e            | target.environment target.waiting client
fuzzing        | contract history masking checks target.recording
workloads      | contract oracle checks target.arrivals target.base target.people target.waiting client
report         | oracle history
e2e_fixtures   | e2e target doubles client
pytest_plugin  | contract history masking checks report target e2e client
cli            | contract codegen report target
"""
"""Room | what it may import besides itself: rooms, single modules of a room, or the generated client."""

FOR_CHECKS = ("ApiError", "ContractViolation", "StreamCutError")
"""All that the judges need of the client: the exceptions a story may end with."""

OF_THE_CLIENT = frozenset({"anyio", "httpx", "pydantic", "pydantic_core", "typing_extensions"})
"""What the generated package may import besides the standard library; httpx needs anyio itself."""


@dataclass(frozen=True, slots=True)
class Import:
    """One imported name: by which file (relative to the tree) and on which line."""

    path: Path
    line: int
    name: str

    @property
    def room(self) -> str:
        return self.path.with_suffix("").parts[0]

    def told(self, why: str) -> str:
        return f"{self.path.as_posix()}:{self.line} imports {self.name}: {why}"


def imports(tree: Path) -> Iterator[Import]:
    """Every import of every file below `tree`, also those inside functions and for type checkers only."""
    for path in sorted(tree.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"), str(path))
        for node in ast.walk(module):
            for name in _names(node):
                yield Import(path.relative_to(tree), node.lineno, name)  # type: ignore[attr-defined] # an import has a line


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        source = "." * node.level + (node.module or "")
        return [f"{source}.{alias.name}" for alias in node.names]
    return []


def table(text: str = MAY_IMPORT) -> dict[str, frozenset[str]]:
    rows = (line.partition("|") for line in text.strip().splitlines())
    return {room.strip(): frozenset(allowed.split()) for room, _, allowed in rows}


def wrong_arrows(tree: Path, allowed: dict[str, frozenset[str]]) -> list[str]:
    """What the files of our package import of ours although the table does not say so."""
    return [
        found.told(f"{found.room} may import {' '.join(sorted(allowed[found.room])) or 'nothing of ours'}")
        for found in imports(tree)
        if found.room != "__init__" and not _may(found, allowed[found.room])
    ]


def _may(found: Import, allowed: frozenset[str]) -> bool:
    package, *inside = found.name.split(".")
    if package == CLIENT:
        return "client" in allowed
    if package != OURS:
        return True
    return any(arrow.split(".") == inside[: arrow.count(".") + 1] for arrow in allowed | {found.room})


@pytest.fixture(scope="module")
def arrows() -> list[Import]:
    return list(imports(HOME / "src" / OURS))


def test_every_room_stands_in_the_table() -> None:
    files = (HOME / "src" / OURS).iterdir()
    rooms = {each.stem for each in files if each.suffix == ".py" or (each / "__init__.py").exists()}

    assert rooms - {"__init__"} == set(table())


def test_nobody_imports_what_the_design_does_not_say() -> None:
    assert wrong_arrows(HOME / "src" / OURS, table()) == []


def test_the_walls_that_make_a_green_run_mean_something_stand_in_the_table() -> None:
    """Spelled out once more, so that nobody opens one by adding a word to the table."""
    allowed = table()
    judging = allowed["oracle"] | allowed["checks"] | allowed["workloads"] | allowed["fuzzing"]

    assert not {"sandbox", "doubles", "target"} & judging
    assert allowed["sandbox"] == {"clock"}
    assert {room for room, arrows in allowed.items() if "report" in arrows} == {"cli", "pytest_plugin"}
    assert not {"cli", "pytest_plugin"} & frozenset[str]().union(*allowed.values())


def test_judges_know_only_the_errors_of_the_client(arrows: list[Import]) -> None:
    used = {found.name for found in arrows if found.room == "checks" and found.name.startswith(CLIENT)}

    assert used <= {f"{CLIENT}.{name}" for name in FOR_CHECKS}


def test_our_package_imports_itself_by_its_full_name(arrows: list[Import]) -> None:
    """Relative imports would slip through the table; the runtime of the client is written to be copied."""
    relative = [found for found in arrows if found.name.startswith(".")]

    assert {found.path.parts[:2] for found in relative} <= {("codegen", "runtime")}


def test_the_generated_client_stands_alone() -> None:
    strangers = {
        found.told("the client needs httpx, pydantic and anyio only")
        for found in imports(HOME / "generated" / CLIENT)
        if (root := found.name.split(".")[0]) and root not in sys.stdlib_module_names | OF_THE_CLIENT
    }

    assert strangers == set()


@pytest.mark.parametrize(
    ("room", "line", "told"),
    [
        ("oracle", "from framecast_contract.sandbox import Sandbox", "oracle may import contract"),
        ("sandbox", "import framecast_contract.oracle.refunds", "sandbox may import clock"),
        ("sandbox", "def f():\n    from framecast_contract import checks", "sandbox may import clock"),
        ("codegen", "from framecast_client import models", "codegen may import nothing of ours"),
        ("fuzzing", "from framecast_contract.target.people import People", "fuzzing may import"),
        ("history", "from framecast_contract.pytest_plugin import LEDGER", "history may import"),
    ],
)
def test_a_wrong_arrow_is_found(tmp_path: Path, room: str, line: str, told: str) -> None:
    (tmp_path / room).mkdir()
    (tmp_path / room / "wrong.py").write_text(f"import json\n{line}\n", encoding="utf-8")

    (found,) = wrong_arrows(tmp_path, table())

    assert found.startswith(f"{room}/wrong.py:{line.count(chr(10)) + 2} imports framecast_")
    assert told in found


@pytest.mark.parametrize("room", ["oracle", "fuzzing"])
def test_right_arrows_and_other_packages_are_passed_over(tmp_path: Path, room: str) -> None:
    (tmp_path / f"{room}.py").write_text(
        f"import httpx\nfrom framecast_contract.contract import Contract\nfrom {OURS}.{room} import x\n",
        encoding="utf-8",
    )

    assert wrong_arrows(tmp_path, table()) == []
