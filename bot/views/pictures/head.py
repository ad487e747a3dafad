"""What stands above every picture: the campaign, its launch and margin, when it was drawn."""

from __future__ import annotations

from dataclasses import dataclass

from bot.views.pictures import wording
from bot.views.pictures.lettering import BOLD, clean, fit, width
from bot.views.pictures.palette import INK, LATE, MARGIN, QUIET, STYLES
from bot.views.pictures.shapes import EDGE, Text
from bot.views.words import Reader
from scheduling import Kind, Plan

HEIGHT = 132.0

_TITLE, _FACTS, _ASIDE = 46.0, 28.0, 22.0  # sizes of letters
_GAP = 24.0
_SIGN = 20.0  # the width of the sign before the status

SIGN_COLOURS = {"●": LATE, "◐": STYLES[Kind.APPROVAL].edge, "○": MARGIN, "✓": MARGIN}


@dataclass(frozen=True, kw_only=True)
class Head:
    """The texts at the top, and the sign of how the campaign stands with its place."""

    texts: tuple[Text, ...]
    sign: str
    sign_x: float
    sign_y: float
    sign_colour: str


def head(plan: Plan, reader: Reader, right: float, folded: int = 0) -> Head:
    """The head of a picture of that width; ``folded`` tasks have no mark of their own in it."""
    first, second = 66.0, 112.0
    drawn = reader.plain("drawn %(day)s", day=reader.full_day(reader.today))
    asides = [Text.ending_at(right - EDGE, first, drawn, _ASIDE, colour=QUIET)]
    if folded:
        count = str(reader.say_many("%(n)s task folded", "%(n)s tasks folded", folded))
        asides.append(Text.ending_at(right - EDGE, second, count, _ASIDE, weight=BOLD))
    room = asides[0].x - 2 * _GAP - EDGE
    name = fit(clean(plan.campaign.name), room, _TITLE, BOLD)
    texts = [Text(x=EDGE, y=first, text=name, size=_TITLE, weight=BOLD), *asides]
    sign, word = wording.whole_status(plan, reader)
    facts = [wording.launch(plan, reader)]
    colour = SIGN_COLOURS.get(sign, INK)
    x = EDGE
    if wording.margin(plan, reader):
        facts.append(wording.margin(plan, reader))
    line = " · ".join(facts) + " · "
    texts.append(Text(x=x, y=second, text=line, size=_FACTS))
    x += width(line, _FACTS)
    texts.append(
        Text(x=x + _SIGN + 8, y=second, text=word, size=_FACTS, weight=BOLD, colour=colour)
    )
    return Head(
        texts=tuple(texts),
        sign=sign,
        sign_x=x + _SIGN / 2,
        sign_y=second - _FACTS * 0.36,
        sign_colour=colour,
    )
