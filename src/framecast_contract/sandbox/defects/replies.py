"""Defects of replies: what the model is told, what it makes, and what becomes of a question without one."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, replace
from framecast_contract.sandbox.http import Call, Refusal, conflict

_MESSAGES = "tests/lifecycle/test_messages.py"
_FIRST = f"{_MESSAGES}::test_the_first_question_is_answered"
_TOLD = f"{_MESSAGES}::test_the_model_is_told_everything_so_far"
_LONG = f"{_MESSAGES}::test_the_model_is_told_a_long_talk_from_its_beginning"
_FAILED = f"{_MESSAGES}::test_a_question_stays_when_the_model_fails"
_MADE = f"{_MESSAGES}::test_what_the_model_makes_is_an_artifact_of_the_asker"
_NOTHING_MADE = f"{_MESSAGES}::test_a_reply_that_makes_nothing_refers_to_nothing"
_THINKING = "tests/properties/test_conversation_races.py::test_what_is_said_together_is_all_answered[True-12]"

Json = dict[str, Any]


def _shown_as(change: Callable[[Json], Json]) -> Callable[[Sandbox], None]:
    """A defect that shows messages with other members than they have."""
    return lambda sandbox: alter(sandbox.messages.view, lambda shown: shown | change(shown))


def _artifacts_made_as(**columns: Any) -> Callable[[Sandbox], None]:
    """A defect that stores what the model makes with other values."""

    def plant(sandbox: Sandbox) -> None:
        insert = sandbox.database.insert

        def store(table: str, row: Json) -> None:
            spoken = table == "artifacts" and row["source"] == "conversation"
            insert(table, row | columns if spoken else row)

        replace(sandbox.database.insert, store)

    return plant


def _unanswered_forgotten(sandbox: Sandbox) -> None:
    send = sandbox.messages.send_message

    async def answered(conversation_id: str, sending: Awaitable[Response]) -> Response:
        try:
            return await sending
        except Refusal:
            sandbox.database.run(
                "DELETE FROM messages WHERE conversation_id = ? AND sequence ="
                " (SELECT message_count FROM conversations WHERE id = conversation_id)",
                conversation_id,
            )
            sandbox.database.run(
                "UPDATE conversations SET message_count = message_count - 1 WHERE id = ?", conversation_id
            )
            raise

    replace(
        sandbox.messages.send_message,
        lambda call: answered(call.path_uuid("conversation_id"), send(call)),
    )


def _one_at_a_time(sandbox: Sandbox) -> None:
    send, busy = sandbox.messages.send_message, set[str]()

    async def answered(conversation_id: str, sending: Awaitable[Response]) -> Response:
        try:
            return await sending
        finally:
            busy.discard(conversation_id)

    def strict(call: Call) -> Awaitable[Response]:
        conversation_id = call.path_uuid("conversation_id")
        if conversation_id in busy:
            raise conflict("the last message is still being answered")
        sending = send(call)
        busy.add(conversation_id)
        return answered(conversation_id, sending)

    replace(sandbox.messages.send_message, strict)


def _told(count: int) -> Callable[[Sandbox], None]:
    """A defect that tells the model the latest messages only."""
    return lambda sandbox: alter(sandbox.messages.history, lambda history: history[-count:])


def _system_prompt_forgotten(sandbox: Sandbox) -> None:
    converse = sandbox.upstreams.converse

    async def forgetful(
        model: str, _system: str | None, turns: Sequence[Mapping[str, str]], tools: Sequence[Json]
    ) -> Json:
        return await converse(model, None, turns, tools)

    replace(sandbox.upstreams.converse, forgetful)


DEFECTS = (
    Defect(
        "reply-names-another-model",
        "MSG-8",
        "Replies name the same model whatever the conversation's is.",
        _shown_as(lambda shown: {"model": shown["model"] and "another-model"}),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "reply-without-tokens",
        "MSG-8",
        "A reply does not tell how many tokens it took.",
        _shown_as(lambda _: {"input_tokens": None, "output_tokens": None}),
        (f"{_FIRST}[one character]",),
    ),
    Defect(
        "made-artifact-pending",
        "MSG-10",
        "What the model makes is not ready.",
        _artifacts_made_as(status="pending"),
        (f"{_MADE}[a storyboard-Here you are.]",),
    ),
    Defect(
        "no-artifacts-is-empty-list",
        "MSG-10",
        "A reply that made nothing refers to an empty list.",
        _shown_as(lambda shown: {"artifacts": shown["artifacts"] or (shown["model"] and [])}),
        (_NOTHING_MADE,),
    ),
    Defect(
        "made-artifact-without-talk",
        "INV-X7",
        "What the model makes does not name its conversation.",
        _artifacts_made_as(conversation_id=None),
        (f"{_MADE}[a character-None]",),
    ),
    Defect(
        "unanswered-question-dropped",
        "MSG-11",
        "A question that the model does not answer is dropped.",
        _unanswered_forgotten,
        (f"{_FAILED}[rate_limited]", f"{_FAILED}[broken]"),
    ),
    Defect(
        "one-question-at-a-time",
        "MSG-12",
        "A message sent while another is being answered is refused.",
        _one_at_a_time,
        (_THINKING,),
    ),
    Defect(
        "model-told-the-last-only",
        "MSG-14",
        "The model is told the last message and nothing before it.",
        _told(1),
        (f"{_TOLD}[None]",),
    ),
    Defect(
        "long-talk-cut",
        "MSG-14",
        "The model is told the last 51 messages of a talk.",
        _told(51),
        (_LONG,),
    ),
    Defect(
        "system-prompt-forgotten",
        "MSG-14",
        "The model is not told the system prompt.",
        _system_prompt_forgotten,
        (f"{_TOLD}[You write films about animals.]",),
    ),
)
