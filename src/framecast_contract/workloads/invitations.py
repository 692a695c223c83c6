"""Invitations on their way: sent to somebody, and brought to the end that a story needs."""

from typing import NamedTuple

from framecast_client.models import Invitation
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.teams import Team, team_with


class Sent(NamedTuple):
    """A team, somebody invited into it, and that invitation."""

    team: Team
    invitee: Persona
    invitation: Invitation


async def sent_to_somebody(people: People) -> Sent:
    """A pending invitation of a new team to a new starter."""
    team, invitee = await team_with(people), await people.starter("invitee")
    return Sent(team, invitee, await team.owner.client.create_invitation(team.id, invitee.email))


async def lead(sent: Sent, state: str) -> None:
    """Bring a pending invitation into a state, by a request of the one who can; pending it is already."""
    owner, invitee, invitation = sent.team.owner.client, sent.invitee.client, sent.invitation.id
    if state == "accepted":
        await invitee.accept_invitation(invitation)
    elif state == "declined":
        await invitee.decline_invitation(invitation)
    elif state == "revoked":
        await owner.revoke_invitation(sent.team.id, invitation)
