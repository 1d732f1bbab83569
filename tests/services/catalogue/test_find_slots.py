"""What is free, and what to say when nothing is."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from dimoslive.domain.errors import NotOffered
from dimoslive.domain.scheduling.local_time import ATHENS
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.find_slots import find_slots
from tests.support.builders import TUESDAY, at, walls
from tests.support.world import Town, a_town


@pytest.fixture
def town(db: Engine) -> Town:
    return a_town(db, hours="09:00-10:00", step_minutes=30)


def test_the_free_times_of_a_day_are_shown(town: Town) -> None:
    town.a_booking("09:30")
    free = find_slots(town.context, service(town), Mode.VIDEO, first=TUESDAY, last=TUESDAY)
    assert walls(free.slots) == ["09:00"]
    assert (free.zone, free.today) == (ATHENS, date(2026, 11, 20))


def test_without_days_all_that_can_be_booked_is_shown(town: Town) -> None:
    slots = find_slots(town.context, service(town), Mode.IN_PERSON).slots
    # In person from the next working day on, for 60 days; Saturday and Sunday are closed.
    assert slots[0].starts_at == at("2026-11-23 09:00")
    assert slots[-1].starts_at == at("2027-01-19 09:30")
    assert slots == sorted(slots)


def test_it_is_said_when_the_next_day_opens(town: Town) -> None:
    free = find_slots(town.context, service(town), Mode.VIDEO)
    assert free.last_open_day == date(2026, 11, 20) + timedelta(days=60)
    assert free.next_release_at == at("2026-11-21 08:00")


def test_the_booking_that_is_moved_leaves_its_own_time_free(town: Town) -> None:
    booking = town.a_booking("09:30")
    free = find_slots(town.context, service(town), Mode.VIDEO, first=TUESDAY, last=TUESDAY, moving=booking.reference)
    assert walls(free.slots) == ["09:00", "09:30"]
    free = find_slots(town.context, service(town), Mode.VIDEO, first=TUESDAY, last=TUESDAY, moving="no \0 reference")
    assert walls(free.slots) == ["09:00"]


@pytest.mark.parametrize("service_id", [0, -1, 12345, 2**31, 2**63, 10**30])
def test_a_service_that_does_not_exist_offers_nothing(db: Engine, service_id: int) -> None:
    with pytest.raises(NotOffered):
        find_slots(a_town(db).context, service_id, Mode.VIDEO)


def service(town: Town) -> int:
    """The number of the town's service."""
    return town.service.id or 0
