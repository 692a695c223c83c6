"""Webhooks of teams (jobs-and-rendering 9)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Webhooks:
    """The operations on webhooks."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
