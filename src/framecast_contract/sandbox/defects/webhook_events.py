"""Defects of what is told to which webhook, and how often."""

import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from starlette.responses import Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.access import parse_owner
from framecast_contract.sandbox.defects.planting import Defect, alter, fix, replace
from framecast_contract.sandbox.http import Call

_EVENTS = "tests/lifecycle/test_webhook_events.py"
_EVERY_EVENT = f"{_EVENTS}::test_every_event_of_a_job_is_told_to_every_webhook_that_wants_it"
_TEAM_S_OWN = f"{_EVENTS}::test_only_what_the_team_itself_renders_is_told"
_INACTIVE = f"{_EVENTS}::test_an_inactive_webhook_is_told_nothing_new"
_WANTED_NOW = f"{_EVENTS}::test_a_webhook_is_told_what_it_wants_now_where_it_is_now"
_TRIGGERED = f"{_EVENTS}::test_the_trigger_time_moves_with_each_job_that_is_told"
_THROTTLED = f"{_EVENTS}::test_progress_is_told_at_most_once_a_second_and_the_end_always"
_SLOW_PROGRESS = f"{_EVENTS}::test_progress_that_takes_its_time_is_told_every_time"
_JOB_DELETED = f"{_EVENTS}::test_deliveries_outlive_their_job"
_RACES = "tests/properties/test_delivery_races.py"


def _memberships_too(sandbox: Sandbox) -> None:
    """What a member renders in a team is told as if the team rendered it."""
    subscribed = sandbox.deliveries.subscribed

    def generous(owner_urn: str, event: str) -> list[sqlite3.Row]:
        owner = parse_owner(owner_urn)
        team_id = None if owner is None else owner.team_id
        return subscribed(owner_urn if team_id is None else f"framecast:team:{team_id}", event)

    replace(sandbox.deliveries.subscribed, generous)


def _told_to(condition: str) -> Callable[[Sandbox], None]:
    """A defect that tells every event of a team's jobs to those of its webhooks."""

    def plant(sandbox: Sandbox) -> None:
        def subscribed(owner_urn: str, event: str) -> list[sqlite3.Row]:
            sql = f"SELECT * FROM webhooks WHERE 'framecast:team:' || team_id = ? AND {condition}"
            return sandbox.database.all(sql, (owner_urn, f'%"{event}"%'))

        replace(sandbox.deliveries.subscribed, subscribed)

    return plant


def _url_remembered(sandbox: Sandbox) -> None:
    """Calls go where the webhook pointed first."""
    deliver, insert, update = sandbox.upstreams.deliver, sandbox.database.insert, sandbox.database.update
    first, moved = dict[str, str](), dict[str, str]()

    def store(table: str, row: dict[str, Any]) -> None:
        if table == "webhooks":
            first[row["id"]] = row["url"]
        insert(table, row)

    def change(table: str, identifier: str, changes: dict[str, Any]) -> None:
        if table == "webhooks" and "url" in changes:
            moved[changes["url"]] = first[identifier]
        update(table, identifier, changes)

    async def astray(url: str, body: bytes, headers: Mapping[str, str]) -> tuple[int | None, str | None]:
        return await deliver(moved.get(url, url), body, headers)

    replace(sandbox.database.insert, store)
    replace(sandbox.database.update, change)
    replace(sandbox.upstreams.deliver, astray)


def _silent_on(event: str) -> Callable[[Sandbox], None]:
    """A defect that tells nobody of this event (its name without `job.`)."""

    def plant(sandbox: Sandbox) -> None:
        announce = sandbox.deliveries.announce

        def forgetful(job: sqlite3.Row, named: str, by: str | None = None) -> None:
            if named != event:
                announce(job, named, by)

        replace(sandbox.deliveries.announce, forgetful)

    return plant


def _told_twice(sandbox: Sandbox) -> None:
    announce = sandbox.deliveries.announce

    def insist(job: sqlite3.Row, event: str, by: str | None = None) -> None:
        announce(job, event, by)
        announce(job, event, by)

    replace(sandbox.deliveries.announce, insist)


