"""What answers show: which operation shows which kind of object, and what an object of that kind must be.

Each kind has rules for one object by itself and, where reads can be ordered, for two reads of the same one.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from framecast_contract.history import Exchange
from framecast_contract.oracle import (
    accounts,
    artifacts,
    assets,
    conversations,
    deliveries,
    invitations,
    jobs,
    members,
    messages,
    projects,
    teams,
    webhooks,
)
from framecast_contract.oracle.words import Broken, Json

Rules = Callable[[Json, Exchange], list[Broken]]
Transition = Callable[[Json, Json], list[Broken]]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of object: who shows it, and its rules."""

    shown_by: Mapping[str, tuple[str, ...]]
    """Operation → the members of its body that hold such objects; none of them means the body itself."""
    rules: Rules
    transition: Transition | None = None
    """Reads of one object are ordered by `updated_at`; kinds without that time have none."""
    identity: str = "id"
    """The member by which two reads are of the same object."""

    def shown_in(self, exchange: Exchange) -> list[Json]:
        """The objects of this kind in a successful answer."""
        members = self.shown_by.get(exchange.operation or "")
        if members is None or not 200 <= exchange.status < 300:
            return []
        body = exchange.json()
        if members:
            found = [body.get(member) for member in members] if isinstance(body, dict) else []
        else:
            found = body if isinstance(body, list) else [body]
        return [item for item in found if isinstance(item, dict)]


def _body(*operations: str) -> dict[str, tuple[str, ...]]:
    return dict.fromkeys(operations, ())


def _alone(rules: Callable[[Json], list[Broken]]) -> Rules:
    """Rules that need nothing but the object."""
    return lambda shown, _exchange: rules(shown)


def _team(team: Json, _exchange: Exchange) -> list[Broken]:
    return teams.broken_team_rules(team, str(team.get("user_urn")).rpartition(":")[2])


def _member(member: Json, _exchange: Exchange) -> list[Broken]:
    return members.broken_member_rules(member, str(member.get("team_id")))


def _invitation(invitation: Json, exchange: Exchange) -> list[Broken]:
    return invitations.broken_invitation_rules(invitation, _moment(exchange))


def _artifact(artifact: Json, _exchange: Exchange) -> list[Broken]:
    # Whether its conversation was deleted meanwhile is not seen here.
    return artifacts.broken_artifact_rules(artifact, orphaned=True)


def _asset(asset: Json, exchange: Exchange) -> list[Broken]:
    return assets.broken_asset_rules(asset, read=exchange.operation == "get_asset")


def _conversation(conversation: Json, _exchange: Exchange) -> list[Broken]:
    return conversations.broken_conversation_rules(conversation, str(conversation.get("user_id")))


def _delivery(delivery: Json, exchange: Exchange) -> list[Broken]:
    return deliveries.broken_delivery_rules(delivery, _moment(exchange))


def _message(message: Json, exchange: Exchange) -> list[Broken]:
    # The model of the conversation is not seen here; the stories compare it.
    conversation = {"id": exchange.url.split("/")[3], "model": message.get("model")}
    return messages.broken_message_rules(message, conversation)


def _moment(exchange: Exchange) -> datetime | None:
    return None if exchange.at is None else datetime.fromtimestamp(exchange.at, UTC)


KINDS: Mapping[str, Kind] = {
    "job": Kind(
        _body("create_job", "list_jobs", "get_job", "cancel_job", "clone_job", "create_project_job")
        | _body("receive_job_callback")
        | {"render_artifact": ("job",)},
        _alone(jobs.broken_job_rules),
        jobs.broken_transition_rules,
    ),
    "account": Kind(
        _body("get_account", "update_account", "upgrade_account") | {"get_whoami": ("user",)},
        _alone(accounts.broken_account_rules),
        accounts.broken_account_transition,
    ),
    "team": Kind(
        _body("list_teams", "create_team", "get_team", "update_team"),
        _team,
        teams.broken_team_transition,
        identity="user_urn",  # a team looks different to each of its people
    ),
    "member": Kind(_body("list_members", "update_member_role", "accept_invitation"), _member),
    "invitation": Kind(_body("list_invitations", "create_invitation", "resend_invitation"), _invitation),
    "project": Kind(
        _body("list_projects", "create_project", "get_project", "update_project", "update_project_spec")
        | _body("archive_project", "unarchive_project"),
        _alone(projects.broken_project_rules),
        projects.broken_project_transition,
    ),
    "asset": Kind(
        _body("list_assets", "get_asset", "confirm_asset_upload") | {"create_asset_upload_url": ("asset",)},
        _asset,
        assets.broken_asset_transition,
    ),
    "artifact": Kind(
        _body("list_artifacts", "get_artifact", "create_storyboard", "create_character"),
        _artifact,
        artifacts.broken_artifact_transition,
    ),
    "conversation": Kind(
        _body("list_conversations", "create_conversation", "get_conversation", "update_conversation"),
        _conversation,
        conversations.broken_conversation_transition,
    ),
    "message": Kind(
        _body("list_messages") | {"send_message": ("user_message", "assistant_message")}, _message
    ),
    "webhook": Kind(
        _body("list_webhooks", "get_webhook", "update_webhook")
        | dict.fromkeys(("create_webhook", "rotate_webhook_secret"), ("webhook",)),
        _alone(webhooks.broken_webhook_rules),
        webhooks.broken_webhook_transition,
    ),
    "delivery": Kind(_body("test_webhook", "list_webhook_deliveries", "retry_webhook_delivery"), _delivery),
}


def broken_object_rules(kind: Kind, exchange: Exchange) -> list[Broken] | None:
    """What the objects of one kind in an answer break; None when it shows none."""
    shown = kind.shown_in(exchange)
    return [broken for each in shown for broken in kind.rules(each, exchange)] if shown else None


def member_list(exchange: Exchange) -> list[Broken] | None:
    """A team's people as a whole; None when the answer shows something else."""
    if exchange.operation != "list_members" or exchange.status != 200:
        return None
    shown: Sequence[Json] = KINDS["member"].shown_in(exchange)
    return members.broken_member_list_rules(shown, exchange.url.split("/")[3])


def reads(exchange: Exchange) -> Iterator[tuple[str, str, Json]]:
    """Kind, identity and object, for every object of an answer whose reads can be compared."""
    for name, kind in KINDS.items():
        if kind.transition is not None:
            yield from ((name, str(shown.get(kind.identity)), shown) for shown in kind.shown_in(exchange))


def changes(kind: str, before: Any, after: Any) -> list[Broken]:
    """What two reads of one object break together, `after` taken later."""
    transition = KINDS[kind].transition
    return [] if transition is None else transition(before, after)
