"""Stage two, plan: the Python type of every success of an operation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from framecast_contract.codegen.annotations import output_type
from framecast_contract.codegen.planning_failures import HeaderSets
from framecast_contract.codegen.reading_responses import EVENTS, AnswerFacts, is_json

FRAME = "Frame"
"""The type of an event that the document says nothing about; the runtime defines it."""


@dataclass(frozen=True)
class Answer:
    """One success of an operation; `headers` is a constant of the module `headers`, empty for none."""

    status: int
    media_type: str | None
    type: str
    headers: str = ""

    @property
    def streams(self) -> bool:
        """Whether it is a stream of events to iterate over."""
        return self.media_type == EVENTS and self.type != "str"


def plan_answers(facts: Sequence[AnswerFacts], sets: HeaderSets) -> tuple[Answer, ...]:
    """The successes of an operation in document order.

    Where an answer may also be something else than events, those come as text: a method returns or yields.
    """
    either = any(one.media_type not in (None, EVENTS) for one in facts)
    return tuple(
        Answer(one.status, one.media_type, _type(one, either=either), sets.name(one.headers)) for one in facts
    )


def _type(facts: AnswerFacts, *, either: bool) -> str:
    media_type = facts.media_type
    if media_type is None:
        return "None"
    if media_type == EVENTS and not either:
        return output_type(facts.schema) if facts.schema else FRAME
    if is_json(media_type):
        return output_type(facts.schema) if facts.schema else "Any"
    return "str" if media_type.startswith("text/") else "bytes"
