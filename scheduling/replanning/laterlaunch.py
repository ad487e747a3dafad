"""The first launch before which everything fits."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from scheduling.campaigns import LAUNCH, Campaign
from scheduling.durations import Duration, Share
from scheduling.engine.backplan import days_missing
from scheduling.errors import PlanError
from scheduling.halfdays import LAST_YEAR

LONGEST_WAIT = timedelta(days=2 * 366)  # a launch put off for longer is another campaign


def first_launch(campaign: Campaign, today: date) -> date | None:
    """The first launch after the campaign's own for which its plan, as of ``today``, is feasible.

    It falls on a working day of the campaign's calendar, within two years; None if none does, as
    when a task's own deadline is what cannot be met. Raise PlanError for a campaign that cannot
    be read as a plan.

    >>> from scheduling import Duration, Task
    >>> brief = Task(key="brief", takes=Duration.parse("3d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> first_launch(campaign, date(2027, 3, 12))
    datetime.date(2027, 3, 17)
    """
    # Work before the launch only gains from a later one. Work placed after it only loses, and a
    # margin that is a share may do either: those two are looked at from the first day that
    # suits the rest.
    after = after_launch(campaign)
    easiest = replace(
        campaign,
        margin=Duration.ZERO if isinstance(campaign.margin, Share) else campaign.margin,
        tasks=tuple(task for task in campaign.tasks if task.key not in after),
    )
    days = _working_days_after(campaign)
    guess = max(0, int(days_missing(easiest, today)) - 1)
    first = _first(days, lambda day: _holds(easiest, day, today), guess)
    last = len(days) if isinstance(campaign.margin, Share) else first + 1
    return next((day for day in days[first:last] if _holds(campaign, day, today)), None)


def after_launch(campaign: Campaign) -> set[str]:
    """The keys of the tasks that wait for the launch, directly or not.

    >>> from scheduling import Link, Task
    >>> review = Task(key="review", takes=Duration(2), after=(Link(on="launch"),))
    >>> after_launch(Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(review,)))
    {'review'}
    """
    found: set[str] = set()
    fresh = {LAUNCH}
    while fresh:
        fresh = {
            task.key
            for task in campaign.tasks
            if task.key not in found and any(link.on in fresh for link in task.after)
        }
        found |= fresh
    return found


def _first(days: Sequence[date], suits: Callable[[date], bool], guess: int) -> int:
    """The index of the first day that suits, as do all after it; looked for around a guess."""
    low, high, step = 0, guess, 1
    while high < len(days) and not suits(days[high]):
        low, high, step = high + 1, high + step, step * 2
    return bisect_left(days, True, low, min(high, len(days)), key=suits)  # noqa: FBT003 (a key)


def _holds(campaign: Campaign, launch: date, today: date) -> bool:
    try:
        return not days_missing(replace(campaign, launch=launch), today)
    except PlanError:
        return False


def _working_days_after(campaign: Campaign) -> list[date]:
    days = (campaign.launch + timedelta(days=n) for n in range(1, LONGEST_WAIT.days + 1))
    return [day for day in days if day.year <= LAST_YEAR and campaign.calendar.is_workday(day)]
