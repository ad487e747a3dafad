"""A message with every block, and a modal's inputs, for trying the page."""

from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.sandbox.blocks import actions, button, input_block, mrkdwn, option, plain, section

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c4944415408d763f8ffff3f0005fe02fea735819a0000000049454e44ae426082"
)


def every_message_block(image: str) -> list[dict[str, Any]]:
    """One block of each type a message may hold; ``image`` is the id of an uploaded picture."""
    words = [
        {"type": "text", "text": "Plan de "},
        {"type": "user", "user_id": "U0BOB"},
        {"type": "text", "text": "gras", "style": {"bold": True}},
        {"type": "channel", "channel_id": "C0AURORE"},
        {"type": "link", "url": "https://example.com", "text": "ici"},
        {"type": "emoji", "name": "tada"},
        {"type": "date", "timestamp": 1795000000, "format": "{date_long}", "fallback": "?"},
    ]
    part = {"type": "rich_text_section", "elements": words}
    select = {"type": "static_select", "action_id": "one", "options": [option()]}
    thumb = {"type": "image", "slack_file": {"id": image}, "alt_text": "Vignette"}
    return [
        {"type": "header", "text": plain("Aurore")},
        section("*Marge* :warning: <!date^1795000000^{date_num}|?>", accessory=select),
        section("Visuel", accessory=thumb),
        {"type": "section", "fields": [mrkdwn("Lancement"), mrkdwn("15 mars")]},
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("à l'instant"), thumb]},
        actions(
            button("Fait", style="primary"),
            {"type": "overflow", "action_id": "more", "options": [option()]},
            {"type": "users_select", "action_id": "who", "initial_user": "U0BOB"},
            {"type": "conversations_select", "action_id": "where"},
            {"type": "channels_select", "action_id": "channel"},
            {"type": "external_select", "action_id": "far"},
            {"type": "multi_static_select", "action_id": "many", "options": [option()]},
            {"type": "multi_users_select", "action_id": "people", "initial_users": ["U0BOB"]},
            {"type": "datepicker", "action_id": "day", "initial_date": "2027-03-15"},
            {"type": "timepicker", "action_id": "time", "initial_time": "09:00"},
            {"type": "datetimepicker", "action_id": "both", "initial_date_time": 1795000000},
            {"type": "checkboxes", "action_id": "boxes", "options": [option()]},
            {"type": "radio_buttons", "action_id": "dots", "options": [option()]},
        ),
        input_block(dispatch_action=True),
        {"type": "image", "slack_file": {"id": image}, "alt_text": "Gantt", "title": plain("Plan")},
        {
            "type": "rich_text",
            "elements": [
                part,
                {"type": "rich_text_list", "style": "ordered", "elements": [part]},
                {"type": "rich_text_quote", "elements": words[:1]},
                {"type": "rich_text_preformatted", "elements": words[:1]},
            ],
        },
        {"type": "table", "rows": [[{"type": "raw_text", "text": "Tâche"}]]},
        {"type": "markdown", "text": "# Bilan\n\n- **un**\n- [x] deux\n\n> cité"},
        {"type": "container", "child_blocks": [section("Dedans")]},
    ]


def every_input() -> dict[str, dict[str, Any]]:
    """Elements for input blocks, by block_id."""
    return {
        "name": {"type": "plain_text_input", "max_length": 40},
        "launch": {"type": "datepicker"},
        "hour": {"type": "timepicker"},
        "template": {
            "type": "static_select",
            "options": [option("a", "Affiche"), option("b", "B")],
        },
        "lead": {"type": "users_select"},
        "approvers": {"type": "multi_users_select"},
        "margin": {"type": "radio_buttons", "options": [option("3", "Trois"), option("5", "Cinq")]},
        "media": {"type": "checkboxes", "options": [option("r", "Radio"), option("t", "Télé")]},
        "mail": {"type": "email_text_input"},
        "budget": {"type": "number_input", "is_decimal_allowed": True},
        "files": {"type": "file_input"},
    }


def fill_every_input(page: Page) -> None:
    """Fill in a modal with the blocks of ``every_input``, as a person would."""

    def block(block_id: str) -> Locator:
        return page.locator(f'.modal [data-block-id="{block_id}"]')

    def pick(value: str) -> None:
        page.locator(f'[role=option][data-value="{value}"]').click()

    block("name").locator("input").fill("Aurore")
    block("launch").locator("input").fill("2027-03-15")
    block("launch").locator("input").press("Enter")
    block("hour").locator("input").fill("9h05")
    pick("09:05")
    block("template").locator("input").click()
    pick("b")
    block("lead").locator("input").fill("bob")
    pick("U0BOB")
    block("approvers").locator("input").click()
    pick("U0ALICE")
    pick("U0BOB")
    page.keyboard.press("Escape")
    block("margin").get_by_text("Cinq").click()
    block("media").get_by_text("Radio").click()
    block("mail").locator("input").fill("a@b.fr")
    block("budget").locator("input").fill("12,5")
    file: FilePayload = {"name": "brief.png", "mimeType": "image/png", "buffer": PIXEL}
    block("files").locator("input").set_input_files(file)
    expect(block("files").locator("[data-file]")).to_have_count(1)
