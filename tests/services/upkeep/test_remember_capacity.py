"""For how long desks were open is written when the day is over, and stays what it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import MunicipalityRow
from dimoslive.domain.people.principals import Official
from dimoslive.domain.plans.changes import Change, ClosureChange, ServiceChange
from dimoslive.domain.settings.hours import TypedInterval, rows_of
from dimoslive.services.plans.apply_plan import apply_plan
from dimoslive.services.plans.preview_change import preview_change
from dimoslive.services.plans.undo_plan import undo_plan
from dimoslive.services.settings.closures.export_closures import export_closures
from dimoslive.services.settings.desks.delete_desk import delete_desk
from dimoslive.services.settings.desks.save_desk import add_desk
from dimoslive.services.settings.hours.open_hours import open_hours
from dimoslive.services.settings.hours.save_hours import save_week
from dimoslive.services.upkeep.remember_capacity import remember_capacity
from tests.support.builders import TUESDAY, a_period, at
from tests.support.settings import enter_administrator
from tests.support.world import Town, a_municipality, a_service, an_absence, desk_ids, rows

FRIDAY, MONDAY, WEDNESDAY = date(2026, 11, 20), date(2026, 11, 23), date(2026, 11, 25)
REASON = {"el": "Διακοπή ρεύματος", "en": "Power cut"}


@pytest.fixture
def administrator(town: Town) -> Official:
    return enter_administrator(town)


def known(town: Town) -> dict[date, list[tuple[int | None, int | None]]]:
    """Open and public minutes of each day, desk by desk."""
    found: dict[date, list[tuple[int | None, int | None]]] = {}
    for row in rows(town.context.db, CapacityDayRow):
        found.setdefault(row.day, []).append((row.open_minutes, row.public_minutes))
    return found


def night_after(day: date, wall: str = "00:10") -> datetime:
    return at(f"{day + timedelta(days=1)} {wall}")


def remember(town: Town, day: date) -> None:
    """As the night after the day does."""
    town.clock.set(night_after(day))
    remember_capacity(town.context)


def save_hours(town: Town, official: Official, closes: str) -> None:
    """On Tuesdays from 8:30 until then."""
    asked = (town.context, official, town.municipality.id, town.service.id or 0)
    opened = open_hours(*asked).opened
    kept = rows_of({name: value for name, value in opened.values.items() if name != "tuesday"})
    save_week(*asked, opened, [*kept, TypedInterval("new", 1, "08:30", closes)])


def another_desk(town: Town, official: Official) -> int:
    raw = {
        "name_el": "Γραφείο 3",
        "name_en": "Office 3",
        "department_id": str(town.service.department_id),
        "position": "2",
    }
    return add_desk(town.context, official, town.municipality.id, raw)


def change(town: Town, official: Official, wanted: Change) -> int:
    """Make a change by a plan."""
    plan_id = preview_change(town.context, official, town.municipality.id, wanted)
    apply_plan(town.context, official, town.municipality.id, plan_id)
    return plan_id


def test_a_day_is_written_ten_minutes_after_its_midnight(town: Town) -> None:
    remember(town, MONDAY)
    town.clock.set(night_after(TUESDAY, "00:09"))
    assert remember_capacity(town.context) == 0
    town.clock.set(night_after(TUESDAY))
    assert remember_capacity(town.context) == 1
    assert known(town) == {MONDAY: [(390, 390)], TUESDAY: [(390, 390)]}
    assert remember_capacity(town.context) == 0


def test_the_worked_day_has_six_hundred_desk_minutes(town: Town) -> None:
    with transaction(town.context.db) as tx:
        first = a_service(tx, town.municipality, desks=2, duration_minutes=20)
        _, absent = desk_ids(tx, first)
        an_absence(tx, absent, starts_at=at("2026-11-24 12:00"), ends_at=at("2026-11-24 15:00"))
    remember(town, TUESDAY)
    assert known(town)[TUESDAY][1:] == [(390, 390), (210, 210)]


def test_a_later_edit_of_the_hours_does_not_rewrite_the_past(town: Town, administrator: Official) -> None:
    remember(town, TUESDAY)
    save_hours(town, administrator, "10:00")
    remember(town, TUESDAY + timedelta(days=7))
    assert [known(town)[day] for day in (TUESDAY, TUESDAY + timedelta(days=7))] == [[(390, 390)], [(90, 90)]]


def test_of_missed_nights_the_history_tells_what_was_changed_since(town: Town, administrator: Official) -> None:
    remember(town, FRIDAY)
    town.clock.set(at("2026-11-25 00:05"))
    save_hours(town, administrator, "10:00")
    town.clock.set(at("2026-11-26 09:00"))
    change(town, administrator, ServiceChange(town.service.id or 0, {"staff_reserve": 1}))
    remember_capacity(town.context)
    assert known(town) == {
        FRIDAY: [(390, 390)],
        date(2026, 11, 21): [(0, 0)],
        date(2026, 11, 22): [(0, 0)],
        MONDAY: [(390, 390)],
        TUESDAY: [(390, 390)],
        WEDNESDAY: [(390, 390)],
    }
    remember(town, TUESDAY + timedelta(days=7))
    assert known(town)[TUESDAY + timedelta(days=7)] == [(90, 0)]


def test_a_closure_counts_when_it_was_made_and_a_plan_that_came_and_went_does_not(
    town: Town, administrator: Official
) -> None:
    remember(town, MONDAY)
    town.clock.set(at("2026-11-24 13:00"))
    change(town, administrator, ClosureChange(a_period("2026-11-24 14:00", "15:00"), REASON))
    town.clock.set(at("2026-11-25 08:00"))
    plan_id = change(town, administrator, ClosureChange(a_period("2026-11-28 09:00", "11:00"), REASON))
    undo_plan(town.context, administrator, town.municipality.id, plan_id)
    export_closures(town.context, administrator, town.municipality.id)
    remember(town, WEDNESDAY)
    assert known(town) == {MONDAY: [(390, 390)], TUESDAY: [(330, 330)], WEDNESDAY: [(390, 390)]}


def test_a_desk_that_came_since_has_no_day_before(town: Town, administrator: Official) -> None:
    remember(town, MONDAY)
    town.clock.set(at("2026-11-25 09:00"))
    another_desk(town, administrator)
    remember(town, WEDNESDAY)
    assert known(town) == {MONDAY: [(390, 390)], TUESDAY: [(390, 390)], WEDNESDAY: [(390, 390), (0, 0)]}


def test_where_the_history_cannot_tell_the_day_is_unknown_and_not_zero(town: Town, administrator: Official) -> None:
    desk_id = another_desk(town, administrator)
    remember(town, MONDAY)
    town.clock.set(at("2026-11-25 09:00"))
    delete_desk(town.context, administrator, town.municipality.id, desk_id)
    remember(town, WEDNESDAY)
    # With the desk its own days went.
    assert known(town) == {MONDAY: [(390, 390)], TUESDAY: [(None, None)], WEDNESDAY: [(390, 390)]}


def test_a_town_is_counted_from_the_day_on_which_it_was_published(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = at("2026-11-24 11:00")
        drama = a_municipality(tx, "Δράμας", slug="drama")
        a_service(tx, drama)
        drama.joined_at = None
    remember(town, MONDAY)
    assert known(town) == {}


def test_two_processes_write_a_night_once(town: Town) -> None:
    town.clock.set(night_after(TUESDAY))
    with ThreadPoolExecutor(2) as pool:
        written = list(pool.map(remember_capacity, [town.context] * 2))
    assert sum(written) == 1
    assert known(town) == {TUESDAY: [(390, 390)]}
