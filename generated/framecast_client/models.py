"""The objects of the contract, one model per schema. Generated; do not edit."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import MISSING, AwareDatetime, Field, StringConstraints
from typing_extensions import TypeAliasType

from ._model import Model, OpenModel

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


MembershipRole = TypeAliasType("MembershipRole", Literal["owner", "admin", "member", "viewer"])
"""
What a person may do in a team. A viewer looks; a member also makes things for the team; an admin also invites
and removes people and edits the team; an owner may do everything. A team always has an owner.

"""


TeamSlug = TypeAliasType(
    "TeamSlug", Annotated[str, Field(max_length=50, min_length=1, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]
)
"""Short name of a team for addresses; no two teams have the same."""


class Team(Model):
    """A team as one of its people sees it."""

    id: Uuid
    name: Annotated[str, Field(max_length=100, min_length=1)]
    slug: TeamSlug
    """Never changes."""
    credits: Annotated[int, Field(ge=0, le=2147483647)]
    """The balance that pays for what the team or its people inside it own."""
    ephemeral_storage_bytes: Annotated[int, Field(ge=0)]
    """Bytes stored for the team and its people inside it."""
    settings: dict[str, Any]
    """Free form; `{}` in a new team."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""
    user_role: MembershipRole
    """The caller's role."""
    user_urn: OwnerUrn
    """The caller inside this team, `framecast:<team id>:<caller's id>`."""


class CreateTeamRequest(Model):
    """What the new team is called."""

    name: Annotated[str, Field(max_length=100, min_length=1, pattern="[^\\s\\x1c-\\x1f\\x85\\ufeff]")]
    """Not blank."""
    slug: TeamSlug | None | MISSING = MISSING
    """Made from the name when left out: lower case, anything but ASCII letters and digits turned into single hyphens after transliteration, then `-` and eight hexadecimal digits. A name that leaves nothing needs it."""


class UpdateTeamRequest(Model):
    """Members to change. A member left out stays as it is."""

    name: Annotated[
        str | None | MISSING, Field(max_length=100, min_length=1, pattern="[^\\s\\x1c-\\x1f\\x85\\ufeff]")
    ] = MISSING
    """Not blank."""
    settings: dict[str, Any] | None | MISSING = MISSING
    """Takes the place of all settings there are."""


class Membership(Model):
    """A person in a team."""

    id: Uuid
    team_id: Uuid
    user_id: Uuid
    role: MembershipRole
    created_at: Timestamp
    """When the person joined."""
    user_email: Annotated[str, Field(max_length=255)]
    user_name: Annotated[str | None, Field(max_length=100, min_length=1)]
    user_avatar_url: str | None
    """Absolute URL."""


class UpdateMemberRoleRequest(Model):
    """The new role."""

    role: MembershipRole


InvitationRole = TypeAliasType("InvitationRole", Literal["admin", "member", "viewer"])
"""The role an invited person gets. Nobody is invited as owner."""


InvitationState = TypeAliasType(
    "InvitationState", Literal["pending", "accepted", "declined", "expired", "revoked"]
)
"""
How an invitation stands; only a `pending` one can be acted on. It expires after seven days. The others are
final.

"""


class Invitation(Model):
    """An invitation as the team sees it. The secret of the e-mail is not in it."""

    id: Uuid
    """What the invited person accepts or declines."""
    team_id: Uuid
    email: Annotated[str, Field(max_length=255)]
    role: InvitationRole
    state: InvitationState
    """As of this answer."""
    invited_by: Uuid
    """Who invited; may outlive the account."""
    expires_at: Timestamp
    """Seven days after it was made or last sent again; always after `created_at`."""
    created_at: Timestamp


class CreateInvitationRequest(Model):
    """Whom to invite, as what."""

    email: Annotated[str, Field(max_length=255)]
    """Need not belong to a user yet. Compared without regard to case."""
    role: InvitationRole | None | MISSING = MISSING
    """What the person becomes in the team."""


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


class ImageOutput(OpenModel):
    """A finished character image."""

    url: str


class JobError(OpenModel):
    """What the render worker said went wrong, with whatever else it reported."""

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


