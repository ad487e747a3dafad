"""Where a campaign stands, in words."""

from __future__ import annotations

from bot.views import status
from bot.views.words import Reader
from tests.bot.scenes import TODAY

ENGLISH, FRENCH = Reader(locale="en-GB", today=TODAY), Reader(locale="fr-FR", today=TODAY)


def test_a_margin_that_nothing_has_eaten_is_untouched() -> None:
    assert status.margin(ENGLISH, 5.0, 5.0) == "margin 5 days, untouched"


def test_nothing_is_called_untouched_in_a_plan_that_lacks_days() -> None:
    assert status.margin(ENGLISH, 5.0, 5.0, missing=3.0) == "margin 5 days"
    assert status.margin(FRENCH, 5.0, 5.0, missing=3.0) == "marge 5 jours"
    assert status.margin(ENGLISH, 5.0, 2.0, missing=3.0) == "margin 2 of 5 days left"
