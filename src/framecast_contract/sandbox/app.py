"""The embedded Framecast: an ASGI app over one database, one clock and one source of randomness.

A request is answered in three steps. The body is read (the only waiting before the answer); then credentials,
rate limit and operation run without waiting, which is what makes requests serial; then the answer is sent and
background work follows. An operation that must ask a service first (a file's size, the language model, a
webhook's receiver) gives back an awaitable, which is awaited after its transaction and opens its own.
Every rule is a method of an area object reached through the instance.
"""

import logging
import random as random_module
from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from framecast_contract.clock import Clock
from framecast_contract.sandbox.access import Access, parse_owner
from framecast_contract.sandbox.accounts import Accounts
from framecast_contract.sandbox.api_keys import ApiKeys
from framecast_contract.sandbox.artifacts import Artifacts
from framecast_contract.sandbox.assets import Assets
from framecast_contract.sandbox.auth import Auth
from framecast_contract.sandbox.background import Background
from framecast_contract.sandbox.callbacks import Callbacks
from framecast_contract.sandbox.control import Control
from framecast_contract.sandbox.conversations import Conversations
from framecast_contract.sandbox.credits import MAX_CREDITS, Credits
from framecast_contract.sandbox.database import Database
from framecast_contract.sandbox.deliveries import Deliveries
from framecast_contract.sandbox.dispatch import Dispatch
from framecast_contract.sandbox.events import Events
from framecast_contract.sandbox.http import Call, Caller, Refusal, format_timestamp, read_body
from framecast_contract.sandbox.invitations import Invitations
from framecast_contract.sandbox.jobs import Jobs
from framecast_contract.sandbox.lifecycle import Lifecycle
from framecast_contract.sandbox.mail import Mail
from framecast_contract.sandbox.members import Members
from framecast_contract.sandbox.messages import Messages
from framecast_contract.sandbox.operations import ROUTES, Operation
from framecast_contract.sandbox.projects import Projects
from framecast_contract.sandbox.rate_limits import RateLimits
from framecast_contract.sandbox.refunds import Refunds
from framecast_contract.sandbox.removal import Removal
from framecast_contract.sandbox.rendering import Rendering
from framecast_contract.sandbox.settings import Settings
from framecast_contract.sandbox.storage import Storage
from framecast_contract.sandbox.storyboards import Storyboards
from framecast_contract.sandbox.system_assets import SystemAssets
from framecast_contract.sandbox.teams import Teams
from framecast_contract.sandbox.upstreams import Upstreams
from framecast_contract.sandbox.webhooks import Webhooks

log = logging.getLogger(__name__)
Outcome = Response | Awaitable[Response]
CORS_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
CORS_HEADERS = ("Content-Type", "Authorization", "X-API-Key")
CORS_MAX_AGE_SECONDS = 3600


