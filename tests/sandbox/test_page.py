"""The page in a real browser, before the real server."""

import re
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_sdk import WebClient

from sandbox import Server
from sandbox.messages import post
from sandbox.uploads import store_upload
from tests.sandbox.blocks import actions, button, home, input_block, modal, option, section
from tests.sandbox.page_samples import PIXEL, every_input, every_message_block, fill_every_input
from tests.sandbox.pretend_app import Answer, PretendApp

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def complaints() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, server: Server, complaints: list[str]) -> Iterator[Page]:
    """A tab that notes what its console complains of; opened on no address yet."""
    context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(10_000)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda line: complaints.append(line.text) if line.type in {"error", "warning"} else None,
    )
    yield page
    context.close()


def open_channel(page: Page, who: str = "U0ALICE") -> None:
    page.goto(f"/?as={who}&channel=C0AURORE")
    expect(page.get_by_test_id("composer")).to_be_visible()


def test_every_block_of_a_message_is_drawn_without_complaint(
    page: Page, server: Server, client: WebClient, complaints: list[str]
) -> None:
    image = store_upload(server.workspace, "U0ALICE", "gantt.png", PIXEL).id
    blocks = every_message_block(image)
    client.chat_postMessage(channel="C0AURORE", text="Aurore", blocks=blocks)

    open_channel(page)
    message = page.locator("[data-ts]")
    expect(message.locator("table")).to_be_visible()

    drawn = message.locator(".message-body > .blocks > [data-block-type]")
    kinds = drawn.evaluate_all("all => all.map((one) => one.dataset.blockType)")
    assert kinds == [block["type"] for block in blocks]
    assert message.locator(".unknown").count() == 0
    assert complaints == []


def test_a_block_the_page_does_not_know_is_named(page: Page, server: Server) -> None:
    bot = server.workspace.app.bot_user_id
    post(server.workspace, channel="C0AURORE", user=bot, blocks=[{"type": "hologram"}])

    open_channel(page, "U0BOB")

    expect(page.locator(".unknown")).to_contain_text("hologram")


def test_markup_in_a_message_stays_text(page: Page, server: Server) -> None:
    evil = "&lt;img src=x onerror=alert(1)&gt; <javascript:alert(1)|lien>"
    post(server.workspace, channel="C0AURORE", user="U0BOB", text=evil)

    open_channel(page)

    text = page.locator("[data-ts] .message-text")
    expect(text).to_have_text("<img src=x onerror=alert(1)> lien")
    assert text.locator("img, a").count() == 0


@pytest.mark.parametrize(
    ("who", "language", "words"),
    [
        ("U0ALICE", "fr-FR", "Visible par vous uniquement"),
        ("U0BOB", "en-US", "Only visible to you"),
    ],
)
def test_the_page_speaks_the_language_of_its_reader(
    page: Page, client: WebClient, who: str, language: str, words: str
) -> None:
    open_channel(page, who)

    client.chat_postEphemeral(channel="C0AURORE", user=who, text="Psst")

    expect(page.locator("[data-ts]")).to_contain_text(words)
    assert page.locator("html").get_attribute("lang") == language


def test_a_modal_with_every_input_sends_what_was_filled_in(
    page: Page, client: WebClient, pretend_app: PretendApp, complaints: list[str]
) -> None:
    inputs = every_input()
    blocks = [
        input_block({**element, "action_id": "value"}, block_id=block_id)
        for block_id, element in inputs.items()
    ]

    def opens(payload: dict[str, Any]) -> Answer:
        client.views_open(trigger_id=payload["trigger_id"], view=modal(*blocks))
        return Answer()

    pretend_app.answers["command"] = opens
    open_channel(page)

    page.get_by_test_id("composer").fill("/retro new Aurore")
    page.get_by_test_id("composer").press("Enter")
    fill_every_input(page)
    page.get_by_test_id("modal-submit").click()
    expect(page.locator(".modal")).to_have_count(0)

    [payload] = pretend_app.waits_for("view_submission")
    values = payload["view"]["state"]["values"]
    kept = {block_id: values[block_id]["value"] for block_id in inputs}
    assert kept["name"]["value"] == "Aurore"
    assert kept["launch"]["selected_date"] == "2027-03-15"
    assert kept["hour"]["selected_time"] == "09:05"
    assert kept["template"]["selected_option"] == option("b", "B")
    assert kept["lead"]["selected_user"] == "U0BOB"
    assert kept["approvers"]["selected_users"] == ["U0ALICE", "U0BOB"]
    assert kept["margin"]["selected_option"]["value"] == "5"
    assert [each["value"] for each in kept["media"]["selected_options"]] == ["r"]
    assert kept["budget"]["value"] == "12.5"
    assert [file["name"] for file in kept["files"]["files"]] == ["brief.png"]
    assert complaints == []


