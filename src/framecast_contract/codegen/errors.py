"""What stops the generator."""

from __future__ import annotations


class CodegenError(Exception):
    """The document says something the client cannot express; nothing is written.

    `pointer` is the JSON pointer of the place in the bundled document.
    """

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(f"{pointer or '/'}: {problem}")
        self.pointer = pointer