class Sandbox:
    """One Framecast. Several live side by side in a process; they share nothing.

    `upstream` is how it reaches the services behind it, `receivers` how it reaches webhooks; without a second
    transport both take the first, without a first the network.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Clock,
        random: random_module.Random,
        upstream: httpx.AsyncBaseTransport | None = None,
        receivers: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self.settings, self.clock, self.random = settings, clock, random
        self._first_random_state = _state(random)
        self._last_stamp: datetime | None = None
        self.database = Database(settings.database)
        self.background = Background(clock)
        self.access, self.auth, self.credits = Access(self), Auth(self), Credits(self)
        self.rate_limits, self.refunds = RateLimits(self), Refunds()
        self.accounts, self.api_keys, self.teams = Accounts(self), ApiKeys(self), Teams(self)
        self.assets, self.system_assets, self.storyboards = (
            Assets(self),
            SystemAssets(self),
            Storyboards(self),
        )
        self.jobs, self.lifecycle, self.events = Jobs(self), Lifecycle(self), Events(self)
        self.callbacks, self.dispatch = Callbacks(self), Dispatch(self)
        self.members, self.invitations, self.mail = Members(self), Invitations(self), Mail(self)
        self.removal = Removal(self)
        self.projects, self.rendering, self.artifacts = Projects(self), Rendering(self), Artifacts(self)
        self.conversations, self.messages = Conversations(self), Messages(self)
        self.webhooks, self.deliveries = Webhooks(self), Deliveries(self)
        self.storage = Storage(settings, clock.now)
        self.upstreams = Upstreams(settings, upstream, receivers)
        self.control = Control(self)
        self.app: ASGIApp = self._with_cors(self._serve)

    def _with_cors(self, app: ASGIApp) -> ASGIApp:
        return CORSMiddleware(
            app,
            allow_origins=self.settings.cors_origins,
            allow_methods=CORS_METHODS,
            allow_headers=CORS_HEADERS,
            max_age=CORS_MAX_AGE_SECONDS,
        )

    def new_id(self) -> str:
        """A random UUID from this sandbox's own source."""
        return str(UUID(int=self.random.getrandbits(128), version=4))

    def now(self) -> str:
        """The present moment as stored text, to compare with."""
        return format_timestamp(self.clock.now())

    def ago(self, seconds: float) -> str:
        """The moment `seconds` before now."""
        return format_timestamp(self.clock.now() - timedelta(seconds=seconds))

    def stamp(self) -> str:
        """A moment for a change: never the same twice, so order is total even while the clock stands."""
        now = self.clock.now()
        if self._last_stamp is not None and now <= self._last_stamp:
            now = self._last_stamp + timedelta(microseconds=1)
        self._last_stamp = now
        return format_timestamp(now)

    def set_credits(self, owner_urn: str, credits: int) -> None:
        """Set the balance that pays for an owner URN, 0 to 2,147,483,647 credits.

        Raises ValueError for another number or a malformed URN, LookupError when there is no such payer.
        """
        owner = parse_owner(owner_urn)
        if owner is None or owner.is_reference:
            raise ValueError(f"{owner_urn!r} is not an owner URN such as framecast:user:<uuid>")
        if not 0 <= credits <= MAX_CREDITS:
            raise ValueError(f"credits must be 0 to {MAX_CREDITS}, not {credits}")
        with self.database.transaction():
            known = self.credits.set(owner, credits)
        if not known:
            raise LookupError(f"nobody pays for {owner_urn}: people exist from their first request on")

    def reset(self) -> None:
        """Back to the state after construction: nobody, nothing, the first id again. Open streams end."""
        self.background.clear()
        self.dispatch.clear()
        self.database.clear()
        self.rate_limits.clear()
        self.events.clear()
        self._last_stamp = None
        if self._first_random_state is not None:
            self.random.setstate(self._first_random_state)

    def recover(self) -> None:
        """Pick up what a database file holds after a restart. Needs a running event loop."""
        self.dispatch.recover()
        self.deliveries.recover()

    async def settle(self) -> None:
        """Return when no background work is under way; retries that wait for the clock do not count."""
        await self.background.settle()

    def close(self) -> None:
        """End streams and background work and close the database."""
        self.events.end_streams()
        self.background.clear()
        self.database.close()

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
        elif scope["type"] == "http":
            response = await self._respond(scope, receive)
            await response(scope, receive, send)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        await receive()
        self.recover()
        await send({"type": "lifespan.startup.complete"})
        await receive()
        self.background.clear()
        await self.upstreams.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _respond(self, scope: Scope, receive: Receive) -> Response:
        path = scope["path"]
        if self.settings.control and path.startswith(self.control.prefix):
            return await self.control.respond(scope, receive)
        found = ROUTES.find(path)
        if found is None:
            return self._with_rate_headers(scope, PlainTextResponse("Not Found", 404))
        methods, params = found
        operation = methods.get(scope["method"])
        if operation is None:
            refused = PlainTextResponse("Method Not Allowed", 405, {"Allow": ", ".join(methods)})
            return self._with_rate_headers(scope, refused)
        try:
            body = await read_body(receive) if operation.has_body else b""
        except ClientDisconnect:
            return Response(status_code=400)
        return await self.answer(operation, Call(scope, params, body))

    def _with_rate_headers(self, scope: Scope, response: Response) -> Response:
        if scope["path"].startswith("/v1/"):
            response.headers.update(self.rate_limits.peek(_address(scope)))
        return response

    async def answer(self, operation: Operation, call: Call) -> Response:
        """The answer to a request whose body has been read; waits only when a service must be asked."""
        headers: Mapping[str, str] = {}
        try:
            caller, refusal = self._identify(operation, call)
            if operation.path.startswith("/v1/"):
                headers, over_limit = self.rate_limits.count(caller, _address(call.scope))
                refusal = over_limit or refusal
            if refusal is not None:
                raise refusal
            outcome = self._perform(operation, call, caller)
            response = outcome if isinstance(outcome, Response) else await outcome
        except Refusal as refused:
            response = refused.response()
        except Exception:
            log.exception("%s failed", operation.operation_id)
            response = Refusal(500, "INTERNAL_ERROR", "the sandbox has a fault").response()
        response.headers.update(headers)
        return response

    def _identify(self, operation: Operation, call: Call) -> tuple[Caller | None, Refusal | None]:
        """The caller, or why there is none; a person provisioned here stays whatever the answer is."""
        if not operation.authenticated:
            return None, None
        try:
            with self.database.transaction():
                return self.auth.authenticate(call, keys_accepted=operation.keys), None
        except Refusal as refusal:
            return None, refusal

    def _perform(self, operation: Operation, call: Call, caller: Caller | None) -> Outcome:
        if caller is not None:
            call.caller = caller
            self.auth.require_tier(caller, operation.tier)
            self.auth.require_scope(caller, operation.scope)
        handler = getattr(getattr(self, operation.area), operation.operation_id)
        with self.database.transaction():
            outcome: Outcome = handler(call)
        return outcome


def _address(scope: Scope) -> str:
    return str((scope.get("client") or ("unknown",))[0])


def _state(random: random_module.Random) -> Any:
    """Where the source stands now; a system source cannot be rewound."""
    try:
        return random.getstate()
    except NotImplementedError:
        return None
