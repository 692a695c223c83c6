"""Defects of who is let in, who sees what, and who may do what."""

import json
import sqlite3
from typing import Any

import jwt
from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.auth import KEY_PREFIX, unauthorized
from framecast_contract.sandbox.defects.planting import Defect, as_if, fix, replace
from framecast_contract.sandbox.http import Call, Caller, Refusal, forbidden

_MATRIX = "tests/conformance/test_access.py::test_access"
_X_API_KEY = "tests/lifecycle/test_api_keys.py::test_x_api_key_is_no_way_in"


def _nobody_let_in(sandbox: Sandbox) -> None:
    authenticate = sandbox.auth.authenticate

    def welcome(call: Call, *, keys_accepted: bool) -> Caller:
        anybody = sandbox.database.one("SELECT * FROM users")
        if anybody is not None and not call.headers(b"authorization"):
            return Caller(anybody)
        return authenticate(call, keys_accepted=keys_accepted)

    replace(sandbox.auth.authenticate, welcome)


def _signature_unchecked(sandbox: Sandbox) -> None:
    def trusting(token: str) -> dict[str, Any]:
        try:
            claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
        except jwt.PyJWTError as error:
            raise unauthorized("INVALID_TOKEN", "token is not valid") from error
        return claims

    replace(sandbox.auth.claims, trusting)


def _expired_session(sandbox: Sandbox) -> None:
    fix(sandbox.auth.unexpired, True)


def _scope_ignored(sandbox: Sandbox) -> None:
    fix(sandbox.auth.require_scope, None)


def _write_includes_read(sandbox: Sandbox) -> None:
    require = sandbox.auth.require_scope

    def generous(caller: Caller, scope: str | None) -> None:
        held = json.loads(caller.key["scopes"]) if caller.key else []
        if scope is None or scope.replace(":read", ":write") not in held:
            require(caller, scope)

    replace(sandbox.auth.require_scope, generous)


def _star_unknown(sandbox: Sandbox) -> None:
    def literal(caller: Caller, scope: str | None) -> None:
        if scope and caller.key and scope not in json.loads(caller.key["scopes"]):
            raise forbidden(f"API key lacks the scope {scope}")

    replace(sandbox.auth.require_scope, literal)


def _key_valid_as_if(sandbox: Sandbox, **members: Any) -> None:
    valid = sandbox.auth.key_is_valid
    replace(sandbox.auth.key_is_valid, lambda key: valid(as_if(key, **members)))


def _bare_key_refused(sandbox: Sandbox) -> None:
    token = sandbox.auth.token

    def strict(headers: list[str], *, keys_accepted: bool) -> str:
        if headers and headers[0].startswith(KEY_PREFIX):
            raise unauthorized("INVALID_AUTHORIZATION", "Authorization must be: Bearer <token>")
        return token(headers, keys_accepted=keys_accepted)

    replace(sandbox.auth.token, strict)


def _malformed_as_missing(sandbox: Sandbox) -> None:
    token = sandbox.auth.token

    def vague(headers: list[str], *, keys_accepted: bool) -> str:
        try:
            return token(headers, keys_accepted=keys_accepted)
        except Refusal as refused:
            raise unauthorized("MISSING_AUTHORIZATION", refused.message) from None

    replace(sandbox.auth.token, vague)


def _revoked_told(sandbox: Sandbox) -> None:
    valid = sandbox.auth.key_is_valid

    def telling(key: sqlite3.Row) -> bool:
        if key["revoked_at"] is not None:
            raise unauthorized("AUTHENTICATION_ERROR", "this API key was revoked")
        return valid(key)

    replace(sandbox.auth.key_is_valid, telling)


def _keys_everywhere(sandbox: Sandbox) -> None:
    authenticate = sandbox.auth.authenticate

    def lax(call: Call, *, keys_accepted: bool) -> Caller:
        del keys_accepted
        return authenticate(call, keys_accepted=True)

    replace(sandbox.auth.authenticate, lax)


def _health_for_members(sandbox: Sandbox) -> None:
    get_health = sandbox.accounts.get_health

    def guarded(call: Call) -> Response:
        if call.headers(b"authorization"):
            sandbox.auth.authenticate(call, keys_accepted=True)
        return get_health(call)

    replace(sandbox.accounts.get_health, guarded)


def _foreign_job_seen(sandbox: Sandbox) -> None:
    fix(sandbox.access.may_see_urn, True)


def _foreign_job_forbidden(sandbox: Sandbox) -> None:
    visible = sandbox.jobs.visible

    def telling(caller: Caller, job_id: str) -> sqlite3.Row:
        job = sandbox.jobs.row(job_id)
        try:
            return visible(caller, job["id"])
        except Refusal:
            raise forbidden("this job is not yours") from None

    replace(sandbox.jobs.visible, telling)


