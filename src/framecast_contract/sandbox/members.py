"""Who belongs to a team, and as what (accounts-and-teams 6)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Members:
    """The operations on memberships."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