def _end_throttled(sandbox: Sandbox) -> None:
    throttled = sandbox.deliveries.is_throttled
    replace(sandbox.deliveries.is_throttled, lambda job_id, _event: throttled(job_id, "progress"))


def _progress_told_once(sandbox: Sandbox) -> None:
    told = "SELECT 1 FROM webhook_deliveries WHERE job_id = ? AND event_type = 'job.progress'"

    def throttled(job_id: str, event: str) -> bool:
        return event == "progress" and sandbox.database.one(told, job_id) is not None

    replace(sandbox.deliveries.is_throttled, throttled)


def _job_still_named(sandbox: Sandbox) -> None:
    def named(shown: dict[str, Any]) -> dict[str, Any]:
        return shown | {"job_id": shown["payload"].get("job", {}).get("id")}

    alter(sandbox.deliveries.view, named)


def _gone_with_their_job(sandbox: Sandbox) -> None:
    delete = sandbox.jobs.delete_job

    def thorough(call: Call) -> Response:
        response = delete(call)
        sandbox.database.run(
            "DELETE FROM webhook_deliveries WHERE payload LIKE ?", f"%{call.path_uuid('job_id')}%"
        )
        return response

    replace(sandbox.jobs.delete_job, thorough)


DEFECTS = (
    Defect(
        "members-jobs-told",
        "HOOK-10",
        "Webhooks are told of what members render under their own URN in the team.",
        _memberships_too,
        (_TEAM_S_OWN,),
    ),
    Defect(
        "all-events-told",
        "HOOK-11",
        "A webhook is told of every event.",
        _told_to("is_active AND ? IS NOT NULL"),
        (f"{_EVERY_EVENT}[completed]", f"{_EVERY_EVENT}[failed]"),
    ),
    Defect(
        "inactive-webhook-told",
        "HOOK-11",
        "What happens while a webhook is off is kept for it.",
        _told_to("events LIKE ?"),
        (_INACTIVE,),
    ),
    Defect(
        "calls-go-to-old-url",
        "HOOK-5",
        "A webhook that was pointed elsewhere is still called at its first URL.",
        _url_remembered,
        (_WANTED_NOW,),
    ),
    Defect(
        "trigger-time-missing",
        "HOOK-12",
        "A webhook never tells when it was triggered.",
        lambda sandbox: alter(sandbox.webhooks.view, lambda shown: shown | {"last_triggered_at": None}),
        (_TRIGGERED,),
    ),
    Defect(
        "cancellation-not-told",
        "DELIVERY-14",
        "No webhook is told that a job was canceled.",
        _silent_on("canceled"),
        (f"{_EVERY_EVENT}[canceled]",),
    ),
    Defect(
        "told-twice",
        "DELIVERY-14",
        "Every event makes two deliveries.",
        _told_twice,
        (f"{_EVERY_EVENT}[completed]", f"{_RACES}::test_jobs_begun_together_are_each_told_once"),
    ),
    Defect(
        "progress-told-once",
        "DELIVERY-14",
        "Of a job's progress only the first report is told.",
        _progress_told_once,
        (_SLOW_PROGRESS,),
    ),
    Defect(
        "progress-not-throttled",
        "CALL-6",
        "Every report of progress is told, however fast they come.",
        lambda sandbox: fix(sandbox.deliveries.is_throttled, False),
        (_THROTTLED, f"{_RACES}::test_progress_reported_together_is_told_once"),
    ),
    Defect(
        "end-throttled",
        "CALL-6",
        "The end of a job is not told when it follows progress within a second.",
        _end_throttled,
        (_THROTTLED,),
    ),
    Defect(
        "delivery-names-deleted-job",
        "DELIVERY-15",
        "Deliveries go on naming a job that was deleted.",
        _job_still_named,
        (_JOB_DELETED,),
    ),
    Defect(
        "deliveries-go-with-job",
        "DELIVERY-15",
        "A deleted job takes its deliveries along.",
        _gone_with_their_job,
        (_JOB_DELETED,),
    ),
)
