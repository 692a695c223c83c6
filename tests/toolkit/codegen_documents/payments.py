"""A payments API in OpenAPI 3.0: form bodies with nested members, deepObject queries, expandable unions.

Its habits: every object names its kind in `object`, an id or the object behind it (`expand[]`), lists with a
cursor, an idempotency header on every POST, one error for everything under `default`.
"""

from __future__ import annotations

from .shaping import (
    Json,
    Paper,
    answer,
    array,
    body,
    boolean,
    choice,
    header,
    integer,
    mapping,
    number,
    query,
    record,
    ref,
    string,
)

FORM = "application/x-www-form-urlencoded"
NESTED = {"style": "deepObject", "explode": True}
KEY = header("Idempotency-Key", string(maxLength=255), description="Makes a repeated POST safe.")
VERSION = header("Ledger-Version", string(default="2026-11-22"))
EXPAND = query("expand[]", array(string(maxLength=5000)), style="form", explode=True)
CREATED = query(
    "created",
    {"anyOf": [record(gt=integer(), gte=integer(), lt=integer(), lte=integer()), integer()]},
    **NESTED,
)
PAGE = (
    query("starting_after", string(maxLength=5000)),
    query("ending_before", string(maxLength=5000)),
    query("limit", integer(minimum=1, maximum=100, default=10)),
)
PLAIN = ("coupon", "dispute", "payout", "price", "product", "tax_rate", "transfer", "topup", "plan")
NOUNS = ("customer", "charge", "refund", "payment_intent", "invoice", "subscription", *PLAIN)
ACTS = {
    "payment_intent": ("confirm", "capture", "cancel"),
    "invoice": ("finalize", "pay", "send", "void"),
    "dispute": ("close",),
    "payout": ("cancel", "reverse"),
}
DELETABLE = ("customer", "subscription", "coupon", "product", "plan")


def expandable(name: str, *, nullable: bool = False) -> Json:
    """An id, or the object itself when the caller asked to expand it."""
    union: Json = {
        "anyOf": [string(maxLength=5000), ref(name)],
        "x-expansionResources": {"oneOf": [ref(name)]},
    }
    return {**union, "nullable": True} if nullable else union


def pascal(noun: str) -> str:
    """`payment_intent` → `PaymentIntent`."""
    return "".join(word.capitalize() for word in noun.split("_"))


def thing(noun: str, **members: Json) -> Json:
    """A stored object of this API."""
    always: Json = {
        "id": string(maxLength=5000),
        "object": choice(noun),
        "created": integer(format="unix-time"),
        "livemode": boolean(),
        "metadata": mapping(string(maxLength=500)),
    }
    return {**record("id object created livemode", **always, **members), "title": pascal(noun)}


MEMBERS: dict[str, Json] = {
    "customer": {
        "email": string(format="email", nullable=True),
        "balance": integer(),
        "address": {"nullable": True, "allOf": [ref("address")]},
        "default_source": {**expandable("payment_source"), "nullable": True},
        "tax_exempt": choice("exempt", "none", "reverse", None, nullable=True),
        "deleted": boolean(),
    },
    "charge": {
        "amount": integer(minimum=0),
        "currency": string(pattern="^[a-z]{3}$"),
        "customer": expandable("customer", nullable=True),
        "payment_intent": expandable("payment_intent", nullable=True),
        "status": choice("failed", "pending", "succeeded"),
        "outcome": record(risk_score=integer(), seller_message=string(nullable=True), type=string()),
    },
    "payment_intent": {
        "amount": integer(),
        "latest_charge": expandable("charge", nullable=True),
        "payment_method_types": array(choice("card", "sepa_debit", "us_bank_account", "3ds")),
        "next_action": {"nullable": True, "oneOf": [ref("redirect_action"), ref("display_action")]},
    },
    "invoice": {
        "lines": record(
            "object data has_more url",
            object=choice("list"),
            data=array(ref("line_item")),
            has_more=boolean(),
            url=string(maxLength=5000),
        ),
        "from_invoice": expandable("invoice", nullable=True),
        "due_date": integer(format="unix-time", nullable=True),
        "tax_percent": number(nullable=True),
    },
    "subscription": {"customer": expandable("customer"), "items": array(ref("price"))},
}