class JobEventData(OpenModel):
    """What an event says beyond its type. Only `progress` must say something."""

    percent: Annotated[float | MISSING, Field(ge=0.0, le=100.0)] = MISSING
    """In every `progress` event."""


JobCallbackEvent = TypeAliasType("JobCallbackEvent", Literal["started", "progress", "completed", "failed"])
"""What a render worker reports."""


CallbackFailureType = TypeAliasType("CallbackFailureType", Literal["system", "validation", "timeout"])
"""Whose fault a failure was."""


ProjectStatus = TypeAliasType("ProjectStatus", Literal["draft", "rendering", "completed", "archived"])
"""Where a project stands. Only a draft or completed project can be rendered or archived."""


class Project(Model):
    """A storyboard that a team works on. Every member of the team sees it."""

    id: Uuid
    team_id: Uuid
    """The team that owns it and pays for its renders."""
    created_by: Uuid
    """The person who made it; may outlive the account."""
    name: Annotated[str, Field(max_length=200, min_length=1)]
    status: ProjectStatus
    spec: dict[str, Any] | None
    """The storyboard as it was stored; it may break the rules of `Spec`. Null until there is one."""
    latest_job_status: JobStatus | None
    """State of the newest job of the project; null when there is none."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class CreateProjectRequest(Model):
    """A new project."""

    name: Annotated[str, Field(max_length=200, min_length=1)]
    spec: dict[str, Any] | None | MISSING = MISSING
    """A storyboard to start with. It is stored as it is; rendering checks it."""


class UpdateProjectRequest(Model):
    """The new name. Other members, `spec` and `status` included, have no effect."""

    name: Annotated[str | None | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """The present one stays when left out."""


class UpdateProjectSpecRequest(Model):
    """The storyboard that replaces the present one."""

    spec: dict[str, Any]
    """Any object. It is stored as it is; rendering checks it."""


class CreateProjectJobRequest(Model):
    """How to render the project."""

    options: dict[str, Any] | None | MISSING = MISSING
    """Free form."""


AssetStatus = TypeAliasType("AssetStatus", Literal["pending", "ready", "failed"])
"""Only a ready asset can be used in a storyboard. The last two are final."""


AssetContentType = TypeAliasType(
    "AssetContentType",
    Literal["image/jpeg", "image/png", "image/webp", "audio/mpeg", "audio/wav", "audio/ogg", "video/mp4"],
)
"""What can be uploaded."""


class AssetFile(Model):
    """An uploaded file, or one that is expected."""

    id: Uuid
    owner: OwnerUrn
    """Who sees the asset and whose storage it takes."""
    uploaded_by: Uuid
    """The person who asked for the upload URL; may outlive the account."""
    project_id: Uuid | None
    """Null for an asset outside any project."""
    filename: Annotated[str, Field(max_length=255, min_length=1)]
    s3_key: Annotated[str, Field(max_length=500)]
    """Where it is stored. Unique."""
    content_type: AssetContentType
    size_bytes: Annotated[int, Field(ge=1, le=52428800)]
    status: AssetStatus
    metadata: dict[str, Any]
    """About the content; `{}` at first."""
    download_url: str | None
    """Set only when one ready asset is read; works for an hour."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class CreateAssetUploadRequest(Model):
    """What will be uploaded, and for whom."""

    filename: Annotated[str, Field(max_length=255, min_length=1)]
    content_type: AssetContentType
    size_bytes: Annotated[int, Field(ge=1, le=52428800)]
    """At most 50 MiB."""
    owner: OwnerUrn | None | MISSING = MISSING
    """The caller's personal URN when left out. With `project_id` it must be the project's team."""
    project_id: Uuid | None | MISSING = MISSING
    """The project the asset belongs to."""


class AssetUpload(Model):
    """The new asset and where to send its bytes."""

    asset: AssetFile
    upload_url: str
    """Takes one PUT with the bytes and the announced `Content-Type`, without the caller's credentials; works for 15 minutes."""


ArtifactKind = TypeAliasType("ArtifactKind", Literal["storyboard", "image", "audio", "video", "character"])
"""What it is. A storyboard and a character have a `spec`; the other three are media files."""


