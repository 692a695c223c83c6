"""Runs the engine and translates its events: exchanges, checks made, findings, what could not be judged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from schemathesis import engine
from schemathesis.config import PhasesConfig
from schemathesis.core.failures import Failure
from schemathesis.engine import Status, events
from schemathesis.engine.recorder import Interaction, ScenarioRecorder
from schemathesis.specs.openapi.schemas import OpenApiSchema

from framecast_contract.checks.telling import Case
from framecast_contract.history import Exchange, Finding, Ledger
from framecast_contract.masking import mask
from framecast_contract.target.recording import OperationOf

PHASES = ("examples", "coverage", "fuzzing", "stateful")


@dataclass(frozen=True, slots=True)
class FuzzResult:
    """What one engine run did: its numbers and findings, and why parts of it could not judge."""

    ledger: Ledger
    errors: tuple[str, ...]


@dataclass(slots=True)
class Fuzz:
    """One run of schemathesis' engine over `schema`, as `persona`, for the test that `case` names."""

    schema: OpenApiSchema
    persona: str
    case: Case
    operation_of: OperationOf
    _ledger: Ledger = field(default_factory=Ledger)
    _errors: list[str] = field(default_factory=list)

    def run(self, *phases: str) -> FuzzResult:
        """Run these phases of the engine to their end."""
        _enable(self.schema.config.phases, phases)
        for event in engine.from_schema(self.schema).execute():
            if isinstance(event, events.ScenarioFinished):
                self._scenario(event.recorder)
            elif isinstance(event, events.NonFatalError):
                self._errors.append(mask(f"{event.label}: {event.value}"))
            elif isinstance(event, events.FatalError):
                self._errors.append(mask(f"schemathesis stopped: {event.exception}"))
        return FuzzResult(self._ledger, tuple(self._errors))

    def _scenario(self, recorder: ScenarioRecorder) -> None:
        for case_id, interaction in recorder.interactions.items():
            exchange = self._exchange(interaction)
            if exchange is None:
                continue
            if exchange.operation is not None:
                self._ledger.add_exchanges({exchange.operation: {exchange.status: 1}})
            self._checks(recorder, case_id, exchange)

    def _checks(self, recorder: ScenarioRecorder, case_id: str, exchange: Exchange) -> None:
        for node in recorder.checks.get(case_id, ()):
            self._ledger.judged(node.name)
            if node.failure_info is not None:
                steps = [f"{step.method} {mask(step.path)}" for step in node.failure_info.steps]
                self._ledger.add_finding(self._finding(node.name, node.failure_info.failure, exchange, steps))
            elif node.status is Status.ERROR:
                self._errors.append(f"the check {node.name} crashed at {exchange.line()}")

    def _finding(self, check: str, failure: Failure, exchange: Exchange, steps: Sequence[str]) -> Finding:
        return Finding(
            rule=None,
            check=check,
            operation=exchange.operation,
            persona=self.persona,
            request=exchange.request_dict(),
            response=exchange.response_dict(),
            expected=mask(f"{failure.title}: {failure.message}".strip(": ")),
            history=(*steps, exchange.line()),
            reproduce=self.case.reproduce,
            test=self.case.test,
        )

    def _exchange(self, interaction: Interaction) -> Exchange | None:
        request, response = interaction.request, interaction.response
        if response is None:
            return None
        path = "/" + request.uri.partition("://")[2].partition("/")[2]
        return Exchange(
            operation=self.operation_of(request.method, path.partition("?")[0]),
            persona=self.persona,
            method=request.method,
            url=path,
            request_headers=_flat(request.headers),
            request_body=request.body or b"",
            status=response.status_code,
            response_headers=_flat(response.headers),
            response_body=response.content,
        )


def _flat(headers: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((str(name), str(value)) for name, values in headers.items() for value in values)


def _enable(config: PhasesConfig, phases: Sequence[str]) -> None:
    for name in PHASES:
        config.get_by_name(name=name).enabled = name in phases
