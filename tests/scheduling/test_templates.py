"""Campaign templates: read, refused, cast and planned."""

from __future__ import annotations

from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from scheduling import Calendar, Duration, Kind, PlanError, Template, plan, templates

SHIPPED = ("billboard_print", "product_launch", "website")
LAUNCH = date(2027, 6, 15)
A_YEAR_BEFORE = date(2026, 6, 15)

SMALL = """
id = "small"
title = { en = "Small", fr = "Petit" }
description = { en = "One task", fr = "Une tâche" }
margin = "2d"

[roles]
lead = { en = "Lead", fr = "Responsable" }
approver = { en = "Approvers", fr = "Valideurs", optional = true }

[[tasks]]
key = "brief"
title = { en = "The brief", fr = "Le brief" }
takes = "2d"
role = "lead"
source = "derived"
source_date = "2026-11"

[[tasks]]
key = "ok"
title = { en = "Approval", fr = "Validation" }
kind = "approval"
takes = "2d"
rework = "1d"
role = "lead"
approvers = ["approver", "lead"]
needs = "any"
after = ["brief"]
source = "https://example.com/durations"
source_date = "2026-11-02"
"""


def _refused(text: str) -> list[str]:
    with pytest.raises(PlanError) as caught:
        templates.read(text)
    return [str(error) for error in caught.value.errors]


def _shipped(name: str) -> Template:
    folder = resources.files("bot") / "campaign_templates"
    return templates.read((folder / f"{name}.toml").read_text(encoding="utf-8"))


def test_a_template_is_read_with_its_titles_in_both_languages() -> None:
    template = templates.read(SMALL)

    assert (template.id, template.margin) == ("small", Duration(4))
    assert template.titles == {"en": "Small", "fr": "Petit"}
    assert [(role.id, role.optional) for role in template.roles] == [
        ("lead", False),
        ("approver", True),
    ]
    approval = template.tasks[1]
    assert (approval.kind, approval.rounds, approval.rework) == (Kind.APPROVAL, 2, Duration(2))
    assert (approval.role, approval.approvers, approval.needs) == (
        "lead",
        ("approver", "lead"),
        "any",
    )
    assert (approval.source, approval.source_date) == (
        "https://example.com/durations",
        "2026-11-02",
    )


def test_roles_become_people_and_titles_the_language_asked_for() -> None:
    cast = {"lead": "ann", "approver": ["bob", "ann"]}

    brief, approval = templates.tasks_of(templates.read(SMALL), cast, "fr")

    assert (brief.title, brief.owner, brief.approvers) == ("Le brief", "ann", ())
    assert (approval.owner, approval.approvers, approval.needs) == ("ann", ("bob", "ann"), "any")
    assert approval.rework == Duration(2)


def test_a_role_nobody_plays_leaves_its_tasks_to_nobody() -> None:
    brief, approval = templates.tasks_of(templates.read(SMALL), {"lead": []}, "de")

    assert (brief.title, brief.owner, approval.approvers) == ("The brief", None, ())


