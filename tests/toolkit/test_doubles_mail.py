"""The double of the mail service takes what the real one takes, keeps it, and refuses like it."""

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from framecast_contract.clock import VirtualClock
from framecast_contract.doubles import DoubleMismatch, Doubles

INVITATION = "0b6c8f4e-6a30-4b0f-8f0a-0d8a4f1f2a11"
MAIL = {"from": "Framecast <us@example.com>", "to": "ann@example.com", "subject": "Hello", "text": "Hi"}


@pytest.fixture
def doubles() -> Doubles:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    return Doubles(VirtualClock(start), random.Random(7), {"S3_ENDPOINT_URL": "http://127.0.0.1:9"})


@pytest.fixture(params=["in process", "loopback"])
async def service(request: pytest.FixtureRequest, doubles: Doubles) -> AsyncIterator[httpx.AsyncClient]:
    """A client with the settings that a server would be given."""
    if request.param == "in process":
        settings = doubles.environment()
        async with _client(settings, transport=doubles.transport()) as http:
            yield http
    else:
        async with doubles.serve() as settings, _client(settings, trust_env=False) as http:
            yield http


def _client(settings: dict[str, str], **options: Any) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {settings['MAIL_API_KEY']}"}
    return httpx.AsyncClient(base_url=settings["MAIL_BASE_URL"], headers=headers, **options)


async def test_a_mail_is_taken_and_kept(service: httpx.AsyncClient, doubles: Doubles) -> None:
    tagged = {**MAIL, "tags": [{"name": "invitation_id", "value": INVITATION}]}

    answer = await service.post("/emails", json=tagged)

    mail_id = answer.json()["id"]
    kept = {"to": "ann@example.com", "subject": "Hello", "text": "Hi", "invitation_id": INVITATION}
    assert (answer.status_code, answer.json()) == (200, {"id": mail_id})
    assert doubles.mail.outbox == [{"id": mail_id, **kept}]
    doubles.verify()


async def test_every_recipient_gets_one(service: httpx.AsyncClient, doubles: Doubles) -> None:
    to = ["Ann <ann@example.com>", "o'hara@example.com", '"a <b>@c"@example.com', "joe@[127.0.0.1]"]
    link = f"<a href='https://app.test/invitations/{INVITATION}?x=1'>join</a>"

    await service.post("/emails", json={**MAIL, "to": to, "text": None, "html": link})

    addresses = ["ann@example.com", *to[1:]]
    assert [mail["to"] for mail in doubles.mail.outbox] == addresses
    assert {(mail["text"], mail["invitation_id"]) for mail in doubles.mail.outbox} == {(link, INVITATION)}
    assert [mail["to"] for mail in doubles.mail.sent_to("O'HARA@example.com")] == ["o'hara@example.com"]
    doubles.verify()


async def test_a_mail_that_invites_nobody(service: httpx.AsyncClient, doubles: Doubles) -> None:
    await service.post("/emails", json=MAIL)
    assert doubles.mail.outbox[0]["invitation_id"] is None


@pytest.mark.parametrize(
    ("change", "name", "message"),
    [
        ({"to": None}, "missing_required_field", "Missing `to` field."),
        ({"to": []}, "missing_required_field", "Missing `to` field."),
        ({"from": ""}, "missing_required_field", "Missing `from` field."),
        ({"subject": None}, "missing_required_field", "Missing `subject` field."),
        ({"text": ""}, "missing_required_field", "Missing `html` or `text` field."),
        ({"from": "us"}, "invalid_from_address", "Invalid `from` field."),
        ({"to": "ann"}, "validation_error", "Invalid `to` field."),
        ({"to": ["ann@example.com", 7]}, "validation_error", "Invalid `to` field."),
        ({"to": ["ann@example.com"] * 51}, "validation_error", "Too many addresses"),
        ({"subject": "a\nb"}, "validation_error", "The `\\n` is not allowed"),
        ({"subject": 7}, "validation_error", "The `subject` field must be a string."),
        ({"tags": [{"name": "a", "value": "b c"}]}, "validation_error", "Tags should only contain"),
        ({"tags": ["a"]}, "validation_error", "Tags should only contain"),
        ({"tags": "a"}, "validation_error", "The `tags` field must be an array."),
    ],
)
async def test_a_mail_that_cannot_be_sent(doubles: Doubles, change: Any, name: str, message: str) -> None:
    async with _client(doubles.environment(), transport=doubles.transport()) as http:
        answer = await http.post("/emails", json={**MAIL, **change})

    told = answer.json()
    assert answer.status_code == 422
    assert told == {"statusCode": 422, "message": told["message"], "name": name}
    assert told["message"].startswith(message)
    assert doubles.mail.outbox == []
    with pytest.raises(DoubleMismatch, match="mail: unexpected call POST /emails answered 422"):
        doubles.verify()


async def test_a_body_that_is_no_mail(service: httpx.AsyncClient) -> None:
    answers = [await service.post("/emails", content=content) for content in (b"", b"{", b"[]")]
    assert [(answer.status_code, answer.json()["name"]) for answer in answers] == [
        (422, "validation_error")
    ] * 3


async def test_a_wrong_key_is_refused(service: httpx.AsyncClient, doubles: Doubles) -> None:
    wrong = await service.post("/emails", json=MAIL, headers={"Authorization": "Bearer re_secret"})
    del service.headers["authorization"]
    none = await service.post("/emails", json=MAIL)

    told = [(answer.status_code, answer.json()["name"]) for answer in (wrong, none)]
    assert told == [(403, "invalid_api_key"), (401, "missing_api_key")]
    assert "re_secret" not in str(doubles.mail.calls)
    with pytest.raises(DoubleMismatch, match="expected Bearer and the double's api_key, got another value"):
        doubles.verify()


async def test_what_is_not_served(service: httpx.AsyncClient) -> None:
    answers = [await service.post("/mails", json=MAIL), await service.get("/emails")]
    told = [(answer.status_code, answer.json()["name"]) for answer in answers]
    assert told == [(404, "not_found"), (405, "method_not_allowed")]


async def test_faults_pass_and_a_reset_forgets(service: httpx.AsyncClient, doubles: Doubles) -> None:
    doubles.mail.down()
    doubles.mail.rate_limited(retry_after=3)
    answers = [await service.post("/emails", json=MAIL) for _ in range(3)]

    told = [(answer.status_code, answer.json().get("name")) for answer in answers]
    assert told == [(500, "internal_server_error"), (429, "rate_limit_exceeded"), (200, None)]
    assert answers[1].headers["retry-after"] == "3"
    assert len(doubles.mail.outbox) == 1
    doubles.verify()
    doubles.reset()
    assert doubles.mail.outbox == []
