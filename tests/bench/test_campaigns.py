from __future__ import annotations

import json

import pytest

from bench.plans import planfile
from bench.plans.campaigns import (
    START,
    everyone_present,
    finish_to_start,
    made_anew,
    made_up,
    with_approvals,
)
from scheduling import Kind, LinkType, plan
from scheduling import planfile as plan_files


@pytest.mark.parametrize("size", [40, 100, 1_000])
def test_a_made_up_campaign_has_its_size_and_can_be_carried_out(size: int) -> None:
    campaign = made_up(size)

    made = plan(campaign, START)

    assert len(made.tasks) == size
    assert made.feasible


def test_the_same_size_is_the_same_campaign_in_every_run() -> None:
    assert made_up(200) == made_up(200)
    assert made_up(200) != made_up(200, seed=2)


def test_a_made_up_campaign_has_about_two_links_a_task() -> None:
    campaign = made_up(1_000)

    links = sum(len(task.after) for task in campaign.tasks)

    assert 1_900 < links < 2_200


def test_lags_and_links_between_starts_join_people_who_are_never_away() -> None:
    campaign = made_up(1_000)
    owners = {task.key: task.owner for task in campaign.tasks}

    special = [
        {owners[link.on], task.owner}
        for task in campaign.tasks
        for link in task.after
        if link.lag.halves or link.type is LinkType.SS
    ]

    assert special
    assert not any(pair & campaign.people.keys() for pair in special)


def test_a_campaign_with_everyone_present_keeps_its_tasks() -> None:
    campaign = made_up(100)

    present = everyone_present(campaign)

    assert campaign.people
    assert not present.people
    assert present.tasks == campaign.tasks


def test_a_campaign_from_finish_to_start_keeps_its_lags() -> None:
    campaign = made_up(1_000)

    simple = finish_to_start(campaign)

    links = [link for task in simple.tasks for link in task.after]
    assert {link.type for link in links} == {LinkType.FS}
    assert [link.lag for link in links] == [
        link.lag for task in campaign.tasks for link in task.after
    ]


def test_a_campaign_made_anew_has_calendars_that_nobody_counted_along() -> None:
    campaign = made_up(100)
    counted = campaign.calendar.worktime

    anew = made_anew(campaign)

    assert anew.calendar.worktime is not counted
    assert [(one.task.key, one.start) for one in plan(anew, START).tasks] == [
        (one.task.key, one.start) for one in plan(campaign, START).tasks
    ]


def test_every_fifth_task_becomes_an_approval() -> None:
    campaign = with_approvals(made_up(40))

    approvals = [task for task in campaign.tasks if task.kind is Kind.APPROVAL]

    assert len(approvals) == 8
    assert plan(campaign, START).feasible


def test_a_campaign_written_as_a_plan_file_gets_the_same_dates() -> None:
    campaign = made_up(100)

    read = plan_files.read(planfile.write(campaign, START), "json")

    ours, theirs = plan(campaign, START), plan(read.campaign, START)
    assert [(one.task.key, one.start, one.finish) for one in ours.tasks] == [
        (one.task.key, one.start, one.finish) for one in theirs.tasks
    ]


def test_a_plan_file_is_one_json_object() -> None:
    written = json.loads(planfile.write(made_up(40), START))

    assert len(written["tasks"]) == 40
