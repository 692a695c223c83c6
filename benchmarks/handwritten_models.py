"""The models of the hand-written client: as an engineer types them from the contract, without bounds."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field


class Open(BaseModel):
    """A part of a storyboard: members that are not known yet are kept."""

    model_config = ConfigDict(extra="allow", populate_by_name=True)


class AudioRef(Open):
    asset_id: str
    volume: float | None = None
    fade_in: float | None = None
    fade_out: float | None = None
    loop: bool | None = None


class GlobalPrompt(Open):
    positive: str | None = None
    negative: str | None = None


class GlobalAudio(Open):
    music: AudioRef | None = None
    ambient: AudioRef | None = None


class ReferenceImage(Open):
    id: UUID
    weight: float | None = None


class VoiceRef(Open):
    asset_id: str


class Symbol(Open):
    prompt: str
    negative: str | None = None
    reference_images: list[ReferenceImage] | None = None
    voice: VoiceRef | None = None


class TransitionEffect(Open):
    name: str
    from_: float | None = Field(default=None, alias="from")
    to: float | None = None
    easing: str | None = None


class TransitionAudio(Open):
    asset_id: str
    volume: float | None = None


class TransitionDefinition(Open):
    type: str
    duration: float | None = None
    params: dict[str, Any] | None = None
    effects: list[TransitionEffect] | None = None
    audio: TransitionAudio | None = None


class SfxCue(Open):
    asset_id: str
    trigger: str | None = None
    start: float | None = None
    volume: float | None = None


class DialogueLine(Open):
    speaker: str | None = None
    text: str
    start: float | None = None
    volume: float | None = None


class SceneAudio(Open):
    ambient: AudioRef | None = None
    music: AudioRef | None = None
    sfx: list[SfxCue] | None = None
    dialogue: list[DialogueLine] | None = None


class Scene(Open):
    id: str
    prompt: str
    duration: float
    order: float | None = None
    audio: SceneAudio | None = None


class Treatment(Open):
    desaturate: float | None = None
    vignette: bool | None = None
    grain: float | None = None
    blur: float | None = None


class Flashback(Open):
    scenes: list[str]
    treatment: Treatment | None = None


class Montage(Open):
    scenes: list[str]
    pace: str | None = None
    transition: str | TransitionDefinition | None = None


class SceneStep(Open):
    scene: str


class TransitionStep(Open):
    transition: str | TransitionDefinition


class FlashbackStep(Open):
    flashback: Flashback


class MontageStep(Open):
    montage: Montage


class Spec(Open):
    title: str
    global_prompt: GlobalPrompt | None = None
    global_audio: GlobalAudio | None = None
    symbols: dict[str, Symbol] | None = None
    transition_presets: dict[str, TransitionDefinition] | None = None
    scenes: list[Scene]
    transitions: dict[str, str | TransitionDefinition] | None = None
    timeline: list[SceneStep | TransitionStep | FlashbackStep | MontageStep] | None = None


class CharacterSpec(Open):
    prompt: str
    name: str | None = None


class JobPreview(BaseModel):
    scene_id: str
    url: str
    generated_at: datetime


class JobProgress(BaseModel):
    phase: Literal["queued", "initializing", "generating", "stitching", "finalizing"] | None = None
    percent: float | None = None
    scenes_total: int | None = None
    scenes_completed: int | None = None
    current_scene: str | None = None
    message: str | None = None
    previews: list[JobPreview] | None = None


class SceneClip(BaseModel):
    scene_id: str
    url: str
    duration: float


class JobOutputMetadata(BaseModel):
    model_used: str
    seed: int | None = None
    generation_time_ms: float


class JobOutput(BaseModel):
    video_url: str
    scene_clips: list[SceneClip] | None = None
    thumbnail_url: str | None = None
    duration: float
    resolution: str
    format: str
    size_bytes: int
    metadata: JobOutputMetadata | None = None


class ImageOutput(Open):
    url: str


class JobError(Open):
    code: str | None = None
    message: str
    scene_id: str | None = None


class Job(BaseModel):
    id: UUID
    owner: str
    triggered_by: UUID
    project_id: UUID | None
    status: Literal["queued", "processing", "completed", "failed", "canceled"]
    spec_snapshot: Spec | CharacterSpec
    options: dict[str, Any]
    progress: JobProgress
    output: JobOutput | ImageOutput | None
    output_size_bytes: int | None
    error: JobError | None
    credits_charged: int
    failure_type: Literal["system", "validation", "timeout", "canceled"] | None
    credits_refunded: int
    idempotency_key: str | None
    started_at: datetime | None
    completed_at: datetime | None
    created_at: datetime
    updated_at: datetime
