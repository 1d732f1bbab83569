"""A freed time goes to those who wait for an earlier one, one after the other, and then to all."""

import asyncio
from datetime import date, datetime, time, timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.db.tables.outbox import DeliveryRow, OutboxRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.booking.waiting_list import Answer, OfferState, Wishes
from dimoslive.domain.errors import NotFound, NotPossibleNow, SlotTaken
from dimoslive.domain.people.principals import LinkHolder
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.waiting_errors import NoWaitingList, OfferGone
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.desk.cancel_by_municipality import cancel_by_municipality
from dimoslive.services.desk.undo_press import undo_press
from dimoslive.services.freed.free_now import free_now
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.erase_old_data import erase_old_data
from dimoslive.services.upkeep.expire_holds import expire_holds
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.services.waiting.answer_offer import answer_offer
from dimoslive.services.waiting.enter_list import enter_list, leave_list
from tests.support.arranging import book_at_desk
from tests.support.builders import at
from tests.support.desk import seen
from tests.support.meeting import enter_official
from tests.support.world import Town, a_town, assert_nothing_booked_twice, rows

FREED = "2026-11-26 11:00"
S = OfferState
ANY_TIME = Wishes()


@pytest.fixture
def town(db: Engine) -> Town:
    """Transfer of registration: 20 minutes. It is Friday the 20th."""
    return a_town(db, duration_minutes=20, step_minutes=10, has_waiting_list=True)


def waits(town: Town, wall: str, since: str = "2026-11-20 10:00", wishes: Wishes = ANY_TIME) -> Booking:
    """Somebody's booking, on the list since then."""
    town.clock.set(at(since))
    citizen = town.citizen()
    booking = town.a_booking(wall, by=citizen)
    enter_list(town.context, citizen, booking.reference, wishes)
    return booking


def frees(town: Town, wall: str = FREED, now: str = "2026-11-24 10:00:00", *, by: Booking | None = None) -> None:
    """A booking is cancelled at an instant, and mails leave."""
    booking = by or town.a_booking(wall)
    town.clock.set(at(now))
    cancel_booking(town.context, LinkHolder(booking.id), booking.reference)
    looks(town)


def looks(town: Town) -> None:
    """The job, and then the mails."""
    offer_freed_times(town.context)
    asyncio.run(deliver_events(town.context, MAIL))
    offer_freed_times(town.context)


def offers(town: Town) -> list[tuple[int, OfferState, datetime]]:
    return [(o.booking_id, S(o.state), o.ends_at) for o in rows(town.context.db, WaitingOfferRow)]


def answers(town: Town, booking: Booking, answer: Answer, now: str = "") -> Booking:
    if now:
        town.clock.set(at(now))
    [last] = [o for o in rows(town.context.db, WaitingOfferRow) if o.booking_id == booking.id][-1:]
    return answer_offer(town.context, LinkHolder(booking.id), booking.reference, last.id or 0, answer)


def entry(town: Town, booking: Booking) -> WaitingEntryRow:
    [found] = [row for row in rows(town.context.db, WaitingEntryRow) if row.booking_id == booking.id]
    return found


def is_public(town: Town, wall: str = FREED) -> bool:
    slots = find_slots(town.context, town.service.id or 0, Mode.VIDEO).slots
    return at(wall) in [slot.starts_at for slot in slots]


def drawn(town: Town, minutes: int) -> None:
    """The newest wait is given, and not left to chance."""
    freed = rows(town.context.db, FreedTimeRow)[-1]
    with transaction(town.context.db) as tx:
        tx.get_one(FreedTimeRow, freed.hold_id).public_at = freed.freed_at + timedelta(minutes=minutes)


