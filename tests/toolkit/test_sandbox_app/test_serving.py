"""A sandbox on a real socket: it answers, names a taken port, and goes down with readers connected."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest

from framecast_contract.clock import SystemClock
from framecast_contract.sandbox import AddressInUse, Settings, serve
from framecast_contract.target.tokens import TokenMint

from .world import SPEC

PROGRAM = """
from framecast_contract.sandbox import RateLimits, Settings, serve
serve(
    Settings(renders="none", control=True, public_url=""), "127.0.0.1", 0,
    ready=lambda sandbox, url: print(url, flush=True),
)
"""
USER = "11111111-1111-4111-8111-111111111111"


@contextmanager
def served() -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def test_a_taken_port_is_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(AddressInUse, match=f"cannot listen on 127.0.0.1:{port}"):
            serve(Settings(), "127.0.0.1", port)


def test_an_open_event_stream_does_not_hold_up_the_end() -> None:
    token = TokenMint(Settings().jwt_secret, SystemClock()).mint({"sub": USER, "email": "a@example.com"})
    with served() as (url, process), httpx.Client(base_url=url, timeout=10) as client:
        client.headers["Authorization"] = f"Bearer {token}"
        assert client.get("/v1/account").json()["id"] == USER
        client.post("/__sandbox__/credits", json={"owner": f"framecast:user:{USER}", "credits": 100})
        job = client.post("/v1/generate", json={"spec": SPEC}).json()
        with client.stream("GET", f"/v1/jobs/{job['id']}/events") as stream:
            lines = stream.iter_lines()
            assert next(lines) == f"id: {job['id']}:1"
            process.send_signal(signal.SIGINT)
            assert list(lines) == ["event: queued", "data: {}", ""]
        assert process.wait(timeout=10) in (0, -signal.SIGINT)
