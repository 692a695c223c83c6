"""The objects of the contract, one model per schema. Generated; do not edit."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import MISSING, AwareDatetime, ConfigDict, Field, StringConstraints
from typing_extensions import TypeAliasType

from ._model import Model

UserTier = TypeAliasType("UserTier", Literal["starter", "creator"])
"""A starter works alone with one render at a time; a creator also works in teams."""


AuthMethod = TypeAliasType("AuthMethod", Literal["jwt", "api_key"])
"""How the caller proved who they are."""


class UpdateAccountRequest(Model):
    """Members to change. A member left out stays; null clears it."""

    name: Annotated[str | None | MISSING, Field(max_length=100, min_length=1)] = MISSING
    """Null clears the name."""
    avatar_url: str | None | MISSING = MISSING
    """Absolute URL; null clears it."""


class UpgradeAccountRequest(Model):
    """The tier to move to."""

    target_tier: UserTier


ApiKeyScope = TypeAliasType(
    "ApiKeyScope",
    Literal[
        "generate",
        "jobs:read",
        "jobs:write",
        "assets:read",
        "assets:write",
        "artifacts:read",
        "artifacts:write",
        "conversations:read",
        "conversations:write",
        "projects:read",
        "projects:write",
        "team:read",
        "team:admin",
        "webhooks:read",
        "webhooks:write",
        "*",
    ],
)
"""One thing a key may do. Scopes are independent (writing does not include reading); `*` includes all. Starters may ask for the first nine only."""


RawApiKey = TypeAliasType(
    "RawApiKey", Annotated[str, Field(max_length=40, min_length=40, pattern="^sk_live_[0-9a-f]{32}$")]
)
"""The key itself, a secret."""


class UpdateApiKeyRequest(Model):
    """The new name."""

    name: Annotated[str, Field(max_length=100, min_length=1)]


Uuid = TypeAliasType("Uuid", UUID)
"""An id; Framecast writes it in lower case with hyphens."""


Timestamp = TypeAliasType("Timestamp", AwareDatetime)
"""A moment, RFC 3339. Requests may use any offset; answers are in UTC, end in `Z` and have up to six digits of fraction."""


OwnerUrn = TypeAliasType(
    "OwnerUrn",
    Annotated[
        str,
        Field(
            max_length=500,
            pattern="^framecast:(user:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|team:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$",
        ),
    ],
)
"""
Who owns a thing, sees it and pays for it:
`framecast:user:<user id>` a person, `framecast:team:<team id>` a team,
`framecast:<team id>:<user id>` a person inside a team (the team pays). Ids in lower case with hyphens.