def test_a_template_is_placed_before_a_launch() -> None:
    template = templates.read(SMALL)
    calendar = Calendar.of_country("FR", launch=LAUNCH)

    usual = templates.place(template, {"lead": "ann"}, LAUNCH, language="fr")
    own = templates.place(
        template,
        {},
        LAUNCH,
        name="Aurore",
        margin=Duration(0),
        calendar=calendar,
        people={"ann": Calendar()},
        start=date(2027, 6, 1),
    )

    assert (usual.name, usual.margin, usual.calendar) == ("Petit", Duration(4), Calendar())
    assert (own.name, own.margin, own.calendar) == ("Aurore", Duration(0), calendar)
    assert (set(own.people), own.start) == ({"ann"}, date(2027, 6, 1))


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ('id = "small"', 'id = "Small!"', "bad_value where='' field='id' text='Small!'"),
        ('id = "small"', "", "missing_field where='' name='id'"),
        ('margin = "2d"', 'margin = "x"', "bad_margin text='x'"),
        (', fr = "Petit"', "", "missing_field where='title' name='fr'"),
        (', fr = "Petit"', ', fr = "P", de = "K"', "unknown_field where='title' name='de'"),
        (', fr = "Le brief"', "", "missing_field where='brief.title' name='fr'"),
        (', fr = "Responsable"', "", "missing_field where='roles.lead' name='fr'"),
        (
            "optional = true",
            "optional = 1",
            "bad_value where='roles.approver' field='optional' text='1'",
        ),
        ('takes = "2d"\nrole', "role", "missing_field where='brief' name='takes'"),
        (
            'title = { en = "The brief", fr = "Le brief" }',
            "",
            "missing_field where='brief' name='title'",
        ),
        ('source = "derived"', "", "missing_field where='brief' name='source'"),
        ('"derived"', '"a friend"', "bad_value where='brief' field='source' text='a friend'"),
        (
            '"2026-11"',
            '"last year"',
            "bad_value where='brief' field='source_date' text='last year'",
        ),
        ('after = ["brief"]', 'wait = ["brief"]', "unknown_field where='ok' name='wait'"),
        ('after = ["brief"]', 'after = ["idea"]', "unknown_link task='ok' on='idea'"),
        ('after = ["brief"]', 'after = ["ok"]', "cycle tasks=('ok',)"),
        ('key = "ok"', 'key = "brief"', "duplicate_key key='brief'"),
        (
            'takes = "2d"\nrole',
            'takes = "0d"\nrole',
            "bad_duration task='brief' field='takes' text='0d'",
        ),
        (
            'approvers = ["approver", "lead"]',
            'approvers = ["boss", "approver"]',
            "bad_template template='small' where='ok.boss' reason='unknown_role'",
        ),
        (
            'approvers = ["approver", "lead"]',
            "",
            "bad_template template='small' where='ok' reason='no_approver'",
        ),
        (
            'approvers = ["approver", "lead"]',
            'approvers = ["lead"]',
            "bad_template template='small' where='approver' reason='unused_role'",
        ),
    ],
)
def test_a_template_that_cannot_be_used_says_why(old: str, new: str, error: str) -> None:
    assert old in SMALL

    assert error in _refused(SMALL.replace(old, new, 1))


def test_every_problem_of_a_template_is_told_at_once() -> None:
    text = SMALL.replace('"derived"', '"me"').replace('role = "lead"', 'role = "boss"')

    assert _refused(text) == [
        "bad_value where='brief' field='source' text='me'",
        "bad_template template='small' where='brief.boss' reason='unknown_role'",
        "bad_template template='small' where='ok.boss' reason='unknown_role'",
    ]


def test_a_template_is_a_toml_file() -> None:
    assert _refused("{}")[0].startswith("bad_syntax")


def test_the_shipped_templates_are_named_like_their_files() -> None:
    files = Path(str(resources.files("bot") / "campaign_templates")).glob("*.toml")

    assert {_shipped(file.stem).id for file in files} >= set(SHIPPED)
    assert all(_shipped(name).id == name for name in SHIPPED)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_is_a_whole_campaign(name: str) -> None:
    template = _shipped(name)

    kinds = {task.kind for task in template.tasks}
    assert 10 <= len(template.tasks) <= 18
    assert kinds == set(Kind)
    assert {"lead", "approver"} <= {role.id for role in template.roles}
    assert any(task.source.startswith("https://") for task in template.tasks)
    assert not any("'" in title for task in template.tasks for title in task.titles.values())


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_template_fits_in_a_year_and_ends_with_its_review(name: str) -> None:
    calendar = Calendar.of_country("FR", launch=LAUNCH)
    campaign = templates.place(_shipped(name), {}, LAUNCH, calendar=calendar)

    made = plan(campaign, A_YEAR_BEFORE)

    assert made.feasible
    assert made.tasks[-1].task.key == "review"
    assert made["review"].start.day > LAUNCH
    assert made["go"].critical
    assert len(made.critical_path) >= 5
