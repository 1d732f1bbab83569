"""Who may join a teleconference, and what the waiting room knows."""

import asyncio

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import OfficialRightRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import (
    DomainError,
    MeetingCancelled,
    MeetingOver,
    NotAMeeting,
    NotFound,
    NotSignedIn,
    TooEarly,
)
from dimoslive.domain.meeting.meeting import PRESENT_FOR, IdentityDocument, Outcome, Role
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.note_absence import note_absence
from dimoslive.services.meeting.note_presence import Queue, note_presence
from dimoslive.services.meeting.record_identity import record_identity
from dimoslive.services.meeting.see_meeting import see_meeting
from dimoslive.services.meeting.switch_to_phone import switch_to_phone
from tests.support.meeting import (
    ZOE,
    a_meeting,
    a_meeting_for,
    a_participant,
    enter_foreign_official,
    enter_official,
    link_token,
    meeting,
    session_token,
    staff_token,
    wait,
    without_video,
)
from tests.support.world import Town, a_town, assert_nothing_booked_twice, on_the_day, rows


def test_the_citizen_comes_with_the_session_or_the_mails_link(town: Town) -> None:
    booking = a_meeting(town)
    signed_in = find_participant(
        town.context, JoinRequest(reference=booking.reference, session_token=session_token(town))
    )
    by_link = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    both = find_participant(
        town.context, JoinRequest(link=link_token(town, booking), session_token=session_token(town))
    )
    for participant in (signed_in, by_link, both):
        assert (participant.role, participant.official, participant.booking) == (Role.CITIZEN, None, booking)
        assert participant.person == signed_in.person
    assert [participant.is_confirmed for participant in (signed_in, by_link, both)] == [True, False, True]


def test_nobody_is_called_in_a_meeting_by_a_name_that_was_typed_for_another(town: Town) -> None:
    booking = a_meeting_for(town, "ΝΙΚΟΣ ΔΗΜΟΥ")
    for join_request in (
        JoinRequest(reference=booking.reference, session_token=session_token(town)),
        JoinRequest(link=link_token(town, booking)),
    ):
        assert find_participant(town.context, join_request).name == town.eleni.full_name


def test_somebody_elses_session_confirms_nothing(town: Town) -> None:
    booking = a_meeting(town)
    stranger = session_token(town, town.citizen())
    assert not find_participant(
        town.context, JoinRequest(link=link_token(town, booking), session_token=stranger)
    ).is_confirmed
    assert refusal(town, JoinRequest(reference=booking.reference, session_token=stranger)) is NotFound


def test_who_shows_nothing_is_asked_to_sign_in(town: Town) -> None:
    booking = a_meeting(town)
    for join_request in (
        JoinRequest(reference=booking.reference),
        JoinRequest(reference=booking.reference, session_token="x"),
        JoinRequest(reference=booking.reference, as_official=True),
        JoinRequest(),
    ):
        assert refusal(town, join_request) is NotSignedIn


def test_a_link_opens_its_own_meeting_alone(town: Town) -> None:
    first = town.a_booking("09:10")
    other = town.a_booking("09:20", by=town.citizen())
    town.clock.set(on_the_day("09:05"))
    assert (
        find_participant(town.context, JoinRequest(link=link_token(town, other), reference=first.reference)).booking
        == other
    )
    assert refusal(town, JoinRequest(link="no such link", reference=first.reference)) is NotFound


def test_an_official_comes_with_the_staff_cookie_and_no_other(town: Town) -> None:
    booking = a_meeting(town)
    official = enter_official(town)
    staff = staff_token(town)
    join_request = JoinRequest(reference=booking.reference, as_official=True, staff_token=staff)
    participant = find_participant(town.context, join_request)
    assert (participant.role, participant.name, participant.official) == (Role.OFFICIAL, "ΝΙΚΟΣ ΔΗΜΟΥ", official)
    as_citizen = JoinRequest(reference=booking.reference, session_token=staff)
    assert refusal(town, as_citizen) is NotSignedIn
    as_official = JoinRequest(reference=booking.reference, as_official=True, staff_token=session_token(town))
    assert refusal(town, as_official) is NotSignedIn


def test_a_citizens_link_makes_no_official(town: Town) -> None:
    booking = a_meeting(town)
    assert refusal(town, JoinRequest(link=link_token(town, booking), as_official=True)) is NotSignedIn


