"""When something that is waited for is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ._errors import EndedBadlyError


@dataclass(frozen=True)
class Ending:
    """The last states, in the member of that name: those that end well, and what the others raise."""

    member: str
    succeeded: tuple[str, ...]
    failed: Mapping[str, type[EndedBadlyError]]
