"""Secrets leave no trace in what is printed or stored."""

import pytest

from framecast_contract.masking import mask, mask_header

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJl"
KEY = "sk_live_" + "0123456789abcdef" * 2


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (f"Bearer {JWT} sent", "Bearer eyJ*** sent"),
        ("eyJhbGciOiJ...c2lnbmF0dXJl", "eyJ***"),
        (f'{{"raw_key": "{KEY}"}}', '{"raw_key": "sk_live_***"}'),
        ("https://s3/x?X-Amz-Signature=abc&b=1", "https://s3/x?X-Amz-Signature=***&b=1"),
        ('{"secret": "0123456789"}', '{"secret": "***"}'),
        ("WebhookWithSecret(secret='0123456789')", "WebhookWithSecret(secret='***')"),
        ("{'secret': '0123456789'}", "{'secret': '***'}"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_text_is_masked(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("name", "value", "masked"),
    [
        ("Authorization", f"Bearer {JWT}", "Bearer eyJ***"),
        ("authorization", KEY, "sk_live_***"),
        ("Authorization", "a password", "***"),
        ("X-API-Key", "anything", "***"),
        ("Accept", "application/json", "application/json"),
    ],
)
def test_headers_keep_only_the_kind_of_credential(name: str, value: str, masked: str) -> None:
    assert mask_header(name, value) == masked
