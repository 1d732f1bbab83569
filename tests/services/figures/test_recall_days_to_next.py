"""Days to the next free time in the municipality's own figures: what was offered on each morning, within rights."""

from datetime import date
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.days_to_next import DaysToNextHistoryRow
from dimoslive.domain.figures.asked import Asked, Narrowing, Per, Span
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.figures.show_figure import show_figure
from tests.support.lists import place_of, within
from tests.support.meeting import enter_official
from tests.support.world import Town, on_the_day

MONDAY, TUESDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 29)
TWO_DAYS = Span(MONDAY, TUESDAY)


@pytest.fixture
def head(town: Town) -> Official:
    town.clock.set(on_the_day("2026-11-30 10:00"))
    return within(town, enter_official(town), role=StaffRole.HEAD)


def remember(town: Town, service: ServiceRow, day: date, days: int | None, mode: Mode = Mode.VIDEO) -> None:
    until = None if days is not None else date(2027, 1, 20)
    with transaction(town.context.db) as tx:
        tx.add(
            DaysToNextHistoryRow(
                service_id=service.id or 0,
                mode=mode.value,
                municipality_id=town.municipality.id,
                days=days,
                none_until=until,
                day=day,
            )
        )


def recalled(town: Town, official: Official, span: Span = TWO_DAYS, per: Per = Per.DAY, **only: Any) -> Figure:
    asked = Asked(span, per, Narrowing(**only))
    return show_figure(town.context, official, place_of(town, official), "days_to_next", asked)


def cells(found: Figure) -> dict[str, tuple[object, ...]]:
    return {column.name: column.cells for column in found.columns}


def test_each_morning_has_its_nearest_service_and_the_one_in_the_middle(town: Town, head: Official) -> None:
    others = [town.another_service() for _ in range(2)]
    for service, days in zip([town.service, *others], (4, 9, 2), strict=True):
        remember(town, service, MONDAY, days)
        # In another mode it is had sooner: that counts.
        remember(town, service, MONDAY, days - 1, Mode.IN_PERSON)
        remember(town, service, TUESDAY, None)
    found = recalled(town, head)
    assert cells(found) == {"nearest": (1, None), "median": (3, None), "nothing": (0, 1)}
    assert found.size == 2
    assert cells(recalled(town, head, mode=Mode.VIDEO))["nearest"] == (2, None)
    assert cells(recalled(town, head, service_id=town.service.id))["nearest"] == (3, None)


def test_of_a_week_the_morning_in_the_middle_is_shown(town: Town, head: Official) -> None:
    for number, days in enumerate((7, 1, 3)):
        remember(town, town.service, date(2026, 11, 23 + number), days)
    found = recalled(town, head, Span(MONDAY, SUNDAY), Per.WEEK)
    assert cells(found)["nearest"] == (3,)
    assert {one.name: one.value for one in found.sums} == {"nearest": 3, "median": 3}


def test_nobody_sees_more_than_their_departments(town: Town, head: Official) -> None:
    other = town.another_service()
    remember(town, town.service, MONDAY, 5)
    remember(town, other, MONDAY, 1)
    of_one = within(town, head, town.service.department_id, role=StaffRole.HEAD)
    assert cells(recalled(town, head))["nearest"] == (1, None)
    assert cells(recalled(town, of_one))["nearest"] == (5, None)


def test_a_morning_that_was_never_computed_is_no_number(town: Town, head: Official) -> None:
    found = recalled(town, head)
    assert (found.size, cells(found)["nearest"]) == (0, (None, None))
