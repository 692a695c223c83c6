"""Requests per minute and user, in fixed windows (job-semantics 9)."""

import math
from typing import TYPE_CHECKING

from framecast_contract.sandbox.http import Caller, Refusal

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class RateLimits:
    """Counts requests; a window opens with a user's first request and lasts to a whole second."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._windows: dict[str, tuple[int, int]] = {}

    def clear(self) -> None:
        self._windows.clear()

    def budget(self, caller: Caller | None) -> int:
        """Requests per window for this caller; None stands for requests without valid credentials."""
        limits = self._sandbox.settings.rate_limits
        if caller is None:
            return limits.anonymous
        return limits.creator if caller.is_creator else limits.starter

    def count(self, caller: Caller | None, address: str) -> tuple[dict[str, str], Refusal | None]:
        """Count one request: the headers for its answer, and a 429 when the budget is spent.

        JWT and keys of a user share one budget; without credentials the client address is what counts.
        """
        name = address if caller is None else caller.id
        reset, used = self.window(name)
        self._windows[name] = (reset, used + 1)
        budget = self.budget(caller)
        headers = _headers(budget, budget - used - 1, reset)
        return headers, self._refusal(headers, reset) if used >= budget else None

    def window(self, name: str) -> tuple[int, int]:
        """When the present window ends, in Unix seconds, and how many requests it has seen."""
        now = self._sandbox.clock.now().timestamp()
        reset, used = self._windows.get(name, (0, 0))
        if reset > now:
            return reset, used
        return int(now) + self._sandbox.settings.rate_limits.window_seconds, 0

    def _refusal(self, headers: dict[str, str], reset: int) -> Refusal:
        wait = max(math.ceil(reset - self._sandbox.clock.now().timestamp()), 1)
        headers |= {"X-RateLimit-RetryAfter": str(wait), "Retry-After": str(wait)}
        return Refusal(429, "RATE_LIMIT_EXCEEDED", "too many requests", retryAfter=wait)

    def peek(self, address: str) -> dict[str, str]:
        """Headers for an answer that is not counted: unknown paths and methods."""
        reset, used = self.window(address)
        budget = self.budget(None)
        return _headers(budget, budget - used, reset)


def _headers(budget: int, remaining: int, reset: int) -> dict[str, str]:
    return {
        "X-RateLimit-Limit": str(budget),
        "X-RateLimit-Remaining": str(max(remaining, 0)),
        "X-RateLimit-Reset": str(reset),
    }
