"""Schemas of teams, invitations, artifacts and conversations draw their lines where the facts do."""

from typing import Any

import jsonschema_rs
import pytest

from framecast_contract.contract import load_contract

CONTRACT = load_contract()
ID = "3f0f5b1e-8a52-4d0c-9d0e-7b8f3d2c1a90"
CHARACTER = {"prompt": "A ship's cat"}


def fits(name: str, value: Any) -> bool:
    schema = CONTRACT.self_contained({"$ref": f"#/components/schemas/{name}"})
    return jsonschema_rs.Draft202012Validator(schema, validate_formats=True).is_valid(value)


def example(operation: str, status: int, name: str) -> dict[str, Any]:
    """The example of that name in an answer of the contract."""
    content = CONTRACT.operation(operation).response(status)["content"]["application/json"]
    value: dict[str, Any] = content["examples"][name]["value"]
    return value


@pytest.mark.parametrize(
    ("schema", "accepted", "refused"),
    [
        ("CreateTeamRequest", {"name": "é" * 100}, {"name": "é" * 101}),
        ("CreateTeamRequest", {"name": " a "}, {"name": " \t\n"}),
        ("CreateTeamRequest", {"name": "!!!"}, {"name": "\u2003"}),
        ("CreateTeamRequest", {"name": "a", "slug": None}, {"name": None}),
        ("CreateTeamRequest", {"name": "a", "slug": "a" * 50}, {"name": "a", "slug": "a" * 51}),
        ("CreateTeamRequest", {"name": "a", "slug": "1-b-2"}, {"name": "a", "slug": "1--b"}),
        ("CreateTeamRequest", {"name": "a", "credits": 9}, {"name": "a", "slug": "B"}),
        ("UpdateTeamRequest", {"name": None, "settings": None}, {"name": ""}),
        ("UpdateTeamRequest", {"settings": {"a": [1]}}, {"settings": []}),
        ("UpdateMemberRoleRequest", {"role": "owner"}, {"role": "boss"}),
        ("CreateInvitationRequest", {"email": "o'hara@example.com", "role": None}, {"email": "ada"}),
        ("CreateInvitationRequest", {"email": "a@b.example"}, {"email": "a@b.example", "role": "owner"}),
        ("CreateStoryboardRequest", {"spec": {}}, {"spec": None}),
        ("CreateStoryboardRequest", {"spec": {}, "source": "upload"}, {"spec": {}, "source": "job"}),
        (
            "CreateStoryboardRequest",
            {"spec": {}, "source": "conversation", "conversation_id": ID},
            {"spec": {}, "source": "conversation", "conversation_id": None},
        ),
        ("CreateStoryboardRequest", {"spec": {}, "conversation_id": ID}, {"spec": {}, "owner": "me"}),
        ("CreateCharacterRequest", {"spec": {**CHARACTER, "seed": 7}}, {"spec": {"prompt": " "}}),
        ("CreateCharacterRequest", {"spec": CHARACTER}, {"spec": CHARACTER, "source": "conversation"}),
        ("CreateConversationRequest", {"model": "m" * 100, "title": ""}, {"model": ""}),
        ("CreateConversationRequest", {"model": "m", "title": "t" * 200}, {"model": "m", "title": "t" * 201}),
        (
            "CreateConversationRequest",
            {"model": "m", "system_prompt": "s" * 10_000},
            {"model": "m", "system_prompt": "s" * 10_001},
        ),
        ("UpdateConversationRequest", {"title": None, "status": "archived"}, {"status": "deleted"}),
        ("SendMessageRequest", {"content": "c" * 100_000}, {"content": "c" * 100_001}),
        ("SendMessageRequest", {"content": "\n."}, {"content": "\n\u00a0"}),
    ],
)
def test_requests_are_accepted_and_refused(schema: str, accepted: Any, refused: Any) -> None:
    assert (fits(schema, accepted), fits(schema, refused)) == (True, False)


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("storyboard", {"spec": None}),
        ("character", {"spec": None}),
        ("character", {"spec": {"name": "The keeper"}}),
        ("video", {"s3_key": None}),
        ("video", {"size_bytes": 52_428_801}),
        ("video", {"content_type": "video/webm"}),
    ],
)
def test_an_artifact_has_what_its_kind_needs(kind: str, change: dict[str, Any]) -> None:
    artifact = example("get_artifact", 200, kind)
    assert (fits("Artifact", artifact), fits("Artifact", artifact | change)) == (True, False)


@pytest.mark.parametrize(
    ("side", "change"),
    [
        ("user_message", {"model": "claude-sonnet-4-5"}),
        ("user_message", {"input_tokens": 0}),
        ("user_message", {"artifacts": []}),
        ("assistant_message", {"model": None}),
        ("assistant_message", {"output_tokens": None}),
        ("assistant_message", {"artifacts": []}),
        ("assistant_message", {"sequence": 0}),
    ],
)
def test_only_the_assistant_says_how_it_replied(side: str, change: dict[str, Any]) -> None:
    message = example("send_message", 201, "character")[side]
    assert (fits("Message", message), fits("Message", message | change)) == (True, False)
