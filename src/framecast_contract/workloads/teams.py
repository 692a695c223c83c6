"""Teams with people in them, made through the API: invitations sent and accepted, roles given."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from framecast_contract.oracle.owners import Person
from framecast_contract.target.people import People, Persona

Role = Literal["owner", "admin", "member", "viewer"]
ROLES: tuple[Role, ...] = ("owner", "admin", "member", "viewer")
Standing = Literal["owner", "admin", "member", "viewer", "stranger"]
STANDINGS: tuple[Standing, ...] = (*ROLES, "stranger")
"""Every way to stand to a team: with a role in it, or as a creator from elsewhere."""


@dataclass(frozen=True, slots=True)
class Team:
    """A team and one of its people per role."""

    id: str
    people: Mapping[str, Persona]

    @property
    def owner(self) -> Persona:
        return self.people["owner"]

    @property
    def admin(self) -> Persona:
        return self.people["admin"]

    @property
    def member(self) -> Persona:
        return self.people["member"]

    @property
    def viewer(self) -> Persona:
        return self.people["viewer"]

    @property
    def urn(self) -> str:
        """The owner URN of what belongs to the whole team."""
        return f"framecast:team:{self.id}"

    def membership(self, person: Persona) -> str:
        """The owner URN of what a person has inside the team."""
        return f"framecast:{self.id}:{person.user_id}"

    async def balance(self) -> int:
        """The team's credits, as its owner is told them."""
        return (await self.owner.client.get_team(self.id)).credits


async def team_with(people: People, *roles: Role, credits: int = 0, name: str = "Studio") -> Team:
    """A new team with an owner, who has another one besides, and a person for each of `roles`."""
    owner = await people.creator("owner")
    made = await owner.client.create_team(name)
    standing: dict[str, Persona] = {"owner": owner}
    for role in roles:
        standing[role] = await join(people, owner, str(made.id), role)
    team = Team(str(made.id), standing)
    if credits:
        await people.target.set_credits(team.urn, credits)
    return team


async def join(
    people: People, owner: Persona, team_id: str, role: Role, *, person: Persona | None = None
) -> Persona:
    """Bring a person into the team: a new starter unless somebody is named. Joining makes creators."""
    joining = person or await people.starter("co-owner" if role == "owner" else role)
    invited: Any = "member" if role == "owner" else role
    invitation = await owner.client.create_invitation(team_id, joining.email, role=invited)
    await joining.client.accept_invitation(invitation.id)
    if role == "owner":
        await owner.client.update_member_role(team_id, joining.user_id, "owner")
    return joining


async def another(people: People, team: Team, standing: Standing) -> Persona:
    """Somebody new who stands so to the team; an owner is one more besides the first."""
    if standing == "stranger":
        return await people.creator("stranger")
    return await join(people, team.owner, team.id, standing)


async def somebody(people: People, team: Team, standing: Standing) -> Persona:
    """Somebody who stands so to the team: who is there already, or somebody new."""
    return team.people.get(standing) or await another(people, team, standing)


async def only_here(people: People, team: Team, role: Role) -> Persona:
    """Somebody new in the team who is in no other: the first team of a new creator is left, and so ends."""
    person = await join(people, team.owner, team.id, role)
    (first,) = [each for each in await person.client.list_teams() if str(each.id) != team.id]
    await person.client.leave_team(first.id)
    return person


def role_in(standing: Standing) -> Role | None:
    """The role of who stands so to a team, None for a stranger."""
    return None if standing == "stranger" else standing


def known_as(person: Persona, team: Team, standing: Standing) -> Person:
    """What the oracle must know of a creator who stands so to the team."""
    role = role_in(standing)
    return Person(person.user_id, "creator", {} if role is None else {team.id: role})


def addressed(people: People, name: str, email: str) -> Persona:
    """Somebody the server has never seen, with an e-mail address of the test's choice."""
    return replace(people.unprovisioned(name, email=email), email=email)


def renewed(people: People, team: Team) -> Team:
    """The same team with new sessions for its people, for stories that outlast the hour a session lives."""
    return replace(team, people={role: people.renewed(person) for role, person in team.people.items()})


async def roles_in(reader: Persona, team_id: object) -> dict[str, str]:
    """Everybody in the team, as `reader` is told: roles by user id."""
    return {str(member.user_id): member.role for member in await reader.client.list_members(str(team_id))}


async def state_of(team: Team, invitation_id: object) -> str | None:
    """The state of an invitation as the team's owner is told it, None for one that is not listed."""
    listed = await team.owner.client.list_invitations(team.id)
    return next((each.state for each in listed if str(each.id) == str(invitation_id)), None)


async def team_ids(person: Persona) -> set[str]:
    """The teams that somebody is told to be in."""
    return {str(team.id) for team in await person.client.list_teams()}
