"""Who is asking: JWTs, API keys, and people who appear with their first request (conventions 2)."""

import hashlib
import json
import re
import sqlite3
from typing import TYPE_CHECKING, Any

import jwt

from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.http import UUID, Call, Caller, Refusal, as_integer, forbidden, is_unicode

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

_BEARER = re.compile(r"Bearer ([!-~]+)")
_BARE_KEY = re.compile(r"sk_live_[!-~]*")
KEY_PREFIX = "sk_live_"
MAX_EMAIL = 255
REMEMBERED_TOKENS = 256


def unauthorized(code: str, message: str) -> Refusal:
    return Refusal(401, code, message)


def hash_key(raw_key: str) -> str:
    """What is stored of a key: enough to recognise it, too little to use it."""
    return hashlib.sha256(raw_key.encode()).hexdigest()


class Auth:
    """From the Authorization header to a `Caller`, or a 401."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._jws = jwt.PyJWS()
        self._signed: dict[str, dict[str, Any]] = {}

    def authenticate(self, call: Call, *, keys_accepted: bool) -> Caller:
        """The caller; 401 by E-AUTH and E-KEY. Provisions a person seen for the first time."""
        token = self.token(call.headers(b"authorization"), keys_accepted=keys_accepted)
        if keys_accepted and token.startswith(KEY_PREFIX):
            return self.by_key(token)
        return self.by_jwt(token)

    def token(self, headers: list[str], *, keys_accepted: bool) -> str:
        """The credential in the header, whose exact forms conventions 2.1 lists."""
        if not headers:
            raise unauthorized("MISSING_AUTHORIZATION", "Authorization header is missing")
        bearer = _BEARER.fullmatch(headers[0]) if len(headers) == 1 else None
        if bearer is not None:
            return bearer[1]
        if len(headers) == 1 and keys_accepted and _BARE_KEY.fullmatch(headers[0]):
            return headers[0]
        raise unauthorized("INVALID_AUTHORIZATION", "Authorization must be: Bearer <token>")

    def require_scope(self, caller: Caller, scope: str | None) -> None:
        """403 when an API key lacks the scope; a JWT is never limited (E-SCOPE)."""
        if scope is None or caller.key is None:
            return
        if not {scope, "*"} & set(json.loads(caller.key["scopes"])):
            raise forbidden(f"API key lacks the scope {scope}")

    def require_tier(self, caller: Caller, tier: str) -> None:
        """403 when a starter calls what only creators may (E-TIER)."""
        if tier == "creator" and not caller.is_creator:
            raise Refusal(403, "INSUFFICIENT_TIER", "this needs the creator tier")

    def by_jwt(self, token: str) -> Caller:
        claims = self.claims(token)
        user_id = claims["sub"].lower()
        user = self._sandbox.accounts.find(user_id)
        if user is None:
            return Caller(self.provision(user_id, claims.get("email")))
        return Caller(self._sandbox.accounts.follow_email(user, claims.get("email")))

    def provision(self, user_id: str, email: str | None) -> sqlite3.Row:
        """A new starter (conventions 2.3); 401 without an address, 500 when it belongs to somebody else."""
        if not email:
            raise unauthorized("MISSING_EMAIL", "the first request needs a token with an email claim")
        if self._sandbox.accounts.email_taken(email):
            raise Refusal(500, "USER_PROVISION_FAILED", "the account could not be created")
        return self._sandbox.accounts.create(user_id, email)

    def claims(self, token: str) -> dict[str, Any]:
        """The verified claims of a token (conventions 2.2); 401 `INVALID_TOKEN`.

        Signature by pyjwt, claims by hand: pyjwt would compare `exp` with the machine's clock, not ours.
        """
        claims = self._signed.get(token)
        if claims is None:
            claims = self._signed_claims(token)
        if not self.claims_hold(claims):
            raise unauthorized("INVALID_TOKEN", "token is not valid")
        return claims

    def _signed_claims(self, token: str) -> dict[str, Any]:
        """Verify a signature once: it cannot change, and it is half the cost of a small request."""
        try:
            secret = self._sandbox.settings.jwt_secret
            payload = self._jws.decode_complete(token, secret, algorithms=["HS256"])["payload"]
            claims = json.loads(payload)
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise unauthorized("INVALID_TOKEN", "token is not valid") from error
        if not isinstance(claims, dict):
            raise unauthorized("INVALID_TOKEN", "token is not valid")
        if len(self._signed) >= REMEMBERED_TOKENS:
            self._signed.clear()
        self._signed[token] = claims
        return claims

    def claims_hold(self, claims: dict[str, Any]) -> bool:
        settings = self._sandbox.settings
        subject, audience = claims.get("sub"), claims.get("aud")
        return (
            isinstance(subject, str)
            and UUID.fullmatch(subject) is not None
            and as_integer(claims.get("iat")) is not None
            and isinstance(claims.get("role"), str)
            and isinstance(audience, str)
            and settings.jwt_audience in (None, audience)
            and settings.jwt_issuer in (None, claims.get("iss"))
            and self.unexpired(claims.get("exp"))
            and _is_email(claims.get("email"))
        )

    def unexpired(self, expiry: Any) -> bool:
        """Whether `exp` lies in the future, give or take the tolerated clock skew."""
        seconds = as_integer(expiry)
        skew = self._sandbox.settings.clock_skew_seconds
        return seconds is not None and seconds + skew > self._sandbox.clock.now().timestamp()

    def by_key(self, raw_key: str) -> Caller:
        database = self._sandbox.database
        key = database.one("SELECT * FROM api_keys WHERE key_hash = ?", hash_key(raw_key))
        if key is None or not self.key_is_valid(key):
            raise unauthorized("INVALID_API_KEY", "API key is not valid")
        user = self._sandbox.accounts.find(key["user_id"])
        if user is None:
            raise unauthorized("USER_NOT_FOUND", "the user of this API key is gone")
        database.update("api_keys", key["id"], {"last_used_at": self._sandbox.stamp()})
        return Caller(user, key)

    def key_is_valid(self, key: sqlite3.Row) -> bool:
        """Not revoked, not expired, and for a membership URN the membership still lives (INV-X4)."""
        if key["revoked_at"] is not None:
            return False
        if key["expires_at"] is not None and key["expires_at"] <= self._sandbox.now():
            return False
        owner = parse_owner(key["owner"])
        if owner is None or owner.team_id is None or owner.user_id is None:
            return owner is not None
        return self._sandbox.access.role(owner.user_id, owner.team_id) is not None


def _is_email(claim: Any) -> bool:
    """Absent, empty (some identity providers send that for none), or an address the database can hold."""
    if claim is None or claim == "":
        return True
    if not isinstance(claim, str) or len(claim) > MAX_EMAIL or "\0" in claim or not is_unicode(claim):
        return False
    local, _, domain = claim.rpartition("@")
    return bool(local) and bool(domain)
