"""Stage two, plan: one operation with all its Python names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from framecast_contract.codegen.planning_answers import Answer
from framecast_contract.codegen.planning_bodies import Body
from framecast_contract.codegen.planning_errors import ErrorClass
from framecast_contract.codegen.planning_failures import Failure
from framecast_contract.codegen.planning_parameters import Parameter
from framecast_contract.codegen.reading import OperationFacts

if TYPE_CHECKING:
    from framecast_contract.codegen.planning_helpers import Upload, Wait


@dataclass(frozen=True)
class Operation:
    """One operation with all its Python names; `path` is the template that the request fills in."""

    name: str
    area: str
    path: str
    facts: OperationFacts
    parameters: tuple[Parameter, ...]
    answers: tuple[Answer, ...]
    failures: tuple[tuple[int, Failure], ...]
    body: Body | None = None
    idempotency_key: Parameter | None = None
    wait: Wait | None = None
    upload: Upload | None = None

    @property
    def result(self) -> str:
        """The type of what the methods return, or yield."""
        shown = [answer for answer in self.answers if answer.streams or not self.streams]
        unique = list(dict.fromkeys(answer.type for answer in shown))
        return "Any" if "Any" in unique else " | ".join(sorted(unique, key=lambda one: one == "None"))

    @property
    def streams(self) -> bool:
        """Whether the answer is an event stream."""
        return any(answer.streams for answer in self.answers)

    @property
    def errors(self) -> tuple[tuple[int, tuple[ErrorClass, ...]], ...]:
        """The classes of the documented failures by status; 4 stands for 4XX, 0 for `default`."""
        return tuple((status, failure.errors) for status, failure in self.failures)
