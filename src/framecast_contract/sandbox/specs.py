"""Validating and pricing storyboards: what the spec operations, job creation and rendering ask.

Pure functions over plain data. `validate` takes any JSON object whatever and answers with a report; `price`
and `total_duration` take specs that it found valid. The rules themselves stand in `spec_rules`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.sandbox.catalogue import BY_ID, SystemAsset
from framecast_contract.sandbox.spec_measure import json_number, price, scene_credits, total_duration
from framecast_contract.sandbox.spec_rules import SPEC_RULES, Rule, SpecRules
from framecast_contract.sandbox.spec_shape import Finding
from framecast_contract.sandbox.spec_storyboard import AssetLookup, Storyboard

__all__ = [
    "SPEC_RULES",
    "AssetLookup",
    "Finding",
    "Report",
    "SpecRules",
    "json_number",
    "price",
    "scene_credits",
    "total_duration",
    "validate",
]


@dataclass(frozen=True, slots=True)
class Report:
    """Everything there is to say about one spec."""

    errors: list[Finding]
    warnings: list[Finding]

    @property
    def valid(self) -> bool:
        """Whether a job can be made from the spec; warnings do not stand in the way."""
        return not self.errors


def validate(
    spec: Mapping[str, Any],
    assets: AssetLookup,
    rules: SpecRules = SPEC_RULES,
    catalogue: Mapping[str, SystemAsset] = BY_ID,
) -> Report:
    """Judge a spec by every rule of job semantics 10 and list all findings.

    Never raises, whatever the spec holds; `rules` and `catalogue` can be exchanged to plant a defect.
    """
    board = Storyboard(spec, assets, catalogue)
    return Report(_findings(rules.errors, board), _findings(rules.warnings, board))


def _findings(rules: Mapping[str, Rule], board: Storyboard) -> list[Finding]:
    return [finding for rule in rules.values() for finding in rule(board)]
