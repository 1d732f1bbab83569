"""«Γιατί δεν προσφέρεται;», of what is in the database."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.catalogue import ClosureRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.scheduling.local_time import ATHENS, to_local
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.domain.scheduling.why_not import Check, DeskIs
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.settings.hours.explain_time import ExplainedTime, explain_time
from tests.support.builders import TUESDAY, at
from tests.support.lists import within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import NOW, Town, an_absence, desk_ids


@pytest.fixture
def head(town: Town) -> Official:
    return within(town, enter_official(town), town.service.department_id, role=StaffRole.HEAD)


def ask(town: Town, head: Official, clock: str, day: str = "24/11/2026", mode: str = "video") -> ExplainedTime:
    return explain_time(town.context, head, town.municipality.id, town.service.id or 0, day, clock, mode)


def check(town: Town, head: Official, clock: str, day: str = "24/11/2026", mode: str = "video") -> Check | None:
    found = ask(town, head, clock, day, mode).why_not
    return found.check if found else None


def change(town: Town, row: Any, **values: Any) -> None:
    with transaction(town.context.db) as tx:
        found = tx.get_one(type(row), row.id)
        for name, value in values.items():
            setattr(found, name, value)


def test_the_answer_is_offered_exactly_when_citizens_are_offered_the_time(town: Town, head: Official) -> None:
    town.a_booking("09:00")
    town.hold("09:30", by=town.citizen())
    with transaction(town.context.db) as tx:
        away: dict[str, Any] = {"starts_at": at("2026-11-24 11:00"), "ends_at": at("2026-11-24 12:00")}
        an_absence(tx, *desk_ids(tx, town.service), **away)
        reasons: dict[str, Any] = {"reason_el": "Απογραφή", "reason_en": "Stocktaking"}
        shut: dict[str, Any] = {"starts_at": at("2026-11-24 13:00"), "ends_at": at("2026-11-24 13:15")}
        tx.add(ClosureRow(municipality_id=town.municipality.id, **shut, **reasons))
    slots = find_slots(town.context, town.service.id or 0, Mode.VIDEO, first=TUESDAY, last=TUESDAY).slots
    starts = {to_local(slot.starts_at, ATHENS).strftime("%H:%M") for slot in slots}
    clocks = [f"{hour:02}:{minute:02}" for hour in range(8, 16) for minute in range(0, 60, 5)]
    assert {clock for clock in clocks if check(town, head, clock) is None} == starts
    assert starts


def test_each_reason_names_what_it_is_about(town: Town, head: Official) -> None:
    town.a_booking("09:00")
    town.hold("09:30", by=town.citizen())
    with transaction(town.context.db) as tx:
        [desk] = desk_ids(tx, town.service)
        an_absence(tx, desk, starts_at=at("2026-11-24 11:00"), ends_at=at("2026-11-24 12:00"))
        words: dict[str, Any] = {"reason_el": "Απογραφή", "reason_en": "Stocktaking"}
        tx.add(
            ClosureRow(
                municipality_id=town.municipality.id,
                starts_at=at("2026-11-24 13:00"),
                ends_at=at("2026-11-24 14:00"),
                **words,
            )
        )
    for clock, state in (("9:00", DeskIs.BOOKED), ("9:30", DeskIs.HELD), ("11:00", DeskIs.ABSENT)):
        found = ask(town, head, clock)
        assert found.why_not
        assert found.why_not.desks == ((desk, state),)
        assert found.desks[desk]["el"]
    closed = ask(town, head, "13:00")
    assert closed.why_not
    assert closed.why_not.check is Check.CLOSURE
    assert [closed.closures[id_]["en"] for id_ in closed.why_not.closures] == ["Stocktaking"]


def test_what_is_not_published_archived_or_paused_says_so(town: Town, head: Official) -> None:
    assert check(town, head, "9:00") is None
    change(town, town.service, paused_at=NOW)
    assert check(town, head, "9:00") is Check.PAUSE
    change(town, town.service, is_active=False)
    assert check(town, head, "9:00") is Check.PUBLISHED
    change(town, town.service, is_active=True)
    change(town, town.municipality, joined_at=None)
    assert check(town, head, "9:00") is Check.PUBLISHED


def test_a_mode_that_was_taken_away_is_named_after_the_hours(town: Town, head: Official) -> None:
    change(town, town.service, offers_phone=False)
    assert check(town, head, "9:00", mode="phone") is Check.MODE
    assert check(town, head, "7:00", mode="phone") is Check.HOURS


def test_a_time_that_was_given_back_is_kept_from_citizens_until_its_hold_ends(town: Town, head: Official) -> None:
    town.hold("09:30")
    until = NOW + timedelta(minutes=40)
    with transaction(town.context.db) as tx:
        row = tx.scalars(select(BookingRow)).one()
        row.citizen_id, row.hold_expires_at = None, until
    found = ask(town, head, "9:30").why_not
    assert found
    assert (found.check, found.from_) == (Check.RELEASE, until)
    times = find_slots(town.context, town.service.id or 0, Mode.VIDEO, first=TUESDAY, last=TUESDAY).slots
    assert at("2026-11-24 09:30") not in [slot.starts_at for slot in times]
    town.clock.advance(minutes=41)
    assert check(town, head, "9:30") is None


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        (("31/11/2026", "9:00", "video"), "date"),
        (("24/11/2026", "9", "swim"), "mode"),
        (("24/11/26", "x", "video"), "clock"),
    ],
)
def test_what_is_typed_wrong_is_said_at_its_field(
    town: Town, head: Official, asked: tuple[str, str, str], field: str
) -> None:
    with pytest.raises(InvalidInput) as refused:
        explain_time(town.context, head, town.municipality.id, town.service.id or 0, *asked)
    assert refused.value.field == field


@pytest.mark.parametrize("day", ["1/1/0001", "31/12/9999"])
def test_dates_at_the_ends_of_the_calendar_have_an_answer(town: Town, head: Official, day: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        ask(town, head, "9:00", day)
    assert refused.value.code == "date_too_far"


def test_nobody_of_another_department_or_municipality_is_told(town: Town, head: Official) -> None:
    for stranger in (within(town, head, 999, role=StaffRole.HEAD), enter_foreign_official(town)):
        with pytest.raises(NotFound):
            ask(town, stranger, "9:00")
