"""The generator word for word: a document of one operation, and the files it becomes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from typing import Any

from framecast_contract.codegen import generate

NOT_FOUND = {
    "description": "No",
    "x-error-codes": ["NOT_FOUND"],
    "headers": {"X-Left": {"required": True, "schema": {"type": "integer"}}},
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
                "responses": {
                    "200": {"description": "It", "content": PET},
                    "404": {"$ref": "#/components/responses/NotFound"},
                },
            },
        }
    },
    "components": {
        "responses": {"NotFound": NOT_FOUND},
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
        },
    },
}

OPERATIONS = '''\
"""The requests of the area `pets`, and what they may bring. Generated; do not edit."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pydantic import MISSING

from .. import failures, models
from .._request import Answer, Operation, Request, build, present

__all__ = ["UPDATE_PET", "update_pet"]


UPDATE_PET: Operation[models.Pet] = Operation(
    "update_pet",
    "PATCH",
    "/pets/{petId}",
    answers={200: (Answer("application/json", models.Pet),)},
    failures={404: failures.NOT_FOUND},
)


def update_pet(
    pet_id: UUID | str,
    kind: models.Kind,
    *,
    born_at: datetime | str | None | MISSING = MISSING,
    legs: int | MISSING = MISSING,
) -> Request[models.Pet]:
    """Change a pet: the request of the method `update_pet`."""
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

        `PATCH /pets/{petId}`

        Args:
            pet_id: The path member `petId`.
            kind: One of `cat`, `dog`.
            born_at: When. RFC 3339 with offset.
            legs: 0 or more. When left out, the server takes 4.

        Raises:
            NotFoundError: 404 `NOT_FOUND`.
        """
        return self.call(operations.update_pet(pet_id, kind, born_at=born_at, legs=legs))
'''

MODELS_TAIL = '''\
Kind = TypeAliasType("Kind", Literal["cat", "dog"])


class Pet(Model):
    """An animal with a name."""

    kind: Kind
    born_at: Annotated[AwareDatetime | None | MISSING, Field(alias="bornAt")] = MISSING
    """When."""
    legs: Annotated[int | MISSING, Field(ge=0)] = MISSING


class EnvelopeError(Model):
    code: str
    message: str


class Envelope(Model):
    error: EnvelopeError
'''

FAILURES = '''\
"""The failures that operations share, by their names in the contract. Generated; do not edit."""

from __future__ import annotations

from . import errors, headers, models
from ._request import Failure

NOT_FOUND = Failure((errors.NotFoundError,), models.Envelope, headers=headers.X_LEFT)
'''

HEADERS = '''\
"""The headers that answers declare, each set once, by lower-case name. Generated; do not edit."""

from __future__ import annotations

from ._request import Header

X_LEFT = {
    "x-left": Header(int, True),
}
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
    assert files["failures.py"] == FAILURES
    assert files["headers.py"] == HEADERS
    assert files["errors.py"].endswith(ERRORS_TAIL)
    assert 'user_agent = "petstore/1.2"' in files["client.py"]


def test_the_package_has_these_files_and_no_runtime_that_it_does_not_need() -> None:
    files = generate(DOCUMENT, "petstore")

    assert sorted(name for name in files if not name.startswith("_")) == [
        "client.py",
        "errors.py",
        "failures.py",
        "headers.py",
        "methods/__init__.py",
        "methods/pets.py",
        "models.py",
        "operations/__init__.py",
        "operations/pets.py",
        "py.typed",
    ]
    assert not {"_styles.py", "_bodies.py", "_webhooks.py", "_async_waiting.py"} & files.keys()


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
