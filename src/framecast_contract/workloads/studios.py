"""A studio: people who make, clone, cancel and delete jobs while the render back end reports on them.

Commands are given by number, so that a state machine can draw them at random. Beside the server stands the
oracle's world, which says what every answer may be and follows the server's ids.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar

from framecast_client import ApiError, Request
from framecast_contract.oracle.job_life import ACTIVE, TERMINAL, TIMEOUT_SECONDS
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import NOT_FOUND, OK, Answer, Broken, Json
from framecast_contract.oracle.world import World, broken_model_rules, broken_world_rules
from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.machines import Command, Played
from framecast_contract.workloads.rendering import RenderBackEnd
from framecast_contract.workloads.storyboards import storyboard_worth

CREDITS = {"starter": 40, "creator": 250, "stranger": 3}
"""What everybody starts with: for several jobs, for many, for hardly any."""

FIRST = 11
"""Credits that each of the first jobs costs; its refunds tell one rounding from another."""

T = TypeVar("T")


class Move(NamedTuple):
    """The request of a command, what it may be answered, and what the model makes of it, given a new id.

    `job` is the one it is about, if it is about one that is there already.
    """

    name: str
    sender: Persona
    request: Request[Any]
    allowed: tuple[Answer, ...]
    step: Callable[[str], World]
    job: str | None = None


@dataclass(slots=True)
class Studio:
    """People, the render back end, and the model of what they have made."""

    people: People
    back_end: Persona
    staff: list[Persona]
    world: World
    start: Mapping[str, int]
    commands: Mapping[str, "Doing"]
    started: dict[str, datetime] = field(default_factory=dict)

    def run(self, work: Awaitable[T]) -> T:
        """Do asynchronous work where the server can be reached."""
        return self.people.target.run(_finished(work))

    async def play(self, command: Command) -> Played:
        """Do one thing, on the server and in the model."""
        return await self.commands[command.name](self, command)

    async def ask(self, move: Move) -> Played:
        """Send a request, let the model follow, and compare what it can have touched."""
        seen, shown = await _sent(move)
        if seen not in move.allowed:
            return Played(move.name, seen, move.allowed)
        before, made = self.world, str(shown["id"]) if shown else ""
        self.world = move.step(made) if seen.accepted else before
        self._follow(before)
        faults = broken_model_rules(self.world, shown) if shown else []
        if shown and move.job not in (None, made):
            faults.append(Broken("WORLD-1", f"job {made} was answered, expected {move.job}"))
        faults += await self._touched(self._reader(move), move.job or made, streamed=seen.accepted)
        return Played(move.name, seen, move.allowed, faults, _endings(before, self.world))

    async def wait(self, seconds: float) -> Played:
        """Let time pass; jobs that were processing for 30 minutes end."""
        before, clock = self.world, self.people.target.clock
        await clock.sleep(seconds)
        await self.people.target.settle()
        self.staff = [self.people.renewed(person) for person in self.staff]  # sessions live an hour
        for job, since in self.started.items():
            if job in self.world.jobs and (clock.now() - since).total_seconds() >= TIMEOUT_SECONDS:
                self.world = self.world.time_out(job)
        return Played("wait", OK, (OK,), await self.broken(), _endings(before, self.world))

    async def stream(self, actor: Persona, job: str) -> Played:
        """Read the events of a job as somebody who may see them or not."""
        visible = [each["id"] for each in self.world.visible_jobs(actor.user_id)]
        allowed = (OK if job in visible else NOT_FOUND,)
        try:
            faults = await self._streamed(job, actor)
        except ApiError as error:
            return Played("get_job_events", Answer(error.status, error.code), allowed)
        return Played("get_job_events", OK, allowed, faults)

    async def broken(self) -> list[Broken]:
        """Everything that everybody sees against the model, and the laws of the model itself."""
        faults = broken_world_rules(self.start, self.world)
        for person in self.staff:
            faults += await self._seen_by(person)
        for job in self.ended():
            faults += await self._streamed(job, self.owner_of(job))
        return faults

    def _follow(self, before: World) -> None:
        """Remember when a job began to be processed."""
        for job in self.world.jobs.values():
            was = before.jobs.get(job["id"], {}).get("status")
            if job["status"] == "processing" and was == "queued":
                self.started[job["id"]] = self.people.target.clock.now()

    def _reader(self, move: Move) -> Persona:
        """Who looks at what a request without a job has done: the sender, as far as it can look."""
        return next((each for each in self.staff if each is move.sender), self.staff[0])

    async def _touched(self, actor: Persona, job: str, *, streamed: bool) -> list[Broken]:
        """List and balance of the job's owner, or of the actor without a job, and its stream if wished."""
        owner = self.owner_of(job) if job in self.world.jobs else actor
        ended = job in self.ended()
        faults = broken_world_rules(self.start, self.world) + await self._seen_by(owner)
        return faults + (await self._streamed(job, owner) if ended and streamed else [])

    async def _seen_by(self, person: Persona) -> list[Broken]:
        """WORLD-1 and CREDIT-5 for one person: the list of jobs, and the balance."""
        listed = all_as_json(await person.client.list_jobs(limit=100))
        expected = [job["id"] for job in islice(self.world.visible_jobs(person.user_id), 100)]
        faults = [fault for job in listed for fault in broken_model_rules(self.world, job)]
        if [job["id"] for job in listed] != expected:
            ids = [job["id"] for job in listed]
            faults.append(Broken("WORLD-1", f"{person.name} sees the jobs {ids}, expected {expected}"))
        balance, should = await person.balance(), self.world.balances[person.owner]
        if balance != should:
            faults.append(Broken("CREDIT-5", f"{person.name} has {balance} credits, expected {should}"))
        return faults

    async def _streamed(self, job: str, reader: Persona) -> list[Broken]:
        """EVENT-14 for one job that has ended or is not there; the stream of an active one stays open."""
        expected = self.world.events.get(job, ())
        types = tuple(await event_types(reader, job))
        if types == expected:
            return []
        return [Broken("EVENT-14", f"job {job} has the events {[*types]}, expected {[*expected]}")]

    def ended(self) -> list[str]:
        """The jobs of this world that have ended."""
        return [job["id"] for job in self.world.jobs.values() if job["status"] in TERMINAL]

    def owner_of(self, job: str) -> Persona:
        """Who owns a job of this world."""
        return next(each for each in self.staff if each.owner == self.world.jobs[job]["owner"])


