"""Text of the document on its way into Python: names, literals and docstrings.

Nothing of the document becomes code but through these functions, so that no description, name or path can
smuggle any in.
"""

from __future__ import annotations

import builtins
import keyword
import re
import sys
import textwrap
import unicodedata

from framecast_contract.codegen.errors import CodegenError

_WORD_BREAK = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|[^A-Za-z0-9]+")
_WIDTH = 98
_LONGEST = 200
"""Characters of a name: some become names of files."""

_CLASSES = frozenset(
    {
        *("Annotated", "Any", "AwareDatetime", "BaseModel", "ConfigDict", "Decimal", "Dict", "Enum", "Field"),
        *(
            "List",
            "Literal",
            "MISSING",
            "Model",
            "NaiveDatetime",
            "OpenModel",
            "Optional",
            "RootModel",
            "Set",
        ),
        *("StrEnum", "TypeAlias", "TypeAliasType", "TypedDict", "UUID", "Union"),
    }
)
"""What a module of models imports."""

_NEEDED = frozenset({"annotated_types", "httpx", "pydantic", "pydantic_core", "typing_extensions"})

_RESERVED = frozenset({"self", "models", "errors", "operations", "build", "present", "present_or_no_body"})


def snake(text: str, pointer: str) -> str:
    """A lower-case Python name: `Last-Event-ID` → `last_event_id`.

    Raises:
        CodegenError: nothing of the text can stand in a name.
    """
    words = _words(_ascii(text)) or _words(_numbered(text))
    if not words:
        raise CodegenError(pointer, f"{text!r} has no letter or digit to make a Python name of; rename it")
    name = "_".join(words)
    if len(name) > _LONGEST:
        raise CodegenError(pointer, f"a name of {len(name)} characters is too long; use at most {_LONGEST}")
    if name[0].isdigit():
        name = f"field_{name}"
    return f"{name}_" if keyword.iskeyword(name) or name in _RESERVED else name


def pascal(text: str, pointer: str) -> str:
    """A class name: `api-keys` → `ApiKeys`."""
    return "".join(word.capitalize() for word in snake(text, pointer).strip("_").split("_"))


def check_package(package: str) -> str:
    """The name of a package that can be imported, and that is no other's.

    Raises:
        CodegenError: it is something else.
    """
    usual = re.fullmatch(r"[a-z][a-z0-9_]*", package, re.ASCII | re.IGNORECASE)
    if not usual or keyword.iskeyword(package):
        raise CodegenError("", f"{package!r} is no name of a package; expected one such as petstore_client")
    if package in sys.stdlib_module_names or package in _NEEDED:
        raise CodegenError("", f"the package would hide {package!r}, which it needs; choose another name")
    return package


def spelled(text: str) -> str:
    """A lower-case name in which letters beyond ASCII are numbers, so that different texts stay different."""
    return snake(_numbered(text), "")


def _numbered(text: str) -> str:
    return "".join(char if char.isascii() else f"_u{ord(char):04x}_" for char in text)


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD_BREAK.split(text) if word]


def class_name(text: str) -> str:
    """The class of a schema: `pet-list` → `PetList`. Its capitals stay, so that `URLList` is one word of two.

    Every text has one, if need be `Schema`; several may have the same.
    """
    words = [word[:1].upper() + word[1:] for word in re.split(r"[^A-Za-z0-9]+", _ascii(text)) if word]
    name = "".join(words)
    if not name or name[0].isdigit():
        return f"Schema{name}"
    return f"{name}Model" if name in _CLASSES or hasattr(builtins, name) else name


def _ascii(text: str) -> str:
    """The text in plain letters where they only look different, as Python reads them in names."""
    return unicodedata.normalize("NFKC", text)


def error_class(code: str, pointer: str) -> str:
    """The exception of an error code or a status phrase: `NOT_FOUND` → `NotFoundError`."""
    name = pascal(code, pointer)
    return name if name.endswith("Error") else f"{name}Error"


def constant(text: str, pointer: str) -> str:
    """The name of a constant: `NotFound` → `NOT_FOUND`."""
    return snake(text, pointer).strip("_").upper()


def literal(value: object) -> str:
    """A value of the document as a Python literal."""
    return ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)


def one_line(text: str) -> str:
    """Running text without line breaks and other control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def docstring(paragraphs: list[str], indent: str) -> str:
    """A docstring of the given paragraphs, each already wrapped, safe whatever they hold."""
    body = "\n\n".join(_safe(paragraph) for paragraph in paragraphs if paragraph.strip())
    lines = body.split("\n")
    closing = '"""' if len(lines) == 1 else f'\n{indent}"""'
    return (
        f'{indent}"""' + "\n".join([lines[0], *(f"{indent}{ln}" if ln else "" for ln in lines[1:])]) + closing
    )


def _safe(text: str) -> str:
    shown = "".join(c if c.isprintable() or c == "\n" else " " for c in text)
    return shown.replace("\\", "/").replace('"', "'").rstrip()


def wrap(text: str, indent: str = "") -> str:
    """Running text as lines of readable width; the lines after the first are indented."""
    return textwrap.fill(one_line(text), _WIDTH, subsequent_indent=indent, break_long_words=False)


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a description, wrapped anew."""
    return [wrap(part) for part in re.split(r"\n\s*\n", text) if part.strip()]
