"""What a municipality shows to everybody."""

from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.errors import NotFound
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.services.catalogue.list_municipalities import list_municipalities
from dimoslive.services.catalogue.show_municipality import show_municipality, show_municipality_with_times
from tests.support.builders import TUESDAY, at
from tests.support.database import counting
from tests.support.world import Town, a_municipality, a_town, on_the_day


def test_a_municipality_shows_its_active_services_with_their_weekly_hours(town: Town) -> None:
    hidden = town.another_service()
    with transaction(town.context.db) as tx:
        tx.get_one(ServiceRow, hidden.id).is_active = False
        tx.add(OpeningHoursRow(service_id=town.service.id or 0, on_date=TUESDAY, opens=time(17), closes=time(18)))
    page = show_municipality(town.context, "kavala")
    [service] = page.services
    assert (service.id, service.duration_minutes) == (town.service.id, 10)
    assert service.modes == (Mode.VIDEO, Mode.IN_PERSON, Mode.PHONE)
    assert [(hours.weekday, hours.opens, hours.closes) for hours in service.hours] == [
        (day, time(8, 30), time(15)) for day in range(5)
    ]
    assert page.look.address["en"] == "10 Kyprou Street"


def test_a_service_that_is_offered_in_no_way_is_not_shown(town: Town) -> None:
    with transaction(town.context.db) as tx:
        service = tx.get_one(ServiceRow, town.service.id)
        service.offers_video = service.offers_in_person = service.offers_phone = False
    assert show_municipality(town.context, "kavala").services == ()


def test_one_that_has_not_joined_is_shown_without_services(town: Town) -> None:
    with transaction(town.context.db) as tx:
        tx.get_one(MunicipalityRow, town.municipality.id).joined_at = None
    page = show_municipality(town.context, "kavala")
    assert (page.municipality.has_joined, page.services) == (False, ())


@pytest.mark.parametrize("slug", ["", "atlantis", "kavala\0", "Καβάλα", "\ud800", "x" * 10_000, "kavala\n"])
def test_an_address_that_names_none_is_not_found(town: Town, slug: str) -> None:
    with pytest.raises(NotFound):
        show_municipality(town.context, slug)


def test_municipalities_are_sorted_as_greek_sorts_them(town: Town) -> None:
    with transaction(town.context.db) as tx:
        for name, slug in (("Ωρωπού", "oropos"), ("Άβδηρα", "avdira"), ("Ίου", "ios"), ("Ζίτσας", "zitsa")):
            a_municipality(tx, name, slug=slug)
    names = [name.short_name["el"] for name in list_municipalities(town.context)]
    assert names == ["Άβδηρα", "Ζίτσας", "Ίου", "Καβάλας", "Ωρωπού"]


def test_the_first_free_time_is_that_of_the_mode_that_comes_first(db: Engine) -> None:
    town = a_town(db, hours="09:00-10:00", step_minutes=30, modes="PV")
    in_person = town.another_service(hours="09:00-10:00", step_minutes=30, modes="P")
    town.clock.set(at("2026-11-24 06:00"))

    page, firsts = show_municipality_with_times(town.context, "kavala")

    assert page == show_municipality(town.context, "kavala")
    assert firsts == {town.service.id: on_the_day("09:00"), in_person.id: on_the_day("2026-11-25 09:00")}


def test_bookings_closures_and_absences_put_the_first_free_time_off(db: Engine) -> None:
    town = a_town(db, hours="09:00-10:00", step_minutes=30)
    shared = town.another_service(hours="09:00-10:00", step_minutes=30, desks_of=town.service)
    other = town.another_service(hours="09:00-10:00", step_minutes=30)
    town.clock.set(at("2026-11-24 06:00"))
    town.a_booking("09:00")
    with transaction(db) as tx:
        tx.add(ClosureRow(**_on_the_day(town), department_id=other.department_id))
        tx.add(ClosureRow(**_on_the_day(town, "2026-11-26"), department_id=None))

    _, firsts = show_municipality_with_times(town.context, "kavala")

    assert firsts == {
        town.service.id: on_the_day("09:30"),
        shared.id: on_the_day("09:30"),
        other.id: on_the_day("2026-11-25 09:00"),
    }


def test_a_service_with_nothing_free_has_no_first_time(town: Town) -> None:
    none = town.another_service(hours="09:00-10:00", horizon_days=0)
    town.clock.set(at("2026-11-28 10:00"))

    _, firsts = show_municipality_with_times(town.context, "kavala")

    assert none.id not in firsts


@pytest.mark.parametrize("services", [1, 10])
def test_the_page_asks_as_often_whatever_the_number_of_services_and_modes(town: Town, services: int) -> None:
    for _ in range(services - 1):
        town.another_service(modes="PVT", desks=2)

    with counting(town.context.db) as statements:
        page, _ = show_municipality_with_times(town.context, "kavala")

    assert (len(page.services), len(statements)) == (services, 5)


def _on_the_day(town: Town, day: str = "2026-11-24") -> dict[str, Any]:
    begin = at(f"{day} 00:00")
    return {
        "municipality_id": town.municipality.id,
        "starts_at": begin,
        "ends_at": begin + timedelta(days=1),
        "reason_el": "Αργία",
        "reason_en": "Closed",
    }
