"""Which rows a picture has: a task each or, where there are too many, a phase each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.views.pictures.phases import Phase, phases
from bot.views.pictures.standing import Standing, State, standing
from scheduling import Plan

_LEAST_FOR_HEADINGS = 12  # tasks; fewer are seen at a glance

_PRESSING = {State.LATE, State.RUNNING}


@dataclass(frozen=True, kw_only=True)
class Heading:
    """The name of a phase whose tasks follow."""

    phase: Phase


@dataclass(frozen=True, kw_only=True)
class Single:
    """One task."""

    standing: Standing


@dataclass(frozen=True, kw_only=True)
class Folded:
    """Several tasks in one row: a whole phase, or with ``is_rest`` those of it not shown."""

    phase: Phase
    standings: tuple[Standing, ...]
    is_rest: bool = False

    def __len__(self) -> int:
        return len(self.standings)


Row = Heading | Single | Folded


def rows(plan: Plan, room: int, *, only_whole: bool = False) -> tuple[Row, ...]:
    """The rows of a plan: all of its tasks if they fit in ``room`` rows, else folded phases.

    Phases that matter now are open as long as there is room: what is late or runs, then what comes
    next, then what follows; what is done comes last. Of a phase too long to be opened the most
    pressing tasks are shown, unless ``only_whole``. Every task is in exactly one row.
    """
    stages = phases(plan)
    found = {planned.task.key: standing(plan, planned) for planned in plan.tasks}
    opened = _opened(stages, found, room, only_whole=only_whole)
    fits = len(plan.tasks) <= room
    has_headings = len(plan.tasks) >= _LEAST_FOR_HEADINGS and len(stages) > 1
    made: list[Row] = []
    for number, phase in enumerate(stages):
        shown = opened[number]
        inside = [found[planned.task.key] for planned in phase.tasks]
        if not shown:
            made.append(Folded(phase=phase, standings=tuple(inside)))
            continue
        if has_headings and (len(inside) > 1 or fits):
            made.append(Heading(phase=phase))
        made += [Single(standing=one) for one in inside if one.key in shown]
        rest = tuple(one for one in inside if one.key not in shown)
        if rest:
            made.append(Folded(phase=phase, standings=rest, is_rest=True))
    return tuple(made)


def standings(row: Row) -> tuple[Standing, ...]:
    """The tasks of one row; none for a heading."""
    match row:
        case Heading():
            return ()
        case Single(standing=one):
            return (one,)
        case Folded(standings=some):
            return some


def folded(made: Sequence[Row]) -> int:
    """How many tasks have no row of their own."""
    return sum(len(row) for row in made if isinstance(row, Folded))


def _opened(
    stages: Sequence[Phase], found: Mapping[str, Standing], room: int, *, only_whole: bool
) -> list[frozenset[str]]:
    """The keys of the tasks that each phase shows; none for a folded phase."""
    if sum(map(len, stages)) <= room:
        return [frozenset(planned.task.key for planned in phase.tasks) for phase in stages]
    inside = [[found[planned.task.key] for planned in phase.tasks] for phase in stages]
    # One task takes no more room open than folded.
    opened = [frozenset(one.key for one in some if len(some) == 1) for some in inside]
    left = room - len(stages)
    for number in sorted(range(len(stages)), key=lambda n: (_urgency(stages[n], inside[n]), n)):
        tasks, least = inside[number], _urgency(stages[number], inside[number])
        if len(tasks) == 1:
            continue
        if len(tasks) <= left:
            opened[number] = frozenset(one.key for one in tasks)
            left -= len(tasks)
        elif not only_whole and left > 1 and (least <= _NEXT or not any(opened)):
            pressing = sorted(tasks, key=_pressure)[: left - 1]
            opened[number] = frozenset(one.key for one in pressing)
            left = 0
    return opened


_NOW, _NEXT, _AHEAD, _BEYOND, _OVER = range(5)


def _urgency(phase: Phase, tasks: Sequence[Standing]) -> int:
    states = {one.state for one in tasks}
    if states & _PRESSING:
        return _NOW
    if states == {State.DONE}:
        return _OVER
    if phase.is_after_launch:
        return _BEYOND
    return _NEXT if State.DONE in states else _AHEAD


def _pressure(one: Standing) -> tuple[bool, bool, bool, int]:
    return (
        one.state is not State.LATE,
        one.state is not State.RUNNING,
        one.state is State.DONE,
        one.start,
    )
