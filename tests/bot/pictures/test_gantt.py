"""The Gantt chart: everything has its place, and nothing is lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given

from bot.views.pictures import folding, ganttchart, wording
from bot.views.pictures.folding import Folded, Heading, Single
from bot.views.pictures.ganttchart import Chart, chart
from bot.views.pictures.ganttrows import Drawn
from bot.views.pictures.legend import Mark, words
from bot.views.pictures.shapes import WIDTH, Box, Text
from bot.views.words import Reader
from scheduling import Calendar, Duration, Kind, Plan, TimeOff
from tests.bot.pictures.plans import FRENCH, SEEDS, any_plan, chain, keys, planned, task, unhurried

SLACK = 0.5  # of a unit, for rounding


def reader(plan: Plan, locale: str = "fr-FR") -> Reader:
    return Reader(locale=locale, today=plan.today)


def drawn(plan: Plan, locale: str = "fr-FR") -> Chart:
    return chart(plan, reader(plan, locale), {})


def texts(made: Chart) -> Iterator[Text]:
    yield from made.head.texts
    yield from (line.flag for line in (made.today, made.launch) if line)
    for label in (*made.months, *made.dates, *(row.label for row in made.rows if row.label)):
        yield from label.texts
    yield from (row.title for row in made.rows)
    yield from (entry.words for entry in made.legend)


def boxes(made: Chart) -> Iterator[Box]:
    for row in made.rows:
        if row.bar:
            parts = (row.bar.body, row.bar.late, row.bar.plan, *row.bar.notches)
            yield from (part for part in parts if part)
        if row.margin:
            yield row.margin.whole
            yield from [row.margin.gone] if row.margin.gone else []


def row_of(made: Chart, title: str) -> Drawn:
    return next(row for row in made.rows if row.title.text == title)


def said(row: Drawn) -> list[str]:
    return [text.text for text in row.label.texts] if row.label else []


@unhurried
@given(SEEDS)
def test_nothing_leaves_the_picture(seed: int) -> None:
    plan = any_plan(seed)
    made = drawn(plan)

    for text in texts(made):
        assert text.x >= -SLACK, text
        assert text.right <= WIDTH + SLACK, text
        assert text.size * 0.7 <= text.y <= made.height - 4, text
    for box in boxes(made):
        assert made.scale.left - SLACK <= box.x, box
        assert box.right <= WIDTH, box
        assert made.top <= box.y + 2, box
        assert box.bottom <= made.bottom, box


@unhurried
@given(SEEDS)
def test_no_text_of_a_row_runs_into_another_or_into_a_bar(seed: int) -> None:
    plan = any_plan(seed)
    made = drawn(plan)

    for row in made.rows:
        in_row = [row.title, *(row.label.texts if row.label else ())]
        for one, other in pairwise(sorted(in_row, key=lambda text: text.x)):
            assert one.right <= other.x + SLACK, (one, other)
        if row.label and row.bar and row.label.mask is None:
            first, last = row.label.texts[0], row.label.texts[-1]
            assert first.x >= row.bar.right or last.right <= row.bar.left


@unhurried
@given(SEEDS)
def test_rows_are_below_each_other(seed: int) -> None:
    plan = any_plan(seed)
    made = drawn(plan)

    lines = [row.title.y for row in made.rows]
    assert all(later - sooner >= 30 for sooner, later in pairwise(lines))
    assert len(lines) <= ganttchart.MOST_ROWS * 1.5


@unhurried
@given(SEEDS)
def test_the_names_above_the_scale_do_not_run_into_each_other(seed: int) -> None:
    plan = any_plan(seed)
    made = drawn(plan)

    for line in (made.months, made.dates):
        for one, other in pairwise(line):
            assert one.texts[0].right < other.texts[0].x + SLACK
    if made.today:
        first, second = sorted((made.today.flag, made.launch.flag), key=lambda text: text.x)
        assert first.right < second.x


@unhurried
@given(SEEDS)
def test_the_legend_explains_exactly_what_is_drawn(seed: int) -> None:
    plan = any_plan(seed)
    made = drawn(plan)

    bars = [row.bar for row in made.rows if row.bar]
    shown = {
        Mark.WORK: any(bar.kind is Kind.WORK for bar in bars),
        Mark.APPROVAL: any(bar.kind is Kind.APPROVAL for bar in bars),
        Mark.SUPPLIER: any(bar.kind is Kind.SUPPLIER for bar in bars),
        Mark.MILESTONE: any(bar.diamond is not None for bar in bars),
        Mark.DEADLINE: any(bar.deadlines for bar in bars),
        Mark.CRITICAL: any(bar.is_critical and not bar.is_done for bar in bars),
        Mark.DONE: any(bar.is_done for bar in bars),
        Mark.LATE: any(bar.late for bar in bars),
        Mark.PLANNED: any(bar.plan for bar in bars),
        Mark.ABSENCE: any(bar.notches for bar in bars),
        Mark.FOLDED: any(bar.kind is None for bar in bars),
        Mark.MARGIN: plan.margin_planned > 0,
        Mark.DAY_OFF: bool(made.days_off),
    }
    assert [entry.mark for entry in made.legend] == [mark for mark in Mark if shown.get(mark)]


@unhurried
@given(SEEDS)
def test_every_task_is_in_one_row_and_the_folded_ones_are_counted(seed: int) -> None:
    plan = any_plan(seed, 120)
    rows = folding.rows(plan, 20)

    found = Counter(one.key for row in rows for one in folding.standings(row))
    assert found == Counter(keys(plan))
    singles = sum(isinstance(row, Single) for row in rows)
    assert singles + folding.folded(rows) == len(plan.tasks)
    if len(plan.tasks) > 20:
        assert sum(not isinstance(row, Heading) for row in rows) <= 20


@pytest.mark.parametrize(("count", "says"), [(10, False), (30, False), (80, True), (400, True)])
def test_a_plan_too_large_for_the_picture_says_how_much_is_folded(count: int, says: bool) -> None:  # noqa: FBT001
    plan = chain(count, gate_every=5)

    made = drawn(plan)

    folded = folding.folded(ganttchart.shown_rows(plan))
    shown = [text.text for text in made.head.texts]
    assert (f"{folded} tâches repliées" in shown) is says
    assert (folded > 0) is says
    assert made.height < 1_800


def test_what_is_late_or_running_stays_open_when_the_rest_is_folded() -> None:
    plan = chain(80, gate_every=5, today=date(2027, 3, 1))

    rows = folding.rows(plan, 20)

    late = [row for row in rows if isinstance(row, Single) and row.standing.late]
    assert late


def test_what_is_folded_says_how_many_tasks_there_are() -> None:
    plan = chain(80, gate_every=5)

    made = drawn(plan)

    folded = [row for row in ganttchart.shown_rows(plan) if isinstance(row, Folded)]
    counts = [said(row)[-1].split(",")[0] for row in made.rows if row.bar and row.bar.kind is None]
    assert counts == [f"{len(row)} tâches" for row in folded]


def test_a_few_tasks_have_no_headings() -> None:
    plan = chain(10, gate_every=5)

    rows = ganttchart.shown_rows(plan)

    assert not any(isinstance(row, Heading) for row in rows)


def test_a_bar_ends_in_red_with_how_late_it_is() -> None:
    plan = planned(
        task("a", "3d", title="Maquette", owner="Bob", started=date(2027, 6, 10)),
        today=date(2027, 6, 11),
    )

    made = drawn(plan)

    row = row_of(made, "Maquette")
    assert row.bar
    assert row.bar.late
    assert said(row) == ["+1\u202fj", "Bob"]
    assert row.bar.late.x >= row.bar.middle
    assert Mark.LATE in [entry.mark for entry in made.legend]


def test_a_task_begun_only_after_it_should_have_ended_shows_where_it_should_have_been() -> None:
    plan = planned(
        task("a", "1d", title="Maquette", started=date(2027, 6, 1)),
        task("b", "20d", after=["a"]),
        today=date(2027, 6, 1),
    )

    bar = row_of(drawn(plan), "Maquette").bar

    assert bar
    assert bar.plan
    assert bar.late
    assert bar.body is None
    assert bar.plan.right <= bar.late.x


def test_what_is_done_has_a_tick_and_its_real_dates() -> None:
    done = task(
        "a", "3d", title="Brief", owner="Bob", done=date(2027, 4, 6), started=date(2027, 4, 2)
    )
    plan = planned(done, task("b", "20d", after=["a"]), today=date(2027, 4, 20))

    made = drawn(plan)

    row = row_of(made, "Brief")
    assert row.bar
    assert row.bar.body
    assert said(row) == ["✓", "Bob"]
    assert row.bar.is_done
    assert row.bar.body.x == pytest.approx(made.scale.x(2 * (date(2027, 4, 2).toordinal() - 1)))


def test_an_absence_is_a_notch_in_the_bar_of_who_is_away() -> None:
    away = FRENCH.of_person(away=[TimeOff.parse("2027-06-08..2027-06-09")])
    plan = planned(
        task("a", "4d", title="Textes", owner="Bob"),
        task("b", "4d", title="Photos", owner="Zoé"),
        people={"Bob": away},
    )

    made = drawn(plan)

    mine, theirs = row_of(made, "Textes").bar, row_of(made, "Photos").bar
    assert mine
    assert mine.body
    assert theirs
    assert len(mine.notches) == 1
    assert mine.body.x < mine.notches[0].x < mine.notches[0].right < mine.body.right
    assert theirs.notches == ()


def test_every_round_of_an_approval_has_its_deadline() -> None:
    review = task(
        "ok",
        "2d",
        title="Validation",
        kind=Kind.APPROVAL,
        rounds=2,
        approvers=("Ann",),
        owner="Bob",
    )
    plan = planned(review)

    row = row_of(drawn(plan), "Validation")

    assert row.bar
    assert row.bar.body
    assert len(row.bar.deadlines) == 2
    assert row.bar.deadlines[-1] == pytest.approx(row.bar.body.right)
    assert said(row) == ["Ann"]


def test_what_the_forecast_eats_of_the_margin_is_seen() -> None:
    plan = planned(
        task("a", "3d", title="Maquette", started=date(2027, 6, 4)),
        today=date(2027, 6, 7),
        margin=Duration.parse("5d"),
    )

    row = row_of(drawn(plan, "en-GB"), "Safety margin")

    assert row.margin
    assert row.margin.gone
    assert row.margin.gone.x == row.margin.whole.x
    assert row.margin.gone.right < row.margin.whole.right
    assert said(row) == ["3 of 5 days left"]


def test_a_review_long_after_the_launch_does_not_squeeze_the_rest() -> None:
    tasks = task("a", "10d", title="Maquette"), task("r", "1d", after=["launch FS+60d"])

    far, alone = drawn(planned(*tasks)), drawn(planned(tasks[0]))

    assert far.scale.cut is not None
    assert alone.scale.cut is None
    assert far.scale.per_week > alone.scale.per_week / 2


def test_today_is_left_out_when_it_is_far_before_the_first_task() -> None:
    plan = planned(task("a", "3d"), today=date(2026, 6, 1))

    made = drawn(plan)

    assert made.today is None


def test_people_are_written_as_they_are_known_where_it_is_read() -> None:
    plan = planned(task("a", title="Brief", owner="U0BOB"))

    made = chart(plan, reader(plan), {"U0BOB": "Bob Martin"})

    assert said(row_of(made, "Brief")) == ["Bob Martin"]


def test_long_titles_end_with_an_ellipsis() -> None:
    plan = planned(task("a", title="Une tâche dont le titre est bien trop long pour la colonne"))

    made = drawn(plan)

    assert made.rows[0].title.text.endswith("…")
    assert made.rows[0].title.right < made.scale.left


@pytest.mark.parametrize("locale", ["fr-FR", "en-GB", "en-US"])
def test_a_chart_speaks_the_language_of_its_reader(locale: str) -> None:
    plan = chain(14, gate_every=5)

    made = drawn(plan, locale)

    heading = {"fr-FR": "Lancement".lower(), "en-GB": "launch", "en-US": "launch"}[locale]
    assert made.launch.flag.text == heading
    assert {entry.words.text for entry in made.legend} <= set(words(reader(plan, locale)).values())


def test_one_sentence_says_what_the_picture_shows() -> None:
    plan = chain(3)

    words = wording.summary(plan, reader(plan, "en-GB"), is_network=False)

    assert words == (
        "Gantt chart of “Aurore”: 3 tasks, launches Mon, 14 Jun 2027, "
        "margin 5 days, untouched, on track."
    )


def test_a_calendar_that_never_rests_has_no_grey() -> None:
    plan = planned(task("a", "9d"), calendar=Calendar(weekend=frozenset()))

    made = drawn(plan)

    assert made.days_off == ()
    assert Mark.DAY_OFF not in [entry.mark for entry in made.legend]
