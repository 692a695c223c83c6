"""Ids that look like those of the real services, drawn from the random source a double was given."""

import random
from datetime import datetime

_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def prefixed_id(rng: random.Random, prefix: str) -> str:
    """Such as `msg_013Zva2CMHLNnXjNJJKqJ2EF`: a prefix, `01` and 22 characters."""
    return f"{prefix}_01{''.join(rng.choices(_BASE58, k=22))}"


def ulid(rng: random.Random, moment: datetime) -> str:
    """A ULID: 48 bits of Unix milliseconds, then 80 random bits, in 26 characters."""
    number = (int(moment.timestamp() * 1000) << 80) | rng.getrandbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -1, -5))
