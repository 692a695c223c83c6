"""Artifacts: who may make, see and delete storyboards, characters and media, and what each always keeps."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from framecast_contract.oracle.bodies import is_blank, is_id, is_object, is_whole, names_id
from framecast_contract.oracle.jobs import newest_first
from framecast_contract.oracle.judging import (
    broken_birth_time,
    broken_constants,
    broken_expectations,
    broken_update_time,
    broken_when,
    repeated,
)
from framecast_contract.oracle.owners import Person, can_read, may_own, owner_answer, role_for
from framecast_contract.oracle.words import (
    CREATED,
    FORBIDDEN,
    INVALID,
    NO_CONTENT,
    NOT_FOUND,
    OK,
    Answer,
    Broken,
    Json,
    Rule,
)

_SOURCE = "accounts-and-teams.md 8"
_STATES = "conventions.md 13"
_INVARIANTS = "conventions.md 15"

RULES = (
    Rule("ARTIFACT-1", "A new storyboard or character is ready, as sent, and has nothing of media.", _SOURCE),
    Rule("ARTIFACT-2", "What belongs to an owner the caller cannot access is 404, never 403.", _SOURCE),
    Rule(
        "ARTIFACT-3", "Artifacts are listed newest first, those of accessible owners and no other.", _SOURCE
    ),
    Rule("ARTIFACT-4", "A list filtered by an owner one cannot access is empty.", _SOURCE),
    Rule("ARTIFACT-5", "Making something for a team takes its owner, admin or member, else 403.", _SOURCE),
    Rule(
        "ARTIFACT-6", "An unknown project or conversation named for a new artifact is answered 404.", _SOURCE
    ),
    Rule(
        "ARTIFACT-7",
        "Owners and admins delete what a team owns, members what they made, viewers nothing.",
        _SOURCE,
    ),
    Rule("ARTIFACT-8", "A deleted artifact is 404 and gone from lists; messages about it stay.", _SOURCE),
    Rule("ARTIFACT-9", "A pending artifact becomes ready or failed, a ready one stays ready.", _STATES),
    Rule("ARTIFACT-10", "An artifact keeps its id, owner, maker, project, kind, content and birth.", _SOURCE),
    Rule(
        "ARTIFACT-11",
        "An artifact outlives its conversation and then names none, its source unchanged.",
        _SOURCE,
    ),
    Rule("INV-ART1", "An artifact is pending, ready or failed.", _INVARIANTS),
    Rule("INV-ART2", "An artifact is a storyboard, an image, an audio, a video or a character.", _INVARIANTS),
    Rule("INV-ART3", "Media have a file name, a storage key, a content type and a size.", _INVARIANTS),
    Rule("INV-ART4", "Storyboards and characters have a spec.", _INVARIANTS),
    Rule(
        "INV-ART5", "The size of an artifact, when it has one, lies between 1 byte and 50 MiB.", _INVARIANTS
    ),
    Rule("INV-ART6", "No two artifacts share a stored file.", _INVARIANTS),
    Rule("INV-ART7", "An artifact names the user who made it.", _INVARIANTS),
    Rule("INV-ART-CHAR", "A character has a prompt that is not blank.", _INVARIANTS),
    Rule("INV-X5", "The owner of an artifact was one its maker could use.", _INVARIANTS),
    Rule("INV-X6", "An artifact of a project belongs to the project's team.", _INVARIANTS),
    Rule("INV-X7", "An artifact from a conversation names it while the conversation exists.", _INVARIANTS),
    Rule("INV-X8", "An artifact from a job names the job.", _INVARIANTS),
)

MEDIA = ("image", "audio", "video")
MADE = ("storyboard", "character")
KINDS = (*MADE, *MEDIA)
STATUSES = ("pending", "ready", "failed")
SOURCES = ("upload", "conversation", "job")
LARGEST_BYTES = 50 * 1024 * 1024

_OF_MEDIA = ("filename", "s3_key", "content_type", "size_bytes")
_CONSTANT = ("id", "owner", "created_by", "project_id", "kind", "spec", "created_at")


def creation_answer(
    body: Any, kind: str, person: Person, *, projects: Mapping[str, str], conversations: Iterable[str] = ()
) -> Answer:
    """What `create_storyboard` or `create_character` answers: the first refusal, else 201."""
    refused = creation_refusals(body, kind, person, projects=projects, conversations=conversations)
    return refused[0] if refused else CREATED


def creation_refusals(
    body: Any, kind: str, person: Person, *, projects: Mapping[str, str], conversations: Iterable[str] = ()
) -> tuple[Answer, ...]:
    """Every refusal a creation may get, empty for none; more than one where the order of checks is open.

    `kind` is one of MADE, `projects` maps the ids of all projects to their team ids, `conversations` are the
    ids of the caller's own. The order: body, owner, project, conversation.
    """
    if not isinstance(body, Mapping) or not _well_formed(body, kind):
        return (INVALID,)
    refused = owner_answer(body.get("owner"), person)
    if refused:
        return (refused,)
    project, conversation = body.get("project_id"), body.get("conversation_id")
    if project is not None and (wrong := _project_refusals(project, body.get("owner"), projects)):
        return wrong
    if conversation is None:
        return (INVALID,) if body.get("source") == "conversation" else ()
    return () if _among(conversation, conversations) else (NOT_FOUND,)


def _well_formed(body: Mapping[str, Any], kind: str) -> bool:
    spec, owner, source = body.get("spec"), body.get("owner"), body.get("source")
    ids = [body[name] for name in ("project_id", "conversation_id") if body.get(name) is not None]
    return (
        is_object(spec)
        and (kind != "character" or _is_character(spec))
        and (owner is None or isinstance(owner, str))
        and source in (None, "upload", "conversation")
        and all(names_id(each) for each in ids)
    )


def _is_character(spec: Any) -> bool:
    if not isinstance(spec, Mapping) or not isinstance(spec.get("name"), str | None):
        return False
    prompt = spec.get("prompt")
    return isinstance(prompt, str) and not is_blank(prompt)


def _project_refusals(project: str, owner: str | None, projects: Mapping[str, str]) -> tuple[Answer, ...]:
    team = projects.get(project.lower())
    if owner is not None and owner.startswith("framecast:team:"):
        named = (NOT_FOUND,) if team is None else (INVALID,)
        return () if owner == f"framecast:team:{team}" else named
    # No project has such an owner, so an unknown project may be told either way.
    return (INVALID, NOT_FOUND) if team is None else (INVALID,)


def _among(sent: str, ids: Iterable[str]) -> bool:
    return sent.lower() in ids


def reading_answer(artifact: Json | None, person: Person) -> Answer:
    """What `get_artifact` answers; `artifact` is None for an unknown id (ARTIFACT-2)."""
    return OK if artifact is not None and can_read(artifact["owner"], person) else NOT_FOUND


def deletion_answers(artifact: Json | None, person: Person) -> frozenset[Answer]:
    """What `person` may be answered by `delete_artifact` (ARTIFACT-7).

    Whether viewers delete what they own by membership is open: the owner may, viewers may nothing.
    """
    if artifact is None or not can_read(artifact["owner"], person):
        return frozenset({NOT_FOUND})
    role = role_for(artifact["owner"], person)
    if not artifact["owner"].startswith("framecast:team:"):
        return frozenset({NO_CONTENT, FORBIDDEN}) if role == "viewer" else frozenset({NO_CONTENT})
    own = role == "member" and artifact["created_by"] == person.id
    return frozenset({NO_CONTENT if own or role in ("owner", "admin") else FORBIDDEN})


def broken_creation_rules(body: Json, kind: str, person: Person, artifact: Json) -> list[Broken]:
    """Judge the 201 of `create_storyboard` or `create_character`."""
    source = body.get("source") or "upload"
    expected: dict[str, Any] = {
        "owner": body.get("owner") or person.urn, "created_by": person.id, "kind": kind, "status": "ready",
        "source": source, "spec": body["spec"], "metadata": {}, "source_job_id": None,
        "project_id": _lower(body.get("project_id")), **dict.fromkeys(_OF_MEDIA),
    }  # fmt: skip
    if source == "conversation":
        expected["conversation_id"] = _lower(body.get("conversation_id"))
    foreign = owner_answer(str(artifact.get("owner")), person) is not None
    return [
        *broken_expectations("ARTIFACT-1", f"a new {kind}", artifact, expected),
        *broken_when((foreign, "INV-X5", f"{person.id} made it for {artifact.get('owner')}")),
        *broken_artifact_rules(artifact),
    ]


def _lower(sent: str | None) -> str | None:
    return sent.lower() if sent is not None else None


def broken_artifact_rules(artifact: Json, *, orphaned: bool = False) -> list[Broken]:
    """Judge one artifact by itself; `orphaned` when its conversation may have been deleted."""
    kind, status, by = artifact.get("kind"), artifact.get("status"), artifact.get("created_by")
    return [
        *broken_when(
            (status not in STATUSES, "INV-ART1", f"status is {status!r}, expected {', '.join(STATUSES)}"),
            (kind not in KINDS, "INV-ART2", f"kind is {kind!r}, expected one of {', '.join(KINDS)}"),
            (not is_id(by), "INV-ART7", f"created_by is {by!r}, expected the id of a user"),
            (kind in MADE and status in ("pending", "failed"), "ARTIFACT-1", f"a {kind} that is {status}"),
        ),
        *(_media(artifact) if kind in MEDIA else _made(artifact)),
        *_origin(artifact, orphaned),
        *broken_birth_time(artifact, "INV-TIME1"),
    ]


def _media(artifact: Json) -> list[Broken]:
    missing, size = [name for name in _OF_MEDIA if artifact.get(name) is None], artifact.get("size_bytes")
    outside = size is not None and not is_whole(size, 1, LARGEST_BYTES)
    return broken_when(
        (missing != [], "INV-ART3", f"a file of kind {artifact.get('kind')} without {', '.join(missing)}"),
        (outside, "INV-ART5", f"size_bytes is {size}, expected 1 to {LARGEST_BYTES}"),
    )


def _made(artifact: Json) -> list[Broken]:
    kind, spec = artifact.get("kind"), artifact.get("spec")
    blank = kind == "character" and isinstance(spec, Mapping) and not _is_character(spec)
    return broken_when(
        (kind in MADE and spec is None, "INV-ART4", f"a {kind} without a spec"),
        (blank, "INV-ART-CHAR", f"a character with the spec {spec!r}"),
    )


def _origin(artifact: Json, orphaned: bool) -> list[Broken]:
    owner, source, maker = str(artifact.get("owner")), artifact.get("source"), str(artifact.get("created_by"))
    project, conversation = artifact.get("project_id"), artifact.get("conversation_id")
    foreign = project is not None and not owner.startswith("framecast:team:")
    lost = source == "conversation" and conversation is None and not orphaned
    jobless = source == "job" and artifact.get("source_job_id") is None
    return broken_when(
        (not may_own(owner, maker), "INV-X5", f"{maker} made it for {owner}"),
        (foreign, "INV-X6", f"an artifact of project {project} is owned by {owner}"),
        (lost, "INV-X7", "source is conversation, but conversation_id is null"),
        (jobless, "INV-X8", "source is job, but source_job_id is null"),
    )


def may_become(before: str, after: str) -> bool:
    """Whether an artifact seen as `before` may later be seen as `after`; a failed one can be tried again."""
    return after in STATUSES and (before != "ready" or after == "ready")


def broken_artifact_transition(before: Json, after: Json) -> list[Broken]:
    """Judge two reads of one artifact, `after` taken later."""
    old, new = str(before.get("status")), str(after.get("status"))
    stayed = all(before.get(name) == after.get(name) for name in ("status", "size_bytes", "metadata"))
    return [
        *broken_constants("ARTIFACT-10", before, after, _CONSTANT),
        *broken_when((not may_become(old, new), "ARTIFACT-9", f"status went from {old} to {new}")),
        *_origin_kept(before, after),
        *broken_update_time(before, after, updated=not stayed),
    ]


def _origin_kept(before: Json, after: Json) -> list[Broken]:
    """The conversation may be cleared; a job may be cleared too, which makes the source an upload (D-24)."""
    broken = []
    if after.get("conversation_id") not in (None, before.get("conversation_id")):
        broken.append(_moved("conversation_id", before, after))
    freed = (before.get("source"), after.get("source"), after.get("source_job_id")) == ("job", "upload", None)
    if freed:
        return broken
    return broken + [
        _moved(name, before, after)
        for name in ("source", "source_job_id")
        if before.get(name) != after.get(name)
    ]


def _moved(name: str, before: Json, after: Json) -> Broken:
    return Broken("ARTIFACT-11", f"{name} went from {before.get(name)!r} to {after.get(name)!r}")


def matching(artifacts: Iterable[Json], person: Person, **filters: str | None) -> list[Json]:
    """Those of all `artifacts` that `list_artifacts` shows `person`, in their order.

    The filters are members: owner, project_id, kind, source, status; None filters nothing (LIST-9).
    """
    asked = [(name, value) for name, value in filters.items() if value is not None]
    return [
        artifact
        for artifact in artifacts
        if can_read(artifact["owner"], person) and all(artifact.get(name) == value for name, value in asked)
    ]


def broken_artifact_list_rules(
    artifacts: Sequence[Json], person: Person, *, orphaned: bool = False
) -> list[Broken]:
    """Judge one page of `list_artifacts` as `person` got it; `orphaned` as in `broken_artifact_rules`."""
    foreign = sorted(
        {str(each.get("owner")) for each in artifacts if not can_read(str(each.get("owner")), person)}
    )
    keys = repeated(str(each["s3_key"]) for each in artifacts if each.get("s3_key") is not None)
    return [
        *(fault for artifact in artifacts for fault in broken_artifact_rules(artifact, orphaned=orphaned)),
        *broken_when(
            (not newest_first(artifacts), "ARTIFACT-3", "an older artifact stands before a newer one"),
            (foreign != [], "ARTIFACT-3", f"things of {', '.join(foreign)} are listed"),
            (keys != [], "INV-ART6", f"more than one artifact is stored at {', '.join(keys)}"),
        ),
    ]
