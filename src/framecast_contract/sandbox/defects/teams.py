"""Defects of teams: how one is founded, shown, changed and deleted, and by whom."""

import json
import sqlite3
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, Caller, Refusal, forbidden, not_found, text

_MATRIX = "tests/conformance/test_access.py::test_access"
_TEAMS = "tests/lifecycle/test_teams.py"
_MADE = f"{_TEAMS}::test_a_team_is_made_as_asked_or_refused"
_LISTED = f"{_TEAMS}::test_everybody_is_listed_the_own_teams_by_name"
_SHOWN = f"{_TEAMS}::test_a_team_shows_each_member_the_own_role_and_urn"
_UPDATED = f"{_TEAMS}::test_an_update_changes_what_it_names"
_RIGHTS = f"{_TEAMS}::test_who_may_see_edit_and_delete_a_team"
_UNKNOWN = f"{_TEAMS}::test_a_team_that_does_not_exist_is_not_found"
_OTHERS = f"{_TEAMS}::test_a_team_with_others_in_it_is_not_deleted"
_DELETED = f"{_TEAMS}::test_a_deleted_team_takes_everything_along"
_FIRST = f"{_TEAMS}::test_becoming_a_creator_makes_the_first_team_once"


def _born_rich(sandbox: Sandbox) -> None:
    def endow(team_id: str) -> str:
        sandbox.database.update("teams", team_id, {"credits": 100})
        return team_id

    alter(sandbox.teams.insert, endow)


def _shown_as(sandbox: Sandbox, **members: Any) -> None:
    alter(sandbox.teams.view, lambda shown: shown | members)


def _everybody_s_teams(sandbox: Sandbox) -> None:
    def everything(call: Call) -> Response:
        sql = "SELECT *, 'viewer' AS user_role, ? AS user_id FROM teams ORDER BY name"
        return JSONResponse([sandbox.teams.view(row) for row in sandbox.database.all(sql, (call.caller.id,))])

    replace(sandbox.teams.list_teams, everything)


def _still_listed(sandbox: Sandbox) -> None:
    kept = list[dict[str, Any]]()
    delete_team = sandbox.teams.delete_team

    def delete(call: Call) -> Response:
        shown = sandbox.teams.view(sandbox.teams.entered(call.caller, call.path_uuid("team_id")))
        response = delete_team(call)
        kept.append(shown)
        return response

    replace(sandbox.teams.delete_team, delete)
    alter(
        sandbox.teams.list_teams,
        lambda response: with_body(
            response, lambda teams: sorted([*teams, *kept], key=lambda team: str(team["name"]))
        ),
    )


def _settings_merged(sandbox: Sandbox) -> None:
    update = sandbox.database.update

    def merge(table: str, identifier: str, changes: dict[str, Any]) -> None:
        team = sandbox.teams.find(identifier) if table == "teams" and "settings" in changes else None
        if team is not None:
            both = {**json.loads(team["settings"]), **json.loads(changes["settings"])}
            changes = {**changes, "settings": json.dumps(both)}
        update(table, identifier, changes)

    replace(sandbox.database.update, merge)


def _null_clears_settings(sandbox: Sandbox) -> None:
    update_team = sandbox.teams.update_team

    def thorough(call: Call) -> Response:
        cleared = "settings" in call.body() and call.body()["settings"] is None
        return update_team(asking(call, settings={}) if cleared else call)

    replace(sandbox.teams.update_team, thorough)


def _told_as(sandbox: Sandbox, right: int, wrong: Refusal) -> None:
    """Whoever is not let into a team for the one reason is told the other."""
    entered = sandbox.teams.entered

    def vague(caller: Caller, team_id: str) -> sqlite3.Row:
        try:
            return entered(caller, team_id)
        except Refusal as refusal:
            raise (wrong if refusal.status == right else refusal) from None

    replace(sandbox.teams.entered, vague)