Doing = Callable[[Studio, Command], Awaitable[Played]]


async def studio_of(people: People, commands: Mapping[str, Doing]) -> Studio:
    """A creator, a starter and a stranger with hardly any credits, beside a model that knows them.

    One job of the creator is being processed, and both have a queued one, so that there is something to
    act on from the first step.
    """
    back_end = RenderBackEnd(people).persona
    staff = [
        await people.creator(credits=CREDITS["creator"]),
        await people.starter(credits=CREDITS["starter"]),
        await people.starter("stranger", credits=CREDITS["stranger"]),
    ]
    known = {each.user_id: Person(each.user_id, each.name if each.name == "creator" else "starter")
             for each in staff}  # fmt: skip
    start = {each.owner: CREDITS[each.name] for each in staff}
    studio = Studio(people, back_end, staff, World(known, start), start, commands)
    for person in (staff[0], staff[0], staff[1]):
        spec = storyboard_worth(FIRST)
        made = await person.client.create_job(spec)
        _, studio.world = studio.world.create_job(str(made.id), person.user_id, spec)
    await _start_first(studio)
    return studio


async def _finished(work: Awaitable[T]) -> T:
    """The result of `work`, once the loop has closed the streams that it has read."""
    result = await work
    await asyncio.sleep(0)
    return result


async def _start_first(studio: Studio) -> None:
    """The creator's first job is being processed."""
    job = next(iter(studio.world.jobs))
    await studio.back_end.client.receive_job_callback(job, "started")
    _, studio.world = studio.world.callback({"job_id": job, "event": "started"})
    studio.started[job] = studio.people.target.clock.now()


def picked(things: Sequence[T], number: int) -> T:
    """One of them, whatever the number."""
    return things[number % len(things)]


async def _sent(move: Move) -> tuple[Answer, Json | None]:
    """The answer to the request of a move, and the job that came back, if any did."""
    try:
        response = await move.sender.client.send(move.request)
    except ApiError as error:
        return Answer(error.status, error.code), None
    return Answer(response.status), as_json(response.result) if response.result is not None else None


def _endings(before: World, after: World) -> list[str]:
    """Jobs that ended between two worlds, in words to count: "refund timeout"."""
    return [_refund(job) for job in after.jobs.values() if _ended(before.jobs.get(job["id"]), job)]


def _ended(before: Json | None, after: Json) -> bool:
    return before is not None and before["status"] in ACTIVE and after["status"] in TERMINAL


def _refund(job: Json) -> str:
    return f"refund {job['failure_type'] or job['status']}"
