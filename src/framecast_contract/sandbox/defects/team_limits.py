"""Defects of the numbers: teams owned, teams joined, invitations that wait, invitations of a day."""

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, fix, replace
from framecast_contract.sandbox.http import Refusal

_LIMITS = "tests/lifecycle/test_team_limits.py"
_FOUNDING = f"{_LIMITS}::test_nobody_founds_an_eleventh_team"
_PROMOTION = f"{_LIMITS}::test_nobody_is_made_owner_of_an_eleventh_team"
_JOINING = f"{_LIMITS}::test_nobody_is_in_more_than_fifty_teams"
_FIFTIETH = f"{_LIMITS}::test_the_fiftieth_team_may_be_founded"
_WAITING = f"{_LIMITS}::test_no_more_than_fifty_invitations_wait"
_OF_A_DAY = f"{_LIMITS}::test_twenty_invitations_are_sent_in_a_day_of_utc"


def _eleven_owned(sandbox: Sandbox) -> None:
    check = sandbox.members.check_may_own_another
    owned = "SELECT 1 FROM memberships WHERE user_id = ? AND role = 'owner'"

    def generous(user_id: str) -> None:
        if len(sandbox.database.all(owned, (user_id,))) != sandbox.settings.owned_teams_per_user:
            check(user_id)

    replace(sandbox.members.check_may_own_another, generous)


def _fifty_one_joined(sandbox: Sandbox) -> None:
    check = sandbox.members.check_may_join_another

    def generous(user_id: str) -> None:
        if sandbox.members.teams_of(user_id) != sandbox.settings.memberships_per_user:
            check(user_id)

    replace(sandbox.members.check_may_join_another, generous)


def _of_24_hours(sandbox: Sandbox) -> None:
    sent = "SELECT 1 FROM invitations WHERE team_id = ? AND created_at >= ?"

    def check(team_id: str) -> None:
        lately = sandbox.database.all(sent, (team_id, sandbox.ago(86400)))
        if len(lately) >= sandbox.settings.invitations_per_day:
            raise Refusal(429, "RATE_LIMIT_EXCEEDED", "the team has sent its invitations of 24 hours")

    replace(sandbox.invitations.check_daily_limit, check)


DEFECTS = (
    Defect(
        "founder-of-any-number",
        "CARD-2",
        "Nobody counts how many teams somebody owns.",
        lambda sandbox: fix(sandbox.members.check_may_own_another, None),
        (_FOUNDING, _PROMOTION),
    ),
    Defect(
        "owner-of-eleven-teams",
        "INV-T7",
        "Somebody may own eleven teams.",
        _eleven_owned,
        (_FOUNDING, _PROMOTION),
    ),
    Defect(
        "member-of-any-number",
        "INV-T8",
        "Nobody counts how many teams somebody is in.",
        lambda sandbox: fix(sandbox.members.check_may_join_another, None),
        (_JOINING,),
    ),
    Defect("member-of-51-teams", "CARD-3", "Somebody may be in 51 teams.", _fifty_one_joined, (_FIFTIETH,)),
    Defect(
        "any-number-of-invitations-waits",
        "CARD-4",
        "Nobody counts how many invitations of a team wait for an answer.",
        lambda sandbox: fix(sandbox.invitations.check_pending_limit, None),
        (_WAITING,),
    ),
    Defect(
        "any-number-of-invitations-a-day",
        "INVITE-6",
        "A team sends as many invitations in a day as it likes.",
        lambda sandbox: fix(sandbox.invitations.check_daily_limit, None),
        (_OF_A_DAY,),
    ),
    Defect(
        "invitations-of-24-hours",
        "INVITE-6",
        "The invitations of the last 24 hours count, instead of those of the day.",
        _of_24_hours,
        (_OF_A_DAY,),
    ),
)
