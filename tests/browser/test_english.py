"""The whole service in English."""

from collections.abc import Callable

from icalendar import Calendar
from playwright.sync_api import Page, expect

from dimoslive.i18n.dates import full_time
from tests.browser.greek import _UNMARKED_GREEK, unmarked_greek
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.tour import booking_tour, bookings_tour, mail_tour, public_tour, simulator_tour
from tests.browser.walk import Walk


def test_a_citizen_books_in_english_from_the_front_page_to_the_mail(
    visit: Callable[..., Page], site: Site, kavala: Office
) -> None:
    page, person = visit(locale="en-GB"), a_person("John Smith")
    walk = Walk(page, "en")
    slot = kavala.quiet_times(1)[2]
    page.goto("/")
    page.get_by_role("link", name="English").click()
    walk.see("front.title")
    expect(page.locator("html")).to_have_attribute("lang", "en")

    page.get_by_role("combobox", name="Choose a municipality").fill("kav")
    page.get_by_role("option", name="Municipality of Kavala").click()
    page.get_by_role("link", name="Book an appointment").click()
    walk.sign_in_at_the_simulator(person)
    walk.see("mode.title")
    page.get_by_role("button", name="Video call", exact=True).click()
    walk.go_on("calendar.title")
    walk.choose_time(slot)
    walk.go_on("details.title")
    walk.fill_in(email=person.email, phone="+44 20 7946 0958", subject="Certificate of origin")
    walk.go_on("consent.title")
    expect(page.get_by_text("law 4704/2020")).to_be_visible()
    walk.book()

    expect(page.get_by_role("heading", name="Upcoming booking for")).to_be_visible()
    assert "/en/" in page.url
    mail = site.wait_for_mail(person.email)
    assert f"{site.url}/en/b/" in mail.text
    assert full_time(slot.starts_at, "en") in mail.text
    [event] = Calendar.from_ical(mail.ics).events
    assert "Mayor’s Administrative Support" in str(event["SUMMARY"])
    [row] = kavala.bookings_of(person)
    assert (row.language, row.consent_language) == ("en", "en")
    page.get_by_role("link", name="Ελληνικά").first.click()
    expect(page.get_by_role("heading", name="Επερχόμενη κράτηση για")).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "el")


def test_no_page_shows_unmarked_greek(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    eleni = a_person()
    page, stranger = visit(eleni, expected="404|422"), visit(expected="404")

    assert unmarked_greek(page, booking_tour(page, "en", eleni, kavala)) == []
    assert unmarked_greek(page, mail_tour(page, "en", site, eleni)) == []
    assert unmarked_greek(page, bookings_tour(page, "en", eleni, kavala)) == []
    assert unmarked_greek(page, simulator_tour(page, "en")) == []
    assert unmarked_greek(stranger, public_tour(stranger, "en")) == []


def test_a_greek_name_and_subject_are_marked_as_greek_on_english_pages(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page, "en")
    walk.to_consent(eleni, kavala.quiet_times(2)[0])
    expect(page.get_by_role("definition").filter(has_text=eleni.name)).to_be_visible()
    assert page.evaluate(_UNMARKED_GREEK) == []

    walk.book()

    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text(f"Upcoming booking for {eleni.name}: Appointment")
    expect(heading.locator("[lang=el]")).to_have_text(eleni.name)
    assert page.evaluate(_UNMARKED_GREEK) == []
    page.goto("/en/my-bookings")
    expect(page.get_by_role("listitem").filter(has_text=eleni.name)).to_be_visible()
    assert page.evaluate(_UNMARKED_GREEK) == []
