"""A campaign lived through in the sandbox's page, by typing and clicking, in a real browser.

With ``RETRO_PICTURES`` set to a folder, pictures of what people see are left there.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date, timedelta
from importlib import resources
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, expect

from bot import demo
from bot.app import Assistant
from bot.demo import company
from bot.ids import Field
from sandbox import Clock, Person, Server, Workspace
from scheduling import Kind
from storage.records import Task
from tests.bot import browser, support
from tests.bot.browser import Album, Screen

ADDED = "Traduction de l’affiche"
BRIEF = "Brief : objectifs, zones, budget"
CONCEPT = "Concept et accroche"
SITES = "Choix des emplacements et des formats"
CONCEPT_OK = "Validation du concept"
PICTURE = (resources.files("bot.demo") / "visual.png").read_bytes()

pytestmark = pytest.mark.skipif(
    browser.CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium"
)

Seats = Callable[[str], Screen]


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser.a_browser() as chromium:
        yield chromium


@pytest.fixture
def album() -> Album:
    folder = os.environ.get("RETRO_PICTURES")
    return Album(Path(folder) if folder else None)


@pytest.fixture
def seats(chromium: Browser, slack: Server) -> Iterator[Seats]:
    """Gives a person their screen, open on the campaign's channel; no console may complain."""
    screens: list[Screen] = []
    with ExitStack() as stack:

        def seat(user_id: str) -> Screen:
            context = chromium.new_context(
                base_url=slack.url, viewport={"width": 1280, "height": 900}
            )
            context.set_default_timeout(browser.PATIENCE)
            stack.callback(context.close)
            screen = Screen(context.new_page())
            screen.page.goto(f"/?as={user_id}&channel={support.AURORE}")
            expect(screen.page.get_by_test_id("composer")).to_be_visible()
            screens.append(screen)
            return screen

        yield seat
        assert browser.complaints(screens) == []


@dataclass(frozen=True, kw_only=True)
class Language:
    """What a late campaign says in one language, and who leads it."""

    locale: str
    lead: str
    form: str
    brief: str
    late: str
    status: str
    morning: str


FRENCH = Language(
    locale="fr-FR",
    lead=support.ALICE,
    form="Nouvelle campagne",
    brief=BRIEF,
    late="● en retard",
    status="◐ à risque",
    morning="Mercredi 6 janvier",
)
ENGLISH = Language(
    locale="en-GB",
    lead=support.DAN,
    form="New campaign",
    brief="Brief: objectives, areas, budget",
    late="● late",
    status="◐ at risk",
    morning="Wednesday 6 January",
)


@pytest.fixture
def language() -> Language:
    """The workspace's language, unless a test is run in several."""
    return FRENCH


@pytest.fixture
def running_assistant(
    slack: Server, clock: Clock, language: Language, sqlite_template: Path, tmp_path: Path
) -> Iterator[Assistant]:
    """The assistant as it runs for real, with its threads; it sees each move of the clock."""
    file = tmp_path / "office.sqlite3"
    file.write_bytes(sqlite_template.read_bytes())
    with support.at_work(
        slack, f"sqlite:///{file}", executor=ThreadPoolExecutor(8), locale=language.locale
    ) as assistant:

        def follow() -> None:
            assistant.step()

        assistant.start()
        clock.on_move(follow)
        yield assistant


@dataclass(frozen=True, kw_only=True)
class Team:
    """Four people at their screens, and what the assistant has stored."""

    alice: Screen
    bruno: Screen
    chloe: Screen
    dan: Screen
    assistant: Assistant
    clock: Clock
    album: Album

    @property
    def today(self) -> date:
        """The day in the office."""
        return self.clock.now().astimezone(support.ZONE).date()

    def due_until(self, last: date) -> Task | None:
        """The next task of the plan that is due by a day and waits for no other."""
        campaign = support.stored(self.assistant, "Aurore")
        due = (
            task
            for task in sorted(campaign.tasks, key=lambda task: task.late_start)
            if not task.is_done and task.late_finish.day <= last and not campaign.waits_for(task)
        )
        return next(due, None)


