"""Values that our own forms and buttons would never send: no effect, and a polite answer."""

from __future__ import annotations

import json

import pytest

from bot.app import Assistant
from bot.ids import Action, Field, Modal
from sandbox import NoAnswer, Person, Workspace
from sandbox.payloads import view_json
from storage.records import Campaign, SubmissionState
from tests.bot import support

GONE = "This is no longer there. /retro list shows what is."
NONSENSE = [
    "",
    "nonsense",
    "x" * 2000,
    "a\x00b",
    "\ud800",
    "' OR 1=1 --",
    "t_" + "z" * 18,
    "[" * 1500,
    "done:",
    ":",
    "é🎄",
    "..",
]
CLICKS = [
    Action.TASK_START,
    Action.TASK_DONE,
    Action.TASK_SUBMIT,
    Action.TASK_ADD,
    Action.PLAN_ALL,
    Action.APPROVE,
    Action.CHANGES,
    Action.CARD_AGAIN,
]


RIGHT_KIND = {
    Action.TASK_ADD: "campaign",
    Action.PLAN_ALL: "campaign",
    Action.CARD_AGAIN: "campaign",
    Action.APPROVE: "version",
    Action.CHANGES: "version",
}


@pytest.mark.parametrize("action", CLICKS)
def test_a_click_with_a_value_that_is_not_ours_has_no_effect(
    assistant: Assistant, office: Workspace, alice: Person, dan: Person, action: str
) -> None:
    support.create_campaign(alice, assistant)
    before = support.stored(assistant, "Aurore")

    for value in NONSENSE:
        support.send_click(office, dan.id, {"action_id": action, "value": value})

    answers = [seen.words for seen in dan.reads(support.AURORE) if seen.ephemeral]
    assert len(answers) == len(NONSENSE)
    assert {words.replace("`", "") for words in answers} == {GONE}
    assert not dan.has_modal()
    assert support.stored(assistant, "Aurore") == before


