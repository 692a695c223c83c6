"""What the sandbox serves: method, path, who may call, and which method of which area answers.

The sandbox's own statement of access, on purpose not read from the contract: two writings test each other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Operation:
    """One method on one path. It is answered by the method of the same name on the sandbox's `area`."""

    operation_id: str
    method: str
    path: str
    area: str
    authenticated: bool = True
    keys: bool = True
    scope: str | None = None
    tier: str = "starter"
    has_body: bool = False


def _jwt(operation_id: str, method: str, path: str, area: str, has_body: bool = False) -> Operation:
    return Operation(operation_id, method, path, area, keys=False, has_body=has_body)


def _any(
    operation_id: str, method: str, path: str, area: str, scope: str | None, has_body: bool = False
) -> Operation:
    return Operation(operation_id, method, path, area, scope=scope, has_body=has_body)


def _open(operation_id: str, method: str, path: str, area: str, has_body: bool = False) -> Operation:
    return Operation(operation_id, method, path, area, authenticated=False, has_body=has_body)


def _team(
    operation_id: str, method: str, path: str, area: str, scope: str, has_body: bool = False
) -> Operation:
    return Operation(operation_id, method, path, area, scope=scope, tier="creator", has_body=has_body)


_INVITATION = "/v1/teams/{team_id}/invitations/{invitation_id}"
_CONVERSATION = "/v1/conversations/{conversation_id}"

OPERATIONS: tuple[Operation, ...] = (
    _open("get_root", "GET", "/", "accounts"),
    _open("get_health", "GET", "/health", "accounts"),
    _any("get_whoami", "GET", "/v1/auth/whoami", "accounts", None),
    _jwt("get_account", "GET", "/v1/account", "accounts"),
    _jwt("update_account", "PATCH", "/v1/account", "accounts", has_body=True),
    _jwt("delete_account", "DELETE", "/v1/account", "accounts"),
    _jwt("upgrade_account", "POST", "/v1/account/upgrade", "accounts", has_body=True),
    _jwt("create_api_key", "POST", "/v1/auth/keys", "api_keys", has_body=True),
    _jwt("list_api_keys", "GET", "/v1/auth/keys", "api_keys"),
    _jwt("get_api_key", "GET", "/v1/auth/keys/{key_id}", "api_keys"),
    _jwt("update_api_key", "PATCH", "/v1/auth/keys/{key_id}", "api_keys", has_body=True),
    _jwt("revoke_api_key", "DELETE", "/v1/auth/keys/{key_id}", "api_keys"),
    _any("validate_spec", "POST", "/v1/spec/validate", "storyboards", "generate", has_body=True),
    _any("estimate_spec", "POST", "/v1/spec/estimate", "storyboards", "generate", has_body=True),
    _any("create_job", "POST", "/v1/generate", "jobs", "generate", has_body=True),
    _any("list_jobs", "GET", "/v1/jobs", "jobs", "jobs:read"),
    _any("get_job", "GET", "/v1/jobs/{job_id}", "jobs", "jobs:read"),
    _any("delete_job", "DELETE", "/v1/jobs/{job_id}", "jobs", "jobs:write"),
    _any("cancel_job", "POST", "/v1/jobs/{job_id}/cancel", "jobs", "jobs:write"),
    _any("clone_job", "POST", "/v1/jobs/{job_id}/clone", "jobs", "jobs:write", has_body=True),
    _any("get_job_events", "GET", "/v1/jobs/{job_id}/events", "events", "jobs:read"),
    _open("receive_job_callback", "POST", "/internal/jobs/callback", "callbacks", has_body=True),
    _any("list_system_assets", "GET", "/v1/system-assets", "system_assets", None),
    _any("get_system_asset", "GET", "/v1/system-assets/{system_asset_id}", "system_assets", None),
    _team("list_teams", "GET", "/v1/teams", "teams", "team:read"),
    _team("create_team", "POST", "/v1/teams", "teams", "team:admin", has_body=True),
    _team("get_team", "GET", "/v1/teams/{team_id}", "teams", "team:read"),
    _team("update_team", "PATCH", "/v1/teams/{team_id}", "teams", "team:admin", has_body=True),
    _team("delete_team", "DELETE", "/v1/teams/{team_id}", "teams", "team:admin"),
    _team("leave_team", "POST", "/v1/teams/{team_id}/leave", "members", "team:admin"),
    _team("list_members", "GET", "/v1/teams/{team_id}/members", "members", "team:read"),
    _team(
        "update_member_role", "PATCH", "/v1/teams/{team_id}/members/{user_id}", "members", "team:admin", True
    ),
    _team("remove_member", "DELETE", "/v1/teams/{team_id}/members/{user_id}", "members", "team:admin"),
    _team("list_invitations", "GET", "/v1/teams/{team_id}/invitations", "invitations", "team:admin"),
    _team("create_invitation", "POST", "/v1/teams/{team_id}/invitations", "invitations", "team:admin", True),
    _team("revoke_invitation", "DELETE", _INVITATION, "invitations", "team:admin"),
    _team("resend_invitation", "POST", f"{_INVITATION}/resend", "invitations", "team:admin"),
    _jwt("accept_invitation", "POST", "/v1/invitations/{invitation_id}/accept", "invitations"),
    _jwt("decline_invitation", "POST", "/v1/invitations/{invitation_id}/decline", "invitations"),
    _team("list_projects", "GET", "/v1/teams/{team_id}/projects", "projects", "projects:read"),
    _team("create_project", "POST", "/v1/teams/{team_id}/projects", "projects", "projects:write", True),
    _team("get_project", "GET", "/v1/projects/{project_id}", "projects", "projects:read"),
    _team("update_project", "PATCH", "/v1/projects/{project_id}", "projects", "projects:write", True),
    _team("update_project_spec", "PUT", "/v1/projects/{project_id}/spec", "projects", "projects:write", True),
    _team("delete_project", "DELETE", "/v1/projects/{project_id}", "projects", "projects:write"),
    _team("archive_project", "POST", "/v1/projects/{project_id}/archive", "projects", "projects:write"),
    _team("unarchive_project", "POST", "/v1/projects/{project_id}/unarchive", "projects", "projects:write"),
    _team(
        "create_project_job", "POST", "/v1/projects/{project_id}/render", "rendering", "projects:write", True
    ),
    _any("list_assets", "GET", "/v1/assets", "assets", "assets:read"),
    _any("create_asset_upload_url", "POST", "/v1/assets/upload-url", "assets", "assets:write", has_body=True),
    _any("get_asset", "GET", "/v1/assets/{asset_id}", "assets", "assets:read"),
    _any("confirm_asset_upload", "POST", "/v1/assets/{asset_id}/confirm", "assets", "assets:write"),
    _any("delete_asset", "DELETE", "/v1/assets/{asset_id}", "assets", "assets:write"),
    _any("list_artifacts", "GET", "/v1/artifacts", "artifacts", "artifacts:read"),
    _any(
        "create_storyboard",
        "POST",
        "/v1/artifacts/storyboards",
        "artifacts",
        "artifacts:write",
        has_body=True,
    ),
    _any(
        "create_character", "POST", "/v1/artifacts/characters", "artifacts", "artifacts:write", has_body=True
    ),
    _any("get_artifact", "GET", "/v1/artifacts/{artifact_id}", "artifacts", "artifacts:read"),
    _any("delete_artifact", "DELETE", "/v1/artifacts/{artifact_id}", "artifacts", "artifacts:write"),
    _any("render_artifact", "POST", "/v1/artifacts/{artifact_id}/render", "rendering", "artifacts:write"),
    _any("list_conversations", "GET", "/v1/conversations", "conversations", "conversations:read"),
    _any("create_conversation", "POST", "/v1/conversations", "conversations", "conversations:write", True),
    _any("get_conversation", "GET", _CONVERSATION, "conversations", "conversations:read"),
    _any("update_conversation", "PATCH", _CONVERSATION, "conversations", "conversations:write", True),
    _any("delete_conversation", "DELETE", _CONVERSATION, "conversations", "conversations:write"),
    _any("send_message", "POST", f"{_CONVERSATION}/messages", "messages", "conversations:write", True),
    _any("list_messages", "GET", f"{_CONVERSATION}/messages", "messages", "conversations:read"),
    _team("list_webhooks", "GET", "/v1/teams/{team_id}/webhooks", "webhooks", "webhooks:read"),
    _team("create_webhook", "POST", "/v1/teams/{team_id}/webhooks", "webhooks", "webhooks:write", True),
    _team("get_webhook", "GET", "/v1/webhooks/{webhook_id}", "webhooks", "webhooks:read"),
    _team("update_webhook", "PATCH", "/v1/webhooks/{webhook_id}", "webhooks", "webhooks:write", True),
    _team("delete_webhook", "DELETE", "/v1/webhooks/{webhook_id}", "webhooks", "webhooks:write"),
    _team(
        "rotate_webhook_secret",
        "POST",
        "/v1/webhooks/{webhook_id}/rotate-secret",
        "webhooks",
        "webhooks:write",
    ),
    _team("test_webhook", "POST", "/v1/webhooks/{webhook_id}/test", "deliveries", "webhooks:write"),
    _team(
        "list_webhook_deliveries",
        "GET",
        "/v1/webhooks/{webhook_id}/deliveries",
        "deliveries",
        "webhooks:read",
    ),
    _team(
        "retry_webhook_delivery",
        "POST",
        "/v1/webhook-deliveries/{delivery_id}/retry",
        "deliveries",
        "webhooks:write",
    ),
    _open("receive_runpod_webhook", "POST", "/internal/runpod/webhook/{job_id}", "dispatch", has_body=True),
)

