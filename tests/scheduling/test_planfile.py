"""Plan files in, plans as JSON out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from scheduling import (
    BadSyntax,
    BadValue,
    Calendar,
    Duration,
    HalfDay,
    Kind,
    Link,
    PlanError,
    Reason,
    TimeOff,
    compare,
    plan,
    planfile,
)
from scheduling.files.planfile import PlanFile

AURORE: dict[str, Any] = {
    "name": "Aurore",
    "launch": "2027-03-15",
    "today": "2026-11-23",
    "margin": "5d",
    "calendar": {
        "country": "FR",
        "subdivision": None,
        "weekend": ["sat", "sun"],
        "holidays": ["2027-01-02"],
        "closed": ["2026-12-24..2026-12-31"],
    },
    "people": {
        "bob": {
            "country": "FR",
            "weekend": ["sat", "sun"],
            "away": ["2027-02-08..2027-02-12", "2027-02-15 am"],
        }
    },
    "tasks": [
        {"key": "brief", "title": "Brief", "takes": "3d", "owner": "alice"},
        {"key": "visual", "takes": "5d", "owner": "bob", "after": ["brief"]},
        {
            "key": "ok",
            "kind": "approval",
            "takes": "2d",
            "rounds": 2,
            "rework": "1d",
            "owner": "bob",
            "approvers": ["carol", "dan"],
            "needs": "all",
            "after": ["visual"],
        },
        {"key": "print", "kind": "supplier", "takes": "10ed", "after": ["ok", "visual SS+2d"]},
        {"key": "review", "takes": "1d", "owner": "alice", "after": ["launch FS+10d"]},
    ],
}


def _read(content: object) -> PlanFile:
    return planfile.read(json.dumps(content), "json")


def _with_task(**fields: object) -> dict[str, Any]:
    return {**AURORE, "tasks": [{"key": "print", "takes": "1d", **fields}]}


def _refused(content: object) -> list[str]:
    with pytest.raises(PlanError) as caught:
        _read(content)
    return [str(error) for error in caught.value.errors]


def _words(reason: Reason) -> Mapping[str, str]:
    return {"en": reason.task, "fr": reason.cause}


def test_reads_a_whole_campaign() -> None:
    campaign, today = _read(AURORE)

    assert (campaign.name, campaign.launch, today) == (
        "Aurore",
        date(2027, 3, 15),
        date(2026, 11, 23),
    )
    assert campaign.margin == Duration(10)
    assert campaign.calendar.closed == (TimeOff.parse("2026-12-24..2026-12-31"),)
    assert campaign.calendar.holidays[date(2027, 1, 1)] == "Jour de l'an"
    assert date(2027, 1, 2) in campaign.calendar.holidays
    assert campaign.people["bob"].away == (
        TimeOff.parse("2027-02-08..2027-02-12"),
        TimeOff.parse("2027-02-15 am"),
    )
    approval = campaign.tasks[2]
    assert (approval.kind, approval.title) == (Kind.APPROVAL, "ok")
    assert (approval.rounds, approval.rework, approval.needs) == (2, Duration(2), "all")
    assert approval.approvers == ("carol", "dan")
    assert campaign.tasks[3].after == (Link.parse("ok"), Link.parse("visual SS+2d"))
    assert campaign.start is None


def test_plans_the_campaign_of_the_handbook() -> None:
    campaign, today = _read(AURORE)
    assert today is not None

    found = planfile.as_json(plan(campaign, today), _words)

    assert json.loads(json.dumps(found)) == found
    assert {
        name: found[name] for name in ("name", "feasible", "start_by", "missing", "margin")
    } == {
        "name": "Aurore",
        "feasible": True,
        "start_by": "2027-01-28",
        "missing": 0,
        "margin": {"planned": 5.0, "left": 5.0},
    }
    assert found["critical_path"] == ["brief", "visual", "ok", "print"]
    assert list(found["tasks"]) == ["brief", "visual", "ok", "print", "review"]
    assert found["tasks"]["brief"] == {
        "start": "2027-01-28T12",
        "finish": "2027-02-02T12",
        "early_start": "2027-01-28T12",
        "early_finish": "2027-02-02T12",
        "total_float": 0.0,
        "free_float": 0.0,
        "critical": True,
        "why": {"en": "brief", "fr": "needed_by"},
    }
    assert found["ways_out"] == []
    assert found["warnings"] == [
        {
            "code": "owner_away",
            "task": "visual",
            "person": "bob",
            "first": "2027-02-08",
            "last": "2027-02-15",
        }
    ]


def test_a_midday_is_written_with_its_hour_and_a_milestone_as_an_end() -> None:
    content = _with_task(takes="0.5d")
    content["tasks"] += [
        {"key": "go", "kind": "milestone", "after": ["print"]},
        {"key": "post", "takes": "0.5d", "after": ["go"]},
    ]
    campaign, _ = _read({**content, "margin": "0d"})

    tasks = planfile.as_json(plan(campaign, date(2027, 3, 12)), _words)["tasks"]

    assert (tasks["print"]["start"], tasks["print"]["finish"]) == ("2027-03-12", "2027-03-12T12")
    assert (tasks["go"]["start"], tasks["go"]["finish"]) == ("2027-03-12T12", "2027-03-12T12")
    assert (tasks["post"]["start"], tasks["post"]["finish"]) == ("2027-03-12T12", "2027-03-12")


def test_ways_out_and_warnings_are_given_with_their_words_if_there_are_some() -> None:
    content = _with_task(takes="10d", owner="bob") | {"margin": "0d"}
    content["tasks"].append({"key": "post", "takes": "4d", "after": ["print"]})
    campaign, _ = _read({**content, "people": {"bob": {"away": ["2027-03-12"]}}})
    made = plan(campaign, date(2027, 3, 12))

    bare = planfile.as_json(made, _words)
    found = planfile.as_json(
        made,
        _words,
        way_out=lambda way: {"en": way.kind.value},
        warning=lambda notice: {"en": notice.code.value},
    )

    assert {way["kind"] for way in bare["ways_out"]} == {"later_launch", "overlap"}
    overlap = next(way for way in bare["ways_out"] if way["kind"] == "overlap")
    assert (overlap["task"], overlap["other"]) == ("post", "print")
    assert (overlap["from"], overlap["to"]) == ("print", "print FS-2d")
    assert found["ways_out"] == [{**way, "text": {"en": way["kind"]}} for way in bare["ways_out"]]
    assert found["warnings"] == [{**one, "text": {"en": one["code"]}} for one in bare["warnings"]]


def test_an_approver_is_asked_by_a_half_day() -> None:
    content = _with_task(kind="approval", approvers=["ann", "bob"], needs="any", rounds=1)
    people = {"ann": {"away": ["2027-03-05 pm..2027-03-14"]}}
    campaign, _ = _read({**content, "margin": "0d", "people": people})

    (warning,) = planfile.as_json(plan(campaign, date(2027, 1, 4)), _words)["warnings"]

    assert (warning["code"], warning["ask_by"]) == ("approver_away", "2027-03-04T12")


def test_what_moves_is_told_per_task_and_for_the_whole() -> None:
    content = _with_task(takes="2d", owner="bob") | {"margin": "1d"}
    content["tasks"].append({"key": "go", "kind": "milestone", "after": ["print"]})
    before, _ = _read(content)
    after, _ = _read({**content, "margin": "0.5d"})
    today = date(2027, 1, 4)

    found = planfile.moves_as_json(compare(plan(before, today), plan(after, today)))

    moved = {"before": "2027-03-11", "after": "2027-03-12T12", "days": 0.5}
    assert found == {
        "launch": {"before": "2027-03-15", "after": "2027-03-15"},
        "start_by": {"before": "2027-03-10", "after": "2027-03-10"},
        "margin": {
            "planned": {"before": 1.0, "after": 0.5},
            "left": {"before": 1.0, "after": 0.5},
        },
        "missing": {"before": 0.0, "after": 0.0},
        "people": ["bob"],
        "tasks": {
            "print": {
                "start": {"before": "2027-03-10", "after": "2027-03-10T12", "days": 0.5},
                "finish": moved,
                "expected_start": {"before": "2027-03-10", "after": "2027-03-10T12", "days": 0.5},
                "expected_finish": moved,
                "longer": 0.0,
                "people": ["bob"],
            },
            "go": {
                **dict.fromkeys(("start", "finish", "expected_start", "expected_finish"), moved),
                "longer": 0.0,
                "people": [],
            },
        },
        "added": [],
        "removed": [],
    }


def test_half_a_missing_day_is_said_so() -> None:
    campaign, _ = _read({**_with_task(takes="1.5d"), "margin": "0d"})

    missing = [
        planfile.as_json(plan(campaign, today), _words)["missing"]
        for today in (date(2027, 3, 11), date(2027, 3, 12))
    ]

    assert missing == [0, 0.5]


def test_toml_holds_the_same_campaign() -> None:
    toml = """
        name = "Aurore"
        launch = 2027-03-15
        today = "2026-11-23"
        margin = "15%"
        start = 2027-01-04
        [calendar]
        weekend = ["fri", "sat", "wed pm"]
        holidays = [2027-01-05, "2027-01-06"]
        [[tasks]]
        key = "go"
        kind = "milestone"
        fixed = 2027-03-01
    """

    campaign, today = planfile.read(toml, "toml")

    assert today == date(2026, 11, 23)
    assert campaign.start == date(2027, 1, 4)
    assert campaign.calendar.weekend == {4, 5}
    assert campaign.calendar.part_days == {(2, True)}
    assert set(campaign.calendar.holidays) == {date(2027, 1, 5), date(2027, 1, 6)}
    assert campaign.tasks[0].fixed == date(2027, 3, 1)


def test_what_is_left_out_is_simple() -> None:
    campaign, today = _read({"name": "A", "launch": "2027-03-15", "tasks": []})

    assert (campaign.calendar, campaign.margin, today) == (Calendar(), Duration.ZERO, None)


def test_a_country_brings_its_weekend_unless_one_is_given() -> None:
    saudi, _ = _read({**AURORE, "calendar": {"country": "SA"}})

    assert saudi.calendar.weekend == {4, 5}


def test_a_person_of_another_country_has_its_holidays_too() -> None:
    content = {**AURORE, "people": {"eva": {"country": "DE"}, "kim": {"weekend": ["fri"]}}}

    campaign, _ = _read(content)

    assert not campaign.people["eva"].is_workday(date(2026, 10, 3))
    assert not campaign.people["eva"].is_workday(date(2026, 7, 14))
    assert not campaign.people["eva"].is_workday(date(2026, 11, 22))
    assert campaign.people["kim"].is_workday(date(2026, 11, 22))


def test_dates_of_a_task_are_days_or_halves_of_them() -> None:
    campaign, _ = _read(
        _with_task(
            not_before="2027-02-01T12",
            finish_by="2027-03-01T12",
            started="2027-02-01 pm",
            done="2027-02-02",
        )
    )

    task = campaign.tasks[0]
    assert task.not_before == task.started == HalfDay(date(2027, 2, 1), pm=True)
    assert task.finish_by == HalfDay(date(2027, 3, 1))
    assert task.done == date(2027, 2, 2)


@pytest.mark.parametrize(("needs", "enough"), [("all", 3), ("any", 1), (2, 2)])
def test_an_approval_says_how_many_it_needs(needs: object, enough: int) -> None:
    campaign, _ = _read(_with_task(kind="approval", approvers=["a", "b", "c"], needs=needs))

    assert campaign.tasks[0].enough == enough


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"takes": "3x"}, "bad_duration task='print' field='takes' text='3x'"),
        ({"takes": "0d"}, "bad_duration task='print' field='takes' text='0d'"),
        ({"takes": 3}, "bad_value where='print' field='takes' text='3'"),
        ({"rework": "soon"}, "bad_duration task='print' field='rework' text='soon'"),
        ({"kind": "party"}, "bad_value where='print' field='kind' text='party'"),
        ({"needs": "most"}, "bad_value where='print' field='needs' text='most'"),
        ({"needs": True}, "bad_value where='print' field='needs' text='True'"),
        ({"rounds": "2"}, "bad_value where='print' field='rounds' text='2'"),
        ({"rounds": True}, "bad_value where='print' field='rounds' text='True'"),
        ({"after": "brief"}, "bad_value where='print' field='after' text='brief'"),
        ({"after": ["brief XX"]}, "bad_link task='print' text='brief XX'"),
        ({"after": [1]}, "bad_value where='print' field='after' text='1'"),
        ({"finish_by": "soon"}, "bad_date where='print' field='finish_by' text='soon'"),
        ({"titel": "x"}, "unknown_field where='print' name='titel'"),
        ({"key": "a b"}, "bad_value where='a b' field='key' text='a b'"),
        ({"key": ""}, "bad_value where='tasks[1]' field='key' text=''"),
        ({"key": 7}, "bad_value where='tasks[1]' field='key' text='7'"),
        ({"takes": None}, "missing_field where='print' name='takes'"),
    ],
)
def test_a_task_that_cannot_be_read_names_its_field(fields: dict[str, object], error: str) -> None:
    assert _refused(_with_task(**fields)) == [error]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"launch": "15/03/2027"}, "bad_date where='' field='launch' text='15/03/2027'"),
        ({"launch": None}, "missing_field where='' name='launch'"),
        ({"margin": "much"}, "bad_margin text='much'"),
        ({"extra": 1}, "unknown_field where='' name='extra'"),
        ({"tasks": [3]}, "bad_value where='tasks[1]' field='' text='3'"),
        ({"people": {"bob": []}}, "bad_value where='people.bob' field='' text='[]'"),
        (
            {"people": {"bob": {"away": ["2027-13-01"]}}},
            "bad_date where='people.bob' field='away' text='2027-13-01'",
        ),
        ({"people": {"bob": {"hat": 1}}}, "unknown_field where='people.bob' name='hat'"),
        (
            {"calendar": {"weekend": ["sunday"]}},
            "bad_value where='calendar' field='weekend' text='sunday'",
        ),
        ({"calendar": {"hours": 7}}, "unknown_field where='calendar' name='hours'"),
        ({"calendar": 7}, "bad_value where='' field='calendar' text='7'"),
    ],
)
def test_a_file_that_cannot_be_read_names_its_field(changes: dict[str, object], error: str) -> None:
    content = {**AURORE, **changes}

    assert error in _refused(content)


def test_a_country_nobody_knows_is_told_for_whom_it_is() -> None:
    assert _refused({**AURORE, "calendar": {"country": "XX", "weekend": ["sun"]}}) == [
        "unknown_country country='XX' subdivision=None where='calendar'"
    ]


def test_every_problem_of_a_file_is_told_at_once() -> None:
    content = {
        "launch": "soon",
        "tasks": [
            {"key": "a", "takes": "1x", "owner": 3},
            {"key": "b", "takes": "0d"},
            {"takes": "1d", "started": "2027-02-02", "done": "2027-02-01"},
        ],
    }

    assert _refused(content) == [
        "missing_field where='' name='name'",
        "bad_date where='' field='launch' text='soon'",
        "bad_duration task='a' field='takes' text='1x'",
        "bad_value where='a' field='owner' text='3'",
        "bad_duration task='b' field='takes' text='0d'",
        "missing_field where='tasks[3]' name='key'",
    ]


@pytest.mark.parametrize("content", [[], 3, "text", None])
def test_a_file_is_a_mapping(content: object) -> None:
    assert _refused(content)[0].startswith("bad_value where='' field=''")


@pytest.mark.parametrize(
    ("text", "file_format", "line", "column"),
    [
        ('{"name": }', "json", 1, 10),
        ("", "json", 1, 1),
        ('name = "Aurore"\nlaunch = soon', "toml", 2, 10),
        ("name =", "toml", 0, 0),
        ("[" * 100_000, "json", 0, 0),
        ("1" * 5_000, "json", 0, 0),
        ("launch = 2027-02-30", "toml", 1, 10),
    ],
)
def test_a_text_that_is_neither_json_nor_toml_says_where_it_stops_making_sense(
    text: str, file_format: planfile.Format, line: int, column: int
) -> None:
    with pytest.raises(BadSyntax) as caught:
        planfile.read(text, file_format)

    assert (caught.value.format, caught.value.line, caught.value.column) == (
        file_format,
        line,
        column,
    )


def test_a_value_of_any_length_is_shown_shortened() -> None:
    with pytest.raises(BadValue) as caught:
        _read(_with_task(kind="x" * 10_000))

    assert len(caught.value.text) == 80