def test_an_official_of_another_municipality_finds_nothing(town: Town) -> None:
    booking = a_meeting(town)
    enter_foreign_official(town)
    staff = staff_token(town, ZOE)
    for reference in (booking.reference, "K7PM3XQ9", "", "'"):
        assert refusal(town, JoinRequest(reference=reference, as_official=True, staff_token=staff)) is NotFound


def test_a_hold_has_no_meeting(town: Town) -> None:
    hold = town.hold("09:10")
    town.clock.set(on_the_day("09:05"))
    enter_official(town)
    assert refusal(town, JoinRequest(reference=hold.reference, session_token=session_token(town))) is NotFound
    official = JoinRequest(reference=hold.reference, as_official=True, staff_token=staff_token(town))
    assert refusal(town, official) is NotFound


def test_rights_taken_away_count_at_once(town: Town) -> None:
    booking = a_meeting(town)
    official = enter_official(town)
    join_request = JoinRequest(reference=booking.reference, as_official=True, staff_token=staff_token(town))
    assert find_participant(town.context, join_request).official == official
    with transaction(town.context.db) as tx:
        tx.delete(tx.get_one(OfficialRightRow, (official.id, town.municipality.id)))
    assert refusal(town, join_request) is NotSignedIn


def test_who_asks_to_join_changes_nothing(town: Town) -> None:
    booking = a_meeting(town)
    a_participant(town, booking)
    assert see_meeting(town.context, booking.id).waiting_since is None
    assert rows(town.context.db, MeetingRow) == []
    assert town.row(booking).status == BookingStatus.BOOKED


def test_presence_makes_a_booking_wait(town: Town) -> None:
    booking = a_meeting(town)
    came_at = town.clock.now()
    assert wait(town, booking) == Queue(ahead=0, delay_minutes=0)
    town.clock.advance(seconds=4)
    wait(town, booking)
    assert town.row(booking).status == BookingStatus.WAITING
    row = meeting(town, booking)
    assert (row.waiting_since, row.seen_at) == (came_at, town.clock.now())
    state = see_meeting(town.context, booking.id)
    assert (state.waiting_since, state.is_confirmed, state.is_on) == (came_at, True, False)


def test_the_waiting_are_confirmed_as_those_who_wait_now(town: Town) -> None:
    booking = a_meeting(town)
    by_link = find_participant(town.context, JoinRequest(link=link_token(town, booking)))
    note_presence(town.context, by_link)
    assert not meeting(town, booking).is_confirmed
    wait(town, booking)
    assert meeting(town, booking).is_confirmed
    note_presence(town.context, by_link)
    assert not meeting(town, booking).is_confirmed


def test_nobody_waits_before_a_meeting_opens_or_after_it_closed(town: Town) -> None:
    booking = town.a_booking("09:10")
    town.clock.set(on_the_day("08:59"))
    participant = a_participant(town, booking)
    with pytest.raises(TooEarly):
        note_presence(town.context, participant)
    town.clock.set(on_the_day("10:20"))
    with pytest.raises(MeetingOver):
        note_presence(town.context, participant)
    assert rows(town.context.db, MeetingRow) == []


def test_a_booking_at_the_counter_has_no_waiting_room(town: Town) -> None:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:05"))
    with pytest.raises(NotAMeeting):
        wait(town, booking)


def test_a_booking_cancelled_meanwhile_waits_no_longer(town: Town) -> None:
    booking = a_meeting(town)
    participant = a_participant(town, booking)
    note_presence(town.context, participant)
    cancel_booking(town.context, town.eleni, booking.reference)
    with pytest.raises(MeetingCancelled):
        note_presence(town.context, participant)
    assert town.row(booking).status == BookingStatus.CANCELLED_BY_CITIZEN


