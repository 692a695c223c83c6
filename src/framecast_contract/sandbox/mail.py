"""The mail a Framecast sends: invitations, after the answer to the request that caused them.

An invitation stands whether its mail arrives or not, so a failure is noted and nothing more.
"""

import logging
import sqlite3
from functools import partial
from typing import TYPE_CHECKING, Any

from starlette.background import BackgroundTask

from framecast_contract.sandbox.http import Caller
from framecast_contract.sandbox.upstreams import UpstreamError

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

log = logging.getLogger(__name__)


class Mail:
    """Writes mail and hands it to the mail service in the background."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def invite(self, invitation: sqlite3.Row, caller: Caller) -> BackgroundTask:
        """What has to happen after the answer so that the invited person hears of it."""
        message = self.invitation(invitation, caller)
        return BackgroundTask(self._sandbox.background.run, partial(self.send, message))

    async def send(self, message: dict[str, Any]) -> None:
        try:
            await self._sandbox.upstreams.send_mail(message)
        except UpstreamError as error:
            log.warning("mail %r was not sent: %s", message["subject"], error)

    def invitation(self, invitation: sqlite3.Row, caller: Caller) -> dict[str, Any]:
        """The mail of an invitation; the tag is what a mailbox can be searched by."""
        settings, team = self._sandbox.settings, self._sandbox.teams.find(invitation["team_id"])
        day, minute = invitation["expires_at"][:10], invitation["expires_at"][11:16]
        inviter = _one_line(caller.user["name"] or caller.user["email"])
        name = "" if team is None else _one_line(team["name"])
        return {
            "from": settings.mail_from,
            "to": [invitation["email"]],
            "subject": f"{inviter} invites you to {name} on Framecast",
            "text": f"{inviter} invites you to join the team {name} as {invitation['role']}.\n\n"
            f"Accept or decline: {settings.app_url}/invitations/{invitation['id']}\n"
            f"The invitation ends on {day} at {minute} UTC.\n",
            "tags": [{"name": "invitation_id", "value": invitation["id"]}],
        }


def _one_line(name: str) -> str:
    """Names may hold line breaks; a subject that does is no subject."""
    return " ".join(name.split())
