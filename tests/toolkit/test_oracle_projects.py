"""Projects: the whole matrix of requests and states, renders in their order, and what reads show."""

from typing import Any

import pytest

from framecast_contract.oracle.job_life import TERMINAL
from framecast_contract.oracle.project_renders import (
    ProjectRender,
    body_answer,
    broken_orphan_rules,
    broken_parallel_renders,
    broken_project_job_rules,
    render_project_answer,
    render_project_refusals,
)
from framecast_contract.oracle.projects import (
    REQUESTS,
    STATUSES,
    broken_change_rules,
    broken_project_birth_rules,
    broken_project_jobs_rules,
    broken_project_list_rules,
    broken_project_rules,
    broken_project_transition,
    matching,
    project_after,
    project_answer,
    project_step,
    role_answer,
)
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    UNPAYABLE,
    Answer,
    Broken,
)

PROJECT, USER, TEAM, OTHER = (f"{digit * 8}-0000-4000-8000-000000000000" for digit in "abcd")
SPEC = {"title": "t", "scenes": [{"id": "s", "prompt": "p", "duration": 7}]}

# draft, rendering, completed, archived
MATRIX = """
    create_project_job   201 409 201 409
    update_project       200 409 200 200
    update_project_spec  200 409 200 409
    delete_project       204 409 204 204
    archive_project      200 409 200 409
    unarchive_project    409 409 409 200
    get_project          200 200 200 200
    list_projects        200 200 200 200
"""
ANSWERS = {"200": OK, "201": CREATED, "204": NO_CONTENT, "409": CONFLICT}


def cells() -> list[tuple[str, str, Answer]]:
    rows = [line.split() for line in MATRIX.split("\n") if line.strip()]
    return [
        (request, status, ANSWERS[cell])
        for request, *row in rows
        for status, cell in zip(STATUSES, row, strict=True)
    ]


@pytest.mark.parametrize(("request_name", "status", "expected"), cells())
def test_every_cell_of_the_project_matrix(request_name: str, status: str, expected: Answer) -> None:
    assert project_answer(request_name, status) == expected


def test_the_matrix_covers_every_request_of_a_project() -> None:
    assert {request for request, _, _ in cells()} == set(REQUESTS)


@pytest.mark.parametrize(
    ("request_name", "status", "after"),
    [
        ("create_project_job", "completed", "rendering"),
        ("update_project_spec", "completed", "completed"),
        ("archive_project", "completed", "archived"),
        ("unarchive_project", "archived", "draft"),
        ("delete_project", "archived", None),
        ("archive_project", "rendering", "rendering"),
    ],
)
def test_where_a_request_leaves_a_project(request_name: str, status: str, after: str | None) -> None:
    assert project_step(request_name, status).status == after


def test_a_project_that_went_with_its_team_is_not_found() -> None:
    assert {project_answer(request, None) for request in REQUESTS} == {NOT_FOUND}


def test_words_the_oracle_does_not_know_are_refused() -> None:
    with pytest.raises(ValueError, match="'pause_project' in 'draft' is unknown, expected one of get"):
        project_step("pause_project", "draft")
    with pytest.raises(ValueError, match="in 'queued' is unknown"):
        project_step("get_project", "queued")


def test_a_project_follows_its_job() -> None:
    after = [project_after(status) for status in ("queued", "processing", *TERMINAL)]
    assert after == ["rendering", "rendering", "completed", "draft", "draft"]


@pytest.mark.parametrize(
    ("operation_id", "answers"),
    [
        ("list_projects", (None, None, None, None, FORBIDDEN)),
        ("create_project", (None, None, None, FORBIDDEN, FORBIDDEN)),
        ("get_project", (None, None, None, None, NOT_FOUND)),
        ("update_project", (None, None, None, FORBIDDEN, NOT_FOUND)),
        ("update_project_spec", (None, None, None, FORBIDDEN, NOT_FOUND)),
        ("create_project_job", (None, None, None, FORBIDDEN, NOT_FOUND)),
        ("delete_project", (None, None, FORBIDDEN, FORBIDDEN, NOT_FOUND)),
        ("archive_project", (None, None, FORBIDDEN, FORBIDDEN, NOT_FOUND)),
        ("unarchive_project", (None, None, FORBIDDEN, FORBIDDEN, NOT_FOUND)),
    ],
)
def test_who_may_do_what_in_a_team(operation_id: str, answers: tuple[Answer | None, ...]) -> None:
    roles = ("owner", "admin", "member", "viewer", None)
    assert tuple(role_answer(operation_id, role) for role in roles) == answers


