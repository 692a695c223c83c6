"""Which invariants of the facts a client can see broken, so that none is missing and none claimed in vain.

Every observable one is a rule in `rules.py`. The others hold inside the server only: no answer of any
operation would look different if they did not.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType


def _numbered(prefix: str, *numbers: int) -> Iterator[str]:
    return (f"{prefix}{number}" for number in numbers)


# conventions.md 15
_PEOPLE = (
    *_numbered("INV-U", *range(1, 7)),
    *_numbered("INV-T", *range(1, 9)),
    *_numbered("INV-M", *range(1, 7)),
    *_numbered("INV-I", *range(1, 10)),
    *_numbered("INV-A", 1, 3, 4, 5, 6, 7),
    *_numbered("INV-C", *range(1, 7)),
    *_numbered("MSG-", *range(1, 6)),
    *_numbered("INV-ART", *range(1, 8)),
    "INV-ART-CHAR",
    *_numbered("INV-X", *range(4, 9)),
    *_numbered("INV-TIME", 1, 4),
    *_numbered("CARD-", *range(1, 5)),
)

# job-semantics.md 13
_WORK = (
    *_numbered("INV-J", *range(1, 14)),
    *_numbered("INV-P", *range(1, 6)),
    *_numbered("INV-AF", *range(1, 7)),
    *_numbered("INV-W", *range(1, 6)),
    *_numbered("INV-WD", *range(1, 5)),
    *_numbered("INV-SA", *range(1, 4)),
    *_numbered("INV-X", *range(1, 4)),
    *_numbered("INV-TIME", 2, 3),
    *_numbered("CARD-", 5, 6),
)

OBSERVABLE = frozenset(_PEOPLE + _WORK)

NOT_ON_THE_WIRE: Mapping[str, str] = MappingProxyType(
    {
        "INV-A2": "no answer shows the stored hash of a key",
        "INV-TIME5": "no answer shows when an invitation was accepted",
        "INV-US1": "no operation shows usage records",
        "INV-US2": "no operation shows how many renders a usage record counts",
        "INV-US3": "no operation shows the credits of a usage record",
        "INV-US4": "no operation lists the usage records of an owner",
    }
)
