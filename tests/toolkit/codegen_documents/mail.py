"""A mail API in OpenAPI 3.1: a webhooks section, attachments in multipart bodies, lists of types.

Its habits: `type: [string, "null"]`, const and $defs, tuples by prefixItems, problem details as errors, path
items shared by reference, lists joined by pipes and spaces, several kinds of files in one multipart body.
"""

from __future__ import annotations

from typing import Any

from .shaping import (
    JSON,
    Json,
    Paper,
    answer,
    array,
    body,
    boolean,
    choice,
    content,
    header,
    integer,
    mapping,
    query,
    record,
    ref,
    string,
)

PROBLEM = "application/problem+json"
KINDS = ("domain", "contact", "audience", "template", "api_key", "broadcast", "suppression", "segment")
EVENTS = ("sent", "delivered", "bounced", "opened", "clicked", "complained")
CURSOR = (
    query("limit", {"type": "integer", "minimum": 1, "maximum": 100}),
    query("after", {"type": ["string", "null"]}),
)


def maybe(kind: str, **more: Any) -> Json:
    """A value that may be null, as 3.1 says it."""
    return {"type": [kind, "null"], **more}


def schemas() -> Json:
    """What the API keeps, one record per kind, and its messages."""
    stored: Json = {"id": string(format="uuid"), "created_at": string(format="date-time")}
    found: Json = {
        _name(kind): record("id created_at", **stored, name=maybe("string"), object={"const": kind})
        for kind in KINDS
    }
    return {**found, **_messages(), **_payloads(), **_errors()}


def _messages() -> Json:
    address = {"anyOf": [string(format="email"), record("email", email=string(), name=maybe("string"))]}
    attachment: Json = {
        **record(
            "filename",
            filename=string(maxLength=255),
            content=string(contentEncoding="base64"),
            path=string(format="uri"),
            content_id=maybe("string"),
        ),
        "dependentRequired": {"content_id": ["content"]},
        "oneOf": [{"required": ["content"]}, {"required": ["path"]}],
    }
    return {
        "Address": address,
        "Attachment": attachment,
        "Tag": record("name value", name=string(pattern="^[\\w-]{1,256}$"), value=string()),
        "Email": {
            **record(
                "from to subject",
                **{"from": ref("Address"), "to": {"anyOf": [ref("Address"), array(ref("Address"))]}},
                subject=string(minLength=1, examples=["Hello"]),
                html=maybe("string"),
                text=maybe("string"),
                headers=mapping(string()),
                attachments=array(ref("Attachment"), maxItems=20),
                tags=array(ref("Tag"), uniqueItems=True),
                scheduled_at={"oneOf": [string(format="date-time"), {"type": "null"}]},
                priority={"$ref": "#/components/schemas/Email/$defs/Priority"},
            ),
            "$defs": {"Priority": {"type": ["integer", "string"], "enum": [1, 2, 3, "urgent"]}},
        },
        "EmailState": {
            **record("id last_event", id=string(format="uuid"), last_event=choice(*EVENTS, "queued")),
            "additionalProperties": False,
        },
        "Thread": record("root", root=ref("ThreadNode")),
        "ThreadNode": record("email", email=ref("EmailState"), replies=array(ref("ThreadNode"))),
        "Point": {
            "type": "array",
            "prefixItems": [string(format="date"), integer(minimum=0)],
            "items": False,
            "minItems": 2,
        },
        "Statistics": record("series", series=array(ref("Point")), rates=mapping({"type": "number"})),
    }


def _payloads() -> Json:
    """The calls that this API makes: one record per event, told apart by `type`."""
    found: Json = {}
    for event in EVENTS:
        data = record("email_id", email_id=string(format="uuid"), subject=maybe("string"))
        if event == "bounced":
            data["properties"]["bounce"] = record("kind", kind=choice("hard", "soft"), code=maybe("integer"))
        found[f"Email{event.capitalize()}"] = record(
            "type created_at data",
            type={"const": f"email.{event}"},
            created_at=string(format="date-time"),
            data=data,
        )
    return found


def _errors() -> Json:
    problem = record("type title status", type=string(), title=string(), status=integer(), detail=string())
    invalid = record(errors=array(record("pointer", pointer=string(format="json-pointer"), detail=string())))
    return {"Problem": problem, "InvalidProblem": {"allOf": [ref("Problem"), invalid]}}


