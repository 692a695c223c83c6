"""Defects of the order in which a request is judged: credentials, then tier, then what it asks for."""

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Call, Caller

_BAD_ID = "tests/lifecycle/test_api_keys.py::test_an_id_that_is_no_uuid_is_bad_input"
_TIER = "tests/lifecycle/test_errors.py::test_a_starter_is_told_of_the_tier_whatever_else_is_wrong"


def _ids_first(sandbox: Sandbox) -> None:
    authenticate = sandbox.auth.authenticate

    def hasty(call: Call, *, keys_accepted: bool) -> Caller:
        _read_ids(call)
        return authenticate(call, keys_accepted=keys_accepted)

    replace(sandbox.auth.authenticate, hasty)


def _tier_late(sandbox: Sandbox) -> None:
    authenticate, require_tier = sandbox.auth.authenticate, sandbox.auth.require_tier
    judged = list[Call]()

    def remember(call: Call, *, keys_accepted: bool) -> Caller:
        judged[:] = [call]
        return authenticate(call, keys_accepted=keys_accepted)

    def late(caller: Caller, tier: str) -> None:
        _read_ids(judged[0])
        require_tier(caller, tier)

    replace(sandbox.auth.authenticate, remember)
    replace(sandbox.auth.require_tier, late)


def _read_ids(call: Call) -> None:
    for name in call.params.keys() - {"system_asset_id"}:
        call.path_uuid(name)


DEFECTS = (
    Defect(
        "ids-judged-before-credentials",
        "ACCESS-1",
        "A path id that is no UUID is told to nobody too.",
        _ids_first,
        (f"{_BAD_ID}[1]",),
    ),
    Defect(
        "ids-judged-before-tier",
        "ACCESS-1",
        "A starter is told of a bad path id where only creators may ask.",
        _tier_late,
        (f"{_TIER}[an id]",),
    ),
)
