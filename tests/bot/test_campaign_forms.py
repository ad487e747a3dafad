"""The form that creates a campaign, as a value."""

from __future__ import annotations

from bot.flows import templates
from bot.ids import Field
from bot.views import campaign_forms
from bot.views.words import Reader
from tests.bot.scenes import TODAY


def test_templates_stand_in_the_order_of_a_dictionary() -> None:
    french = Reader(locale="fr-FR", today=TODAY)

    form = campaign_forms.new_campaign(french, templates.every(), campaign_forms.Draft())

    block = next(one for one in form["blocks"] if one["block_id"] == Field.TEMPLATE)
    titles = [one["text"]["text"] for one in block["element"]["options"]]
    assert titles.index("Campagne 360°") < titles.index("Événement") < titles.index("Newsletter")
    assert len(titles) == len(templates.every())
