"""What holds of the waiting list, whatever happens: no time lost, nobody told too often, or of two at once."""

import asyncio
from collections import Counter
from contextlib import suppress
from datetime import time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow, WaitingOfferRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import OPEN
from dimoslive.domain.booking.waiting_list import Answer, OfferState, Wishes
from dimoslive.domain.errors import DomainError
from dimoslive.domain.people.principals import LinkHolder
from dimoslive.domain.scheduling.local_time import ATHENS, local_day, to_local
from dimoslive.services.booking.cancel_booking import cancel_booking
from dimoslive.services.outbox.deliver_events import deliver_events
from dimoslive.services.outbox.deliver_mail import MAIL
from dimoslive.services.upkeep.expire_holds import expire_holds
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from dimoslive.services.waiting.answer_offer import answer_offer
from dimoslive.services.waiting.enter_list import enter_list, leave_list
from tests.support.builders import at
from tests.support.database import Databases, databases, postgresql_server, sqlite_files
from tests.support.world import Town, a_town, assert_nothing_booked_twice, rows

__all__ = ["databases", "postgresql_server", "sqlite_files"]

DAYS = ("2026-11-30", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-07")
steps = st.one_of(
    st.tuples(st.sampled_from(["cancel", "enter", "leave"]), st.integers(0, len(DAYS) - 1)),
    st.tuples(st.just("answer"), st.integers(0, len(DAYS) - 1), st.sampled_from(list(Answer))),
    st.tuples(st.just("wait"), st.sampled_from([1, 11, 31, 240, 700])),
    st.sampled_from([("look",), ("look",), ("mail",), ("expire",)]),
)


class Run:
    """Five people with a booking each, all on the list, and what they and the jobs do."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.bookings: list[Booking] = []
        for day in DAYS:
            citizen = town.citizen()
            booking = town.a_booking(f"{day} 10:00", by=citizen)
            enter_list(town.context, citizen, booking.reference, Wishes())
            self.bookings.append(booking)
        town.clock.set(at("2026-11-24 15:00"))

    def do(self, step: tuple[object, ...]) -> None:
        with suppress(DomainError):
            getattr(self, str(step[0]))(*step[1:])

    def cancel(self, which: int) -> None:
        cancel_booking(self.town.context, self._holder(which), self.bookings[which].reference)

    def enter(self, which: int) -> None:
        enter_list(self.town.context, self._holder(which), self.bookings[which].reference, Wishes())

    def leave(self, which: int) -> None:
        leave_list(self.town.context, self._holder(which), self.bookings[which].reference)

    def answer(self, which: int, answer: Answer) -> None:
        booking, before = self.bookings[which], self.town.claims_of(self.bookings[which])
        for offer in rows(self.town.context.db, WaitingOfferRow):
            if offer.booking_id == booking.id:
                answer_offer(self.town.context, self._holder(which), booking.reference, offer.id or 0, answer)
                assert self.town.claims_of(booking) <= before, "accepting never raises the number of claims"

    def wait(self, minutes: int) -> None:
        self.town.clock.advance(minutes=minutes)

    def look(self) -> None:
        offer_freed_times(self.town.context)

    def mail(self) -> None:
        asyncio.run(deliver_events(self.town.context, MAIL))

    def expire(self) -> None:
        expire_holds(self.town.context)

    def holds(self) -> None:
        """What must hold at every moment."""
        db = self.town.context.db
        assert_nothing_booked_twice(db)
        offers = rows(db, WaitingOfferRow)
        running = [offer for offer in offers if offer.state == OfferState.RUNNING]
        for one in ("hold_id", "person"):
            assert max(Counter(getattr(offer, one) for offer in running).values(), default=0) <= 1
        told = [offer for offer in offers if offer.state != OfferState.WITHDRAWN]
        assert all(time(9) <= to_local(offer.offered_at, ATHENS).time() <= time(19, 30) for offer in offers)
        by_day = Counter((offer.booking_id, local_day(offer.offered_at, ATHENS)) for offer in told)
        assert max(by_day.values(), default=0) <= 1
        notices = Counter(offer.booking_id for offer in told)
        assert max(Counter(offer.hold_id for offer in offers).values(), default=0) <= 3
        for entry in rows(db, WaitingEntryRow):
            assert entry.notices == notices[entry.booking_id] <= 3

    def _holder(self, which: int) -> LinkHolder:
        return LinkHolder(self.bookings[which].id)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(steps, max_size=12))
def test_no_time_is_lost_and_nobody_told_too_often(databases: Databases, after: list[tuple[object, ...]]) -> None:
    run = Run(a_town(databases.renewed(), duration_minutes=20, step_minutes=10))
    for step in [("cancel", 0), ("look",), *after]:
        run.do(step)
        run.holds()
    town = run.town
    # However long the list goes on: three offers a time, one a day.
    for _ in range(40):
        town.clock.advance(minutes=240)
        run.look()
    run.expire()
    run.holds()
    stand = {
        (row.desk_id, tick, row.id)
        for row in rows(town.context.db, BookingRow)
        if row.status in {status.value for status in OPEN}
        for tick in range(row.first_tick, row.end_tick)
    }
    assert {(claim.desk_id, claim.tick, claim.booking_id) for claim in rows(town.context.db, ClaimRow)} == stand
