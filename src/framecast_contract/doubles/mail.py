"""A transactional mail service: `POST /emails`, in the wire format of Resend. Nothing is delivered but kept.

Format as in Resend's API reference of emails and errors. The API key is a bearer token.
"""

import random
import re
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from starlette.responses import JSONResponse, Response

from framecast_contract.doubles.double import Double, Incoming, Refusal, Served

MAX_RECIPIENTS = 50

_UNKNOWN = {404: "not_found", 405: "method_not_allowed"}
_NAMED = re.compile(r'[^<>@"]*<(.+)>')
_ADDRESS = re.compile(r'(?:"(?:[^"\\]|\\.)*"|[^\s<>@"]+)@[^\s<>@"]+')
_TAG = re.compile(r"[A-Za-z0-9_-]{1,256}")
_INVITATION = re.compile(r"/invitations/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})")


class Mail(Double):
    """The double. `outbox` holds every accepted mail, oldest first, once per recipient.

    A mail there has `id`, `to` (the bare address), `subject`, `text` (the HTML when there is no text) and
    `invitation_id`: the value of the tag of that name or the id in a link `…/invitations/<id>`, else None.
    """

    name: ClassVar[str] = "mail"
    home: ClassVar[str] = "https://api.resend.com"

    def __init__(self, rng: random.Random, api_key: str = "sandbox") -> None:
        super().__init__()
        self.api_key = api_key
        self.outbox: list[dict[str, Any]] = []
        self._rng = rng

    def operations(self) -> Sequence[Served]:
        return (Served("POST", "/emails", self._send),)

    def refused(self, refusal: Refusal) -> Response:
        name = _UNKNOWN.get(refusal.status, refusal.kind)
        body = {"statusCode": refusal.status, "message": refusal.message, "name": name}
        return JSONResponse(body, refusal.status, refusal.headers)

    def sent_to(self, address: str) -> list[dict[str, Any]]:
        """The mail to one address, compared without regard to case, oldest first."""
        return [mail for mail in self.outbox if mail["to"].lower() == address.lower()]

    def down(self, times: int = 1) -> None:
        """Answer the next `times` calls 500 and take no mail."""
        message = "Internal server error. We are unable to process your request right now."
        self.fail_next(Refusal(500, message, kind="internal_server_error"), times)

    def rate_limited(self, retry_after: int = 1, times: int = 1) -> None:
        """Answer the next `times` calls 429, with `retry-after` in seconds."""
        message = "Too many requests. You can only make 2 requests per second."
        headers = {"retry-after": str(retry_after)}
        self.fail_next(Refusal(429, message, kind="rate_limit_exceeded", headers=headers), times)

    def reset(self) -> None:
        """Forget calls, faults and mail."""
        super().reset()
        self.outbox.clear()

    async def _send(self, call: Incoming) -> Response:
        self._check_key(call.headers)
        if found := mail_problem(call):
            kind, problem = found
            raise Refusal(422, problem, kind=kind, difference=problem)
        mail_id = str(UUID(int=self._rng.getrandbits(128), version=4))
        self.outbox += [_kept(mail_id, _bare(to), call.json) for to in _recipients(call.json["to"])]
        return JSONResponse({"id": mail_id})

    def _check_key(self, headers: Mapping[str, str]) -> None:
        given = headers.get("authorization")
        if given is None:
            difference = "header authorization: expected Bearer and the double's api_key, got nothing"
            message = "Missing API key in the authorization header"
            raise Refusal(401, message, kind="missing_api_key", difference=difference)
        if given != f"Bearer {self.api_key}":
            difference = "header authorization: expected Bearer and the double's api_key, got another value"
            raise Refusal(403, "API key is invalid", kind="invalid_api_key", difference=difference)


def mail_problem(call: Incoming) -> tuple[str, str] | None:
    """Name and words of what the service would object to in the body; None when nothing."""
    mail = call.json
    if call.invalid_json or not isinstance(mail, dict):
        return "validation_error", call.invalid_json or "the body is not an object"
    for name in ("from", "to", "subject"):
        if not mail.get(name):
            return "missing_required_field", f"Missing `{name}` field."
    if not mail.get("html") and not mail.get("text"):
        return "missing_required_field", "Missing `html` or `text` field."
    if not _is_address(mail["from"]):
        return "invalid_from_address", _address_problem("from")
    problem = _recipients_problem(mail["to"]) or _text_problem(mail) or _tags_problem(mail.get("tags"))
    return None if problem is None else ("validation_error", problem)


def _recipients_problem(to: Any) -> str | None:
    recipients = _recipients(to)
    if len(recipients) > MAX_RECIPIENTS:
        return f"Too many addresses in `to` field: at most {MAX_RECIPIENTS}."
    return None if all(map(_is_address, recipients)) else _address_problem("to")


def _text_problem(mail: Mapping[str, Any]) -> str | None:
    for name in ("subject", "html", "text"):
        if not isinstance(mail.get(name), str | None):
            return f"The `{name}` field must be a string."
    if set(mail["subject"]) & {"\r", "\n"}:
        return "The `\\n` is not allowed in the `subject` field."
    return None


def _tags_problem(tags: Any) -> str | None:
    if not isinstance(tags, list | None):
        return "The `tags` field must be an array."
    for tag in tags or ():
        values = (tag.get("name"), tag.get("value")) if isinstance(tag, dict) else (None,)
        if not all(isinstance(value, str) and _TAG.fullmatch(value) for value in values):
            return "Tags should only contain ASCII letters, numbers, underscores, or dashes."
    return None


def _address_problem(name: str) -> str:
    wanted = "`email@example.com` or `Name <email@example.com>` format"
    return f"Invalid `{name}` field. The email address needs to follow the {wanted}."


def _is_address(text: Any) -> bool:
    """Whether it has the shape of an address, with a display name or without."""
    return isinstance(text, str) and _ADDRESS.fullmatch(_bare(text)) is not None


def _bare(text: str) -> str:
    """The address without its display name."""
    named = _NAMED.fullmatch(text)
    return named[1] if named else text


def _recipients(to: Any) -> list[Any]:
    return to if isinstance(to, list) else [to]


def _kept(mail_id: str, address: str, mail: Mapping[str, Any]) -> dict[str, Any]:
    text = mail.get("text") or mail.get("html")
    return {
        "id": mail_id,
        "to": address,
        "subject": mail["subject"],
        "text": text,
        "invitation_id": _invitation_id(mail, text),
    }


def _invitation_id(mail: Mapping[str, Any], text: Any) -> str | None:
    tagged = [tag["value"] for tag in mail.get("tags") or () if tag["name"] == "invitation_id"]
    linked = _INVITATION.search(text)
    return tagged[0] if tagged else linked and linked[1]
