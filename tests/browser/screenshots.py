"""``python -m tests.browser.screenshots``: a picture of every page, for the documentation."""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.build import ROOT
from tests.browser.chromium import start_chromium
from tests.browser.meeting_walk import OWN, WITH_CAMERA, Attendee, book_now
from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site, serve
from tests.browser.tour import booking_tour, bookings_tour, public_tour
from tests.browser.visitor import Visitor
from tests.browser.walk import Walk
from tests.support.builders import at

FOLDER = ROOT / "docs" / "screenshots"
PATIENCE_MS = 20_000

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
        serve(Path(folder), _say) as site,
        sync_playwright() as playwright,
        start_chromium(playwright) as browser,
        start_chromium(playwright, has_camera=True) as one_camera,
        start_chromium(playwright, has_camera=True) as other_camera,
    ):
        # A day of today's readers.
        site.clock.set(at("2026-11-24 09:00"))
        kavala, eleni = Office.of(site.context, "kavala", "mayor-support"), a_person()
        with _profile(browser, site) as page:
            _take(page, public_tour(page, "el"), PUBLIC)
        with _profile(browser, site) as page:
            _take(page, public_tour(page, "en"), {"front": "front-english"})
        with _profile(browser, site, eleni) as page:
            _take(page, booking_tour(page, "el", eleni, kavala), STEPS)
            _take_mail(page, site, eleni)
            _take(page, bookings_tour(page, "el", eleni, kavala), BOOKINGS)
        with _profile(browser, site, a_person(), viewport={"width": 375, "height": 812}) as page:
            walk = Walk(page)
            walk.to_calendar()
            walk.choose_time(kavala.quiet_times(2)[2])
            _picture(page, "phone-calendar")
        nikos = a_person("Νίκος Γεωργίου")
        with (
            _profile(one_camera, site, nikos, **WITH_CAMERA) as page,
            _profile(other_camera, site, official="georgios", **WITH_CAMERA) as official_page,
        ):
            _take_meeting(Attendee(page), Attendee(official_page), nikos, kavala)


@contextmanager
def _profile(
    browser: Browser, site: Site, person: Person | None = None, *, official: str = "", **options: Any
) -> Iterator[Page]:
    visitor = Visitor(browser, site, PATIENCE_MS, **({"viewport": {"width": 1280, "height": 800}} | options))
    if person is not None:
        visitor.sign_in(person)
    if official:
        visitor.sign_in_as_official(official)
    yield visitor.page
    visitor.close()


def _take(page: Page, places: Iterator[str], wanted: dict[str, str]) -> None:
    left = set(wanted)
    for place in places:
        if place in wanted:
            _picture(page, wanted[place])
            left.discard(place)
        if not left:
            return
    raise LookupError(f"not on the way: {left}")


def _take_mail(page: Page, site: Site, person: Person) -> None:
    """The mail alone, as its reader sees it."""
    page.set_content(site.wait_for_mail(person.email).html)
    expect(page.get_by_role("link").first).to_be_visible()
    _picture(page, "mail")


def _take_meeting(citizen: Attendee, official: Attendee, person: Person, office: Office) -> None:
    """From the device test to a document that both see."""
    citizen.page.goto("/device-test")
    citizen.button("meeting.test.start").click()
    citizen.moves(OWN)
    expect(citizen.page.get_by_text(citizen.t("meeting.line.measuring"))).to_have_count(0)
    _picture(citizen.page, "09-device-test")
    citizen.to_waiting_room(book_now(office, person))
    citizen.moves(OWN)
    expect(citizen.page.get_by_text(citizen.t("meeting.waiting.known"))).to_be_visible()
    _picture(citizen.page, "10-waiting-room")
    official.to_desk()
    expect(official.in_line(person)).to_be_visible()
    _picture(official.page, "11-desk")
    official.admit(person)
    citizen.moves()
    citizen.write("Καλημέρα σας")
    official.reads("Καλημέρα σας")
    official.button("meeting.official.ask_document").click()
    citizen.button("meeting.document.show").click()
    official.sees_sharp_document()
    _picture(citizen.page, "12-call-document", is_whole=False)
    _picture(official.page, "13-call-official", is_whole=False)


def _picture(page: Page, name: str, *, is_whole: bool = True) -> None:
    """Of the page's content, and of mistakes only where they are what is shown."""
    expect(page.locator(".skeleton")).to_have_count(0)
    if name not in WITH_MISTAKES:
        expect(page.locator("[aria-invalid=true]")).to_have_count(0)
        expect(page.get_by_role("alert", name="Διορθώστε τα παρακάτω")).to_have_count(0)
    page.mouse.move(0, 0)
    page.screenshot(path=FOLDER / f"{name}.png", full_page=is_whole, animations="disabled")
    _say(f"{name}.png")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
