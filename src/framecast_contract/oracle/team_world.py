"""The world of teams: an immutable model of people, roles and invitations that says what each request does.

Every request method returns the answer and the next world; a refused request returns the same world. Ids come
from outside, so the model can follow a real server, and so does the time. What must hold in every such world
stands in `team_laws.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from framecast_contract.oracle import account_deletion, accounts, invitations, members, teams
from framecast_contract.oracle.invitations import LIFE, invitation_state
from framecast_contract.oracle.judging import same_address
from framecast_contract.oracle.members import Seat
from framecast_contract.oracle.words import TIER_TOO_LOW, Answer, Json


@dataclass(frozen=True, slots=True)
class Account:
    """What the rules of teams ask of a person: e-mail address and tier."""

    email: str
    tier: str = "starter"


@dataclass(frozen=True, slots=True)
class TeamWorld:
    """Accounts by user id, teams by id, roles by (team, user), invitations by id, and the time.

    A team is a mapping of name and slug (None: the server's choice); an invitation one of its members and of
    the four times that decide its state. `busy` names the teams with active jobs.
    """

    now: datetime
    people: Mapping[str, Account]
    teams: Mapping[str, Json] = field(default_factory=dict)
    roles: Mapping[tuple[str, str], str] = field(default_factory=dict)
    invitations: Mapping[str, Json] = field(default_factory=dict)
    busy: frozenset[str] = frozenset()

    def role(self, team: str, user: str) -> str | None:
        """The role of `user` in `team`, None for who is not in it."""
        return self.roles.get((team, user))

    def members(self, team: str) -> dict[str, str]:
        """Roles by user id."""
        return {user: role for (place, user), role in self.roles.items() if place == team}

    def memberships(self, user: str) -> dict[str, str]:
        """Roles by team id."""
        return {team: role for (team, person), role in self.roles.items() if person == user}

    def seat(self, team: str, user: str) -> Seat | None:
        """The place of `user` in `team`."""
        roles = self.members(team)
        return Seat(roles[user], [*roles.values()].count("owner"), len(roles)) if user in roles else None

    def state(self, invitation_id: str) -> str | None:
        """The state of an invitation now, None when there is none (any more)."""
        invitation = self.invitations.get(invitation_id)
        return None if invitation is None else invitation_state(invitation, self.now)

    def pending(self, team: str) -> dict[str, Json]:
        """The invitations into `team` that can still be accepted, by id."""
        sent = {each: kept for each, kept in self.invitations.items() if kept["team_id"] == team}
        return {each: kept for each, kept in sent.items() if self.state(each) == "pending"}

    def upgrade(self, user: str, team: str) -> tuple[Answer, "TeamWorld"]:
        """`upgrade_account` to creator; `team` is the id of the first team, if one is made."""
        answer = accounts.upgrade_answer(self.people[user].tier, {"target_tier": "creator"})
        return answer, self._upgraded(user, team)

    def create_team(self, user: str, team: str, body: Any) -> tuple[Answer, "TeamWorld"]:
        """`create_team`; `team` is the id of the new one."""
        slug = body.get("slug") if isinstance(body, Mapping) else None
        answer = self._tier(user) or teams.creation_answer(
            body,
            owned=self._owned(user),
            memberships=len(self.memberships(user)),
            slug_taken=slug is not None and any(each["slug"] == slug for each in self.teams.values()),
        )
        return answer, self._founded(user, team, body["name"], slug) if answer.accepted else self

    def delete_team(self, user: str, team: str) -> tuple[Answer, "TeamWorld"]:
        """`delete_team`."""
        answer = self._tier(user) or teams.deletion_answer(
            self.role(team, user),
            members=len(self.members(team)),
            memberships=len(self.memberships(user)),
            busy=team in self.busy,
            exists=team in self.teams,
        )
        return answer, self._without(team) if answer.accepted else self

    def change_role(self, user: str, team: str, target: str, body: Any) -> tuple[Answer, "TeamWorld"]:
        """`update_member_role` of `target`."""
        answer = self._tier(user) or members.role_change_answer(
            body,
            self.role(team, user),
            self.role(team, target),
            on_self=user == target,
            owners=self._owners(team),
            target_owns=self._owned(target),
        )
        return answer, self._seated(team, target, body["role"]) if answer.accepted else self

    def remove(self, user: str, team: str, target: str) -> tuple[Answer, "TeamWorld"]:
        """`remove_member`."""
        answer = self._tier(user) or members.removal_answer(
            self.role(team, user),
            self.role(team, target),
            on_self=user == target,
            owners=self._owners(team),
            target_memberships=len(self.memberships(target)),
        )
        return answer, self._unseated(team, target) if answer.accepted else self

    def leave(self, user: str, team: str) -> tuple[Answer, "TeamWorld"]:
        """`leave_team`; the last one out ends the team."""
        answer = self._tier(user) or members.leaving_answer(
            self.seat(team, user), memberships=len(self.memberships(user))
        )
        return answer, self._unseated(team, user) if answer.accepted else self

    def invite(self, user: str, team: str, new_id: str, body: Any) -> tuple[Answer, "TeamWorld"]:
        """`create_invitation`; `new_id` is the id of the new one."""
        pending = self.pending(team)
        answer = self._tier(user) or invitations.creation_answer(
            body,
            self.role(team, user),
            own_email=self.people[user].email,
            member_emails=[self.people[each].email for each in self.members(team)],
            pending_emails=[each["email"] for each in pending.values()],
            sent_today=self._sent_today(team),
        )
        if not answer.accepted:
            return answer, self
        old = [each for each, kept in pending.items() if same_address(kept["email"], body["email"])]
        made = {
            "team_id": team, "email": body["email"], "role": body.get("role") or "member",
            "invited_by": user, "created_at": self.now, "expires_at": self.now + LIFE,
        }  # fmt: skip
        world = self._marked(old[0], "revoked_at") if old else self
        return answer, replace(world, invitations={**world.invitations, new_id: made})

    def accept(self, user: str, invitation_id: str, first_team: str) -> tuple[Answer, "TeamWorld"]:
        """`accept_invitation`; `first_team` is the id of the team a starter gets besides."""
        mine, team = self._for(user, invitation_id), self._team_of(invitation_id)
        answer = invitations.acceptance_answer(
            self.state(invitation_id),
            for_caller=mine,
            is_member=self.role(team, user) is not None,
            memberships=len(self.memberships(user)),
        )
        if not answer.accepted:
            return answer, self
        world = self._upgraded(user, first_team)._marked(invitation_id, "accepted_at")
        return answer, world._seated(team, user, self.invitations[invitation_id]["role"])

    def decline(self, user: str, invitation_id: str) -> tuple[Answer, "TeamWorld"]:
        """`decline_invitation`."""
        mine = self._for(user, invitation_id)
        answer = invitations.declining_answer(self.state(invitation_id), for_caller=mine)
        return answer, self._marked(invitation_id, "declined_at") if answer.accepted else self

    def revoke(self, user: str, team: str, invitation_id: str) -> tuple[Answer, "TeamWorld"]:
        """`revoke_invitation`."""
        state = self.state(invitation_id) if self._team_of(invitation_id) == team else None
        answer = self._tier(user) or invitations.revocation_answer(self.role(team, user), state)
        return answer, self._marked(invitation_id, "revoked_at") if answer.accepted else self

    def resend(self, user: str, team: str, invitation_id: str) -> tuple[Answer, "TeamWorld"]:
        """`resend_invitation`."""
        state = self.state(invitation_id) if self._team_of(invitation_id) == team else None
        answer = self._tier(user) or invitations.resending_answer(self.role(team, user), state)
        if not answer.accepted:
            return answer, self
        return answer, self._marked(invitation_id, "expires_at", self.now + LIFE)

    def delete_account(self, user: str) -> tuple[Answer, "TeamWorld"]:
        """`delete_account`; teams in which `user` was alone go too."""
        mine = self.memberships(user)
        seats = [seat for team in mine if (seat := self.seat(team, user))]
        answer = account_deletion.deletion_answer(seats)
        if not answer.accepted:
            return answer, self
        world = self
        for team in mine:
            world = world._unseated(team, user)
        people = {other: account for other, account in self.people.items() if other != user}
        return answer, replace(world, people=people)

    def _tier(self, user: str) -> Answer | None:
        return None if self.people[user].tier == "creator" else TIER_TOO_LOW

    def _owned(self, user: str) -> int:
        return [*self.memberships(user).values()].count("owner")

    def _owners(self, team: str) -> int:
        return [*self.members(team).values()].count("owner")

    def _team_of(self, invitation_id: str) -> str:
        return str(self.invitations.get(invitation_id, {}).get("team_id"))

    def _for(self, user: str, invitation_id: str) -> bool:
        invitation = self.invitations.get(invitation_id)
        return invitation is not None and same_address(invitation["email"], self.people[user].email)

    def _sent_today(self, team: str) -> int:
        sent = (each["created_at"] for each in self.invitations.values() if each["team_id"] == team)
        return sum(1 for moment in sent if moment.date() == self.now.date())

    def _upgraded(self, user: str, team: str) -> "TeamWorld":
        account = self.people[user]
        if account.tier == "creator":
            return self
        world = replace(self, people={**self.people, user: replace(account, tier="creator")})
        return world._founded(user, team, teams.PERSONAL_NAME, None)

    def _founded(self, user: str, team: str, name: str, slug: str | None) -> "TeamWorld":
        if team in self.teams:
            raise ValueError(f"team {team} is already in this world, expected the id of a new team")
        world = replace(self, teams={**self.teams, team: {"name": name, "slug": slug}})
        return world._seated(team, user, "owner")

    def _seated(self, team: str, user: str, role: str) -> "TeamWorld":
        return replace(self, roles={**self.roles, (team, user): role})

    def _unseated(self, team: str, user: str) -> "TeamWorld":
        left = {seat: role for seat, role in self.roles.items() if seat != (team, user)}
        world = replace(self, roles=left)
        return world if world.members(team) else world._without(team)

    def _without(self, team: str) -> "TeamWorld":
        return replace(
            self,
            teams={other: kept for other, kept in self.teams.items() if other != team},
            roles={seat: role for seat, role in self.roles.items() if seat[0] != team},
            invitations={other: kept for other, kept in self.invitations.items() if kept["team_id"] != team},
        )

    def _marked(self, invitation_id: str, member: str, moment: datetime | None = None) -> "TeamWorld":
        marked = {**self.invitations[invitation_id], member: moment or self.now}
        return replace(self, invitations={**self.invitations, invitation_id: marked})