@pytest.mark.parametrize(
    ("operation_id", "body", "expected"),
    [
        ("create_project", {"name": "n"}, None),
        ("create_project", {"name": "ü" * 200, "spec": {"any": "thing"}}, None),
        ("create_project", {"name": "n", "spec": None}, None),
        ("create_project", {"name": "n" * 201}, INVALID),
        ("create_project", {"name": ""}, INVALID),
        ("create_project", {"name": None}, INVALID),
        ("create_project", {"name": "n\0"}, INVALID),
        ("create_project", {"name": "n", "spec": []}, INVALID),
        ("create_project", {"name": "n", "spec": {"title": ["\0"]}}, INVALID),
        ("create_project", ["n"], INVALID),
        ("update_project", {}, None),
        ("update_project", {"name": None, "status": "archived"}, None),
        ("update_project", {"name": 5}, INVALID),
        ("update_project_spec", {"spec": {}}, None),
        ("update_project_spec", {"spec": None}, INVALID),
        ("update_project_spec", SPEC, INVALID),
        ("create_project_job", {}, None),
        ("create_project_job", {"options": None}, None),
        ("create_project_job", {"options": 1}, INVALID),
        ("archive_project", "nobody reads this", None),
    ],
)
def test_which_bodies_are_wrong_input(operation_id: str, body: Any, expected: Answer | None) -> None:
    assert body_answer(operation_id, body) == expected


def asked(**members: Any) -> ProjectRender:
    usual = {"role": "member", "status": "draft", "spec": SPEC, "free_slots": 1, "balance": 7}
    return ProjectRender(**{**usual, **members})


@pytest.mark.parametrize(
    ("render", "expected"),
    [
        (asked(), CREATED),
        (asked(status="completed"), CREATED),
        (asked(role=None, status="rendering"), NOT_FOUND),
        (asked(role="viewer", status="rendering"), FORBIDDEN),
        (asked(status=None), NOT_FOUND),
        (asked(status="rendering", spec={}), CONFLICT),
        (asked(status="archived"), CONFLICT),
        (asked(has_active_job=True, spec={}), CONFLICT),
        (asked(spec=None), CONFLICT),
        (asked(spec={}, free_slots=0, balance=0), INVALID),
        (asked(free_slots=0), CONFLICT),
        (asked(balance=6), UNPAYABLE),
    ],
)
def test_a_render_is_refused_for_the_first_reason(render: ProjectRender, expected: Answer) -> None:
    assert render_project_answer(render) == expected


def test_only_slots_and_funds_may_be_checked_in_either_order() -> None:
    assert render_project_refusals(asked(free_slots=0, balance=0)) == (CONFLICT, UNPAYABLE)


def project(status: str = "draft", **members: Any) -> dict[str, Any]:
    return {
        "id": PROJECT,
        "team_id": TEAM,
        "created_by": USER,
        "name": "n",
        "status": status,
        "spec": SPEC,
        "latest_job_status": {"rendering": "queued", "completed": "completed"}.get(status),
        "created_at": "2026-01-01T00:00:00Z",
        "updated_at": "2026-01-01T00:00:00Z",
        **members,
    }


@pytest.mark.parametrize("status", STATUSES)
def test_a_project_as_it_should_be_is_left_alone(status: str) -> None:
    assert broken_project_rules(project(status)) == []


