"""People before their screens: each has the sandbox's page open, types and clicks."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import (
    Browser,
    FilePayload,
    Locator,
    Page,
    Response,
    expect,
    sync_playwright,
)

from bot.ids import Field

CHROMIUM = (
    shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
)
_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds: for a busy machine, not for a slow page
_SETTLED = 400  # milliseconds until what moves on a picture has come to rest


@contextmanager
def a_browser() -> Iterator[Browser]:
    """The system's Chromium, without a window."""
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=_ARGUMENTS)
        yield browser
        browser.close()


class Album:
    """Keeps pictures in a folder, or keeps none when it has no folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)

    def keep(self, name: str, shown: Page | Locator) -> None:
        """Keep a picture of the page, or of a part of it, under a name."""
        if self._folder is None:
            return
        page = shown if isinstance(shown, Page) else shown.page
        page.wait_for_timeout(_SETTLED)
        shown.screenshot(path=self._folder / f"{name}.png")


class Form:
    """The modal on top, in a person's hands."""

    def __init__(self, page: Page, title: str) -> None:
        self.page = page
        self.node = page.locator(".modal").filter(has=page.get_by_role("heading", name=title))
        expect(self.node).to_be_visible()

    def field(self, block: str) -> Locator:
        """The block of a field: its label, its input, its hint, its error."""
        return self.node.locator(f'[data-block-id="{block}"]')

    def types(self, block: str, text: str) -> None:
        """Type over what stands in a field."""
        self.field(block).locator("input:not([type=file]), textarea").fill(text)

    def picks_day(self, block: str, day: str) -> None:
        """Type a day, as YYYY-MM-DD, and confirm it."""
        field = self.field(block).locator("input")
        field.fill(day)
        field.press("Enter")

    def chooses(self, block: str, *options: str) -> None:
        """Choose options by what they read; several in a field that takes several."""
        field = self.field(block).locator("input[role=combobox]")
        for option in options:
            field.fill(option)
            self.page.get_by_role("option", name=option).first.click()
        field.press("Tab")

    def adds_file(self, name: str, picture: bytes) -> None:
        """Add a picture from the disk."""
        file: FilePayload = {"name": name, "mimeType": "image/png", "buffer": picture}
        files = self.field(Field.FILES)
        files.locator("input[type=file]").set_input_files(file)
        expect(files.locator("[data-file]")).to_have_count(1)

    def presses_submit(self) -> None:
        """Press the button that sends the form."""
        self.page.get_by_test_id("modal-submit").click()

    def is_accepted(self) -> None:
        """Send the form; it closes because what it asks for is stored."""
        self.presses_submit()
        expect(self.node).to_have_count(0)

    def is_cancelled(self) -> None:
        """Close the form without sending it."""
        self.page.get_by_test_id("modal-close").click()
        expect(self.node).to_have_count(0)

    def error(self, block: str) -> Locator:
        """The sentence under a field."""
        return self.field(block).locator(".input-error")


class Screen:
    """The page of one person."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.refusals: list[Response] = []
        page.on(
            "response",
            lambda answer: self.refusals.append(answer) if answer.status >= 400 else None,
        )
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on(
            "console",
            lambda line: (
                self.complaints.append(line.text) if line.type in {"error", "warning"} else None
            ),
        )

    def types(self, text: str) -> None:
        """Type a message or a command, and send it."""
        composer = self.page.get_by_test_id("composer")
        composer.fill(text)
        self.page.get_by_test_id("composer-send").click()
        expect(composer).to_have_value("")

    def form(self, title: str) -> Form:
        """The modal of this title, waiting for it."""
        return Form(self.page, title)

    def message(self, *words: str) -> Locator:
        """The newest message that says all of these words."""
        found = self.page.locator("[data-ts]")
        for each in words:
            found = found.filter(has_text=each)
        return found.last

    def goes_to_messages(self) -> None:
        """Open what the assistant wrote to this person."""
        self.page.get_by_test_id("app-messages").click()
        expect(self.page.get_by_test_id("composer")).to_be_visible()

    def goes_to_channel(self, channel_id: str) -> None:
        """Open a channel."""
        self.page.locator(f'.entry[data-channel="{channel_id}"]').click()
        expect(self.page.get_by_test_id("composer")).to_be_visible()

    def goes_home(self) -> Locator:
        """Open the assistant's Home tab; what it shows."""
        self.page.get_by_test_id("app-home").click()
        return self.page.get_by_test_id("home")

    def moves_clock(self, step: str) -> None:
        """Press one of the clock's buttons: ``1h``, ``morning`` or ``week``."""
        button = self.page.get_by_test_id(f"clock-{step}")
        button.click()
        expect(button).to_be_enabled()

    def day(self) -> str:
        """What the clock shows as the day."""
        return self.page.get_by_test_id("clock-day").inner_text()


def rows(message: Locator, title: str) -> Locator:
    """The blocks of a message that speak of a task in bold."""
    bold = message.page.locator("strong").get_by_text(title, exact=True)
    return message.locator("[data-block-type=section]").filter(has=bold)


def chooses_in_menu(row: Locator, choice: str) -> None:
    """Open the menu behind a row's three dots, and choose in it."""
    row.locator(".button-overflow").click()
    row.page.get_by_role("menuitem", name=choice).click()


def presses_under(message: Locator, title: str, label: str) -> None:
    """Press a button of the row of buttons that stands under a task's line."""
    under = rows(message, title).locator("xpath=following-sibling::*[1]")
    under.get_by_role("button", name=label, exact=True).click()


def complaints(screens: Iterable[Screen]) -> list[str]:
    """What the consoles of several pages complained of, and what their server refused."""
    refusals = [f"{one.url}: {one.text()}" for screen in screens for one in screen.refusals]
    return refusals + [complaint for screen in screens for complaint in screen.complaints]
