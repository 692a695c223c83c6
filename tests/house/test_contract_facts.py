"""The contract agrees with the agreed facts: names, routes, answers and who may call.

The table was written down apart from the contract, so that a slip in one shows in the other.
"""

from collections.abc import Iterator

from framecast_contract.contract import Operation, load_contract

ROLES = ("owner", "admin", "member", "viewer")

# operation | method and path | answers | who | team roles
# who: nobody = credentials are not looked at; session = JWT only; key = JWT or any key;
# key:<scope> = JWT or a key holding that scope
FACTS = """
get_root             | GET /                                    | 200                                 | nobody         | -
get_health           | GET /health                              | 200                                 | nobody         | -
get_whoami           | GET /v1/auth/whoami                      | 200 401 404 429 500                 | key            | -
get_account          | GET /v1/account                          | 200 401 404 429 500                 | session        | -
update_account       | PATCH /v1/account                        | 200 400 401 404 429 500             | session        | -
upgrade_account      | POST /v1/account/upgrade                 | 200 400 401 404 409 429 500         | session        | -
list_api_keys        | GET /v1/auth/keys                        | 200 401 429 500                     | session        | -
create_api_key       | POST /v1/auth/keys                       | 201 400 401 403 429 500             | session        | owner admin member
get_api_key          | GET /v1/auth/keys/{key_id}               | 200 400 401 404 429 500             | session        | -
update_api_key       | PATCH /v1/auth/keys/{key_id}             | 200 400 401 404 409 429 500         | session        | -
revoke_api_key       | DELETE /v1/auth/keys/{key_id}            | 204 400 401 404 409 429 500         | session        | -
validate_spec        | POST /v1/spec/validate                   | 200 400 401 403 429 500             | key:generate   | -
estimate_spec        | POST /v1/spec/estimate                   | 200 400 401 403 429 500             | key:generate   | owner admin member
create_job           | POST /v1/generate                        | 200 201 400 401 402 403 409 429 500 | key:generate   | owner admin member
list_jobs            | GET /v1/jobs                             | 200 400 401 403 429 500             | key:jobs:read  | owner admin member viewer
get_job              | GET /v1/jobs/{job_id}                    | 200 400 401 403 404 429 500         | key:jobs:read  | owner admin member viewer
delete_job           | DELETE /v1/jobs/{job_id}                 | 204 400 401 403 404 429 500         | key:jobs:write | -
cancel_job           | POST /v1/jobs/{job_id}/cancel            | 200 400 401 403 404 409 429 500     | key:jobs:write | owner admin
clone_job            | POST /v1/jobs/{job_id}/clone             | 201 400 401 402 403 404 409 429 500 | key:jobs:write | owner admin member
get_job_events       | GET /v1/jobs/{job_id}/events             | 200 400 401 403 404 410 429 500     | key:jobs:read  | owner admin member viewer
receive_job_callback | POST /internal/jobs/callback             | 200 400 404 409 500                 | nobody         | -
list_system_assets   | GET /v1/system-assets                    | 200 400 401 429 500                 | key            | -
get_system_asset     | GET /v1/system-assets/{system_asset_id}  | 200 401 404 429 500                 | key            | -
"""  # noqa: E501 - a table

CREATORS_ONLY: frozenset[str] = frozenset()  # none of these operations asks for the creator tier


def rows() -> Iterator[tuple[str, ...]]:
    for line in FACTS.strip().splitlines():
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
    return "-" if given is None else " ".join(role for role in ROLES if role in given)


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
    }
