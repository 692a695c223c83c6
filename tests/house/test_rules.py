"""Every invariant of the facts that a client can see broken is exercised by a test of the suite."""

from framecast_contract.cli import named_rules
from framecast_contract.oracle.facts import OBSERVABLE
from framecast_contract.oracle.rules import RULES


def test_every_observable_invariant_is_named_by_a_test_and_tests_name_only_rules() -> None:
    named = set(named_rules())

    assert sorted(OBSERVABLE - named) == []
    assert sorted(named - set(RULES)) == []
