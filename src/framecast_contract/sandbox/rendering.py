"""Renders of projects and artifacts (jobs-and-rendering 4)."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox


class Rendering:
    """The operations that start such renders."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
