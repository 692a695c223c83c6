"""From a test that failed to findings a person can act on, or to the admission that nothing was judged."""

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from framecast_client import ApiError, ContractViolation, StreamCutError
from framecast_contract.checks.found import Found
from framecast_contract.history import Exchange, Finding, History
from framecast_contract.masking import mask

SHOWN_STEPS = 20


@dataclass(frozen=True, slots=True)
class Case:
    """What a report needs to know of a test: its id, the rules it exercises, and how to run it again."""

    test: str
    rules: Sequence[str]
    reproduce: str


def findings_of(error: BaseException, case: Case, history: History) -> tuple[Finding, ...]:
    """The findings that `error` stands for; none when it says nothing about the server.

    An assertion, an answer outside the contract and a refusal nobody expected are the server's doing.
    Anything else (a lost connection, a bug of ours) is not evidence, and the test's verdict is unknown.
    """
    if isinstance(error, Found):
        return error.findings
    if isinstance(error, pytest.fail.Exception) and str(error).startswith("DID NOT RAISE"):
        return (_finding("unexpected_success", f"the request had to be refused: {error}", case, history),)
    if isinstance(error, StreamCutError) and "the server closed the stream" in str(error):
        return (_finding("cut_stream", str(error), case, history),)
    if isinstance(error, ContractViolation):
        return (_finding("contract_violation", str(error), case, history),)
    if isinstance(error, ApiError):
        return (_finding("unexpected_answer", str(error), case, history),)
    if isinstance(error, AssertionError | TimeoutError):
        return (_finding("assertion", str(error), case, history),)
    return ()


def _finding(check: str, expected: str, case: Case, history: History) -> Finding:
    last = history.last()
    return finding(
        check=check,
        rule=case.rules[0] if case.rules else None,
        expected=expected,
        exchange=last,
        case=case,
        history=history,
        others=tuple(case.rules[1:]),  # an assertion does not say which of its story's rules it is about
    )


def finding(
    *,
    check: str,
    rule: str | None,
    expected: str,
    exchange: Exchange | None,
    case: Case,
    history: History,
    others: tuple[str, ...] = (),
) -> Finding:
    """A masked finding about `exchange`, told with the steps that led to it."""
    return Finding(
        rule=rule,
        check=check,
        operation=exchange.operation if exchange else None,
        persona=exchange.persona if exchange else None,
        request=exchange.request_dict() if exchange else None,
        response=exchange.response_dict() if exchange else None,
        expected=mask(expected),
        history=tuple(step.line() for step in history)[-SHOWN_STEPS:],
        reproduce=case.reproduce,
        test=case.test,
        other_rules=others,
    )
