"""An official says when the own desk is not staffed: whoever has booked keeps the time, at another desk."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select
from sqlmodel import col

from dimoslive.db.engine import transaction
from dimoslive.db.tables.booking import BookingRow
from dimoslive.db.tables.official import DeskOfficialRow, OfficialRow
from dimoslive.domain.scheduling.local_time import ATHENS, local_day
from dimoslive.i18n.dates import desk_clock
from dimoslive.integrations.identity.persons import GEORGIOS
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE, misfits


@pytest.fixture
def booked(site: Site, kavala: Office) -> Iterator[BookingRow]:
    """Somebody with a time at the desk where Georgios works, for as long as the story."""
    person = a_person("Ευτέρπη Μαυρογένη")
    kavala.book(person, kavala.quiet_times(11)[3])
    [booking] = kavala.bookings_of(person)
    hashed = site.context.seal.afm_hash(GEORGIOS.afm)
    with transaction(site.context.db) as tx:
        official = tx.scalars(select(OfficialRow).where(col(OfficialRow.afm_hash) == hashed)).one()
        key = (booking.desk_id, official.id)
        had = tx.get(DeskOfficialRow, key) is not None
        if not had:
            tx.add(DeskOfficialRow(desk_id=booking.desk_id, official_id=official.id or 0))
    yield booking
    if not had:
        with transaction(site.context.db) as tx:
            tx.delete(tx.get_one(DeskOfficialRow, key))


def test_an_official_is_away_and_everybody_keeps_their_time(visit: Callable[..., Page], booked: BookingRow) -> None:
    page = visit(official="georgios", **PHONE)
    page.goto("/desk/me")
    page.get_by_role("listitem").filter(has_text="Δήμος Καβάλας").get_by_role("link", name="Θα λείψω").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Θα λείψω")
    day = local_day(booked.starts_at, ATHENS).isoformat()
    page.get_by_label("Από, ημερομηνία").fill(day)
    page.get_by_label("Από, ώρα").fill(desk_clock(booked.starts_at))
    page.get_by_label("Έως, ημερομηνία").fill(day)
    page.get_by_label("Έως, ώρα").fill("8:00")
    page.get_by_role("button", name="Δείτε τι αλλάζει").click()
    expect(page.get_by_role("alert").filter(has_text="Έως")).to_be_visible()
    page.get_by_label("Έως, ώρα").fill(desk_clock(booked.starts_at + timedelta(minutes=30)))
    ticks = page.get_by_role("group", name="Θέσεις που δεν στελεχώνονται")
    if ticks.count():
        page.locator(f"#desk_{booked.desk_id}").check()
    assert misfits(page, ["form"]) == []
    page.get_by_role("button", name="Δείτε τι αλλάζει").click()

    expect(page.locator(".saycount")).to_have_text("1 ραντεβού πηγαίνει σε άλλη θέση την ίδια ώρα")
    assert barriers(page, ["question"]) == []
    assert misfits(page, ["question"]) == []
    page.get_by_role("button", name="Εφαρμογή").click()
    expect(page.locator(".saved")).to_have_text("Η απουσία ορίστηκε.")
    expect(page.locator(".saved")).to_be_focused()
    expect(page.locator("[data-unsaved]")).to_have_text("")
    page.get_by_role("button", name="Άρση της απουσίας").click()
    expect(page.locator(".saved")).to_contain_text("Η απουσία ακυρώθηκε.")
    expect(page.get_by_role("heading", name="Οι απουσίες σας")).to_have_count(0)
