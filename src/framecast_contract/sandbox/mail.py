"""The mail a Framecast sends."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Mail:
    """Sends mail in the background."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
