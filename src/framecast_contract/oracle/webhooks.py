"""Webhooks: what may be asked for, what a read shows, the secret, and which events reach which webhook."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framecast_contract.oracle.bodies import is_id, is_text
from framecast_contract.oracle.instants import instant
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_expectations,
    broken_update_time,
)
from framecast_contract.oracle.projects import stranger_answer
from framecast_contract.oracle.words import CONFLICT, CREATED, FORBIDDEN, INVALID, Answer, Broken, Json, Rule

_SOURCE = "jobs-and-rendering.md 9"
_CALLS = "job-semantics.md 7"
_INVARIANTS = "job-semantics.md 13"

RULES = (
    Rule(
        "HOOK-1",
        "The secret is shown when a webhook is made or its secret rotated, and never again.",
        _SOURCE,
    ),
    Rule("HOOK-2", "A secret has at least 32 characters, and no two are the same.", "job-schemas.md 7"),
    Rule(
        "HOOK-3", "A new webhook is active, its creator's and its team's, and was never triggered.", _SOURCE
    ),
    Rule(
        "HOOK-4",
        "A webhook's URL is absolute and has at most 2048 characters, its events are distinct; else 400.",
        _SOURCE,
    ),
    Rule(
        "HOOK-5",
        "An update changes what it names and keeps the rest; URL, events and activity are all it can name.",
        _SOURCE,
    ),
    Rule("HOOK-6", "A webhook keeps its id, team, creator and birth.", _SOURCE),
    Rule("HOOK-7", "Rotating gives another secret and leaves URL, events and activity alone.", _SOURCE),
    Rule("HOOK-8", "Testing an inactive webhook is answered 409.", _SOURCE),
    Rule("HOOK-9", "A team's webhooks are listed newest first, all of them and no others.", _SOURCE),
    Rule("HOOK-10", "Only jobs owned by the team's own URN trigger its webhooks.", _CALLS),
    Rule("HOOK-11", "A webhook is triggered by its own events, and only while it is active.", _CALLS),
    Rule("HOOK-12", "The trigger time of a webhook moves with each delivery.", _CALLS),
    Rule("HOOK-13", "Owners and admins manage webhooks; members and viewers are answered 403.", _SOURCE),
    Rule("INV-W1", "A webhook's team exists: the webhook goes with it.", _INVARIANTS),
    Rule("INV-W2", "A webhook has at least one event, else 400.", _INVARIANTS),
    Rule("INV-W3", "The events of a webhook are of the six, another is answered 400.", _INVARIANTS),
    Rule("INV-W4", "A webhook's URL is https, another is answered 400.", _INVARIANTS),
    Rule("INV-W5", "A webhook names the user who created it.", _INVARIANTS),
)

EVENTS = ("job.queued", "job.started", "job.progress", "job.completed", "job.failed", "job.canceled")
TEST_EVENT = "webhook.test"
MANAGERS = ("owner", "admin")
LONGEST_URL = 2048
SHORTEST_SECRET = 32
CONSTANT = ("id", "team_id", "created_by", "created_at")
UPDATABLE = ("url", "events", "is_active")

_URL = re.compile(r"https://[^\s/?#]+\S*")


def is_webhook_url(value: Any) -> bool:
    """Whether a value is an absolute https URL of at most 2048 code points (INV-W4, HOOK-4)."""
    return is_text(value, 1, LONGEST_URL) and _URL.fullmatch(value) is not None


def are_events(value: Any) -> bool:
    """Whether a value is a list of distinct webhook events, at least one (INV-W2, INV-W3, HOOK-4)."""
    known = isinstance(value, list) and all(event in EVENTS for event in value)
    return known and 0 < len(value) == len(set(value))


def creation_answer(body: Any) -> Answer:
    """What `create_webhook` answers an owner or admin for a decoded body."""
    fits = isinstance(body, Mapping) and is_webhook_url(body.get("url")) and are_events(body.get("events"))
    return CREATED if fits else INVALID


def update_answer(body: Any) -> Answer | None:
    """The 400 that a decoded body of `update_webhook` earns, None for a good one."""
    if not isinstance(body, Mapping):
        return INVALID
    url, events, active = (body.get(name) for name in UPDATABLE)
    fits = (
        (url is None or is_webhook_url(url))
        and (events is None or are_events(events))
        and (active is None or isinstance(active, bool))
    )
    return None if fits else INVALID


def trial_answer(is_active: bool) -> Answer:
    """What `test_webhook` answers an owner or admin (HOOK-8)."""
    return CREATED if is_active else CONFLICT


def updated(webhook: Json, body: Json) -> dict[str, Any]:
    """The webhook after an accepted update, `updated_at` left as it was (HOOK-5)."""
    named = {name: body[name] for name in UPDATABLE if body.get(name) is not None}
    return {**webhook, **named}


def role_answer(operation_id: str, role: str | None) -> Answer | None:
    """The refusal of a creator with `role` in the webhook's team, None being a stranger (HOOK-13, D-16)."""
    if role is None:
        return stranger_answer(operation_id)
    return None if role in MANAGERS else FORBIDDEN


def receives(webhook: Json, event: str, owner: str) -> bool:
    """Whether `event` of a job of `owner` makes a delivery for `webhook` as it is now (HOOK-10, HOOK-11)."""
    own = owner == f"framecast:team:{webhook['team_id']}"
    return own and bool(webhook["is_active"]) and event in webhook["events"]