@pytest.mark.parametrize(
    ("seen", "rule_ids"),
    [
        (project("paused"), ["INV-P1"]),
        (project(created_by=None), ["INV-P3"]),
        (project(updated_at="2025-12-31T00:00:00Z"), ["INV-P4", "INV-TIME1"]),
        (project("rendering", latest_job_status=None), ["INV-P5"]),
        (project("rendering", latest_job_status="canceled"), ["INV-P5"]),
        (project("archived", latest_job_status="processing"), ["PROJECT-7"]),
        (project("completed", latest_job_status="failed"), ["PROJECT-6"]),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_project_that_breaks_a_rule_names_it(seen: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_project_rules(seen)] == rule_ids


def job(status: str, second: int = 0) -> dict[str, Any]:
    return {"status": status, "created_at": f"2026-01-01T00:00:0{second}Z", "project_id": PROJECT}


@pytest.mark.parametrize(
    ("seen", "jobs", "rule_ids"),
    [
        (project(), [], []),
        (project("rendering"), [job("queued", 1), job("failed")], []),
        (project("completed"), [job("completed"), job("failed")], []),
        (project("rendering"), [job("failed")], ["PROJECT-11", "INV-P5"]),
        (project(latest_job_status="failed"), [job("failed", 1), job("queued")], ["PROJECT-7"]),
        (project("completed"), [job("failed", 1), job("completed")], ["PROJECT-11"]),
    ],
)
def test_a_project_agrees_with_its_jobs(
    seen: dict[str, Any], jobs: list[dict[str, Any]], rule_ids: list[str]
) -> None:
    assert [broken.rule_id for broken in broken_project_jobs_rules(seen, jobs)] == rule_ids


def test_a_new_project_is_a_draft_with_the_storyboard_as_sent() -> None:
    body = {"name": "n", "spec": {"scenes": "nonsense is kept"}}
    made = project(spec=body["spec"])
    assert broken_project_birth_rules(made, team_id=TEAM, caller=USER, body=body) == []
    assert broken_project_birth_rules({**made, "spec": None}, team_id=TEAM, caller=USER, body=body) == [
        Broken("PROJECT-1", "spec of a new project is None, expected {'scenes': 'nonsense is kept'}")
    ]


LATER = "2026-01-01T00:00:09Z"


@pytest.mark.parametrize(
    ("operation_id", "body", "before", "wrong", "rule_id"),
    [
        ("update_project", {"name": "new", "spec": None}, project(), {"spec": None}, "PROJECT-8"),
        ("update_project", {"name": None}, project("archived"), {"name": None}, "PROJECT-8"),
        ("update_project_spec", {"spec": {"a": 1}}, project("completed"), {"status": "draft"}, "PROJECT-9"),
        ("archive_project", None, project("completed"), {"status": "completed"}, "PROJECT-4"),
        (
            "unarchive_project",
            None,
            project("archived", latest_job_status="completed"),
            {"status": "completed"},
            "PROJECT-4",
        ),
    ],
)
def test_a_request_changes_what_it_names_and_nothing_else(
    operation_id: str, body: Any, before: dict[str, Any], wrong: dict[str, Any], rule_id: str
) -> None:
    after = {**before, "updated_at": LATER, "status": project_step(operation_id, before["status"]).status}
    if operation_id == "update_project":
        after["name"] = body["name"] or before["name"]
    if operation_id == "update_project_spec":
        after["spec"] = body["spec"]
    assert broken_change_rules(operation_id, before, after, body) == []
    judged = broken_change_rules(operation_id, before, {**after, **wrong}, body)
    assert [broken.rule_id for broken in judged] == [rule_id]
    stood_still = {**after, "updated_at": before["updated_at"]}
    assert [b.rule_id for b in broken_change_rules(operation_id, before, stood_still, body)] == ["TIME-3"]


@pytest.mark.parametrize(
    ("after", "rule_ids"),
    [
        (project("archived", updated_at=LATER), []),
        (project("rendering", latest_job_status="processing"), ["TIME-3"]),
        (project(team_id=OTHER), ["PROJECT-10"]),
        (project(created_at="2026-01-01T01:00:00+01:00"), []),
        (project(updated_at="2025-12-31T00:00:00Z"), ["TIME-3"]),
    ],
)
def test_two_reads_of_a_project(after: dict[str, Any], rule_ids: list[str]) -> None:
    assert [broken.rule_id for broken in broken_project_transition(project(), after)] == rule_ids


def test_fresh_links_in_a_storyboard_are_no_change() -> None:
    def shown(url: str) -> dict[str, Any]:
        hero = {"prompt": "p", "reference_images": [{"id": OTHER, "url": url}]}
        return project(spec={**SPEC, "symbols": {"hero": hero}})

    assert broken_project_transition(shown("https://s3/a?1"), shown("https://s3/a?2")) == []


def test_archived_projects_are_listed_only_when_asked_for() -> None:
    draft, archived = project(), project("archived")
    both = [draft, archived]
    assert matching(both) == [draft]
    assert matching(both, include_archived=True) == both
    assert matching(both, status="archived") == [archived]
    assert matching(both, status="draft", include_archived=True) == [draft]


@pytest.mark.parametrize(
    ("listed", "rule_ids"),
    [
        ([project(updated_at=LATER), project()], []),
        ([project(), project(updated_at=LATER)], ["PROJECT-13"]),
        ([project("archived")], ["PROJECT-12"]),
        ([project(team_id=OTHER)], ["PROJECT-12"]),
    ],
)
def test_a_list_of_projects_is_judged_as_a_whole(listed: list[dict[str, Any]], rule_ids: list[str]) -> None:
    broken = broken_project_list_rules(listed, team_id=TEAM)
    assert [fault.rule_id for fault in broken] == rule_ids


def test_the_job_of_a_project_is_the_teams() -> None:
    made = {
        "status": "queued", "owner": f"framecast:team:{TEAM}", "project_id": PROJECT, "triggered_by": USER,
        "spec_snapshot": SPEC, "options": {}, "idempotency_key": None, "progress": {}, "credits_refunded": 0,
    }  # fmt: skip
    assert broken_project_job_rules(project(), made, caller=USER) == []
    mine = {**made, "owner": f"framecast:user:{USER}", "idempotency_key": "k"}
    assert [b.rule_id for b in broken_project_job_rules(project(), mine, caller=USER)] == ["PROJECT-17"] * 2


def test_the_jobs_of_a_deleted_project_stay_on_their_own() -> None:
    before = {"status": "completed", "project_id": PROJECT}
    assert broken_orphan_rules(before, {**before, "project_id": None}) == []
    assert [broken.rule_id for broken in broken_orphan_rules(before, before)] == ["PROJECT-18"]


def test_one_of_many_parallel_renders_wins() -> None:
    assert broken_parallel_renders([409, 201, 409]) == []
    assert [broken.rule_id for broken in broken_parallel_renders([201, 201])] == ["INV-J12"]
