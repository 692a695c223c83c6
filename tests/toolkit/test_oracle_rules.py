"""The registry of rules: complete, unambiguous, and helpful to somebody who mistypes an id."""

import re
from pathlib import Path

import pytest

import framecast_contract.oracle
from framecast_contract.oracle import facts
from framecast_contract.oracle.facts import NOT_ON_THE_WIRE, OBSERVABLE
from framecast_contract.oracle.rules import RULES, collected, rule
from framecast_contract.oracle.words import Rule

SOURCE = re.compile(r"[a-z-]+\.md \d+(\.\d+)?")
ID = re.compile(r"[A-Z]+(-[A-Z]+)?-?[A-Z]*\d+|INV-ART-CHAR")
FILES = sorted({*Path(framecast_contract.oracle.__file__).parent.glob("*.py")} - {Path(facts.__file__)})
USED_IDS = re.compile(r'"((?:INV-[A-Z]+|[A-Z]{1,8}-)\d+)"')


@pytest.mark.parametrize("rule_id", sorted(RULES))
def test_a_rule_says_what_it_promises_and_where_the_facts_do(rule_id: str) -> None:
    each = RULES[rule_id]
    assert each.id == rule_id
    assert ID.fullmatch(rule_id)
    assert each.statement.endswith(".")
    assert len(each.statement) > 20
    assert SOURCE.fullmatch(each.source)


def test_no_two_rules_say_the_same() -> None:
    statements = [each.statement for each in RULES.values()]
    assert len(set(statements)) == len(statements)


def test_two_rules_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError) as raised:
        collected([Rule("JOB-1", "One.", "a.md 1"), Rule("JOB-1", "Other.", "a.md 2")])
    assert str(raised.value) == "two rules are called JOB-1: 'One.' and 'Other.'"


def test_a_mistyped_id_is_answered_with_the_ids_that_look_like_it() -> None:
    with pytest.raises(KeyError, match="no rule is called 'REFUNDS-2'; did you mean REFUND-2"):
        rule("REFUNDS-2")


def test_a_known_id_gives_its_rule() -> None:
    assert rule("INV-J8") == RULES["INV-J8"]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_id_that_a_family_reports_is_registered(file: Path) -> None:
    assert set(USED_IDS.findall(file.read_text(encoding="utf-8"))) <= set(RULES)


@pytest.mark.parametrize("rule_id", sorted(OBSERVABLE))
def test_every_invariant_a_client_can_observe_is_a_rule(rule_id: str) -> None:
    assert rule_id in RULES


def test_no_rule_claims_what_no_client_can_observe() -> None:
    assert not NOT_ON_THE_WIRE.keys() & RULES.keys()
    assert not NOT_ON_THE_WIRE.keys() & OBSERVABLE
