"""``python -m tests.browser.screenshots``: a picture of every page, for the documentation."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.chromium import start_chromium
from tests.browser.meeting_walk import OWN, WITH_CAMERA, Attendee, book_now
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.pictures import FOLDER, TAKEN_AT, picture, profile, say
from tests.browser.site import Site, serve
from tests.browser.tour import booking_tour, bookings_tour, public_tour
from tests.browser.walk import Walk

PUBLIC = {"front": "01-front", "picker": "picker", "municipality-heraklion": "02-municipality", "sign-in": "03-sign-in"}
STEPS = {
    "step-municipality": "step-1-municipality",
    "step-mode": "04-mode",
    "step-calendar": "05-calendar",
    "step-details-errors": "step-4-errors",
    "step-details-filled": "06-details",
    "step-consent": "07-consent",
    "confirmation": "08-confirmation",
}
WITH_MISTAKES = {"step-4-errors"}
BOOKINGS = {"my-bookings": "my-bookings", "booking-question": "cancel", "booking-cancelled": "cancelled"}


def main() -> None:
    """Take them all, with an invented person."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), say) as site,
        sync_playwright() as playwright,
        start_chromium(playwright) as browser,
        start_chromium(playwright, has_camera=True) as one_camera,
        start_chromium(playwright, has_camera=True) as other_camera,
    ):
        site.clock.set(TAKEN_AT)
        kavala, eleni = Office.of(site.context, "kavala", "mayor-support"), a_person()
        with profile(browser, site) as page:
            _take(page, public_tour(page, "el"), PUBLIC)
        with profile(browser, site) as page:
            _take(page, public_tour(page, "en"), {"front": "front-english"})
        with profile(browser, site, eleni) as page:
            _take(page, booking_tour(page, "el", eleni, kavala), STEPS)
            _take_mail(page, site, eleni)
            _take(page, bookings_tour(page, "el", eleni, kavala), BOOKINGS)
        with profile(browser, site, a_person(), viewport={"width": 375, "height": 812}) as page:
            walk = Walk(page)
            walk.to_calendar()
            walk.choose_time(kavala.quiet_times(2)[2])
            picture(page, "phone-calendar")
        nikos = a_person("Νίκος Γεωργίου")
        with (
            profile(one_camera, site, nikos, **WITH_CAMERA) as page,
            profile(other_camera, site, official="georgios", **WITH_CAMERA) as official_page,
        ):
            _take_meeting(Attendee(page), Attendee(official_page), nikos, kavala)


def _take(page: Page, places: Iterator[str], wanted: dict[str, str]) -> None:
    left = set(wanted)
    for place in places:
        if place in wanted:
            picture(page, wanted[place], has_mistakes=wanted[place] in WITH_MISTAKES)
            left.discard(place)
        if not left:
            return
    raise LookupError(f"not on the way: {left}")


def _take_mail(page: Page, site: Site, person: Person) -> None:
    """The mail alone, as its reader sees it."""
    page.set_content(site.wait_for_mail(person.email).html)
    expect(page.get_by_role("link").first).to_be_visible()
    picture(page, "mail")


def _take_meeting(citizen: Attendee, official: Attendee, person: Person, office: Office) -> None:
    """From the device test to a document that both see."""
    citizen.page.goto("/device-test")
    citizen.button("meeting.test.start").click()
    citizen.moves(OWN)
    expect(citizen.page.get_by_text(citizen.t("meeting.line.measuring"))).to_have_count(0)
    picture(citizen.page, "09-device-test")
    citizen.to_waiting_room(book_now(office, person))
    citizen.moves(OWN)
    expect(citizen.page.get_by_text(citizen.t("meeting.waiting.known"))).to_be_visible()
    picture(citizen.page, "10-waiting-room")
    official.to_desk()
    expect(official.in_line(person)).to_be_visible()
    picture(official.page, "11-desk")
    official.admit(person)
    citizen.moves()
    citizen.write("Καλημέρα σας")
    official.reads("Καλημέρα σας")
    official.button("meeting.official.ask_document").click()
    citizen.button("meeting.document.show").click()
    official.sees_sharp_document()
    picture(citizen.page, "12-call-document", is_whole=False)
    picture(official.page, "13-call-official", is_whole=False)


if __name__ == "__main__":
    main()
