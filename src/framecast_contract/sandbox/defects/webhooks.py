"""Defects of webhooks themselves: how they are made, changed, given secrets and listed."""

import sqlite3
from collections.abc import Callable
from typing import Any

from starlette.responses import JSONResponse, Response

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, alter, asking, fix, replace, with_body
from framecast_contract.sandbox.http import Call, invalid, text
from framecast_contract.sandbox.webhooks import EVENTS

_WEBHOOKS = "tests/lifecycle/test_webhooks.py"
_MADE = f"{_WEBHOOKS}::test_a_webhook_is_made_as_asked_or_refused"
_SHOWN_ONCE = f"{_WEBHOOKS}::test_a_secret_is_shown_when_it_is_made_and_never_again"
_ROTATED = f"{_WEBHOOKS}::test_a_rotation_gives_another_secret_and_changes_nothing_else"
_SECRETS = f"{_WEBHOOKS}::test_every_webhook_has_a_secret_of_its_own"
_UPDATED = f"{_WEBHOOKS}::test_an_update_changes_what_it_names"
_LISTED = f"{_WEBHOOKS}::test_a_team_lists_its_webhooks_newest_first"
_CREATOR_GONE = f"{_WEBHOOKS}::test_a_webhook_outlives_the_membership_of_its_creator"
_TRIED = f"{_WEBHOOKS}::test_a_webhook_is_tried_out_while_it_is_active"


def _secret_shown(sandbox: Sandbox) -> None:
    view = sandbox.webhooks.view
    replace(sandbox.webhooks.view, lambda webhook: view(webhook) | {"secret": webhook["secret"]})


def _born_inactive(sandbox: Sandbox) -> None:
    insert = sandbox.database.insert

    def store(table: str, row: dict[str, Any]) -> None:
        insert(table, {**row, "is_active": 0} if table == "webhooks" else row)

    replace(sandbox.database.insert, store)


def _creator_replaced_by_team(sandbox: Sandbox) -> None:
    alter(sandbox.webhooks.view, lambda shown: shown | {"created_by": shown["team_id"]})


def _any_length(sandbox: Sandbox) -> None:
    def url(body: dict[str, Any]) -> str | None:
        given = text(body, "url", 1)
        if given is not None and not sandbox.webhooks.is_acceptable(given):
            raise invalid("url must be an absolute https:// URL with a host")
        return given

    replace(sandbox.webhooks.url, url)


def _plain_http(sandbox: Sandbox) -> None:
    acceptable = sandbox.webhooks.is_acceptable
    replace(sandbox.webhooks.is_acceptable, lambda url: acceptable(url.replace("http://", "https://", 1)))


def _events_read_as(change: Callable[[list[Any]], list[Any]]) -> Callable[[Sandbox], None]:
    """A defect that reads another list of events than was sent."""

    def plant(sandbox: Sandbox) -> None:
        events = sandbox.webhooks.events

        def lenient(body: dict[str, Any]) -> list[str] | None:
            given = body.get("events")
            return events({**body, "events": change(given)} if isinstance(given, list) else body)

        replace(sandbox.webhooks.events, lenient)

    return plant


def _no_events(sandbox: Sandbox) -> None:
    events = sandbox.webhooks.events
    replace(sandbox.webhooks.events, lambda body: [] if body.get("events") == [] else events(body))


def _events_forgotten(sandbox: Sandbox) -> None:
    update = sandbox.webhooks.update_webhook

    def reset(call: Call) -> Response:
        return update(call if call.body().get("events") else asking(call, events=list(EVENTS)))

    replace(sandbox.webhooks.update_webhook, reset)


def _handed_on(sandbox: Sandbox) -> None:
    """Webhooks of whoever goes are the owner's from then on."""
    remove = sandbox.members.remove

    def hand_on(membership: sqlite3.Row) -> None:
        remove(membership)
        sandbox.database.run(
            "UPDATE webhooks SET created_by ="
            " (SELECT user_id FROM memberships AS m WHERE m.team_id = webhooks.team_id AND role = 'owner')"
            " WHERE team_id = ? AND created_by = ?",
            *(membership["team_id"], membership["user_id"]),
        )

    replace(sandbox.members.remove, hand_on)


def _secret_kept(sandbox: Sandbox) -> None:
    def rotate(call: Call) -> Response:
        webhook = sandbox.webhooks.managed(call.caller, call.path_uuid("webhook_id"))
        return JSONResponse({"webhook": sandbox.webhooks.view(webhook), "secret": webhook["secret"]})

    replace(sandbox.webhooks.rotate_webhook_secret, rotate)


def _switch_on(sandbox: Sandbox, call: Call) -> None:
    sandbox.database.run("UPDATE webhooks SET is_active = 1 WHERE id = ?", call.path_uuid("webhook_id"))


def _rotation_switches_on(sandbox: Sandbox) -> None:
    rotate = sandbox.webhooks.rotate_webhook_secret

    def eager(call: Call) -> Response:
        _switch_on(sandbox, call)
        return rotate(call)

    replace(sandbox.webhooks.rotate_webhook_secret, eager)


