"""How a receiver can tell that a webhook call is ours: an HMAC over the attempt's time and the body."""

import hmac


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """The value of `X-Webhook-Signature` (job-semantics 7).

    `timestamp` is the text of `X-Webhook-Timestamp`, so a recorded call cannot be sent again later with a
    fresh time. The key is the secret's text itself, not what its hex digits stand for.
    """
    message = timestamp.encode() + b"." + body
    return f"sha256={hmac.new(secret.encode(), message, 'sha256').hexdigest()}"