def test_a_campaign_is_lived_through_by_typing_and_clicking(
    seats: Seats, running_assistant: Assistant, clock: Clock, album: Album
) -> None:
    """From ``/retro new`` to launch day: the margin stays whole and everyone was told in time."""
    team = Team(
        alice=seats(support.ALICE),
        bruno=seats(support.BRUNO),
        chloe=seats(support.CHLOE),
        dan=seats(support.DAN),
        assistant=running_assistant,
        clock=clock,
        album=album,
    )

    create_the_campaign(team)
    add_a_task(team)
    do_the_brief(team)
    do_the_concept(team)
    submit_a_first_version(team)
    request_changes(team)
    submit_a_second_version(team)
    approve_it(team)
    look_at_home(team)
    work_until_the_launch(team)

    card = team.alice.message("Aurore", "lancement aujourd’hui")
    expect(card).to_contain_text("○ dans les temps")
    expect(card).to_contain_text("marge 5 jours, intacte")
    album.keep("fr-card-launch-day", team.alice.page)


def create_the_campaign(team: Team) -> None:
    alice, album = team.alice, team.album
    alice.types(f"/retro new Aurore {support.LAUNCH}")
    form = alice.form("Nouvelle campagne")
    expect(form.field(Field.NAME).locator("input")).to_have_value("Aurore")
    form.chooses(Field.TEMPLATE, "Lancement de produit")
    expect(form.field(f"{Field.ROLE}.copy")).to_be_visible()
    form.chooses(Field.TEMPLATE, "Affichage et impression")
    expect(form.field(f"{Field.ROLE}.printer")).to_be_visible()  # a role of this template alone
    album.keep("fr-modal", alice.page)
    form.chooses(f"{Field.ROLE}.media", "Bruno Petit")
    form.chooses(f"{Field.ROLE}.design", "Bruno Petit")
    form.chooses(f"{Field.ROLE}.approver", "Chloé Bernard", "Dan Walker")
    form.picks_day(Field.LAUNCH, "2026-11-02")

    form.presses_submit()

    expect(form.error(Field.LAUNCH)).to_contain_text("est passé")
    album.keep("fr-modal-error", alice.page)
    form.picks_day(Field.LAUNCH, support.LAUNCH)
    expect(form.error(Field.LAUNCH)).to_have_count(0)
    form.is_accepted()
    card = alice.message("Aurore", "Prochaines étapes")
    expect(card).to_contain_text("démarrage au plus tard lun. 4 janv. 2027")
    expect(card).to_contain_text("0 tâche faite sur 18")
    expect(card).to_contain_text("Aurore · lancement lun. 15 mars 2027 · @Alice Martin")
    album.keep("fr-card", alice.page)


def add_a_task(team: Team) -> None:
    alice = team.alice
    alice.types(f"/retro add {ADDED}")
    form = alice.form("Ajouter une tâche")
    form.types(Field.TAKES, "2j")
    form.chooses(Field.OWNER, "Emma Stone")
    form.chooses(Field.AFTER, "Validation de l’affiche")
    form.chooses(Field.BEFORE, "Fichiers d’impression")
    team.album.keep("fr-add", alice.page)

    form.is_accepted()

    card = alice.message("Aurore", "Prochaines étapes")
    expect(card).to_contain_text("0 tâche faite sur 19")
    expect(card).to_contain_text("démarrage au plus tard mer. 30 déc.")
    expect(browser.rows(card, ADDED)).to_contain_text("@Emma Stone")


def do_the_brief(team: Team) -> None:
    """Five weeks later the brief is due: its owner starts and finishes it from the card."""
    for _ in range(5):
        team.alice.moves_clock("week")
    row = browser.rows(team.alice.message("Aurore", "Prochaines étapes"), BRIEF)
    browser.chooses_in_menu(row, "Marquer comme commencée")
    expect(row).to_contain_text("◐ commencé")
    team.bruno.goes_to_messages()

    browser.chooses_in_menu(row, "Marquer comme faite")

    expect(row).to_have_count(0)
    told = team.bruno.message(CONCEPT, "peut commencer")
    expect(told.get_by_role("button", name="Commencer", exact=True)).to_be_visible()


