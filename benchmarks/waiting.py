"""What `wait_for_job` costs while nothing happens: prints JSON. Runs in the bench environment.

A loopback server opens the event stream of a job and says no more. Processor time is that of the process in
two seconds from the middle of the wait; the server's threads are asleep as well.
"""

import asyncio
import json
import socketserver
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.contenders import TOKEN
from framecast_client import FramecastClient, SyncFramecastClient, WaitTimeoutError

WAIT, SETTLED, WINDOW = 3.0, 0.7, 2.0
"""Seconds: how long is waited, when the calm begins, and how long it is watched."""


class Silent(socketserver.BaseRequestHandler):
    """Answers one request: the job, or the beginning of its events."""

    job: bytes

    def handle(self) -> None:
        asked = self.request.recv(65536)
        if b"/events " not in asked:
            head = f"content-type: application/json\r\ncontent-length: {len(self.job)}\r\nconnection: close"
            self.request.sendall(f"HTTP/1.1 200 OK\r\n{head}\r\n\r\n".encode() + self.job)
            return
        self.request.sendall(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\n: hello\n\n")
        threading.Event().wait()


def silent_server(job: bytes) -> str:
    """Start a server on which nothing happens, and give its base URL."""
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), type("Handler", (Silent,), {"job": job}))
    server.daemon_threads = True
    seldom = 60.0  # how often it looks whether it should stop, which it need not before the process ends
    threading.Thread(target=server.serve_forever, args=(seldom,), daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}"


def blocking(base_url: str, job_id: str) -> None:
    with SyncFramecastClient(base_url, TOKEN) as client:
        client.wait_for_job(job_id, timeout=WAIT)


def on_a_loop(base_url: str, job_id: str) -> None:
    async def wait() -> None:
        async with FramecastClient(base_url, TOKEN) as client:
            await client.wait_for_job(job_id, timeout=WAIT)

    asyncio.run(wait())


def idle(wait: Callable[[str, str], None], base_url: str, job_id: str) -> float:
    """Milliseconds of processor time in the calm part of a wait.

    Raises:
        SystemExit: it did not wait until its time was up.
    """
    used = []

    def watch() -> None:
        time.sleep(SETTLED)
        before = time.process_time()
        time.sleep(WINDOW)
        used.append(time.process_time() - before)

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.monotonic()
    try:
        wait(base_url, job_id)
    except WaitTimeoutError:
        watcher.join()
    if not WAIT <= time.monotonic() - started < WAIT + 1:
        raise SystemExit(f"wait_for_job took {time.monotonic() - started:.1f} s instead of {WAIT} s")
    return used[0] * 1000


def main() -> int:
    job = json.loads((Path(sys.argv[1]) / "job.json").read_bytes())
    running = {**job, "status": "processing", "output": None, "output_size_bytes": None, "completed_at": None}
    base_url = silent_server(json.dumps(running).encode())
    waits = {"sync": blocking, "async": on_a_loop}
    print(json.dumps({name: idle(wait, base_url, job["id"]) for name, wait in waits.items()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