"""


class ValidateSpecRequest(Model):
    """A storyboard to check."""

    spec: dict[str, Any]
    """Any object. That it may break the rules of `Spec` is the point."""


class ValidationError(Model):
    """One broken rule. A storyboard with it cannot be rendered."""

    path: str
    """Where, such as `timeline[0].scene`."""
    message: str
    """For people."""
    value: Any | MISSING = MISSING
    """What was found there."""
    valid_values: list[Any] | MISSING = MISSING
    """What would have been accepted."""
    limit: float | MISSING = MISSING
    """The bound that was crossed."""


class ValidationWarning(Model):
    """Something worth a look. It stops nothing."""

    path: str
    message: str


class SceneEstimate(Model):
    """What one scene costs."""

    id: str
    duration: float
    """Seconds."""
    credits: Annotated[int, Field(ge=1)]
    """One per started second."""


class EstimateWarning(Model):
    """Something to know before rendering."""

    message: str


JobStatus = TypeAliasType("JobStatus", Literal["queued", "processing", "completed", "failed", "canceled"])
"""The first two are active; the others are final."""


JobFailureType = TypeAliasType("JobFailureType", Literal["system", "validation", "timeout", "canceled"])
"""Why a job ended without a result. It decides the refund."""


JobPhase = TypeAliasType(
    "JobPhase", Literal["queued", "initializing", "generating", "stitching", "finalizing"]
)
"""What the render worker is busy with."""


class JobPreview(Model):
    """A first look at a scene."""

    scene_id: str
    url: str
    generated_at: Timestamp


class SceneClip(Model):
    """One scene of a finished video on its own."""

    scene_id: str
    url: str
    """Works for an hour."""
    duration: float
    """Seconds."""


class JobOutputMetadata(Model):
    """How a video was made."""

    model_used: str
    seed: int | MISSING = MISSING
    generation_time_ms: Annotated[float, Field(ge=0.0)]


class ImageOutput(Model):
    """A finished character image."""

    model_config = ConfigDict(
        extra="allow",
    )
    url: str


class JobError(Model):
    """What the render worker said went wrong, with whatever else it reported."""

    model_config = ConfigDict(
        extra="allow",
    )
    code: str | MISSING = MISSING
    message: str
    scene_id: str | MISSING = MISSING


class CloneJobRequest(Model):
    """Who the copy is for."""

    owner: OwnerUrn | None | MISSING = MISSING
    """The owner of the original when left out."""


JobEventType = TypeAliasType(
    "JobEventType",
    Literal["queued", "started", "progress", "scene_complete", "completed", "failed", "canceled"],
)
"""What happened to a job. The last three end its stream."""


LastEventId = TypeAliasType(
    "LastEventId",
    Annotated[
        str, Field(pattern="^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[1-9][0-9]*$")
    ],
)
"""`<job id>:<sequence>`. Sequences of a job start at 1 and rise by 1; compare them as numbers."""


class JobEventData(Model):
    """What an event says beyond its type. Only `progress` must say something."""

    model_config = ConfigDict(
        extra="allow",
    )
    percent: Annotated[float | MISSING, Field(ge=0.0, le=100.0)] = MISSING
    """In every `progress` event."""


JobCallbackEvent = TypeAliasType("JobCallbackEvent", Literal["started", "progress", "completed", "failed"])
"""What a render worker reports."""


CallbackFailureType = TypeAliasType("CallbackFailureType", Literal["system", "validation", "timeout"])
"""Whose fault a failure was."""


ErrorCode = TypeAliasType(
    "ErrorCode",
    Literal[
        "MISSING_AUTHORIZATION",
        "INVALID_AUTHORIZATION",
        "INVALID_TOKEN",
        "INVALID_API_KEY",
        "USER_NOT_FOUND",
        "MISSING_EMAIL",
        "AUTHENTICATION_ERROR",
        "INSUFFICIENT_TIER",
        "AUTHORIZATION_ERROR",
        "VALIDATION_ERROR",
        "NOT_FOUND",
        "CONFLICT",
        "GONE",
        "RATE_LIMIT_EXCEEDED",
        "INSUFFICIENT_CREDITS",
        "INTERNAL_ERROR",
        "UNEXPECTED_ERROR",
        "DATABASE_ERROR",
        "SERIALIZATION_ERROR",
        "AUTH_ERROR",
        "USER_LOAD_ERROR",
        "MEMBERSHIPS_LOAD_ERROR",
        "USER_PROVISION_FAILED",
    ],
)
"""What went wrong, for programs."""


class ErrorBody(Model):
    """One error."""

    code: ErrorCode
    message: Annotated[str, Field(min_length=1)]
    """For people. Not stable, and never tells anything about the server's inside."""
    retry_after: Annotated[int | MISSING, Field(alias="retryAfter", ge=0)] = MISSING
    """Seconds to wait; only when the request rate was exceeded."""


class RateLimitBody(Model):
    """The request rate was exceeded."""

    code: Literal["RATE_LIMIT_EXCEEDED"]
    message: Annotated[str, Field(min_length=1)]
    """For people. Not stable."""
    retry_after: Annotated[int, Field(alias="retryAfter", ge=0)]
    """Seconds to wait."""


SystemAssetCategory = TypeAliasType("SystemAssetCategory", Literal["sfx", "ambient", "music", "transition"])
"""What a sound is for."""


SystemAssetId = TypeAliasType(
    "SystemAssetId",
    Annotated[str, Field(max_length=100, pattern="^asset_(sfx|ambient|music|transition)_[a-z0-9_]+$")],
)
"""Readable id, `asset_<category>_<name>`."""


Tag = TypeAliasType("Tag", Annotated[str, Field(max_length=50)])


