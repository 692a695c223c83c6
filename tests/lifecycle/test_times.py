"""Times in answers, of everything that has any: how they are spelled, and that births do not move."""

import re
from collections.abc import Iterator
from typing import Any

import pytest

from framecast_contract.contract import Contract
from framecast_contract.oracle.instants import broken_timestamp_rules
from framecast_contract.oracle.words import Json
from framecast_contract.target.people import People
from framecast_contract.workloads.populating import MAKERS, populated

SENT_BY_PEOPLE = frozenset({"spec", "spec_snapshot", "options", "metadata", "settings"})
"""Members that hold what somebody sent, whose times are spelled as they like."""


def _objects(value: Any) -> Iterator[Json]:
    """Every object in a decoded answer that the server made up itself."""
    if isinstance(value, list):
        for item in value:
            yield from _objects(item)
    elif isinstance(value, dict):
        yield value
        for name, member in value.items():
            if name not in SENT_BY_PEOPLE:
                yield from _objects(member)


@pytest.fixture
async def shown(people: People, contract: Contract) -> list[Json]:
    """All that a creator is shown who has a bit of everything, in many states, and reads it again."""
    creator = await people.creator()
    world = await populated(people, creator, MAKERS)
    ids = {name: made[0] for name, made in world.ids.items()}
    reader = people.raw_client(creator.name, f"Bearer {creator.token}")
    for name, operation in contract.operations.items():
        needed = set(re.findall(r"{(\w+)}", operation.path))
        if operation.method == "GET" and needed <= ids.keys() and name != "get_job_events":
            await reader.get(operation.path.format(**ids))
    answers = [exchange.json() for exchange in people.history if exchange.status < 300]
    return [each for answer in answers for each in _objects(answer)]


@pytest.mark.rule("TIME-1")
async def test_every_time_is_utc_and_says_so(shown: list[Json]) -> None:
    times = [
        (name, value) for each in shown for name, value in each.items() if name.endswith("_at") and value
    ]

    assert [broken for name, value in times for broken in broken_timestamp_rules(name, value)] == []
    assert {"created_at", "updated_at", "upgraded_at", "expires_at"} <= {name for name, _ in times}


@pytest.mark.rule("TIME-2")
async def test_a_creation_time_stays_whatever_is_changed(shown: list[Json]) -> None:
    births: dict[str, set[str]] = {}
    changes: dict[str, set[str]] = {}
    for each in shown:
        if "id" in each and "created_at" in each:
            births.setdefault(each["id"], set()).add(each["created_at"])
            changes.setdefault(each["id"], set()).add(str(each.get("updated_at")))

    assert {key: born for key, born in births.items() if len(born) > 1} == {}
    assert [key for key, moments in changes.items() if len(moments) > 1]
