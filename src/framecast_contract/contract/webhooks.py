"""The calls that the server makes itself: the `webhooks` section of the contract.

Nobody calls these, so they have no path and no `x-access`: what counts is what is sent, under which headers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from framecast_contract.contract.errors import ContractError
from framecast_contract.contract.pointers import in_place

_SCHEMAS = "#/components/schemas/"


@dataclass(frozen=True)
class Webhook:
    """One outgoing call: the event it is named after, its HTTP method, and the name of its payload's schema.

    `document` is its part of the contract with parameters, body, answers and examples in place; schemas stay
    `$ref`s into the contract's components.
    """

    name: str
    method: str
    payload: str
    document: Mapping[str, Any]

    def payload_schema(self) -> Mapping[str, Any]:
        """Schema of the body, a `$ref` into the components."""
        return {"$ref": f"{_SCHEMAS}{self.payload}"}

    def headers(self) -> Mapping[str, Mapping[str, Any]]:
        """The header parameters by name, in document order."""
        found = self.document.get("parameters", ())
        return {item["name"]: item for item in found if item["in"] == "header"}

    def examples(self) -> Mapping[str, Any]:
        """The example payloads by name."""
        body = self.document["requestBody"]["content"]["application/json"]
        return {name: example["value"] for name, example in body.get("examples", {}).items()}


def index_webhooks(path: Path, document: dict[str, Any]) -> dict[str, Webhook]:
    """Every webhook of the bundled `document` by name; `path` is only for messages.

    ContractError if one is not exactly one POST, or has no JSON body with a schema of the components.
    """
    section = document.get("webhooks", {})
    if not isinstance(section, dict):
        raise ContractError(f"{path}: webhooks is {section!r}; expected one call per event")
    return {name: _webhook(path, document, name, item) for name, item in section.items()}


def _webhook(path: Path, document: dict[str, Any], name: str, item: Any) -> Webhook:
    if not isinstance(item, dict) or list(item) != ["post"]:
        found = list(item) if isinstance(item, dict) else item
        raise ContractError(f"{path}: webhook {name!r} is {found!r}; expected exactly one call, 'post'")
    content = in_place(document, item["post"])
    return Webhook(name, "POST", _payload(path, name, content), content)


def _payload(path: Path, name: str, content: Mapping[str, Any]) -> str:
    match content:
        case {"requestBody": {"content": {"application/json": {"schema": {"$ref": str(reference)}}}}}:
            if reference.startswith(_SCHEMAS):
                return reference.removeprefix(_SCHEMAS)
    raise ContractError(f"{path}: webhook {name!r} has no payload; give its JSON body a named schema")
