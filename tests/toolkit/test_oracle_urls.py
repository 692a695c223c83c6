"""How long presigned URLs work, read from the URLs themselves."""

from datetime import UTC, datetime
from typing import Any

import pytest

from framecast_contract.oracle.urls import broken_output_urls, broken_preview_url, output_urls, signed_for
from framecast_contract.oracle.words import Broken


def signed(path: str, seconds: int) -> str:
    return (
        f"https://s3.local{path}?X-Amz-Date=20260101T000000Z&X-Amz-Expires={seconds}&X-Amz-Signature=secret"
    )


def test_a_signed_url_tells_its_time_and_life() -> None:
    assert signed_for(signed("/a", 3600)) == (datetime(2026, 1, 1, tzinfo=UTC), 3600)


@pytest.mark.parametrize(
    "url", ["https://cdn.local/a", "https://s3.local/a?X-Amz-Date=today&X-Amz-Expires=1"]
)
def test_another_url_tells_nothing_and_is_not_judged(url: str) -> None:
    assert signed_for(url) is None
    assert broken_preview_url({"preview_url": url}) == []


def video(seconds: int) -> dict[str, Any]:
    clips = [{"scene_id": "a", "url": signed("/clip", seconds)}]
    return {
        "video_url": signed("/video", 3600),
        "thumbnail_url": signed("/thumb", 3600),
        "scene_clips": clips,
    }


def test_every_url_of_an_output_is_found() -> None:
    assert [url.split("?")[0] for url in output_urls(video(3600))] == [
        "https://s3.local/video",
        "https://s3.local/thumb",
        "https://s3.local/clip",
    ]


def test_output_urls_live_for_an_hour() -> None:
    assert broken_output_urls({"output": None}) == []
    assert broken_output_urls({"output": video(3600)}) == []
    assert broken_output_urls({"output": video(86_400)}) == [
        Broken("URL-1", "/clip is signed for 86400 s, expected 3600")
    ]


def test_previews_live_for_a_day() -> None:
    assert broken_preview_url({"id": "asset_sfx_pop"}) == []
    assert broken_preview_url({"preview_url": signed("/p", 86_400)}) == []
    assert [broken.rule_id for broken in broken_preview_url({"preview_url": signed("/p", 3600)})] == ["URL-2"]
