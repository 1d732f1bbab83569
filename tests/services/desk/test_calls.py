"""Who must be phoned is listed within the scope until told, with what to say as the booking stands now."""

import json
from dataclasses import replace
from typing import Any

import pytest

from dimoslive.db.announcements import DayChange
from dimoslive.db.engine import announcing, transaction
from dimoslive.db.tables.desk import CallTaskRow
from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.desk.calls import CallKind, CallPress, Saying
from dimoslive.domain.errors import ChangedByOther, NotFound, NotPossibleNow
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.services.desk.list_calls import Calls, list_calls
from dimoslive.services.desk.press_call import SeenCall, press_call, undo_call
from tests.support.builders import TUESDAY
from tests.support.database import counting
from tests.support.lists import change, place_of, within
from tests.support.meeting import ANNA, enter_foreign_official, enter_official
from tests.support.world import Town, on_the_day, rows

_P = CallPress
_S = BookingStatus


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


@pytest.fixture
def colleague(town: Town, official: Official) -> Official:  # entered after the first
    return enter_official(town, ANNA)


def a_call(town: Town, booking: Booking, kind: CallKind = CallKind.CANCELLED, **facts: Any) -> SeenCall:
    """One that came up just now, seen on the page."""
    with transaction(town.context.db) as tx:
        row = CallTaskRow(
            municipality_id=town.municipality.id,
            booking_id=booking.id,
            kind=kind.value,
            facts=json.dumps(facts),
            created_at=town.clock.now(),
        )
        tx.add(row)
        tx.flush()
        return SeenCall(row.id or 0, 0)


def calls(town: Town, official: Official, **filters: Any) -> Calls:
    return list_calls(town.context, official, place_of(town, official), **filters)


def to_make(town: Town, official: Official, **filters: Any) -> list[int]:
    return [call.id for call in calls(town, official, **filters).to_make]


def do(town: Town, official: Official, press: CallPress, seen: SeenCall) -> bool:
    return press_call(town.context, official, place_of(town, official), press, seen)


def test_the_oldest_comes_first_and_who_did_not_answer_sinks_to_the_end(town: Town, official: Official) -> None:
    first = a_call(town, town.a_booking("09:00"))
    town.clock.advance(minutes=1)
    second = a_call(town, town.a_booking("09:10", by=town.citizen()))
    assert to_make(town, official) == [first.id, second.id]
    town.clock.advance(minutes=1)
    assert do(town, official, _P.NO_ANSWER, first)
    [*_, last] = calls(town, official).to_make
    assert (last.id, last.attempts, last.tried_at) == (first.id, 1, town.clock.now())


def test_told_is_done_and_stays_in_sight_for_a_week(town: Town, official: Official) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    assert do(town, official, _P.TOLD, seen)
    found = calls(town, official)
    assert ([call.id for call in found.made], found.to_make) == ([seen.id], ())
    assert (found.made[0].done_at, found.made[0].done_by and found.made[0].done_by.id) == (
        town.clock.now(),
        official.id,
    )
    town.clock.advance(days=7)
    assert len(calls(town, official).made) == 1
    town.clock.advance(seconds=1)
    assert calls(town, official).made == ()


@pytest.mark.parametrize("press", list(_P))
def test_the_same_press_twice_is_one_effect(town: Town, official: Official, press: CallPress) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    assert [do(town, official, press, seen) for _ in range(2)] == [True, False]
    [row] = rows(town.context.db, CallTaskRow)
    assert row.attempts == (press is _P.NO_ANSWER)


def test_whoever_took_it_is_named_to_the_others(town: Town, official: Official, colleague: Official) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    do(town, official, _P.MINE, seen)
    [call] = calls(town, colleague).to_make
    assert call.taken_by
    assert call.taken_by.id == official.id
    assert (to_make(town, official, mine=True), to_make(town, colleague, mine=True)) == ([seen.id], [])
    # As the page showed it nobody had it.
    with pytest.raises(ChangedByOther):
        do(town, colleague, _P.MINE, seen)
    # Who sees that, takes it over on purpose.
    assert do(town, colleague, _P.MINE, replace(seen, taken_by=official.id))


def test_what_a_colleague_has_done_is_said_and_not_done_again(
    town: Town, official: Official, colleague: Official
) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    do(town, colleague, _P.TOLD, seen)
    assert not do(town, official, _P.TOLD, seen)
    with pytest.raises(ChangedByOther) as refusal:
        do(town, official, _P.NO_ANSWER, seen)
    assert refusal.value.params["at"] == "10:00"
    [row] = rows(town.context.db, CallTaskRow)
    assert (row.done_by, row.attempts) == (colleague.id, 0)


