"""Ids that cannot be guessed, and say what they name."""

from __future__ import annotations

import secrets

_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"  # base32: safe in URLs, block ids and file names
_LENGTH = 18  # 90 random bits


def new_id(prefix: str) -> str:
    """A new id such as ``t_k3v…``: the prefix, an underscore, 18 random characters."""
    return f"{prefix}_{''.join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))}"
