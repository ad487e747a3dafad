"""Answer to ``/retro list``."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ids import Action
from bot.views import homes
from bot.views.blocks import Message, actions, button, context, fitting, section
from bot.views.words import Reader
from storage.records import Summary

_SHOWN = 40


def campaigns(reader: Reader, summaries: Sequence[Summary]) -> Message:
    """The open campaigns, the next launch first."""
    if not summaries:
        nothing = reader.say("No campaign is open.")
        create = button(reader.plain("Create a campaign"), Action.CAMPAIGN_NEW, style="primary")
        return Message(nothing, [section(nothing), actions([create])])
    title = reader.say_many("*%(n)s open campaign*", "*%(n)s open campaigns*", len(summaries))
    blocks = [section(title)]
    rows = [
        [
            section(
                homes.summary(reader, one),
                button(reader.plain("See the plan"), Action.PLAN_ALL, one.id),
            )
        ]
        for one in summaries
    ]
    shown = fitting(rows, _SHOWN)
    blocks.extend(block for row in shown for block in row)
    hidden = len(summaries) - len(shown)
    if hidden > 0:
        blocks.append(
            context(
                reader.say_many(
                    "%(n)s campaign with a later launch is not shown.",
                    "%(n)s campaigns with a later launch are not shown.",
                    hidden,
                )
            )
        )
    return Message(title, blocks)
