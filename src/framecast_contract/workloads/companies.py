"""A company: some people, their teams and invitations, and beside the server a model that says what must be.

Commands are given by number, so that a property test can draw them at random: who acts, on whom, on which
team or invitation. The model follows the server's ids; its answer stands beside the server's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any, NamedTuple, TypeVar

from framecast_client import ApiError, Request, operations
from framecast_client.models import InvitationRole
from framecast_contract.oracle.judging import same_address
from framecast_contract.oracle.team_laws import (
    broken_invitations,
    broken_members,
    broken_teams,
    broken_world_rules,
)
from framecast_contract.oracle.team_world import Account, TeamWorld
from framecast_contract.oracle.words import Answer, Broken
from framecast_contract.target.people import People, Persona
from framecast_contract.target.waiting import pass_time
from framecast_contract.workloads.answers import all_as_json
from framecast_contract.workloads.teams import ROLES

INVITED: tuple[InvitationRole, ...] = ("admin", "member", "viewer")

HALF_LIFE = 4 * 24 * 60 * 60.0
"""More than half of an invitation's 7 days, in seconds: after two of them it has expired."""

T = TypeVar("T")
Stepped = tuple[Answer, TeamWorld]


class Command(NamedTuple):
    """What somebody does; the numbers pick from what there is, whatever there is."""

    name: str
    actor: int
    other: int
    place: int
    role: int


class Move(NamedTuple):
    """The request of a command, and what the model makes of it, given the id of what is new."""

    request: Request[Any]
    step: Callable[[str], Stepped]


@dataclass(slots=True)
class Company:
    """Its people, and the model."""

    people: People
    staff: list[Persona]
    world: TeamWorld

    async def play(self, command: Command) -> tuple[Answer, Answer]:
        """Do one thing; the server's answer and the model's."""
        self.world = replace(self.world, now=self.people.target.clock.now())
        actor = _actor(self, command)
        move = MOVES[command.name](self, actor, command)
        before = self.world.people[actor.user_id].tier
        seen, made = await _sent(actor, move.request)
        if seen.accepted and before == "starter":
            made = await self._first_team(actor, made, command.name)
        expected, world = move.step(made)
        self.world = world if seen == expected else self.world
        return seen, expected

    async def _first_team(self, actor: Persona, made: str, name: str) -> str:
        """The id of the team that a new creator was given; `made` when the command makes nobody a creator."""
        if name not in ("upgrade", "accept"):
            return made
        listed = await actor.client.list_teams()
        return next(str(team.id) for team in listed if str(team.id) not in self.world.teams)

    async def wait(self) -> None:
        """Let days pass; sessions live an hour, so everybody gets a new one."""
        await pass_time(HALF_LIFE)
        self.staff = [self.people.renewed(person) for person in self.staff]
        self.world = replace(self.world, now=self.people.target.clock.now())

    async def broken(self) -> list[Broken]:
        """What the server shows against the model, and the laws of the model itself."""
        faults = broken_world_rules(self.world)
        by_id = {person.user_id: person for person in self.staff}
        for user, account in self.world.people.items():
            if account.tier == "creator":
                listed = all_as_json(await by_id[user].client.list_teams())
                faults += broken_teams(self.world, user, listed)
        for team in self.world.teams:
            owner = next(user for user, role in self.world.members(team).items() if role == "owner")
            client = by_id[owner].client
            faults += broken_members(self.world, team, all_as_json(await client.list_members(team)))
            faults += broken_invitations(self.world, team, all_as_json(await client.list_invitations(team)))
        return faults


async def company_of(people: People, starters: int, creators: int) -> Company:
    """New people, creators with their first teams; all but the starters are in the first one's, too."""
    staff = [await people.creator() for _ in range(creators)]
    staff += [await people.starter() for _ in range(starters)]
    known = {person.user_id: Account(person.email) for person in staff}
    company = Company(people, staff, TeamWorld(people.target.clock.now(), known))
    for person in staff[:creators]:
        (first,) = await person.client.list_teams()
        _, company.world = company.world.upgrade(person.user_id, str(first.id))
    for person, role in zip(staff[1:creators], cycle(("admin", "member"))):
        await _bring_in(company, person, role)
    return company


async def _bring_in(company: Company, person: Persona, role: str) -> None:
    """Invite and accept, on the server and in the model, into the first team of all."""
    host, team = company.staff[0], next(iter(company.world.teams))
    body: dict[str, Any] = {"email": person.email, "role": role}
    invitation = str((await host.client.create_invitation(team, **body)).id)
    await person.client.accept_invitation(invitation)
    _, world = company.world.invite(host.user_id, team, invitation, body)
    _, company.world = world.accept(person.user_id, invitation, "")


def _picked(things: Sequence[T], number: int) -> T:
    return things[number % len(things)]


def _rather(likely: Sequence[T], others: Sequence[T], number: int) -> T:
    """One of all, but mostly a likely one: a stranger's requests soon tell nothing new."""
    return _picked([*likely, *likely, *likely, *others], number)


async def _sent(actor: Persona, request: Request[Any]) -> tuple[Answer, str]:
    """The answer to a request, and the id of what came back, if anything did."""
    try:
        response = await actor.client.send(request)
    except ApiError as error:
        return Answer(error.status, error.code), ""
    return Answer(response.status), str(getattr(response.result, "id", ""))


