"""Days to the next free time are computed once each ten minutes, by whichever process, and kept in the morning."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from dimoslive.db.engine import transaction
from dimoslive.db.queries.days_to_next import lease_round
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.db.tables.days_to_next import DaysToNextHistoryRow, DaysToNextRoundRow, DaysToNextRow
from dimoslive.services.catalogue.show_municipality import show_municipality_with_times
from dimoslive.services.upkeep.compute_days_to_next import compute_days_to_next
from tests.support.builders import at
from tests.support.world import Town, a_municipality, a_service, an_absence, desk_ids, rows


def numbers(town: Town) -> dict[tuple[int, str], tuple[int | None, date | None]]:
    return {(row.service_id, row.mode): (row.days, row.none_until) for row in rows(town.context.db, DaysToNextRow)}


def close_until(town: Town, until: str) -> None:
    with transaction(town.context.db) as tx:
        [desk] = desk_ids(tx, town.service)
        an_absence(tx, desk, starts_at=town.clock.now(), ends_at=at(until))


def computed_at(town: Town) -> list[datetime | None]:
    return [row.computed_at for row in rows(town.context.db, DaysToNextRoundRow)]


def test_each_service_and_mode_has_its_number(town: Town) -> None:
    close_until(town, "2026-11-23 20:00")
    compute_days_to_next(town.context)
    assert town.service.id
    one = town.service.id
    assert numbers(town) == {(one, "video"): (4, None), (one, "in_person"): (4, None), (one, "phone"): (4, None)}
    assert computed_at(town) == [town.clock.now()]


def test_the_number_is_that_of_the_time_on_the_municipality_s_page(town: Town) -> None:
    close_until(town, "2026-11-23 09:30")
    town.a_booking("2026-11-23 09:30")
    compute_days_to_next(town.context)
    _, firsts = show_municipality_with_times(town.context, "kavala")
    assert firsts == {town.service.id: at("2026-11-23 09:40")}
    assert {days for days, _ in numbers(town).values()} == {3}


def test_it_is_computed_once_in_ten_minutes_by_the_clock(town: Town) -> None:
    town.clock.set(at("2026-11-20 10:07"))
    assert compute_days_to_next(town.context) == 1
    town.clock.set(at("2026-11-20 10:09"))
    assert compute_days_to_next(town.context) == 0
    town.clock.set(at("2026-11-20 10:10"))
    assert compute_days_to_next(town.context) == 1
    assert computed_at(town) == [at("2026-11-20 10:10")]


def test_many_processes_share_the_work(town: Town) -> None:
    with transaction(town.context.db) as tx:
        for number in range(6):
            a_service(tx, a_municipality(tx, slug=f"town-{number}"))
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: compute_days_to_next(town.context), range(4)))
    assert sum(done) == 7
    assert len(computed_at(town)) == 7


def test_what_a_dead_process_leaves_behind_another_does(town: Town) -> None:
    now = town.clock.now()
    with transaction(town.context.db) as tx:
        assert lease_round(tx, town.municipality.id, now, now, now + timedelta(minutes=2))
        assert not lease_round(tx, town.municipality.id, now, now, now + timedelta(minutes=2))
    assert compute_days_to_next(town.context) == 0
    town.clock.advance(minutes=2)
    assert compute_days_to_next(town.context) == 1


def test_a_paused_service_has_no_number_and_one_out_of_use_is_gone(town: Town) -> None:
    other = town.another_service(modes="V")
    compute_days_to_next(town.context)
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, other.id).paused_at = town.clock.now()
        tx.get_one(ServiceRow, town.service.id).is_active = False
    town.clock.advance(minutes=10)
    compute_days_to_next(town.context)
    assert numbers(town) == {(other.id, "video"): (None, None)}


def test_where_nothing_is_free_it_says_up_to_when(town: Town) -> None:
    close_until(town, "2027-12-31 00:00")
    compute_days_to_next(town.context)
    assert set(numbers(town).values()) == {(None, date(2027, 1, 19))}


def test_an_unpublished_municipality_has_none(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = None
    assert compute_days_to_next(town.context) == 0


@pytest.mark.parametrize("day", ["2026-11-24", "2026-03-29", "2026-10-25"])
def test_the_first_numbers_from_nine_on_are_the_day_s(town: Town, day: str) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = at("2026-01-01 00:00")
    for wall in ("08:59", "09:00", "09:30", "14:00"):
        town.clock.set(at(f"{day} {wall}"))
        compute_days_to_next(town.context)
        close_until(town, f"{day} 20:00")
    kept = rows(town.context.db, DaysToNextHistoryRow)
    assert {(row.day.isoformat(), row.mode) for row in kept} == {
        (day, mode) for mode in ("video", "in_person", "phone")
    }
    # At 8:59 a time of the same day was free, where it is a working day.
    assert [row.days for row in kept if row.mode == "video"] == [1]


def test_a_municipality_costs_the_same_number_of_queries_whatever_it_offers(town: Town) -> None:
    counted = []
    for _ in range(2):
        statements: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            statements.append(statement)  # noqa: B023  # it is read in the same round

        event.listen(town.context.db, "before_cursor_execute", note)
        compute_days_to_next(town.context)
        event.remove(town.context.db, "before_cursor_execute", note)
        counted.append(len([one for one in statements if one.lstrip().upper().startswith("SELECT")]))
        for _ in range(3):
            town.another_service()
        town.clock.advance(minutes=10)
    assert counted[0] == counted[1] <= 7
