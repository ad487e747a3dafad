"""What the bench gives the peers and reads from them; none of them needs to be installed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from bench.plans.campaigns import START, everyone_present, finish_to_start, made_up
from bench.plans.dates import Dates, Stretch, agreeing, instant
from bench.plans.inmemory import last_day
from bench.plans.peers import graphs, taskfiles
from scheduling import Plan, Planned, plan


def late(planned: Planned) -> Stretch:
    return planned.start.slot, planned.finish.slot + 1


def dates_of(made: Plan) -> Dates:
    return Dates(
        late={planned.task.key: late(planned) for planned in made.tasks},
        early={
            planned.task.key: (planned.early_start.slot, planned.early_finish.slot + 1)
            for planned in made.tasks
        },
    )


@pytest.fixture(scope="module")
def made() -> Plan:
    return plan(made_up(100), START)


def test_the_same_dates_agree_for_every_task(made: Plan) -> None:
    assert agreeing(made, dates_of(made)) == 100


def test_a_task_a_day_off_does_not_agree(made: Plan) -> None:
    dates = dates_of(made)
    key = made.tasks[0].task.key
    start, finish = dates.late[key]

    moved = Dates(late={**dates.late, key: (start - 2, finish)}, early=dates.early)

    assert agreeing(made, moved) == 99


def test_an_early_date_that_differs_does_not_agree(made: Plan) -> None:
    dates = dates_of(made)
    key = made.tasks[0].task.key
    start, finish = dates.early[key]

    moved = Dates(late=dates.late, early={**dates.early, key: (start, finish + 14)})

    assert agreeing(made, moved) == 99


def test_a_task_without_dates_does_not_agree(made: Plan) -> None:
    dates = dates_of(made)
    key = made.tasks[0].task.key

    assert agreeing(made, Dates(late={k: v for k, v in dates.late.items() if k != key})) == 99


def test_the_next_morning_of_work_is_the_same_end(made: Plan) -> None:
    mornings = {}
    for planned in made.tasks:
        work = made.campaign.calendar_of(planned.task.owner).worktime
        start, finish = late(planned)
        mornings[planned.task.key] = start, work.opening(finish)

    assert agreeing(made, Dates(late=mornings)) == 100


@pytest.mark.parametrize(("hour", "halves"), [(8, 0), (9, 0), (12, 1), (13, 1), (17, 2), (18, 2)])
def test_a_time_of_day_is_the_edge_of_a_half_day(hour: int, halves: int) -> None:
    assert instant(datetime(1, 1, 2, hour, 0)) == 2 + halves  # noqa: DTZ001 - a project's own time


def test_the_bare_loops_have_the_dates_of_the_engine() -> None:
    campaign = everyone_present(made_up(1_000))
    ours = plan(campaign, START)

    prepared = graphs.bare().prepare(campaign, last_day(ours))

    assert agreeing(ours, prepared.dates()) == 1_000


def test_a_task_file_ends_what_nothing_waits_for_on_the_last_day() -> None:
    campaign = finish_to_start(made_up(100))
    held_up = {link.on for task in campaign.tasks for link in task.after}
    ours = plan(campaign, START)

    text = taskfiles.for_taskjuggler(campaign, last_day(ours))

    assert text.count(f"  end {last_day(ours)}-18:00") == 100 - len(held_up)
    assert text.count("scheduling alap") == 100


def test_somebody_who_is_away_is_a_resource_of_their_own_for_each_task() -> None:
    campaign = finish_to_start(made_up(100))
    theirs = [task for task in campaign.tasks if task.owner in campaign.people]

    text = taskfiles.for_scriptplan(campaign, last_day(plan(campaign, START)))

    assert text.count("\nresource ") == text.count("  effort ") == len(theirs) > 0
    assert text.count("  length ") == 100 - len(theirs)


def test_a_lag_is_a_gap_where_the_link_is_written() -> None:
    campaign = finish_to_start(made_up(100))
    lags = sum(1 for task in campaign.tasks for link in task.after if link.lag.halves)
    day = last_day(plan(campaign, START))

    texts = taskfiles.for_taskjuggler(campaign, day), taskfiles.for_scriptplan(campaign, day)

    assert [text.count("gaplength") for text in texts] == [lags, lags]


def test_a_report_of_dates_is_read(tmp_path: Path) -> None:
    report = tmp_path / "dates.csv"
    report.write_text('"Id";"Start";"End"\n"bench.t1";"2027-04-02 09:00";"2027-04-14 18:00"\n')

    dates = taskfiles.read_report(tmp_path, ";")

    begins, ends = datetime(2027, 4, 2, 9), datetime(2027, 4, 14, 18)  # noqa: DTZ001 - as above
    assert dates.late == {"t1": (instant(begins), instant(ends))}
