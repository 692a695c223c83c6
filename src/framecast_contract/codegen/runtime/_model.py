"""The bases of the models."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """An object of the contract.

    Members the contract does not know yet are kept, so that a stored object comes back whole. A member that
    may be absent has the value `pydantic.MISSING` when it is, which is not the same as None.
    """

    model_config = ConfigDict(
        extra="allow",
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        protected_namespaces=(),  # members have the names that the contract gives them
        defer_build=True,  # a program uses few of the models, importing should not pay for all
    )

    def model_dump(self, **options: Any) -> dict[str, Any]:
        """As pydantic's, but `warnings` are off: values that are newer than this client are no mistake."""
        calm: dict[str, Any] = {"warnings": False, **options}
        return super().model_dump(**calm)

    def model_dump_json(self, **options: Any) -> str:
        """As pydantic's, but `warnings` are off, as in `model_dump`."""
        calm: dict[str, Any] = {"warnings": False, **options}
        return super().model_dump_json(**calm)


class OpenModel(Model):
    """An object that may have further members of any name; the contract says so."""
