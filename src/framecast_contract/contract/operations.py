"""One operation of the contract and who may call it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from framecast_contract.contract.errors import ContractError

_KINDS = frozenset({"jwt", "api_key"})
_TIERS = ("starter", "creator")
_ROLES = frozenset({"owner", "admin", "member", "viewer"})
_REASONS = frozenset({"scope", "tier", "stranger", "role"})


@dataclass(frozen=True)
class Refusal:
    """What a refused caller gets: an HTTP status and an error code."""

    status: int
    code: str


@dataclass(frozen=True)
class Access:
    """Who may call an operation: its `x-access`.

    `authentication` is empty when credentials are not looked at. `scope` is what an API key must hold (None:
    nothing). `tier` is the lowest that may call. `roles` are the team roles that may act on what a team owns
    (None: roles play no part). `refusals` maps `scope`, `tier`, `stranger` and `role` to the answer, where
    they apply.
    """

    authentication: frozenset[str]
    scope: str | None
    tier: str
    roles: frozenset[str] | None
    refusals: Mapping[str, Refusal]


@dataclass(frozen=True)
class Link:
    """From an answer of one operation to a call of another (OpenAPI link)."""

    name: str
    source: str
    status: str
    target: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Operation:
    """One method and path.

    `document` is its part of the contract with parameters, request body, responses, headers, examples and
    links in place; schemas stay `$ref`s into the contract's components.
    """

    operation_id: str
    method: str
    path: str
    tags: tuple[str, ...]
    access: Access
    document: Mapping[str, Any]

    @property
    def internal(self) -> bool:
        """Whether it is only for Framecast's own parts (`x-internal`)."""
        return bool(self.document.get("x-internal", False))

    def statuses(self) -> tuple[int, ...]:
        """Every documented status, ascending."""
        return tuple(sorted(int(status) for status in self.document["responses"]))

    def success_statuses(self) -> tuple[int, ...]:
        """Documented statuses below 400, ascending."""
        return tuple(status for status in self.statuses() if status < 400)

    def response(self, status: int) -> Mapping[str, Any]:
        """The documented answer with `status`. KeyError, naming the documented ones, if there is none."""
        if status not in self.statuses():
            raise KeyError(f"{self.operation_id} documents {self.statuses()}, not {status}")
        response: Mapping[str, Any] = self.document["responses"][str(status)]
        return response

    def error_codes(self, status: int) -> tuple[str, ...]:
        """The error codes documented for `status`; none for a success."""
        return tuple(self.response(status).get("x-error-codes", ()))

    def media_types(self, status: int) -> tuple[str, ...]:
        """Media types of the answer with `status`; none when it has no body."""
        return tuple(self.response(status).get("content", {}))

    def response_schema(self, status: int, media_type: str = "application/json") -> Mapping[str, Any] | None:
        """Schema of that body; None when the contract documents no such body."""
        schema: Mapping[str, Any] | None = (
            self.response(status).get("content", {}).get(media_type, {}).get("schema")
        )
        return schema

    def request_schema(self, media_type: str = "application/json") -> Mapping[str, Any] | None:
        """Schema of the request body; None when the operation takes none."""
        content = self.document.get("requestBody", {}).get("content", {})
        schema: Mapping[str, Any] | None = content.get(media_type, {}).get("schema")
        return schema

    def parameters(self, place: str | None = None) -> tuple[Mapping[str, Any], ...]:
        """Its parameters, the path item's included; only those in `place` (path, query, header) if given."""
        found = self.document.get("parameters", ())
        return tuple(item for item in found if place is None or item["in"] == place)

    def links(self) -> tuple[Link, ...]:
        """Where its answers lead, in document order."""
        return tuple(
            Link(name, self.operation_id, status, link["operationId"], link.get("parameters", {}))
            for status, response in self.document["responses"].items()
            for name, link in response.get("links", {}).items()
        )


def read_access(operation: str, document: Mapping[str, Any]) -> Access:
    """The `x-access` of an operation. ContractError naming the operation and the wrong member."""
    raw = document.get("x-access")
    if not isinstance(raw, dict):
        raise ContractError(f"{operation}: x-access is missing; every operation says who may call it")
    roles = raw.get("roles")
    return Access(
        authentication=_subset(operation, "authentication", raw.get("authentication"), _KINDS),
        scope=_scope(operation, raw),
        tier=_tier(operation, raw.get("tier")),
        roles=None if roles is None else _subset(operation, "roles", roles, _ROLES),
        refusals=_refusals(operation, raw.get("refusals", {})),
    )


def _subset(operation: str, member: str, found: Any, known: frozenset[str]) -> frozenset[str]:
    if not isinstance(found, list) or not all(isinstance(item, str) and item in known for item in found):
        raise _wrong(operation, member, found, f"a list of {', '.join(sorted(known))}")
    return frozenset(found)


def _scope(operation: str, raw: Mapping[str, Any]) -> str | None:
    scope = raw.get("scope", False)
    if scope is None or (isinstance(scope, str) and "api_key" in raw["authentication"]):
        return scope
    raise _wrong(operation, "scope", scope, "null, or a scope where keys are accepted")


def _tier(operation: str, found: Any) -> str:
    if isinstance(found, str) and found in _TIERS:
        return found
    raise _wrong(operation, "tier", found, "starter or creator")


def _refusals(operation: str, found: Any) -> dict[str, Refusal]:
    if not isinstance(found, dict) or not found.keys() <= _REASONS:
        raise _wrong(operation, "refusals", found, f"a mapping of {', '.join(sorted(_REASONS))}")
    return {reason: _refusal(operation, reason, answer) for reason, answer in found.items()}


def _refusal(operation: str, reason: str, answer: Any) -> Refusal:
    match answer:
        case {"status": int(status), "code": str(code)}:
            return Refusal(status, code)
    raise _wrong(operation, f"refusals.{reason}", answer, "{status: <number>, code: <error code>}")


def _wrong(operation: str, member: str, found: Any, expected: str) -> ContractError:
    return ContractError(f"{operation}: x-access.{member} is {found!r}; expected {expected}")
