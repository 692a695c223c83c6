"""Deliveries to webhooks: signed, timed and retried (job-semantics 7 and 8)."""

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Deliveries:
    """The operations on deliveries."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def announce(self, job: sqlite3.Row, event: str, by: str | None = None) -> None:
        """Queue a delivery of this job event to every webhook that wants it, inside the move's transaction.

        `event` is the event's name without `job.`; `by` is the user who canceled.
        """
