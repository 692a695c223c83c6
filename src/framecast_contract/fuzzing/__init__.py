"""Drives schemathesis' own engine at a target, as one persona, and tells what it found in our words."""

from framecast_contract.fuzzing.run import PHASES, Fuzz, FuzzResult
from framecast_contract.fuzzing.schema import KnownIds, fuzz_schema

__all__ = ["PHASES", "Fuzz", "FuzzResult", "KnownIds", "fuzz_schema"]
