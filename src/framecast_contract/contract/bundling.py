"""Makes one document out of the files of the contract.

Every file lays its parts out like an OpenAPI document (`paths`, `webhooks`, `components/<kind>/<name>`).
So a `$ref` into another file keeps its pointer when the files become one: `jobs.yaml#/components/schemas/Job`
turns into `#/components/schemas/Job`. Path items are put in place, because not every tool follows a `$ref`
there.
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from framecast_contract.contract.errors import ContractError
from framecast_contract.contract.pointers import look_up
from framecast_contract.contract.reading import read_yaml

Node = dict[str, Any]


def bundle(path: Path) -> Node:
    """The document at `path` with every file it refers to, and only `#/components/...` references left.

    ContractError for a reference that points nowhere or outside `components`, and for one name in two files.
    """
    return _Bundler().document(path)


class _Bundler:
    """Reads a file when it is first named and moves all its components in."""

    def __init__(self) -> None:
        self._files: dict[Path, Node] = {}
        self._places: dict[Path, Path] = {}
        self._origins: dict[tuple[str, str], Path] = {}
        self._waiting: list[tuple[Path, str, str]] = []

    def document(self, root: Path) -> Node:
        source = self._file(root)
        document = {key: self._part(root, key, value) for key, value in source.items()}
        components = self._components()
        return {**document, "components": components} if components else document

    def _part(self, path: Path, key: str, value: Any) -> Any:
        if key in ("paths", "webhooks") and isinstance(value, dict):
            return {
                name: self._path_item(path, f"{path}#/{key}/{name}", item) for name, item in value.items()
            }
        return {} if key == "components" else self._rewrite(path, value, f"{path}#/{key}")

    def _path_item(self, path: Path, where: str, item: Any) -> Any:
        if isinstance(item, dict) and isinstance(item.get("$ref"), str):
            path, pointer = self._target(path, item["$ref"])
            item = look_up(self._file(path), pointer, where)
        return self._rewrite(path, item, where)

    def _components(self) -> Node:
        components: dict[str, Node] = {}
        while self._waiting:
            path, kind, name = self._waiting.pop(0)
            node = self._files[path]["components"][kind][name]
            moved = self._rewrite(path, node, f"{path}#/components/{kind}/{name}")
            components.setdefault(kind, {})[name] = moved
        return components

    def _file(self, path: Path) -> Node:
        path = self._place(path)
        if path not in self._files:
            self._files[path] = read_yaml(path)
            self._claim_components(path)
        return self._files[path]

    def _claim_components(self, path: Path) -> None:
        for kind, members in (self._files[path].get("components") or {}).items():
            for name in members or ():
                other = self._origins.setdefault((kind, name), path)
                if other != path:
                    raise ContractError(f"{path}: components/{kind}/{name} also stands in {other}")
                self._waiting.append((path, kind, name))

    def _rewrite(self, path: Path, node: Any, where: str) -> Any:
        if isinstance(node, list):
            return [self._rewrite(path, item, f"{where}/{index}") for index, item in enumerate(node)]
        if isinstance(node, dict):
            return {key: self._member(path, key, value, f"{where}/{key}") for key, value in node.items()}
        return node

    def _member(self, path: Path, key: str, value: Any, where: str) -> Any:
        if key != "$ref" or not isinstance(value, str):
            return self._rewrite(path, value, where)
        file, pointer = self._target(path, value)
        look_up(self._file(file), pointer, where)
        if not pointer.startswith("/components/"):
            raise ContractError(f"{where}: $ref {value} must point into components")
        return f"#{pointer}"

    def _target(self, path: Path, reference: str) -> tuple[Path, str]:
        file, _, pointer = reference.partition("#")
        return (self._place(path.parent / file) if file else path), unquote(pointer)

    def _place(self, path: Path) -> Path:
        """The file as it is called everywhere; asking the disk once for each name is enough."""
        if path not in self._places:
            self._places[path] = path.resolve()
        return self._places[path]
