"""The world: a small immutable model of people, balances and jobs that says what each request does.

Every request method returns the answer and the next world; a refused request returns the same world, because
a refusal leaves no trace. Ids come from outside, so the model can follow a real server. Jobs are plain
mappings of the members the model knows, so that every rule written for jobs read from the API works on them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from framecast_contract.oracle import credits, idempotency, limits
from framecast_contract.oracle.access import cancel_answers
from framecast_contract.oracle.callbacks import callback_answer
from framecast_contract.oracle.events import EVENT_OF_CHANGE
from framecast_contract.oracle.exact import Number, exact
from framecast_contract.oracle.job_life import ACTIVE, TERMINAL, step
from framecast_contract.oracle.owners import Person, can_read, owner_answer
from framecast_contract.oracle.prices import price
from framecast_contract.oracle.refunds import refund, reported_percent
from framecast_contract.oracle.spec_equality import same_member
from framecast_contract.oracle.specs import spec_answer
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.words import CREATED, NOT_FOUND, OK, UNPAYABLE, Answer, Broken, Json, Rule

RULES = (
    Rule("WORLD-1", "A job as read shows what the requests so far have made of it.", "job-semantics.md 1.1"),
    Rule(
        "WORLD-2",
        "A creation is judged by owner, then repetition, then storyboard, then slots and funds.",
        "jobs-and-rendering.md 3",
    ),
)


@dataclass(frozen=True, slots=True)
class World:
    """People by id, balances in credits by user or team URN, jobs by id, event types by job id.

    `ready_assets` holds content types by asset id, for assets that everybody in this world can access;
    `deleted` keeps jobs as they were last seen, because their charge stays spent.
    """

    people: Mapping[str, Person]
    balances: Mapping[str, int]
    jobs: Mapping[str, Json] = field(default_factory=dict)
    events: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    deleted: tuple[Json, ...] = ()
    ready_assets: Mapping[str, str] = field(default_factory=dict)

    def visible_jobs(self, user: str) -> list[Json]:
        """The jobs `user` can read, newest first."""
        person = self.people[user]
        return [job for job in reversed(list(self.jobs.values())) if can_read(job["owner"], person)]

    def creation_refusals(
        self, user: str, spec: Any, owner: str | None = None, key: str | None = None
    ) -> tuple[Answer, ...]:
        """Every refusal a creation may get; more than one where the order of checks is open (WORLD-2)."""
        person = self.people[user]
        refused = idempotency.key_answer(key) or owner_answer(owner, person)
        if refused or self.repeated(user, key):
            return (refused,) if refused else ()
        invalid = spec_answer(spec, catalogue=CATALOGUE, ready_assets=self.ready_assets)
        return (invalid,) if invalid else self._affording(person, owner or person.urn, spec)

    def _affording(self, person: Person, owner: str, spec: Json) -> tuple[Answer, ...]:
        full = limits.slot_answer(self.jobs.values(), owner, person.tier)
        paid = credits.affordable(self.balances.get(credits.payer(owner), 0), price(spec))
        return tuple(answer for answer in (full, None if paid else UNPAYABLE) if answer)

    def repeated(self, user: str, key: str | None) -> Json | None:
        """The job that a creation with `key` would repeat."""
        return idempotency.stored_job(self.jobs.values(), user, key)

    def create_job(
        self,
        job_id: str,
        user: str,
        spec: Any,
        *,
        owner: str | None = None,
        options: Json | None = None,
        key: str | None = None,
    ) -> tuple[Answer, "World"]:
        """`create_job` by `user`; `job_id` is the id the new job has, if there is one."""
        refused = self.creation_refusals(user, spec, owner, key)
        if refused:
            return refused[0], self
        if self.repeated(user, key):
            return OK, self
        return CREATED, self.born(job_id, user, owner or self.people[user].urn, spec, options or {}, key)

    def clone_job(
        self, job_id: str, user: str, source_id: str, owner: str | None = None
    ) -> tuple[Answer, "World"]:
        """`clone_job` of `source_id` by `user` into the new job `job_id`."""
        refused = self.clone_refusals(user, source_id, owner)
        if refused:
            return refused[0], self
        source = self.jobs[source_id]
        return CREATED, self.born(
            job_id, user, owner or source["owner"], source["spec_snapshot"], source["options"], None
        )

    def clone_refusals(self, user: str, source_id: str, owner: str | None = None) -> tuple[Answer, ...]:
        """Every refusal a clone may get: the source's visibility, then the owner, then slots and funds."""
        source, person = self._seen(user, source_id), self.people[user]
        if source is None:
            return (NOT_FOUND,)
        target = owner or source["owner"]
        refused = owner_answer(target, person)
        return (refused,) if refused else self._affording(person, target, source["spec_snapshot"])

    def cancel(self, user: str, job_id: str) -> tuple[Answer, "World"]:
        """`cancel_job` by `user`; where two answers are allowed the model lets the caller through."""
        job = self.jobs.get(job_id)
        if job is None or OK not in cancel_answers(job, self.people[user]):
            return NOT_FOUND, self
        taken = step("cancel_job", job["status"])
        if not taken.answer.accepted:
            return taken.answer, self
        return OK, self._ended(job, "canceled", "canceled")

    def callback(self, body: Any) -> tuple[Answer, "World"]:
        """`receive_job_callback` with a decoded body."""
        job = self.jobs.get(str(body.get("job_id"))) if isinstance(body, Mapping) else None
        answer = callback_answer(body, job["status"] if job else None)
        if job is None or not answer.accepted:
            return answer, self
        return answer, self._reported(job, body)

    def time_out(self, job_id: str) -> "World":
        """The world after `job_id` has been processing for 30 minutes; any other state stays."""
        job = self.jobs[job_id]
        return self._ended(job, "failed", "timeout") if job["status"] == "processing" else self

    def delete(self, user: str, job_id: str) -> tuple[Answer, "World"]:
        """`delete_job` by `user`."""
        job = self._seen(user, job_id)
        if job is None:
            return NOT_FOUND, self
        taken = step("delete_job", job["status"], project_job=job["project_id"] is not None)
        if not taken.answer.accepted:
            return taken.answer, self
        left = {other: kept for other, kept in self.jobs.items() if other != job_id}
        heard = {other: types for other, types in self.events.items() if other != job_id}
        return taken.answer, replace(self, jobs=left, events=heard, deleted=(*self.deleted, job))

    def _seen(self, user: str, job_id: str) -> Json | None:
        job = self.jobs.get(job_id)
        return job if job is not None and can_read(job["owner"], self.people[user]) else None

    def born(
        self,
        job_id: str,
        user: str,
        owner: str,
        spec: Json,
        options: Json,
        key: str | None = None,
        project_id: str | None = None,
    ) -> "World":
        """The world with a new job in it, paid for; raises ValueError for the id of a job it already has."""
        if job_id in self.jobs:
            raise ValueError(f"job {job_id} is already in this world, expected the id of a new job")
        job: dict[str, Any] = {
            "id": job_id, "owner": owner, "triggered_by": user, "project_id": project_id, "status": "queued",
            "spec_snapshot": spec, "options": options, "progress": {}, "credits_charged": price(spec),
            "credits_refunded": 0, "failure_type": None, "idempotency_key": key, "output": None,
        }  # fmt: skip
        return self._with(job, "created", -job["credits_charged"])

    def _reported(self, job: Json, body: Json) -> "World":
        event = body["event"]
        if event == "started":
            return self._with({**job, "status": "processing"}, "started")
        if event == "progress":
            progress = {**job["progress"], "percent": body["progress_percent"]}
            return self._with({**job, "progress": progress}, "progress")
        if event == "completed":
            return self._ended({**job, "output": body["output"]}, "completed", None)
        return self._ended(job, "failed", body.get("failure_type") or "system")

    def _ended(self, job: Json, status: str, failure_type: str | None) -> "World":
        percent: Number = job["progress"].get("percent", 0)
        back = refund(job["credits_charged"], percent, status=status, failure_type=failure_type)
        ended = {**job, "status": status, "failure_type": failure_type, "credits_refunded": back}
        return self._with(ended, status, back)

    def _with(self, job: dict[str, Any], change: str, moved: int = 0) -> "World":
        """This world with `job` changed, its event appended and `moved` credits on the paying balance."""
        balance = credits.payer(job["owner"])
        types = (*self.events.get(job["id"], ()), EVENT_OF_CHANGE[change])
        return replace(
            self,
            jobs={**self.jobs, job["id"]: job},
            events={**self.events, job["id"]: types},
            balances={**self.balances, balance: self.balances.get(balance, 0) + moved},
        )


