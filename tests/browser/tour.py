"""A walk past every page, step and state of the site, for what must hold on each of them."""

from collections.abc import Iterator

from playwright.sync_api import Page, expect

from tests.browser.mail import link
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.walk import SUBJECT, Walk

TEXTS = ("about", "faq", "contact", "privacy", "terms", "accessibility", "advice")

TYPED = {
    "el": {"person_name": "Μαρία Παπαδοπούλου", "address": "Ομονοίας 5, Καβάλα", "subject": SUBJECT},
    "en": {"person_name": "Maria Papadopoulou", "address": "5 Omonias, Kavala", "subject": "Certificate of origin"},
}


def public_tour(page: Page, language: str) -> Iterator[str]:
    """Past what needs no sign-in; yields the name of each place while the page shows it."""
    walk = Walk(page, language)
    t, base = walk.t, walk.base
    page.goto(f"{base}/")
    walk.see("front.title")
    expect(page.locator(".top__waiting")).to_have_count(0)
    yield "front"
    page.get_by_role("combobox", name=t("picker.label")).fill("α" if language == "el" else "a")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    yield "picker"
    page.get_by_role("combobox", name=t("picker.label")).fill("qqq")
    expect(page.get_by_text(t("picker.none")).first).to_be_visible()
    yield "picker-nothing"
    for name in TEXTS:
        page.goto(f"{base}/{name}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        yield name
    page.goto(f"{base}/municipalities")
    walk.see("municipalities.title")
    yield "municipalities"
    page.goto(f"{base}/figures?open=heraklion")
    walk.see("days_to_next.title")
    yield "figures"
    for slug in ("heraklion", "marousi"):
        page.goto(f"{base}/m/{slug}")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(t("municipality.title"))
        yield f"municipality-{slug}"
    page.goto(f"{base}/m/atlantis")
    expect(walk.told(t("municipality.unknown"))).to_be_visible()
    yield "municipality-unknown"
    page.goto(f"{base}/b/never-sent")
    expect(walk.told(t("error.not_found"))).to_be_visible()
    yield "link-unknown"
    page.goto(f"{base}/sign-in?problem=sign_in_refused")
    expect(walk.told(t("sign_in.problem.sign_in_refused"))).to_be_visible()
    yield "sign-in-refused"
    page.goto(f"{base}/my-bookings")
    walk.see("sign_in.title")
    yield "sign-in"
    page.goto(f"{base}/desk")
    walk.see("desk.sign_in_title")
    yield "staff-sign-in"


def simulator_tour(page: Page, language: str) -> Iterator[str]:
    """Past the simulated TAXISnet."""
    Walk(page, language)
    page.goto("/auth/sign-in")
    if language == "en":
        page.get_by_role("link", name="English").click()
    yield "simulator"
    page.locator("summary").click()
    page.locator("button[value=type]").click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "simulator-errors"


def booking_tour(page: Page, language: str, person: Person, office: Office) -> Iterator[str]:
    """Past all steps, with the errors that each can show; the person is signed in and books in the end."""
    walk = Walk(page, language)
    t, slot = walk.t, office.quiet_times(6)[0]
    page.goto(f"{walk.base}/booking/municipality")
    walk.see("municipality.title")
    yield "step-municipality"
    walk.to_mode("heraklion")
    walk.button("continue").click()
    expect(walk.told(t("mode.choose_service"))).to_be_visible()
    yield "step-mode-refusal"
    walk.to_mode()
    walk.button("mode.video").click()
    expect(walk.button("mode.video")).to_have_attribute("aria-pressed", "true")
    yield "step-mode"
    walk.go_on("calendar.title")
    walk.button("continue").click()
    expect(walk.told(t("calendar.choose_time"))).to_be_visible()
    yield "step-calendar-refusal"
    walk.choose_time(slot)
    yield "step-calendar"
    page.get_by_role("button", name=t("calendar.as_list")).click()
    expect(page.get_by_role("region", name=t("calendar.list_label"))).to_be_visible()
    yield "step-calendar-list"
    page.get_by_role("button", name=t("calendar.as_grid")).click()
    expect(page.get_by_role("grid")).to_be_visible()
    walk.go_on("details.title")
    yield "step-details"
    walk.pick(t("details.served_person.other"))
    walk.button("continue").click()
    expect(page.get_by_role("heading", name=t("field.summary"))).to_be_visible()
    yield "step-details-errors"
    walk.fill_in(email=person.email, phone="691 234 5678", **TYPED[language])
    page.keyboard.press("Tab")
    expect(page.get_by_role("heading", name=t("field.summary"))).to_have_count(0)
    yield "step-details-filled"
    walk.go_on("consent.title")
    yield "step-consent"
    walk.button("consent.book").click()
    expect(walk.told(t("error.declaration_required"))).to_be_visible()
    yield "step-consent-refusal"
    walk.book()
    expect(page.get_by_text(t("booking.booked"))).to_be_visible()
    yield "confirmation"


def bookings_tour(page: Page, language: str, person: Person, office: Office) -> Iterator[str]:
    """Past the person's bookings; there is one, and it is cancelled; in the end they are erased."""
    walk = Walk(page, language)
    t = walk.t
    page.goto(f"{walk.base}/my-bookings")
    walk.see("my_bookings.title")
    yield "my-bookings"
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    expect(walk.button("booking.cancel")).to_be_visible()
    yield "booking"
    walk.button("booking.cancel").click()
    expect(page.get_by_role("heading", name=t("booking.cancel_question"))).to_be_visible()
    yield "booking-question"
    page.get_by_role("textbox", name=t("booking.cancel_reason")).fill("x" * 501)
    walk.button("booking.cancel_yes").click()
    expect(page.locator("#reason")).to_have_attribute("aria-invalid", "true")
    yield "booking-question-error"
    page.get_by_role("textbox", name=t("booking.cancel_reason")).fill("")
    walk.button("booking.cancel_yes").click()
    expect(page.get_by_text(t("booking.cancelled_now"))).to_be_visible()
    yield "booking-cancelled"
    page.goto(f"{walk.base}/my-bookings")
    walk.see("my_bookings.title")
    yield "my-bookings-past"
    page.goto(f"{walk.base}/my-bookings/{office.book(a_person()).reference}")
    expect(walk.told(t("error.not_found"))).to_be_visible()
    yield "booking-foreign"
    page.goto(f"{walk.base}/my-bookings")
    walk.button("own_data.erase").click()
    expect(page.get_by_role("heading", name=t("own_data.question"))).to_be_focused()
    yield "erase-question"
    walk.button("own_data.yes").click()
    expect(page.get_by_role("heading", name=t("own_data.erased"))).to_be_focused()
    yield "erased"


def mail_tour(page: Page, language: str, site: Site, person: Person) -> Iterator[str]:
    """Past the mailbox, a mail, and the pages behind its links."""
    mail = site.wait_for_mail(person.email)
    page.goto(f"/dev/mailbox?lang={language}")
    yield "mailbox"
    page.get_by_role("row", name=person.email).last.get_by_role("link").click()
    expect(page.frame_locator("iframe").get_by_role("link").first).to_be_visible()
    yield "mail"
    for wish in ("cancel", "move"):
        page.goto(link(mail, wish))
        expect(Walk(page, language).button("booking.cancel").or_(page.locator("#cancel-question"))).to_be_visible()
        yield f"link-{wish}"
