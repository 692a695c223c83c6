"""Which uploaded files a person's storyboards may name (V-40, V-41)."""

from typing import TYPE_CHECKING

from framecast_contract.sandbox.http import UUID, Caller

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Assets:
    """Rows of uploaded files."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox

    def seen_by(self, caller: Caller) -> "CallersAssets":
        return CallersAssets(self._sandbox, caller)


class CallersAssets:
    """The ready assets one caller can access, as spec validation asks for them."""

    def __init__(self, sandbox: "Sandbox", caller: Caller) -> None:
        self._sandbox = sandbox
        self._caller = caller

    def content_type(self, asset_id: str) -> str | None:
        """The type of a ready, accessible asset; None for every other id."""
        if not UUID.fullmatch(asset_id):
            return None
        row = self._sandbox.database.one(
            "SELECT owner, content_type FROM assets WHERE id = ? AND status = 'ready'", asset_id.lower()
        )
        if row is None or not self._sandbox.access.may_see_urn(self._caller, row["owner"]):
            return None
        content_type: str = row["content_type"]
        return content_type
