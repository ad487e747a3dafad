"""Weekends, holidays, closures and absences."""

from __future__ import annotations

from datetime import date

import pytest

from scheduling import BadDate, Calendar, HalfDay, NoWorkingTime, TimeOff, UnknownCountry

LAUNCH = date(2027, 3, 15)
GOOD_FRIDAY = date(2027, 3, 26)
EASTER_MONDAY = date(2027, 3, 29)
SATURDAY = date(2027, 3, 20)


def test_french_holidays_are_known_by_name_and_day() -> None:
    calendar = Calendar.of_country("FR", launch=LAUNCH)

    assert calendar.holidays[EASTER_MONDAY] == "Lundi de Pâques"
    assert not calendar.is_workday(EASTER_MONDAY)
    assert calendar.is_workday(GOOD_FRIDAY)


def test_a_part_of_a_country_has_its_own_holidays() -> None:
    moselle = Calendar.of_country("FR", "57", launch=LAUNCH)

    assert not moselle.is_workday(GOOD_FRIDAY)


def test_holidays_are_named_in_the_language_asked_for_if_it_is_known() -> None:
    english = Calendar.of_country("FR", launch=LAUNCH, language="en_US")
    klingon = Calendar.of_country("FR", launch=LAUNCH, language="tlh")

    assert english.holidays[EASTER_MONDAY] == "Easter Monday"
    assert klingon.holidays[EASTER_MONDAY] == "Lundi de Pâques"


def test_a_country_brings_its_own_weekend() -> None:
    usual = Calendar.of_country("SA", launch=LAUNCH)
    given = Calendar.of_country("SA", launch=LAUNCH, weekend=frozenset({5, 6}))

    assert usual.is_workday(date(2027, 3, 21))
    assert not usual.is_workday(date(2027, 3, 19))
    assert not given.is_workday(date(2027, 3, 21))


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), ("FR", "99"), ("", None)])
def test_a_country_nobody_knows_is_refused(country: str, subdivision: str | None) -> None:
    with pytest.raises(UnknownCountry) as caught:
        Calendar.of_country(country, subdivision, launch=LAUNCH)

    assert (caught.value.country, caught.value.subdivision) == (country, subdivision)


def test_explicit_holidays_and_closures_add_to_those_of_the_country() -> None:
    calendar = Calendar.of_country(
        "FR",
        launch=LAUNCH,
        holidays=[GOOD_FRIDAY, EASTER_MONDAY],
        closed=[TimeOff.parse("2027-03-22..2027-03-23 am")],
    )

    assert calendar.holidays[EASTER_MONDAY] == "Lundi de Pâques"
    assert not calendar.is_workday(GOOD_FRIDAY)
    assert not calendar.is_workday(date(2027, 3, 22))
    assert calendar.is_workday(date(2027, 3, 23))
    assert not calendar.is_worked(HalfDay(date(2027, 3, 23)))
    assert calendar.is_worked(HalfDay(date(2027, 3, 23), pm=True))


def test_a_weekly_pattern_may_hold_half_days() -> None:
    part_time = Calendar(weekend=frozenset({4, 5, 6}), part_days=frozenset({(2, True)}))

    assert part_time.working_days(date(2027, 3, 15), date(2027, 3, 21)) == 3.5


def test_someone_keeps_the_week_of_the_campaign_unless_they_have_their_own() -> None:
    campaign = Calendar(
        weekend=frozenset({5, 6}),
        part_days=frozenset({(2, True)}),
        holidays={GOOD_FRIDAY: "Vendredi saint"},
    )

    same = campaign.of_person(away=[TimeOff.parse("2027-03-15 am")])
    other = campaign.of_person(weekend=frozenset({6}), holidays={EASTER_MONDAY: ""})

    assert same.working_days(date(2027, 3, 15), date(2027, 3, 21)) == 4.0
    assert other.working_days(date(2027, 3, 15), date(2027, 3, 21)) == 6.0
    assert not other.is_workday(GOOD_FRIDAY)
    assert not other.is_workday(EASTER_MONDAY)


def test_a_calendar_does_not_change_when_what_it_was_made_from_does() -> None:
    holidays = {GOOD_FRIDAY: ""}
    calendar = Calendar(holidays=holidays)

    holidays.clear()

    assert not calendar.is_workday(GOOD_FRIDAY)


def test_a_week_of_weekends_has_no_working_time() -> None:
    with pytest.raises(NoWorkingTime):
        _ = Calendar(weekend=frozenset(range(7))).worktime


def test_working_days_are_counted_with_both_ends() -> None:
    calendar = Calendar()

    assert calendar.working_days(date(2027, 3, 15), date(2027, 3, 22)) == 6.0
    assert calendar.working_days(SATURDAY, SATURDAY) == 0.0


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-08",
        "2027-02-15 am",
        "2027-02-15 pm",
        "2027-02-08..2027-02-12",
        "2027-02-08 pm..2027-02-12 am",
    ],
)
def test_time_off_is_written_as_it_is_read(text: str) -> None:
    assert str(TimeOff.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "..", "2027-02-12..2027-02-08", "2027-02-08..", "2027-02-08...2027-02-12"]
)
def test_time_off_that_ends_before_it_begins_or_cannot_be_read_is_refused(text: str) -> None:
    with pytest.raises(BadDate) as caught:
        TimeOff.parse(text)

    assert (caught.value.where, caught.value.field, caught.value.text) == ("", "", text)


def test_time_off_is_made_of_half_days_in_order() -> None:
    first, last = HalfDay(EASTER_MONDAY), HalfDay(GOOD_FRIDAY, pm=True)

    with pytest.raises(BadDate) as caught:
        TimeOff(first, last)

    assert (caught.value.where, caught.value.field) == ("", "")
    assert caught.value.text == "2027-03-29..2027-03-26"


def test_time_off_from_midday_to_midday_holds_an_afternoon_and_a_morning() -> None:
    time_off = TimeOff.parse("2027-02-08T12..2027-02-09T12")

    assert str(time_off) == "2027-02-08 pm..2027-02-09 am"
    assert len(time_off.slots) == 2


def test_a_holiday_of_ones_own_has_no_name() -> None:
    calendar = Calendar.of_country("FR", launch=LAUNCH, holidays=[SATURDAY])

    assert calendar.holidays[SATURDAY] == ""
