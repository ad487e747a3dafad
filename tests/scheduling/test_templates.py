"""Campaign templates: read, refused, cast and planned."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from scheduling import Calendar, Duration, Kind, PlanError, templates

LAUNCH = date(2027, 6, 15)

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


def test_an_approval_that_needs_more_people_than_play_its_role_needs_them_all() -> None:
    template = templates.read(SMALL.replace('needs = "any"', "needs = 2"))

    nobody = templates.tasks_of(template, {})
    one = templates.tasks_of(template, {"lead": "ann", "approver": "ann"})
    three = templates.tasks_of(template, {"lead": "ann", "approver": ["bob", "cyd"]})

    assert [tasks[1].needs for tasks in (nobody, one, three)] == [1, 1, 2]


def test_a_duration_may_come_from_a_campaign() -> None:
    template = templates.read(SMALL.replace('"derived"', '"campaign: Aurore 2027"'))

    assert template.tasks[0].source == "campaign: Aurore 2027"


def test_a_template_without_tasks_is_none() -> None:
    text = f"tasks = []\n{SMALL.split('[[tasks]]', maxsplit=1)[0]}"

    assert _refused(text)[0] == "bad_template template='small' where='tasks' reason='no_tasks'"


def test_a_template_made_by_hand_is_checked_as_one_that_is_read() -> None:
    small = templates.read(SMALL)

    templates.check(small)
    with pytest.raises(PlanError) as caught:
        templates.check(replace(small, id="Small!"))

    assert str(caught.value) == "bad_value where='' field='id' text='Small!'"


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
        ('"derived"', '"campaign: "', "bad_value where='brief' field='source' text='campaign: '"),
        ('"derived"', '"https://"', "bad_value where='brief' field='source' text='https://'"),
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
