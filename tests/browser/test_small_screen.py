"""A phone of 360 pixels: nothing is cut off, everything can be hit with a thumb."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE, misfits
from tests.browser.tour import booking_tour, bookings_tour, mail_tour, public_tour, simulator_tour


def test_public_pages_fit(visit: Callable[..., Page]) -> None:
    page = visit(expected="404", **PHONE)

    assert misfits(page, public_tour(page, "el")) == []
    assert misfits(page, public_tour(page, "en")) == []


def test_steps_fit(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person("Ελένη Παπακωνσταντινοπούλου-Χατζηγεωργίου")
    page = visit(eleni, **PHONE)

    assert misfits(page, booking_tour(page, "el", eleni, kavala)) == []


def test_bookings_mails_and_the_simulator_fit(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    eleni = a_person()
    kavala.book(eleni, subject="Μια λέξη: " + "α" * 200)
    page = visit(eleni, expected="404|422", **PHONE)

    assert misfits(page, mail_tour(page, "el", site, eleni)) == []
    assert misfits(page, bookings_tour(page, "el", eleni, kavala)) == []
    assert misfits(page, simulator_tour(page, "el")) == []


def test_the_menu_opens_and_leads_to_the_bookings(visit: Callable[..., Page]) -> None:
    eleni = a_person()
    page = visit(eleni, **PHONE)
    page.goto("/")
    link = page.get_by_role("link", name="Τα ραντεβού μου").and_(page.get_by_role("banner").get_by_role("link"))
    expect(page.get_by_text("Μενού", exact=True)).to_be_visible()
    expect(link).to_have_count(0)

    menu = page.get_by_text("Μενού", exact=True)
    place = menu.bounding_box()
    assert place
    menu.tap()

    assert menu.bounding_box() == place
    for item in page.get_by_role("banner").get_by_role("navigation").get_by_role("link").all():
        box = item.bounding_box()
        assert box
        assert box["y"] >= place["y"] + place["height"]
    expect(page.get_by_text(eleni.name).filter(visible=True)).to_be_visible()
    assert misfits(page, ["menu"]) == []
    link.tap()
    expect(page.get_by_role("heading", name="Τα ραντεβού μου")).to_be_visible()
