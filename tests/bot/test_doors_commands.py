"""Whatever is typed after the command is answered: with what was asked, or what can be asked."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.app import Assistant
from sandbox import Person, Workspace
from tests.bot import support

WORDS = ["new", "add", "tasks", "list", "digest", "help"]
FRENCH = ["nouveau", "nouvelle", "ajouter", "tâches", "taches", "liste", "récap", "recap", "aide"]


@pytest.mark.parametrize("text", ["", " ", "help", "HELP", "aide"])
def test_the_command_alone_says_what_can_be_done(
    sqlite_assistant: Assistant, dan: Person, text: str
) -> None:
    dan.types(support.AURORE, f"/retro {text}")

    answer = dan.finds(support.AURORE, "/retro new")
    assert answer.ephemeral
    assert all(f"`/retro {word}`" in answer.words for word in WORDS)
    assert answer.buttons == ["Create a campaign"]
    assert "There is no" not in answer.words
    assert support.every_campaign(sqlite_assistant) == []


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("nwe", "new"),
        ("newe Aurore", "new"),
        ("ad", "add"),
        ("task", "tasks"),
        ("lsit", "list"),
        ("digst", "digest"),
        ("hlep", "help"),
        ("hepl me", "help"),
        ("tache", "taches"),
        ("LISTE!", "liste"),
    ],
)
@pytest.mark.usefixtures("sqlite_assistant")
def test_a_misspelt_word_is_answered_with_the_nearest_one(
    dan: Person, typed: str, nearest: str
) -> None:
    dan.types(support.AURORE, f"/retro {typed}")

    answer = dan.finds(support.AURORE, "There is no")
    assert f"Did you mean `/retro {nearest}`?" in answer.words
    assert "`/retro new`" in answer.words


@pytest.mark.parametrize("word", [*WORDS, *FRENCH, "New", "TASKS"])
def test_every_word_of_either_language_is_known(
    sqlite_assistant: Assistant, alice: Person, word: str
) -> None:
    support.create_campaign(alice, sqlite_assistant)

    alice.types(support.AURORE, f"/retro {word}")

    if word.lower() in {"new", "nouveau", "nouvelle", "add", "ajouter"}:
        assert alice.has_modal()
    else:
        answer = alice.reads(support.AURORE)[-1]
        assert answer.ephemeral
        assert "n’existe pas" not in answer.words


@pytest.mark.parametrize(
    "typed",
    ["zzzzzz", "🎄🎄🎄", "`rm -rf`", "<!channel>", "& < >", "%(n)s %s {0}", "-", "*_~`", "123"],
)
@pytest.mark.usefixtures("sqlite_assistant")
def test_nonsense_is_answered_without_a_guess_and_harms_nobody(
    office: Workspace, dan: Person, typed: str
) -> None:
    dan.types(support.AURORE, f"/retro {typed}")

    answer = dan.finds(support.AURORE, "/retro new")
    assert "There is no" in answer.words
    assert "<!channel>" not in str(office.messages[support.AURORE][-1].blocks)


def test_the_help_is_in_the_readers_language(sqlite_assistant: Assistant, alice: Person) -> None:
    alice.types(support.AURORE, "/retro nuveau")

    answer = alice.finds(support.AURORE, "/retro new")
    assert "nouveau" in answer.words
    assert "planifier une campagne" in answer.words
    assert support.every_campaign(sqlite_assistant) == []


def test_adding_without_any_campaign_says_how_to_create_one(
    sqlite_assistant: Assistant, dan: Person
) -> None:
    dan.types(support.AURORE, "/retro add Flyer")

    assert dan.finds(support.AURORE, "No campaign is open. `/retro new` creates one.").ephemeral
    assert support.every_campaign(sqlite_assistant) == []


def test_a_title_of_five_thousand_characters_still_opens_the_form_of_a_task(
    sqlite_assistant: Assistant, alice: Person, dan: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant, "First")
    support.create_campaign(alice, sqlite_assistant, "Second")

    dan.types(support.GENERAL, f"/retro add {'x' * 5000}")

    assert dan.modal().title == "Add a task"


@settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.one_of(st.text(max_size=60), st.from_regex(r"\A(new|add|list|tasks)[ -~]{0,40}\Z")))
def test_any_text_is_answered(sqlite_assistant: Assistant, dan: Person, text: str) -> None:
    office = dan.workspace
    before = len(office.messages[support.AURORE])

    payload = command_payload(office, dan, text)
    answer = office.link.send("slash_commands", payload)

    assert answer.body is None
    said = len(office.messages[support.AURORE]) - before
    assert said == 1 or dan.has_modal()
    if dan.has_modal():
        dan.modal().close(every=True)
    assert support.every_campaign(sqlite_assistant) == []


def command_payload(office: Workspace, person: Person, text: str) -> dict[str, str]:
    """The fields of a slash command whose text is sent just so."""
    user = office.user(person.id)
    secret = office.response_urls.issue(user.id, support.AURORE, None, None)
    return {
        "token": "sandbox",
        "team_id": office.team_id,
        "team_domain": office.domain,
        "channel_id": support.AURORE,
        "channel_name": "aurore",
        "user_id": user.id,
        "user_name": user.name,
        "command": "/retro",
        "text": text.encode(errors="replace").decode(),
        "api_app_id": office.app.app_id,
        "is_enterprise_install": "false",
        "response_url": f"{office.base_url}/response/{secret}",
        "trigger_id": office.triggers.issue(user.id),
    }
