"""What stops the generator."""

from __future__ import annotations


class CodegenError(Exception):
    """The document says something the client cannot express; nothing is written.

    `pointer` is the JSON pointer of the place in the bundled document, `problem` what is wrong there; the
    message is one line of both.
    """

    def __init__(self, pointer: str, problem: str) -> None:
        super().__init__(_one_line(f"{pointer or '/'}: {problem}"))
        self.pointer = pointer
        self.problem = problem


def _one_line(text: str) -> str:
    """The text with everything that does not print spelled out."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
