"""Teams with people in them, made through the API: invitations sent and accepted, roles given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from framecast_contract.target.people import People, Persona

Role = Literal["owner", "admin", "member", "viewer"]
ROLES: tuple[Role, ...] = ("owner", "admin", "member", "viewer")


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
