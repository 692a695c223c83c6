"""Judges of a finished history: what must hold between exchanges, whatever test they belong to."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise

from framecast_contract.checks.exchanges import judge_exchange
from framecast_contract.checks.objects import changes, reads
from framecast_contract.checks.telling import Case, finding
from framecast_contract.contract import Contract
from framecast_contract.history import Exchange, Finding, History, Ledger
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.words import Broken, Json

NEVER = datetime.min.replace(tzinfo=UTC)
Said = tuple[str, Exchange, Broken]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judges of a history say: findings, and which of them could not judge and why."""

    findings: list[Finding]
    crashes: list[str]


def judge_history(history: History, contract: Contract, case: Case, ledger: Ledger) -> Judged:
    """Judge every exchange by itself and every object across its reads; count the judgements in `ledger`."""
    crashes: list[str] = []
    said = [*_each(history, contract, ledger, crashes), *_lives(history, ledger)]
    findings = [
        finding(
            check=check,
            rule=broken.rule_id,
            expected=broken.message,
            exchange=exchange,
            case=case,
            history=history,
        )
        for check, exchange, broken in said
    ]
    return Judged(findings, crashes)


def _each(history: History, contract: Contract, ledger: Ledger, crashes: list[str]) -> Iterator[Said]:
    for exchange in history:
        for judgement in judge_exchange(exchange, contract):
            if judgement.crash is not None:
                crashes.append(f"the check {judgement.check} crashed at {exchange.line()}: {judgement.crash}")
                continue
            ledger.judged(judgement.check)
            for broken in judgement.broken:
                yield judgement.check, exchange, broken


def _lives(history: History, ledger: Ledger) -> Iterator[Said]:
    """Follow every object through its reads.

    Parallel calls may be recorded out of order, so reads are ordered by what the server itself says of their
    time. Who deletes their account may come back under the same id, as somebody new.
    """
    renewed = any(each.operation == "delete_account" and each.status == 204 for each in history)
    reads_of: dict[tuple[str, str], list[tuple[datetime, Exchange, Json]]] = {}
    for exchange in history:
        for kind, identity, shown in reads(exchange):
            if kind == "account" and renewed:
                continue
            at = instant(shown.get("updated_at")) or NEVER
            reads_of.setdefault((kind, identity), []).append((at, exchange, shown))
    for (kind, _), seen in reads_of.items():
        seen.sort(key=lambda read: read[0])
        for (_, _, before), (_, exchange, after) in pairwise(seen):
            ledger.judged(f"{kind}_life")
            yield from ((f"{kind}_life", exchange, broken) for broken in changes(kind, before, after))
