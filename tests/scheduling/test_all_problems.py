"""Everything wrong with a plan file is told at once, each problem by file, task and field."""

from __future__ import annotations

import io
import json
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import planfiles
from scheduling import PlanError, plan, planfile
from scheduling.errors import RepeatedField
from tests.scheduling.builders import LONG_BEFORE

GOOD: dict[str, Any] = {
    "name": "Aurore",
    "launch": "2027-03-15",
    "tasks": [
        {"key": "brief", "takes": "1d"},
        {"key": "visual", "takes": "2d", "after": ["brief"]},
    ],
}


@dataclass(frozen=True)
class Wrong:
    """Something to put into a good file, what is told about it, and the words that place it."""

    told: tuple[str, ...]
    words: tuple[str, ...]
    tasks: tuple[object, ...] = ()
    top: dict[str, object] = field(default_factory=dict)
    people: dict[str, object] = field(default_factory=dict)
    calendar: dict[str, object] = field(default_factory=dict)


def _task(told: str, field_name: str, key: str, **fields: object) -> Wrong:
    return Wrong((told,), (key, field_name), ({"key": key, "takes": "1d", **fields},))


WRONG = {
    "a zero duration": _task(
        "bad_duration task='zero' field='takes' text='0d'", "takes", "zero", takes="0d"
    ),
    "a negative duration": _task(
        "bad_duration task='minus' field='takes' text='-1d'", "takes", "minus", takes="-1d"
    ),
    "an absurd duration": _task(
        "bad_duration task='absurd' field='takes' text='9999d'", "takes", "absurd", takes="9999d"
    ),
    "a duration nobody can read": _task(
        "bad_duration task='odd' field='takes' text='3 days'", "takes", "odd", takes="3 days"
    ),
    "a number for a duration": _task(
        "bad_value where='number' field='takes' text='3'", "takes", "number", takes=3
    ),
    "no duration": _task("missing_field where='none' name='takes'", "takes", "none", takes=None),
    "rework nobody can read": _task(
        "bad_duration task='again' field='rework' text='soon'", "rework", "again", rework="soon"
    ),
    "an unknown field": _task("unknown_field where='typo' name='titel'", "titel", "typo", titel="x"),
    "an unknown kind": _task("bad_value where='ball' field='kind' text='party'", "kind", "ball", kind="party"),
    "an unreadable link": _task(
        "bad_link task='linked' text='brief XX'", "after", "linked", after=["brief XX"]
    ),
    "an unknown link": _task(
        "unknown_link task='lonely' on='nobody'", "after", "lonely", after=["nobody"]
    ),
    "a date that is none": _task(
        "bad_date where='dated' field='finish_by' text='2027-02-30'",
        "finish_by",
        "dated",
        finish_by="2027-02-30",
    ),
    "an end before its start": _task(
        "contradiction task='back' field='started' other='done'",
        "started",
        "back",
        started="2027-02-02",
        done="2027-02-01",
    ),
    "a deadline before the first day": _task(
        "contradiction task='late' field='not_before' other='finish_by'",
        "not_before",
        "late",
        not_before="2027-02-02",
        finish_by="2027-02-01",
    ),
    "a start fixed on a day off": _task(
        "not_worked task='weekend-work' field='fixed' day=datetime.date(2027, 3, 6)",
        "fixed",
        "weekend-work",
        fixed="2027-03-06",
    ),
    "no round": _task("bad_rounds task='ok' rounds=0", "rounds", "ok", kind="approval", rounds=0),
    "more decisions than approvers": _task(
        "bad_needs task='vote' needs=3 approvers=1",
        "needs",
        "vote",
        kind="approval",
        approvers=["ann"],
        needs=3,
    ),
    "two tasks of one key": Wrong(
        ("duplicate_key key='twin'",),
        ("twin", "key"),
        ({"key": "twin", "takes": "1d"}, {"key": "twin", "takes": "2d"}),
    ),
    "the launch as a task": Wrong(
        ("reserved_key key='launch'",), ("launch", "key"), ({"key": "launch", "takes": "1d"},)
    ),
    "a circle": Wrong(
        ("cycle tasks=('hen', 'egg')", "cycle tasks=('egg', 'hen')"),
        ("hen → egg", "egg → hen"),
        (
            {"key": "hen", "takes": "1d", "after": ["egg"]},
            {"key": "egg", "takes": "1d", "after": ["hen SS"]},
        ),
    ),
    "a task that waits for itself": Wrong(
        ("cycle tasks=('self',)",),
        ("self → self",),
        ({"key": "self", "takes": "1d", "after": ["self"]},),
    ),
    "a task without a key": Wrong(
        ("missing_field where='tasks[{}]' name='key'",), ("tasks[{}]", "key"), ({"takes": "1d"},)
    ),
    "a key with spaces": _task(
        "bad_value where='two words' field='key' text='two words'", "key", "two words"
    ),
    "someone who never works": Wrong(
        ("no_working_time person='eve'",),
        ("people.eve", "weekend"),
        ({"key": "idle", "takes": "1d", "owner": "eve"},),
        people={"eve": {"weekend": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}},
    ),
    "an absence nobody can read": Wrong(
        ("bad_date where='people.bob' field='away' text='soon'",),
        ("people.bob", "away"),
        people={"bob": {"away": ["soon"]}},
    ),
    "an unknown field of someone": Wrong(
        ("unknown_field where='people.joe' name='hat'",), ("people.joe", "hat"), people={"joe": {"hat": 1}}
    ),
    "an unknown country": Wrong(
        ("unknown_country country='XX' subdivision=None where='calendar'",),
        ("calendar", "country"),
        calendar={"country": "XX"},
    ),
    "an unknown part of a country": Wrong(
        ("unknown_country country='FR' subdivision='99' where='people.ann'",),
        ("people.ann", "subdivision"),
        people={"ann": {"country": "FR", "subdivision": "99"}},
    ),
    "an unknown weekday": Wrong(
        ("bad_value where='calendar' field='weekend' text='sunday'",),
        ("calendar", "weekend"),
        calendar={"weekend": ["sat", "sunday"]},
    ),
    "a closure that ends before it begins": Wrong(
        ("bad_date where='calendar' field='closed' text='2027-02-02..2027-02-01'",),
        ("calendar", "closed"),
        calendar={"closed": ["2027-02-02..2027-02-01"]},
    ),
    "a margin nobody can read": Wrong(("bad_margin text='lots'",), ("margin",), top={"margin": "lots"}),
    "a start after the launch": Wrong(
        ("contradiction task='' field='start' other='launch'",),
        ("start", "launch"),
        top={"start": "2027-03-16"},
    ),
    "a name that is none": Wrong(
        ("bad_value where='' field='name' text='3'",), ("name",), top={"name": 3}
    ),
    "an unknown field of the file": Wrong(
        ("unknown_field where='' name='hat'",), ("hat",), top={"hat": 1}
    ),
}  # fmt: skip


