"""The contract agrees with the agreed facts: names, routes, answers and who may call.

The table was written down apart from the contract, so that a slip in one shows in the other.
"""

from collections.abc import Iterator
from typing import Any

from framecast_contract.contract import Contract, Operation, Webhook, load_contract

ROLES = ("owner", "admin", "member", "viewer")

# operation | method and path | answers | who | team roles
# who: nobody = credentials are not looked at; session = JWT only; key = JWT or any key;
# key:<scope> = JWT or a key holding that scope
# team roles: - = they play no part; none = no role is enough, only who made the thing may
FACTS = """
get_root                | GET /                                                       | 200                                 | nobody                  | -
get_health              | GET /health                                                 | 200                                 | nobody                  | -
get_whoami              | GET /v1/auth/whoami                                         | 200 401 404 429 500                 | key                     | -
get_account             | GET /v1/account                                             | 200 401 404 429 500                 | session                 | -
update_account          | PATCH /v1/account                                           | 200 400 401 404 429 500             | session                 | -
delete_account          | DELETE /v1/account                                          | 204 401 409 429 500                 | session                 | -
upgrade_account         | POST /v1/account/upgrade                                    | 200 400 401 404 409 429 500         | session                 | -
list_api_keys           | GET /v1/auth/keys                                           | 200 401 429 500                     | session                 | -
create_api_key          | POST /v1/auth/keys                                          | 201 400 401 403 429 500             | session                 | owner admin member
get_api_key             | GET /v1/auth/keys/{key_id}                                  | 200 400 401 404 429 500             | session                 | -
update_api_key          | PATCH /v1/auth/keys/{key_id}                                | 200 400 401 404 409 429 500         | session                 | -
revoke_api_key          | DELETE /v1/auth/keys/{key_id}                               | 204 400 401 404 409 429 500         | session                 | -
list_teams              | GET /v1/teams                                               | 200 401 403 429 500                 | key:team:read           | -
create_team             | POST /v1/teams                                              | 201 400 401 403 409 429 500         | key:team:admin          | -
get_team                | GET /v1/teams/{team_id}                                     | 200 400 401 403 404 429 500         | key:team:read           | owner admin member viewer
update_team             | PATCH /v1/teams/{team_id}                                   | 200 400 401 403 404 429 500         | key:team:admin          | owner admin
delete_team             | DELETE /v1/teams/{team_id}                                  | 204 400 401 403 404 409 429 500     | key:team:admin          | owner
list_members            | GET /v1/teams/{team_id}/members                             | 200 400 401 403 429 500             | key:team:read           | owner admin member viewer
update_member_role      | PATCH /v1/teams/{team_id}/members/{user_id}                 | 200 400 401 403 404 409 429 500     | key:team:admin          | owner admin
remove_member           | DELETE /v1/teams/{team_id}/members/{user_id}                | 204 400 401 403 404 409 429 500     | key:team:admin          | owner admin
leave_team              | POST /v1/teams/{team_id}/leave                              | 204 400 401 403 404 409 429 500     | key:team:admin          | owner admin member viewer
list_invitations        | GET /v1/teams/{team_id}/invitations                         | 200 400 401 403 429 500             | key:team:admin          | owner admin
create_invitation       | POST /v1/teams/{team_id}/invitations                        | 201 400 401 403 409 429 500         | key:team:admin          | owner admin
revoke_invitation       | DELETE /v1/teams/{team_id}/invitations/{invitation_id}      | 204 400 401 403 404 409 429 500     | key:team:admin          | owner admin
resend_invitation       | POST /v1/teams/{team_id}/invitations/{invitation_id}/resend | 200 400 401 403 404 409 429 500     | key:team:admin          | owner admin
accept_invitation       | POST /v1/invitations/{invitation_id}/accept                 | 200 400 401 403 404 409 429 500     | session                 | -
decline_invitation      | POST /v1/invitations/{invitation_id}/decline                | 204 400 401 403 404 409 429 500     | session                 | -
validate_spec           | POST /v1/spec/validate                                      | 200 400 401 403 429 500             | key:generate            | -
estimate_spec           | POST /v1/spec/estimate                                      | 200 400 401 403 429 500             | key:generate            | owner admin member
create_job              | POST /v1/generate                                           | 200 201 400 401 402 403 409 429 500 | key:generate            | owner admin member
list_jobs               | GET /v1/jobs                                                | 200 400 401 403 429 500             | key:jobs:read           | owner admin member viewer
get_job                 | GET /v1/jobs/{job_id}                                       | 200 400 401 403 404 429 500         | key:jobs:read           | owner admin member viewer
delete_job              | DELETE /v1/jobs/{job_id}                                    | 204 400 401 403 404 429 500         | key:jobs:write          | -
cancel_job              | POST /v1/jobs/{job_id}/cancel                               | 200 400 401 403 404 409 429 500     | key:jobs:write          | owner admin
clone_job               | POST /v1/jobs/{job_id}/clone                                | 201 400 401 402 403 404 409 429 500 | key:jobs:write          | owner admin member
get_job_events          | GET /v1/jobs/{job_id}/events                                | 200 400 401 403 404 410 429 500     | key:jobs:read           | owner admin member viewer
list_artifacts          | GET /v1/artifacts                                           | 200 400 401 403 429 500             | key:artifacts:read      | -
get_artifact            | GET /v1/artifacts/{artifact_id}                             | 200 400 401 403 404 429 500         | key:artifacts:read      | owner admin member viewer
create_storyboard       | POST /v1/artifacts/storyboards                              | 201 400 401 403 404 429 500         | key:artifacts:write     | owner admin member
create_character        | POST /v1/artifacts/characters                               | 201 400 401 403 404 429 500         | key:artifacts:write     | owner admin member
delete_artifact         | DELETE /v1/artifacts/{artifact_id}                          | 204 400 401 403 404 429 500         | key:artifacts:write     | owner admin
list_conversations      | GET /v1/conversations                                       | 200 400 401 403 429 500             | key:conversations:read  | -
create_conversation     | POST /v1/conversations                                      | 201 400 401 403 429 500             | key:conversations:write | -
get_conversation        | GET /v1/conversations/{conversation_id}                     | 200 400 401 403 404 429 500         | key:conversations:read  | -
update_conversation     | PATCH /v1/conversations/{conversation_id}                   | 200 400 401 403 404 429 500         | key:conversations:write | -
delete_conversation     | DELETE /v1/conversations/{conversation_id}                  | 204 400 401 403 404 429 500         | key:conversations:write | -
list_messages           | GET /v1/conversations/{conversation_id}/messages            | 200 400 401 403 404 429 500         | key:conversations:read  | -
send_message            | POST /v1/conversations/{conversation_id}/messages           | 201 400 401 403 404 429 500         | key:conversations:write | -
receive_job_callback    | POST /internal/jobs/callback                                | 200 400 404 409 500                 | nobody                  | -
list_system_assets      | GET /v1/system-assets                                       | 200 400 401 429 500                 | key                     | -
get_system_asset        | GET /v1/system-assets/{system_asset_id}                     | 200 401 404 429 500                 | key                     | -
render_artifact         | POST /v1/artifacts/{artifact_id}/render                     | 201 400 401 402 403 404 409 429 500 | key:artifacts:write     | owner admin member
create_project_job      | POST /v1/projects/{project_id}/render                       | 201 400 401 402 403 404 409 429 500 | key:projects:write      | owner admin member
list_projects           | GET /v1/teams/{team_id}/projects                            | 200 400 401 403 429 500             | key:projects:read       | owner admin member viewer
create_project          | POST /v1/teams/{team_id}/projects                           | 201 400 401 403 429 500             | key:projects:write      | owner admin member
get_project             | GET /v1/projects/{project_id}                               | 200 400 401 403 404 429 500         | key:projects:read       | owner admin member viewer
update_project          | PATCH /v1/projects/{project_id}                             | 200 400 401 403 404 409 429 500     | key:projects:write      | owner admin member
update_project_spec     | PUT /v1/projects/{project_id}/spec                          | 200 400 401 403 404 409 429 500     | key:projects:write      | owner admin member
delete_project          | DELETE /v1/projects/{project_id}                            | 204 400 401 403 404 409 429 500     | key:projects:write      | owner admin
archive_project         | POST /v1/projects/{project_id}/archive                      | 200 400 401 403 404 409 429 500     | key:projects:write      | owner admin
unarchive_project       | POST /v1/projects/{project_id}/unarchive                    | 200 400 401 403 404 409 429 500     | key:projects:write      | owner admin
create_asset_upload_url | POST /v1/assets/upload-url                                  | 201 400 401 403 404 429 500         | key:assets:write        | owner admin member
confirm_asset_upload    | POST /v1/assets/{asset_id}/confirm                          | 200 400 401 403 404 409 429 500     | key:assets:write        | none
list_assets             | GET /v1/assets                                              | 200 400 401 403 429 500             | key:assets:read         | owner admin member viewer
get_asset               | GET /v1/assets/{asset_id}                                   | 200 400 401 403 404 429 500         | key:assets:read         | owner admin member viewer
delete_asset            | DELETE /v1/assets/{asset_id}                                | 204 400 401 403 404 429 500         | key:assets:write        | owner admin
list_webhooks           | GET /v1/teams/{team_id}/webhooks                            | 200 400 401 403 429 500             | key:webhooks:read       | owner admin
create_webhook          | POST /v1/teams/{team_id}/webhooks                           | 201 400 401 403 429 500             | key:webhooks:write      | owner admin
get_webhook             | GET /v1/webhooks/{webhook_id}                               | 200 400 401 403 404 429 500         | key:webhooks:read       | owner admin
update_webhook          | PATCH /v1/webhooks/{webhook_id}                             | 200 400 401 403 404 429 500         | key:webhooks:write      | owner admin
delete_webhook          | DELETE /v1/webhooks/{webhook_id}                            | 204 400 401 403 404 429 500         | key:webhooks:write      | owner admin
rotate_webhook_secret   | POST /v1/webhooks/{webhook_id}/rotate-secret                | 200 400 401 403 404 429 500         | key:webhooks:write      | owner admin
test_webhook            | POST /v1/webhooks/{webhook_id}/test                         | 201 400 401 403 404 409 429 500     | key:webhooks:write      | owner admin
list_webhook_deliveries | GET /v1/webhooks/{webhook_id}/deliveries                    | 200 400 401 403 404 429 500         | key:webhooks:read       | owner admin
retry_webhook_delivery  | POST /v1/webhook-deliveries/{delivery_id}/retry             | 200 400 401 403 404 409 429 500     | key:webhooks:write      | owner admin
"""  # noqa: E501 - a table

