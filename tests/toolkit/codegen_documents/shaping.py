"""The words in which the large documents are written: short functions that make pieces of OpenAPI."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

Json = dict[str, Any]
JSON = "application/json"


def ref(name: str, kind: str = "schemas") -> Json:
    """A reference to a component."""
    return {"$ref": f"#/components/{kind}/{name}"}


def string(**more: Any) -> Json:
    """A text schema."""
    return {"type": "string", **more}


def integer(**more: Any) -> Json:
    """An integer schema."""
    return {"type": "integer", **more}


def number(**more: Any) -> Json:
    """A number schema."""
    return {"type": "number", **more}


def boolean(**more: Any) -> Json:
    """A boolean schema."""
    return {"type": "boolean", **more}


def array(items: Json, **more: Any) -> Json:
    """A list schema."""
    return {"type": "array", "items": items, **more}


def choice(*values: object, **more: Any) -> Json:
    """An enum of texts."""
    return {"type": "string", "enum": list(values), **more}


def mapping(values: Json | bool) -> Json:
    """An object with free names."""
    return {"type": "object", "additionalProperties": values}


def record(required: str = "", /, **properties: Json) -> Json:
    """An object; `required` lists names separated by spaces."""
    found: Json = {"type": "object", "properties": properties}
    return {**found, "required": required.split()} if required else found


def content(schema: Json | None, *media_types: str) -> Json:
    """The same schema under one or several media types; JSON when none is named."""
    return {kind: {} if schema is None else {"schema": schema} for kind in media_types or (JSON,)}


def answer(schema: Json | None = None, *media_types: str, told: str = "As asked.", **more: Any) -> Json:
    """A response; without schema and media type it has no body."""
    if schema is None and not media_types:
        return {"description": told, **more}
    return {"description": told, "content": content(schema, *media_types), **more}


def body(schema: Json, *media_types: str, required: bool = True, **more: Any) -> Json:
    """A request body."""
    kinds = {kind: {**told, **more} for kind, told in content(schema, *media_types).items()}
    return {"required": required, "content": kinds}


def parameter(place: str, name: str, schema: Json | None = None, **more: Any) -> Json:
    """A parameter; text when no schema is given, required in paths."""
    required = {"required": True} if place == "path" else {}
    return {"name": name, "in": place, **required, "schema": schema or string(), **more}


def query(name: str, schema: Json | None = None, **more: Any) -> Json:
    """A query parameter."""
    return parameter("query", name, schema, **more)


def header(name: str, schema: Json | None = None, **more: Any) -> Json:
    """A header parameter."""
    return parameter("header", name, schema, **more)


class Paper:
    """A document that grows: operations are added to it, and its components filled in."""

    def __init__(self, openapi: str, title: str, *, errors: Mapping[str, Json]) -> None:
        self.openapi = openapi
        self.info = {"title": title, "version": "2026-11-22", "description": f"{title}, an invented API."}
        self.errors = errors
        self.paths: Json = {}
        self.components: Json = {"schemas": {}}
        self.more: Json = {}

    def add(self, route: str, operation_id: str, *parameters: Json, tag: str, ok: Json, **more: Any) -> None:
        """One operation. `ok` holds its successes by status; the document's errors come by themselves."""
        method, path = route.split()
        named = {one.get("name") for one in parameters if one.get("in") == "path"}
        missing = [name for name in re.findall(r"\{(\w+)\}", path) if name not in named]
        listed = [*(parameter("path", name) for name in missing), *parameters]
        operation: Json = {"operationId": operation_id, "tags": [tag], "summary": _told(operation_id)}
        operation |= {"parameters": listed} if listed else {}
        operation |= {**more, "responses": {**ok, **self.errors}}
        self.paths.setdefault(path, {})[method.lower()] = operation

    def document(self) -> Json:
        """The whole document."""
        return {
            "openapi": self.openapi,
            "info": self.info,
            "paths": self.paths,
            "components": self.components,
            **self.more,
        }


def _told(operation_id: str) -> str:
    words = re.sub(r"([a-z])([A-Z])", r"\1 \2", operation_id).replace("/", " ").replace("-", " ").lower()
    return words.replace("_", " ").capitalize()
