"""What the wizard's pages show, in words. Days and hours are those of November 2026."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from dimoslive.domain.catalogue.service import OfferedService
from dimoslive.domain.scheduling.local_time import ATHENS, by_local_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import Texts, texts_of
from dimoslive.ui.citizen.booking.view_models import (
    Day,
    Month,
    show_month,
    show_services,
    show_times,
    zone_line,
)
from tests.support.builders import TUESDAY, at

EL, EN = texts_of("el"), texts_of("en")
MELBOURNE, NEW_YORK, HELSINKI = "Australia/Melbourne", "America/New_York", "Europe/Helsinki"
NOVEMBER, LAST = date(2026, 11, 1), date(2027, 1, 19)
TODAY = date(2026, 11, 22)


def free(*walls: str) -> list[int]:
    """Free times: ``free("24 09:00", "25 10:30")``."""
    return [int(at(f"2026-11-{wall}").timestamp()) for wall in walls]


def a_month(slots: Sequence[int] = (), *, first: date = NOVEMBER, chosen: date | None = None) -> Month:
    return show_month(first, by_local_day(slots, ATHENS), chosen, TODAY, LAST, EL)


def day_of(month: Month, number: int) -> Day:
    [found] = [day for week in month.weeks for day in week if day.number == str(number)]
    return found


def a_service(
    number: int, department: str = "Τμήμα Δημοτολογίου", modes: tuple[Mode, ...] = tuple(Mode)
) -> OfferedService:
    return OfferedService(
        id=number,
        slug=f"service-{number}",
        name={"el": f"Υπηρεσία {number}", "en": f"Service {number}"},
        department={"el": department, "en": "Civil Registry"},
        modes=modes,
        duration_minutes=10,
        documents={"el": "Ταυτότητα", "en": "Identity card"},
        instructions={"el": "", "en": ""},
        online_url="",
    )


def test_a_month_begins_on_monday_and_leaves_the_days_of_others_blank() -> None:
    month = a_month()

    assert month.title == "Νοέμβριος 2026"
    assert [len(week) for week in month.weeks] == [7] * 6
    assert [day.number for day in month.weeks[0]] == [""] * 6 + ["1"]
    assert [day.number for day in month.weeks[-1]] == ["30"] + [""] * 6
    assert month.weeks[0][0] == Day()


def test_a_day_is_named_with_its_date_and_how_many_times_are_free() -> None:
    month = a_month(free("24 09:00", "25 09:00", "25 09:30"))

    assert day_of(month, 24).name == "Τρίτη 24 Νοεμβρίου 2026, 1 διαθέσιμη ώρα"
    assert day_of(month, 25).name == "Τετάρτη 25 Νοεμβρίου 2026, 2 διαθέσιμες ώρες"
    assert day_of(month, 26).name == "Πέμπτη 26 Νοεμβρίου 2026, καμία διαθέσιμη ώρα"


@pytest.mark.parametrize(("times", "kind"), [(0, "none"), (1, "few"), (3, "few"), (4, "free")])
def test_few_free_times_are_marked_as_few(times: int, kind: str) -> None:
    day = day_of(a_month(free(*[f"24 09:{minute:02}" for minute in range(0, times * 10, 10)])), 24)

    assert day.kind == kind
    assert day.is_free == (times > 0)


def test_today_and_the_chosen_day_are_marked_and_no_other() -> None:
    month = a_month(free("24 09:00"), chosen=TUESDAY)
    days = [day for week in month.weeks for day in week]

    assert [day.number for day in days if day.is_chosen] == ["24"]
    assert [day.number for day in days if day.is_today] == ["22"]


@pytest.mark.parametrize(
    ("first", "previous", "following"),
    [
        (NOVEMBER, "", "2026-12-01"),
        (date(2026, 12, 1), "2026-11-01", "2027-01-01"),
        (date(2027, 1, 1), "2026-12-01", ""),
    ],
)
def test_months_lead_from_today_to_the_last_day_that_can_be_booked(first: date, previous: str, following: str) -> None:
    month = a_month(first=first)

    assert (month.previous, month.next) == (previous, following)


def test_only_the_days_of_the_month_are_counted_as_free() -> None:
    slots = [*free("24 09:00", "25 09:00"), int(at("2026-12-01 09:00").timestamp())]

    assert a_month(slots).free_days == 2


def test_free_times_fall_on_the_date_of_the_visitors_own_calendar() -> None:
    slots = free("24 08:30", "24 15:00")

    assert list(by_local_day(slots, ATHENS)) == [TUESDAY]
    assert list(by_local_day(slots, MELBOURNE)) == [TUESDAY, date(2026, 11, 25)]
    assert list(by_local_day(slots, NEW_YORK)) == [TUESDAY]


def test_times_stand_under_the_part_of_the_day_that_they_have_where_the_visitor_is() -> None:
    slots = free("24 08:30", "24 12:00", "24 15:00", "24 19:00")

    here = show_times(TUESDAY, slots, ATHENS, ATHENS, 0, EL)
    there = show_times(TUESDAY, slots[:1], MELBOURNE, ATHENS, 0, EL)

    assert [part.title for part in here.parts] == ["Πρωί", "Μεσημέρι", "Απόγευμα", "Βράδυ"]
    assert [part.title for part in there.parts] == ["Απόγευμα"]
    assert (here.title, here.count) == ("Τρίτη 24 Νοεμβρίου", "4 διαθέσιμες ώρες")


def test_a_time_in_another_zone_carries_greek_time_in_its_name() -> None:
    [slot] = free("24 09:00")

    [time] = show_times(TUESDAY, [slot], MELBOURNE, ATHENS, 0, EL).parts[0].times

    assert (time.label, time.greek, time.name) == ("6:00 μμ", "9:00 πμ", "6:00 μμ, ώρα Ελλάδας 9:00 πμ")
    assert datetime.fromtimestamp(time.at, UTC) == at("2026-11-24 09:00")


def test_a_time_in_greece_or_where_the_clock_shows_the_same_stands_alone() -> None:
    for zone in (ATHENS, HELSINKI):
        [time] = show_times(TUESDAY, free("24 09:00"), zone, ATHENS, 0, EL).parts[0].times

        assert (time.greek, time.name) == ("", "9:00 πμ")


def test_the_held_time_is_the_chosen_one() -> None:
    slots = free("24 09:00", "24 09:30")
    times = show_times(TUESDAY, slots, ATHENS, ATHENS, slots[1], EL).parts[0].times

    assert [time.is_chosen for time in times] == [False, True]


@pytest.mark.parametrize(
    ("wall", "offset"),
    [("2026-03-28 10:00", "UTC+02:00"), ("2026-03-30 10:00", "UTC+03:00"), ("2026-11-24 10:00", "UTC+02:00")],
)
def test_the_zone_is_told_with_the_offset_that_is_true_on_that_date(wall: str, offset: str) -> None:
    assert f"(1 Μαΐου: {offset})" in zone_line(at(wall), ATHENS, ATHENS, "1 Μαΐου", EL)


def test_another_zone_is_told_by_its_city() -> None:
    line = zone_line(at("2026-11-24 10:00"), NEW_YORK, ATHENS, "24 November", EN)

    assert "New York (UTC-05:00" in line.replace("\N{MINUS SIGN}", "-")


@pytest.mark.parametrize(
    ("zone", "t", "place"),
    [
        ("Australia/Melbourne", EL, "Μελβούρνη"),
        ("America/New_York", EL, "Νέα Υόρκη"),
        ("Asia/Calcutta", EN, "Kolkata"),
    ],
)
def test_a_zone_is_named_by_its_place_in_the_language_of_the_page(zone: str, t: Texts, place: str) -> None:
    assert place in zone_line(at("2026-11-24 10:00"), zone, ATHENS, "24 Νοεμβρίου", t)


def test_services_stand_under_their_department_said_once() -> None:
    shown = show_services([a_service(1), a_service(2), a_service(3, "Ταμειακή Υπηρεσία")], EL)

    assert [(one.name, one.starts_department) for one in shown] == [
        ("Υπηρεσία 1", True),
        ("Υπηρεσία 2", False),
        ("Υπηρεσία 3", True),
    ]


def test_a_service_offers_its_own_modes_only_in_words() -> None:
    [shown] = show_services([a_service(1, modes=(Mode.VIDEO, Mode.IN_PERSON))], EL)

    assert [(mode.key, mode.label) for mode in shown.modes] == [
        ("video", "Τηλεδιάσκεψη"),
        ("in_person", "Φυσική Παρουσία"),
    ]
    assert shown.duration == "10 λεπτά"


def test_the_same_in_english() -> None:
    [service] = show_services([a_service(1)], EN)
    month = show_month(NOVEMBER, by_local_day(free("24 09:00"), ATHENS), None, TODAY, LAST, EN)

    assert (service.name, service.department, service.documents) == ("Service 1", "Civil Registry", "Identity card")
    assert (month.title, day_of(month, 24).name) == ("November 2026", "Tuesday 24 November 2026, 1 free time")
