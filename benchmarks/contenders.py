"""Who is compared: every client on the same in-process server, each asked in the way that is natural for it.

Runs in the bench environment. `opc_client` is what openapi-python-client made of our contract.
"""

import importlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import httpx

from benchmarks import handwritten, handwritten_models, stainless
from framecast_client import FramecastClient, SyncFramecastClient, models

BASE_URL = "http://framecast.test"
TOKEN = "fc_bench"
RAW, HAND, OURS = "raw httpx + json()", "hand-written", "framecast-client"
OPC, RUNWAY = "openapi-python-client", "runwayml"
AS_DICT = ", spec as dict"

RATE_LIMIT = {
    "x-ratelimit-limit": "60",
    "x-ratelimit-remaining": "59",
    "x-ratelimit-reset": "1767225660",
}

Call = Callable[[], Any]
"""One call of an operation; what it returns is awaitable when the client is asynchronous."""


@dataclass(frozen=True)
class Contender:
    """A client, and how it is asked for each operation."""

    name: str
    asynchronous: bool
    calls: dict[str, Call]


class Server:
    """Answers with one job, whatever is asked."""

    def __init__(self, job: bytes) -> None:
        self.job = job
        self.data = json.loads(job)
        self.job_id: str = self.data["id"]
        self.spec: dict[str, Any] = self.data["spec_snapshot"]
        self.transport = httpx.MockTransport(self._answer)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        status = 201 if request.method == "POST" else 200
        headers = {"content-type": "application/json", **RATE_LIMIT}
        return httpx.Response(status, headers=headers, content=self.job)


def contenders(server: Server) -> Iterator[Contender]:
    """Everybody; raw httpx first."""
    for of_one in (raw, hand_written, ours, openapi_python_client, runwayml):
        yield from of_one(server)


def raw(server: Server) -> Iterator[Contender]:
    """What nobody can do without: the request, and the body as plain data."""
    path, body = f"/v1/jobs/{server.job_id}", {"spec": server.spec, "idempotency_key": new_key()}
    headers = {"authorization": f"Bearer {TOKEN}"}
    client = httpx.Client(base_url=BASE_URL, headers=headers, transport=server.transport)
    waiting = httpx.AsyncClient(base_url=BASE_URL, headers=headers, transport=server.transport)

    async def get_job() -> Any:
        return (await waiting.get(path)).json()

    async def create_job() -> Any:
        return (await waiting.post("/v1/generate", json=body)).json()

    yield Contender(
        RAW,
        False,
        {
            "get_job": lambda: client.get(path).json(),
            "create_job": lambda: client.post("/v1/generate", json=body).json(),
        },
    )
    yield Contender(RAW, True, {"get_job": get_job, "create_job": create_job})


def hand_written(server: Server) -> Iterator[Contender]:
    spec = handwritten_models.Spec.model_validate(server.spec)
    for kind in (handwritten.Client, handwritten.AsyncClient):
        client = kind(BASE_URL, TOKEN, transport=server.transport)
        yield from _with_spec(HAND, kind is handwritten.AsyncClient, client, server, spec)


def ours(server: Server) -> Iterator[Contender]:
    spec = models.Spec.model_validate(server.spec)
    for name, strict in ((OURS, False), (f"{OURS}, strict", True)):
        for kind in (SyncFramecastClient, FramecastClient):
            client = kind(BASE_URL, TOKEN, transport=server.transport, strict=strict)
            yield from _with_spec(name, kind is FramecastClient, client, server, spec)


def _with_spec(
    name: str, asynchronous: bool, client: Any, server: Server, spec: object
) -> Iterator[Contender]:
    """The same client asked twice: with a model, and with plain data."""
    yield Contender(
        name,
        asynchronous,
        {"get_job": lambda: client.get_job(server.job_id), "create_job": lambda: client.create_job(spec)},
    )
    yield Contender(name + AS_DICT, asynchronous, {"create_job": lambda: client.create_job(server.spec)})


def openapi_python_client(server: Server) -> Iterator[Contender]:
    """It takes its own classes only, and leaves the key to the caller."""
    package = importlib.import_module("opc_client")
    for asynchronous in (False, True):
        client = package.AuthenticatedClient(BASE_URL, TOKEN, httpx_args={"transport": server.transport})
        yield Contender(OPC, asynchronous, _opc_calls(server, client, "asyncio" if asynchronous else "sync"))


def _opc_calls(server: Server, client: Any, does: str) -> dict[str, Call]:
    kinds = importlib.import_module("opc_client.models")
    get_job, create_job = (
        getattr(importlib.import_module(f"opc_client.api.jobs.{name}"), does)
        for name in ("get_job", "create_job")
    )
    spec, job_id = kinds.Spec.from_dict(server.spec), UUID(server.job_id)

    def create() -> Any:
        return create_job(client=client, body=kinds.CreateJobRequest(spec=spec, idempotency_key=new_key()))

    return {"get_job": lambda: get_job(job_id, client=client), "create_job": create}


def runwayml(server: Server) -> Iterator[Contender]:
    """Lenient by default, strict by a private option. It takes plain data; the key is up to the caller."""
    for name, strict in ((RUNWAY, False), (f"{RUNWAY}, strict", True)):
        for asynchronous, make in ((False, stainless.sync_client), (True, stainless.async_client)):
            client = make(BASE_URL, TOKEN, server.transport, strict=strict)
            yield Contender(
                name,
                asynchronous,
                {
                    "get_job": stainless.get_job(client, server.job_id),
                    "create_job": stainless.create_job(client, server.spec, new_key),
                },
            )


def new_key() -> str:
    return str(uuid4())
