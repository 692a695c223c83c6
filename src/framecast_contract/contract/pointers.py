"""JSON pointers and `$ref`s inside one bundled document."""

from typing import Any

from framecast_contract.contract.errors import ContractError

_LEFT_AS_IT_IS = frozenset({"schema", "value", "example", "default"})


def look_up(document: Any, pointer: str, where: str) -> Any:
    """The node at JSON `pointer` (RFC 6901). ContractError naming `where` if there is none."""
    node = document
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, list) and key.isdigit() and int(key) < len(node):
            node = node[int(key)]
        elif isinstance(node, dict) and key in node:
            node = node[key]
        else:
            raise ContractError(f"{where}: $ref #{pointer} points nowhere ({key!r} is not there)")
    return node


def resolve(document: dict[str, Any], node: Any) -> Any:
    """`node` with its chain of `$ref`s followed; what stands beside a `$ref` overrides its target (3.1)."""
    seen: set[str] = set()
    while isinstance(node, dict) and isinstance(node.get("$ref"), str):
        reference = node["$ref"]
        if reference in seen:
            raise ContractError(f"$ref {reference} points to itself")
        seen.add(reference)
        beside = {key: value for key, value in node.items() if key != "$ref"}
        node = {**look_up(document, reference.removeprefix("#"), "contract"), **beside}
    return node


def in_place(document: dict[str, Any], node: Any) -> Any:
    """`node` with references resolved everywhere but in schemas, example values and extensions."""
    node = resolve(document, node)
    if isinstance(node, list):
        return [in_place(document, item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: value if key in _LEFT_AS_IT_IS or key.startswith("x-") else in_place(document, value)
        for key, value in node.items()
    }
