"""A code forge in OpenAPI 3.0: names with slashes, links to pages in headers, one path and many media types.

Its habits: operationIds such as `repos/get-content`, enums of everything (also `+1`, and one with null),
allOf chains of users, a timeline told by a discriminator, 204 for yes, 304 for nothing new.
"""

from __future__ import annotations

from .shaping import (
    JSON,
    Json,
    Paper,
    answer,
    array,
    body,
    boolean,
    choice,
    content,
    header,
    integer,
    mapping,
    query,
    record,
    ref,
    string,
)

OWN = "application/vnd.forge+json"
RAW = "application/vnd.forge.raw"
DIFF = "application/vnd.forge.diff"
PATCH = "application/vnd.forge.patch"
REPO = "/repos/{owner}/{repo}"
PAGE = (ref("per-page", "parameters"), ref("page", "parameters"))
LINKED: Json = {"headers": {"Link": ref("link", "headers")}}
NUMBERED = {"name": "issue_number", "in": "path", "required": True, "schema": integer()}
REACTIONS = ("+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes")
EVENTS = ("labeled", "assigned", "closed", "reopened", "renamed", "review-requested")
AREAS = {  # noun → where it lives and what can be done there
    "branch": ("branches", "list get"),
    "commit": ("commits", "list get"),
    "deploy-key": ("keys", "list get create delete"),
    "fork": ("forks", "list create"),
    "hook": ("hooks", "list get create update delete"),
    "issue": ("issues", "list get create update"),
    "label": ("labels", "list get create update delete"),
    "milestone": ("milestones", "list get create update delete"),
    "pull": ("pulls", "list get create update"),
    "release": ("releases", "list get create update delete"),
    "runner": ("actions/runners", "list get delete"),
    "secret": ("actions/secrets", "list get delete"),
    "workflow": ("actions/workflows", "list get"),
    "run": ("actions/runs", "list get delete"),
    "environment": ("environments", "list get update delete"),
    "alert": ("code-scanning/alerts", "list get update"),
    "autolink": ("autolinks", "list get create delete"),
    "tag-rule": ("tags/protection", "list create delete"),
}


def users() -> Json:
    """Three users, each all of the one before and more."""
    simple = record(
        "login id type",
        login=string(),
        id=integer(format="int64"),
        type=choice("User", "Organization", "Bot"),
        avatar_url=string(format="uri"),
        gravatar_id=string(nullable=True),
    )
    public = record("followers", followers=integer(), twitter_username=string(nullable=True))
    private = record(plan=record("name", name=string(), space=integer()), two_factor=boolean())
    return {
        "simple-user": simple,
        "public-user": {"allOf": [ref("simple-user"), public]},
        "private-user": {"allOf": [ref("public-user"), private, {"required": ["two_factor"]}]},
        "nullable-simple-user": {**simple, "nullable": True},
    }


def timeline() -> Json:
    """The events of an issue: a discriminator with a mapping, on schemas that share a base by allOf."""
    base = record(
        "event id",
        event=string(),
        id=integer(),
        actor=ref("nullable-simple-user"),
        at=string(format="date-time"),
    )
    found: Json = {"timeline-base": base}
    for event in EVENTS:
        own = record("event", event=choice(event), **{"class": string(), "from": string(nullable=True)})
        found[f"{event}-event"] = {"allOf": [ref("timeline-base"), own]}
    found["timeline-event"] = {
        "oneOf": [ref(f"{event}-event") for event in EVENTS],
        "discriminator": {
            "propertyName": "event",
            "mapping": {event: f"#/components/schemas/{event}-event" for event in EVENTS},
        },
    }
    return found


def nouns() -> Json:
    """One schema per noun; each knows its links, whose names are no Python names."""
    links = record(self=string(format="uri"), html=string(format="uri"))
    always: Json = {"id": integer(), "url": string(format="uri"), "_links": links, "node_id": string()}
    special: Json = {
        "issue": {
            "state": choice("open", "closed"),
            "state_reason": choice("completed", "not_planned", "reopened", None, nullable=True),
            "user": ref("nullable-simple-user"),
            "assignees": array(ref("simple-user"), nullable=True),
            "reactions": ref("reactions"),
            "labels": array({"oneOf": [string(), ref("label")]}),
            "milestone": {"nullable": True, "allOf": [ref("milestone")]},
            "body": string(nullable=True),
        },
        "pull": {
            "head": ref("end"),
            "base": ref("end"),
            "draft": boolean(),
            "mergeable": boolean(nullable=True),
        },
        "commit": {"sha": string(pattern="^[0-9a-f]{40}$"), "parents": array(ref("commit"))},
        "alert": {"severity": choice("", "none", "in progress", "1st", "très haut", None, nullable=True)},
    }
    return {noun: record("id", **always, **special.get(noun, {"name": string()})) for noun in AREAS}


def schemas() -> Json:
    """All schemas."""
    counts = {name: integer() for name in REACTIONS}
    tree = record("path", path=string(), mode=choice("100644", "040000"), children=array(ref("tree-entry")))
    return {
        **users(),
        **timeline(),
        **nouns(),
        "reactions": record("total_count", total_count=integer(), **counts),
        "reaction": record("id content", id=integer(), content=choice(*REACTIONS)),
        "end": record("ref sha", ref=string(), sha=string(), user=ref("simple-user")),
        "tree-entry": tree,
        "file-content": record("type", type=choice("file"), content=string(), encoding=string()),
        "directory-content": array(record("type name", type=choice("dir", "file"), name=string())),
        "repository": record(
            "id name owner private",
            id=integer(),
            name=string(),
            owner=ref("simple-user"),
            private=boolean(),
            parent=ref("repository"),
            permissions=mapping(boolean()),
            visibility=choice("public", "private", "internal", default="public"),
        ),
        "basic-error": record(message=string(), documentation_url=string()),
        "validation-error": record(
            "message", message=string(), errors=array(record("code", code=string(), field=string()))
        ),
    }


