"""A document with a payload wherever a document holds a text of its own choice: none of it is a name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .shaping import JSON, Json, record, ref, string


def document(payloads: Sequence[str]) -> Json:
    """One operation, its schemas and its webhook call per payload; all of it is valid."""
    everything = " ".join(payloads)
    numbered = list(enumerate(payloads))
    return {
        "openapi": "3.1.0",
        "info": _info(everything),
        "servers": [
            {"url": everything, "description": everything, "variables": {"a": {"default": everything}}}
        ],
        "tags": [{"name": "texts", "description": everything, "externalDocs": _docs(everything)}],
        "externalDocs": _docs(everything),
        "security": [{"key": []}],
        "paths": {f"/texts/{number}": {"post": _operation(number, text)} for number, text in numbered},
        "webhooks": {text: {"post": _call(number, text)} for number, text in numbered},
        "components": {
            "schemas": {
                name: one for number, text in numbered for name, one in _schemas(number, text).items()
            },
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "x-key", "description": everything}
            },
            "examples": {"one": {"summary": everything, "value": everything}},
        },
        "x-everything": everything,
    }


def _info(text: str) -> Json:
    person = {"name": text, "url": text, "email": text}
    licence = {"name": text, "identifier": text}
    told = {"title": text, "version": text, "summary": text, "description": text, "termsOfService": text}
    return {**told, "contact": person, "license": licence}


def _docs(text: str) -> Json:
    return {"url": text, "description": text}


def _operation(number: int, text: str) -> Json:
    answer = {"description": text, "content": {JSON: {"schema": ref(f"Told{number}"), "example": text}}}
    header = {"description": text, "schema": _string(text), "example": text}
    return {
        "operationId": f"tell_{number}",
        "tags": ["texts"],
        "summary": text,
        "description": text,
        "externalDocs": _docs(text),
        "parameters": [
            {"name": place, "in": place, "description": text, "schema": _string(text), "example": text}
            for place in ("query", "header", "cookie")
        ],
        "requestBody": {
            "description": text,
            "content": {JSON: {"schema": ref(f"Told{number}"), "examples": {"one": {"value": text}}}},
        },
        "responses": {
            "200": {**answer, "headers": {"x-told": header}, "links": {"next": _link(number, text)}},
            "400": {"description": text, "content": {JSON: {"schema": _string(text)}}},
            "default": {"description": text},
        },
        "callbacks": {"told": {text: {"post": {"responses": {"200": {"description": text}}}}}},
        "x-anything": {text: text},
    }


def _link(number: int, text: str) -> Json:
    return {"operationId": f"tell_{number}", "description": text, "parameters": {text: text}}


def _string(text: str) -> Json:
    return {"type": "string", "title": text, "description": text, "default": text, "examples": [text]}


def _matching(text: str) -> str:
    """A pattern that matches the text, in the words of every dialect."""
    return re.sub(r"[\\^$.|?*+()\[\]{}#&~-]", r"\\\g<0>", text)


def _schemas(number: int, text: str) -> Json:
    members = {
        "free": _string(text),
        "one": {"const": text, "description": text},
        "several": {"enum": [text, f"{text}2", 7, None], "default": text},
        "matching": {"type": "string", "pattern": _matching(text)},
        "formatted": {"type": "string", "format": text},
        "media": {"type": "string", "contentMediaType": text, "contentEncoding": text},
        "listed": {"type": "array", "items": _string(text), "description": text, "default": [text]},
        "object": {"type": "object", "description": text, "default": {text: text}, "$comment": text},
        "mapped": ref(f"Mapped{number}"),
    }
    kinds = {f"{one}{number}": record("kind", kind={"const": text + one}) for one in ("First", "Second")}
    mapping = {text + one: f"#/components/schemas/{one}{number}" for one in ("First", "Second")}
    mapped = {
        "oneOf": [ref(name) for name in kinds],
        "discriminator": {"propertyName": "kind", "mapping": mapping},
        "description": text,
    }
    told = {**record("one", **members), "title": text, "description": text}
    choice = string(enum=[text, "other"], description=text, **{"x-enum-varnames": [text, text]})
    return {
        f"Told{number}": told,
        f"Mapped{number}": mapped,
        f"Choice{number}": choice,
        f"Call{number}": record("event", event={"const": text}),
        **kinds,
    }


def _call(number: int, text: str) -> Json:
    body = {"description": text, "content": {JSON: {"schema": ref(f"Call{number}")}}}
    return {
        "summary": text,
        "description": text,
        "requestBody": body,
        "responses": {"200": {"description": text}},
    }
