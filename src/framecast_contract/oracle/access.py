"""Access: which refusal the contract documents for whom, in the order the checks are made.

Credentials come first, then tier and scope, then whether the caller sees the resource, then the role.
The place of the scope check after the credentials is open, so one caller may have two allowed refusals.
"""

from dataclasses import dataclass

from framecast_contract.contract import Access
from framecast_contract.oracle.owners import Person, can_read, role_for
from framecast_contract.oracle.words import FORBIDDEN, NOT_FOUND, OK, TIER_TOO_LOW, Answer, Json, Rule

_AUTH = "conventions.md 2"
_ORDER = "conventions.md 3"

RULES = (
    Rule("AUTH-1", "Without an Authorization header the answer is 401 MISSING_AUTHORIZATION.", _AUTH),
    Rule("AUTH-2", "A header in no accepted form is answered 401 INVALID_AUTHORIZATION.", _AUTH),
    Rule(
        "AUTH-3",
        "A token that is broken, expired or not meant for Framecast is answered 401 INVALID_TOKEN.",
        _AUTH,
    ),
    Rule(
        "AUTH-4",
        "An unknown, revoked or expired key is answered 401 INVALID_API_KEY, the same for all three.",
        _AUTH,
    ),
    Rule(
        "AUTH-5",
        "Where keys are accepted they work with and without the Bearer scheme; tokens need it.",
        _AUTH,
    ),
    Rule(
        "AUTH-6",
        "Where only sessions are accepted a key is a bad token, or a bad header when sent bare.",
        "accounts-and-teams.md 0.1",
    ),
    Rule("AUTH-7", "The first request of a new person needs an e-mail claim, else 401 MISSING_EMAIL.", _AUTH),
    Rule(
        "AUTH-8",
        "Operations without authentication do not look at credentials, not even at garbage.",
        "jobs-and-rendering.md 2",
    ),
    Rule("AUTH-9", "A key acts as its user, with the user's tier and memberships of the moment.", _AUTH),
    Rule("AUTH-10", "X-API-Key is no way to authenticate.", "conventions.md 1"),
    Rule("ACCESS-1", "Credentials are checked before tier, and tier before ids, query and body.", _ORDER),
    Rule(
        "ACCESS-2",
        "A starter on an operation for creators is answered 403 INSUFFICIENT_TIER.",
        "conventions.md 10",
    ),
    Rule(
        "ACCESS-3",
        "A key without the operation's scope, and without *, is answered 403 AUTHORIZATION_ERROR.",
        "conventions.md 12",
    ),
    Rule(
        "ACCESS-4",
        "Scopes stand for themselves: none includes another, and only * includes all.",
        "conventions.md 12",
    ),
    Rule("ACCESS-5", "A session is never limited by scopes.", "conventions.md 12"),
    Rule(
        "ACCESS-6",
        "A job the caller does not see answers as if it did not exist: 404.",
        "jobs-and-rendering.md 0.2",
    ),
    Rule(
        "ACCESS-7",
        "A job is canceled by who triggered it, or by an owner or admin of its team.",
        "jobs-and-rendering.md 3",
    ),
    Rule(
        "D-9",
        "A team member who sees a job but may not cancel it is answered 404.",
        "jobs-and-rendering.md 10",
    ),
)

NONE = "none"
MALFORMED = "malformed"
GARBAGE = "garbage"
EXPIRED_JWT = "expired_jwt"
JWT_WITHOUT_EMAIL = "jwt_without_email"
JWT = "jwt"
API_KEY = "api_key"
REVOKED_KEY = "revoked_key"
EXPIRED_KEY = "expired_key"
UNKNOWN_KEY = "unknown_key"

TOKENS = (GARBAGE, EXPIRED_JWT, JWT_WITHOUT_EMAIL, JWT)
KEYS = (API_KEY, REVOKED_KEY, EXPIRED_KEY, UNKNOWN_KEY)
CREDENTIALS = (NONE, MALFORMED, *TOKENS, *KEYS)