def schemas() -> Json:
    """All schemas: the stored objects, their deleted shadows, their lists, and what they are made of."""
    found: Json = {noun: thing(noun, **MEMBERS.get(noun, {"active": boolean()})) for noun in NOUNS}
    for noun in DELETABLE:
        found[f"deleted_{noun}"] = record(
            "id object deleted", id=string(), object=choice(noun), deleted={"type": "boolean", "enum": [True]}
        )
    found["address"] = record(**{name: string(nullable=True) for name in ("city", "country", "line1")})
    found["bank_account"] = thing("bank_account", last4=string(), routing_number=string(nullable=True))
    found["card"] = thing("card", exp_month=integer(minimum=1, maximum=12), brand=string())
    found["payment_source"] = {"anyOf": [ref("bank_account"), ref("card"), ref("customer")]}
    found["line_item"] = record("id amount", id=string(), amount=integer(), period=ref("period"))
    found["period"] = record("start end", start=integer(), end=integer())
    found["redirect_action"] = record("type", type=choice("redirect_to_url"), url=string(format="uri"))
    found["display_action"] = record("type", type=choice("display_details"), hosted=mapping(True))
    found["file"] = thing("file", purpose=choice("identity", "evidence"), size=integer())
    found["event"] = thing("event", type=string(), data=record("object", object=mapping(True)))
    found["balance"] = record("available", available=array(record("amount", amount=integer())))
    found["error"] = record("error", error=ref("api_error"))
    found["api_error"] = record(
        "type",
        type=choice("api_error", "card_error", "idempotency_error", "invalid_request_error"),
        code=string(maxLength=5000),
        message=string(),
        param=string(),
        payment_intent=ref("payment_intent"),
    )
    return found


def listing(name: str) -> Json:
    """The answer of a list operation: one page, described in place as this API's real kin do it."""
    return {
        **record(
            "data has_more object url",
            data=array(ref(name)),
            has_more=boolean(),
            object=choice("list"),
            url=string(pattern=f"^/v1/{name}s"),
        ),
        "title": f"{pascal(name)}List",
    }


def form(**members: Json) -> Json:
    """A form body."""
    written = {name: _written_as(schema) for name, schema in members.items()}
    encoding = {name: how for name, how in written.items() if how}
    return body(record(**members), FORM, required=False, **({"encoding": encoding} if encoding else {}))


def _written_as(schema: Json) -> Json:
    """Objects are written with brackets, lists of objects as JSON, everything else as usual."""
    if "items" in schema and schema["items"]["type"] == "object":
        return {"contentType": "application/json"}
    return NESTED if schema.get("type") == "object" else {}


def _written(noun: str) -> Json:
    changed = {"expand[]": array(string()), "metadata": mapping(string())}
    special: dict[str, Json] = {
        "charge": {"amount": integer(), "currency": string(), "capture": boolean()},
        "customer": {"email": string(), "address": record(city=string(), line1=string()), "name": string()},
        "invoice": {"days_until_due": integer(), "custom_fields": array(record("name", name=string()))},
        "payment_intent": {"amount": integer(), "off_session": {"anyOf": [boolean(), choice("one_off")]}},
    }
    return form(**special.get(noun, {"active": boolean(), "nickname": string()}), **changed)


def _operations(paper: Paper, noun: str) -> None:
    name, route, tag = pascal(noun), f"/v1/{noun}s", f"{noun.replace('_', ' ')}s"
    one = f"{route}/{{{noun}}}"
    paper.add(
        f"GET {route}", f"Get{name}s", *PAGE, CREATED, EXPAND, tag=tag, ok={"200": answer(listing(noun))}
    )
    posted = {"requestBody": _written(noun)}
    paper.add(f"POST {route}", f"Post{name}s", KEY, VERSION, tag=tag, ok={"200": answer(ref(noun))}, **posted)
    gone = {"anyOf": [ref(noun), ref(f"deleted_{noun}")]} if noun in DELETABLE else ref(noun)
    paper.add(f"GET {one}", f"Get{name}s{name}", EXPAND, tag=tag, ok={"200": answer(gone)})
    paper.add(f"POST {one}", f"Post{name}s{name}", KEY, tag=tag, ok={"200": answer(ref(noun))}, **posted)
    if noun in DELETABLE:
        paper.add(
            f"DELETE {one}", f"Delete{name}s{name}", tag=tag, ok={"200": answer(ref(f"deleted_{noun}"))}
        )
    for act in ACTS.get(noun, ()):
        acted = {"requestBody": form(**{"expand[]": array(string())})}
        route_of = f"POST {one}/{act}"
        paper.add(
            route_of, f"Post{name}s{name}{pascal(act)}", KEY, tag=tag, ok={"200": answer(ref(noun))}, **acted
        )


def document() -> Json:
    """The document, with its errors under `default` only."""
    paper = Paper("3.0.3", "Ledgerline payments", errors={"default": answer(ref("error"))})
    for noun in NOUNS:
        _operations(paper, noun)
    sent = record("file purpose", file=string(format="binary"), purpose=choice("identity", "evidence"))
    upload = body(sent, "multipart/form-data", encoding={"file": {"contentType": "image/png, image/jpeg"}})
    paper.add("POST /v1/files", "PostFiles", tag="files", ok={"200": answer(ref("file"))}, requestBody=upload)
    paper.add("GET /v1/balance", "GetBalance", tag="balance", ok={"200": answer(ref("balance"))})
    types = query("types[]", array(string()), style="form", explode=True)
    paper.add("GET /v1/events", "GetEvents", types, tag="events", ok={"200": answer(listing("event"))})
    paper.components["schemas"] = schemas()
    paper.components["securitySchemes"] = {"basicAuth": {"type": "http", "scheme": "basic"}}
    paper.more = {
        "servers": [{"url": "https://api.ledgerline.example/"}],
        "security": [{"basicAuth": []}],
    }
    return paper.document()
