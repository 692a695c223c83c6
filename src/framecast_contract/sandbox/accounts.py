"""Accounts: reading, changing, upgrading and deleting one's own user (accounts-and-teams 2 and 3)."""

import sqlite3
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox.http import Call, choice, conflict, invalid, required, text
from framecast_contract.sandbox.uris import is_uri

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

TIERS = ("starter", "creator")


class Accounts:
    """The operations on one's own account, and the user rows behind them."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def get_root(self, _call: Call) -> Response:
        return Response("Framecast API v0.0.1-SNAPSHOT", media_type="text/plain")

    def get_health(self, _call: Call) -> Response:
        return Response("OK", media_type="text/plain")

    def get_whoami(self, call: Call) -> Response:
        """Who the credentials stand for; the `api_key` member is there exactly when a key was used."""
        answer = {
            "auth_method": "jwt" if call.caller.key is None else "api_key",
            "user": self.view(call.caller.user),
        }
        if call.caller.key is not None:
            answer["api_key"] = self._sandbox.api_keys.whoami_view(call.caller.key)
        return JSONResponse(answer)

    def get_account(self, call: Call) -> Response:
        return JSONResponse(self.view(call.caller.user))

    def update_account(self, call: Call) -> Response:
        """Change name and avatar: an absent member keeps its value, null clears it."""
        body = call.body()
        given = {"name": text(body, "name", 1, 100), "avatar_url": text(body, "avatar_url")}
        if given["avatar_url"] is not None and not is_uri(given["avatar_url"]):
            raise invalid("avatar_url must be an absolute URL")
        changes = {name: value for name, value in given.items() if name in body}
        return JSONResponse(self.view(self.change(call.caller.id, changes)))

    def delete_account(self, call: Call) -> Response:
        """End one's account with everything personal; a token that still runs makes a new, empty one."""
        self._sandbox.removal.check_user_removable(call.caller.id)
        return self._sandbox.removal.gone(self._sandbox.removal.remove_user(call.caller.id))

    def upgrade_account(self, call: Call) -> Response:
        """Starter to creator, with a personal team; for a creator nothing happens."""
        target = required(choice(call.body(), "target_tier", TIERS), "target_tier")
        self.check_upgrade(call.caller.is_creator, target)
        user = call.caller.user
        if not call.caller.is_creator:
            user = self.become_creator(call.caller.id)
        return JSONResponse(self.view(user))

    def check_upgrade(self, is_creator: bool, target: str) -> None:
        """There is no way down and no move from starter to starter (400, 409)."""
        if target == "starter":
            raise invalid("there is no downgrade") if is_creator else conflict("already a starter")

    def become_creator(self, user_id: str) -> sqlite3.Row:
        """The upgrade itself: tier, moment, personal team, welcome project."""
        user = self.change(user_id, {"tier": "creator", "upgraded_at": self._sandbox.stamp()})
        self._sandbox.teams.create_personal_team(user_id)
        return user

    def find(self, user_id: str) -> sqlite3.Row | None:
        return self._sandbox.database.one("SELECT * FROM users WHERE id = ?", user_id)

    def email_taken(self, email: str, by_other_than: str = "") -> bool:
        """Whether another account has this address; addresses compare without regard to case."""
        found = self._sandbox.database.one("SELECT id FROM users WHERE email_key = ?", email.lower())
        return found is not None and found["id"] != by_other_than

    def create(self, user_id: str, email: str) -> sqlite3.Row:
        """A new starter with nothing (conventions 2.3)."""
        moment = self._sandbox.stamp()
        row = {
            "id": user_id,
            "email": email,
            "email_key": email.lower(),
            "tier": "starter",
            "credits": 0,
            "ephemeral_storage_bytes": 0,
            "created_at": moment,
            "updated_at": moment,
        }
        self._sandbox.database.insert("users", row)
        return self._existing(user_id)

    def follow_email(self, user: sqlite3.Row, email: str | None) -> sqlite3.Row:
        """The identity provider's address wins, unless it is missing or already another account's."""
        if not email or email == user["email"] or self.email_taken(email, user["id"]):
            return user
        return self.change(user["id"], {"email": email, "email_key": email.lower()})

    def change(self, user_id: str, changes: dict[str, Any]) -> sqlite3.Row:
        """Apply changes and move `updated_at`."""
        self._sandbox.database.update("users", user_id, {**changes, "updated_at": self._sandbox.stamp()})
        return self._existing(user_id)

    def _existing(self, user_id: str) -> sqlite3.Row:
        user = self.find(user_id)
        assert user is not None
        return user

    def view(self, user: sqlite3.Row) -> dict[str, Any]:
        """`User` as it goes over the wire."""
        return {
            "id": user["id"],
            "email": user["email"],
            "name": user["name"],
            "avatar_url": user["avatar_url"],
            "tier": user["tier"],
            "credits": user["credits"],
            "ephemeral_storage_bytes": user["ephemeral_storage_bytes"],
            "upgraded_at": user["upgraded_at"],
            "created_at": user["created_at"],
            "updated_at": user["updated_at"],
        }
