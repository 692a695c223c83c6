"""`just rules`: which rule is exercised by which tests, read from the tests' own markers."""

import ast
from collections.abc import Iterator
from pathlib import Path

from framecast_contract.oracle.rules import RULES


def tests_by_rule(folder: Path) -> dict[str, list[str]]:
    """Rule id → ids of the tests below `folder` that name it with `@pytest.mark.rule(...)`."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for test, rule in _named(path):
            found.setdefault(rule, []).append(f"{path.relative_to(folder.parent).as_posix()}::{test}")
    return found


def _named(path: Path) -> Iterator[tuple[str, str]]:
    module = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            for decorator in node.decorator_list:
                yield from ((node.name, rule) for rule in _rules(decorator))


def _rules(decorator: ast.expr) -> Iterator[str]:
    """The rules of a decorator; a mark may also stand inside, on one parameter set of many."""
    for node in ast.walk(decorator):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "pytest.mark.rule":
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def rule_lines(folder: Path) -> Iterator[str]:
    """One line per rule of the oracle, with its statement, and one per test; then what no test names."""
    found = tests_by_rule(folder)
    for rule in RULES.values():
        if rule.id in found:
            yield f"{rule.id}  {rule.statement}"
            yield from (f"    {test}" for test in found[rule.id])
    missing = [rule.id for rule in RULES.values() if rule.id not in found]
    yield f"{len(found)} of {len(RULES)} rules are named by a test; not named: {', '.join(missing) or 'none'}"
