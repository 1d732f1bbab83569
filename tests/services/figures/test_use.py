"""Use of capacity, the municipality's own share of it, and searches: by the worked day, within rights and filters."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.capacity import CapacityDayRow
from dimoslive.db.tables.catalogue import ServiceRow
from dimoslive.db.tables.official import DeskOfficialRow
from dimoslive.db.tables.search_tally import SearchTallyRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.figures.asked import Asked, Narrowing, Per, Span
from dimoslive.domain.figures.figure import Figure
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.figures.show_figure import show_figure
from dimoslive.services.upkeep.remember_capacity import remember_capacity
from tests.support.arranging import another_desk
from tests.support.builders import at
from tests.support.figures import a_row, add_rows, the_worked_day
from tests.support.lists import place_of, within
from tests.support.meeting import enter_official
from tests.support.world import Town, an_absence, desk_ids, on_the_day

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
DAY = Asked(Span(TUESDAY, TUESDAY), Per.DAY)
BOTH = Asked(Span(MONDAY, TUESDAY), Per.DAY)


@pytest.fixture
def head(town: Town) -> Official:
    town.clock.set(on_the_day("2026-11-25 08:00"))
    return within(town, enter_official(town), role=StaffRole.HEAD)


def figure(town: Town, official: Official, name: str, asked: Asked = DAY, **only: Any) -> Figure:
    asked = replace(asked, only=Narrowing(**only))
    return show_figure(town.context, official, place_of(town, official), name, asked)


def table(found: Figure) -> dict[str, list[Any]]:
    """The cells of each line by its Greek name."""
    return {
        head["el"]: [column.cells[number] for column in found.columns]  # type: ignore[index]  # a name
        for number, head in enumerate(found.heads)
    }


def sums(found: Figure) -> dict[str, Any]:
    return {one.name: one.value for one in found.sums}


def the_worked_desks(town: Town) -> tuple[int, int]:
    """A is open from 8:30 to 15:00, B too, but absent from 12:00 on; the night has been."""
    [first], second = desks_of_service(town), another_desk(town)
    with transaction(town.context.db) as tx:
        an_absence(tx, second, starts_at=at("2026-11-24 12:00"), ends_at=at("2026-11-24 15:00"))
    remember_capacity(town.context)
    return first, second


def desks_of_service(town: Town) -> list[int]:
    with transaction(town.context.db) as tx:
        return desk_ids(tx, town.service)


def searched(town: Town, service: ServiceRow, day: date = TUESDAY, mode: str = "video", **counts: int) -> None:
    with transaction(town.context.db) as tx:
        for kind, searches in counts.items():
            tx.add(SearchTallyRow(day=day, service_id=service.id or 0, mode=mode, kind=kind, searches=searches))


class TestUseOfCapacity:
    def test_of_six_hundred_minutes_a_hundred_and_twenty_are_twenty_percent(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        the_worked_desks(town)
        found = figure(town, head, "use")
        assert sums(found) == {"share": 20}
        assert table(found) == {"Θυρίδα 1": [Decimal("30.8"), 120, 390, 390], "Θυρίδα 2": [0, 0, 210, 210]}
        assert [column.total for column in found.columns] == [20, 120, 600, 600]

    def test_a_lane_is_booked_at_its_desk_and_use_may_exceed_all(self, town: Town, head: Official) -> None:
        first, _ = the_worked_desks(town)
        lane = another_desk(town, overflow_of=first, lane=1)
        add_rows(town, [a_row(town, "08:30", minutes=390), a_row(town, "08:30", minutes=390, desk_id=lane)])
        assert table(figure(town, head, "use"))["Θυρίδα 1"][:3] == [200, 780, 390]

    def test_days_that_are_unknown_are_told_and_do_not_count(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        first, _ = the_worked_desks(town)
        # Of Monday nothing was ever written, and of Tuesday what was written is not known any more.
        add_rows(town, [a_row(town, "2026-11-23 09:00")])
        with transaction(town.context.db) as tx:
            row = tx.get_one(CapacityDayRow, (first, TUESDAY))
            row.open_minutes = row.public_minutes = None
        found = figure(town, head, "use", BOTH)
        assert table(found) == {"Θυρίδα 1": [None, 0, 0, 0], "Θυρίδα 2": [0, 0, 210, 210]}
        assert sums(found) == {"share": 0, "unknown": 2}
        assert sums(figure(town, head, "use", desk_id=first)) == {"share": None, "unknown": 1}

    def test_of_today_nothing_is_said_yet(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        the_worked_desks(town)
        add_rows(town, [a_row(town, "2026-11-25 07:00")])
        until_today = Asked(Span(TUESDAY, date(2026, 11, 25)), Per.DAY)
        assert table(figure(town, head, "use", until_today)) == table(figure(town, head, "use"))

    def test_who_may_not_see_desks_sees_the_own_one(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        first, second = the_worked_desks(town)
        official = within(town, head)
        assert figure(town, official, "use").size == 0
        with transaction(town.context.db) as tx:
            tx.add(DeskOfficialRow(desk_id=first, official_id=official.id))
        assert list(table(figure(town, official, "use"))) == ["Θυρίδα 1"]
        assert list(table(figure(town, head, "use", desk_id=second))) == ["Θυρίδα 2"]

    def test_desks_are_those_of_the_departments_in_reach(self, town: Town, head: Official) -> None:
        other = town.another_service()
        the_worked_day(town)
        the_worked_desks(town)
        mine = within(town, head, other.department_id, role=StaffRole.HEAD)
        assert sums(figure(town, mine, "use")) == {"share": 0}
        assert [column.total for column in figure(town, mine, "use").columns][1:3] == [0, 390]
        assert figure(town, mine, "use", department_id=town.service.department_id).size == 0
        assert figure(town, head, "use", department_id=town.service.department_id).columns[2].total == 600


def test_what_citizens_did_not_book_is_the_municipality_s_share(town: Town, head: Official) -> None:
    add_rows(town, [a_row(town, "09:00"), a_row(town, "09:30", source="phone", minutes=60)])
    add_rows(town, [a_row(town, "10:30", BookingStatus.CANCELLED_BY_CITIZEN, source="phone")])
    assert sums(figure(town, head, "staff_share")) == {"share": 75}


class TestSearches:
    def test_what_found_nothing_is_a_share_of_all_worst_first(self, town: Town, head: Official) -> None:
        other = town.another_service()
        searched(town, town.service, all=10, none=2)
        searched(town, town.service, mode="phone", all=10, none=5)
        searched(town, other, all=20, none=1, late=4)
        found = figure(town, head, "empty_searches")
        assert sums(found) == {"share": 20, "found": 8, "searches": 40}
        assert [column.cells for column in found.columns] == [(50, 20, 5), (5, 2, 1), (10, 10, 20)]
        assert next(iter(table(found))).endswith(" · Τηλεφωνική κλήση")
        assert sums(figure(town, head, "late_searches")) == {"share": 10, "found": 4, "searches": 40}

    def test_ten_are_shown_and_the_rest_is_in_the_sum(self, town: Town, head: Official) -> None:
        for number in range(12):
            searched(town, town.another_service(), all=20, none=20 - number)
        found = figure(town, head, "empty_searches")
        assert len(found.heads) == 10
        assert sums(found)["found"] == sum(range(9, 21))

    def test_they_are_narrowed_by_rights_department_service_and_mode(self, town: Town, head: Official) -> None:
        other = town.another_service()
        searched(town, town.service, all=10)
        searched(town, other, all=5, mode="phone")
        searched(town, other, all=3, day=MONDAY)

        def number(official: Official, asked: Asked = DAY, **only: Any) -> int:
            return int(sums(figure(town, official, "empty_searches", asked, **only))["searches"])

        mine = within(town, head, other.department_id)
        assert (number(head), number(head, BOTH), number(mine)) == (15, 18, 5)
        assert number(head, service_id=other.id) == number(head, department_id=other.department_id) == 5
        assert number(mine, service_id=town.service.id) == 0
