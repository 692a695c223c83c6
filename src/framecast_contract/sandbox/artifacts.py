"""Artifacts: storyboards, characters and rendered media (accounts-and-teams 8)."""

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Artifacts:
    """The operations on artifacts."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def follow(self, job: sqlite3.Row) -> None:
        """Bring the output artifact of a job in step with the job, inside the transaction of its move."""
