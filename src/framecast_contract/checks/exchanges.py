"""Judges of one exchange. Each has an id, looks at what it knows, and is silent about everything else.

The rules themselves are the oracle's; here they meet the exchanges they apply to.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.checks.objects import KINDS, Kind, broken_object_rules, member_list
from framecast_contract.checks.streams import frames_of
from framecast_contract.contract import Contract
from framecast_contract.history import Exchange
from framecast_contract.oracle.api_keys import broken_secrecy_rules
from framecast_contract.oracle.bodies import is_id
from framecast_contract.oracle.errors import broken_error_rules, broken_fault_rules
from framecast_contract.oracle.events import broken_stream_rules
from framecast_contract.oracle.exact import exact, is_number
from framecast_contract.oracle.jobs import broken_birth_rules
from framecast_contract.oracle.limits import OTHER_LIMITS, broken_rate_rules
from framecast_contract.oracle.prices import broken_charge_rules, broken_estimate_rules
from framecast_contract.oracle.specs import broken_rules, broken_validation_rules
from framecast_contract.oracle.system_assets import CATALOGUE, broken_asset_rules
from framecast_contract.oracle.words import Broken

CREATES_JOBS = frozenset({"create_job", "clone_job", "create_project_job", "render_artifact"})
_PRESUMED_TYPES = {"V-40": "audio/wav", "V-41": "image/png"}
ANSWERS_WITH_KEYS = frozenset({"list_api_keys", "get_api_key", "update_api_key"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a judge said about one exchange: nothing, the rules that it breaks, or that it could not judge."""

    check: str
    broken: tuple[Broken, ...]
    crash: str | None = None


Judge = Callable[[Exchange, Contract], list[Broken] | None]
"""Returns None when the exchange is none of its business."""


def judge_exchange(exchange: Exchange, contract: Contract) -> Iterator[Judgement]:
    """What every judge that has something to say says."""
    for check, judge in JUDGES.items():
        try:
            broken = judge(exchange, contract)
        except Exception as error:  # an answer stranger than a judge expects is unknown, not a pass
            yield Judgement(check, (), crash=f"{type(error).__name__}: {error}")
            continue
        if broken is not None:
            yield Judgement(check, tuple(broken))


DOCUMENTED_FAULTS = frozenset({(None, "USER_PROVISION_FAILED"), ("send_message", "INTERNAL_ERROR")})
"""Answers of class 5xx that the facts name: an address is another account's, or the language model failed."""


