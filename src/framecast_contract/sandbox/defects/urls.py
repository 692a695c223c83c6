"""Defects of presigned URLs: how long they work."""

from collections.abc import Callable

from framecast_contract.sandbox import Sandbox
from framecast_contract.sandbox.defects.planting import Defect, replace

_URLS = "tests/lifecycle/test_presigned_urls.py"
_UPLOADS = "tests/lifecycle/test_uploads.py"
_HOUR = 60 * 60


def _output_for(seconds: int) -> Callable[[Sandbox], None]:
    """A defect that signs the files of jobs for another time."""

    def plant(sandbox: Sandbox) -> None:
        storage, bucket = sandbox.storage, sandbox.settings.s3_bucket

        def readable(url: str) -> str:
            key = storage.own_key(url)
            return url if key is None else storage.presign("GET", bucket, key, seconds)

        replace(storage.readable, readable)

    return plant


def _preview_for(seconds: int) -> Callable[[Sandbox], None]:
    """A defect that signs previews for another time."""

    def plant(sandbox: Sandbox) -> None:
        storage, bucket = sandbox.storage, sandbox.settings.s3_system_bucket
        replace(storage.preview_url, lambda key: storage.presign("GET", bucket, key, seconds))

    return plant


def _upload_for_a_day(sandbox: Sandbox) -> None:
    storage, bucket = sandbox.storage, sandbox.settings.s3_bucket

    def upload_url(key: str, content_type: str) -> str:
        return storage.presign("PUT", bucket, key, 24 * _HOUR, content_type)

    replace(storage.upload_url, upload_url)


def _download_for_a_day(sandbox: Sandbox) -> None:
    storage, bucket = sandbox.storage, sandbox.settings.s3_bucket
    replace(storage.download_url, lambda key: storage.presign("GET", bucket, key, 24 * _HOUR))


DEFECTS = (
    Defect(
        "video-url-for-a-day",
        "URL-1",
        "The video of a job can be fetched for a day with one URL.",
        _output_for(24 * _HOUR),
        (f"{_URLS}::test_a_video_is_reachable_for_half_an_hour_more_after_every_read",),
    ),
    Defect(
        "preview-url-for-an-hour",
        "URL-2",
        "The preview of a system asset is over after an hour.",
        _preview_for(_HOUR),
        (
            f"{_URLS}::test_every_preview_is_signed_for_a_day",
            f"{_URLS}::test_a_preview_works_for_a_day_and_a_new_one_after_that",
        ),
    ),
    Defect(
        "preview-url-for-a-week",
        "URL-2",
        "The preview of a system asset works for a week.",
        _preview_for(7 * 24 * _HOUR),
        (f"{_URLS}::test_a_preview_works_for_a_day_and_a_new_one_after_that",),
    ),
    Defect(
        "download-url-for-a-day",
        "URL-3",
        "An uploaded file can be fetched for a day with one URL.",
        _download_for_a_day,
        (f"{_UPLOADS}::test_a_download_url_works_for_an_hour_and_a_new_one_after_that",),
    ),
    Defect(
        "upload-url-for-a-day",
        "URL-4",
        "A file may come a day after it was announced.",
        _upload_for_a_day,
        (f"{_UPLOADS}::test_an_upload_must_come_within_fifteen_minutes[16-False]",),
    ),
)
