"""The headers that answers declare, each set once, by lower-case name. Generated; do not edit."""

from __future__ import annotations

from ._request import Header

X_RATELIMIT_LIMIT_REMAINING_RESET = {
    "x-ratelimit-limit": Header(int, True),
    "x-ratelimit-remaining": Header(int, True),
    "x-ratelimit-reset": Header(int, True),
}

X_RATELIMIT_LIMIT_REMAINING_RESET_RETRYAFTER = {
    "x-ratelimit-limit": Header(int, True),
    "x-ratelimit-remaining": Header(int, True),
    "x-ratelimit-reset": Header(int, True),
    "x-ratelimit-retryafter": Header(int, True),
    "retry-after": Header(int, True),
}

X_RATELIMIT_LIMIT_REMAINING_RESET_RETRYAFTER_2 = {
    "x-ratelimit-limit": Header(int, True),
    "x-ratelimit-remaining": Header(int, True),
    "x-ratelimit-reset": Header(int, True),
    "x-ratelimit-retryafter": Header(int, False),
    "retry-after": Header(int, False),
}
