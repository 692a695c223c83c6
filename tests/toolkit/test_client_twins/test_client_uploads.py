"""Uploading a file: announced to the API, sent to a store without the token, confirmed when it is there."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, BinaryIO

import httpx
import pytest

import framecast_client as fc
from framecast_client._files import PIECE

from .pretending import Clock, Script, refused, settled, transport

SIGNED = f"http://store.test/bucket/sun.png?X-Amz-Expires=900&X-Amz-Signature={'deadbeef' * 8}"
DATA = bytes(range(256)) * 600
STORED = httpx.Response(200)


class Place:
    """The API and the store: what reached them, in order."""

    def __init__(self, asset: dict[str, Any], *replies: Any) -> None:
        self.asset = asset
        self.api: list[httpx.Request] = []
        self.store = Script(*(replies or [STORED]))

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.api.append(request)
        if request.url.path.endswith("upload-url"):
            pending = {**self.asset, "status": "pending"}
            return httpx.Response(201, json={"asset": pending, "upload_url": SIGNED})
        assert request.url.path.endswith(f"{self.asset['id']}/confirm")
        return httpx.Response(200, json=self.asset)

    @property
    def announced(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.api[0].content)
        return found

    @property
    def received(self) -> list[bytes]:
        return [request.content for request in self.store.sent]


@pytest.fixture
def place(asset: dict[str, Any]) -> Place:
    return Place(asset)


@pytest.fixture
def sun(tmp_path: Path) -> Path:
    path = tmp_path / "sun.png"
    path.write_bytes(DATA)
    return path


def client_of(opened: Any, place: Place, **settings: Any) -> Any:
    return opened(place, "my-own-token", upload_transport=transport(place.store), **settings)


async def test_bytes_are_announced_sent_and_confirmed(opened: Any, place: Place) -> None:
    found = await settled(client_of(opened, place).upload_asset(DATA, "image/png", filename="sun.png"))

    assert found.model_dump(mode="json") == place.asset
    assert place.announced == {"filename": "sun.png", "content_type": "image/png", "size_bytes": len(DATA)}
    assert place.received == [DATA]
    assert [request.url.path.rpartition("/")[2] for request in place.api] == ["upload-url", "confirm"]


async def test_the_store_gets_what_the_signature_is_for_and_no_token(opened: Any, place: Place) -> None:
    await settled(
        client_of(opened, place, headers={"x-team": "a"}).upload_asset(b"sun", "image/png", filename="s")
    )

    request = place.store.sent[0]
    assert (request.method, str(request.url)) == ("PUT", SIGNED)
    assert dict(request.headers) == {"host": "store.test", "content-type": "image/png", "content-length": "3"}
    assert [one.headers["authorization"] for one in place.api] == ["Bearer my-own-token"] * 2


async def test_the_name_is_that_of_the_file(opened: Any, place: Place, sun: Path) -> None:
    files: list[Any] = [sun, str(sun), sun.open("rb")]
    for file in files:
        place.store.replies, place.api = [STORED], []
        await settled(client_of(opened, place).upload_asset(file, "image/png"))
        assert (place.announced["filename"], place.received[-1]) == ("sun.png", DATA)
    files[2].close()


async def test_a_name_of_the_caller_comes_first(opened: Any, place: Place, sun: Path) -> None:
    await settled(client_of(opened, place).upload_asset(sun, "image/png", filename="moon.png"))

    assert place.announced["filename"] == "moon.png"


async def test_owner_and_project_are_announced(opened: Any, place: Place) -> None:
    uploading = client_of(opened, place).upload_asset(
        b"x", "image/png", filename="s", owner=place.asset["owner"], project_id=place.asset["id"]
    )
    await settled(uploading)

    assert (place.announced["owner"], place.announced["project_id"]) == (
        place.asset["owner"],
        place.asset["id"],
    )


async def test_an_open_file_is_sent_from_where_it_stands_and_stays_open(
    opened: Any, place: Place, sun: Path
) -> None:
    with sun.open("rb") as file:
        file.seek(100)
        await settled(client_of(opened, place).upload_asset(file, "image/png"))
        assert not file.closed

    assert (place.received, place.announced["size_bytes"]) == ([DATA[100:]], len(DATA) - 100)
    assert place.store.sent[0].headers["content-length"] == str(len(DATA) - 100)


async def test_an_empty_file_is_sent_as_such(opened: Any, place: Place) -> None:
    progress: list[Any] = []
    uploading = client_of(opened, place).upload_asset(
        b"", "image/png", filename="s", on_progress=lambda *told: progress.append(told)
    )
    await settled(uploading)

    request = place.store.sent[0]
    assert (request.content, request.headers["content-length"], progress) == (b"", "0", [])
    assert "transfer-encoding" not in request.headers


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


@pytest.mark.parametrize(
    "file",
    [Pipe(DATA), io.StringIO("sun"), bytearray(b"sun"), 7, None],
    ids=["pipe", "text", "bytearray", "number", "nothing"],
)
async def test_what_cannot_be_sent_twice_is_refused_before_anything_is_sent(
    opened: Any, place: Place, file: Any
) -> None:
    with pytest.raises(
        ValueError, match=r"^file: expected bytes, a path or a binary file that can be rewound, got"
    ):
        await settled(client_of(opened, place).upload_asset(file, "image/png", filename="s"))

    assert (place.api, place.store.sent) == ([], [])


async def test_a_file_open_for_text_is_refused(opened: Any, place: Place, sun: Path) -> None:
    with sun.open() as file, pytest.raises(ValueError, match=r"^file: expected bytes"):
        await settled(client_of(opened, place).upload_asset(file, "image/png"))


@pytest.mark.parametrize("file", [b"sun", io.BytesIO(b"sun")], ids=["bytes", "file in memory"])
async def test_without_any_name_nothing_is_sent(opened: Any, place: Place, file: bytes | BinaryIO) -> None:
    with pytest.raises(ValueError, match=r"^filename: these bytes have no name; give one$"):
        await settled(client_of(opened, place).upload_asset(file, "image/png"))

    assert place.api == []


async def test_a_file_that_is_not_there_is_an_error_of_the_system(
    opened: Any, place: Place, tmp_path: Path
) -> None:
    with pytest.raises(FileNotFoundError):
        await settled(client_of(opened, place).upload_asset(tmp_path / "none.png", "image/png"))

    assert place.api == []


async def test_progress_is_told_after_every_piece(opened: Any, place: Place) -> None:
    progress: list[tuple[int, int]] = []
    uploading = client_of(opened, place).upload_asset(
        DATA, "image/png", filename="s", on_progress=lambda sent, size: progress.append((sent, size))
    )
    await settled(uploading)

    assert progress == [(PIECE, len(DATA)), (2 * PIECE, len(DATA)), (len(DATA), len(DATA))]


def breaking(request: httpx.Request) -> httpx.Response:
    raise httpx.WriteError(f"reset after {len(request.content)} bytes")


@pytest.mark.parametrize("trouble", [breaking, httpx.Response(503), httpx.ConnectError("refused")])
async def test_a_broken_upload_is_begun_again_from_the_start(
    opened: Any, asset: dict[str, Any], sun: Path, trouble: Any
) -> None:
    place = Place(asset, trouble, trouble, STORED)
    progress: list[int] = []
    with sun.open("rb") as file:
        file.seek(7)
        client = client_of(opened, place)
        await settled(
            client.upload_asset(file, "image/png", on_progress=lambda sent, _: progress.append(sent))
        )

    assert place.received == [DATA[7:]] * 3
    assert (progress[-1], client.clock.naps) == (len(DATA) - 7, [0.5, 1.0])


REFUSAL = f"<Error><Code>SignatureDoesNotMatch</Code><Signature>{'deadbeef' * 8}</Signature></Error>"


@pytest.mark.parametrize("status", [301, 400, 403, 404, 412, 500])
async def test_a_refusal_of_the_store_is_told_without_the_signature_and_not_confirmed(
    opened: Any, asset: dict[str, Any], status: int
) -> None:
    refusal = httpx.Response(status, text=REFUSAL, headers={"location": "http://store.test/other"})
    place = Place(asset, *[refusal] * 3)
    with pytest.raises(fc.UploadError) as caught:
        await settled(client_of(opened, place).upload_asset(b"sun", "image/png", filename="s"))

    error = caught.value
    assert (error.status, error.operation_id, len(place.api)) == (status, "upload", 1)
    assert str(error) == (
        f"upload (PUT http://store.test/bucket/sun.png): the store answered {status}: "
        "<Error><Code>SignatureDoesNotMatch</Code><Signature>***</Signature></Error>"
    )
    assert "deadbeef" not in repr(error) + repr(error.request)
    assert len(place.store.sent) == (3 if status == 500 else 1)


async def test_a_store_that_cannot_be_reached_is_told_as_such(opened: Any, asset: dict[str, Any]) -> None:
    place = Place(asset, *[httpx.ConnectError(f"no way to {SIGNED}")] * 3)
    with pytest.raises(fc.UploadError, match="the store could not be reached") as caught:
        await settled(client_of(opened, place).upload_asset(b"sun", "image/png", filename="s"))

    assert (caught.value.status, type(caught.value.__cause__), len(place.api)) == (None, fc.TransportError, 1)
    assert "deadbeef" not in f"{caught.value.__cause__}"


async def test_a_refused_announcement_sends_nothing(opened: Any) -> None:
    store = Script()
    client = opened(Script(refused(403, "AUTHORIZATION_ERROR")), upload_transport=transport(store))
    with pytest.raises(fc.AuthorizationError):
        await settled(client.upload_asset(b"sun", "image/png", filename="s"))

    assert store.sent == []


async def test_an_upload_that_is_not_confirmed_raises_why(opened: Any, asset: dict[str, Any]) -> None:
    announced = httpx.Response(201, json={"asset": {**asset, "status": "pending"}, "upload_url": SIGNED})
    client = opened(Script(announced, refused(409, "CONFLICT")), upload_transport=transport(Script(STORED)))
    with pytest.raises(fc.ConflictError):
        await settled(client.upload_asset(b"sun", "image/png", filename="s"))


async def test_the_transport_of_the_caller_serves_many_uploads(opened: Any, place: Place) -> None:
    class Transport(httpx.MockTransport):
        closed = False

        def close(self) -> None:
            self.closed = True

        async def aclose(self) -> None:
            self.closed = True

    store = Transport(lambda _: httpx.Response(200))
    client = opened(place, upload_transport=store)
    for _ in range(2):
        await settled(client.upload_asset(b"sun", "image/png", filename="s"))

    assert not store.closed


async def test_the_file_of_a_path_is_closed_whatever_happens(
    opened: Any, asset: dict[str, Any], sun: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files: list[Any] = []
    really = Path.open

    def remembered(path: Path, *args: Any) -> Any:
        files.append(really(path, *args))
        return files[-1]

    monkeypatch.setattr(Path, "open", remembered)
    for reply in (STORED, httpx.Response(403)):
        try:
            await settled(client_of(opened, Place(asset, reply)).upload_asset(sun, "image/png"))
        except fc.UploadError:
            continue

    assert [file.closed for file in files] == [True, True]


async def test_nothing_waits_by_a_real_clock(opened: Any, asset: dict[str, Any]) -> None:
    place = Place(asset, httpx.Response(503, headers={"retry-after": "59"}), STORED)
    client = client_of(opened, place)
    await settled(client.upload_asset(b"sun", "image/png", filename="s"))

    clock: Clock = client.clock
    assert clock.naps == [59]
