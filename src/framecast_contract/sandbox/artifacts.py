"""Artifacts: storyboards, characters and rendered media (accounts-and-teams 8)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import MANAGING_ROLES, parse_owner
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    choice,
    forbidden,
    invalid,
    is_blank,
    members,
    not_found,
    required,
    text,
)
from framecast_contract.sandbox.owned import narrow, owner_filter, uuid_member
from framecast_contract.sandbox.storage import OUTPUT_FILES

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

KINDS = ("storyboard", "image", "audio", "video", "character")
STATUSES = ("pending", "ready", "failed")
SOURCES = ("upload", "conversation", "job")
CREATE_SOURCES = ("upload", "conversation")
MAX_MEDIA_BYTES = 50 * 1024 * 1024
UNKNOWN_SIZE = 1
"""Bytes shown of a file that nobody measured: media have a size, and 1 is the least (INV-ART3, INV-ART5)."""
_PLAIN = (
    "id",
    "owner",
    "created_by",
    "project_id",
    "kind",
    "status",
    "source",
    "filename",
    "s3_key",
    "content_type",
    "size_bytes",
    "conversation_id",
    "source_job_id",
    "created_at",
    "updated_at",
)


class Artifacts:
    """The operations on artifacts, and the outputs of renders."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def list_artifacts(self, call: Call) -> Response:
        """Accessible artifacts, newest first, narrowed by every filter given."""
        query = call.query()
        filters = (
            ("owner = ?", owner_filter(query)),
            ("project_id = ?", query.uuid("project_id")),
            ("kind = ?", query.choice("kind", KINDS)),
            ("source = ?", query.choice("source", SOURCES)),
            ("status = ?", query.choice("status", STATUSES)),
        )
        page = query.page()
        sql, values = narrow(self._sandbox.access.visible_owners(call.caller), filters)
        rows = self._sandbox.database.all(
            f"SELECT * FROM artifacts WHERE {sql} ORDER BY created_at DESC LIMIT ? OFFSET ?", [*values, *page]
        )
        return JSONResponse([self.view(row) for row in rows])

    def get_artifact(self, call: Call) -> Response:
        return JSONResponse(self.view(self.visible(call.caller, call.path_uuid("artifact_id"))))

    def create_storyboard(self, call: Call) -> Response:
        """Any JSON object; only a render asks whether it is a good storyboard."""
        body = call.body()
        return self._create(call.caller, "storyboard", required(members(body, "spec"), "spec"), body)

    def create_character(self, call: Call) -> Response:
        """An object with a prompt; its other members are kept as sent."""
        body = call.body()
        spec = required(members(body, "spec"), "spec")
        self.check_character(spec)
        return self._create(call.caller, "character", spec, body)

    def check_character(self, spec: dict[str, Any]) -> None:
        """400 unless there is a prompt with something in it (INV-ART-CHAR)."""
        if is_blank(required(text(spec, "prompt"), "spec.prompt")):
            raise invalid("spec.prompt must not be blank")
        if not isinstance(spec.get("name", ""), str):
            raise invalid("spec.name must be a string")

    def _create(self, caller: Caller, kind: str, spec: dict[str, Any], body: dict[str, Any]) -> Response:
        urn, project_id = text(body, "owner"), uuid_member(body, "project_id")
        source = choice(body, "source", CREATE_SOURCES) or "upload"
        conversation_id = uuid_member(body, "conversation_id")
        owner = self._sandbox.access.owner_for(caller, urn)
        self._sandbox.projects.require_owner(project_id, owner)
        self.check_conversation(caller, source, conversation_id)
        made = {
            "project_id": project_id,
            "kind": kind,
            "status": "ready",
            "source": source,
            "spec": json.dumps(spec, ensure_ascii=False, separators=(",", ":")),
            "conversation_id": conversation_id,
        }
        return JSONResponse(self.view(self.create(owner.urn, caller.id, made)), 201)

    def check_conversation(self, caller: Caller, source: str, conversation_id: str | None) -> None:
        """Source `conversation` names one (400), and whoever names one is its user (404)."""
        if conversation_id is None:
            if source == "conversation":
                raise invalid("source conversation needs a conversation_id")
            return
        found = self._sandbox.database.one(
            "SELECT id FROM conversations WHERE id = ? AND user_id = ?", conversation_id, caller.id
        )
        if found is None:
            raise not_found("conversation")

    def delete_artifact(self, call: Call) -> Response:
        artifact = self.visible(call.caller, call.path_uuid("artifact_id"))
        if not self.may_delete(call.caller, artifact):
            raise forbidden("this artifact is not yours to delete")
        self.remove(artifact)
        return Response(status_code=204)

    def may_delete(self, caller: Caller, artifact: sqlite3.Row) -> bool:
        """Among what the caller sees: all of one's own, and in a team by role, a viewer nothing."""
        owner = parse_owner(artifact["owner"])
        if owner is None or owner.team_id is None or owner.user_id is not None:
            return owner is not None
        role = self._sandbox.access.role(caller.id, owner.team_id)
        return role in MANAGING_ROLES or (role == "member" and artifact["created_by"] == caller.id)

    def create(self, owner_urn: str, user_id: str, members: dict[str, Any]) -> sqlite3.Row:
        """Add an artifact; `members` are the columns that differ by its kind. Runs inside a transaction."""
        moment, artifact_id = self._sandbox.stamp(), self._sandbox.new_id()
        row = {
            "id": artifact_id,
            "owner": owner_urn,
            "created_by": user_id,
            "metadata": "{}",
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("artifacts", row | members)
        return self._existing(artifact_id)

    def create_output(self, source: sqlite3.Row, job: sqlite3.Row) -> sqlite3.Row:
        """The pending artifact a render of `source` will fill; its file is the job's."""
        owner = parse_owner(job["owner"])
        assert owner is not None
        filename, content_type = OUTPUT_FILES[job["kind"]]
        made = {
            "project_id": source["project_id"],
            "kind": job["kind"],
            "status": "pending",
            "source": "job",
            "filename": filename,
            "s3_key": self._sandbox.storage.job_key(owner, job["id"], filename),
            "content_type": content_type,
            "size_bytes": UNKNOWN_SIZE,
            "source_job_id": job["id"],
        }
        return self.create(job["owner"], job["triggered_by"], made)

    def follow(self, job: sqlite3.Row) -> None:
        """Bring the output artifact of a job in step with the job, inside the transaction of its move."""
        status = self.status_after(job["status"])
        pending = "SELECT * FROM artifacts WHERE source_job_id = ? AND status = 'pending'"
        artifact = None if status is None else self._sandbox.database.one(pending, job["id"])
        if artifact is None:
            return
        size = self.output_size(job) if status == "ready" else artifact["size_bytes"]
        changes = {"status": status, "size_bytes": size, "updated_at": self._sandbox.stamp()}
        self._sandbox.database.update("artifacts", artifact["id"], changes)
        if status == "ready":
            self._sandbox.assets.take_storage(artifact["owner"], size)

    def status_after(self, job_status: str) -> str | None:
        """Where a job's state puts its output artifact; None when it changes nothing (job-semantics 1.3)."""
        return {"completed": "ready", "failed": "failed", "canceled": "failed"}.get(job_status)

    def output_size(self, job: sqlite3.Row) -> int:
        """Bytes by the worker's report, kept within what an artifact may have (INV-ART5)."""
        reported = job["output_size_bytes"]
        return UNKNOWN_SIZE if reported is None else min(max(int(reported), 1), MAX_MEDIA_BYTES)

    def outlive(self, job_id: str) -> None:
        """What a deleted job has made stays, as if it had been uploaded (D-24)."""
        self._sandbox.database.run(
            "UPDATE artifacts SET source_job_id = NULL, source = 'upload' WHERE source_job_id = ?", job_id
        )

    def remove(self, artifact: sqlite3.Row) -> None:
        """Forget an artifact; the bytes of ready media come off the owner's storage use."""
        if artifact["status"] == "ready" and artifact["size_bytes"] is not None:
            self._sandbox.assets.take_storage(artifact["owner"], -artifact["size_bytes"])
        self._sandbox.database.run("DELETE FROM artifacts WHERE id = ?", artifact["id"])

    def visible(self, caller: Caller, artifact_id: str) -> sqlite3.Row:
        """The artifact, or 404 when there is none or its owner is not accessible."""
        artifact = self.find(artifact_id)
        if artifact is None or not self._sandbox.access.may_see_urn(caller, artifact["owner"]):
            raise not_found("artifact")
        return artifact

    def find(self, artifact_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM artifacts WHERE id = ?", artifact_id)

    def _existing(self, artifact_id: str) -> sqlite3.Row:
        artifact = self.find(artifact_id)
        assert artifact is not None
        return artifact

    def view(self, artifact: sqlite3.Row) -> dict[str, Any]:
        """`Artifact` as it goes over the wire."""
        shown: dict[str, Any] = {name: artifact[name] for name in _PLAIN}
        shown["spec"] = None if artifact["spec"] is None else json.loads(artifact["spec"])
        shown["metadata"] = json.loads(artifact["metadata"])
        return shown
