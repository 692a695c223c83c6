"""A shop in OpenAPI 3.0: inheritance by allOf and discriminator, callbacks, every format, old habits.

Its habits: `application/vnd.api+json`, camelCase and kebab-case side by side, readOnly and writeOnly,
defaults everywhere, credentials in a cookie or the query, deprecated operations, money as text.
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
    integer,
    mapping,
    number,
    parameter,
    query,
    record,
    ref,
    string,
)

API = "application/vnd.api+json"
KINDS = ("order", "cart", "warehouse", "shipment", "return", "review", "gift-card", "price list", "import")
FORMATS = (
    *("date", "date-time", "time", "duration", "uuid", "uri", "uri-reference", "email", "hostname"),
    *("ipv4", "ipv6", "byte", "binary", "password", "decimal", "regex", "json-pointer", "iso-4217"),
)


def products() -> Json:
    """Products by inheritance: the base names its children, each child is all of the base."""
    base = {
        **record(
            "id kind title",
            id=string(format="uuid", readOnly=True),
            kind=string(),
            title=string(minLength=1, maxLength=120),
            price=ref("Money"),
            costPrice=string(writeOnly=True),
            related=array(ref("Product")),
            attributes=mapping({"oneOf": [string(), number(), boolean()]}),
        ),
        "discriminator": {
            "propertyName": "kind",
            "mapping": {"book": "#/components/schemas/Book", "e-book": "EBook", "shoe": "Shoe"},
        },
    }
    book = record(
        "isbn", isbn=string(pattern="^97[89]\\d{10}$"), pages=integer(exclusiveMinimum=True, minimum=0)
    )
    return {
        "Product": base,
        "Book": {"allOf": [ref("Product"), book]},
        "EBook": {"allOf": [ref("Book"), record("drm", drm=boolean(default=False))]},
        "Shoe": {"allOf": [ref("Product"), record("size", size={"oneOf": [integer(), number(), string()]})]},
        "Money": record("amount currency", amount=string(format="decimal"), currency=string(minLength=3)),
    }


def schemas() -> Json:
    """All schemas."""
    everything = {name.replace("-", "_") + "Value": string(format=name) for name in FORMATS}
    numbers: Json = {
        "int32": integer(format="int32", multipleOf=5),
        "int64": integer(format="int64", default=9007199254740993),
        "float": number(format="float", minimum=-0.5, maximum=1e9),
        "double": number(format="double", exclusiveMaximum=True, maximum=100),
    }
    found: Json = {
        **products(),
        "AllFormats": record(**everything, **numbers),
        "Node": record(
            "value", value=string(), left=ref("Node"), right={"nullable": True, "allOf": [ref("Node")]}
        ),
        "Ping": record(pong=ref("Pong")),
        "Pong": record(ping=ref("Ping"), list=array(ref("Pong")), map=mapping(ref("Ping"))),
        "AnyThing": {},
        "Nothing": {"type": "object", "maxProperties": 0},
        "Colour": choice("red", "RED", "Red", "", " ", "r-e-d", "1", "None", "class"),
        "Level": {"type": "integer", "enum": [-1, 0, 1, 10]},
        "Errors": record(
            "errors", errors=array(record("status", status=string(), code=string(), meta=mapping(True)))
        ),
        "Filter": {"not": record("secret", secret=string())},
    }
    for kind in KINDS:
        found[_name(kind)] = _thing(kind)
    return found


def _name(kind: str) -> str:
    return "".join(word.capitalize() for word in kind.replace("-", " ").split())


def _thing(kind: str) -> Json:
    """A resource whose members are named in every style there is."""
    attributes = record(
        "createdAt",
        createdAt=string(format="date-time", readOnly=True),
        **{
            "sort-order": integer(default=0, nullable=True),
            "is_default": boolean(default=True),
            "global": string(nullable=True),
            "2nd_line": string(),
            "colour": ref("Colour"),
            "model_config": string(),
            "tags": array(string(), uniqueItems=True, default=["new"]),
        },
    )
    return record("id type", id=string(), type=choice(kind), attributes=attributes, product=ref("Product"))


def _resource(paper: Paper, kind: str) -> None:
    name, many = _name(kind), f"/{kind.replace(' ', '-')}s"
    one, tag = f"{many}/{{id}}", f"{kind}s"
    fields = query("fields", mapping(string()), style="deepObject", explode=True)
    page = (query("page[number]", integer(minimum=1)), query("page[size]", integer(maximum=250)), fields)
    wrapped, sent = record("data", data=ref(name)), body(record("data", data=ref(name)), API)
    listed = record("data", data=array(ref(name)), links=mapping(string(nullable=True)), meta={})
    paper.add(f"GET {many}", f"list{name}s", *page, tag=tag, ok={"200": answer(listed, API)})
    created = {"201": answer(wrapped, API, headers={"Location": {"required": True, "schema": string()}})}
    paper.add(f"POST {many}", f"create{name}", tag=tag, ok=created, requestBody=sent)
    paper.add(f"GET {one}", f"get{name}", tag=tag, ok={"200": answer(wrapped, API)})
    changed = {"200": answer(wrapped, API), "202": answer(), "204": answer()}
    paper.add(f"PATCH {one}", f"update{name}", tag=tag, ok=changed, requestBody=sent)
    paper.add(f"DELETE {one}", f"delete{name}", tag=tag, ok={"204": answer()}, deprecated=True)


def _catalogue(paper: Paper) -> None:
    known = {"200": answer(ref("Product"))}
    sku = parameter("path", "sku", string(pattern="^[A-Z]{2}\\d+$"))
    paper.add("GET /products/{sku}", "getProduct", sku, tag="catalogue", ok=known)
    paper.add(
        "PUT /products/{sku}", "putProduct", sku, tag="catalogue", ok=known, requestBody=body(ref("Product"))
    )
    found = {"200": answer(array({"oneOf": [ref("Book"), ref("Shoe"), ref("Node")]}))}
    paper.add(
        "POST /search", "search", tag="catalogue", ok=found, requestBody=body(ref("AnyThing"), required=False)
    )
    both = {"200": answer(ref("AllFormats")), "204": answer()}
    paper.add("POST /formats", "echoFormats", tag="catalogue", ok=both, requestBody=body(ref("AllFormats")))
    tree = {"200": answer(ref("Node")), "299": answer(ref("Ping"))}
    paper.add("POST /trees", "plantTree", tag="catalogue", ok=tree, requestBody=body(ref("Node")))
    levels = query("levels", array(ref("Level")), description='Any of "low" and \\high\\; see """docs""".')
    paper.add("GET /levels", "listLevels", levels, tag="catalogue", ok={"200": answer(array(ref("Level")))})


def _checkout(paper: Paper) -> None:
    told = {"post": {"requestBody": body(ref("Order")), "responses": {"204": answer()}}}
    form = record("orderId", orderId=string(), note=string(nullable=True), methods=array(string()))
    forms = body(form, "application/x-www-form-urlencoded", "application/json", "multipart/form-data")
    paper.add(
        "POST /checkout",
        "checkout",
        parameter("cookie", "cart", string(format="uuid"), required=True),
        tag="checkout",
        ok={"200": answer(mapping(ref("Money"))), "302": answer(headers={"Location": {"schema": string()}})},
        requestBody=forms,
        callbacks={"paid": {"{$request.body#/callbackUrl}": told}},
        security=[{"cookie": []}, {"oauth": ["checkout"]}, {}],
    )


def document() -> Json:
    """The document."""
    errors = {"400": answer(ref("Errors"), API), "422": answer(ref("Errors"), API), "5XX": answer()}
    paper = Paper("3.0.3", "Corner shop", errors=errors)
    for kind in KINDS:
        _resource(paper, kind)
    _catalogue(paper)
    _checkout(paper)
    flow = {"clientCredentials": {"tokenUrl": "https://shop.example/token", "scopes": {"checkout": "Pay."}}}
    paper.components = {
        "schemas": schemas(),
        "securitySchemes": {
            "cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
            "query": {"type": "apiKey", "in": "query", "name": "api_key"},
            "oauth": {"type": "oauth2", "flows": flow},
        },
    }
    return paper.document()
