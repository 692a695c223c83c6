"""Defects of API keys themselves; what they open is in `access`."""

import json
import sqlite3
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, not_found, read_timestamp

_KEYS = "tests/lifecycle/test_api_keys.py"
_MADE = f"{_KEYS}::test_a_key_is_made_as_asked_or_refused"
_LISTED = f"{_KEYS}::test_keys_are_listed_newest_first_revoked_ones_included"
_REVOKED = f"{_KEYS}::test_a_revoked_key_is_refused_at_once_and_can_still_be_read"
_NO_MORE = f"{_KEYS}::test_a_revoked_key_is_revoked_and_renamed_no_more"
_USED = f"{_KEYS}::test_a_key_says_when_it_was_last_used"
_FOREIGN = f"{_KEYS}::test_a_key_of_somebody_else_does_not_exist"
_UPGRADED = f"{_KEYS}::test_a_key_keeps_its_scopes_when_its_user_is_upgraded"
_RENAMED = f"{_KEYS}::test_only_the_name_of_a_key_changes"
_PARALLEL = "tests/properties/test_races.py::test_parallel_keys_differ"


def _any_scope(sandbox: Sandbox) -> None:
    fix(sandbox.api_keys.may_request_scopes, True)


def _unknown_scopes(sandbox: Sandbox) -> None:
    check = sandbox.api_keys.check_scopes
    replace(sandbox.api_keys.check_scopes, lambda caller, scopes: check(caller, scopes[:1]))


def _past_expiry(sandbox: Sandbox) -> None:
    replace(sandbox.api_keys.expiry, lambda wanted: read_timestamp(wanted, "expires_at"))


def _raw_key_kept(sandbox: Sandbox) -> None:
    made = dict[str, str]()

    def remember(response: Response) -> Response:
        created = json.loads(bytes(response.body))
        made[created["api_key"]["id"]] = created["raw_key"]
        return response

    alter(sandbox.api_keys.create_api_key, remember)
    alter(sandbox.api_keys.view, lambda key: key | {"raw_key": made.get(key["id"])})


def _oldest_first(sandbox: Sandbox) -> None:
    alter(sandbox.api_keys.list_api_keys, lambda response: with_body(response, lambda keys: keys[::-1]))


def _revoked_unlisted(sandbox: Sandbox) -> None:
    alter(
        sandbox.api_keys.list_api_keys,
        lambda response: with_body(response, lambda keys: [key for key in keys if key["revoked_at"] is None]),
    )


def _foreign_key(sandbox: Sandbox) -> None:
    def anybodys(_caller: Caller, key_id: str) -> sqlite3.Row:
        row = sandbox.database.one("SELECT * FROM api_keys WHERE id = ?", key_id)
        if row is None:
            raise not_found("API key")
        return row

    replace(sandbox.api_keys.own_key, anybodys)


def _revoked_deleted(sandbox: Sandbox) -> None:
    revoke = sandbox.api_keys.revoke_api_key

    def thorough(call: Call) -> Response:
        response = revoke(call)
        sandbox.database.run("DELETE FROM api_keys WHERE id = ?", call.path_uuid("key_id"))
        return response

    replace(sandbox.api_keys.revoke_api_key, thorough)


def _revoked_twice(sandbox: Sandbox) -> None:
    fix(sandbox.api_keys.check_not_revoked, None)


def _never_used(sandbox: Sandbox) -> None:
    alter(sandbox.api_keys.view, lambda key: key | {"last_used_at": None})


def _scopes_upgraded(sandbox: Sandbox) -> None:
    def widen(user: sqlite3.Row) -> sqlite3.Row:
        sandbox.database.run("""UPDATE api_keys SET scopes = '["*"]' WHERE user_id = ?""", user["id"])
        return user

    alter(sandbox.accounts.become_creator, widen)


def _first_key_again(sandbox: Sandbox) -> None:
    first = dict[str, str]()

    def remember(created: dict[str, Any]) -> dict[str, Any]:
        raw_key = first.setdefault(created["api_key"]["user_id"], created["raw_key"])
        return {**created, "raw_key": raw_key}

    alter(sandbox.api_keys.create_api_key, lambda response: with_body(response, remember))


def _named_otherwise(sandbox: Sandbox) -> None:
    create = sandbox.api_keys.create_api_key

    def named(call: Call) -> Response:
        return create(asking(call, name="API key") if call.body().get("name") is None else call)

    replace(sandbox.api_keys.create_api_key, named)


def _scopes_changed(sandbox: Sandbox) -> None:
    update = sandbox.api_keys.update_api_key

    def generous(call: Call) -> Response:
        response, key_id = update(call), call.path_uuid("key_id")
        if "scopes" in call.body():
            sandbox.database.update("api_keys", key_id, {"scopes": json.dumps(call.body()["scopes"])})
        return with_body(
            response, lambda _: sandbox.api_keys.view(sandbox.api_keys.own_key(call.caller, key_id))
        )

    replace(sandbox.api_keys.update_api_key, generous)


DEFECTS = (
    Defect(
        "starter-asks-for-every-scope",
        "KEY-4",
        "A starter may make a key with the scope *.",
        _any_scope,
        (f"{_MADE}[star-starter]",),
    ),
    Defect(
        "unknown-scope-accepted",
        "KEY-3",
        "Only the first scope asked for is looked at.",
        _unknown_scopes,
        (f"{_MADE}[unknown scope-creator]",),
    ),
    Defect(
        "expired-key-made",
        "KEY-5",
        "A key may be made that has expired already.",
        _past_expiry,
        (f"{_MADE}[expired already-starter]",),
    ),
    Defect(
        "raw-key-shown-again",
        "KEY-2",
        "Lists and reads of keys show the raw key.",
        _raw_key_kept,
        (_LISTED,),
    ),
    Defect("keys-oldest-first", "LIST-7", "Keys are listed oldest first.", _oldest_first, (_LISTED,)),
    Defect(
        "revoked-keys-unlisted",
        "KEY-8",
        "Revoked keys are left out of the list at once.",
        _revoked_unlisted,
        (_LISTED,),
    ),
    Defect(
        "foreign-key-seen",
        "KEY-6",
        "Keys of other people can be read and revoked.",
        _foreign_key,
        (_FOREIGN,),
    ),
    Defect("revoked-key-deleted", "KEY-8", "A revoked key cannot be read.", _revoked_deleted, (_REVOKED,)),
    Defect(
        "key-revoked-twice",
        "KEY-8",
        "A revoked key can be revoked again and renamed.",
        _revoked_twice,
        (_NO_MORE,),
    ),
    Defect("key-use-untold", "KEY-9", "A key never says when it was last used.", _never_used, (_USED,)),
    Defect(
        "upgrade-widens-keys",
        "KEY-10",
        "The keys of a new creator open everything.",
        _scopes_upgraded,
        (_UPGRADED,),
    ),
    Defect(
        "key-given-twice",
        "INV-A3",
        "Whoever makes another key is given the first one again.",
        _first_key_again,
        (_LISTED, _PARALLEL),
    ),
    Defect(
        "nameless-key-named-otherwise",
        "KEY-1",
        "A key made without a name is not called Default.",
        _named_otherwise,
        (f"{_MADE}[nothing asked-creator]", f"{_MADE}[nulls-creator]"),
    ),
    Defect(
        "key-scopes-changed",
        "KEY-7",
        "Renaming a key can give it other scopes.",
        _scopes_changed,
        (f"{_RENAMED}[{{'name': 'new', 'scopes': ['*'], 'owner']",),
    ),
)
