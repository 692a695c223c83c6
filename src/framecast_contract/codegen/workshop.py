"""Two processes that get ready while the contract is still being read: one makes models, one tries packages.

Their imports take longer than anything else that the generator does, so they start first and are told what to
do on standard input. The one that tries must be a process of its own anyway: it imports what was generated.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from framecast_contract.codegen.errors import CodegenError

_HERE = Path(__file__).parent


class Workshop:
    """Use it with `with`; each of its two jobs is done once."""

    def __init__(self) -> None:
        self._models = _started("-m", "framecast_contract.codegen.models_apart")
        self._trial = _started("-B", "-P", "-W", "error", str(_HERE / "trial.py"))  # -P: not our modules

    def render_models(self, document: Mapping[str, Any]) -> str:
        """As `models.render_models`.

        Raises:
            CodegenError: the schemas cannot be turned into models.
        """
        said = _asked(self._models, document)
        if self._models.returncode:
            raise CodegenError(
                "/components/schemas", f"the models cannot be generated: {_last_line(said[1])}"
            )
        told = json.loads(said[0])
        if "problem" in told:
            raise CodegenError(told["pointer"], told["problem"])
        return str(told["text"])

    def try_package(self, folder: Path, package: str) -> None:
        """Import the package in this folder and build all its validators.

        Raises:
            CodegenError: it does not work.
        """
        _, said = _asked(self._trial, [str(folder), package])
        if self._trial.returncode:
            pointer, _, words = _last_line(said).rpartition("\t")
            raise CodegenError(pointer, f"the generated package does not work: {words}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for process in (self._models, self._trial):
            if process.returncode is None:
                process.kill()
                process.communicate()


def _started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def _asked(process: subprocess.Popen[str], question: object) -> tuple[str, str]:
    return process.communicate(json.dumps(question))


def _last_line(said: str) -> str:
    return (said.strip().splitlines() or ["no output"])[-1]
