"""Planning a campaign backwards from its launch."""

from __future__ import annotations

from datetime import date

from scheduling.campaigns import Campaign, Kind
from scheduling.durations import Share
from scheduling.errors import OutOfRange
from scheduling.explain import reason_for
from scheduling.forecast import forecast
from scheduling.halfdays import FIRST_SLOT, LAST_SLOT, HalfDay, morning
from scheduling.measures import Passes
from scheduling.network import Network
from scheduling.notices import notices
from scheduling.passes import Positions, backward, forward
from scheduling.plans import Plan, Planned, Round
from scheduling.spans import Reviewed


def plan(campaign: Campaign, today: date) -> Plan:
    """Place every task as late as it can be and still make the launch, less the margin.

    Work ends on the last worked half-day before the launch; what waits for the launch is placed
    forward from it. Early dates count from the campaign's ``start``, or else from its latest
    one; the forecast counts from ``today``. The order of the tasks changes nothing.
    Raise PlanError for a campaign that cannot be read as a plan; one that cannot be carried out
    in time is not an error but a plan with ``missing`` working days.

    >>> from scheduling import Duration, Task
    >>> brief = Task(key="brief", takes=Duration.parse("3d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> plan(campaign, date(2027, 1, 4)).start_by
    datetime.date(2027, 3, 10)
    """
    passes = _run(Network.of(campaign), today)
    network, late = passes.network, passes.late
    depth = {number: place for place, number in enumerate(network.order)}
    order = sorted(network.order, key=lambda n: (late.starts[n], late.finishes[n], depth[n]))
    tasks = tuple(_planned(passes, number, today) for number in order)
    missing = passes.missing()
    return Plan(
        campaign=campaign,
        today=today,
        tasks=tasks,
        start_by=_start_by(network, tasks),
        feasible=missing == 0,
        missing=missing,
        margin_planned=passes.margin_planned,
        margin_left=passes.margin_left,
        critical_path=tuple(planned.task.key for planned in tasks if planned.critical),
        chain=tuple(network.tasks[number].key for number in passes.chain()),
        warnings=notices(passes, tasks),
        expected_end=max(
            (
                planned.expected_finish
                for number, planned in zip(order, tasks, strict=True)
                if not network.is_after_launch[number]
            ),
            default=HalfDay.of_slot(network.calendar.closing(network.launch) - 1),
        ),
    )


def _run(network: Network, today: date) -> Passes:
    bound = _bound(network)
    late, binding = backward(network, bound)
    _refuse_other_centuries(network, late)
    start_by, start = _first_start(network, late), network.campaign.start
    base = start_by if start is None else morning(start)
    early = forward(network, base, {})
    _refuse_other_centuries(network, early)
    begin = morning(today if start is None else max(today, start))
    outlook = forecast(network, late, morning(today), begin)
    _refuse_other_centuries(network, outlook.soonest)
    return Passes(
        network=network,
        bound=bound,
        late=late,
        binding=binding,
        start_by=start_by,
        base=base,
        begin=begin,
        early=early,
        forecast=outlook,
    )


def _bound(network: Network) -> int:
    """The instant by which all is done: the last worked one that leaves the margin free."""
    calendar, margin = network.calendar, network.campaign.margin
    last = calendar.closing(network.launch)
    if isinstance(margin, Share):
        late, _ = backward(network, last)
        halves = margin.of(calendar.count(_first_start(network, late), last))
    elif margin.elapsed:
        return calendar.closing(network.launch - margin.halves)
    else:
        halves = margin.halves
    return calendar.slot(calendar.rank(last) - halves - 1) + 1


def _start_by(network: Network, tasks: tuple[Planned, ...]) -> date:
    """The earliest late start; the launch if all is placed after it."""
    after = {network.tasks[n].key for n in network.order if network.is_after_launch[n]}
    starts = (planned.start.day for planned in tasks if planned.task.key not in after)
    return min(starts, default=network.campaign.launch)


def _first_start(network: Network, late: Positions) -> int:
    starts = (late.starts[n] for n in network.order if not network.is_after_launch[n])
    return min(starts, default=network.launch)


def _planned(passes: Passes, number: int, today: date) -> Planned:
    network, late = passes.network, passes.late
    task, span = network.tasks[number], network.spans[number]
    start, finish = _half_days(network, number, late)
    early_start, early_finish = _half_days(network, number, passes.early)
    expected_start, expected_finish = _half_days(network, number, passes.forecast.expected)
    if task.kind is Kind.MILESTONE and task.done is None:
        # Friday evening and Monday morning are one moment: not yet reached means Monday.
        expected_start = expected_finish = max(expected_finish, HalfDay(today))
    steps = span.steps(late.starts[number]) if isinstance(span, Reviewed) else ()
    return Planned(
        task=task,
        start=start,
        finish=finish,
        early_start=early_start,
        early_finish=early_finish,
        total_float=passes.total_float(number),
        free_float=passes.free_float(number),
        critical=passes.is_critical(number),
        reason=reason_for(network, number, late, passes.binding[number], passes.margin_planned),
        rounds=tuple(
            Round(
                number=count,
                opens=HalfDay.of_slot(step.opens),
                review_by=HalfDay.of_slot(step.review_by - 1),
                rework_by=None if count == len(steps) else HalfDay.of_slot(step.rework_by - 1),
            )
            for count, step in enumerate(steps, 1)
        ),
        expected_start=expected_start,
        expected_finish=expected_finish,
    )


def _half_days(network: Network, number: int, positions: Positions) -> tuple[HalfDay, HalfDay]:
    """The first and the last half-day; of a milestone, twice the one at whose end it falls."""
    start, finish = positions.starts[number], positions.finishes[number]
    if network.tasks[number].kind is Kind.MILESTONE:
        falls = HalfDay.of_slot(network.calendar.closing(finish) - 1)
        return falls, falls
    return HalfDay.of_slot(start), HalfDay.of_slot(finish - 1)


def _refuse_other_centuries(network: Network, positions: Positions) -> None:
    for number, task in enumerate(network.tasks):
        if positions.starts[number] < FIRST_SLOT or positions.finishes[number] > LAST_SLOT:
            raise OutOfRange(task.key)
