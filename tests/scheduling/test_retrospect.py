"""Templates made of finished campaigns."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduling import (
    Calendar,
    Campaign,
    Duration,
    HalfDay,
    Kind,
    Moment,
    PlanError,
    Role,
    Task,
    retrospect,
    templates,
    templatetoml,
)
from tests.scheduling.builders import a_campaign, a_milestone, a_task, an_approval, people
from tests.scheduling.strategies import campaigns, engine

MONDAY, TUESDAY, FRIDAY = date(2027, 2, 1), date(2027, 2, 2), date(2027, 2, 5)
NEXT_MONDAY, NEXT_TUESDAY = date(2027, 2, 8), date(2027, 2, 9)


def lasted(task: Task, started: Moment, done: Moment) -> Task:
    return replace(task, started=started, done=done)


def took(campaign: Campaign, key: str) -> str:
    template = retrospect.template_of(campaign)
    return str(next(task for task in template.tasks if task.key == key).takes)


def refused(campaign: Campaign, template_id: str = "") -> list[str]:
    with pytest.raises(PlanError) as caught:
        retrospect.template_of(campaign, template_id)
    return [str(error) for error in caught.value.errors]


def test_a_task_takes_the_working_time_it_really_took() -> None:
    visual = lasted(a_task("visual", "2d", owner="bob"), FRIDAY, NEXT_TUESDAY)

    template = retrospect.template_of(a_campaign(visual))

    learnt = template.tasks[0]
    assert str(learnt.takes) == "3d"
    assert (learnt.source, learnt.source_date) == ("campaign: Aurore", "2027-03")


def test_a_task_that_was_not_followed_to_its_end_keeps_its_planned_duration() -> None:
    only_started = replace(a_task("a", "4d"), started=MONDAY)
    only_done = replace(a_task("b", "4d"), done=FRIDAY)

    template = retrospect.template_of(a_campaign(only_started, only_done))

    assert [(str(task.takes), task.source) for task in template.tasks] == [("4d", "derived")] * 2
    assert {task.source_date for task in template.tasks} == {"2027-03"}


def test_the_days_off_of_whoever_did_it_do_not_count() -> None:
    visual = lasted(a_task("visual", "2d", owner="bob"), MONDAY, FRIDAY)

    campaign = a_campaign(visual, people=people(bob="2027-02-02..2027-02-03 am"))

    assert took(campaign, "visual") == "3.5d"


def test_half_days_are_counted() -> None:
    campaign = a_campaign(
        lasted(a_task("copy", "2d"), HalfDay(MONDAY, pm=True), HalfDay(TUESDAY)),
    )

    assert took(campaign, "copy") == "1d"


def test_work_done_at_the_weekend_took_half_a_day_at_least() -> None:
    saturday = date(2027, 2, 6)

    assert took(a_campaign(lasted(a_task("copy", "2d"), saturday, saturday)), "copy") == "0.5d"


def test_what_is_counted_in_days_of_any_kind_stays_so() -> None:
    printing = lasted(a_task("print", "10ed", kind=Kind.SUPPLIER), FRIDAY, NEXT_MONDAY)

    assert took(a_campaign(printing), "print") == "4ed"


def test_a_milestone_still_takes_no_time() -> None:
    go = lasted(a_milestone("go"), MONDAY, FRIDAY)

    template = retrospect.template_of(a_campaign(go))

    assert (template.tasks[0].takes, template.tasks[0].source) == (Duration.ZERO, "derived")


@pytest.mark.parametrize(
    ("done", "takes"),
    [
        (FRIDAY, "2d"),  # five days, one of them rework
        (HalfDay(FRIDAY), "2d"),  # three and a half days left, for two rounds
        (NEXT_MONDAY, "2.5d"),
        (NEXT_TUESDAY, "3d"),
        (MONDAY, "0.5d"),
    ],
)
def test_the_real_time_of_an_approval_is_shared_out_over_its_rounds(done: date, takes: str) -> None:
    approval = an_approval("ok", "1d", "carol dan", rounds=2, rework=Duration(2), owner="bob")

    template = retrospect.template_of(a_campaign(lasted(approval, MONDAY, done)))

    learnt = template.tasks[0]
    assert str(learnt.takes) == takes
    assert (learnt.rounds, learnt.rework, learnt.needs) == (2, Duration(2), "all")


@pytest.mark.parametrize(("needs", "takes"), [("all", "3d"), (1, "5d"), ("any", "5d")])
def test_an_approval_counts_the_days_on_which_enough_of_its_approvers_worked(
    needs: int, takes: str
) -> None:
    approval = an_approval("ok", "1d", "carol dan", rounds=1, needs=needs)

    campaign = a_campaign(
        lasted(approval, MONDAY, FRIDAY), people=people(dan="2027-02-02..2027-02-03")
    )

    assert took(campaign, "ok") == takes


def test_an_approval_whose_rework_counts_other_days_keeps_both_as_planned() -> None:
    approval = an_approval("ok", "3d", "carol", rework=Duration(4, elapsed=True))

    template = retrospect.template_of(a_campaign(lasted(approval, MONDAY, FRIDAY)))

    assert (str(template.tasks[0].takes), template.tasks[0].source) == ("3d", "derived")


def test_an_absurdly_long_task_is_held_to_what_a_duration_may_be() -> None:
    forgotten = lasted(a_task("print", "1ed"), date(2000, 1, 1), date(2027, 1, 1))

    assert took(a_campaign(forgotten), "print") == "3660ed"


def test_the_same_people_make_the_same_role() -> None:
    campaign = a_campaign(
        a_task("brief", "1d", owner="ann"),
        a_task("visual", "5d", "brief", owner="bob", title="Key visual"),
        a_task("files", "1d", "visual", owner="bob"),
        an_approval("ok", "8d", "carol dan", "visual", owner="bob"),
        an_approval("proof", "1d", "dan carol", "files", owner="bob"),
        a_task("print", "10ed", "proof", owner="printer", kind=Kind.SUPPLIER),
        an_approval("budget", "1d", "ann", owner="ann"),
    )

    template = retrospect.template_of(campaign)

    assert [(task.role, task.approvers) for task in template.tasks] == [
        ("role_1", ()),
        ("role_2", ()),
        ("role_2", ()),
        ("role_2", ("role_3",)),
        ("role_2", ("role_3",)),
        ("role_4", ()),
        ("role_1", ("role_1",)),
    ]
    assert [(role.id, role.titles["fr"], role.optional) for role in template.roles] == [
        ("role_1", "brief", False),
        ("role_2", "Key visual", False),
        ("role_3", "ok", False),
        ("role_4", "print", True),
    ]


def test_roles_that_are_given_are_taken_and_may_bring_people_together() -> None:
    design = Role(id="design", titles={"en": "Design", "fr": "Création"})
    second = Role(id="role_1", titles={"en": "Boss", "fr": "Direction"})
    campaign = a_campaign(
        a_task("visual", owner="bob"),
        a_task("files", owner="bea"),
        an_approval("ok", "2d", "carol bea dan", owner="ann"),
        an_approval("last", "2d", "carol", owner="ann"),
    )

    template = retrospect.template_of(
        campaign, roles={"bob": design, "bea": design, "carol": second, "zoe": design}
    )

    assert [(task.role, task.approvers) for task in template.tasks] == [
        ("design", ()),
        ("design", ()),
        ("role_2", ("role_1", "design", "role_3")),
        ("role_2", ("role_1",)),
    ]
    assert [role.titles["en"] for role in template.roles] == ["Design", "ok", "Boss", "ok"]


def test_no_name_of_a_person_gets_into_a_template() -> None:
    campaign = a_campaign(a_task("visual", owner="bob"), an_approval("ok", "1d", "carol"))

    text = templatetoml.write(retrospect.template_of(campaign))

    assert "bob" not in text
    assert "carol" not in text


def test_a_task_nobody_owned_has_no_role_and_an_approval_nobody_decided_asks_for_one() -> None:
    campaign = a_campaign(a_task("visual"), an_approval("ok", "1d", ""))

    template = retrospect.template_of(campaign)

    assert [(task.role, task.approvers) for task in template.tasks] == [
        (None, ()),
        (None, ("role_1",)),
    ]


def test_links_rounds_and_margin_stay_and_dates_go() -> None:
    visual = a_task("visual", "2d", "brief SS+1d", "brief FF-1d")
    visual = replace(visual, not_before=MONDAY, finish_by=FRIDAY, fixed=TUESDAY)
    review = a_task("review", "1d", "launch FS+10d")
    campaign = a_campaign(a_task("brief"), visual, review, margin="15%", start=MONDAY)

    template = retrospect.template_of(campaign)

    again = templates.place(template, {}, date(2028, 3, 15))
    assert template.margin == campaign.margin
    assert again.start is None
    assert again.tasks[1] == a_task("visual", "2d", "brief SS+1d", "brief FF-1d")
    assert again.tasks[2] == review


def test_titles_are_the_campaigns_own_unless_they_are_translated() -> None:
    campaign = a_campaign(a_task("visual", title="Visuel clé", owner="bob"), a_task("copy"))

    plain = retrospect.template_of(campaign)
    translated = retrospect.template_of(
        campaign,
        titles={"en": "Dawn"},
        descriptions={"en": "A launch", "fr": "Un lancement"},
        task_titles={"visual": {"en": "Key visual"}},
    )

    assert plain.titles == plain.descriptions == {"en": "Aurore", "fr": "Aurore"}
    assert plain.tasks[0].titles == {"en": "Visuel clé", "fr": "Visuel clé"}
    assert translated.titles == {"en": "Dawn", "fr": "Aurore"}
    assert translated.descriptions == {"en": "A launch", "fr": "Un lancement"}
    assert translated.tasks[0].titles == {"en": "Key visual", "fr": "Visuel clé"}
    assert translated.roles[0].titles == {"en": "Key visual", "fr": "Visuel clé"}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Aurore", "aurore"),
        ("Été 2027 – réseau", "ete_2027_reseau"),
        ("2027", "template_2027"),
        ("北京", "template"),
        ("", "template"),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_the_id_of_a_template_is_made_of_the_name_of_its_campaign(name: str, expected: str) -> None:
    campaign = replace(a_campaign(a_task("copy")), name=name)

    assert retrospect.template_of(campaign).id == expected


def test_a_name_on_several_lines_is_one_line_in_a_template() -> None:
    copy = lasted(a_task("copy"), MONDAY, MONDAY)
    campaign = replace(a_campaign(copy), name=" Aurore\n2027 ")

    template = retrospect.template_of(campaign, "dawn")

    assert (template.id, template.titles["en"]) == ("dawn", "Aurore 2027")
    assert template.tasks[0].source == "campaign: Aurore 2027"


def test_what_cannot_become_a_template_says_why() -> None:
    assert refused(a_campaign()) == [
        "bad_template template='aurore' where='tasks' reason='no_tasks'"
    ]
    assert refused(a_campaign(a_task("copy")), "Aurore!") == [
        "bad_value where='' field='id' text='Aurore!'"
    ]
    assert refused(a_campaign(a_task("a copy"), a_task("b" * 81))) == [
        "bad_value where='a copy' field='key' text='a copy'",
        f"bad_value where='{'b' * 80}' field='key' text='{'b' * 80}'",
    ]
    assert refused(a_campaign(a_task("copy", "1d", "copy"))) == ["cycle tasks=('copy',)"]


@engine
@given(campaigns(), st.lists(st.integers(0, 60), min_size=6, max_size=6))
def test_any_campaign_becomes_a_template_that_can_be_read(
    campaign: Campaign, lengths: list[int]
) -> None:
    tasks = tuple(
        replace(task, started=MONDAY, done=MONDAY + timedelta(days=length)) if length % 3 else task
        for task, length in zip(campaign.tasks, lengths, strict=False)
    )

    template = retrospect.template_of(replace(campaign, tasks=tasks))

    assert templates.read(templatetoml.write(template)) == template
    assert [task.after for task in template.tasks] == [task.after for task in tasks]


def test_a_template_of_a_campaign_places_the_campaign_again() -> None:
    brief = lasted(a_task("brief", "2d", owner="ann"), MONDAY, FRIDAY)
    campaign = a_campaign(brief, an_approval("ok", "2d", "carol dan", "brief", owner="ann"))

    template = retrospect.template_of(campaign)
    again = templates.place(
        template,
        {"role_1": "ann", "role_2": ["carol", "dan"]},
        campaign.launch,
        calendar=Calendar(),
    )

    assert again == replace(
        campaign,
        tasks=(
            replace(brief, takes=Duration(10), started=None, done=None),
            campaign.tasks[1],
        ),
    )
