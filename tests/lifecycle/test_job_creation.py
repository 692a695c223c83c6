"""What creating a job does: the debit, the blank job, idempotent replay, slots, funds."""

from collections.abc import Mapping
from typing import Any

import pytest

from framecast_client import ConflictError, InsufficientCreditsError, ValidationError, operations
from framecast_contract.oracle.idempotency import broken_replay_rules, key_answer
from framecast_contract.oracle.jobs import broken_birth_rules
from framecast_contract.oracle.prices import CHARACTER_CREDITS, broken_charge_rules
from framecast_contract.oracle.words import CREATED, OK
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import answer_of, as_json
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth

pytestmark = [pytest.mark.needs("credits", "renders"), pytest.mark.usefixtures("back_end")]


@pytest.mark.rule("JOB-20", "CREDIT-2", "OWNER-2", "INV-J1", "INV-J13", "SPEC-4", "PRICE-4")
async def test_a_new_job_is_blank_and_charged(starter: Persona) -> None:
    spec = {**storyboard(1.2, 7), "mood": "kept as sent"}
    estimate = await starter.client.estimate_spec(spec)

    job = await starter.client.create_job(spec, options={"draft": True})

    assert broken_birth_rules(job.model_dump(mode="json")) == []
    assert (job.owner, str(job.triggered_by)) == (starter.owner, starter.user_id)
    assert (job.spec_snapshot.model_dump(), job.options) == (spec, {"draft": True})
    assert job.credits_charged == estimate.estimated_credits == 9
    assert await starter.balance() == 10_000 - 9
    assert await starter.client.list_jobs() == [job]


@pytest.mark.rule("IDEM-1", "IDEM-2")
async def test_a_repeated_key_gives_the_same_job_and_costs_nothing(
    starter: Persona, back_end: RenderBackEnd
) -> None:
    first = await starter.client.send(operations.create_job(storyboard(5), idempotency_key="k"))
    assert first.status == 201
    await back_end.start(first.result.id)

    again = await starter.client.send(operations.create_job(storyboard(30, 30), idempotency_key="k"))

    assert (again.status, again.result.id, again.result.status) == (200, first.result.id, "processing")
    assert again.result.spec_snapshot == first.result.spec_snapshot
    assert await starter.balance() == 10_000 - 5
    assert len(await starter.client.list_jobs()) == 1


BROKEN = {**storyboard(5), "timeline": [{"scene": "nowhere"}]}
WISHES: Mapping[str, dict[str, Any]] = {
    "the same": {},
    "another storyboard": {"spec": storyboard(30, 30)},
    "a broken storyboard": {"spec": BROKEN},
    "other options": {"options": {"draft": True}},
    "another owner": {"owner": "the team"},
}


@pytest.mark.rule("D-5", "IDEM-1", "IDEM-2", "IDEM-3", "WORLD-2")
@pytest.mark.parametrize("wish", WISHES)
async def test_a_repeat_gets_the_stored_job_whatever_it_asks_for(people: People, wish: str) -> None:
    owner = await people.creator(credits=5)
    (team,) = await owner.client.list_teams()
    stored = await owner.client.create_job(storyboard(5), idempotency_key="k")
    asked = {"spec": storyboard(5), **WISHES[wish]}
    if "owner" in asked:
        asked["owner"] = f"framecast:team:{team.id}"

    again = await owner.client.send(operations.create_job(**asked, idempotency_key="k"))

    assert broken_replay_rules(as_json(stored), again.status, as_json(again.result)) == []
    assert (again.result, await owner.client.list_jobs()) == (stored, [stored])
    assert await owner.balance() == 0
    await owner.client.cancel_job(stored.id)
    assert await event_types(owner, stored.id) == ["queued", "canceled"]


USED_KEYS: Mapping[str, object] = {
    "none": None, "one": "k", "a blank": " ", "255": "k" * 255, "255 beyond the BMP": "🎬" * 255,
    "empty": "", "256": "k" * 256, "256 beyond the BMP": "🎬" * 256, "with U+0000": "k\0", "a number": 7,
    "a list": ["k"],
}  # fmt: skip


@pytest.mark.rule("IDEM-5", "IDEM-1")
@pytest.mark.parametrize("name", USED_KEYS)
async def test_a_key_has_1_to_255_characters(people: People, creator: Persona, name: str) -> None:
    key = USED_KEYS[name]
    raw = people.raw_client(creator.name, f"Bearer {creator.token}")
    body = {"spec": storyboard(5), "idempotency_key": key}

    answers = [await answer_of(raw.post("/v1/generate", json=body)) for _ in range(2)]

    refused, again = key_answer(key), CREATED if key is None else OK
    assert answers == ([refused, refused] if refused else [CREATED, again])
    made = [job.idempotency_key for job in await creator.client.list_jobs()]
    assert made == ([] if refused else [key] * answers.count(CREATED))


