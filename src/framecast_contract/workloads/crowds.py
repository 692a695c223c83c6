"""People and teams in numbers, as the limits of teams and invitations take."""

import asyncio
from collections.abc import AsyncIterator

from framecast_contract.oracle.invitations import MOST_A_DAY
from framecast_contract.oracle.teams import MOST_OWNED
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.teams import Team, renewed

DAY = 24 * 60 * 60.0
"""A day of UTC, in seconds."""


async def owner_of(people: People, count: int, name: str = "founder") -> Persona:
    """A creator who owns `count` teams and belongs to no other; at least one, at most 10."""
    founder = await people.creator(name)
    for number in range(2, count + 1):
        await founder.client.create_team(f"Team {number}")
    return founder


async def pending_elsewhere(people: People, person: Persona, count: int) -> list[str]:
    """The ids of `count` pending invitations for a person, each into another team."""
    sent: list[str] = []
    async for host, team_id in _teams(people):
        invitation = await host.client.create_invitation(team_id, person.email)
        sent.append(str(invitation.id))
        if len(sent) == count:
            break
    return sent


async def _teams(people: People) -> AsyncIterator[tuple[Persona, str]]:
    """Teams without end, with their owners."""
    while True:
        host = await owner_of(people, MOST_OWNED, "host")
        for team in await host.client.list_teams():
            yield host, str(team.id)


async def member_of(people: People, count: int) -> Persona:
    """A creator who belongs to `count` teams and owns one of them."""
    person = await people.creator("joiner")
    invitations = await pending_elsewhere(people, person, count - 1)
    await asyncio.gather(*(person.client.accept_invitation(each) for each in invitations))
    return person


async def invite_guests(team: Team, first: int, count: int) -> list[str]:
    """Invite guests number `first` and on; their addresses."""
    guests = [f"guest-{number}@example.com" for number in range(first, first + count)]
    for guest in guests:
        await team.owner.client.create_invitation(team.id, guest)
    return guests


async def invite_over_days(people: People, team: Team, count: int) -> tuple[Team, list[str]]:
    """Invite `count` guests, as many a day as may be: the team in new sessions, and the guests' addresses.

    Moves the clock from day to day, at the same hour (capability `clock`).
    """
    guests: list[str] = []
    while True:
        guests += await invite_guests(team, len(guests), min(MOST_A_DAY, count - len(guests)))
        if len(guests) == count:
            return team, guests
        await pass_time(DAY)
        team = renewed(people, team)
