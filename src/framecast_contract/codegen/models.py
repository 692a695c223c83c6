"""The models of the client, written by datamodel-code-generator from the schemas of the document.

Its flags stand here, in one place and with reasons: without them its output is larger, slower or wrong.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from framecast_contract.codegen.errors import CodegenError

_HEADER = '"""The objects of the contract, one model per schema. Generated; do not edit."""'
_UNREADABLE_WITH_PATTERN = ("uuid", "date-time", "date")


def render_models(document: Mapping[str, Any]) -> str:
    """The text of `models.py`, not formatted yet.

    Raises:
        CodegenError: the schemas cannot be turned into models.
    """
    if not document.get("components", {}).get("schemas"):
        return f"{_HEADER}\n"
    from datamodel_code_generator import (
        Error,
        Formatter,
        InputFileType,
        LiteralType,
        OpenAPIScope,
        PythonVersion,
    )
    from datamodel_code_generator import generate as generate_models
    from datamodel_code_generator.enums import TargetPydanticVersion

    try:
        text = generate_models(
            _schemas_only(document),
            input_file_type=InputFileType.OpenAPI,
            openapi_scopes=[OpenAPIScope.Schemas],  # bodies become parameters of methods, not models
            target_python_version=PythonVersion.PY_311,
            target_pydantic_version=TargetPydanticVersion.V2_14,  # where pydantic.MISSING is stable
            use_missing_sentinel=True,  # absent and null are different
            strict_nullable=True,  # a default does not make a member nullable
            enum_field_as_literal=LiteralType.All,  # compares equal to plain text and needs no import
            use_type_alias=True,  # OwnerUrn is a str with rules, not an object with .root
            use_annotated=True,  # the form type checkers understand
            use_typed_nullable_map_values=True,  # otherwise a nullable map loses the type of its values
            snake_case_field=True,
            type_mappings=["string+uri=string", "string+email=string"],  # signed URLs must stay as they came
            use_schema_description=True,
            use_field_description=True,
            use_single_line_docstring=True,
            use_double_quotes=True,
            base_class="_model.Model",
            custom_file_header=_HEADER,  # theirs names the input
            disable_timestamp=True,
            formatters=[Formatter.BUILTIN],  # their default is changing; ruff formats afterwards
        )
    except Error as error:
        raise CodegenError("/components/schemas", f"the models cannot be generated: {error}") from error
    return str(text).replace("from _model import Model", "from ._model import Model")


def class_names(text: str) -> frozenset[str]:
    """The names that a models module defines."""
    found = re.findall(r"^(?:class (\w+)|(\w+) = )", text, re.MULTILINE)
    return frozenset(klass or alias for klass, alias in found)


def _schemas_only(document: Mapping[str, Any]) -> Mapping[str, Any]:
    schemas = document.get("components", {}).get("schemas", {})
    return {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": {name: _plain(schema) for name, schema in schemas.items()}},
    }


def _plain(schema: Any) -> Any:
    """A schema without what models must not act on.

    Defaults are the server's to fill in: a model that did would send members nobody gave, and show members
    nobody sent. Conditions are judged by the server. Patterns beside a format cannot be checked on its type.
    """
    if isinstance(schema, list):
        return [_plain(item) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    dropped = {"default", "examples", "example", "if", "then", "else"}
    if schema.get("format") in _UNREADABLE_WITH_PATTERN:
        dropped |= {"pattern", "minLength", "maxLength"}
    kept = {key: value for key, value in schema.items() if key not in dropped}
    return {key: (_members if key == "properties" else _plain)(value) for key, value in kept.items()}


def _members(properties: Any) -> Any:
    """The members of an object, whose names are data: one may be called `default`."""
    return {name: _plain(schema) for name, schema in properties.items()}
