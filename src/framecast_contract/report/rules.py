"""`just rules`: which rule is exercised by which tests, as the tests' own markers say."""

from collections.abc import Iterator, Mapping, Sequence

from framecast_contract.oracle.rules import RULES

TestsByRule = Mapping[str, Sequence[str]]
"""Rule id → ids of the tests that name it with `@pytest.mark.rule(...)`, without their parameters."""


def tests_by_rule(marked: Iterator[tuple[str, Sequence[str]]]) -> dict[str, list[str]]:
    """Turn `marked`, the rules of every test id, around."""
    found: dict[str, list[str]] = {}
    for test, rules in marked:
        for rule in rules:
            tests = found.setdefault(rule, [])
            name = test.partition("[")[0]
            if name not in tests:
                tests.append(name)
    return found


def rule_lines(found: TestsByRule) -> Iterator[str]:
    """One line per rule of the oracle, with its statement, and one per test; then what no test names."""
    for rule in RULES.values():
        if rule.id in found:
            yield f"{rule.id}  {rule.statement}"
            yield from (f"    {test}" for test in found[rule.id])
    missing = [rule.id for rule in RULES.values() if rule.id not in found]
    named = len(RULES) - len(missing)
    yield f"{named} of {len(RULES)} rules are named by a test; not named: {', '.join(missing) or 'none'}"