def test_an_error_stands_under_its_field_and_typed_words_stay(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    def opens(payload: dict[str, Any]) -> Answer:
        view = modal(input_block(block_id="name"), input_block(block_id="why", optional=True))
        client.views_open(trigger_id=payload["trigger_id"], view=view)
        return Answer()

    errors = {"response_action": "errors", "errors": {"name": "Ce nom est pris."}}
    pretend_app.answers |= {"command": opens, "view_submission": Answer(body=errors)}
    open_channel(page)

    page.get_by_test_id("composer").fill("/retro new")
    page.get_by_test_id("composer").press("Enter")
    name = page.locator('.modal [data-block-id="name"]')
    page.get_by_test_id("modal-submit").click()
    expect(name.locator(".input-error")).to_have_text("Ce champ est obligatoire.")
    name.locator("input").fill("Aurore")
    page.get_by_test_id("modal-submit").click()

    expect(name.locator(".input-error")).to_have_text("Ce nom est pris.")
    expect(name.locator("input")).to_have_value("Aurore")
    expect(name.locator("input")).to_be_focused()


def test_an_update_keeps_what_was_typed_where_ids_stay(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    template = {"type": "static_select", "action_id": "t", "options": [option("a", "Affiche")]}
    chooser = input_block(template, block_id="template", dispatch_action=True)
    name = input_block(block_id="name")

    def opens(payload: dict[str, Any]) -> Answer:
        view = modal(name, chooser, input_block(block_id="old"))
        client.views_open(trigger_id=payload["trigger_id"], view=view)
        return Answer()

    def updates(payload: dict[str, Any]) -> Answer:
        view = modal(name, chooser, input_block(block_id="new"))
        client.views_update(view_id=payload["view"]["id"], view=view)
        return Answer()

    pretend_app.answers |= {"command": opens, "block_actions": updates}
    open_channel(page)

    page.get_by_test_id("composer").fill("/retro new")
    page.get_by_test_id("composer").press("Enter")
    page.locator('[data-block-id="name"] input').fill("Aurore")
    page.locator('[data-block-id="old"] input').fill("Ancien")
    page.locator('[data-block-id="template"] input').click()
    page.locator("[role=option]").click()

    expect(page.locator('[data-block-id="new"] input')).to_have_value("")
    expect(page.locator('[data-block-id="name"] input')).to_have_value("Aurore")
    expect(page.locator('[data-block-id="template"] input')).to_have_value("Affiche")
    page.locator('[data-block-id="new"] input').fill("Neuf")
    page.get_by_test_id("modal-submit").click()
    [submission] = pretend_app.waits_for("view_submission")
    values = submission["view"]["state"]["values"]
    typed = {key: values[key]["value"]["value"] for key in ("name", "new")}
    assert typed == {"name": "Aurore", "new": "Neuf"}


def test_a_button_tells_the_app_and_an_update_is_shown_at_once(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    sent = client.chat_postMessage(channel="C0AURORE", text="Visuel", blocks=[actions(button())])

    def updates(_payload: dict[str, Any]) -> Answer:
        done = [section("Fait par <@U0BOB>")]
        client.chat_update(channel="C0AURORE", ts=sent["ts"], text="Fait", blocks=done)
        return Answer()

    pretend_app.answers["block_actions"] = updates
    open_channel(page, "U0BOB")

    page.locator("[data-action-id=press]").click()

    message = page.locator(f'[data-ts="{sent["ts"]}"]')
    expect(message).to_contain_text("Fait par @Bob Stone")
    expect(message).to_contain_text("(edited)")


def test_the_home_tab_is_asked_for_and_shown(
    page: Page, client: WebClient, pretend_app: PretendApp
) -> None:
    def publishes(payload: dict[str, Any]) -> Answer:
        event = payload["event"]
        if event["type"] == "app_home_opened" and event["tab"] == "home":
            client.views_publish(user_id=event["user"], view=home(section("À décider")))
        return Answer()

    pretend_app.answers["event_callback"] = publishes
    open_channel(page)

    page.get_by_test_id("app-home").click()

    expect(page.get_by_test_id("home")).to_contain_text("À décider")


def test_the_clock_panel_moves_to_the_next_morning(page: Page) -> None:
    open_channel(page)
    expect(page.get_by_test_id("clock-time")).to_have_text("08:30")

    page.get_by_test_id("clock-morning").click()

    expect(page.get_by_test_id("clock-time")).to_have_text("09:00")


def test_someone_else_is_chosen_from_the_sidebar(page: Page) -> None:
    open_channel(page)

    page.get_by_test_id("who").click()
    page.get_by_role("menuitem", name=re.compile("Bob Stone")).click()

    expect(page.get_by_test_id("who")).to_contain_text("Bob Stone")
    expect(page).to_have_url(re.compile("as=U0BOB&channel=C0AURORE"))
