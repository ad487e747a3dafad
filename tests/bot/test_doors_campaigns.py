"""The form of a new campaign met with what cannot be planned: one sentence, under its field."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from bot.app import Assistant
from bot.ids import Action, Field
from sandbox import Clock, Modal, Person, Workspace
from tests.bot import support

ROLE = f"{Field.ROLE}."


@pytest.mark.parametrize(
    ("launch", "sentence"),
    [
        ("2026-11-20", "Le ven. 20 nov. 2026 est passé ; choisir un jour après aujourd’hui."),
        ("1987-01-01", "Le jeu. 1ᵉʳ janv. 1987 est passé ; choisir un jour après aujourd’hui."),
        ("2026-11-23", "C’est aujourd’hui ; choisir un jour plus tard."),
        (
            "2099-12-31",
            "Les plans vont jusqu’à cinq ans ; choisir un jour avant le sam. 22 nov. 2031.",
        ),
    ],
)
def test_a_launch_that_cannot_be_says_why_under_its_field(
    sqlite_assistant: Assistant, alice: Person, launch: str, sentence: str
) -> None:
    form = support.fill(support.open_form(alice), launch=launch)

    errors = form.submit()

    assert {field: tidy(text) for field, text in errors.items()} == {Field.LAUNCH: sentence}
    assert form.is_open
    assert support.every_campaign(sqlite_assistant) == []


def test_a_launch_too_near_says_how_many_days_are_missing_and_which_launch_holds(
    sqlite_assistant: Assistant, alice: Person
) -> None:
    form = support.fill(support.open_form(alice), launch="2026-12-18")

    refused = form.submit()
    holds = "2027-02-05"
    accepted = form.fill({Field.LAUNCH: holds}).submit()

    assert refused.keys() == {Field.LAUNCH}
    assert "jours ouvrés" in refused[Field.LAUNCH]
    assert "2027" in refused[Field.LAUNCH]
    assert accepted == {}
    assert support.stored(sqlite_assistant, "Aurore").launch.isoformat() == holds


@pytest.mark.usefixtures("sqlite_assistant")
def test_the_launch_that_is_said_to_hold_does_and_the_day_before_does_not(dan: Person) -> None:
    form = support.fill(support.open_form(dan), launch="2026-12-18")
    sentence = form.submit()[Field.LAUNCH]

    first = first_that_holds(sentence)
    before = (first - timedelta(days=1)).isoformat()
    day_before = form.fill({Field.LAUNCH: before}).submit()
    that_day = form.fill({Field.LAUNCH: first.isoformat()}).submit()

    assert day_before.keys() == {Field.LAUNCH}
    assert that_day == {}


@pytest.mark.parametrize("launch", ["2027-03-14", "2027-03-29", "2028-02-29"])
def test_a_launch_on_a_sunday_a_holiday_or_a_leap_day_is_planned(
    sqlite_assistant: Assistant, alice: Person, launch: str
) -> None:
    errors = support.fill(support.open_form(alice), launch=launch).submit()

    assert errors == {}
    assert support.stored(sqlite_assistant, "Aurore").launch.isoformat() == launch


@pytest.mark.parametrize(
    "name",
    ["\u200b", "\u202e\u2066", "\ufeff\u2060", "\u3164", "\u2800", "\u00a0", "\n\t", "\u0301"],
    ids=["zero width", "bidi", "bom", "hangul filler", "braille", "no-break", "blank", "mark"],
)
def test_a_name_that_nobody_can_see_is_no_name(
    assistant: Assistant, office: Workspace, alice: Person, name: str
) -> None:
    form = support.fill(support.open_form(alice))

    answer = send_with_name(office, form, name)

    assert tidy(answer["errors"][Field.NAME]) == "Ce champ est à remplir."
    assert support.every_campaign(assistant) == []


def test_a_name_of_five_thousand_characters_is_refused_with_its_length(
    assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))

    answer = send_with_name(office, form, "x" * 5000)

    assert tidy(answer["errors"][Field.NAME]) == "120 caractères au plus ; il y en a 5000."
    assert support.every_campaign(assistant) == []


@pytest.mark.usefixtures("sqlite_assistant")
def test_five_thousand_characters_after_the_command_still_open_the_form(dan: Person) -> None:
    dan.types(support.AURORE, f"/retro new {'x' * 5000}")
    form = dan.modal()
    errors = support.fill(form, name="x" * 3000).submit()

    assert errors == {Field.NAME: "120 characters at most; this has 3000."}


@pytest.mark.parametrize(
    "name",
    [
        "Noël 🎄 & <!channel>",
        "e\u0301te\u0301",
        "a\x00b\ud83d",
        "<@U0DAN> *gras* `code`",
        "👩\u200d👧",
        "\u0646\u200c\u0647",
    ],
)
def test_any_name_one_can_see_is_stored_and_harms_nobody(
    assistant: Assistant, office: Workspace, alice: Person, name: str
) -> None:
    form = support.fill(support.open_form(alice))

    send_with_name(office, form, name)
    assistant.step()

    (campaign,) = support.every_campaign(assistant)
    assert "\x00" not in campaign.name
    card = office.messages[support.AURORE][-1]
    assert "<!channel>" not in str(card.blocks) + card.text
    assert "*<@U0DAN>" not in str(card.blocks)


def test_a_role_that_nobody_plays_is_asked_for_under_its_field(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))
    state = form.values
    state[f"{ROLE}design"]["value"]["selected_user"] = None
    state[f"{ROLE}approver"]["value"]["selected_users"] = []

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert {tidy(text) for text in answer["errors"].values()} == {"Choisir qui tient ce rôle."}
    assert set(answer["errors"]) <= {f"{ROLE}design", f"{ROLE}approver"}
    assert support.every_campaign(sqlite_assistant) == []


def test_slack_itself_asks_for_the_roles_that_are_needed(
    sqlite_assistant: Assistant, alice: Person
) -> None:
    form = support.open_form(alice)
    form.fill({Field.NAME: "Aurore", Field.LAUNCH: support.LAUNCH})

    errors = form.submit()

    assert {f"{ROLE}media", f"{ROLE}design", f"{ROLE}approver"} <= set(errors)
    assert not {f"{ROLE}owner", f"{ROLE}printer"} & set(errors)
    assert support.every_campaign(sqlite_assistant) == []


def test_a_role_that_the_template_does_not_have_is_refused(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))
    state = form.values
    state[f"{ROLE}emperor"] = {"value": {"type": "users_select", "selected_user": support.DAN}}

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert answer["response_action"] == "errors"
    assert support.every_campaign(sqlite_assistant) == []


def test_a_template_that_does_not_exist_is_refused_under_its_field(
    sqlite_assistant: Assistant, office: Workspace, dan: Person
) -> None:
    form = support.fill(support.open_form(dan))
    state = form.values
    state[Field.TEMPLATE][Action.TEMPLATE]["selected_option"]["value"] = "../../etc/passwd"

    answer = support.send_form(office, dan.id, form, state={"values": state})

    assert answer["errors"] == {Field.TEMPLATE: "This template no longer exists; choose another."}
    assert support.every_campaign(sqlite_assistant) == []


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (support.GUEST, "gus is a guest here and cannot have work."),
        (support.ROBOT, "pingbot is an app and cannot have work here."),
        (support.GONE, "olga no longer has an account here."),
        (support.STRANGER, "sam is of another organisation: no work here."),
        ("USLACKBOT", "slackbot is an app and cannot have work here."),
    ],
)
@pytest.mark.parametrize("field", [Field.LEAD, "media", "approver"])
def test_work_is_not_given_to_those_who_cannot_have_it(
    sqlite_assistant: Assistant, dan: Person, field: str, who: str, sentence: str
) -> None:
    people: Any = [support.CHLOE, who] if field == "approver" else who

    errors = support.fill(support.open_form(dan), **{str(field): people}).submit()

    where = field if field == Field.LEAD else f"{ROLE}{field}"
    assert errors == {where: sentence}
    assert support.every_campaign(sqlite_assistant) == []


@pytest.mark.usefixtures("sqlite_assistant")
def test_somebody_who_does_not_exist_gets_no_work(office: Workspace, dan: Person) -> None:
    form = support.fill(support.open_form(dan))
    state = form.values
    state[f"{ROLE}design"]["value"]["selected_user"] = "U0NOBODY"

    answer = support.send_form(office, dan.id, form, state={"values": state})

    assert answer["errors"] == {f"{ROLE}design": "U0NOBODY could not be found in this workspace."}


@pytest.mark.parametrize(
    ("field", "entry"),
    [
        (Field.CHANNEL, {"selected_conversation": None}),
        (Field.LEAD, {"selected_user": None}),
        (Field.LEAD, {"selected_user": "U\x00"}),
        (Field.LEAD, {"selected_user": "U" * 4000}),
        (Field.LAUNCH, {"selected_date": None}),
        (Field.LAUNCH, {"selected_date": "not-a-day"}),
        (Field.LAUNCH, {"selected_date": "2027-02-30"}),
        (Field.CHANNEL, {"selected_conversation": "C\x00"}),
        (Field.CHANNEL, {"selected_conversation": "C" * 4000}),
    ],
)
def test_a_field_that_holds_nonsense_is_answered_in_words(
    assistant: Assistant, office: Workspace, alice: Person, field: str, entry: dict[str, object]
) -> None:
    form = support.fill(support.open_form(alice))
    state = form.values
    state[field]["value"] |= entry

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert list(answer["errors"]) == [field]
    assert support.every_campaign(assistant) == []


def test_a_form_submitted_twice_is_one_campaign(
    assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))

    for _ in range(3):
        support.send_form(office, alice.id, form)
    assistant.step()

    assert len(support.every_campaign(assistant)) == 1
    assert len(office.messages[support.AURORE]) == 1


def test_the_two_hundred_and_first_open_campaign_is_refused_in_words(
    sqlite_assistant: Assistant,
    dan: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.flows.campaigns.MOST_CAMPAIGNS", 1)
    support.create_campaign(dan, sqlite_assistant, "First")

    errors = support.fill(support.open_form(dan), "Second").submit()

    assert list(errors.values()) == [
        "There are already 1 open campaigns, the most a workspace can have."
    ]
    assert [one.name for one in support.every_campaign(sqlite_assistant)] == ["First"]


@pytest.mark.usefixtures("sqlite_assistant")
def test_choosing_another_template_keeps_what_was_typed(alice: Person) -> None:
    form = support.fill(support.open_form(alice, "/retro new Aurore 2027-03-15"))
    alice.chooses(form, Action.TEMPLATE, "website")

    assert form.values[Field.NAME]["value"]["value"] == "Aurore"
    assert form.values[Field.LAUNCH]["value"]["selected_date"] == "2027-03-15"
    assert f"{ROLE}developer" in form.values


@pytest.mark.usefixtures("sqlite_assistant")
def test_the_day_after_today_is_that_of_the_workspace_not_of_utc(
    clock: Clock, alice: Person
) -> None:
    clock.to(support.MONDAY.replace(hour=0, minute=30))  # in UTC it is still Sunday

    errors = support.fill(support.open_form(alice), launch="2026-11-23").submit()

    assert tidy(errors[Field.LAUNCH]) == "C’est aujourd’hui ; choisir un jour plus tard."


def tidy(text: str) -> str:
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def first_that_holds(sentence: str) -> date:
    found = re.search(r"holds is \w+,? (\d+) (\w+) (\d+)", sentence)
    assert found is not None, sentence
    return datetime.strptime(" ".join(found.groups()), "%d %b %Y").date()  # noqa: DTZ007 - a day


def send_with_name(office: Workspace, form: Modal, name: str) -> Any:
    state = form.values
    state[Field.NAME]["value"]["value"] = name
    return support.send_form(office, support.ALICE, form, state={"values": state})
