"""A pretend Slack workspace in the browser. It knows Slack, and nothing of the bot."""

from sandbox.app import App
from sandbox.clock import Clock
from sandbox.errors import GestureRefused, NoAnswer, SlackError, SubmitFailed
from sandbox.faults import Fault
from sandbox.modal import Modal
from sandbox.person import Person
from sandbox.seen import Seen
from sandbox.web.server import Server
from sandbox.workspace import Workspace

__all__ = [
    "App",
    "Clock",
    "Fault",
    "GestureRefused",
    "Modal",
    "NoAnswer",
    "Person",
    "Seen",
    "Server",
    "SlackError",
    "SubmitFailed",
    "Workspace",
]
