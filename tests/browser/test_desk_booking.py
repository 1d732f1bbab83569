"""One booking on the officials' side: presses and their undo, a note, and a cancellation that the citizen reads of."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from dimoslive.domain.booking.booking import Booking
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n import LANGUAGES, texts_of
from dimoslive.urls import localized
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.small_screen import PHONE, misfits

REASON = "Ο υπάλληλος απουσιάζει. Ζητούμε συγγνώμη."


@pytest.fixture
def eleni() -> Person:
    return a_person()


@pytest.fixture
def booking(kavala: Office, eleni: Person) -> Booking:
    """Eleni's, at the counter, in five minutes."""
    booking = kavala.book(eleni, mode=Mode.IN_PERSON)
    kavala.begins_in(booking, 5)
    return booking


def to_booking(page: Page, booking: Booking, person: Person, language: str = "el") -> None:
    page.goto(localized(f"/desk/booking/{booking.reference}", language) + "?m=kavala")
    expect(page.get_by_role("heading", level=1, name=person.name)).to_be_focused()


def status(page: Page) -> Locator:
    return page.locator(".panel__head .tag")


def open_dialog(page: Page, name: str, in_menu: bool = True) -> Locator:
    if in_menu and page.locator("details.menu:not([open])").count():
        page.locator("details.menu > summary").click()
    page.get_by_role("button", name=name, exact=True).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading")).to_be_focused()
    return dialog


def test_presses_notes_and_a_cancellation_of_which_the_citizen_reads(
    visit: Callable[..., Page], site: Site, kavala: Office, eleni: Person, booking: Booking
) -> None:
    page = visit(official="georgios")
    to_booking(page, booking, eleni)
    expect(status(page)).to_have_text("Επιβεβαιωμένο")

    page.locator(".panel__acts").get_by_role("button", name=f"Προσήλθε {eleni.name}").click()
    expect(status(page)).to_have_text("Σε αναμονή")
    expect(page.get_by_text(f"Έγινε: Προσήλθε, {eleni.name}")).to_be_visible()
    page.get_by_role("button", name="Αναίρεση", exact=True).click()
    expect(status(page)).to_have_text("Επιβεβαιωμένο")

    page.locator(".panel__acts").get_by_role("button", name=f"Εξυπηρετήθηκε {eleni.name}").click()
    expect(status(page)).to_have_text("Εξυπηρετήθηκε")
    dialog = open_dialog(page, "Διόρθωση")
    dialog.get_by_label("Δεν εξυπηρετήθηκε").check()
    dialog.get_by_role("button", name="Αποθήκευση").click()
    expect(dialog.get_by_role("group", name="Αν δεν εξυπηρετήθηκε: γιατί")).to_be_focused()
    dialog.get_by_label("Πίσω στην προηγούμενη κατάσταση").check()
    dialog.get_by_role("button", name="Αποθήκευση").click()
    expect(status(page)).to_have_text("Επιβεβαιωμένο")

    # Esc leaves the dialog, and the focus goes back to the press.
    open_dialog(page, "Σημείωση…", in_menu=False)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Σημείωση…")).to_be_focused()
    dialog = open_dialog(page, "Σημείωση…", in_menu=False)
    dialog.get_by_label("Σημείωση για συναδέλφους").fill("Να ανοίξει η ράμπα")
    dialog.get_by_role("button", name="Αποθήκευση").click()
    expect(page.get_by_role("region", name="Σημειώσεις")).to_contain_text("Να ανοίξει η ράμπα")

    dialog = open_dialog(page, "Ακύρωση…")
    expect(dialog).to_contain_text(f"Θα σταλεί email στο {eleni.email[0]}…@")
    dialog.get_by_role("button", name="Ακύρωση ραντεβού").click()
    expect(dialog.get_by_label("Αιτία (τη διαβάζει ο πολίτης)")).to_be_focused()
    dialog.get_by_label("Έτοιμες προτάσεις").select_option("1")
    expect(dialog.get_by_label("Αιτία (τη διαβάζει ο πολίτης)")).to_have_value(REASON)
    dialog.get_by_role("button", name="Ακύρωση ραντεβού").click()
    expect(status(page)).to_have_text("Ακυρώθηκε από τον δήμο")
    page.get_by_role("button", name="Αναίρεση", exact=True).click()
    expect(status(page)).to_have_text("Επιβεβαιωμένο")

    dialog = open_dialog(page, "Ακύρωση…")
    dialog.get_by_label("Αιτία (τη διαβάζει ο πολίτης)").fill(REASON)
    dialog.get_by_role("button", name="Ακύρωση ραντεβού").click()
    expect(status(page)).to_have_text("Ακυρώθηκε από τον δήμο")
    site.clock.advance(minutes=3)
    mail = site.wait_for_mail(eleni.email, 2)
    assert mail.subject.startswith("Ο δήμος ακύρωσε")
    assert REASON in mail.text
    page.keyboard.press("Escape")
    page.wait_for_url("**/desk?m=kavala&date=2035-11-13")
    citizen = visit(eleni)
    citizen.goto(f"/my-bookings/{booking.reference}")
    expect(citizen.get_by_role("main")).to_contain_text(REASON)