MISSING_AUTHORIZATION = Answer(401, "MISSING_AUTHORIZATION")
INVALID_AUTHORIZATION = Answer(401, "INVALID_AUTHORIZATION")
INVALID_TOKEN = Answer(401, "INVALID_TOKEN")
MISSING_EMAIL = Answer(401, "MISSING_EMAIL")
INVALID_API_KEY = Answer(401, "INVALID_API_KEY")


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls: the kind of credential, whether it is sent without `Bearer`, tier, and the key's scopes."""

    credential: str = JWT
    bare: bool = False
    tier: str = "starter"
    scopes: frozenset[str] = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Relation:
    """What the resource is to the caller: seen or not, own or not, and the role in the team behind it.

    `own` lifts the role check, as for the job one triggered: set it only where the operation grants that.
    """

    sees: bool = True
    own: bool = False
    role: str | None = None


OWN = Relation(own=True)
FOREIGN = Relation(sees=False)


def relation(owner: str, person: Person, *, made_by: str) -> Relation:
    """The relation of `person` to a thing of `owner` that user `made_by` triggered or uploaded."""
    return Relation(can_read(owner, person), made_by == person.id, role_for(owner, person))


def team_relation(team_id: str, person: Person) -> Relation:
    """The relation of `person` to a team and to what lies below its path."""
    role = person.roles.get(team_id) if person.tier == "creator" else None
    return Relation(sees=role is not None, role=role)


def credentials_answer(access: Access, caller: Caller) -> Answer | None:
    """The 401 of `caller`, None when the credentials are good (AUTH-1 to AUTH-8)."""
    if caller.credential not in CREDENTIALS:
        raise ValueError(f"credential {caller.credential!r}, expected one of {', '.join(CREDENTIALS)}")
    if not access.authentication:
        return None
    if caller.credential == NONE:
        return MISSING_AUTHORIZATION
    keys_accepted = "api_key" in access.authentication
    is_key = caller.credential in KEYS
    if caller.credential == MALFORMED or (caller.bare and not (is_key and keys_accepted)):
        return INVALID_AUTHORIZATION
    if is_key and keys_accepted:
        return None if caller.credential == API_KEY else INVALID_API_KEY
    return {JWT: None, JWT_WITHOUT_EMAIL: MISSING_EMAIL}.get(caller.credential, INVALID_TOKEN)


def expected_refusals(access: Access, caller: Caller, resource: Relation = OWN) -> tuple[Answer, ...]:
    """Every refusal the contract allows, in documented order; empty when the caller gets through."""
    unknown = credentials_answer(access, caller)
    if unknown:
        return (unknown,)
    if not access.authentication:
        return ()
    # The scope check may stand anywhere between the credentials and the operation's own checks.
    early = (_tier(access, caller), _scope(access, caller))
    refused = tuple(answer for answer in early if answer)
    return refused or _operation_check(access, resource)


def expected_answers(access: Access, caller: Caller, resource: Relation = OWN) -> Answer | None:
    """The refusal that comes first in documented order, None when the caller gets through."""
    return next(iter(expected_refusals(access, caller, resource)), None)


def _tier(access: Access, caller: Caller) -> Answer | None:
    too_low = access.tier == "creator" and caller.tier != "creator"
    return _documented(access, "tier", TIER_TOO_LOW) if too_low else None


def _scope(access: Access, caller: Caller) -> Answer | None:
    limited = caller.credential == API_KEY and access.scope is not None
    if not limited or caller.scopes & {access.scope, "*"}:
        return None
    return _documented(access, "scope", FORBIDDEN)


def _operation_check(access: Access, resource: Relation) -> tuple[Answer, ...]:
    if not resource.sees and "stranger" in access.refusals:
        return (_documented(access, "stranger", NOT_FOUND),)
    allowed = access.roles is None or resource.own or resource.role is None or resource.role in access.roles
    return () if allowed else (_documented(access, "role", FORBIDDEN),)


def _documented(access: Access, reason: str, default: Answer) -> Answer:
    refusal = access.refusals.get(reason)
    return Answer(refusal.status, refusal.code) if refusal else default


def cancel_answers(job: Json, person: Person) -> frozenset[Answer]:
    """What `person` may be answered for canceling the active `job` (ACCESS-7, D-9).

    An admin does not see a member's membership job, yet is named as one who may cancel it: both answers
    stand.
    """
    if job["triggered_by"] == person.id and can_read(job["owner"], person):
        return frozenset({OK})
    leads = role_for(job["owner"], person) in ("owner", "admin")
    if can_read(job["owner"], person):
        return frozenset({OK}) if leads else frozenset({NOT_FOUND})
    return frozenset({OK, NOT_FOUND}) if leads else frozenset({NOT_FOUND})
