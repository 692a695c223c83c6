"""Conversations with the language model (accounts-and-teams 9)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Conversations:
    """The operations on conversations."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
