"""The model world of teams: told stories, and every world that random requests can reach keeps the laws."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from framecast_contract.oracle.invitations import LIFE
from framecast_contract.oracle.members import Seat
from framecast_contract.oracle.owners import ROLES
from framecast_contract.oracle.team_laws import (
    broken_invitations,
    broken_members,
    broken_teams,
    broken_world_rules,
)
from framecast_contract.oracle.team_world import Account, TeamWorld
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    OK,
    TIER_TOO_LOW,
    Answer,
    Broken,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ANN, BOB, CAT = "ann", "bob", "cat"
PEOPLE = {user: Account(f"{user}@example.com") for user in (ANN, BOB, CAT)}
START = TeamWorld(NOW, PEOPLE)


def done(step: tuple[Answer, TeamWorld]) -> TeamWorld:
    """The next world of a step that must be accepted."""
    answer, world = step
    assert answer.accepted
    return world


def studio(*joined: tuple[str, str]) -> TeamWorld:
    """Ann owns team `studio` besides her first one; the others have joined it in their roles."""
    world = done(START.upgrade(ANN, "ann-first"))
    world = done(world.create_team(ANN, "studio", {"name": "Studio", "slug": "studio"}))
    for user, role in joined:
        world = joining(world, user, role)
    return world


def joining(world: TeamWorld, user: str, role: str) -> TeamWorld:
    first = "member" if role == "owner" else role
    asked = {"email": world.people[user].email, "role": first}
    world = done(world.invite(ANN, "studio", f"to-{user}", asked))
    world = done(world.accept(user, f"to-{user}", f"{user}-first"))
    return done(world.change_role(ANN, "studio", user, {"role": role}))


def test_upgrading_gives_a_first_team_once() -> None:
    answer, world = START.upgrade(ANN, "first")
    assert (answer, world.memberships(ANN)) == (OK, {"first": "owner"})
    assert world.teams == {"first": {"name": "My Team", "slug": None}}
    assert world.upgrade(ANN, "second") == (OK, world)


def test_a_starter_who_accepts_is_a_creator_with_two_teams() -> None:
    world = studio((BOB, "viewer"))
    assert world.memberships(BOB) == {"studio": "viewer", "bob-first": "owner"}
    assert (world.people[BOB].tier, world.state("to-bob")) == ("creator", "accepted")
    assert world.seat("studio", ANN) == Seat("owner", 1, 2)


@pytest.mark.parametrize("call", ["create_team", "delete_team", "leave", "invite", "revoke", "resend"])
def test_a_starter_is_told_the_tier_first(call: str) -> None:
    world = studio()
    arguments: dict[str, tuple[Any, ...]] = {
        "create_team": (None, {}),
        "delete_team": ("studio",),
        "leave": ("studio",),
        "invite": ("studio", "new", {}),
        "revoke": ("studio", "none"),
        "resend": ("studio", "none"),
    }
    assert getattr(world, call)(BOB, *arguments[call]) == (TIER_TOO_LOW, world)


def test_a_slug_is_free_again_when_its_team_is_deleted() -> None:
    world, named = studio(), {"name": "Other", "slug": "studio"}
    assert world.create_team(ANN, "other", named) == (CONFLICT, world)
    assert world.create_team(ANN, "other", {"name": " "}) == (INVALID, world)
    after = done(world.delete_team(ANN, "studio"))
    assert after.create_team(ANN, "other", named)[0] == CREATED


def test_when_a_team_cannot_be_deleted() -> None:
    world = studio((BOB, "owner"))
    assert world.delete_team(ANN, "studio") == (CONFLICT, world)
    assert world.delete_team(ANN, "none") == (NOT_FOUND, world)
    assert world.delete_team(ANN, "bob-first") == (FORBIDDEN, world)
    busy = replace(studio(), busy=frozenset({"studio"}))
    assert busy.delete_team(ANN, "studio") == (CONFLICT, busy)
    alone = done(studio().delete_team(ANN, "studio"))
    assert alone.delete_team(ANN, "ann-first") == (CONFLICT, alone)


def test_invitations_go_with_their_team() -> None:
    world = done(studio().invite(ANN, "studio", "asked", {"email": "bob@example.com"}))
    world = done(world.delete_team(ANN, "studio"))
    assert world.accept(BOB, "asked", "first") == (NOT_FOUND, world)
    assert world.decline(BOB, "asked") == (NOT_FOUND, world)


def test_inviting_again_replaces_a_pending_invitation() -> None:
    world = done(studio().invite(ANN, "studio", "one", {"email": "bob@example.com"}))
    world = done(world.invite(ANN, "studio", "two", {"email": "BOB@example.com", "role": "admin"}))
    assert (world.state("one"), world.state("two")) == ("revoked", "pending")
    assert world.accept(BOB, "one", "first") == (CONFLICT, world)
    assert world.accept(CAT, "two", "first") == (FORBIDDEN, world)
    assert done(world.accept(BOB, "two", "first")).role("studio", BOB) == "admin"


def test_an_invitation_expires_unless_it_is_sent_again() -> None:
    world = done(studio().invite(ANN, "studio", "asked", {"email": "bob@example.com"}))
    later = replace(world, now=NOW + LIFE - timedelta(seconds=1))
    resent = done(later.resend(ANN, "studio", "asked"))
    late = NOW + LIFE
    assert replace(world, now=late).accept(BOB, "asked", "first")[0] == CONFLICT
    assert replace(world, now=late).resend(ANN, "studio", "asked")[0] == CONFLICT
    assert replace(resent, now=late).accept(BOB, "asked", "first")[0] == OK


def test_what_was_declined_or_revoked_is_over_and_may_be_asked_again() -> None:
    world = done(studio().invite(ANN, "studio", "asked", {"email": "bob@example.com"}))
    for over in (done(world.decline(BOB, "asked")), done(world.revoke(ANN, "studio", "asked"))):
        assert over.accept(BOB, "asked", "first") == (CONFLICT, over)
        assert over.decline(BOB, "asked") == (CONFLICT, over)
        assert over.invite(ANN, "studio", "again", {"email": "bob@example.com"})[0] == CREATED
    assert world.revoke(ANN, "ann-first", "asked") == (NOT_FOUND, world)


def test_a_team_sends_twenty_invitations_a_day() -> None:
    world = studio()
    for number in range(20):
        world = done(world.invite(ANN, "studio", f"i{number}", {"email": f"p{number}@example.com"}))
    asked = {"email": "one-more@example.com"}
    assert world.invite(ANN, "studio", "more", asked) == (Answer(429, "RATE_LIMIT_EXCEEDED"), world)
    tomorrow = replace(world, now=NOW + timedelta(days=1))
    assert tomorrow.invite(ANN, "studio", "more", asked)[0] == CREATED


def test_the_last_owner_holds_the_team_until_alone() -> None:
    world = studio((BOB, "admin"))
    assert world.leave(ANN, "studio") == (CONFLICT, world)
    assert world.remove(BOB, "studio", ANN) == (FORBIDDEN, world)
    assert world.delete_account(ANN) == (CONFLICT, world)
    alone = done(world.remove(ANN, "studio", BOB))
    gone = done(alone.leave(ANN, "studio"))
    assert gone.teams.keys() == {"ann-first", "bob-first"}
    assert gone.leave(ANN, "studio") == (NOT_FOUND, gone)
    assert gone.leave(ANN, "ann-first") == (CONFLICT, gone)


def test_nobody_is_removed_from_the_only_team() -> None:
    world = studio((BOB, "member"))
    world = done(world.leave(BOB, "bob-first"))
    assert world.remove(ANN, "studio", BOB) == (CONFLICT, world)
    assert world.leave(BOB, "studio") == (CONFLICT, world)


def test_an_account_takes_its_own_teams_along() -> None:
    world = done(studio((BOB, "owner")).delete_account(ANN))
    assert world.people.keys() == {BOB, CAT}
    assert world.roles == {("studio", BOB): "owner", ("bob-first", BOB): "owner"}
    assert world.teams.keys() == {"studio", "bob-first"}


def test_an_id_that_is_taken_is_an_error_of_the_caller() -> None:
    with pytest.raises(ValueError, match="team studio is already in this world"):
        studio().create_team(ANN, "studio", {"name": "Again"})


def test_what_a_server_lists_is_compared_with_the_world() -> None:
    world = studio((BOB, "viewer"))
    teams = [
        {"id": "ann-first", "name": "My Team", "user_role": "owner"},
        {"id": "studio", "name": "Studio", "user_role": "owner"},
    ]
    members = [{"user_id": ANN, "role": "owner"}, {"user_id": BOB, "role": "viewer"}]
    sent = [{"id": "to-bob", "state": "accepted"}]
    assert broken_teams(world, ANN, teams) == []
    assert broken_members(world, "studio", members) == []
    assert broken_invitations(world, "studio", sent) == []
    wrong = (
        broken_teams(world, ANN, teams[:1]),
        broken_members(world, "studio", [members[0], {**members[1], "role": "admin"}]),
        broken_invitations(world, "studio", [{**sent[0], "state": "pending"}]),
    )
    assert [[fault.rule_id for fault in each] for each in wrong] == [["TEAM-15"]] * 3
    assert broken_invitations(world, "ann-first", sent) == [
        Broken("TEAM-15", "invitations are {'to-bob': 'accepted'}, expected {}")
    ]


def test_the_laws_notice_a_world_that_breaks_them() -> None:
    world = done(studio((BOB, "viewer")).invite(ANN, "studio", "x", {"email": "cat@example.com"}))
    twice = {**world.invitations, "y": world.invitations["x"]}
    worlds = {
        "INV-T1": replace(START, teams={"t": {"name": "T", "slug": None}}),
        "INV-T2": replace(world, roles={**world.roles, ("studio", ANN): "admin"}),
        "INV-T3": replace(world, teams={**world.teams, "bob-first": world.teams["studio"]}),
        "INV-M5": replace(world, roles={**world.roles, ("studio", "eve"): "viewer"}),
        "INV-M6": replace(world, roles={**world.roles, ("none", ANN): "viewer"}),
        "INV-U2": replace(START, people={ANN: Account("ann@example.com", "creator")}),
        "INV-U3": replace(world, roles={**world.roles, ("studio", CAT): "viewer"}, invitations={}),
        "INV-I5": replace(START, invitations={"x": world.invitations["x"]}),
        "INV-I8": replace(world, people={**world.people, BOB: Account("CAT@example.com", "creator")}),
        "INVITE-4": replace(world, invitations=twice),
    }
    assert broken_world_rules(world) == []
    found = {
        rule_id: [fault.rule_id for fault in broken_world_rules(each)] for rule_id, each in worlds.items()
    }
    assert found == {rule_id: [rule_id] for rule_id in worlds}


def test_the_laws_notice_a_crowd() -> None:
    world = done(studio().invite(ANN, "studio", "x", {"email": "cat@example.com"}))
    named = {f"t{number}": {"name": "T", "slug": None} for number in range(51)}
    asked = {f"i{n}": {**world.invitations["x"], "email": f"p{n}@example.com"} for n in range(51)}
    crowded = replace(
        world,
        teams={**world.teams, **named},
        roles={**world.roles, **{(team, ANN): "owner" for team in named}},
    )
    assert [fault.rule_id for fault in broken_world_rules(crowded)] == ["INV-T7", "INV-T8"]
    asking = replace(world, invitations=asked)
    assert broken_world_rules(asking) == [Broken("CARD-4", "team studio has 51 pending invitations")]


USERS = st.sampled_from([ANN, BOB, CAT])
ROLE = st.sampled_from(ROLES)


class TeamWorlds(RuleBasedStateMachine):
    """Three people found teams, invite each other, change roles and leave, while days go by."""

    def __init__(self) -> None:
        super().__init__()
        self.world = START
        self.made = 0

    def move(self, answer_and_world: tuple[Answer, TeamWorld]) -> None:
        answer, after = answer_and_world
        if not answer.accepted:
            assert after == self.world
        self.world = after

    def new(self, kind: str) -> str:
        self.made += 1
        return f"{kind}{self.made}"

    def team(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([*self.world.teams, "none"]))

    def invitation(self, data: st.DataObject) -> str:
        return data.draw(st.sampled_from([*self.world.invitations, "none"]))

    @rule(user=USERS)
    def upgrade(self, user: str) -> None:
        self.move(self.world.upgrade(user, self.new("team")))

    @rule(user=USERS, slug=st.sampled_from([None, "a", "b", "B"]))
    def found(self, user: str, slug: str | None) -> None:
        self.move(self.world.create_team(user, self.new("team"), {"name": "Team", "slug": slug}))

    @rule(user=USERS, data=st.data())
    def dissolve(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.delete_team(user, self.team(data)))

    @rule(user=USERS, other=USERS, role=ROLE, data=st.data())
    def invite(self, user: str, other: str, role: str, data: st.DataObject) -> None:
        asked = {"email": self.world.people[other].email.title(), "role": role}
        self.move(self.world.invite(user, self.team(data), self.new("invitation"), asked))

    @rule(user=USERS, data=st.data())
    def accept(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.accept(user, self.invitation(data), self.new("team")))

    @rule(user=USERS, data=st.data())
    def decline(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.decline(user, self.invitation(data)))

    @rule(user=USERS, again=st.booleans(), data=st.data())
    def manage(self, user: str, again: bool, data: st.DataObject) -> None:
        act = self.world.resend if again else self.world.revoke
        self.move(act(user, self.team(data), self.invitation(data)))

    @rule(user=USERS, other=USERS, role=ROLE, data=st.data())
    def change_role(self, user: str, other: str, role: str, data: st.DataObject) -> None:
        self.move(self.world.change_role(user, self.team(data), other, {"role": role}))

    @rule(user=USERS, other=USERS, data=st.data())
    def remove(self, user: str, other: str, data: st.DataObject) -> None:
        self.move(self.world.remove(user, self.team(data), other))

    @rule(user=USERS, data=st.data())
    def leave(self, user: str, data: st.DataObject) -> None:
        self.move(self.world.leave(user, self.team(data)))

    @rule(user=USERS)
    def delete_account(self, user: str) -> None:
        answer, after = self.world.delete_account(user)
        if answer.accepted:  # the session still works: the next request starts a new account
            after = replace(after, people={**after.people, user: PEOPLE[user]})
        self.move((answer, after))

    @rule(days=st.integers(1, 8))
    def wait(self, days: int) -> None:
        self.world = replace(self.world, now=self.world.now + timedelta(days=days))

    @invariant()
    def every_law_holds(self) -> None:
        assert broken_world_rules(self.world) == []


TestTeamWorlds = TeamWorlds.TestCase
TestTeamWorlds.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
