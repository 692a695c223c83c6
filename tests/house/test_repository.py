"""What must not be in the repository, and what every file of a kind must have."""

import ast
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from framecast_contract.oracle.rules import RULES
from framecast_contract.target.base import Capability

HOME = Path(__file__).resolve().parents[2]
THIS = Path(__file__).resolve().relative_to(HOME).as_posix()

_MACHINE = re.compile(r"(?<![\w.}$/])/(?:work|root|home)/\w")
_INDEX = re.compile(
    r"index-url|--find-links|(?:UV|PIP)_\w*INDEX|tool\.uv\.index|pythonhosted|//[\w.:@-]*(?:pypi|artifactory|nexus)"
    r"|/simple/?(?![\w-])",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:TODO|FIXME|XXX)\b")
_EXCEPTION = re.compile(r"#\s*(?:type:\s*ignore(?:\[[^\]]*\])?|noqa(?::\s*[\w, ]+)?|pragma:\s*[\w ]+)")
_REASON = re.compile(r"#\s*(?:type:\s*ignore(?:\[[^\]]*\])?|noqa(?::\s*[A-Z]+[0-9]+(?:\s*,\s*[A-Z]+[0-9]+)*)?"
                     r"|pragma:\s*no (?:cover|branch))\s*(?:#|-|–|—|:)\s*"
                     r"(?!noqa|type:|pragma)\S.{5,}")  # fmt: skip


def _tracked() -> dict[str, str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=HOME, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    paths = [name for name in listed if name and (HOME / name).is_file() and name != THIS]
    return {name: (HOME / name).read_text(encoding="utf-8", errors="replace") for name in paths}


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """Every tracked file and its text; this one is left out, for it names what it forbids."""
    return _tracked()


@pytest.fixture(scope="module")
def python(tracked: dict[str, str]) -> dict[str, str]:
    """The Python that people wrote."""
    return {
        name: text
        for name, text in tracked.items()
        if name.endswith(".py") and not name.startswith("generated/")
    }


def lines_with(pattern: re.Pattern[str], files: dict[str, str]) -> list[str]:
    return [
        f"{name}:{number}: {line.strip()}"
        for name, text in files.items()
        for number, line in enumerate(text.splitlines(), 1)
        if pattern.search(line)
    ]


def without_a_reason(files: dict[str, str]) -> list[str]:
    """Lines that silence a tool and do not say why behind it."""
    return [line for line in lines_with(_EXCEPTION, files) if not _REASON.search(line)]


def test_no_file_names_a_package_index(tracked: dict[str, str]) -> None:
    assert "uv.lock" not in tracked
    assert lines_with(_INDEX, tracked) == []


def test_no_file_names_a_place_on_some_machine(tracked: dict[str, str]) -> None:
    assert lines_with(_MACHINE, tracked) == []


def test_nothing_is_left_for_later(tracked: dict[str, str]) -> None:
    assert lines_with(_LATER, tracked) == []


def test_every_exception_to_a_tool_has_a_reason(python: dict[str, str]) -> None:
    assert without_a_reason(python) == []


def test_every_pinned_package_has_hashes(tracked: dict[str, str]) -> None:
    logical = tracked["requirements.lock"].replace("\\\n", " ").splitlines()
    pins = [line for line in logical if line.strip() and not line.startswith("#")]

    assert pins
    assert [pin for pin in pins if not re.match(r"[\w.\[\]-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", pin)] == []


def marks(name: str, files: dict[str, str]) -> Iterator[tuple[str, str]]:
    """File and argument of every `pytest.mark.<name>(...)`."""
    for path, text in files.items():
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == f"pytest.mark.{name}":
                yield from ((path, str(ast.literal_eval(each))) for each in _literals(node))


def _literals(call: ast.Call) -> Iterator[ast.expr]:
    """The arguments that stand there as text; a name or a starred list is checked when the test runs."""
    return (argument for argument in call.args if isinstance(argument, ast.Constant))


def test_every_rule_a_test_names_is_a_rule_of_the_oracle(python: dict[str, str]) -> None:
    assert [where for where in marks("rule", _tests(python)) if where[1] not in RULES] == []


def test_every_capability_a_test_needs_exists(python: dict[str, str]) -> None:
    known = {str(capability) for capability in Capability}

    assert [where for where in marks("needs", _tests(python)) if where[1] not in known] == []


def _tests(python: dict[str, str]) -> dict[str, str]:
    return {name: text for name, text in python.items() if name.startswith("tests/")}


def test_no_two_test_modules_of_one_package_have_one_name(python: dict[str, str]) -> None:
    """mypy takes modules outside of packages by their base name, and cannot tell two of them apart."""
    modules = [Path(name) for name in _tests(python) if not (HOME / name).with_name("__init__.py").exists()]
    counted = Counter(path.name for path in modules)

    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    ("line", "finds"),
    [
        ("x = y  # type: ignore[arg-type]", without_a_reason),
        ("x = y  # noqa: E501", without_a_reason),
        ("x = y  # type: ignore[arg-type]  # noqa: E501", without_a_reason),
        ("x = y  # pragma: no cover", without_a_reason),
        ("cd /work" + "/main", lambda files: lines_with(_MACHINE, files)),
        ("see /home" + "/me/x", lambda files: lines_with(_MACHINE, files)),
        ("--index" + "-url https://x", lambda files: lines_with(_INDEX, files)),
        ("# TO" + "DO: later", lambda files: lines_with(_LATER, files)),
    ],
)
def test_what_is_forbidden_is_found(line: str, finds: Callable[[dict[str, str]], list[str]]) -> None:
    assert finds({"x.py": f"import x\n{line}\n"}) == [f"x.py:2: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "x = y  # type: ignore[arg-type]  # the stub is wrong",
        "x = y  # noqa: E501 - a table",
        "x = y  # a comment",
        "GET /v1/homework/1",
    ],
)
def test_what_is_allowed_is_passed_over(line: str) -> None:
    files = {"x.py": line}

    assert without_a_reason(files) + lines_with(_MACHINE, files) == []
