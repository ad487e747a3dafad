"""One campaign, from ``/retro new`` to the day after its review, through real HTTP.

The clock is moved by hand; people only type and click, in French and in English.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import pytest

from bot.app import Assistant
from bot.ids import Field
from sandbox import Clock, Person, Seen, Workspace
from scheduling import Kind
from storage.records import Task, TaskState
from tests.bot import support

LAUNCH = date(2027, 3, 15)
WEEKEND = ("Samedi", "Dimanche", "Saturday", "Sunday")
HOLIDAYS = {"Vendredi 25 décembre", "Vendredi 1ᵉʳ janvier", "Friday 25 December"}
LONGEST = timedelta(days=150)

DONE = {support.ALICE: "Fait", support.BRUNO: "Fait", support.EMMA: "Done"}
START = {support.ALICE: "Commencer", support.BRUNO: "Commencer", support.EMMA: "Start"}
SUBMIT = {support.BRUNO: "Soumettre à validation…", support.EMMA: "Submit for approval…"}


class Team:
    """The people of a campaign, who do each day what their messages ask of them."""

    def __init__(self, office: Workspace, clock: Clock, assistant: Assistant) -> None:
        self.office = office
        self.clock = clock
        self.assistant = assistant
        self.people = {user_id: Person(office, user_id) for user_id in support.MEMBERS}
        self.slow: set[str] = set()  # approvers who do not answer

    def works(self, until: date) -> Iterator[date]:
        """Live through every day up to ``until``, weekends included."""
        day = self.clock.now().date()
        while day <= until:
            self.clock.to(datetime.combine(day, time(9, 0), tzinfo=support.ZONE))
            self.assistant.step()
            self.clock.to(datetime.combine(day, time(10, 0), tzinfo=support.ZONE))
            self.assistant.step()
            self._acts(day)
            yield day
            day += timedelta(days=1)

    def card(self) -> Seen:
        """The card in the campaign's channel, of which there is one."""
        alice = self.people[support.ALICE]
        cards = [seen for seen in alice.reads(support.AURORE) if "Aurore" in seen.words]
        assert len(cards) == 1
        return cards[0]

    def digests(self, user_id: str) -> list[Seen]:
        """The morning messages that someone received."""
        heading = re.compile(
            r"^(lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|\w+day) ", re.IGNORECASE
        )
        return [seen for seen in self.people[user_id].dm() if heading.match(seen.words)]

    def _acts(self, day: date) -> None:
        for user_id in (support.ALICE, support.BRUNO, support.EMMA):
            self._works_on_tasks(user_id, day)
        for user_id in (support.CHLOE, support.DAN):
            if user_id not in self.slow:
                self._decides(user_id)

    def _works_on_tasks(self, user_id: str, day: date) -> None:
        for task in self._tasks_of(user_id):
            if task.late_start.day > day or self._waits(task):
                continue
            message = self._message_about(user_id, task)
            if message is None:
                continue
            if task.kind is Kind.APPROVAL:
                self._submits(user_id, task, message)
            elif task.late_finish.day <= day or task.kind is Kind.MILESTONE:
                self._presses(user_id, message, task, DONE[user_id])
            elif task.state is TaskState.TODO:
                self._presses(user_id, message, task, START[user_id])

    def _tasks_of(self, user_id: str) -> list[Task]:
        tasks = support.stored(self.assistant, "Aurore").tasks if self.is_open() else ()
        return [
            task
            for task in tasks
            if not task.is_done and (task.owner_id or support.ALICE) == user_id
        ]

    def is_open(self) -> bool:
        """Whether the campaign still runs."""
        return bool(support.every_campaign(self.assistant))

    def _waits(self, task: Task) -> bool:
        return bool(support.stored(self.assistant, "Aurore").waits_for(task))

    def _message_about(self, user_id: str, task: Task) -> Seen | None:
        """Where the person can act: their morning message, or else the channel's card."""
        mornings = self.digests(user_id)[-1:]
        for seen in mornings:
            if any(task.id in str(block) for block in seen.blocks):
                return seen
        card = self.card()
        return card if any(task.id in str(block) for block in card.blocks) else None

    def _presses(self, user_id: str, message: Seen, task: Task, label: str) -> None:
        block = next(block for block in message.blocks if task.id in str(block))
        words = {"Fait": "Marquer comme faite", "Commencer": "Marquer comme commencée"}
        french = {"Done": "Fait", "Start": "Commencer"}.get(label, label)
        in_card = words[french] if "accessory" in block else label
        self.people[user_id].clicks(message, in_card, block_id=block["block_id"])
        self.assistant.step()

    def _submits(self, user_id: str, task: Task, message: Seen) -> None:
        newest = support.newest_version(self.assistant, task.id)
        if newest is not None and newest.state == "open":
            return
        block = next(block for block in message.blocks if task.id in str(block))
        label = SUBMIT[support.BRUNO] if "accessory" in block else SUBMIT[user_id]
        self.people[user_id].clicks(message, label, block_id=block["block_id"])
        form = self.people[user_id].modal()
        assert form.fill({Field.LINK: "https://example.com/v1"}).submit() == {}
        self.assistant.step()

    def _decides(self, user_id: str) -> None:
        approve = "Approve" if user_id == support.DAN else "Approuver"
        for seen in self.people[user_id].dm():
            if approve in seen.buttons:
                self.people[user_id].clicks(seen, approve)
                self.assistant.step()