def _two_first_teams(sandbox: Sandbox) -> None:
    create = sandbox.teams.create_personal_team

    def twice(user_id: str) -> str:
        create(user_id)
        return create(user_id)

    replace(sandbox.teams.create_personal_team, twice)


DEFECTS = (
    Defect("team-born-rich", "TEAM-1", "A new team has 100 credits.", _born_rich, (f"{_MADE}[a name]",)),
    Defect(
        "blank-team-name",
        "TEAM-2",
        "A team name may be all white space.",
        lambda sandbox: replace(sandbox.teams.name_in, lambda body: text(body, "name", 1, 100)),
        (f"{_UPDATED}[blank name]",),
    ),
    Defect(
        "team-shows-owner-to-all",
        "TEAM-5",
        "A team tells every member that they own it.",
        lambda sandbox: _shown_as(sandbox, user_role="owner"),
        (f"{_SHOWN}[viewer]",),
    ),
    Defect(
        "team-changed-before-founding",
        "INV-T5",
        "A team says that it was changed long before it was founded.",
        lambda sandbox: _shown_as(sandbox, updated_at="2000-01-01T00:00:00.000000Z"),
        (f"{_UPDATED}[name]",),
    ),
    Defect(
        "teams-listed-backwards",
        "TEAM-6",
        "Teams are listed by name from Z to A.",
        lambda sandbox: alter(
            sandbox.teams.list_teams, lambda response: with_body(response, lambda teams: teams[::-1])
        ),
        (_LISTED,),
    ),
    Defect(
        "foreign-teams-listed", "TEAM-6", "Everybody's list has all teams.", _everybody_s_teams, (_LISTED,)
    ),
    Defect(
        "deleted-team-listed",
        "INV-M6",
        "Whoever deleted a team is still listed as belonging to it.",
        _still_listed,
        (_DELETED,),
    ),
    Defect(
        "settings-merged",
        "TEAM-7",
        "New settings are merged into the old ones.",
        _settings_merged,
        (f"{_UPDATED}[settings]", f"{_UPDATED}[no settings]"),
    ),
    Defect(
        "null-clears-settings",
        "TEAM-7",
        "Settings of null clear the settings of a team.",
        _null_clears_settings,
        (f"{_UPDATED}[nulls]",),
    ),
    Defect(
        "foreign-team-hidden",
        "TEAM-9",
        "A team of other people is answered as if there were none.",
        lambda sandbox: _told_as(sandbox, 403, not_found("team")),
        (f"{_RIGHTS}[stranger]",),
    ),
    Defect(
        "unknown-team-forbidden",
        "TEAM-9",
        "A team that does not exist is answered as one of other people.",
        lambda sandbox: _told_as(sandbox, 404, forbidden("only members see this team")),
        (_UNKNOWN,),
    ),
    Defect(
        "member-edits-team",
        "TEAM-10",
        "Members and viewers may change a team.",
        lambda sandbox: fix(sandbox.teams.require_manager, None),
        (f"{_RIGHTS}[member]", f"{_RIGHTS}[viewer]"),
    ),
    Defect(
        "admin-deletes-team",
        "TEAM-10",
        "Everybody in a team may delete it.",
        lambda sandbox: fix(sandbox.teams.require_owner, None),
        (f"{_RIGHTS}[admin]",),
    ),
    Defect(
        "team-of-others-deleted",
        "TEAM-11",
        "A team is deleted though others are in it.",
        lambda sandbox: fix(sandbox.teams.check_alone, None),
        (_OTHERS,),
    ),
    Defect(
        "two-first-teams",
        "TEAM-13",
        "A new creator gets two first teams.",
        _two_first_teams,
        (_FIRST,),
    ),
    Defect(
        "starter-among-creators",
        "ACCESS-2",
        "A starter may call what is for creators.",
        lambda sandbox: fix(sandbox.auth.require_tier, None),
        (f"{_MATRIX}[create_team-starter]", f"{_MATRIX}[list_teams-starter]"),
    ),
)
