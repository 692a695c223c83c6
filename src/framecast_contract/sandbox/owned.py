"""What jobs, assets and artifacts share: each belongs to an owner URN, and perhaps to a project.

Lists show what the accessible owners have, narrowed by every filter given (conventions 6 and 9).
"""

from collections.abc import Iterable, Mapping
from typing import Any

from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.http import UUID, Query, invalid, text


def owner_filter(query: Query) -> str | None:
    """The `owner` a list is narrowed to; 400 for text that is no canonical owner URN (E-QUERY)."""
    urn = query.text("owner")
    owner = None if urn is None else parse_owner(urn)
    if urn is not None and (owner is None or owner.is_reference):
        raise invalid("owner must be a canonical owner URN")
    return urn


def narrow(owners: list[str], filters: Iterable[tuple[str, Any]]) -> tuple[str, list[Any]]:
    """SQL condition and values: one of these owners, and every filter whose value is not None."""
    clauses = [f"owner IN ({', '.join('?' * len(owners))})"]
    values: list[Any] = list(owners)
    for clause, value in filters:
        if value is not None:
            clauses.append(clause)
            values.append(value)
    return " AND ".join(clauses), values


def uuid_member(body: Mapping[str, Any], name: str) -> str | None:
    """An optional id in a body, in canonical spelling; 400 when it is no UUID (E-BODY)."""
    value = text(body, name)
    if value is not None and not UUID.fullmatch(value):
        raise invalid(f"{name} must be a UUID")
    return value and value.lower()
