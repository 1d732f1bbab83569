"""Heraklion's waiting list in the demo, and its time that comes back late."""

from datetime import timedelta

from dimoslive.db.engine import reading
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.freed_time import FreedTimeRow
from dimoslive.db.tables.waiting_list import WaitingEntryRow
from dimoslive.domain.booking.statuses import NEVER_BOOKED
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.seeds.seed import Wish, seed
from dimoslive.services.upkeep.expire_holds import expire_holds
from dimoslive.services.upkeep.offer_freed_times import offer_freed_times
from tests.seeds.demo_day import Made, assert_claims_are_right
from tests.support.world import rows


def bookings(made: Made) -> dict[int, BookingRow]:
    return {row.id or 0: row for row in rows(made.db, BookingRow)}


def test_four_wait_and_who_can_sign_in_is_first(made: Made) -> None:
    waiting = sorted(rows(made.db, WaitingEntryRow), key=lambda entry: (entry.notices, entry.entered_at))
    named = [bookings(made)[entry.booking_id] for entry in waiting]
    with reading(made.db) as tx:
        slugs = {tx.get_one(ServiceRow, entry.service_id).slug for entry in waiting}
    assert (len(waiting), slugs) == (4, {"transfer"})
    assert sorted(entry.notices for entry in waiting) == [0, 0, 0, 2]
    assert named[0].person_name == "Νικόλαος Καραγιάννης"
    assert all(row.email and row.starts_at > made.clock.now() for row in named)


def test_a_time_was_cancelled_four_minutes_ago_and_comes_back_in_nine(fresh: Made) -> None:
    [freed] = rows(fresh.db, FreedTimeRow)
    now, former, hold = fresh.clock.now(), bookings(fresh)[freed.booking_id], bookings(fresh)[freed.hold_id]
    assert (former.status, former.cancelled_at) == ("cancelled_by_citizen", now - timedelta(minutes=4))
    assert local_day(hold.starts_at, ATHENS) - local_day(now, ATHENS) >= timedelta(days=4)
    for minutes, status in ((0, "held"), (8, "held"), (9, "expired")):
        fresh.clock.set(now + timedelta(minutes=minutes))
        offer_freed_times(fresh.context)
        expire_holds(fresh.context)
        assert bookings(fresh)[freed.hold_id].status == status, minutes
    assert_claims_are_right(fresh)


def test_made_anew_nothing_of_the_former_is_left(fresh: Made) -> None:
    seed(fresh.context, Wish.ANEW, is_production=False)
    [freed] = rows(fresh.db, FreedTimeRow)
    held = [row.id for row in rows(fresh.db, BookingRow) if row.status in NEVER_BOOKED]
    assert held == [freed.hold_id]
    assert len(rows(fresh.db, WaitingEntryRow)) == 4