def test_who_was_let_in_waits_no_longer(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    participant = a_participant(town, booking)
    note_presence(town.context, participant)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    before = meeting(town, booking)
    town.clock.advance(minutes=1)
    assert note_presence(town.context, participant, goes_on=True) is None
    assert (town.row(booking).status, meeting(town, booking)) == (BookingStatus.IN_SERVICE, before)


def test_the_delay_is_counted_from_the_booked_time(town: Town) -> None:
    booking = a_meeting(town)
    town.clock.set(on_the_day("09:10"))
    assert wait(town, booking).delay_minutes == 0
    town.clock.advance(minutes=7, seconds=59)
    assert wait(town, booking).delay_minutes == 7


def test_those_ahead_are_those_who_wait_at_the_same_desk_for_an_earlier_time(town: Town) -> None:
    other_desk = town.another_service()
    nikos, maria, anna = (town.citizen(name) for name in ("Νίκος Γεωργίου", "Μαρία Αλεξίου", "Άννα Δήμου"))
    first = town.a_booking("09:00", by=nikos)
    mine = town.a_booking("09:10")
    later = town.a_booking("09:20", by=maria)
    elsewhere = town.a_booking("09:00", by=anna, service=other_desk)
    town.clock.set(on_the_day("09:12"))
    assert wait(town, mine).ahead == 0
    wait(town, elsewhere, by=anna)
    wait(town, later, by=maria)
    assert wait(town, mine).ahead == 0
    wait(town, first, by=nikos)
    assert wait(town, mine).ahead == 1
    assert wait(town, later, by=maria).ahead == 2
    assert wait(town, first, by=nikos).ahead == 0


def test_who_waits_for_a_time_of_the_day_before_is_ahead_of_nobody(town: Town) -> None:
    nikos = town.citizen()
    yesterday = town.a_booking("2026-11-24 09:10", by=nikos)
    mine = town.a_booking("2026-11-25 09:20")
    town.clock.set(on_the_day("2026-11-25 09:15"))
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, yesterday.id).status = BookingStatus.WAITING.value
        tx.add(MeetingRow(booking_id=yesterday.id, municipality_id=town.municipality.id or 0, seen_at=town.clock.now()))
    assert wait(town, mine).ahead == 0


def test_who_left_or_fell_silent_is_ahead_of_nobody(town: Town) -> None:
    nikos = town.citizen()
    first = town.a_booking("09:00", by=nikos)
    mine = town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    wait(town, first, by=nikos)
    assert wait(town, mine).ahead == 1
    note_absence(town.context, first.id)
    assert wait(town, mine).ahead == 0
    wait(town, first, by=nikos)
    town.clock.advance(seconds=PRESENT_FOR.total_seconds())
    assert wait(town, mine).ahead == 0


def test_who_is_being_served_is_ahead_of_nobody(town: Town) -> None:
    nikos = town.citizen()
    first = town.a_booking("09:00", by=nikos)
    mine = town.a_booking("09:10")
    town.clock.set(on_the_day("09:05"))
    wait(town, first, by=nikos)
    asyncio.run(admit_citizen(town.context, enter_official(town), first.reference))
    assert wait(town, mine).ahead == 0


def test_who_left_before_coming_leaves_nothing(town: Town) -> None:
    booking = a_meeting(town)
    note_absence(town.context, booking.id)
    assert rows(town.context.db, MeetingRow) == []


def test_who_comes_after_all_is_awaited_anew_and_has_the_time_again(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    town.clock.advance(minutes=5)
    wait(town, booking)
    assert town.row(booking).status == BookingStatus.WAITING
    state = see_meeting(town.context, booking.id)
    assert (state.is_on, state.waiting_since) == (False, town.clock.now())
    assert_nothing_booked_twice(town.context.db)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    assert see_meeting(town.context, booking.id).is_on


def test_who_waited_when_the_no_show_was_noted_does_not_undo_it(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    participant = a_participant(town, booking)
    note_presence(town.context, participant)
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    with pytest.raises(MeetingOver):
        note_presence(town.context, participant, goes_on=True)
    assert (town.row(booking).status, meeting(town, booking).outcome) == (BookingStatus.NO_SHOW, "no_show")


def test_who_comes_after_all_has_shown_no_document_and_was_not_called(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wait(town, booking)
    asyncio.run(admit_citizen(town.context, official, booking.reference))
    record_identity(town.context, official, booking.reference, IdentityDocument.PASSPORT)
    switch_to_phone(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    wait(town, booking)
    row = meeting(town, booking)
    assert (row.identity_document, row.identity_at, row.phone_at) == ("", None, None)


def test_who_comes_after_all_does_not_take_the_time_from_the_next(db: Engine) -> None:
    town = a_town(db, notice_minutes=0)
    booking, official, nikos = a_meeting(town), enter_official(town), town.citizen()
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    next_one = town.a_booking("09:10", by=nikos)
    wait(town, booking)
    assert town.row(booking).status == BookingStatus.WAITING
    assert {claim.booking_id for claim in rows(db, ClaimRow)} == {next_one.id}


def refusal(town: Town, join_request: JoinRequest) -> type[DomainError]:
    """How a join request is refused."""
    with pytest.raises(DomainError) as refused:
        find_participant(town.context, join_request)
    return type(refused.value)
