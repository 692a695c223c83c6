"""Projects of teams (jobs-and-rendering 6)."""

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Projects:
    """The operations on projects."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def follow(self, job: sqlite3.Row) -> None:
        """Bring the project of a job in step with the job, inside the transaction of its move."""
