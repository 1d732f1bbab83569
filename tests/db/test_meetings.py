"""What is asked of all meetings every minute, or of a day's every few seconds, is answered from an index."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from dimoslive.db.engine import reading
from dimoslive.db.queries.day import bookings_of_day
from dimoslive.db.queries.meetings import count_ahead, left_open
from dimoslive.db.queries.scopes import bookings_within
from dimoslive.db.tables.booking import BookingRow
from dimoslive.domain.people.permissions import Permission
from dimoslive.domain.people.principals import Official, StaffRight
from dimoslive.domain.scheduling.periods import Period
from tests.support.database import counting
from tests.support.world import NOW

OFFICIAL = Official(1, "", "", frozenset({StaffRight(1), StaffRight(2)}))


def a_row() -> BookingRow:
    """A booking; the plan is the same for all."""
    return BookingRow(
        reference="K7PM3XQ9",
        status="waiting",
        municipality_id=1,
        service_id=1,
        desk_id=1,
        mode="video",
        starts_at=NOW,
        ends_at=NOW,
        first_tick=1000,
        end_tick=1002,
        created_at=NOW,
    )


def ask_left_open(tx: Session) -> object:
    return left_open(tx, NOW, 10)


def ask_the_day(tx: Session) -> object:
    return bookings_of_day(
        tx, bookings_within(OFFICIAL, Permission.VIEW_DESK), 1, Period(NOW, NOW + timedelta(days=1)), NOW
    )


def ask_those_ahead(tx: Session) -> object:
    return count_ahead(tx, a_row(), NOW)


@pytest.mark.parametrize(
    ("ask", "first", "others"),
    [
        (ask_left_open, "in_meeting_by_end (ends_at<?)", ["desk", "desk_delay"]),
        (ask_those_ahead, "booking_of_desk (desk_id=? AND first_tick>? AND first_tick<?)", ["meeting"]),
    ],
)
def test_the_bookings_of_meetings_are_found_by_index(
    sqlite_db: Engine, ask: Callable[[Session], object], first: str, others: list[str]
) -> None:
    searches = [step for step in plan(sqlite_db, "EXPLAIN QUERY PLAN", ask) if step != "USE TEMP B-TREE FOR ORDER BY"]
    assert searches[0] == f"SEARCH booking USING INDEX {first}"
    assert [step.split(" (rowid=?)")[0] for step in searches[1:]] == [
        f"SEARCH {table} USING INTEGER PRIMARY KEY" for table in others
    ]


def test_a_day_and_all_that_its_rows_show_are_found_by_index(sqlite_db: Engine) -> None:
    steps = plan(sqlite_db, "EXPLAIN QUERY PLAN", ask_the_day)
    [first, *others] = [step for step in steps if "SUBQUERY" not in step and "TEMP B-TREE" not in step]
    assert (
        first
        == "SEARCH booking USING INDEX booking_of_municipality (municipality_id=? AND starts_at>? AND starts_at<?)"
    )
    assert [step for step in others if not step.startswith("SEARCH ") or " USING " not in step] == []
    assert len(others) > 5


def test_meetings_left_open_need_no_sorting(sqlite_db: Engine) -> None:
    assert "USE TEMP B-TREE FOR ORDER BY" not in plan(sqlite_db, "EXPLAIN QUERY PLAN", ask_left_open)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("ask", "index"),
    [
        (ask_left_open, "in_meeting_by_end"),
        (ask_the_day, "booking_of_municipality"),
        (ask_those_ahead, "booking_of_desk"),
    ],
)
def test_the_bookings_of_meetings_are_found_by_index_on_postgresql(
    postgresql_db: Engine, ask: Callable[[Session], object], index: str
) -> None:
    # Of a table as small as a test's all is read by itself, whatever indexes there are.
    steps = plan(postgresql_db, "SET LOCAL enable_seqscan = off; EXPLAIN", ask)
    assert any(f"Scan using {index} on booking" in step or f"Scan on {index}" in step for step in steps), steps


def plan(db: Engine, explain: str, ask: Callable[[Session], object]) -> list[Any]:
    """The steps in which the database answers."""
    with counting(db) as statements, reading(db) as tx:
        ask(tx)
    [(query, parameters)] = statements
    *settings, explain = explain.split("; ")
    with db.connect() as connection:
        for setting in settings:
            connection.exec_driver_sql(setting)
        return [line[-1] for line in connection.exec_driver_sql(f"{explain} {query}", parameters)]
