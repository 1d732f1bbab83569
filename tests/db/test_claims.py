"""The last word: a desk and a tick belong to one booking, whatever the program believes."""

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Barrier

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from dimoslive.db.engine import transaction
from dimoslive.db.queries.claims import claim_ticks, end_holds, hand_over_claims, release_claims
from dimoslive.db.queries.holds import hold_of
from dimoslive.db.tables.booking import BookingRow, ClaimRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.domain.booking.references import make_reference
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.people.principals import Citizen
from dimoslive.domain.scheduling.slots import ServiceRules, occupied_ticks
from tests.support.world import NOW, Town, a_town, desk_ids, on_the_day, rows

_numbers = count()

TEN = range(100, 102)
OVERLAPPING = range(101, 103)
NEXT = range(102, 104)


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db, desks=2)


def test_two_bookings_never_share_a_desk_and_a_tick(town: Town) -> None:
    with transaction(town.context.db) as tx:
        one, other = a_row(tx, town), a_row(tx, town)
        assert claim_ticks(tx, one, desk(tx, town.service), TEN, NOW)
        assert not claim_ticks(tx, other, desk(tx, town.service), OVERLAPPING, NOW)
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {one}


def test_the_database_refuses_a_second_claim_even_without_us(town: Town) -> None:
    with transaction(town.context.db) as tx:
        one, other = a_row(tx, town), a_row(tx, town)
        tx.add_all(ClaimRow(desk_id=desk(tx, town.service), tick=100, booking_id=row) for row in (one, other))
        with pytest.raises(IntegrityError):
            tx.flush()
        tx.rollback()


def test_a_claim_refused_leaves_none_of_its_ticks(town: Town) -> None:
    with transaction(town.context.db) as tx:
        one, other = a_row(tx, town), a_row(tx, town)
        claim_ticks(tx, one, desk(tx, town.service), range(105, 106), NOW)
        assert not claim_ticks(tx, other, desk(tx, town.service), range(100, 106), NOW)
    assert [claim.tick for claim in rows(town.context.db, ClaimRow)] == [105]


def test_touching_times_and_other_desks_are_free(town: Town) -> None:
    with transaction(town.context.db) as tx:
        first, second = desk_ids(tx, town.service)
        for desk_id, wanted in ((first, TEN), (first, NEXT), (second, TEN)):
            claim_ticks(tx, a_row(tx, town), desk_id, wanted, NOW)
    assert len(rows(town.context.db, ClaimRow)) == 6


def test_an_expired_hold_gives_way(town: Town) -> None:
    held = town.hold("09:10")
    town.clock.advance(minutes=10)
    with transaction(town.context.db) as tx:
        row = a_row(tx, town)
        claim_ticks(tx, row, desk(tx, town.service), ticks_at("09:10"), town.clock.now())
    assert town.row(held).status == BookingStatus.EXPIRED
    assert {claim.booking_id for claim in rows(town.context.db, ClaimRow)} == {row}


def test_a_hold_of_which_a_second_remains_does_not_give_way(town: Town) -> None:
    held = town.hold("09:10")
    town.clock.advance(minutes=9, seconds=59)
    with transaction(town.context.db) as tx:
        assert not claim_ticks(tx, a_row(tx, town), desk(tx, town.service), ticks_at("09:10"), town.clock.now())
    assert town.row(held).status == BookingStatus.HELD


def test_expired_holds_of_other_times_are_left_alone(town: Town) -> None:
    held = town.hold("09:10")
    town.clock.advance(minutes=10)
    with transaction(town.context.db) as tx:
        claim_ticks(tx, a_row(tx, town), desk(tx, town.service), ticks_at("09:20"), town.clock.now())
    assert town.row(held).status == BookingStatus.HELD


def test_a_move_takes_the_new_time_and_then_leaves_the_old(town: Town) -> None:
    with transaction(town.context.db) as tx:
        booking, hold, desk_id = a_row(tx, town), a_row(tx, town), desk(tx, town.service)
        claim_ticks(tx, booking, desk_id, TEN, NOW)
        claim_ticks(tx, hold, desk_id, OVERLAPPING, NOW, keep_claims_of=booking)
        assert claims(tx) == {100: booking, 101: booking, 102: hold}
        hand_over_claims(tx, hold, booking, desk_id, OVERLAPPING)
        assert claims(tx) == {101: booking, 102: booking}
        release_claims(tx, [booking])
        assert claims(tx) == {}


def test_a_citizen_holds_one_time_by_the_databases_own_index(town: Town) -> None:
    with transaction(town.context.db) as tx:
        a_row(tx, town, citizen=town.eleni)
        with pytest.raises(IntegrityError):
            a_row(tx, town, citizen=town.eleni)
        tx.rollback()


def test_a_citizen_may_have_one_hold_and_several_bookings(town: Town) -> None:
    with transaction(town.context.db) as tx:
        for status in (BookingStatus.HELD, BookingStatus.BOOKED, BookingStatus.BOOKED, BookingStatus.EXPIRED):
            a_row(tx, town, citizen=town.eleni, status=status)
    assert len(rows(town.context.db, BookingRow)) == 4


def test_ended_holds_free_their_time_and_their_person(town: Town) -> None:
    held = town.hold("09:10")
    with transaction(town.context.db) as tx:
        end_holds(tx, [town.row(held).id])
        assert hold_of(tx, town.eleni.id) is None
    assert rows(town.context.db, ClaimRow) == []


@pytest.mark.slow
def test_two_who_wait_for_each_other_are_a_winner_and_a_loser(postgresql_db: Engine) -> None:
    town, both_have_one = a_town(postgresql_db), Barrier(2)

    def claim(first: range, second: range) -> str:
        with transaction(postgresql_db) as tx:
            row, desk_id = a_row(tx, town), desk(tx, town.service)
            claim_ticks(tx, row, desk_id, first, NOW)
            both_have_one.wait(timeout=30)
            claim_ticks(tx, row, desk_id, second, NOW)
        return "won"

    with ThreadPoolExecutor() as pool:
        results = [pool.submit(claim, TEN, NEXT), pool.submit(claim, NEXT, TEN)]
        outcomes = [result.exception(timeout=30) for result in results]
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "SlotTaken"]
    assert len(rows(postgresql_db, ClaimRow)) == 4


def desk(tx: Session, service: ServiceRow) -> int:
    """The first desk of a service."""
    return desk_ids(tx, service)[0]


def ticks_at(wall: str) -> range:
    """The ticks of ten minutes from that time on."""
    return occupied_ticks(ServiceRules(), on_the_day(wall))


def claims(tx: Session) -> dict[int, int]:
    """Which tick is whose."""
    return {
        claim.tick: claim.booking_id for claim in tx.scalars(select(ClaimRow).execution_options(populate_existing=True))
    }


def a_row(
    tx: Session, town: Town, *, citizen: Citizen | None = None, status: BookingStatus = BookingStatus.HELD
) -> int:
    """A row to which claims can belong; its times do not matter here."""
    starts_at = on_the_day("14:00")
    row = BookingRow(
        reference=make_reference(next(_numbers)),
        status=status,
        municipality_id=town.municipality.id,
        service_id=town.service.id or 0,
        desk_id=desk(tx, town.service),
        citizen_id=citizen.id if citizen else None,
        mode="video",
        starts_at=starts_at,
        ends_at=starts_at,
        first_tick=0,
        end_tick=0,
        hold_expires_at=on_the_day("10:00"),
        created_at=NOW,
    )
    tx.add(row)
    tx.flush()
    return row.id or 0
