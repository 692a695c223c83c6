"""A file on its way out: bytes, a path or an open file, in pieces and again from the start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from io import BytesIO, TextIOBase
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, TypeAlias, cast

from pydantic import MISSING

File: TypeAlias = "bytes | str | os.PathLike[str] | BinaryIO"
"""The bytes themselves, the path of a file, or a file that is open for reading bytes and can be rewound."""

Progress: TypeAlias = Callable[[int, int], object]
"""Told after every piece: bytes that were handed over, bytes in all."""

PIECE = 64 * 1024
"""Bytes of one piece."""


class Source:
    """A file to send; open it with `with`. What the caller opened is not closed.

    Raises:
        ValueError: it is neither bytes, nor a path, nor a binary file that can be rewound.
        OSError: the file cannot be read.
    """

    def __init__(self, file: File, on_progress: Progress | None = None) -> None:
        self._given = file
        self._on_progress = on_progress
        self._own = isinstance(file, bytes | str | os.PathLike)
        self._file = self._opened()
        self._start = self._file.tell()
        self.size = self._file.seek(0, os.SEEK_END) - self._start

    def _opened(self) -> BinaryIO:
        if isinstance(self._given, bytes):
            return BytesIO(self._given)
        if isinstance(self._given, str | os.PathLike):
            return Path(self._given).open("rb")
        given: Any = self._given
        if isinstance(given, TextIOBase) or not hasattr(given, "seekable") or not given.seekable():
            raise ValueError(
                f"file: expected bytes, a path or a binary file that can be rewound, got {given!r}"
            )
        return cast(BinaryIO, given)

    def name(self, given: object) -> str:
        """The name to announce: the given one, or that of the file.

        Raises:
            ValueError: the file has no name and none is given.
        """
        if given is not MISSING:
            return str(given)
        place: object = self._given if self._own else getattr(self._given, "name", "")
        name = Path(cast(str, place)).name if isinstance(place, str | os.PathLike) else ""
        if not name:
            raise ValueError("filename: these bytes have no name; give one")
        return name

    def pieces(self) -> Iterator[bytes]:
        """All bytes from the start. Progress is told after each piece."""
        self._file.seek(self._start)
        sent = 0
        while piece := self._file.read(PIECE):
            yield piece
            sent += len(piece)
            if self._on_progress:
                self._on_progress(sent, self.size)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._own:
            self._file.close()
