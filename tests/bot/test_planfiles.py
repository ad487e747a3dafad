"""``retro plan``: files in, plans and problems out."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot import cli, planfiles
from bot.views.plan_problems import describe
from bot.views.words import Reader
from scheduling import HalfDay, errors

TODAY = date(2027, 1, 4)
GOLDEN = Path(__file__).parents[1] / "scheduling" / "golden"

AURORE: dict[str, Any] = {
    "name": "Aurore",
    "launch": "2027-03-15",
    "margin": "5d",
    "people": {"bob": {"away": ["2027-02-18"]}},
    "tasks": [
        {"key": "brief", "title": "Brief", "takes": "3d"},
        {"key": "visual", "title": "Key visual", "takes": "5d", "owner": "bob", "after": ["brief"]},
        {"key": "print", "kind": "supplier", "takes": "10ed", "after": ["visual"]},
        {"key": "leaflet", "takes": "0.5d", "after": ["brief"]},
    ],
}


@dataclass(frozen=True)
class Run:
    """What a run left behind."""

    code: int
    out: str
    err: str


def run(*files: Path | str, as_json: bool = False, **more: Any) -> Run:
    out, err = io.StringIO(), io.StringIO()
    options: dict[str, Any] = {"today": TODAY, "is_today_given": False, "locale": "en-GB", **more}
    names = [str(file) for file in files]
    code = planfiles.run(names, as_json=as_json, out=out, err=err, **options)
    return Run(code, out.getvalue(), err.getvalue())


Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a plan file: that of Aurore, with some of it changed."""

    def write(name: str = "aurore.json", /, **changes: Any) -> Path:
        file = tmp_path / name
        file.write_text(json.dumps({**AURORE, **changes}), encoding="utf-8")
        return file

    return write


def task(**fields: Any) -> dict[str, Any]:
    return {"tasks": [{"key": "brief", "takes": "3d", **fields}]}


@pytest.mark.parametrize(
    "expected", sorted(GOLDEN.glob("*.expect.json")), ids=lambda p: p.name[:-12]
)
def test_the_dates_are_those_that_public_schedulers_agree_on(expected: Path) -> None:
    wanted = json.loads(expected.read_text(encoding="utf-8"))["tasks"]
    file = expected.with_name(expected.name.replace(".expect.", ".plan."))

    ran = run(file, as_json=True)

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.count("\n") == 1
    tasks = json.loads(ran.out)["tasks"]
    found = {key: {field: tasks[key][field] for field in dates} for key, dates in wanted.items()}
    assert found == wanted


def test_json_has_the_documented_shape(write: Write) -> None:
    ran = run(write(), as_json=True)

    found = json.loads(ran.out)
    assert list(found) == [
        *("name", "feasible", "start_by", "missing", "margin"),
        *("critical_path", "tasks", "ways_out", "warnings"),
    ]
    assert found["margin"] == {"planned": 5.0, "left": 5.0}
    assert found["critical_path"] == ["brief", "visual", "print"]
    assert list(found["tasks"]["brief"]) == [
        *("start", "finish", "early_start", "early_finish"),
        *("total_float", "free_float", "critical", "why"),
    ]
    assert found["tasks"]["visual"]["why"] == {
        "en": "It takes 5 working days and must end before the start of “print” on Wed 24 Feb, "
        "so it runs from Tue 16 Feb to Tue 23 Feb (bob is away Thu 18 Feb).",
        "fr": "Il faut 5 jours ouvrés, à terminer avant le début de «\u202fprint\u202f», "
        "le mer. 24 févr., soit du mar. 16 févr. au mar. 23 févr. (bob est indisponible jeu. 18 févr.).",
    }