def do_the_concept(team: Team) -> None:
    """The designer starts and finishes both tasks from the morning message."""
    bruno = team.bruno
    while team.today < date(2026, 12, 31):
        bruno.moves_clock("morning")
    bruno.moves_clock("1h")
    digest = bruno.message("Jeudi 31 décembre")
    team.album.keep("fr-digest", bruno.page)
    browser.presses_under(digest, CONCEPT, "Commencer")
    expect(digest).to_contain_text("Tout est à jour.")
    while team.today < date(2027, 1, 8):
        bruno.moves_clock("morning")
    bruno.moves_clock("1h")
    digest = bruno.message("Vendredi 8 janvier")
    expect(digest).to_contain_text("À finir aujourd’hui")

    browser.presses_under(digest, CONCEPT, "Fait")

    expect(browser.rows(digest, CONCEPT)).to_have_count(0)
    browser.presses_under(digest, SITES, "Fait")
    expect(browser.rows(digest, SITES)).to_have_count(0)
    told = bruno.message(CONCEPT_OK, "peut commencer")
    expect(told.get_by_role("button", name="Soumettre à validation…")).to_be_visible()


def submit_a_first_version(team: Team) -> None:
    team.chloe.goes_to_messages()
    team.dan.goes_to_messages()
    told = team.bruno.message(CONCEPT_OK, "peut commencer")
    told.get_by_role("button", name="Soumettre à validation…").click()
    form = team.bruno.form("Soumettre à validation")
    form.adds_file("aurore-4x3.png", PICTURE)
    form.types(Field.NOTE, "Trois pistes, la deuxième est notre préférée.")
    team.album.keep("fr-submit", team.bruno.page)

    form.is_accepted()

    asked = team.dan.message("asks for your decision", f"{CONCEPT_OK} — version 1")
    expect(asked.locator("img[alt='aurore-4x3.png']")).to_be_visible()
    expect(asked.get_by_role("button", name="Approve", exact=True)).to_be_visible()
    team.album.keep("en-request", team.dan.page)
    expect(team.chloe.message("demande votre décision").locator("img").last).to_be_visible()
    team.album.keep("fr-request", team.chloe.page)


def request_changes(team: Team) -> None:
    asked = team.chloe.message("demande votre décision", f"{CONCEPT_OK} — version 1")
    asked.get_by_role("button", name="Demander des changements…").click()
    form = team.chloe.form("Demander des changements")
    form.types(Field.REMARKS, "Agrandir le logo.\nRaccourcir l’accroche : cinq mots au plus.")
    team.album.keep("fr-changes", team.chloe.page)

    form.is_accepted()

    told = team.bruno.message("@Chloé Bernard", "demande des changements")
    expect(told).to_contain_text("Raccourcir l’accroche : cinq mots au plus.")
    expect(team.bruno.message("changements demandés par @Chloé Bernard")).to_be_visible()
    team.album.keep("fr-changes-wanted", team.bruno.page)
    seen_by_dan = team.dan.message(f"{CONCEPT_OK} — version 1", "changes requested")
    expect(seen_by_dan.get_by_role("button", name="Approve")).to_have_count(0)


def submit_a_second_version(team: Team) -> None:
    told = team.bruno.message("demande des changements")
    told.get_by_role("button", name="Soumettre une nouvelle version…").click()
    form = team.bruno.form("Soumettre à validation")
    form.adds_file("aurore-4x3-v2.png", PICTURE)
    form.types(Field.NOTE, "Logo agrandi, accroche en cinq mots.")

    form.is_accepted()

    expect(told).to_contain_text("Une version plus récente a été soumise.")


def approve_it(team: Team) -> None:
    """One approves in French, the other in English; then the next owner is told."""
    v2 = f"{CONCEPT_OK} — version 2"
    asked = team.chloe.message("demande votre décision", v2)
    asked.get_by_role("button", name="Approuver", exact=True).click()
    expect(team.chloe.message(v2, "en attente de @Dan Walker")).to_be_visible()
    card = team.alice.message("Aurore", "Prochaines étapes")
    expect(browser.rows(card, CONCEPT_OK)).not_to_contain_text("@Chloé Bernard")
    expect(browser.rows(card, CONCEPT_OK)).to_contain_text("@Dan Walker")
    asked = team.dan.message("asks for your decision", v2)

    asked.get_by_role("button", name="Approve", exact=True).click()

    decided = team.dan.message(v2, "approved by @Chloé Bernard and @Dan Walker")
    expect(decided).to_be_visible()
    expect(decided.get_by_role("button", name="Approve")).to_have_count(0)
    team.album.keep("en-decided", team.dan.page)
    expect(team.bruno.message("Création de l’affiche", "peut commencer")).to_be_visible()
    expect(browser.rows(card, CONCEPT_OK)).to_have_count(0)


