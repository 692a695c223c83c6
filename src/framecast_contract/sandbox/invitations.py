"""Invitations into teams (accounts-and-teams 7)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Invitations:
    """The operations on invitations."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
