"""Stage two, plan: what operations share: sets of answer headers, and failures named in the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from framecast_contract.codegen.annotations import output_type
from framecast_contract.codegen.names import constant
from framecast_contract.codegen.planning_errors import ErrorClass, classes_of
from framecast_contract.codegen.reading_responses import ErrorFacts, HeaderFacts

_WORDS_OF_A_NAME = 6


@dataclass(frozen=True)
class Header:
    """One header that an answer declares; its name is lower case."""

    name: str
    required: bool
    type: str


@dataclass(frozen=True)
class HeaderSet:
    """The headers that an answer declares; `constant` is the name of the set in the module `headers`."""

    constant: str
    headers: tuple[Header, ...]


@dataclass(frozen=True)
class Failure:
    """What one documented failure raises, the type of its body (None: unknown), the constant of its headers.

    `constant` is its name in the module `failures`; empty when it is written where it is used.
    """

    errors: tuple[ErrorClass, ...]
    body: str | None
    headers: str
    constant: str = ""


class HeaderSets:
    """The different sets of headers, each once, named by the words of its headers."""

    def __init__(self) -> None:
        self._found: dict[tuple[Header, ...], HeaderSet] = {}

    def name(self, facts: Sequence[HeaderFacts]) -> str:
        """The constant of the set; empty for no headers."""
        headers = tuple(_header(one) for one in {one.name: one for one in facts}.values())
        if not headers:
            return ""
        if headers not in self._found:
            names = {one.constant for one in self._found.values()}
            self._found[headers] = HeaderSet(_free(_set_name(headers), names), headers)
        return self._found[headers].constant

    def all(self) -> tuple[HeaderSet, ...]:
        """Every set, in the order of first use."""
        return tuple(self._found.values())


def _header(facts: HeaderFacts) -> Header:
    return Header(facts.name, facts.required, output_type(facts.schema))


def _set_name(headers: Iterable[Header]) -> str:
    words = dict.fromkeys(word for one in headers for word in re.findall(r"[A-Za-z0-9]+", one.name))
    name = "_".join(list(words)[:_WORDS_OF_A_NAME]).upper()
    return name if name[:1].isalpha() else f"HEADERS_{name}".strip("_")


def _free(name: str, taken: set[str]) -> str:
    """The name, with a number where it is taken."""
    number = 2
    free = name
    while free in taken:
        free, number = f"{name}_{number}", number + 1
    return free


class Failures:
    """The failures of all operations, by what the document says about them."""

    def __init__(self, errors: Sequence[ErrorFacts], tree: Sequence[ErrorClass], sets: HeaderSets) -> None:
        self._tree, self._sets = tree, sets
        self._constants = self._named(errors)

    def of(self, facts: ErrorFacts) -> Failure:
        """The failure that an operation documents."""
        found = self._plain(facts)
        return replace(found, constant=self._constants.get((facts.component, found), ""))

    def all(self) -> tuple[Failure, ...]:
        """Those that have a constant."""
        return tuple(replace(found, constant=name) for (_, found), name in self._constants.items())

    def _plain(self, facts: ErrorFacts) -> Failure:
        body = output_type(facts.schema) if facts.schema else None
        return Failure(classes_of(facts, self._tree), body, self._sets.name(facts.headers))

    def _named(self, errors: Sequence[ErrorFacts]) -> Mapping[tuple[str, Failure], str]:
        uses: dict[str, dict[Failure, ErrorFacts]] = {}
        for facts in errors:
            if facts.component:
                uses.setdefault(facts.component, {}).setdefault(self._plain(facts), facts)
        names: dict[tuple[str, Failure], str] = {}
        for component, found in uses.items():
            for failure, facts in found.items():
                wanted = constant(component, facts.pointer) + (
                    _status(facts.status) if len(found) > 1 else ""
                )
                names[component, failure] = _free(wanted, set(names.values()))
        return names


def _status(status: int) -> str:
    return {0: "_DEFAULT", 4: "_4XX", 5: "_5XX"}.get(status, f"_{status}")