@pytest.mark.rule("IDEM-3", "IDEM-4")
async def test_a_key_belongs_to_one_user_and_is_compared_exactly(people: People) -> None:
    alice, bob = await people.creator(credits=100), await people.creator("bob", credits=100)
    spec = storyboard(1)

    jobs = [
        await alice.client.create_job(spec, idempotency_key="key"),
        await alice.client.create_job(spec, idempotency_key="KEY"),
        await alice.client.create_job(spec, idempotency_key="key "),
        await bob.client.create_job(spec, idempotency_key="key"),
    ]

    assert len({job.id for job in jobs}) == 4


@pytest.mark.rule("IDEM-6")
async def test_a_refused_creation_leaves_its_key_free(people: People) -> None:
    owner = await people.starter(credits=0)
    with pytest.raises(InsufficientCreditsError):
        await owner.client.create_job(storyboard(5), idempotency_key="k")
    await people.target.set_credits(owner.owner, 5)

    created = await owner.client.send(operations.create_job(storyboard(5), idempotency_key="k"))

    assert created.status == 201


@pytest.mark.rule("IDEM-8")
async def test_deleting_a_job_frees_its_key(starter: Persona) -> None:
    first = await starter.client.create_job(storyboard(5), idempotency_key="k")
    await starter.client.cancel_job(first.id)
    await starter.client.delete_job(first.id)

    again = await starter.client.send(operations.create_job(storyboard(5), idempotency_key="k"))

    assert again.status == 201
    assert again.result.id != first.id


@pytest.mark.rule("IDEM-7", "IDEM-2")
async def test_a_key_of_a_session_works_through_an_api_key_too(people: People, starter: Persona) -> None:
    people.target.take_over_renders()
    key = await people.key_of(starter, "generate")
    first = await starter.client.create_job(storyboard(5), idempotency_key="k")

    again = await key.client.send(operations.create_job(storyboard(5), idempotency_key="k"))

    assert (again.status, again.result.id) == (200, first.id)


@pytest.mark.rule("SLOT-1", "CARD-6", "SLOT-4", "SLOT-5", "D-4")
async def test_a_starter_has_one_active_job(starter: Persona) -> None:
    first = await starter.client.create_job(storyboard(5))
    with pytest.raises(ConflictError):
        await starter.client.create_job(storyboard(5))
    assert await starter.balance() == 10_000 - 5

    await starter.client.cancel_job(first.id)

    assert (await starter.client.create_job(storyboard(5))).status == "queued"


@pytest.mark.rule("SLOT-2", "SLOT-4")
@pytest.mark.parametrize("ending", ["completed", "failed", "canceled"])
async def test_a_creator_has_five_and_each_ending_frees_one(
    creator: Persona, back_end: RenderBackEnd, ending: str
) -> None:
    jobs = [await creator.client.create_job(storyboard(1)) for _ in range(5)]
    with pytest.raises(ConflictError):
        await creator.client.create_job(storyboard(1))

    await back_end.start(jobs[0].id)
    with pytest.raises(ConflictError):
        await creator.client.create_job(storyboard(1))
    if ending == "canceled":
        await creator.client.cancel_job(jobs[0].id)
    else:
        await (back_end.complete if ending == "completed" else back_end.fail)(jobs[0].id)

    await creator.client.create_job(storyboard(1))
    with pytest.raises(ConflictError):
        await creator.client.create_job(storyboard(1))


@pytest.mark.rule("CREDIT-4", "D-6", "ERROR-7")
async def test_a_balance_equal_to_the_price_is_enough_and_one_less_is_not(people: People) -> None:
    owner = await people.creator(credits=99)
    with pytest.raises(InsufficientCreditsError):
        await owner.client.create_job(storyboard_worth(100))
    assert (await owner.balance(), await owner.client.list_jobs()) == (99, [])

    await people.target.set_credits(owner.owner, 100)
    job = await owner.client.create_job(storyboard_worth(100))

    assert (job.credits_charged, await owner.balance()) == (100, 0)


@pytest.mark.rule("PRICE-7", "PRICE-6", "CREDIT-2")
async def test_a_picture_of_a_character_costs_one_credit(creator: Persona) -> None:
    character = await creator.client.create_character({"prompt": "a small brown dog", "name": "Rex"})

    job = (await creator.client.render_artifact(character.id)).job
    clone = await creator.client.clone_job(job.id)

    assert [broken for each in (job, clone) for broken in broken_charge_rules(as_json(each))] == []
    assert (job.credits_charged, clone.credits_charged) == (CHARACTER_CREDITS, CHARACTER_CREDITS)
    assert await creator.balance() == 10_000 - 2 * CHARACTER_CREDITS


@pytest.mark.rule("SPEC-3", "ERROR-7")
async def test_a_refused_storyboard_leaves_no_trace(starter: Persona) -> None:
    spec = {**storyboard(5), "timeline": [{"scene": "nowhere"}]}
    assert (await starter.client.validate_spec(spec)).valid is False

    with pytest.raises(ValidationError):
        await starter.client.create_job(spec)

    assert (await starter.balance(), await starter.client.list_jobs()) == (10_000, [])


@pytest.mark.rule("EVENT-5", "JOB-1")
async def test_the_first_event_of_a_new_job_is_queued(starter: Persona) -> None:
    job = await starter.client.create_job(storyboard(5))
    await starter.client.cancel_job(job.id)

    assert (await event_types(starter, job.id))[0] == "queued"
