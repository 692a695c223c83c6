"""Whether generated code is only what the generator means to write, whatever its document says.

The vocabulary is what a harmless document of the same kind becomes: the functions it calls, the modules it
imports, the kinds of syntax it uses, its comments. A hostile document may bring names of its own, for it
names operations and schemas; it may bring no call, import, attribute or syntax.
"""

from __future__ import annotations

import ast
import io
import tokenize
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

PACKAGE = "named"
"""What the compared packages are called: some names in them are made of that of the package."""

MAKERS = frozenset({"RootModel", "TypeAliasType", "Field", "ConfigDict", "Annotated", "frozenset"})
MODULES = frozenset({"datetime", "uuid", "typing", "collections.abc", "types"})
"""Harmless whoever uses them; a sample does not always need each."""


@dataclass
class Words:
    """What some generated files are made of."""

    calls: set[str] = field(default_factory=set)
    imports: set[str] = field(default_factory=set)
    syntax: set[str] = field(default_factory=set)
    attributes: set[str] = field(default_factory=set)
    loaded: set[str] = field(default_factory=set)
    defined: set[str] = field(default_factory=set)
    comments: set[str] = field(default_factory=set)
    lookalikes: set[str] = field(default_factory=set)
    """Names that Python reads as other ones: fullwidth letters, ligatures."""

    def read(self, source: str) -> None:
        """Add what a file is made of."""
        for node in ast.walk(ast.parse(source)):
            self.syntax.add(type(node).__name__)
            self._names(node)
            self._uses(node)
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                self.comments.add(token.string)
            if token.type == tokenize.NAME and unicodedata.normalize("NFKC", token.string) != token.string:
                self.lookalikes.add(token.string)

    def _names(self, node: ast.AST) -> None:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            self.defined.add(node.name)
        elif isinstance(node, ast.arg):
            self.defined.add(node.arg)
        elif isinstance(node, ast.Name):
            (self.loaded if isinstance(node.ctx, ast.Load) else self.defined).add(node.id)

    def _uses(self, node: ast.AST) -> None:
        if isinstance(node, ast.Call):
            self.calls.add(ast.unparse(node.func))
        elif isinstance(node, ast.Attribute):
            self.attributes.add(node.attr)
        elif isinstance(node, ast.Import):
            self.imports |= {one.name for one in node.names}
        elif isinstance(node, ast.ImportFrom):
            self.imports.add("." * node.level + (node.module or ""))
            self.defined |= {one.asname or one.name for one in node.names}


@dataclass(frozen=True)
class Vocabulary:
    """What harmless documents become: the words of their code, and the files that are copied."""

    words: Words
    runtime: Mapping[str, str]

    @classmethod
    def of(cls, *packages: Mapping[str, str]) -> Vocabulary:
        """Everything that some packages have."""
        copied = {name: text for files in packages for name, text in files.items() if is_runtime(name)}
        return cls(words(*packages), copied)


def words(*packages: Mapping[str, str]) -> Words:
    """The words of some packages, their runtime left out."""
    found = Words()
    for files in packages:
        for name, source in files.items():
            if name.endswith(".py") and not is_runtime(name):
                found.read(source)
    return found


def is_runtime(name: str) -> bool:
    """Whether a file is copied as it is: `_request.py`, but not `__init__.py`."""
    return name.startswith("_") and name != "__init__.py"


def strangers(files: Mapping[str, str], vocabulary: Vocabulary) -> list[str]:
    """What `files` has that no harmless document would bring; nothing, when the code is inert."""
    found, usual = words(files), vocabulary.words
    own = {f".{name.rpartition('.')[0].rpartition('/')[2]}" for name in files}
    ways = ("operations.{}", "self.{}", "{}.model_rebuild")
    made = {way.format(name) for way in ways for name in found.defined}
    classes = found.defined | usual.attributes
    named = {
        "call": found.calls - usual.calls - made - MAKERS,
        "import": found.imports - usual.imports - own - MODULES,
        "syntax": found.syntax - usual.syntax,
        "attribute": found.attributes - classes,
        "name": found.loaded - usual.loaded - found.defined - MAKERS,
        "comment": found.comments - usual.comments,
        "lookalike": found.lookalikes,
        "file": set(_odd_files(files, vocabulary)),
    }
    return [f"{kind} {one!r}" for kind, odd in named.items() for one in sorted(odd)]


def _odd_files(files: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[str]:
    seen: set[str] = set()
    for name, text in files.items():
        parts = name.removesuffix(".py").split("/")
        if name != "py.typed" and not all(part.isascii() and part.isidentifier() for part in parts):
            yield name
        if is_runtime(name) and text != vocabulary.runtime.get(name):
            yield name
        folded = unicodedata.normalize("NFKC", name).casefold()
        if folded in seen:
            yield name
        seen.add(folded)
