"""Defects of projects: what one is, what a change does to it, the list of them, and its end."""

import copy
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, replace, with_body
from framecast_contract.sandbox.http import Call, text

_PROJECTS = "tests/lifecycle/test_projects.py"
_MADE = f"{_PROJECTS}::test_a_project_is_made_as_asked_or_refused"
_CHANGED = f"{_PROJECTS}::test_a_change_replaces_what_it_names_and_nothing_else"
_TEAM_GONE = f"{_PROJECTS}::test_a_project_goes_with_its_team"
_LEAVER = f"{_PROJECTS}::test_a_project_outlives_the_membership_of_its_creator"
_ARCHIVED = f"{_PROJECTS}::test_an_archived_project_is_out_of_sight_until_it_is_taken_back"
_LISTED = f"{_PROJECTS}::test_projects_are_listed_by_their_last_change"
_ASSETS_GONE = "tests/lifecycle/test_assets.py::test_assets_go_with_their_project"
_ARTIFACTS_GONE = "tests/lifecycle/test_artifacts.py::test_artifacts_go_with_their_project"
_JOBS_STAY = "tests/lifecycle/test_project_renders.py::test_a_job_is_deleted_only_after_its_project"

Json = dict[str, Any]


def _shown_as(sandbox: Sandbox, **members: Any) -> None:
    alter(sandbox.projects.view, lambda shown: shown | members)


def _storyboard_forgotten(sandbox: Sandbox) -> None:
    create = sandbox.projects.create
    replace(
        sandbox.projects.create,
        lambda team_id, user_id, name, _spec: create(team_id, user_id, name, None),
    )


def _along_with(sandbox: Sandbox, name: str, **more: Any) -> None:
    """Changing one column of a project changes others too."""
    change = sandbox.projects.change
    replace(
        sandbox.projects.change,
        lambda project_id, changes: change(project_id, changes | more if name in changes else changes),
    )


def _born_at_last_change(sandbox: Sandbox) -> None:
    change = sandbox.projects.change
    replace(
        sandbox.projects.change,
        lambda project_id, changes: change(project_id, changes | {"created_at": sandbox.stamp()}),
    )


def _storyboard_merged(sandbox: Sandbox) -> None:
    update_project_spec = sandbox.projects.update_project_spec

    def merging(call: Call) -> Response:
        project, new = sandbox.projects.find(call.path_uuid("project_id")), call.body().get("spec")
        if project is None or not isinstance(new, dict):
            return update_project_spec(call)
        old = sandbox.projects.view(project)["spec"] or {}
        return update_project_spec(asking(call, spec=old | new))

    replace(sandbox.projects.update_project_spec, merging)


def _bare_storyboard(sandbox: Sandbox) -> None:
    update_project_spec = sandbox.projects.update_project_spec

    def lax(call: Call) -> Response:
        bare = "scenes" in call.body()
        return update_project_spec(asking(call, spec=call.body()) if bare else call)

    replace(sandbox.projects.update_project_spec, lax)


def _archived_listed(sandbox: Sandbox) -> None:
    list_projects = sandbox.projects.list_projects

    def generous(call: Call) -> Response:
        wide, query = copy.copy(call), call.scope["query_string"]
        if b"include_archived" not in query:
            wide.scope = {**call.scope, "query_string": query + b"&include_archived=true"}
        return list_projects(wide)

    replace(sandbox.projects.list_projects, generous)


def _by_birth(projects: list[Json]) -> list[Json]:
    return sorted(projects, key=lambda project: str(project["created_at"]), reverse=True)


def _outlives_team(sandbox: Sandbox) -> None:
    remove_team, get_project = sandbox.removal.remove_team, sandbox.projects.get_project
    ghosts = dict[str, Json]()

    def remove(team_id: str) -> list[str]:
        for project in sandbox.database.all("SELECT * FROM projects WHERE team_id = ?", (team_id,)):
            ghosts[project["id"]] = sandbox.projects.view(project)
        return remove_team(team_id)

    def haunted(call: Call) -> Response:
        ghost = ghosts.get(call.path_uuid("project_id"))
        return get_project(call) if ghost is None else JSONResponse(ghost)

    replace(sandbox.removal.remove_team, remove)
    replace(sandbox.projects.get_project, haunted)