ArtifactStatus = TypeAliasType("ArtifactStatus", Literal["pending", "ready", "failed"])
"""Media are `pending` until their bytes are there. What is `ready` stays so."""


ArtifactSource = TypeAliasType("ArtifactSource", Literal["upload", "conversation", "job"])
"""Where it came from."""


ArtifactCreateSource = TypeAliasType("ArtifactCreateSource", Literal["upload", "conversation"])
"""Where a new artifact came from. Only a render makes artifacts of the source `job`."""


class Artifact(Model):
    """
    Something made or brought along. An image, audio or video has `filename`, `s3_key`, `content_type` and
    `size_bytes`; a storyboard or a character has a `spec`.

    """

    id: Uuid
    owner: OwnerUrn
    """Who sees it."""
    created_by: Uuid
    """Who made it; may outlive the account."""
    project_id: Uuid | None
    """Set only when the owner is the team of the project."""
    kind: ArtifactKind
    status: ArtifactStatus
    source: ArtifactSource
    filename: Annotated[str | None, Field(max_length=255)]
    s3_key: Annotated[str | None, Field(max_length=500)]
    """Where the bytes are; no two artifacts share it."""
    content_type: AssetContentType | None
    size_bytes: Annotated[int | None, Field(ge=1, le=52428800)]
    spec: dict[str, Any] | None
    """A `StoryboardSpec` or a `CharacterSpec`, as sent."""
    conversation_id: Uuid | None
    """Of the source `conversation`; null again once the conversation is deleted."""
    source_job_id: Uuid | None
    """Of the source `job`."""
    metadata: dict[str, Any]
    """Free form."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class StoryboardSpec(OpenModel):
    """
    A storyboard in the making: any JSON object, kept as sent. Whether it can be rendered is checked when it is
    rendered; `validate_spec` tells beforehand.

    """


class CreateStoryboardRequest(Model):
    """A storyboard, and where it belongs."""

    spec: StoryboardSpec
    owner: OwnerUrn | None | MISSING = MISSING
    """The caller's personal URN when left out."""
    project_id: Uuid | None | MISSING = MISSING
    """Needs the URN of the project's team as `owner`."""
    source: ArtifactCreateSource | None | MISSING = MISSING
    """Where it comes from."""
    conversation_id: Uuid | None | MISSING = MISSING
    """A conversation of the caller's. Needed with the source `conversation`."""


class RenderedArtifact(Model):
    """
    An artifact that a job is making, in short; `get_artifact` has it whole. It is ready once the job is completed,
    and failed when the job fails or is canceled.

    """

    id: Uuid
    owner: OwnerUrn
    """The owner of the artifact it is made from."""
    kind: ArtifactKind
    """An `image` from a character, a `video` from a storyboard."""
    status: ArtifactStatus
    """`pending` here."""
    source: ArtifactSource
    """`job` here."""
    source_job_id: Uuid | None
    """The job that makes it; null once that is deleted."""
    created_at: Timestamp


ConversationStatus = TypeAliasType("ConversationStatus", Literal["active", "archived"])
"""An archived conversation can be read, but nothing can be sent to it."""


