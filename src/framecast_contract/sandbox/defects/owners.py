"""Defects of owner URNs: which one is meant without any, and which may own."""

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import Owner
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Caller

_PAYS = "tests/lifecycle/test_team_jobs.py::test_each_owner_pays_from_the_own_balance"
_USABLE = "tests/lifecycle/test_specs.py::test_an_owner_must_be_usable"
_ARTIFACT = "framecast:artifact:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"


def _first_team_meant(sandbox: Sandbox) -> None:
    owner_for = sandbox.access.owner_for

    def guess(caller: Caller, urn: str | None) -> Owner:
        teams = sandbox.access.visible_owners(caller)[1:]
        return owner_for(caller, teams[0] if teams and urn is None else urn)

    replace(sandbox.access.owner_for, guess)


def _references_own(sandbox: Sandbox) -> None:
    may_use = sandbox.access.may_use
    replace(sandbox.access.may_use, lambda caller, owner: owner.is_reference or may_use(caller, owner))


DEFECTS = (
    Defect(
        "team-meant-without-owner",
        "OWNER-2",
        "Without an owner a creator's first team is meant.",
        _first_team_meant,
        (_PAYS,),
    ),
    Defect(
        "reference-owns",
        "OWNER-6",
        "Jobs may be owned by an artifact or by a sound of the system.",
        _references_own,
        (f"{_USABLE}[starter-framecast:system:sfx:pop-allowed3]", f"{_USABLE}[creator-{_ARTIFACT}-allowed2]"),
    ),
)
