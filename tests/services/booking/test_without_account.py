"""Whom an official booked for has no account: the mail's link is all they have, and it is enough."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from dimoslive.db.engine import transaction
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound, NotPossibleNow
from dimoslive.domain.events import BookingConfirmed
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.export_calendar import linked_calendar_file
from dimoslive.services.booking.find_staff_change import StaffChange, find_staff_change
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.change_details import change_details, desk_details_of
from dimoslive.services.desk.write_note import write_note
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_presence import note_presence
from dimoslive.services.meeting.send_back_if_weaker import send_back_if_weaker
from dimoslive.services.meeting.switch_to_phone import switch_to_phone
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.outbox.publish_event import publish_event
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.desk import rewrite, seen, without_account
from tests.support.meeting import enter_official, link_token
from tests.support.world import Town, on_the_day


@pytest.fixture
def booking(town: Town) -> Booking:
    """A teleconference at 9:10; it is 9:05."""
    booking = town.a_booking("09:10")
    without_account(town, booking, person_name="Άννα Δήμου")
    town.clock.set(on_the_day("09:05"))
    return booking


def test_the_link_opens_it_saves_it_and_cancels_it(town: Town, booking: Booking) -> None:
    token = link_token(town, booking)
    holder, shown = show_linked_booking(town.context, token)
    assert (shown.details.name, shown.citizen_id, shown.signed_in_name) == ("Άννα Δήμου", 0, "")
    assert b"BEGIN:VCALENDAR" in linked_calendar_file(town.context, token).content
    assert cancel_booking(town.context, holder, booking.reference).status is BookingStatus.CANCELLED_BY_CITIZEN


def test_the_link_leads_through_the_whole_meeting(town: Town, booking: Booking) -> None:
    official = enter_official(town)
    citizen = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    assert (citizen.name, citizen.is_confirmed) == ("Άννα Δήμου", False)
    assert note_presence(town.context, citizen) is not None
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    assert not send_back_if_weaker(town.context, citizen)
    assert switch_to_phone(town.context, official, booking.reference).e164 == "+306912345678"
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    assert town.row(booking).status == BookingStatus.SERVED


def test_without_a_number_nobody_goes_on_by_telephone(town: Town, booking: Booking) -> None:
    rewrite(town, booking, phone="")
    with pytest.raises(NotPossibleNow):
        switch_to_phone(town.context, enter_official(town), booking.reference)


def test_a_meeting_that_nobody_ended_ends_by_itself(town: Town, booking: Booking) -> None:
    note_presence(town.context, find_participant(town.context, JoinRequest(link=link_token(town, booking))))
    town.clock.advance(hours=2)
    assert close_meetings(town.context) == 1


def test_a_mail_without_an_address_or_a_number_is_none_and_no_mistake(town: Town, booking: Booking) -> None:
    asyncio.run(deliver_events(town.context, MAIL))
    rewrite(town, booking, phone="", mode="phone")
    _confirm(town, booking)
    assert asyncio.run(deliver_events(town.context, MAIL)).sent == 1
    rewrite(town, booking, email="")
    _confirm(town, booking)
    assert asyncio.run(deliver_events(town.context, MAIL)).sent == 0


def _confirm(town: Town, booking: Booking) -> None:
    shown = show_linked_booking(town.context, link_token(town, booking))[1]
    with transaction(town.context.db) as tx:
        publish_event(tx, BookingConfirmed(shown), town.clock.now())


def test_what_the_municipality_cancelled_says_why(town: Town, booking: Booking) -> None:
    token = link_token(town, booking)
    cancel_by_municipality(
        town.context, enter_official(town), seen(town, booking), "Ο υπάλληλος ασθενεί.", at_citizens_wish=False
    )
    shown = show_linked_booking(town.context, token)[1]
    assert (shown.status, shown.cancel_reason) == (BookingStatus.CANCELLED_BY_MUNICIPALITY, "Ο υπάλληλος ασθενεί.")


def test_what_an_official_changed_is_told_until_the_citizen_has_the_last_word(town: Town) -> None:
    booking, official = town.a_booking("09:10"), enter_official(town)
    assert find_staff_change(town.context, town.eleni, booking.reference) is None
    shown = desk_details_of(town.row(booking))
    town.clock.advance(minutes=1)
    changed_at = town.clock.now()
    change_details(town.context, official, booking.reference, shown, replace(shown, subject="Άλλο"), tells=True)
    write_note(town.context, official, booking.reference, "Το ζήτησε η ίδια")
    change = find_staff_change(town.context, town.eleni, booking.reference)
    assert change == StaffChange(changed_at, is_of_time=False)
    town.move(booking, "10:00")
    assert find_staff_change(town.context, town.eleni, booking.reference) is None
    with pytest.raises(NotFound):
        find_staff_change(town.context, town.citizen(), booking.reference)


def test_a_citizens_own_reason_is_for_the_municipality(town: Town, booking: Booking) -> None:
    token = link_token(town, booking)
    cancel_booking(town.context, show_linked_booking(town.context, token)[0], booking.reference, "Αρρώστησα")
    assert show_linked_booking(town.context, token)[1].cancel_reason == ""


def test_the_term_erases_it_like_others(town: Town, booking: Booking) -> None:
    token = link_token(town, booking)
    town.clock.set(on_the_day("09:20") + timedelta(days=30, seconds=1))
    assert erase_old_data(town.context).bookings == 1
    assert town.row(booking).person_name == ""
    with pytest.raises(NotFound):
        show_linked_booking(town.context, token)
