"""Credentials that must not work: forged tokens, sessions with wrong claims, headers in no accepted form."""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import jwt

from framecast_contract.target.people import People, Persona

HOUR = 3600
UNKNOWN_KEY = "sk_live_" + "0" * 32
_OTHER_SECRET = "a secret that no Framecast server has, long enough for HS256"


def claims_of(token: str) -> dict[str, Any]:
    """What a token says, its signature not looked at."""
    return dict(jwt.decode(token, options={"verify_signature": False}))


def signed_by_another(token: str) -> str:
    """The same claims under another secret."""
    return jwt.encode(claims_of(token), _OTHER_SECRET, algorithm="HS256")


def unsigned(token: str) -> str:
    """The same claims with algorithm `none`."""
    return jwt.encode(claims_of(token), "", algorithm="none")


def altered(token: str) -> str:
    """Another person's claims under the signature of this one."""
    head, _, signature = token.split(".")
    claims = {**claims_of(token), "sub": "00000000-0000-4000-8000-000000000000"}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return f"{head}.{body}.{signature}"


FORGERIES: Mapping[str, Callable[[str], str]] = {
    "garbage": lambda _: "not.a.token",
    "one word": lambda _: "token",
    "without signature": lambda token: token.rpartition(".")[0],
    "signed by another": signed_by_another,
    "unsigned": unsigned,
    "altered": altered,
}
"""Name → what becomes of a good token."""

WRONG_CLAIMS: Mapping[str, Mapping[str, Any]] = {
    "no sub": {"sub": None},
    "sub is no UUID": {"sub": "ada"},
    "sub is a number": {"sub": 42},
    "no exp": {"exp": None},
    "exp is text": {"exp": "tomorrow"},
    "no iat": {"iat": None},
    "no role": {"role": None},
}
"""Name → claims that spoil a session; one given as None is left out."""


def expired(people: People, person: Persona) -> Persona:
    """A session that ended an hour ago, well past the minute of clock skew that is tolerated."""
    return people.renewed(person, exp=int(people.target.clock.now().timestamp()) - HOUR)


MALFORMED_HEADERS: Mapping[str, Callable[[str], str | bytes]] = {
    "empty": lambda _: "",
    "scheme alone": lambda _: "Bearer",
    "lower-case scheme": lambda token: f"bearer {token}",
    "two spaces": lambda token: f"Bearer  {token}",
    "another scheme": lambda token: f"Token {token}",
    "basic": lambda _: "Basic YWRhOnNlY3JldA==",
    "no scheme": lambda token: token,
    "beyond ASCII": lambda token: b"Bearer \xff" + token.encode(),
}
"""Name → a header around a good token in none of the accepted forms."""
