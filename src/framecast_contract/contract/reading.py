"""Reads one YAML file of the contract as plain JSON data.

Stricter than YAML: a key written twice is an error (PyYAML would drop the first silently, and with it an
operation), timestamps stay strings, and every mapping key is a string, as in the JSON everybody else sees.
"""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from framecast_contract.contract.errors import ContractError


class _Loader(yaml.CSafeLoader):
    """PyYAML's fast safe loader without dates and without silent repeats."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        mapping: dict[Hashable, Any] = {}
        for key_node, value_node in node.value:
            key = str(self.construct_object(key_node, deep=True))
            if key in mapping:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} stands twice", key_node.start_mark
                )
            mapping[key] = self.construct_object(value_node, deep=deep)
        return mapping


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}


def read_yaml(path: Path) -> dict[str, Any]:
    """The mapping in `path`. ContractError if it is missing, not UTF-8, not YAML (with line), no mapping."""
    data = _parse(path, _text(path))
    if not isinstance(data, dict):
        raise ContractError(f"{path}: expected a mapping, found {type(data).__name__}")
    return data


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ContractError(f"{path}: not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise ContractError(f"{path}: cannot be read ({error.strerror}); name an OpenAPI file") from error


def _parse(path: Path, text: str) -> Any:
    try:
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ContractError(f"{path}, line {line}: not YAML: {error.problem}") from error
    except yaml.YAMLError as error:
        raise ContractError(f"{path}: not YAML: {' '.join(str(error).split())}") from error
