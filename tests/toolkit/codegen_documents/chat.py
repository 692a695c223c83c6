"""A language-model API in OpenAPI 3.1: event streams, unions told apart by mapping, schemas of schemas.

Its habits: one operation answers JSON or a stream, tools carry JSON Schemas (so a schema describes itself),
closed objects by unevaluatedProperties, sound in and sound out, lines of JSON for batches.
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
    number,
    query,
    record,
    ref,
    string,
)

EVENTS = "text/event-stream"
LINES = "application/x-ndjson"
BETA = header("model-beta", array(string()), description="Betas, separated by commas.")
PARTS = {"text": "TextPart", "image": "ImagePart", "tool_use": "ToolUsePart", "tool_result": "ToolResultPart"}
CHUNKS = {
    "message_start": record("type message", type={"const": "message_start"}, message=ref("Message")),
    "delta": record("type index delta", type={"const": "delta"}, index=integer(), delta=ref("Delta")),
    "ping": record("type", type={"const": "ping"}),
    "message_stop": record("type", type={"const": "message_stop"}, usage=ref("Usage")),
}
STORES = ("assistant", "thread", "file", "vector_store", "fine_tune", "batch", "evaluation", "project")


def chosen(names: dict[str, str], member: str = "type") -> Json:
    """One of several schemas, as a member says."""
    pointers = {value: f"#/components/schemas/{name}" for value, name in names.items()}
    return {
        "oneOf": [ref(name) for name in names.values()],
        "discriminator": {"propertyName": member, "mapping": pointers},
    }


def closed(schema: Json) -> Json:
    """An object that takes no other members."""
    return {**schema, "unevaluatedProperties": False}


def parts() -> Json:
    """The parts of a message: a tool's result holds parts again."""
    source = {
        "base64": record("kind data", kind={"const": "base64"}, data=string(contentEncoding="base64")),
        "url": record("kind url", kind={"const": "url"}, url=string(format="uri")),
    }
    return {
        "TextPart": closed(record("type text", type={"const": "text"}, text=string(minLength=1))),
        "ImagePart": record("type source", type={"const": "image"}, source=ref("ImageSource")),
        "ImageSource": chosen({"base64": "Base64Source", "url": "UrlSource"}, "kind"),
        "Base64Source": source["base64"],
        "UrlSource": source["url"],
        "ToolUsePart": record(
            "type id name input", type={"const": "tool_use"}, id=string(), name=string(), input=mapping(True)
        ),
        "ToolResultPart": record(
            "type tool_use_id",
            type={"const": "tool_result"},
            tool_use_id=string(),
            content={"anyOf": [string(), array(ref("Part"))]},
            is_error=boolean(default=False),
        ),
        "Part": chosen(PARTS),
    }


def json_schema() -> Json:
    """A schema that describes schemas: it names itself in every way."""
    return {
        "type": ["object", "boolean"],
        "properties": {
            "type": {"anyOf": [string(), array(string())]},
            "properties": mapping(ref("JsonSchema")),
            "items": ref("JsonSchema"),
            "anyOf": array(ref("JsonSchema")),
            "not": ref("JsonSchema"),
            "$ref": string(format="uri-reference"),
            "$defs": mapping(ref("JsonSchema")),
            "additionalProperties": {"anyOf": [boolean(), ref("JsonSchema")]},
            "enum": {"type": "array"},
            "default": {},
        },
        "additionalProperties": True,
    }


def schemas() -> Json:
    """All schemas."""
    asked = record(
        "model messages max_tokens",
        model={"anyOf": [string(), choice("quick-4", "deep-4.1")]},
        messages=array(ref("InputMessage"), minItems=1),
        max_tokens=integer(minimum=1),
        temperature={"type": ["number", "null"], "minimum": 0, "maximum": 2, "default": 1},
        stop={"anyOf": [string(), array(string(), maxItems=4), {"type": "null"}]},
        tools=array(ref("Tool")),
        tool_choice={"oneOf": [choice("auto", "none"), record("name", name=string())]},
        stream=boolean(default=False),
        logit_bias=mapping(integer(minimum=-100, maximum=100)),
    )
    return {
        **parts(),
        **{_chunk(kind): schema for kind, schema in CHUNKS.items()},
        **{_stored(name): _store(name) for name in STORES},
        "StreamEvent": chosen({kind: _chunk(kind) for kind in CHUNKS}),
        "Delta": {"oneOf": [record("text", text=string()), record("partial_json", partial_json=string())]},
        "Json": {
            "oneOf": [
                {"type": ["string", "number", "boolean", "null"]},
                array(ref("Json")),
                mapping(ref("Json")),
            ]
        },
        "JsonSchema": json_schema(),
        "Tool": closed({"allOf": [record("name", name=string()), record(parameters=ref("JsonSchema"))]}),
        "InputMessage": record(
            "role content",
            role=choice("user", "assistant", "system"),
            content={"anyOf": [string(), array(ref("Part"))]},
        ),
        "Message": record(
            "id role content",
            id=string(pattern="^msg_"),
            role={"const": "assistant"},
            content=array(ref("Part")),
            stop_reason={"type": ["string", "null"], "enum": ["end", "length", "tool_use", None]},
            usage=ref("Usage"),
        ),
        "Usage": record(
            "input output", input=integer(), output=integer(), details={"type": ["object", "null"]}
        ),
        "MessageRequest": asked,
        "Embedding": record("index embedding", index=integer(), embedding=array(number())),
        "Transcript": record(
            "text", text=string(), words=array(record("word at", word=string(), at=number()))
        ),
        "Error": record("type error", type={"const": "error"}, error=ref("ErrorDetail")),
        "ErrorDetail": record("type message", type=string(), message=string(), param={}),
    }


