"""Judges of a finished history: what must hold between exchanges, whatever test they belong to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from framecast_contract.checks.exchanges import jobs_in, judge_exchange
from framecast_contract.checks.telling import Case, finding
from framecast_contract.contract import Contract
from framecast_contract.history import Exchange, Finding, History, Ledger
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.jobs import broken_transition_rules
from framecast_contract.oracle.words import Broken

NEVER = datetime.min.replace(tzinfo=UTC)
Said = tuple[str, Exchange, Broken]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the judges of a history say: findings, and which of them could not judge and why."""

    findings: list[Finding]
    crashes: list[str]


def judge_history(history: History, contract: Contract, case: Case, ledger: Ledger) -> Judged:
    """Judge every exchange by itself and every job across its reads; count the judgements in `ledger`."""
    crashes: list[str] = []
    said = [*_each(history, contract, ledger, crashes), *_job_lives(history, ledger)]
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


def _job_lives(history: History, ledger: Ledger) -> Iterator[Said]:
    """Follow every job through its reads. Parallel calls may be recorded out of order, so reads are ordered
    by what the server itself says of their time."""
    reads: dict[str, list[tuple[datetime, Exchange, Mapping[str, Any]]]] = {}
    for exchange in history:
        for job in jobs_in(exchange):
            at = instant(job.get("updated_at")) or NEVER
            reads.setdefault(str(job.get("id")), []).append((at, exchange, job))
    for seen in reads.values():
        seen.sort(key=lambda read: read[0])
        for (_, _, before), (_, exchange, after) in pairwise(seen):
            ledger.judged("job_life")
            for broken in broken_transition_rules(before, after):
                yield "job_life", exchange, broken