def _file(*wrongs: Wrong) -> dict[str, Any]:
    content = deepcopy(GOOD)
    for wrong in wrongs:
        content |= wrong.top
        content["tasks"] += wrong.tasks
        content.setdefault("people", {}).update(wrong.people)
        content.setdefault("calendar", {}).update(wrong.calendar)
    return content


def _told(content: object) -> list[str]:
    with pytest.raises(PlanError) as caught:
        plan(planfile.read(json.dumps(content), "json").campaign, LONG_BEFORE)
    return [str(error) for error in caught.value.errors]


def _lines(folder: Path, content: object) -> tuple[int, list[str]]:
    """The exit code of ``retro plan``, and what it says on its error stream."""
    file, out, err = folder / "aurore.json", io.StringIO(), io.StringIO()
    file.write_text(json.dumps(content))
    code = planfiles.run(
        [str(file)],
        today=date(2026, 11, 23),
        is_today_given=False,
        as_json=True,
        locale="en_GB",
        out=out,
        err=err,
    )
    assert not out.getvalue()
    return code, err.getvalue().splitlines()


def _number(content: dict[str, Any]) -> int:
    """The place in the file, from 1, of the task that has no key."""
    return next((n for n, task in enumerate(content["tasks"], 1) if "key" not in task), 0)


@pytest.mark.parametrize("name", WRONG)
def test_a_single_problem_is_told_by_its_own_type_and_fields(name: str) -> None:
    content = _file(WRONG[name])

    told = _told(content)

    assert len(told) == 1
    assert told[0] in {one.format(_number(content)) for one in WRONG[name].told}


@pytest.mark.parametrize("name", WRONG)
def test_a_single_problem_is_one_line_that_names_file_task_and_field(
    name: str, tmp_path: Path
) -> None:
    content = _file(WRONG[name])

    code, lines = _lines(tmp_path, content)

    assert (code, len(lines)) == (2, 1)
    assert lines[0].startswith(f"{tmp_path / 'aurore.json'}: ")
    words = [word.format(_number(content)) for word in WRONG[name].words]
    if name == "a circle":
        assert any(word in lines[0] for word in words)
    else:
        assert all(word in lines[0] for word in words)


def test_all_problems_are_told_together() -> None:
    content = _file(*WRONG.values())

    told = _told(content)

    for name, wrong in WRONG.items():
        assert {one.format(_number(content)) for one in wrong.told} & set(told), name
    assert len(told) == len(WRONG)


def test_all_problems_are_a_line_each(tmp_path: Path) -> None:
    content = _file(*WRONG.values())
    alone = {name: _lines(tmp_path, _file(wrong))[1][0] for name, wrong in WRONG.items()}
    alone["a task without a key"] = alone["a task without a key"].replace(
        f"tasks[{_number(_file(WRONG['a task without a key']))}]", f"tasks[{_number(content)}]"
    )

    code, lines = _lines(tmp_path, content)

    assert code == 2
    assert sorted(lines) == sorted(alone.values())


@pytest.mark.parametrize("name", [name for name in WRONG if name != "a circle"])
def test_a_problem_is_told_beside_a_circle(name: str) -> None:
    content = _file(WRONG[name], WRONG["a circle"])

    told = _told(content)

    assert len(told) == 2


@pytest.mark.parametrize(
    "text",
    [
        '{"name": "Aurore", "launch": "2027-03-15", "launch": "2027-04-15", "tasks": []}',
        '{"name": "Aurore", "launch": "2027-03-15", "tasks": [{"launch": 1, "launch": 2}]}',
        '{"name": "Aurore", "launch": "2027-03-15", "tasks": [], "people": {"launch": {}, "launch": {}}}',
    ],
)
def test_a_field_given_twice_is_refused_rather_than_lost(text: str) -> None:
    with pytest.raises(RepeatedField) as caught:
        planfile.read(text, "json")

    assert caught.value.name == "launch"


def test_a_bad_file_keeps_no_good_one_from_being_planned(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(json.dumps(GOOD))
    bad.write_text(json.dumps(_file(*WRONG.values())))
    out, err = io.StringIO(), io.StringIO()

    code = planfiles.run(
        [str(bad), str(good), str(bad)],
        today=date(2026, 11, 23),
        is_today_given=False,
        as_json=True,
        locale="en_GB",
        out=out,
        err=err,
    )

    assert code == 2
    assert [json.loads(line)["name"] for line in out.getvalue().splitlines()] == ["Aurore"]
    assert len(err.getvalue().splitlines()) == 2 * len(WRONG)
