"""Half-days and days as a sentence says them."""

from __future__ import annotations

from datetime import date

from bot.views.words import Mrkdwn, Reader
from scheduling import HalfDay


def opens(half_day: HalfDay, reader: Reader) -> Mrkdwn:
    """When something starts: a morning is just its day."""
    return _at_midday(half_day, reader) if half_day.pm else day_of(half_day.day, reader)


def closes(half_day: HalfDay, reader: Reader) -> Mrkdwn:
    """When something ends: an afternoon is just its day."""
    return day_of(half_day.day, reader) if half_day.pm else _at_midday(half_day, reader)


def falls(half_day: HalfDay, reader: Reader) -> Mrkdwn:
    """A milestone's moment: the end of a day, or its midday."""
    if half_day.pm:
        return reader.say("%(day)s in the evening", day=day_of(half_day.day, reader))
    return _at_midday(half_day, reader)


def _at_midday(half_day: HalfDay, reader: Reader) -> Mrkdwn:
    return reader.say("%(day)s at midday", day=day_of(half_day.day, reader))


def day_of(day: date, reader: Reader) -> Mrkdwn:
    """A day whose year is left out while only one can be meant, as in a span of days."""
    return reader.span(day, day)
