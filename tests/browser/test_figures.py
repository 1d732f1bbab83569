"""The figures of a municipality: asked for by the keyboard, read on a phone, printed and taken along."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from dimoslive.i18n import texts_of
from dimoslive.services.figures.kinds import KINDS
from dimoslive.urls import localized
from tests.browser.barriers import barriers
from tests.browser.office import Office
from tests.browser.people import a_person

SCREENS = {"el": {"width": 1280, "height": 900}, "en": {"width": 360, "height": 740}}


@pytest.mark.parametrize("language", SCREENS)
def test_an_official_asks_for_figures_reads_prints_and_takes_them_along(
    visit: Callable[..., Page], kavala: Office, language: str
) -> None:
    t = texts_of(language)
    kavala.put_in_the_past(kavala.book(a_person()))
    page = visit(official="georgios", viewport=SCREENS[language], accept_downloads=True)
    bookings = page.get_by_role("region", name=t("figures.bookings.title"), exact=True)

    def have_come() -> None:
        expect(page.locator("section[aria-busy=false]")).to_have_count(len(KINDS))

    page.goto(localized("/desk/figures", language) + "?m=kavala")
    have_come()
    expect(bookings.get_by_role("table")).to_contain_text(t("figures.bookings.due"))
    page.get_by_role("link", name=t("figures.button.week")).press("Enter")
    expect(page.get_by_role("link", name=t("figures.button.week"))).to_have_attribute("aria-current", "true")

    until = page.get_by_label(t("figures.field.until"))
    until.fill("31/2/2026")
    until.press("Enter")
    expect(until).to_have_accessible_description(t("error.not_a_date"))
    expect(until).to_be_focused()
    expect(bookings).to_contain_text(t("figures.hidden"))
    until.fill("")
    page.get_by_label(t("figures.field.from")).fill("")
    page.get_by_role("button", name=t("figures.show")).press("Enter")
    have_come()
    expect(bookings.locator(".figure__sum")).to_be_visible()
    assert barriers(page, ["figures"]) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[language]["width"]

    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert t("figures.file.made") in download.value.path().read_text(encoding="utf-8-sig")

    page.emulate_media(media="print")
    expect(page.get_by_role("button", name=t("figures.show"))).to_be_hidden()
    expect(bookings.locator(".chart.is-narrow")).to_be_visible()
