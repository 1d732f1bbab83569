"""What was settled wrongly is corrected: the same day by anybody who serves, later by heads, with a reason."""

import pytest

from dimoslive.db.tables.booking import ClaimRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.outbox import OutboxRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.presses import NotServedReason, Press
from dimoslive.domain.errors import ChangedByOther, InvalidInput, NotFound, NotPossibleNow
from dimoslive.domain.meeting.meeting import Outcome
from dimoslive.domain.people.principals import Official
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.desk.correct_outcome import correct_outcome
from dimoslive.services.desk.press_booking import PressWords, SeenBooking
from dimoslive.services.meeting.end_meeting import end_meeting
from tests.support.desk import as_head, pressed, seen
from tests.support.meeting import (
    a_meeting,
    enter_foreign_official,
    enter_official,
    meeting,
    wait,
    without_video,
)
from tests.support.world import Town, on_the_day, rows

_S = BookingStatus


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


@pytest.fixture
def served(town: Town, official: Official) -> Booking:
    """Started at 9:10, served at 9:15."""
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("09:10"))
    pressed(town, official, booking, Press.START)
    town.clock.set(on_the_day("09:15"))
    pressed(town, official, booking, Press.SERVED)
    return booking


def test_it_goes_back_to_where_it_was_with_what_is_left_of_its_time(
    town: Town, official: Official, served: Booking
) -> None:
    town.clock.set(on_the_day("09:16"))
    done = correct_outcome(town.context, official, seen(town, served), None)
    row = town.row(served)
    assert (done.status, row.status) == (_S.IN_SERVICE, _S.IN_SERVICE)
    assert (row.started_at, row.ended_at, row.outcome) == (on_the_day("09:10"), None, "")
    assert [claim.tick for claim in rows(town.context.db, ClaimRow)] == [row.end_tick - 1]
    assert rows(town.context.db, BookingEventRow)[-1].action == "corrected"
    assert [event.event for event in rows(town.context.db, OutboxRow)] == ["booking.confirmed"], "nobody is mailed"


def test_another_end_is_chosen_and_no_time_is_invented(town: Town, official: Official, served: Booking) -> None:
    correct_outcome(town.context, official, seen(town, served), _S.NO_SHOW)
    row = town.row(served)
    assert (row.status, row.outcome, row.arrived_at, row.started_at) == (_S.NO_SHOW, "no_show", None, None)

    words = PressWords(NotServedReason.OTHER, "Έφυγε πριν τελειώσουμε")
    correct_outcome(town.context, official, seen(town, served), _S.NOT_SERVED, words)
    row = town.row(served)
    assert (row.status, row.outcome, row.outcome_note) == (_S.NOT_SERVED, "other", "Έφυγε πριν τελειώσουμε")
    assert rows(town.context.db, ClaimRow) == []


def test_why_somebody_was_not_served_is_asked(town: Town, official: Official, served: Booking) -> None:
    for words, field in ((PressWords(), "reason"), (PressWords(NotServedReason.OTHER), "outcome_note")):
        with pytest.raises(InvalidInput) as refused:
            correct_outcome(town.context, official, seen(town, served), _S.NOT_SERVED, words)
        assert refused.value.field == field


def test_after_midnight_it_takes_a_head_and_a_reason(town: Town, official: Official, served: Booking) -> None:
    town.clock.set(on_the_day("2026-11-25 00:00"))
    as_seen = seen(town, served)
    with pytest.raises(NotPossibleNow):
        correct_outcome(town.context, official, as_seen, _S.NO_SHOW, reason="Λάθος γραμμή")
    head = as_head(town, official)
    for reason in ("", "οχ"):
        with pytest.raises(InvalidInput) as refused:
            correct_outcome(town.context, head, as_seen, _S.NO_SHOW, reason=reason)
        assert refused.value.field == "correction_reason"
    with pytest.raises(NotPossibleNow):
        correct_outcome(town.context, head, as_seen, None, reason="Λάθος γραμμή")
    correct_outcome(town.context, head, as_seen, _S.NO_SHOW, reason="Λάθος γραμμή")
    assert (town.row(served).status, rows(town.context.db, BookingEventRow)[-1].reason) == (
        _S.NO_SHOW,
        "Λάθος γραμμή",
    )


def test_what_was_settled_today_of_an_earlier_day_is_still_todays(town: Town, official: Official) -> None:
    booking = without_video(town, "09:10")
    town.clock.set(on_the_day("2026-11-25 09:00"))
    pressed(town, official, booking, Press.NO_SHOW)
    correct_outcome(town.context, official, seen(town, booking), _S.SERVED)
    assert town.row(booking).status == _S.SERVED


def test_a_meeting_is_corrected_with_its_booking(town: Town, official: Official) -> None:
    booking = a_meeting(town)
    wait(town, booking)
    end_meeting(town.context, official, booking.reference, Outcome.NO_SHOW)
    correct_outcome(
        town.context, official, seen(town, booking), _S.NOT_SERVED, PressWords(NotServedReason.TECHNICAL_FAILURE)
    )
    assert meeting(town, booking).outcome == "technical_failure"
    correct_outcome(town.context, official, seen(town, booking), None)
    assert (town.row(booking).status, meeting(town, booking).ended_at) == (_S.WAITING, None)


def test_nothing_is_corrected_that_is_open_cancelled_changed_or_foreign(
    town: Town, official: Official, served: Booking
) -> None:
    still_open = without_video(town, "2026-11-26 10:00", by=(nikos := town.citizen()))
    with pytest.raises(NotPossibleNow):
        correct_outcome(town.context, official, seen(town, still_open), _S.SERVED)
    cancel_booking(town.context, nikos, still_open.reference)
    with pytest.raises(NotPossibleNow):
        correct_outcome(town.context, official, seen(town, still_open), None)
    with pytest.raises(ChangedByOther):
        correct_outcome(town.context, official, SeenBooking(served.reference, _S.NO_SHOW), _S.NOT_SERVED,
                        PressWords(NotServedReason.NOT_IDENTIFIED))  # fmt: skip
    with pytest.raises(NotPossibleNow):
        correct_outcome(town.context, official, seen(town, served), _S.CANCELLED_BY_CITIZEN)
    with pytest.raises(NotFound):
        correct_outcome(town.context, enter_foreign_official(town), seen(town, served), None)
