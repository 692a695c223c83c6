"""Messages of conversations (accounts-and-teams 9)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Messages:
    """The operations on messages."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
