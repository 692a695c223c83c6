"""Renders of projects and artifacts: jobs made from what is stored already (jobs-and-rendering 4)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import USING_ROLES
from framecast_contract.sandbox.http import Call, conflict, invalid, members
from framecast_contract.sandbox.projects import team_owner

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

OUTPUT_KINDS = {"character": "image", "storyboard": "video"}


class Rendering:
    """The two operations that start such renders."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create_project_job(self, call: Call) -> Response:
        """A job of the project's team from the project's spec as it is now; the project is then rendering."""
        project_id = call.path_uuid("project_id")
        options = members(call.optional_body(), "options") or {}
        projects, jobs = self._sandbox.projects, self._sandbox.jobs
        project = projects.permitted(call.caller, project_id, USING_ROLES)
        projects.require_state(project, "draft", "completed")
        projects.require_idle(project_id)
        spec = self.spec_of(project)
        self._sandbox.storyboards.require_valid(call.caller, spec)
        owner = team_owner(project["team_id"])
        return jobs.created(jobs.admit(call.caller, owner, spec, options, project_id=project_id))

    def spec_of(self, project: sqlite3.Row) -> dict[str, Any]:
        """What to render; 409 while there is nothing."""
        if project["spec"] is None:
            raise conflict("project has no spec")
        spec: dict[str, Any] = json.loads(project["spec"])
        return spec

    def render_artifact(self, call: Call) -> Response:
        """A job that makes a picture of a character or a video of a storyboard, and the artifact it fills."""
        artifacts, jobs = self._sandbox.artifacts, self._sandbox.jobs
        source = artifacts.visible(call.caller, call.path_uuid("artifact_id"))
        owner = self._sandbox.access.owner_for(call.caller, source["owner"])
        kind = self.output_kind(source["kind"])
        spec = json.loads(source["spec"])
        if kind == "video":
            self._sandbox.storyboards.require_valid(call.caller, spec)
        job = jobs.admit(call.caller, owner, spec, {}, kind=kind)
        rendered = artifacts.create_output(source, job)
        response = JSONResponse({"job": jobs.view(job), "artifact": _rendered(rendered)}, 201)
        return jobs.sent_on(response, job)

    def output_kind(self, kind: str) -> str:
        """What a render of this kind of artifact gives; 400 for what is media already."""
        if kind not in OUTPUT_KINDS:
            raise invalid(f"an artifact of kind {kind} cannot be rendered")
        return OUTPUT_KINDS[kind]


def _rendered(artifact: sqlite3.Row) -> dict[str, Any]:
    """`RenderedArtifact`: what a caller needs to find the artifact again."""
    shown = ("id", "owner", "kind", "status", "source", "source_job_id", "created_at")
    return {name: artifact[name] for name in shown}