def test_a_terminal_gets_a_table_in_working_order(write: Write) -> None:
    ran = run(write())

    assert ran == Run(
        0,
        "Aurore\n"
        "launches Mon, 15 Mar 2027 · start by Thu, 11 Feb 2027 · margin 5 days, untouched"
        " · ○ on track\n"
        "\n"
        "task        latest start         latest finish  total float\n"
        "Brief       Thu 11 Feb           Mon 15 Feb               0  critical\n"
        "Key visual  Tue 16 Feb           Tue 23 Feb               0  critical\n"
        "print       Wed 24 Feb           Fri 5 Mar                0  critical\n"
        "leaflet     Fri 5 Mar at midday  Fri 5 Mar             13.5\n"
        "\n"
        "Warnings\n"
        "• bob is away Thu 18 Feb, so “Key visual” starts Tue 16 Feb at the latest.\n",
        "",
    )


def test_the_table_speaks_french_and_says_why_when_asked(write: Write) -> None:
    ran = run(write(), locale="fr-FR", with_why=True)

    assert "lancement lun. 15 mars 2027 · démarrage au plus tard jeu. 11 févr. 2027" in ran.out
    assert "Brief       jeu. 11 févr." in ran.out
    assert "  critique\n" in ran.out
    assert "Key visual\u202f: Il faut 5 jours ouvrés, à terminer avant le début de" in ran.out


def test_a_plan_that_does_not_fit_is_a_plan_with_days_missing(write: Write) -> None:
    late = write(today="2027-02-15")

    table, found = run(late), json.loads(run(late, as_json=True).out)

    assert table.code == 0
    assert "● 2 working days missing" in table.out
    assert (found["feasible"], found["missing"]) == (False, 2)


def test_an_impossible_plan_comes_with_ways_out_that_can_be_applied_to_the_file(
    write: Write,
) -> None:
    late = write(today="2027-02-15")

    (first, *_) = json.loads(run(late, as_json=True).out)["ways_out"]

    assert first == {
        "kind": "express",
        "task": "print",
        "from": "10ed",
        "to": "5ed",
        "gain": 2,
        "missing": 0,
        "change": [{"op": "add", "path": "/tasks/2/takes", "value": "5ed"}],
        "text": {
            "en": "“print” by express (5 instead of 10 calendar days): +2 days",
            "fr": "«\u202fprint\u202f» en express (5 au lieu de 10 jours calendaires)\u202f: +2 j",
        },
    }
    assert "\n① “print” by express (5 instead of 10 calendar days): +2 days\n" in run(late).out


def test_a_warning_is_a_sentence_beside_its_fields(write: Write) -> None:
    (warning,) = json.loads(run(write(), as_json=True).out)["warnings"]

    assert warning == {
        "code": "owner_away",
        "task": "visual",
        "person": "bob",
        "first": "2027-02-18",
        "last": "2027-02-18",
        "text": {
            "en": "bob is away Thu 18 Feb, so “Key visual” starts Tue 16 Feb at the latest.",
            "fr": "bob est indisponible jeu. 18 févr.\u202f: «\u202fKey visual\u202f» commence donc "
            "au plus tard mar. 16 févr.",
        },
    }


def test_what_moves_from_one_file_to_another_is_said_instead_of_the_table(write: Write) -> None:
    later, aurore = write("later.json", launch="2027-03-16"), write()

    ran = run(later, against=str(aurore))

    assert ran == Run(
        0,
        "Aurore\n"
        "launches Tue, 16 Mar 2027 · start by Wed, 17 Feb 2027 · margin 5 days, untouched"
        " · ○ on track\n"
        "\n"
        "4 tasks move, 1 person, margin unchanged, start by Thu 11 Feb → Wed 17 Feb, "
        "launch Mon 15 Mar → Tue 16 Mar.\n"
        "bob: “Key visual” Tue 16 – Tue 23 Feb → Mon 22 – Fri 26 Feb\n"
        "no owner yet: “Brief” Thu 11 – Mon 15 Feb → Wed 17 – Fri 19 Feb; "
        "“print” Wed 24 Feb – Fri 5 Mar → Sat 27 Feb – Mon 8 Mar; "
        "“leaflet” Fri 5 Mar in the afternoon → Mon 8 Mar in the afternoon\n",
        "",
    )


def test_json_holds_what_moves_beside_the_plan(write: Write) -> None:
    aurore = write()

    ran = run(write("later.json", launch="2027-03-16"), against=str(aurore), as_json=True)

    found = json.loads(ran.out)
    assert found["tasks"]["visual"]["finish"] == "2027-02-26"
    assert found["moves"]["tasks"]["visual"]["finish"] == {
        "before": "2027-02-23",
        "after": "2027-02-26",
        "days": 3.0,
    }
    assert found["moves"]["launch"] == {"before": "2027-03-15", "after": "2027-03-16"}
    assert found["moves"]["text"]["fr"].startswith("4 tâches bougent, 1 personne, ")


@pytest.mark.parametrize(
    ("option", "said"),
    [("--why", "\nKey visual: It takes 5 working days"), ("--against", "\nNothing moves.\n")],
)
def test_the_command_line_asks_for_reasons_or_for_what_moves(
    option: str,
    said: str,
    write: Write,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("RETRO_LOCALE", "en_GB")
    file = str(write())
    more = [option, file] if option == "--against" else [option]

    code = cli.main(["plan", file, "--today", "2027-01-04", *more])

    assert code == 0
    assert said in capsys.readouterr().out


def test_nothing_is_compared_with_a_file_that_is_bad(write: Write, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere.json"

    ran = run(write(), against=str(nowhere))

    assert ran == Run(2, "", f"{nowhere}: there is no such file.\n")


def test_a_campaign_without_tasks_is_only_its_head(write: Write) -> None:
    ran = run(write(tasks=[], margin="0d"))

    assert ran.code == 0
    assert ran.out == (
        "Aurore\nlaunches Mon, 15 Mar 2027 · start by Mon, 15 Mar 2027 · ○ on track\n"
    )


def test_the_files_own_day_counts_unless_another_is_asked_for(write: Write) -> None:
    file = write(today="2027-02-15")

    own = json.loads(run(file, as_json=True).out)
    asked = json.loads(run(file, as_json=True, is_today_given=True).out)
    neither = json.loads(run(write("plain.json"), as_json=True, today=date(2027, 2, 15)).out)

    assert [own["missing"], asked["missing"], neither["missing"]] == [2, 0, 2]


def test_toml_and_standard_input_are_read_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    toml = tmp_path / "aurore.toml"
    toml.write_text(
        'name = "Aurore"\nlaunch = 2027-03-15\n[[tasks]]\nkey = "brief"\ntakes = "3d"\n',
        encoding="utf-8",
    )
    stream = io.TextIOWrapper(io.BytesIO(json.dumps(AURORE).encode()))
    monkeypatch.setattr("sys.stdin", stream)

    ran = run(toml, "-", as_json=True)

    first, second = map(json.loads, ran.out.splitlines())
    assert first["tasks"]["brief"]["start"] == "2027-03-10"
    assert second["start_by"] == "2027-02-11"


def test_good_files_are_printed_around_the_bad_ones(write: Write, tmp_path: Path) -> None:
    good, bad = write(), write("bad.json", tasks=[{"key": "brief", "takes": "3d", "colour": 1}])
    missing = tmp_path / "nowhere.json"

    ran = run(good, bad, missing, good, as_json=True)

    assert ran.code == 2
    assert [json.loads(line)["name"] for line in ran.out.splitlines()] == ["Aurore", "Aurore"]
    assert ran.err.splitlines() == [
        f"{bad}: “brief”, field “colour”: no such field is known here; check its spelling.",
        f"{missing}: there is no such file.",
    ]


def test_tables_of_several_files_stand_apart(write: Write) -> None:
    ran = run(write("one.json", name="One"), write("two.json", name="Two", tasks=[]))

    assert "\n\nTwo\n" in ran.out
    assert not ran.out.startswith("\n")


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        (task(takes="3x"), ["brief", "takes", "3x"]),
        (task(colour="red"), ["brief", "colour"]),
        (task(after=["nobody"]), ["brief", "after", "nobody"]),
        (task(after=["brief SX"]), ["brief", "after", "brief SX"]),
        (task(finish_by="2027-02-30"), ["brief", "finish_by", "2027-02-30"]),
        (task(kind="party"), ["brief", "kind", "party"]),
        (task(needs=3, kind="approval", approvers=["a"]), ["brief", "needs", "3 of 1 approver "]),
        (task(rounds=0, kind="approval"), ["brief", "rounds", "0"]),
        (task(started="2027-02-03", done="2027-02-01"), ["brief", "started", "done"]),
        (task(fixed="2027-03-13"), ["brief", "fixed", "13 Mar 2027"]),
        (task(key="launch"), ["launch", "key"]),
        (task(takes="3660d", after=["b"]) | {"launch": "1971-01-01"}, ["brief"]),
        ({"tasks": [{"takes": "1d"}]}, ["tasks[1]", "key"]),
        ({"tasks": [{"key": "a", "takes": "1d"}] * 2}, ["a", "key"]),
        ({"margin": "lots"}, ["margin", "lots"]),
        ({"launch": None}, ["launch"]),
        ({"calendar": {"country": "ZZ"}}, ["country", "ZZ"]),
        ({"calendar": {"country": "FR", "subdivision": "99Z"}}, ["subdivision", "99Z"]),
        ({"calendar": {"weekend": ["someday"]}}, ["calendar", "weekend", "someday"]),
        ({"people": {"bob": {"away": ["2027-02-09..2027-02-08"]}}}, ["people.bob", "away"]),
    ],
)
@pytest.mark.parametrize("locale", ["en-GB", "fr-FR"])
def test_bad_input_is_one_line_naming_file_task_and_field(
    changes: dict[str, Any], named: list[str], locale: str, write: Write
) -> None:
    file = write(**changes)

    ran = run(file, locale=locale)

    assert (ran.code, ran.out) == (2, "")
    first = ran.err.splitlines()[0]
    assert first.startswith(f"{file}: ")
    if locale == "en-GB":
        assert all(name in first for name in named), first