CREATORS_ONLY = {
    *("list_teams", "create_team", "get_team", "update_team", "delete_team", "leave_team"),
    *("list_members", "update_member_role", "remove_member"),
    *("list_invitations", "create_invitation", "revoke_invitation", "resend_invitation"),
    *("list_projects", "create_project", "get_project", "update_project", "update_project_spec"),
    *("delete_project", "archive_project", "unarchive_project", "create_project_job"),
    *("list_webhooks", "create_webhook", "get_webhook", "update_webhook", "delete_webhook"),
    *("rotate_webhook_secret", "test_webhook", "list_webhook_deliveries", "retry_webhook_delivery"),
}

# event | schema of the payload | members of `job` that are always there
CALLS = """
job.queued    | JobQueuedPayload    | id owner project_id triggered_by status created_at
job.started   | JobStartedPayload   | id owner project_id triggered_by status created_at
job.progress  | JobProgressPayload  | id status progress.phase progress.percent
job.completed | JobCompletedPayload | id owner project_id status output credits_charged started_at completed_at
job.failed    | JobFailedPayload    | id status failure_type error.code error.message progress.phase progress.percent credits_charged credits_refunded completed_at
job.canceled  | JobCanceledPayload  | id status canceled_by progress.percent credits_charged credits_refunded completed_at
webhook.test  | WebhookTestPayload  |
"""  # noqa: E501 - a table
STATUSES = {
    "job.queued": "queued",
    "job.started": "processing",
    "job.progress": "processing",
    "job.completed": "completed",
    "job.failed": "failed",
    "job.canceled": "canceled",
}
"""What `job.status` says in the call of an event, always."""


