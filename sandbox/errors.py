"""What can go wrong in a pretend Slack, as types with fields."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class SlackError(Exception):
    """A Web API call that Slack answers with ``ok: false``."""

    error: str
    details: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        messages = self.details.get("response_metadata", {}).get("messages", [])
        return "; ".join([self.error, *messages])

    def to_json(self) -> dict[str, Any]:
        """The body of the answer."""
        return {"ok": False, "error": self.error, **self.details}


@dataclass(eq=False)
class NoAnswer(Exception):
    """The app did not answer in a way Slack accepts.

    ``error`` is Slack's own word: ``operation_timeout`` or ``dispatch_failed``.
    ``may_retry`` is false if the app asked not to get the same event again.
    """

    error: str
    detail: str = ""
    may_retry: bool = True

    def __str__(self) -> str:
        return f"{self.error} ({self.detail})" if self.detail else self.error


@dataclass(eq=False)
class GestureRefused(Exception):
    """Somebody tried what Slack's client would not let them do."""

    error: str
    detail: str = ""

    def __str__(self) -> str:
        return f"{self.error} ({self.detail})" if self.detail else self.error


@dataclass(eq=False)
class SubmitFailed(Exception):
    """A modal could not be submitted because the app did not answer as it must."""

    error: str

    def __str__(self) -> str:
        return self.error
