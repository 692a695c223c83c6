"""Our judges as schemathesis checks: importing this module registers them, in the engine and on its CLI.

    schemathesis --hooks framecast_contract.checks.extension run …     (SCHEMATHESIS_HOOKS works as well)

Checks of rate-limit headers need the target's clock and are left to the suite.
"""

from typing import Any
from urllib.parse import urlsplit

import schemathesis
from schemathesis import Case, CheckContext, Response
from schemathesis.core.failures import Failure

from framecast_contract.checks.exchanges import JUDGES, Judge
from framecast_contract.contract import Contract, load_contract
from framecast_contract.history import Exchange

PLUGGED = tuple(name for name in JUDGES if name != "rate_headers")


class BrokenRule(Failure):
    """A rule of the oracle that a response does not keep."""

    __slots__ = ()


def exchange_of(response: Response, case: Case[Any]) -> Exchange:
    """The exchange that schemathesis made. A probe with another method is no call of the operation."""
    request = response.request
    same = str(request.method).upper() == case.operation.method.upper()
    url = urlsplit(str(request.url))
    body = request.body or b""
    return Exchange(
        operation=case.operation.definition.raw.get("operationId") if same else None,
        persona="fuzzer",
        method=str(request.method),
        url=f"{url.path}?{url.query}" if url.query else url.path,
        request_headers=tuple((str(name), str(value)) for name, value in request.headers.items()),
        request_body=body if isinstance(body, bytes) else str(body).encode(),
        status=response.status_code,
        response_headers=tuple(
            (name, value) for name, values in response.headers.items() for value in values
        ),
        response_body=response.content,
    )


def _plug(name: str, judge: Judge, contract: Contract) -> None:
    def check(ctx: CheckContext, response: Response, case: Case[Any]) -> bool | None:
        del ctx
        broken = judge(exchange_of(response, case), contract)
        if broken is None:
            return True  # schemathesis' word for: this check does not apply here
        if broken:
            told = "; ".join(dict.fromkeys(rule.message for rule in broken))
            raise BrokenRule(
                operation=case.operation.label, title=f"{broken[0].rule_id} is broken", message=told
            )
        return None

    check.__name__ = name
    schemathesis.check(check)


for _name in PLUGGED:
    _plug(_name, JUDGES[_name], load_contract())