def _chunk(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.split("_")) + "Event"


def _stored(name: str) -> str:
    return "".join(word.capitalize() for word in name.split("_"))


def _store(name: str) -> Json:
    return record(
        "id object created_at",
        id=string(),
        object={"const": name},
        created_at=integer(),
        metadata={"type": ["object", "null"], "additionalProperties": string(), "maxProperties": 16},
        status=choice("queued", "in_progress", "completed", "failed"),
        extra=ref("Json"),
    )


def _talking(paper: Paper) -> None:
    both = {JSON: {"schema": ref("Message")}, EVENTS: {"schema": ref("StreamEvent")}}
    asked = body(ref("MessageRequest"))
    paper.add(
        "POST /v1/messages",
        "create_message",
        BETA,
        header("Idempotency-Key"),
        tag="messages",
        ok={"200": {"description": "The message, at once or as it comes.", "content": both}},
        requestBody=asked,
    )
    stream = {"200": answer(ref("StreamEvent"), EVENTS)}
    paper.add("POST /v1/messages/stream", "stream_message", tag="messages", ok=stream, requestBody=asked)
    paper.add("GET /v1/threads/{thread_id}/events", "watch_thread", tag="threads", ok=stream)
    counted = {"200": answer(record("tokens", tokens=integer()))}
    paper.add("POST /v1/tokens", "count_tokens", tag="messages", ok=counted, requestBody=asked)
    texts = {"oneOf": [string(), array(string()), array(integer()), array(array(integer()))]}
    embed = body(record("input model", input=texts, model=string(), dimensions=integer(minimum=1)))
    vectors = {"200": answer(record("data", data=array(ref("Embedding"))))}
    paper.add("POST /v1/embeddings", "create_embeddings", tag="embeddings", ok=vectors, requestBody=embed)


def _sounds(paper: Paper) -> None:
    sound = record(
        "file model",
        file=string(contentMediaType="application/octet-stream"),
        model=string(),
        timestamps=array(choice("word", "segment")),
        temperature=number(default=0),
    )
    kinds = {JSON: {"schema": ref("Transcript")}, **content(string(), "text/plain", "text/vtt")}
    heard = {"200": {"description": "What was said.", "content": kinds}}
    uploaded = body(sound, "multipart/form-data")
    paper.add("POST /v1/audio/transcripts", "transcribe", tag="audio", ok=heard, requestBody=uploaded)
    said = body(record("input voice", input=string(maxLength=4096), voice=choice("ash", "sage")))
    spoken = {"200": {"description": "Sound.", "content": content(None, "audio/mpeg", "audio/wav")}}
    paper.add("POST /v1/audio/speech", "speak", tag="audio", ok=spoken, requestBody=said)
    lines = body(string(), LINES)
    results = {"200": answer(string(), LINES)}
    paper.add("POST /v1/lines", "send_lines", tag="batches", ok=results, requestBody=lines)


def _stores(paper: Paper, name: str) -> None:
    many, kind, tag = f"/v1/{name}s", _stored(name), f"{name}s"
    one = f"{many}/{{{name}_id}}"
    order = (query("order", choice("asc", "desc")), query("after"), query("limit", integer(default=20)))
    listed = record("data has_more", data=array(ref(kind)), has_more=boolean(), first_id=string())
    written = body(record(metadata=mapping(string()), name=string(), schema=ref("JsonSchema")))
    paper.add(f"GET {many}", f"list_{name}s", *order, tag=tag, ok={"200": answer(listed)})
    paper.add(f"POST {many}", f"create_{name}", tag=tag, ok={"200": answer(ref(kind))}, requestBody=written)
    paper.add(f"GET {one}", f"get_{name}", tag=tag, ok={"200": answer(ref(kind))})
    paper.add(f"POST {one}", f"update_{name}", tag=tag, ok={"200": answer(ref(kind))}, requestBody=written)
    gone = record("id deleted", id=string(), deleted={"const": True})
    paper.add(f"DELETE {one}", f"delete_{name}", tag=tag, ok={"200": answer(gone)})


def document() -> Json:
    """The document."""
    limits = {"Retry-After": {"schema": integer()}, "x-ratelimit-reset": {"schema": string()}}
    errors = {
        "429": answer(ref("Error"), headers=limits),
        "4XX": answer(ref("Error")),
        "5XX": answer(ref("Error")),
    }
    paper = Paper("3.1.0", "Parley models", errors=errors)
    _talking(paper)
    _sounds(paper)
    for name in STORES:
        _stores(paper, name)
    paper.components["schemas"] = schemas()
    return paper.document()
