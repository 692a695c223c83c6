"""Syntax, paths, methods and headers: what every operation has in common (conventions 1 to 6)."""

import json
from typing import Any

import pytest

from .world import SPEC, World, code


async def test_the_two_pages_for_machines(world: World) -> None:
    root, health = (
        await world.ask("GET", "/"),
        await world.ask("GET", "/health", headers={"Authorization": "x"}),
    )
    assert (root.status_code, root.text) == (200, "Framecast API v0.0.1-SNAPSHOT")
    assert (health.status_code, health.text) == (200, "OK")
    assert root.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    "path", ["/v1", "/v1/jobs/", "/v1/nothing", "/v1/jobs/a/b/c", "/v1//jobs", "/v1/JOBS"]
)
async def test_unknown_paths(world: World, path: str) -> None:
    assert (await world.ask("GET", path)).status_code == 404


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/v1/jobs/7", {"GET", "DELETE"}),
        ("HEAD", "/v1/account", {"GET", "PATCH", "DELETE"}),
        ("OPTIONS", "/v1/jobs", {"GET"}),
        ("POST", "/", {"GET"}),
        ("DELETE", "/v1/system-assets/asset_sfx_pop", {"GET"}),
        ("GET", "/v1/generate", {"POST"}),
    ],
)
async def test_known_paths_with_another_method(
    world: World, method: str, path: str, allowed: set[str]
) -> None:
    response = await world.ask(method, path)
    assert response.status_code == 405
    assert set(response.headers["allow"].split(", ")) == allowed


async def test_preflight(world: World) -> None:
    headers = {
        "Origin": "https://app.example.com",
        "Access-Control-Request-Method": "PATCH",
        "Access-Control-Request-Headers": "authorization,content-type,x-api-key",
    }
    response = await world.ask("OPTIONS", "/v1/account", headers=headers)
    assert response.status_code == 200
    assert response.headers["access-control-max-age"] == "3600"
    assert response.headers["access-control-allow-methods"] == "GET, POST, PUT, PATCH, DELETE, OPTIONS"


async def post(
    world: World, content: bytes, content_type: str | None = "application/json"
) -> tuple[int, Any]:
    person = await world.starter()
    headers = {"Authorization": f"Bearer {person.token}"}
    if content_type is not None:
        headers["Content-Type"] = content_type
    response = await world.ask("POST", "/v1/spec/validate", content=content, headers=headers)
    return response.status_code, response.json()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b" ",
        b"{",
        b"null",
        b"[]",
        b'"spec"',
        b'{"spec": {}} x',
        b'{"spec": {}, "spec": {}}',
        b'{"spec": {"a": {"b": 1, "b": 1}}}',
        b'{"spec": {"a": NaN}}',
        b'{"spec": {"a": -Infinity}}',
        b'{"spec": {"a": 1e999}}',
        b'{"spec": {"a": ' + b"9" * 5000 + b"}}",
        b'{"spec": {"a": "\\u0000"}}',
        b'{"spec": {"\\u0000": 1}}',
        b'{"spec": {"a": "\\ud800"}}',
        b'{"spec": {"a": ["\\udc00x"]}}',
        b'{"spec": {"a": "\x00"}}',
        b'{"spec": {"a": "\xff"}}',
        b'\xef\xbb\xbf{"spec": {}}',
        '{"spec": {}}'.encode("utf-16"),
        b'{"spec": ' + b"[" * 200 + b"]" * 200 + b"}",
        b'{"spec": {"a": ' + b"[" * 127 + b"]" * 127 + b"}}",
        b'{"spec": {"a": ' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
        b'{"spec": {"a": "' + b"x" * 5_242_880 + b'"}}',
    ],
    ids=lambda content: content[:30],
)
async def test_bodies_that_are_refused(world: World, content: bytes) -> None:
    assert code(await post(world, content)) == (400, "VALIDATION_ERROR")


