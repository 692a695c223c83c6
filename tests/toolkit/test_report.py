"""What a run says at its end: summary.json, the terminal, the verdict and the exit code."""

import dataclasses
import io
import json
from pathlib import Path
from typing import Any

import pytest

from framecast_contract.history import Exchange, Finding, Ledger, Unknown
from framecast_contract.report import rules
from framecast_contract.report.access import write_access
from framecast_contract.report.progress import SuiteReporter
from framecast_contract.report.summary import Run, summary, write_summary
from framecast_contract.report.terminal import lines

KEY = "sk_live_" + "ab01" * 8
LAST = Exchange(
    operation="cancel_job",
    persona="alice",
    method="POST",
    url="/v1/jobs/1/cancel",
    request_headers=(("authorization", f"Bearer {KEY}"),),
    request_body=b'{"key": "' + KEY.encode() + b'"}',
    status=200,
    response_headers=(),
    response_body=b'{"credits_refunded":\n 0}',
)
FINDING = Finding(
    rule="REFUND-5",
    check="assertion",
    operation="cancel_job",
    persona="alice",
    request=LAST.request_dict(),
    response=LAST.response_dict(),
    expected="credits_refunded is 9\nnot 0",
    history=("alice: create_job → 201", "alice: cancel_job → 200"),
    reproduce='just contract --seed 7 --only "tests/x.py::test_y"',
    test="tests/x.py::test_y",
    count=2,
    other_rules=("REFUND-6",),
)


OPERATIONS = {"get_root": frozenset[int](), "cancel_job": frozenset({404, 409})}


def _run(*findings: Finding, **changes: Any) -> Run:
    ledger = Ledger(
        operations={"cancel_job": {409: 1, 200: 2}},
        checks={"job_object": 3, "error_body": 1},
        rules={"REFUND-5": 2},
        access={"cancel_job": {"owner": "✓", "nobody": "401 MISSING_AUTHORIZATION"}},
        findings=list(findings),
        unknown=[Unknown("tests/x.py::test_w", "the target lacks clock")],
    )
    values: dict[str, Any] = {
        "ledger": ledger,
        "seconds": 1.23456,
        "seed": 7,
        "target": "sandbox",
        "known_operations": OPERATIONS,
        "tests": {"passed": 1, "failed": len(findings), "skipped": 1},
    }
    return Run(**{**values, **changes})


def test_summary_json_has_the_documented_members() -> None:
    assert summary(_run(FINDING)) == {
        "format": 1,
        "verdict": "fail",
        "seconds": 1.235,
        "seed": 7,
        "target": "sandbox",
        "tests": {"passed": 1, "failed": 1, "skipped": 1},
        "operations": {
            "get_root": {"exchanges": 0, "statuses": {}, "succeeded": False, "refused": None},
            "cancel_job": {
                "exchanges": 3,
                "statuses": {"200": 2, "409": 1},
                "succeeded": True,
                "refused": True,
            },
        },
        "checks": {"error_body": 1, "job_object": 3},
        "rules": {"REFUND-5": 2},
        "access": {"cancel_job": {"owner": "✓", "nobody": "401 MISSING_AUTHORIZATION"}},
        "findings": [
            {
                "rule": "REFUND-5",
                "check": "assertion",
                "operation": "cancel_job",
                "persona": "alice",
                "request": {
                    "method": "POST",
                    "url": "/v1/jobs/1/cancel",
                    "headers": {"authorization": "Bearer sk_live_***"},
                    "body": '{"key": "sk_live_***"}',
                },
                "response": {"status": 200, "headers": {}, "body": '{"credits_refunded":\n 0}'},
                "expected": "credits_refunded is 9\nnot 0",
                "history": ("alice: create_job → 201", "alice: cancel_job → 200"),
                "reproduce": 'just contract --seed 7 --only "tests/x.py::test_y"',
                "test": "tests/x.py::test_y",
                "count": 2,
                "other_rules": ("REFUND-6",),
            }
        ],
        "unknown": [{"test": "tests/x.py::test_w", "reason": "the target lacks clock"}],
        "broken": [],
    }


def test_docs_describe_every_member_of_the_summary() -> None:
    described = (Path(__file__).parents[2] / "docs" / "summary.md").read_text(encoding="utf-8")
    members = [*summary(_run()), *FINDING.as_dict()]

    assert [member for member in members if f"| `{member}` |" not in described] == []