class SystemAsset(Model):
    """A ready-made sound."""

    id: SystemAssetId
    category: SystemAssetCategory
    """The same as in the id."""
    name: Annotated[str, Field(max_length=255)]
    """For display."""
    description: Annotated[str, Field(max_length=500)]
    duration_seconds: Annotated[str | None, Field(pattern="^[0-9]+(\\.[0-9]{1,3})?$")]
    """A decimal number in a string, such as `0.500`; compare it as a number."""
    s3_key: str
    """Unique."""
    content_type: str
    """An audio type."""
    size_bytes: Annotated[int, Field(ge=1)]
    tags: list[Tag]
    created_at: Timestamp
    preview_url: str | MISSING = MISSING
    """Only when one asset is read; works for 24 hours."""


class GlobalPrompt(Model):
    """What holds for every scene."""

    model_config = ConfigDict(
        extra="allow",
    )
    positive: str | None | MISSING = MISSING
    """To be seen."""
    negative: str | None | MISSING = MISSING
    """Not to be seen."""


class AudioRef(Model):
    """A sound and how to play it."""

    model_config = ConfigDict(
        extra="allow",
    )
    asset_id: str
    """A system asset, or the id of a ready audio asset that the caller can access."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING
    fade_in: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds."""
    fade_out: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds."""
    loop: bool | None | MISSING = MISSING


class ReferenceImage(Model):
    """A picture of a symbol."""

    model_config = ConfigDict(
        extra="allow",
    )
    id: str
    """Id of a ready image asset that the caller can access."""
    url: str | None | MISSING = MISSING
    """Filled in when a storyboard is read; ignored when sent."""
    weight: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class VoiceRef(Model):
    """How a symbol sounds."""

    model_config = ConfigDict(
        extra="allow",
    )
    asset_id: str
    """An audio asset, chosen as in `AudioRef`."""


class SfxCue(Model):
    """A sound effect at a moment."""

    model_config = ConfigDict(
        extra="allow",
    )
    asset_id: str
    """An audio asset, chosen as in `AudioRef`."""
    trigger: str | None | MISSING = MISSING
    """When to play it"""
    start: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds into the scene."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class DialogueLine(Model):
    """Something said."""

    model_config = ConfigDict(
        extra="allow",
    )
    speaker: str | None | MISSING = MISSING
    """The name of a symbol that has a voice."""
    text: Annotated[str, Field(max_length=500)]
    start: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds into the scene."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


TransitionType = TypeAliasType(
    "TransitionType", Literal["cut", "fade", "dissolve", "wipe", "blur", "zoom", "flash", "glitch", "custom"]
)
"""How one picture becomes the next."""


class TransitionEffect(Model):
    """A value that moves during a transition."""

    model_config = ConfigDict(
        extra="allow",
    )
    name: str
    from_: Annotated[float | None | MISSING, Field(alias="from")] = MISSING
    to: float | None | MISSING = MISSING
    easing: str | None | MISSING = MISSING


class TransitionAudio(Model):
    """The sound of a transition."""

    model_config = ConfigDict(
        extra="allow",
    )
    asset_id: str | None | MISSING = MISSING
    """An audio asset, chosen as in `AudioRef`."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class CharacterSpec(Model):
    """A character to draw. Other members are kept as sent."""

    model_config = ConfigDict(
        extra="allow",
    )
    prompt: Annotated[str, Field(pattern="\\S")]
    """Not blank."""
    name: str | MISSING = MISSING


class SceneStep(Model):
    """Show a scene."""

    model_config = ConfigDict(
        extra="allow",
    )
    scene: str
    """Id of a scene of the storyboard."""


class Treatment(Model):
    """How a memory looks."""

    model_config = ConfigDict(
        extra="allow",
    )
    desaturate: float | None | MISSING = MISSING
    vignette: bool | None | MISSING = MISSING
    grain: float | None | MISSING = MISSING
    blur: float | None | MISSING = MISSING


