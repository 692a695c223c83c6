"""The list of planted defects, collected from their areas."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

from framecast_contract.sandbox.defects import (
    access,
    account_deletion,
    accounts,
    announcements,
    api_keys,
    artifact_objects,
    artifacts,
    assets,
    callbacks,
    confirmations,
    conversation_endings,
    conversations,
    credits,
    deliveries,
    delivery_lists,
    errors,
    event_endings,
    events,
    idempotency,
    invitation_answers,
    invitation_endings,
    invitations,
    job_objects,
    jobs,
    leaving,
    lists,
    members,
    messages,
    owners,
    project_access,
    project_renders,
    project_states,
    projects,
    races,
    refunds,
    renders,
    replies,
    request_order,
    slots,
    specs,
    system_assets,
    team_jobs,
    team_keys,
    team_limits,
    team_races,
    team_slugs,
    teams,
    times,
    uploads,
    urls,
    webhook_calls,
    webhook_events,
    webhook_managers,
    webhooks,
)
from framecast_contract.sandbox.defects.planting import Defect

AREAS = (
    refunds, credits, idempotency, slots, jobs, job_objects, events, event_endings, lists, specs,
    system_assets, accounts, api_keys, access, request_order, owners, errors, callbacks, times, uploads, urls,
    account_deletion, teams, team_slugs, team_limits, members, leaving, invitations, invitation_answers,
    invitation_endings, team_jobs, team_keys, team_races, races,
    projects, project_access, project_states, project_renders, assets, announcements, confirmations,
    artifacts, artifact_objects, renders,
    webhooks, webhook_managers, webhook_events, webhook_calls, deliveries, delivery_lists,
    conversations, conversation_endings, messages, replies,
)  # fmt: skip

_HEAD = (
    "# Planted defects",
    "",
    "Each breaks one rule of the sandbox, and the suite proves that it notices. See one caught with",
    "`just contract --defect ID`; try them all with `pytest tests --each-defect`. This file is written by",
    "`python -m framecast_contract.sandbox.defects > docs/defects.md`.",
    "",
    "| defect | rule | what it does | noticed by |",
    "|---|---|---|---|",
)


def collected(defects: Iterable[Defect]) -> Mapping[str, Defect]:
    """Defects by id; raises ValueError when two of them claim one id."""
    found: dict[str, Defect] = {}
    for each in defects:
        if each.id in found:
            raise ValueError(f"two defects are called {each.id}: choose another id for one of them")
        found[each.id] = each
    return MappingProxyType(found)


DEFECTS: Mapping[str, Defect] = collected(each for area in AREAS for each in area.DEFECTS)


def find_defect(defect_id: str) -> Defect:
    """The defect of that id. ValueError, naming the nearest, when there is none."""
    if defect_id in DEFECTS:
        return DEFECTS[defect_id]
    near = get_close_matches(defect_id, DEFECTS, n=1)
    raise ValueError(f"there is no defect {defect_id!r};" + (f" did you mean {near[0]!r}?" if near else ""))


def listing() -> str:
    """docs/defects.md: every defect with its rule, what it does and the tests that notice it."""
    rows = [
        f"| `{each.id}` | {each.rule} | {each.description} | {'<br>'.join(map(_shown, each.caught_by))} |"
        for each in DEFECTS.values()
    ]
    return "\n".join([*_HEAD, *rows, ""])


def _shown(test: str) -> str:
    escaped = test.removeprefix("tests/").replace("|", "\\|")
    return f"`{escaped}`"
