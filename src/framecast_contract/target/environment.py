"""What the environment and `.env` say of the services: the `TestConfig` of the original end-to-end suite."""

import os
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

REAL_RUNPOD = ("RUNPOD_API_KEY", "RUNPOD_ENDPOINT_ID", "ANTHROPIC_API_KEY", "FRAMECAST_PUBLIC_URL")
"""What a run against real GPUs cannot do without."""


@dataclass(frozen=True, slots=True)
class TestConfig:
    """Where the services are and who we are to them. Everything has a default but the credentials."""

    __test__ = False  # pytest would take the name for a test class

    base_url: str = "sandbox"
    runpod_api_key: str | None = None
    runpod_endpoint_id: str | None = None
    anthropic_api_key: str | None = None
    inngest_event_key: str | None = None
    public_url: str | None = None
    timeout: float = 60.0
    """How long, in seconds, a test waits for a render: a mocked one is done in a few."""
    port: int = 3000
    """Where the sandbox listens for the callbacks of real renders; `just tunnel` makes it public."""

    @property
    def missing_for_real_runpod(self) -> list[str]:
        """The variables that tests marked `real_runpod` still need."""
        given = (self.runpod_api_key, self.runpod_endpoint_id, self.anthropic_api_key, self.public_url)
        return [name for name, value in zip(REAL_RUNPOD, given, strict=True) if not value]

    @property
    def has_real_runpod(self) -> bool:
        """Whether tests marked `real_runpod` can run."""
        return not self.missing_for_real_runpod

    @classmethod
    def from_env(cls, path: Path | str = ".env") -> "TestConfig":
        """Read the environment; what it does not set is looked up in the file `path`, if there is one."""
        values = {**dotenv_values(path), **os.environ}
        return cls(
            base_url=values.get("FRAMECAST_TARGET") or "sandbox",
            runpod_api_key=values.get("RUNPOD_API_KEY") or None,
            runpod_endpoint_id=values.get("RUNPOD_ENDPOINT_ID") or None,
            anthropic_api_key=values.get("ANTHROPIC_API_KEY") or None,
            inngest_event_key=values.get("INNGEST_EVENT_KEY") or None,
            public_url=values.get("FRAMECAST_PUBLIC_URL") or None,
            timeout=float(values.get("FRAMECAST_TIMEOUT") or 60.0),
            port=int(values.get("FRAMECAST_PORT") or 3000),
        )

    def __repr__(self) -> str:
        return f"TestConfig(base_url={self.base_url!r}, has_real_runpod={self.has_real_runpod})"
