"""Approving in chat: every copy of a request, late clicks, pictures that Slack does not show."""

from __future__ import annotations

from datetime import timedelta

from bot.app import Assistant
from bot.ids import Action, Field
from sandbox import Clock, Person, Workspace
from sandbox.uploads import store_upload
from storage.records import SubmissionState
from tests.bot import support
from tests.bot.support import BRUNO


def test_every_copy_of_a_request_shows_what_was_decided(
    assistant: Assistant, office: Workspace, alice: Person, chloe: Person, dan: Person
) -> None:
    request_in_chat(assistant, office, alice)
    chloe.clicks(chloe.finds_in_dm("version 1"), "Approuver")
    assistant.step()
    dan.clicks(dan.finds_in_dm("version 1"), "Approve")
    assistant.step()

    assert "approuvé par" in chloe.finds_in_dm("version 1").words
    assert "approved by" in dan.finds_in_dm("version 1").words
    assert chloe.finds_in_dm("version 1").buttons == []
    assert support.task_of(assistant, "concept_ok").is_done


def test_a_double_click_is_answered_beside_the_button(
    assistant: Assistant, office: Workspace, alice: Person, dan: Person
) -> None:
    request_in_chat(assistant, office, alice)
    request = dan.finds_in_dm("version 1")

    dan.clicks(request, "Approve")
    dan.clicks(request, "Approve")

    told = dan.finds_in_dm("already approved")
    assert told.ephemeral
    assert "your click changed nothing" in told.words
    version = support.newest_version(assistant, support.task_of(assistant, "concept_ok").id)
    assert version is not None
    assert version.pending == (support.CHLOE,)


def test_a_form_filled_in_too_late_says_who_was_faster(
    sqlite_assistant: Assistant, office: Workspace, alice: Person, chloe: Person, dan: Person
) -> None:
    request_in_chat(sqlite_assistant, office, alice)
    dan.clicks(dan.finds_in_dm("version 1"), "Request changes…")
    form = dan.modal().fill({Field.REMARKS: "Larger logo"})
    chloe.clicks(chloe.finds_in_dm("version 1"), "Demander des changements…")
    assert chloe.modal().fill({Field.REMARKS: "Plus grand"}).submit() == {}

    errors = form.submit()

    assert list(errors) == [Field.REMARKS]
    assert "<@U0CHLOE> already requested changes" in errors[Field.REMARKS]
    version = support.newest_version(
        sqlite_assistant, support.task_of(sqlite_assistant, "concept_ok").id
    )
    assert version is not None
    assert version.state is SubmissionState.CHANGES


def test_a_picture_that_slack_does_not_know_keeps_no_approver_from_being_asked(
    sqlite_assistant: Assistant, office: Workspace, clock: Clock, alice: Person, dan: Person
) -> None:
    request_in_chat(sqlite_assistant, office, alice, file="F0NOWHERE99")
    for _ in range(5):
        clock.move(timedelta(minutes=3))
        sqlite_assistant.step()

    request = dan.finds_in_dm("version 1")
    assert "Here it is." in request.words
    assert "a.png" in request.words
    assert "Approve" in request.buttons


def test_a_picture_that_slack_is_still_looking_at_comes_with_the_request(
    sqlite_assistant: Assistant, office: Workspace, clock: Clock, alice: Person, dan: Person
) -> None:
    file = store_upload(office, BRUNO, "a.png", b"not really a picture")
    file.shared = False
    request_in_chat(sqlite_assistant, office, alice, file=file.id)
    file.shared = True

    for _ in range(3):
        clock.move(timedelta(minutes=3))
        sqlite_assistant.step()

    pictures = [block for block in dan.finds_in_dm("version 1").blocks if block["type"] == "image"]
    assert [picture["slack_file"]["id"] for picture in pictures] == [file.id]


def request_in_chat(
    assistant: Assistant, office: Workspace, alice: Person, *, file: str = ""
) -> None:
    """Create a campaign whose concept is put to both approvers, in private messages."""
    campaign = support.create_campaign(alice, assistant)
    ids = {task.key: task.id for task in campaign.tasks}
    for who, key in ((support.ALICE, "brief"), (BRUNO, "concept")):
        support.send_click(office, who, {"action_id": Action.TASK_DONE, "value": ids[key]})
    support.send_click(office, BRUNO, {"action_id": Action.TASK_SUBMIT, "value": ids["concept_ok"]})
    form = Person(office, BRUNO).modal().fill({Field.NOTE: "Here it is."})
    state = form.values
    if file:
        state[Field.FILES]["value"]["files"] = [
            {"id": file, "name": "a.png", "mimetype": "image/png"}
        ]
    assert support.send_form(office, BRUNO, form, state={"values": state}) is None
    assistant.step()
