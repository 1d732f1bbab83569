"""``python -m tests.browser.admin_screenshots``: pictures of the set-up and the figures, as the demo has them."""

import tempfile
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from dimoslive.seeds.day.set_up import ORIGIN
from dimoslive.services.figures.kinds import KINDS
from tests.browser.chromium import start_chromium
from tests.browser.host_page import open_host_page
from tests.browser.pictures import FOLDER, PATIENCE_MS, TAKEN_AT, picture, profile, say
from tests.browser.site import Site, serve
from tests.browser.two_sites import browser_profile, serve_over_tls

_HOST_BODY = """<header>Δήμος Καβάλας</header><h1>Γραφείο Δημάρχου</h1><p>Με ραντεβού, από κοντά ή με τηλεδιάσκεψη.</p>
<my-dimoslive-next municipality="kavala" service="mayor-support"></my-dimoslive-next>
<my-dimoslive municipality="kavala" loading="eager"></my-dimoslive><footer>© Δήμος Καβάλας</footer>"""
_HOST_CSS = """body { margin: 0; font: 18px/1.6 serif; color: #2b2118; background: #fbf7ef } main { padding: 0 16px }
header { margin: 0 -16px; padding: 16px; background: #6b2d1a; color: #fff } h1 { font-weight: normal }
footer { margin: 24px -16px 0; padding: 16px; background: #eadfce }"""
CLOSED_ON = (TAKEN_AT + timedelta(days=7)).date()
"""A week ahead: the demo has bookings there."""


def main() -> None:
    """Take them all, of the municipalities that the demo has set up."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE_MS)
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder), say, has_demo=True, begins=TAKEN_AT) as site,
        sync_playwright() as playwright,
        start_chromium(playwright) as browser,
    ):
        take(site, browser)
        take_figures(site, browser)
    take_embedded()


def take(site: Site, browser: Browser) -> None:
    """Tasks of a municipality that opens; service, hours and a closure of one that is open."""
    with profile(browser, site, official="anna") as page:
        _open(page, "/admin?m=drama")
        picture(page, "admin-tasks")
    with profile(browser, site, official="maria") as page:
        _open_first(page, "services")
        picture(page, "admin-service", is_whole=False)
        _open_first(page, "hours")
        picture(page, "admin-hours")
        _close_an_afternoon(page)
        picture(page, "admin-plan")
        _open(page, "/admin/embed?m=kavala")
        expect(page.locator("my-dimoslive")).to_have_attribute("state", "ready")
        picture(page, "admin-embedding", is_whole=False)


def take_figures(site: Site, browser: Browser) -> None:
    """The figures of the last weeks, and the public page with a municipality's services unfolded."""
    with profile(browser, site, official="maria") as page:
        until = TAKEN_AT.date() - timedelta(days=1)
        span = f"from={until - timedelta(days=55):%Y-%m-%d}&until={until:%Y-%m-%d}"
        _open(page, f"/desk/figures?m=kavala&{span}")
        expect(page.locator("section[aria-busy=false]")).to_have_count(len(KINDS))
        picture(page, "desk-figures", is_whole=False)
    with profile(browser, site) as page:
        page.goto("/figures?open=heraklion")
        expect(page.get_by_role("row", name="Δήμος Ηρακλείου").first).to_be_visible()
        picture(page, "public-figures", is_whole=False)


def take_embedded() -> None:
    """Both elements in a page that looks like another site, as on a phone and on a tablet."""
    with (
        tempfile.TemporaryDirectory() as folder,
        serve_over_tls(Path(folder), say, has_demo=True, begins=TAKEN_AT) as site,
        sync_playwright() as playwright,
        browser_profile(playwright, Path(folder) / "profile", blocks_cookies=True) as context,
    ):
        for name, width in (("embedded-phone", 320), ("embedded-tablet", 768)):
            page = open_host_page(context, _HOST_BODY, css=_HOST_CSS, site=site.url, host=ORIGIN)
            page.set_viewport_size({"width": width, "height": 800})
            expect(page.locator("my-dimoslive")).to_have_attribute("state", "ready")
            expect(page.locator("my-dimoslive-next")).to_have_attribute("state", "ready")
            picture(page, name)


def _open(page: Page, path: str) -> None:
    """A page of the set-up; whoever is here for the first time reads the duties before."""
    page.goto(path)
    understood = page.get_by_role("button", name="Κατάλαβα")
    expect(understood.or_(page.get_by_role("heading", level=1)).first).to_be_visible()
    if understood.is_visible():
        understood.click()
        expect(understood).to_have_count(0)
        page.goto(path)
    expect(page.locator(".skeleton")).to_have_count(0)


def _open_first(page: Page, things: str) -> None:
    _open(page, f"/admin/{things}?m=kavala")
    page.locator("table.list a").first.click()
    expect(page.locator(".endbar")).to_be_visible()


def _close_an_afternoon(page: Page) -> None:
    _open(page, "/admin/closures/new?m=kavala")
    page.get_by_label("Τι κλείνει").select_option(index=1)
    for label, value in (("Από, ημερομηνία", CLOSED_ON.isoformat()), ("Έως, ημερομηνία", CLOSED_ON.isoformat())):
        page.get_by_label(label).fill(value)
    page.get_by_label("Από, ώρα").fill("13:00")
    page.get_by_label("Έως, ώρα").fill("15:00")
    page.get_by_label("Αιτία", exact=True).fill("Διακοπή ρεύματος στο κτίριο")
    page.get_by_label("Αιτία στα αγγλικά").fill("Power cut in the building")
    page.get_by_role("button", name="Δείτε τι αλλάζει").click()
    expect(page.locator(".saycount")).to_be_visible()
    expect(page.locator(".mail")).to_be_visible()


if __name__ == "__main__":
    main()
