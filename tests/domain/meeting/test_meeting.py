from datetime import timedelta
from typing import Any

import pytest

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import TRANSITIONS, BookingStatus
from dimoslive.domain.errors import DomainError, MeetingCancelled, MeetingOver, NotAMeeting, TooEarly
from dimoslive.domain.meeting.meeting import (
    MAX_PEOPLE,
    STATUS_AFTER,
    IdentityDocument,
    Outcome,
    can_end_with,
    check_can_enter,
    meeting_times,
)
from dimoslive.domain.scheduling.mode import Mode
from tests.integrations.booked import a_booking
from tests.support.builders import at

SECOND = timedelta(seconds=1)
OPENS, STARTS, ENDS, CLOSES = (at(f"2026-11-24 {wall}") for wall in ("09:00", "09:10", "09:20", "10:20"))
S = BookingStatus
OPEN = [S.BOOKED, S.WAITING, S.IN_SERVICE, S.NO_SHOW]


def test_the_door_opens_ten_minutes_before_the_start() -> None:
    with pytest.raises(TooEarly):
        check_can_enter(a_meeting(), OPENS - SECOND)
    check_can_enter(a_meeting(), OPENS)


def test_the_door_closes_sixty_minutes_after_the_end() -> None:
    check_can_enter(a_meeting(), CLOSES - SECOND)
    with pytest.raises(MeetingOver):
        check_can_enter(a_meeting(), CLOSES)


def test_the_times_of_the_door_are_told() -> None:
    times = meeting_times(a_meeting())
    assert (times.opens_at, times.closes_at) == (OPENS, CLOSES)


@pytest.mark.parametrize("status", OPEN)
def test_the_door_is_open_until_the_meeting_is_over(status: BookingStatus) -> None:
    check_can_enter(a_meeting(status=status), STARTS)


@pytest.mark.parametrize("status", sorted(set(S) - set(OPEN)))
def test_what_is_over_cancelled_or_never_was_has_no_door(status: BookingStatus) -> None:
    is_cancelled = status in {S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_MUNICIPALITY}
    with pytest.raises(MeetingCancelled if is_cancelled else MeetingOver):
        check_can_enter(a_meeting(status=status), STARTS)


@pytest.mark.parametrize("mode", sorted(set(Mode) - {Mode.VIDEO}))
def test_other_bookings_are_no_meetings(mode: Mode) -> None:
    with pytest.raises(NotAMeeting):
        check_can_enter(a_meeting(mode=mode), STARTS)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"mode": Mode.IN_PERSON, "status": S.CANCELLED_BY_CITIZEN}, NotAMeeting),
        ({"status": S.CANCELLED_BY_CITIZEN}, MeetingCancelled),
        ({"status": S.SERVED}, MeetingOver),
    ],
)
def test_why_there_is_no_meeting_is_told_before_when(words: dict[str, Any], refusal: type[DomainError]) -> None:
    with pytest.raises(refusal):
        check_can_enter(a_meeting(**words), OPENS - SECOND)
    with pytest.raises(refusal):
        check_can_enter(a_meeting(**words), CLOSES + SECOND)


def test_every_outcome_says_what_becomes_of_the_booking() -> None:
    assert set(STATUS_AFTER) == set(Outcome)
    assert STATUS_AFTER[Outcome.NO_SHOW] is S.NO_SHOW
    assert {outcome for outcome, status in STATUS_AFTER.items() if status is S.SERVED} == {
        Outcome.SERVED,
        Outcome.REFERRED,
    }


@pytest.mark.parametrize("outcome", Outcome)
def test_an_admitted_citizens_meeting_can_end_in_any_way(outcome: Outcome) -> None:
    assert STATUS_AFTER[outcome] in TRANSITIONS[S.IN_SERVICE]


@pytest.mark.parametrize("status", [S.BOOKED, S.WAITING])
def test_who_was_not_admitted_was_not_served(status: BookingStatus) -> None:
    ends = {STATUS_AFTER[outcome] for outcome in Outcome if can_end_with(outcome, status)}
    assert ends == {S.NO_SHOW, S.NOT_SERVED}
    assert ends <= TRANSITIONS[status]


def test_a_provider_that_fails_sends_the_citizen_back_to_wait() -> None:
    assert S.WAITING in TRANSITIONS[S.IN_SERVICE]


def test_there_is_room_for_an_interpreter_and_a_second_official() -> None:
    assert MAX_PEOPLE == 4


def test_of_a_document_only_its_kind_is_known() -> None:
    assert set(IdentityDocument) == {"identity_card", "passport", "residence_permit", "driving_licence"}


def a_meeting(**words: Any) -> Booking:
    """A teleconference at 9:10."""
    return a_booking("2026-11-24 09:10", **({"mode": Mode.VIDEO} | words))
