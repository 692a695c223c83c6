"""The render back end, played by the suite: it reports through `receive_job_callback`, as the real one."""

from typing import Any
from uuid import UUID

from framecast_client.models import Job
from framecast_contract.target.people import People, Persona

SIZE_BYTES = 1_048_576
OUTPUT = {
    "video_url": "https://renders.example.com/final.mp4",
    "duration": 5,
    "resolution": "1920x1080",
    "format": "mp4",
    "size_bytes": SIZE_BYTES,
}
ERROR = {"code": "generation_failed", "message": "the model returned nothing"}


class RenderBackEnd:
    """Reports on jobs. Every method returns the job as the server answered it."""

    def __init__(self, people: People) -> None:
        self.persona: Persona = people.render_back_end()
        self._report = self.persona.client.receive_job_callback

    async def start(self, job_id: UUID | str) -> Job:
        return await self._report(job_id, "started")

    async def progress(self, job_id: UUID | str, percent: float) -> Job:
        return await self._report(job_id, "progress", progress_percent=percent)

    async def complete(self, job_id: UUID | str, output: dict[str, Any] | None = None) -> Job:
        output = output or OUTPUT
        return await self._report(job_id, "completed", output=output, output_size_bytes=SIZE_BYTES)

    async def fail(
        self, job_id: UUID | str, failure_type: Any = "system", error: dict[str, Any] | None = None
    ) -> Job:
        return await self._report(job_id, "failed", failure_type=failure_type, error=error or ERROR)

    async def lead(self, owner: Persona, job_id: UUID | str, state: str, percent: float = 0) -> None:
        """Bring a new job of `owner` into that state, `percent` reported on the way if it is rendered."""
        if state in ("processing", "completed", "failed"):
            await self.bring_to(job_id, percent)
        if state == "completed":
            await self.complete(job_id)
        elif state == "failed":
            await self.fail(job_id)
        elif state == "canceled":
            await owner.client.cancel_job(job_id)

    async def bring_to(self, job_id: UUID | str, percent: float) -> None:
        """Start the job and report `percent`, unless that is nothing."""
        await self.start(job_id)
        if percent:
            await self.progress(job_id, percent)
