"""Reads a document of OpenAPI from its file, whoever wrote it: YAML 1.2 or JSON, as plain JSON data.

Nothing in it is trusted: no tags, no network, and limits for size and depth before anybody walks it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any

import yaml

from framecast_contract.codegen.bundling import Bundler
from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.preparing_limits import DEEPEST, check_limits

LARGEST_FILE = 50_000_000
"""Bytes of one file."""

_MERGE = "tag:yaml.org,2002:merge"

_PLAIN = (
    ("tag:yaml.org,2002:null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("tag:yaml.org,2002:bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("tag:yaml.org,2002:int", r"[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789")),
    (
        "tag:yaml.org,2002:float",
        r"[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*|[0-9]+(?=[eE]))(?:[eE][-+]?[0-9]+)?",
        list("-+.0123456789"),
    ),
    (_MERGE, r"<<", ["<"]),
)
"""What a plain word means: as in JSON. So `no` is a text, `012` too, and `12:30` is not 750."""


class _Loader(yaml.CSafeLoader):
    """PyYAML's fast safe loader with the words of YAML 1.2, texts for keys, and no key twice."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012 # theirs is one too

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for place, _ in node.value:
            if place.tag == _MERGE:
                continue
            key = str(self.construct_object(place, deep=True))
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", place.start_mark
                )
            seen.add(key)
        self.flatten_mapping(node)
        return {
            str(self.construct_object(key, deep=True)): self.construct_object(value, deep=deep)
            for key, value in node.value
        }


for _tag, _words, _first in _PLAIN:
    _Loader.add_implicit_resolver(_tag, re.compile(f"(?:{_words})$"), _first)


def load_document(path: Path) -> dict[str, Any]:
    """The document at `path` as one, with the files that it refers to.

    Raises:
        CodegenError: it cannot be read, is neither YAML nor JSON, too large, or refers to what is not there.
    """
    return Bundler(read_file).document(path)


def read_file(path: Path) -> Any:
    """The value in a file.

    Raises:
        CodegenError: it cannot be read, or is neither YAML nor JSON.
    """
    value = _parsed(path, _text(path))
    check_limits(value)
    return value


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
        if len(data) > LARGEST_FILE:
            raise CodegenError("", f"{path}: the file has more than {LARGEST_FILE} bytes")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CodegenError("", f"{path}: not UTF-8 text (byte {error.start})") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CodegenError("", f"{path}: cannot be read ({reason}); name an OpenAPI file") from error


def _parsed(path: Path, text: str) -> Any:
    """JSON where it looks like it: it says some texts in a way that YAML does not know."""
    parse: Callable[[str], Any] = _json if text.lstrip().startswith("{") else _yaml
    try:
        return parse(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise CodegenError("", f"{path}, line {line}: not YAML: {error.problem}") from error
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        raise CodegenError("", f"{path}: not YAML: {' '.join(str(error).split())}") from error
    except RecursionError as error:
        raise CodegenError("", f"{path}: nested more than {DEEPEST} levels deep") from error


def _json(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_once)
    except json.JSONDecodeError:
        return _yaml(text)  # YAML may begin with a brace too


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return found


def _yaml(text: str) -> Any:
    _check_depth(text)
    return yaml.load(text, Loader=_Loader)


def _check_depth(text: str) -> None:
    """Refuse deep nesting before the loader, which is recursive in C, follows it."""
    depth = 0
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > 2 * DEEPEST:
            raise RecursionError
