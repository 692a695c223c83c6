"""What goes on while the language model thinks: its double takes a moment here, so that questions overlap."""

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.types import ASGIApp, Receive, Scope, Send

from framecast_client import operations
from framecast_contract.oracle.messages import (
    broken_count_rules,
    broken_message_list_rules,
    sending_answer,
)
from framecast_contract.target.people import People
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.conversations import WORDS, all_messages, new_conversation
from framecast_contract.workloads.parallel import statuses, together

if TYPE_CHECKING:
    from framecast_contract.doubles import Anthropic


class _Thinking:
    """Lets everything else go on before the model answers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0)
        await self._app(scope, receive, send)


@pytest.mark.rule("MSG-12", "MSG-2", "MSG-13", "INV-C4")
async def test_what_is_said_while_the_model_thinks_is_answered_too(
    people: People, mock_anthropic: "Anthropic"
) -> None:
    mock_anthropic.app.add_middleware(_Thinking)
    person = await people.starter()
    before = as_json(await new_conversation(person))

    sent = await together(person.client, [operations.send_message(before["id"], WORDS)] * 5)

    assert statuses(sent) == [sending_answer(before, person.user_id, {"content": WORDS}).status] * 5
    stored = await all_messages(person, before["id"])
    assert [message.role for message in stored[:2]] == ["user", "user"]  # they did overlap
    after = as_json(await person.client.get_conversation(before["id"]))
    assert broken_message_list_rules(all_as_json(stored), after) == []
    assert broken_count_rules(after, all_as_json(stored)) == []
