"""The phases of a plan, which no plan names: the stretches that end in a decision.

A *gate* is an approval or a milestone before the launch. A task belongs to the first gate, in
the order of their late finishes, that waits for it, directly or not, and a gate to itself; tasks
that no gate waits for make the last phase before the launch, those that wait for the launch
one more. A phase is named after its gate. Neighbours are put together until a phase has a fair
share of the tasks, so that a plan has about a dozen, and then take the name of the last gate. A
phase that is still far larger is cut into parts, named after their first and last tasks but for
the last one, which keeps the gate.

No task of a phase waits for one of a later phase: what a task's followers can reach, it can reach.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise

from scheduling import LAUNCH, Kind, Plan, Planned

_MOST_PHASES = 11  # before the launch
_LEAST_TASKS = 3  # a heading for less says no more than the task
_MOST_TASKS = 32  # in a phase, if that is no less than twice its share

_GATES = {Kind.APPROVAL, Kind.MILESTONE}

Place = tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Some tasks of a plan, in working order; ``gate`` is None where no decision ends them.

    ``is_part``: what follows belongs to the same stretch. What waits for the launch, with a
    negative delay, may be before it: ``is_around_launch``.
    """

    tasks: tuple[Planned, ...]
    gate: Planned | None = None
    is_part: bool = False
    is_after_launch: bool = False
    is_around_launch: bool = False

    def __len__(self) -> int:
        return len(self.tasks)


def phases(plan: Plan) -> tuple[Phase, ...]:
    """The phases of a plan in working order; every task is in exactly one."""
    after = after_launch(plan)
    keys = [key for key in order(plan) if key not in after]
    places = _places(plan, keys)
    gates = _gates(plan, keys, places)
    by_gate: dict[str | None, list[Planned]] = defaultdict(list)
    for planned in plan.tasks:
        if planned.task.key not in after:
            by_gate[gates.get(planned.task.key)].append(planned)
    last = by_gate.pop(None, None)
    stages = [
        Phase(tasks=tuple(by_gate[key]), gate=plan[key])
        for key in sorted(filter(None, by_gate), key=places.__getitem__)
    ]
    if last:
        stages.append(Phase(tasks=tuple(last)))
    share = _share(sum(map(len, stages)))
    most = max(_MOST_TASKS, 2 * share)
    made = [part for phase in _joined(stages, share) for part in _cut(phase, most, places)]
    late = tuple(planned for planned in plan.tasks if planned.task.key in after)
    if late:
        is_around = any(planned.start.day < plan.campaign.launch for planned in late)
        made.append(Phase(tasks=late, is_after_launch=True, is_around_launch=is_around))
    return tuple(made)


def after_launch(plan: Plan) -> frozenset[str]:
    """The keys of the tasks that wait for the launch, directly or not."""
    found: set[str] = set()
    for key in order(plan):
        if key != LAUNCH and any(
            link.on == LAUNCH or link.on in found for link in plan[key].task.after
        ):
            found.add(key)
    return frozenset(found)


def order(plan: Plan) -> Iterator[str]:
    """The keys of the tasks, every task after those it waits for."""
    waits = {planned.task.key: [link.on for link in planned.task.after] for planned in plan.tasks}
    yield from (key for key in TopologicalSorter(waits).static_order() if key != LAUNCH)


def _gates(plan: Plan, keys: Sequence[str], places: Mapping[str, Place]) -> Mapping[str, str]:
    """The gate of each task that has one; ``keys`` in the order in which tasks wait."""
    gates = {key: key for key in keys if plan[key].task.kind in _GATES}
    for key in reversed(keys):
        mine = gates.get(key)
        if mine is None:
            continue
        for link in plan[key].task.after:
            theirs = gates.get(link.on)
            if theirs is None or places[mine] < places[theirs]:
                gates[link.on] = mine
    return gates


def _places(plan: Plan, keys: Iterable[str]) -> Mapping[str, Place]:
    """Where each task stands among others: by its late finish, but after all it waits for."""
    places: dict[str, Place] = {}
    for number, key in enumerate(keys):
        waits = (places[link.on][0] for link in plan[key].task.after if link.on in places)
        places[key] = max((plan[key].finish.slot, *waits)), number
    return places


def _share(tasks: int) -> int:
    return max(_LEAST_TASKS, -(-tasks // _MOST_PHASES))


def _joined(stages: Iterable[Phase], share: int) -> Iterator[Phase]:
    """Neighbouring phases together until each has its share; a small rest joins the last."""
    gathered: list[Phase] = []
    kept: Phase | None = None
    for phase in stages:
        gathered.append(phase)
        if sum(map(len, gathered)) >= share:
            if kept is not None:
                yield kept
            kept, gathered = _together(gathered), []
    if gathered:
        kept = _together([*([kept] if kept is not None else []), *gathered])
    if kept is not None:
        yield kept


def _cut(phase: Phase, most: int, places: Mapping[str, Place]) -> Iterator[Phase]:
    """A phase, in equal parts if it has too many tasks; no part waits for a later one."""
    if len(phase) <= most:
        yield phase
        return
    ordered = sorted(phase.tasks, key=lambda planned: places[planned.task.key])
    parts = -(-len(ordered) // (most // 2))
    edges = [len(ordered) * n // parts for n in range(parts + 1)]
    for first, last in pairwise(edges):
        is_part = last < len(ordered)
        tasks = tuple(sorted(ordered[first:last], key=_start))
        yield Phase(tasks=tasks, gate=None if is_part else phase.gate, is_part=is_part)


def _together(stages: list[Phase]) -> Phase:
    tasks = sorted((planned for phase in stages for planned in phase.tasks), key=_start)
    named = [phase.gate for phase in stages if phase.gate is not None]
    return Phase(tasks=tuple(tasks), gate=named[-1] if named else None)


def _start(planned: Planned) -> tuple[int, int]:
    return planned.start.slot, planned.finish.slot