def look_at_home(team: Team) -> None:
    home = team.bruno.goes_home()

    expect(browser.rows(home, "Création de l’affiche")).to_be_visible()
    expect(browser.rows(home, "Aurore")).to_contain_text("marge 5 jours, intacte")
    team.album.keep("fr-home", team.bruno.page)
    home = team.dan.goes_home()
    expect(browser.rows(home, "Aurore")).to_contain_text("margin 5 days, untouched")
    team.album.keep("en-home", team.dan.page)
    team.dan.goes_to_messages()


def work_until_the_launch(team: Team) -> None:
    """Week by week, the lead marks done what is due in it and the approvers approve."""
    launch = date.fromisoformat(support.LAUNCH)
    while True:
        week = min(team.today + timedelta(days=7), launch)
        while (task := team.due_until(week)) is not None:
            row = browser.rows(team.alice.message("Aurore", "Prochaines étapes"), task.title)
            if task.kind is Kind.APPROVAL:
                put_to_approvers(team, row, task.title)
            else:
                browser.chooses_in_menu(row, "Marquer comme faite")
            expect(row).to_have_count(0)
        if team.today + timedelta(days=7) > launch:
            break
        team.alice.moves_clock("week")
    while team.today < launch:
        team.alice.moves_clock("morning")


def put_to_approvers(team: Team, row: Locator, title: str) -> None:
    browser.chooses_in_menu(row, "Soumettre à validation…")
    form = team.alice.form("Soumettre à validation")
    form.types(Field.LINK, "https://example.com/aurore")
    form.is_accepted()
    asked = team.chloe.message("demande votre décision", title)
    asked.get_by_role("button", name="Approuver", exact=True).click()
    asked = team.dan.message("asks for your decision", title)
    asked.get_by_role("button", name="Approve", exact=True).click()


@pytest.mark.parametrize("language", [FRENCH, ENGLISH], ids=["fr", "en"])
def test_a_late_campaign_says_so_on_its_card_and_in_the_morning_message(
    seats: Seats,
    office: Workspace,
    running_assistant: Assistant,
    album: Album,
    language: Language,
) -> None:
    """Nobody does the brief: a day after it was due, card and morning message say what it costs."""
    screen = seats(language.lead)
    screen.types("/retro new Aurore")
    form = screen.form(language.form)
    album.keep(f"{language.locale[:2]}-modal-empty", screen.page)
    form.is_cancelled()
    lead = Person(office, language.lead)
    support.create_campaign(lead, running_assistant, lead=language.lead)

    for step in ["week"] * 6 + ["morning"] * 3 + ["1h"]:
        screen.moves_clock(step)

    card = screen.message("Aurore", language.status)
    expect(browser.rows(card, language.brief)).to_contain_text(language.late)
    album.keep(f"{language.locale[:2]}-card-late", screen.page)
    screen.goes_to_messages()
    digest = screen.message(language.morning)
    expect(browser.rows(digest, language.brief)).to_contain_text(language.late)
    album.keep(f"{language.locale[:2]}-digest-late", screen.page)


def test_the_demonstration_opens_on_a_running_campaign(
    chromium: Browser, tmp_path: Path, album: Album
) -> None:
    """What a newcomer sees first; its picture is the one at the top of the README."""
    with demo.running(tmp_path) as (server, _), ExitStack() as stack:
        context = chromium.new_context(base_url=server.url, viewport={"width": 1440, "height": 900})
        stack.callback(context.close)
        screen = Screen(context.new_page())
        screen.page.goto("/")

        screen.goes_to_channel(company.BOREAL)

        card = screen.message("Boréal", "Prochaines étapes")
        expect(card).to_contain_text("lancement lun. 25 janv. 2027 · @Alice Martin")
        expect(browser.rows(card, CONCEPT_OK)).to_contain_text("◷ en attente de validation")
        screen.goes_to_channel(company.GENERAL)
        screen.goes_to_channel(company.BOREAL)  # nothing in it is new any more
        album.keep("demonstration", screen.page)
        assert browser.complaints([screen]) == []
