"""What goes along when a team or a user is deleted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Removal:
    """Removes rows that belong together."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
