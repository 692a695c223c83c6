"""From a method and a path back to the operation of the contract."""

import re
from collections.abc import Iterable

_PARAMETER = re.compile(r"\{[^}]+\}")


class Routes:
    """Finds operationIds. Built once per contract from (operationId, method, path template) rows."""

    def __init__(self, rows: Iterable[tuple[str, str, str]]) -> None:
        self._exact: dict[tuple[str, str], str] = {}
        self._templates: list[tuple[str, re.Pattern[str], str]] = []
        for operation_id, method, path in rows:
            if "{" in path:
                self._templates.append((method.upper(), _pattern(path), operation_id))
            else:
                self._exact[method.upper(), path] = operation_id

    def operation_of(self, method: str, path: str) -> str | None:
        """The operationId, or None when the contract has no such operation. A literal path wins."""
        found = self._exact.get((method, path))
        if found is not None:
            return found
        return next(
            (name for verb, path_of, name in self._templates if verb == method and path_of.match(path)), None
        )


def _pattern(template: str) -> re.Pattern[str]:
    literals = [re.escape(part) for part in _PARAMETER.split(template)]
    return re.compile("^" + "[^/]+".join(literals) + "$")
