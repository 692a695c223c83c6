"""Races over jobs: commands sent at once, and whether some order of them explains all that is seen.

A race starts in a model world that says the same as the server. What the commands are answered, and the
balances, jobs and event streams read afterwards, must be what the model says for one of their orders. The
world behind that order is where the next race starts, so a story is a row of races; a race of one prepares.
"""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from framecast_client import ApiError, Response
from framecast_contract.oracle.job_life import TERMINAL
from framecast_contract.oracle.orders import Operation, Verdict, explain
from framecast_contract.oracle.owners import Person
from framecast_contract.oracle.words import Answer, Json
from framecast_contract.oracle.world import World, broken_model_rules
from framecast_contract.target.people import Persona
from framecast_contract.workloads.answers import all_as_json, as_json
from framecast_contract.workloads.following import event_types
from framecast_contract.workloads.parallel import Sending, at_once
from framecast_contract.workloads.racing_commands import Command, Seen, shown

LONGEST_LIST = 100
"""Jobs that are read of everybody after a race; a story with more sees only the newest."""


async def world_of(*personas: Persona) -> World:
    """The model of these people as the server tells of them: tiers, roles, credits. None has jobs yet."""
    people, balances = dict[str, Person](), dict[str, int]()
    for persona in personas:
        account = await persona.client.get_account()
        teams = await persona.client.list_teams() if account.tier == "creator" else []
        roles = {str(team.id): str(team.user_role) for team in teams}
        people[persona.user_id] = Person(persona.user_id, account.tier, roles)
        balances |= {f"framecast:team:{team.id}": team.credits for team in teams}
        balances[persona.owner] = account.credits
    return World(people, balances)


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read after a race: credits by URN, jobs by id, event types of ended jobs, who lists what."""

    balances: Mapping[str, int]
    jobs: Mapping[str, Json]
    events: Mapping[str, tuple[str, ...]]
    listed: Mapping[str, frozenset[str]]

    def contradictions(self, world: World) -> list[str]:
        """What differs from `world`, in words; nothing when the two agree."""
        differ = [
            f"{urn} has {seen} credits, expected {world.balances.get(urn, 0)}"
            for urn, seen in self.balances.items()
            if seen != world.balances.get(urn, 0)
        ]
        for user, seen in self.listed.items():
            differ += _odd_ones(seen, frozenset(job["id"] for job in world.visible_jobs(user)))
        for job in self.jobs.values():
            differ += [f"job {job['id'][:8]}: {each.message}" for each in broken_model_rules(world, job)]
        for job_id, types in self.events.items():
            if types != world.events.get(job_id, ()):
                told = ", ".join(world.events.get(job_id, ()))
                differ.append(f"job {job_id[:8]} tells {', '.join(types)}, expected {told}")
        return list(dict.fromkeys(differ))

    def __str__(self) -> str:
        credits = [f"{urn} has {credits} credits" for urn, credits in self.balances.items()]
        return "\n".join(f"  {line}" for line in [*credits, *map(self._told, self.jobs.values())])

    def _told(self, job: Json) -> str:
        heard = f", told as {', '.join(self.events[job['id']])}" if job["id"] in self.events else ""
        return f"job {job['id'][:8]}: {Seen.of_job(job)}, {job['credits_charged']} charged{heard}"


def _odd_ones(seen: frozenset[str], expected: frozenset[str]) -> list[str]:
    missing = [f"job {job_id[:8]} is not listed" for job_id in sorted(expected - seen)]
    return missing + [f"job {job_id[:8]} is listed, but should not be" for job_id in sorted(seen - expected)]


async def _read(personas: Iterable[Persona], world: World) -> Reads:
    """Everything that these people can see of balances and jobs."""
    balances, jobs, events = dict[str, int](), dict[str, Json](), dict[str, tuple[str, ...]]()
    listed = dict[str, frozenset[str]]()
    for persona in personas:
        balances |= await _balances(persona, world)
        seen = {job["id"]: job for job in all_as_json(await persona.client.list_jobs(limit=LONGEST_LIST))}
        listed[persona.user_id] = frozenset(seen)
        for job_id in [each for each in seen if each not in jobs and seen[each]["status"] in TERMINAL]:
            events[job_id] = tuple(await event_types(persona, job_id))
        jobs |= seen
    return Reads(balances, jobs, events, listed)


async def _balances(persona: Persona, world: World) -> dict[str, int]:
    own = {persona.owner: await persona.balance()}
    if not world.people[persona.user_id].roles:
        return own
    teams = await persona.client.list_teams()
    return own | {f"framecast:team:{team.id}": team.credits for team in teams}


async def raced(
    world: World, personas: Sequence[Persona], commands: Sequence[Command], *, waits: Sequence[int] = ()
) -> World:
    """Send 1 to 6 commands at once and return the world behind the first order that explains what is seen.

    `personas` are those who read afterwards, everybody of `world` at best. `waits` delays the commands, in
    turns of the event loop and in the order of the commands, to interleave them in another way; the rest
    starts at once. Raises AssertionError when no order explains it, ValueError for too many commands.
    """
    delays = [*waits, *[0] * len(commands)][: len(commands)]
    sendings = (_late(turns, command.sending) for turns, command in zip(delays, commands, strict=True))
    answers = [_seen(answer) for answer in await asyncio.gather(*sendings)]
    reads = await _read(personas, world)
    operations = [
        _operation(number, command, seen)
        for number, (command, seen) in enumerate(zip(commands, answers, strict=True), 1)
    ]
    verdict = explain(world, operations, reads.contradictions)
    if verdict.world is None:
        raise AssertionError(_told(commands, answers, reads, verdict))
    return verdict.world


def _operation(number: int, command: Command, seen: Seen) -> Operation[World, Seen]:
    return Operation(str(number), seen, lambda world: command.step(world, seen.job))


async def _late(turns: int, sending: Sending) -> Response[Any] | ApiError:
    for _ in range(turns):
        await asyncio.sleep(0)
    (answer,) = await at_once([sending])
    return answer


def _seen(answer: Response[Any] | ApiError) -> Seen:
    if isinstance(answer, ApiError):
        return Seen(Answer(answer.status, answer.code))
    return shown(Answer(answer.status), None if answer.result is None else as_json(answer.result))


def _told(commands: Sequence[Command], answers: Sequence[Seen], reads: Reads, verdict: Verdict[World]) -> str:
    sent = [f"  {number}. {command.name}: {seen}"
            for number, (command, seen) in enumerate(zip(commands, answers, strict=True), 1)]  # fmt: skip
    tried = [f"  {attempt}" for attempt in verdict.tried]
    more = [f"  and {verdict.untold} more"] if verdict.untold else []
    return "\n".join(
        [
            "no order of these requests, sent at once, explains what was seen",
            "requests and their answers:",
            *sent,
            "read afterwards:",
            str(reads),
            "orders tried, those that came furthest first:",
            *tried,
            *more,
        ]
    )
