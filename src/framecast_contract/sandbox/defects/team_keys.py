"""Defects of API keys in teams: which URNs they may carry, and that they can no more than their user."""

from functools import partial
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.defects.planting import Defect, as_if, replace
from framecast_contract.sandbox.http import Caller, forbidden

_MATRIX = "tests/conformance/test_access.py::test_access"
_KEYS = "tests/lifecycle/test_team_keys.py"
_MADE = f"{_KEYS}::test_a_team_s_key_is_for_who_may_work_in_it"
_OF_STARTER = f"{_KEYS}::test_a_starter_s_key_is_personal"
_MEMBERSHIP_KEY = f"{_KEYS}::test_a_membership_key_needs_the_membership"
_ITS_USER = f"{_KEYS}::test_a_key_can_at_any_moment_what_its_user_can"


def _key_owner_unchecked(sandbox: Sandbox, kind: str) -> None:
    """A starter may have a key made with an owner of this kind, whoever it belongs to."""
    owner = sandbox.api_keys.owner

    def lax(caller: Caller, urn: str) -> str:
        named = parse_owner(urn)
        if caller.is_creator or named is None or named.team_id is None:
            return owner(caller, urn)
        return urn if kind == ("team" if named.user_id is None else "membership") else owner(caller, urn)

    replace(sandbox.api_keys.owner, lax)


def _viewers_keys(sandbox: Sandbox) -> None:
    owner = sandbox.api_keys.owner

    def lax(caller: Caller, urn: str) -> str:
        return urn if sandbox.access.may_see_urn(caller, urn) else owner(caller, urn)

    replace(sandbox.api_keys.owner, lax)


def _membership_unasked(sandbox: Sandbox) -> None:
    valid = sandbox.auth.key_is_valid
    replace(
        sandbox.auth.key_is_valid,
        lambda key: valid(as_if(key, owner=f"framecast:user:{key['user_id']}")),
    )


def _role_in_the_key(sandbox: Sandbox) -> None:
    """A key goes on in the role that its user had when it was used first."""
    entered, first = sandbox.teams.entered, dict[tuple[str, str], str]()

    def stale(caller: Caller, team_id: str) -> Any:
        team = entered(caller, team_id)
        if caller.key is None:
            return team
        return as_if(team, user_role=first.setdefault((caller.key["id"], team_id), team["user_role"]))

    replace(sandbox.teams.entered, stale)


def _session_scoped(sandbox: Sandbox) -> None:
    require = sandbox.auth.require_scope

    def strict(caller: Caller, scope: str | None) -> None:
        if caller.key is None and scope in ("team:read", "team:admin"):
            raise forbidden(f"the session lacks the scope {scope}")
        require(caller, scope)

    replace(sandbox.auth.require_scope, strict)


DEFECTS = (
    Defect(
        "starter-with-team-key",
        "INV-A6",
        "A starter may have a key of any team.",
        partial(_key_owner_unchecked, kind="team"),
        (f"{_OF_STARTER}[team]",),
    ),
    Defect(
        "starter-with-membership-key",
        "INV-A7",
        "A starter may have a key of a membership.",
        partial(_key_owner_unchecked, kind="membership"),
        (f"{_OF_STARTER}[own membership]",),
    ),
    Defect(
        "viewer-with-team-key",
        "KEY-11",
        "A viewer may have a key of the team.",
        _viewers_keys,
        (f"{_MADE}[viewer-team]", f"{_MADE}[viewer-own membership]"),
    ),
    Defect(
        "membership-key-lives-on",
        "INV-X4",
        "A key of a membership goes on working when the membership has ended.",
        _membership_unasked,
        (f"{_MEMBERSHIP_KEY}[leaving]", f"{_MEMBERSHIP_KEY}[team deleted]"),
    ),
    Defect(
        "key-keeps-role",
        "AUTH-9",
        "A key goes on in the role that its user had when it was used first.",
        _role_in_the_key,
        (_ITS_USER,),
    ),
    Defect(
        "session-without-team-scope",
        "ACCESS-5",
        "A session opens no team, because only keys have scopes.",
        _session_scoped,
        (f"{_MATRIX}[get_team-viewer]", f"{_MATRIX}[update_team-admin]"),
    ),
)
