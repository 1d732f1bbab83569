"""What an installation begins with: all municipalities, and in development three that take bookings."""

import re
from datetime import date

import pytest
from sqlalchemy import Engine

from dimoslive.crypto import Seal
from dimoslive.db.engine import transaction
from dimoslive.db.tables.catalogue import ClosureRow, MunicipalityRow, ServiceRow
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.seeds.demo import HERAKLION, IOANNINA, KAVALA, seed_demo
from dimoslive.seeds.municipalities import seed_municipalities
from dimoslive.services.catalogue.find_slots import find_slots
from dimoslive.services.catalogue.list_municipalities import list_municipalities
from dimoslive.services.catalogue.show_municipality import show_municipality
from tests.support.builders import TUESDAY, at, walls
from tests.support.clock import FrozenClock
from tests.support.database import context_for
from tests.support.world import NOW, rows


@pytest.fixture
def seeded(db: Engine) -> Engine:
    with transaction(db) as tx:
        assert seed_municipalities(tx) == 332
        tx.flush()
        assert seed_demo(tx, NOW, Seal("tests"))
    return db


def test_seeding_again_changes_nothing(seeded: Engine) -> None:
    services = len(rows(seeded, ServiceRow))
    with transaction(seeded) as tx:
        assert seed_municipalities(tx) == 0
        assert not seed_demo(tx, at("2026-12-01 10:00"), Seal("tests"))
    assert len(rows(seeded, ServiceRow)) == services
    assert {row.joined_at for row in rows(seeded, MunicipalityRow)} == {None, at("2026-10-21 00:00")}


def test_every_municipality_has_an_address_of_its_own(seeded: Engine) -> None:
    slugs = [row.slug for row in rows(seeded, MunicipalityRow)]
    assert len(set(slugs)) == 332
    assert all(slug and slug.replace("-", "").isalnum() and slug.isascii() for slug in slugs)


def test_three_municipalities_take_bookings(seeded: Engine) -> None:
    context = context_for(seeded, FrozenClock(NOW))
    joined = {name.id: name.short_name["el"] for name in list_municipalities(context) if name.has_joined}
    assert joined == {KAVALA: "Καβάλας", HERAKLION: "Ηρακλείου", IOANNINA: "Ιωαννιτών"}


def test_each_of_them_can_be_reached_and_nobody_elses_number_is_shown(seeded: Engine) -> None:
    context = context_for(seeded, FrozenClock(NOW))
    pages = [show_municipality(context, row.slug) for row in rows(seeded, MunicipalityRow) if row.joined_at]
    assert len({page.look.phone for page in pages}) == len({page.look.email for page in pages}) == len(pages) == 3
    for page in pages:
        assert all(page.look.address.values())
        assert re.fullmatch(r"\+30 210 000 00\d\d", page.look.phone)
        assert page.look.email.endswith("@example.com")


def test_nothing_is_offered_that_a_municipality_does_not_do(seeded: Engine) -> None:
    """A civil partnership is made by a notary."""
    names = {(service.slug, service.name_el, service.name_en) for service in rows(seeded, ServiceRow)}
    assert ("marriage", "Άδεια και τέλεση πολιτικού γάμου", "Civil marriage licence and ceremony") in names
    assert not any("σύμφωνο" in name or "partnership" in english for _, name, english in names)


def test_kavala_offers_what_its_citizens_know(seeded: Engine) -> None:
    context = context_for(seeded, FrozenClock(NOW))
    [service] = show_municipality(context, "kavala").services
    assert service.name["el"] == "Ραντεβού με το Αυτοτελές Τμήμα Διοικητικής Υποστήριξης Δημάρχου"
    assert (service.modes, service.duration_minutes) == ((Mode.VIDEO, Mode.IN_PERSON), 10)
    times = walls(find_slots(context, service.id, Mode.VIDEO, first=TUESDAY, last=TUESDAY).slots)
    assert (times[0], times[1], times[-1]) == ("08:30", "09:00", "14:30")


def test_kavalas_own_days_off_are_suggestions(seeded: Engine) -> None:
    closures = rows(seeded, ClosureRow)
    assert [closure.starts_at for closure in closures] == [at("2027-06-26 00:00"), at("2027-06-29 00:00")]
    assert not any(closure.is_active for closure in closures)
    context = context_for(seeded, FrozenClock(at("2027-06-20 10:00")))
    [service] = show_municipality(context, "kavala").services
    assert find_slots(context, service.id, Mode.VIDEO, first=date(2027, 6, 29), last=date(2027, 6, 29)).slots


def test_every_demo_service_can_be_booked_in_each_of_its_modes(seeded: Engine) -> None:
    context = context_for(seeded, FrozenClock(NOW))
    for slug in (row.slug for row in rows(seeded, MunicipalityRow) if row.joined_at):
        page = show_municipality(context, slug)
        assert page.services
        for service in page.services:
            assert service.modes
            assert all(find_slots(context, service.id, mode).slots for mode in service.modes), service.slug
