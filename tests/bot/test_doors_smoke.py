from bot.app import Assistant
from sandbox import Person
from tests.bot import support


def test_a_campaign_is_created(assistant: Assistant, alice: Person) -> None:
    campaign = support.create_campaign(alice, assistant)

    assert campaign.lead_id == support.ALICE
    print(alice.finds(support.AURORE, "Aurore").words)
