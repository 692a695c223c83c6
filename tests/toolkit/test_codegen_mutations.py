"""One place of a harmless document is changed: the generator refuses it or writes inert code."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from framecast_contract.codegen import CodegenError, generate

from .codegen_documents import hostile_names, hostile_texts
from .codegen_documents.hostile_payloads import CODE, NAMES, ODD
from .codegen_documents.shaping import Json
from .codegen_inert import PACKAGE, strangers
from .test_codegen_corpus import vocabulary

Place = tuple[Any, ...]
DOCUMENTS = [
    *(
        hostile_names.document([hostile_names.part(kind, 1, hostile_names.harmless(kind, 1))])
        for kind in hostile_names.KINDS
    ),
    hostile_texts.document(["A plain text"]),
]
PAYLOADS = st.sampled_from((*CODE, *ODD, *NAMES)) | st.text()
WRONG: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    10**400,
    "",
    "text",
    [],
    [[]],
    [{}],
    ["a"],
    {},
    {"a": 1},
    {"$ref": "#/"},
]


def places(value: Any, at: Place = ()) -> Iterator[Place]:
    """Every place of a document, as the keys that lead there."""
    yield at
    members = (
        value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    )
    for key, member in members:
        yield from places(member, (*at, key))


PLACES = [(number, place) for number, one in enumerate(DOCUMENTS) for place in places(one) if place]


def replaced(document: Json, place: Place, value: Any) -> Any:
    """A copy with another value at a place."""
    changed = copy.deepcopy(document)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = value
    return changed


def renamed(document: Json, place: Place, name: str) -> Any:
    """A copy with another key at a place."""
    changed = copy.deepcopy(document)
    holder: Any = changed
    for key in place[:-1]:
        holder = holder[key]
    if isinstance(holder, dict):
        holder[name] = holder.pop(place[-1])
    return changed


def check(document: Any) -> None:
    try:
        files = generate(document, PACKAGE)
    except CodegenError:
        return
    assert strangers(files, vocabulary()) == []


def text_at(number: int, place: Place) -> bool:
    found: Any = DOCUMENTS[number]
    for key in place:
        found = found[key]
    return isinstance(found, str)


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from([one for one in PLACES if text_at(*one)]), payload=PAYLOADS)
def test_a_payload_in_place_of_a_text(place: tuple[int, Place], payload: str) -> None:
    check(replaced(DOCUMENTS[place[0]], place[1], payload))


@settings(max_examples=30, deadline=None)
@given(place=st.sampled_from(PLACES), payload=PAYLOADS)
def test_a_payload_in_place_of_a_key(place: tuple[int, Place], payload: str) -> None:
    check(renamed(DOCUMENTS[place[0]], place[1], payload))


@settings(max_examples=40, deadline=None)
@given(place=st.sampled_from(PLACES), value=st.sampled_from(WRONG))
def test_a_value_of_the_wrong_kind(place: tuple[int, Place], value: object) -> None:
    check(replaced(DOCUMENTS[place[0]], place[1], value))