class User(Model):
    """A person's account."""

    id: Uuid
    """The `sub` of the person's session."""
    email: Annotated[str, Field(max_length=255)]
    name: Annotated[str | None, Field(max_length=100, min_length=1)]
    avatar_url: str | None
    """Absolute URL."""
    tier: UserTier
    credits: Annotated[int, Field(ge=0, le=2147483647)]
    """The personal balance."""
    ephemeral_storage_bytes: Annotated[int, Field(ge=0)]
    """Bytes stored under the personal URN."""
    upgraded_at: Timestamp | None
    """When the person became a creator; null for starters and only for them."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class WhoamiApiKey(Model):
    """The key that made the request."""

    id: Uuid
    owner: OwnerUrn
    name: Annotated[str, Field(max_length=100, min_length=1)]
    key_prefix: Literal["sk_live_"]
    scopes: Annotated[list[ApiKeyScope], Field(min_length=1)]
    expires_at: Timestamp | None
    """Null when the key never expires."""


class ApiKey(Model):
    """What is known of a key; the key itself is not in it."""

    id: Uuid
    user_id: Uuid
    """The person the key acts as."""
    owner: OwnerUrn
    """Recorded with the key; it does not narrow what the key may reach."""
    name: Annotated[str, Field(max_length=100, min_length=1)]
    key_prefix: Literal["sk_live_"]
    scopes: Annotated[list[ApiKeyScope], Field(min_length=1)]
    last_used_at: Timestamp | None
    """Null until the first successful use."""
    expires_at: Timestamp | None
    """Null when the key never expires."""
    revoked_at: Timestamp | None
    """Null while the key is not revoked."""
    created_at: Timestamp


class ApiKeyCreated(Model):
    """A new key and, this once, its secret."""

    api_key: ApiKey
    raw_key: RawApiKey
    """Shown here and never again."""


class CreateApiKeyRequest(Model):
    """What the new key is for. `{}` is enough for a creator."""

    name: Annotated[str | None | MISSING, Field(max_length=100, min_length=1)] = MISSING
    owner: OwnerUrn | None | MISSING = MISSING
    """The caller's personal URN when left out."""
    scopes: Annotated[list[ApiKeyScope] | None | MISSING, Field(min_length=1)] = MISSING
    """Everything when left out, which a starter may not ask for, so starters must send it."""
    expires_at: Timestamp | None | MISSING = MISSING
    """Must be in the future; never when left out."""


class ValidationResponse(Model):
    """Everything there is to say about a storyboard."""

    valid: bool
    """True exactly when `errors` is empty."""
    errors: list[ValidationError]
    warnings: list[ValidationWarning]


class EstimateResponse(Model):
    """What rendering a storyboard would cost."""

    estimated_duration_seconds: Annotated[float, Field(ge=0.0)]
    """Sum of the scene durations."""
    estimated_credits: Annotated[int, Field(ge=1)]
    """Sum of the scenes' credits, and exactly what a job made from this storyboard is charged."""
    estimated_generation_time_seconds: Annotated[float, Field(ge=0.0)]
    """A guess."""
    scenes: list[SceneEstimate]
    """One per scene, in the same order."""
    warnings: list[EstimateWarning] | MISSING = MISSING
    """For instance that the balance is too small."""


class JobProgress(Model):
    """How far a job is. Empty until the first report; a missing percentage counts as 0."""

    phase: JobPhase | MISSING = MISSING
    percent: Annotated[float | MISSING, Field(ge=0.0, le=100.0)] = MISSING
    scenes_total: Annotated[int | MISSING, Field(ge=0)] = MISSING
    scenes_completed: Annotated[int | MISSING, Field(ge=0)] = MISSING
    """At most `scenes_total`."""
    current_scene: str | MISSING = MISSING
    """Id of the scene being rendered."""
    message: str | MISSING = MISSING
    previews: list[JobPreview] | MISSING = MISSING


class JobOutput(Model):
    """A finished video. Its URLs are signed anew with every read and work for an hour."""

    video_url: str
    scene_clips: list[SceneClip] | MISSING = MISSING
    thumbnail_url: str | MISSING = MISSING
    duration: Annotated[float, Field(gt=0.0)]
    """Seconds."""
    resolution: Annotated[str, Field(pattern="^[0-9]+x[0-9]+$")]
    format: str
    size_bytes: Annotated[int, Field(ge=1)]
    metadata: JobOutputMetadata | MISSING = MISSING


