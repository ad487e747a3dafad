"""The one slash command and its words."""

from __future__ import annotations

from difflib import get_close_matches
from html import unescape

from slack_bolt import App

from bot.flows import digests
from bot.handlers import campaigns, tasks
from bot.handlers.gestures import Gesture, Handler, listen
from bot.ids import COMMAND
from bot.views import digests as digest_views
from bot.views import help as help_views
from bot.views import lists
from storage import campaigns as store

_SAME = {
    "aide": "help",
    "nouveau": "new",
    "ajouter": "add",
    "tâches": "tasks",
    "liste": "list",
    "récap": "digest",
    "nouvelle": "new",
    "taches": "tasks",
    "recap": "digest",
}


def register(app: App) -> None:
    """Listen to the command."""
    app.command(COMMAND)(listen(command))


def command(gesture: Gesture) -> None:
    """Do what the first word says; anything else is answered with what can be done."""
    words = words_typed(gesture).split(maxsplit=1)
    name = words[0].lower() if words else "help"
    handler = _WORDS.get(_SAME.get(name, name))
    if handler is not None:
        handler(gesture)
        return
    gesture.ack()
    reader = gesture.reader()
    nearest = get_close_matches(name, [*_WORDS, *_SAME], n=1, cutoff=0.5)
    gesture.tell(help_views.usage(reader, unknown=name[:40], nearest=nearest[0] if nearest else ""))


def words_typed(gesture: Gesture) -> str:
    """What was typed after the command; Slack escapes it, our forms do not want it escaped."""
    return unescape(gesture.body.get("text") or "").strip()


def _help(gesture: Gesture) -> None:
    gesture.ack()
    gesture.tell(help_views.usage(gesture.reader()))


def _list(gesture: Gesture) -> None:
    gesture.ack()
    with gesture.reading() as session:
        summaries = store.summaries(session, gesture.by.team_id)
    gesture.tell(lists.campaigns(gesture.reader(), summaries))


def _digest(gesture: Gesture) -> None:
    gesture.ack()
    by = gesture.by
    with gesture.reading() as session:
        morning = digests.morning(session, by.team_id, by.user_id, by.now)
    gesture.tell(digest_views.digest(gesture.reader(), morning))


_WORDS: dict[str, Handler] = {
    "new": campaigns.open_form,
    "add": tasks.open_form,
    "tasks": tasks.show_mine,
    "list": _list,
    "digest": _digest,
    "help": _help,
}