@pytest.fixture
def team(office: Workspace, clock: Clock, assistant: Assistant) -> Team:
    """The team, with the campaign just created."""
    team = Team(office, clock, assistant)
    support.create_campaign(team.people[support.ALICE], assistant, media=support.EMMA)
    return team


def test_a_campaign_goes_from_its_first_day_to_its_review(team: Team) -> None:
    """Everyone does what is asked in time: the margin stays whole and all ends well.

    On the way each reader gets one message a working morning, and none on a day off.
    """
    first = team.card()

    for day in team.works(until=LAUNCH):
        if day == LAUNCH - timedelta(days=1):
            assert "lancement lun. 15 mars" in team.card().words
    on_launch_day = team.card()
    for _ in team.works(until=LAUNCH + LONGEST):
        if not team.is_open():
            break

    assert "démarrage au plus tard lun. 4 janv. 2027 (dans 28 jours ouvrés)" in first.words
    assert on_launch_day.ts == first.ts
    assert "lancement aujourd’hui" in on_launch_day.words
    assert "marge 5 jours, intacte" in on_launch_day.words
    assert not team.is_open()
    assert "✓ fait" in team.card().words
    assert "18 tâches faites sur 18" in team.card().words
    french = [seen.words.splitlines()[0] for seen in team.digests(support.BRUNO)]
    english = [seen.words.splitlines()[0] for seen in team.digests(support.EMMA)]
    for titles in (french, english):
        assert len(titles) > 3
        assert max(Counter(titles).values()) == 1
        assert not [title for title in titles if title.startswith(WEEKEND)]
        assert not HOLIDAYS & set(titles)


def test_an_approver_who_is_late_is_nudged_and_the_margin_shows_it(team: Team) -> None:
    """Dan lets the review date pass: a reminder comes the next morning, and the card says why."""
    team.slow = {support.DAN}
    dan = team.people[support.DAN]
    step = support.task_of(team.assistant, "concept_ok")

    for day in team.works(until=date(2027, 2, 5)):
        if day == step.late_finish.day + timedelta(days=4):
            break
    nudges = [seen for seen in dan.dm() if "was expected" in seen.words and "margin" in seen.words]
    late = team.card().words
    dan.clicks(nudges[0], "Approve")
    team.assistant.step()

    assert len(nudges) == 1
    assert "◐ à risque" in late
    assert "Validation du concept" in late
    assert support.task_of(team.assistant, "concept_ok").is_done
    assert "approved by @Chloé Bernard and @Dan Walker" in dan.finds_in_dm("Validation").words
    assert not any("Approve" in seen.buttons for seen in dan.dm())


def test_a_task_added_between_two_others_moves_what_comes_before(
    team: Team, office: Workspace
) -> None:
    """``/retro add`` plans anew: the card is edited in place, with the earlier dates on it."""
    alice = team.people[support.ALICE]
    before = {task.key: task for task in support.stored(team.assistant, "Aurore").tasks}

    alice.types(support.AURORE, "/retro add Traduction de l’affiche")
    form = alice.modal("Ajouter une tâche")
    errors = form.fill(
        {
            Field.TAKES: "2j",
            Field.OWNER: support.EMMA,
            Field.AFTER: [before["artwork_ok"].id],
            Field.BEFORE: [before["files"].id],
        }
    ).submit()
    posts = len(office.calls("chat.postMessage"))
    team.assistant.step()

    after = {task.key: task for task in support.stored(team.assistant, "Aurore").tasks}
    added = next(task for task in after.values() if task.title == "Traduction de l’affiche")
    assert errors == {}
    assert len(office.calls("chat.postMessage")) == posts
    assert added.late_finish < after["files"].late_start
    assert after["artwork_ok"].late_finish < added.late_start
    assert after["artwork_ok"].late_finish < before["artwork_ok"].late_finish
    assert after["print"] == before["print"]
    assert "0 tâche faite sur 19" in team.card().words
