"""The contract as a whole: one document, an index of its operations, and of the calls it makes itself."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import MappingProxyType
from typing import Any

from framecast_contract.contract.bundling import bundle
from framecast_contract.contract.errors import ContractError
from framecast_contract.contract.operations import Link, Operation, read_access
from framecast_contract.contract.pointers import in_place, resolve
from framecast_contract.contract.webhooks import Webhook, index_webhooks

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


@dataclass(frozen=True)
class Contract:
    """A usable contract: `document` is one OpenAPI document whose references stay inside its components."""

    document: dict[str, Any]
    operations: Mapping[str, Operation]
    webhooks: Mapping[str, Webhook]

    def operation(self, operation_id: str) -> Operation:
        """The operation of that name. ContractError with the nearest name if there is none."""
        if operation_id in self.operations:
            return self.operations[operation_id]
        near = get_close_matches(operation_id, self.operations, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else ""
        raise ContractError(f"the contract has no operation {operation_id!r}{hint}")

    def webhook(self, event: str) -> Webhook:
        """The call made at `event`. ContractError naming the known events if there is none."""
        if event in self.webhooks:
            return self.webhooks[event]
        known = ", ".join(self.webhooks) or "none"
        raise ContractError(f"the contract has no webhook {event!r}; it has {known}")

    def resolve(self, node: Any) -> Any:
        """`node`, or what its `$ref` leads to. ContractError if that is nowhere."""
        return resolve(self.document, node)

    def schema(self, name: str) -> dict[str, Any]:
        """The component schema of that name, references followed once. ContractError if there is none."""
        schema: dict[str, Any] = self.resolve({"$ref": f"#/components/schemas/{name}"})
        return schema

    def input_names(self, operation_id: str) -> frozenset[str]:
        """The names of everything an operation takes: its parameters, and the members of its JSON body."""
        operation = self.operation(operation_id)
        body = self.resolve(operation.request_schema() or {})
        return frozenset({item["name"] for item in operation.parameters()} | set(body.get("properties", ())))

    def self_contained(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """`schema` together with the components it refers to, ready for a JSON Schema validator."""
        return {**schema, "components": {"schemas": self.document["components"]["schemas"]}}

    def links(self) -> tuple[Link, ...]:
        """Every link of every operation, in document order."""
        return tuple(link for operation in self.operations.values() for link in operation.links())


def default_path() -> Path:
    """Where the contract stands in a checkout of this project."""
    return Path(__file__).resolve().parents[3] / "openapi" / "framecast.yaml"


def load_contract(path: Path | None = None) -> Contract:
    """Read, bundle and index the contract at `path` (the checkout's own if None).

    ContractError, one line, if it is missing, not YAML, not OpenAPI 3, refers to nothing, names an operation
    twice, has an operation without a valid `x-access` or a webhook without a payload.
    """
    path = path or default_path()
    document = bundle(path)
    _require_openapi_3(path, document)
    operations = _index(path, document)
    _require_link_targets(path, operations)
    webhooks = index_webhooks(path, document)
    return Contract(document, MappingProxyType(operations), MappingProxyType(webhooks))


def _require_openapi_3(path: Path, document: Mapping[str, Any]) -> None:
    version = document.get("openapi")
    if version is None:
        raise ContractError(f"{path}: not an OpenAPI document, the key 'openapi' is missing")
    if not str(version).startswith("3."):
        raise ContractError(f"{path}: OpenAPI version is {version!r}; expected 3.x")
    if not isinstance(document.get("paths"), dict):
        raise ContractError(f"{path}: not an OpenAPI document, 'paths' is missing or no mapping")


def _index(path: Path, document: dict[str, Any]) -> dict[str, Operation]:
    operations: dict[str, Operation] = {}
    for url, item in document["paths"].items():
        if not isinstance(item, dict):
            raise ContractError(f"{path}: paths{url} is {item!r}; expected the operations of this path")
        for method in METHODS:
            if method in item:
                operation = _operation(document, method, url, item)
                _require_new_name(path, operation, operations)
                operations[operation.operation_id] = operation
    return operations


def _operation(document: dict[str, Any], method: str, url: str, item: Mapping[str, Any]) -> Operation:
    where = f"{method.upper()} {url}"
    own = item[method]
    name = own.get("operationId")
    if not isinstance(name, str):
        raise ContractError(f"{where}: operationId is missing; an operation needs its one name")
    _require_statuses(name, own.get("responses"))
    parameters = [*item.get("parameters", ()), *own.get("parameters", ())]
    content = in_place(document, {**own, "parameters": parameters})
    return Operation(name, method.upper(), url, tuple(own.get("tags", ())), read_access(name, own), content)


def _require_statuses(name: str, responses: Any) -> None:
    if not isinstance(responses, dict) or not responses:
        raise ContractError(f"{name}: responses are missing; an operation says what it answers")
    for status in responses:
        if not (len(status) == 3 and status.isdigit()):
            raise ContractError(f"{name}: response {status!r} is no status; name each one, such as '404'")


def _require_new_name(path: Path, operation: Operation, known: Mapping[str, Operation]) -> None:
    if operation.operation_id in known:
        first = known[operation.operation_id]
        raise ContractError(
            f"{path}: operationId {operation.operation_id!r} stands twice, at {first.method} {first.path} "
            f"and {operation.method} {operation.path}"
        )


def _require_link_targets(path: Path, operations: Mapping[str, Operation]) -> None:
    for operation in operations.values():
        for link in operation.links():
            if link.target not in operations:
                raise ContractError(
                    f"{path}: link {link.name!r} of {link.source} leads to unknown {link.target!r}"
                )