def _name(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_"))


def page(name: str) -> Json:
    """One page of a list."""
    return record("data", data=array(ref(name)), next_cursor=maybe("string"), has_more=boolean())


def _crud(paper: Paper, kind: str) -> None:
    name, many = _name(kind), f"/{kind.replace('_', '-')}s"
    one, tag = f"{many}/{{{kind}_id}}", f"{kind}s"
    fresh = body(record("name", name=string(), region=maybe("string", enum=["eu", "us", None])))
    changed = body(record(name=maybe("string"), enabled=boolean()), "application/merge-patch+json")
    paper.add(f"GET {many}", f"list_{kind}s", *CURSOR, tag=tag, ok={"200": answer(page(name))})
    paper.add(f"POST {many}", f"create_{kind}", tag=tag, ok={"201": answer(ref(name))}, requestBody=fresh)
    paper.add(f"GET {one}", f"get_{kind}", tag=tag, ok={"200": answer(ref(name))})
    paper.add(f"PATCH {one}", f"update_{kind}", tag=tag, ok={"200": answer(ref(name))}, requestBody=changed)
    paper.add(f"DELETE {one}", f"delete_{kind}", tag=tag, ok={"204": answer()})


def _emails(paper: Paper) -> None:
    key = header("Idempotency-Key", string(maxLength=256))
    sent = answer(record("id", id=string(format="uuid")))
    paper.add(
        "POST /emails", "send_email", key, tag="emails", ok={"200": sent}, requestBody=body(ref("Email"))
    )
    batch = {"200": answer(record("data", data=array(record("id", id=string()))))}
    listed = body(array(ref("Email"), minItems=1, maxItems=100))
    paper.add("POST /emails/batch", "send_emails", key, tag="emails", ok=batch, requestBody=listed)
    parts = record(
        "message files",
        message=ref("Email"),
        files=array(string(contentMediaType="application/octet-stream")),
        preview={"contentMediaType": "image/png"},
        note=maybe("string"),
        retries=integer(default=0),
    )
    typed = {"message": {"contentType": JSON}, "preview": {"contentType": "image/png, image/webp"}}
    several = {"requestBody": body(parts, "multipart/form-data", encoding=typed)}
    paper.add("POST /emails/with-files", "send_email_with_files", tag="emails", ok={"200": sent}, **several)
    source: Json = {"message/rfc822": {}, "application/json": {"schema": ref("EmailState")}}
    both = {"200": {"description": "The message, or what became of it.", "content": source}}
    paper.add("GET /emails/{email_id}", "get_email", tag="emails", ok=both)
    paper.add("POST /emails/{email_id}/cancel", "cancel_email", tag="emails", ok={"202": answer()})
    paper.add("GET /emails/{email_id}/thread", "get_thread", tag="emails", ok={"200": answer(ref("Thread"))})
    events = query("events", array(choice(*EVENTS)), style="pipeDelimited", explode=False)
    domains = query("domains", array(string()), style="spaceDelimited", explode=False)
    days = query("days", array(string(format="date")), style="form", explode=False)
    counted = {"200": answer(ref("Statistics"))}
    paper.add("GET /statistics", "get_statistics", events, domains, days, tag="statistics", ok=counted)
    exported = {
        "200": {"description": "All of it.", "content": content(None, "application/mbox", "text/csv")}
    }
    paper.add("GET /export", "export_emails", tag="emails", ok=exported)


def _webhooks() -> Json:
    found: Json = {}
    for event in EVENTS:
        told = {"requestBody": body(ref(f"Email{event.capitalize()}")), "responses": {"200": answer()}}
        found[f"email.{event}"] = {"post": {"operationId": f"on_email_{event}", **told}}
    return found


def document() -> Json:
    """The document."""
    problems = {"400": answer(ref("InvalidProblem"), PROBLEM), "default": answer(ref("Problem"), PROBLEM)}
    paper = Paper("3.1.0", "Pigeonhole mail", errors=problems)
    for kind in KINDS:
        _crud(paper, kind)
    _emails(paper)
    shared: Json = {
        "get": {"operationId": "get_health", "tags": ["meta"], "responses": {"204": answer(told="Alive.")}}
    }
    paper.paths["/health"] = ref("Health", "pathItems")
    paper.components = {"schemas": schemas(), "pathItems": {"Health": shared}}
    paper.more = {
        "webhooks": _webhooks(),
        "jsonSchemaDialect": "https://spec.openapis.org/oas/3.1/dialect/base",
    }
    return paper.document()
