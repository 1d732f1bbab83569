"""WCAG 2.2 AA and the good practice beyond it, as far as a program can tell, on every page, step and state."""

from collections.abc import Callable, Iterable

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it brings none
from playwright.sync_api import Page

from dimoslive.i18n import LANGUAGES
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.tour import booking_tour, bookings_tour, mail_tour, public_tour, simulator_tour
from tests.browser.walk import Walk

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"]}


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


def barriers(page: Page, places: Iterable[str]) -> list[str]:
    """What is wrong, with the place, the rule and the elements."""
    found = []
    for place in places:
        # With another font lines have another height.
        page.evaluate("document.fonts.ready.then(() => true)")
        for rule in Axe().run(page, options=OPTIONS).response["violations"]:
            elements = [node["html"][:200] for node in rule["nodes"][:4]]
            found.append(f"{place}: {rule['id']} ({rule['help']}): {elements}")
    return found
