"""What S3 does with a presigned URL and moto leaves out: checks who signed it, what for, and until when.

Time is the signer's own: every world has an access key of its own, and the key names the clock that its URLs
live by. So an hour that passes on a virtual clock ends a URL at once.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote
from weakref import WeakValueDictionary
from xml.sax.saxutils import escape

from framecast_contract.clock import Clock

_STAMP = "%Y%m%dT%H%M%SZ"
_NEEDED = ("X-Amz-Credential", "X-Amz-Date", "X-Amz-Expires", "X-Amz-SignedHeaders", "X-Amz-Signature")


@dataclass(frozen=True, slots=True)
class Denied:
    """Why S3 refuses: its own code for it, and words."""

    code: str
    message: str


class SigningKeys:
    """Access key → the clock of the world that signs with it; a world that is gone takes its key along."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key
        self._clocks: WeakValueDictionary[str, Clock] = WeakValueDictionary()

    def admit(self, access_key: str, clock: Clock) -> None:
        """Let URLs signed with this key in, while `clock` says that they are valid."""
        self._clocks[access_key] = clock

    def objection(self, method: str, path: str, query: str, headers: Mapping[str, str]) -> Denied | None:
        """Why a presigned request is refused; None when it is let in, or is not presigned.

        `path` and `query` are as sent, percent signs and all; header names are in lower case.
        """
        given = dict(parse_qsl(query, keep_blank_values=True))
        if "X-Amz-Signature" not in given:
            return None
        if missing := [name for name in _NEEDED if name not in given]:
            return Denied("AuthorizationQueryParametersError", f"{', '.join(missing)} is missing")
        access_key, _, scope = given["X-Amz-Credential"].partition("/")
        clock = self._clocks.get(access_key)
        if clock is None:
            return Denied("InvalidAccessKeyId", "nobody signs with this access key")
        end = _end(given)
        if end is None:
            return Denied("AuthorizationQueryParametersError", "X-Amz-Date or X-Amz-Expires is malformed")
        if clock.now() >= end:
            return Denied("AccessDenied", "Request has expired")
        text = canonical_request(method, path, given, headers)
        if not hmac.compare_digest(self._signature(text, given, scope), given["X-Amz-Signature"]):
            return Denied("SignatureDoesNotMatch", f"what was sent is not what was signed: {text!r}")
        return None

    def _signature(self, request: str, given: Mapping[str, str], scope: str) -> str:
        digest = hashlib.sha256(request.encode()).hexdigest()
        text = "\n".join(("AWS4-HMAC-SHA256", given["X-Amz-Date"], scope, digest))
        key = f"AWS4{self._secret_key}".encode()
        for part in scope.split("/"):
            key = _mac(key, part)
        return _mac(key, text).hex()


def canonical_request(method: str, path: str, given: Mapping[str, str], headers: Mapping[str, str]) -> str:
    """The text that a presigned URL signs (AWS Signature Version 4, payload left out)."""
    signed = given["X-Amz-SignedHeaders"].split(";")
    query = "&".join(_pair(name, given[name]) for name in sorted(given) if name != "X-Amz-Signature")
    lines = [f"{name}:{headers.get(name, '').strip()}" for name in signed]
    return "\n".join([method, path, query, *lines, "", ";".join(signed), "UNSIGNED-PAYLOAD"])


def error_document(denied: Denied) -> bytes:
    """The body of the refusal, as S3 words it."""
    code, message = escape(denied.code), escape(denied.message)
    return f"<?xml version='1.0'?><Error><Code>{code}</Code><Message>{message}</Message></Error>".encode()


def _end(given: Mapping[str, str]) -> datetime | None:
    try:
        begin = datetime.strptime(given["X-Amz-Date"], _STAMP).replace(tzinfo=UTC)
        return begin + timedelta(seconds=int(given["X-Amz-Expires"]))
    except (ValueError, OverflowError):
        return None


def _pair(name: str, value: str) -> str:
    return f"{quote(name, safe='-_.~')}={quote(value, safe='-_.~')}"


def _mac(key: bytes, text: str) -> bytes:
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
