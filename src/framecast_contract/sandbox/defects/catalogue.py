"""The list of planted defects, collected from their areas."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from framecast_contract.sandbox.defects import (
    access,
    accounts,
    api_keys,
    credits,
    errors,
    events,
    idempotency,
    job_objects,
    jobs,
    refunds,
    slots,
    specs,
    system_assets,
)
from framecast_contract.sandbox.defects.planting import Defect

AREAS = (
    refunds, credits, idempotency, slots, jobs, job_objects, events, specs, system_assets, accounts, api_keys,
    access, errors,
)  # fmt: skip


def collected(defects: Iterable[Defect]) -> Mapping[str, Defect]:
    """Defects by id; raises ValueError when two of them claim one id."""
    found: dict[str, Defect] = {}
    for each in defects:
        if each.id in found:
            raise ValueError(f"two defects are called {each.id}: choose another id for one of them")
        found[each.id] = each
    return MappingProxyType(found)


DEFECTS: Mapping[str, Defect] = collected(each for area in AREAS for each in area.DEFECTS)


def find_defect(defect_id: str) -> Defect:
    """The defect of that id. ValueError, naming the nearest, when there is none."""
    if defect_id in DEFECTS:
        return DEFECTS[defect_id]
    near = get_close_matches(defect_id, DEFECTS, n=1)
    raise ValueError(f"there is no defect {defect_id!r};" + (f" did you mean {near[0]!r}?" if near else ""))
