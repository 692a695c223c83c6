"""Hostile names: every kind of name a document has, with payloads for it. Refused one by one, or inert."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from framecast_contract.codegen import CodegenError, generate

from .codegen_documents import hostile_names
from .codegen_documents.hostile_names import Part
from .codegen_documents.hostile_payloads import CODE, NAMES, ODD
from .codegen_inert import PACKAGE, strangers
from .codegen_trial import try_packages, write_package
from .test_codegen_corpus import vocabulary

PAYLOADS = (*CODE, *ODD, *NAMES)
EVERY = 5
"""Each kind gets a fifth of the payloads, every fifth kind the same ones: all is too much for every run."""

TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
GRAMMAR = {"header": TOKEN, "cookie": TOKEN, "answer header": TOKEN, "media type": f"{TOKEN}/{TOKEN}"}
"""What HTTP lets these be (RFC 9110, 5.6.2); everything else could end a line and begin another."""


def escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def owner(pointer: str, parts: dict[int, Part]) -> int:
    """The part that a pointer leads into."""
    roots = {"paths": "/paths", "schemas": "/components/schemas", "webhooks": "/webhooks"}
    for number, part in parts.items():
        places = [f"{roots[place]}/{escaped(name)}" for place, named in part.items() for name in named]
        if any(f"{pointer}/".startswith(f"{place}/") for place in places):
            return number
    raise AssertionError(f"{pointer!r} leads to none of the names")


def without_refused(kind: str, texts: dict[int, str]) -> tuple[Mapping[str, str], dict[int, str]]:
    """The package of those that are not refused, and the reasons of the others by number."""
    parts = {number: hostile_names.part(kind, number, text) for number, text in texts.items()}
    reasons: dict[int, str] = {}
    while True:
        try:
            return generate(hostile_names.document(list(parts.values())), PACKAGE), reasons
        except CodegenError as error:
            number = owner(error.pointer, parts)
            reasons[number] = str(error)
            del parts[number]


@pytest.mark.parametrize("kind", hostile_names.KINDS)
def test_names_are_refused_one_by_one_or_become_inert_code(kind: str, tmp_path: Path) -> None:
    offset = list(hostile_names.KINDS).index(kind) % EVERY
    texts = {number: text for number, text in enumerate(PAYLOADS) if number % EVERY == offset}

    files, reasons = without_refused(kind, texts)
    write_package(files, tmp_path, PACKAGE)

    assert strangers(files, vocabulary()) == []
    assert set(try_packages(tmp_path, [PACKAGE])) == {PACKAGE}
    kept = [text for number, text in texts.items() if number not in reasons]
    assert [text for text in kept if not re.fullmatch(GRAMMAR.get(kind, "(?s:.*)"), text)] == []
    assert [reason for reason in reasons.values() if len(reason.splitlines()) != 1] == []
