"""Ways out of a plan that cannot be carried out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    Calendar,
    Campaign,
    Change,
    Delegate,
    DropRound,
    Duration,
    Express,
    Kind,
    LaterLaunch,
    Link,
    Overlap,
    PlanError,
    ShortenMargin,
    SwapOwner,
    Task,
    WayOut,
    WayOutKind,
    apply,
    first_launch,
    patch,
    plan,
    planfile,
    ways_out,
)
from scheduling.replanning.waysout import MOST, MOST_OF_A_KIND
from tests.scheduling.builders import (
    LONG_BEFORE,
    MONDAY_LAUNCH,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
    away,
    people,
)
from tests.scheduling.files import as_file, as_text, patched
from tests.scheduling.strategies import campaigns, engine

MONDAY = date(2027, 3, 8)  # five working days before the launch


def changes(campaign: Campaign, today: date = MONDAY) -> list[tuple[float, Change]]:
    """What may be changed, with what it gains; the later launch left out."""
    ways = ways_out(plan(campaign, today))
    return [(way.gain, way.change) for way in ways if way.kind is not WayOutKind.LATER_LAUNCH]


def test_a_plan_that_can_be_carried_out_needs_no_way_out() -> None:
    assert ways_out(plan(a_campaign(a_task("print", "5d")), MONDAY)) == ()


def test_launching_later_takes_up_all_that_is_missing() -> None:
    made = plan(a_campaign(a_task("print", "7d")), MONDAY)

    ways = ways_out(made)

    later = LaterLaunch(was=MONDAY_LAUNCH, to=date(2027, 3, 17))
    assert ways == (WayOut(change=later, gain=2.0, missing=0.0),)
    assert (ways[0].kind, ways[0].task) == (WayOutKind.LATER_LAUNCH, None)


def test_an_approval_may_have_fewer_rounds() -> None:
    ok = an_approval("ok", "2d", "ann", rework=Duration(2), owner="bob", rounds=3)

    found = changes(a_campaign(ok))

    assert found == [(3.0, DropRound(task="ok", was=3, to=2))]


def test_as_many_rounds_are_dropped_as_it_takes() -> None:
    ok = an_approval("ok", "2d", "ann", rounds=4)
    soon = a_task("print", "4d", "ok")

    found = changes(a_campaign(ok, soon))

    assert found == [(6.0, DropRound(task="ok", was=4, to=1))]


def test_a_margin_is_cut_no_more_than_it_takes() -> None:
    found = changes(a_campaign(a_task("print", "4d"), margin="4d"))

    cut = ShortenMargin(was=Duration(8), days=4.0, to=Duration(2))
    assert found == [(3.0, cut)]


def test_a_margin_that_does_not_suffice_is_given_up_whole() -> None:
    found = changes(a_campaign(a_task("print", "8d"), margin="2d"))

    assert found == [(2.0, ShortenMargin(was=Duration(4), days=2.0, to=Duration.ZERO))]


@pytest.mark.parametrize("margin", ["50%", "6ed"])
def test_what_is_left_of_a_margin_of_another_sort_is_working_days(margin: str) -> None:
    campaign = a_campaign(a_task("print", "4d"), margin=margin)

    ((_, cut),) = changes(campaign)

    assert isinstance(cut, ShortenMargin)
    assert (cut.was, cut.to) == (campaign.margin, Duration(2))
    assert cut.days == plan(campaign, MONDAY).margin_planned


def test_someone_who_is_there_may_do_the_work_of_someone_who_is_away() -> None:
    campaign = a_campaign(
        a_task("visual", "2d", owner="bob"),
        a_task("print", "3d", "visual", owner="cyd"),
        people=people(bob="2027-03-08..2027-03-11"),
    )

    found = changes(campaign)

    assert found[0] == (2.0, SwapOwner(task="visual", was="bob", to="cyd"))


def test_work_is_given_to_whoever_is_there_most_and_is_least_busy() -> None:
    campaign = a_campaign(
        a_task("visual", "2d", owner="bob"),
        a_task("banner", "2d", owner="ann"),
        a_task("leaflet", "1d", owner="cyd", done=date(2027, 3, 1)),
        a_task("web", "1d", owner="eve", done=date(2027, 3, 1)),
        people=people(bob="2027-03-09..2027-03-14", eve="2027-03-09..2027-03-14"),
    )

    found = changes(campaign, date(2027, 3, 9))

    assert (2.0, SwapOwner(task="visual", was="bob", to="cyd")) in found


def test_work_stays_with_someone_who_is_there_as_much_as_the_campaign() -> None:
    campaign = a_campaign(
        a_task("visual", "7d", owner="bob"),
        a_task("web", "1d", owner="cyd"),
        people={"cyd": Calendar(weekend=frozenset())},
    )

    assert changes(campaign) == []


def test_someone_may_decide_for_an_approver_who_is_away() -> None:
    campaign = a_campaign(
        a_task("visual", "1d", owner="bob"),
        an_approval("ok", "2d", "ann dan", "visual", rounds=1, owner="bob"),
        an_approval("budget", "1d", "eve", rounds=1),
        people=people(ann="2027-03-10..2027-03-14"),
    )

    found = changes(campaign)

    assert found[0] == (1.0, Delegate(task="ok", was="ann", to="eve"))


def test_whoever_owns_work_may_decide_if_no_other_approver_is_there() -> None:
    campaign = a_campaign(
        a_task("visual", "1d", owner="bob"),
        a_task("web", "1d", owner="cyd"),
        an_approval("ok", "2d", "ann", "visual", rounds=1, owner="eve"),
        a_task("leaflet", "1d", owner="eve"),
        people=people(ann="2027-03-10..2027-03-14"),
    )

    found = changes(campaign)

    assert [change for _, change in found] == [Delegate(task="ok", was="ann", to="cyd")]


def test_nobody_decides_in_place_of_someone_who_is_there() -> None:
    campaign = a_campaign(
        an_approval("ok", "6d", "ann", rounds=1), an_approval("budget", "1d", "eve", rounds=1)
    )

    assert changes(campaign) == []


def test_a_supplier_may_be_asked_for_half_the_time() -> None:
    printing = a_task("print", "11d", kind=Kind.SUPPLIER)

    found = changes(a_campaign(printing))

    assert found == [(5.0, Express(task="print", was=Duration(22), to=Duration(12)))]


def test_a_day_at_a_supplier_may_become_half_a_day_but_no_less() -> None:
    day = a_task("print", "1d", kind=Kind.SUPPLIER)
    half = a_task("post", "0.5d", "print", kind=Kind.SUPPLIER)
    work = a_task("visual", "5d")

    found = changes(a_campaign(work, replace(day, after=(Link(on="visual"),)), half))

    assert found == [(0.5, Express(task="print", was=Duration(2), to=Duration(1)))]


def test_a_task_may_begin_before_the_one_it_waits_for_is_over() -> None:
    campaign = a_campaign(a_task("copy", "3d"), a_task("layout", "4d", "copy"))

    found = changes(campaign)

    nearer = Overlap(task="layout", was=Link(on="copy"), to=Link.parse("copy FS-1.5d"))
    assert found == [(1.5, nearer)]
    assert nearer.other == "copy"


def test_tasks_overlap_no_more_than_it_takes() -> None:
    campaign = a_campaign(a_task("copy", "3d"), a_task("layout", "2.5d", "copy"))

    ((gain, overlap),) = changes(campaign)

    assert (gain, str(overlap.to)) == (0.5, "copy FS-0.5d")


def test_tasks_that_overlap_may_do_so_more_up_to_half_the_shorter() -> None:
    some = a_campaign(a_task("copy", "4d"), a_task("layout", "4d", "copy FS-1d"))
    full = a_campaign(a_task("copy", "4d"), a_task("layout", "4d", "copy FS-2d"))

    assert [str(change.to) for _, change in changes(some)] == ["copy FS-2d"]
    assert changes(full) == []


def test_of_several_tasks_one_waits_for_the_one_that_gains_most_is_overlapped() -> None:
    campaign = a_campaign(
        a_task("brief", "1d"),
        a_task("copy", "4d", "brief"),
        a_task("layout", "4d", "copy", "brief"),
    )

    found = changes(campaign)

    assert found[0] == (
        2.0,
        Overlap(task="layout", was=Link(on="copy"), to=Link.parse("copy FS-2d")),
    )


@pytest.mark.parametrize(
    "before",
    [
        an_approval("it", "4d", "ann", rounds=1),
        a_task("it", "3.5d", kind=Kind.SUPPLIER, owner="ann"),
        a_milestone("it", not_before=date(2027, 3, 10)),
        a_task("it", "7ed"),
    ],
    ids=lambda task: f"{task.kind} {task.takes}",
)
def test_nothing_overlaps_with_a_wait(before: Task) -> None:
    campaign = a_campaign(before, a_task("layout", "4d", "it"))

    assert not [change for _, change in changes(campaign) if isinstance(change, Overlap)]


@pytest.mark.parametrize("link", ["copy SS+3d", "copy FS+1d", "copy FS-1ed", "copy FF"])
def test_only_plain_sequences_are_overlapped(link: str) -> None:
    campaign = a_campaign(a_task("copy", "6d"), a_task("layout", "4d", link))

    assert changes(campaign) == []


def test_what_has_started_is_left_as_it_is() -> None:
    ok = an_approval("ok", "2d", "ann", rounds=3, started=MONDAY)
    printing = a_task("print", "4d", "ok", kind=Kind.SUPPLIER)

    found = changes(a_campaign(ok, printing))

    assert found == [(2.0, Express(task="print", was=Duration(8), to=Duration(4)))]


def test_once_a_campaign_runs_its_margin_is_no_way_out() -> None:
    brief = a_task("brief", "1d", started=MONDAY, kind=Kind.SUPPLIER)

    found = changes(a_campaign(brief, a_task("print", "6d", "brief"), margin="3d"))

    assert found == []


def test_a_review_that_comes_too_late_after_the_launch_may_be_hastened() -> None:
    campaign = a_campaign(
        a_task("print", "1d"),
        a_task("figures", "4d", "launch", kind=Kind.SUPPLIER),
        a_task("review", "1d", "figures", finish_by=date(2027, 3, 17)),
    )

    made = plan(campaign, LONG_BEFORE)
    ways = ways_out(made)

    assert made.missing == 2.0
    assert [way.change for way in ways] == [
        Express(task="figures", was=Duration(8), to=Duration(4))
    ]


def test_a_change_that_makes_nonsense_of_the_plan_is_no_way_out() -> None:
    friday_off = Calendar(weekend=frozenset({4, 5, 6}))
    campaign = a_campaign(
        a_task("visual", "3d", owner="bob", fixed=date(2027, 3, 12)),
        a_task("web", "1d", owner="cyd"),
        people={
            "bob": away("2027-03-13..2027-03-14", "2027-03-09..2027-03-11"),
            "cyd": friday_off,
        },
    )

    assert changes(campaign) == []


def test_few_of_a_kind_and_few_in_all_are_told_and_the_launch_always() -> None:
    chain = [a_task("t0", "4d")]
    for number in range(1, 10):
        chain.append(a_task(f"t{number}", "4d", f"t{number - 1}"))
        chain.append(an_approval(f"t{number}ok", "1d", "ann", f"t{number}"))
    chain += [
        a_task(f"s{number}", "4d", f"t{number}ok", kind=Kind.SUPPLIER) for number in range(1, 10)
    ]

    ways = ways_out(plan(a_campaign(*chain, margin="1d"), MONDAY))

    assert len(ways) <= MOST
    assert max(sum(way.kind is kind for way in ways) for kind in WayOutKind) == MOST_OF_A_KIND
    assert WayOutKind.LATER_LAUNCH in [way.kind for way in ways]


def test_among_equal_gains_the_gentlest_change_comes_first() -> None:
    campaign = a_campaign(
        an_approval("ok", "1d", "ann"),
        a_task("print", "5d", "ok", kind=Kind.SUPPLIER),
        margin="2d",
    )

    ways = ways_out(plan(campaign, MONDAY))

    assert [(way.gain, way.kind) for way in ways] == [
        (4.0, WayOutKind.LATER_LAUNCH),
        (2.0, WayOutKind.EXPRESS),
        (2.0, WayOutKind.SHORTEN_MARGIN),
        (1.0, WayOutKind.DROP_ROUND),
    ]


def test_a_launch_is_put_off_to_a_working_day_only() -> None:
    assert first_launch(a_campaign(a_task("print", "5d")), date(2027, 3, 9)) == date(2027, 3, 16)
    assert first_launch(a_campaign(a_task("print", "5d")), date(2027, 3, 15)) == date(2027, 3, 22)


def test_no_launch_holds_when_a_task_has_a_deadline_that_cannot_be_met() -> None:
    campaign = a_campaign(a_task("print", "5d", finish_by=date(2027, 3, 10)))

    assert first_launch(campaign, MONDAY) is None
    assert changes(campaign) == []


def test_no_launch_holds_when_it_only_makes_the_review_later() -> None:
    campaign = a_campaign(
        a_task("print", "7d"), a_task("review", "1d", "launch FS+1d", finish_by=date(2027, 3, 16))
    )

    assert first_launch(campaign, MONDAY) is None


@pytest.mark.parametrize(
    "more",
    [a_task("post", "2d"), a_task("review", "2d", "launch")],
    ids=["no day is left", "the work after it would not fit"],
)
def test_no_launch_is_looked_for_where_no_calendar_reaches(more: Task) -> None:
    takes = "3d" if more.after else "1d"
    campaign = a_campaign(a_task("print", takes), more, launch=date(2100, 12, 30))
    campaign = replace(campaign, margin=Duration.ZERO if more.after else Duration(4))
    made = plan(campaign, date(2100, 12, 28))

    assert made.missing > 0
    assert first_launch(campaign, made.today) is None


def test_an_absence_may_put_a_launch_off_by_less_than_what_is_missing() -> None:
    campaign = a_campaign(
        a_task("print", "3d", owner="bob"),
        people=people(bob="2027-02-01..2027-03-10"),
    )
    made = plan(campaign, date(2027, 3, 1))

    assert made.missing > 1
    assert first_launch(campaign, made.today) == date(2027, 3, 16)


@pytest.mark.parametrize(
    ("change", "op", "path", "value"),
    [
        (LaterLaunch(was=MONDAY_LAUNCH, to=date(2027, 3, 17)), "add", "/launch", "2027-03-17"),
        (ShortenMargin(was=Duration(2), days=1.0, to=Duration(1)), "add", "/margin", "0.5d"),
        (SwapOwner(task="copy", was="bob", to="cyd"), "add", "/tasks/0/owner", "cyd"),
        (
            Overlap(task="ok", was=Link(on="copy"), to=Link.parse("copy FS-2d")),
            *("replace", "/tasks/1/after/0", "copy FS-2d"),
        ),
        (Delegate(task="ok", was="bob", to="eve"), "replace", "/tasks/1/approvers/1", "eve"),
        (DropRound(task="ok", was=2, to=1), "add", "/tasks/1/rounds", 1),
        (
            Express(task="print", was=Duration(20, elapsed=True), to=Duration(10, elapsed=True)),
            *("add", "/tasks/2/takes", "5ed"),
        ),
    ],
    ids=lambda value: value.kind.value if not isinstance(value, str | int) else "",
)
def test_a_change_is_told_as_a_patch_of_the_file(
    change: Change, op: str, path: str, value: str | int
) -> None:
    campaign = a_campaign(
        a_task("copy", "4d", owner="bob"),
        an_approval("ok", "2d", "ann bob", "copy"),
        a_task("print", "10ed", "ok", kind=Kind.SUPPLIER),
        margin="1d",
    )

    assert patch(change, campaign) == ({"op": op, "path": path, "value": value},)


@pytest.mark.parametrize(
    "change",
    [
        LaterLaunch(was=date(2027, 3, 16), to=date(2027, 3, 17)),
        ShortenMargin(was=Duration(2), days=1.0, to=Duration.ZERO),
        DropRound(task="ok", was=3, to=1),
        DropRound(task="nowhere", was=2, to=1),
        Delegate(task="ok", was="eve", to="bob"),
    ],
)
def test_a_change_to_what_is_no_longer_so_is_refused(change: Change) -> None:
    campaign = a_campaign(an_approval("ok", "2d", "ann"))

    with pytest.raises(LookupError):
        apply(change, campaign)
    with pytest.raises(LookupError):
        patch(change, campaign)


@st.composite
def _impossible(draw: st.DrawFn) -> tuple[Campaign, date]:
    """Campaigns short of time, some of them begun, some with work after the launch."""
    campaign = draw(campaigns())
    today = campaign.launch - timedelta(days=draw(st.integers(0, 30)))
    first, *others = campaign.tasks
    begun = draw(st.sampled_from(["", "started", "done"]))
    if begun:
        some_days_ago = today - timedelta(days=draw(st.integers(1, 9)))
        done = some_days_ago if begun == "done" else None
        first = replace(first, started=some_days_ago, done=done)
    if draw(st.booleans()):
        due = campaign.launch + timedelta(days=draw(st.integers(2, 30)))
        review = Task(key="review", takes=Duration(4), after=(Link(on="launch"),), finish_by=due)
        others.append(review)
    return replace(campaign, tasks=(first, *others)), today


@engine
@given(_impossible())
def test_planning_the_patched_file_again_gives_what_was_said(case: tuple[Campaign, date]) -> None:
    campaign, today = case
    file = as_file(campaign)
    read = planfile.read(as_text(file), "json").campaign
    made = plan(read, today)

    ways = ways_out(made)

    assert made.missing == plan(campaign, today).missing
    assert bool(ways) <= (made.missing > 0)
    for way in ways:
        again = planfile.read(as_text(patched(file, patch(way.change, read))), "json").campaign
        assert plan(again, today).missing == way.missing
        assert plan(apply(way.change, read), today).missing == way.missing
        assert way.gain == made.missing - way.missing > 0
    order = list(WayOutKind)
    assert [*ways] == sorted(ways, key=lambda w: (-w.gain, order.index(w.kind), w.task or ""))


@engine
@given(_impossible())
def test_no_day_before_the_first_launch_that_holds_would_hold(case: tuple[Campaign, date]) -> None:
    campaign, today = case
    later = [way.change.to for way in ways_out(plan(campaign, today)) if way.task is None]

    found = first_launch(campaign, today)

    last = found or campaign.launch + timedelta(days=60)
    days = (campaign.launch + timedelta(days=n) for n in range((last - campaign.launch).days + 1))
    tried = [day for day in days if day > campaign.launch and campaign.calendar.is_workday(day)]
    feasible = [day for day in tried if plan(replace(campaign, launch=day), today).feasible]
    assert feasible == ([found] if found else [])
    assert not plan(campaign, today).missing or (found in later) == (found is not None)


@engine
@given(_impossible())
def test_no_change_that_would_help_is_overlooked(case: tuple[Campaign, date]) -> None:
    campaign, today = case
    made = plan(campaign, today)
    ways = ways_out(made)

    for task in campaign.tasks:
        change: Change | None = None
        if task.kind is Kind.APPROVAL and task.rounds > 1:
            change = DropRound(task=task.key, was=task.rounds, to=1)
        elif task.kind is Kind.SUPPLIER and task.takes.halves == 2:
            change = Express(task=task.key, was=task.takes, to=replace(task.takes, halves=1))
        if change is None or task.started or task.done:
            continue
        try:
            missing = plan(apply(change, campaign), today).missing
        except PlanError:
            continue
        told = [way.missing for way in ways if (way.kind, way.task) == (change.kind, task.key)]
        assert told == ([missing] if missing < made.missing else []), change