def _any_owner(sandbox: Sandbox) -> None:
    fix(sandbox.access.may_use, True)


def _x_api_key_taken(sandbox: Sandbox) -> None:
    authenticate = sandbox.auth.authenticate

    def lenient(call: Call, *, keys_accepted: bool) -> Caller:
        for key in call.headers(b"x-api-key"):
            return sandbox.auth.by_key(key)
        return authenticate(call, keys_accepted=keys_accepted)

    replace(sandbox.auth.authenticate, lenient)


DEFECTS = (
    Defect(
        "nobody-let-in",
        "AUTH-1",
        "A request without credentials is served as if somebody had signed in.",
        _nobody_let_in,
        (f"{_MATRIX}[list_jobs-nobody]", f"{_MATRIX}[update_account-nobody]"),
    ),
    Defect(
        "session-signature-unchecked",
        "AUTH-3",
        "The signature of a session is not checked.",
        _signature_unchecked,
        (f"{_MATRIX}[get_account-forged_token]",),
    ),
    Defect(
        "expired-session-works",
        "AUTH-3",
        "A session works after it has expired.",
        _expired_session,
        (f"{_MATRIX}[get_account-expired_token]",),
    ),
    Defect(
        "scope-ignored",
        "ACCESS-3",
        "An API key opens operations outside its scopes.",
        _scope_ignored,
        (f"{_MATRIX}[get_job-key_without_scope]", f"{_MATRIX}[create_job-key_without_scope]"),
    ),
    Defect(
        "write-scope-includes-read",
        "ACCESS-4",
        "A key that may write jobs may read them too.",
        _write_includes_read,
        (f"{_MATRIX}[get_job-key_without_scope]",),
    ),
    Defect(
        "star-scope-unknown",
        "ACCESS-4",
        "The scope * opens nothing.",
        _star_unknown,
        (f"{_MATRIX}[get_job-key_with_star]",),
    ),
    Defect(
        "revoked-key-works",
        "INV-A4",
        "A revoked key goes on working.",
        lambda sandbox: _key_valid_as_if(sandbox, revoked_at=None),
        (f"{_MATRIX}[get_whoami-revoked_key]",),
    ),
    Defect(
        "expired-key-works",
        "INV-A5",
        "A key works after it has expired.",
        lambda sandbox: _key_valid_as_if(sandbox, expires_at=None),
        (f"{_MATRIX}[get_whoami-expired_key]",),
    ),
    Defect(
        "bare-key-refused",
        "AUTH-5",
        "A key is only taken with the Bearer scheme.",
        _bare_key_refused,
        (f"{_MATRIX}[get_job-bare_key]",),
    ),
    Defect(
        "key-works-as-session",
        "AUTH-6",
        "Operations that need a session take API keys.",
        _keys_everywhere,
        (f"{_MATRIX}[get_account-bare_key]", f"{_MATRIX}[create_api_key-key_with_scope]"),
    ),
    Defect(
        "health-looks-at-credentials",
        "AUTH-8",
        "The health page refuses bad credentials.",
        _health_for_members,
        (f"{_MATRIX}[get_health-garbage_token]",),
    ),
    Defect(
        "foreign-job-seen",
        "ACCESS-6",
        "Jobs of other people can be read.",
        _foreign_job_seen,
        (f"{_MATRIX}[get_job-stranger]", f"{_MATRIX}[get_job_events-stranger]"),
    ),
    Defect(
        "foreign-job-forbidden",
        "ACCESS-6",
        "Another person's job is answered 403, which tells that it exists.",
        _foreign_job_forbidden,
        (f"{_MATRIX}[cancel_job-stranger]",),
    ),
    Defect(
        "any-owner-accepted",
        "D-3",
        "A job can be made in another person's name.",
        _any_owner,
        (f"{_MATRIX}[create_job-stranger]",),
    ),
    Defect(
        "malformed-header-told-as-missing",
        "AUTH-2",
        "A malformed Authorization header is called missing.",
        _malformed_as_missing,
        (f"{_MATRIX}[get_account-malformed_header]",),
    ),
    Defect(
        "revoked-key-told-apart",
        "AUTH-4",
        "A revoked key is refused in other words than an unknown one.",
        _revoked_told,
        (f"{_MATRIX}[get_whoami-revoked_key]",),
    ),
    Defect(
        "x-api-key-taken",
        "AUTH-10",
        "A key in X-API-Key lets its user in.",
        _x_api_key_taken,
        (_X_API_KEY,),
    ),
)
