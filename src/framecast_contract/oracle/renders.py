"""Rendering an artifact: the refusals in order, the job and the new artifact, and how the two stay together.

A storyboard becomes a video and a character an image. The new artifact waits for its job and ends with it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from framecast_contract.oracle.bodies import is_whole
from framecast_contract.oracle.credits import affordable
from framecast_contract.oracle.job_life import STATUSES, TERMINAL
from framecast_contract.oracle.jobs import broken_birth_rules
from framecast_contract.oracle.judging import broken_expectations
from framecast_contract.oracle.prices import CHARACTER_CREDITS, price
from framecast_contract.oracle.specs import spec_answer
from framecast_contract.oracle.system_assets import CATALOGUE
from framecast_contract.oracle.uploads import LARGEST_BYTES
from framecast_contract.oracle.words import (
    CONFLICT,
    CREATED,
    FORBIDDEN,
    INVALID,
    NOT_FOUND,
    UNPAYABLE,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "jobs-and-rendering.md 4"
_STATES = "job-semantics.md 1.3"
_SETTLED = "jobs-and-rendering.md 10"

RULES = (
    Rule("RENDER-1", "A character renders to a PNG image, a storyboard to an MP4 video.", _SOURCE),
    Rule("RENDER-2", "Images, audio and videos cannot be rendered: 400.", _SOURCE),
    Rule(
        "RENDER-3",
        "A render is judged by sight of the artifact, role, kind, storyboard, then slots and funds.",
        _SOURCE,
    ),
    Rule(
        "RENDER-4",
        "A render makes a blank job of the source's owner and storyboard, with no project, options or key.",
        _SOURCE,
    ),
    Rule(
        "RENDER-5",
        "A render makes a pending artifact of its own, owned as the source, which names the job.",
        _SOURCE,
    ),
    Rule(
        "RENDER-6",
        "The new artifact is its caller's, in the source's project, and has all its media members.",
        _SOURCE,
    ),
    Rule(
        "RENDER-7",
        "The new artifact is ready when its job completes, and failed when that fails or is canceled.",
        _STATES,
    ),
    Rule("RENDER-8", "A rendered artifact has the size that the renderer reported, if it did.", _SOURCE),
    Rule(
        "RENDER-9", "Rendering leaves the source as it was; rendering twice makes two of everything.", _SOURCE
    ),
    Rule("D-10", "Storyboards can be rendered; the answer is the job beside the new artifact.", _SETTLED),
    Rule(
        "D-24",
        "Deleting a job turns the artifacts it made into uploads that name no job, otherwise unchanged.",
        _SETTLED,
    ),
    Rule(
        "D-26",
        "A key renders artifacts with artifacts:write, validates and estimates with generate.",
        _SETTLED,
    ),
)

OUTPUT_KINDS = {"character": "image", "storyboard": "video"}
CONTENT_TYPES = {"image": "image/png", "video": "video/mp4"}


def output_kind(source_kind: str) -> str | None:
    """The kind of artifact a render of `source_kind` makes; None for a kind that cannot be rendered."""
    return OUTPUT_KINDS.get(source_kind)


def artifact_status(job_status: str) -> str:
    """The state of the artifact that a job in `job_status` makes; ValueError for no state of a job."""
    if job_status not in STATUSES:
        raise ValueError(f"{job_status!r} is no state of a job, expected one of {', '.join(STATUSES)}")
    if job_status not in TERMINAL:
        return "pending"
    return "ready" if job_status == "completed" else "failed"


def render_price(kind: str, spec: Json) -> int:
    """Credits of a render of a character or a storyboard."""
    return CHARACTER_CREDITS if kind == "character" else price(spec)


@dataclass(frozen=True, slots=True)
class ArtifactRender:
    """What `render_artifact` meets.

    `sees` and `uses` say whether the caller can access the source's owner and own under it; `free_slots` are
    those of that owner, `balance`, in credits, what pays for it; `ready_assets` holds the content type of
    every ready asset the caller can access, by id.
    """

    kind: str
    spec: Any
    free_slots: int
    balance: int
    sees: bool = True
    uses: bool = True
    ready_assets: Mapping[str, str] = field(default_factory=dict)


def render_refusals(render: ArtifactRender) -> tuple[Answer, ...]:
    """Every refusal a render may get, in order (RENDER-3); that of slots and funds alone is open."""
    if not render.sees:
        return (NOT_FOUND,)
    if not render.uses:
        return (FORBIDDEN,)
    if output_kind(render.kind) is None:
        return (INVALID,)
    storyboard = render.kind == "storyboard"
    if storyboard and spec_answer(render.spec, catalogue=CATALOGUE, ready_assets=render.ready_assets):
        return (INVALID,)
    full = CONFLICT if render.free_slots < 1 else None
    poor = None if affordable(render.balance, render_price(render.kind, render.spec)) else UNPAYABLE
    return tuple(answer for answer in (full, poor) if answer)


def render_answer(render: ArtifactRender) -> Answer:
    """What `render_artifact` answers, by the first refusal in documented order."""
    return next(iter(render_refusals(render)), CREATED)


def broken_render_rules(job: Json, artifact: Json, source: Json, *, caller: str) -> list[Broken]:
    """Judge the pair in a 201 of `render_artifact`, `source` as read just before (RENDER-4, RENDER-5)."""
    expected_job = {
        "owner": source["owner"], "triggered_by": caller, "project_id": None, "options": {},
        "spec_snapshot": source["spec"], "idempotency_key": None,
    }  # fmt: skip
    expected_artifact = {
        "owner": source["owner"], "kind": output_kind(source["kind"]), "status": "pending", "source": "job",
        "source_job_id": job.get("id"),
    }  # fmt: skip
    broken = broken_birth_rules(job)
    broken += broken_expectations("RENDER-4", "the job", job, expected_job)
    broken += broken_expectations("RENDER-5", "the artifact", artifact, expected_artifact)
    if artifact.get("id") == source["id"]:
        broken.append(Broken("RENDER-5", "the new artifact has the id of its source"))
    return broken + _charge(job, source)


def _charge(job: Json, source: Json) -> list[Broken]:
    expected, rule_id = render_price(source["kind"], source["spec"]), "D-13"
    if source["kind"] == "character":
        rule_id = "PRICE-7"
    if job.get("credits_charged") == expected:
        return []
    return [Broken(rule_id, f"credits_charged is {job.get('credits_charged')!r}, expected {expected}")]


def broken_output_rules(artifact: Json, job: Json, source: Json) -> list[Broken]:
    """Judge the artifact a render made, as `get_artifact` shows it, against its job and its source.

    Job and artifact are read with nothing happening in between (RENDER-1, RENDER-5 to RENDER-8).
    """
    kind = output_kind(source["kind"])
    links = {"kind": kind, "owner": source["owner"], "source": "job", "source_job_id": job.get("id")}
    people = {"created_by": job.get("triggered_by"), "project_id": source.get("project_id")}
    broken = broken_expectations("RENDER-5", "the artifact", artifact, links) + broken_expectations(
        "RENDER-6", "the artifact", artifact, people
    )
    broken += broken_expectations(
        "RENDER-1", "the artifact", artifact, {"content_type": CONTENT_TYPES.get(str(kind))}
    )
    media = ("filename", "s3_key", "content_type", "size_bytes")
    missing = [name for name in media if artifact.get(name) is None]
    broken += [Broken("RENDER-6", f"{name} of a rendered artifact is null") for name in missing]
    return broken + broken_following(artifact, job)


def broken_following(artifact: Json, job: Json) -> list[Broken]:
    """RENDER-7 and RENDER-8: a rendered artifact and its job, both read at one moment.

    What an artifact shows of a size that no artifact may have (INV-ART5) is not said, so it is not judged.
    """
    if job.get("status") not in STATUSES:
        return []  # INV-J1 reports it
    broken = broken_expectations(
        "RENDER-7", "the artifact", artifact, {"status": artifact_status(job["status"])}
    )
    size = job.get("output_size_bytes")
    if job["status"] == "completed" and is_whole(size, 1, LARGEST_BYTES):
        broken += broken_expectations("RENDER-8", "the artifact", artifact, {"size_bytes": size})
    return broken


def broken_source_rules(before: Json, after: Json) -> list[Broken]:
    """RENDER-9 for the source of a render as read before and after it."""
    return broken_expectations("RENDER-9", "the source", after, before)


def broken_after_job_deletion(before: Json, after: Json) -> list[Broken]:
    """D-24 for an artifact as read before and after the job that made it was deleted."""
    kept = {name: value for name, value in before.items() if name != "updated_at"}
    expected = {**kept, "source": "upload", "source_job_id": None}
    return broken_expectations("D-24", "the artifact", after, expected)
