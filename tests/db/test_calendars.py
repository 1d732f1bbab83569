"""What decides the free times of a service is gathered whole, and in two queries."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import reading, transaction
from dimoslive.db.queries.calendars import service_calendar
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotOffered
from dimoslive.domain.scheduling.local_time import ATHENS, days_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.opening_hours import DatedHours
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import ServiceCalendar, free_slots, occupied_ticks
from tests.support.builders import TUESDAY, a_period, walls
from tests.support.database import counting
from tests.support.world import NOW, Town, a_service, a_town, an_absence, desk_ids, on_the_day, rows

OPEN = "09:00-10:00"
ALL = ["09:00", "09:10", "09:20", "09:30", "09:40", "09:50"]


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db, hours=OPEN)


def test_a_day_without_bookings_is_free(town: Town) -> None:
    assert free(town) == ALL


def test_bookings_and_holds_take_their_time(town: Town) -> None:
    town.a_booking("09:10")
    town.hold("09:40", by=town.citizen())
    assert free(town) == ["09:00", "09:20", "09:30", "09:50"]


def test_what_is_over_or_cancelled_takes_no_time(town: Town) -> None:
    free_again = {
        BookingStatus.EXPIRED,
        BookingStatus.CANCELLED_BY_CITIZEN,
        BookingStatus.CANCELLED_BY_MUNICIPALITY,
        BookingStatus.SERVED,
        BookingStatus.NO_SHOW,
    }
    for number, status in enumerate(BookingStatus):
        if status is not BookingStatus.HELD:
            a_row(town, status=status, starts="09:00" if status in free_again else "09:30", number=number)
    assert free(town) == ["09:00", "09:10", "09:20", "09:40", "09:50"]


def test_a_hold_that_ran_out_takes_no_time(town: Town) -> None:
    town.hold("09:10")
    town.clock.advance(minutes=9, seconds=59)
    assert "09:10" not in free(town)
    town.clock.advance(seconds=1)
    assert "09:10" in free(town)


def test_the_booking_that_is_moved_leaves_its_own_time_free(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.a_booking("09:20", by=town.citizen())
    assert free(town, ignoring=booking.id) == ["09:00", "09:10", "09:30", "09:40", "09:50"]


def test_a_time_is_free_while_one_desk_is(db: Engine) -> None:
    town = a_town(db, hours=OPEN, desks=2)
    town.a_booking("09:10")
    assert free(town) == ALL
    town.a_booking("09:10", by=town.citizen())
    assert free(town) == ["09:00", "09:20", "09:30", "09:40", "09:50"]


def test_a_desk_busy_with_one_service_is_busy_for_the_other(town: Town) -> None:
    other = town.another_service(hours=OPEN, duration_minutes=20, desks_of=town.service)
    town.a_booking("09:10", service=other)
    assert free(town) == ["09:00", "09:30", "09:40", "09:50"]


def test_services_with_other_desks_do_not_matter(town: Town) -> None:
    town.a_booking("09:10", service=town.another_service(hours=OPEN))
    assert free(town) == ALL


def test_a_booking_that_began_before_the_window_reaches_into_it(town: Town) -> None:
    long = town.another_service(hours=OPEN, duration_minutes=40, desks_of=town.service)
    town.a_booking("09:00", service=long)
    assert free(town, window=a_period("2026-11-24 09:30", "09:50")) == ["09:40"]


def test_buffers_reach_from_outside_into_the_window(town: Town) -> None:
    buffered = town.another_service(
        hours=OPEN, buffer_before_minutes=10, buffer_after_minutes=10, desks_of=town.service
    )
    town.a_booking("09:20", service=buffered)
    assert free(town) == ["09:00", "09:40", "09:50"]
    assert free(town, window=a_period("2026-11-24 09:30", "09:40")) == []


def test_a_closure_of_the_municipality_or_the_department_counts(town: Town) -> None:
    closed(town, "09:00", "09:20")
    closed(town, "09:40", "09:50", department_id=town.service.department_id)
    assert free(town) == ["09:20", "09:30", "09:50"]


def test_closures_of_another_department_or_municipality_do_not_count(town: Town) -> None:
    closed(town, "09:00", "10:00", department_id=town.another_service().department_id)
    with transaction(town.context.db) as tx:
        elsewhere = MunicipalityRow(**town.municipality.model_dump() | {"id": 9999, "slug": "elsewhere"})
        tx.add(elsewhere)
    closed(town, "09:00", "10:00", municipality_id=elsewhere.id)
    assert free(town) == ALL


def test_an_inactive_closure_is_a_suggestion(town: Town) -> None:
    closed(town, "09:00", "10:00", is_active=False)
    assert free(town) == ALL


def test_a_closure_that_spans_the_window_closes_it(town: Town) -> None:
    closed(town, "2026-11-01 00:00", "2026-12-31 00:00")
    assert free(town) == []


def test_an_absent_desk_serves_nobody(db: Engine) -> None:
    town = a_town(db, hours=OPEN, desks=2)
    with transaction(db) as tx:
        first, second = desk_ids(tx, town.service)
        an_absence(tx, first, starts_at=on_the_day("09:00"), ends_at=on_the_day("09:30"))
        an_absence(tx, second, starts_at=on_the_day("09:20"), ends_at=on_the_day("10:00"))
    assert {wall: desks(town, wall) for wall in ALL} == {
        "09:00": 1, "09:10": 1, "09:20": 0, "09:30": 1, "09:40": 1, "09:50": 1,
    }  # fmt: skip


def test_an_absence_at_another_desk_does_not_matter(town: Town) -> None:
    other = town.another_service()
    with transaction(town.context.db) as tx:
        [desk_id] = desk_ids(tx, other)
        an_absence(tx, desk_id, starts_at=on_the_day("09:00"), ends_at=on_the_day("10:00"))
    assert free(town) == ALL


def test_dated_hours_come_with_the_weekly_ones(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.add(OpeningHoursRow(service_id=town.service.id or 0, on_date=TUESDAY, opens=time(17), closes=time(17, 20)))
        tx.add(OpeningHoursRow(service_id=town.service.id or 0, on_date=date(2026, 11, 25)))
    assert free(town) == ["17:00", "17:10"]
    assert DatedHours(date(2026, 11, 25)) in calendar(town).dated


def test_the_rules_of_a_service_are_those_of_its_row(db: Engine) -> None:
    rules = {
        "duration_minutes": 25, "step_minutes": 20, "buffer_before_minutes": 5, "buffer_after_minutes": 10,
        "notice_minutes": 90,
        "notice_working_days": 2,
        "horizon_days": 30, "release_at": time(7, 30), "staff_reserve": 1,
    }  # fmt: skip
    gathered = calendar(a_town(db, **rules)).rules
    assert {name: getattr(gathered, name) for name in rules} == rules
    assert gathered.zone == ATHENS


@pytest.mark.parametrize("mode", Mode)
def test_a_mode_that_is_not_offered_has_no_calendar(sqlite_db: Engine, mode: Mode) -> None:
    letters = {Mode.VIDEO: "V", Mode.IN_PERSON: "P", Mode.PHONE: "T"}
    town = a_town(sqlite_db, modes=letters[mode])
    assert calendar(town, mode).busy
    for other in set(Mode) - {mode}:
        with pytest.raises(NotOffered):
            calendar(town, other)


def test_what_is_not_offered_has_no_calendar(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    assert calendar(town).busy
    with transaction(sqlite_db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = False
    with pytest.raises(NotOffered):
        calendar(town)
    with transaction(sqlite_db) as tx:
        tx.get_one(ServiceRow, town.service.id).is_active = True
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = None
    with pytest.raises(NotOffered):
        calendar(town)
    with reading(sqlite_db) as tx, pytest.raises(NotOffered):
        service_calendar(tx, 12345, Mode.VIDEO, _day(), NOW)


@pytest.mark.parametrize("size", [1, 8])
def test_two_queries_gather_a_calendar_of_any_size(db: Engine, size: int) -> None:
    town = a_town(db, desks=size)
    for number in range(size):
        citizen = town.citizen()
        town.a_booking(f"09:{number % 6}0", by=citizen)
        closed(town, "10:00", "11:00")
        with transaction(db) as tx:
            a_service(tx, town.municipality, desks_of=town.service)
    assert len(rows(db, BookingRow)) == size
    with counting(db) as statements:
        calendar(town, window=days_period(TUESDAY, TUESDAY + timedelta(days=size * 7), ATHENS))
    assert len(statements) == 2


def test_busy_times_are_found_by_index(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    with counting(sqlite_db) as statements:
        calendar(town)
    [(busy, parameters)] = [sent for sent in statements if "first_tick" in sent[0]]
    with sqlite_db.connect() as connection:
        plan = [line[-1] for line in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {busy}", parameters)]
    assert "USING INDEX booking_of_desk (desk_id=? AND first_tick>? AND first_tick<?)" in " ".join(plan)
    assert [line for line in plan if line.startswith("SCAN")] == []


def calendar(
    town: Town, mode: Mode = Mode.VIDEO, *, window: Period | None = None, ignoring: int | None = None
) -> ServiceCalendar:
    """The calendar of the town's service on the day."""
    with reading(town.context.db) as tx:
        return service_calendar(tx, town.service.id or 0, mode, window or _day(), town.clock.now(), ignoring=ignoring)


