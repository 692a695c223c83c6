"""What the language model is told in a conversation, and what its answer amounts to.

Pure functions between stored messages and Anthropic's Messages API. The model may make two kinds of artifact
by calling a tool; a tool is named like the operation that makes the same artifact and takes the same `spec`.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from framecast_contract.sandbox.http import Refusal, as_integer, is_blank, parse_json

SILENCE = "(The model answered without words.)"
_MAX_TOKENS = 2**31 - 1
KIND_OF_TOOL = {"create_storyboard": "storyboard", "create_character": "character"}


def _tool(name: str, description: str, spec: Mapping[str, Any]) -> dict[str, Any]:
    schema = {"type": "object", "properties": {"spec": spec}, "required": ["spec"]}
    return {"name": name, "description": description, "input_schema": schema}


TOOLS = (
    _tool(
        "create_storyboard",
        "Keep a storyboard for the user: its title and its scenes, each with id, prompt and duration.",
        {"type": "object"},
    ),
    _tool(
        "create_character",
        "Keep a character for the user: a prompt that describes how it looks, and its name.",
        {
            "type": "object",
            "properties": {"prompt": {"type": "string"}, "name": {"type": "string"}},
            "required": ["prompt"],
        },
    ),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer of the model: its words (never blank), kind and spec of what it made, and its length."""

    content: str
    artifacts: tuple[tuple[str, dict[str, Any]], ...]
    input_tokens: int
    output_tokens: int


def turns(messages: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    """Messages (role and content, by sequence) as turns of the API, whose roles must alternate.

    A failed answer leaves two messages of the user in a row, parallel sends leave two of either side: such a
    run becomes one turn.
    """
    runs = groupby(messages, lambda message: message[0])
    return [{"role": role, "content": "\n\n".join(content for _, content in run)} for role, run in runs]


def read(message: Mapping[str, Any]) -> Reply:
    """The reply in an answer of the Messages API, whatever its shape; unusable parts are left out."""
    content = message.get("content")
    blocks = [block for block in content if isinstance(block, dict)] if isinstance(content, list) else []
    made = (_artifact(block) for block in blocks if block.get("type") == "tool_use")
    words = (block.get("text") for block in blocks if block.get("type") == "text")
    text = "\n".join(_sound(word) for word in words if isinstance(word, str))
    usage = message.get("usage")
    usage = usage if isinstance(usage, dict) else {}
    return Reply(
        content=SILENCE if is_blank(text) else text,
        artifacts=tuple(artifact for artifact in made if artifact is not None),
        input_tokens=_tokens(usage.get("input_tokens")),
        output_tokens=_tokens(usage.get("output_tokens")),
    )


def _artifact(block: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """Kind and spec of the artifact a tool call makes; None when the operation would refuse it."""
    kind, given = KIND_OF_TOOL.get(str(block.get("name"))), block.get("input")
    spec = given.get("spec") if isinstance(given, dict) else None
    if kind is None or not isinstance(spec, dict) or not _is_clean(spec):
        return None
    return (kind, spec) if kind == "storyboard" or _is_character(spec) else None


def _is_character(spec: Mapping[str, Any]) -> bool:
    prompt = spec.get("prompt")
    return isinstance(prompt, str) and not is_blank(prompt) and isinstance(spec.get("name", ""), str)


def _is_clean(spec: dict[str, Any]) -> bool:
    """Whether the spec would pass as part of a request body."""
    try:
        parse_json(json.dumps(spec).encode())
    except (Refusal, RecursionError):
        return False
    return True


def _sound(text: str) -> str:
    """The text without lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode()


def _tokens(value: Any) -> int:
    return min(max(as_integer(value) or 0, 0), _MAX_TOKENS)
