"""Defects of who may do what with projects, and what strangers are told."""

import sqlite3

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import MANAGING_ROLES, USING_ROLES
from framecast_contract.sandbox.defects.planting import Defect, replace
from framecast_contract.sandbox.http import Caller, Refusal, forbidden, not_found
from framecast_contract.sandbox.projects import ALL_ROLES

_PROJECTS = "tests/lifecycle/test_projects.py"
_RIGHTS = f"{_PROJECTS}::test_who_may_do_what_with_projects"
_FOREIGN = f"{_PROJECTS}::test_a_team_or_project_that_is_not_there_is_as_a_foreign_one"
_KEYS = f"{_PROJECTS}::test_a_key_with_the_scopes_works_on_projects"


def _roles_widened(sandbox: Sandbox, narrow: tuple[str, ...], wide: tuple[str, ...]) -> None:
    """What takes one of the `narrow` roles is let to the `wide` ones."""
    permitted = sandbox.projects.permitted

    def lax(caller: Caller, project_id: str, roles: tuple[str, ...]) -> sqlite3.Row:
        return permitted(caller, project_id, wide if roles == narrow else roles)

    replace(sandbox.projects.permitted, lax)


def _foreign_team_hidden(sandbox: Sandbox) -> None:
    require_role = sandbox.projects.require_role

    def hiding(caller: Caller, team_id: str, roles: tuple[str, ...]) -> None:
        if sandbox.access.role(caller.id, team_id) is None:
            raise not_found("team")
        require_role(caller, team_id, roles)

    replace(sandbox.projects.require_role, hiding)


def _foreign_project_forbidden(sandbox: Sandbox) -> None:
    permitted = sandbox.projects.permitted

    def telling(caller: Caller, project_id: str, roles: tuple[str, ...]) -> sqlite3.Row:
        try:
            return permitted(caller, project_id, roles)
        except Refusal:
            if sandbox.projects.find(project_id) is None:
                raise
            raise forbidden("this project is not yours") from None

    replace(sandbox.projects.permitted, telling)


def _keys_refused(sandbox: Sandbox) -> None:
    require_role = sandbox.projects.require_role

    def strict(caller: Caller, team_id: str, roles: tuple[str, ...]) -> None:
        if caller.key is not None:
            raise forbidden("projects take a session")
        require_role(caller, team_id, roles)

    replace(sandbox.projects.require_role, strict)


DEFECTS = (
    Defect(
        "viewer-edits-project",
        "PROJECT-14",
        "Viewers may change projects.",
        lambda sandbox: _roles_widened(sandbox, USING_ROLES, ALL_ROLES),
        (f"{_RIGHTS}[update_project-viewer]", f"{_RIGHTS}[update_project_spec-viewer]"),
    ),
    Defect(
        "member-deletes-project",
        "PROJECT-14",
        "Members may archive and delete projects.",
        lambda sandbox: _roles_widened(sandbox, MANAGING_ROLES, USING_ROLES),
        (f"{_RIGHTS}[delete_project-member]", f"{_RIGHTS}[archive_project-member]"),
    ),
    Defect(
        "projects-refuse-keys",
        "D-15",
        "API keys neither list nor make projects.",
        _keys_refused,
        (_KEYS,),
    ),
    Defect(
        "foreign-team-as-unknown",
        "D-16",
        "Below the path of a foreign team one is answered 404.",
        _foreign_team_hidden,
        (f"{_FOREIGN}[list_projects]", f"{_RIGHTS}[create_project-stranger]"),
    ),
    Defect(
        "foreign-project-forbidden",
        "D-16",
        "A foreign project is answered 403, which tells that it exists.",
        _foreign_project_forbidden,
        (f"{_FOREIGN}[get_project]", f"{_RIGHTS}[delete_project-stranger]"),
    ),
)