def _found(company: Company, actor: Persona, _: Command) -> Move:
    body = {"name": "Studio"}
    return Move(
        operations.create_team("Studio"), lambda made: company.world.create_team(actor.user_id, made, body)
    )


def _dissolve(company: Company, actor: Persona, command: Command) -> Move:
    team = _team(company, actor, command)
    return Move(operations.delete_team(team), lambda _: company.world.delete_team(actor.user_id, team))


def _promote(company: Company, actor: Persona, command: Command) -> Move:
    team, role = _team(company, actor, command), _picked(ROLES, command.role)
    other = _mate(company, team, command)
    return Move(
        operations.update_member_role(team, other.user_id, role),
        lambda _: company.world.change_role(actor.user_id, team, other.user_id, {"role": role}),
    )


def _remove(company: Company, actor: Persona, command: Command) -> Move:
    team = _team(company, actor, command)
    other = _mate(company, team, command)
    return Move(
        operations.remove_member(team, other.user_id),
        lambda _: company.world.remove(actor.user_id, team, other.user_id),
    )


def _leave(company: Company, actor: Persona, command: Command) -> Move:
    team = _team(company, actor, command)
    return Move(operations.leave_team(team), lambda _: company.world.leave(actor.user_id, team))


def _invite(company: Company, actor: Persona, command: Command) -> Move:
    team = _team(company, actor, command)
    email = _picked(company.staff, command.other).email
    role = _picked(INVITED, command.role)
    body = {"email": email, "role": role}
    return Move(
        operations.create_invitation(team, email, role=role),
        lambda made: company.world.invite(actor.user_id, team, made, body),
    )


def _accept(company: Company, actor: Persona, command: Command) -> Move:
    invitation = _received(company, actor, command)
    return Move(
        operations.accept_invitation(invitation),
        lambda made: company.world.accept(actor.user_id, invitation, made),
    )


def _decline(company: Company, actor: Persona, command: Command) -> Move:
    invitation = _received(company, actor, command)
    return Move(
        operations.decline_invitation(invitation),
        lambda _: company.world.decline(actor.user_id, invitation),
    )


def _revoke(company: Company, actor: Persona, command: Command) -> Move:
    invitation, team = _given(company, actor, command)
    return Move(
        operations.revoke_invitation(team, invitation),
        lambda _: company.world.revoke(actor.user_id, team, invitation),
    )


def _resend(company: Company, actor: Persona, command: Command) -> Move:
    invitation, team = _given(company, actor, command)
    return Move(
        operations.resend_invitation(team, invitation),
        lambda _: company.world.resend(actor.user_id, team, invitation),
    )


def _upgrade(company: Company, actor: Persona, _: Command) -> Move:
    return Move(
        operations.upgrade_account("creator"), lambda made: company.world.upgrade(actor.user_id, made)
    )


def _actor(company: Company, command: Command) -> Persona:
    """Who acts: rather somebody who has an invitation to answer, or a team to manage."""
    world = company.world
    if command.name in ("accept", "decline"):
        likely = [person for person in company.staff if _pending(company, person)]
    else:
        leads = {user for (_, user), role in world.roles.items() if role in ("owner", "admin")}
        likely = [person for person in company.staff if person.user_id in leads]
    return _rather(likely, company.staff, command.actor)


def _pending(company: Company, person: Persona) -> list[str]:
    """The invitations that a person can answer."""
    sent = company.world.invitations.items()
    mine = [each for each, kept in sent if same_address(kept["email"], person.email)]
    return [each for each in mine if company.world.state(each) == "pending"]


def _team(company: Company, actor: Persona, command: Command) -> str:
    """A team, rather one that the actor is in; now and then one that does not exist."""
    mine = [*company.world.memberships(actor.user_id)]
    return _rather(mine, [*company.world.teams, company.people.uuid()], command.place)


def _mate(company: Company, team: str, command: Command) -> Persona:
    """Somebody, rather in that team than not."""
    members = company.world.members(team)
    likely = [person for person in company.staff if person.user_id in members]
    return _rather(likely, company.staff, command.other)


def _received(company: Company, actor: Persona, command: Command) -> str:
    """An invitation, rather one to the actor that waits for an answer."""
    everything = [*company.world.invitations, company.people.uuid()]
    return _rather(_pending(company, actor), everything, command.place)


def _given(company: Company, actor: Persona, command: Command) -> tuple[str, str]:
    """An invitation and a team, rather one that the actor is in and that sent it."""
    sent = [(each, str(kept["team_id"])) for each, kept in company.world.invitations.items()]
    mine = company.world.memberships(actor.user_id)
    ours = [(each, team) for each, team in sent if team in mine]
    nowhere = (company.people.uuid(), _team(company, actor, command))
    return _rather(ours, [*sent, nowhere], command.place)


MOVES: Mapping[str, Callable[[Company, Persona, Command], Move]] = {
    "upgrade": _upgrade, "found": _found, "dissolve": _dissolve, "promote": _promote, "remove": _remove,
    "leave": _leave, "invite": _invite, "accept": _accept, "decline": _decline, "revoke": _revoke,
    "resend": _resend,
}  # fmt: skip
