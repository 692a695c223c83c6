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


OPERATIONS: tuple[Operation, ...] = (
    _open("get_root", "GET", "/", "accounts"),
    _open("get_health", "GET", "/health", "accounts"),
    _any("get_whoami", "GET", "/v1/auth/whoami", "accounts", None),
    _jwt("get_account", "GET", "/v1/account", "accounts"),
    _jwt("update_account", "PATCH", "/v1/account", "accounts", has_body=True),
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
