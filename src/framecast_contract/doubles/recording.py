"""What was called, what was expected of the caller, and how the two differ.

Plain data, used by every double. Secrets are masked before a call is stored, so whatever prints a call may
print all of it.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from framecast_contract.masking import MASK, mask, mask_header


class DoubleMismatch(AssertionError):
    """A double got a call it does not know, or an expected call did not come as often as announced."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Why a call was not expected: the nearest thing that was, and what differed from it."""

    nearest: str
    differences: tuple[str, ...]

    def __str__(self) -> str:
        return "\n".join([f"    nearest: {self.nearest}", *(f"      {line}" for line in self.differences)])


@dataclass(frozen=True, slots=True)
class Call:
    """One request a double answered, secrets masked; `mismatch` is None for a call the service would take."""

    method: str
    path: str
    headers: Mapping[str, str]
    json: Any
    status: int
    mismatch: Mismatch | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.path} answered {self.status}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """A call that has to come exactly `times` times.

    `path` may hold `{names}` that match any one segment. `json` lists only the members that matter: objects
    may hold more than asked for, everything else has to be equal.
    """

    method: str
    path: str
    json: Any = None
    times: int = 1

    def __str__(self) -> str:
        return f"{self.method} {self.path}"

    def differences(self, method: str, path: str, body: Any) -> tuple[str, ...]:
        """Every point in which a call with these parts is not the expected one."""
        return (
            *_differ("method", self.method, method),
            *(() if _path_fits(self.path, path) else (f"path: expected {self.path}, got {path}",)),
            *(() if self.json is None else body_differences(self.json, body)),
        )

    def met_by(self, call: Call) -> bool:
        return call.mismatch is None and not self.differences(call.method, call.path, call.json)


def nearest_mismatch(expected: Sequence[Expectation], method: str, path: str, body: Any) -> Mismatch:
    """Compare a call with the most similar of `expected`, which must not be empty."""

    def distance(candidate: Expectation) -> tuple[float, int]:
        alike = SequenceMatcher(None, _filled(candidate.path, path), path).ratio()
        return -alike, len(candidate.differences(method, path, body))

    nearest = min(expected, key=distance)
    return Mismatch(str(nearest), nearest.differences(method, path, body))


def missing_calls(name: str, expectation: Expectation, calls: Sequence[Call]) -> Iterator[str]:
    """A paragraph when `expectation` was met too rarely or too often, with the nearest call that did come."""
    came = sum(expectation.met_by(call) for call in calls)
    if came == expectation.times:
        return
    yield f"{name}: expected {expectation} {expectation.times} time(s), it came {came} time(s)"
    others = [call for call in calls if not expectation.met_by(call)]
    if came < expectation.times and others:
        nearest = min(others, key=lambda c: len(expectation.differences(c.method, c.path, c.json)))
        differences = expectation.differences(nearest.method, nearest.path, nearest.json)
        yield str(Mismatch(str(nearest), differences or ("the call itself was not acceptable",)))


def body_differences(expected: Any, got: Any, where: str = "json") -> tuple[str, ...]:
    """Where `got` lacks or contradicts what `expected` asks for; members beyond it are fine."""
    if isinstance(expected, Mapping) and isinstance(got, Mapping):
        found: list[str] = []
        for key, value in expected.items():
            if key in got:
                found += body_differences(value, got[key], f"{where}.{key}")
            else:
                found.append(f"{where}.{key}: expected {_shown(value)}, it is missing")
        return tuple(found)
    return tuple(_differ(where, expected, got))


def masked_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers that may be stored: a scheme such as `Bearer` stays readable, what follows it does not."""
    return {name: mask_header(name, value) for name, value in headers.items()}


def masked_json(body: bytes, parsed: Any) -> Any:
    """`parsed` as it may be stored, without tokens and the signatures of presigned URLs."""
    text = body.decode(errors="replace")
    return parsed if mask(text) == text else _masked(parsed)


def _masked(value: Any) -> Any:
    """Masked string by string, because masking the text of a document could break its quotes."""
    match value:
        case str():
            return mask(value)
        case list():
            return [_masked(item) for item in value]
        case dict():
            return {key: MASK if key == "secret" else _masked(item) for key, item in value.items()}
    return value


def _path_fits(template: str, path: str) -> bool:
    wanted, got = template.split("/"), path.split("/")
    return len(wanted) == len(got) and all(w[:1] == "{" or w == g for w, g in zip(wanted, got, strict=True))


def _filled(template: str, path: str) -> str:
    """`template` with its names replaced by what `path` has in their place, so that only real text counts."""
    wanted, got = template.split("/"), path.split("/")
    pairs = zip_longest(wanted, got[: len(wanted)], fillvalue="")
    return "/".join(g if w[:1] == "{" else w for w, g in pairs)


def _differ(what: str, expected: Any, got: Any) -> Iterator[str]:
    if expected != got:
        yield f"{what}: expected {_shown(expected)}, got {_shown(got)}"


def _shown(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, default=str)
    return text if len(text) <= 120 else f"{text[:120]}…"
