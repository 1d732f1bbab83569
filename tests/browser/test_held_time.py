"""A time is held for a while: at each step one sees how long, and is told when it is over."""

import re
from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser.office import Office
from tests.browser.people import Person, a_person
from tests.browser.site import Site
from tests.browser.walk import SUBJECT, Walk


def told_over(walk: Walk) -> Locator:
    """The message that the held time ran out."""
    return walk.told("Η δέσμευση της ώρας έληξε")


def countdown(page: Page) -> Locator:
    """The time that is left; a narrow screen has it in another place."""
    return page.get_by_role("timer").filter(visible=True)


def let_run_out(walk: Walk, kavala: Office, site: Site, person: Person) -> None:
    """The last seconds pass while one looks on."""
    expires_at = kavala.hold_of(person).hold_expires_at
    assert expires_at is not None
    site.clock.set(expires_at - timedelta(seconds=3))
    expect(told_over(walk)).to_be_visible()
    expect(countdown(walk.page)).to_have_count(0)


def test_when_the_time_runs_out_one_is_told_at_each_step_and_loses_nothing(
    visit: Callable[..., Page], kavala: Office, site: Site
) -> None:
    eleni = a_person()
    page = visit(eleni)
    walk = Walk(page)
    slots = kavala.quiet_times(3)
    another = page.get_by_role("main").get_by_role("link", name="Επιλογή νέας ώρας")
    walk.to_calendar()
    walk.choose_time(slots[0])

    let_run_out(walk, kavala, site, eleni)
    expect(walk.time(slots[0])).to_have_attribute("aria-pressed", "false")

    walk.choose_time(slots[0])
    expect(told_over(walk)).to_have_count(0)
    walk.go_on("details.title")
    walk.fill_in(email=eleni.email, subject=SUBJECT)
    let_run_out(walk, kavala, site, eleni)
    expect(walk.field("subject")).to_be_focused()
    walk.fill_in(phone="691 234 5678")
    another.click()

    walk.see("calendar.title")
    walk.choose_time(slots[1])
    walk.go_on("details.title")
    expect(walk.field("email")).to_have_value(eleni.email)
    expect(walk.field("phone")).to_have_value("691 234 5678")
    walk.go_on("consent.title")
    page.get_by_role("checkbox", name=walk.t("consent.tick")).check()
    let_run_out(walk, kavala, site, eleni)
    expect(page.get_by_role("checkbox", name=walk.t("consent.tick"))).to_be_checked()
    walk.button("consent.book").click()

    walk.see("calendar.title")
    expect(told_over(walk)).to_be_visible()
    assert kavala.bookings_of(eleni) == []
    walk.choose_time(slots[2])
    walk.go_on("details.title")
    expect(walk.field("subject")).to_have_value(SUBJECT)
    walk.go_on("consent.title")
    walk.book()
    assert [row.starts_at for row in kavala.bookings_of(eleni)] == [slots[2].starts_at]


def test_a_time_that_is_kept_longer_counts_down_anew_and_is_over_once(
    visit: Callable[..., Page], kavala: Office, site: Site
) -> None:
    page = visit(a_person(), locale="en-GB")
    walk = Walk(page, "en")
    walk.to_details(kavala.quiet_times(3)[1])
    expect(countdown(page)).to_have_text(re.compile("^9:[45]"))

    site.clock.advance(minutes=9, seconds=30)
    expect(countdown(page)).to_have_text(re.compile("^0:[012]"))
    page.get_by_role("button", name=walk.t("hold.more")).filter(visible=True).click()
    expect(countdown(page)).to_have_text(re.compile("^10:[012]"))
    expect(page.get_by_role("button", name=walk.t("hold.more"))).to_have_count(0)

    site.clock.advance(minutes=9, seconds=50)
    expect(countdown(page)).to_have_text(re.compile("^0:"))
    expect(walk.told("no longer held")).to_have_count(0)
    site.clock.advance(seconds=40)
    expect(walk.told("no longer held")).to_be_visible()


def test_a_device_s_clock_that_is_set_does_not_end_the_held_time(
    visit: Callable[..., Page], kavala: Office, site: Site
) -> None:
    page = visit(a_person())
    walk = Walk(page)
    walk.to_details(kavala.quiet_times(3)[1])

    for hours in (5, -10):
        page.evaluate(f"window.moveClock({hours * 3_600_000})")
        expect(countdown(page)).to_have_text(re.compile("^9:"))
        expect(told_over(walk)).to_have_count(0)
    site.clock.advance(minutes=10)
    expect(told_over(walk)).to_be_visible()
