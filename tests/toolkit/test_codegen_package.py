"""Writing the package to disk, and the drift check."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from framecast_contract.codegen import CodegenError, generate, generate_package, stale_files


def document(version: str = "1", pattern: str = "^x") -> dict[str, Any]:
    answer = {
        "description": "x",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}},
    }
    properties = {"a": {"type": "string", "pattern": pattern}}
    return {
        "openapi": "3.1.0",
        "info": {"version": version},
        "paths": {"/a": {"get": {"operationId": "get_a", "tags": ["a"], "responses": {"200": answer}}}},
        "components": {"schemas": {"A": {"type": "object", "properties": properties}}},
    }


def test_only_the_package_folder_is_rewritten(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("mine")
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "old.py").write_text("gone soon")

    written = generate_package(document(), out=tmp_path, package="tiny")

    assert sorted(path.name for path in tmp_path.iterdir()) == ["pyproject.toml", "tiny"]
    assert (tmp_path / "pyproject.toml").read_text() == "mine"
    assert written == sorted(path for path in (tmp_path / "tiny").rglob("*") if path.is_file())
    assert stale_files(document(), out=tmp_path, package="tiny") == []


def test_the_drift_check_names_what_differs_is_missing_or_is_extra(tmp_path: Path) -> None:
    generate_package(document(), out=tmp_path, package="tiny")
    package = tmp_path / "tiny"
    (package / "py.typed").unlink()
    (package / "notes.txt").write_text("mine")
    (package / "_model.py").write_text("edited")

    assert stale_files(document(version="2"), out=tmp_path, package="tiny") == [
        "_model.py",
        "client.py",
        "notes.txt",
        "py.typed",
    ]


def test_nothing_on_disk_is_all_stale(tmp_path: Path) -> None:
    assert "client.py" in stale_files(document(), out=tmp_path, package="tiny")


def test_a_package_that_does_not_work_never_replaces_the_old_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    generate_package(document(), out=tmp_path, package="tiny")
    broken = dict(generate(document(), "tiny"))
    broken["models.py"] = broken["models.py"].replace('pattern="^x"', 'pattern="(unclosed"')
    monkeypatch.setattr("framecast_contract.codegen.command.generate", lambda *_: broken)

    with pytest.raises(CodegenError, match=r"^/components/schemas/A: .* does not work: .*unclosed group"):
        generate_package(document(), out=tmp_path, package="tiny")

    monkeypatch.undo()
    assert stale_files(document(), out=tmp_path, package="tiny") == []
    assert [path.name for path in tmp_path.iterdir()] == ["tiny"]


@pytest.mark.parametrize("pattern", ["^(?!x)", r"(a)\1"])
def test_a_pattern_that_only_others_understand_is_left_to_the_server(tmp_path: Path, pattern: str) -> None:
    generate_package(document(pattern=pattern), out=tmp_path, package="tiny")

    assert "pattern" not in (tmp_path / "tiny" / "models.py").read_text(encoding="utf-8")


def test_what_is_no_pattern_is_refused() -> None:
    with pytest.raises(CodegenError) as caught:
        generate(document(pattern="(unclosed"))

    assert str(caught.value) == (
        "/components/schemas/A/properties/a/pattern: expected a regular expression, got '(unclosed'"
    )


def test_a_client_is_named_after_its_package_and_what_the_document_says_is_not() -> None:
    said = document(pattern="FramecastError FramecastClient")

    files = generate(said, "tiny_client")

    assert "class TinyError(Exception)" in files["_errors.py"]
    assert "class SyncTinyClient(" in files["client.py"]
    assert "FramecastError FramecastClient" in files["models.py"]
    assert [name for name, text in files.items() if "Framecast" in text and name != "models.py"] == []
