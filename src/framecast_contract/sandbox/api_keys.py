"""API keys: made, listed, renamed and revoked by their user (accounts-and-teams 4)."""

import json
import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.access import personal_urn
from framecast_contract.sandbox.auth import KEY_PREFIX, hash_key
from framecast_contract.sandbox.http import (
    Call,
    Caller,
    conflict,
    forbidden,
    invalid,
    not_found,
    read_timestamp,
    required,
    text,
)

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

STARTER_SCOPES = frozenset(
    {
        "generate",
        "jobs:read",
        "jobs:write",
        "assets:read",
        "assets:write",
        "artifacts:read",
        "artifacts:write",
        "conversations:read",
        "conversations:write",
    }
)
SCOPES = STARTER_SCOPES | {
    "projects:read",
    "projects:write",
    "team:read",
    "team:admin",
    "webhooks:read",
    "webhooks:write",
    "*",
}
_SHOWN = (
    "id",
    "user_id",
    "owner",
    "name",
    "key_prefix",
    "last_used_at",
    "expires_at",
    "revoked_at",
    "created_at",
)


class ApiKeys:
    """The five key operations and the rules behind them."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def create_api_key(self, call: Call) -> Response:
        """A new key; its raw form is shown in this answer and never again."""
        body = call.body()
        name = text(body, "name", 1, 100)
        owner, expires_at, scopes = text(body, "owner"), text(body, "expires_at"), _strings(body)
        expiry = None if expires_at is None else self.expiry(expires_at)
        owner = personal_urn(call.caller.id) if owner is None else self.owner(call.caller, owner)
        scopes = ["*"] if scopes is None else scopes
        self.check_scopes(call.caller, scopes)
        raw_key = f"{KEY_PREFIX}{self._sandbox.random.getrandbits(128):032x}"
        row = self._store(call.caller, raw_key, "Default" if name is None else name, owner, scopes, expiry)
        return JSONResponse({"api_key": self.view(row), "raw_key": raw_key}, 201)

    def list_api_keys(self, call: Call) -> Response:
        """Own keys, newest first; revoked ones stay for their 30 days."""
        rows = self._sandbox.database.all(
            "SELECT * FROM api_keys WHERE user_id = ? AND (revoked_at IS NULL OR revoked_at > ?)"
            " ORDER BY created_at DESC",
            (call.caller.id, self._kept_since()),
        )
        return JSONResponse([self.view(row) for row in rows])

    def get_api_key(self, call: Call) -> Response:
        return JSONResponse(self.view(self.own_key(call.caller, call.path_uuid("key_id"))))

    def update_api_key(self, call: Call) -> Response:
        """Rename a key that is not revoked."""
        key_id = call.path_uuid("key_id")
        name = required(text(call.body(), "name", 1, 100), "name")
        self.check_not_revoked(self.own_key(call.caller, key_id))
        self._sandbox.database.update("api_keys", key_id, {"name": name})
        return JSONResponse(self.view(self.own_key(call.caller, key_id)))

    def revoke_api_key(self, call: Call) -> Response:
        key = self.own_key(call.caller, call.path_uuid("key_id"))
        self.check_not_revoked(key)
        self._sandbox.database.update("api_keys", key["id"], {"revoked_at": self._sandbox.stamp()})
        return Response(status_code=204)

    def own_key(self, caller: Caller, key_id: str) -> sqlite3.Row:
        """The caller's key; 404 for unknown ids and other people's keys alike."""
        row = self._sandbox.database.one("SELECT * FROM api_keys WHERE id = ?", key_id)
        if row is None or row["user_id"] != caller.id or (row["revoked_at"] or "~") <= self._kept_since():
            raise not_found("API key")
        return row

    def check_not_revoked(self, key: sqlite3.Row) -> None:
        if key["revoked_at"] is not None:
            raise conflict("API key is revoked")

    def expiry(self, wanted: str) -> str:
        """When the key ends; it must lie in the future."""
        expiry = read_timestamp(wanted, "expires_at")
        if expiry <= self._sandbox.now():
            raise invalid("expires_at must be in the future")
        return expiry

    def owner(self, caller: Caller, urn: str) -> str:
        """The owner recorded with the key: 400 for references, 403 when not usable (INV-A6)."""
        if urn.startswith(("framecast:artifact:", "framecast:system:")):
            raise invalid("owner must name a person, a team or a membership")
        return self._sandbox.access.owner_for(caller, urn).urn

    def check_scopes(self, caller: Caller, scopes: list[str]) -> None:
        """At least one, all known, and for a starter all of the starter set (400, 400, 403)."""
        if not scopes or not SCOPES.issuperset(scopes):
            raise invalid("scopes must be a list of at least one known scope")
        if not self.may_request_scopes(caller, scopes):
            raise forbidden("a starter may not request these scopes")

    def may_request_scopes(self, caller: Caller, scopes: list[str]) -> bool:
        return caller.is_creator or STARTER_SCOPES.issuperset(scopes)

    def _store(
        self, caller: Caller, raw_key: str, name: str, owner: str, scopes: list[str], expiry: str | None
    ) -> sqlite3.Row:
        key_id = self._sandbox.new_id()
        row = {
            "id": key_id,
            "user_id": caller.id,
            "owner": owner,
            "name": name,
            "key_hash": hash_key(raw_key),
            "key_prefix": KEY_PREFIX,
            "scopes": json.dumps(scopes),
            "expires_at": expiry,
            "created_at": self._sandbox.stamp(),
        }
        self._sandbox.database.insert("api_keys", row)
        return self.own_key(caller, key_id)

    def _kept_since(self) -> str:
        return self._sandbox.ago(self._sandbox.settings.revoked_key_retention_seconds)

    def view(self, key: sqlite3.Row) -> dict[str, Any]:
        """`ApiKey`: neither the raw key nor its hash."""
        return {name: key[name] for name in _SHOWN} | {"scopes": json.loads(key["scopes"])}

    def whoami_view(self, key: sqlite3.Row) -> dict[str, Any]:
        """`WhoamiApiKey`."""
        shown = self.view(key)
        return {name: shown[name] for name in ("id", "owner", "name", "key_prefix", "scopes", "expires_at")}


def _strings(body: dict[str, Any]) -> list[str] | None:
    """`scopes` as a list of strings; which strings are scopes is decided later, in the order of the facts."""
    value = body.get("scopes")
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise invalid("scopes must be a list of strings")
    return value
