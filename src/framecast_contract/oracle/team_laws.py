"""The laws of the world of teams: what holds in every reachable one, and whether a server's answers agree."""

from collections.abc import Sequence

from framecast_contract.oracle.invitations import MOST_ACTIONABLE
from framecast_contract.oracle.judging import broken_when, repeated
from framecast_contract.oracle.members import broken_belonging_rules
from framecast_contract.oracle.team_world import TeamWorld
from framecast_contract.oracle.teams import MOST_MEMBERSHIPS, MOST_OWNED
from framecast_contract.oracle.words import Broken, Json, Rule

RULES = (
    Rule(
        "TEAM-15",
        "Teams, members and invitations as read show what the requests so far have made of them.",
        "accounts-and-teams.md 5",
    ),
)


def broken_world_rules(world: TeamWorld) -> list[Broken]:
    """Judge a whole world by itself."""
    slugs = repeated(str(each["slug"]) for each in world.teams.values() if each["slug"] is not None)
    orphans = sorted({each["team_id"] for each in world.invitations.values()} - world.teams.keys())
    return [
        *(fault for team in world.teams for fault in _team(world, team)),
        *(fault for user in world.people for fault in _person(world, user)),
        *broken_when(
            (slugs != [], "INV-T3", f"slugs of two teams: {slugs}"),
            (orphans != [], "INV-I5", f"invitations into teams that are gone: {orphans}"),
            (any(team not in world.teams for team, _ in world.roles), "INV-M6", "a role in no team"),
            (any(user not in world.people for _, user in world.roles), "INV-M5", "a role of nobody"),
        ),
    ]


def _team(world: TeamWorld, team: str) -> list[Broken]:
    members = world.members(team)
    asked = [each["email"].casefold() for each in world.pending(team).values()]
    inside = {account.email.casefold() for user, account in world.people.items() if user in members}
    return broken_when(
        (members == {}, "INV-T1", f"team {team} has no member"),
        (members != {} and "owner" not in members.values(), "INV-T2", f"team {team} has no owner"),
        (repeated(asked) != [], "INVITE-4", f"team {team} invites {repeated(asked)} more than once"),
        (inside & set(asked) != set(), "INV-I8", f"team {team} invites members"),
        (len(asked) > MOST_ACTIONABLE, "CARD-4", f"team {team} has {len(asked)} pending invitations"),
    )


def _person(world: TeamWorld, user: str) -> list[Broken]:
    roles = [*world.memberships(user).values()]
    owned = roles.count("owner")
    return [
        *broken_belonging_rules({"tier": world.people[user].tier}, len(roles)),
        *broken_when(
            (owned > MOST_OWNED, "INV-T7", f"{user} owns {owned} teams"),
            (len(roles) > MOST_MEMBERSHIPS, "INV-T8", f"{user} is in {len(roles)} teams"),
        ),
    ]


def broken_teams(world: TeamWorld, user: str, listed: Sequence[Json]) -> list[Broken]:
    """TEAM-15: an answer of `list_teams` to `user`, against the world."""
    expected = {team: (world.teams[team]["name"], role) for team, role in world.memberships(user).items()}
    return _differ("teams", {each["id"]: (each["name"], each["user_role"]) for each in listed}, expected)


def broken_members(world: TeamWorld, team: str, listed: Sequence[Json]) -> list[Broken]:
    """TEAM-15: an answer of `list_members`, against the world."""
    return _differ("members", {each["user_id"]: each["role"] for each in listed}, world.members(team))


def broken_invitations(world: TeamWorld, team: str, listed: Sequence[Json]) -> list[Broken]:
    """TEAM-15: an answer of `list_invitations`, against the world."""
    sent = [each for each, kept in world.invitations.items() if kept["team_id"] == team]
    seen = {each["id"]: each["state"] for each in listed}
    return _differ("invitations", seen, {each: world.state(each) for each in sent})


def _differ(what: str, seen: object, expected: object) -> list[Broken]:
    return broken_when((seen != expected, "TEAM-15", f"{what} are {seen}, expected {expected}"))