def _leaver_forgotten(sandbox: Sandbox) -> None:
    def forget(shown: Json) -> Json:
        stays = sandbox.access.role(shown["created_by"], shown["team_id"]) is not None
        return shown if stays else shown | {"created_by": None}

    alter(sandbox.projects.view, forget)


def _only_the_project_goes(sandbox: Sandbox) -> None:
    def remove(project_id: str) -> None:
        sandbox.database.run("UPDATE jobs SET project_id = NULL WHERE project_id = ?", project_id)
        sandbox.database.run("DELETE FROM projects WHERE id = ?", project_id)

    replace(sandbox.projects.remove, remove)


def _jobs_go_too(sandbox: Sandbox) -> None:
    remove = sandbox.projects.remove

    def thorough(project_id: str) -> None:
        sandbox.database.run("DELETE FROM jobs WHERE project_id = ?", project_id)
        remove(project_id)

    replace(sandbox.projects.remove, thorough)


DEFECTS = (
    Defect(
        "project-without-its-storyboard",
        "PROJECT-1",
        "A new project has no storyboard, whatever was sent.",
        _storyboard_forgotten,
        (f"{_MADE}[a storyboard]",),
    ),
    Defect(
        "renaming-clears-storyboard",
        "PROJECT-8",
        "A project that gets another name loses its storyboard.",
        lambda sandbox: _along_with(sandbox, "name", spec=None),
        (f"{_CHANGED}[name: a name]",),
    ),
    Defect(
        "storyboards-merged",
        "PROJECT-9",
        "A new storyboard is merged into the old one.",
        _storyboard_merged,
        (f"{_CHANGED}[storyboard: a storyboard]", f"{_CHANGED}[storyboard: an empty one]"),
    ),
    Defect(
        "project-born-at-change",
        "PROJECT-10",
        "Every change of a project gives it a new creation time.",
        _born_at_last_change,
        (f"{_CHANGED}[name: a name]",),
    ),
    Defect(
        "archived-projects-listed",
        "PROJECT-12",
        "Archived projects are listed though nobody asked for them.",
        _archived_listed,
        (_ARCHIVED,),
    ),
    Defect(
        "projects-listed-by-birth",
        "PROJECT-13",
        "Projects are listed by their creation, not by their last change.",
        lambda sandbox: alter(
            sandbox.projects.list_projects, lambda response: with_body(response, _by_birth)
        ),
        (_LISTED,),
    ),
    Defect(
        "project-name-of-any-length",
        "PROJECT-15",
        "The name of a project may be as long as one likes.",
        lambda sandbox: replace(sandbox.projects.name_in, lambda body: text(body, "name", 1)),
        (f"{_MADE}[name of 201]", f"{_CHANGED}[name: name of 201]"),
    ),
    Defect(
        "storyboard-taken-bare",
        "D-14",
        "A project's new storyboard is also taken when it is not wrapped in spec.",
        _bare_storyboard,
        (f"{_CHANGED}[storyboard: one that is not wrapped]",),
    ),
    Defect(
        "project-status-unknown",
        "INV-P1",
        "Projects show a state that there is not.",
        lambda sandbox: _shown_as(sandbox, status="idle"),
        (f"{_MADE}[a name]",),
    ),
    Defect(
        "project-outlives-team",
        "INV-P2",
        "Projects of a deleted team can be read.",
        _outlives_team,
        (_TEAM_GONE,),
    ),
    Defect(
        "project-forgets-creator",
        "INV-P3",
        "A project no longer tells who created it once that person has left.",
        _leaver_forgotten,
        (_LEAVER,),
    ),
    Defect(
        "project-changed-before-birth",
        "INV-P4",
        "A project says that it was changed long before it was created.",
        lambda sandbox: _shown_as(sandbox, updated_at="2000-01-01T00:00:00.000000Z"),
        (f"{_MADE}[a name]",),
    ),
    Defect(
        "project-leaves-things-behind",
        "PROJECT-18",
        "The assets and artifacts of a deleted project stay.",
        _only_the_project_goes,
        (_ASSETS_GONE, _ARTIFACTS_GONE),
    ),
    Defect(
        "project-takes-jobs-along",
        "PROJECT-18",
        "The jobs of a deleted project go with it.",
        _jobs_go_too,
        (f"{_JOBS_STAY}[completed]",),
    ),
)
