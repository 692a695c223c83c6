"""What the documents tell people to type exists, and what they point to is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from framecast_contract.cli import main

HOME = Path(__file__).resolve().parents[2]
PATTERNS = ("*.md", "generated/*.md", "openapi/*.md", "docs/*.md", "tests/*/README.md", "benchmarks/*.md")

_CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
_JUST = re.compile(r"(?<![\w-])just +([a-z][\w-]*)")
_OPTION = re.compile(r"(?<![\w-])just +(contract|sandbox|generate) +([^`#\n]*)")
_OURS = re.compile(r"framecast-contract +([a-z][\w-]*)([^`#\n|]*)")
_RECIPE = re.compile(r"^([a-z][\w-]*)(?: [^:=]*)?:(?!=)", re.MULTILINE)
_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")

RECIPES_OF_COMMANDS = {"contract": "run", "sandbox": "sandbox", "generate": "generate"}


def _documents() -> list[Path]:
    found = sorted({path for pattern in PATTERNS for path in HOME.glob(pattern)})
    return [path for path in found if path.name != "CHANGELOG.md"]


DOCUMENTS = {path.relative_to(HOME).as_posix(): path.read_text(encoding="utf-8") for path in _documents()}


def code(text: str) -> Iterator[str]:
    """The parts of a document that are meant to be typed."""
    return (found[0] for found in _CODE.finditer(text))


def recipes() -> set[str]:
    return set(_RECIPE.findall((HOME / "justfile").read_text(encoding="utf-8")))


def typed(pattern: re.Pattern[str], text: str) -> list[tuple[str, ...]]:
    found = [match for part in code(text) for match in pattern.finditer(part)]
    return [match.groups() for match in found]


@pytest.fixture
def commands(capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
    """Every command of `framecast-contract` with its help."""
    listed = re.findall(r"^    (\w+) ", _help(capsys), re.MULTILINE)
    return {name: _help(capsys, name) for name in listed}


def _help(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    with pytest.raises(SystemExit):
        main([*command, "--help"])
    return capsys.readouterr().out


def unknown_options(text: str, help_of: str) -> list[str]:
    options = re.findall(r"(?<!\S)--[a-z][\w-]*", text)
    return [option for option in options if not re.search(rf"{option}(?![\w-])", help_of)]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_recipe_it_names_is_in_the_justfile(document: str) -> None:
    named = {name for (name,) in typed(_JUST, DOCUMENTS[document])}

    assert named <= recipes()


@pytest.mark.parametrize("document", DOCUMENTS)
def test_every_command_and_option_it_names_is_understood(document: str, commands: dict[str, str]) -> None:
    of_recipes = [(RECIPES_OF_COMMANDS[recipe], rest) for recipe, rest in typed(_OPTION, DOCUMENTS[document])]
    named = [*typed(_OURS, DOCUMENTS[document]), *of_recipes]

    assert {command for command, _ in named} <= set(commands)
    assert [option for command, rest in named for option in unknown_options(rest, commands[command])] == []


@pytest.mark.parametrize("document", DOCUMENTS)
def test_its_relative_links_lead_somewhere(document: str) -> None:
    links = [link.partition("#")[0] for link in _LINK.findall(DOCUMENTS[document]) if "://" not in link]

    assert [link for link in links if not ((HOME / document).parent / link).exists()] == []


def test_the_readme_says_how_to_run_the_suite_and_the_tests() -> None:
    named = {name for (name,) in typed(_JUST, DOCUMENTS["README.md"])}

    assert {"contract", "test"} <= named


def test_every_folder_of_the_suite_says_what_belongs_there() -> None:
    folders = [path for path in (HOME / "tests").iterdir() if path.name not in ("house", "toolkit")]

    assert [path.name for path in folders if path.name[0] != "_" and not (path / "README.md").exists()] == []


def test_commands_that_do_not_exist_are_noticed(commands: dict[str, str]) -> None:
    text = "Just do it, then `just contarct --sed 1` or\n```sh\nframecast-contract rnu  # just kidding\n```\n"

    assert [name for (name,) in typed(_JUST, text) if name not in recipes()] == ["contarct", "kidding"]
    assert [name for name, _ in typed(_OURS, text) if name not in commands] == ["rnu"]
    assert unknown_options("--sed 1 --seed 2 --only x", commands["run"]) == ["--sed"]