def _trial_switches_on(sandbox: Sandbox) -> None:
    try_out = sandbox.deliveries.test_webhook

    def eager(call: Call) -> Any:
        _switch_on(sandbox, call)
        return try_out(call)

    replace(sandbox.deliveries.test_webhook, eager)


def _listed_as(change: Callable[[list[Any]], list[Any]]) -> Callable[[Sandbox], None]:
    """A defect that lists a team's webhooks in another way."""
    return lambda sandbox: alter(sandbox.webhooks.list_webhooks, lambda response: with_body(response, change))


def _all_teams_listed(sandbox: Sandbox) -> None:
    def everything(_: list[Any]) -> list[Any]:
        rows = sandbox.database.all("SELECT * FROM webhooks ORDER BY created_at DESC")
        return [sandbox.webhooks.view(row) for row in rows]

    _listed_as(everything)(sandbox)


DEFECTS = (
    Defect(
        "secret-shown-again", "HOOK-1", "Every read shows a webhook's secret.", _secret_shown, (_SHOWN_ONCE,)
    ),
    Defect(
        "short-secret",
        "HOOK-2",
        "A webhook's secret has 16 characters.",
        lambda sandbox: alter(sandbox.webhooks.new_secret, lambda secret: secret[:16]),
        (f"{_MADE}[url: a port]",),
    ),
    Defect(
        "one-secret-for-all",
        "HOOK-2",
        "All webhooks have the same secret.",
        lambda sandbox: fix(sandbox.webhooks.new_secret, "0123456789abcdef" * 4),
        (_SECRETS,),
    ),
    Defect(
        "webhook-born-inactive", "HOOK-3", "A new webhook is off.", _born_inactive, (f"{_MADE}[url: a port]",)
    ),
    Defect(
        "webhook-made-by-its-team",
        "INV-W5",
        "A webhook names its team as its creator.",
        _creator_replaced_by_team,
        (f"{_MADE}[url: a port]", _CREATOR_GONE),
    ),
    Defect(
        "webhook-url-of-any-length",
        "HOOK-4",
        "A webhook's URL may be longer than 2048 characters.",
        _any_length,
        (f"{_MADE}[url: 2049 characters]", f"{_UPDATED}[url: 2049 characters]"),
    ),
    Defect(
        "webhook-over-http",
        "INV-W4",
        "A webhook's URL may be http.",
        _plain_http,
        (f"{_MADE}[url: http]", f"{_UPDATED}[url: http]"),
    ),
    Defect(
        "event-named-twice",
        "HOOK-4",
        "An event that a new webhook names twice is taken as one.",
        _events_read_as(lambda events: list({str(event): event for event in events}.values())),
        (f"{_MADE}[events: one twice]",),
    ),
    Defect(
        "unknown-event-dropped",
        "INV-W3",
        "Events that do not exist are left out of a webhook without a word.",
        _events_read_as(lambda events: [event for event in events if event in EVENTS]),
        (f"{_MADE}[events: one of them unknown]", f"{_UPDATED}[events: one of them unknown]"),
    ),
    Defect(
        "webhook-without-events",
        "INV-W2",
        "A webhook may have no events.",
        _no_events,
        (f"{_MADE}[events: none]", f"{_UPDATED}[events: none]"),
    ),
    Defect(
        "webhook-update-resets-events",
        "HOOK-5",
        "An update that names no events subscribes a webhook to all.",
        _events_forgotten,
        (f"{_UPDATED}[off]", f"{_UPDATED}[nulls]"),
    ),
    Defect(
        "webhook-handed-on",
        "HOOK-6",
        "The webhooks of somebody who leaves a team name its owner as their creator.",
        _handed_on,
        (_CREATOR_GONE,),
    ),
    Defect("rotation-keeps-secret", "HOOK-7", "A rotation gives the old secret.", _secret_kept, (_ROTATED,)),
    Defect(
        "rotation-switches-on",
        "HOOK-7",
        "A rotation switches an inactive webhook on.",
        _rotation_switches_on,
        (_ROTATED,),
    ),
    Defect(
        "trial-switches-on",
        "HOOK-8",
        "Testing an inactive webhook switches it on.",
        _trial_switches_on,
        (_TRIED,),
    ),
    Defect(
        "webhooks-oldest-first",
        "HOOK-9",
        "Webhooks are listed oldest first.",
        _listed_as(lambda webhooks: webhooks[::-1]),
        (_LISTED,),
    ),
    Defect(
        "only-fifty-webhooks",
        "HOOK-9",
        "Only a team's 50 newest webhooks are listed.",
        _listed_as(lambda webhooks: webhooks[:50]),
        (_LISTED,),
    ),
    Defect(
        "foreign-webhooks-listed",
        "HOOK-9",
        "The webhooks of all teams are listed.",
        _all_teams_listed,
        (_LISTED,),
    ),
)
