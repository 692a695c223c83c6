"""What is loaded when: a program that starts should not pay for what it may never use."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import framecast_client

PACKAGE = Path(framecast_client.__file__).parent
LATER = (
    "httpx",
    "framecast_client.models",
    "framecast_client.failures",
    "framecast_client.webhooks",
    "anyio",
)


def loaded_after(*lines: str) -> set[str]:
    """Which of `LATER` a new process has loaded after these lines."""
    program = "\n".join([*lines, "import sys", f"print(*[name for name in {LATER} if name in sys.modules])"])
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], check=True, capture_output=True, text=True
    )
    return set(done.stdout.split())


def test_importing_the_package_loads_neither_httpx_nor_models() -> None:
    assert loaded_after("import framecast_client") - {"anyio"} == set()


def test_importing_every_public_name_of_the_start_loads_neither() -> None:
    names = "FramecastClient, SyncFramecastClient, Retries, NO_RETRIES, ContractViolation, ApiError, MISSING"

    assert loaded_after(f"from framecast_client import {names}") - {"anyio"} == set()


def test_making_a_client_loads_httpx_and_no_models() -> None:
    for name in ("FramecastClient", "SyncFramecastClient"):
        found = loaded_after("import framecast_client", f"framecast_client.{name}('http://x')")
        assert found - {"anyio"} == {"httpx"}


def test_a_webhook_is_read_without_httpx() -> None:
    assert "httpx" not in loaded_after("import framecast_client", "framecast_client.unwrap_webhook")


def test_the_names_that_are_loaded_late_can_be_listed() -> None:
    assert {"models", "operations", "unwrap_webhook", "FramecastClient"} <= set(dir(framecast_client))
    assert [name for name in framecast_client.__all__ if not hasattr(framecast_client, name)] == []


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found.add(str(node.module).partition(".")[0])
    return found


def test_only_the_asynchronous_client_uses_anyio() -> None:
    assert [path.name for path in sorted(PACKAGE.rglob("*.py")) if "anyio" in _imports(path)] == [
        "_async_client.py",
        "_async_transport.py",
    ]


def test_the_package_needs_nothing_but_its_few_libraries() -> None:
    used = set().union(*(_imports(path) for path in PACKAGE.rglob("*.py")))

    assert used - sys.stdlib_module_names == {
        "anyio",
        "httpx",
        "pydantic",
        "pydantic_core",
        "typing_extensions",
    }
