"""A document with a payload wherever a document names something. What cannot be a name may be refused."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from .shaping import Json, answer, array, body, integer, record, ref, string

Part = dict[str, Json]
"""`paths`, `schemas` and `webhooks` that one payload brings."""


def _holding(text: str, schema: Json) -> Json:
    """An object with one required member."""
    return {**record(**{text: schema}), "required": [text]}


def _plain(number: int, kind: str, **more: object) -> Json:
    named = {"operationId": f"{kind}_{number}", "tags": ["names"], "responses": {"204": answer()}}
    return {**named, **more}


def _at(number: int, kind: str, operation: Json) -> Part:
    return {"paths": {f"/{kind}/{number}": {"post": operation}}}


def _operation_id(number: int, text: str) -> Part:
    return _at(number, "ids", {"operationId": text, "tags": ["names"], "responses": {"204": answer()}})


def _tag(number: int, text: str) -> Part:
    return _at(number, "tag", _plain(number, "tag", tags=[text]))


def _path(number: int, text: str) -> Part:
    return {"paths": {f"/path/{number}/{text}": {"post": _plain(number, "path")}}}


def _path_parameter(number: int, text: str) -> Part:
    listed = [{"name": text, "in": "path", "required": True, "schema": string()}]
    operation = _plain(number, "inpath", parameters=listed)
    return {"paths": {f"/inpath/{number}/{{{text}}}": {"post": operation}}}


def _parameter(place: str) -> Callable[[int, str], Part]:
    def made(number: int, text: str) -> Part:
        listed = [{"name": text, "in": place, "schema": string()}]
        return _at(number, place, _plain(number, place, parameters=listed))

    return made


def _body_member(number: int, text: str) -> Part:
    schema = record(**{text: string(), "other": string()})
    return _at(number, "member", _plain(number, "member", requestBody=body(schema)))


def _form_member(number: int, text: str) -> Part:
    form = body(record(**{text: string()}), "application/x-www-form-urlencoded")
    return _at(number, "form", _plain(number, "form", requestBody=form))


def _part(number: int, text: str) -> Part:
    form = body(record(**{text: string(format="binary")}), "multipart/form-data")
    return _at(number, "part", _plain(number, "part", requestBody=form))


def _media_type(number: int, text: str) -> Part:
    responses = {"200": answer(string(), text), "400": answer(string(), text)}
    operation = _plain(number, "media", responses=responses, requestBody=body(string(), text))
    return _at(number, "media", operation)


def _answer_header(number: int, text: str) -> Part:
    found = answer(headers={text: {"schema": string(), "required": True}})
    return _at(number, "told", _plain(number, "told", responses={"200": found}))


def _schema(number: int, text: str) -> Part:
    operation = _plain(number, "schema", responses={"200": answer(ref(_pointer(text)))})
    return {**_at(number, "schema", operation), "schemas": {text: record(a=ref(_pointer(text)))}}


def _property(number: int, text: str) -> Part:
    held = _holding(text, string())
    operation = _plain(number, "property", responses={"200": answer(ref(f"Property{number}"))})
    return {**_at(number, "property", operation), "schemas": {f"Property{number}": held}}


def _discriminator(number: int, text: str) -> Part:
    names = [f"Left{number}", f"Right{number}"]
    kinds: Json = {name: _holding(text, {"const": name}) for name in names}
    mapping = {name: f"#/components/schemas/{name}" for name in names}
    union = {
        "oneOf": [ref(name) for name in names],
        "discriminator": {"propertyName": text, "mapping": mapping},
    }
    return {"schemas": {**kinds, f"Union{number}": union}}


def _error_code(number: int, text: str) -> Part:
    envelope = record("error", error=record("code message", code=string(), message=string()))
    found = {**answer(envelope), "x-error-codes": [text]}
    return _at(number, "code", _plain(number, "code", responses={"204": answer(), "400": found}))


def _event(number: int, text: str) -> Part:
    name = f"Event{number}"
    event = record("event", event=string(enum=[text, "other"]))
    stream = {"text/event-stream": {"schema": string(), "x-event-schema": ref(name)}}
    responses = {"200": {"description": "Events.", "content": stream}}
    operation = _plain(number, "events", responses=responses, **{"x-last-events": [text]})
    return {**_at(number, "events", operation), "schemas": {name: event}}


def _key(number: int, text: str) -> Part:
    asked = body(record(**{text: string(), "other": string()}))
    return _at(number, "key", _plain(number, "key", requestBody=asked, **{"x-idempotency-key": text}))


def _wait(number: int, text: str) -> Part:
    told = {"method": text, "state": text, "succeeded": ["a" + text], "failed": [text], "timeout": 5}
    held = _holding(text, string(enum=["a" + text, text]))
    found = {"200": answer(ref(f"Wait{number}"))}
    operation = _plain(number, "wait", responses=found, **{"x-wait": told})
    return {"paths": {f"/wait/{number}": {"get": operation}}, "schemas": {f"Wait{number}": held}}


def _upload(number: int, text: str) -> Part:
    done = f"confirm_{number}"
    asked = {"filename": text, "media_type": "kind", "size": "bytes"}
    told = {"method": text, "url": text, "id": text, "confirm": done, **asked}
    held = record(**{"kind": string(), "bytes": integer(), text: string()})
    held["required"] = ["kind", "bytes", text]
    found = {"201": answer(ref(f"Upload{number}"))}
    operation = _plain(number, "upload", requestBody=body(held), responses=found, **{"x-upload": told})
    confirm = _plain(
        number,
        "confirm",
        parameters=[{"name": "id", "in": "path", "required": True, "schema": string()}],
        responses={"200": answer(ref(f"Upload{number}"))},
    )
    paths = {f"/upload/{number}": {"post": operation}, f"/upload/{number}/{{id}}": {"post": confirm}}
    return {"paths": paths, "schemas": {f"Upload{number}": held}}


def _webhook(number: int, text: str) -> Part:
    call = {"requestBody": body(ref(f"Hook{number}")), "responses": {"200": answer()}}
    held = record("event", event={"const": text})
    return {"webhooks": {text: {"post": call}}, "schemas": {f"Hook{number}": held}}


def _silent_webhook(number: int, text: str) -> Part:
    """A call that does not say which it is."""
    call = {"requestBody": body(ref(f"Silent{number}")), "responses": {"200": answer()}}
    return {"webhooks": {text: {"post": call}}, "schemas": {f"Silent{number}": record(a=string())}}


def _nested(number: int, text: str) -> Part:
    inner = record(**{text: record(**{text: array(record(**{text: string()}))})})
    operation = _plain(number, "nested", responses={"200": answer(inner)}, requestBody=body(inner))
    return _at(number, "nested", operation)


KINDS: dict[str, Callable[[int, str], Part]] = {
    "operationId": _operation_id,
    "tag": _tag,
    "path": _path,
    "path parameter": _path_parameter,
    "query": _parameter("query"),
    "header": _parameter("header"),
    "cookie": _parameter("cookie"),
    "body member": _body_member,
    "form member": _form_member,
    "part": _part,
    "media type": _media_type,
    "answer header": _answer_header,
    "schema": _schema,
    "property": _property,
    "discriminator": _discriminator,
    "error code": _error_code,
    "event": _event,
    "idempotency key": _key,
    "wait": _wait,
    "upload": _upload,
    "webhook": _webhook,
    "silent webhook": _silent_webhook,
    "nested": _nested,
}


def part(kind: str, number: int, text: str) -> Part:
    """What a document needs to name one thing of a kind by a payload."""
    return KINDS[kind](number, text)


def harmless(kind: str, number: int) -> str:
    """A name that is allowed everywhere, and is none in Python."""
    return f"{'text/' if kind == 'media type' else ''}plain-Word{number}"


def document(parts: Sequence[Part]) -> Json:
    """The parts as one document."""
    always = {"/plain": {"get": _plain(0, "plain")}}
    merged: Json = {"paths": always, "schemas": {}, "webhooks": {}}
    for one in parts:
        for place, members in one.items():
            merged[place].update(members)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Names", "version": "1"},
        "paths": merged["paths"],
        "webhooks": merged["webhooks"],
        "components": {"schemas": merged["schemas"]},
    }


def _pointer(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1").replace("%", "%25")
