"""Planted bugs: each breaks one rule of one sandbox, so that the suite can prove that it notices.

A defect replaces a method of a living `Sandbox`; the sandbox itself knows nothing of them. One file per area;
docs/defects.md lists them all with the tests that catch them.
"""

from framecast_contract.sandbox.defects.catalogue import DEFECTS, find_defect
from framecast_contract.sandbox.defects.planting import Defect

__all__ = ["DEFECTS", "Defect", "find_defect"]
