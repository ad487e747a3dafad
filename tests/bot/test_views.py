"""Whatever is stored, Slack takes what is made of it, and no text of a person's acts in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import errors
from bot.flows import planning, templates
from bot.ids import Action
from bot.views import (
    approval_forms,
    approvals,
    campaign_forms,
    cards,
    digests,
    help,  # noqa: A004 - the command of that name
    homes,
    lists,
    problems,
    tasks,
)
from bot.views.blocks import Message, section, shorten
from bot.views.campaign_forms import Draft
from bot.views.words import Reader, escape
from sandbox.state_values import elements
from sandbox.validate import check_message_blocks, check_view
from sandbox.words import visible_words
from scheduling import plan
from storage.records import TaskState
from tests.bot import scenes
from tests.bot.scenes import CHANNEL, FILES, PEOPLE, TODAY, Scene

LOCALES = ["fr-FR", "en-GB", "en-US"]
MOST_TEXT = 40_000  # characters, above which Slack cuts
OURS = re.compile(rf"<(?:@(?:{'|'.join(PEOPLE)})|#{CHANNEL})>")

View = dict[str, Any]
Build = Callable[[Reader, Scene], Iterator[Message | View]]


def messages_of_a_campaign(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    yield cards.card(reader, scene.campaign, scene.plan, scene.newest, 3.5)
    for error in ("not_in_channel", "is_archived", "strange_error"):
        yield cards.lost(reader, scene.campaign, error)


def pages_of_a_campaign(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    for page in (-1, 0, 1, 99):
        yield cards.whole_plan(reader, scene.campaign, scene.plan, scene.newest, 0, page=page)


def lists_of_campaigns(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    yield lists.campaigns(reader, scene.summaries)


def mornings(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    yield digests.digest(reader, scene.morning)
    yield digests.past(reader, TODAY)


def homes_of_people(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    cases = scene.morning.decisions
    for in_doubt in (False, True):
        yield homes.home(reader, cases, scene.lines, scene.summaries, is_digest_in_doubt=in_doubt)


def lists_of_tasks(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    own = [(scene.campaign.name, task) for task in scene.campaign.tasks if not task.is_done]
    yield tasks.mine(reader, own, scene.newest)
    yield tasks.mine(reader, own * 20, scene.newest)
    for task in scene.campaign.tasks:
        buttons = tasks.buttons(reader, task, scene.newest.get(task.id))
        yield approvals.can_start(reader, scene.campaign, task, buttons)


def decisions(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    for case in scene.cases:
        for person in (*case.task.approvers, "U0STRANGER"):
            yield approvals.request(reader, case, person)
            yield approvals.nudge(reader, case, person)
        yield approvals.stands(reader, case)
        if case.submission.state == "changes":
            yield approvals.changes_wanted(reader, case, is_answered=False)
            yield approvals.changes_wanted(reader, case, is_answered=True)


def forms_of_decisions(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    for case in scene.cases:
        yield approval_forms.submit_form(reader, case.campaign, case.task, case.submission.number)
        yield approval_forms.changes_form(reader, case)
        yield approval_forms.version(reader, case)


def forms_of_campaigns(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    name = scene.campaign.name
    for template in ("", *(one.id for one in templates.every())):
        draft = Draft(
            name=name * 30, launch=TODAY, template=template, lead=PEOPLE[0], channel=CHANNEL
        )
        yield campaign_forms.new_campaign(reader, templates.every(), draft)
    yield campaign_forms.new_task(reader, scene.campaign, title=name * 30)
    if scene.summaries:
        yield campaign_forms.which_campaign(reader, scene.summaries, name * 30)


def answers(reader: Reader, scene: Scene) -> Iterator[Message | View]:
    text = scene.campaign.name
    yield help.usage(reader)
    yield help.usage(reader, unknown=text[:40], nearest="tasks")
    yield help.usage(reader, unknown=text[:40])
    for problem in (
        errors.NotAllowed(tuple(PEOPLE)),
        errors.BadDuration("takes", text),
        errors.WouldCycle("before", (text,) * 30),
        errors.PersonRefused("lead", text, "guest"),
        errors.AlreadyDone(text),
        errors.ApprovalDecides(text),
        errors.NotReady(text, (text,) * 20),
        errors.AlreadyDecided(text, 2, "approved", PEOPLE[0], scenes.NOW, 2),
        errors.AlreadyDecided(text, 1, "changes", PEOPLE[0], None, 2),
        errors.TooLong("name", 5000, 120),
        errors.LaunchImpossible("launch", TODAY, TODAY, 1.5, None),
    ):
        words = problems.explain(problem, reader)
        yield Message(words, [section(words)])


BUILDERS: list[Build] = [
    messages_of_a_campaign,
    pages_of_a_campaign,
    lists_of_campaigns,
    mornings,
    homes_of_people,
    lists_of_tasks,
    decisions,
    forms_of_decisions,
    forms_of_campaigns,
    answers,
]


@pytest.mark.parametrize("build", BUILDERS, ids=lambda build: build.__name__)
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(scene=scenes.scenes(), locale=st.sampled_from(LOCALES))
def test_slack_takes_it_and_no_text_of_a_persons_acts_in_it(
    build: Build, scene: Scene, locale: str
) -> None:
    reader = Reader(locale=locale, today=TODAY, timezone="Europe/Paris")

    for made in build(reader, scene):
        check_taken(made)
        check_harmless(made)
        check_listened_to(made)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("count", [1, 41, 200, 2000])
def test_a_long_campaign_is_folded_and_says_how_much(locale: str, count: int) -> None:
    scene = a_scene(count)
    reader = Reader(locale=locale, today=TODAY)

    card = cards.card(reader, scene.campaign, scene.plan, {}, 3)
    pages = [
        cards.whole_plan(reader, scene.campaign, scene.plan, {}, 3, page=page)
        for page in range(-(-count // 40))
    ]
    form = campaign_forms.new_task(reader, scene.campaign)
    mine = tasks.mine(reader, [("Aurore", task) for task in scene.campaign.tasks], {})

    everything: list[Message | View] = [card, *pages, form, mine]
    for made in everything:
        check_taken(made)
    shown = "\n".join(words_of(page) for page in pages)
    assert all(f"Task {number}!" in shown for number in range(count))
    assert sum(f"Task {number}!" in words_of(card) for number in range(count)) == min(count, 12)
    if count > 12:
        assert f"{count - 12} " in words_of(card)
    if count > 40:
        assert f"{count - 40} " in words_of(mine)


@pytest.mark.parametrize("locale", LOCALES)
def test_long_names_take_lines_from_a_message_and_it_says_how_many(locale: str) -> None:
    scene = a_scene(40, title="&" * 110)
    reader = Reader(locale=locale, today=TODAY)
    long = replace(scenes.example_summary(), name="<" * 120)
    lines = scene.lines
    full = digests.Morning(
        decisions=[], overdue=lines, due=lines, starting=[], ongoing=lines, coming=lines
    )

    card = cards.card(reader, scene.campaign, scene.plan, {}, 3)
    mine = tasks.mine(reader, [("&" * 120, task) for task in scene.campaign.tasks], {})
    listed = lists.campaigns(reader, [long] * 40)
    morning = digests.digest(reader, full)

    for message in (card, mine, listed, morning):
        check_taken(message)
    shown = len([block for block in mine.blocks if "accessory" in block])
    assert 3 < shown < 40
    assert f"{40 - shown} " in words_of(mine)


@pytest.mark.parametrize("count", [0, 1, 2, 40, 41, 200])
@pytest.mark.parametrize("locale", LOCALES)
def test_many_campaigns_are_folded_and_counted(locale: str, count: int) -> None:
    reader = Reader(locale=locale, today=TODAY)
    one = scenes.example_summary()
    summaries = [replace(one, id=f"c_{number}") for number in range(count)]

    listed = lists.campaigns(reader, summaries)
    home = homes.home(reader, [], [], summaries, is_digest_in_doubt=False)

    for made in (listed, home):
        check_taken(made)
    if count > 40:
        assert f"{count - 40} " in words_of(listed)
        assert f"{count - 20} " in words_of(home)


@pytest.mark.parametrize("count", [1, 12, 13, 200])
@pytest.mark.parametrize("locale", LOCALES)
def test_a_full_morning_keeps_to_a_dozen_lines_and_says_how_many_are_left_out(
    locale: str, count: int
) -> None:
    lines = a_scene(count).lines
    reader = Reader(locale=locale, today=TODAY)
    morning = digests.Morning(
        decisions=[], overdue=lines, due=[], starting=[], ongoing=lines, coming=lines
    )

    message = digests.digest(reader, morning)

    check_taken(message)
    assert len([block for block in message.blocks if block["type"] == "actions"]) == min(count, 12)
    if count > 12:
        assert f"{count - 12} " in words_of(message)


@pytest.mark.parametrize(
    ("locale", "told"),
    [
        ("fr-FR", ["0 tâche faite sur 1", "1 tâche faite sur 1"]),
        ("en-GB", ["0 tasks done of 1", "1 task done of 1"]),
    ],
)
def test_none_one_and_many_agree(locale: str, told: list[str]) -> None:
    reader = Reader(locale=locale, today=TODAY)
    todo = a_scene(1)
    done = replace(todo.campaign.tasks[0], state=TaskState.DONE, done_on=TODAY)
    finished = replace(todo.campaign, tasks=(done,))

    cards_said = [
        words_of(cards.card(reader, campaign, todo.plan, {}, 3))
        for campaign in (todo.campaign, finished)
    ]

    assert [said in words for said, words in zip(told, cards_said, strict=True)] == [True, True], (
        cards_said
    )


@given(text=st.text(max_size=200) | st.sampled_from(scenes.NASTY))
def test_escaped_text_holds_no_markup_of_slacks(text: str) -> None:
    escaped = escape(text)

    assert "<" not in escaped
    assert ">" not in escaped
    assert all(part.startswith(("amp;", "lt;", "gt;")) for part in escaped.split("&")[1:])
    assert escape(escaped) == escaped


@given(text=st.text(max_size=100), limit=st.integers(1, 60))
def test_a_shortened_text_fits_and_no_character_of_it_is_cut_in_two(text: str, limit: int) -> None:
    shortened = shorten(escape(text), limit)

    assert len(shortened) <= limit
    assert re.sub(r"&(amp|lt|gt);", "", shortened).count("&") == 0


def check_taken(made: Message | View) -> None:
    if isinstance(made, Message):
        assert 0 < len(made.text) <= MOST_TEXT
        check_message_blocks(made.blocks, FILES)
        return
    check_view(made, str(made["type"]), FILES)


def check_harmless(made: Message | View) -> None:
    whole: object = [made.text, made.blocks] if isinstance(made, Message) else made
    for text in marked_up(whole):
        left = OURS.sub("", text)
        assert "<" not in left, text
        assert not re.search(r"&(?!amp;|lt;|gt;)", left), text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", left), text


def marked_up(part: object) -> Iterator[str]:
    """The texts in which Slack looks for markup; in the others it shows it as it is."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, list):
        for one in part:
            yield from marked_up(one) if not isinstance(one, str) else [one]
    elif isinstance(part, dict) and part.get("type") == "mrkdwn":
        yield str(part["text"])
    elif isinstance(part, dict):
        for one in part.values():
            if isinstance(one, (dict, list)):
                yield from marked_up(one)


def check_listened_to(made: Message | View) -> None:
    blocks = made.blocks if isinstance(made, Message) else made["blocks"]
    for _, element in elements(blocks):
        assert element["action_id"] in list(Action)


def words_of(made: Message | View) -> str:
    blocks = made.blocks if isinstance(made, Message) else made["blocks"]
    return visible_words(blocks, lambda name: name)


def a_scene(count: int, *, title: str = "Task") -> Scene:
    """A campaign of so many tasks, one after the other, all still to do."""
    some = scenes.example_task()
    steps = tuple(
        replace(
            some,
            id=f"t_{number:04}",
            key=f"k{number}",
            position=number,
            title=f"{title} {number}!",
        )
        for number in range(count)
    )
    campaign = scenes.example_campaign(steps)
    return Scene(
        campaign=campaign,
        plan=plan(planning.specify(campaign), TODAY),
        cases=[],
        summaries=[],
    )
