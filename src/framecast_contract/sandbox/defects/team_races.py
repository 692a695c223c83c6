"""Defects of teams that only requests at the same moment can show."""

import sqlite3
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, after_each_round, replace

_TEAMS = "tests/properties/test_team_races.py"
_LEAVING = f"{_TEAMS}::test_the_last_of_leaving_owners_stays"
_UPDATES = f"{_TEAMS}::test_parallel_updates_of_name_and_settings_both_survive"
_ONE_WAY = "tests/properties/test_invitation_races.py::test_an_invitation_ends_in_one_way"


def _leaving_late(sandbox: Sandbox) -> None:
    remove, leaving = sandbox.members.remove, list[sqlite3.Row]()

    def go() -> None:
        while leaving:
            remove(leaving.pop())

    replace(sandbox.members.remove, leaving.append)
    after_each_round(sandbox, go)


def _noted_late(sandbox: Sandbox) -> None:
    note, noted = sandbox.invitations.note, list[tuple[sqlite3.Row, str]]()

    def write() -> None:
        while noted:
            note(*noted.pop())

    replace(sandbox.invitations.note, lambda invitation, column: noted.append((invitation, column)))
    after_each_round(sandbox, write)


def _whole_row_written(sandbox: Sandbox) -> None:
    """Each update writes the whole team, as it was when the updates came."""
    update, read = sandbox.database.update, dict[str, dict[str, Any]]()

    def overwrite(table: str, identifier: str, changes: dict[str, Any]) -> None:
        if table != "teams":
            update(table, identifier, changes)
            return
        if identifier not in read:
            team = sandbox.teams.find(identifier)
            assert team is not None
            read[identifier] = {name: team[name] for name in ("name", "settings")}
        update(table, identifier, read[identifier] | changes)

    replace(sandbox.database.update, overwrite)
    after_each_round(sandbox, read.clear)


DEFECTS = (
    Defect(
        "owners-leave-together",
        "CARD-1",
        "Owners who leave at the same moment leave a team without an owner.",
        _leaving_late,
        (f"{_LEAVING}[2]",),
    ),
    Defect(
        "answered-twice-at-once",
        "INVITE-13",
        "Of two answers to an invitation at the same moment both count.",
        _noted_late,
        (f"{_ONE_WAY}[accepted-declined]",),
    ),
    Defect(
        "update-lost",
        "TEAM-14",
        "Of two updates of a team at the same moment one undoes the other.",
        _whole_row_written,
        (f"{_UPDATES}[1]", f"{_UPDATES}[4]"),
    ),
)
