"""A cloud storage in OpenAPI 3.0: bytes up and down, every place and style a parameter can have.

Its habits: metadata in headers, sessions in cookies, matrix and label paths, ranges (206), HEAD, JSON or XML
as the caller likes, errors under 4XX and `default`, many answers without a body.
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
    parameter,
    query,
    record,
    ref,
    string,
)

XML = "application/xml"
BYTES = "application/octet-stream"
OBJECT = "/buckets/{bucket}/objects/{key}"
ENTITY = {
    "ETag": {"required": True, "schema": string()},
    "Last-Modified": {"schema": string()},
    "Content-Length": {"schema": integer()},
    "x-vault-meta": {"schema": mapping(string()), "style": "simple"},
    "x-vault-replicas": {"schema": array(integer())},
}
CONDITIONS = (
    header("If-Match"),
    header("If-None-Match"),
    header("If-Modified-Since", string(format="date-time")),
)
SESSION = (
    parameter("cookie", "vault_session", string(minLength=8)),
    parameter("cookie", "prefs", array(string()), explode=False),
)
SETTINGS = (
    "acl",
    "cors",
    "lifecycle",
    "logging",
    "policy",
    "replication",
    "tagging",
    "website",
    "versioning",
)
OWNED = ("keys", "grants", "alarms", "mounts")


def schemas() -> Json:
    """What is stored, with XML names where they differ."""
    found: Json = {
        "Bucket": {
            **record(
                "name created",
                name=string(pattern="^[a-z0-9.-]{3,63}$", xml={"name": "Name"}),
                created=string(format="date-time", xml={"attribute": True}),
                region=choice("eu-1", "us-1", "ap-1", nullable=True),
                usage=integer(format="int64", minimum=0),
            ),
            "xml": {"name": "Bucket", "namespace": "https://vault.example/doc"},
        },
        "Entry": record("key size", key=string(), size=integer(format="int64"), md5=string(format="byte")),
        "Listing": record(
            "entries truncated",
            entries=array(ref("Entry"), xml={"wrapped": True}),
            truncated=boolean(),
            marker=string(nullable=True),
            prefixes=array(string()),
        ),
        "Part": record("number etag", number=integer(minimum=1, maximum=10000), etag=string()),
        "Upload": record("id", id=string(), parts=array(ref("Part"))),
        "Fault": record("code", code=string(), message=string(), resource=string(nullable=True)),
        "Area": record("from to", **{"from": ref("Corner"), "to": ref("Corner")}, inside=array(ref("Area"))),
        "Corner": record("x y", x=integer(), y=integer()),
    }
    for name in SETTINGS:
        found[name.capitalize()] = record(
            enabled=boolean(), rules=array(mapping(True)), status=string(nullable=True)
        )
    for name in OWNED:
        found[name.capitalize()] = record("id", id=string(), note=string(nullable=True))
    return found


def either(name: str) -> Json:
    """An answer in JSON or XML."""
    return {"description": "As asked.", "content": content(ref(name), JSON, XML)}


def _objects(paper: Paper) -> None:
    whole = {
        "description": "All of it.",
        "headers": ENTITY,
        "content": content(string(format="binary"), BYTES),
    }
    piece = {
        "description": "The range.",
        "headers": {"Content-Range": {"required": True, "schema": string()}},
        "content": content(string(format="binary"), BYTES, "multipart/byteranges"),
    }
    ranged = (header("Range"), header("x-vault-checksums", array(choice("crc32", "sha256"))))
    paper.add(
        f"GET {OBJECT}",
        "readObject",
        *CONDITIONS,
        *ranged,
        *SESSION,
        tag="objects",
        ok={"200": whole, "206": piece, "304": answer(told="Unchanged.")},
    )
    paper.add(
        f"HEAD {OBJECT}", "describeObject", *CONDITIONS, tag="objects", ok={"200": answer(headers=ENTITY)}
    )
    meta = header("x-vault-meta", mapping(string()), explode=True)
    paper.add(
        f"PUT {OBJECT}",
        "writeObject",
        *CONDITIONS,
        meta,
        header("Content-MD5", string(format="byte")),
        tag="objects",
        ok={"200": answer(headers={"ETag": {"schema": string()}}), "204": answer()},
        requestBody=body(string(format="binary"), BYTES, "image/*", "text/plain"),
    )
    paper.add(f"DELETE {OBJECT}", "deleteObject", *SESSION, tag="objects", ok={"204": answer()})
    form = record("key file", key=string(), file=string(format="binary"), policy=ref("Policy"))
    typed = {"file": {"contentType": BYTES, "headers": {"x-vault-sha": {"schema": string()}}}}
    paper.add(
        "POST /buckets/{bucket}/form",
        "postObject",
        tag="objects",
        ok={"201": either("Entry"), "303": answer(told="Elsewhere.")},
        requestBody=body(form, "multipart/form-data", encoding=typed),
    )


def _styles(paper: Paper) -> None:
    """Every style, each with lists and objects, joined and exploded."""
    corner, numbers = ref("Corner"), array(integer())
    for style in ("simple", "label", "matrix"):
        for explode in (False, True):
            how = {"style": style, "explode": explode}
            name = f"{style}{'Exploded' if explode else ''}"
            paper.add(
                f"GET /grid/{name}/{{numbers}}/{{corner}}/{{word}}",
                f"{name}Path",
                parameter("path", "numbers", numbers, **how),
                parameter("path", "corner", corner, **how),
                parameter("path", "word", string(), **how),
                tag="styles",
                ok={"204": answer()},
            )
    for style, explode, schema in (
        ("form", True, numbers),
        ("form", False, numbers),
        ("spaceDelimited", False, numbers),
        ("pipeDelimited", False, numbers),
        ("deepObject", True, corner),
        ("form", True, corner),
        ("form", False, corner),
    ):
        kind = "List" if schema is numbers else "Object"
        how = {"style": style, "explode": explode}
        paper.add(
            f"GET /grid/{style}{kind}{explode}",
            f"{style}{kind}{'Exploded' if explode else ''}",
            query("value", schema, required=True, **how),
            query("raw", string(), allowReserved=True),
            query("raw[]", array(string())),
            tag="styles",
            ok={"204": answer()},
        )
    area = {"name": "area", "in": "query", "content": {JSON: {"schema": ref("Area")}}}
    paper.add("GET /grid/area", "searchArea", area, tag="styles", ok={"200": answer(ref("Listing"))})


def _buckets(paper: Paper) -> None:
    one = "/buckets/{bucket}"
    region = header("x-vault-region", choice("eu-1", "us-1"), required=True)
    page = (
        query("prefix"),
        query("delimiter"),
        query("max-keys", integer(default=1000)),
        query("start-after"),
    )
    paper.add("GET /buckets", "listBuckets", *SESSION, tag="buckets", ok={"200": either("Bucket")})
    paper.add("PUT " + one, "createBucket", region, tag="buckets", ok={"201": answer(), "204": answer()})
    paper.add("HEAD " + one, "checkBucket", tag="buckets", ok={"200": answer()})
    paper.add("DELETE " + one, "deleteBucket", tag="buckets", ok={"204": answer()})
    paper.add("GET " + one + "/objects", "listObjects", *page, tag="buckets", ok={"2XX": either("Listing")})
    paper.add("OPTIONS " + one, "optionsOfBucket", tag="buckets", ok={"200": answer(headers=ENTITY)})
    for name in SETTINGS:
        kind, route = name.capitalize(), f"{one}/{name}"
        written = {"requestBody": body(ref(kind), JSON, XML)}
        paper.add(f"GET {route}", f"getBucket{kind}", tag=name, ok={"200": either(kind)})
        paper.add(f"PUT {route}", f"putBucket{kind}", tag=name, ok={"204": answer()}, **written)
    for name in OWNED:
        kind = name.capitalize()
        paper.add(f"GET /{name}", f"list{kind}", tag="owned", ok={"200": answer(array(ref(kind)))})
        made = {"requestBody": body(ref(kind), required=False)}
        paper.add(f"POST /{name}", f"create{kind}", tag="owned", ok={"201": answer(ref(kind))}, **made)


def _uploads(paper: Paper) -> None:
    many = f"{OBJECT}/uploads"
    paper.add(f"POST {many}", "beginUpload", tag="uploads", ok={"201": either("Upload")})
    number = query("partNumber", integer(), required=True)
    sent = {"requestBody": body(string(format="binary"), BYTES)}
    paper.add(f"PUT {many}/{{upload}}", "writePart", number, tag="uploads", ok={"204": answer()}, **sent)
    done = {"requestBody": body(record("parts", parts=array(ref("Part"))))}
    paper.add(f"POST {many}/{{upload}}", "endUpload", tag="uploads", ok={"200": either("Entry")}, **done)
    paper.add(f"DELETE {many}/{{upload}}", "dropUpload", tag="uploads", ok={"204": answer()})


def document() -> Json:
    """The document."""
    errors = {"404": either("Fault"), "4XX": either("Fault"), "default": answer(ref("Fault"))}
    paper = Paper("3.0.3", "Vault storage", errors=errors)
    _buckets(paper)
    _objects(paper)
    _uploads(paper)
    _styles(paper)
    paper.components["schemas"] = schemas()
    paper.components["securitySchemes"] = {"key": {"type": "apiKey", "in": "header", "name": "x-vault-key"}}
    paper.more = {
        "servers": [{"url": "https://{region}.vault.example", "variables": {"region": {"default": "eu-1"}}}]
    }
    return paper.document()
