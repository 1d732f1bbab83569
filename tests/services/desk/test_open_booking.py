"""An official's page of one booking: all of it, within the scope, in a fixed number of queries."""

import asyncio

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.official import OfficialRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import Press
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.open_booking import open_booking
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.database import counting
from tests.support.desk import as_head, pressed, seen, without_account
from tests.support.meeting import a_meeting, enter_foreign_official, enter_official, wait, without_video
from tests.support.world import Town, a_municipality, a_service, a_town, on_the_day


@pytest.fixture
def official(town: Town) -> Official:
    official = enter_official(town)
    with transaction(town.context.db) as tx:
        row = tx.get_one(OfficialRow, official.id)
        row.first_name, row.last_name = "Μαρία", "Οικονόμου"
    return official


@pytest.fixture
def booking(town: Town) -> Booking:
    return without_video(town, "09:10")


def test_it_shows_where_the_booking_stands_since_when_and_by_whom(
    town: Town, official: Official, booking: Booking
) -> None:
    shown = open_booking(town.context, official, booking.reference)
    assert (shown.booking.status, shown.since, shown.since_by) == (BookingStatus.BOOKED, town.clock.now(), "")
    assert (shown.desk.is_lane, shown.consent is not None, shown.told_by) == (False, True, "")
    town.clock.set(on_the_day("09:05"))
    pressed(town, official, booking, Press.ARRIVED)
    town.clock.advance(minutes=1)
    write_note(town.context, official, booking.reference, "Με παιδί")
    shown = open_booking(town.context, official, booking.reference)
    assert (shown.since, shown.since_by) == (on_the_day("09:05"), "Μ. Οικονόμου")
    assert [(change.action, change.by, change.is_officials) for change in shown.history] == [
        ("arrived", "Μ. Οικονόμου", True),
        ("booked", "", False),
    ]
    assert [(note.by, note.text) for note in shown.notes] == [("Μ. Οικονόμου", "Με παιδί")]
    assert shown.presses[0] is Press.START


def test_what_became_of_each_message_is_told(town: Town, official: Official, booking: Booking) -> None:
    [delivery] = open_booking(town.context, official, booking.reference).deliveries
    assert (delivery.event, delivery.sent_at, delivery.failed_at) == ("booking.confirmed", None, None)
    asyncio.run(deliver_events(town.context, MAIL))
    cancel_by_municipality(town.context, official, seen(town, booking), "Ασθένεια", at_citizens_wish=False)
    newest, first = open_booking(town.context, official, booking.reference).deliveries
    assert (newest.event, newest.sent_at, first.sent_at) == ("booking.cancelled", None, town.clock.now())


def test_other_bookings_are_those_of_the_same_citizen_or_telephone_within_the_scope(
    town: Town, official: Official, booking: Booking
) -> None:
    second, theirs = town.another_service(), town.another_service()
    of_citizen = town.a_booking("10:00", service=second)
    by_phone = town.a_booking("10:00", service=theirs, by=town.citizen())
    without_account(town, by_phone)
    with transaction(town.context.db) as tx:
        elsewhere = a_service(tx, a_municipality(tx, "Δράμας", slug="drama"))
    town.a_booking("11:00", service=elsewhere)
    town.hold("12:00", service=town.another_service())
    others = open_booking(town.context, official, booking.reference).others
    assert {other.reference for other in others} == {of_citizen.reference, by_phone.reference}

    right = StaffRight(
        town.municipality.id, department_ids=frozenset({town.service.department_id, second.department_id})
    )
    scoped = Official(official.id, "", "", frozenset({right}))
    assert [other.reference for other in open_booking(town.context, scoped, booking.reference).others] == [
        of_citizen.reference
    ]


def test_what_is_foreign_out_of_scope_or_unknown_is_not_found(town: Town, booking: Booking) -> None:
    hidden = StaffRight(town.municipality.id, department_ids=frozenset({town.another_service().department_id}))
    hold = town.hold("12:00", by=town.citizen())
    for who, reference in (
        (enter_foreign_official(town), booking.reference),
        (Official(1, "", "", frozenset({hidden})), booking.reference),
        (Official(1, "", "", frozenset({StaffRight(town.municipality.id)})), "x" * 5000),
        (Official(1, "", "", frozenset({StaffRight(town.municipality.id)})), hold.reference),
    ):
        with pytest.raises(NotFound):
            open_booking(town.context, who, reference)


def test_an_erased_one_has_its_row_without_the_person_and_nothing_to_be_done(
    town: Town, official: Official, booking: Booking
) -> None:
    write_note(town.context, official, booking.reference, "Με παιδί")
    town.clock.set(on_the_day("10:00"))
    pressed(town, official, booking, Press.NO_SHOW)
    town.clock.advance(days=40)
    erase_old_data(town.context)
    shown = open_booking(town.context, official, booking.reference)
    assert (shown.erased_at, shown.booking.details.name, shown.notes) == (town.clock.now(), "", ())
    assert (shown.presses, shown.offers, shown.others) == ((), type(shown.offers)(), ())
    assert shown.booking.period == booking.period


def test_what_is_offered_goes_with_status_and_right(town: Town, official: Official, booking: Booking) -> None:
    def offers(who: Official = official) -> set[str]:
        shown = open_booking(town.context, who, booking.reference).offers
        return {name for name in shown.__slots__ if getattr(shown, name)}

    always = {"can_note", "can_note_identity"}
    to_come = always | {"can_move", "can_hand_over", "can_cancel", "can_change", "can_send_again"}
    assert offers() == to_come
    town.clock.set(on_the_day("09:10"))
    pressed(town, official, booking, Press.START)
    assert offers() == to_come - {"can_move", "can_cancel"}
    pressed(town, official, booking, Press.SERVED)
    assert offers() == always | {"can_correct", "can_put_back"}
    town.clock.set(on_the_day("2026-11-25 00:01"))
    assert offers() == always | {"is_late"}
    assert offers(as_head(town, official)) == always | {"is_late", "can_correct"}


def test_a_meetings_door_is_open_and_who_waits_can_be_admitted(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    assert open_booking(town.context, official, booking.reference).offers.can_enter
    assert not open_booking(town.context, official, booking.reference).offers.can_admit
    wait(town, booking)
    assert open_booking(town.context, official, booking.reference).offers.can_admit
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    assert not open_booking(town.context, official, booking.reference).offers.can_admit


def test_the_number_of_queries_does_not_grow(sqlite_db: Engine) -> None:
    town = a_town(sqlite_db)
    official, booking = enter_official(town), without_video(town, "09:10")
    with counting(sqlite_db) as few:
        open_booking(town.context, official, booking.reference)
    for minute in range(2):
        town.clock.advance(minutes=minute + 1)
        write_note(town.context, official, booking.reference, f"Σημείωση {minute}")
        town.a_booking("10:00", service=town.another_service())
    with counting(sqlite_db) as many:
        open_booking(town.context, official, booking.reference)
    assert len(few) == len(many) <= 8