@pytest.mark.parametrize(
    "value", [*NONSENSE, "start:nonsense", "destroy:t_1", "submit:", "visual:x"]
)
def test_a_menu_with_a_choice_that_is_not_ours_has_no_effect(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, dan: Person, value: str
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    before = support.stored(sqlite_assistant, "Aurore")
    chosen = {"text": {"type": "plain_text", "text": "x"}, "value": value}

    support.send_click(
        office,
        dan.id,
        {"type": "overflow", "action_id": Action.TASK_MENU, "selected_option": chosen},
    )

    assert dan.finds(support.AURORE, "no longer there").ephemeral
    assert support.stored(sqlite_assistant, "Aurore") == before


@pytest.mark.parametrize(
    ("action", "kind"),
    [
        (action, kind)
        for action in CLICKS
        for kind in ("task", "campaign", "version")
        if kind != RIGHT_KIND.get(action, "task")
    ],
)
def test_an_id_of_another_kind_has_no_effect(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, kind: str, action: str
) -> None:
    campaign = support.create_campaign(alice, sqlite_assistant)
    ids = {"task": campaign.tasks[0].id, "campaign": campaign.id, "version": "s_" + "a" * 18}

    support.send_click(office, alice.id, {"action_id": action, "value": ids[kind]})

    assert alice.finds(support.AURORE, "Ceci n’existe plus").ephemeral
    assert support.stored(sqlite_assistant, "Aurore") == campaign


@pytest.mark.parametrize(
    "metadata",
    [
        "",
        "not json",
        "[" * 3000,
        "[]",
        '"text"',
        "null",
        '{"campaign": null}',
        '{"campaign": ["c_1"]}',
        '{"campaign": {"a": 1}}',
        '{"campaign": "a\\u0000b"}',
        '{"campaign": "\\ud800"}',
        json.dumps({"campaign": "c" * 2500}),
        '{"campaign": 1e999}',
    ],
)
def test_a_form_whose_context_was_changed_has_no_effect(
    assistant: Assistant, office: Workspace, alice: Person, metadata: str
) -> None:
    before = support.create_campaign(alice, assistant)
    alice.types(support.AURORE, "/retro add Flyer")

    answer = support.send_form(office, alice.id, alice.modal(), private_metadata=metadata)

    assert answer["response_action"] == "errors"
    assert "n’existe plus" in next(iter(answer["errors"].values()))
    assert support.stored(assistant, "Aurore") == before


@pytest.mark.parametrize(
    ("field", "element"),
    [
        (Field.KIND, {"selected_option": {"value": "empire"}}),
        (Field.KIND, {"selected_option": None}),
        (Field.AFTER, {"selected_options": [{"value": "t_" + "q" * 18}]}),
        (Field.BEFORE, {"selected_options": [{"value": "t_" + "q" * 18}]}),
        (Field.TAKES, {"value": None}),
        (Field.TAKES, {"value": "9" * 5000 + "d"}),
        (Field.TAKES, {"value": "-3d"}),
        (Field.TAKES, {"value": "3 moons"}),
        (Field.TAKES, {"value": "NaNd"}),
        (Field.TAKES, {"value": "0.3d"}),
        (Field.TITLE, {"value": "\u200b"}),
        (Field.TITLE, {"value": "x" * 5000}),
        (Field.TITLE, {"value": None}),
        (Field.OWNER, {"selected_user": "U0NOBODY"}),
        (Field.APPROVERS, {"selected_users": ["U0NOBODY"]}),
    ],
)
def test_a_task_that_holds_nonsense_is_refused_in_words(
    assistant: Assistant, office: Workspace, alice: Person, field: str, element: dict[str, object]
) -> None:
    before = support.create_campaign(alice, assistant)
    alice.types(support.AURORE, "/retro add Flyer")
    form = alice.modal()
    state = form.values
    state[field]["value"] |= element

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert answer["response_action"] == "errors"
    assert all(answer["errors"].values())
    assert support.stored(assistant, "Aurore") == before


def test_a_task_that_would_wait_for_itself_is_refused_and_nothing_of_it_is_kept(
    assistant: Assistant, alice: Person, office: Workspace
) -> None:
    before = support.create_campaign(alice, assistant)
    office.users[alice.id].locale = "en-GB"
    first, last = before.tasks[0], before.tasks[10]
    alice.types(support.AURORE, "/retro add Flyer")
    form = alice.modal().fill({Field.AFTER: [last.id], Field.BEFORE: [first.id]})

    errors = form.submit()

    assert list(errors) == [Field.BEFORE]
    assert "Flyer" in errors[Field.BEFORE]
    assert support.stored(assistant, "Aurore") == before


def test_a_task_of_another_campaign_cannot_be_waited_for(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    before = support.create_campaign(alice, sqlite_assistant, "First")
    other = support.create_campaign(alice, sqlite_assistant, "Second")
    alice.types(support.GENERAL, "/retro add Flyer")
    form = alice.modal().fill({Field.CAMPAIGN: before.id})
    form.submit()
    form = alice.modal()
    state = form.values
    state[Field.AFTER]["value"]["selected_options"] = [{"value": other.tasks[0].id}]

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert answer["response_action"] == "errors"
    assert support.stored(sqlite_assistant, "First") == before


def test_a_campaign_that_is_not_offered_cannot_be_chosen(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    for name in ("First", "Second"):
        support.create_campaign(alice, sqlite_assistant, name)
    alice.types(support.GENERAL, "/retro add Flyer")
    form = alice.modal()
    state = form.values
    state[Field.CAMPAIGN] = {"value": {"selected_option": {"value": "c_" + "z" * 18}}}

    answer = support.send_form(office, alice.id, form, state={"values": state})

    assert list(answer["errors"]) == [Field.CAMPAIGN]


def test_turning_to_a_page_that_is_not_there_shows_the_nearest_one(
    sqlite_assistant: Assistant, alice: Person
) -> None:
    campaign = support.create_campaign(alice, sqlite_assistant)
    card = alice.finds(support.AURORE, "Aurore")
    alice.clicks(card, "Voir tout le plan")
    plan = alice.modal()

    for page in ("-1", "99999", "9" * 5000, "²", "", "x"):
        click_in_view(alice, plan.id, Action.PLAN_ON, f"{campaign.id}:{page}")

    assert plan.is_open
    assert "Bilan de campagne" in plan.words


def test_an_approval_for_another_version_than_the_one_seen_changes_nothing(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, dan: Person
) -> None:
    support.create_campaign(alice, sqlite_assistant)
    first = a_version(sqlite_assistant, office)
    support.send_click(office, dan.id, {"action_id": Action.CHANGES, "value": first})
    dan.modal().fill({Field.REMARKS: "Larger logo"}).submit()
    second = a_version(sqlite_assistant, office)

    support.send_click(office, dan.id, {"action_id": Action.APPROVE, "value": first})

    assert (
        "Version 2 of “Validation du concept” is out"
        in dan.finds(support.AURORE, "Version 2").words
    )
    task = support.task_of(sqlite_assistant, "concept_ok")
    newest = support.newest_version(sqlite_assistant, task.id)
    assert newest is not None
    assert newest.id == second
    assert newest.state is SubmissionState.OPEN
    assert len(newest.pending) == 2


def test_another_teams_payload_signed_as_it_should_be_has_no_effect(
    assistant: Assistant, office: Workspace, alice: Person
) -> None:
    campaign = support.create_campaign(alice, assistant)
    elsewhere = {"id": "T0ELSEWHERE", "domain": "elsewhere"}
    click = {"action_id": Action.TASK_DONE, "value": campaign.tasks[0].id}
    user = {"id": alice.id, "username": "alice", "name": "alice", "team_id": "T0ELSEWHERE"}

    support.send_click(office, alice.id, click, team=elsewhere, user=user)

    assert support.stored(assistant, "Aurore") == campaign
    assert "ne travaille pas dans cet espace" in alice.reads(support.AURORE)[-1].words


def test_a_form_of_another_team_has_no_effect(
    sqlite_assistant: Assistant, office: Workspace, alice: Person
) -> None:
    form = support.fill(support.open_form(alice))
    team = {"id": "T0ELSEWHERE", "domain": "elsewhere"}

    answer = support.send_form(
        office, alice.id, form, app_installed_team_id=team["id"], payload={"team": team}
    )

    assert "ne travaille pas dans cet espace" in answer
    assert support.every_campaign(sqlite_assistant) == []


@pytest.mark.parametrize("callback", [one for one in Modal if one != Modal.PLAN])
def test_a_form_whose_state_is_empty_is_refused(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, callback: str
) -> None:
    before = support.create_campaign(alice, sqlite_assistant)
    form = support.fill(support.open_form(alice))

    answer = support.send_form(office, alice.id, form, callback_id=callback, state={"values": {}})

    assert answer["response_action"] == "errors"
    assert support.every_campaign(sqlite_assistant) == [before]


@pytest.mark.parametrize("callback", [Modal.PLAN, "unknown", ""])
def test_a_form_that_we_do_not_have_has_no_effect(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, callback: str
) -> None:
    form = support.fill(support.open_form(alice))

    with pytest.raises(NoAnswer, match="404"):
        support.send_form(office, alice.id, form, callback_id=callback)

    assert support.every_campaign(sqlite_assistant) == []


def a_version(assistant: Assistant, office: Workspace) -> str:
    """Put a version of the concept to its approvers; its id."""
    campaign: Campaign = support.stored(assistant, "Aurore")
    ids = {task.key: task.id for task in campaign.tasks}
    bruno = Person(office, support.BRUNO)
    for who, key in ((support.ALICE, "brief"), (support.BRUNO, "concept")):
        support.send_click(office, who, {"action_id": Action.TASK_DONE, "value": ids[key]})
    submit = {"action_id": Action.TASK_SUBMIT, "value": ids["concept_ok"]}
    support.send_click(office, support.BRUNO, submit)
    assert bruno.modal().fill({Field.NOTE: "Here it is."}).submit() == {}
    version = support.newest_version(assistant, ids["concept_ok"])
    assert version is not None
    return version.id


def click_in_view(person: Person, view_id: str, action_id: str, value: str) -> None:
    office = person.workspace
    view = office.find_view(view_id)
    assert view is not None
    support.send_click(
        office,
        person.id,
        {"action_id": action_id, "value": value},
        container={"type": "view", "view_id": view_id},
        view=view_json(office, view),
    )
