"""A plan for a terminal: the whole in two lines, ways out if it needs some, a row for each task."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bot.views import moves as move_views
from bot.views import problems, status
from bot.views import ways_out as ways_out_views
from bot.views.moments import closes, opens
from bot.views.warnings import warning
from bot.views.why import why
from bot.views.words import Mrkdwn, Reader, escape
from scheduling import Kind, Moves, Notice, Plan, Planned, WayOut, ways_out

_GAP = "  "
_NUMBERS = "①②③④⑤⑥⑦⑧⑨"
_NOT_TEXT = {"Cc", "Cs"}  # escape sequences would write over the terminal; half a pair no encoding


def table(plan: Plan, reader: Reader, *, with_why: bool = False) -> str:
    """The plan in lines without markup, in working order; ``with_why`` adds a reason a task."""
    rows = [_titles(reader), *(_row(planned, reader) for planned in plan.tasks)]
    lines = [printable(plan.campaign.name), _head(plan, reader)]
    if not plan.feasible:
        lines += ["", *_impossible(plan, reader)]
    if plan.tasks:
        lines += ["", *_aligned(rows)]
    if plan.warnings:
        lines += ["", *_warnings(plan, reader)]
    if with_why:
        lines += ["", *_reasons(plan, reader)]
    return "\n".join(lines)


def printable(text: str) -> str:
    """Text as one line that any terminal can show, with nothing decoded or acted upon."""
    words = problems.plain(Mrkdwn(text)) if isinstance(text, Mrkdwn) else text
    return "".join("\ufffd" if unicodedata.category(c) in _NOT_TEXT else c for c in words)


def why_in_text(plan: Plan, planned: Planned, reader: Reader) -> str:
    """The reason behind a task's dates where nothing is markup and people are bare names."""
    return problems.plain(why(planned.reason, reader, plan, person=escape))


def way_out_in_text(plan: Plan, way: WayOut, reader: Reader) -> str:
    """A way out where nothing is markup and people are bare names."""
    return problems.plain(ways_out_views.way_out(way, reader, plan, person=escape))


def warning_in_text(plan: Plan, notice: Notice, reader: Reader) -> str:
    """A warning where nothing is markup and people are bare names."""
    return problems.plain(warning(notice, reader, plan, person=escape))


def summary_in_text(_plan: Plan, moves: Moves, reader: Reader) -> str:
    """What moves, in one sentence where nothing is markup."""
    return problems.plain(move_views.summary(moves, reader))


def moved(plan: Plan, moves: Moves, reader: Reader) -> str:
    """What moves towards ``plan``, in lines without markup: the whole, then a line a person."""
    words = [move_views.summary(moves, reader), *move_views.by_person(moves, reader, person=escape)]
    lines = [printable(plan.campaign.name), _head(plan, reader), "", *map(printable, words)]
    return "\n".join(lines)


def _head(plan: Plan, reader: Reader) -> str:
    parts = [
        reader.say("launches %(day)s", day=reader.full_day(plan.campaign.launch)),
        reader.say("start by %(day)s", day=reader.full_day(plan.start_by)),
        status.of_plan(reader, plan),
    ]
    if plan.margin_planned > 0:
        parts.insert(2, status.margin(reader, plan.margin_planned, plan.margin_left, plan.missing))
    return printable(Mrkdwn(" · ".join(parts)))


def _impossible(plan: Plan, reader: Reader) -> Iterator[str]:
    """The tasks along which days are missing, and numbered ways out."""
    path = ways_out_views.chain(reader, plan)
    if path is not None:
        yield printable(path)
    ways = ways_out(plan)
    for sign, way in zip(_NUMBERS, ways, strict=False):
        yield f"{sign} {printable(way_out_in_text(plan, way, reader))}"
    if not ways:
        yield reader.plain("No change gains a day by itself.")


def _warnings(plan: Plan, reader: Reader) -> Iterator[str]:
    yield reader.plain("Warnings")
    for notice in plan.warnings:
        yield f"• {printable(warning_in_text(plan, notice, reader))}"


def _titles(reader: Reader) -> tuple[str, ...]:
    return (
        reader.plain("task"),
        reader.plain("latest start"),
        reader.plain("latest finish"),
        reader.plain("total float"),
        "",
    )


def _row(planned: Planned, reader: Reader) -> tuple[str, ...]:
    # A milestone takes no time: its one moment is an end.
    first = closes if planned.task.kind is Kind.MILESTONE else opens
    return (
        printable(planned.task.title),
        first(planned.start, reader),
        closes(planned.finish, reader),
        reader.number(planned.total_float),
        reader.plain("critical") if planned.critical else "",
    )


def _aligned(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    for title, start, finish, slack, mark in rows:
        cells = (
            title + _pad(title, widths[0]),
            start + _pad(start, widths[1]),
            finish + _pad(finish, widths[2]),
            _pad(slack, widths[3]) + slack,
            mark,
        )
        yield _GAP.join(cells).rstrip()


def _reasons(plan: Plan, reader: Reader) -> Iterator[str]:
    for planned in plan.tasks:
        reason = why_in_text(plan, planned, reader)
        words = reader.plain("%(title)s: %(reason)s", title=planned.task.title, reason=reason)
        yield printable(words)


def _pad(text: str, width: int) -> str:
    return " " * (width - _width(text))


def _width(text: str) -> int:
    """Columns on a terminal: wide characters take two, marks over others none."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )
