"""The bench's own arithmetic."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from bench.plans import aims, wholeprocesses
from bench.plans.campaigns import as_it_is
from bench.plans.dates import Dates
from bench.plans.engine import Parts
from bench.plans.peers.kinds import NotMeasured, WholeProcess
from bench.plans.table import Aim, Row, aim_lines, lines
from bench.plans.timing import Times, timed, timed_anew, written


def command(code: str) -> WholeProcess:
    return WholeProcess(
        name="a command",
        takes=as_it_is,
        write=lambda campaign, _: campaign.name,
        file="plan",
        command=(sys.executable, "-c", code),
        read=lambda folder: Dates(late={(folder / "said").read_text().strip(): (0, 0)}),
    )


def test_the_median_is_the_middle_of_the_runs() -> None:
    assert Times((3.0, 1.0, 8.0)).median == 3.0
    assert Times((3.0, 1.0, 8.0)).n == 3


def test_what_takes_long_is_run_once_for_each_time_after_one_that_does_not_count() -> None:
    runs: list[int] = []

    def slow() -> None:
        runs.append(1)
        time.sleep(0.02)

    times = timed(slow, runs=3)

    assert len(runs) == 4
    assert times.n == 3
    assert times.median >= 0.02


def test_what_takes_next_to_no_time_is_run_over_and_over() -> None:
    runs: list[int] = []

    times = timed(lambda: runs.append(1), runs=3)

    assert len(runs) > 100
    assert times.median < 0.001


def test_warming_up_lasts_as_long_as_asked() -> None:
    began = time.perf_counter()

    timed(lambda: time.sleep(0.02), runs=1, warm_for=0.1)

    assert time.perf_counter() - began >= 0.1


def test_every_run_has_something_prepared_for_it() -> None:
    prepared: list[int] = []
    ran: list[int] = []

    def prepare() -> int:
        prepared.append(len(prepared))
        return prepared[-1]

    timed_anew(prepare, ran.append, runs=3)

    assert ran == prepared == [0, 1, 2, 3]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.00123, "1.23 ms"),
        (0.0456, "45.6 ms"),
        (0.9, "900 ms"),
        (12.3456, "12.3 s"),
        (227, "227 s"),
    ],
)
def test_a_time_is_written_with_three_figures(seconds: float, text: str) -> None:
    assert written(seconds) == text


def test_faster_says_by_how_much_and_whether_it_is_enough() -> None:
    enough = aims.times_faster("x", ours=0.02, theirs=0.12, wanted=5)
    too_slow = aims.times_faster("x", ours=0.03, theirs=0.12, wanted=5)

    assert (enough.measured, enough.verdict) == ("6 x", "met")
    assert (too_slow.measured, too_slow.verdict) == ("4 x", "MISSED")


def test_a_peer_is_compared_at_the_sizes_that_both_have() -> None:
    found = list(aims.faster("it", {100: 1.0, 1_000: 9.0}, {1_000: 8.0, 10_000: 80.0}))

    assert [(aim.what, aim.is_met) for aim in found] == [("faster than it, 1,000 tasks", False)]


def test_a_peer_stopped_at_the_limit_proves_no_more_than_the_limit() -> None:
    assert aims.out_of_time("x", ours=1.0, limit=120, wanted=100).verdict == "met"
    assert aims.out_of_time("x", ours=4.0, limit=120, wanted=100).verdict == "not shown"


def test_growth_allows_a_fifth_more_than_the_tasks() -> None:
    linear = list(aims.growth("x", {10_000: 0.1, 50_000: 0.59}))
    steeper = list(aims.growth("x", {10_000: 0.1, 50_000: 0.61}))

    assert [aim.is_met for aim in linear + steeper] == [True, False]
    assert not list(aims.growth("x", {10_000: 0.1}))


def test_passes_stay_within_ten_bare_loops() -> None:
    found = list(aims.within_bare_loops({100: 0.9, 1_000: 11.0}, {100: 0.1, 1_000: 1.0}))

    assert [aim.is_met for aim in found] == [True, False]


def test_an_aim_in_seconds_is_met_below_it() -> None:
    assert aims.within("x", 0.0019, 0.002).is_met
    assert not aims.within("x", 0.002, 0.002).is_met


def test_parts_and_the_rest_make_the_whole() -> None:
    parts = Parts(plan=10.0, network=3.0, calendars=1.0, passes=2.0, reasons=5.0, sentences=7.0)

    assert parts.results == 4.0
    assert parts.whole == 22.0


def test_a_table_leaves_a_cell_empty_where_nothing_was_measured() -> None:
    row = Row(what="it", cells={100: "1 ms"}, n="5")

    head, line = lines("tasks:", (100, 10_000), [row])

    assert head.split() == ["tasks:", "100", "10,000", "n"]
    assert line.split() == ["it", "1", "ms", "5"]
    assert len(line) == len(head)


def test_the_aims_name_what_is_missed() -> None:
    aim = Aim(what="quick", wanted="< 2 ms", measured="3 ms", is_met=False)

    _, line = aim_lines([aim])

    assert line.endswith("3 ms  MISSED")


def test_a_command_is_run_as_often_as_asked_and_its_dates_are_read() -> None:
    measured = wholeprocesses.measure(command("print('t0')"), [40], runs=2, limit=60)

    assert measured.times[40].n == 2
    assert measured.agreeing == {40: 0}
    assert not measured.late


def test_a_command_that_is_too_slow_is_stopped_and_not_tried_on_more() -> None:
    slow = command("import time; time.sleep(60)")

    measured = wholeprocesses.measure(slow, [40, 100], runs=1, limit=0.2)

    assert measured.late == [40]
    assert not measured.times
    assert [row.cells for row in measured.rows()] == [{40: "> 0.2 s"}]


def test_a_command_that_fails_is_not_measured_and_says_why() -> None:
    with pytest.raises(NotMeasured) as failed:
        wholeprocesses.measure(command("raise SystemExit('no room')"), [40], runs=1, limit=60)

    assert failed.value.why == "it ended with 1: no room"


def test_our_own_command_gets_the_engine_s_dates() -> None:
    measured = wholeprocesses.measure(wholeprocesses.ours(), [40], runs=1, limit=60)

    assert measured.agreeing == {40: 40}


def test_a_file_is_where_the_command_runs(tmp_path: Path) -> None:
    copied = tmp_path / "copy"
    reading = command(f"import shutil; shutil.copy('plan', {str(copied)!r}); print('t0')")

    wholeprocesses.measure(reading, [40], runs=1, limit=60)

    assert copied.read_text() == "40 tasks"