class JobEvent(Model):
    """One frame of the event stream, its `id:`, `event:` and (parsed) `data:` lines."""

    id: LastEventId
    event: JobEventType
    data: JobEventData


class JobCallbackRequest(Model):
    """A report of a render worker."""

    job_id: Uuid
    event: JobCallbackEvent
    output: JobOutput | ImageOutput | None | MISSING = MISSING
    """What was made. Needed with `completed`."""
    output_size_bytes: Annotated[int | None | MISSING, Field(ge=0)] = MISSING
    error: JobError | None | MISSING = MISSING
    """What went wrong. When left out, a `failed` job gets a standard one."""
    failure_type: CallbackFailureType | None | MISSING = MISSING
    """`system` when left out."""
    progress_percent: Annotated[float | None | MISSING, Field(ge=0.0, le=100.0)] = MISSING
    """Needed with `progress`."""


class ErrorEnvelope(Model):
    """The body of every error answer."""

    error: ErrorBody


class RateLimitEnvelope(Model):
    """The body of a 429 answer."""

    error: RateLimitBody


class GlobalAudio(Model):
    """Sound under the whole video."""

    model_config = ConfigDict(
        extra="allow",
    )
    music: AudioRef | None | MISSING = MISSING
    ambient: AudioRef | None | MISSING = MISSING


class Symbol(Model):
    """Somebody or something that looks and sounds the same in every scene."""

    model_config = ConfigDict(
        extra="allow",
    )
    prompt: Annotated[str, Field(max_length=1000)]
    negative: str | None | MISSING = MISSING
    reference_images: list[ReferenceImage] | None | MISSING = MISSING
    voice: VoiceRef | None | MISSING = MISSING
    """Without a voice the symbol cannot speak."""


class SceneAudio(Model):
    """The sound of one scene."""

    model_config = ConfigDict(
        extra="allow",
    )
    ambient: AudioRef | None | MISSING = MISSING
    music: AudioRef | None | MISSING = MISSING
    sfx: Annotated[list[SfxCue] | None | MISSING, Field(max_length=10)] = MISSING
    dialogue: Annotated[list[DialogueLine] | None | MISSING, Field(max_length=5)] = MISSING


class TransitionDefinition(Model):
    """A transition spelled out."""

    model_config = ConfigDict(
        extra="allow",
    )
    type: TransitionType
    duration: Annotated[float | None | MISSING, Field(gt=0.0)] = MISSING
    """Seconds."""
    params: dict[str, Any] | None | MISSING = MISSING
    """Whatever the type understands."""
    effects: list[TransitionEffect] | None | MISSING = MISSING
    audio: TransitionAudio | None | MISSING = MISSING


class Flashback(Model):
    """Scenes shown again as a memory."""

    model_config = ConfigDict(
        extra="allow",
    )
    scenes: list[str]
    """Ids of scenes of the storyboard."""
    treatment: Treatment | None | MISSING = MISSING


class Whoami(Model):
    """Who is calling, and with what."""

    auth_method: AuthMethod
    user: User
    api_key: WhoamiApiKey | MISSING = MISSING
    """Present exactly when `auth_method` is `api_key`; otherwise missing, not null."""


class Scene(Model):
    """One shot."""

    model_config = ConfigDict(
        extra="allow",
    )
    id: str
    """Distinct within the storyboard."""
    prompt: Annotated[str, Field(max_length=2000)]
    """What is seen. Every `@name` names a symbol."""
    duration: Annotated[float, Field(ge=1.0, le=30.0)]
    """Seconds. Every started second costs a credit; more than 10 draws a warning."""
    order: float | None | MISSING = MISSING
    audio: SceneAudio | None | MISSING = MISSING


TransitionRef = TypeAliasType("TransitionRef", str | TransitionDefinition)
"""A transition by name, or spelled out."""


class TransitionStep(Model):
    """Lead over to the next step."""

    model_config = ConfigDict(
        extra="allow",
    )
    transition: TransitionRef
    """As a string it names a preset; transition types do not count here."""


