"""Every date can say why, in English and in French."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po

from bot.views.why import why
from bot.views.words import Mrkdwn, Reader, escape
from scheduling import (
    Calendar,
    Campaign,
    Cause,
    Duration,
    HalfDay,
    Kind,
    Link,
    LinkType,
    Off,
    OffKind,
    Plan,
    Task,
    TimeOff,
    plan,
    read_margin,
)

TODAY = date(2027, 1, 4)
LAUNCH = date(2027, 3, 15)
ROOT = Path(__file__).parents[2]


def a_task(
    key: str, takes: str = "1d", *after: str, kind: Kind = Kind.WORK, title: str = ""
) -> Task:
    links = tuple(map(Link.parse, after))
    length = Duration.ZERO if kind is Kind.MILESTONE else Duration.parse(takes)
    return Task(key=key, title=title, kind=kind, takes=length, after=links)


def a_plan(
    *tasks: Task,
    margin: str = "0d",
    calendar: Calendar | None = None,
    people: dict[str, Calendar] | None = None,
) -> Plan:
    campaign = Campaign(
        name="Aurore",
        launch=LAUNCH,
        margin=read_margin(margin),
        calendar=calendar or Calendar(),
        people=people or {},
        tasks=tasks,
    )
    return plan(campaign, TODAY)


def said(made: Plan, key: str, locale: str = "en_GB") -> str:
    return why(made[key].reason, Reader(locale=locale, today=TODAY), made, person=escape)


def in_french(made: Plan, key: str) -> str:
    return said(made, key, "fr_FR")


def test_the_printer_needs_ten_days_before_the_posting() -> None:
    posting = a_task("posting", "10d", "print", title="Posting")

    made = a_plan(a_task("print", "10ed"), posting)

    assert made["posting"].start == HalfDay(date(2027, 3, 1))
    assert said(made, "print") == (
        "It takes 10 calendar days and must end before the start of “Posting” on Mon 1 Mar, "
        "so it runs from Fri 19 Feb to Sun 28 Feb."
    )
    assert in_french(made, "print") == (
        "Il faut 10 jours calendaires, à terminer avant le début de «\u202fPosting\u202f», "
        "le lun. 1ᵉʳ mars, soit du ven. 19 févr. au dim. 28 févr."
    )


def test_the_last_task_names_the_launch_and_the_margin() -> None:
    without, with_margin = a_plan(a_task("copy")), a_plan(a_task("copy"), margin="5d")

    assert said(without, "copy") == (
        "It takes 1 working day and must end before the launch on Mon 15 Mar, "
        "so it starts Fri 12 Mar."
    )
    assert said(with_margin, "copy") == (
        "It takes 1 working day and must end by Fri 5 Mar to keep a margin of 5 working days "
        "before the launch on Mon 15 Mar, so it starts Fri 5 Mar."
    )
    assert in_french(with_margin, "copy") == (
        "Il faut 1 jour ouvré, à terminer au plus tard le ven. 5 mars pour garder une marge de "
        "5 jours ouvrés avant le lancement, le lun. 15 mars, d’où un début le ven. 5 mars."
    )


@pytest.mark.parametrize(
    ("link", "when"),
    [
        ("FS", "must end before the start of “next” on Fri 5 Mar"),
        ("FS+2d", "must end at least 2 working days before the start of “next” on Fri 5 Mar"),
        ("FS-1d", "must end at most 1 working day after the start of “next” on Fri 5 Mar"),
        ("FS+3ed", "must end at least 3 calendar days before the start of “next” on Fri 5 Mar"),
        ("SS", "must start no later than the start of “next” on Fri 5 Mar"),
        ("SS+2d", "must start at least 2 working days before the start of “next” on Fri 5 Mar"),
        ("FF", "must end no later than the end of “next” on Thu 11 Mar"),
        ("FF+0.5d", "must end at least 0.5 working days before the end of “next” on Thu 11 Mar"),
        ("SF", "must start right after the end of “next” on Thu 11 Mar at the latest"),
        ("SF+3d", "must start at least 3 working days before the end of “next” on Thu 11 Mar"),
    ],
)
def test_a_link_is_told_by_the_end_that_it_holds(link: str, when: str) -> None:
    made = a_plan(
        a_task("first", "0.5d"), a_task("next", "5d", f"first {link}"), a_task("last", "1d", "next")
    )

    sentence = said(made, "first")

    assert made["first"].reason.cause is Cause.NEEDED_BY
    assert when in sentence


def test_a_start_to_start_link_says_nothing_of_the_length_that_plays_no_part() -> None:
    made = a_plan(a_task("first", "2d"), a_task("next", "5d", "first SS+2d"))

    sentence = said(made, "first")

    assert sentence == (
        "It must start at least 2 working days before the start of “next” on Mon 8 Mar "
        "and takes 2 working days, so it runs from Thu 4 Mar to Fri 5 Mar."
    )


def test_rounds_and_rework_are_part_of_what_an_approval_takes() -> None:
    approval = replace(
        a_task("ok", "2d", kind=Kind.APPROVAL), rounds=2, rework=Duration.parse("1d")
    )

    made = a_plan(approval)

    assert said(made, "ok").startswith(
        "It takes 2 rounds of 2 working days with 1 working day of changes in between and must end"
    )
    assert in_french(made, "ok").startswith(
        "Il faut 2 tours de 2 jours ouvrés, avec 1 jour ouvré de changements entre deux, à terminer"
    )


def test_a_milestone_falls_in_the_evening_of_its_day() -> None:
    sent = a_task("sent", kind=Kind.MILESTONE, title="Files sent")

    made = a_plan(
        a_task("files", "1d"),
        replace(sent, after=(Link.parse("files"),)),
        a_task("print", "3d", "sent"),
    )

    assert said(made, "sent") == (
        "This milestone must be reached before the start of “print” on Wed 10 Mar, "
        "so it falls on Tue 9 Mar in the evening."
    )
    assert said(made, "files") == (
        "It takes 1 working day and must end by Tue 9 Mar for “Files sent”, so it starts Tue 9 Mar."
    )
    assert in_french(made, "sent") == (
        "Ce jalon est à atteindre avant le début de «\u202fprint\u202f», le mer. 10 mars, "
        "et tombe donc le mar. 9 mars au soir."
    )


def test_after_the_launch_a_task_waits_for_it() -> None:
    survey = a_task("survey", "2d", "launch")

    made = a_plan(survey, a_task("review", "1d", "survey FS+5d"), a_task("party", "1d", "survey"))

    assert said(made, "survey") == (
        "It waits for the launch on Mon 15 Mar and takes 2 working days, "
        "so it runs from Mon 15 Mar to Tue 16 Mar."
    )
    assert said(made, "party") == (
        "It waits for the end of “survey” on Tue 16 Mar, so it starts Wed 17 Mar."
    )
    assert said(made, "review") == (
        "It must start at least 5 working days after the end of “survey” on Tue 16 Mar, "
        "so it starts Wed 24 Mar."
    )
    assert in_french(made, "survey") == (
        "Cette tâche attend le lancement, le lun. 15 mars et dure 2 jours ouvrés, soit du lun. 15 mars au mar. 16 mars."
    )


def test_dates_of_its_own_are_named_as_such() -> None:
    by = replace(a_task("by"), finish_by=date(2027, 3, 3))
    fixed = replace(a_task("fixed", "2d"), fixed=date(2027, 3, 4))
    later = replace(a_task("later", "1d", "launch"), not_before=date(2027, 4, 7))

    made = a_plan(by, fixed, later)

    assert said(made, "by") == (
        "It takes 1 working day and must end by Wed 3 Mar, its deadline, so it starts Wed 3 Mar."
    )
    assert said(made, "fixed") == (
        "Its start is fixed on Thu 4 Mar; it takes 2 working days, so it ends Fri 5 Mar."
    )
    assert said(made, "later") == "It must start no sooner than Wed 7 Apr, so it starts Wed 7 Apr."


def test_an_absence_a_closure_and_a_holiday_are_told_with_their_days() -> None:
    company = Calendar(
        holidays={date(2027, 3, 2): "Saint-Simplice", date(2027, 3, 9): ""},
        closed=(TimeOff.parse("2027-03-05"),),
    )
    bob = company.of_person(away=[TimeOff.parse("2027-03-10..2027-03-11 am")])

    made = a_plan(replace(a_task("draw", "5d"), owner="bob"), calendar=company, people={"bob": bob})

    assert said(made, "draw").endswith(
        "so it runs from Mon 1 Mar at midday to Fri 12 Mar (Tue 2 Mar is Saint-Simplice; "
        "closed Fri 5 Mar; public holiday Tue 9 Mar; bob is away Wed 10 Mar – Thu 11 Mar at midday)."
    )
    assert in_french(made, "draw").endswith(
        "soit du lun. 1ᵉʳ mars à midi au ven. 12 mars (mar. 2 mars\u202f: Saint-Simplice\u202f; "
        "fermeture ven. 5 mars\u202f; jour férié mar. 9 mars\u202f; "
        "bob est indisponible mer. 10 mars – jeu. 11 mars à midi)."
    )


def test_an_absence_is_told_even_among_many_holidays() -> None:
    holidays = {date(2027, 3, day): f"Saint {day}" for day in (1, 3, 5, 9, 11)}
    bob = Calendar(holidays=holidays, away=(TimeOff.parse("2027-03-10 pm"),))

    made = a_plan(replace(a_task("draw", "8d"), owner="bob"), people={"bob": bob})

    sentence = said(made, "draw")
    assert "(bob is away half of Wed 10 Mar; Mon 1 Mar is Saint 1;" in sentence
    assert sentence.endswith("; 2 other stretches not worked).")


def test_days_off_after_a_start_that_must_be_by_then_are_left_out() -> None:
    calendar = Calendar(holidays={date(2027, 3, 4): "Saint A", date(2027, 3, 10): "Saint B"})
    tasks = a_task("first", "4d"), a_task("next", "5d", "first SS")

    made = a_plan(*tasks, calendar=calendar)

    assert made["first"].start == HalfDay(date(2027, 3, 5))
    assert "Saint" not in said(made, "first")


def test_all_that_asks_for_the_same_dates_is_named() -> None:
    by = replace(a_task("copy", "2d"), finish_by=date(2027, 3, 10))
    made = a_plan(
        by, a_task("print", "2d", "copy"), a_task("web", "2d", "copy"), a_task("ad", "2d", "copy")
    )

    assert said(made, "print") == (
        "It takes 2 working days and must end before the launch on Mon 15 Mar, "
        "so it runs from Thu 11 Mar to Fri 12 Mar."
    )
    assert said(made, "copy") == (
        "It takes 2 working days and must end by Wed 10 Mar, its deadline, so it runs from "
        "Tue 9 Mar to Wed 10 Mar; “ad”, “print” and “web” ask for the same."
    )
    assert in_french(made, "copy").endswith(
        "soit du mar. 9 mars au mer. 10 mars\u202f; «\u202fad\u202f», «\u202fprint\u202f» et "
        "«\u202fweb\u202f» demandent la même chose."
    )


def test_noon_is_told_where_half_days_meet() -> None:
    falls = a_task("sent", kind=Kind.MILESTONE)

    made = a_plan(falls, a_task("print", "1.5d", "sent"))

    assert said(made, "sent").endswith(
        "before the start of “print” on Thu 11 Mar at midday, so it falls on Thu 11 Mar at midday."
    )


def test_what_people_typed_stays_text_and_people_are_mentioned() -> None:
    bob = Calendar(away=(TimeOff.parse("2027-03-11"),))
    made = a_plan(
        replace(a_task("draw", "2d"), owner="U0BOB"),
        a_task("post", "1d", "draw", title="<!channel>"),
        people={"U0BOB": bob},
    )

    sentence = why(made["draw"].reason, Reader(locale="en_GB", today=TODAY), made)

    assert isinstance(sentence, Mrkdwn)
    assert "“&lt;!channel&gt;”" in sentence
    assert "(<@U0BOB> is away Thu 11 Mar)" in sentence


SHAPES = [
    (cause, kind, other, off, link)
    for cause, kind, other, off, link in itertools.product(
        Cause,
        Kind,
        (Kind.WORK, Kind.MILESTONE),
        (None, *OffKind),
        ("FS", "FS+1d", "FS-1ed", "SS", "SF+2ed", "FF", "FF-1d"),
    )
    if cause in {Cause.NEEDED_BY, Cause.AFTER_TASK, Cause.AFTER_LAUNCH} or link == "FS"
]


@pytest.mark.parametrize("locale", ["en_GB", "fr_FR"])
@pytest.mark.parametrize("cause", Cause)
def test_every_cause_kind_link_and_day_off_has_a_finished_sentence(
    cause: Cause, locale: str
) -> None:
    reader = Reader(locale=locale, today=TODAY)
    for of, kind, other, off, text in SHAPES:
        if of is not cause:
            continue
        made = a_plan(a_task("it", kind=kind), a_task("other", kind=other))
        link = Link.parse(f"other {text}")
        is_tied = cause in {Cause.NEEDED_BY, Cause.AFTER_TASK}
        days = Off(kind=off, first=date(2027, 3, 9), last=date(2027, 3, 9)) if off else None
        reason = replace(
            made["it"].reason,
            cause=cause,
            is_start=link.type in {LinkType.SS, LinkType.SF},
            other="other" if is_tied else None,
            link=link if is_tied or cause is Cause.AFTER_LAUNCH else None,
            off=(days,) if days else (),
        )

        sentence = why(reason, reader, made)

        assert sentence.endswith(".")
        assert not sentence.endswith("..")
        assert "%(" not in sentence
        assert sentence.startswith(
            ("It ", "Its ", "This ") if locale == "en_GB" else ("Il ", "Le ", "Ce ", "Cette ")
        )


@cache
def french() -> Catalog:
    with (ROOT / "bot/views/locale/fr/LC_MESSAGES/retro.po").open("rb") as source:
        return read_po(source, locale="fr")


@pytest.mark.parametrize(
    "file",
    [
        "bot/planfiles.py",
        *(f"bot/views/{name}.py" for name in ("days_off", "moments", "plan_problems")),
        *(f"bot/views/{name}.py" for name in ("plan_table", "why")),
    ],
)
def test_no_sentence_is_left_in_english(file: str) -> None:
    keywords = {"say": None, "say_many": (1, 2), "plain": None}

    found = [
        found for _, found, _, _ in extract_from_file("python", ROOT / file, keywords=keywords)
    ]

    for ids in found:
        one = ids if isinstance(ids, str) else ids[0]
        message = french().get(one)
        assert message is not None, one
        texts = (message.string,) if isinstance(message.string, str) else message.string
        assert texts is not None, one
        assert all(texts), one
        for text in texts:
            assert not any(f" {mark}" in text for mark in ";:!?»"), text
            assert "« " not in text
            assert "'" not in text
