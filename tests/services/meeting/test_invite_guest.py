"""An official's invite lets a third person into one meeting, until it ends."""

from functools import partial

import pytest

from dimoslive.crypto import token_hash
from dimoslive.db.tables.meeting import MeetingGuestRow, MeetingRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import (
    InvalidInput,
    MeetingCancelled,
    MeetingOver,
    NotAMeeting,
    NotFound,
    NotSignedIn,
    TooEarly,
    TooManyGuests,
)
from dimoslive.domain.meeting.meeting import MAX_GUESTS, Outcome, Role
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.meeting.admit_citizen import admit_citizen
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.invite_guest import GuestInvite, invite_guest
from dimoslive.services.upkeep.close_meetings import close_meetings
from tests.support.meeting import (
    ANNA,
    a_meeting,
    enter_foreign_official,
    enter_official,
    refused,
    session_token,
    wait,
    without_video,
)
from tests.support.rivals import at_once
from tests.support.world import Town, on_the_day, rows

NAME = "Μαρία Διερμηνέα"


def test_a_guest_comes_with_the_invitation_alone(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    invited = invite_guest(town.context, official, booking.reference, f"  {NAME} ")
    assert invited.name == NAME
    participant = find_participant(town.context, JoinRequest(guest=invited.token))
    assert (participant.role, participant.name, participant.booking) == (Role.GUEST, NAME, booking)
    assert (participant.is_confirmed, participant.official) == (False, None)


def test_of_the_invitation_the_hash_is_kept_and_who_made_it(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    invited = invite_guest(town.context, official, booking.reference, NAME)
    [row] = rows(town.context.db, MeetingGuestRow)
    assert row.model_dump(exclude={"id"}) == {
        "booking_id": booking.id,
        "token_hash": token_hash(invited.token),
        "name": NAME,
        "invited_by": official.id,
        "invited_at": town.clock.now(),
    }
    assert invited.token not in f"{row} {invited}"


def test_a_guest_stays_a_guest_whoever_is_signed_in(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    token = invite_guest(town.context, official, booking.reference, NAME).token
    join_request = JoinRequest(guest=token, reference=booking.reference, session_token=session_token(town))
    assert find_participant(town.context, join_request).role is Role.GUEST
    with pytest.raises(NotSignedIn):
        find_participant(town.context, JoinRequest(guest=token, reference=booking.reference, as_official=True))


def test_two_guests_are_two_persons_with_a_link_each(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    first, second = (invite_guest(town.context, official, booking.reference, NAME) for _ in range(2))
    persons = {find_participant(town.context, JoinRequest(guest=one.token)).person for one in (first, second)}
    assert len(persons) == 2


def test_more_guests_than_a_meeting_has_room_for_are_not_invited(town: Town) -> None:
    other = town.a_booking("09:20", by=town.citizen())
    booking, official, anna = a_meeting(town, now="09:12"), enter_official(town), enter_official(town, ANNA)
    for inviting in (official, anna):
        invite_guest(town.context, inviting, booking.reference, NAME)
    for inviting in (official, anna):
        with pytest.raises(TooManyGuests) as refusal:
            invite_guest(town.context, inviting, booking.reference, NAME)
        assert refusal.value.params == {"limit": MAX_GUESTS}
    invite_guest(town.context, official, other.reference, NAME)


def test_of_invitations_made_at_once_no_more_than_allowed_count(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    invite = partial(invite_guest, town.context, official, booking.reference, NAME)
    join_request = partial(refused_join_request, town)
    at_once([join_request] * 16)  # a connection each: opening one would make them take turns
    made = at_once([invite] * 16)
    assert sum(isinstance(one, GuestInvite) for one in made) == MAX_GUESTS
    assert len(rows(town.context.db, MeetingGuestRow)) == MAX_GUESTS


@pytest.mark.parametrize(
    ("name", "code"),
    [("", "required"), ("\u00a0\u2800\u3164", "required"), ("α" * 101, "too_long"), ("Μα\x07", "control_characters")],
    ids=["empty", "shows nothing", "long", "control"],
)
def test_a_guest_has_a_name_that_fits(town: Town, name: str, code: str) -> None:
    booking, official = a_meeting(town), enter_official(town)
    with pytest.raises(InvalidInput) as refusal:
        invite_guest(town.context, official, booking.reference, name)
    assert (refusal.value.field, refusal.value.code) == ("name", code)
    assert rows(town.context.db, MeetingGuestRow) == []
    assert invite_guest(town.context, official, booking.reference, "α" * 100).name == "α" * 100


async def test_nobody_is_invited_to_what_is_no_open_meeting(town: Town) -> None:
    booking, official = town.a_booking("09:10"), enter_official(town)
    cancelled = town.a_booking("09:20", by=(nikos := town.citizen()))
    at_the_counter = without_video(town, "09:30", by=town.citizen())
    await refused(TooEarly, invite_guest, town, official, booking, NAME)
    town.clock.set(on_the_day("09:10"))
    cancel_booking(town.context, nikos, cancelled.reference)
    await refused(MeetingCancelled, invite_guest, town, official, cancelled, NAME)
    await refused(NotAMeeting, invite_guest, town, official, at_the_counter, NAME)
    await refused(NotFound, invite_guest, town, enter_foreign_official(town), booking, NAME)
    town.clock.set(on_the_day("10:20"))
    await refused(MeetingOver, invite_guest, town, official, booking, NAME)
    assert rows(town.context.db, MeetingGuestRow) == []


async def test_when_the_meeting_ends_its_guests_are_forgotten_and_no_others(town: Town) -> None:
    other = town.a_booking("09:20", by=town.citizen())
    booking, official = a_meeting(town, now="09:12"), enter_official(town)
    over, going_on = (
        invite_guest(town.context, official, meeting.reference, NAME).token for meeting in (booking, other)
    )
    wait(town, booking)
    await admit_citizen(town.context, official, booking.reference)
    end_meeting(town.context, official, booking.reference, Outcome.SERVED)
    with pytest.raises(NotFound):
        find_participant(town.context, JoinRequest(guest=over))
    await refused(MeetingOver, invite_guest, town, official, booking, NAME)
    assert find_participant(town.context, JoinRequest(guest=going_on)).booking == other
    assert [row.booking_id for row in rows(town.context.db, MeetingGuestRow)] == [other.id]


def test_guests_of_a_meeting_that_nobody_ended_are_forgotten_after_its_time_is_over(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    invite_guest(town.context, official, booking.reference, NAME)
    town.clock.set(on_the_day("10:19"))
    close_meetings(town.context)
    assert len(rows(town.context.db, MeetingGuestRow)) == 1
    town.clock.set(on_the_day("10:20"))
    close_meetings(town.context)
    assert rows(town.context.db, MeetingGuestRow) == []


def test_an_invitation_is_no_sign_of_the_citizen(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    token = invite_guest(town.context, official, booking.reference, NAME).token
    find_participant(town.context, JoinRequest(guest=token))
    assert rows(town.context.db, MeetingRow) == []
    assert town.row(booking).status == BookingStatus.BOOKED


def test_an_invitation_that_was_never_made_opens_nothing(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    for token in ("x" * 43, "\ud800", booking.reference):
        with pytest.raises(NotFound):
            find_participant(town.context, JoinRequest(guest=token))


def refused_join_request(town: Town) -> None:
    """Somebody with nothing to show."""
    with pytest.raises(NotFound):
        find_participant(town.context, JoinRequest(guest="x"))
