"""Slack payload -> flow -> answer. One file a feature."""

from __future__ import annotations

import logging
from secrets import token_hex

from slack_bolt import App, BoltContext, BoltResponse

from bot.deps import Deps
from bot.handlers import approvals, campaigns, commands, events, pages, tasks
from bot.handlers.gestures import Gesture, provide
from bot.views import problems

log = logging.getLogger(__name__)


def register(app: App, deps: Deps) -> None:
    """Make an app listen to everything the assistant does."""
    app.use(provide(deps))
    for feature in (commands, campaigns, tasks, approvals, pages, events):
        feature.register(app)
    app.error(fail)


def fail(
    error: Exception, context: BoltContext, response: BoltResponse | None
) -> BoltResponse | None:
    """An error that nobody foresaw: the log has it whole, the person has its number.

    There is no ``response`` once the request was acknowledged.
    """
    reference = token_hex(4)
    log.error("%s", reference, exc_info=error)
    gesture: Gesture | None = context.get("gesture")
    if gesture is not None and gesture.body.get("type") != "view_submission":
        gesture.tell(problems.unexpected(gesture.reader(), reference))
        return response and BoltResponse(status=200)
    return response and BoltResponse(status=500)  # Slack says in the form that it did not work