@pytest.mark.parametrize("press", list(_P))
def test_each_press_can_be_taken_back_once(town: Town, official: Official, press: CallPress) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    before = rows(town.context.db, CallTaskRow)[0].model_dump()
    do(town, official, press, seen)
    place = place_of(town, official)
    assert [undo_call(town.context, official, place, press, seen.id) for _ in range(2)] == [True, False]
    assert rows(town.context.db, CallTaskRow)[0].model_dump() == before


def test_nobody_takes_back_what_a_colleague_did_or_what_was_done_yesterday(
    town: Town, official: Official, colleague: Official
) -> None:
    seen, place = a_call(town, town.a_booking("09:00")), place_of(town, official)
    do(town, official, _P.TOLD, seen)
    with pytest.raises(NotPossibleNow):
        undo_call(town.context, colleague, place, _P.TOLD, seen.id)
    town.clock.advance(days=1)
    with pytest.raises(NotPossibleNow):
        undo_call(town.context, official, place, _P.TOLD, seen.id)


def test_calls_of_other_departments_and_municipalities_are_neither_listed_nor_pressed(
    town: Town, official: Official
) -> None:
    other = town.another_service()
    ours = a_call(town, town.a_booking("09:00"))
    theirs = a_call(town, town.a_booking("09:00", by=town.citizen(), service=other))
    clerk, place = within(town, official, other.department_id), place_of(town, official)
    assert to_make(town, clerk) == [theirs.id]
    assert [one.id for one in calls(town, clerk).departments] == [other.department_id]
    assert to_make(town, official, department_id=other.department_id) == [theirs.id]
    for stranger, call_id in (
        (clerk, ours.id),
        (enter_foreign_official(town), ours.id),
        (official, 0),
        (official, 2**40),
    ):
        with pytest.raises(NotFound):
            press_call(town.context, stranger, place, _P.TOLD, SeenCall(call_id, 0))
    assert {row.done_at for row in rows(town.context.db, CallTaskRow)} == {None}


def test_an_official_of_two_municipalities_presses_only_in_the_one_that_is_open(town: Town, official: Official) -> None:
    foreign = enter_foreign_official(town)
    [there] = foreign.rights
    both = replace(official, rights=frozenset({StaffRight(town.municipality.id), there}))
    elsewhere = replace(place_of(town, both), municipality_id=there.municipality_id)
    seen = a_call(town, town.a_booking("09:00"))
    with pytest.raises(NotFound):
        press_call(town.context, both, elsewhere, _P.TOLD, seen)


def test_what_to_say_follows_from_how_the_booking_stands_now(town: Town, official: Official) -> None:
    booking = town.a_booking("09:00")
    was_at = on_the_day("08:30").isoformat()
    kinds = [CallKind.MOVED, CallKind.NOT_DELIVERED, CallKind.CANCELLED]
    for kind in kinds:
        a_call(town, booking, kind, **({"starts_at": was_at, "mode": "video"} if kind is CallKind.MOVED else {}))

    def sayings(status: BookingStatus) -> list[Saying]:
        change(town, booking, status=status.value)
        return [call.saying for call in calls(town, official).to_make]

    assert sayings(_S.BOOKED) == [Saying.MOVED, Saying.STANDS, Saying.STANDS]
    assert sayings(_S.CANCELLED_BY_MUNICIPALITY) == [Saying.CANCELLED] * 3
    assert sayings(_S.CANCELLED_BY_CITIZEN) == [Saying.NOTHING, Saying.NOTHING, Saying.CANCELLED]
    assert sayings(_S.SERVED) == [Saying.NOTHING] * 3


def test_the_list_costs_four_queries_however_long_it_is(town: Town, official: Official) -> None:
    for minute in range(5):
        a_call(town, town.a_booking(f"09:{minute}0", by=town.citizen(f"Ν Π{minute}")))
    place = place_of(town, official)
    with counting(town.context.db) as statements:
        list_calls(town.context, official, place)
    assert len(statements) == 4


def test_a_press_tells_the_bookings_day_and_today(town: Town, official: Official) -> None:
    seen = a_call(town, town.a_booking("09:00"))
    said: list[DayChange] = []
    with announcing(town.context.db, said.extend):
        do(town, official, _P.TOLD, seen)
    assert [(one.day, one.kind) for one in said] == [(TUESDAY, "call"), (on_the_day("2026-11-20 10:00").date(), "call")]


def test_a_call_of_a_kind_that_a_newer_release_knows_is_left_to_that_one(town: Town, official: Official) -> None:
    a_call(town, town.a_booking("09:00"))
    with transaction(town.context.db) as tx:
        tx.get_one(CallTaskRow, 1).kind = "telepathy"
    assert to_make(town, official) == []
