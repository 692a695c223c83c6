"""Talking with the language model: the record, the artifacts it makes, and its failures."""

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from .test_conversations import PATH, begin
from .world import Person, World, code

STORYBOARD = {"title": "A walk", "scenes": []}
CHARACTER = {"prompt": "a small brown dog", "name": "Rex"}


def words(text: str) -> dict[str, Any]:
    return {"type": "text", "text": text}


def tool(name: str, spec: Any) -> dict[str, Any]:
    return {"type": "tool_use", "id": "toolu_1", "name": name, "input": {"spec": spec}}


class Model:
    """Anthropic as these tests need it: says `content`, or answers `status`, after `meanwhile`."""

    def __init__(self, world: World) -> None:
        self.content: Any = [words("Woof.")]
        self.usage: Any = {"input_tokens": 12, "output_tokens": 3}
        self.status = 200
        self.meanwhile: Callable[[], Any] = lambda: None
        self.asked: list[dict[str, Any]] = []
        world.services.answers["messages"] = self.answer

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(json.loads(request.content))
        self.meanwhile()
        return httpx.Response(self.status, content=json.dumps({"content": self.content, "usage": self.usage}))


@pytest.fixture(autouse=True)
def model(world: World) -> Model:
    return Model(world)


async def send(person: Person, conversation: dict[str, Any], content: str = "Hi") -> tuple[int, Any]:
    return await person.call("POST", f"{PATH}/{conversation['id']}/messages", {"content": content})


async def record(person: Person, conversation: dict[str, Any], query: str = "") -> list[dict[str, Any]]:
    return list((await person.call("GET", f"{PATH}/{conversation['id']}/messages{query}"))[1])


async def counted(person: Person, conversation: dict[str, Any]) -> int:
    """`message_count`, which equals the stored messages whatever happened (INV-C4)."""
    count = (await person.call("GET", f"{PATH}/{conversation['id']}"))[1]["message_count"]
    assert count == len(await record(person, conversation))
    return int(count)


async def test_a_message_is_answered_and_both_are_kept(world: World) -> None:
    person = await world.starter()
    conversation = await begin(person, model="claude-x")
    status, pair = await send(person, conversation, " Hello\n")
    asked, answered = pair["user_message"], pair["assistant_message"]
    assert status == 201
    assert asked == {
        "id": asked["id"],
        "conversation_id": conversation["id"],
        "role": "user",
        "content": " Hello\n",
        "artifacts": None,
        "model": None,
        "input_tokens": None,
        "output_tokens": None,
        "sequence": 1,
        "created_at": asked["created_at"],
    }
    assert answered == {
        **asked,
        "id": answered["id"],
        "role": "assistant",
        "content": "Woof.",
        "model": "claude-x",
        "input_tokens": 12,
        "output_tokens": 3,
        "sequence": 2,
        "created_at": answered["created_at"],
    }
    assert await record(person, conversation) == [asked, answered]
    moment = answered["created_at"]
    expected = {**conversation, "message_count": 2, "last_message_at": moment, "updated_at": moment}
    assert (await person.call("GET", f"{PATH}/{conversation['id']}"))[1] == expected


async def test_the_model_hears_the_whole_history(world: World, model: Model) -> None:
    person = await world.starter()
    conversation = await begin(person, model="claude-x", system_prompt="Be a dog.")
    for content in ("One", "Two"):
        await send(person, conversation, content)
    asked = model.asked[-1]
    assert (asked["model"], asked["system"]) == ("claude-x", "Be a dog.")
    assert [tool["name"] for tool in asked["tools"]] == ["create_storyboard", "create_character"]
    assert asked["messages"] == [
        {"role": "user", "content": "One"},
        {"role": "assistant", "content": "Woof."},
        {"role": "user", "content": "Two"},
    ]


async def test_without_a_system_prompt_none_is_sent(world: World, model: Model) -> None:
    person = await world.starter()
    for prompt in (None, "", " "):
        await send(person, await begin(person, system_prompt=prompt))
    assert ["system" in asked for asked in model.asked] == [False, False, False]


@pytest.mark.parametrize(
    ("status", "answer"),
    [(429, (429, "RATE_LIMIT_EXCEEDED"))]
    + [(status, (500, "INTERNAL_ERROR")) for status in (400, 401, 500, 529)],
)
async def test_a_failing_model_leaves_the_question_on_record(
    world: World, model: Model, status: int, answer: tuple[int, str]
) -> None:
    person = await world.starter()
    conversation = await begin(person)
    model.status = status
    assert code(await send(person, conversation, "One")) == answer
    assert await counted(person, conversation) == len(model.asked) == 1
    model.status = 200
    sent = (await send(person, conversation, "Two"))[1]
    assert [message["sequence"] for message in sent.values()] == [2, 3]
    assert model.asked[-1]["messages"] == [{"role": "user", "content": "One\n\nTwo"}]


async def test_no_connection_to_the_model_is_a_failure_too(world: World, model: Model) -> None:
    def lost() -> None:
        raise httpx.ReadTimeout("no answer")

    model.meanwhile = lost
    person = await world.starter()
    conversation = await begin(person)
    assert code(await send(person, conversation)) == (500, "INTERNAL_ERROR")
    assert await counted(person, conversation) == 1


@pytest.mark.parametrize("content", [None, "x", [], [7], [{"type": "text"}], [words(" \n")], [{"type": "x"}]])
async def test_an_answer_is_never_blank(world: World, model: Model, content: Any) -> None:
    model.content, model.usage = content, None
    answered = (await send(person := await world.starter(), await begin(person)))[1]["assistant_message"]
    shown = (answered["content"], answered["input_tokens"], answered["output_tokens"])
    assert shown == ("(The model answered without words.)", 0, 0)


