"""What can be done, said whenever someone may not know: never silence."""

from __future__ import annotations

from bot.ids import COMMAND, Action
from bot.views.blocks import Message, actions, button, section
from bot.views.words import Mrkdwn, Reader


def commands(reader: Reader) -> list[tuple[str, Mrkdwn]]:
    """Every subcommand with what it does, in the order in which people need them."""
    return [
        ("new", reader.say("plan a campaign: `/retro new Aurore 2027-03-15`")),
        ("add", reader.say("add a task to a campaign")),
        ("tasks", reader.say("your tasks, the most urgent first")),
        ("list", reader.say("the open campaigns")),
        ("digest", reader.say("your morning message, now and only for you")),
        ("help", reader.say("this help")),
    ]


def usage(reader: Reader, *, unknown: str = "", nearest: str = "") -> Message:
    """Answer to ``/retro``, ``/retro help`` and to anything misspelt."""
    blocks = []
    if unknown:
        text = reader.say("There is no `%(typed)s`.", typed=unknown.replace("`", "'"))
        if nearest:
            guess = reader.say("Did you mean `%(command)s`?", command=f"{COMMAND} {nearest}")
            text = Mrkdwn(f"{text} {guess}")
        blocks.append(section(text))
    lines = [f"`{COMMAND} {name}` · {what}" for name, what in commands(reader)]
    intro = reader.say("I plan campaigns back from their launch date, and remind people in time.")
    blocks.append(section(intro))
    blocks.append(section(Mrkdwn("\n".join(lines))))
    blocks.append(
        actions(
            [
                button(
                    reader.plain("Create a campaign"),
                    Action.CAMPAIGN_NEW,
                    style="primary",
                )
            ]
        )
    )
    return Message(reader.say("What the assistant can do"), blocks)