def _server_fault(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    code = _code(exchange)
    if exchange.status == 500 and {(None, code), (exchange.operation, code)} & DOCUMENTED_FAULTS:
        return None
    return broken_fault_rules(exchange.status)


def _code(exchange: Exchange) -> Any:
    body = exchange.json()
    error = body.get("error") if isinstance(body, dict) else None
    return error.get("code") if isinstance(error, dict) else None


def _error_body(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    if exchange.operation is None or exchange.status < 400:
        return None
    body = exchange.json()
    broken = broken_error_rules(exchange.status, body)
    return broken or _undocumented(exchange, str(body["error"]["code"]), contract)


def _undocumented(exchange: Exchange, code: str, contract: Contract) -> list[Broken]:
    operation = contract.operation(str(exchange.operation))
    documented = operation.error_codes(exchange.status) if exchange.status in operation.statuses() else ()
    if code in documented:
        return []
    listed = ", ".join(sorted(documented)) or "no error at all"
    return [
        Broken("ERROR-2", f"{exchange.operation} answered {exchange.status} {code}, documented: {listed}")
    ]


def _jobs_in(exchange: Exchange) -> list[Mapping[str, Any]]:
    """The jobs that an answer shows."""
    return KINDS["job"].shown_in(exchange)


def _objects(body: Any) -> list[Mapping[str, Any]]:
    items = body if isinstance(body, list) else [body]
    return [item for item in items if isinstance(item, dict)]


def _new_job(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.operation not in CREATES_JOBS or exchange.status != 201:
        return None
    return [broken for job in _jobs_in(exchange) for broken in broken_birth_rules(job)]


def _key_secrecy(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.operation not in ANSWERS_WITH_KEYS or exchange.status != 200:
        return None
    return [broken for key in _objects(exchange.json()) for broken in broken_secrecy_rules(key)]


def _rate_headers(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.at is None or not exchange.url.startswith("/v1/") or exchange.operation is None:
        return None
    headers = {name.lower(): value for name, value in exchange.response_headers}
    # Budgets are a server's configuration, so the numbers per tier are left to a test of their own.
    return broken_rate_rules(
        headers,
        exchange.status,
        exchange.json(),
        now=int(exchange.at),
        tier=None,
        other_limits=exchange.operation in OTHER_LIMITS,
    )


def _sent_spec(exchange: Exchange) -> Mapping[str, Any] | None:
    body = exchange.sent_json()
    spec = body.get("spec") if isinstance(body, dict) else None
    return spec if isinstance(spec, dict) else None


def _spec_verdict(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    """`validate_spec` against the oracle; what it calls invalid must be refused by everything else."""
    del contract
    spec = _sent_spec(exchange)
    if spec is None or exchange.status >= 300:
        return None
    if exchange.operation == "validate_spec":
        answer = exchange.json()
        if not _lists_objects(answer, "errors", "warnings"):
            return None
        files = _presumed_files(spec, [error.get("path") for error in answer.get("errors") or []])
        return broken_validation_rules(spec, answer, catalogue=CATALOGUE, ready_assets=files)
    if exchange.operation == "estimate_spec" or (
        exchange.operation == "create_job" and exchange.status == 201
    ):
        return [
            Broken(rule.rule_id, f"a storyboard that breaks {rule.rule_id} at {rule.path} was accepted")
            for rule in broken_rules(spec, catalogue=CATALOGUE, ready_assets=_presumed_files(spec, ()))
        ]
    return None


def _presumed_files(spec: Mapping[str, Any], reported: Collection[Any]) -> dict[str, str]:
    """Uploaded files the server did not object to: whether they are ready is not seen in one exchange."""
    return {
        str(wrong.value): _PRESUMED_TYPES[wrong.rule_id]
        for wrong in broken_rules(spec, catalogue=CATALOGUE)
        if wrong.rule_id in _PRESUMED_TYPES and is_id(wrong.value) and wrong.path not in reported
    }


def _price(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.operation == "estimate_spec" and exchange.status == 200:
        spec, answer = _sent_spec(exchange), exchange.json()
        fits = spec is not None and _has_price(spec) and _lists_objects(answer, "scenes")
        return broken_estimate_rules(spec, answer) if spec is not None and fits else None
    jobs = [job for job in _jobs_in(exchange) if _has_price(job.get("spec_snapshot"))]
    return [broken for job in jobs for broken in broken_charge_rules(job)] if jobs else None


def _has_price(spec: Any) -> bool:
    """Whether a storyboard has what its price is made of; whether it is right is for other judges to say."""
    scenes = spec.get("scenes") if isinstance(spec, dict) else None
    return isinstance(scenes, list) and all(
        isinstance(scene, dict) and "id" in scene and _is_finite(scene.get("duration")) for scene in scenes
    )


def _is_finite(value: Any) -> bool:
    return is_number(value) and exact(value).is_finite()


def _lists_objects(body: Any, *names: str) -> bool:
    """Whether an answer is an object with lists of objects; one of another shape is the schema's business."""
    lists = [body.get(name) or [] for name in names] if isinstance(body, dict) else [None]
    return all(isinstance(items, list) and all(isinstance(item, dict) for item in items) for items in lists)


def _event_stream(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.operation != "get_job_events" or exchange.status != 200:
        return None
    job_id = exchange.url.split("/")[3]
    return broken_stream_rules(
        job_id, frames_of(exchange.response_body), ended=False, after=_resumed_behind(exchange)
    )


def _resumed_behind(exchange: Exchange) -> int:
    """The sequence in Last-Event-ID, however the header is written; 0 without one and for nonsense."""
    sent = {name.lower(): value for name, value in exchange.request_headers}
    found = re.search(r":([0-9]{1,18})$", sent.get("last-event-id", ""))
    return int(found[1]) if found else 0


def _system_asset(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    if exchange.operation not in ("list_system_assets", "get_system_asset") or exchange.status != 200:
        return None
    return [broken for asset in _objects(exchange.json()) for broken in broken_asset_rules(asset)]


def _member_list(exchange: Exchange, contract: Contract) -> list[Broken] | None:
    del contract
    return member_list(exchange)


def _of_kind(kind: Kind) -> Judge:
    def judge(exchange: Exchange, contract: Contract) -> list[Broken] | None:
        del contract
        return broken_object_rules(kind, exchange)

    return judge


JUDGES: Mapping[str, Judge] = {
    "server_fault": _server_fault,
    "error_body": _error_body,
    **{f"{name}_object": _of_kind(kind) for name, kind in KINDS.items()},
    "member_list": _member_list,
    "new_job": _new_job,
    "key_secrecy": _key_secrecy,
    "spec_verdict": _spec_verdict,
    "price": _price,
    "event_stream": _event_stream,
    "system_asset": _system_asset,
    "rate_headers": _rate_headers,
}