def rows(table: str = FACTS) -> Iterator[tuple[str, ...]]:
    for line in table.strip().splitlines():
        yield tuple(cell.strip() for cell in line.split("|"))


def as_row(operation: Operation) -> tuple[str, ...]:
    return (
        operation.operation_id,
        f"{operation.method} {operation.path}",
        " ".join(map(str, operation.statuses())),
        who(operation),
        team_roles(operation),
    )


def who(operation: Operation) -> str:
    access = operation.access
    if access.authentication == {"jwt", "api_key"}:
        return f"key:{access.scope}" if access.scope else "key"
    return {frozenset(): "nobody", frozenset({"jwt"}): "session"}[access.authentication]


def team_roles(operation: Operation) -> str:
    given = operation.access.roles
    return "-" if given is None else " ".join(role for role in ROLES if role in given) or "none"


def test_names_routes_answers_and_access_are_the_agreed_ones() -> None:
    contract = load_contract()
    assert {as_row(operation) for operation in contract.operations.values()} == set(rows())


def test_the_tier_is_the_agreed_one() -> None:
    operations = load_contract().operations.values()
    assert {
        operation.operation_id for operation in operations if operation.access.tier == "creator"
    } == CREATORS_ONLY


def test_only_the_callback_of_the_render_workers_is_internal() -> None:
    operations = load_contract().operations.values()
    assert [operation.operation_id for operation in operations if operation.internal] == [
        "receive_job_callback"
    ]


