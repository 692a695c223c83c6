"""Owner URNs, and who may see or use what they name (conventions 8 to 11)."""

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from framecast_contract.sandbox.http import Caller, forbidden, invalid

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

_UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_OWNER = re.compile(
    f"framecast:(?:user:(?P<user>{_UUID})|team:(?P<team>{_UUID})|(?P<in>{_UUID}):(?P<by>{_UUID}))"
)
_REFERENCE = re.compile(f"framecast:(?:artifact:{_UUID}|system:(?:sfx|ambient|music|transition):[a-z0-9_]+)")
USING_ROLES = ("owner", "admin", "member")
MANAGING_ROLES = ("owner", "admin")


@dataclass(frozen=True, slots=True)
class Owner:
    """A parsed owner URN. A membership URN has both ids; a reference (artifact, system asset) has neither."""

    urn: str
    team_id: str | None = None
    user_id: str | None = None

    @property
    def is_reference(self) -> bool:
        return self.team_id is None and self.user_id is None


def personal_urn(user_id: str) -> str:
    return f"framecast:user:{user_id}"


def parse_owner(urn: str) -> Owner | None:
    """The owner a URN names, or None when it is not in canonical form."""
    match = _OWNER.fullmatch(urn)
    if match is not None:
        return Owner(urn, match["team"] or match["in"], match["user"] or match["by"])
    return Owner(urn) if _REFERENCE.fullmatch(urn) else None


class Access:
    """Questions about sight and use, answered from the memberships as they are now."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def role(self, user_id: str, team_id: str) -> str | None:
        """The role of a user in a team; None for strangers and unknown teams."""
        row = self._sandbox.database.one(
            "SELECT role FROM memberships WHERE user_id = ? AND team_id = ?", user_id, team_id
        )
        return None if row is None else str(row["role"])

    def may_see(self, caller: Caller, owner: Owner) -> bool:
        """Whether resources of this owner are accessible: own ones, and any role in the owning team."""
        if owner.is_reference or owner.user_id not in (None, caller.id):
            return False
        if owner.team_id is None:
            return True
        return caller.is_creator and self.role(caller.id, owner.team_id) is not None

    def may_see_urn(self, caller: Caller, urn: str) -> bool:
        """`may_see` for the URN stored with a resource."""
        owner = parse_owner(urn)
        return owner is not None and self.may_see(caller, owner)

    def may_use(self, caller: Caller, owner: Owner) -> bool:
        """Whether the caller may own new things through this URN: viewers see a team but do not use it."""
        if not self.may_see(caller, owner):
            return False
        return owner.team_id is None or self.role(caller.id, owner.team_id) in USING_ROLES

    def manages(self, caller: Caller, owner: Owner) -> bool:
        """Whether the caller is owner or admin of the team in the URN."""
        return owner.team_id is not None and self.role(caller.id, owner.team_id) in MANAGING_ROLES

    def owner_for(self, caller: Caller, urn: str | None) -> Owner:
        """The owner a request asks for, by default the caller's personal one (E-OWNER: 400, 403)."""
        if urn is None:
            return Owner(personal_urn(caller.id), None, caller.id)
        owner = parse_owner(urn)
        if owner is None:
            raise invalid("owner is not a canonical URN")
        if not self.may_use(caller, owner):
            raise forbidden("owner is not usable by this caller")
        return owner

    def visible_owners(self, caller: Caller) -> list[str]:
        """Every URN whose resources the caller may list (conventions 9)."""
        owners = [personal_urn(caller.id)]
        if caller.is_creator:
            for row in self._sandbox.database.all(
                "SELECT team_id FROM memberships WHERE user_id = ?", (caller.id,)
            ):
                owners += [f"framecast:team:{row['team_id']}", f"framecast:{row['team_id']}:{caller.id}"]
        return owners
