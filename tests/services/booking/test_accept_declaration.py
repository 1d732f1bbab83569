"""Whom an official booked for declares before the waiting room; the links are enough for all else."""

import asyncio
from datetime import timedelta

import pytest

from dimoslive.db.engine import reading
from dimoslive.db.queries.bookings import booking_with_service
from dimoslive.db.rows.booking import to_booking
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import DeclarationNeeded, InvalidInput, NotFound, TooEarly
from dimoslive.domain.people.principals import LinkHolder, Official
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.declarations import declaration_of
from dimoslive.services.booking.accept_declaration import accept_declaration
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.booking.export_calendar import linked_calendar_file
from dimoslive.services.booking.show_linked_booking import show_linked_booking
from dimoslive.services.draft.start_move import start_move
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.find_participant import JoinRequest, check_may_enter, find_participant
from dimoslive.services.meeting.note_presence import note_presence
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.close_meetings import close_meetings
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from tests.support.arranging import book_at_desk, stefanos
from tests.support.meeting import enter_official, link_token
from tests.support.ports import RecordingMailer
from tests.support.world import Town, on_the_day

DECLARATION = declaration_of(Mode.VIDEO, "el")
ANNA = stefanos(name="Άννα Ρήγα", email="anna@example.com")


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def by_video(town: Town, official: Official) -> tuple[Booking, str]:
    """Anna's teleconference, and the link of her mail."""
    booking = book_at_desk(town, official, "09:10", mode=Mode.VIDEO, person=ANNA)
    return booking, link_token(town, booking)


def test_the_mail_leads_to_the_page_and_the_meeting_and_promises_no_move(town: Town, official: Official) -> None:
    book_at_desk(town, official, "09:10", mode=Mode.VIDEO, person=ANNA)
    mailer = town.context.mailer
    assert isinstance(mailer, RecordingMailer)
    asyncio.run(deliver_events(town.context, MAIL))
    [mail] = mailer.sent
    text = mail.get_body(("plain",)).get_content()
    assert mail["To"] == "anna@example.com"
    assert "Άννα Ρήγα" in text
    assert "/meeting?link=" in text
    assert "do=cancel" in text
    assert "do=move" not in text
    assert "/my-bookings" not in text


def test_the_link_opens_it_and_its_calendar_file_and_cancels_it(town: Town, official: Official) -> None:
    booking, token = by_video(town, official)
    holder, shown = show_linked_booking(town.context, token)
    assert (shown.reference, shown.has_account) == (booking.reference, False)
    assert booking.reference.encode() in linked_calendar_file(town.context, token).content
    cancelled = cancel_booking(town.context, holder, booking.reference)
    assert cancelled.status is BookingStatus.CANCELLED_BY_CITIZEN
    assert town.claims_of(booking) == 0


def test_no_citizen_reaches_it(town: Town, official: Official) -> None:
    booking, _ = by_video(town, official)
    with pytest.raises(NotFound):
        start_move(town.context, town.eleni, booking.reference)


def test_nobody_waits_before_the_declaration_is_made(town: Town, official: Official) -> None:
    booking, token = by_video(town, official)
    join = JoinRequest(link=token)
    participant = find_participant(town.context, join)
    with pytest.raises(DeclarationNeeded):
        check_may_enter(participant, town.clock.now())
    town.clock.set(on_the_day("09:05"))
    for refused in (
        lambda: check_may_enter(participant, town.clock.now()),
        lambda: note_presence(town.context, participant),
    ):
        with pytest.raises(DeclarationNeeded):
            refused()

    holder = LinkHolder(booking.id)
    with pytest.raises(InvalidInput):
        accept_declaration(town.context, holder, booking.reference, DECLARATION, is_ticked=False)
    for _ in range(2):
        accept_declaration(town.context, holder, booking.reference, DECLARATION, is_ticked=True)
    row = town.row(booking)
    assert (row.consent_at, row.consent_sha256) == (on_the_day("09:05"), DECLARATION.sha256)
    participant = find_participant(town.context, join)
    assert participant.name == "Άννα Ρήγα"
    assert not participant.is_confirmed
    check_may_enter(participant, town.clock.now())
    assert note_presence(town.context, participant) is not None
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    assert town.row(booking).status == "in_service"


def test_who_declared_is_told_only_that_it_is_early(town: Town, official: Official) -> None:
    booking, token = by_video(town, official)
    accept_declaration(town.context, LinkHolder(booking.id), booking.reference, DECLARATION, is_ticked=True)
    with pytest.raises(TooEarly):
        check_may_enter(find_participant(town.context, JoinRequest(link=token)), town.clock.now())


def test_the_wording_of_another_mode_is_no_declaration(town: Town, official: Official) -> None:
    booking, _ = by_video(town, official)
    other = declaration_of(Mode.IN_PERSON, "el")
    with pytest.raises(InvalidInput):
        accept_declaration(town.context, LinkHolder(booking.id), booking.reference, other, is_ticked=True)


def test_a_citizen_s_own_booking_needs_no_second_declaration(town: Town) -> None:
    booking = town.a_booking("09:10")
    assert (booking.is_declared, booking.has_account) == (True, True)


def test_the_door_closes_behind_it_and_retention_erases_it_with_its_links(town: Town, official: Official) -> None:
    booking, token = by_video(town, official)
    accept_declaration(town.context, LinkHolder(booking.id), booking.reference, DECLARATION, is_ticked=True)
    town.clock.set(on_the_day("09:10"))
    note_presence(town.context, find_participant(town.context, JoinRequest(link=token)))
    town.clock.advance(hours=3)
    assert close_meetings(town.context) == 1
    town.clock.advance(days=40)
    erase_old_data(town.context)
    row = town.row(booking)
    assert (row.person_name, row.name_key, row.email, row.phone, row.subject) == ("", "", "", "", "")
    assert row.erased_at is not None
    with pytest.raises(NotFound):
        show_linked_booking(town.context, token)
    with reading(town.context.db) as tx:
        assert to_booking(booking_with_service(tx, row.id or 0)).details.name == ""
        assert tx.get_one(BookingRow, booking.id).ends_at - row.starts_at == timedelta(minutes=10)
