"""Somebody with every way to own something, and every way to be refused it: whose URN, and which project."""

from collections.abc import Mapping
from dataclasses import dataclass

from framecast_contract.oracle.owners import Person
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.projects import new_project
from framecast_contract.workloads.teams import join, team_with

ELSE = "7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11"
OWNERS = (
    "nobody named", "myself", "my team", "my membership", "a team I view", "my membership as a viewer",
    "somebody else", "a foreign team", "the membership of another", "a team that is not there",
    "an artifact", "a system asset", "myself in upper case", "no URN", "nothing",
)  # fmt: skip
PROJECTS = ("no project", "my team's", "of a team I view", "a foreign one", "one that is not there")


@dataclass(frozen=True, slots=True)
class Owning:
    """A member of one team and viewer of another: what the words of OWNERS and PROJECTS mean for them."""

    person: Persona
    known: Person
    owners: Mapping[str, str | None]
    projects: Mapping[str, str | None]
    teams: Mapping[str, str]
    """The team of every project that exists, by the project's id."""


async def owning(people: People) -> Owning:
    """A new person in a studio and in a gallery, with a project in each and one elsewhere."""
    studio, gallery, elsewhere = [await team_with(people, name=name) for name in ("Studio", "Gallery", "Far")]
    person = await join(people, studio.owner, studio.id, "member")
    await join(people, gallery.owner, gallery.id, "viewer", person=person)
    mine, viewed, foreign = [str((await new_project(team)).id) for team in (studio, gallery, elsewhere)]
    owners = dict(zip(OWNERS, (
        None, person.owner, studio.urn, studio.membership(person), gallery.urn, gallery.membership(person),
        studio.owner.owner, elsewhere.urn, studio.membership(studio.owner), f"framecast:team:{ELSE}",
        f"framecast:artifact:{ELSE}", "framecast:system:sfx:pop", person.owner.upper(), "me", "",
    ), strict=True))  # fmt: skip
    projects = dict(zip(PROJECTS, (None, mine, viewed, foreign, ELSE), strict=True))
    known = Person(person.user_id, "creator", {studio.id: "member", gallery.id: "viewer"})
    teams = {mine: studio.id, viewed: gallery.id, foreign: elsewhere.id}
    return Owning(person, known, owners, projects, teams)
