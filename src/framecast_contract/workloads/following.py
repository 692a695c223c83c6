"""Reading a job's event stream."""

from uuid import UUID

from framecast_client.models import JobEvent
from framecast_contract.target.people import Persona


async def events(reader: Persona, job_id: UUID | str, after: str | None = None) -> list[JobEvent]:
    """The events of an ended job, or those behind `after` (a Last-Event-ID)."""
    header = {} if after is None else {"last_event_id": after}
    return [event async for event in reader.client.get_job_events(job_id, **header)]


async def event_types(reader: Persona, job_id: UUID | str) -> list[str]:
    """The types of an ended job's events, in order."""
    return [event.event for event in await events(reader, job_id)]


def frames(stream: list[JobEvent]) -> list[tuple[str, str]]:
    """Id and type of each event, to compare streams with."""
    return [(event.id, event.event) for event in stream]