class TestWorked:
    """Heraklion, transfer of registration, 20 min; Tue 24 Nov 2026."""

    @pytest.fixture
    def a(self, town: Town) -> Booking:
        return waits(town, "2026-12-01 09:30", "2026-11-20 10:00")

    @pytest.fixture
    def b(self, town: Town, a: Booking) -> Booking:  # noqa: ARG002  # entered first, and has had a notice
        booking = waits(town, "2026-11-30 10:00", "2026-11-19 12:00")
        with transaction(town.context.db) as tx:
            told = tx.get_one(WaitingEntryRow, booking.id)
            told.notices, told.last_notice_on = 1, date(2026, 11, 23)
        return booking

    def test_word_for_word(self, town: Town, a: Booking, b: Booking) -> None:
        freed = town.a_booking(FREED)
        waits(town, "2026-11-26 14:00")
        waits(town, "2026-12-04 09:30", wishes=Wishes(from_clock=time(12)))

        frees(town, by=freed)
        drawn(town, 17)
        assert offers(town) == [(a.id, S.RUNNING, at("2026-11-24 10:30"))]

        answers(town, a, Answer.KEEP, "2026-11-24 10:12")
        looks(town)
        assert offers(town)[1] == (b.id, S.RUNNING, at("2026-11-24 10:42"))

        moved = answers(town, b, Answer.TAKE, "2026-11-24 10:20")
        assert (moved.period.starts_at, moved.reschedule_count) == (at(FREED), 0)
        drawn(town, 12)
        looks(town)
        assert [state for _, state, _ in offers(town)] == [S.KEPT, S.TAKEN], "A has had a notice today, nobody else"
        town.clock.set(at("2026-11-24 10:31:59"))
        assert not is_public(town, "2026-11-30 10:00")
        town.clock.set(at("2026-11-24 10:32"))
        assert is_public(town, "2026-11-30 10:00")
        assert (entry(town, a).notices, entry(town, b).notices) == (1, 2)
        assert_nothing_booked_twice(town.context.db)

    def test_had_b_let_it_run_out(self, town: Town, a: Booking, b: Booking) -> None:
        frees(town)
        drawn(town, 17)
        answers(town, a, Answer.KEEP, "2026-11-24 10:12")
        looks(town)
        town.clock.set(at("2026-11-24 10:41:59"))
        looks(town)
        assert not is_public(town)
        town.clock.set(at("2026-11-24 10:42"))
        looks(town)
        assert is_public(town)
        assert [state for _, state, _ in offers(town)] == [S.KEPT, S.EXPIRED]
        with pytest.raises(OfferGone):
            answers(town, b, Answer.TAKE)
        assert town.row(b).starts_at == at("2026-11-30 10:00")


def test_without_anybody_who_waits_it_is_public_as_it_was_drawn(town: Town) -> None:
    frees(town)
    [freed] = rows(town.context.db, FreedTimeRow)
    town.clock.set(freed.public_at)
    assert is_public(town)