def free(town: Town, *, window: Period | None = None, ignoring: int | None = None) -> list[str]:
    """The free times, on the clock of Athens."""
    gathered = calendar(town, window=window, ignoring=ignoring)
    return walls(free_slots(gathered, Mode.VIDEO, window or _day(), town.clock.now()))


def desks(town: Town, wall: str) -> int:
    """How many desks are free at a time."""
    gathered = calendar(town)
    slots = free_slots(gathered, Mode.VIDEO, _day(), town.clock.now())
    return sum(len(slot.desk_ids) for slot in slots if slot.starts_at == on_the_day(wall))


def closed(town: Town, starts: str, ends: str, **words: Any) -> None:
    """A closure of the town."""
    usual: dict[str, Any] = {"municipality_id": town.municipality.id, "reason_el": "Απεργία", "reason_en": "Strike"}
    with transaction(town.context.db) as tx:
        tx.add(ClosureRow(**usual | words, starts_at=on_the_day(starts), ends_at=on_the_day(ends)))


def a_row(town: Town, *, status: BookingStatus, starts: str, number: int) -> None:
    """A booking in any status, with no claims."""
    starts_at = on_the_day(starts)
    occupied = occupied_ticks(calendar(town).rules, starts_at)
    with transaction(town.context.db) as tx:
        tx.add(
            BookingRow(
                reference=make_reference(number),
                status=status,
                municipality_id=town.municipality.id,
                service_id=town.service.id or 0,
                desk_id=desk_ids(tx, town.service)[0],
                mode="video",
                starts_at=starts_at,
                ends_at=starts_at + timedelta(minutes=10),
                first_tick=occupied.start,
                end_tick=occupied.stop,
                created_at=NOW,
            )
        )


def _day() -> Period:
    return days_period(TUESDAY, TUESDAY, ATHENS)