def test_what_strangers_and_team_members_without_the_right_role_are_told() -> None:
    told = {
        operation.operation_id: {
            reason: refusal.status for reason, refusal in operation.access.refusals.items()
        }
        for operation in load_contract().operations.values()
        if operation.access.refusals
    }
    assert told == {
        "create_api_key": {"stranger": 403, "role": 403},
        "get_api_key": {"stranger": 404},
        "update_api_key": {"stranger": 404},
        "revoke_api_key": {"stranger": 404},
        "validate_spec": {"scope": 403},
        "estimate_spec": {"scope": 403, "stranger": 403, "role": 403},
        "create_job": {"scope": 403, "stranger": 403, "role": 403},
        "list_jobs": {"scope": 403},
        "get_job": {"scope": 403, "stranger": 404},
        "delete_job": {"scope": 403, "stranger": 404},
        "cancel_job": {"scope": 403, "stranger": 404, "role": 404},
        "clone_job": {"scope": 403, "stranger": 404, "role": 403},
        "get_job_events": {"scope": 403, "stranger": 404},
        "list_teams": {"scope": 403, "tier": 403},
        "create_team": {"scope": 403, "tier": 403},
        "get_team": {"scope": 403, "tier": 403, "stranger": 403},
        "update_team": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "delete_team": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "list_members": {"scope": 403, "tier": 403, "stranger": 403},
        "update_member_role": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "remove_member": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "leave_team": {"scope": 403, "tier": 403, "stranger": 404},
        "list_invitations": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "create_invitation": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "revoke_invitation": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "resend_invitation": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "accept_invitation": {"stranger": 403},
        "decline_invitation": {"stranger": 403},
        "list_artifacts": {"scope": 403},
        "get_artifact": {"scope": 403, "stranger": 404},
        "create_storyboard": {"scope": 403, "stranger": 403, "role": 403},
        "create_character": {"scope": 403, "stranger": 403, "role": 403},
        "delete_artifact": {"scope": 403, "stranger": 404, "role": 403},
        "list_conversations": {"scope": 403},
        "create_conversation": {"scope": 403},
        "get_conversation": {"scope": 403, "stranger": 404},
        "update_conversation": {"scope": 403, "stranger": 404},
        "delete_conversation": {"scope": 403, "stranger": 404},
        "list_messages": {"scope": 403, "stranger": 404},
        "send_message": {"scope": 403, "stranger": 404},
        "render_artifact": {"scope": 403, "stranger": 404, "role": 403},
        "create_project_job": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "list_projects": {"scope": 403, "tier": 403, "stranger": 403},
        "create_project": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "get_project": {"scope": 403, "tier": 403, "stranger": 404},
        "update_project": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "update_project_spec": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "delete_project": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "archive_project": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "unarchive_project": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "create_asset_upload_url": {"scope": 403, "stranger": 403, "role": 403},
        "confirm_asset_upload": {"scope": 403, "stranger": 404, "role": 403},
        "list_assets": {"scope": 403},
        "get_asset": {"scope": 403, "stranger": 404},
        "delete_asset": {"scope": 403, "stranger": 404, "role": 403},
        "list_webhooks": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "create_webhook": {"scope": 403, "tier": 403, "stranger": 403, "role": 403},
        "get_webhook": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "update_webhook": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "delete_webhook": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "rotate_webhook_secret": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "test_webhook": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "list_webhook_deliveries": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
        "retry_webhook_delivery": {"scope": 403, "tier": 403, "stranger": 404, "role": 403},
    }


def as_call(contract: Contract, webhook: Webhook) -> tuple[str, ...]:
    payload = contract.schema(webhook.payload)
    event = payload["properties"]["event"]["const"]
    return (event, webhook.payload, " ".join(always_there(contract, payload["properties"].get("job", {}))))


def always_there(contract: Contract, part: Any) -> Iterator[str]:
    """The required members of an object; of an object in it, its required members after its name."""
    schema = contract.resolve(part)
    for name in schema.get("required", ()):
        inner = contract.resolve(schema["properties"][name])
        yield from (f"{name}.{one}" for one in inner["required"]) if "required" in inner else (name,)


def test_the_calls_to_webhooks_are_the_agreed_ones() -> None:
    contract = load_contract()
    assert [as_call(contract, webhook) for webhook in contract.webhooks.values()] == list(rows(CALLS))
    assert list(contract.webhooks) == [event for event, _, _ in rows(CALLS)]


def test_every_call_says_what_it_is_and_carries_the_three_headers() -> None:
    contract = load_contract()
    for webhook in contract.webhooks.values():
        required = {"event", "timestamp", "delivery_id"} | ({"job"} if webhook.name in STATUSES else set())
        assert set(contract.schema(webhook.payload)["required"]) == required
        assert {name: header["required"] for name, header in webhook.headers().items()} == {
            "X-Webhook-Delivery-Id": True,
            "X-Webhook-Timestamp": True,
            "X-Webhook-Signature": True,
        }


def test_the_state_of_the_job_follows_from_the_event() -> None:
    contract = load_contract()
    assert {
        event: contract.resolve(contract.schema(webhook.payload)["properties"]["job"])["properties"][
            "status"
        ]["const"]
        for event, webhook in contract.webhooks.items()
        if event in STATUSES
    } == STATUSES
