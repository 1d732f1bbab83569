"""Ways in and out: links from elsewhere, the sign-in and the sign-out, addresses that lead nowhere."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.mode import Mode
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.walk import Walk


def test_a_link_to_a_municipality_and_a_service_chooses_both_through_the_sign_in(
    visit: Callable[..., Page], debts: Office
) -> None:
    page, eleni = visit(), a_person()
    walk = Walk(page)
    page.goto("/booking/mode?municipality=heraklion&service=debts")
    walk.see("sign_in.title")

    walk.sign_in_at_the_simulator(eleni)

    walk.see("mode.title")
    expect(page.get_by_role("radio", name="Οφειλές και ρύθμιση οφειλών")).to_be_checked()
    expect(page.get_by_text("Ο αριθμός της ειδοποίησης ή της οφειλής.")).to_be_visible()
    for mode in Mode:
        expect(walk.button(f"mode.{mode}")).to_be_visible()
    walk.pick("Ληξιαρχικές πράξεις")
    expect(walk.button("mode.video")).to_have_count(0)
    expect(walk.button("mode.in_person")).to_have_attribute("aria-pressed", "true")


def test_the_page_of_a_municipality_needs_no_sign_in_and_shows_what_can_be_booked(
    visit: Callable[..., Page], kavala: Office
) -> None:
    page = visit()

    page.goto("/m/kavala")

    expect(page.get_by_role("heading", name="Δήμος Καβάλας", level=1)).to_be_visible()
    expect(page.get_by_text("Τηλεδιάσκεψη").first).to_be_visible()
    expect(page.get_by_text("Δευτέρα–Παρασκευή 8:30 πμ – 3:00 μμ")).to_be_visible()
    expect(page.get_by_text("Κύπρου 10")).to_be_visible()
    expect(page.get_by_role("link", name="Κλείστε ραντεβού")).to_have_attribute(
        "href", "/booking/mode?municipality=kavala&service=mayor-support"
    )


@pytest.mark.parametrize("typed", ["καβ", "ΚΑΒΑΛΑ", "kavala", "Καβάλας"])
def test_the_picker_finds_a_municipality_in_any_script_with_and_without_accents(
    visit: Callable[..., Page], typed: str
) -> None:
    page = visit()
    page.goto("/")

    page.get_by_role("combobox", name="Επιλέξτε Δήμο").fill(typed)

    expect(page.get_by_role("option", name="ΔΗΜΟΣ ΚΑΒΑΛΑΣ")).to_be_visible()


def test_a_municipality_that_has_not_joined_is_found_says_so_and_cannot_be_booked(visit: Callable[..., Page]) -> None:
    page = visit(a_person())
    page.goto("/booking/municipality")
    page.get_by_role("combobox", name="Επιλέξτε Δήμο").fill("αμαρου")
    option = page.get_by_role("option", name="ΔΗΜΟΣ ΑΜΑΡΟΥΣΙΟΥ")
    expect(option).to_contain_text("δεν συμμετέχει ακόμη")

    option.click()

    expect(page.get_by_text("δεν συμμετέχει ακόμη στο myDIMOSLive")).to_be_visible()
    expect(page.get_by_text("ΚΕΠ")).to_be_visible()
    expect(page.get_by_role("link", name="Κλείστε ραντεβού")).to_have_count(0)
    page.goto("/booking/mode?municipality=marousi")
    expect(Walk(page).told("δεν είναι διαθέσιμη αυτή τη στιγμή")).to_be_visible()
    expect(Walk(page).button("mode.video")).to_have_count(0)


def test_an_unknown_municipality_offers_the_picker(visit: Callable[..., Page]) -> None:
    page = visit(expected="404")

    page.goto("/m/atlantis")

    expect(Walk(page).told("Η διεύθυνση δεν αντιστοιχεί σε δήμο")).to_be_visible()
    expect(page.get_by_role("combobox", name="Επιλέξτε Δήμο")).to_be_visible()


@pytest.mark.parametrize("path", ["/nowhere", "/en/nowhere", "/booking", "/faq/more"])
def test_an_unknown_address_is_a_404_with_a_way_back(visit: Callable[..., Page], path: str) -> None:
    page = visit(expected="404")

    answer = page.goto(path)

    assert answer.status == 404
    expect(page.get_by_role("heading", name="Η σελίδα δεν βρέθηκε")).to_be_visible()
    page.get_by_role("main").get_by_role("link", name="Αρχική σελίδα").click()
    Walk(page).see("front.title")


def test_all_links_of_the_front_page_and_the_footer_lead_to_pages(visit: Callable[..., Page]) -> None:
    page = visit()
    page.goto("/")
    links = page.get_by_role("navigation", name="Χρήσιμοι σύνδεσμοι").get_by_role("link")
    assert links.all_inner_texts() == [
        "Μάθετε το myDIMOSLive",
        "Συχνές Ερωτήσεις",
        "Δήμοι στο myDIMOSLive",
        "Επικοινωνία",
        "Ημέρες ως την επόμενη ελεύθερη ώρα",
    ]
    for link in (*links.all(), *page.get_by_role("contentinfo").get_by_role("link").all()):
        address = link.get_attribute("href") or ""
        other = page.context.new_page()
        assert other.goto(address).ok
        expect(other.get_by_role("heading", level=1)).to_be_visible()
        other.close()


def test_a_refused_sign_in_says_so_and_can_be_tried_again(visit: Callable[..., Page]) -> None:
    page, eleni = visit(), a_person()
    walk = Walk(page)
    page.goto("/my-bookings")
    walk.see("sign_in.title")
    expect(page.locator("main input[name=next]")).to_have_value("/my-bookings")
    page.get_by_role("main").get_by_role("button", name="Σύνδεση με TAXISnet").click()

    page.get_by_role("button", name="Άρνηση").click()

    expect(walk.told("Η σύνδεση δεν ολοκληρώθηκε")).to_be_visible()
    walk.sign_in_at_the_simulator(eleni)
    walk.see("my_bookings.title")


def test_after_the_sign_out_nothing_of_the_person_is_left(visit: Callable[..., Page], kavala: Office) -> None:
    eleni = a_person()
    booking = kavala.book(eleni)
    page = visit(eleni)
    walk = Walk(page)
    page.goto(f"/my-bookings/{booking.reference}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Επερχόμενη κράτηση")

    page.get_by_role("button", name="Αποσύνδεση").click()

    walk.see("front.title")
    expect(page.get_by_role("button", name="Σύνδεση με TAXISnet")).to_be_visible()
    expect(page.get_by_text(eleni.name)).to_have_count(0)
    page.go_back()
    walk.see("sign_in.title")
    expect(page.get_by_text(eleni.name)).to_have_count(0)


def test_a_session_that_ended_elsewhere_leads_to_the_sign_in_and_back(
    visit: Callable[..., Page], kavala: Office
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    slot = kavala.quiet_times(0)[1]
    walk.to_calendar()
    walk.choose_day(slot)
    kavala.end_sessions(eleni)

    walk.time(slot).click()

    walk.see("sign_in.title")
    walk.sign_in_at_the_simulator(eleni)
    walk.see("calendar.title")


def test_a_page_of_another_origin_reads_what_is_public_and_nothing_else(visit: Callable[..., Page], site: Site) -> None:
    # The other page's own policy is no part of the story.
    page = visit(expected="CORS|Failed to load resource|ERR_FAILED", bypass_csp=True)
    page.goto(site.url.replace("localhost", "127.0.0.1") + "/favicon.svg")
    ask = """async (address) => {
        try {
            const answer = await fetch(address, { headers: { "If-None-Match": 'W/"none"' }, credentials: "omit" });
            return [answer.status, answer.headers.get("RateLimit-Policy"), (await answer.json()).items.length > 300];
        } catch (error) {
            return ["refused"];
        }
    }"""

    assert page.evaluate(ask, f"{site.url}/api/v1/municipalities") == [200, '"public";q=600;w=60', True]
    assert page.evaluate(ask, f"{site.url}/api/municipalities") == ["refused"]
    assert page.evaluate(ask, f"{site.url}/api/health") == ["refused"]
