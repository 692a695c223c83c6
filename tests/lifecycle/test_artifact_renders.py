"""Rendering an artifact: the job and the artifact that come of it, who may, in which order it is refused."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest

from framecast_client import operations
from framecast_contract.contract import Contract
from framecast_contract.oracle.access import API_KEY, Caller, expected_answers
from framecast_contract.oracle.artifacts import broken_artifact_rules
from framecast_contract.oracle.limits import slot_limit
from framecast_contract.oracle.owners import can_read, owner_answer
from framecast_contract.oracle.renders import (
    ArtifactRender,
    broken_output_rules,
    broken_render_rules,
    broken_source_rules,
    render_answer,
    render_price,
    render_refusals,
)
from framecast_contract.oracle.storage_keys import expected_key_prefix
from framecast_contract.oracle.words import CREATED, OK
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import answer_to, as_json
from framecast_contract.workloads.artifacts import DOG, KINDS, end_render, pair, renderable
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import STANDINGS, Standing, Team, known_as, somebody, team_with

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]

OWNED = ("personal", "team", "membership")
STATES = ("queued", "processing", "completed", "failed", "canceled")


def _owner(team: Team, kind: str) -> str:
    """The URN of that kind under which the team's member makes things."""
    member = team.member
    return {"personal": member.owner, "team": team.urn, "membership": team.membership(member)}[kind]


@pytest.mark.rule(
    "RENDER-1", "RENDER-4", "RENDER-5", "RENDER-6", "RENDER-9", "D-10", "D-13", "PRICE-7", "CREDIT-1",
    "CREDIT-2", "JOB-20", "INV-X5", "INV-X8", "INV-ART3", "INV-ART5", "INV-ART7", "STORE-1", "EVENT-5",
)  # fmt: skip
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("owned", OWNED)
async def test_a_render_is_a_job_and_an_artifact_to_be(people: People, owned: str, kind: str) -> None:
    team = await team_with(people, "member", credits=100)
    member, owner = team.member, _owner(team, owned)
    await people.target.set_credits(member.owner, 100)
    source = await renderable(kind, member, owner)

    render = await member.client.render_artifact(source.id)

    told, charged = as_json(render), render_price(kind, as_json(source)["spec"])
    broken = broken_render_rules(told["job"], told["artifact"], as_json(source), caller=member.user_id)
    assert broken == []
    artifact, job = await pair(member, render)
    assert (job, artifact["created_at"]) == (told["job"], told["artifact"]["created_at"])
    assert broken_output_rules(artifact, job, as_json(source)) == broken_artifact_rules(artifact) == []
    assert artifact["s3_key"].startswith(expected_key_prefix(owner))
    balances = (await member.balance(), await team.balance())
    assert balances == ((100 - charged, 100) if owned == "personal" else (100, 100 - charged))
    assert broken_source_rules(as_json(source), as_json(await member.client.get_artifact(source.id))) == []
    assert {each.id for each in await member.client.list_artifacts()} == {source.id, render.artifact.id}
    await member.client.cancel_job(render.job.id)
    assert (await event_types(member, render.job.id))[0] == "queued"


@dataclass(frozen=True, slots=True)
class Case:
    """What is wrong with a render that is tried: of the member's storyboard for the team, if nothing is."""

    standing: Standing = "member"
    owned: str = "team"
    kind: str = "storyboard"
    broken: bool = False
    taken: int = 0
    short_of: int = 0

    @property
    def spec(self) -> dict[str, Any]:
        """What is rendered: 5 credits' worth of scenes, a storyboard without any, or a dog."""
        return DOG if self.kind == "character" else {"scenes": []} if self.broken else storyboard(5)

    @property
    def balance(self) -> int:
        """Credits of the team when the render is tried."""
        price = 0 if self.broken else render_price(self.kind, self.spec)
        return max(price - self.short_of, 0)


LIMIT = slot_limit("framecast:team:", "creator")
CASES: Mapping[str, Case] = {
    "nothing": Case(),
    "nothing, of a character": Case(kind="character"),
    "funds": Case(short_of=1),
    "funds for a character": Case(kind="character", short_of=1),
    "slots": Case(taken=LIMIT),
    "slots for a character": Case(kind="character", taken=LIMIT),
    "slots and funds": Case(taken=LIMIT, short_of=1),
    "storyboard": Case(broken=True),
    "storyboard, slots and funds": Case(broken=True, taken=LIMIT, short_of=1),
    "viewer": Case("viewer"),
    "viewer, storyboard, slots and funds": Case("viewer", broken=True, taken=LIMIT, short_of=1),
    "stranger": Case("stranger", broken=True, taken=LIMIT, short_of=1),
    "an admin, but a member's own": Case("admin", owned="membership"),
    "an owner, but a member's own": Case("owner", owned="personal", broken=True),
}


