"""The models of the client, written by datamodel-code-generator from the schemas of the document.

Its flags stand here, in one place and with reasons: without them its output is larger, slower or wrong.
"""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from framecast_contract.codegen.errors import CodegenError
from framecast_contract.codegen.models_plain import foreign_members, is_open, plain

_HEADER = '"""The objects of the contract, one model per schema. Generated; do not edit."""'
_COMPONENTS = ["components", "schemas"]


def render_models(document: Mapping[str, Any]) -> str:
    """The text of `models.py`, not formatted yet. The document is a prepared one.

    Raises:
        CodegenError: the schemas cannot be turned into models, each under its own name.
    """
    schemas = document.get("components", {}).get("schemas")
    if not schemas:
        return f"{_HEADER}\n"
    with tempfile.TemporaryDirectory(prefix="framecast-codegen-") as folder:
        metadata = Path(folder) / "models.json"
        text = _generated(schemas, metadata)
        _check_names(schemas, json.loads(metadata.read_text(encoding="utf-8")))
    return _complete(text)


def _generated(schemas: Mapping[str, Any], metadata: Path) -> str:
    from datamodel_code_generator import (
        Error,
        InputFileType,
        LiteralType,
        OpenAPIScope,
        PythonVersion,
    )
    from datamodel_code_generator import generate as generate_models
    from datamodel_code_generator.enums import NamingStrategy, TargetPydanticVersion

    try:
        text = generate_models(
            _schemas_only(schemas),
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
            naming_strategy=NamingStrategy.ParentPrefixed,  # their own names must not take ours
            use_schema_description=True,
            use_field_description=True,
            use_single_line_docstring=True,
            use_double_quotes=True,
            aliases=dict(foreign_members(schemas)),  # Python takes some letters for others
            base_class="_model.Model",
            base_class_map={name: "_model.OpenModel" for name in schemas if is_open(schemas[name])},
            emit_model_metadata=metadata,  # says which class came of which schema
            custom_file_header=_HEADER,  # theirs names the input
            disable_timestamp=True,
            formatters=[],  # ruff formats afterwards
        )
    except (Error, RecursionError, ValueError, TypeError, LookupError, AttributeError) as error:
        reason = " ".join(str(error).split()) or type(error).__name__
        raise CodegenError("/components/schemas", f"the models cannot be generated: {reason}") from error
    return str(text)


def _complete(text: str) -> str:
    """The text with what theirs leaves to do: our base classes, and a list of itself has a type inside."""
    text = re.sub(r"^from _model import", "from ._model import", text, flags=re.MULTILINE)
    text = re.sub(r'^(\w+ = TypeAliasType\("\w+", list)\)$', r"\1[Any])", text, flags=re.MULTILINE)
    return (
        text
        if "Any" not in text
        else text.replace("\nfrom typing", "\nfrom typing import Any\nfrom typing", 1)
    )


def _check_names(schemas: Mapping[str, Any], metadata: Mapping[str, Any]) -> None:
    sources = {model["class_name"]: model["source_path"] for model in metadata["models"]}
    for name in schemas:
        if sources.get(name) != [*_COMPONENTS, name]:
            raise CodegenError(
                f"/components/schemas/{name}", f"no model can have the name {name!r}; rename the schema"
            )


def _schemas_only(schemas: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {"title": "models", "version": "0"},
        "paths": {},
        "components": {"schemas": {name: plain(schema) for name, schema in schemas.items()}},
    }
