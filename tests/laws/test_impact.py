"""What holds of every change: its parts add up, no place is dealt twice, and two runs agree."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.plans.impact import Impact, fingerprint, impact_of
from dimoslive.domain.plans.proposals import ProposalKind, deal
from dimoslive.domain.plans.set_up import Away, Closed, PlacedBooking, ServiceSetUp, SetUp, fits
from dimoslive.domain.scheduling.local_time import ATHENS, days_period
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.periods import Period
from dimoslive.domain.scheduling.slots import TICK_SECONDS, ServiceRules
from tests.support.builders import at, weekly

NOW = at("2026-11-24 10:00")
BEGINS = at("2026-11-30 00:00")
DAYS = 4
WINDOW = days_period(BEGINS.date() + timedelta(days=1), BEGINS.date() + timedelta(days=DAYS), ATHENS)
TICKS = DAYS * 288

starts = st.integers(8 * 12, 15 * 12).flatmap(lambda tick: st.integers(0, DAYS - 1).map(lambda day: day * 288 + tick))


def _instant(tick: int) -> datetime:
    return BEGINS + timedelta(minutes=5 * tick)


periods = st.tuples(st.integers(0, TICKS), st.integers(1, 288)).map(
    lambda drawn: Period(_instant(drawn[0]), _instant(drawn[0] + drawn[1]))
)
services = st.builds(
    partial(ServiceSetUp, 0, 0),
    desk_ids=st.sets(st.sampled_from([1, 2, 3])).map(lambda ids: tuple(sorted(ids))),
    modes=st.sets(st.sampled_from(Mode), min_size=1).map(frozenset),
    is_active=st.booleans(),
    weekly=st.sampled_from(["08:30-15:00", "08:30-11:00 12:00-15:00", "09:00-10:00"]).map(weekly),
    rules=st.sampled_from([5, 30]).map(lambda step: ServiceRules(step_minutes=step)),
)


@st.composite
def set_ups(draw: st.DrawFn) -> SetUp:
    return SetUp(
        {number: replace(draw(services), id=number, department_id=number) for number in (1, 2)},
        active_desks=frozenset(draw(st.sets(st.sampled_from([1, 2, 3])))),
        lanes={9: 1},
        closures=dict(enumerate(draw(st.lists(st.builds(Closed, periods, st.sampled_from([None, 1])), max_size=2)))),
        absences=dict(
            enumerate(draw(st.lists(st.builds(Away, periods, st.sampled_from([frozenset({1})])), max_size=2)))
        ),
    )


@st.composite
def bookings(draw: st.DrawFn) -> list[PlacedBooking]:
    """No two at one desk and tick, as in the database."""
    taken, found = set[tuple[int, int]](), list[PlacedBooking]()
    for number in range(draw(st.integers(0, 12))):
        first, length, desk = draw(starts), draw(st.sampled_from([1, 2, 6])), draw(st.sampled_from([1, 2, 3, 9]))
        own = {(desk, tick) for tick in range(first, first + length)}
        if taken & own:
            continue
        taken |= own
        begins = int(BEGINS.timestamp()) // TICK_SECONDS + first
        found.append(
            PlacedBooking(
                id=number,
                service_id=draw(st.sampled_from([1, 2])),
                desk_id=desk,
                period=Period(_instant(first), _instant(first + length)),
                ticks=range(begins, begins + length),
                mode=draw(st.sampled_from(Mode)),
                booked_at=datetime(2026, 11, 1, tzinfo=UTC),
                status=draw(st.sampled_from([BookingStatus.BOOKED, BookingStatus.WAITING])),
                is_outside_hours=draw(st.booleans()),
            )
        )
    return found


def _occupied(placed: list[PlacedBooking]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for booking in placed:
        found.setdefault(booking.desk_id, set()).update(booking.ticks)
    return found


def _impact(before: SetUp, after: SetUp, placed: list[PlacedBooking]) -> Impact:
    return impact_of(before, after, placed, _occupied(placed), WINDOW, NOW)


@given(set_ups(), set_ups(), bookings())
def test_hit_healed_already_out_and_untouched_add_up(before: SetUp, after: SetUp, placed: list[PlacedBooking]) -> None:
    found = _impact(before, after, placed)
    fitted, will_fit = ({b.id for b in placed if fits(set_up, b)} for set_up in (before, after))
    assert {hit.booking.id for hit in found.hits} == fitted - will_fit
    assert {booking.id for booking in found.healed} == will_fit - fitted
    assert found.already_out == len({b.id for b in placed} - fitted - will_fit)


@given(set_ups(), set_ups(), bookings())
def test_the_way_back_heals_what_the_way_there_hit(before: SetUp, after: SetUp, placed: list[PlacedBooking]) -> None:
    there, back = _impact(before, after, placed), _impact(after, before, placed)
    assert [hit.booking for hit in there.hits] == list(back.healed)
    assert (there.lost, there.gained) == (back.gained, back.lost)


@given(set_ups(), set_ups(), bookings())
def test_no_place_is_dealt_twice_and_each_fits(before: SetUp, after: SetUp, placed: list[PlacedBooking]) -> None:
    hits, occupied = _impact(before, after, placed).hits, _occupied(placed)
    for proposal in deal(after, hits, occupied, NOW):
        target, booking = proposal.target, proposal.hit.booking
        if target is None:
            continue
        length = booking.period.length
        first = int(target.starts_at.timestamp()) // TICK_SECONDS
        moved = replace(
            booking,
            desk_id=target.desk_id,
            period=Period(target.starts_at, target.starts_at + length),
            ticks=range(first, first + len(booking.ticks)),
            mode=target.mode,
        )
        assert fits(after, moved)
        if proposal.kind is ProposalKind.OTHER_MODE:
            assert (moved.period, moved.desk_id) == (booking.period, booking.desk_id)
            continue
        assert target.mode is booking.mode
        assert occupied.setdefault(target.desk_id, set()).isdisjoint(moved.ticks)
        occupied[target.desk_id] |= set(moved.ticks)


@given(set_ups(), set_ups(), bookings(), st.randoms(use_true_random=False))
def test_two_runs_agree_whatever_the_order(
    before: SetUp,
    after: SetUp,
    placed: list[PlacedBooking],
    random: Random,
) -> None:
    other = list(placed)
    random.shuffle(other)
    one, two = _impact(before, after, placed), _impact(before, after, other)
    assert one == two
    assert fingerprint(one.hits) == fingerprint(two.hits)
    occupied = _occupied(placed)
    assert deal(after, one.hits, occupied, NOW) == deal(after, two.hits, occupied, NOW)
