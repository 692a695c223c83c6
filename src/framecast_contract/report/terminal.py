"""The end of a run on a terminal: findings first, each with its six answers, then one block of numbers."""

from collections import Counter
from collections.abc import Iterable, Iterator

from framecast_contract.history import Finding
from framecast_contract.report.summary import Run

SHOWN_HISTORY = 8
SHOWN_BODY = 600
SHOWN_OTHERS = 3


def lines(run: Run, reports: str) -> Iterator[str]:
    """The closing text, line by line. `reports` is the folder that the files were written to."""
    for number, alike in enumerate(_grouped(run.ledger.findings), 1):
        yield from _finding(number, alike)
    yield from _unknowns(run)
    for reason in run.broken:
        yield f"could not judge: {reason}"
    yield from _numbers(run, reports)


def _grouped(findings: Iterable[Finding]) -> list[list[Finding]]:
    """Findings of one rule at one operation: most likely one cause, told once. summary.json has them all."""
    groups: dict[tuple[str, str | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.name, finding.operation), []).append(finding)
    return list(groups.values())


def _finding(number: int, alike: list[Finding]) -> Iterator[str]:
    finding, count = alike[0], sum(each.count for each in alike)
    times = f" ({count} times)" if count > 1 else ""
    yield f"finding {number}: {finding.name} at {finding.operation or 'no operation'}{times}"
    yield f"  as        {finding.persona or 'unknown'}"
    if finding.request:
        yield f"  sent      {finding.request['method']} {finding.request['url']}"
        yield from _body("            ", str(finding.request["body"]))
    if finding.response:
        yield f"  came back {finding.response['status']}"
        yield from _body("            ", str(finding.response["body"]))
    yield from _block("  expected  ", finding.expected)
    if finding.other_rules:
        yield f"  or rule   {', '.join(finding.other_rules)}"
    yield from _block("  history   ", "\n".join(finding.history[-SHOWN_HISTORY:]))
    yield f"  again     {finding.reproduce}"
    yield from _others(list(dict.fromkeys(each.test for each in alike if each.test != finding.test)))
    yield ""


def _others(tests: list[str]) -> Iterator[str]:
    for test in tests[:SHOWN_OTHERS]:
        yield f"  also in   {test}"
    if len(tests) > SHOWN_OTHERS:
        yield f"            and {len(tests) - SHOWN_OTHERS} more"


def _body(indent: str, body: str) -> Iterator[str]:
    if body:
        yield indent + body[:SHOWN_BODY].replace("\n", " ")


def _block(label: str, text: str) -> Iterator[str]:
    for index, line in enumerate(text.splitlines() or [""]):
        yield (label if index == 0 else " " * len(label)) + line


def _unknowns(run: Run) -> Iterator[str]:
    reasons = Counter(item.reason for item in run.ledger.unknown)
    for reason, count in reasons.most_common():
        yield f"unknown: {count} × {reason}"


def _numbers(run: Run, reports: str) -> Iterator[str]:
    ledger = run.ledger
    exchanges = sum(sum(statuses.values()) for statuses in ledger.operations.values())
    judged = sum(ledger.checks.values()) + sum(ledger.rules.values())
    yield _covered(run)
    yield (
        f"{run.verdict.upper()}: operations {run.covered}/{len(run.known_operations)} · exchanges {exchanges}"
        f" · checks {judged} · rules {len(ledger.rules)} · findings {len(ledger.findings)}"
        f" · unknown {len(ledger.unknown)} · {run.seconds:.1f} s"
    )
    yield f"target {run.target} · seed {run.seed} · reports in {reports}"


def _covered(run: Run) -> str:
    """How much of the contract was seen to work and to refuse."""
    names = [name for name in run.known_operations if name in run.ledger.operations]
    refusals = [run.refused(name) for name in names if run.refused(name) is not None]
    cells = sum(map(len, run.ledger.access.values()))
    return (
        f"of {len(names)} operations called {sum(map(run.succeeded, names))} succeeded at least once;"
        f" of {len(refusals)} that can refuse {sum(map(bool, refusals))} did; access cells {cells}"
    )
