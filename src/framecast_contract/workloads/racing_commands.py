"""What people and machines do in a race over jobs: each command as a request, and as a step of the model."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from framecast_client import operations
from framecast_contract.oracle.access import cancel_answers
from framecast_contract.oracle.prices import price
from framecast_contract.oracle.words import NOT_FOUND, Answer, Json
from framecast_contract.oracle.world import World
from framecast_contract.target.people import Persona
from framecast_contract.workloads.parallel import Sending
from framecast_contract.workloads.rendering import ERROR, OUTPUT

UNKNOWN = "00000000-0000-0000-0000-000000000000"
"""The id of a job in the model whose real one nobody was told."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An answer and what it shows of a job: id, state and credits given back."""

    answer: Answer
    job: str | None = None
    status: str | None = None
    refunded: int = 0

    @staticmethod
    def of_job(job: Json) -> str:
        """State and credits given back of a job, in words."""
        return f"{job['status']}, {job['credits_refunded']} credits back"

    def __str__(self) -> str:
        answer = f"{self.answer.status} {self.answer.code or ''}".rstrip()
        if self.job is None:
            return answer
        return f"{answer} with job {self.job[:8]}, {self.status}, {self.refunded} credits back"


Outcomes = Iterable[tuple[Seen, World]]


Step = Callable[[World, str | None], Outcomes]
"""What a world allows, for a command whose real answer showed the job of that id, or no job."""


@dataclass(frozen=True, slots=True)
class Command:
    """One request of a race: in words, to be sent, and in the model."""

    name: str
    sending: Sending
    step: Step


def shown(answer: Answer, job: Json | None) -> Seen:
    """What an answer with that job in its body shows."""
    if job is None:
        return Seen(answer)
    return Seen(answer, job["id"], job["status"], job["credits_refunded"])


def _new_id(world: World, made: str | None) -> str:
    """The id of a new job in the model: the real one, unless it is unknown or that of an older job."""
    return UNKNOWN if made is None or made in world.jobs else made


def create(
    person: Persona, spec: dict[str, Any], *, owner: str | None = None, key: str | None = None
) -> Command:
    """`create_job` by `person`, for themselves unless another owner URN is named."""

    def step(world: World, made: str | None) -> Outcomes:
        refusals = world.creation_refusals(person.user_id, spec, owner, key)
        if refusals:
            return [(Seen(refusal), world) for refusal in refusals]
        repeated, new = world.repeated(person.user_id, key), _new_id(world, made)
        answer, after = world.create_job(new, person.user_id, spec, owner=owner, key=key)
        return [(shown(answer, repeated or after.jobs[new]), after)]

    named = f" with key {key}" if key else ""
    told = f"{person.name} creates a job of {price(spec)} credits for {owner or person.owner}{named}"
    request = operations.create_job(spec, owner=owner, idempotency_key=key)
    return Command(told, (person.client, request), step)


def clone(person: Persona, job_id: UUID | str) -> Command:
    """`clone_job` by `person`, for the owner of the source."""
    source = str(job_id)

    def step(world: World, made: str | None) -> Outcomes:
        refusals = world.clone_refusals(person.user_id, source)
        if refusals:
            return [(Seen(refusal), world) for refusal in refusals]
        new = _new_id(world, made)
        answer, after = world.clone_job(new, person.user_id, source)
        return [(shown(answer, after.jobs[new]), after)]

    return Command(
        f"{person.name} clones job {source[:8]}", (person.client, operations.clone_job(source)), step
    )


def cancel(person: Persona, job_id: UUID | str) -> Command:
    """`cancel_job` by `person`; who may see a job or not, as the facts leave it open, gets either answer."""
    job = str(job_id)

    def step(world: World, _: str | None) -> Outcomes:
        answer, after = world.cancel(person.user_id, job)
        yield shown(answer, after.jobs[job] if answer.accepted else None), after
        asked = world.jobs.get(job)
        if asked and answer != NOT_FOUND and NOT_FOUND in cancel_answers(asked, world.people[person.user_id]):
            yield Seen(NOT_FOUND), world

    return Command(f"{person.name} cancels job {job[:8]}", (person.client, operations.cancel_job(job)), step)


def delete(person: Persona, job_id: UUID | str) -> Command:
    """`delete_job` by `person`."""
    job = str(job_id)

    def step(world: World, _: str | None) -> Outcomes:
        answer, after = world.delete(person.user_id, job)
        return [(Seen(answer), after)]

    return Command(f"{person.name} deletes job {job[:8]}", (person.client, operations.delete_job(job)), step)


def report(machine: Persona, job_id: UUID | str, event: Any, percent: float = 0) -> Command:
    """The callback `event` of the render back end; `percent` (0 to 100) is what a progress report says."""
    job, members = str(job_id), _members(event, percent)

    def step(world: World, _: str | None) -> Outcomes:
        answer, after = world.callback({"job_id": job, "event": event, **members})
        return [(shown(answer, after.jobs[job] if answer.accepted else None), after)]

    at = f" at {percent} %" if event == "progress" else ""
    request = operations.receive_job_callback(job, event, **members)
    return Command(f"{machine.name} reports {event}{at} on job {job[:8]}", (machine.client, request), step)


def _members(event: str, percent: float) -> dict[str, Any]:
    members: dict[str, dict[str, Any]] = {
        "progress": {"progress_percent": percent},
        "completed": {"output": OUTPUT},
        "failed": {"error": ERROR, "failure_type": "system"},
    }
    return members.get(event, {})
