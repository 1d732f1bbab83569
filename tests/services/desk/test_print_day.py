"""A day on paper: desks of the scope with their bookings, each look logged."""

import json
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import AuditEventRow, BookingNoteRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import NotFound
from dimoslive.domain.people.principals import Official
from dimoslive.services.desk.print_day import PrintedDay, PrintWish, print_day
from tests.support.builders import TUESDAY, at
from tests.support.lists import change, place_of, within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, an_absence, desk_ids, on_the_day, rows


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


def printed(town: Town, official: Official, *desks: int, **words: Any) -> PrintedDay:
    wish = PrintWish(TUESDAY, frozenset(desks), **words)
    return print_day(town.context, official, place_of(town, official), wish)


def on_paper(day: PrintedDay) -> list[list[str]]:
    return [[line.reference for line in desk.lines] for desk in day.desks if desk.is_chosen]


def desks_of(town: Town, service: Any = None) -> list[int]:
    with transaction(town.context.db) as tx:
        return desk_ids(tx, service or town.service)


def test_each_desk_with_a_booking_is_printed_unless_others_are_chosen(town: Town, official: Official) -> None:
    town.another_service()
    late, early = town.a_booking("10:00"), town.a_booking("09:00", by=town.citizen())
    town.a_booking("2026-11-25 09:00", by=town.citizen("Ν Π"))
    day = printed(town, official)
    assert (on_paper(day), len(day.desks)) == ([[early.reference, late.reference]], 2)
    [empty] = [desk.id for desk in day.desks if not desk.is_chosen]
    assert on_paper(printed(town, official, empty)) == [[]]


def test_what_was_cancelled_is_printed_where_it_is_asked_for_and_what_was_only_held_never(
    town: Town, official: Official
) -> None:
    cancelled = town.a_booking("09:00")
    change(town, cancelled, status=BookingStatus.CANCELLED_BY_CITIZEN.value)
    town.hold("10:00", by=town.citizen())
    assert on_paper(printed(town, official)) == []
    assert on_paper(printed(town, official, with_cancelled=True)) == [[cancelled.reference]]


def test_lanes_notes_and_absences_stand_with_their_desk(town: Town, official: Official) -> None:
    over, [desk] = town.a_booking("09:00"), desks_of(town)
    with transaction(town.context.db) as tx:
        lane = DeskRow(municipality_id=town.municipality.id, name_el="", overflow_of=desk, lane=1)
        tx.add(lane)
        tx.flush()
        lane_id = lane.id
        tx.add(BookingNoteRow(booking_id=over.id, official_id=official.id, written_at=town.clock.now(), text="…"))
        an_absence(tx, desk, starts_at=at("2026-11-20 09:00"), ends_at=on_the_day("12:00"))
    change(town, over, desk_id=lane_id)
    [found] = printed(town, official).desks
    assert (found.id, found.lines[0].is_over_capacity, found.lines[0].notes) == (desk, True, 1)
    assert [(one.starts_at, one.ends_at) for one in found.absences] == [(on_the_day("00:00"), on_the_day("12:00"))]


def test_other_departments_and_municipalities_are_not_on_it(town: Town, official: Official) -> None:
    other = town.another_service()
    town.a_booking("09:00")
    theirs = town.a_booking("09:00", by=town.citizen(), service=other)
    clerk = within(town, official, other.department_id)
    assert on_paper(printed(town, clerk)) == [[theirs.reference]]
    with pytest.raises(NotFound):
        printed(town, clerk, *desks_of(town))
    with pytest.raises(NotFound):
        printed(town, official, 0)
    place, foreign = place_of(town, official), enter_foreign_official(town)
    assert on_paper(print_day(town.context, foreign, place, PrintWish(TUESDAY))) == []


def test_each_look_is_logged_with_what_was_on_it(town: Town, official: Official) -> None:
    town.a_booking("09:00")
    [desk] = desks_of(town)
    printed(town, official, with_phones=True)
    [event] = rows(town.context.db, AuditEventRow)
    assert (event.action, event.official_id) == ("day.printed", official.id)
    assert json.loads(event.after) == {
        "day": "2026-11-24",
        "desks": [desk],
        "bookings": 1,
        "phones": True,
        "subjects": False,
        "cancelled": False,
    }
    assert "ΠΑΠΑΔΟΠΟΥΛΟΥ" not in event.after
