"""One of everything: how a person comes to have a project, an uploaded file, a webhook that failed, …

Each function makes one thing through the API, in the state its name tells, and notes the id under the name of
the path parameter that takes it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from framecast_contract.target.people import People, Persona
from framecast_contract.workloads.storyboards import storyboard
from framecast_contract.workloads.teams import join
from framecast_contract.workloads.uploads import send_file
from framecast_contract.workloads.webhooks import failed_delivery_of

MODEL = "claude-sonnet-4-5"


@dataclass(slots=True)
class Belongings:
    """Whose things, under which owner URN and in which team, and what there is: parameter name → id."""

    people: People
    owner: Persona
    urn: str
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def team_id(self) -> str:
        return self.ids["team_id"]


Thing = Callable[[Belongings], Awaitable[None]]


async def key(have: Belongings) -> None:
    created = await have.owner.client.create_api_key(scopes=["generate"])
    have.ids["key_id"] = str(created.api_key.id)


async def job(have: Belongings) -> None:
    """A queued job."""
    made = await have.owner.client.create_job(storyboard(5), owner=have.urn)
    have.ids["job_id"] = str(made.id)


async def canceled_job(have: Belongings) -> None:
    await job(have)
    await have.owner.client.cancel_job(have.ids["job_id"])


async def invitation(have: Belongings) -> None:
    """A pending invitation that the owner sent."""
    sent = await have.owner.client.create_invitation(have.team_id, "invitee@example.com")
    have.ids["invitation_id"] = str(sent.id)


async def received_invitation(have: Belongings) -> None:
    """A pending invitation that somebody sent to the owner."""
    host = await have.people.creator("host")
    team = (await host.client.list_teams())[0]
    sent = await host.client.create_invitation(team.id, have.owner.email)
    have.ids["invitation_id"] = str(sent.id)


async def fellow(have: Belongings) -> None:
    """Another member of the owner's team."""
    have.ids["user_id"] = (await join(have.people, have.owner, have.team_id, "member")).user_id


async def project(have: Belongings) -> None:
    """A draft that can be rendered."""
    made = await have.owner.client.create_project(have.team_id, "Trailer", spec=storyboard(5))
    have.ids["project_id"] = str(made.id)


async def archived_project(have: Belongings) -> None:
    await project(have)
    await have.owner.client.archive_project(have.ids["project_id"])


async def asset(have: Belongings) -> None:
    """A pending asset whose bytes are where they belong."""
    upload = await have.owner.client.create_asset_upload_url("dog.png", "image/png", 7, owner=have.urn)
    have.ids["asset_id"] = str(upload.asset.id)
    await send_file(upload, b"picture")


async def storyboard_artifact(have: Belongings) -> None:
    made = await have.owner.client.create_storyboard(storyboard(5), owner=have.urn)
    have.ids["artifact_id"] = str(made.id)


async def character(have: Belongings) -> None:
    made = await have.owner.client.create_character({"prompt": "a small brown dog"}, owner=have.urn)
    have.ids["artifact_id"] = str(made.id)


async def conversation(have: Belongings) -> None:
    started = await have.owner.client.create_conversation(MODEL)
    have.ids["conversation_id"] = str(started.id)


async def webhook(have: Belongings) -> None:
    url = have.people.target.receiver("belongings").url
    made = await have.owner.client.create_webhook(have.team_id, url, ["job.completed"])
    have.ids["webhook_id"] = str(made.webhook.id)


async def failed_delivery(have: Belongings) -> None:
    """A delivery that the receiver refused for good."""
    await webhook(have)
    receiver = have.people.target.receiver("belongings")
    delivery = await failed_delivery_of(have.owner, have.ids["webhook_id"], receiver)
    have.ids["delivery_id"] = str(delivery.id)
