"""Defects of the catalogue of sounds."""

from collections.abc import Callable
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, with_body

_MATRIX = "tests/conformance/test_access.py::test_access"


def _listed_as(change: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Sandbox], None]:
    """A defect that shows every listed asset in a changed form."""

    def changed(response: Response) -> Response:
        return with_body(response, lambda assets: [change(asset) for asset in assets])

    return lambda sandbox: alter(sandbox.system_assets.list_system_assets, changed)


DEFECTS = (
    Defect(
        "asset-duration-as-number",
        "D-19",
        "Durations of assets are numbers instead of decimal strings.",
        _listed_as(lambda asset: asset | {"duration_seconds": float(asset["duration_seconds"])}),
        (f"{_MATRIX}[list_system_assets-creator]",),
    ),
    Defect(
        "asset-of-wrong-length",
        "ASSET-2",
        "Every asset is said to last a second.",
        _listed_as(lambda asset: asset | {"duration_seconds": "1.000"}),
        (f"{_MATRIX}[list_system_assets-creator]",),
    ),
    Defect(
        "asset-without-tags",
        "ASSET-3",
        "Assets are listed without their tags.",
        _listed_as(lambda asset: asset | {"tags": []}),
        (f"{_MATRIX}[list_system_assets-creator]",),
    ),
    Defect(
        "asset-of-wrong-category",
        "ASSET-8",
        "Every asset is said to be music.",
        _listed_as(lambda asset: asset | {"category": "music"}),
        (f"{_MATRIX}[list_system_assets-creator]",),
    ),
)
