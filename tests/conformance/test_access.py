"""Who may call what: every operation by every kind of caller, answered as the contract's `x-access` says.

Each cell makes its own world: somebody who owns what the operation works on (through a team, where roles
count), and a caller who is that person, a team-mate, a stranger, a key, or nobody. The table only says how to
call an operation so that whoever is let in succeeds.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from framecast_contract.contract import Access, Contract
from framecast_contract.history import Ledger
from framecast_contract.oracle.access import FOREIGN, Relation, expected_answers
from framecast_contract.oracle.words import Answer
from framecast_contract.target.people import People
from framecast_contract.workloads import belongings
from framecast_contract.workloads.answers import answer_of
from framecast_contract.workloads.belongings import MODEL, Belongings, Thing
from framecast_contract.workloads.callers import CALLERS, Who
from framecast_contract.workloads.storyboards import storyboard

SPEC = storyboard(5)
CREDITS = 100


@dataclass(frozen=True, slots=True)
class Call:
    """How to call an operation: the success of whoever may, a body, what it works on, and what that needs.

    In path and body {owner} and the names of ids stand for what the world holds.
    """

    success: int = 200
    body: Mapping[str, Any] | None = None
    thing: Thing | None = None
    needs: frozenset[str] = frozenset()


RENDERS = frozenset({"credits", "renders"})
RECEIVER = frozenset({"webhook_receiver"})
FILE = {"filename": "dog.png", "content_type": "image/png", "size_bytes": 7, "owner": "{owner}"}

CALLS: Mapping[str, Call] = {
    "get_root": Call(),
    "get_health": Call(),
    "get_whoami": Call(),
    "get_account": Call(),
    "update_account": Call(body={"name": "Ada"}),
    "delete_account": Call(204),
    "upgrade_account": Call(body={"target_tier": "creator"}),
    "list_api_keys": Call(),
    "create_api_key": Call(201, {"scopes": ["generate"], "owner": "{owner}"}),
    "get_api_key": Call(thing=belongings.key),
    "update_api_key": Call(body={"name": "renamed"}, thing=belongings.key),
    "revoke_api_key": Call(204, thing=belongings.key),
    "list_teams": Call(),
    "create_team": Call(201, {"name": "Another studio"}),
    "get_team": Call(),
    "update_team": Call(body={"name": "Renamed studio"}),
    "delete_team": Call(204),
    "list_members": Call(),
    "update_member_role": Call(body={"role": "viewer"}, thing=belongings.fellow),
    "remove_member": Call(204, thing=belongings.fellow),
    "leave_team": Call(204),
    "list_invitations": Call(),
    "create_invitation": Call(201, {"email": "somebody@example.com"}),
    "revoke_invitation": Call(204, thing=belongings.invitation),
    "resend_invitation": Call(thing=belongings.invitation),
    "accept_invitation": Call(thing=belongings.received_invitation),
    "decline_invitation": Call(204, thing=belongings.received_invitation),
    "list_projects": Call(),
    "create_project": Call(201, {"name": "Trailer"}),
    "get_project": Call(thing=belongings.project),
    "update_project": Call(body={"name": "Teaser"}, thing=belongings.project),
    "update_project_spec": Call(body={"spec": SPEC}, thing=belongings.project),
    "delete_project": Call(204, thing=belongings.project),
    "archive_project": Call(thing=belongings.project),
    "unarchive_project": Call(thing=belongings.archived_project),
    "create_project_job": Call(201, thing=belongings.project, needs=RENDERS),
    "validate_spec": Call(body={"spec": SPEC}),
    "estimate_spec": Call(body={"spec": SPEC, "owner": "{owner}"}),
    "create_job": Call(201, {"spec": SPEC, "owner": "{owner}"}, needs=RENDERS),
    "list_jobs": Call(),
    "get_job": Call(thing=belongings.job, needs=RENDERS),
    "delete_job": Call(204, thing=belongings.canceled_job, needs=RENDERS),
    "cancel_job": Call(thing=belongings.job, needs=RENDERS),
    "clone_job": Call(201, {"owner": "{owner}"}, thing=belongings.canceled_job, needs=RENDERS),
    "get_job_events": Call(thing=belongings.canceled_job, needs=RENDERS),
    "receive_job_callback": Call(
        body={"job_id": "{job_id}", "event": "started"}, thing=belongings.job, needs=RENDERS
    ),
    "list_assets": Call(),
    "create_asset_upload_url": Call(201, FILE),
    "confirm_asset_upload": Call(thing=belongings.asset),
    "get_asset": Call(thing=belongings.asset),
    "delete_asset": Call(204, thing=belongings.asset),
    "list_system_assets": Call(),
    "get_system_asset": Call(),
    "list_artifacts": Call(),
    "create_storyboard": Call(201, {"spec": SPEC, "owner": "{owner}"}),
    "create_character": Call(201, {"spec": {"prompt": "a small brown dog"}, "owner": "{owner}"}),
    "get_artifact": Call(thing=belongings.character),
    "delete_artifact": Call(204, thing=belongings.character),
    "render_artifact": Call(201, thing=belongings.character, needs=RENDERS),
    "list_conversations": Call(),
    "create_conversation": Call(201, {"model": MODEL}),
    "get_conversation": Call(thing=belongings.conversation),
    "update_conversation": Call(body={"title": "Dogs"}, thing=belongings.conversation),
    "delete_conversation": Call(204, thing=belongings.conversation),
    "send_message": Call(201, {"content": "Tell me of a dog."}, thing=belongings.conversation),
    "list_messages": Call(thing=belongings.conversation),
    "list_webhooks": Call(),
    "create_webhook": Call(201, {"url": "https://hooks.example.com/", "events": ["job.completed"]}),
    "get_webhook": Call(thing=belongings.webhook, needs=RECEIVER),
    "update_webhook": Call(body={"is_active": False}, thing=belongings.webhook, needs=RECEIVER),
    "delete_webhook": Call(204, thing=belongings.webhook, needs=RECEIVER),
    "rotate_webhook_secret": Call(thing=belongings.webhook, needs=RECEIVER),
    "test_webhook": Call(201, thing=belongings.webhook, needs=RECEIVER),
    "list_webhook_deliveries": Call(thing=belongings.webhook, needs=RECEIVER),
    "retry_webhook_delivery": Call(thing=belongings.failed_delivery, needs=RECEIVER),
}


def _cell(operation_id: str, caller: str) -> Any:
    needs = CALLS[operation_id].needs | ({"clock"} if caller == "expired_key" else set())
    marks = [pytest.mark.rule("ACCESS-1", *CALLERS[caller].rules), pytest.mark.needs(*sorted(needs))]
    return pytest.param(operation_id, caller, id=f"{operation_id}-{caller}", marks=marks)


async def _world(people: People, access: Access, call: Call, who: Who) -> Belongings:
    """Somebody with a team (a starter has none), credits where they are spent, and the thing to work on."""
    starts = who.tier == "starter" and access.tier == "starter"
    owner = await (people.starter if starts else people.creator)("owner")
    have = Belongings(people, owner, owner.owner, {"system_asset_id": "asset_sfx_pop"})
    if access.tier == "creator" or who.relation.role or (access.roles is not None and not starts):
        have.ids["team_id"] = str((await owner.client.create_team("Studio")).id)
    if access.roles is not None and "team_id" in have.ids:
        have.urn = f"framecast:team:{have.team_id}"
    if "credits" in call.needs:
        people.target.take_over_renders()
        await people.target.set_credits(have.urn, CREDITS)
    if call.thing is not None:
        await call.thing(have)
    have.ids["owner"] = have.urn
    return have


def _relation(access: Access, who: Who) -> Relation:
    """What the caller is to the thing; where roles play no part a team-mate is a stranger to it."""
    by_role = who.relation.role is not None and access.roles is None
    return FOREIGN if by_role else who.relation


@pytest.mark.parametrize(
    ("operation_id", "caller"), [_cell(operation, caller) for operation in CALLS for caller in CALLERS]
)
async def test_access(
    people: People, contract: Contract, ledger: Ledger, operation_id: str, caller: str
) -> None:
    operation, call, who = contract.operation(operation_id), CALLS[operation_id], CALLERS[caller]
    world = await _world(people, operation.access, call, who)
    client = people.raw_client(caller, await who.header(world, operation.access))
    body = None if call.body is None else {name: _filled(world, value) for name, value in call.body.items()}

    answer = await answer_of(client.request(operation.method, _filled(world, operation.path), json=body))

    refusal = expected_answers(
        operation.access, who.caller(operation.access), _relation(operation.access, who)
    )
    ledger.answered(operation_id, caller, "✓" if answer.accepted else f"{answer.status} {answer.code}")
    assert answer == (refusal or Answer(call.success))


def _filled(world: Belongings, template: Any) -> Any:
    if isinstance(template, str):
        for name, value in world.ids.items():
            template = template.replace(f"{{{name}}}", value)
    return template


@pytest.mark.rule("ACCESS-1")
def test_every_operation_of_the_contract_has_a_row(contract: Contract) -> None:
    assert CALLS.keys() == contract.operations.keys()
