"""What each figure counts, by the worked day and by days on which the clock changes; and who sees it."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import delete, update

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import DeskRow
from dimoslive.db.tables.desk import BookingEventRow
from dimoslive.db.tables.meeting import MeetingRow
from dimoslive.db.tables.official import DeskOfficialRow
from dimoslive.db.tables.outbox import DeliveryRow
from dimoslive.db.tables.reminder import ReminderRow
from dimoslive.domain.booking.statuses import BookingStatus
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.figures.asked import Asked, Narrowing, Per, Span
from dimoslive.domain.figures.figure import Column, Figure
from dimoslive.domain.people.principals import Official, StaffRole
from dimoslive.services.figures.kinds import KINDS
from dimoslive.services.figures.show_figure import show_figure
from tests.support.database import counting
from tests.support.figures import a_row, add_rows, the_worked_day
from tests.support.lists import place_of, within
from tests.support.meeting import enter_foreign_official, enter_official
from tests.support.world import Town, desk_ids, on_the_day

_S = BookingStatus
TUESDAY = date(2026, 11, 24)
DAY = Asked(Span(TUESDAY, TUESDAY), Per.DAY)
WEEK = Asked(Span(date(2026, 11, 20), TUESDAY), Per.DAY)


@pytest.fixture
def head(town: Town) -> Official:
    town.clock.set(on_the_day("2026-11-25 08:00"))
    return within(town, enter_official(town), role=StaffRole.HEAD)


def figure(town: Town, official: Official, name: str, asked: Asked = DAY, **only: Any) -> Figure:
    asked = replace(asked, only=Narrowing(**only)) if only else asked
    return show_figure(town.context, official, place_of(town, official), name, asked)


def column(found: Figure, name: str) -> Column:
    return next(one for one in found.columns if one.name == name)


def sums(found: Figure) -> dict[str, Any]:
    return {one.name: one.value for one in found.sums}


class TestTheWorkedDay:
    def test_seven_were_made_and_six_due(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        found = figure(town, head, "bookings", WEEK)
        assert (column(found, "made").cells, column(found, "due").cells) == ((7, 0, 0, 0, 0), (0, 0, 0, 0, 6))

    def test_of_five_done_three_were_served_one_was_not_and_one_did_not_come(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        found = figure(town, head, "outcomes")
        assert sums(found) == {"served": 60, "not_served": 20, "no_show": 20, "unrecorded": 1}
        assert found.is_incomplete

    def test_the_reason_is_told_of_who_was_not_served(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        found = figure(town, head, "reasons")
        assert dict(zip(found.heads, column(found, "bookings").cells, strict=True))["documents_missing"] == 1
        assert sums(found)["share"] == 20

    def test_one_of_seven_was_cancelled_by_a_citizen_within_the_last_day(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        assert sums(figure(town, head, "cancellations")) == {
            "by_citizen": Decimal("14.3"),
            "by_municipality": 0,
            "late": 1,
        }

    def test_waiting_counts_from_ones_own_time(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        found = figure(town, head, "waiting")
        assert column(found, "bookings").cells == (3, 1, 0, 0, 0, 0)
        assert sums(found) == {"median": None, "ninetieth": None, "bookings": 4}
        add_rows(
            town, [a_row(town, f"13:{m}0", _S.SERVED, arrived_at="13:00", started_at=f"13:{m}1") for m in "012345"]
        )
        assert sums(figure(town, head, "waiting")) == {"median": 1, "ninetieth": 3, "bookings": 10}

    def test_the_service_time_stands_beside_what_was_planned(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        add_rows(town, [a_row(town, "13:00", _S.SERVED, started_at="13:00", ended_at="13:10", minutes=30)])
        found = figure(town, head, "service_time")
        assert [column(found, name).cells for name in ("planned", "tenth", "median", "ninetieth", "bookings")] == [
            (20,),
            (None,),
            (10,),
            (None,),
            (5,),
        ]


def test_served_not_served_no_shows_and_unrecorded_are_all_that_was_due(town: Town, head: Official) -> None:
    the_worked_day(town)
    add_rows(town, [a_row(town, "2026-11-23 09:00", status) for status in BookingStatus if status is not _S.HELD])
    asked = Asked(Span(date(2026, 11, 23), TUESDAY), Per.DAY)
    due = column(figure(town, head, "bookings", asked), "due").total
    done = column(figure(town, head, "no_shows", asked), "done").total
    unrecorded = column(figure(town, head, "outcomes", asked), "unrecorded").total
    assert due == 12
    assert int(done or 0) + int(unrecorded or 0) == due


def test_holds_and_what_came_of_none_are_no_bookings(town: Town, head: Official) -> None:
    add_rows(
        town,
        [
            a_row(town, "09:00", _S.HELD, booked_at=None),
            a_row(town, "09:30", _S.EXPIRED, booked_at=None),
            a_row(town, "10:00", _S.EXPIRED),
        ],
    )
    assert figure(town, head, "bookings", WEEK).size == 0


def test_a_booking_that_was_moved_three_times_is_one_and_three_moves(town: Town, head: Official) -> None:
    town.clock.set(on_the_day("2026-11-20 10:00"))
    booking = town.a_booking("09:00")
    for wall in ("09:10", "09:20", "09:30"):
        town.move(booking, wall)
    town.clock.set(on_the_day("2026-11-25 08:00"))
    found = figure(town, head, "moves")
    assert (column(found, "by_citizen").cells, column(found, "by_staff").cells) == ((3,), (0,))
    assert column(figure(town, head, "bookings", WEEK), "made").total == 1


def test_the_lead_time_is_counted_in_calendar_days_to_the_first_start_of_citizens_own(
    town: Town, head: Official
) -> None:
    rows = [a_row(town, f"09:{minute:02d}", first_starts_at="2026-11-23 09:00") for minute in range(0, 50, 10)]
    # Booked late in the evening, by the local calendar on the day before.
    late = a_row(town, "10:00", booked_at="2026-11-23 23:30")
    phoned = [a_row(town, "11:00", source="phone", booked_at="2026-11-24 08:00") for _ in range(20)]
    add_rows(town, [*rows, late, *phoned])
    found = figure(town, head, "lead_time", WEEK)
    assert column(found, "median").cells == (3, None, None, None, None)
    assert found.size == 6


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_day_on_which_the_clock_changes_is_a_day_of_its_own(town: Town, head: Official, day: date) -> None:
    walls = ("00:00", "02:55", "04:00", "23:55")
    starts = [f"{day.isoformat()} {wall}" for wall in walls]
    starts += [f"{day.replace(day=day.day - 1).isoformat()} 23:55", f"{day.replace(day=day.day + 1).isoformat()} 00:00"]
    add_rows(town, [a_row(town, start) for start in starts])
    asked = Asked(Span(day.replace(day=day.day - 1), day.replace(day=day.day + 1)), Per.DAY)
    assert column(figure(town, head, "bookings", asked), "due").cells == (1, 4, 1)


def test_durations_are_differences_of_instants(town: Town, head: Official) -> None:
    """Over the hour that the clock skips, and the one that it shows twice."""
    town.clock.set(on_the_day("2026-11-25 08:00"))
    rows = [
        a_row(town, "2026-03-29 02:50", _S.SERVED, started_at="02:55", ended_at="04:05", outcome="served")
        for _ in range(5)
    ]
    add_rows(town, rows)
    day = date(2026, 3, 29)
    assert sums(figure(town, head, "service_time", Asked(Span(day, day), Per.DAY)))["median"] == 10


def test_a_service_that_no_person_ended_has_no_time(town: Town, head: Official) -> None:

    closed = {"mode": "video", "started_at": "09:00", "ended_at": "10:20"}
    rows = add_rows(town, [a_row(town, "09:00", _S.SERVED, **closed) for _ in range(5)])
    long = [a_row(town, "09:00", _S.SERVED, started_at="09:00", ended_at="13:01", outcome="served") for _ in range(5)]
    add_rows(town, long)
    with transaction(town.context.db) as tx:
        for row in rows:
            event = BookingEventRow(booking_id=row.id or 0, at=row.ends_at, action="closed", before="{}", after="{}")
            tx.add(event)
    assert figure(town, head, "service_time").size == 0


def test_numbers_are_compared_with_as_many_days_before(town: Town, head: Official) -> None:
    the_worked_day(town)
    add_rows(town, [a_row(town, f"2026-11-23 09:{minute}0") for minute in "0123"])
    [_made, due] = figure(town, head, "bookings").sums
    assert (due.value, due.before) == (6, 4)


def test_overruns_are_what_stands_in_a_lane_or_outside_hours(town: Town, head: Official) -> None:
    the_worked_day(town)
    with transaction(town.context.db) as tx:
        [desk_id] = desk_ids(tx, town.service)
        lane = DeskRow(municipality_id=town.municipality.id, name_el="Α", overflow_of=desk_id, lane=1)
        tx.add(lane)
        tx.flush()
        lane_id = lane.id
    add_rows(town, [a_row(town, "13:00", desk_id=lane_id), a_row(town, "07:00", is_outside_hours=True)])
    assert sums(figure(town, head, "overruns")) == {"over_capacity": 1, "outside_hours": 1}


def test_a_document_counts_whether_it_was_noted_in_the_meeting_or_beside_it(town: Town, head: Official) -> None:
    video = {"mode": "video"}
    rows = [a_row(town, f"09:{minute}0", _S.SERVED, **video) for minute in "0123"]
    rows[0].identity_document = "passport"
    add_rows(town, rows)
    with transaction(town.context.db) as tx:
        tx.add(
            MeetingRow(
                booking_id=rows[1].id or 0, municipality_id=town.municipality.id, identity_document="identity_card"
            )
        )
    found = figure(town, head, "identity")
    assert dict(zip(found.heads, column(found, "bookings").cells, strict=True)) == {
        "identity_card": 1,
        "passport": 1,
        "residence_permit": 0,
        "driving_licence": 0,
        "no_document": 2,
    }
    assert sums(found) == {"shown": 50, "served": 4}


def test_mails_are_counted_by_what_became_of_them(town: Town, head: Official) -> None:
    town.clock.set(on_the_day("2026-11-20 10:00"))
    booking = town.a_booking("09:00")
    town.clock.set(on_the_day("2026-11-25 08:00"))
    with transaction(town.context.db) as tx:
        tx.execute(update(DeliveryRow).values(done_at=town.clock.now()))
        tx.add(
            ReminderRow(
                booking_id=booking.id,
                kind="two_days",
                starts_at=booking.period.starts_at,
                state="skipped",
                reason="no_email",
                decided_at=town.clock.now(),
            )
        )
    assert sums(figure(town, head, "messages")) == {"sent": 1, "failed": 0, "without_address": 0}
    assert sums(figure(town, head, "reminders")) == {"sent": 0, "skipped": 1}
    with transaction(town.context.db) as tx:
        tx.execute(delete(DeliveryRow))
    assert sums(figure(town, head, "messages")) == {"sent": 0, "failed": 0, "without_address": 1}


class TestWhoSeesWhat:
    def test_another_municipalitys_official_sees_nothing(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        foreign = enter_foreign_official(town)
        with pytest.raises(NotFound):
            show_figure(town.context, foreign, place_of(town, head), "bookings", DAY)

    def test_an_official_counts_the_own_departments_alone(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        other = town.another_service()
        add_rows(town, [a_row(town, "09:00", service_id=other.id)])
        mine = within(town, head, other.department_id)
        assert column(figure(town, mine, "bookings"), "due").total == 1
        assert column(figure(town, head, "bookings"), "due").total == 7

    def test_a_filter_never_widens(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        other = town.another_service()
        mine = within(town, head, other.department_id)
        assert figure(town, mine, "bookings", department_id=town.service.department_id).size == 0
        assert figure(town, head, "bookings", service_id=0).size == 0

    def test_a_desk_is_shown_to_heads_and_to_who_works_it_with_its_lanes(self, town: Town, head: Official) -> None:
        the_worked_day(town)
        official = within(town, head)
        with transaction(town.context.db) as tx:
            [desk_id] = desk_ids(tx, town.service)
            lane = DeskRow(municipality_id=town.municipality.id, name_el="Α", overflow_of=desk_id, lane=1)
            tx.add(lane)
            tx.flush()
            lane_id = lane.id
        add_rows(town, [a_row(town, "13:00", desk_id=lane_id)])
        assert column(figure(town, head, "bookings", desk_id=desk_id), "due").total == 7
        with pytest.raises(InvalidInput) as raised:
            figure(town, official, "bookings", desk_id=desk_id)
        assert (raised.value.field, raised.value.code) == ("desk", "figures_own_desk_only")
        with transaction(town.context.db) as tx:
            tx.add(DeskOfficialRow(desk_id=desk_id, official_id=official.id))
        assert column(figure(town, official, "bookings", desk_id=desk_id), "due").total == 7


def test_days_to_come_are_counted_where_something_can_be_said_of_them(town: Town, head: Official) -> None:
    add_rows(town, [a_row(town, "2026-11-27 09:00")])
    ahead = Asked(Span(TUESDAY, date(2026, 11, 27)), Per.DAY)
    assert column(figure(town, head, "bookings", ahead), "due").total == 1
    with pytest.raises(InvalidInput) as raised:
        figure(town, head, "outcomes", ahead)
    assert (raised.value.field, raised.value.code) == ("until", "figures_to_come")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_figure_asks_the_same_number_of_questions_however_much_there_is(
    town: Town, head: Official, kind: Any
) -> None:
    def queries() -> int:
        with counting(town.context.db) as statements:
            figure(town, head, kind.name, WEEK)
        return len(statements)

    few = queries()
    the_worked_day(town)
    add_rows(town, [a_row(town, f"2026-11-23 {hour}:00", _S.SERVED) for hour in range(10, 20)])
    assert queries() == few <= 4


def test_a_figure_names_nobody(town: Town, head: Official) -> None:
    town.clock.set(on_the_day("2026-11-20 10:00"))
    booking: Any = town.a_booking("09:00")
    town.clock.set(on_the_day("2026-11-25 08:00"))
    said = " ".join(str(figure(town, head, kind.name, WEEK)) for kind in KINDS)
    assert booking.reference not in said
    assert "Παπαδοπούλου".upper() not in said