class Conversation(Model):
    """A person's talk with a language model; nobody else sees it."""

    id: Uuid
    user_id: Uuid
    """The caller."""
    title: Annotated[str | None, Field(max_length=200)]
    model: Annotated[str, Field(max_length=100, min_length=1)]
    """Name of the language model. Never changes."""
    system_prompt: Annotated[str | None, Field(max_length=10000)]
    """What the model is told before the first message. Never changes."""
    status: ConversationStatus
    message_count: Annotated[int, Field(ge=0, le=2147483647)]
    """Messages stored, of both sides."""
    last_message_at: Timestamp | None
    """Null until the first message."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class CreateConversationRequest(Model):
    """Which model to talk to, and how."""

    model: Annotated[str, Field(max_length=100, min_length=1)]
    """Name of a language model."""
    title: Annotated[str | None | MISSING, Field(max_length=200)] = MISSING
    system_prompt: Annotated[str | None | MISSING, Field(max_length=10000)] = MISSING
    """What the model is told beforehand."""


class UpdateConversationRequest(Model):
    """Members to change. A member left out stays as it is; a title cannot be taken away."""

    title: Annotated[str | None | MISSING, Field(max_length=200)] = MISSING
    status: ConversationStatus | None | MISSING = MISSING
    """Must differ from what it is."""


MessageRole = TypeAliasType("MessageRole", Literal["user", "assistant"])
"""Who said it, the person or the model."""


class ArtifactRef(Model):
    """An artifact a reply made. The reference stays when the artifact is deleted."""

    id: Uuid
    kind: ArtifactKind
    """A storyboard or a character."""


class SendMessageRequest(Model):
    """What to say."""

    content: Annotated[str, Field(max_length=100000, min_length=1, pattern="[^\\s\\x1c-\\x1f\\x85\\ufeff]")]
    """Not blank."""


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


SystemAssetTag = TypeAliasType("SystemAssetTag", Annotated[str, Field(max_length=50)])


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
    tags: list[SystemAssetTag]
    created_at: Timestamp
    preview_url: str | MISSING = MISSING
    """Only when one asset is read; works for 24 hours."""


WebhookEventType = TypeAliasType(
    "WebhookEventType",
    Literal["job.queued", "job.started", "job.progress", "job.completed", "job.failed", "job.canceled"],
)
"""What a webhook can be subscribed to."""


WebhookDeliveryStatus = TypeAliasType(
    "WebhookDeliveryStatus", Literal["pending", "retrying", "delivered", "failed"]
)
"""What became of a call. The last two are final, but a failed one can be sent again."""


class Webhook(Model):
    """An address of a team that is told about the team's jobs. Its secret is not in here."""

    id: Uuid
    team_id: Uuid
    created_by: Uuid
    """The person who made it; may outlive the account."""
    url: Annotated[str, Field(max_length=2048, pattern="^https://")]
    """Absolute, `https://` only. Redirects from it are not followed."""
    events: Annotated[list[WebhookEventType], Field(min_length=1)]
    """What it is told about."""
    is_active: bool
    """An inactive webhook is told nothing."""
    last_triggered_at: Timestamp | None
    """When something was last sent to it; null when nothing was."""
    created_at: Timestamp
    updated_at: Timestamp
    """Never before `created_at`."""


class WebhookWithSecret(Model):
    """A webhook with the secret that signs its calls. This is the only answer that shows the secret."""

    webhook: Webhook
    secret: Annotated[str, Field(min_length=32)]
    """Key of the signatures, its UTF-8 bytes exactly as given here. Keep it as you keep a password."""


class CreateWebhookRequest(Model):
    """Whom to tell about what."""

    url: Annotated[str, Field(max_length=2048, pattern="^https://")]
    """Absolute, `https://` only. Redirects from it are not followed."""
    events: Annotated[list[WebhookEventType], Field(min_length=1)]
    """What to tell it about."""


class UpdateWebhookRequest(Model):
    """Members to change. A member left out stays."""

    url: Annotated[str | None | MISSING, Field(max_length=2048, pattern="^https://")] = MISSING
    """Absolute, `https://` only."""
    events: Annotated[list[WebhookEventType] | None | MISSING, Field(min_length=1)] = MISSING
    """Replaces the whole list."""
    is_active: bool | None | MISSING = MISSING
    """False stops new calls and those still to be repeated."""


