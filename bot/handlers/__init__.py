"""Slack payload -> flow -> answer. One file a feature."""

from __future__ import annotations

from slack_bolt import App, BoltContext, BoltResponse

from bot.deps import Deps
from bot.handlers import approvals, campaigns, commands, events, pages, tasks
from bot.handlers.gestures import Gesture, log_error, provide, report


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
    gesture: Gesture | None = context.get("gesture")
    if gesture is not None and gesture.body.get("type") != "view_submission":
        report(gesture, error)
        return response and BoltResponse(status=200)
    log_error(error)
    return response and BoltResponse(status=500)  # Slack says in the form that it did not work
