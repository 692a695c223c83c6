"""What goes along when a team or a user is deleted (conventions 8: "deleted with").

Rows go inside the transaction of the deletion. Renders that nobody waits for any more are called off after
the answer: what a deletion gives back are their RunPod ids.
"""

import logging
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from starlette.background import BackgroundTask
from starlette.responses import Response

from framecast_contract.sandbox.access import personal_urn
from framecast_contract.sandbox.http import conflict
from framecast_contract.sandbox.lifecycle import TERMINAL
from framecast_contract.sandbox.upstreams import UpstreamError

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

log = logging.getLogger(__name__)
_OF_TEAM = (
    "DELETE FROM webhook_deliveries WHERE webhook_id IN (SELECT id FROM webhooks WHERE team_id = ?)",
    "DELETE FROM webhooks WHERE team_id = ?",
    "DELETE FROM projects WHERE team_id = ?",
    "DELETE FROM invitations WHERE team_id = ?",
    "DELETE FROM memberships WHERE team_id = ?",
    "DELETE FROM teams WHERE id = ?",
)
_OF_USER = (
    "DELETE FROM api_keys WHERE user_id = ?",
    "DELETE FROM memberships WHERE user_id = ?",
    "DELETE FROM users WHERE id = ?",
)
_ONLY_MEMBER = (
    "SELECT team_id FROM memberships AS own WHERE user_id = ? AND NOT EXISTS"
    " (SELECT 1 FROM memberships WHERE team_id = own.team_id AND user_id <> own.user_id)"
)
_ONLY_OWNER_OF_OTHERS = (
    "SELECT team_id FROM memberships AS own WHERE user_id = ? AND role = 'owner'"
    " AND EXISTS (SELECT 1 FROM memberships WHERE team_id = own.team_id AND user_id <> own.user_id)"
    " AND NOT EXISTS (SELECT 1 FROM memberships WHERE team_id = own.team_id AND user_id <> own.user_id"
    " AND role = 'owner')"
)


class Removal:
    """Removes rows that belong together. Every method runs inside a transaction, except `stop_renders`."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def check_user_removable(self, user_id: str) -> None:
        """409 when somebody's team would be without an owner (INV-T2)."""
        if self._sandbox.database.one(_ONLY_OWNER_OF_OTHERS, user_id) is not None:
            raise conflict("the only owner of a team with other members cannot go")

    def remove_user(self, user_id: str) -> list[str]:
        """The user and all that is personal, and the teams that would be empty.

        What the user made for a team that stays is the team's, and so is what lies under a membership URN.
        """
        renders = self.remove_lone_teams(user_id)
        renders += self.remove_owned("owner = ?", personal_urn(user_id))
        for talk in self._sandbox.database.all("SELECT id FROM conversations WHERE user_id = ?", (user_id,)):
            self._sandbox.conversations.forget(talk["id"])
        self._run(_OF_USER, user_id)
        return renders

    def remove_lone_teams(self, user_id: str) -> list[str]:
        """The teams in which the user is alone."""
        renders: list[str] = []
        for team in self._sandbox.database.all(_ONLY_MEMBER, (user_id,)):
            renders += self.remove_team(team["team_id"])
        return renders

    def remove_team(self, team_id: str) -> list[str]:
        """The team and everything under its URN and the membership URNs in it."""
        shared, members = f"framecast:team:{team_id}", f"framecast:{team_id}:"
        renders = self.remove_owned("owner = ?", shared)
        renders += self.remove_owned("owner BETWEEN ? AND ?", members, f"{members}~")
        self._run(_OF_TEAM, team_id)
        return renders

    def remove_owned(self, condition: str, *values: str) -> list[str]:
        """Jobs, assets and artifacts of some owners."""
        jobs = self._sandbox.database.all(f"SELECT * FROM jobs WHERE {condition}", values)
        for job in jobs:
            self._remove_job(job)
        for table in ("assets", "artifacts"):
            self._sandbox.database.run(f"DELETE FROM {table} WHERE {condition}", *values)
        return [job["runpod_id"] for job in jobs if job["runpod_id"] and job["status"] not in TERMINAL]

    def _remove_job(self, job: sqlite3.Row) -> None:
        """The job, its time limit and its events; open streams end."""
        self._sandbox.dispatch.lift_limit(job["id"])
        self._sandbox.database.run("DELETE FROM jobs WHERE id = ?", job["id"])
        self._sandbox.events.forget(job["id"])

    def _run(self, statements: tuple[str, ...], identifier: str) -> None:
        for statement in statements:
            self._sandbox.database.run(statement, identifier)

    def gone(self, renders: list[str]) -> Response:
        """The answer to a deletion, after which these renders are called off."""
        response = Response(status_code=204)
        response.background = BackgroundTask(
            self._sandbox.background.run, partial(self.stop_renders, renders)
        )
        return response

    async def stop_renders(self, runpod_ids: list[str]) -> None:
        for runpod_id in runpod_ids:
            try:
                await self._sandbox.upstreams.cancel(runpod_id)
            except UpstreamError as error:
                log.warning("render %s could not be canceled: %s", runpod_id, error)