# Judged elsewhere: an output changes with its presigned URLs, progress may carry more than the model knows.
_LOOSE = ("output", "progress")


def broken_model_rules(world: World, job: Json) -> list[Broken]:
    """WORLD-1: a job read from the API against the same job in `world`."""
    expected = world.jobs.get(str(job.get("id")))
    if expected is None:
        return [Broken("WORLD-1", f"job {job.get('id')} is shown, but was never made or is deleted")]
    differ = [
        name
        for name in expected
        if name not in _LOOSE and not same_member(name, job.get(name), expected[name])
    ]
    broken = [
        Broken("WORLD-1", f"{name} is {job.get(name)!r}, expected {expected[name]!r}") for name in differ
    ]
    seen, percent = exact(reported_percent(job) or 0), exact(expected["progress"].get("percent", 0))
    if seen != percent:
        broken.append(Broken("WORLD-1", f"progress.percent is {seen}, expected {percent}"))
    return broken


def broken_world_rules(start: Mapping[str, int], world: World) -> list[Broken]:
    """The laws of every reachable world: no credit vanishes, nobody owes, nobody holds too many slots."""
    jobs = [*world.jobs.values(), *world.deleted]
    broken = [
        fault
        for balance, end in world.balances.items()
        for fault in credits.broken_conservation(balance, start=start.get(balance, 0), end=end, jobs=jobs)
    ]
    broken += [Broken("INV-U5", f"{urn} has {end} credits") for urn, end in world.balances.items() if end < 0]
    for owner in {job["owner"] for job in world.jobs.values()}:
        tier = next((person.tier for person in world.people.values() if person.urn == owner), "creator")
        broken += limits.broken_slot_rules(world.jobs.values(), owner, tier)
    return broken + [fault for job in world.jobs.values() for fault in _coherent(world, job)]


def _coherent(world: World, job: Json) -> list[Broken]:
    types = world.events[job["id"]]
    endings = [name for name in types if name in TERMINAL]
    expected = [] if job["status"] in ACTIVE else [job["status"]]
    if endings == expected:
        return []
    return [Broken("EVENT-14", f"job {job['id']} is {job['status']} with the endings {endings}")]