def test_a_cycle_names_its_tasks_in_order(write: Write) -> None:
    waits = {"a": ["c"], "b": ["a"], "c": ["b"], "d": ["c"]}
    tasks = [{"key": key, "takes": "1d", "after": after} for key, after in waits.items()]

    ran = run(write(tasks=tasks))

    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "a → b → c → a" in ran.err


def test_every_problem_of_a_file_has_its_line_and_none_has_two(write: Write) -> None:
    tasks = [{"key": "a", "takes": "x"}, {"key": "b", "takes": "1d", "colour": "red"}]

    ran = run(write(tasks=tasks, calendar={"country": "ZZ"}))

    assert ran.err.count("\n") == 3
    assert ran.err.count("ZZ") == 1


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.json", b"{", "This is not JSON: it stops making sense at line 1, column 2."),
        ("a.toml", b"name = x", "This is not TOML: it stops making sense at line 1, column 8."),
        ("a.json", b'{"name": "\xff"}', "this is not text in UTF-8."),
    ],
)
def test_what_is_no_plan_file_at_all_says_so(
    name: str, content: bytes, what: str, tmp_path: Path
) -> None:
    file = tmp_path / name
    file.write_bytes(content)

    ran = run(file)

    assert ran == Run(2, "", f"{file}: {what}\n")