@pytest.mark.parametrize(
    "content",
    [
        b'{"spec": {"a": "\\ud83d\\ude00"}, "unknown": null}',
        b'{"spec": {"a": ' + b"[" * 125 + b"]" * 125 + b"}}",
        b'{"spec": {"a": ' + b"9" * 300 + b"}}",
        b'\n{"spec": {"a": 1.0e-9}}\t',
    ],
    ids=lambda content: content[:30],
)
async def test_bodies_that_are_read(world: World, content: bytes) -> None:
    assert (await post(world, content))[0] == 200


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 200),
        ("Application/JSON; charset=utf-8", 200),
        ("application/vnd.framecast.v1+json", 200),
        (None, 400),
        ("text/json", 400),
        ("application/x-www-form-urlencoded", 400),
        ("application/jsonx", 400),
    ],
)
async def test_content_types(world: World, content_type: str | None, status: int) -> None:
    assert (await post(world, b'{"spec": {}}', content_type))[0] == status


async def test_the_order_of_checks(world: World) -> None:
    person = await world.starter()
    assert (await world.ask("GET", "/v1/jobs/7")).status_code == 401
    assert code(await person.call("GET", "/v1/jobs/7")) == (400, "VALIDATION_ERROR")
    assert code(await person.call("PATCH", "/v1/auth/keys/7", {})) == (400, "VALIDATION_ERROR")
    key = await world.key(person, "jobs:read")
    assert code(await key.call("POST", "/v1/generate", {"spec": SPEC})) == (403, "AUTHORIZATION_ERROR")


async def test_a_body_where_none_is_wanted_is_ignored(world: World) -> None:
    person = await world.starter()
    headers = {"Authorization": f"Bearer {person.token}", "Content-Type": "application/json"}
    response = await world.ask("GET", "/v1/account", content=b"{", headers=headers)
    assert response.status_code == 200


async def test_a_fault_of_ours_is_an_envelope_without_details(world: World, caplog: Any) -> None:
    person = await world.starter()
    world.sandbox.jobs.list_jobs = lambda _call: 1 / 0  # type: ignore[method-assign,assignment,return-value]  # a crash
    status, answer = await person.call("GET", "/v1/jobs")
    assert (status, answer["error"]["code"]) == (500, "INTERNAL_ERROR")
    assert "division" not in json.dumps(answer)
    assert "division" in caplog.text


async def test_system_assets(world: World) -> None:
    person = await world.starter()

    async def listed(query: str) -> list[str]:
        return [asset["id"] for asset in (await person.call("GET", f"/v1/system-assets?{query}"))[1]]

    everything = await listed("")
    assert len(everything) == 42
    assert await listed("limit=10&offset=40") == everything[40:]
    assert set(await listed("tags=festive&tags=ui")) == {
        "asset_sfx_confetti",
        "asset_sfx_click",
        "asset_sfx_notification",
    }
    assert await listed("category=sfx&tags=orchestral") == []
    assert await listed("search=WHOOSH%20heavy") == ["asset_sfx_whoosh_heavy"]
    assert code(await person.call("GET", "/v1/system-assets?category=noise")) == (400, "VALIDATION_ERROR")
    assert code(await person.call("GET", "/v1/system-assets?search=a&search=b")) == (400, "VALIDATION_ERROR")
    assert code(await person.call("GET", "/v1/system-assets?tags=%00")) == (400, "VALIDATION_ERROR")
    _, [shown, *_] = await person.call("GET", "/v1/system-assets")
    status, asset = await person.call("GET", f"/v1/system-assets/{shown['id']}")
    preview = asset.pop("preview_url")
    assert (status, asset) == (200, shown)
    assert "/framecast-system/assets/" in preview
    assert "X-Amz-Expires=86400" in preview
    for unknown in ("x", "%00", "asset_sfx_nothing", "%F0%9F%98%80"):
        assert code(await person.call("GET", f"/v1/system-assets/{unknown}")) == (404, "NOT_FOUND")