@pytest.mark.rule("RENDER-3", "SPEC-3", "ARTIFACT-2", "CREDIT-4", "CARD-5", "OWNER-5", "ERROR-7")
@pytest.mark.parametrize("wrong", CASES)
async def test_a_render_is_refused_in_order(people: People, wrong: str) -> None:
    case = CASES[wrong]
    team = await team_with(people, "member", credits=100)
    person, owner = await somebody(people, team, case.standing), _owner(team, case.owned)
    create: Any = operations.create_character if case.kind == "character" else operations.create_storyboard
    source = (await team.member.client.send(create(case.spec, owner=owner))).result
    for _ in range(case.taken):
        await team.member.client.create_job(storyboard(1), owner=owner)
    await people.target.set_credits(team.urn, case.balance)

    answer = await answer_to(person.client, operations.render_artifact(source.id))

    known = known_as(person, team, case.standing)
    sees, uses = can_read(owner, known), owner_answer(owner, known) is None
    met = ArtifactRender(case.kind, case.spec, LIMIT - case.taken, case.balance, sees, uses)
    assert answer in (render_refusals(met) or (CREATED,))
    made = await team.member.client.list_artifacts(source="job")
    if not answer.accepted:
        assert (made, await team.balance()) == ([], case.balance)


@pytest.mark.rule("RENDER-2", "RENDER-3")
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("state", STATES)
async def test_what_is_media_already_is_not_rendered(
    people: People, back_end: RenderBackEnd, state: str, kind: str
) -> None:
    person = await people.creator(credits=100)
    render = await person.client.render_artifact((await renderable(kind, person)).id)
    await end_render(back_end, person, render, state)
    media, balance = await person.client.get_artifact(render.artifact.id), await person.balance()

    answer = await answer_to(person.client, operations.render_artifact(media.id))

    assert answer == render_answer(ArtifactRender(media.kind, media.spec, free_slots=4, balance=balance))
    assert (await person.balance(), len(await person.client.list_artifacts())) == (balance, 2)


@pytest.mark.rule("RENDER-3", "RENDER-6", "OWNER-4", "OWNER-5", "INV-ART7")
@pytest.mark.parametrize("standing", STANDINGS)
async def test_who_renders_what_the_team_has(people: People, standing: Standing) -> None:
    team = await team_with(people, credits=100)
    source = await renderable("character", team.owner, team.urn)
    person = await somebody(people, team, standing)
    known = known_as(person, team, standing)

    answer = await answer_to(person.client, operations.render_artifact(source.id))

    sees, uses = can_read(team.urn, known), owner_answer(team.urn, known) is None
    assert answer == render_answer(ArtifactRender("character", DOG, LIMIT, 100, sees, uses))
    made = await team.owner.client.list_artifacts(source="job")
    assert [str(each.created_by) for each in made] == ([person.user_id] if answer.accepted else [])


@pytest.mark.rule("RENDER-9", "INV-ART6", "RENDER-5")
@pytest.mark.parametrize("kind", KINDS)
async def test_rendering_twice_makes_two_of_everything(people: People, kind: str) -> None:
    person = await people.creator(credits=100)
    source = await renderable(kind, person)

    renders = [await person.client.render_artifact(source.id) for _ in range(2)]

    pairs = [await pair(person, render) for render in renders]
    assert len({artifact["id"] for artifact, _ in pairs} | {job["id"] for _, job in pairs}) == 4
    assert len({artifact["s3_key"] for artifact, _ in pairs}) == 2
    assert await person.balance() == 100 - 2 * render_price(kind, source.spec or {})
    assert await person.client.get_artifact(source.id) == source


@pytest.mark.rule("D-26", "ACCESS-3", "ACCESS-4")
@pytest.mark.parametrize("scope", ["generate", "artifacts:write", "artifacts:read", "jobs:write"])
async def test_keys_render_with_the_scope_of_artifacts(
    people: People, contract: Contract, scope: str
) -> None:
    person = await people.creator(credits=100)
    key, source = await people.key_of(person, scope), await renderable("character", person)
    known = Caller(API_KEY, tier="creator", scopes=frozenset({scope}))
    requests: Mapping[str, Any] = {
        "render_artifact": (operations.render_artifact(source.id), CREATED),
        "validate_spec": (operations.validate_spec(storyboard(5)), OK),
        "estimate_spec": (operations.estimate_spec(storyboard(5)), OK),
    }

    for operation_id, (request, taken) in requests.items():
        refused = expected_answers(contract.operations[operation_id].access, known)
        assert await answer_to(key.client, request) == (refused or taken)