def test_what_others_do_is_seen_at_once_and_what_is_typed_stays(
    visit: Callable[..., Page], site: Site, kavala: Office, eleni: Person, booking: Booking
) -> None:
    page, colleague = visit(official="georgios"), visit(official="georgios")
    to_booking(page, booking, eleni)
    dialog = open_dialog(page, "Σημείωση…", in_menu=False)
    dialog.get_by_label("Σημείωση για συναδέλφους").fill("Έρχεται με αμαξίδιο")
    to_booking(colleague, booking, eleni)
    colleague.locator(".panel__acts").get_by_role("button", name="Προσήλθε").click()
    expect(dialog).to_contain_text("Άλλαξε στο μεταξύ")
    expect(dialog).to_contain_text("Τώρα: Σε αναμονή")
    expect(dialog.get_by_label("Σημείωση για συναδέλφους")).to_have_value("Έρχεται με αμαξίδιο")

    # What was typed outlives the page, until it is sent.
    page.reload()
    dialog = open_dialog(page, "Σημείωση…", in_menu=False)
    dialog.get_by_label("Σημείωση για συναδέλφους").fill("Έρχεται με την κόρη της")
    page.reload()
    dialog = open_dialog(page, "Σημείωση…", in_menu=False)
    expect(dialog.get_by_label("Σημείωση για συναδέλφους")).to_have_value("Έρχεται με την κόρη της")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_booking_and_its_dialogs_have_no_barriers(
    visit: Callable[..., Page], eleni: Person, booking: Booking, language: str
) -> None:
    t, page = texts_of(language), visit(official="georgios")

    def places() -> Iterator[str]:
        to_booking(page, booking, eleni, language)
        yield "booking"
        for name in ("details", "identity", "cancel"):
            open_dialog(page, t(f"desk_booking.act.{name}"))
            yield name
            page.keyboard.press("Escape")
            expect(page.get_by_role("dialog")).to_have_count(0)

    assert barriers(page, places()) == []


def test_a_phone_has_the_next_step_at_its_foot_and_everything_fits(
    visit: Callable[..., Page], eleni: Person, booking: Booking
) -> None:
    page = visit(official="georgios", **PHONE)

    def places() -> Iterator[str]:
        to_booking(page, booking, eleni)
        expect(page.locator(".footpress button")).to_be_in_viewport()
        yield "booking"
        open_dialog(page, "Ακύρωση…")
        yield "cancel"

    assert misfits(page, places()) == []
    page.keyboard.press("Escape")
    page.locator(".footpress").get_by_role("button", name="Προσήλθε").click()
    expect(status(page)).to_have_text("Σε αναμονή")
