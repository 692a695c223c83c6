"""The control surface under `/__sandbox__/`: what a test may decide about a served sandbox.

No part of the contract, and served only when settings say so. Others may add to it (`add`): that is how the
RunPod double lets a test decide how a render ends.
"""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response
from starlette.types import Receive, Scope

from framecast_contract.clock import VirtualClock
from framecast_contract.sandbox.http import (
    Call,
    Refusal,
    conflict,
    integer,
    invalid,
    is_number,
    not_found,
    read_body,
    required,
    text,
)

if TYPE_CHECKING:
    from framecast_contract.sandbox.app import Sandbox

Handler = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]
MAX_ADVANCE_SECONDS = 10 * 365 * 86400


class Control:
    """Commands by method and name; each takes the JSON body and gives a JSON answer."""

    prefix = "/__sandbox__/"

    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._handlers: dict[tuple[str, str], Handler] = {
            ("POST", "credits"): self.set_credits,
            ("POST", "clock/advance"): self.advance,
            ("GET", "clock"): self.clock,
            ("POST", "reset"): self.reset,
            ("GET", "state"): self.state,
        }
        self._capabilities = {"credits"}

    def add(
        self, name: str, handler: Handler, *, method: str = "POST", capability: str | None = None
    ) -> None:
        """Serve `method /__sandbox__/<name>` too, and show `capability` (by default `name`) in the state."""
        self._handlers[method, name] = handler
        self._capabilities.add(capability or name)

    async def respond(self, scope: Scope, receive: Receive) -> Response:
        handler = self._handlers.get((scope["method"], scope["path"].removeprefix(self.prefix)))
        try:
            if handler is None:
                raise not_found("control command")
            body = Call(scope, {}, await read_body(receive)).optional_body()
            return JSONResponse(await handler(body))
        except ClientDisconnect:
            return Response(status_code=400)
        except Refusal as refusal:
            return refusal.response()

    async def set_credits(self, body: dict[str, Any]) -> dict[str, Any]:
        """`{owner, credits}`: set the balance that pays for an owner URN."""
        owner = required(text(body, "owner"), "owner")
        credits = required(integer(body, "credits", 0, 2**31 - 1), "credits")
        try:
            self._sandbox.set_credits(owner, credits)
        except ValueError as error:
            raise invalid(str(error)) from error
        except LookupError as error:
            raise Refusal(404, "NOT_FOUND", str(error)) from error
        return {"owner": owner, "credits": credits}

    async def clock(self, _body: dict[str, Any]) -> dict[str, Any]:
        return {"now": self._sandbox.now(), "virtual": isinstance(self._sandbox.clock, VirtualClock)}

    async def advance(self, body: dict[str, Any]) -> dict[str, Any]:
        """`{seconds}`: move a virtual clock forward; 409 on real time."""
        seconds: Any = body.get("seconds")
        if not is_number(seconds) or not 0 <= seconds <= MAX_ADVANCE_SECONDS:
            raise invalid(f"seconds must be a number from 0 to {MAX_ADVANCE_SECONDS}")
        clock = self._sandbox.clock
        if not isinstance(clock, VirtualClock):
            raise conflict("this sandbox runs on real time; serve it with a virtual clock to move it")
        await clock.advance(seconds)
        await self._sandbox.settle()
        return await self.clock({})

    async def reset(self, _body: dict[str, Any]) -> dict[str, Any]:
        self._sandbox.reset()
        return {}

    async def state(self, _body: dict[str, Any]) -> dict[str, Any]:
        """What a test may decide here."""
        virtual = {"clock"} if isinstance(self._sandbox.clock, VirtualClock) else set()
        return {"capabilities": sorted(self._capabilities | virtual)}
