"""A creation with much wrong is answered for the first of it: owner, repetition, storyboard, means."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import OK
from framecast_contract.oracle.world import World
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import answer_to
from framecast_contract.workloads.storyboards import storyboard

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

OWNERS = {
    "nobody named": None,
    "somebody else": "framecast:user:7b0c2a54-3a4e-4f0e-9b7d-5f1f3f0e6a11",
    "no URN": "me",
}
KEYS = {"no key": None, "a used key": "used", "a new key": "new"}
SPECS: Mapping[str, dict[str, Any]] = {
    "sound": storyboard(30),
    "broken": {**storyboard(30), "timeline": [{"scene": "nowhere"}]},
}


@pytest.mark.rule("WORLD-2", "ERROR-7")
@pytest.mark.parametrize("spec", SPECS)
@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("owner", OWNERS)
async def test_a_creation_is_answered_for_the_first_thing_that_is_wrong(
    people: People, owner: str, key: str, spec: str
) -> None:
    starter = await people.starter(credits=5)
    only = await starter.client.create_job(storyboard(5), idempotency_key="used")
    asked: dict[str, Any] = {"spec": SPECS[spec], "owner": OWNERS[owner]}

    answer = await answer_to(starter.client, operations.create_job(**asked, idempotency_key=KEYS[key]))

    # By now the starter has neither a free slot nor a credit left; which of the two is said first is open.
    empty = World({starter.user_id: Person(starter.user_id)}, {starter.owner: 5})
    _, world = empty.create_job(str(only.id), starter.user_id, storyboard(5), key="used")
    assert answer in (world.creation_refusals(starter.user_id, **asked, key=KEYS[key]) or (OK,))
    assert (await starter.client.list_jobs(), await starter.balance()) == ([only], 0)
