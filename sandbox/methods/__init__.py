"""Slack's Web API, as far as the sandbox knows it."""

from sandbox.methods import (
    auth,
    channels,
    chat,
    files,
    history,
    marks,
    oauth,
    team,
    users,
    views,
)
from sandbox.methods.registry import METHODS, Call, Method

FAMILIES = (auth, channels, chat, files, history, marks, oauth, team, users, views)

__all__ = ["FAMILIES", "METHODS", "Call", "Method"]