def components() -> Json:
    """What operations share."""
    return {
        "schemas": schemas(),
        "parameters": {
            "per-page": query("per_page", integer(default=30), description="Results per page (max. 100)."),
            "page": query("page", integer(default=1)),
        },
        "headers": {"link": {"schema": string(), "example": '<https://forge.example/x?page=2>; rel="next"'}},
        "responses": {
            "not_found": answer(ref("basic-error"), told="There is none."),
            "not_modified": {"description": "Nothing new."},
            "validation_failed": answer(ref("validation-error"), told="The input is wrong."),
        },
        "requestBodies": {"reaction": body(record("content", content=choice(*REACTIONS)))},
    }


def _crud(paper: Paper, noun: str, place: str, acts: str) -> None:
    many, one = f"{REPO}/{place}", f"{REPO}/{place}/{{{noun.replace('-', '_')}_id}}"
    tag, stem = place.split("/")[0], noun
    written = body(record(name=string(), state=choice("open", "closed"), **{"class": string(nullable=True)}))
    missing = {"404": ref("not_found", "responses"), "422": ref("validation_failed", "responses")}
    routes: dict[str, tuple[str, Json]] = {
        "list": (f"GET {many}", {"200": answer(array(ref(noun)), **LINKED)}),
        "get": (f"GET {one}", {"200": answer(ref(noun)), "304": ref("not_modified", "responses")}),
        "create": (f"POST {many}", {"201": answer(ref(noun), headers={"Location": {"schema": string()}})}),
        "update": (f"PATCH {one}", {"200": answer(ref(noun))}),
        "delete": (f"DELETE {one}", {"204": answer()}),
    }
    for act in acts.split():
        route, ok = routes[act]
        more = {"requestBody": written} if act in ("create", "update") else {}
        page = PAGE if act == "list" else ()
        paper.add(route, f"{tag}/{act}-{stem}", *page, tag=tag, ok={**ok, **missing}, **more)


def _special(paper: Paper) -> None:
    kinds = {**content(ref("pull")), **content(string(), DIFF, PATCH, "text/html")}
    paper.add(
        f"GET {REPO}/pulls/{{pull_number}}/view",
        "pulls/view",
        tag="pulls",
        ok={"200": {"description": "The change, in the form asked for.", "content": kinds}},
    )
    several: Json = {"oneOf": [ref("directory-content"), ref("file-content")]}
    read = {JSON: {"schema": several}, RAW: {"schema": string(format="binary")}, OWN: {"schema": several}}
    paper.add(
        f"GET {REPO}/contents/{{path}}",
        "repos/get-content",
        query("ref"),
        header("X-Forge-Api-Version", choice("2025-01-01", "2026-11-22")),
        tag="repos",
        ok={"200": {"description": "Content", "content": read}, "302": answer(told="It moved.")},
    )
    paper.add(
        f"GET {REPO}/issues/{{issue_number}}/timeline",
        "issues/list-timeline",
        NUMBERED,
        *PAGE,
        tag="issues",
        ok={"200": answer(array(ref("timeline-event")), **LINKED)},
    )
    paper.add(
        f"POST {REPO}/issues/{{issue_number}}/reactions",
        "reactions/create-for-issue",
        NUMBERED,
        tag="reactions",
        ok={"200": answer(ref("reaction")), "201": answer(ref("reaction"))},
        requestBody=ref("reaction", "requestBodies"),
    )
    paper.add(
        "POST /markdown/raw",
        "markdown/render-raw",
        tag="markdown",
        ok={"200": answer(string(), "text/html", headers={"X-Length": {"schema": string()}})},
        requestBody=body(string(), "text/plain", "text/x-markdown", required=False),
    )
    paper.add(
        "GET /user",
        "users/get-authenticated",
        tag="users",
        ok={"200": answer({"oneOf": [ref("private-user"), ref("public-user")]})},
    )
    paper.add("GET /zen", "meta/get-zen", tag="meta", ok={"200": answer(string(), "text/plain")})
    paper.add("PUT /user/starred/{owner}/{repo}", "activity/star-repo", tag="activity", ok={"204": answer()})
    paper.add(
        "GET /user/starred/{owner}/{repo}", "activity/check-starred", tag="activity", ok={"204": answer()}
    )


def document() -> Json:
    """The document; every operation may also be forbidden."""
    paper = Paper("3.0.3", "Forge", errors={"403": answer(ref("basic-error")), "503": answer()})
    paper.add(f"GET {REPO}", "repos/get", tag="repos", ok={"200": answer(ref("repository"))})
    for noun, (place, acts) in AREAS.items():
        _crud(paper, noun, place, acts)
    _special(paper)
    trees = {"200": answer(array(ref("tree-entry")))}
    paper.add(f"GET {REPO}/git/trees/{{tree_sha}}", "git/get-tree", query("recursive"), tag="git", ok=trees)
    sort = query("sort", choice("created", "updated", "comments", "reactions-+1"))
    found = {"200": answer(record("items", items=array(ref("issue")), incomplete_results=boolean()))}
    paper.add("GET /search/issues", "search/issues", query("q", required=True), sort, tag="search", ok=found)
    paper.components = components()
    return paper.document()
