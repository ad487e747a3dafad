"""Campaigns that cannot be planned, each told by its own type with tasks and fields."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling import (
    BadDate,
    BadDuration,
    BadLink,
    BadNeeds,
    BadRounds,
    Calendar,
    Campaign,
    Contradiction,
    Cycle,
    DuplicateKey,
    Duration,
    HalfDay,
    Kind,
    Link,
    NotWorked,
    NoWorkingTime,
    OutOfRange,
    PlanError,
    Problems,
    ReservedKey,
    Task,
    TooManyTasks,
    UnknownLink,
    plan,
)
from tests.scheduling.builders import (
    LONG_BEFORE,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
    away,
    people,
)

NEVER_WORKS = Calendar(weekend=frozenset(range(7)))


def _refused(campaign: Campaign) -> PlanError:
    with pytest.raises(PlanError) as caught:
        plan(campaign, LONG_BEFORE)
    return caught.value


def test_a_cycle_names_its_tasks_in_order() -> None:
    error = _refused(
        a_campaign(
            a_task("print", "1d", "ok"),
            a_task("ok", "1d", "visual"),
            a_task("visual", "1d", "print", "brief"),
            a_task("brief"),
        )
    )

    assert isinstance(error, Cycle)
    assert error.tasks == ("ok", "print", "visual")


def test_a_task_that_waits_for_itself_is_a_cycle_of_one() -> None:
    error = _refused(a_campaign(a_task("print", "1d", "print")))

    assert isinstance(error, Cycle)
    assert error.tasks == ("print",)


def test_several_cycles_are_all_named() -> None:
    tasks = [a_task("a", "1d", "b"), a_task("b", "1d", "a"), a_task("c", "1d", "d", "a")]

    error = _refused(a_campaign(*tasks, a_task("d", "1d", "c")))

    assert isinstance(error, Problems)
    assert {one.tasks for one in error.errors if isinstance(one, Cycle)} == {
        ("a", "b"),
        ("c", "d"),
    }


def test_only_the_first_ten_of_many_cycles_are_named() -> None:
    loops = [a_task(f"t{n}", "1d", f"t{n}") for n in range(15)]

    error = _refused(a_campaign(*loops))

    assert len(error.errors) == 10


def test_unknown_links_and_duplicate_and_reserved_keys_are_told_together() -> None:
    error = _refused(
        a_campaign(a_task("a", "1d", "nobody"), a_task("a"), a_task("launch", "1d", "launch"))
    )

    assert [str(one) for one in error.errors] == [
        "duplicate_key key='a'",
        "reserved_key key='launch'",
        "unknown_link task='a' on='nobody'",
    ]
    assert [type(one) for one in error.errors] == [DuplicateKey, ReservedKey, UnknownLink]
    assert "; " in str(error)


def test_a_single_problem_is_its_own_list() -> None:
    error = _refused(a_campaign(a_task("a", "1d", "nobody")))

    assert error.errors == (error,)


def test_more_tasks_than_a_campaign_may_hold_are_refused() -> None:
    error = _refused(a_campaign(*[a_task("again")] * 100_001))

    first = error.errors[0]
    assert isinstance(first, TooManyTasks)
    assert first.tasks == 100_001


def test_calendars_without_working_time_are_refused() -> None:
    for_ever = away("1970-01-01..2100-12-31")
    campaign = a_campaign(
        a_task("a", "1d", owner="ann"),
        an_approval("ok", "1d", "bob"),
        people={"ann": NEVER_WORKS, "bob": for_ever, "idle": NEVER_WORKS},
    )

    error = _refused(campaign)

    assert {one.person for one in error.errors if isinstance(one, NoWorkingTime)} == {"ann", "bob"}


def test_a_campaign_without_working_time_is_refused() -> None:
    error = _refused(a_campaign(a_task("a"), calendar=NEVER_WORKS))

    assert isinstance(error, NoWorkingTime)
    assert error.person is None


def test_a_fixed_start_on_a_day_off_is_refused() -> None:
    saturday = date(2027, 3, 6)
    campaign = a_campaign(
        a_task("work", "1d", fixed=saturday),
        a_milestone("go", fixed=saturday),
        an_approval("ok", "1d", "ann bob", fixed=HalfDay(date(2027, 3, 5))),
        an_approval("ok2", "1d", "ann", fixed=HalfDay(date(2027, 3, 5))),
        a_task("print", "3ed", fixed=saturday),
        people={"ann": away("2027-03-05 am")},
    )

    error = _refused(campaign)

    assert [(one.task, one.day) for one in error.errors if isinstance(one, NotWorked)] == [
        ("work", saturday),
        ("go", saturday),
        ("ok2", date(2027, 3, 5)),
    ]


def test_a_plan_that_leaves_the_calendar_is_refused() -> None:
    backwards = a_campaign(*_chain(20))
    forwards = a_campaign(a_task("review", "1d", "launch"), *_after(20))

    assert isinstance(_refused(backwards), OutOfRange)
    assert isinstance(_refused(forwards), OutOfRange)


def _chain(length: int) -> list[Task]:
    return [
        a_task("t0", "3000d"),
        *(a_task(f"t{n}", "3000d", f"t{n - 1}") for n in range(1, length)),
    ]


def _after(length: int) -> list[Task]:
    return [a_task(f"t{n}", "3000d", f"t{n - 1}" if n else "review") for n in range(length)]


@pytest.mark.parametrize(("name", "year"), [("launch", 1969), ("launch", 2101), ("start", 2101)])
def test_a_campaign_outside_our_centuries_is_refused(name: str, year: int) -> None:
    dates = {"launch": date(2027, 1, 4), name: date(year, 1, 4)}

    with pytest.raises(BadDate) as caught:
        Campaign(name="Aurore", **dates)  # type: ignore[arg-type]  # only dates are passed

    assert caught.value.field == name


@pytest.mark.parametrize("halves", [0, -2, 7_321])
def test_a_task_takes_some_time_but_not_for_ever(halves: int) -> None:
    with pytest.raises(BadDuration) as caught:
        Task(key="a", takes=Duration(halves))

    assert (caught.value.task, caught.value.field) == ("a", "takes")


def test_a_milestone_takes_no_time() -> None:
    with pytest.raises(BadDuration):
        Task(key="a", kind=Kind.MILESTONE, takes=Duration(1))


def test_rework_is_never_negative() -> None:
    with pytest.raises(BadDuration) as caught:
        an_approval("ok", "1d", "carol", rework=Duration(-1))

    assert caught.value.field == "rework"


@pytest.mark.parametrize("rounds", [0, -1, 21])
def test_an_approval_has_a_few_rounds(rounds: int) -> None:
    with pytest.raises(BadRounds) as caught:
        an_approval("ok", "1d", "carol", rounds=rounds)

    assert caught.value.rounds == rounds


@pytest.mark.parametrize("needs", [0, 3])
def test_an_approval_needs_some_of_its_approvers(needs: int) -> None:
    with pytest.raises(BadNeeds) as caught:
        an_approval("ok", "1d", "carol dan", needs=needs)

    assert (caught.value.needs, caught.value.approvers) == (needs, 2)


@pytest.mark.parametrize(
    ("field", "first", "other", "last"),
    [
        ("started", date(2027, 3, 2), "done", date(2027, 3, 1)),
        ("started", HalfDay(date(2027, 3, 1), pm=True), "done", HalfDay(date(2027, 3, 1))),
        ("not_before", date(2027, 3, 2), "finish_by", date(2027, 3, 1)),
        ("not_before", date(2027, 3, 2), "fixed", date(2027, 3, 1)),
        ("fixed", date(2027, 3, 2), "finish_by", date(2027, 3, 1)),
    ],
)
def test_dates_of_one_task_that_contradict_each_other_are_refused(
    field: str, first: date, other: str, last: date
) -> None:
    with pytest.raises(Contradiction) as caught:
        a_task("print", "1d", **{field: first, other: last})

    assert (caught.value.task, caught.value.field, caught.value.other) == ("print", field, other)


def test_everything_wrong_with_a_task_is_told_at_once() -> None:
    with pytest.raises(Problems) as caught:
        an_approval("ok", "0d", "carol", rounds=0, needs=5)

    assert [one.code for one in caught.value.errors] == ["bad_duration", "bad_rounds", "bad_needs"]


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("visual", "visual"),
        ("visual FS", "visual"),
        ("visual SS+2d", "visual SS+2d"),
        ("visual FF-1d", "visual FF-1d"),
        ("visual SF", "visual SF"),
        ("visual FS+3ed", "visual FS+3ed"),
        ("launch  FS +2w", "launch FS+10d"),
        ("fs-1 FS+0d", "fs-1"),
    ],
)
def test_links_are_read_as_they_are_written(text: str, canonical: str) -> None:
    assert str(Link.parse(text)) == canonical
    assert Link.parse(canonical) == Link.parse(text)


@pytest.mark.parametrize(
    "text", ["", "visual XX", "visual fs", "visual FS2d", "visual FS+2", "a b c"]
)
def test_anything_else_is_refused_as_a_link(text: str) -> None:
    with pytest.raises(BadLink) as caught:
        Link.parse(text)

    assert caught.value.text == text


def test_someone_back_only_after_the_launch_is_who_leaves_no_time() -> None:
    campaign = a_campaign(
        a_task("brief", "1d"),
        a_task("visual", "1d", "brief", owner="bob"),
        people=people(bob="1970-01-01..2030-03-20"),
    )

    error = _refused(campaign)

    assert str(error) == "no_working_time person='bob'"


def test_a_fixed_start_of_someone_who_never_works_is_one_problem() -> None:
    task = a_task("a", "1d", owner="ann", fixed=date(2027, 3, 8))

    error = _refused(a_campaign(task, people={"ann": NEVER_WORKS}))

    assert isinstance(error, NoWorkingTime)
    assert error.person == "ann"


def test_a_campaign_cannot_begin_after_its_launch() -> None:
    launch = date(2027, 3, 15)

    with pytest.raises(Contradiction) as caught:
        Campaign(name="Aurore", launch=launch, start=date(2027, 3, 16))

    assert (caught.value.field, caught.value.other) == ("start", "launch")
    assert Campaign(name="Aurore", launch=launch, start=launch).start == launch
