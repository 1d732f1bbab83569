from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from dimoslive.domain.booking.booking import ChangeRules, check_can_cancel, check_can_move
from dimoslive.domain.booking.statuses import CANCELLED, OCCUPYING, TRANSITIONS, BookingStatus
from dimoslive.domain.errors import TooLate, TooManyMoves
from tests.support.builders import at, details

START = at("2026-11-24 09:00")
DAY_BEFORE = START - timedelta(days=1)
SECOND = timedelta(seconds=1)
S = BookingStatus


def test_every_status_says_where_it_may_go() -> None:
    assert set(TRANSITIONS) == set(BookingStatus)


@pytest.mark.parametrize(
    "path",
    [
        [S.HELD, S.BOOKED, S.WAITING, S.IN_SERVICE, S.SERVED],
        [S.HELD, S.EXPIRED],
        [S.BOOKED, S.NO_SHOW, S.WAITING, S.IN_SERVICE],
        [S.BOOKED, S.CANCELLED_BY_CITIZEN],
        [S.BOOKED, S.CANCELLED_BY_MUNICIPALITY],
    ],
    ids=" → ".join,
)
def test_a_booking_may_go_this_way(path: list[BookingStatus]) -> None:
    assert all(after in TRANSITIONS[before] for before, after in pairwise(path))


@pytest.mark.parametrize("status", [S.SERVED, S.CANCELLED_BY_CITIZEN, S.CANCELLED_BY_MUNICIPALITY, S.EXPIRED])
def test_what_is_over_stays_over(status: BookingStatus) -> None:
    assert TRANSITIONS[status] == frozenset()


def test_nothing_becomes_a_hold_and_only_a_hold_expires() -> None:
    assert not any(S.HELD in after for after in TRANSITIONS.values())
    assert [before for before, after in TRANSITIONS.items() if S.EXPIRED in after] == [S.HELD]


def test_a_cancelled_or_expired_booking_gives_its_desk_back() -> None:
    assert OCCUPYING.isdisjoint(CANCELLED | {S.EXPIRED, S.NO_SHOW, S.SERVED})
    assert {S.HELD, S.BOOKED, S.WAITING, S.IN_SERVICE} == OCCUPYING


class TestCancelling:
    @pytest.mark.parametrize("status", [S.BOOKED, S.WAITING])
    def test_is_possible_until_the_start(self, status: BookingStatus) -> None:
        check_can_cancel(status, START, now=START - SECOND)

    @pytest.mark.parametrize("now", [START, START + SECOND])
    def test_is_too_late_from_the_start_on(self, now: datetime) -> None:
        with pytest.raises(TooLate):
            check_can_cancel(S.BOOKED, START, now)

    @pytest.mark.parametrize("status", sorted(set(BookingStatus) - {S.BOOKED, S.WAITING}))
    def test_is_for_bookings_that_are_still_to_come(self, status: BookingStatus) -> None:
        with pytest.raises(TooLate):
            check_can_cancel(status, START, DAY_BEFORE)


class TestMoving:
    def test_is_possible_until_two_hours_before_the_start(self) -> None:
        check_can_move(S.BOOKED, START, reschedule_count=0, now=START - timedelta(hours=2))

    def test_is_too_late_after_that(self) -> None:
        with pytest.raises(TooLate):
            check_can_move(S.BOOKED, START, reschedule_count=0, now=START - timedelta(hours=2) + SECOND)

    def test_is_possible_three_times(self) -> None:
        check_can_move(S.BOOKED, START, reschedule_count=2, now=DAY_BEFORE)
        with pytest.raises(TooManyMoves) as refused:
            check_can_move(S.BOOKED, START, reschedule_count=3, now=DAY_BEFORE)
        assert refused.value.params == {"times": 3}

    def test_follows_the_rules_of_the_municipality(self) -> None:
        rules = ChangeRules(move_until=timedelta(hours=24), max_moves=1)
        check_can_move(S.BOOKED, START, reschedule_count=0, now=DAY_BEFORE, rules=rules)
        with pytest.raises(TooLate):
            check_can_move(S.BOOKED, START, reschedule_count=0, now=DAY_BEFORE + SECOND, rules=rules)
        with pytest.raises(TooManyMoves):
            check_can_move(S.BOOKED, START, reschedule_count=1, now=DAY_BEFORE, rules=rules)

    @pytest.mark.parametrize("status", sorted(set(BookingStatus) - {S.BOOKED}))
    def test_is_for_booked_ones_alone(self, status: BookingStatus) -> None:
        with pytest.raises(TooLate):
            check_can_move(status, START, reschedule_count=0, now=DAY_BEFORE)


def test_the_details_of_a_person_cannot_reach_a_log() -> None:
    person = details(name="ΜΑΡΙΑ", email="maria@example.com", phone="+306912345678", subject="Θέμα")
    for secret in ("ΜΑΡΙΑ", "maria", "691", "Θέμα"):
        assert secret not in repr(person)
