"""What people and the render back end do in a studio, each command by a name of its own."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar

from framecast_client import operations
from framecast_contract.oracle.callbacks import FAILURE_TYPES
from framecast_contract.oracle.job_life import STATUSES, TERMINAL
from framecast_contract.oracle.words import CREATED, NOT_FOUND, OK, Answer
from framecast_contract.target.people import Persona
from framecast_contract.workloads.machines import Command, Played
from framecast_contract.workloads.rendering import ERROR, OUTPUT, SIZE_BYTES
from framecast_contract.workloads.storyboards import storyboard, storyboard_worth
from framecast_contract.workloads.studios import Doing, Move, Studio, picked

PRICES = (1, 10, 3, 7, 30, 33, 60)
TOO_MUCH = 300
"""More credits than anybody in a studio has."""

KEYS = ("first", "first", "second", "k" * 255, "k" * 256)
PERCENTS = (50, 0, 33.33, 99.99, 12.5, 100, 0.01, 101)
WAITS = (1801, 901, 61)
"""Seconds, of which no few add up to exactly the 30 minutes a job may take."""

INVALID_SPECS: Sequence[dict[str, Any]] = ({"title": "Nothing"}, storyboard(31), storyboard(0.99))

T = TypeVar("T")
Making = Callable[[Studio, Command], Move]


def asking(making: Making) -> Doing:
    """A command that is one request."""

    async def ask(studio: Studio, command: Command) -> Played:
        return await studio.ask(making(studio, command))

    return ask


def _creation(
    studio: Studio, actor: Persona, spec: dict[str, Any], owner: str | None = None, key: str | None = None
) -> Move:
    user, world = actor.user_id, studio.world
    refused = world.creation_refusals(user, spec, owner, key)
    stored = None if refused else world.repeated(user, key)
    return Move(
        "create_job",
        actor,
        operations.create_job(spec, **_given(owner=owner, idempotency_key=key)),
        refused or (OK if stored else CREATED,),
        lambda made: world.create_job(made, user, spec, owner=owner, key=key)[1],
        stored["id"] if stored else None,
    )


def _create(studio: Studio, command: Command) -> Move:
    return _creation(studio, _maker(studio, command), storyboard_worth(picked(PRICES, command.number)))


def _create_with_key(studio: Studio, command: Command) -> Move:
    spec = storyboard_worth(picked(PRICES, command.number))
    return _creation(studio, _maker(studio, command), spec, key=picked(KEYS, command.thing))


def _create_too_dear(studio: Studio, command: Command) -> Move:
    return _creation(studio, _maker(studio, command), storyboard_worth(TOO_MUCH))


def _create_invalid(studio: Studio, command: Command) -> Move:
    return _creation(studio, _maker(studio, command), picked(INVALID_SPECS, command.number))


def _create_for_another(studio: Studio, command: Command) -> Move:
    actor = _maker(studio, command)
    others = [each.owner for each in studio.staff if each is not actor]
    owner = picked([*others, f"framecast:team:{studio.people.uuid()}", "framecast:user:me"], command.thing)
    return _creation(studio, actor, storyboard(5), owner)


def _clone(studio: Studio, command: Command) -> Move:
    source = _job(studio, STATUSES, command)
    actor, world = _actor(studio, source, command), studio.world
    user = actor.user_id
    others = [None, None, studio.staff[-1].owner]
    owner = picked(others, command.number)
    return Move(
        "clone_job",
        actor,
        operations.clone_job(source, **_given(owner=owner)),
        world.clone_refusals(user, source, owner) or (CREATED,),
        lambda made: world.clone_job(made, user, source, owner)[1],
    )


def _cancel(studio: Studio, command: Command) -> Move:
    job = _job(studio, STATUSES, command)
    actor = _actor(studio, job, command)
    answer, world = studio.world.cancel(actor.user_id, job)
    return Move("cancel_job", actor, operations.cancel_job(job), (answer,), lambda _: world, job)


def _delete(studio: Studio, command: Command) -> Move:
    job = _job(studio, TERMINAL, command)
    actor = _actor(studio, job, command)
    answer, world = studio.world.delete(actor.user_id, job)
    return Move("delete_job", actor, operations.delete_job(job), (answer,), lambda _: world, job)


def _get(studio: Studio, command: Command) -> Move:
    job = _job(studio, STATUSES, command)
    actor = _actor(studio, job, command)
    world = studio.world
    visible = [each["id"] for each in world.visible_jobs(actor.user_id)]
    answer: Answer = OK if job in visible else NOT_FOUND
    return Move("get_job", actor, operations.get_job(job), (answer,), lambda _: world, job)


def _report(studio: Studio, job: str, event: Any, **said: Any) -> Move:
    answer, world = studio.world.callback({"job_id": job, "event": event, **said})
    request = operations.receive_job_callback(job, event, **said)
    return Move(f"callback {event}", studio.back_end, request, (answer,), lambda _: world, job)


def _started(studio: Studio, command: Command) -> Move:
    return _report(studio, _job(studio, ("queued",), command), "started")


def _progress(studio: Studio, command: Command) -> Move:
    job, percent = _job(studio, ("processing",), command), picked(PERCENTS, command.number)
    return _report(studio, job, "progress", progress_percent=percent)


def _completed(studio: Studio, command: Command) -> Move:
    said = picked([{"output": OUTPUT, "output_size_bytes": SIZE_BYTES}] * 3 + [{}], command.number)
    return _report(studio, _job(studio, ("processing",), command), "completed", **said)


def _failed(kind: str, studio: Studio, command: Command) -> Move:
    said = {"failure_type": kind, "error": ERROR} if command.number % 4 or kind != "system" else {}
    return _report(studio, _job(studio, ("processing",), command), "failed", **said)


async def _wait(studio: Studio, command: Command) -> Played:
    return await studio.wait(picked(WAITS, command.number))


async def _stream(studio: Studio, command: Command) -> Played:
    others = [each for each in _anywhere(studio) if each not in studio.world.jobs]
    job = _rather(studio.ended(), others, command.thing)
    return await studio.stream(_actor(studio, job, command), job)


def _maker(studio: Studio, command: Command) -> Persona:
    """Who makes a job: rather the creator, who has more than one slot."""
    return _rather(studio.staff[:1], studio.staff, command.actor)


def _actor(studio: Studio, job: str, command: Command) -> Persona:
    """Who acts on a job: rather its owner."""
    likely = [studio.owner_of(job)] if job in studio.world.jobs else []
    return _rather(likely, studio.staff, command.actor)


def _job(studio: Studio, statuses: Sequence[str], command: Command) -> str:
    """A job, rather one in such a state, the oldest first."""
    fitting = [str(job["id"]) for job in studio.world.jobs.values() if job["status"] in statuses]
    return _rather(fitting[:5], _anywhere(studio), command.thing)


def _anywhere(studio: Studio) -> list[str]:
    """One that never was, several times, the last that were deleted, and the newest jobs."""
    gone = [str(job["id"]) for job in studio.world.deleted]
    unknown = studio.people.uuid()
    return [unknown, unknown, unknown, *gone[-2:], *[*studio.world.jobs][-5:]]


def _rather(likely: Sequence[T], others: Sequence[T], number: int) -> T:
    return picked([*likely, *likely, *likely, *others], number)


def _given(**members: Any) -> dict[str, Any]:
    """What is not None: a member that is left out is not the same as null."""
    return {name: value for name, value in members.items() if value is not None}


COMMANDS: Mapping[str, Doing] = {
    "create_job": asking(_create),
    "create_job_with_key": asking(_create_with_key),
    "create_job_too_dear": asking(_create_too_dear),
    "create_invalid_job": asking(_create_invalid),
    "create_job_for_another": asking(_create_for_another),
    "clone_job": asking(_clone),
    "cancel_job": asking(_cancel),
    "delete_job": asking(_delete),
    "get_job": asking(_get),
    "get_job_events": _stream,
    "report_started": asking(_started),
    "report_progress": asking(_progress),
    "report_completed": asking(_completed),
    **{f"report_failed_{kind}": asking(partial(_failed, kind)) for kind in FAILURE_TYPES},
    "wait": _wait,
}
