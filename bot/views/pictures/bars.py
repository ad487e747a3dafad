"""The bars of a Gantt chart: a task, some folded tasks, or the margin, in one row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.views.pictures.palette import STYLES, Style
from bot.views.pictures.shapes import Box
from bot.views.pictures.standing import Standing, State, late_days
from bot.views.pictures.timeline import Scale
from scheduling import Kind, Plan

THICK = 24.0
_THIN = 12.0  # of folded tasks
_DIAMOND = 11.0  # half of a milestone's width
_SMALL = 8.0  # half of a review deadline's
_LEAST = 5.0  # so that half a day can be seen on a long scale


@dataclass(frozen=True, kw_only=True)
class Bar:
    """What is drawn of one row; the parts that are not there are None or empty.

    ``body`` is as planned, or as it really went; ``late`` what comes after the planned end;
    ``plan`` an outline where the task should have been, if it only began after that.
    ``notches`` are absences, ``deadlines`` the reviews' last moments.
    """

    kind: Kind | None
    style: Style
    middle: float
    body: Box | None = None
    late: Box | None = None
    plan: Box | None = None
    diamond: float | None = None
    notches: tuple[Box, ...] = ()
    deadlines: tuple[float, ...] = ()
    is_done: bool = False
    is_critical: bool = False
    late_days: float = 0.0

    @property
    def left(self) -> float:
        return min(self._edges())

    @property
    def right(self) -> float:
        return max(self._edges())

    @property
    def half(self) -> float:
        """Half the width of a milestone."""
        return _DIAMOND

    @property
    def small(self) -> float:
        """Half the width of a deadline."""
        return _SMALL

    def _edges(self) -> Iterator[float]:
        for box in (self.body, self.late, self.plan):
            if box is not None:
                yield from (box.x, box.right)
        if self.diamond is not None:
            yield from (self.diamond - _DIAMOND, self.diamond + _DIAMOND)
        for x in self.deadlines:
            yield from (x - _SMALL, x + _SMALL)


def task_bar(plan: Plan, one: Standing, scale: Scale, middle: float) -> Bar:
    """The bar of a task in the row with that middle."""
    task, is_done = one.planned.task, one.state is State.DONE
    late = _box(scale, max(one.start, one.due), one.end, middle) if one.late else None
    common = {"middle": middle, "kind": task.kind, "style": STYLES[task.kind], "late": late}
    if task.kind is Kind.MILESTONE:
        return Bar(
            **common,  # type: ignore[arg-type] # as in Bar
            diamond=scale.x(one.end if is_done else one.due),
            is_done=is_done,
            is_critical=one.planned.critical,
            late_days=one.late,
        )
    is_all_late = one.start >= one.due and one.late > 0
    body = None if is_all_late else _box(scale, one.start, min(one.due, one.end), middle)
    ghost = _box(scale, one.planned.start.slot, one.due, middle) if is_all_late else None
    return Bar(
        **common,  # type: ignore[arg-type] # as in Bar
        body=body,
        plan=ghost,
        notches=tuple(_notches(plan, one, scale, middle)) if body is not None else (),
        deadlines=() if is_all_late else tuple(_deadlines(one, scale)),
        is_done=is_done,
        is_critical=one.planned.critical,
        late_days=one.late,
    )


def folded_bar(plan: Plan, tasks: Sequence[Standing], scale: Scale, middle: float) -> Bar:
    """One thin bar from the first of some tasks to the last."""
    start, due = min(one.first for one in tasks), max(one.due for one in tasks)
    late = late_days(plan, tasks)
    end = max(one.end for one in tasks)
    is_done = all(one.state is State.DONE for one in tasks)
    return Bar(
        kind=None,
        style=STYLES[Kind.MILESTONE],
        middle=middle,
        body=_box(scale, start, min(due, end) if is_done else due, middle, _THIN),
        late=_box(scale, due, end, middle, _THIN) if late else None,
        is_done=is_done,
        is_critical=any(one.planned.critical for one in tasks),
        late_days=late,
    )


def margin_boxes(plan: Plan, scale: Scale, middle: float) -> tuple[Box, Box | None]:
    """The margin before the launch, and what the forecast has eaten of it."""
    work = plan.campaign.calendar.worktime
    closing = work.rank(_launch(plan))
    halves = round(plan.margin_planned * 2)
    eaten = min(halves, round((plan.margin_planned - plan.margin_left) * 2))
    start, end = work.slot(closing - halves), work.slot(closing - 1) + 1
    whole = _box(scale, start, end, middle)
    gone = _box(scale, start, work.slot(closing - halves + eaten - 1) + 1, middle)
    return whole, gone if eaten > 0 else None


def margin_start(plan: Plan) -> int:
    """The instant from which time is kept free before the launch."""
    work = plan.campaign.calendar.worktime
    return work.slot(work.rank(_launch(plan)) - round(plan.margin_planned * 2))


def _launch(plan: Plan) -> int:
    return 2 * (plan.campaign.launch.toordinal() - 1)


def _box(scale: Scale, start: int, end: int, middle: float, height: float = THICK) -> Box:
    left, right = scale.x(start), scale.x(end)
    return Box(x=left, y=middle - height / 2, width=max(_LEAST, right - left), height=height)


def _deadlines(one: Standing, scale: Scale) -> Iterator[float]:
    for review in one.planned.rounds:
        instant = review.review_by.slot + 1
        if one.start < instant <= max(one.due, one.end):
            yield scale.x(instant)


def _notches(plan: Plan, one: Standing, scale: Scale, middle: float) -> Iterator[Box]:
    """Where somebody whom the task waits for is absent."""
    start, end = one.start, min(one.due, one.end)
    for stretch in _absences(plan, one, start, end):
        box = _box(scale, *stretch, middle)
        yield Box(x=box.x, y=box.y - 1.5, width=box.width, height=THICK * 0.5 + 1.5)


def _absences(plan: Plan, one: Standing, start: int, end: int) -> list[tuple[int, int]]:
    task = one.planned.task
    people = task.approvers if task.kind is Kind.APPROVAL and task.approvers else (task.owner,)
    found = sorted(
        (max(start, away.first.slot), min(end, away.last.slot + 1))
        for person in people
        if person is not None and person in plan.campaign.people
        for away in plan.campaign.people[person].away
    )
    joined: list[tuple[int, int]] = []
    for first, last in found:
        if last <= first:
            continue
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined
