"""What programs of others are told of free times is what the pages show."""

from datetime import date, timedelta
from typing import Any

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, ServiceRow
from dimoslive.domain.errors import InvalidInput, NotFound
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.offer_times import OfferedTimes, next_times, offer_times
from dimoslive.services.draft.open_calendar import open_calendar
from tests.support.builders import at
from tests.support.database import counting
from tests.support.world import NOW, Town, an_absence, desk_ids

FIRST, LAST = date(2026, 11, 20), date(2027, 1, 19)


def offered(town: Town, service: ServiceRow | None = None, mode: Mode | None = Mode.VIDEO) -> OfferedTimes:
    return offer_times(town.context, "kavala", (service or town.service).slug, mode, FIRST, LAST)


def on_the_page(town: Town, service: ServiceRow, mode: Mode) -> list[int]:
    """What somebody sees who comes by now."""
    visitor = town.citizen("Νέα Επισκέπτρια")
    town.choose(by=visitor, service=service, mode=mode)
    times = open_calendar(town.context, visitor).times
    assert times is not None
    return times.starts


@pytest.mark.parametrize(
    "rules",
    [
        {"desks": 2, "staff_reserve": 1},
        {"duration_minutes": 25, "buffer_after_minutes": 10, "notice_minutes": 24 * 60, "horizon_days": 12},
        {"duration_minutes": 30, "step_minutes": 15, "notice_working_days": 3, "desks": 3},
    ],
)
def test_the_times_are_those_of_the_page(town: Town, rules: dict[str, Any]) -> None:
    service = town.another_service(**rules)
    town.a_booking("09:10" if rules.get("duration_minutes") is None else "09:00", service=service, by=town.citizen())
    with transaction(town.context.db) as tx:
        desk = desk_ids(tx, service)[0]
        an_absence(tx, desk, starts_at=at("2026-11-25 10:00"), ends_at=at("2026-11-26 12:00"))
    for mode in Mode:
        found = offered(town, service, mode)
        starts = [start for of_day in found.days.values() for start in of_day]
        assert starts == on_the_page(town, service, mode)
        assert starts


def test_a_booked_time_is_gone_and_one_place_left_is_said(town: Town) -> None:
    service = town.another_service(desks=2)
    before = offered(town, service)
    assert not before.scarce
    town.a_booking("09:10", service=service)
    after = offered(town, service)
    start = int(at("2026-11-24 09:10").timestamp())
    assert after.scarce == {start}
    town.a_booking("09:10", service=service, by=town.citizen())
    assert start not in offered(town, service).days[date(2026, 11, 24)]


def test_places_that_are_kept_for_staff_count_for_nobody_else(town: Town) -> None:
    service = town.another_service(desks=2, staff_reserve=1)
    found = offered(town, service)
    assert found.scarce == {start for of_day in found.days.values() for start in of_day}


def test_days_without_a_time_are_left_out_and_the_next_one_is_named(town: Town) -> None:
    weekend = date(2026, 11, 21), date(2026, 11, 22)
    found = offer_times(town.context, "kavala", town.service.slug, Mode.VIDEO, *weekend)
    assert found.days == {}
    assert found.next_free_on == date(2026, 11, 23)
    beyond = offer_times(town.context, "kavala", town.service.slug, Mode.VIDEO, LAST, LAST + timedelta(days=30))
    assert (list(beyond.days), beyond.next_free_on, beyond.last_open_day) == ([LAST], None, LAST)


def test_while_it_is_paused_there_are_no_times_but_a_notice(town: Town) -> None:
    with transaction(town.context.db) as tx:
        row = tx.get_one(MunicipalityRow, town.municipality.id)
        row.paused_at, row.pause_message_en = NOW, "We move"
    found = offered(town)
    assert found.pause is not None
    assert (found.days, found.next_free_on, found.pause.message["en"]) == ({}, None, "We move")
    assert next_times(town.context, "kavala", town.service.slug, None, 3).times == ()


def test_the_earliest_are_in_order_whatever_the_mode(town: Town) -> None:
    found = next_times(town.context, "kavala", town.service.slug, None, 10)
    assert [one.starts_at for one in found.times] == sorted(one.starts_at for one in found.times)
    assert {one.mode for one in found.times} == {Mode.VIDEO, Mode.PHONE}
    of_one = next_times(town.context, "kavala", town.service.slug, Mode.IN_PERSON, 2)
    assert [one.starts_at for one in of_one.times] == [at("2026-11-23 08:30"), at("2026-11-23 08:40")]
    assert of_one.times[0].ends_at == at("2026-11-23 08:40")


def test_a_mode_is_asked_for_where_there_are_several(town: Town) -> None:
    with pytest.raises(InvalidInput, match="required"):
        offered(town, mode=None)
    only = town.another_service(modes="V")
    assert offered(town, only, None).mode is Mode.VIDEO
    with pytest.raises(InvalidInput, match="not_a_choice"):
        offered(town, only, Mode.PHONE)


def test_what_is_not_published_or_not_offered_is_not_there(town: Town) -> None:
    gone = town.another_service()
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, gone.id).is_active = False
    for slugs in (("kavala", gone.slug), ("kavala", "nothing"), ("nowhere", town.service.slug)):
        with pytest.raises(NotFound):
            offer_times(town.context, *slugs, Mode.VIDEO, FIRST, LAST)
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = NOW + timedelta(minutes=1)
    with pytest.raises(NotFound):
        offered(town)


def test_it_takes_three_queries_whatever_is_booked(town: Town) -> None:
    with counting(town.context.db) as statements:
        offered(town)
    assert len(statements) == 3
