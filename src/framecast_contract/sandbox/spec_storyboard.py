"""A storyboard as the rules read it: its parts by kind, the names it defines, and the assets it may use."""

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from framecast_contract.sandbox.catalogue import SystemAsset
from framecast_contract.sandbox.spec_shape import Node, walk

Slots = tuple[tuple[str, str], ...]
"""Members by the kind of part they belong to, such as `("scene", "prompt")`."""


class AssetLookup(Protocol):
    """What the validation asks about uploaded files."""

    def content_type(self, asset_id: str) -> str | None:
        """Content type of a ready asset that the caller can access, else None; takes any string whatever."""


class Storyboard:
    """What a spec says, ready for judging.

    `scene_ids`, `symbols`, `presets` and `speakers` (symbols with a voice) are keyed by name in the order of
    the spec: empty when left out, None when they have a type in which no name can be known.
    """

    def __init__(
        self, spec: Mapping[str, Any], assets: AssetLookup, catalogue: Mapping[str, SystemAsset]
    ) -> None:
        self.spec: Node = dict(spec)
        self.assets = assets
        self.catalogue = catalogue
        found = walk(self.spec)
        self.nodes = found.nodes
        self.mismatches = found.mismatches
        self._values = found.values
        self.scene_ids = self._scene_ids()
        self.symbols = self._table("symbols")
        self.presets = self._table("transition_presets")
        self.speakers = self._speakers()

    def _scene_ids(self) -> dict[str, None] | None:
        if not isinstance(self.spec.get("scenes"), list):
            return None
        return dict.fromkeys(scene_id for _, scene_id in self.values((("scene", "id"),)))

    def _table(self, member: str) -> Node | None:
        value = self.spec.get(member)
        if value is None:
            return {}
        return value if isinstance(value, dict) else None

    def _speakers(self) -> dict[str, Any] | None:
        if self.symbols is None:
            return None
        parts = {key: symbol for key, symbol in self.symbols.items() if isinstance(symbol, dict)}
        return {key: symbol["voice"] for key, symbol in parts.items() if symbol.get("voice") is not None}

    def values(self, slots: Slots) -> Iterator[tuple[str, Any]]:
        """Path and value of every member in `slots` that has a type it may have."""
        for kind, member in slots:
            yield from self._values[kind][member]
