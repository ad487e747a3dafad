"""What should be known about a plan, in words."""

from __future__ import annotations

from datetime import date

import pytest

from bot.views.plan_table import table
from bot.views.warnings import warning
from bot.views.words import Reader
from scheduling import Calendar, Campaign, Notice, NoticeCode, Plan, TimeOff, plan
from tests.scheduling.builders import LONG_BEFORE, a_campaign, a_task, an_approval, people

THIN = "\u202f"
AWAY = "2027-03-08..2027-03-14"


def campaign() -> Campaign:
    return a_campaign(
        an_approval("ok", "2d", "UANN UBOB", "visual", needs="any", rounds=1, title="Validation"),
        a_task("visual", "2d", title="Visuel", owner="UCYD"),
        people=people(UANN=AWAY, UCYD="2027-03-09..2027-03-12"),
    )


def told(made: Plan, locale: str = "en-GB") -> list[str]:
    reader = Reader(locale=locale, today=made.today)
    return [warning(notice, reader, made).replace(THIN, " ") for notice in made.warnings]


def test_an_absent_approver_comes_with_the_remedy() -> None:
    made = plan(campaign(), LONG_BEFORE)

    assert told(made)[1] == (
        "<@UANN> is away during a whole review round of “Validation”, Thu 11 – Fri 12 Mar: "
        "delegate the decision, or open the review by Thu 4 Mar."
    )
    assert told(made, "fr-FR")[1] == (
        "<@UANN> est indisponible pendant tout un tour de « Validation », jeu. 11 – ven. 12 mars : "
        "déléguer la décision, ou la demander au plus tard jeu. 4 mars."
    )


def test_an_approver_who_has_left_can_only_be_stood_in_for() -> None:
    made = plan(campaign(), date(2027, 3, 5))

    (english,) = (words for words in told(made) if "UANN" in words)
    assert english.endswith("Thu 11 – Fri 12 Mar: delegate the decision.")


def test_an_absence_of_an_owner_says_when_the_task_must_start() -> None:
    made = plan(campaign(), LONG_BEFORE)

    assert told(made)[0] == (
        "<@UCYD> is away Tue 9 – Fri 12 Mar, so “Visuel” starts Fri 5 Mar at the latest."
    )
    assert told(made, "fr-FR")[0] == (
        "<@UCYD> est indisponible mar. 9 – ven. 12 mars : "
        "« Visuel » commence donc au plus tard ven. 5 mars."
    )


def test_an_absence_that_is_nobodys_is_told_without_a_name() -> None:
    calendar = Calendar(away=(TimeOff.parse("2027-03-11"),))
    made = plan(a_campaign(a_task("visual", "2d"), calendar=calendar), LONG_BEFORE)

    assert told(made) == ["Absence Thu 11 Mar, so “visual” starts Wed 10 Mar at the latest."]


@pytest.mark.parametrize(
    ("today", "english", "french"),
    [
        (10, "The margin goes from 3 to 2 days.", "La marge passe de 3 à 2 jours."),
        (
            12,
            "Nothing is left of the margin of 3 days.",
            "Il ne reste rien de la marge de 3 jours.",
        ),
        (
            15,
            "Even without any margin, the work ends 1 working day too late for the launch.",
            "Même sans marge, le travail finit 1 jour ouvré trop tard pour le lancement.",
        ),
    ],
)
def test_a_margin_that_is_eaten_is_told_down_to_the_launch(
    today: int, english: str, french: str
) -> None:
    started = a_task("print", "3d", started=date(2027, 3, 5))
    made = plan(a_campaign(started, margin="3d"), date(2027, 3, today))

    assert told(made) == [english]
    assert told(made, "fr-FR") == [french]


def test_warnings_stand_under_the_table_with_bare_names() -> None:
    written = table(plan(campaign(), LONG_BEFORE), Reader(locale="en-GB", today=LONG_BEFORE))

    assert "\n\nWarnings\n• UCYD is away " in written
    assert "<@" not in written


def test_a_warning_about_an_absence_without_days_is_no_warning() -> None:
    made = plan(campaign(), LONG_BEFORE)
    notice = Notice(code=NoticeCode.OWNER_AWAY, task="visual", person="UCYD")

    with pytest.raises(ValueError, match="without its days"):
        warning(notice, Reader(locale="en-GB", today=LONG_BEFORE), made)
