"""What moves between two plans, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.views.moves import by_person, summary
from bot.views.plan_table import moved
from bot.views.words import Reader
from scheduling import Campaign, Duration, Moves, Task, compare, plan
from tests.scheduling.builders import (
    LONG_BEFORE,
    a_campaign,
    a_milestone,
    a_task,
    an_approval,
)

ENGLISH = Reader(locale="en-GB", today=LONG_BEFORE)
FRENCH = Reader(locale="fr-FR", today=LONG_BEFORE)
THIN = "\u202f"

BASE = a_campaign(
    a_task("visual", "2d", owner="UBOB", title="Visuel"),
    an_approval("ok", "1d", "UANN", "visual", owner="UBOB", rounds=1, title="Validation"),
    a_milestone("go", "ok", title="Feu vert"),
    a_task("print", "2d", "go", owner="UEVE", title="Impression"),
    margin="2d",
)


def changed(**takes: float) -> Campaign:
    """The campaign with other durations, in days."""
    return replace(
        BASE,
        tasks=tuple(
            replace(task, takes=Duration(int(takes[task.key] * 2))) if task.key in takes else task
            for task in BASE.tasks
        ),
    )


def moves_to(after: Campaign, today: date = LONG_BEFORE) -> Moves:
    return compare(plan(BASE, LONG_BEFORE), plan(after, today))


def test_the_whole_is_one_sentence() -> None:
    moves = moves_to(changed(print=3))

    assert summary(moves, ENGLISH) == (
        "4 tasks move, 3 people, margin unchanged, start by Thu 4 Mar → Wed 3 Mar, launch unchanged."
    )
    assert summary(moves, FRENCH) == (
        "4 tâches bougent, 3 personnes, marge inchangée, "
        "démarrage au plus tard jeu. 4 mars → mer. 3 mars, lancement inchangé."
    )


def test_margin_missing_days_and_launch_are_told_old_and_new() -> None:
    later = replace(BASE, launch=date(2027, 3, 16), margin=Duration(2))

    moves = moves_to(later, date(2027, 3, 9))

    assert summary(moves, FRENCH) == (
        "4 tâches bougent, 3 personnes, manque 0 → 1 jour ouvré, marge 2 → 0 jour, "
        "marge prévue 2 → 1 jour, "
        "démarrage au plus tard jeu. 4 mars → lun. 8 mars, lancement lun. 15 mars → mar. 16 mars."
    )


def test_a_plan_without_margin_does_not_speak_of_it() -> None:
    bare = replace(BASE, margin=Duration.ZERO)

    moves = compare(plan(bare, LONG_BEFORE), plan(replace(bare, tasks=BASE.tasks[:3]), LONG_BEFORE))

    assert "margin" not in summary(moves, ENGLISH)


def test_nothing_moves_in_a_plan_that_stays() -> None:
    moves = moves_to(BASE)

    assert summary(moves, ENGLISH) == "Nothing moves."
    assert summary(moves, FRENCH) == "Rien ne bouge."
    assert by_person(moves, ENGLISH) == []


def test_figures_alone_may_change() -> None:
    bare = a_campaign()

    moves = compare(plan(bare, LONG_BEFORE), plan(replace(bare, margin=Duration(4)), LONG_BEFORE))

    assert summary(moves, ENGLISH) == "No task moves, margin 0 → 2 days, launch unchanged."


def test_everyone_has_a_line_with_old_and_new_dates() -> None:
    moves = moves_to(changed(print=3))

    bob = (
        "<@UBOB>: “Visuel” Thu 4 – Fri 5 Mar → Wed 3 – Thu 4 Mar; "
        "“Validation” Mon 8 Mar → Fri 5 Mar"
    )
    assert by_person(moves, ENGLISH) == [
        "<@UANN>: “Validation” Mon 8 Mar → Fri 5 Mar",
        bob,
        "<@UEVE>: “Impression” Tue 9 – Wed 10 Mar → Mon 8 – Wed 10 Mar",
        "no owner yet: “Feu vert” Mon 8 Mar → Fri 5 Mar",
    ]
    assert by_person(moves, FRENCH)[0].replace(THIN, " ") == (
        "<@UANN> : « Validation » lun. 8 mars → ven. 5 mars"
    )


def test_half_days_are_told_apart() -> None:
    moves = moves_to(changed(print=2.5, ok=0.5))
    and_back = compare(plan(changed(print=2.5, ok=0.5), LONG_BEFORE), plan(BASE, LONG_BEFORE))

    lines = by_person(moves, ENGLISH)
    assert lines[0] == "<@UANN>: “Validation” Mon 8 Mar → Mon 8 Mar in the morning"
    assert lines[-1].endswith("“Feu vert” Mon 8 Mar → Mon 8 Mar at midday")
    assert lines[2].endswith("Tue 9 – Wed 10 Mar → Mon 8 Mar at midday – Wed 10 Mar")
    assert by_person(and_back, FRENCH)[0].replace(THIN, " ") == (
        "<@UANN> : « Validation » lun. 8 mars matin → lun. 8 mars"
    )


def test_an_afternoon_is_told_as_such() -> None:
    moves = moves_to(changed(ok=0.5, print=2))

    assert "“Validation” Mon 8 Mar → Mon 8 Mar in the afternoon" in by_person(moves, ENGLISH)[0]


def test_tasks_that_come_and_go_are_told_to_their_people() -> None:
    web = a_task("web", "1d", owner="UFAY", title="Site")
    after = replace(BASE, tasks=(*BASE.tasks[:-1], web, a_task("post", "1d")))

    moves = moves_to(after)

    assert summary(moves, ENGLISH).startswith(
        "3 tasks move, 2 tasks are added, 1 task goes, 4 people, "
    )
    lines = by_person(moves, ENGLISH)
    assert "<@UEVE>: “Impression” removed" in lines
    assert "<@UFAY>: “Site” added, Wed 10 Mar" in lines
    assert lines[-1].endswith("“post” added, Wed 10 Mar")


def test_what_the_forecast_alone_moves_is_expected() -> None:
    started = replace(BASE, tasks=(_started(BASE.tasks[0]), *BASE.tasks[1:]))

    moves = compare(plan(started, date(2027, 3, 5)), plan(started, date(2027, 3, 8)))

    assert by_person(moves, FRENCH)[0].replace(THIN, " ") == (
        "<@UANN> : « Validation » attendue lun. 8 mars → mar. 9 mars"
    )
    assert summary(moves, FRENCH) == (
        "4 tâches bougent, 3 personnes, marge 2 → 1 jour, lancement inchangé."
    )


def test_in_text_names_are_bare_and_every_line_is_one() -> None:
    after = changed(print=3)

    lines = moved(plan(after, LONG_BEFORE), moves_to(after), ENGLISH).splitlines()

    assert lines[0] == "Aurore"
    assert lines[3].startswith("4 tasks move")
    assert lines[4] == "UANN: “Validation” Mon 8 Mar → Fri 5 Mar"
    assert len(lines) == 8


def _started(task: Task) -> Task:
    return replace(task, started=date(2027, 3, 4))
