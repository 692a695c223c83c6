"""Names of the document on their way into Python: which they become, and which nobody else may have."""

from __future__ import annotations

from typing import Any

import pytest

from framecast_contract.codegen import CodegenError
from framecast_contract.codegen.names import class_name, constant, snake, spelled
from framecast_contract.codegen.planning import CLIENT_MEMBERS, Plan, area_class, plan
from framecast_contract.codegen.reading import read
from framecast_contract.codegen.runtime._async_client import AsyncClient


def planned(*named: tuple[str, str]) -> Plan:
    """The plan of operations with these ids and tags."""
    responses = {"204": {"description": "done"}}
    paths: dict[str, Any] = {
        f"/{number}": {"get": {"operationId": operation_id, "tags": [tag], "responses": responses}}
        for number, (operation_id, tag) in enumerate(named)
    }
    return plan(read({"openapi": "3.1.0", "paths": paths}))


def test_a_method_takes_no_name_that_python_or_the_client_has() -> None:
    ids = ("getPet", "list", "import", "send", "with_options", "Get-Pets/All", "HTTPStatus")
    found = planned(*((operation_id, "t") for operation_id in ids))

    assert [one.name for one in found.operations] == [
        *("get_pet", "list_", "import_", "send_", "with_options_", "get_pets_all", "http_status")
    ]


def test_every_member_of_the_clients_is_known() -> None:
    assert {name for name in dir(AsyncClient) if not name.startswith("_")} <= CLIENT_MEMBERS


def test_an_area_takes_no_name_of_an_operation_or_of_the_runtime() -> None:
    found = planned(
        ("upload", "upload"), ("a", "client"), ("b", "class"), ("c", ""), ("d", "Pets"), ("e", "pets")
    )

    assert {area: [one.name for one in operations] for area, operations in found.areas.items()} == {
        "upload_area": ["upload"],
        "client": ["a"],
        "class_": ["b"],
        "pets": ["d", "e"],
        "other": ["c"],
    }
    assert [area_class(area, sync=True) for area in found.areas][:2] == ["SyncUploadArea", "SyncClientArea"]


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (
            (("get_x", "t"), ("getX", "t")),
            "/paths/~11/get: the Python name 'get_x' is used twice; rename one of them",
        ),
        (
            (("a", "a1"), ("b", "a_1")),
            "/paths/~11/get/tags/0: the Python name 'AsyncA1' is used twice; rename one of them",
        ),
        (
            (("$$", "t"),),
            "/paths/~10/get/operationId: '$$' has no letter or digit to make a Python name of; rename it",
        ),
        (
            (("a" * 201, "t"),),
            "/paths/~10/get/operationId: a name of 201 characters is too long; use at most 200",
        ),
    ],
)
def test_names_that_cannot_be_are_refused(named: tuple[tuple[str, str], ...], message: str) -> None:
    with pytest.raises(CodegenError) as caught:
        planned(*named)

    assert str(caught.value) == message


def test_texts_become_names() -> None:
    assert [
        snake(text, "") for text in ("Last-Event-ID", "ｓｅｌｆ", "../etc", "2fa", "__init__", "имя")
    ] == [*("last_event_id", "self_", "etc", "field_2fa", "init", "u0438_u043c_u044f")]
    assert [class_name(text) for text in ("pet-list", "URLList", "1st", "Literal", "имя", "a.b/c")] == [
        *("PetList", "URLList", "Schema1st", "LiteralModel", "Schema", "ABC")
    ]
    assert [constant("NotFound", ""), spelled("naïve"), spelled("имя")] == [
        *("NOT_FOUND", "na_u00ef_ve", "u0438_u043c_u044f")
    ]
