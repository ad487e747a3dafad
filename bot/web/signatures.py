"""Whether a request comes from Slack: checked on its raw bytes, before anything reads them."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from hashlib import sha256

TOLERANCE = 300  # seconds between Slack's clock and ours
_DIGITS = 12  # of a time in seconds; int() of thousands of digits would take its time


def is_signed(
    secrets: Iterable[str], timestamp: str, signature: str, body: bytes, now: float
) -> bool:
    """Whether one of the secrets made this signature, not long before ``now`` (seconds).

    Whatever the headers hold, the answer is yes or no, never an error.
    """
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= _DIGITS):
        return False
    if abs(now - int(timestamp)) > TOLERANCE or not signature.isascii():
        return False
    base = b"v0:" + timestamp.encode() + b":" + body
    given = signature.encode()
    return any(
        hmac.compare_digest(
            b"v0=" + hmac.new(secret.encode(), base, sha256).hexdigest().encode(), given
        )
        for secret in secrets
        if secret
    )
