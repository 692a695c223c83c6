"""Writing the package to disk, and telling whether the one on disk is current."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framecast_contract.codegen.generating import generate
from framecast_contract.codegen.names import check_package
from framecast_contract.codegen.workshop import Workshop


def generate_package(
    document: Mapping[str, Any],
    *,
    out: Path,
    package: str = "framecast_client",
    workshop: Workshop | None = None,
) -> list[Path]:
    """Write the client package to `out/package` and return its files. Nothing else in `out` is touched.

    The package is imported and tried in a folder of its own first; only a working one is swapped in. A
    workshop that was opened before the document was read saves the time that its processes need to start.

    Raises:
        CodegenError: the document cannot be expressed, or the result does not work. The old package stays.
    """
    check_package(package)
    if workshop is None:
        with Workshop() as opened:
            return generate_package(document, out=out, package=package, workshop=opened)
    files = generate(document, package, workshop.render_models)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".framecast-codegen-", dir=out) as folder:
        fresh = Path(folder) / package
        for name, text in files.items():
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            (fresh / name).write_text(text, encoding="utf-8")
        workshop.try_package(Path(folder), package)
        _swap(fresh, out / package, Path(folder) / "old")
    return sorted(out / package / name for name in files)


def stale_files(document: Mapping[str, Any], *, out: Path, package: str = "framecast_client") -> list[str]:
    """The files in `out/package` that differ from what the document gives, are missing or are too many.

    Raises:
        CodegenError: the document cannot be expressed.
    """
    wanted = {name: text.encode() for name, text in generate(document, check_package(package)).items()}
    root = out / package
    found = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    return sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))


def _swap(fresh: Path, place: Path, old: Path) -> None:
    if place.exists():
        place.rename(old)
    try:
        fresh.rename(place)
    except OSError:
        if old.exists():
            old.rename(place)
        raise
    shutil.rmtree(old, ignore_errors=True)
