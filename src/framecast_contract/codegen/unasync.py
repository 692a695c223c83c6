"""Blocking code from asynchronous code, so that the two clients have one description.

The words of the language go token by token (`await` goes, `async with` becomes `with`), then names change.
A line that ends in `# async only` has no blocking twin.
"""

from __future__ import annotations

import io
import re
import tokenize

_ONLY = "# async only"
_NAMES = {
    "AsyncIterator": "Iterator",
    "StopAsyncIteration": "StopIteration",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
    "__aiter__": "__iter__",
    "__anext__": "__next__",
    "aclose": "close",
    "aclosing": "closing",
    "aiter_bytes": "iter_bytes",
    "anyio": "time",
    "aread": "read",
    "asynccontextmanager": "contextmanager",
    "asynchronous": "blocking",
    "_async_client": "_sync_client",
    "_async_transport": "_sync_transport",
    "_async_uploads": "_sync_uploads",
    "_async_waiting": "_sync_waiting",
}
_LIBRARY = {"httpx.AsyncClient": "httpx.Client", "httpx.AsyncBaseTransport": "httpx.BaseTransport"}
_PHRASES = {
    " | Awaitable[str]": "",  # would stand there twice
    "`async with`": "`with`",
    "async with ": "with ",
    "async for ": "for ",
    "await client": "client",
}
"""What examples say, which are text."""
_GENERATOR = re.compile(r"\bAsyncGenerator\[(.+?), None\]")
_WORD = re.compile(r"\w+")


def unasync(text: str) -> str:
    """The blocking twin of a module or of a class in it."""
    kept = "".join(line for line in text.splitlines(keepends=True) if not line.rstrip().endswith(_ONLY))
    spoken = _without_waiting(kept)
    for name, other in {**_LIBRARY, **_PHRASES}.items():
        spoken = spoken.replace(name, other)
    spoken = _GENERATOR.sub(r"Generator[\1, None, None]", spoken)
    return _WORD.sub(lambda found: _name(found[0]), _without_awaitable(spoken))


def _name(word: str) -> str:
    if word in _NAMES:
        return _NAMES[word]
    if word == "AsyncGenerator":
        return "Generator"
    return re.sub(r"^Async(?=[A-Z])", "Sync", word)


def _without_waiting(text: str) -> str:
    """The code without `async` and `await`; comments and texts stay as they are."""
    lines = text.splitlines(keepends=True)
    words = [
        token
        for token in tokenize.generate_tokens(io.StringIO(text).readline)
        if token.type == tokenize.NAME and token.string in ("async", "await")
    ]
    for word in reversed(words):
        row, column = word.start
        line = lines[row - 1]
        lines[row - 1] = line[:column] + line[column + len(word.string) :].lstrip(" ")
    return "".join(lines)


def _without_awaitable(text: str) -> str:
    """`Awaitable[T]` as `T`, however many brackets are inside."""
    start = text.find("Awaitable[")
    while start >= 0:
        depth, end = 1, start + len("Awaitable[")
        while depth:
            depth += (text[end] == "[") - (text[end] == "]")
            end += 1
        text = text[:start] + text[start + len("Awaitable[") : end - 1] + text[end:]
        start = text.find("Awaitable[")
    return text
