"""Planning a campaign backwards from its launch."""

from __future__ import annotations

from datetime import date
from functools import cache, partial

from scheduling.campaigns import Campaign
from scheduling.durations import Share
from scheduling.engine.checks import FIVE_YEARS
from scheduling.engine.clashes import clashes
from scheduling.engine.explain import reason_for
from scheduling.engine.forecast import forecast
from scheduling.engine.measures import Passes
from scheduling.engine.network import Network
from scheduling.engine.notices import notices
from scheduling.engine.passes import Positions, backward, forward, room
from scheduling.engine.results import planned
from scheduling.errors import NoWorkingTime, OutOfRange, raise_all
from scheduling.halfdays import FIRST_SLOT, LAST_SLOT, HalfDay, morning
from scheduling.plans import Plan, Planned

END = LAST_SLOT + 1  # the instant that no plan goes beyond


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
    passes = _passes(campaign, today)
    network, late = passes.network, passes.late
    order = sorted(range(len(network.tasks)), key=lambda n: (late.starts[n], late.finishes[n], n))
    explain = cache(partial(reason_for, passes))
    tasks = tuple(planned(passes, number, today, explain) for number in order)
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
        critical_path=tuple(one.task.key for one in tasks if one.critical),
        warnings=notices(passes, tasks),
        expected_end=max(
            (
                one.expected_finish
                for number, one in zip(order, tasks, strict=True)
                if not network.is_after_launch[number]
            ),
            default=HalfDay.of_slot(network.calendar.closing(network.launch) - 1),
        ),
        find_chain=lambda: tuple(network.tasks[number].key for number in passes.chain()),
    )


def days_missing(campaign: Campaign, today: date) -> float:
    """The working days lacking for a campaign to be carried out, without the rest of its plan.

    Raise PlanError, as ``plan`` does.

    >>> from scheduling import Duration, Task
    >>> brief = Task(key="brief", takes=Duration.parse("3d"))
    >>> campaign = Campaign(name="Aurore", launch=date(2027, 3, 15), tasks=(brief,))
    >>> days_missing(campaign, date(2027, 3, 12))
    2.0
    """
    return _passes(campaign, today).missing()


def _passes(campaign: Campaign, today: date) -> Passes:
    network = Network.of(campaign)
    raise_all(list(clashes(network)))
    return run_passes(network, today)


def run_passes(network: Network, today: date) -> Passes:
    """The arithmetic of a plan, on a network already made. Raise OutOfRange."""
    bound = _bound(network)
    late = backward(network, bound)
    _refuse_other_centuries(network, late)
    start = network.campaign.start
    base = _first_start(network, late) if start is None else morning(start)
    early = forward(network, base, {})
    _refuse_other_centuries(network, early)
    begin = morning(today if start is None else max(today, start))
    outlook = forecast(network, late, morning(today), begin)
    _refuse_other_centuries(network, outlook.soonest)
    return Passes(
        network=network,
        bound=bound,
        late=late,
        begin=begin,
        early=early,
        room=room(network, early, bound),
        forecast=outlook,
    )


def _bound(network: Network) -> int:
    """The instant by which all is done: the last worked one that leaves the margin free."""
    calendar, margin = network.calendar, network.campaign.margin
    last = calendar.closing(network.launch)
    if isinstance(margin, Share):
        first = _first_start(network, backward(network, last))
        halves = margin.of(calendar.count(first, last))
    elif margin.elapsed:
        return calendar.closing(network.launch - margin.halves)
    else:
        halves = margin.halves
    return calendar.ends[calendar.ranks[last] - halves]


def _start_by(network: Network, tasks: tuple[Planned, ...]) -> date:
    """The earliest late start; the launch if all is placed after it."""
    after = {network.tasks[number].key for number in network.after_launch}
    starts = (one.start.day for one in tasks if one.task.key not in after)
    return min(starts, default=network.campaign.launch)


def _first_start(network: Network, late: Positions) -> int:
    starts = (late.starts[number] for number in network.in_time)
    return min(starts, default=network.launch)


def _refuse_other_centuries(network: Network, positions: Positions) -> None:
    starts, finishes = positions.starts, positions.finishes
    if min(starts, default=FIRST_SLOT) >= FIRST_SLOT and max(finishes, default=END) <= END:
        return
    ends = enumerate(zip(starts, finishes, strict=True))
    out = [network.tasks[n] for n, (start, end) in ends if start < FIRST_SLOT or end > END]
    for task in out:
        for person in task.placed_by:
            # Someone who works again, but only years after the launch, is who should be named.
            calendar = network.campaign.calendar_of(person)
            if not calendar.worktime.count(network.launch - FIVE_YEARS, network.launch):
                raise NoWorkingTime(person)
    raise OutOfRange(out[0].key)
