"""WCAG 2.2 AA and the good practice beyond it, as far as a program can tell, on every page, step and state."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dimoslive.i18n import LANGUAGES
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.tour import booking_tour, bookings_tour, mail_tour, public_tour, simulator_tour
from tests.browser.walk import Walk


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_pages_have_no_barriers(visit: Callable[..., Page], language: str) -> None:
    page = visit(expected="404")

    assert barriers(page, public_tour(page, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_simulator_has_no_barriers(visit: Callable[..., Page], language: str) -> None:
    page = visit(expected="422")

    assert barriers(page, simulator_tour(page, language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_steps_have_no_barriers(visit: Callable[..., Page], kavala: Office, language: str) -> None:
    eleni = a_person()
    page = visit(eleni)

    assert barriers(page, booking_tour(page, language, eleni, kavala)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_bookings_and_mails_have_no_barriers(
    visit: Callable[..., Page], site: Site, kavala: Office, language: str
) -> None:
    eleni = a_person()
    kavala.book(eleni, language=language)
    page = visit(eleni, expected="404")

    assert barriers(page, mail_tour(page, language, site, eleni)) == []
    assert barriers(page, bookings_tour(page, language, eleni, kavala)) == []


def test_a_phone_s_page_with_its_menu_open_has_no_barriers(visit: Callable[..., Page], kavala: Office) -> None:
    page = visit(a_person(), viewport={"width": 360, "height": 740})
    walk = Walk(page)
    walk.to_calendar()
    page.get_by_text("Μενού", exact=True).click()

    assert barriers(page, ["menu"]) == []
