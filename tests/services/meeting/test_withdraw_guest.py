"""What an official invited, an official can take back."""

import pytest

from dimoslive.db.tables.meeting import MeetingGuestRow
from dimoslive.domain.errors import NotFound, TooManyGuests
from dimoslive.domain.meeting.meeting import MAX_GUESTS, Outcome
from dimoslive.services.meeting.end_meeting import end_meeting
from dimoslive.services.meeting.find_participant import JoinRequest, find_participant
from dimoslive.services.meeting.invite_guest import GuestInvite, invite_guest
from dimoslive.services.meeting.see_guests import InvitedGuest, see_guests
from dimoslive.services.meeting.withdraw_guest import withdraw_guest
from tests.support.meeting import ANNA, a_meeting, enter_foreign_official, enter_official, refused
from tests.support.rivals import at_once
from tests.support.world import Town, rows

NAME, OTHER = "Μαρία Διερμηνέα", "Άννα Νοηματική"


def test_officials_see_who_is_invited_to_this_meeting_and_no_link(town: Town) -> None:
    other = town.a_booking("09:20", by=town.citizen())
    booking, official = a_meeting(town, now="09:12"), enter_official(town)
    assert see_guests(town.context, booking.id) == []
    first, second = (invite_guest(town.context, official, booking.reference, name) for name in (NAME, OTHER))
    invite_guest(town.context, official, other.reference, NAME)
    seen = see_guests(town.context, booking.id)
    assert seen == [InvitedGuest(first.id, NAME), InvitedGuest(second.id, OTHER)]
    assert first.token not in str(seen)


def test_a_withdrawn_link_opens_nothing_and_the_other_one_still_does(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    wrong, right = (invite_guest(town.context, official, booking.reference, name) for name in (NAME, OTHER))
    withdraw_guest(town.context, official, booking.reference, wrong.id)
    with pytest.raises(NotFound):
        find_participant(town.context, JoinRequest(guest=wrong.token))
    assert find_participant(town.context, JoinRequest(guest=right.token)).name == OTHER
    assert see_guests(town.context, booking.id) == [InvitedGuest(right.id, OTHER)]


def test_a_colleague_withdraws_too_and_the_place_is_free_for_another(town: Town) -> None:
    booking, official, anna = a_meeting(town), enter_official(town), enter_official(town, ANNA)
    made = [invite_guest(town.context, official, booking.reference, NAME) for _ in range(MAX_GUESTS)]
    with pytest.raises(TooManyGuests):
        invite_guest(town.context, official, booking.reference, OTHER)
    withdraw_guest(town.context, anna, booking.reference, made[-1].id)
    again = invite_guest(town.context, official, booking.reference, OTHER)
    assert again.id not in {one.id for one in made}
    assert find_participant(town.context, JoinRequest(guest=again.token)).name == OTHER
    assert len(rows(town.context.db, MeetingGuestRow)) == MAX_GUESTS


async def test_an_official_of_elsewhere_withdraws_nobody(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    invited = invite_guest(town.context, official, booking.reference, NAME)
    await refused(NotFound, withdraw_guest, town, enter_foreign_official(town), booking, invited.id)
    assert find_participant(town.context, JoinRequest(guest=invited.token)).name == NAME


def test_a_guest_of_another_booking_or_of_none_is_left_alone(town: Town) -> None:
    other = town.a_booking("09:20", by=town.citizen())
    booking, official = a_meeting(town, now="09:12"), enter_official(town)
    kept = [invite_guest(town.context, official, one.reference, NAME) for one in (booking, other)]
    for wrong in (kept[1].id, 0, -1, 987_654, 2**31, 10**30):
        withdraw_guest(town.context, official, booking.reference, wrong)
    for invited in kept:
        assert find_participant(town.context, JoinRequest(guest=invited.token)).name == NAME


def test_withdrawing_twice_or_after_the_end_changes_nothing(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    first, second = (invite_guest(town.context, official, booking.reference, NAME) for _ in range(2))
    for _ in range(2):
        withdraw_guest(town.context, official, booking.reference, first.id)
    assert [row.id for row in rows(town.context.db, MeetingGuestRow)] == [second.id]
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    withdraw_guest(town.context, official, booking.reference, second.id)
    assert rows(town.context.db, MeetingGuestRow) == []


def test_of_invitations_made_at_once_with_a_withdrawal_at_most_one_counts(town: Town) -> None:
    booking, official = a_meeting(town), enter_official(town)
    made = [invite_guest(town.context, official, booking.reference, NAME) for _ in range(MAX_GUESTS)]

    def withdraw() -> None:
        withdraw_guest(town.context, official, booking.reference, made[0].id)

    def invite() -> GuestInvite:
        return invite_guest(town.context, official, booking.reference, OTHER)

    results = at_once([withdraw, *[invite] * 7])
    again = sum(isinstance(one, GuestInvite) for one in results)
    assert again <= 1
    assert len(rows(town.context.db, MeetingGuestRow)) == MAX_GUESTS - 1 + again
