"""Teams, as far as an upgrade needs them: the personal team and its welcome project."""

import json
from typing import TYPE_CHECKING

from framecast_contract.sandbox.welcome import WELCOME_SPEC

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Teams:
    """Team, membership and project rows."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create_personal_team(self, user_id: str) -> str:
        """`My Team` with its owner and the welcome project; the new team's id."""
        team_id = self.create_team("My Team", self._free_slug("my-team"))
        self.add_member(team_id, user_id, "owner")
        self.create_welcome_project(team_id, user_id)
        return team_id

    def create_team(self, name: str, slug: str) -> str:
        """A team without members and without credits; its id."""
        moment, team_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": team_id,
            "name": name,
            "slug": slug,
            "credits": 0,
            "ephemeral_storage_bytes": 0,
            "settings": "{}",
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("teams", row)
        return team_id

    def add_member(self, team_id: str, user_id: str, role: str) -> None:
        row = {
            "id": self._sandbox.new_id(),
            "team_id": team_id,
            "user_id": user_id,
            "role": role,
            "created_at": self._sandbox.stamp(),
        }
        self._sandbox.database.insert("memberships", row)

    def create_welcome_project(self, team_id: str, user_id: str) -> None:
        moment = self._sandbox.stamp()
        row = {
            "id": self._sandbox.new_id(),
            "team_id": team_id,
            "created_by": user_id,
            "name": "Welcome to Framecast",
            "status": "draft",
            "spec": json.dumps(WELCOME_SPEC),
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("projects", row)

    def _free_slug(self, base: str) -> str:
        """The base and eight hex digits that no team has yet."""
        while True:
            slug = f"{base}-{self._sandbox.random.getrandbits(32):08x}"
            if self._sandbox.database.one("SELECT id FROM teams WHERE slug = ?", slug) is None:
                return slug