@pytest.mark.parametrize(
    ("run", "verdict", "exit_code"),
    [
        (_run(), "pass", 0),
        (_run(FINDING), "fail", 1),
        (_run(FINDING, broken=("worker gw0 died",)), "fail", 1),
        (_run(broken=("worker gw0 died",)), "unknown", 2),
        (_run(ledger=Ledger()), "unknown", 2),
        (_run(ledger=Ledger(operations={"get_root": {200: 1}})), "unknown", 2),
        (_run(ledger=Ledger(rules={"REFUND-5": 1})), "pass", 0),
    ],
    ids=["judged", "found", "found and broken", "broken", "nothing", "only called", "only rules"],
)
def test_the_verdict_follows_from_what_was_judged(run: Run, verdict: str, exit_code: int) -> None:
    assert (run.verdict, run.exit_code) == (verdict, exit_code)


def test_an_exchange_outside_the_contract_covers_nothing() -> None:
    assert _run(ledger=Ledger(operations={"cancel_job": {200: 1}, "unheard_of": {200: 1}})).covered == 1


@pytest.mark.parametrize(
    ("statuses", "succeeded", "refused"),
    [({}, False, False), ({302: 1}, False, False), ({201: 1, 418: 1}, True, False), ({404: 1}, False, True)],
)
def test_an_operation_is_known_when_it_has_succeeded_and_refused_as_documented(
    statuses: dict[int, int], succeeded: bool, refused: bool
) -> None:
    run = _run(ledger=Ledger(operations={"cancel_job": statuses}))

    assert (run.succeeded("cancel_job"), run.refused("cancel_job")) == (succeeded, refused)
    assert run.refused("get_root") is None


def test_the_access_matrix_is_a_table(tmp_path: Path) -> None:
    cells = {"get_job": {"nobody": "401", "key_with_star": "✓"}, "list_jobs": {"nobody": "401"}}

    path = write_access(cells, tmp_path)

    assert path is not None
    assert path.read_text(encoding="utf-8").splitlines() == [
        "# Who may call what: 3 cells",
        "",
        "What each kind of caller was answered. `✓` is the documented success.",
        "",
        "| operation | nobody | key with star |",
        "|---|---|---|",
        "| get_job | 401 | ✓ |",
        "| list_jobs | 401 |  |",
    ]
    assert write_access({}, tmp_path) is None
    assert list(tmp_path.iterdir()) == []  # a table of an earlier run must not pass for this one's


def test_a_finding_answers_six_questions_on_the_terminal() -> None:
    assert list(lines(_run(FINDING, broken=("worker gw0 died",)), "reports/latest")) == [
        "finding 1: REFUND-5 at cancel_job (2 times)",
        "  as        alice",
        "  sent      POST /v1/jobs/1/cancel",
        '            {"key": "sk_live_***"}',
        "  came back 200",
        '            {"credits_refunded":  0}',
        "  expected  credits_refunded is 9",
        "            not 0",
        "  or rule   REFUND-6",
        "  history   alice: create_job → 201",
        "            alice: cancel_job → 200",
        '  again     just contract --seed 7 --only "tests/x.py::test_y"',
        "",
        "unknown: 1 × the target lacks clock",
        "could not judge: worker gw0 died",
        "of 1 operations called 1 succeeded at least once; of 1 that can refuse 1 did; access cells 2",
        "FAIL: operations 1/2 · exchanges 3 · checks 6 · rules 1 · findings 1 · unknown 1 · 1.2 s",
        "target sandbox · seed 7 · reports in reports/latest",
    ]


def test_findings_of_one_rule_at_one_operation_are_told_once() -> None:
    alike = [
        dataclasses.replace(FINDING, expected=f"not {n}", test=f"tests/x.py::test_{n}") for n in range(6)
    ]

    told = list(lines(_run(FINDING, *alike, dataclasses.replace(FINDING, operation="get_job")), "reports"))

    assert [line for line in told if line.startswith("finding ")] == [
        "finding 1: REFUND-5 at cancel_job (14 times)",
        "finding 2: REFUND-5 at get_job (2 times)",
    ]
    start = told.index("  also in   tests/x.py::test_0")
    assert told[start + 1 : start + 4] == [
        "  also in   tests/x.py::test_1",
        "  also in   tests/x.py::test_2",
        "            and 3 more",
    ]


def test_a_finding_without_an_exchange_is_told_all_the_same() -> None:
    bare = dataclasses.replace(
        FINDING,
        operation=None,
        persona=None,
        request=None,
        response=None,
        history=(),
        count=1,
        other_rules=(),
    )

    assert list(lines(_run(bare), "r"))[:6] == [
        "finding 1: REFUND-5 at no operation",
        "  as        unknown",
        "  expected  credits_refunded is 9",
        "            not 0",
        "  history   ",
        '  again     just contract --seed 7 --only "tests/x.py::test_y"',
    ]


