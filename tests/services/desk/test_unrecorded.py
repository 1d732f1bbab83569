"""What days past left without an outcome is listed within the scope, and settled many at a time, each checked."""

import pytest
from sqlalchemy import Engine

from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import ChangedByOther, NotFound, NotPossibleNow
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.list_unrecorded import list_unrecorded
from dimoslive.services.desk.settle_bookings import settle_bookings
from tests.support.database import counting
from tests.support.lists import change, place_of, pressed, seen, within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, a_town, on_the_day, rows, statuses

_S = BookingStatus


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def listed(town: Town, official: Official) -> list[str]:
    return [line.reference for line in list_unrecorded(town.context, official, place_of(town, official)).lines]


def test_a_day_is_listed_when_it_is_over_in_greece_newest_day_first(town: Town, official: Official) -> None:
    late, early = town.a_booking("14:00"), town.a_booking("09:00", by=town.citizen())
    monday = town.a_booking("2026-11-23 09:00", by=town.citizen())
    town.clock.set(on_the_day("23:59"))
    assert listed(town, official) == [monday.reference]
    town.clock.set(on_the_day("2026-11-25 00:00"))
    assert listed(town, official) == [early.reference, late.reference, monday.reference]


def test_what_has_an_outcome_or_was_never_booked_is_not_listed(town: Town, official: Official) -> None:
    served, cancelled, open_one = (town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in "012")
    town.hold("10:00")
    town.clock.set(on_the_day("12:00"))
    pressed(town, official, Press.SERVED, served)
    change(town, cancelled, status=_S.CANCELLED_BY_MUNICIPALITY.value)
    change(town, open_one, status=_S.WAITING.value)
    town.clock.set(on_the_day("2026-11-25 09:00"))
    assert listed(town, official) == [open_one.reference]


def test_a_line_says_who_what_and_where(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    town.clock.set(on_the_day("2026-11-25 09:00"))
    [line] = list_unrecorded(town.context, official, place_of(town, official)).lines
    assert (line.person.listed, line.person.said) == ("ΠΑΠΑΔΟΠΟΥΛΟΥ ΕΛΕΝΗ", "ΕΛΕΝΗ ΠΑΠΑΔΟΠΟΥΛΟΥ")
    assert (line.service_name["en"], line.department_name["en"]) == ("Certificate", "Civil Registry")
    assert "ΠΑΠΑΔΟΠΟΥΛΟΥ" not in repr(line)


def test_only_bookings_of_the_officials_departments_and_municipality_are_listed(town: Town, official: Official) -> None:
    other = town.another_service()
    ours, theirs = town.a_booking("09:00"), town.a_booking("09:00", by=town.citizen(), service=other)
    town.clock.set(on_the_day("2026-11-25 09:00"))
    clerk = within(town, official, other.department_id)
    assert listed(town, official) == [ours.reference, theirs.reference]
    assert listed(town, clerk) == [theirs.reference]
    place = place_of(town, official)
    assert list_unrecorded(town.context, enter_foreign_official(town), place).lines == ()


def test_only_the_newest_are_listed_and_all_are_counted(
    town: Town, official: Official, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimoslive.services.desk.list_unrecorded.MAX_LISTED", 2)
    bookings = [town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in range(3)]
    town.clock.set(on_the_day("2026-11-25 09:00"))
    with counting(town.context.db) as statements:
        found = list_unrecorded(town.context, official, place_of(town, official))
    assert ([line.reference for line in found.lines], found.total) == ([one.reference for one in bookings[1:]], 3)
    assert len(statements) == 3


def test_the_list_is_answered_by_the_index_of_what_is_open(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    official = enter_official(town)
    with counting(sqlite_db) as statements:
        list_unrecorded(town.context, official, place_of(town, official))
    [(query, parameters)] = [one for one in statements if "FROM booking JOIN" in one[0]]
    with sqlite_db.connect() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", parameters).all()
    assert any("open_of_municipality" in row[-1] for row in plan)


def test_many_are_settled_by_one_press(town: Town, official: Official) -> None:
    bookings = [town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in range(3)]
    town.clock.set(on_the_day("2026-11-25 09:00"))
    settled = settle_bookings(town.context, official, Press.SERVED, [seen(booking) for booking in bookings])
    assert ([one.reference for one in settled.done], settled.refused) == ([one.reference for one in bookings], ())
    assert statuses(town.context.db) == {_S.SERVED: 3}
    # Nobody knows when they began: no service time is invented.
    assert {row.started_at for row in rows(town.context.db, BookingRow)} == {None}
    assert listed(town, official) == []


def test_those_that_changed_meanwhile_are_left_and_reported(town: Town, official: Official) -> None:
    colleague = enter_foreign_official(town)
    fine, missed, cancelled = (town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")) for minute in "012")
    town.clock.set(on_the_day("2026-11-25 09:00"))
    pressed(town, official, Press.NO_SHOW, missed)
    change(town, cancelled, status=_S.CANCELLED_BY_CITIZEN.value)
    settled = settle_bookings(town.context, official, Press.SERVED, [seen(one) for one in (fine, missed, cancelled)])
    assert [one.reference for one in settled.done] == [fine.reference]
    assert [(one.reference, type(one.refusal)) for one in settled.refused] == [
        (missed.reference, ChangedByOther),
        (cancelled.reference, ChangedByOther),
    ]
    foreign = settle_bookings(town.context, colleague, Press.NO_SHOW, [seen(fine, _S.SERVED)])
    assert [type(one.refusal) for one in foreign.refused] == [NotFound]
    assert town.row(missed).status == _S.NO_SHOW.value


def test_the_same_press_twice_is_one_effect(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    town.clock.set(on_the_day("2026-11-25 09:00"))
    for _ in range(2):
        settled = settle_bookings(town.context, official, Press.NO_SHOW, [seen(booking)])
        assert settled.refused == ()
    events = [row.action for row in rows(town.context.db, BookingEventRow) if row.official_id]
    assert events == ["no_show"]


@pytest.mark.parametrize("press", sorted(set(Press) - {Press.SERVED, Press.NO_SHOW}))
def test_no_other_press_settles_many(sqlite_db: Engine, press: Press) -> None:
    town = a_town(sqlite_db)
    with pytest.raises(NotPossibleNow):
        settle_bookings(town.context, enter_official(town), press, [])


def test_more_than_a_page_can_show_are_refused(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    booking = town.a_booking("09:00")
    with pytest.raises(NotPossibleNow):
        settle_bookings(town.context, enter_official(town), Press.SERVED, [seen(booking)] * 201)