def test_a_folder_is_no_plan_file(tmp_path: Path) -> None:
    ran = run(tmp_path)

    assert ran == Run(2, "", f"{tmp_path}: this is a folder, not a file.\n")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (
            PermissionError(13, "Permission denied"),
            "this file may not be read; check its permissions.",
        ),
        (OSError(5, "Input/output error"), "this could not be read (Input/output error)."),
    ],
)
def test_a_file_that_cannot_be_read_says_so(
    error: OSError, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stuck(io.RawIOBase):
        def read(self, size: int = -1, /) -> bytes:
            raise error

    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(Stuck()))  # type: ignore[type-var]

    ran = run("-")

    assert ran == Run(2, "", f"standard input: {what}\n")


def test_nothing_in_a_file_reaches_the_terminal_as_a_command(write: Write) -> None:
    ran = run(
        write(name="Au\x1b[2Jrore & <co>"),
        write("bad.json", tasks=[{"key": "a", "takes": "3\nd\x1b"}]),
    )

    assert "\x1b" not in ran.out + ran.err
    assert "[2Jrore & <co>\n" in ran.out
    assert ran.err.count("\n") == 1


NOON, EVENING = HalfDay(date(2027, 3, 12), pm=True), HalfDay(date(2027, 3, 15), pm=True)

PROBLEMS: list[errors.PlanError] = [
    errors.Cycle(("a", "b")),
    errors.UnknownLink("it", "other"),
    errors.BadLink("it", "x SX"),
    errors.BadLink("", "x SX"),
    errors.DuplicateKey("it"),
    errors.ReservedKey("launch"),
    errors.BadDuration("it", "takes", "3x"),
    errors.BadDuration("", "", "3x"),
    errors.BadMargin("lots"),
    errors.BadDate("it", "done", "soon"),
    errors.BadValue("it", "", "3"),
    errors.UnknownField("", "colour"),
    errors.MissingField("it", "takes"),
    errors.RepeatedField("takes"),
    errors.BadSyntax("json", 0, 0),
    errors.BadSyntax("toml", 3, 4),
    errors.UnknownCountry("ZZ", None),
    errors.UnknownCountry("FR", "ZZ"),
    errors.NoWorkingTime(None),
    errors.NoWorkingTime("bob"),
    errors.BadNeeds("it", 3, 2),
    errors.BadRounds("it", 99),
    errors.Contradiction("it", "started", "done"),
    errors.TooTight("it", "fixed", "finish_by", HalfDay(date(2027, 3, 12))),
    errors.FixedClash("it", NOON, "that", "fixed", EVENING),
    errors.FixedClash("it", NOON, "launch", "", EVENING),
    errors.NotWorked("it", "fixed", date(2027, 3, 13)),
    errors.OutOfRange("it"),
    errors.TooManyTasks(100_001, 100_000),
    errors.BadTemplate("event", "it.role", "unknown_role"),
    errors.BadTemplate("event", "it", "no_approver"),
    errors.BadTemplate("event", "role", "unused_role"),
]


def test_every_problem_with_a_plan_has_words() -> None:
    with_words = {type(problem) for problem in PROBLEMS} | {errors.Problems}

    assert with_words == set(errors.PlanError.__subclasses__())


@pytest.mark.parametrize("problem", PROBLEMS, ids=lambda problem: problem.code)
def test_a_problem_is_a_sentence_in_each_language(problem: errors.PlanError) -> None:
    english = describe(problem, Reader(locale="en-GB", today=TODAY))
    french = describe(problem, Reader(locale="fr-FR", today=TODAY))

    assert english != french
    assert english.endswith(".")
    assert french.endswith(".")
    assert "%(" not in english + french


def test_several_problems_are_told_one_after_the_other() -> None:
    problems = errors.Problems((errors.MissingField("", "name"), errors.BadMargin("x")))

    words = describe(problems, Reader(locale="en-GB", today=TODAY))

    assert words == (
        "Field “name”: this field must be given. "
        "Field “margin”: “x” cannot be used as a margin: write 5d or 15%."
    )


def test_an_error_of_another_room_is_not_given_words_in_silence() -> None:
    with pytest.raises(TypeError, match="KeyError"):
        describe(KeyError("x"), Reader(locale="en-GB", today=TODAY))
