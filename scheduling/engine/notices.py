"""What is worth warning about in a plan."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.calendars import Calendar, TimeOff
from scheduling.campaigns import Kind
from scheduling.durations import Duration
from scheduling.engine.measures import Passes
from scheduling.halfdays import HalfDay
from scheduling.plans import Planned
from scheduling.reasons import Notice, NoticeCode, Off, OffKind


def notices(passes: Passes, tasks: tuple[Planned, ...]) -> tuple[Notice, ...]:
    """The margin first, then who is away when they are needed, in working order."""
    return (*_about_margin(passes), *_about_people(passes, tasks))


def _about_margin(passes: Passes) -> Iterator[Notice]:
    planned, left = passes.margin_planned, passes.margin_left
    if left < 0:
        yield Notice(code=NoticeCode.LAUNCH_AT_RISK, days=-left)
    elif left < planned:
        yield Notice(code=NoticeCode.MARGIN_EATEN, days=planned - left)


def _about_people(passes: Passes, tasks: tuple[Planned, ...]) -> Iterator[Notice]:
    for planned in tasks:
        if planned.task.done is not None:
            continue
        if planned.task.kind is Kind.APPROVAL:
            yield from _absent_approvers(passes, planned)
        elif _may_be_pushed(passes, planned):
            yield from _absent_owner(passes, planned)


def _absent_approvers(passes: Passes, planned: Planned) -> Iterator[Notice]:
    """Approvers who do not work once while a review should usually be over."""
    task, campaign = planned.task, passes.network.campaign
    usual = passes.network.calendar
    for review in planned.rounds:
        opens = review.opens.slot
        if task.takes.elapsed:
            closes = opens + task.takes.halves
        else:
            closes = usual.slot(usual.rank(opens) + task.takes.halves - 1) + 1
        for person in dict.fromkeys(task.approvers):
            calendar = campaign.calendar_of(person)
            if not calendar.worktime.count(opens, closes):
                yield Notice(
                    code=NoticeCode.APPROVER_AWAY,
                    task=task.key,
                    person=person,
                    first=review.opens.day,
                    last=HalfDay.of_slot(closes - 1).day,
                    ask_by=_before_leaving(calendar, task.takes, opens, passes.begin),
                )


def _before_leaving(calendar: Calendar, takes: Duration, opens: int, begin: int) -> HalfDay | None:
    """The last half-day on which a review can open for someone to decide before they leave.

    None if that is past, or before the campaign can begin.
    """
    work, halves = calendar.worktime, takes.halves
    leaves = work.closing(opens)
    asked = leaves - halves if takes.elapsed else work.slot(work.rank(leaves) - halves)
    return HalfDay.of_slot(asked) if asked >= begin else None


def _may_be_pushed(passes: Passes, planned: Planned) -> bool:
    """Whether anybody is away between the start of a task and the owner's next day of work.

    Its reason says who; but to look into the reasons of all tasks would take longer than to plan.
    """
    calendar = passes.network.campaign.calendar_of(planned.task.owner)
    if not calendar.away:
        return False
    work, start = calendar.worktime, planned.start.slot
    return bool(work.off_between(start, work.opening(planned.finish.slot + 1)))


def _absent_owner(passes: Passes, planned: Planned) -> Iterator[Notice]:
    calendar = passes.network.campaign.calendar_of(planned.task.owner)
    for off in planned.reason.off:
        if off.kind is OffKind.AWAY:
            # The reason tells the days that push the task; those away are so for longer.
            whole = [away for away in calendar.away if _overlap(away, off)]
            yield Notice(
                code=NoticeCode.OWNER_AWAY,
                task=planned.task.key,
                person=off.person,
                first=min(away.first.day for away in whole),
                last=max(away.last.day for away in whole),
            )


def _overlap(away: TimeOff, off: Off) -> bool:
    return away.first.day <= off.last and off.first <= away.last.day
