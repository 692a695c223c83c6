"""Defects of the times that answers tell."""

import sqlite3
from typing import Any

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, replace

_TIMES = "tests/lifecycle/test_times.py"
_SPELLED = f"{_TIMES}::test_every_time_is_utc_and_says_so"
_BIRTHS = f"{_TIMES}::test_a_creation_time_stays_whatever_is_changed"
_READS = "tests/lifecycle/test_job_reads.py::test_every_read_is_sound_and_follows_from_the_one_before"
_TEAMS = "tests/lifecycle/test_teams.py::test_an_update_changes_what_it_names"


def _offset_for_z(sandbox: Sandbox) -> None:
    alter(
        sandbox.jobs.view,
        lambda shown: shown | {"created_at": shown["created_at"].replace("Z", "+00:00")},
    )


def _nanoseconds(sandbox: Sandbox) -> None:
    alter(
        sandbox.api_keys.view, lambda shown: shown | {"created_at": shown["created_at"].replace("Z", "000Z")}
    )


def _born_at_start(sandbox: Sandbox) -> None:
    def reborn(job: sqlite3.Row) -> sqlite3.Row:
        sandbox.database.update("jobs", job["id"], {"created_at": job["updated_at"]})
        return sandbox.jobs.row(job["id"])

    alter(sandbox.lifecycle.start, reborn)


def _started_before_creation(sandbox: Sandbox) -> None:
    def early(shown: dict[str, Any]) -> dict[str, Any]:
        return shown | {"started_at": shown["started_at"] and "2020-01-01T00:00:00Z"}

    alter(sandbox.jobs.view, early)


def _team_updated_untimed(sandbox: Sandbox) -> None:
    update = sandbox.database.update

    def untimed(table: str, identifier: str, changes: dict[str, Any]) -> None:
        kept = {name: value for name, value in changes.items() if name != "updated_at"}
        if kept or table != "teams":
            update(table, identifier, kept if table == "teams" else changes)

    replace(sandbox.database.update, untimed)


DEFECTS = (
    Defect(
        "time-with-offset",
        "TIME-1",
        "Jobs write their creation time with +00:00 instead of Z.",
        _offset_for_z,
        (_SPELLED,),
    ),
    Defect(
        "time-in-nanoseconds",
        "TIME-1",
        "API keys tell their creation time to the nanosecond.",
        _nanoseconds,
        (_SPELLED,),
    ),
    Defect(
        "creation-time-moves",
        "TIME-2",
        "A job that starts is given a new creation time.",
        _born_at_start,
        (_BIRTHS, f"{_READS}[to completion]"),
    ),
    Defect(
        "started-before-created",
        "INV-TIME2",
        "A job claims to have started long before it was created.",
        _started_before_creation,
        (f"{_READS}[to completion]",),
    ),
    Defect(
        "team-updated-untimed",
        "TIME-3",
        "Updating a team does not move its update time.",
        _team_updated_untimed,
        (f"{_TEAMS}[name]", f"{_TEAMS}[settings]"),
    ),
)