class FlashbackStep(Model):
    """Show scenes as a memory."""

    model_config = ConfigDict(
        extra="allow",
    )
    flashback: Flashback


class Montage(Model):
    """Scenes in quick succession."""

    model_config = ConfigDict(
        extra="allow",
    )
    scenes: list[str]
    """Ids of scenes of the storyboard."""
    pace: str | None | MISSING = MISSING
    transition: TransitionRef | None | MISSING = MISSING
    """As a string it names a transition type or a preset."""


class MontageStep(Model):
    """Show scenes in quick succession."""

    model_config = ConfigDict(
        extra="allow",
    )
    montage: Montage


TimelineElement = TypeAliasType("TimelineElement", SceneStep | TransitionStep | FlashbackStep | MontageStep)
"""One step of the order of play. It has exactly one of `scene`, `transition`, `flashback`, `montage`."""


class Spec(Model):
    """
    A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes as compact JSON;
    the durations of its scenes add up to at most 300 seconds. Scene ids are distinct.

    """

    model_config = ConfigDict(
        extra="allow",
    )
    title: str
    global_prompt: GlobalPrompt | None | MISSING = MISSING
    global_audio: GlobalAudio | None | MISSING = MISSING
    symbols: dict[str, Symbol] | None | MISSING = MISSING
    """People and things that appear again, by the name used as `@name` in prompts."""
    transition_presets: dict[str, TransitionDefinition] | None | MISSING = MISSING
    """Transitions to use by name."""
    scenes: Annotated[list[Scene], Field(max_length=50, min_length=1)]
    transitions: (
        dict[Annotated[str, StringConstraints(pattern=r"^(default|[\s\S]*->[\s\S]*)$")], TransitionRef]
        | None
        | MISSING
    ) = MISSING
    """Transitions by place: `default`, or `<scene id>-><scene id>` where both scenes exist. A string names a transition type or a preset."""
    timeline: Annotated[list[TimelineElement] | None | MISSING, Field(max_length=100)] = MISSING
    """The order of play, when it is not simply the order of the scenes."""


class EstimateSpecRequest(Model):
    """A storyboard to price."""

    spec: Spec
    owner: OwnerUrn | None | MISSING = MISSING
    """Who would pay; the caller's personal URN when left out."""


class Job(Model):
    """
    One render. `output` is set exactly when it is completed, `error` exactly when it failed, `failure_type`
    exactly when it failed or was canceled, `completed_at` exactly when it has ended.

    """

    id: Uuid
    owner: OwnerUrn
    """Who sees the job and whose balance pays."""
    triggered_by: Uuid
    """The person who started it; may outlive the account."""
    project_id: Uuid | None
    """Null for a job outside any project."""
    status: JobStatus
    spec_snapshot: Spec | CharacterSpec
    """What is rendered, exactly as it was sent; never changes."""
    options: dict[str, Any]
    """Free form; `{}` when none were sent."""
    progress: JobProgress
    output: JobOutput | ImageOutput | None
    output_size_bytes: Annotated[int | None, Field(ge=0)]
    """Only when completed."""
    error: JobError | None
    credits_charged: Annotated[int, Field(ge=0, le=2147483647)]
    """Taken when the job was made."""
    failure_type: JobFailureType | None
    credits_refunded: Annotated[int, Field(ge=0, le=2147483647)]
    """Given back when it ended; never more than was charged."""
    idempotency_key: Annotated[str | None, Field(max_length=255, min_length=1)]
    started_at: Timestamp | None
    """When a worker took it; not before `created_at`."""
    completed_at: Timestamp | None
    """When it ended, however it ended; not before `started_at`."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class CreateJobRequest(Model):
    """What to render, and for whom."""

    spec: Spec
    owner: OwnerUrn | None | MISSING = MISSING
    """Who owns the job and pays; the caller's personal URN when left out, also for keys recorded for a team."""
    options: dict[str, Any] | None | MISSING = MISSING
    """Free form."""
    idempotency_key: Annotated[str | None | MISSING, Field(max_length=255, min_length=1)] = MISSING
    """Sending the same key again gives the first job instead of a second one."""