class WebhookTestPayload(Model):
    """Somebody tries the webhook out. It is about no job."""

    event: Literal["webhook.test"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""


class JobQueuedDetails(Model):
    """A job that was just made."""

    id: Uuid
    owner: OwnerUrn
    project_id: Uuid | None
    """Null for a job outside any project."""
    triggered_by: Uuid
    """The person who started it."""
    status: Literal["queued"]
    created_at: Timestamp


class JobStartedDetails(Model):
    """A job that a render worker took."""

    id: Uuid
    owner: OwnerUrn
    project_id: Uuid | None
    """Null for a job outside any project."""
    triggered_by: Uuid
    """The person who started it."""
    status: Literal["processing"]
    created_at: Timestamp


class ProgressSoFar(Model):
    """How far a job is."""

    phase: JobPhase
    percent: Annotated[float, Field(ge=0.0, le=100.0)]
    scenes_total: Annotated[int | MISSING, Field(ge=0)] = MISSING
    scenes_completed: Annotated[int | MISSING, Field(ge=0)] = MISSING
    current_scene: str | MISSING = MISSING
    """Id of the scene being rendered."""


class ProgressAtFailure(Model):
    """How far a job was when it failed."""

    phase: JobPhase
    percent: Annotated[float, Field(ge=0.0, le=100.0)]
    scenes_completed: Annotated[int | MISSING, Field(ge=0)] = MISSING


class ProgressAtCancellation(Model):
    """How far a job was when it was stopped. It decides the refund."""

    percent: Annotated[float, Field(ge=0.0, le=100.0)]


class CompletedVideo(Model):
    """The finished video. Its URLs work for an hour; `get_job` gives new ones."""

    video_url: str
    thumbnail_url: str
    duration: Annotated[float, Field(gt=0.0)]
    """Seconds."""
    resolution: Annotated[str, Field(pattern="^[0-9]+x[0-9]+$")]
    size_bytes: Annotated[int, Field(ge=1)]


class FailedJobError(OpenModel):
    """What the render worker said went wrong."""

    code: str
    message: str
    scene_id: str | MISSING = MISSING


class GlobalPrompt(OpenModel):
    """What holds for every scene."""

    positive: str | None | MISSING = MISSING
    """To be seen."""
    negative: str | None | MISSING = MISSING
    """Not to be seen."""


class AudioRef(OpenModel):
    """A sound and how to play it."""

    asset_id: str
    """A system asset, or the id of a ready audio asset that the caller can access."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING
    fade_in: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds."""
    fade_out: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds."""
    loop: bool | None | MISSING = MISSING


class ReferenceImage(OpenModel):
    """A picture of a symbol."""

    id: str
    """Id of a ready image asset that the caller can access."""
    url: str | None | MISSING = MISSING
    """Filled in when a storyboard is read; ignored when sent."""
    weight: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class VoiceRef(OpenModel):
    """How a symbol sounds."""

    asset_id: str
    """An audio asset, chosen as in `AudioRef`."""


class SfxCue(OpenModel):
    """A sound effect at a moment."""

    asset_id: str
    """An audio asset, chosen as in `AudioRef`."""
    trigger: str | None | MISSING = MISSING
    """When to play it, in words."""
    start: Annotated[float | None | MISSING, Field(ge=0.0)] = MISSING
    """Seconds into the scene."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class DialogueLine(OpenModel):
    """Something said."""

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


class TransitionEffect(OpenModel):
    """A value that moves during a transition."""

    name: str
    from_: Annotated[float | None | MISSING, Field(alias="from")] = MISSING
    to: float | None | MISSING = MISSING
    easing: str | None | MISSING = MISSING


class TransitionAudio(OpenModel):
    """The sound of a transition."""

    asset_id: str | None | MISSING = MISSING
    """An audio asset, chosen as in `AudioRef`."""
    volume: Annotated[float | None | MISSING, Field(ge=0.0, le=1.0)] = MISSING


class CharacterSpec(OpenModel):
    """A character to draw. Other members are kept as sent."""

    prompt: Annotated[str, Field(pattern="[^\\s\\x1c-\\x1f\\x85\\ufeff]")]
    """Not blank."""
    name: str | MISSING = MISSING


class SceneStep(OpenModel):
    """Show a scene."""

    scene: str
    """Id of a scene of the storyboard."""


class Treatment(OpenModel):
    """How a memory looks."""

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


class CreateCharacterRequest(Model):
    """A character, and where it belongs."""

    spec: CharacterSpec
    owner: OwnerUrn | None | MISSING = MISSING
    """The caller's personal URN when left out."""
    project_id: Uuid | None | MISSING = MISSING
    """Needs the URN of the project's team as `owner`."""
    source: ArtifactCreateSource | None | MISSING = MISSING
    """Where it comes from."""
    conversation_id: Uuid | None | MISSING = MISSING
    """A conversation of the caller's. Needed with the source `conversation`."""


class Message(Model):
    """One thing said. Only the assistant's messages have a `model`, token counts and artifacts."""

    id: Uuid
    conversation_id: Uuid
    role: MessageRole
    content: Annotated[str, Field(min_length=1, pattern="[^\\s\\x1c-\\x1f\\x85\\ufeff]")]
    """Not blank; the person's exactly as sent."""
    artifacts: Annotated[list[ArtifactRef] | None, Field(min_length=1)]
    """What the reply made; null when it made nothing."""
    model: Annotated[str | None, Field(max_length=100)]
    """The model that replied."""
    input_tokens: Annotated[int | None, Field(ge=0, le=2147483647)]
    output_tokens: Annotated[int | None, Field(ge=0, le=2147483647)]
    sequence: Annotated[int, Field(ge=1, le=2147483647)]
    """Place in the conversation; distinct, and rising with time."""
    created_at: Timestamp


class SendMessageResponse(Model):
    """What was said and what the model replied, in this order."""

    user_message: Message
    """Of the role `user`."""
    assistant_message: Message
    """Of the role `assistant`."""


class ErrorEnvelope(Model):
    """The body of every error answer."""

    error: ErrorBody


class RateLimitEnvelope(Model):
    """The body of a 429 answer."""

    error: RateLimitBody


class JobQueuedPayload(Model):
    """A job was made and paid."""

    event: Literal["job.queued"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobQueuedDetails


class JobStartedPayload(Model):
    """A render worker took a job."""

    event: Literal["job.started"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobStartedDetails


class JobProgressDetails(Model):
    """A job that got further."""

    id: Uuid
    status: Literal["processing"]
    progress: ProgressSoFar


class JobCompletedDetails(Model):
    """A job with its result."""

    id: Uuid
    owner: OwnerUrn
    project_id: Uuid | None
    """Null for a job outside any project."""
    status: Literal["completed"]
    output: CompletedVideo | ImageOutput
    """A video, or the image of a character."""
    credits_charged: Annotated[int, Field(ge=0, le=2147483647)]
    """Taken when the job was made."""
    started_at: Timestamp
    completed_at: Timestamp
    """When it ended."""


class JobFailedDetails(Model):
    """A job that ended without a result."""

    id: Uuid
    status: Literal["failed"]
    failure_type: CallbackFailureType
    error: FailedJobError
    progress: ProgressAtFailure
    credits_charged: Annotated[int, Field(ge=0, le=2147483647)]
    """Taken when the job was made."""
    credits_refunded: Annotated[int, Field(ge=0, le=2147483647)]
    """Given back when it ended; never more than was charged."""
    completed_at: Timestamp
    """When it ended."""


class JobCanceledDetails(Model):
    """A job that somebody stopped."""

    id: Uuid
    status: Literal["canceled"]
    canceled_by: Uuid
    """The person who stopped it."""
    progress: ProgressAtCancellation
    credits_charged: Annotated[int, Field(ge=0, le=2147483647)]
    """Taken when the job was made."""
    credits_refunded: Annotated[int, Field(ge=0, le=2147483647)]
    """Given back when it ended; never more than was charged."""
    completed_at: Timestamp
    """When it ended."""


class GlobalAudio(OpenModel):
    """Sound under the whole video."""

    music: AudioRef | None | MISSING = MISSING
    ambient: AudioRef | None | MISSING = MISSING


class Symbol(OpenModel):
    """Somebody or something that looks and sounds the same in every scene."""

    prompt: Annotated[str, Field(max_length=1000)]
    negative: str | None | MISSING = MISSING
    reference_images: list[ReferenceImage] | None | MISSING = MISSING
    voice: VoiceRef | None | MISSING = MISSING
    """Without a voice the symbol cannot speak."""


class SceneAudio(OpenModel):
    """The sound of one scene."""

    ambient: AudioRef | None | MISSING = MISSING
    music: AudioRef | None | MISSING = MISSING
    sfx: Annotated[list[SfxCue] | None | MISSING, Field(max_length=10)] = MISSING
    dialogue: Annotated[list[DialogueLine] | None | MISSING, Field(max_length=5)] = MISSING


class TransitionDefinition(OpenModel):
    """A transition spelled out."""

    type: TransitionType
    duration: Annotated[float | None | MISSING, Field(gt=0.0)] = MISSING
    """Seconds."""
    params: dict[str, Any] | None | MISSING = MISSING
    """Whatever the type understands."""
    effects: list[TransitionEffect] | None | MISSING = MISSING
    audio: TransitionAudio | None | MISSING = MISSING


class Flashback(OpenModel):
    """Scenes shown again as a memory."""

    scenes: list[str]
    """Ids of scenes of the storyboard."""
    treatment: Treatment | None | MISSING = MISSING


class Whoami(Model):
    """Who is calling, and with what."""

    auth_method: AuthMethod
    user: User
    api_key: WhoamiApiKey | MISSING = MISSING
    """Present exactly when `auth_method` is `api_key`; otherwise missing, not null."""


class JobProgressPayload(Model):
    """A job got further."""

    event: Literal["job.progress"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobProgressDetails


class JobCompletedPayload(Model):
    """A job has its result."""

    event: Literal["job.completed"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobCompletedDetails


class JobFailedPayload(Model):
    """A job ended without a result."""

    event: Literal["job.failed"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobFailedDetails


class JobCanceledPayload(Model):
    """Somebody stopped a job."""

    event: Literal["job.canceled"]
    timestamp: Timestamp
    """When it happened."""
    delivery_id: Uuid
    """Names this message. The same at every attempt, so use it to drop repeats."""
    job: JobCanceledDetails


class Scene(OpenModel):
    """One shot."""

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


class TransitionStep(OpenModel):
    """Lead over to the next step."""

    transition: TransitionRef
    """As a string it names a preset; transition types do not count here."""


class FlashbackStep(OpenModel):
    """Show scenes as a memory."""

    flashback: Flashback


class Montage(OpenModel):
    """Scenes in quick succession."""

    scenes: list[str]
    """Ids of scenes of the storyboard."""
    pace: str | None | MISSING = MISSING
    transition: TransitionRef | None | MISSING = MISSING
    """As a string it names a transition type or a preset."""


class WebhookDelivery(Model):
    """
    One call to a webhook and how it went. `delivered_at` is set exactly when it was delivered, `next_retry_at`
    while an attempt is still to come. Kept for 30 days.

    """

    id: Uuid
    """The `delivery_id` in the payload, the same at every attempt."""
    webhook_id: Uuid
    job_id: Uuid | None
    """The job it tells about; null for a test call, and once the job is deleted."""
    event_type: WebhookEventType | Literal["webhook.test"]
    """What it tells."""
    status: WebhookDeliveryStatus
    payload: (
        JobQueuedPayload
        | JobStartedPayload
        | JobProgressPayload
        | JobCompletedPayload
        | JobFailedPayload
        | JobCanceledPayload
        | WebhookTestPayload
    )
    """The body that was sent."""
    response_status: Annotated[int | None, Field(ge=100, le=599)]
    """HTTP status of the last attempt; null when there was no answer."""
    response_body: Annotated[str | None, Field(max_length=10240)]
    """Body of that answer, cut after 10,240 characters."""
    attempts: Annotated[int, Field(ge=0, le=5)]
    """At most `max_attempts`."""
    max_attempts: Literal[5]
    next_retry_at: Timestamp | None
    """When the next attempt is due."""
    delivered_at: Timestamp | None
    created_at: Timestamp


class MontageStep(OpenModel):
    """Show scenes in quick succession."""

    montage: Montage


TimelineElement = TypeAliasType("TimelineElement", SceneStep | TransitionStep | FlashbackStep | MontageStep)
"""One step of the order of play. It has exactly one of `scene`, `transition`, `flashback`, `montage`."""


class Spec(OpenModel):
    """
    A storyboard: scenes, what they share, and how one leads to the next. At most 102,400 bytes as compact JSON;
    the durations of its scenes add up to at most 300 seconds. Scene ids are distinct.

    """

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


class RenderArtifactResponse(Model):
    """The new job, and the artifact that will hold its result."""

    job: Job
    artifact: RenderedArtifact
