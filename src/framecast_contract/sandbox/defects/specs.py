"""Defects of the rules that a storyboard must keep."""

from collections.abc import Callable
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect

_REFUSED = "tests/lifecycle/test_job_creation.py::test_a_refused_storyboard_leaves_no_trace"


def _without(rule_id: str) -> Callable[[Sandbox], None]:
    """A defect that never finds this rule broken."""

    def plant(sandbox: Sandbox) -> None:
        sandbox.storyboards.rules = sandbox.storyboards.rules.without(rule_id)

    return plant


def _bent(rule_id: str, **settings: Any) -> Callable[[Sandbox], None]:
    """A defect that holds storyboards to another bound of this rule."""

    def plant(sandbox: Sandbox) -> None:
        sandbox.storyboards.rules = sandbox.storyboards.rules.bent(rule_id, **settings)

    return plant


DEFECTS = (
    Defect(
        "timeline-shows-unknown-scenes",
        "V-30",
        "A timeline may name scenes that do not exist.",
        _without("V-30"),
        (_REFUSED,),
    ),
)
