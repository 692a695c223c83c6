"""Defects of who manages webhooks, and of how they end."""

import sqlite3

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, forbidden

_WEBHOOKS = "tests/lifecycle/test_webhooks.py"
_RIGHTS = f"{_WEBHOOKS}::test_who_may_do_what_with_webhooks"
_FOREIGN = f"{_WEBHOOKS}::test_a_team_or_webhook_that_is_not_there_is_as_a_foreign_one"
_KEYS = f"{_WEBHOOKS}::test_a_key_with_the_scopes_works_on_webhooks"
_TEAM_GONE = f"{_WEBHOOKS}::test_a_webhook_goes_with_its_team"
_DELETED = "tests/lifecycle/test_webhook_events.py::test_nothing_more_is_sent_to_a_deleted_webhook"
_DELETED_ONCE = "tests/properties/test_delivery_races.py::test_a_webhook_is_deleted_once"


def _managed_by(sandbox: Sandbox, *roles: str) -> None:
    """Owners and these roles manage webhooks."""

    def require(caller: Caller, team_id: str) -> None:
        if sandbox.access.role(caller.id, team_id) not in ("owner", *roles):
            raise forbidden("your role does not manage webhooks")

    replace(sandbox.webhooks.require_manager, require)


def _foreign_told(sandbox: Sandbox) -> None:
    managed = sandbox.webhooks.managed

    def telling(caller: Caller, webhook_id: str, named: str = "webhook") -> sqlite3.Row:
        try:
            return managed(caller, webhook_id, named)
        except Refusal:
            raise forbidden("this webhook is not yours") from None

    replace(sandbox.webhooks.managed, telling)


def _sessions_only(sandbox: Sandbox) -> None:
    authenticate = sandbox.auth.authenticate

    def strict(call: Call, *, keys_accepted: bool) -> Caller:
        about_webhooks = "/webhooks" in call.scope["path"]
        return authenticate(call, keys_accepted=keys_accepted and not about_webhooks)

    replace(sandbox.auth.authenticate, strict)


def _orphans(sandbox: Sandbox) -> None:
    """Webhooks of deleted teams stay, and anybody manages them."""
    remove_team, managed = sandbox.removal.remove_team, sandbox.webhooks.managed

    def remove(team_id: str) -> list[str]:
        left = sandbox.database.all("SELECT * FROM webhooks WHERE team_id = ?", (team_id,))
        renders = remove_team(team_id)
        for webhook in left:
            sandbox.database.insert("webhooks", dict(webhook))
        return renders

    def lenient(caller: Caller, webhook_id: str, named: str = "webhook") -> sqlite3.Row:
        webhook = sandbox.webhooks.find(webhook_id)
        if webhook is not None and sandbox.teams.find(webhook["team_id"]) is None:
            return webhook
        return managed(caller, webhook_id, named)

    replace(sandbox.removal.remove_team, remove)
    replace(sandbox.webhooks.managed, lenient)


def _still_called(sandbox: Sandbox) -> None:
    """A deleted webhook is hidden, what was planned for it is not called off."""
    find, gone = sandbox.webhooks.find, set[str]()

    def hide(call: Call) -> Response:
        gone.add(sandbox.webhooks.managed(call.caller, call.path_uuid("webhook_id"))["id"])
        return Response(status_code=204)

    replace(sandbox.webhooks.delete_webhook, hide)
    replace(sandbox.webhooks.find, lambda webhook_id: None if webhook_id in gone else find(webhook_id))


def _deletion_repeated(sandbox: Sandbox) -> None:
    delete = sandbox.webhooks.delete_webhook

    def lenient(call: Call) -> Response:
        try:
            return delete(call)
        except Refusal as refused:
            if refused.status != 404:
                raise
            return Response(status_code=204)

    replace(sandbox.webhooks.delete_webhook, lenient)


DEFECTS = (
    Defect(
        "member-manages-webhooks",
        "HOOK-13",
        "Members and viewers manage webhooks.",
        lambda sandbox: _managed_by(sandbox, "admin", "member", "viewer"),
        (f"{_RIGHTS}[create_webhook-member]", f"{_RIGHTS}[get_webhook-viewer]"),
    ),
    Defect(
        "admin-kept-from-webhooks",
        "HOOK-13",
        "Only owners manage webhooks.",
        _managed_by,
        (f"{_RIGHTS}[rotate_webhook_secret-admin]",),
    ),
    Defect(
        "foreign-webhook-forbidden",
        "D-16",
        "A webhook of another team, or of none, is answered 403.",
        _foreign_told,
        (f"{_FOREIGN}[get_webhook]", f"{_FOREIGN}[list_webhook_deliveries]"),
    ),
    Defect(
        "webhooks-refuse-keys", "D-15", "Webhooks can only be managed in a session.", _sessions_only, (_KEYS,)
    ),
    Defect(
        "webhook-outlives-team",
        "INV-W1",
        "The webhooks of a deleted team stay, and anybody may manage them.",
        _orphans,
        (_TEAM_GONE,),
    ),
    Defect(
        "deleted-webhook-called",
        "INV-WD2",
        "A deleted webhook is still sent what was to be tried again.",
        _still_called,
        (_DELETED,),
    ),
    Defect(
        "webhook-deleted-twice",
        "INV-WD2",
        "Deleting a webhook that is gone is answered 204.",
        _deletion_repeated,
        (_DELETED_ONCE,),
    ),
)
