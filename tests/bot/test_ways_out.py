"""Ways out of an impossible plan, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.views.plan_table import table
from bot.views.ways_out import chain, way_out
from bot.views.words import Reader
from scheduling import (
    Change,
    Delegate,
    DropRound,
    Duration,
    Express,
    Kind,
    LaterLaunch,
    Link,
    Overlap,
    Plan,
    ShortenMargin,
    SwapOwner,
    WayOut,
    WayOutKind,
    plan,
)
from tests.scheduling.builders import a_campaign, a_task, an_approval, people

MONDAY = date(2027, 3, 8)
ENGLISH = Reader(locale="en-GB", today=MONDAY)
FRENCH = Reader(locale="fr-FR", today=MONDAY)
THIN = "\u202f"


def impossible() -> Plan:
    campaign = a_campaign(
        a_task("visual", "3d", owner="bob", title="Visuel <clé>"),
        an_approval("ok", "2d", "ann", "visual", owner="bob", title="Validation"),
        a_task("print", "6ed", "ok", kind=Kind.SUPPLIER, title="Impression"),
        margin="5d",
    )
    return plan(campaign, MONDAY)


NEARER = Overlap(task="ok", was=Link(on="visual"), to=Link.parse("visual FS-1.5d"))
LEAFLET = Express(task="print", was=Duration(12, elapsed=True), to=Duration(6, elapsed=True))

SENTENCES: list[tuple[Change, float, str, str]] = [
    (
        Delegate(task="ok", was="UANN", to="UEVE"),
        2.0,
        "<@UEVE> decides on “Validation” instead of <@UANN>: +2 days",
        "<@UEVE> décide à la place de <@UANN> pour « Validation » : +2 j",
    ),
    (
        SwapOwner(task="visual", was="UBOB", to="UEVE"),
        1.0,
        "<@UEVE> does “Visuel &lt;clé&gt;” instead of <@UBOB>: +1 day",
        "<@UEVE> se charge de « Visuel &lt;clé&gt; » à la place de <@UBOB> : +1 j",
    ),
    (
        NEARER,
        1.5,
        "“Validation” begins 1.5 days before the end of “Visuel &lt;clé&gt;”: +1.5 days",
        "« Validation » commence 1,5 jour avant la fin de « Visuel &lt;clé&gt; » : +1,5 j",
    ),
    (
        DropRound(task="ok", was=2, to=1),
        4.0,
        "A single review round for “Validation” instead of 2: +4 days",
        "Un seul tour au lieu de 2 pour « Validation » : +4 j",
    ),
    (
        DropRound(task="ok", was=3, to=2),
        4.0,
        "2 review rounds for “Validation” instead of 3: +4 days",
        "2 tours au lieu de 3 pour « Validation » : +4 j",
    ),
    (
        LEAFLET,
        3.0,
        "“Impression” by express (3 instead of 6 calendar days): +3 days",
        "« Impression » en express (3 au lieu de 6 jours calendaires) : +3 j",
    ),
    (
        Express(task="print", was=Duration(12), to=Duration(6)),
        3.0,
        "“Impression” by express (3 instead of 6 days): +3 days",
        "« Impression » en express (3 au lieu de 6 jours) : +3 j",
    ),
    (
        ShortenMargin(was=Duration(10), days=5.0, to=Duration(6)),
        2.0,
        "Margin from 5 to 3 days: +2 days",
        "Marge de 5 à 3 jours : +2 j",
    ),
    (
        ShortenMargin(was=Duration(10), days=5.0, to=Duration.ZERO),
        5.0,
        "No margin, instead of 5 days: +5 days",
        "Aucune marge, au lieu de 5 jours : +5 j",
    ),
    (
        LaterLaunch(was=date(2027, 3, 15), to=date(2027, 3, 23)),
        6.0,
        "Launch on Tue 23 Mar: +6 days",
        "Lancer le mar. 23 mars : +6 j",
    ),
]


@pytest.mark.parametrize(("change", "gain", "english", "french"), SENTENCES)
def test_a_way_out_is_what_to_change_and_what_it_gains(
    change: Change, gain: float, english: str, french: str
) -> None:
    way = WayOut(change=change, gain=gain, missing=0.0)

    assert way_out(way, ENGLISH, impossible()) == english
    assert way_out(way, FRENCH, impossible()).replace(THIN, " ") == french


def test_every_kind_of_way_out_has_words() -> None:
    assert {change.kind for change, *_ in SENTENCES} == set(WayOutKind)


def test_the_path_names_the_tasks_along_which_days_are_missing() -> None:
    words = chain(FRENCH, impossible())

    assert words == f"Chemin{THIN}: Visuel &lt;clé&gt; → Validation → Impression"


def test_a_long_path_is_folded_in_the_middle() -> None:
    tasks = [a_task("t1", "5d"), *(a_task(f"t{n}", "5d", f"t{n - 1}") for n in range(2, 10))]

    words = chain(ENGLISH, plan(a_campaign(*tasks), MONDAY))

    assert words == "Path: t1 → t2 → t3 → t4 → t5 → (2 other tasks) → t8 → t9"


def test_no_path_is_named_when_all_that_is_short_lies_after_the_launch() -> None:
    review = a_task("review", "5d", "launch", finish_by=date(2027, 3, 16))

    assert chain(ENGLISH, plan(a_campaign(review), MONDAY)) is None


def test_an_impossible_plan_lists_its_ways_out_under_its_head() -> None:
    lines = table(impossible(), FRENCH).replace(THIN, " ").splitlines()

    assert "il manque 12 jours ouvrés" in lines[1]
    assert lines[2:5] == [
        "",
        "Chemin : Visuel <clé> → Validation → Impression",
        "① Lancer le mar. 30 mars : +12 j",
    ]
    assert lines[5].startswith("② ")


def test_a_plan_that_nothing_can_save_says_so() -> None:
    campaign = a_campaign(a_task("print", "5d", finish_by=date(2027, 3, 9)))

    assert "\nNo change gains a day by itself.\n" in table(plan(campaign, MONDAY), ENGLISH)


def test_a_plan_that_fits_speaks_of_no_way_out() -> None:
    written = table(plan(a_campaign(a_task("print", "1d")), MONDAY), ENGLISH)

    assert "①" not in written
    assert "Path" not in written


def test_a_name_in_a_plan_file_is_no_mention() -> None:
    campaign = a_campaign(
        a_task("visual", "2d", owner="bob"),
        a_task("print", "1d", owner="eve"),
        people=people(bob="2027-03-08..2027-03-12"),
    )

    written = table(plan(replace(campaign, name="A"), MONDAY), ENGLISH)

    assert "① eve does “visual” instead of bob: " in written
    assert "<@" not in written
