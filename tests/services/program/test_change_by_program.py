"""A program moves and cancels: as the desk does, in the version that it has seen."""

from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import InvalidInput, NotFound, Paused, SlotTaken, TooLate
from dimoslive.domain.keys.errors import StatusNotAllowed, VersionChanged
from dimoslive.domain.people.principals import ApiKey
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.open_booking import open_booking
from dimoslive.services.program.change_by_program import (
    CancelWish,
    MoveWish,
    SeenVersion,
    cancel_by_program,
    move_by_program,
)
from tests.support.meeting import enter_official
from tests.support.programs import a_program, book_as_program, reference_alone
from tests.support.world import Town, a_municipality, a_town, assert_nothing_booked_twice, on_the_day, rows

BY_CITIZEN, BY_TOWN = BookingStatus.CANCELLED_BY_CITIZEN, BookingStatus.CANCELLED_BY_MUNICIPALITY


@pytest.fixture
def town(sqlite_db: Engine) -> Town:
    """What the database decides here is tested with the desk, whose steps these are."""
    return a_town(sqlite_db)


def move(town: Town, key: ApiKey, reference: str, wall: str, version: int | None = None, **words: Any) -> Any:
    wish, seen = MoveWish(on_the_day(wall), **words), SeenVersion(reference, version)
    return move_by_program(town.context, key, seen, wish, None, reference_alone)


def cancel(town: Town, key: ApiKey, reference: str, by: BookingStatus = BY_TOWN, **words: Any) -> Any:
    seen = SeenVersion(reference, words.pop("version", None))
    wish = CancelWish(by, words.pop("reason", "Ο υπάλληλος ασθενεί"), **words)
    return cancel_by_program(town.context, key, seen, wish, None, reference_alone)


def events(town: Town) -> list[str]:
    return [row.event for row in rows(town.context.db, OutboxRow)]


def of(town: Town, reference: str) -> BookingRow:
    return next(row for row in rows(town.context.db, BookingRow) if row.reference == reference)


def test_a_citizens_booking_is_moved_and_their_moves_are_not_used_up(town: Town) -> None:
    booking: Booking = town.a_booking("10:00")
    move(town, a_program(town), booking.reference, "11:00")
    row = town.row(booking)
    assert (row.starts_at, row.reschedule_count, row.sequence) == (on_the_day("11:00"), 0, 1)
    assert row.first_starts_at == on_the_day("10:00")
    assert events(town)[-1] == "booking.rescheduled"
    assert_nothing_booked_twice(town.context.db)


def test_who_has_no_address_is_to_be_phoned_unless_nobody_is_to_be_told(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    move(town, key, reference, "11:00", tells=False)
    assert (rows(town.context.db, CallTaskRow), events(town)) == ([], ["booking.confirmed"])
    move(town, key, reference, "12:00")
    assert [call.kind for call in rows(town.context.db, CallTaskRow)] == ["moved"]
    cancel(town, key, reference)
    assert [call.kind for call in rows(town.context.db, CallTaskRow)] == ["moved", "cancelled"]


def test_moving_to_where_it_is_changes_nothing(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    version = of(town, reference).version
    move(town, key, reference, "10:00")
    assert of(town, reference).version == version


def test_the_old_time_is_safe_until_the_new_one_is(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    town.a_booking("11:00")
    with pytest.raises(SlotTaken):
        move(town, key, reference, "11:00")
    assert of(town, reference).starts_at == on_the_day("10:00")
    assert_nothing_booked_twice(town.context.db)


def test_a_version_that_is_not_the_one_seen_is_refused_with_the_one_that_is(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    seen = of(town, reference).version
    move(town, key, reference, "11:00", seen)
    for change in (
        lambda: move(town, key, reference, "12:00", seen),
        lambda: cancel(town, key, reference, version=seen),
    ):
        with pytest.raises(VersionChanged) as refused:
            change()
        assert refused.value.params == {"version": seen + 1}


def test_cancelled_twice_is_cancelled_once(town: Town) -> None:
    key = a_program(town)
    booking = town.a_booking("10:00")
    cancel(town, key, booking.reference)
    once = town.row(booking)
    cancel(town, key, booking.reference, BY_CITIZEN)
    again = town.row(booking)
    assert (again.status, again.version, again.cancelled_at) == (once.status, once.version, once.cancelled_at)
    assert once.status == "cancelled_by_municipality"
    assert events(town) == ["booking.confirmed", "booking.cancelled"]
    # Somebody else may have it, after a while.
    town.wait_for_freed()
    book_as_program(town, key, "10:00")


def test_what_is_over_or_being_served_is_not_moved(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    town.clock.set(on_the_day("10:30"))
    with pytest.raises(TooLate):
        move(town, key, reference, "12:00")
    town.clock.set(on_the_day("2026-11-25 09:00"))
    with pytest.raises(TooLate):
        cancel(town, key, reference)
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, of(town, reference).id).status = BookingStatus.SERVED.value
    for change in (lambda: move(town, key, reference, "2026-11-26 12:00"), lambda: cancel(town, key, reference)):
        with pytest.raises(StatusNotAllowed):
            change()


def test_a_mode_that_needs_a_telephone_is_not_given_to_whoever_has_none(town: Town) -> None:
    key, booking = a_program(town), town.a_booking("10:00")
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, booking.id).phone = ""
    with pytest.raises(InvalidInput, match="mode_without_phone"):
        move(town, key, booking.reference, "11:00", mode=Mode.PHONE)


def test_while_the_municipality_is_paused_nothing_is_written(town: Town) -> None:
    key = a_program(town)
    reference = book_as_program(town, key, "10:00")
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).paused_at = town.clock.now()
    for change in (lambda: move(town, key, reference, "11:00"), lambda: cancel(town, key, reference)):
        with pytest.raises(Paused):
            change()


def test_another_municipalitys_booking_is_as_unknown_as_one_that_never_was(town: Town) -> None:
    booking = town.a_booking("10:00")
    with transaction(town.context.db) as tx:
        drama = a_municipality(tx, "Δράμας", slug="drama")
    stranger = a_program(town, municipality_id=drama.id)
    for reference in (booking.reference, "K7PM3XQ9"):
        with pytest.raises(NotFound):
            move(town, stranger, reference, "11:00")
        with pytest.raises(NotFound):
            cancel(town, stranger, reference)


def test_the_desk_is_told_which_program_it_was(town: Town) -> None:
    key, nikos = a_program(town), enter_official(town)
    reference = book_as_program(town, key, "10:00")
    move(town, key, reference, "11:00")
    cancel(town, key, reference)
    shown = open_booking(town.context, nikos, reference)
    program = "Τηλεφωνικό κέντρο"
    assert (shown.source, shown.made_by, shown.told_by) == ("api", program, program)
    assert [(change.action, change.by) for change in shown.history] == [
        ("cancelled_by_staff", program),
        ("moved", program),
        ("booked", program),
    ]
    assert all(change.is_officials for change in shown.history)
    assert shown.since_by == program
