"""Teams: founded, read, changed and deleted by their members (accounts-and-teams 5)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import MANAGING_ROLES
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    conflict,
    forbidden,
    invalid,
    is_blank,
    members,
    not_found,
    required,
    text,
)
from framecast_contract.sandbox.slugs import MAX_SLUG, SLUG, SUFFIX_BYTES, slug_base
from framecast_contract.sandbox.welcome import WELCOME_SPEC

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

_SEEN_BY = (
    "SELECT teams.*, memberships.role AS user_role, memberships.user_id FROM teams"
    " JOIN memberships ON memberships.team_id = teams.id WHERE memberships.user_id = ?"
)
_SHOWN = ("id", "name", "slug", "credits", "ephemeral_storage_bytes", "created_at", "updated_at", "user_role")


class Teams:
    """The five team operations, and the rows that a new team consists of."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_teams(self, call: Call) -> Response:
        """The caller's teams by name, in the order of code points."""
        rows = self._sandbox.database.all(
            f"{_SEEN_BY} ORDER BY teams.name, teams.created_at", (call.caller.id,)
        )
        return JSONResponse([self.view(row) for row in rows])

    def create_team(self, call: Call) -> Response:
        """A new team whose only member, the caller, owns it."""
        body = call.body()
        name: str = required(self.name_in(body), "name")
        slug = self.slug_for(name, text(body, "slug"))
        self._sandbox.members.check_may_own_another(call.caller.id)
        self._sandbox.members.check_may_join_another(call.caller.id)
        self.check_slug_free(slug)
        team_id = self.insert(name, slug)
        self.add_member(team_id, call.caller.id, "owner")
        return JSONResponse(self.view(self.entered(call.caller, team_id)), 201)

    def get_team(self, call: Call) -> Response:
        return JSONResponse(self.view(self.entered(call.caller, call.path_uuid("team_id"))))

    def update_team(self, call: Call) -> Response:
        """Change name and settings: what is absent or null keeps its value."""
        team_id, body = call.path_uuid("team_id"), call.body()
        name, settings = self.name_in(body), members(body, "settings")
        self.require_manager(self.entered(call.caller, team_id))
        changes: dict[str, Any] = {} if name is None else {"name": name}
        if settings is not None:
            changes["settings"] = json.dumps(settings)
        self._sandbox.database.update("teams", team_id, changes | {"updated_at": self._sandbox.stamp()})
        return JSONResponse(self.view(self.entered(call.caller, team_id)))

    def delete_team(self, call: Call) -> Response:
        """End a team that nobody else is in and that has nothing under way."""
        team = self.entered(call.caller, call.path_uuid("team_id"))
        self.require_owner(team)
        self.check_alone(team)
        self.check_no_active_job(team)
        self._sandbox.members.check_not_only_team(call.caller.id)
        renders = self._sandbox.removal.remove_team(team["id"])
        return self._sandbox.removal.gone(renders)

    def entered(self, caller: Caller, team_id: str) -> sqlite3.Row:
        """The team as the caller sees it: 404 when there is none, 403 when the caller is not in it."""
        team = self._sandbox.database.one(f"{_SEEN_BY} AND teams.id = ?", caller.id, team_id)
        if team is not None:
            return team
        if self.find(team_id) is None:
            raise not_found("team")
        raise forbidden("only members see this team")

    def find(self, team_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM teams WHERE id = ?", team_id)

    def require_manager(self, team: sqlite3.Row) -> None:
        if team["user_role"] not in MANAGING_ROLES:
            raise forbidden("only an owner or admin changes a team")

    def require_owner(self, team: sqlite3.Row) -> None:
        if team["user_role"] != "owner":
            raise forbidden("only an owner deletes a team")

    def check_alone(self, team: sqlite3.Row) -> None:
        if self._sandbox.members.count(team["id"]) > 1:
            raise conflict("the team has other members")

    def check_no_active_job(self, team: sqlite3.Row) -> None:
        """409 while a job under the team's own URN is queued or processing."""
        active = self._sandbox.database.one(
            "SELECT 1 FROM jobs WHERE owner = ? AND status IN ('queued', 'processing')",
            f"framecast:team:{team['id']}",
        )
        if active is not None:
            raise conflict("the team has an active job")

    def name_in(self, body: dict[str, Any]) -> str | None:
        """A team name with something to see in it, or None when there is none in the body."""
        name = text(body, "name", 1, 100)
        if name is not None and is_blank(name):
            raise invalid("name must not be blank")
        return name

    def slug_for(self, name: str, given: str | None) -> str:
        """The slug asked for, or one made from the name; 400 when neither gives one (INV-T4)."""
        if given is not None:
            self.check_slug(given)
            return given
        base = slug_base(name)
        if not base:
            raise invalid("slug is required: the name has no letter or digit to make one from")
        return self._free_slug(base)

    def check_slug(self, slug: str) -> None:
        if len(slug) > MAX_SLUG or not SLUG.fullmatch(slug):
            raise invalid(f"slug must be 1 to {MAX_SLUG} of a-z, 0-9 and single hyphens between them")

    def check_slug_free(self, slug: str) -> None:
        """409 when another team has it (INV-T3)."""
        if self._slug_taken(slug):
            raise conflict("slug is taken")

    def create_personal_team(self, user_id: str) -> str:
        """`My Team` with its owner and the welcome project; the new team's id."""
        team_id = self.insert("My Team", self._free_slug("my-team"))
        self.add_member(team_id, user_id, "owner")
        self.create_welcome_project(team_id, user_id)
        return team_id

    def insert(self, name: str, slug: str) -> str:
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
            slug = f"{base}-{self._sandbox.random.getrandbits(8 * SUFFIX_BYTES):0{2 * SUFFIX_BYTES}x}"
            if not self._slug_taken(slug):
                return slug

    def _slug_taken(self, slug: str) -> bool:
        return self._sandbox.database.one("SELECT 1 FROM teams WHERE slug = ?", slug) is not None

    def view(self, team: sqlite3.Row) -> dict[str, Any]:
        """`Team` as the member in the row sees it."""
        shown = {name: team[name] for name in _SHOWN}
        shown["settings"] = json.loads(team["settings"])
        return shown | {"user_urn": f"framecast:{team['id']}:{team['user_id']}"}
