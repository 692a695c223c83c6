"""`just sandbox`: a local Framecast on a port, with doubles behind it, or with the real services."""

import dataclasses
import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from random import SystemRandom
from typing import Any

import httpx
from dotenv import dotenv_values

from framecast_contract.clock import Clock, SystemClock, VirtualClock
from framecast_contract.doubles import Doubles, Reaction, RenderPlan, WebhookReceiver
from framecast_contract.sandbox import AddressInUse, RateLimits, Sandbox, Settings, serve
from framecast_contract.sandbox.http import invalid, text
from framecast_contract.target.asgi import AsgiTransport
from framecast_contract.target.embedded import sandbox_settings
from framecast_contract.target.errors import TargetError

Say = Callable[[str], None]

PLANS: dict[str, Callable[..., RenderPlan]] = {
    "complete": RenderPlan.complete,
    "fail": RenderPlan.fail,
    "hang": RenderPlan.hang,
    "manual": RenderPlan.manual,
    "crash": RenderPlan.crash,
    "time_out": RenderPlan.time_out,
}


@dataclass(frozen=True, slots=True)
class Served:
    """How to serve a sandbox; `real` takes the services and credentials of the environment and .env."""

    host: str = "127.0.0.1"
    port: int = 3000
    database: str = ":memory:"
    control: bool = False
    virtual_clock: bool = False
    real: bool = False


def serve_sandbox(options: Served, say: Say) -> None:
    """Serve until interrupted. TargetError, one line, when the port is taken or a setting is wrong."""
    clock: Clock = VirtualClock(datetime.now(UTC)) if options.virtual_clock else SystemClock()
    try:
        if options.real:
            _serve(options, _real_settings(), clock, None, say, None)
        else:
            doubles = Doubles(clock, SystemRandom(), os.environ)
            secret = os.environ.get("JWT_SECRET") or Settings().jwt_secret
            settings = sandbox_settings(doubles, jwt_secret=secret)
            _serve(options, settings, clock, doubles.transport(), say, doubles)
    except (AddressInUse, ValueError) as error:
        raise TargetError(str(error)) from error
    except sqlite3.OperationalError as error:
        raise TargetError(f"database {options.database}: {error}") from error


def _real_settings() -> Settings:
    values = {name: value for name, value in dotenv_values(".env").items() if value}
    values |= os.environ
    if "RUNPOD_ENDPOINT_ID" in values:  # RunPod's own word for it
        values.setdefault("RUNPOD_ENDPOINT", values["RUNPOD_ENDPOINT_ID"])
    return Settings.from_env(values)


def _serve(
    options: Served,
    settings: Settings,
    clock: Clock,
    upstream: httpx.AsyncBaseTransport | None,
    say: Say,
    doubles: Doubles | None,
) -> None:
    # Whoever asks for the control surface is testing, and would only meet the rate limit.
    limits = RateLimits.off() if options.control else RateLimits()
    settings = dataclasses.replace(
        settings,
        database=options.database,
        control=options.control,
        rate_limits=limits,
        public_url=os.environ.get("FRAMECAST_PUBLIC_URL", ""),
    )

    def ready(sandbox: Sandbox, url: str) -> None:
        if doubles is not None:
            doubles.object_store.ensure_bucket(settings.s3_bucket)
            doubles.runpod.callback_transport = AsgiTransport(sandbox.app)
            if options.control:
                sandbox.control.add("renders", _renders(doubles))
                sandbox.control.add("outbox", _outbox(doubles), method="GET")
                add_receiver(sandbox, doubles.receiver)
        say(f"Framecast sandbox on {url} (Ctrl-C stops it); a token for it: framecast-contract token")

    receivers = None if doubles is None else doubles.receiver_transport()
    serve(
        settings,
        options.host,
        options.port,
        clock=clock,
        upstream=upstream,
        receivers=receivers,
        ready=ready,
    )


def _renders(doubles: Doubles) -> Callable[[dict[str, Any]], Any]:
    """The control command that decides how the next renders end: `{ending, …}`, the options of its plan."""

    async def decide(body: dict[str, Any]) -> dict[str, Any]:
        options = dict(body)
        plan = PLANS.get(str(options.pop("ending", "")))
        if plan is None:
            return {"error": f"ending must be one of {', '.join(PLANS)}"}
        doubles.runpod.plan = plan(**options)
        return {"plan": str(doubles.runpod.plan)}

    return decide


def _outbox(doubles: Doubles) -> Callable[[dict[str, Any]], Any]:
    """The control command that shows every mail sent so far, oldest first: `{mails: […]}`."""

    async def show(_body: dict[str, Any]) -> dict[str, Any]:
        return {"mails": doubles.mail.outbox}

    return show


def add_receiver(sandbox: Sandbox, receiver: WebhookReceiver) -> None:
    """The control commands that script the webhook receiver and show what came in."""

    async def script(body: dict[str, Any]) -> dict[str, Any]:
        """`{path, reactions: [500, "silence", {status, body, headers, fault}, …]}`."""
        path, reactions = text(body, "path") or "", body.get("reactions")
        try:
            receiver.script(path, *map(Reaction.of, reactions if isinstance(reactions, list) else []))
        except ValueError as error:
            raise invalid(str(error)) from error
        return {"url": receiver.url(path)}

    async def show(_body: dict[str, Any]) -> dict[str, Any]:
        """`{url, calls: [{method, path, headers, body, at, answered}, …]}`, oldest first."""
        return {"url": receiver.home, "calls": [call.as_dict() for call in receiver.received()]}

    sandbox.control.add("receiver", script, capability="webhook_receiver")
    sandbox.control.add("receiver", show, method="GET", capability="webhook_receiver")
