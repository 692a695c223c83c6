"""The generator word for word: a document of one operation, and the files it becomes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import Any

from framecast_contract.codegen import generate

ERROR = {
    "description": "No",
    "x-error-codes": ["NOT_FOUND"],
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Envelope"}}},
}
PET = {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Pets", "version": "1.2"},
    "paths": {
        "/pets/{petId}": {
            "parameters": [
                {
                    "name": "petId",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "format": "uuid"},
                }
            ],
            "patch": {
                "operationId": "update_pet",
                "tags": ["pets"],
                "summary": "Change a pet",
                "requestBody": {"required": True, "content": PET},
                "responses": {"200": {"description": "It", "content": PET}, "404": ERROR},
            },
        }
    },
    "components": {
        "schemas": {
            "Kind": {"type": "string", "enum": ["cat", "dog"]},
            "Pet": {
                "type": "object",
                "description": "An animal with a name.",
                "required": ["kind"],
                "properties": {
                    "kind": {"$ref": "#/components/schemas/Kind"},
                    "bornAt": {"type": ["string", "null"], "format": "date-time", "description": "When."},
                    "legs": {"type": "integer", "minimum": 0, "default": 4},
                },
            },
            "Envelope": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["code", "message"],
                        "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
                    }
                },
            },
        }
    },
}

OPERATIONS = '''\
"""The requests of the area `pets`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import errors, models
from .._request import Answer, Operation, Request, build, present

__all__ = ["UPDATE_PET", "update_pet"]


UPDATE_PET: Operation[models.Pet] = Operation(
    "update_pet",
    "PATCH",
    "/pets/{petId}",
    answers={200: Answer("application/json", models.Pet)},
    errors={404: (errors.NotFoundError,)},
)


def update_pet(
    pet_id: UUID | str,
    kind: models.Kind,
    *,
    born_at: datetime | str | None | MISSING = MISSING,
    legs: int | MISSING = MISSING,
) -> Request[models.Pet]:
    """Change a pet: the request of `FramecastClient.update_pet`."""
    return build(
        UPDATE_PET, path={"petId": pet_id}, body=present({"kind": kind, "bornAt": born_at, "legs": legs})
    )
'''

METHODS_TAIL = '''\
class SyncPets(SyncClient):
    """The blocking methods of the area `pets`."""

    def update_pet(
        self,
        pet_id: UUID | str,
        kind: models.Kind,
        *,
        born_at: datetime | str | None | MISSING = MISSING,
        legs: int | MISSING = MISSING,
    ) -> models.Pet:
        """Change a pet.

        Args:
            pet_id: The path member `petId`.
            kind: The body member `kind`.
            born_at: When.
            legs: When left out, the server takes 4.

        Raises:
            NotFoundError: 404 `NOT_FOUND`.
        """
        request = operations.update_pet(pet_id, kind, born_at=born_at, legs=legs)
        return self.send(request).result
'''

MODELS_TAIL = '''\
Kind = TypeAliasType("Kind", Literal["cat", "dog"])


class Pet(Model):
    """An animal with a name."""

    kind: Kind
    born_at: Annotated[AwareDatetime | None | MISSING, Field(alias="bornAt")] = MISSING
    """When."""
    legs: Annotated[int | MISSING, Field(ge=0)] = MISSING


class Error(Model):
    code: str
    message: str


class Envelope(Model):
    error: Error
'''

ERRORS_TAIL = '''\
class NotFoundError(ApiError):
    """The server answered 404 NOT_FOUND."""

    status = 404
    code = "NOT_FOUND"
'''


def test_a_document_becomes_these_files() -> None:
    files = generate(DOCUMENT, "petstore")

    assert files["operations/pets.py"] == OPERATIONS
    assert files["methods/pets.py"].endswith(METHODS_TAIL)
    assert files["models.py"].endswith(MODELS_TAIL)
    assert files["errors.py"].endswith(ERRORS_TAIL)
    assert 'user_agent = "petstore/1.2"' in files["client.py"]


def test_the_package_has_these_files() -> None:
    assert sorted(generate(DOCUMENT, "petstore")) == [
        "__init__.py",
        "_client.py",
        "_errors.py",
        "_events.py",
        "_model.py",
        "_request.py",
        "_response.py",
        "_transport.py",
        "_webhooks.py",
        "client.py",
        "errors.py",
        "methods/__init__.py",
        "methods/pets.py",
        "models.py",
        "operations/__init__.py",
        "operations/pets.py",
        "py.typed",
    ]


PROGRAM = """
import hashlib
from framecast_contract.codegen import generate
from framecast_contract.contract import load_contract
print(hashlib.sha256(repr(generate(load_contract().document)).encode()).hexdigest())
"""


def test_the_same_contract_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    digests = {
        subprocess.check_output([sys.executable, "-c", PROGRAM], env={**os.environ, "PYTHONHASHSEED": seed})
        for seed in ("1", "4242")
    }

    assert len(digests) == 1
    assert len(digests.pop().strip()) == 2 * hashlib.sha256().digest_size


def test_the_order_of_schemas_is_the_only_order_that_counts() -> None:
    """Reading does not depend on how the document was bundled."""
    shuffled = {name: DOCUMENT[name] for name in reversed(DOCUMENT)}

    assert generate(shuffled, "petstore") == generate(DOCUMENT, "petstore")
