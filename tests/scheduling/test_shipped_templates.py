"""The templates that ship with the assistant: whole campaigns, in both languages, of sane length."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from importlib import resources
from pathlib import Path
from typing import NamedTuple

import pytest

from scheduling import LAUNCH, Calendar, Kind, Plan, Template, plan, templates, templatetoml

THIN = "\u202f"
LONGEST_TITLE = 75  # characters of an option in a Slack menu
LAUNCHES = (date(2027, 6, 15), date(2027, 10, 12))  # after the holidays of May, after the summer

FOLDER = Path(str(resources.files("bot") / "campaign_templates"))


class Weeks(NamedTuple):
    """From ``start by`` to the launch."""

    least: float
    most: float


LENGTHS = {
    "billboard_print": Weeks(8, 12),
    "campaign_360": Weeks(11, 14),  # ninety days
    "direct_mail": Weeks(7, 12),
    "event": Weeks(13, 26),  # three to six months
    "newsletter": Weeks(2, 3.2),
    "press_relations": Weeks(13, 17),  # monthlies: three to four months
    "product_launch": Weeks(8, 12),
    "radio_spot": Weeks(4, 6),
    "trade_show": Weeks(12, 26),
    "tv_spot": Weeks(10, 14),
    "website": Weeks(13, 22),  # three to four months, and the choice of an agency
}

every_template = pytest.mark.parametrize("name", LENGTHS)


def _text(name: str) -> str:
    return (FOLDER / f"{name}.toml").read_text(encoding="utf-8")


def _shipped(name: str) -> Template:
    return templates.read(_text(name))


def _planned(name: str, launch: date) -> Plan:
    calendar = Calendar.of_country("FR", launch=launch)
    campaign = templates.place(_shipped(name), {}, launch, calendar=calendar)
    return plan(campaign, launch - timedelta(days=365))


def _titles(template: Template) -> Iterator[Mapping[str, str]]:
    yield template.titles
    for role in template.roles:
        yield role.titles
    for task in template.tasks:
        yield task.titles


def test_every_shipped_file_has_a_length_to_be_held_to_and_the_name_of_its_template() -> None:
    files = {file.stem for file in FOLDER.glob("*.toml")}

    assert files == set(LENGTHS)
    assert all(_shipped(name).id == name for name in files)


@every_template
def test_a_shipped_template_is_a_whole_campaign(name: str) -> None:
    template = _shipped(name)

    assert 10 <= len(template.tasks) <= 25
    assert {task.kind for task in template.tasks} == set(Kind)
    assert all(task.role for task in template.tasks)
    assert {"lead", "approver"} <= {role.id for role in template.roles}
    assert not next(role.optional for role in template.roles if role.id == "approver")


@every_template
def test_every_duration_of_a_shipped_template_says_where_it_comes_from(name: str) -> None:
    tasks = _shipped(name).tasks

    assert all(task.source == "derived" or "." in task.source for task in tasks)
    assert any(task.source.startswith("https://") for task in tasks)
    assert {task.source_date for task in tasks} == {"2026-11"}


@every_template
def test_the_margin_of_a_shipped_template_comes_with_its_reason(name: str) -> None:
    lines = _text(name).splitlines()

    margin = next(number for number, line in enumerate(lines) if line.startswith("margin ="))

    assert lines[margin - 1].startswith("# ")


@every_template
def test_every_approval_has_someone_to_decide_and_someone_to_rework(name: str) -> None:
    approvals = [task for task in _shipped(name).tasks if task.kind is Kind.APPROVAL]

    assert len(approvals) >= 2
    assert all(task.approvers and task.role for task in approvals)
    assert any(task.rounds > 1 for task in approvals)
    assert all((task.rounds > 1) == (task.rework.halves > 0) for task in approvals)


@every_template
def test_the_titles_of_a_shipped_template_fit_a_menu_and_differ(name: str) -> None:
    template = _shipped(name)

    for titles in _titles(template):
        assert all(0 < len(title) <= LONGEST_TITLE for title in titles.values()), titles
    for language in templates.LANGUAGES:
        assert template.descriptions[language]
        tasks = [task.titles[language] for task in template.tasks]
        roles = [role.titles[language] for role in template.roles]
        assert len(set(tasks)) == len(tasks)
        assert len(set(roles)) == len(roles)


@every_template
def test_a_shipped_template_is_set_as_each_language_is(name: str) -> None:
    template = _shipped(name)

    for words in (template.descriptions, *_titles(template)):
        for text in words.values():
            assert text == text.strip()
            assert not re.search(r"['\"]|\u00a0(?!/)|  ", text), text
        assert not re.search(rf"(?<!{THIN})[;:!?»]|«(?!{THIN})| {THIN}", words["fr"]), words["fr"]
        assert not re.search(rf"{THIN}| [;:!?]", words["en"]), words["en"]


@every_template
@pytest.mark.parametrize("launch", LAUNCHES)
def test_a_shipped_template_begins_about_as_early_as_its_trade_does(
    name: str, launch: date
) -> None:
    made = _planned(name, launch)

    weeks = (launch - made.start_by).days / 7
    assert made.feasible
    assert LENGTHS[name].least <= weeks <= LENGTHS[name].most


@every_template
def test_a_shipped_template_says_go_before_the_launch_and_is_reviewed_after_it(name: str) -> None:
    made = _planned(name, LAUNCHES[0])

    go, review = made["go"], made["review"]
    assert go.task.kind is Kind.MILESTONE
    assert go.finish.day < LAUNCHES[0] < review.start.day
    assert len(made.critical_path) >= 5
    assert made.tasks[-1].task.key in {"review", "second_review"}


@every_template
def test_what_follows_the_launch_names_it_once_and_nothing_waits_for_it_unawares(
    name: str,
) -> None:
    """The stored campaign keeps one link to the launch for each task."""
    tasks = _shipped(name).tasks
    named = {task.key for task in tasks if any(link.on == LAUNCH for link in task.after)}

    for task in tasks:
        on = [link.on for link in task.after]
        assert on.count(LAUNCH) <= 1
        assert task.key in named or not named & set(on)


@every_template
def test_only_the_first_tasks_of_a_shipped_template_wait_for_nothing(name: str) -> None:
    free = [task.key for task in _shipped(name).tasks if not task.after]

    assert len(free) == 1


@every_template
def test_a_shipped_template_is_written_and_read_back(name: str) -> None:
    template = _shipped(name)

    assert templates.read(templatetoml.write(template)) == template
