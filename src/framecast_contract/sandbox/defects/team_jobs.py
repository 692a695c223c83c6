"""Defects of what teams own: who uses, sees and cancels it, who pays for it, and in how many slots."""

import sqlite3

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import MANAGING_ROLES, USING_ROLES, Owner
from framecast_contract.sandbox.defects.planting import Defect, fix, replace
from framecast_contract.sandbox.http import Caller, forbidden

_JOBS = "tests/lifecycle/test_team_jobs.py"
_STARTED = f"{_JOBS}::test_who_starts_jobs_of_a_team"
_PAID = f"{_JOBS}::test_each_owner_pays_from_the_own_balance"
_POOR = f"{_JOBS}::test_the_wealth_of_a_member_does_not_help_a_poor_team"
_SEEN = f"{_JOBS}::test_a_team_sees_its_jobs_but_not_those_of_its_members"
_CANCELED = f"{_JOBS}::test_who_cancels_a_job_of_the_team"
_FIVE = f"{_JOBS}::test_a_team_has_five_slots_whoever_takes_them"
_APART = f"{_JOBS}::test_memberships_teams_and_persons_have_slots_apart"
_BUSY = f"{_JOBS}::test_a_team_with_an_active_job_is_not_deleted"


def _only_managers_use(sandbox: Sandbox) -> None:
    may_use = sandbox.access.may_use

    def strict(caller: Caller, owner: Owner) -> bool:
        role = None if owner.team_id is None else sandbox.access.role(caller.id, owner.team_id)
        return may_use(caller, owner) and (owner.team_id is None or role in MANAGING_ROLES)

    replace(sandbox.access.may_use, strict)


def _fellows_used(sandbox: Sandbox) -> None:
    may_use = sandbox.access.may_use

    def lax(caller: Caller, owner: Owner) -> bool:
        of_membership = owner.team_id is not None and owner.user_id is not None
        return may_use(caller, Owner(owner.urn, owner.team_id) if of_membership else owner)

    replace(sandbox.access.may_use, lax)


def _memberships_shared(sandbox: Sandbox) -> None:
    may_see = sandbox.access.may_see

    def share(caller: Caller, owner: Owner) -> bool:
        return may_see(caller, owner if owner.team_id is None else Owner(owner.urn, owner.team_id))

    replace(sandbox.access.may_see, share)


def _viewers_blind(sandbox: Sandbox) -> None:
    may_see = sandbox.access.may_see

    def blind(caller: Caller, owner: Owner) -> bool:
        role = None if owner.team_id is None else sandbox.access.role(caller.id, owner.team_id)
        return may_see(caller, owner) and role in (None, *USING_ROLES)

    replace(sandbox.access.may_see, blind)


def _person_pays(sandbox: Sandbox) -> None:
    """A membership URN names a person as well as a team; the wrong one of them pays."""
    payer = sandbox.credits.payer
    replace(
        sandbox.credits.payer,
        lambda owner: ("users", owner.user_id) if owner.user_id is not None else payer(owner),
    )


def _teams_on_credit(sandbox: Sandbox) -> None:
    require = sandbox.credits.require

    def trust(owner: Owner, price: int) -> None:
        if owner.team_id is None:
            require(owner, price)

    replace(sandbox.credits.require, trust)


def _six_slots(sandbox: Sandbox) -> None:
    limit = sandbox.jobs.slot_limit

    def more(caller: Caller, owner: Owner) -> int:
        return limit(caller, owner) + (owner.team_id is not None and owner.user_id is None)

    replace(sandbox.jobs.slot_limit, more)


def _slots_per_member(sandbox: Sandbox) -> None:
    """The jobs of a team are counted for each of its people alone."""
    active, asking = sandbox.jobs.active_jobs, dict[str, str]()
    require = sandbox.jobs.require_slot
    own = "SELECT 1 FROM jobs WHERE owner = ? AND triggered_by = ? AND status IN ('queued', 'processing')"

    def remember(caller: Caller, owner: Owner) -> None:
        asking["user"] = caller.id
        require(caller, owner)

    def count(owner: Owner) -> int:
        if owner.team_id is None or owner.user_id is not None:
            return active(owner)
        return len(sandbox.database.all(own, (owner.urn, asking["user"])))

    replace(sandbox.jobs.require_slot, remember)
    replace(sandbox.jobs.active_jobs, count)


