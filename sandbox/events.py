"""Events: what happens in the workspace, told to the app if its manifest asks for it."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from sandbox.errors import NoAnswer
from sandbox.link import Retry

if TYPE_CHECKING:
    from sandbox.workspace import Workspace

SENDERS = 4  # events go out side by side, so their order is not promised
RETRY_PAUSES = (0.05, 0.2, 0.5)  # seconds; Slack waits none, one minute and five
RETRY_REASONS = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}


class Events:
    """Sends events in the background, each at most four times."""

    def __init__(self, workspace: "Workspace") -> None:
        self._workspace = workspace
        self._senders: ThreadPoolExecutor | None = None
        self._lock = threading.Lock()
        self._idle = threading.Condition()
        self._under_way = 0
        self._stopped = threading.Event()
        self.retry_pauses: tuple[float, ...] = RETRY_PAUSES

    def send(self, event: dict[str, Any], *, subscription: str | None = None) -> None:
        """Tell the app of an event; ``subscription`` is its name in the manifest if it differs."""
        workspace = self._workspace
        if (subscription or event["type"]) not in workspace.app.events:
            return
        now = workspace.clock.now()
        payload = {
            "token": "sandbox",
            "team_id": workspace.team_id,
            "context_team_id": workspace.team_id,
            "context_enterprise_id": None,
            "api_app_id": workspace.app.app_id,
            "event": {"event_ts": workspace.next_ts(), **event},
            "type": "event_callback",
            "event_id": workspace.ids.new("Ev"),
            "event_time": int(now.timestamp()),
            "authorizations": [
                {
                    "enterprise_id": None,
                    "team_id": workspace.team_id,
                    "user_id": workspace.app.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": False,
                }
            ],
            "is_ext_shared_channel": False,
        }
        self.submit(payload)

    def submit(self, payload: dict[str, Any]) -> None:
        """Queue a whole event payload; the same one twice is a repeated delivery."""
        with self._idle:
            self._under_way += 1
        with self._lock:
            if self._senders is None:
                self._stopped.clear()
                self._senders = ThreadPoolExecutor(SENDERS, thread_name_prefix="slack-events")
            self._senders.submit(self._deliver, payload)

    def _deliver(self, payload: dict[str, Any]) -> None:
        try:
            self._try_four_times(payload)
        finally:
            with self._idle:
                self._under_way -= 1
                self._idle.notify_all()

    def _try_four_times(self, payload: dict[str, Any]) -> None:
        retry: Retry | None = None
        for number in range(len(self.retry_pauses) + 1):
            try:
                self._workspace.link.send("events_api", payload, retry)
            except NoAnswer as failure:
                if not failure.may_retry:
                    return
                retry = Retry(number=number + 1, reason=RETRY_REASONS[failure.error])
            else:
                return
            if number < len(self.retry_pauses) and self._stopped.wait(self.retry_pauses[number]):
                return

    def wait_until_idle(self, timeout: float = 5.0) -> bool:
        """Wait until every event has been taken by the app or given up."""
        with self._idle:
            return self._idle.wait_for(lambda: self._under_way == 0, timeout)

    def close(self) -> None:
        """Stop retrying and let the senders end."""
        self._stopped.set()
        with self._lock:
            senders, self._senders = self._senders, None
        if senders is not None:
            senders.shutdown(wait=True)
