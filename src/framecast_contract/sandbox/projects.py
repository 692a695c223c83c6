"""Projects of teams: storyboards in the making, and their state (jobs-and-rendering 6, job-semantics 1.2)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import MANAGING_ROLES, USING_ROLES, Owner
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    Query,
    conflict,
    forbidden,
    invalid,
    members,
    not_found,
    required,
    text,
)

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

STATUSES = ("draft", "rendering", "completed", "archived")
ALL_ROLES = (*USING_ROLES, "viewer")
MAX_NAME = 200


class Projects:
    """The operations on projects, and the rules of their state."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_projects(self, call: Call) -> Response:
        """A team's projects, the last touched first; archived ones only on demand."""
        team_id = call.path_uuid("team_id")
        sql, values = self._filters(call.query(), team_id)
        self.require_role(call.caller, team_id, ALL_ROLES)
        rows = self._sandbox.database.all(
            f"SELECT * FROM projects WHERE {sql} ORDER BY updated_at DESC LIMIT ? OFFSET ?", values
        )
        return JSONResponse([self.view(row) for row in rows])

    def create_project(self, call: Call) -> Response:
        """A draft; its spec is stored as it is, for only a render needs a valid one."""
        team_id, body = call.path_uuid("team_id"), call.body()
        name, spec = required(self.name_in(body), "name"), members(body, "spec")
        self.require_role(call.caller, team_id, USING_ROLES)
        return JSONResponse(self.view(self.create(team_id, call.caller.id, name, spec)), 201)

    def get_project(self, call: Call) -> Response:
        return JSONResponse(self.view(self.permitted(call.caller, call.path_uuid("project_id"), ALL_ROLES)))

    def update_project(self, call: Call) -> Response:
        """Another name, in any state but rendering."""
        project_id = call.path_uuid("project_id")
        name = self.name_in(call.body())
        project = self.permitted(call.caller, project_id, USING_ROLES)
        self.require_state(project, "draft", "completed", "archived")
        return JSONResponse(self.view(self.change(project_id, {} if name is None else {"name": name})))

    def name_in(self, body: dict[str, Any]) -> str | None:
        return text(body, "name", 1, MAX_NAME)

    def update_project_spec(self, call: Call) -> Response:
        """Another spec in place of the present one; the state stays."""
        project_id = call.path_uuid("project_id")
        spec = required(members(call.body(), "spec"), "spec")
        project = self.permitted(call.caller, project_id, USING_ROLES)
        self.require_state(project, "draft", "completed")
        return JSONResponse(self.view(self.change(project_id, {"spec": _stored(spec)})))

    def delete_project(self, call: Call) -> Response:
        project = self.permitted(call.caller, call.path_uuid("project_id"), MANAGING_ROLES)
        self.require_state(project, "draft", "completed", "archived")
        self.require_idle(project["id"])
        self.remove(project["id"])
        return Response(status_code=204)

    def archive_project(self, call: Call) -> Response:
        return self._put_into(call, "archived", "draft", "completed")

    def unarchive_project(self, call: Call) -> Response:
        """Always back to draft, also when it was completed before."""
        return self._put_into(call, "draft", "archived")

    def _put_into(self, call: Call, status: str, *from_states: str) -> Response:
        project = self.permitted(call.caller, call.path_uuid("project_id"), MANAGING_ROLES)
        self.require_state(project, *from_states)
        return JSONResponse(self.view(self.change(project["id"], {"status": status})))

    def follow(self, job: sqlite3.Row) -> None:
        """Bring the project of a job in step with the job, inside the transaction of its move (INV-P5)."""
        status = self.status_after(job["status"])
        if job["project_id"] is not None and status is not None:
            self.change(job["project_id"], {"status": status})

    def status_after(self, job_status: str) -> str | None:
        """Where a job's state puts its project; None when it changes nothing."""
        return {"queued": "rendering", "completed": "completed", "failed": "draft", "canceled": "draft"}.get(
            job_status
        )

    def require_role(self, caller: Caller, team_id: str, roles: tuple[str, ...]) -> None:
        """403 for foreign and unknown teams and for too low a role (E-TEAM)."""
        if self._sandbox.access.role(caller.id, team_id) not in roles:
            raise forbidden("the team is not yours, or your role in it does not allow this")

    def permitted(self, caller: Caller, project_id: str, roles: tuple[str, ...]) -> sqlite3.Row:
        """The project: 404 when there is none or its team is foreign (E-PROJECT), 403 for too low a role."""
        project = self.find(project_id)
        role = None if project is None else self._sandbox.access.role(caller.id, project["team_id"])
        if project is None or role is None:
            raise not_found("project")
        if role not in roles:
            raise forbidden(f"a {role} may not do this to a project")
        return project

    def require_state(self, project: sqlite3.Row, *states: str) -> None:
        """409 unless the project is in one of these states."""
        if project["status"] not in states:
            raise conflict(f"project is {project['status']}")

    def require_idle(self, project_id: str) -> None:
        """409 while a job of the project is active (INV-J12)."""
        active = self._sandbox.database.one(
            "SELECT id FROM jobs WHERE project_id = ? AND status IN ('queued', 'processing')", project_id
        )
        if active is not None:
            raise conflict("project has an active job")

    def require_owner(self, project_id: str | None, owner: Owner) -> None:
        """What goes into a project belongs to its team: 404 for no such project, 400 for another owner.

        Who gets past this is owner, admin or member of that team, because the owner was usable.
        """
        if project_id is None:
            return
        project = self.find(project_id)
        if project is None:
            raise not_found("project")
        if owner != team_owner(project["team_id"]):
            raise invalid("owner must be the team URN of the project")

    def find(self, project_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM projects WHERE id = ?", project_id)

    def create(self, team_id: str, user_id: str, name: str, spec: dict[str, Any] | None) -> sqlite3.Row:
        moment, project_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": project_id,
            "team_id": team_id,
            "created_by": user_id,
            "name": name,
            "status": "draft",
            "spec": None if spec is None else _stored(spec),
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("projects", row)
        return self._existing(project_id)

    def change(self, project_id: str, changes: dict[str, Any]) -> sqlite3.Row:
        """Apply changes and move `updated_at`."""
        changed = {**changes, "updated_at": self._sandbox.stamp()}
        self._sandbox.database.update("projects", project_id, changed)
        return self._existing(project_id)

    def remove(self, project_id: str) -> None:
        """Forget a project: its assets and artifacts go with it, its jobs stay as jobs of the team."""
        database, sandbox = self._sandbox.database, self._sandbox
        database.run("UPDATE jobs SET project_id = NULL WHERE project_id = ?", project_id)
        for asset in database.all("SELECT * FROM assets WHERE project_id = ?", (project_id,)):
            sandbox.assets.remove(asset)
        for artifact in database.all("SELECT * FROM artifacts WHERE project_id = ?", (project_id,)):
            sandbox.artifacts.remove(artifact)
        database.run("DELETE FROM projects WHERE id = ?", project_id)

    def latest_job_status(self, project_id: str) -> str | None:
        """State of the newest job of the project; None when it has none."""
        job = self._sandbox.database.one(
            "SELECT status FROM jobs WHERE project_id = ? ORDER BY created_at DESC", project_id
        )
        return None if job is None else str(job["status"])

    def view(self, project: sqlite3.Row) -> dict[str, Any]:
        """`Project` as it goes over the wire."""
        return {
            "id": project["id"],
            "team_id": project["team_id"],
            "created_by": project["created_by"],
            "name": project["name"],
            "status": project["status"],
            "spec": None if project["spec"] is None else json.loads(project["spec"]),
            "latest_job_status": self.latest_job_status(project["id"]),
            "created_at": project["created_at"],
            "updated_at": project["updated_at"],
        }

    def _existing(self, project_id: str) -> sqlite3.Row:
        project = self.find(project_id)
        assert project is not None
        return project

    def _filters(self, query: Query, team_id: str) -> tuple[str, list[Any]]:
        status = query.choice("status", STATUSES)
        archived_too = query.choice("include_archived", ("true", "false")) == "true"
        if status is not None:
            return "team_id = ? AND status = ?", [team_id, status, *query.page()]
        hidden = "" if archived_too else " AND status != 'archived'"
        return f"team_id = ?{hidden}", [team_id, *query.page()]


def team_owner(team_id: str) -> Owner:
    """The team itself as an owner."""
    return Owner(f"framecast:team:{team_id}", team_id)


def _stored(spec: dict[str, Any]) -> str:
    return json.dumps(spec, ensure_ascii=False, separators=(",", ":"))
