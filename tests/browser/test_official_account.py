"""An official signs in with the municipality's account, searches with the keyboard, and looks after the own account."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from dimoslive.domain.people.personal_data import EmailAddress
from dimoslive.domain.people.principals import StaffRole
from dimoslive.i18n import texts_of
from dimoslive.services.identity.enter_official import RightGiven, WhoIsEntered, enter_official
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE
from tests.support.openid import RunningProvider

_numbers = count(1)
SEARCH = "/desk/search?m=kavala"
# Whom each telling of the story looks for, and how that is typed in Latin letters.
SOUGHT = {"el": ("Σοφία Μακρυωνυμοπούλου", "makryonymop"), "en": ("Σοφία Βραχυλόγου", "vraxylog")}


@pytest.fixture
def account(site: Site, openid: RunningProvider) -> str:
    """A head in Kavala, entered by address alone; returns the name of the account at the provider."""
    number = next(_numbers)
    email, name = f"anna{number}@kavala.example", f"Άννα Λογοθέτη {number}"
    openid.control(accounts={"anna": {"sub": f"anna-{number}", "email": email, "email_verified": True, "name": name}})
    openid.set_now(site.clock.now())
    who = WhoIsEntered(None, EmailAddress.parse(email), "Άννα", "Λογοθέτη")
    enter_official(site.context, who, RightGiven(StaffRole.HEAD, "kavala"))
    return name


def sign_in(page: Page, account: str, path: str, language: str = "el") -> None:
    """From a page that needs it, to the provider and back to the page."""
    t = texts_of(language)
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_text(t("desk.sign_in_title"))
    expect(page.locator("main input[name=next]").first).not_to_have_value("/")
    page.get_by_role("button", name=t("staff_sign_in.openid")).click()
    page.get_by_role("button", name=account).click()
    # Before anything else the duties.
    expect(page.get_by_role("heading", level=1)).to_have_text(t("duties.title"))
    expect(page.get_by_role("button", name=t("duties.understood"))).to_be_visible()


def understand(page: Page, language: str = "el") -> None:
    """And then on to where the sign-in was to lead."""
    page.get_by_role("button", name=texts_of(language)("duties.understood")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(texts_of(language)("search.title"))


def test_a_booking_is_found_by_keyboard_after_a_sign_in_with_the_municipality_s_account(
    visit: Callable[..., Page], kavala: Office, account: str
) -> None:
    bookings = [kavala.book(a_person(f"{name} Αναζητημένη")) for name in ("Ελένη", "Μαρία")]
    page = visit()
    sign_in(page, account, SEARCH)
    understand(page)
    field = page.get_by_role("searchbox", name="Όνομα, αριθμός κράτησης ή τηλέφωνο")
    expect(field).to_have_accessible_description("Οι αναζητήσεις καταγράφονται")

    field.fill("ΑΝ")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(page.get_by_text("Γράψτε τουλάχιστον 3 γράμματα")).to_be_visible()
    page.keyboard.type("αζητ")
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name="2 κρατήσεις βρέθηκαν")
    expect(heading).to_be_focused()
    assert barriers(page, ["search-found"]) == []

    stops = page.locator("[data-stop]")
    page.keyboard.press("Tab")
    expect(stops.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(stops.last).to_be_focused()
    page.keyboard.press("Home")
    expect(stops.first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/booking/*")
    assert any(booking.reference in page.url for booking in bookings)
    expect(page.locator("#booking-title")).to_be_focused()


@pytest.mark.parametrize(("language", "screen"), [("el", PHONE), ("en", {})], ids=["el-360", "en-1280"])
def test_account_and_search_have_no_barriers_and_the_session_can_be_kept(
    visit: Callable[..., Page], site: Site, kavala: Office, account: str, language: str, screen: dict[str, Any]
) -> None:
    t, base = texts_of(language), "" if language == "el" else "/en"
    kavala.book(a_person(SOUGHT[language][0]))
    page = visit(**screen)
    assert barriers(page, fitting(page, tour(page, language, account))) == []

    page.goto(f"{base}/desk/me?m=kavala")
    page.get_by_label(t("account.sound")).check()
    page.get_by_role("button", name=t("account.save")).click()
    expect(page.get_by_text(t("account.saved"))).to_be_focused()

    site.clock.advance(hours=11, minutes=51)
    expect(page.get_by_text(t("session_bar.ends", time="21:00"))).to_be_visible()
    page.get_by_role("button", name=t("session_bar.stay")).click()
    expect(page.get_by_text(t("session_bar.extended", time="1:00"))).to_be_focused()
    assert barriers(page, ["session-bar"]) == []

    page.get_by_role("button", name=t("account.sign_out_everywhere")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("desk.sign_in_title"))


def fitting(page: Page, places: Iterator[str]) -> Iterator[str]:
    """None of them is wider than the screen."""
    for place in places:
        size = page.viewport_size
        assert size
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], place
        yield place


def tour(page: Page, language: str, account: str) -> Iterator[str]:
    """The sign-in, the search with and without an answer, and the account."""
    t, base = texts_of(language), "" if language == "el" else "/en"
    page.goto(f"{base}/desk/sign-in?problem=rights_changed")
    expect(page.get_by_role("alert")).to_contain_text(t("staff_sign_in.problem.rights_changed"))
    yield "staff-sign-in"
    sign_in(page, account, f"{base}{SEARCH}", language)
    yield "duties"
    understand(page, language)
    expect(page.locator(".skeleton")).to_have_count(0)
    field = page.get_by_role("searchbox", name=t("search.field"))
    field.fill("ουδείς τοιούτος")
    page.get_by_role("button", name=t("search.go")).click()
    expect(page.get_by_text(t("search.none", departments=t("account.all_departments")))).to_be_focused()
    yield "search-none"
    page.get_by_label(t("search.from")).fill("χθες")
    field.fill(SOUGHT[language][1])
    page.get_by_role("button", name=t("search.go")).click()
    expect(page.get_by_label(t("search.from"))).to_be_focused()
    yield "search-wrong"
    page.get_by_label(t("search.from")).fill("1/11/2035")
    page.get_by_role("button", name=t("search.go")).click()
    expect(page.get_by_role("heading", name=t.count("search.found", 1))).to_be_focused()
    yield "search-found"
    page.get_by_role("link", name=t("search_log.link")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("search_log.title"))
    expect(page.get_by_role("row").filter(has_text=SOUGHT[language][1])).to_be_visible()
    yield "search-log"
    page.goto(f"{base}/desk/me?m=kavala")
    expect(page.get_by_role("heading", name=t("account.sessions"))).to_be_visible()
    yield "account"
