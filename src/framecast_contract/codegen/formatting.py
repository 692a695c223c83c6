"""The last touch: ruff removes unused imports, sorts the rest and formats. Its version is pinned exactly."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ruff.__main__ import find_ruff_bin  # type: ignore[import-untyped]  # ruff has no types

from framecast_contract.codegen.errors import CodegenError

_LINE_LENGTH = 110
_COMMON = ("--isolated", "--no-cache", "--quiet", "--target-version=py311", f"--line-length={_LINE_LENGTH}")


def formatted(files: Mapping[str, str]) -> dict[str, str]:
    """The same files, formatted.

    Raises:
        CodegenError: a file is not valid Python, which is a fault of the generator.
    """
    with tempfile.TemporaryDirectory(prefix="framecast-codegen-") as folder:
        root = Path(folder)
        for name, text in files.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        _ruff(root, "check", "--fix", "--select=I,F401", "--ignore-noqa")
        _ruff(root, "format")
        return {name: (root / name).read_text(encoding="utf-8") for name in files}


def _ruff(folder: Path, *arguments: str) -> None:
    command = [find_ruff_bin(), *arguments, *_COMMON, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CodegenError("", f"the generated code is not valid Python: {done.stdout}{done.stderr}".strip())