def test_a_summary_is_written_whole_and_leaves_nothing_else(tmp_path: Path) -> None:
    path = write_summary(summary(_run(FINDING)), tmp_path / "reports" / "latest")

    assert [each.name for each in path.parent.iterdir()] == ["summary.json"]
    assert json.loads(path.read_text(encoding="utf-8")) == json.loads(json.dumps(summary(_run(FINDING))))


def test_a_summary_that_cannot_be_written_leaves_the_last_one_alone(tmp_path: Path) -> None:
    path = write_summary(summary(_run()), tmp_path)
    before = path.read_text(encoding="utf-8")
    no_json = dataclasses.replace(FINDING, request={"body": object()})

    with pytest.raises(TypeError, match="not JSON serializable"):
        write_summary(summary(_run(no_json)), tmp_path)

    assert path.read_text(encoding="utf-8") == before


@pytest.fixture
def out() -> io.StringIO:
    return io.StringIO()


@pytest.fixture
def reporter(out: io.StringIO, tmp_path: Path) -> SuiteReporter:
    return SuiteReporter(seed=7, folder=tmp_path, target="sandbox", operations=OPERATIONS, out=out)


def _report(outcome: Any, when: Any = "call", longrepr: Any = None, **sent: Any) -> pytest.TestReport:
    report = pytest.TestReport("tests/x.py::test_y", ("x.py", 1, "y"), {}, outcome, longrepr, when)
    if sent:
        report.framecast = {"ledger": Ledger().as_dict(), "broken": [], **sent}  # type: ignore[attr-defined] # as the plugin does
    return report


def test_the_reporter_sums_what_tests_send(reporter: SuiteReporter) -> None:
    ledger = Ledger(rules={"REFUND-5": 1}, findings=[FINDING])
    for when in ("setup", "call", "teardown"):
        reporter.pytest_runtest_logreport(
            _report("passed", when, ledger=Ledger(rules={"JOB-1": 1}).as_dict())
        )
    reporter.pytest_runtest_logreport(_report("failed", ledger=ledger.as_dict()))
    skipped = _report("skipped", "setup", ("x.py", 1, "Skipped: the target lacks clock"))
    reporter.pytest_runtest_logreport(skipped)

    run = reporter.run()

    assert run.tests == {"passed": 1, "failed": 1, "skipped": 1}
    assert run.ledger.rules == {"JOB-1": 3, "REFUND-5": 1}
    assert run.ledger.unknown == [Unknown("tests/x.py::test_y", "the target lacks clock")]
    assert (run.verdict, run.broken) == ("fail", ())


def test_a_failure_that_sent_no_finding_is_broken_not_found(reporter: SuiteReporter) -> None:
    reporter.pytest_runtest_logreport(_report("failed", longrepr="Traceback\nE  ValueError: oops\n"))
    reporter.pytest_internalerror("Traceback\nINTERNALERROR> KeyError\n")
    reporter.pytest_keyboard_interrupt()

    assert reporter.run().broken == (
        "tests/x.py::test_y: E  ValueError: oops",
        "pytest itself failed: INTERNALERROR> KeyError",
        "interrupted from the keyboard",
    )
    assert reporter.run().verdict == "unknown"


def test_away_from_a_terminal_there_is_a_line_per_tenth(reporter: SuiteReporter, out: io.StringIO) -> None:
    reporter.pytest_xdist_node_collection_finished([f"test_{number}" for number in range(20)])
    reporter.pytest_sessionstart()

    for _ in range(4):
        reporter.pytest_runtest_logreport(_report("passed"))

    assert out.getvalue().splitlines() == [
        "contract suite against sandbox, seed 7",
        " 10 % · 2/20 tests · 0 findings",
        " 20 % · 4/20 tests · 0 findings",
    ]


def test_rules_are_listed_with_the_tests_that_name_them() -> None:
    marked = [
        ("tests/test_x.py::test_y[1]", ["REFUND-1", "JOB-1"]),
        ("tests/test_x.py::test_y[2]", ["REFUND-1"]),
        ("tests/test_x.py::test_z", ["REFUND-1"]),
        ("tests/test_x.py::test_w", []),
    ]

    found = rules.tests_by_rule(iter(marked))
    told = list(rules.rule_lines(found))

    assert found == {
        "REFUND-1": ["tests/test_x.py::test_y", "tests/test_x.py::test_z"],
        "JOB-1": ["tests/test_x.py::test_y"],
    }
    assert told[0].startswith("REFUND-1  ")
    assert told[1:3] == ["    tests/test_x.py::test_y", "    tests/test_x.py::test_z"]
    assert told[-1].startswith("2 of ")
