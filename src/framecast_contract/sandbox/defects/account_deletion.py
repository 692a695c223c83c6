"""Defects of deleting an account: who may, what goes along, what stays, and how somebody comes back."""

import sqlite3
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.auth import hash_key
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace, with_body
from framecast_contract.sandbox.http import Caller

_DELETION = "tests/lifecycle/test_account_deletion.py"
_ONLY_OWNER = f"{_DELETION}::test_the_only_owner_of_a_team_with_others_stays_and_keeps_everything"
_VANISHED = f"{_DELETION}::test_everybody_else_vanishes_from_the_teams"
_TEAMS_OF_ONE = f"{_DELETION}::test_teams_of_one_go_with_their_only_member"
_KEYS = f"{_DELETION}::test_all_keys_of_a_deleted_account_die"
_TEAM_S = f"{_DELETION}::test_what_a_team_owns_stays_when_its_maker_goes"
_TEAM_S_JOB = f"{_DELETION}::test_a_job_of_the_team_goes_on_when_its_maker_goes"
_RETURN = f"{_DELETION}::test_a_session_of_a_deleted_account_finds_nothing_of_it"


def _everything_removed(sandbox: Sandbox) -> None:
    remove_user = sandbox.removal.remove_user

    def thorough(user_id: str) -> list[str]:
        sandbox.database.run("DELETE FROM artifacts WHERE created_by = ?", user_id)
        sandbox.database.run("DELETE FROM jobs WHERE triggered_by = ?", user_id)
        return remove_user(user_id)

    replace(sandbox.removal.remove_user, thorough)


def _ghosts(sandbox: Sandbox) -> None:
    """Deleted people stay on the lists of members."""
    remove_user, ghosts = sandbox.removal.remove_user, list[dict[str, Any]]()

    def remove(user_id: str) -> list[str]:
        for team in sandbox.database.all("SELECT team_id FROM memberships WHERE user_id = ?", (user_id,)):
            ghosts.append(sandbox.members.view(sandbox.members.in_team(team["team_id"], user_id)))
        return remove_user(user_id)

    def haunted(members: list[dict[str, Any]]) -> list[dict[str, Any]]:
        teams = {each["team_id"] for each in members}
        return [*members, *(ghost for ghost in ghosts if ghost["team_id"] in teams)]

    replace(sandbox.removal.remove_user, remove)
    alter(sandbox.members.list_members, lambda response: with_body(response, haunted))


def _keys_live_on(sandbox: Sandbox) -> None:
    remove_user, by_key = sandbox.removal.remove_user, sandbox.auth.by_key
    orphans = dict[str, Caller]()

    def remove(user_id: str) -> list[str]:
        user = sandbox.accounts.find(user_id)
        assert user is not None
        for key in sandbox.database.all("SELECT * FROM api_keys WHERE user_id = ?", (user_id,)):
            orphans[key["key_hash"]] = Caller(user, key)
        return remove_user(user_id)

    replace(sandbox.removal.remove_user, remove)
    replace(sandbox.auth.by_key, lambda raw_key: orphans.get(hash_key(raw_key)) or by_key(raw_key))


def _conversations_stay(sandbox: Sandbox) -> None:
    remove_user = sandbox.removal.remove_user

    def remove(user_id: str) -> list[str]:
        talks = sandbox.database.all("SELECT * FROM conversations WHERE user_id = ?", (user_id,))
        renders = remove_user(user_id)
        for talk in talks:
            sandbox.database.insert("conversations", dict(talk))
        return renders

    replace(sandbox.removal.remove_user, remove)


def _name_kept(sandbox: Sandbox) -> None:
    remove_user, names = sandbox.removal.remove_user, dict[str, Any]()

    def remove(user_id: str) -> list[str]:
        user = sandbox.accounts.find(user_id)
        names[user_id] = None if user is None else user["name"]
        return remove_user(user_id)

    def recognise(user: sqlite3.Row) -> sqlite3.Row:
        return sandbox.accounts.change(user["id"], {"name": names.get(user["id"])})

    replace(sandbox.removal.remove_user, remove)
    alter(sandbox.accounts.create, recognise)


DEFECTS = (
    Defect(
        "only-owner-deleted",
        "ACCOUNT-12",
        "The only owner of a team with others may delete the account.",
        lambda sandbox: fix(sandbox.removal.check_user_removable, None),
        (_ONLY_OWNER,),
    ),
    Defect(
        "teams-of-one-stay",
        "ACCOUNT-13",
        "A deleted account leaves its teams behind, with nobody in them.",
        lambda sandbox: fix(sandbox.removal.remove_lone_teams, []),
        (_TEAMS_OF_ONE,),
    ),
    Defect(
        "team-loses-work-of-deleted",
        "ACCOUNT-14",
        "What somebody made for a team is deleted with the account.",
        _everything_removed,
        (_TEAM_S, _TEAM_S_JOB),
    ),
    Defect(
        "conversations-outlive-account",
        "ACCOUNT-15",
        "Whoever comes back finds the conversations of the deleted account.",
        _conversations_stay,
        (f"{_RETURN}[starter]",),
    ),
    Defect(
        "name-outlives-account",
        "ACCOUNT-15",
        "Whoever comes back has the name of the deleted account.",
        _name_kept,
        (f"{_RETURN}[starter]", f"{_RETURN}[creator]"),
    ),
    Defect(
        "keys-outlive-account",
        "INV-A1",
        "The keys of a deleted account go on working.",
        _keys_live_on,
        (f"{_KEYS}[starter]", f"{_KEYS}[creator]"),
    ),
    Defect(
        "deleted-member-listed",
        "INV-M5",
        "People stay on the lists of members when their accounts are gone.",
        _ghosts,
        (f"{_VANISHED}[viewer]",),
    ),
)
