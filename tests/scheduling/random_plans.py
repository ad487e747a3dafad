"""Small random plan files with everything in them, fast to draw and ready to be replayed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

PEOPLE = ("ann", "bob", "cyd")

_LAUNCH = date(2027, 3, 15)
_OTHER_LAUNCHES = (date(1971, 6, 1), date(2000, 3, 1), date(2028, 1, 3), date(2099, 5, 4))

_WEEKS: tuple[list[str], ...] = (
    ["sat", "sun"],
    ["sat", "sun"],
    ["sat", "sun", "wed pm"],
    ["fri", "sat"],
    ["fri", "sat", "sun", "wed pm"],  # from Monday to Thursday, on Wednesday the morning only
    ["sun"],
    ["mon am", "sat", "sun", "fri pm"],
    [],
)
_COUNTRIES: tuple[dict[str, str], ...] = (
    {"country": "FR"},
    {"country": "FR", "subdivision": "57"},
    {"country": "DE", "subdivision": "BY"},
    {"country": "SA"},
)
_KINDS = ("work", "work", "work", "supplier", "milestone", "approval", "approval")
_MARGINS = ("0d", "0d", "0.5d", "2.5d", "4ed", "15%", "7.5%", "60%")


def plan_file(dice: Random) -> dict[str, Any]:
    """Up to six tasks around a launch, as the object a plan file holds."""
    launch = _LAUNCH + timedelta(days=dice.randrange(14))
    if _once_in(dice, 10):
        launch = dice.choice(_OTHER_LAUNCHES)
    today = launch - timedelta(days=dice.randrange(-5, 50))
    count = dice.randint(1, 6)
    keys = dice.sample("abcdefgh", count)  # in no order that says what waits for what
    found: dict[str, Any] = {
        "name": "random",
        "launch": launch.isoformat(),
        "today": today.isoformat(),
        "margin": dice.choice(_MARGINS),
        "calendar": _campaign_calendar(dice, launch),
        "people": {who: _person(dice, launch) for who in PEOPLE if not _once_in(dice, 3)},
        "tasks": [_task(dice, keys[: n + 1], launch) for n in range(count)],
    }
    if _once_in(dice, 3):
        found["start"] = _day(dice, launch, 5, 50)
    if _once_in(dice, 3):
        for task in found["tasks"]:
            _begin(dice, task, today)
    dice.shuffle(found["tasks"])
    return found


def _campaign_calendar(dice: Random, launch: date) -> dict[str, Any]:
    calendar: dict[str, Any] = {"weekend": dice.choice(_WEEKS)}
    if _once_in(dice, 5):
        calendar = {**dice.choice(_COUNTRIES)}
    calendar["holidays"] = [_day(dice, launch, -20, 50) for _ in range(dice.randrange(4))]
    calendar["closed"] = [_time_off(dice, launch) for _ in range(dice.randrange(2))]
    return calendar


def _person(dice: Random, launch: date) -> dict[str, Any]:
    person: dict[str, Any] = {}
    if _once_in(dice, 3):
        person["weekend"] = dice.choice(_WEEKS)
    if _once_in(dice, 8):
        person |= dice.choice(_COUNTRIES)
    person["away"] = [_time_off(dice, launch) for _ in range(dice.randrange(3))]
    return person


def _task(dice: Random, keys: list[str], launch: date) -> dict[str, Any]:
    """A task that may wait for any of those before it; ``keys`` ends with its own."""
    kind = dice.choice(_KINDS)
    task: dict[str, Any] = {"key": keys[-1], "kind": kind, "after": _links(dice, keys[:-1])}
    if kind != "milestone":
        task["takes"] = _duration(dice, 9)
        task["owner"] = dice.choice((None, *PEOPLE))
    if kind == "approval":
        approvers = dice.sample(PEOPLE, dice.randrange(4))
        task["approvers"] = approvers
        task["needs"] = dice.choice(["all", "any", *range(1, len(approvers) + 1)])
        task["rounds"] = dice.choice((1, 1, 2, 2, 3))
        task["rework"] = dice.choice(("0d", _duration(dice, 3)))
    _set_dates(dice, task, launch)
    return task


def _set_dates(dice: Random, task: dict[str, Any], launch: date) -> None:
    """Rarely a deadline, a first day or a fixed one, and more rarely two of them."""
    last = _day(dice, launch, -20, 30)
    soonest = _day(dice, date.fromisoformat(last), 1, 20)
    if _once_in(dice, 6):
        task["finish_by"] = _moment(dice, last)
    if _once_in(dice, 10):
        task["not_before"] = _moment(dice, soonest)
    elif _once_in(dice, 12):
        task["fixed"] = _moment(dice, soonest)


def _links(dice: Random, others: list[str]) -> list[str]:
    on = dice.sample(others, min(len(others), dice.choice((0, 1, 1, 2, 2, 3))))
    if _once_in(dice, 12):
        on.append("launch")
    return [f"{other} {_link_type(dice)}{_lag(dice)}" for other in on]


def _link_type(dice: Random) -> str:
    return dice.choice(("FS", "FS", "SS", "FF", "SF"))


def _lag(dice: Random) -> str:
    if not _once_in(dice, 2):
        return ""
    return f"{dice.choice('++-')}{dice.randint(1, 7) / 2}{dice.choice(('d', 'd', 'ed'))}"


def _duration(dice: Random, most: int) -> str:
    return f"{dice.randint(1, most) / 2}{dice.choice(('d', 'd', 'd', 'ed'))}"


def _begin(dice: Random, task: dict[str, Any], today: date) -> None:
    """Half of the tasks have really begun, and some of them are done."""
    if _once_in(dice, 2):
        return
    done = today - timedelta(days=dice.randrange(10))
    started = done - timedelta(days=dice.randrange(10))
    has_start = not _once_in(dice, 3)
    if has_start:
        task["started"] = _moment(dice, started.isoformat())
    if not has_start or _once_in(dice, 2):
        task["done"] = done.isoformat() if started == done else _moment(dice, done.isoformat())


def _time_off(dice: Random, launch: date) -> str:
    """Some days around the launch, or a month of them; either end may be at midday."""
    first = date.fromisoformat(_day(dice, launch, -15, 45))
    last = first + timedelta(days=dice.choice((0, 1, 2, 4, 30)))
    if first == last:
        return _moment(dice, first.isoformat())
    return f"{first}{dice.choice(('', ' pm'))}..{last}{dice.choice(('', ' am'))}"


def _moment(dice: Random, day: str) -> str:
    return day + dice.choice(("", "", " am", " pm"))


def _day(dice: Random, launch: date, soonest: int, latest: int) -> str:
    """A day so many days before the launch."""
    return (launch - timedelta(days=dice.randint(soonest, latest))).isoformat()


def _once_in(dice: Random, times: int) -> bool:
    return dice.randrange(times) == 0
