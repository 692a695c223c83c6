"""Hostile documents: refused, with the place that is wrong, or turned into code that does no harm."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from framecast_contract.cli import main
from framecast_contract.codegen import CodegenError, generate
from framecast_contract.codegen.loading import load_document

from .codegen_documents import hostile_names, hostile_texts, mail, storage
from .codegen_documents.hostile_payloads import CODE, ODD, PACKAGES
from .codegen_documents.hostile_towers import TOWERS
from .codegen_documents.shaping import Json
from .codegen_inert import PACKAGE, Vocabulary, strangers
from .codegen_trial import try_packages, write_package

CORPUS = sorted((Path(__file__).parent / "codegen_documents" / "hostile").glob("*.yaml"))
MEMORY = 2 * 1024**3
"""Bytes that a bomb may have."""


def verdict(path: Path) -> tuple[str, str]:
    """What the first line of a document asks for: refused, works or any; and the place to be named."""
    said, _, place = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").partition(":")
    return said, place.strip()


def of_verdict(*wanted: str) -> list[Any]:
    found = [path for path in CORPUS if verdict(path)[0] in wanted and "bomb" not in path.stem]
    return [pytest.param(path, id=path.stem) for path in found]


@cache
def vocabulary() -> Vocabulary:
    """What documents become that have everything the hostile ones have, and nothing hostile."""
    kinds = enumerate(hostile_names.KINDS)
    parts = [hostile_names.part(one, at, hostile_names.harmless(one, at)) for at, one in kinds]
    told = hostile_texts.document(["A plain text", "another-one"])
    documents = [hostile_names.document(parts), told, mail.document(), storage.document()]
    documents += [hostile_names.document([part]) for part in parts if "webhooks" in part]
    return Vocabulary.of(*(generate(one, PACKAGE) for one in documents))


def attempt(source: Path | Json) -> Mapping[str, str] | str:
    """The files of the package, or why there are none."""
    try:
        return generate(load_document(source) if isinstance(source, Path) else source, PACKAGE)
    except CodegenError as error:
        return str(error)


def test_what_does_not_belong_is_seen() -> None:
    files = dict(generate(hostile_texts.document(["A plain text"]), PACKAGE))
    files["models.py"] += "\nimport os\n\nos.system(lambda: 0)  \x23 noqa\n\ufb01x = 1\n"
    files["_model.py"] += "\n"
    files["operations/../x.py"] = ""

    assert strangers(files, vocabulary()) == [
        "call 'os.system'",
        "import 'os'",
        "syntax 'Import'",
        "syntax 'Lambda'",
        "attribute 'system'",
        "name 'os'",
        "comment '\x23 noqa'",
        "lookalike '\ufb01x'",
        "file '_model.py'",
        "file 'operations/../x.py'",
    ]


@pytest.mark.parametrize("path", of_verdict("refused"))
def test_a_document_is_refused_with_its_place(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["generate", str(path), "--out", str(tmp_path), "--package", "hostile"])
    told = capsys.readouterr().err

    assert code == 2
    assert len(told.splitlines()) == 1
    assert verdict(path)[1] in told
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("path", of_verdict("works"))
def test_a_document_becomes_inert_code(path: Path) -> None:
    assert strangers(generate(load_document(path), PACKAGE), vocabulary()) == []


@pytest.mark.parametrize("path", of_verdict("any"))
def test_a_document_is_refused_or_becomes_inert_code(path: Path) -> None:
    files = attempt(path)

    if isinstance(files, str):
        assert len(files.splitlines()) == 1
    else:
        assert strangers(files, vocabulary()) == []


def test_what_is_not_refused_can_be_imported_without_harm(tmp_path: Path) -> None:
    packages = set()
    for (path,) in (found.values for found in of_verdict("works", "any")):
        files = attempt(path)
        if not isinstance(files, str):  # relative imports: it may have any name
            write_package(files, tmp_path, path.stem)
            packages.add(path.stem)

    assert set(try_packages(tmp_path, sorted(packages))) == packages


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CORPUS if "bomb" in path.stem])
@pytest.mark.timeout(40)
def test_a_bomb_costs_little(path: Path, tmp_path: Path) -> None:
    program = "import sys; from framecast_contract.cli import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            program,
            "generate",
            str(path),
            "--out",
            str(tmp_path),
            "--package",
            "hostile",
        ],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )

    assert done.returncode == 2 or (done.returncode == 0 and verdict(path)[0] != "refused"), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_has_a_name_of_its_own(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    harmless = next(path for path in CORPUS if path.stem == "version_is_a_date")

    assert main(["generate", str(harmless), "--out", str(tmp_path / "out"), "--package", name]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert list(tmp_path.rglob("*.py")) == []


def test_texts_stay_texts(tmp_path: Path) -> None:
    files = generate(hostile_texts.document([*CODE, *ODD]), PACKAGE)
    write_package(files, tmp_path, PACKAGE)

    assert strangers(files, vocabulary()) == []
    assert set(try_packages(tmp_path, [PACKAGE])) == {PACKAGE}


@pytest.mark.parametrize("text", ["\ud800", "\udfff\ud83d"])
def test_half_a_character_is_refused(text: str) -> None:
    """It has no bytes in UTF-8, so there is no file that it could stand in."""
    with pytest.raises(CodegenError) as caught:
        generate(hostile_texts.document([text]))

    assert caught.value.pointer


@pytest.mark.parametrize("name", TOWERS)
@pytest.mark.timeout(30)
def test_a_tower_is_refused_or_becomes_inert_code(name: str) -> None:
    files = attempt(TOWERS[name]())

    assert isinstance(files, str) or strangers(files, vocabulary()) == []
