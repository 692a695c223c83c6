"""What can be configured in a sandbox, with the defaults a laptop needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal, Self

UNLIMITED = 1_000_000_000


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Requests per minute (job-semantics 9). `anonymous` is ours: the facts only say it is stricter."""

    starter: int = 60
    creator: int = 300
    anonymous: int = 30
    window_seconds: int = 60

    @classmethod
    def off(cls) -> Self:
        """Budgets nobody exhausts; the headers are still sent."""
        return cls(UNLIMITED, UNLIMITED, UNLIMITED)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a sandbox is told about its surroundings. Times are in seconds."""

    jwt_secret: str = "framecast-sandbox-secret-of-at-least-32-bytes"
    jwt_audience: str | None = "authenticated"
    jwt_issuer: str | None = None
    clock_skew_seconds: int = 60
    database: str = ":memory:"
    public_url: str = "http://127.0.0.1:8000"
    cors_origins: tuple[str, ...] = ("*",)
    control: bool = False
    rate_limits: RateLimits = field(default_factory=RateLimits)

    renders: Literal["runpod", "none"] = "runpod"
    render_timeout_seconds: float = 1800
    status_poll_seconds: float = 300
    retry_delays_seconds: tuple[float, ...] = (1, 5, 25)
    upstream_timeout_seconds: float = 30
    max_stream_seconds: float = 600
    event_retention_seconds: float = 7 * 86400
    revoked_key_retention_seconds: float = 30 * 86400
    invitation_life_seconds: float = 7 * 86400
    webhook_timeout_seconds: float = 5
    webhook_retry_delays_seconds: tuple[float, ...] = (60, 300, 1800, 7200)
    delivery_retention_seconds: float = 30 * 86400

    owned_teams_per_user: int = 10
    memberships_per_user: int = 50
    pending_invitations_per_team: int = 50
    invitations_per_day: int = 20

    runpod_base_url: str = "https://api.runpod.ai"
    runpod_api_key: str = "sandbox"
    runpod_endpoint: str = "framecast-render"
    anthropic_base_url: str = "https://api.anthropic.com"
    anthropic_api_key: str = "sandbox"
    anthropic_model: str = "claude-sonnet-4-5"
    inngest_base_url: str = "https://inn.gs"
    inngest_event_key: str = "sandbox"
    mail_base_url: str = "https://api.resend.com"
    mail_api_key: str = "sandbox"
    mail_from: str = "Framecast <invitations@framecast.example>"
    app_url: str = "https://app.framecast.example"

    s3_endpoint_url: str = "https://s3.us-east-1.amazonaws.com"
    s3_region: str = "us-east-1"
    s3_access_key_id: str = "sandbox"
    s3_secret_access_key: str = "sandbox"
    s3_bucket: str = "framecast-outputs"
    s3_system_bucket: str = "framecast-system"

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Self:
        """Settings from variables named after the fields in capitals (`JWT_SECRET`, `RUNPOD_BASE_URL`).

        `RATE_LIMITS` is `on` or `off`; lists are separated by commas; an empty value counts as not set.
        Raises ValueError naming the variable, its value and what was expected.
        """
        given = {f.name: environment.get(f.name.upper(), "") for f in fields(cls)}
        return cls(**{name: _read(name, text, _default(cls, name)) for name, text in given.items() if text})


def _default(settings: type[Settings], name: str) -> Any:
    return getattr(settings(), name)


def _read(name: str, text: str, default: Any) -> Any:
    try:
        return _convert(name, text, default)
    except ValueError as error:
        raise ValueError(f"{name.upper()}={text!r}: {error}") from None


def _convert(name: str, text: str, default: Any) -> Any:
    if name == "renders":
        return _one_of(text, "runpod", "none")
    if isinstance(default, bool):
        return _one_of(text.lower(), "true", "false", "1", "0") in ("true", "1")
    if isinstance(default, RateLimits):
        return RateLimits() if _one_of(text.lower(), "on", "off") == "on" else RateLimits.off()
    if isinstance(default, tuple):
        parts = tuple(part.strip() for part in text.split(",") if part.strip())
        return tuple(map(float, parts)) if name.endswith("_seconds") else parts
    if isinstance(default, int | float):
        return type(default)(text)
    return text


def _one_of(text: str, *allowed: str) -> str:
    if text not in allowed:
        raise ValueError(f"expected one of {', '.join(allowed)}")
    return text
