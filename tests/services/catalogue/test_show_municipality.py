"""What a municipality shows to everybody."""

from datetime import time

import pytest

from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import MunicipalityRow, OpeningHoursRow, ServiceRow
from dimoslive.domain.catalogue.mode import Mode
from dimoslive.domain.errors import NotFound
from dimoslive.services.catalogue.list_municipalities import list_municipalities
from dimoslive.services.catalogue.show_municipality import show_municipality
from tests.support.builders import TUESDAY
from tests.support.world import Town, a_municipality


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
    assert page.address["en"] == "10 Kyprou Street"


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