def _slots_shared(sandbox: Sandbox) -> None:
    """The jobs of a team and of the memberships in it are counted together."""
    active = sandbox.jobs.active_jobs
    within = "SELECT 1 FROM jobs WHERE owner LIKE ? AND status IN ('queued', 'processing')"

    def count(owner: Owner) -> int:
        if owner.team_id is None:
            return active(owner)
        return len(sandbox.database.all(within, (f"framecast:%{owner.team_id}%",)))

    replace(sandbox.jobs.active_jobs, count)


def _cancel_forbidden(sandbox: Sandbox) -> None:
    may_cancel = sandbox.jobs.may_cancel

    def tell(caller: Caller, job: sqlite3.Row) -> bool:
        if not may_cancel(caller, job):
            raise forbidden("this job is not yours to cancel")
        return True

    replace(sandbox.jobs.may_cancel, tell)


DEFECTS = (
    Defect(
        "member-owns-nothing",
        "OWNER-4",
        "Only owners and admins of a team start jobs of it.",
        _only_managers_use,
        (f"{_STARTED}[member-team]", f"{_STARTED}[member-own membership]"),
    ),
    Defect(
        "viewer-starts-jobs",
        "OWNER-5",
        "A viewer may start jobs of the team.",
        lambda sandbox: replace(sandbox.access.may_use, sandbox.access.may_see),
        (f"{_STARTED}[viewer-team]",),
    ),
    Defect(
        "job-for-a-fellow-member",
        "INV-X1",
        "A job may be started under the membership of somebody else in the team.",
        _fellows_used,
        (f"{_STARTED}[admin-membership of another]",),
    ),
    Defect(
        "membership-job-shared",
        "OWNER-7",
        "The whole team reads the jobs of a membership.",
        _memberships_shared,
        (f"{_SEEN}[owner]", f"{_SEEN}[viewer]"),
    ),
    Defect(
        "viewer-sees-no-job",
        "OWNER-7",
        "A viewer cannot read the jobs of the team.",
        _viewers_blind,
        (f"{_SEEN}[viewer]",),
    ),
    Defect(
        "person-pays-for-membership",
        "CREDIT-1",
        "Jobs of a membership are paid by the person.",
        _person_pays,
        (_PAID,),
    ),
    Defect(
        "team-in-debt",
        "INV-T6",
        "A team gets jobs that it cannot pay.",
        _teams_on_credit,
        (f"{_POOR}[team]",),
    ),
    Defect("team-has-six-slots", "CARD-5", "A team may have six active jobs.", _six_slots, (_FIVE,)),
    Defect(
        "slots-per-member",
        "CARD-5",
        "A team may have five active jobs of each of its members.",
        _slots_per_member,
        (_FIVE,),
    ),
    Defect(
        "team-shares-its-slots",
        "SLOT-3",
        "A team and the memberships in it have five slots together.",
        _slots_shared,
        (_APART,),
    ),
    Defect(
        "cancel-refusal-tells",
        "D-9",
        "A member who may not cancel a job of the team is answered 403.",
        _cancel_forbidden,
        (f"{_CANCELED}[owner-member-team]", f"{_CANCELED}[member-viewer-team]"),
    ),
    Defect(
        "anybody-cancels",
        "ACCESS-7",
        "Everybody who sees a job of the team may cancel it.",
        lambda sandbox: fix(sandbox.jobs.may_cancel, True),
        (f"{_CANCELED}[owner-viewer-team]",),
    ),
    Defect(
        "admin-cancels-nothing",
        "ACCESS-7",
        "Jobs of a team are canceled by those alone who triggered them.",
        lambda sandbox: fix(sandbox.access.manages, False),
        (f"{_CANCELED}[member-admin-team]",),
    ),
    Defect(
        "busy-team-deleted",
        "TEAM-11",
        "A team is deleted while it has an active job.",
        lambda sandbox: fix(sandbox.teams.check_no_active_job, None),
        (f"{_BUSY}[queued]", f"{_BUSY}[processing]"),
    ),
)
