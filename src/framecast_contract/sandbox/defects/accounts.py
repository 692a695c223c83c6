"""Defects of accounts and their upgrade."""

import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Refusal

_ACCOUNTS = "tests/lifecycle/test_accounts.py"
_FIRST = f"{_ACCOUNTS}::test_a_first_request_makes_a_starter_without_anything"
_UPDATED = f"{_ACCOUNTS}::test_an_update_changes_what_it_names"
_UPGRADED = f"{_ACCOUNTS}::test_upgrading_makes_a_creator_and_changes_nothing_else"
_AGAIN = f"{_ACCOUNTS}::test_upgrading_a_creator_changes_nothing"
_OTHER_WISH = f"{_ACCOUNTS}::test_another_wish_is_refused_and_changes_nothing"
_KEY_SHOWN = f"{_ACCOUNTS}::test_who_am_i_shows_the_key_that_was_used"
_NO_EMAIL = f"{_ACCOUNTS}::test_a_first_request_without_email_is_refused_and_makes_nothing"


def _welcome_gift(sandbox: Sandbox) -> None:
    alter(sandbox.accounts.create, lambda user: sandbox.accounts.change(user["id"], {"credits": 100}))


def _email_invented(sandbox: Sandbox) -> None:
    provision = sandbox.auth.provision

    def invent(user_id: str, email: str | None) -> sqlite3.Row:
        return provision(user_id, email or f"{user_id}@example.com")

    replace(sandbox.auth.provision, invent)


def _null_ignored(sandbox: Sandbox) -> None:
    change = sandbox.accounts.change

    def patched(user_id: str, changes: dict[str, Any]) -> sqlite3.Row:
        return change(user_id, {name: value for name, value in changes.items() if value is not None})

    replace(sandbox.accounts.change, patched)


def _anything_set(sandbox: Sandbox) -> None:
    update_account = sandbox.accounts.update_account

    def obedient(call: Call) -> Response:
        response = update_account(call)
        if "credits" not in call.body():
            return response
        user = sandbox.accounts.change(call.caller.id, {"credits": call.body()["credits"]})
        return JSONResponse(sandbox.accounts.view(user))

    replace(sandbox.accounts.update_account, obedient)


def _bad_update_shrugged_off(sandbox: Sandbox) -> None:
    update_account = sandbox.accounts.update_account

    def tolerant(call: Call) -> Response:
        try:
            return update_account(call)
        except Refusal:
            return JSONResponse(sandbox.accounts.view(call.caller.user))

    replace(sandbox.accounts.update_account, tolerant)


def _upgrade_untimed(sandbox: Sandbox) -> None:
    alter(sandbox.accounts.view, lambda shown: shown | {"upgraded_at": None})


def _upgraded_again(sandbox: Sandbox) -> None:
    upgrade_account = sandbox.accounts.upgrade_account

    def again(call: Call) -> Response:
        if not call.caller.is_creator:
            return upgrade_account(call)
        user = sandbox.accounts.change(call.caller.id, {"upgraded_at": sandbox.stamp()})
        return JSONResponse(sandbox.accounts.view(user))

    replace(sandbox.accounts.upgrade_account, again)


def _any_wish(sandbox: Sandbox) -> None:
    fix(sandbox.accounts.check_upgrade, None)


def _key_untold(sandbox: Sandbox) -> None:
    alter(
        sandbox.accounts.get_whoami,
        lambda response: with_body(response, lambda body: {**body, "api_key": None}),
    )


def _upgrade_forgotten(sandbox: Sandbox) -> None:
    replace(sandbox.accounts.become_creator, lambda user_id: sandbox.accounts.change(user_id, {}))


def _downgraded(sandbox: Sandbox) -> None:
    upgrade_account = sandbox.accounts.upgrade_account

    def obedient(call: Call) -> Response:
        if not call.caller.is_creator or call.body().get("target_tier") != "starter":
            return upgrade_account(call)
        user = sandbox.accounts.change(call.caller.id, {"tier": "starter", "upgraded_at": None})
        return JSONResponse(sandbox.accounts.view(user))

    replace(sandbox.accounts.upgrade_account, obedient)


def _reborn(sandbox: Sandbox) -> None:
    change = sandbox.accounts.change
    replace(
        sandbox.accounts.change,
        lambda user_id, changes: change(user_id, {**changes, "created_at": sandbox.stamp()}),
    )


def _starters_free(sandbox: Sandbox) -> None:
    def renamed(shown: dict[str, Any]) -> dict[str, Any]:
        return shown | {"tier": "free" if shown["tier"] == "starter" else shown["tier"]}

    alter(sandbox.accounts.view, renamed)


DEFECTS = (
    Defect("account-born-rich", "ACCOUNT-1", "A new account has 100 credits.", _welcome_gift, (_FIRST,)),
    Defect(
        "account-without-email",
        "AUTH-7",
        "A first request without an e-mail claim makes an account all the same.",
        _email_invented,
        (_NO_EMAIL,),
    ),
    Defect(
        "null-clears-nothing",
        "ACCOUNT-2",
        "Setting a name to null keeps it.",
        _null_ignored,
        (f"{_UPDATED}[name cleared]",),
    ),
    Defect(
        "update-sets-credits",
        "ACCOUNT-3",
        "People can set their own credits.",
        _anything_set,
        (f"{_UPDATED}[what cannot be set]",),
    ),
    Defect(
        "bad-update-accepted",
        "ACCOUNT-4",
        "An update with a bad value is answered 200 and does nothing.",
        _bad_update_shrugged_off,
        (f"{_UPDATED}[name of 101]", f"{_UPDATED}[relative avatar]"),
    ),
    Defect(
        "upgrade-time-missing",
        "INV-U1",
        "A creator does not say since when.",
        _upgrade_untimed,
        (_UPGRADED,),
    ),
    Defect(
        "upgrade-repeated",
        "ACCOUNT-6",
        "Upgrading a creator sets the upgrade time anew.",
        _upgraded_again,
        (_AGAIN,),
    ),
    Defect(
        "wish-for-starter-upgrades",
        "ACCOUNT-7",
        "A starter who asks to be a starter becomes a creator.",
        _any_wish,
        (f"{_OTHER_WISH}[{{'target_tier': 'starter'}}-starter]",),
    ),
    Defect(
        "whoami-hides-key",
        "ACCOUNT-10",
        "Who-am-I does not show the key that was used.",
        _key_untold,
        (_KEY_SHOWN,),
    ),
    Defect(
        "upgrade-forgotten",
        "ACCOUNT-5",
        "An upgrade is answered 200 and makes no creator.",
        _upgrade_forgotten,
        (_UPGRADED,),
    ),
    Defect(
        "creator-downgraded",
        "ACCOUNT-8",
        "A creator who asks to be a starter becomes one.",
        _downgraded,
        (f"{_OTHER_WISH}[{{'target_tier': 'starter'}}-creator]",),
    ),
    Defect(
        "account-creation-time-moves",
        "ACCOUNT-9",
        "Every change of an account sets its creation time anew.",
        _reborn,
        (f"{_UPDATED}[name]", _UPGRADED),
    ),
    Defect(
        "unknown-tier",
        "INV-U4",
        "Starters are shown with a tier that the contract does not know.",
        _starters_free,
        (_FIRST,),
    ),
)