def test_where_the_service_has_no_list_nobody_enters_and_nobody_is_offered(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30")
    with transaction(town.context.db) as tx:
        service = tx.merge(town.service)
        service.has_waiting_list = False
    frees(town)
    assert offers(town) == []
    with pytest.raises(NoWaitingList):
        enter_list(town.context, LinkHolder(booking.id), booking.reference, Wishes())


def test_over_night_the_time_is_kept_and_in_the_morning_offered(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30")
    frees(town, "2026-11-27 10:00", "2026-11-24 21:40")
    town.clock.set(at("2026-11-25 08:59:59"))
    looks(town)
    expire_holds(town.context)
    assert (offers(town), is_public(town, "2026-11-27 10:00")) == ([], False)
    town.clock.set(at("2026-11-25 09:00"))
    looks(town)
    assert offers(town) == [(booking.id, S.RUNNING, at("2026-11-25 09:30"))]
    assert entry(town, booking).last_notice_on == date(2026, 11, 25)


def test_a_mail_that_is_not_taken_within_ten_minutes_gives_the_notice_back(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30")
    asyncio.run(deliver_events(town.context, MAIL))
    gone = town.a_booking(FREED)
    town.clock.set(at("2026-11-24 10:00"))
    cancel_booking(town.context, town.eleni, gone.reference)
    offer_freed_times(town.context)
    assert entry(town, booking).notices == 1
    town.clock.set(at("2026-11-24 10:10"))
    offer_freed_times(town.context)
    assert [state for _, state, _ in offers(town)] == [S.WITHDRAWN]
    assert (entry(town, booking).notices, entry(town, booking).last_notice_on) == (0, None)
    asyncio.run(deliver_events(town.context, MAIL))
    mailed = [row.event for row in rows(town.context.db, OutboxRow)]
    assert "booking.earlier_offered" not in mailed
    with pytest.raises(OfferGone):
        answers(town, booking, Answer.TAKE)


@pytest.mark.parametrize("gone", ["cancelled", "left", "answered_left"])
def test_who_is_not_there_any_more_is_followed_by_the_next(town: Town, gone: str) -> None:
    first, second = waits(town, "2026-12-01 09:30"), waits(town, "2026-12-02 09:30")
    frees(town)
    if gone == "cancelled":
        cancel_booking(town.context, LinkHolder(first.id), first.reference)
    elif gone == "left":
        leave_list(town.context, LinkHolder(first.id), first.reference)
    else:
        answers(town, first, Answer.LEAVE)
    looks(town)
    assert [(id_, state) for id_, state, _ in offers(town)][:2] == [(first.id, S.LEFT), (second.id, S.RUNNING)]


def test_three_are_asked_and_then_it_is_public(town: Town) -> None:
    waiting = [waits(town, f"2026-12-0{day} 09:30") for day in (1, 2, 3, 4)]
    frees(town)
    for booking in waiting[:3]:
        answers(town, booking, Answer.KEEP)
        looks(town)
    assert len(offers(town)) == 3
    town.wait_for_freed()
    assert is_public(town)


def test_the_same_answer_twice_is_given_once_and_nobody_answers_for_another(town: Town) -> None:
    booking, other = waits(town, "2026-12-01 09:30"), waits(town, "2026-12-04 09:30")
    frees(town)
    first, again = answers(town, booking, Answer.TAKE), answers(town, booking, Answer.TAKE)
    assert first.sequence == again.sequence
    [offer] = rows(town.context.db, WaitingOfferRow)
    with pytest.raises(OfferGone):
        answer_offer(town.context, LinkHolder(other.id), other.reference, offer.id or 0, Answer.TAKE)
    with pytest.raises(NotFound):
        answer_offer(town.context, LinkHolder(other.id), booking.reference, offer.id or 0, Answer.TAKE)


def test_what_is_offered_is_nobodys_not_even_staffs(town: Town) -> None:
    waits(town, "2026-12-01 09:30")
    frees(town)
    official = enter_official(town)
    [offer] = rows(town.context.db, WaitingOfferRow)
    [hold] = [row for row in rows(town.context.db, BookingRow) if row.id == offer.hold_id]
    with pytest.raises(SlotTaken):
        book_at_desk(town, official, FREED)
    with pytest.raises(NotPossibleNow):
        free_now(town.context, official, hold.reference)
    assert [row.status for row in rows(town.context.db, BookingRow) if row.id == hold.id] == [BookingStatus.HELD]


def test_a_cancellation_that_can_be_undone_is_offered_to_nobody_and_its_undo_leaves_the_list_as_it_was(
    town: Town,
) -> None:
    waiting, booking = waits(town, "2026-12-01 09:30"), town.a_booking(FREED)
    official, before = enter_official(town), entry(town, waiting)
    town.clock.set(at("2026-11-24 10:00"))
    done = cancel_by_municipality(
        town.context, official, seen(town, booking), "Ο υπάλληλος ασθενεί.", at_citizens_wish=False
    )
    offer_freed_times(town.context)
    assert offers(town) == []
    town.clock.set(at("2026-11-24 10:02"))
    offer_freed_times(town.context)
    assert [id_ for id_, _, _ in offers(town)] == [waiting.id]
    # Neither mail has left yet.
    undo_press(town.context, official, booking.reference, done.event_id)
    assert entry(town, waiting) == before
    assert town.claims_of(booking) == 4
    looks(town)
    assert [state for _, state, _ in offers(town)] == [S.WITHDRAWN]
    events = {row.id for row in rows(town.context.db, OutboxRow)}
    assert {row.event_id for row in rows(town.context.db, DeliveryRow)} <= events
    assert_nothing_booked_twice(town.context.db)


def test_who_moves_to_an_earlier_day_by_hand_waits_no_longer(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30")
    town.move(booking, "2026-12-02 09:30", by=town.as_citizen(booking))
    assert entry(town, booking).left_at is None
    town.move(booking, "2026-11-30 09:30", by=town.as_citizen(booking))
    assert entry(town, booking).left_at == town.clock.now()


def test_who_left_comes_back_to_the_end_with_the_notices_that_are_left(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30")
    frees(town)
    leave_list(town.context, LinkHolder(booking.id), booking.reference)
    town.clock.advance(minutes=1)
    enter_list(town.context, LinkHolder(booking.id), booking.reference, Wishes(weekdays=frozenset({0, 2})))
    row = entry(town, booking)
    assert (row.notices, row.entered_at, row.left_at, row.weekdays) == (1, town.clock.now(), None, "02")


def test_what_starts_soon_or_has_no_address_cannot_wait(town: Town) -> None:
    booking = town.a_booking("2026-11-26 12:00")
    town.clock.set(at("2026-11-25 10:00"))
    with pytest.raises(NoWaitingList):
        enter_list(town.context, town.eleni, booking.reference, Wishes())
    town.clock.set(at("2026-11-25 09:00"))
    with transaction(town.context.db) as tx:
        tx.get_one(BookingRow, booking.id).email = ""
    with pytest.raises(NoWaitingList):
        enter_list(town.context, town.eleni, booking.reference, Wishes())


def test_wishes_are_erased_with_the_person_and_no_offer_keeps_a_tie(town: Town) -> None:
    booking = waits(town, "2026-12-01 09:30", wishes=Wishes(frozenset({3}), time(9), time(12), date(2026, 11, 25)))
    frees(town)
    answers(town, booking, Answer.KEEP)
    assert [offer.person for offer in rows(town.context.db, WaitingOfferRow)] == [-booking.id]
    town.clock.set(at("2027-01-15 10:00"))
    erase_old_data(town.context)
    row = entry(town, booking)
    assert (row.weekdays, row.from_clock, row.until_clock, row.not_before) == ("", None, None, None)
