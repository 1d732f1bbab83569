"""Booking, from the front page to the mail."""

from collections.abc import Callable
from datetime import timedelta

from icalendar import Calendar
from playwright.sync_api import Page, expect

from dimoslive.domain.scheduling.holidays import is_working_day
from dimoslive.domain.scheduling.mode import Mode
from dimoslive.i18n.dates import clock, full_day, full_time
from tests.browser.office import Office
from tests.browser.people import a_person
from tests.browser.site import Site
from tests.browser.walk import Walk


def test_a_citizen_books_by_video_and_gets_the_mail(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    page, eleni = visit(), a_person()
    day, slots = next(iter(kavala.free_days().items()))
    slot = slots[2]

    page.goto("/")
    page.get_by_role("combobox", name="Επιλέξτε Δήμο").fill("καβ")
    page.get_by_role("option", name="ΔΗΜΟΣ ΚΑΒΑΛΑΣ").click()
    page.get_by_role("link", name="Κλείστε ραντεβού").click()
    Walk(page).sign_in_at_the_simulator(eleni)
    expect(page.get_by_role("navigation", name="Μενού").get_by_text(eleni.name)).to_be_visible()
    expect(page.get_by_role("radio", name="Ραντεβού με το Αυτοτελές Τμήμα")).to_be_checked()
    expect(page.get_by_text("10 λεπτά").first).to_be_visible()
    page.get_by_role("button", name="Τηλεδιάσκεψη", exact=True).click()
    page.get_by_role("button", name="Συνέχεια", exact=True).click()

    page.get_by_role("button", name=f"{full_day(day, 'el')}, {len(slots)} διαθέσιμες ώρες", exact=True).click()
    page.get_by_role("button", name=clock(slot.starts_at, "el"), exact=True).click()
    expect(page.get_by_role("timer").first).to_be_visible()
    page.get_by_role("button", name="Συνέχεια", exact=True).click()

    expect(page.get_by_role("textbox", name="Όνομα", exact=True)).to_have_value(eleni.name)
    page.get_by_role("textbox", name="Ηλεκτρονικό ταχυδρομείο").fill(eleni.email)
    page.get_by_role("textbox", name="Αριθμός τηλεφώνου").fill("691 234 5678")
    page.get_by_role("textbox", name="Διεύθυνση (προαιρετικά)").fill("Ομονοίας 5, Καβάλα")
    page.get_by_role("textbox", name="Παρακαλούμε συμπληρώστε το θέμα").fill("Πιστοποιητικό εντοπιότητας")
    page.get_by_role("button", name="Συνέχεια", exact=True).click()

    declaration = page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση")
    expect(declaration).not_to_be_checked()
    expect(page.get_by_text("4704/2020")).to_be_visible()
    expect(page.get_by_role("main").get_by_text(full_time(slot.starts_at, "el"))).to_be_visible()
    declaration.check()
    page.get_by_role("button", name="Κράτηση", exact=True).click()

    expect(page.get_by_role("heading", name=f"Επερχόμενη κράτηση για {eleni.name}: Ραντεβού με το")).to_be_visible()
    [booking] = kavala.bookings_of(eleni)
    assert (booking.status, booking.starts_at, booking.phone) == ("booked", slot.starts_at, "+306912345678")
    expect(page.get_by_role("status").get_by_text(f"{booking.reference[:4]}-{booking.reference[4:]}")).to_be_visible()
    for name in ("Προγραμματισμός εκ νέου", "Ακύρωση κράτησης", "Νέα κράτηση"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_visible()

    mail = site.wait_for_mail(eleni.email)
    page.goto("/dev/mailbox")
    page.get_by_role("row", name=eleni.email).get_by_role("link").click()
    letter = page.frame_locator("iframe")
    for name in ("Προγραμματισμός εκ νέου", "Ακύρωση κράτησης", "Συμμετοχή στη συνάντηση"):
        expect(letter.get_by_role("link", name=name)).to_be_visible()
    [event] = Calendar.from_ical(mail.ics).events
    assert (event.start, event.sequence) == (slot.starts_at, 0)


def test_in_person_needs_a_working_day_s_notice_and_another_declaration(
    visit: Callable[..., Page], kavala: Office
) -> None:
    nikos = a_person("Νίκος Γεωργίου")
    page = visit(nikos)
    walk = Walk(page)
    day, slots = next(iter(kavala.free_days(Mode.IN_PERSON).items()))
    today = kavala.today()
    days_after = (today + timedelta(days=n) for n in range(1, 30))
    assert day == next(after for after in days_after if is_working_day(after))

    walk.to_calendar(Mode.IN_PERSON)
    expect(walk.day(day)).to_have_attribute("aria-pressed", "true")
    walk.choose_time(slots[0])
    walk.go_on("details.title")
    walk.fill_in(email=nikos.email, phone="+61 491 570 156", subject="Άδεια")
    walk.go_on("consent.title")
    expect(page.get_by_text("Τα στοιχεία που έδωσα είναι αληθή και ακριβή.")).to_be_visible()
    expect(page.get_by_text("4704/2020")).to_have_count(0)
    walk.book()

    expect(page.get_by_text("Κύπρου 10")).to_be_visible()
    [booking] = kavala.bookings_of(nikos)
    assert (booking.mode, booking.phone) == ("in_person", "+61491570156")


def test_two_presses_on_the_button_make_one_booking(visit: Callable[..., Page], site: Site, kavala: Office) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    walk.to_consent(eleni, kavala.quiet_times(1)[0])
    page.get_by_role("checkbox", name="Διάβασα και κάνω την παραπάνω δήλωση").check()

    page.get_by_role("button", name="Κράτηση", exact=True).dblclick()

    expect(page.get_by_role("heading", name="Επερχόμενη κράτηση για")).to_be_visible()
    assert len(kavala.bookings_of(eleni)) == 1
    site.wait_for_mail(eleni.email)
    assert len(site.mails_to(eleni.email)) == 1