async def test_what_the_model_makes_is_the_callers(world: World, model: Model) -> None:
    person = await world.creator()
    conversation = await begin(person)
    model.content = [
        words("Here:"),
        tool("create_storyboard", STORYBOARD),
        tool("create_character", CHARACTER),
        words("Enjoy."),
    ]
    answered = (await send(person, conversation))[1]["assistant_message"]
    rows = world.sandbox.database.all("SELECT * FROM artifacts ORDER BY created_at")
    assert answered["content"] == "Here:\nEnjoy."
    assert answered["artifacts"] == [
        {"id": rows[0]["id"], "kind": "storyboard"},
        {"id": rows[1]["id"], "kind": "character"},
    ]
    names = ("owner", "created_by", "status", "source", "conversation_id", "metadata")
    expected = (person.urn, person.id, "ready", "conversation", conversation["id"], "{}")
    assert [tuple(row[name] for name in names) for row in rows] == [expected, expected]
    assert [json.loads(row["spec"]) for row in rows] == [STORYBOARD, CHARACTER]
    assert await record(person, conversation, "?offset=1") == [answered]


@pytest.mark.parametrize(
    "block",
    [
        tool("create_storyboard", "no object"),
        tool("create_storyboard", {"title": "\ud800"}),
        tool("create_storyboard", {"title": "\0"}),
        tool("create_character", {}),
        tool("create_character", {"prompt": " "}),
        tool("create_character", {"prompt": "x", "name": 7}),
        tool("delete_everything", STORYBOARD),
        {"type": "tool_use"},
        {"type": "tool_use", "name": "create_storyboard", "input": 7},
    ],
)
async def test_a_tool_call_that_makes_no_sense_is_skipped(world: World, model: Model, block: Any) -> None:
    model.content = [words("Done \ud800"), block]
    answered = (await send(person := await world.starter(), await begin(person)))[1]["assistant_message"]
    assert (answered["content"], answered["artifacts"]) == ("Done ?", None)
    assert world.sandbox.database.all("SELECT * FROM artifacts") == []


async def test_artifacts_survive_their_conversation(world: World, model: Model) -> None:
    person = await world.starter()
    conversation = await begin(person)
    model.content = [tool("create_character", CHARACTER)]
    await send(person, conversation)
    await person.call("DELETE", f"{PATH}/{conversation['id']}")
    [row] = world.sandbox.database.all("SELECT source, conversation_id FROM artifacts")
    assert tuple(row) == ("conversation", None)
    assert world.sandbox.database.all("SELECT * FROM messages") == []


@pytest.mark.parametrize("content", ["", " \n\t", None, 7, "x" * 100_001])
async def test_what_cannot_be_said(world: World, model: Model, content: Any) -> None:
    person = await world.starter()
    conversation = await begin(person)
    assert code(await send(person, conversation, content)) == (400, "VALIDATION_ERROR")
    assert (await counted(person, conversation), model.asked) == (0, [])


async def test_an_archived_conversation_is_read_only(world: World, model: Model) -> None:
    person = await world.starter()
    conversation = await begin(person)
    await send(person, conversation)
    await person.call("PATCH", f"{PATH}/{conversation['id']}", {"status": "archived"})
    assert code(await send(person, conversation)) == (400, "VALIDATION_ERROR")
    assert (await counted(person, conversation), len(model.asked)) == (2, 1)


async def test_parallel_messages_keep_one_order(world: World, model: Model) -> None:
    async def slowly(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(0)
        return model.answer(request)

    world.services.answers["messages"] = slowly  # type: ignore[assignment]  # httpx awaits what is awaitable
    person = await world.starter()
    conversation = await begin(person)
    answers = await asyncio.gather(*(send(person, conversation, str(n)) for n in range(5)))
    messages = await record(person, conversation)
    assert [status for status, _ in answers] == [201] * 5
    assert [message["sequence"] for message in messages] == list(range(1, 11))
    assert [message["role"] for message in messages[:5]] == ["user"] * 5
    assert await counted(person, conversation) == 10
    await send(person, conversation, "last")
    assert [turn["role"] for turn in model.asked[-1]["messages"]] == ["user", "assistant", "user"]


@pytest.mark.parametrize(
    ("change", "expected", "left"),
    [
        ("UPDATE conversations SET status = 'archived'", 201, 2),
        ("DELETE FROM conversations", 404, None),
    ],
)
async def test_a_conversation_that_ends_while_the_model_thinks(
    world: World, model: Model, change: str, expected: int, left: int | None
) -> None:
    person = await world.starter()
    conversation = await begin(person)
    model.content = [tool("create_character", CHARACTER)]
    model.meanwhile = lambda: world.sandbox.database.run(change)
    assert (await send(person, conversation))[0] == expected
    if left is not None:
        assert await counted(person, conversation) == left
    else:
        assert world.sandbox.database.all("SELECT * FROM artifacts") == []


async def test_messages_come_in_pages(world: World) -> None:
    person = await world.starter()
    conversation = await begin(person)
    for _ in range(3):
        await send(person, conversation)
    pages = [await record(person, conversation, f"?limit=4&offset={offset}") for offset in (0, 4, 8)]
    assert [[message["sequence"] for message in page] for page in pages] == [[1, 2, 3, 4], [5, 6], []]
