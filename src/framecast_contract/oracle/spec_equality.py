"""When two reads say the same: storyboards but for the links put in on reading, times but for the spelling.

A reference image may carry a signed URL that the server fills in anew on every read and ignores on input,
so that one member says nothing about the storyboard.
"""

from collections.abc import Mapping
from typing import Any

from framecast_contract.oracle.instants import instant


def same_member(name: str, one: Any, other: Any) -> bool:
    """Whether a member called `name` has one value in two reads; times (`…_at`) are compared as instants."""
    return instant(one) == instant(other) if name.endswith("_at") else same_spec(one, other)


def same_spec(one: Any, other: Any) -> bool:
    """Whether two decoded storyboards are equal apart from the URLs of their reference images."""
    return bool(without_image_urls(one) == without_image_urls(other))


def without_image_urls(spec: Any) -> Any:
    """A storyboard with the URL taken out of every reference image; anything else as it is."""
    symbols = spec.get("symbols") if isinstance(spec, Mapping) else None
    if not isinstance(symbols, Mapping):
        return spec
    return {**spec, "symbols": {name: _symbol(symbol) for name, symbol in symbols.items()}}


def _symbol(symbol: Any) -> Any:
    images = symbol.get("reference_images") if isinstance(symbol, Mapping) else None
    if not isinstance(images, list):
        return symbol
    return {**symbol, "reference_images": [_image(image) for image in images]}


def _image(image: Any) -> Any:
    if not isinstance(image, Mapping):
        return image
    return {name: value for name, value in image.items() if name != "url"}
