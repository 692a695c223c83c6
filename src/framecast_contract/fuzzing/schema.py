"""A schemathesis schema of the contract, bound to one target and one persona."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any, cast
from uuid import UUID

import requests
import schemathesis
from requests.adapters import BaseAdapter
from schemathesis.config import SchemathesisConfig
from schemathesis.core.transport import Response
from schemathesis.generation.case import Case
from schemathesis.specs.openapi.schemas import OpenApiSchema
from schemathesis.transport.requests import REQUESTS_TRANSPORT, RequestsTransport

from framecast_contract.contract import Contract

KnownIds = Mapping[str, Sequence[str]]
"""Parameter name → ids that exist in the fuzzed world, one per state that matters."""

CONFIGURATION = Path(__file__).resolve().parents[3] / "schemathesis.toml"
"""What both ways of running schemathesis share: its checks and the reasons for every exception to them."""

NOWHERE = "http://127.0.0.1:9"
"""Where the engine's probes go when the target is in process: the discard port refuses them at once."""


class MountedTransport(RequestsTransport):
    """Sends through an adapter of ours, whatever session the engine brings."""

    def __init__(self, adapter: BaseAdapter) -> None:
        super().__init__()
        self._adapter = adapter
        self._copy_serializers_from(REQUESTS_TRANSPORT)

    def send(self, case: Case[Any], *, session: requests.Session | None = None, **kwargs: Any) -> Response:
        session = session or requests.Session()
        session.mount("http://", self._adapter)
        return super().send(case, session=session, **kwargs)


class BoundSchema(OpenApiSchema):
    """The schema of a target in process; schemathesis finds a schema's transport through this property."""

    mounted: MountedTransport

    @property
    def transport(self) -> MountedTransport:
        return self.mounted


def fuzz_schema(
    contract: Contract,
    *,
    base_url: str,
    adapter: BaseAdapter | None,
    token: str | None,
    seed: int,
    max_examples: int,
    known_ids: KnownIds,
    operations: Sequence[str] | None = None,
) -> OpenApiSchema:
    """The contract as schemathesis fuzzes it, with `max_examples` per operation and phase, as `token`.

    `operations` limits it to those operationIds. Ids of `known_ids` replace most generated ids.
    """
    schema = schemathesis.openapi.from_dict(dict(contract.document), config=_config(seed))
    if operations is not None:
        # Not `include`: the configuration already includes everything, and includes add up.
        others = [name for name in contract.operations if name not in operations]
        schema = cast(OpenApiSchema, schema.exclude(operation_id=others)) if others else schema
    schema.config.update(
        base_url=base_url if adapter is None else NOWHERE,
        headers={"Authorization": f"Bearer {token}"} if token else None,
        workers=1,
    )
    # No example database: it slows a run by up to a fifth, and findings are kept as files instead.
    schema.config.generation.update(max_examples=max_examples, database="none")
    if adapter is not None:
        _mount(schema, adapter)
    _use_known_ids(schema, known_ids)
    return schema


def _config(seed: int) -> SchemathesisConfig:
    config = SchemathesisConfig.from_path(CONFIGURATION) if CONFIGURATION.exists() else SchemathesisConfig()
    config.update(seed=seed, max_failures=None, max_time=None)
    return config


def _mount(schema: OpenApiSchema, adapter: BaseAdapter) -> None:
    schema.__class__ = BoundSchema
    cast(BoundSchema, schema).mounted = MountedTransport(adapter)


def _use_known_ids(schema: OpenApiSchema, known_ids: KnownIds) -> None:
    """Three of four well-formed ids and owners become ones that exist; the choice follows from the value."""

    def known(name: str, value: Any) -> Any:
        ids = known_ids.get(name)
        number = _number(value)
        if not ids or number is None or number % 4 == 0:
            return value
        return Random(number).choice(ids)

    def map_path_parameters(context: Any, path_parameters: dict[str, Any]) -> dict[str, Any]:
        del context
        return {name: known(name, value) for name, value in (path_parameters or {}).items()}

    def map_query(context: Any, query: dict[str, Any]) -> dict[str, Any]:
        del context
        return {name: known(name, value) for name, value in (query or {}).items()}

    def map_body(context: Any, body: Any) -> Any:
        del context
        return {name: known(name, value) for name, value in body.items()} if isinstance(body, dict) else body

    schema.hooks.hook("map_path_parameters")(map_path_parameters)
    schema.hooks.hook("map_query")(map_query)
    schema.hooks.hook("map_body")(map_body)


def _number(value: Any) -> int | None:
    """The number of a UUID, or of the last one in an owner URN; None for everything else."""
    try:
        return UUID(value.removeprefix("framecast:").rpartition(":")[2]).int
    except (ValueError, TypeError, AttributeError):
        return None
