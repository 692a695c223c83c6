"""A sandbox in a process of its own: it starts or says why not, and works behind served doubles.

The doubles have one implementation and two ways in. The stories of `tests/lifecycle/` go in by respx; here
the same doubles listen on loopback ports for a sandbox in another process.
"""

from collections.abc import AsyncIterator
from random import Random

import pytest

from framecast_client.models import Job, JobOutput
from framecast_contract.clock import SystemClock
from framecast_contract.doubles import Doubles, RenderPlan
from framecast_contract.history import History
from framecast_contract.target.base import Capability
from framecast_contract.target.errors import TargetError
from framecast_contract.target.live import LiveTarget, Profile, check_reachable
from framecast_contract.target.people import People
from framecast_contract.target.routes import Routes
from framecast_contract.target.spawned import spawned_sandbox
from framecast_contract.target.waiting import poll_until, waiting_on
from framecast_contract.workloads.storyboards import storyboard

SECRET = "a secret that only this test knows, 32 bytes"


@pytest.fixture
async def doubles() -> Doubles:
    made = Doubles(SystemClock(), Random(1))
    made.runpod.plan = RenderPlan.complete(after=0.02, progress=(50,))
    return made


@pytest.fixture
async def served(doubles: Doubles, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[LiveTarget]:
    """A sandbox in another process, whose services are the doubles of this one."""
    monkeypatch.setenv("JWT_SECRET", SECRET)
    async with doubles.serve() as environment:
        doubles.object_store.ensure_bucket("framecast-outputs")
        with spawned_sandbox("--real", "--control", environment=environment) as url:
            target = LiveTarget(Profile(url))
            yield target
            target.close()


async def test_a_job_travels_through_served_doubles(served: LiveTarget, doubles: Doubles) -> None:
    assert served.capabilities == {Capability.CREDITS}
    check_reachable(Profile(served.base_url))
    async with People(served, Random(2), History(), Routes([]).operation_of) as people:
        starter = await people.starter(credits=10)
        job = await starter.client.create_job(storyboard(2, 3))

        async def ended() -> Job | None:
            current = await starter.client.get_job(job.id)
            return current if current.status not in ("queued", "processing") else None

        with waiting_on(SystemClock()):
            done = await poll_until(ended, timeout=20, interval=0.05, description="the job to end")
        events = [event.event async for event in starter.client.get_job_events(job.id)]

    assert (done.status, done.credits_charged) == ("completed", 5)
    assert isinstance(done.output, JobOutput)
    assert events == ["queued", "started", "progress", "completed"]
    assert [event["data"]["job_id"] for event in doubles.inngest.events] == [str(job.id)]
    assert (len(doubles.anthropic.calls), doubles.runpod.calls[0].path.endswith("/run")) == (1, True)
    doubles.verify()


def test_a_sandbox_that_does_not_start_says_why() -> None:
    told = "the sandbox did not start: framecast-contract: database /dev/null/x: unable to open database file"

    with pytest.raises(TargetError, match=told), spawned_sandbox("--database", "/dev/null/x"):
        pass
