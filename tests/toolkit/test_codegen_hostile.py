"""Text of a document never becomes code, wherever it stands."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from framecast_contract.codegen import generate, generate_package

PAYLOADS = [
    '"+__import__("os").abort()+"',
    "'+__import__('os').abort()+'",
    '"""\n__import__("os").abort()\n"""',
    "\n        __import__('os').abort()\n",
    "ends with a backslash \\",
    "{__import__('os').abort()}",
    "# \u2028__import__('os').abort()\u0000",
]
JSON = "application/json"


def hostile(text: str) -> dict[str, Any]:
    """A document with the text everywhere a document has text of its own choice."""
    envelope = {
        "properties": {"error": {"properties": {"code": {"type": "string"}, "message": {"type": "string"}}}}
    }
    string = {"type": "string", "description": text, "default": text, "title": text, "examples": [text]}
    answer = {"description": text, "content": {JSON: {"schema": {"$ref": "#/components/schemas/A"}}}}
    error = {"description": text, "x-error-codes": [f"X{text}"], "content": {JSON: {"schema": envelope}}}
    operation = {
        "operationId": f"x{text}",
        "tags": [f"t{text}"],
        "summary": text,
        "description": text,
        "parameters": [{"name": f"q{text}", "in": "query", "description": text, "schema": string}],
        "requestBody": {
            "description": text,
            "content": {JSON: {"schema": {"$ref": "#/components/schemas/A"}}},
        },
        "responses": {"200": answer, "400": error},
    }
    properties = {f"p{text}": {**string, "enum": [text]}, "free": string, "const": {"const": text}}
    call = {"type": "object", "required": ["event"], "properties": {"event": {"const": text}}}
    told = {"description": text, "content": {JSON: {"schema": {"$ref": "#/components/schemas/Call"}}}}
    schemas = {"A": {"type": "object", "description": text, "properties": properties}, "Call": call}
    return {
        "openapi": "3.1.0",
        "info": {"title": text, "version": text, "description": text},
        "paths": {f"/x{text.replace('{', '').replace('}', '')}": {"post": operation}},
        "webhooks": {text: {"post": {"summary": text, "requestBody": told}}},
        "components": {"schemas": schemas},
    }


def calls(source: str) -> set[str]:
    return {
        node.func.id
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }


@pytest.mark.parametrize("text", PAYLOADS)
def test_hostile_text_stays_text(text: str) -> None:
    files = generate(hostile(text))
    rendered = [source for name, source in files.items() if name == "models.py" or not name.startswith("_")]

    assert set().union(*map(calls, rendered)) <= {
        "Answer",
        "ConfigDict",
        "Field",
        "MappingProxyType",
        "Operation",
        "TypeAliasType",
        "build",
        "parse",
        "present_or_no_body",
    }


def test_a_hostile_package_is_imported_without_harm(tmp_path: Path) -> None:
    everything = " ".join(PAYLOADS)
    generate_package(hostile(everything), out=tmp_path, package="hostile")
    program = "import hostile.models as models; print(models.A.__doc__)"
    shown = subprocess.check_output(
        [sys.executable, "-c", program], env={**os.environ, "PYTHONPATH": str(tmp_path)}, text=True
    )

    assert "".join(shown.split()) == "".join(everything.split())
