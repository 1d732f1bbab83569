"""A file of bookings: heads and administrators theirs, officials the one day of their own desk, each one logged."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import AuditEventRow
from dimoslive.db.tables.official import DeskOfficialRow, StaffSessionRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import InvalidInput, NotFound, TooManyRows
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.desk.export_bookings import ExportWish, export_bookings, own_desks
from tests.support.builders import TUESDAY
from tests.support.database import counting
from tests.support.lists import change, place_of, within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, desk_ids, on_the_day, rows

WEDNESDAY = date(2026, 11, 25)


@pytest.fixture
def official(town: Town) -> Official:
    return enter_official(town)


@pytest.fixture
def head(town: Town, official: Official) -> Official:
    return within(town, official, role=StaffRole.HEAD)


def export(town: Town, official: Official, first: date = TUESDAY, last: date | None = None, **words: Any) -> list[str]:
    wish = ExportWish(first, last or first, **words)
    return [one.reference for one in export_bookings(town.context, official, place_of(town, official), wish, "csv")]


def desk_of(town: Town) -> int:
    with transaction(town.context.db) as tx:
        return desk_ids(tx, town.service)[0]


def enter_at(town: Town, official: Official, desk_id: int) -> None:
    with transaction(town.context.db) as tx:
        tx.add(DeskOfficialRow(desk_id=desk_id, official_id=official.id, is_usual=True))


def refused(town: Town, official: Official, *words: Any, **more: Any) -> str:
    with pytest.raises(InvalidInput) as refusal:
        export(town, official, *words, **more)
    return refusal.value.code


def test_a_head_gets_all_days_asked_for_by_start_with_what_was_cancelled(town: Town, head: Official) -> None:
    late, early = town.a_booking("2026-11-25 09:00"), town.a_booking("09:00", by=town.citizen())
    town.a_booking("2026-11-26 09:00", by=town.citizen("Ν Π"))
    town.hold("10:00", by=town.citizen("Η Κ"))
    change(town, early, status=BookingStatus.CANCELLED_BY_CITIZEN.value)
    assert export(town, head, TUESDAY, WEDNESDAY) == [early.reference, late.reference]


def test_filters_narrow_it(town: Town, head: Official) -> None:
    other = town.another_service()
    first, second = town.a_booking("09:00"), town.a_booking("09:00", by=town.citizen(), service=other)
    change(town, second, mode=Mode.PHONE.value, status=BookingStatus.SERVED.value)
    desk = desk_of(town)
    for words, found in (
        ({"department_id": other.department_id}, second),
        ({"service_id": other.id}, second),
        ({"mode": Mode.PHONE}, second),
        ({"status": BookingStatus.SERVED}, second),
        ({"desk_id": desk}, first),
    ):
        assert export(town, head, **words) == [found.reference]
    assert export(town, head, service_id=0) == []


def test_a_desk_is_exported_with_its_lanes(town: Town, head: Official) -> None:
    over, desk = town.a_booking("09:00"), desk_of(town)
    with transaction(town.context.db) as tx:
        lane = DeskRow(municipality_id=town.municipality.id, name_el="", overflow_of=desk, lane=1)
        tx.add(lane)
        tx.flush()
        lane_id = lane.id
    change(town, over, desk_id=lane_id)
    [line] = export_bookings(
        town.context, head, place_of(town, head), ExportWish(TUESDAY, TUESDAY, desk_id=desk), "csv"
    )
    assert (line.reference, line.desk_id, line.is_over_capacity) == (over.reference, desk, True)


def test_an_official_gets_the_day_of_the_own_desk_and_nothing_else(town: Town, official: Official) -> None:
    booking, desk = town.a_booking("09:00"), desk_of(town)
    assert refused(town, official, desk_id=desk) == "own_desk_only"
    enter_at(town, official, desk)
    assert export(town, official, desk_id=desk) == [booking.reference]
    assert refused(town, official) == "own_desk_only"
    assert refused(town, official, TUESDAY, WEDNESDAY, desk_id=desk) == "own_day_only"
    assert refused(town, official, desk_id=desk + 100) == "own_desk_only"


def test_the_own_desk_is_the_one_said_today(town: Town, official: Official) -> None:
    desk, now = desk_of(town), town.clock.now()
    with transaction(town.context.db) as tx:
        session = StaffSessionRow(
            token_hash="x", official_id=official.id, created_at=now, seen_at=now, expires_at=now, desk_id=desk,
            desk_on=on_the_day("2026-11-20 10:00").date(),
        )  # fmt: skip
        tx.add(session)
        tx.flush()
        session_id = session.id or 0
    official = replace(official, session_id=session_id)
    place = place_of(town, official)
    assert own_desks(town.context, official, place) == [desk]
    town.clock.advance(days=1)
    assert own_desks(town.context, official, place) == []


def test_only_the_own_departments_and_municipality_are_in_it(town: Town, head: Official) -> None:
    other = town.another_service()
    town.a_booking("09:00")
    theirs = town.a_booking("09:00", by=town.citizen(), service=other)
    assert export(town, within(town, head, other.department_id, role=StaffRole.HEAD)) == [theirs.reference]
    place = place_of(town, head)
    with pytest.raises(NotFound):
        export_bookings(town.context, enter_foreign_official(town), place, ExportWish(TUESDAY, TUESDAY), "csv")
    with pytest.raises(NotFound):
        export_bookings(town.context, replace(head, rights=frozenset()), place, ExportWish(TUESDAY, TUESDAY), "csv")


def test_days_are_in_order_and_no_more_than_a_quarter_has(town: Town, head: Official) -> None:
    assert refused(town, head, WEDNESDAY, TUESDAY) == "ends_before_start"
    assert refused(town, head, date(2026, 10, 1), date(2027, 1, 1)) == "too_many_days"
    assert export(town, head, date(2026, 10, 1), date(2026, 12, 31)) == []


def test_more_lines_than_a_file_may_have_are_refused_with_the_number_and_not_read(
    town: Town, head: Official, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dimoslive.services.desk.export_bookings.MAX_ROWS", 1)
    town.a_booking("09:00")
    assert len(export(town, head)) == 1
    town.a_booking("09:10", by=town.citizen())
    with counting(town.context.db) as statements, pytest.raises(TooManyRows) as refusal:
        export(town, head)
    assert refusal.value.params == {"found": 2, "limit": 1}
    assert not any("person_name" in statement for statement, _ in statements)


def test_each_file_is_logged_with_its_filter_and_what_was_refused_is_not(town: Town, head: Official) -> None:
    town.a_booking("09:00")
    export(town, head, mode=Mode.VIDEO)
    refused(town, head, WEDNESDAY, TUESDAY)
    [event] = rows(town.context.db, AuditEventRow)
    assert (event.action, event.official_id, event.municipality_id) == (
        "bookings.exported",
        head.id,
        town.municipality.id,
    )
    assert json.loads(event.after) == {
        "first": "2026-11-24",
        "last": "2026-11-24",
        "mode": "video",
        "format": "csv",
        "bookings": 1,
    }
