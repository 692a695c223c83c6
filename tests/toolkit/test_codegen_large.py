"""The generator over six large documents in the style of well-known public APIs."""

from __future__ import annotations

import fcntl
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import validate
from pydantic import TypeAdapter

from framecast_contract.codegen.names import class_name

from .codegen_documents.shaping import Json
from .codegen_samples import Samples
from .codegen_trial import try_packages

HOME = Path(__file__).resolve().parents[2]
NAMES = ("payments", "forge", "mail", "chat", "storage", "shop")
VERBS = ("get", "put", "post", "delete", "patch", "head", "options", "trace")
SEEDS = ("1", "4242")
_WRITE = """
import sys
from importlib import import_module
from pathlib import Path
from framecast_contract.codegen import CodegenError, generate
from tests.toolkit.codegen_trial import write_package

for name in sys.argv[2:]:
    document = import_module("tests.toolkit.codegen_documents." + name).document()
    try:
        write_package(generate(document, name + "_client"), Path(sys.argv[1]), name + "_client")
    except CodegenError as error:
        Path(sys.argv[1], name + ".refused").write_text(str(error), encoding="utf-8")
"""


@cache
def document(name: str) -> Json:
    built: Json = import_module(f".codegen_documents.{name}", __package__).document()
    return built


def operation_ids(name: str) -> list[str]:
    paths = document(name)["paths"].values()
    shared = document(name)["components"].get("pathItems", {})
    items = [shared[item["$ref"].rpartition("/")[2]] if "$ref" in item else item for item in paths]
    return [item[verb]["operationId"] for item in items for verb in VERBS if verb in item]


def method_name(operation_id: str) -> str:
    """The method that people look for: the operationId in lower case, its words apart."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+", "_", operation_id).lower()


@contextmanager
def locked(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all clients, written once per hash seed, by whichever worker of the run comes first."""
    base = tmp_path_factory.getbasetemp()
    place = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "large-clients"
    with locked(place.with_suffix(".lock")):
        if not place.exists():
            _write(place)
    return place


def _write(place: Path) -> None:
    running = []
    for seed in SEEDS:
        folder = place / seed
        folder.mkdir(parents=True)
        command = [sys.executable, "-c", _WRITE, str(folder), *NAMES]
        env = {**os.environ, "PYTHONHASHSEED": seed}
        running.append(subprocess.Popen(command, cwd=HOME, env=env, stderr=subprocess.PIPE, text=True))
    for process in running:
        _, told = process.communicate(timeout=100)
        assert process.returncode == 0, told


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("name", NAMES)
def test_the_document_is_large_and_valid(name: str) -> None:
    validate(document(name))

    assert 40 <= len(operation_ids(name)) == len(set(operation_ids(name))) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_every_operation_becomes_a_method_of_both_clients(written: Path, name: str) -> None:
    refused = written / SEEDS[0] / f"{name}.refused"
    assert not refused.exists(), refused.read_text(encoding="utf-8")
    wanted = {one: method_name(one) for one in operation_ids(name)}

    trial = try_packages(written / SEEDS[0], [f"{name}_client"])[f"{name}_client"]

    assert trial.operations == wanted
    assert len(trial.methods) == 2
    for methods in trial.methods.values():
        assert set(wanted.values()) <= set(methods)
    assert trial.validators > len(document(name)["components"]["schemas"])


@pytest.mark.parametrize("name", NAMES)
def test_what_a_schema_lets_in_is_read_strictly_and_comes_back_unchanged(
    written: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(written / SEEDS[0])
    models = import_module(f"{name}_client.models")
    samples = Samples(document(name))
    for schema in document(name)["components"]["schemas"]:
        adapter: TypeAdapter[Any] = TypeAdapter(getattr(models, class_name(schema)))
        for sample in samples.of(schema):
            value = adapter.validate_json(json.dumps(sample), strict=True)

            assert json.loads(adapter.dump_json(value)) == sample


def test_the_bytes_do_not_depend_on_the_hash_seed(written: Path) -> None:
    one, other = (files(written / seed) for seed in SEEDS)

    assert sorted(one) == sorted(other)
    assert [name for name in one if one[name] != other[name]] == []


@pytest.mark.timeout(110)
def test_strict_types_hold_in_all_of_them(written: Path) -> None:
    packages = [f"{name}_client" for name in NAMES if (written / SEEDS[0] / f"{name}_client").exists()]
    kept = Path(tempfile.gettempdir()) / "framecast-codegen-mypy"  # pydantic and httpx are read only once
    options = ["--strict", "--no-error-summary", "--config-file=", f"--cache-dir={kept}"]
    command = [sys.executable, "-m", "mypy", *options, *(f"--package={one}" for one in packages)]

    done = subprocess.run(command, cwd=written / SEEDS[0], capture_output=True, text=True, check=False)

    assert done.stdout + done.stderr == ""
    assert len(packages) == len(NAMES)