def broken_webhook_rules(webhook: Json) -> list[Broken]:
    """Judge one webhook as listed, read, or shown beside its secret."""
    broken = [] if "secret" not in webhook else [Broken("HOOK-1", "a webhook shows a secret")]
    if not is_id(webhook.get("created_by")):
        broken.append(
            Broken("INV-W5", f"created_by is {webhook.get('created_by')!r}, expected the id of a user")
        )
    broken += broken_birth_time(webhook, "INV-TIME1")
    return [*broken, *_url(webhook.get("url")), *_events(webhook.get("events"))]


def _url(url: Any) -> list[Broken]:
    if is_webhook_url(url):
        return []
    rule_id = "HOOK-4" if str(url).startswith("https://") else "INV-W4"
    return [
        Broken(rule_id, f"url is {str(url)[:100]!r}, expected https://… of at most {LONGEST_URL} characters")
    ]


def _events(events: Any) -> list[Broken]:
    if not isinstance(events, list) or not events:
        return [Broken("INV-W2", f"events is {events!r}, expected at least one")]
    unknown = [event for event in events if event not in EVENTS]
    if unknown:
        return [Broken("INV-W3", f"events hold {unknown}, expected only {', '.join(EVENTS)}")]
    return [Broken("HOOK-4", f"events {events} repeat one")] if len(set(events)) < len(events) else []


def broken_creation_rules(answer: Json, body: Json, *, team_id: str, caller: str) -> list[Broken]:
    """Judge the 201 of `create_webhook`: the webhook beside its secret (HOOK-2, HOOK-3)."""
    webhook = answer.get("webhook")
    if not isinstance(webhook, Mapping):
        return []  # shape is the contract's business
    expected = {
        "team_id": team_id, "created_by": caller, "url": body["url"], "events": body["events"],
        "is_active": True, "last_triggered_at": None,
    }  # fmt: skip
    broken = _differences("HOOK-3", webhook, expected)
    return [*broken, *broken_webhook_rules(webhook), *broken_secrets([answer.get("secret")])]


def broken_secrets(secrets: Iterable[Any]) -> list[Broken]:
    """HOOK-2 for secrets of one server, however many webhooks and rotations they come from."""
    shown = list(secrets)
    short = [secret for secret in shown if not isinstance(secret, str) or len(secret) < SHORTEST_SECRET]
    # No message repeats a secret.
    if short:
        return [Broken("HOOK-2", f"{len(short)} of {len(shown)} secrets are shorter than {SHORTEST_SECRET}")]
    repeated = len(shown) - len(set(shown))
    return [Broken("HOOK-2", f"{repeated} of {len(shown)} secrets repeat another")] if repeated else []


def broken_rotation_rules(before: Json, answer: Json, *, old_secret: str) -> list[Broken]:
    """Judge the 200 of `rotate_webhook_secret`; `before` is the webhook as read before (HOOK-2, HOOK-7)."""
    webhook, secret = answer.get("webhook"), answer.get("secret")
    if not isinstance(webhook, Mapping):
        return []  # shape is the contract's business
    kept = {name: before.get(name) for name in (*CONSTANT, *UPDATABLE)}
    return [*_differences("HOOK-7", webhook, kept), *broken_secrets([old_secret, secret])]


def broken_update_rules(before: Json, after: Json, body: Json) -> list[Broken]:
    """Judge the 200 of `update_webhook` against the webhook as read just before it (HOOK-5, TIME-3)."""
    expected = {name: updated(before, body).get(name) for name in (*CONSTANT, *UPDATABLE)}
    broken = _differences("HOOK-5", after, expected)
    return broken + broken_update_time(before, after, updated=True)


def broken_webhook_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one webhook, `after` taken later (HOOK-6, HOOK-12)."""
    broken = broken_constants("HOOK-6", before, after, CONSTANT)
    old, new = instant(before.get("last_triggered_at")), instant(after.get("last_triggered_at"))
    if old and (new is None or new < old):
        broken.append(Broken("HOOK-12", f"last_triggered_at went from {old} to {new}"))
    moved = any(before.get(name) != after.get(name) for name in UPDATABLE)
    return broken + broken_update_time(before, after, updated=moved)


def broken_webhook_list_rules(webhooks: Sequence[Json], *, team_id: str) -> list[Broken]:
    """HOOK-9 for an answer of `list_webhooks`."""
    foreign = [each.get("id") for each in webhooks if each.get("team_id") != team_id]
    broken = [Broken("HOOK-9", f"webhooks of another team are listed: {foreign}")] if foreign else []
    if not newest_first(webhooks):
        broken.append(Broken("HOOK-9", "the list is not ordered by created_at, newest first"))
    return broken


def _differences(rule_id: str, seen: Json, expected: Json) -> list[Broken]:
    return broken_expectations(rule_id, "the webhook", _sorted_events(seen), _sorted_events(expected))


def _sorted_events(webhook: Json) -> dict[str, Any]:
    """A webhook with its events in alphabetical order: nothing fixes the order they are given back in."""
    events = webhook.get("events")
    return {**webhook, "events": sorted(map(str, events)) if isinstance(events, list) else events}
