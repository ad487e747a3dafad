"""What people do in Slack's client: the page and the Person driver both act through these."""

from sandbox.gestures.click import ask_options, click
from sandbox.gestures.modal import close, submit
from sandbox.gestures.talk import mark_read, open_home, say, use_shortcut

__all__ = [
    "ask_options",
    "click",
    "close",
    "mark_read",
    "open_home",
    "say",
    "submit",
    "use_shortcut",
]