Methods = Mapping[str, Operation]


class Routes:
    """Finds the operations of a path: literal paths first, then templates segment by segment."""

    def __init__(self, operations: Iterable[Operation]) -> None:
        self._exact: dict[str, dict[str, Operation]] = {}
        self._templates: dict[int, dict[tuple[str, ...], dict[str, Operation]]] = {}
        for operation in operations:
            self._methods(operation.path)[operation.method] = operation

    def _methods(self, path: str) -> dict[str, Operation]:
        if "{" not in path:
            return self._exact.setdefault(path, {})
        segments = tuple(path.split("/"))
        return self._templates.setdefault(len(segments), {}).setdefault(segments, {})

    def find(self, path: str) -> tuple[Methods, Mapping[str, str]] | None:
        """The operations by method and the path's parameters, or None for an unknown path."""
        if path in self._exact:
            return self._exact[path], {}
        segments = path.split("/")
        for template, methods in self._templates.get(len(segments), {}).items():
            params = _match(template, segments)
            if params is not None:
                return methods, params
        return None


def _match(template: tuple[str, ...], segments: list[str]) -> Mapping[str, str] | None:
    params: dict[str, str] = {}
    for wanted, given in zip(template, segments, strict=True):
        if wanted[:1] == "{" and given:
            params[wanted[1:-1]] = given
        elif wanted != given:
            return None
    return params


ROUTES = Routes(OPERATIONS)
