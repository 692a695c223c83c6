"""Minting user sessions: HS256 JWTs signed with the secret that the server under test shares with us."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import jwt

from framecast_contract.clock import Clock

LIFETIME = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TokenMint:
    """Signs tokens as the identity provider would."""

    secret: str
    clock: Clock
    audience: str | None = "authenticated"
    issuer: str | None = None

    def mint(self, claims: Mapping[str, Any]) -> str:
        """Sign `claims` over sensible defaults; a claim given as None is left out."""
        now = self.clock.now()
        defaults = {
            "iat": int(now.timestamp()),
            "exp": int((now + LIFETIME).timestamp()),
            "aud": self.audience,
            "iss": self.issuer,
            "role": "authenticated",
        }
        payload = {name: value for name, value in {**defaults, **claims}.items() if value is not None}
        return jwt.encode(payload, self.secret, algorithm="HS256")
