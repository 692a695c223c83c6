"""Makes one document of the files that a document refers to.

What another file has under `components/<kind>/<name>` moves there in the document. Everything else that a
`$ref` may lead to, such as a file with one schema in it, is kept under `x-files`, where later stages find it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.nodes import escaped, pointer_keys

FILES = "x-files"
MOST_FILES = 2_000

_EXAMPLES = frozenset({"example", "examples", "default", "enum", "const"})
_NAMES = frozenset(
    {
        *(
            "properties",
            "patternProperties",
            "$defs",
            "definitions",
            "dependentSchemas",
            "schemas",
            "responses",
        ),
        *(
            "parameters",
            "requestBodies",
            "headers",
            "pathItems",
            "paths",
            "webhooks",
            "content",
            "components",
        ),
    }
)
"""Members whose keys are names, so that one called `example` is no example."""


class Bundler:
    """Reads a file when it is first named, and moves all its components in."""

    def __init__(self, read: Callable[[Path], Any]) -> None:
        self._read = read
        self._files: dict[Path, Any] = {}
        self._keys: dict[Path, str] = {}
        self._components: dict[str, dict[str, Path]] = {}
        self._waiting: list[tuple[Path, str, str]] = []
        self._root = Path()

    def document(self, path: Path) -> dict[str, Any]:
        """The document of a file.

        Raises:
            CodegenError: it is no object, or a reference leads to the network or nowhere.
        """
        self._root = path.resolve()
        source = self._file(self._root, "")
        if not isinstance(source, Mapping):
            raise CodegenError("", f"{path}: expected an OpenAPI document, found a {type(source).__name__}")
        document = {key: self._section(key, value) for key, value in source.items()}
        components: dict[str, dict[str, Any]] = {}
        files: dict[str, Any] = {}
        while self._waiting or len(files) < len(self._keys):
            self._move(components)
            self._keep(files)
        document |= {"components": components} if components else {}
        return {**document, FILES: files} if files else document

    def _section(self, key: str, value: Any) -> Any:
        """A member of the document. Its path items come into place; its components wait for their turn."""
        pointer = f"/{escaped(key)}"
        if key == "components":
            return {}
        if key not in ("paths", "webhooks") or not isinstance(value, Mapping):
            return self._rewritten(self._root, value, pointer, key)
        return {name: self._path_item(item, f"{pointer}/{escaped(name)}") for name, item in value.items()}

    def _path_item(self, item: Any, pointer: str) -> Any:
        ref = item.get("$ref") if isinstance(item, Mapping) else None
        file, _, fragment = ref.partition("#") if isinstance(ref, str) else ("", "", "")
        if not file:
            return self._rewritten(self._root, item, pointer, "")
        target = self._target(self._root, file, str(ref), pointer)
        found = self._file(target, pointer)
        for key in pointer_keys(fragment):
            found = found.get(key) if isinstance(found, Mapping) else None
        if found is None:
            raise CodegenError(pointer, f"$ref {ref!r} leads nowhere")
        return self._rewritten(target, found, pointer, "")

    def _move(self, components: dict[str, dict[str, Any]]) -> None:
        while self._waiting:
            path, kind, name = self._waiting.pop(0)
            place = f"/components/{escaped(kind)}/{escaped(name)}"
            value = self._files[path]["components"][kind][name]
            components.setdefault(kind, {})[name] = self._rewritten(path, value, place, "")

    def _keep(self, files: dict[str, Any]) -> None:
        """The other files as a whole, each once."""
        for path, key in list(self._keys.items())[len(files) :]:
            files[key] = self._rewritten(path, self._files[path], f"/{FILES}/{escaped(key)}", "")

    def _file(self, path: Path, pointer: str) -> Any:
        if path not in self._files:
            if len(self._files) >= MOST_FILES:
                raise CodegenError(pointer, f"the document has more than {MOST_FILES} files")
            try:
                self._files[path] = self._read(path)
            except CodegenError as error:
                raise CodegenError(pointer, error.problem) if pointer else error from error
            self._claim(path)
        return self._files[path]

    def _claim(self, path: Path) -> None:
        source = self._files[path]
        components = source.get("components") if isinstance(source, Mapping) else None
        for kind, members in _object(components, "/components").items():
            if kind.startswith("x-"):
                continue
            for name in _object(members, f"/components/{escaped(kind)}"):
                if self._components.setdefault(kind, {}).setdefault(name, path) == path:
                    self._waiting.append((path, kind, name))

    def _rewritten(self, path: Path, value: Any, pointer: str, key: str) -> Any:
        """The value with the references of its file changed to those of the document."""
        if isinstance(value, list):
            return [self._rewritten(path, one, f"{pointer}/{at}", "") for at, one in enumerate(value)]
        if not isinstance(value, Mapping):
            return value
        return {
            name: self._member(path, name, one, f"{pointer}/{escaped(name)}", named=key in _NAMES)
            for name, one in value.items()
        }

    def _member(self, path: Path, name: str, value: Any, pointer: str, *, named: bool) -> Any:
        if not named and name in _EXAMPLES:
            return value
        if not named and name == "$ref" and isinstance(value, str):
            return self._reference(path, value, pointer)
        if not named and name == "mapping" and isinstance(value, Mapping):
            return {key: self._mapped(path, one, pointer) for key, one in value.items()}
        return self._rewritten(path, value, pointer, "" if named else name)

    def _mapped(self, path: Path, value: Any, pointer: str) -> Any:
        """A value of a discriminator's mapping: a reference, or the name of a schema."""
        is_reference = isinstance(value, str) and ("#" in value or "/" in value)
        return self._reference(path, value, pointer) if is_reference else value

    def _reference(self, path: Path, value: str, pointer: str) -> str:
        file, _, fragment = value.partition("#")
        fragment = unquote(fragment)
        if not file and path == self._root:
            return value
        target = self._target(path, file, value, pointer) if file else path
        self._file(target, pointer)
        if target == self._root:
            return f"#{fragment}"
        parts = fragment.split("/")
        if len(parts) == 4 and parts[1] == "components":
            name = parts[3].replace("~1", "/").replace("~0", "~")
            if self._components.get(parts[2], {}).get(name) == target:
                return f"#{fragment}"
        return f"#/{FILES}/{escaped(self._key(target))}{fragment}"

    def _target(self, path: Path, file: str, value: str, pointer: str) -> Path:
        if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:|//|\\\\|/", file):
            raise CodegenError(
                pointer.removesuffix("/$ref"), f"$ref {value!r} is no file beside the document; copy it there"
            )
        return (path.parent / unquote(file)).resolve()

    def _key(self, path: Path) -> str:
        if path not in self._keys:
            taken, number, key = set(self._keys.values()), 2, path.stem
            while key in taken:
                key, number = f"{path.stem}{number}", number + 1
            self._keys[path] = key
        return self._keys[path]


def _object(value: Any, pointer: str) -> Mapping[str, Any]:
    if value is not None and not isinstance(value, Mapping):
        raise CodegenError(pointer, f"expected an object, got {value!r}")
    return value or {}
